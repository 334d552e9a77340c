//! The primitives with several real threads. What is told of them is the measure: it must be exactly what happened, in the
//! order in which it happened, and so legal for the state machines of [`crate::primitive`].

mod barrier;
mod condition;
mod event;
mod lock;
mod queue;
mod semaphore;

use crate::event::{Action, EventKind, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::sync::{Attached, Collector, Probe, Record};
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// The object that the tests are about.
const IT: ObjectId = ObjectId(7);
/// How long a test waits for what must come.
const DEADLINE: Duration = Duration::from_secs(50);
/// Short enough to run out often, long enough to be met sometimes.
const SHORT: Duration = Duration::from_micros(50);

/// A probe with what it told.
struct Tape {
    probe: Probe,
    collector: Collector,
    records: Vec<Record>,
}

impl Tape {
    fn new() -> Tape {
        let (probe, collector) = Probe::new();
        Tape { probe, collector, records: Vec::new() }
    }

    /// The calling OS thread is this thread from now on.
    fn attach(&self, thread: u32) -> Attached {
        self.probe.attach_as(ThreadId(thread))
    }

    /// Reads on until the records say so.
    fn until(&mut self, enough: impl Fn(&[Record]) -> bool) {
        let since = Instant::now();
        loop {
            self.collector.drain(&mut self.records);
            if enough(&self.records) {
                return;
            }
            if since.elapsed() >= DEADLINE {
                self.probe.stop();
                panic!("it does not come to that: {:#?}", self.lines());
            }
            thread::yield_now();
        }
    }

    /// Reads on until these threads wait for something.
    fn until_held_up(&mut self, threads: &[u32]) {
        self.until(|records| {
            let states = states(records);
            threads.iter().all(|thread| states.get(&ThreadId(*thread)).is_some_and(|state| state.is_held_up()))
        });
    }

    /// Everything, a line for each record.
    fn told(&mut self) -> Vec<String> {
        self.collector.drain(&mut self.records);
        assert_eq!(self.collector.lost(), 0);
        self.lines()
    }

    fn lines(&self) -> Vec<String> {
        self.records.iter().map(|record| format!("{} {}", record.thread, shown(&record.kind))).collect()
    }

    /// Runs so many threads at the same time, from thread 1 on, each with its number; reads everything.
    fn crowd(&mut self, threads: u32, act: impl Fn(u32) + Sync) {
        let start = Barrier::new(threads as usize);
        let (probe, collector, records) = (&self.probe, &mut self.collector, &mut self.records);
        thread::scope(|scope| {
            let (start, act) = (&start, &act);
            let begin = |number| {
                move || {
                    let _here = probe.attach_as(ThreadId(number));
                    let _stops = StopsWhenItPanics(probe);
                    start.wait();
                    act(number);
                }
            };
            let crowd: Vec<_> = (1..=threads).map(|number| scope.spawn(begin(number))).collect();
            let since = Instant::now();
            while crowd.iter().any(|thread| !thread.is_finished()) {
                collector.drain(records);
                if since.elapsed() >= DEADLINE {
                    probe.stop();
                }
                thread::yield_now();
            }
            for thread in crowd {
                if let Err(payload) = thread.join() {
                    resume_unwind(payload);
                }
            }
        });
        collector.drain(records);
        assert_eq!((collector.lost(), probe.is_stopped()), (0, false));
        assert!(records.iter().zip(0..).all(|(record, ticket)| record.ticket == ticket));
    }
}

/// When one of a crowd fails, the others need not wait for it.
struct StopsWhenItPanics<'a>(&'a Probe);

impl Drop for StopsWhenItPanics<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// The state that each thread was last said to be in.
fn states(records: &[Record]) -> BTreeMap<ThreadId, ThreadState> {
    let states = records.iter().filter_map(|record| match record.kind {
        EventKind::State(state) => Some((record.thread, state)),
        _ => None,
    });
    states.collect()
}

/// The fact without the object.
fn shown(kind: &EventKind) -> String {
    match kind {
        EventKind::Did { action, outcome } => format!("{} {}", name(action), result(outcome)),
        EventKind::Pending(action) => format!("pending {}", name(action)),
        EventKind::State(state) => {
            let state = format!("{state:?}");
            state.split(' ').next().unwrap_or_default().to_owned()
        }
        EventKind::Object(info) => format!("{:?} {}", info.kind, info.name),
        other => format!("{other:?}"),
    }
}

fn name(action: &Action) -> String {
    match action {
        Action::Acquire { .. } => "acquire".to_owned(),
        Action::Release { count: 1, .. } => "release".to_owned(),
        Action::Release { count, .. } => format!("release {count}"),
        Action::Query { question, .. } => question.to_string(),
        Action::Notify { count: None, .. } => "notify all".to_owned(),
        Action::Notify { count: Some(count), .. } => format!("notify {count}"),
        Action::Put { item, .. } => format!("put {item}"),
        Action::Shutdown { immediate: true, .. } => "shutdown now".to_owned(),
        other => {
            let name = format!("{other:?}");
            name.split(' ').next().unwrap_or_default().to_lowercase()
        }
    }
}

fn result(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Woke(threads) => {
            let letters: Vec<String> = threads.iter().map(|thread| thread.letter()).collect();
            format!("woke [{}]", letters.join(" "))
        }
        Outcome::Value(value) => value.to_string(),
        Outcome::Raised(text) => format!("raised {text}"),
        other => format!("{other:?}"),
    }
}

/// Goes through what was told from the front and checks what holds for every primitive:
///
/// - a thread does nothing while it waits, but for giving up when its time is over;
/// - nobody is woken who does not wait;
/// - at no moment do all who have not ended wait without a limit of time (nobody in these tests waits in vain).
///
/// `check` checks each deed.
fn replay(records: &[Record], mut check: impl FnMut(ThreadId, &Action, &Outcome)) {
    let ends: BTreeMap<ThreadId, usize> =
        records.iter().zip(0..).map(|(record, place)| (record.thread, place)).collect();
    // Who waits, and whether for ever.
    let mut waiting: BTreeMap<ThreadId, bool> = BTreeMap::new();
    let mut did: BTreeMap<ThreadId, Action> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        let thread = record.thread;
        match &record.kind {
            EventKind::Did { action, outcome } => {
                let may = !waiting.contains_key(&thread) || action.timeout().is_some();
                assert!(may, "{place}: {thread} does {action:?} while it waits");
                check(thread, action, outcome);
                did.insert(thread, action.clone());
            }
            EventKind::State(ThreadState::Ready) => {
                assert!(waiting.remove(&thread).is_some(), "{place}: {thread} is woken and did not wait");
            }
            EventKind::State(state) => {
                assert!(state.is_held_up());
                let timed = match state {
                    // The wait of a condition is told before it begins, everything else may be told when it is over.
                    ThreadState::Waiting { .. }
                        if did.get(&thread).is_some_and(|action| action.timeout().is_some()) =>
                    {
                        true
                    }
                    _ => next_did(&records[place..], thread).is_some_and(|action| action.timeout().is_some()),
                };
                assert_eq!(waiting.insert(thread, timed), None, "{place}: {thread} waits twice");
            }
            _ => {}
        }
        let over = ends.values().all(|end| *end <= place);
        let stuck = ends.iter().all(|(thread, end)| *end < place || waiting.get(thread) == Some(&false));
        assert!(over || !stuck, "{place}: nobody can go on");
    }
    assert_eq!(waiting, BTreeMap::new());
}

fn next_did(records: &[Record], thread: ThreadId) -> Option<&Action> {
    records.iter().filter(|record| record.thread == thread).find_map(|record| match &record.kind {
        EventKind::Did { action, .. } => Some(action),
        _ => None,
    })
}
