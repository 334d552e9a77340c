//! Rust programs, as their tapes tell of them.

use super::story::Story;
use super::thread::Birth;
use super::{
    Collector, Condvar, Mutex, Place, Probe, Queue, Record, ReentrantMutex, RwLock, Semaphore, Shared, Span, Stopped,
    Times, scope, spawn,
};
use crate::event::{Action, End, Event, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crossbeam_channel::{Sender, unbounded};
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::Location;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

/// The events as short lines.
fn shown(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| format!("{} {}", event.thread, what(&event.kind))).collect()
}

fn what(kind: &EventKind) -> String {
    match kind {
        EventKind::Thread(info) => format!("is {}", info.name),
        EventKind::Object(info) => format!("declares {:?} {}", info.kind, info.name),
        EventKind::Did { action, outcome: Outcome::Done } => named(action),
        EventKind::Did { action, outcome } => format!("{} {outcome:?}", named(action)),
        EventKind::Pending(action) => format!("wants {}", named(action)),
        EventKind::State(state) => format!("{state:?}").split(' ').next().unwrap_or_default().to_owned(),
        EventKind::Traceback(text) => text.lines().last().unwrap_or_default().to_owned(),
        other => format!("{other:?}"),
    }
}

fn named(action: &Action) -> String {
    format!("{action:?}").split(' ').next().unwrap_or_default().to_owned()
}

/// What a program told until all its threads were over.
fn told(body: impl FnOnce()) -> Vec<Event> {
    let (probe, mut collector) = Probe::new();
    assert_eq!(probe.run(body), Ok(()));
    let mut events = Vec::new();
    collector.events(&mut events);
    events
}

/// Waits until the tape says this.
fn wait_for(collector: &mut Collector, events: &mut Vec<Event>, said: impl Fn(&[Event]) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !said(events) {
        assert!(Instant::now() < deadline, "{:#?}", shown(events));
        collector.events(events);
        thread::yield_now();
    }
}

fn count(events: &[Event], line: &str) -> usize {
    shown(events).iter().filter(|shown| *shown == line).count()
}

#[test]
fn locks_tell_what_was_done_with_them() {
    let begin = line!();
    let events = told(|| {
        let mutex = Mutex::new(vec![1]).named("numbers");
        let again = ReentrantMutex::new(()).named("again");
        mutex.lock().push(2);
        assert!(mutex.try_lock().is_some_and(|_held| mutex.try_lock().is_none()));
        let guard = mutex.lock();
        assert!(mutex.try_lock_for(Duration::from_millis(1)).is_none());
        drop(guard);
        drop((again.lock(), again.lock()));
    });
    assert_eq!(
        shown(&events)[2..],
        [
            "M declares Lock numbers",
            "M Acquire",
            "M Release",
            "M Acquire",
            "M Acquire Refused",
            "M Release",
            "M Acquire",
            "M wants Acquire",
            "M Blocked",
            "M Acquire TimedOut",
            "M Ready",
            "M Release",
            "M declares RLock again",
            "M Acquire",
            "M Acquire",
            "M Release",
            "M Release",
            "M Finished",
            "M Ended(Finished)",
        ]
    );
    let steps: Vec<u32> = events.iter().map(|event| event.step.0).collect();
    assert!(steps.is_sorted() && steps.last() == Some(&12), "{steps:?}");
    assert!(events.iter().enumerate().all(|(place, event)| event.seq.0 as usize == place));
    assert!(events.is_sorted_by_key(|event| event.at));
    let lines: Vec<u32> = events.iter().map(|event| event.line).collect();
    assert!((begin + 4..begin + 9).all(|line| lines.contains(&line) || line == begin + 8), "{begin}: {lines:?}");
}

#[test]
fn who_waits_can_go_on_when_the_lock_is_free() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(0).named("mutex");
    let mut events = Vec::new();
    let done = probe.run(|| {
        let guard = mutex.lock();
        scope(|scope| {
            scope.spawn_named("waits", || *mutex.lock() += 1);
            wait_for(&mut collector, &mut events, |events| count(events, "A Blocked") == 1);
            drop(guard);
        });
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    let told = shown(&events);
    let waiter: Vec<&str> = told.iter().filter_map(|line| line.strip_prefix("A ")).collect();
    assert_eq!(waiter, ["is waits", "Ready", "wants Acquire", "Blocked", "Ready", "Acquire", "Release", "Finished"]);
    let mut main: Vec<&str> = told[2..].iter().filter_map(|line| line.strip_prefix("M ")).collect();
    // Whether the join has to wait is left to chance.
    main.retain(|line| !["wants Join", "Joining", "Ready"].contains(line));
    let expected = ["declares Lock mutex", "Acquire", "Start", "Release", "Join", "Finished", "Ended(Finished)"];
    assert_eq!(main, expected);
    let release = told.iter().position(|line| line == "M Release").unwrap();
    assert_eq!(told[release + 1], "A Ready");
}

#[test]
fn a_condition_tells_whom_it_woke() {
    let (probe, mut collector) = Probe::new();
    let (ready, changed) = (Mutex::new(false).named("ready"), Condvar::new().named("changed"));
    let mut events = Vec::new();
    let done = probe.run(|| {
        scope(|scope| {
            scope.spawn(|| assert!(*changed.wait_while(ready.lock(), |ready| !*ready)));
            wait_for(&mut collector, &mut events, |events| count(events, "A Waiting") == 1);
            *ready.lock() = true;
            assert!(changed.notify_one());
        });
        let (guard, notified) = changed.wait_for(ready.lock(), Duration::ZERO);
        assert!(*guard && !notified);
        assert_eq!(changed.notify_all(), 0);
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    let told = shown(&events);
    let of = |thread: &str| -> Vec<&str> { told.iter().filter_map(|line| line.strip_prefix(thread)).collect() };
    let mut waiter = of("A ");
    waiter.retain(|line| *line != "Blocked" && *line != "Ready");
    assert_eq!(
        waiter,
        [
            "is thread 1",
            "declares Lock ready",
            "Acquire",
            "declares Condition changed",
            "wants Wait",
            "Wait Enqueued",
            "wants Reacquire",
            "Waiting",
            "Reacquire",
            "Release",
            "Finished",
        ]
    );
    let notify = told.iter().position(|line| line == "M Notify Woke([ThreadId(1)])").unwrap();
    assert_eq!(told[notify + 1], "A Ready");
    let tail: Vec<&String> =
        told.iter().filter(|line| line.contains("TimedOut") || line.contains("Woke([])")).collect();
    assert_eq!(tail, ["M Wait TimedOut", "M Reacquire TimedOut", "M Notify Woke([])"]);
}

#[test]
fn many_read_and_one_writes() {
    let (probe, mut collector) = Probe::new();
    let lock = RwLock::new(1).named("table");
    let mut events = Vec::new();
    let done = probe.run(|| {
        let (one, other) = (lock.read(), lock.try_read());
        assert!(lock.try_write().is_none());
        scope(|scope| {
            scope.spawn(|| *lock.write() += 1);
            wait_for(&mut collector, &mut events, |events| count(events, "A Blocked") == 1);
            drop(one);
            collector.events(&mut events);
            assert_eq!(count(&events, "A Ready"), 1, "only when it was started: somebody still reads");
            drop(other);
        });
        assert_eq!(*lock.read(), 2);
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    assert_eq!(count(&events, "A Ready"), 2);
    assert_eq!((count(&events, "A Acquire"), count(&events, "M Acquire Refused")), (1, 1));
}

#[test]
fn a_variable_tells_every_read_and_write() {
    let events = told(|| {
        let name = Shared::new("a".to_owned()).named("name");
        name.set("b".to_owned());
        let counter = Shared::new(1);
        assert_eq!((counter.update(|n| n + 1), counter.get(), counter.into_inner()), (2, 2, 2));
    });
    let told: Vec<String> = events[2..].iter().map(|event| format!("{:?}", event.kind)).collect();
    let expect =
        ["name: \"name\"", "Str(\"\\\"b\\\"\")", "Variable at line", "Value(Int(1))", "value: Int(2)", "Value(Int(2))"];
    for (line, part) in told.iter().zip(expect) {
        assert!(line.contains(part), "{line}: {part}");
    }
}

#[test]
fn a_panic_is_told_with_its_message_and_reaches_who_joins() {
    let events = told(|| {
        let failed = spawn(|| panic!("no more rice")).join();
        assert_eq!(failed.unwrap_err().downcast_ref::<&str>(), Some(&"no more rice"));
        assert_eq!(spawn(|| 5).join().ok(), Some(5));
    });
    let told = shown(&events);
    let traceback = told.iter().position(|line| line == "A panic: no more rice").unwrap();
    assert_eq!(told[traceback + 1..].iter().find(|line| *line != "M Ready").unwrap(), "A Failed");
    assert_eq!(events[traceback].line, line!() - 7);
    assert_eq!(count(&events, "B Finished"), 1);
}

#[test]
fn a_real_deadlock_is_named_and_left_without_a_word() {
    let (probe, mut collector) = Probe::new();
    let mut events = Vec::new();
    let dropped = Arc::new(AtomicUsize::new(0));
    let running = {
        let (probe, dropped) = (probe.clone(), Arc::clone(&dropped));
        thread::spawn(move || probe.run(|| hang(&dropped)))
    };
    wait_for(&mut collector, &mut events, |events| count(events, "M Joining") == 1);
    let ended = |events: &[Event]| events.iter().any(|event| event.kind == EventKind::Ended(End::Deadlock));
    wait_for(&mut collector, &mut events, ended);
    assert_eq!(probe.attached(), 3);
    probe.stop();
    assert_eq!(running.join().ok(), Some(Err(Stopped)));
    assert_eq!((probe.attached(), dropped.load(Ordering::SeqCst)), (0, 2));
    collector.events(&mut events);
    for thread in ["A", "B", "M"] {
        assert_eq!(count(&events, &format!("{thread} Killed")), 1);
    }
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Traceback(_))));
}

/// How a run has ended, if at some place of its records it has.
fn ends(records: &[Record]) -> Vec<String> {
    let (mut story, mut events) = (Story::default(), Vec::new());
    for record in records {
        story.take(record.clone(), &mut events);
        story.look_around(false, &mut events);
    }
    events.iter().filter(|event| matches!(event.kind, EventKind::Ended(_))).map(|event| what(&event.kind)).collect()
}

#[test]
fn a_thread_that_leaves_does_not_leave_its_parent_hanging() {
    let (probe, mut collector) = Probe::new();
    let mut records = Vec::new();
    let joining = EventKind::State(ThreadState::Joining { thread: ThreadId(1) });
    let done = probe.run(|| {
        let (go, started) = unbounded::<()>();
        let child = spawn(move || started.recv());
        thread::scope(|scope| {
            scope.spawn(|| {
                while !records.iter().any(|record: &Record| record.kind == joining) {
                    collector.drain(&mut records);
                    thread::yield_now();
                }
                drop(go);
            });
            assert!(child.join().is_ok());
        });
    });
    assert_eq!(done, Ok(()));
    collector.drain(&mut records);
    assert_eq!(ends(&records), [""; 0]);
}

#[test]
fn a_run_that_was_stopped_is_no_deadlock() {
    let record = |thread, kind| Record {
        ticket: 0,
        at: Nanos(0),
        thread: ThreadId(thread),
        place: Place::Unknown,
        shared: false,
        kind,
    };
    let waiting = record(0, EventKind::State(ThreadState::Waiting { on: ObjectId(0) }));
    let ready = record(1, EventKind::State(ThreadState::Ready));
    let killed = record(1, EventKind::State(ThreadState::Killed));
    assert_eq!(ends(&[ready.clone(), waiting.clone(), killed]), [""; 0]);
    let finished = record(1, EventKind::State(ThreadState::Finished));
    assert_eq!(ends(&[ready, waiting, finished]), ["Ended(Deadlock)"]);
}

#[test]
fn a_thread_that_is_on_its_way_is_waited_for() {
    let (probe, collector) = Probe::new();
    assert!(!collector.is_deserted(), "somebody may come");
    let main = probe.attach();
    let (birth, _life) = Birth::prepare(None, Location::caller());
    drop(main);
    assert_eq!((probe.attached(), collector.is_deserted()), (0, false));
    drop(birth);
    assert!(collector.is_deserted(), "it was not started after all");
}

#[test]
fn attachments_end_in_any_order() {
    let ((one, mut records_of_one), (other, mut records_of_other)) = (Probe::new(), Probe::new());
    let mutex = Mutex::new(());
    let (outer, inner) = (one.attach(), other.attach());
    drop(outer);
    assert_eq!((one.attached(), other.attached()), (0, 1));
    drop(mutex.lock());
    drop(inner);
    assert_eq!((one.attached(), other.attached()), (0, 0));
    drop(mutex.lock());
    let (mut events, mut others) = (Vec::new(), Vec::new());
    records_of_one.events(&mut events);
    records_of_other.events(&mut others);
    assert_eq!(shown(&events)[1..], ["M Ready", "M Finished", "M Ended(Finished)"]);
    assert_eq!(shown(&others)[3..], ["M Acquire", "M Release", "M Finished", "M Ended(Finished)"]);
}

#[test]
fn an_object_keeps_its_number_when_two_probes_watch_it() {
    let mutex = Mutex::new(0).named("mutex");
    let (one, mut records_of_one) = Probe::new();
    let (other, _records_of_other) = Probe::new();
    let done = one.run(|| {
        for _ in 0..3 {
            let guard = mutex.lock();
            thread::scope(|scope| {
                let refused = scope.spawn(|| other.run(|| mutex.try_lock().is_none()));
                assert_eq!(refused.join().ok(), Some(Ok(true)));
            });
            drop(guard);
        }
    });
    assert_eq!(done, Ok(()));
    let mut events = Vec::new();
    records_of_one.events(&mut events);
    assert_eq!(count(&events, "M declares Lock mutex"), 1);
    let touched = events.iter().filter_map(|event| match &event.kind {
        EventKind::Did { action, .. } => action.object(),
        _ => None,
    });
    assert_eq!(touched.collect::<Vec<_>>(), [ObjectId(0); 6]);
}

#[test]
fn a_condition_gives_back_the_lock_it_is_used_with() {
    let (one, other) = (Mutex::new(()).named("one"), Mutex::new(()).named("other"));
    let changed = Condvar::new().named("changed");
    let events = told(|| {
        let held = one.lock();
        for _ in 0..2 {
            drop(changed.wait_for(other.lock(), Duration::ZERO));
        }
        drop(changed.wait_for(held, Duration::ZERO));
        assert!(!changed.notify_one());
    });
    let over: Vec<ObjectId> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Object(info) => match info.state {
                ObjectState::Condition { lock } => Some(lock),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(over, [ObjectId(1), ObjectId(0)]);
    assert_eq!(count(&events, "M Notify Woke([])"), 1);
}

#[test]
fn the_end_of_a_thread_may_wait() {
    struct Last(Arc<Semaphore>, Sender<()>);
    impl Drop for Last {
        fn drop(&mut self) {
            assert!(self.0.acquire_timeout(Duration::from_millis(1)).is_none());
            let _ = self.1.send(());
            self.0.acquire().forget();
        }
    }
    thread_local! {
        static BEFORE: RefCell<Option<Last>> = const { RefCell::new(None) };
        static AFTER: RefCell<Option<Last>> = const { RefCell::new(None) };
    }
    let places = Arc::new(Semaphore::new(0));
    let (out, ending) = unbounded();
    let (one, other) = (Last(Arc::clone(&places), out.clone()), Last(Arc::clone(&places), out));
    let ends = thread::spawn(move || {
        // One of the two goes before what the waits of this thread need, the other one after that.
        BEFORE.set(Some(one));
        assert!(other.0.acquire_timeout(Duration::ZERO).is_none());
        AFTER.set(Some(other));
    });
    for _ in 0..2 {
        assert_eq!(ending.recv(), Ok(()));
        assert_eq!(places.release(1), Ok(()));
    }
    assert!(ends.join().is_ok());
}

/// Does a bit of everything, and ends.
fn mixture(seed: usize) {
    let (mutex, changed, queue) = (Mutex::new(0), Condvar::new(), Queue::fifo().at_most(2));
    let (barrier, semaphore, event) = (super::Barrier::new(3), Semaphore::new(1), super::Event::new());
    scope(|scope| {
        for number in 0..3 {
            let (mutex, changed, queue) = (&mutex, &changed, &queue);
            let (barrier, semaphore, event) = (&barrier, &semaphore, &event);
            scope.spawn(move || {
                for round in 0..6 {
                    if (number + seed).is_multiple_of(3) {
                        assert!(queue.put(round).is_ok() && queue.put(round).is_ok());
                    } else {
                        assert!(queue.get().is_ok());
                    }
                    let _place = semaphore.acquire();
                    *mutex.lock() += 1;
                    changed.notify_all();
                    if seed.is_multiple_of(2) {
                        drop(changed.wait_for(mutex.lock(), Duration::from_micros(20)));
                    }
                }
                assert!(barrier.wait().is_ok());
                let last = changed.wait_while(mutex.lock(), |sum| *sum < 18);
                drop(last);
                if number == 0 {
                    event.set();
                } else {
                    event.wait();
                }
                let child = spawn(move || number);
                assert_eq!(child.join().ok(), Some(number));
            });
        }
    });
}

#[test]
fn nothing_that_ends_ever_looks_like_a_deadlock() {
    for seed in 0..12 {
        let (probe, mut collector) = Probe::new();
        assert_eq!(probe.run(|| mixture(seed)), Ok(()));
        let mut records = Vec::new();
        collector.drain(&mut records);
        assert_eq!((ends(&records), collector.lost()), (Vec::new(), 0), "{seed}");
    }
}

#[test]
fn a_thread_is_detached_when_it_ends_at_the_latest() {
    let (probe, collector) = Probe::new();
    let own = probe.clone();
    assert!(thread::spawn(move || std::mem::forget(own.attach())).join().is_ok());
    assert_eq!((probe.attached(), collector.is_deserted()), (0, true));
}

/// Threads that lock one or two of three mutexes, always in the same order, as often as they can.
fn crowd(threads: usize, rounds: usize) {
    let locks = [(); 3].map(Mutex::new);
    scope(|scope| {
        for number in 0..threads {
            let locks = &locks;
            scope.spawn(move || {
                for round in 0..rounds {
                    let first = (number + round) % 3;
                    let _first = locks[first].lock();
                    let _second = locks.get(first + 1).map(Mutex::lock);
                }
            });
        }
    });
}

#[test]
fn the_tape_of_a_crowd_is_exact_at_every_place() {
    let (probe, mut collector) = Probe::new();
    let running = thread::spawn(move || probe.run(|| crowd(6, 600)));
    let mut events = Vec::new();
    wait_for(&mut collector, &mut events, |events| {
        events.iter().any(|event| matches!(event.kind, EventKind::Ended(_)))
    });
    assert_eq!(running.join().ok(), Some(Ok(())));
    // Looked at while it grew, it never looked like a deadlock.
    assert_eq!(events.last().map(|event| event.kind.clone()), Some(EventKind::Ended(End::Finished)));
    assert_eq!(collector.lost(), 0);
    let mut owners: HashMap<ObjectId, ThreadId> = HashMap::new();
    for event in &events {
        match event.kind {
            EventKind::Did { action: Action::Acquire { object, .. }, .. } => {
                assert_eq!(owners.insert(object, event.thread), None, "{event:?}");
            }
            EventKind::Did { action: Action::Release { object, .. }, .. } => {
                assert_eq!(owners.remove(&object), Some(event.thread), "{event:?}");
            }
            EventKind::State(ThreadState::Blocked { on }) => {
                assert!(owners.get(&on).is_some_and(|owner| *owner != event.thread), "{event:?}");
            }
            _ => {}
        }
    }
    // Two of three times there is a second lock: 600 rounds are 200 times three.
    let taken = events.iter().filter(|event| what(&event.kind) == "Acquire").count();
    assert_eq!((owners.len(), taken), (0, 6 * (600 + 400)));
}

/// Two threads, two mutexes, opposite order.
fn hang(dropped: &Arc<AtomicUsize>) {
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let (one, other, both) = (Mutex::new(()).named("one"), Mutex::new(()).named("other"), Barrier::new(2));
    scope(|scope| {
        for (first, second) in [(&one, &other), (&other, &one)] {
            let (both, counted) = (&both, Counted(Arc::clone(dropped)));
            scope.spawn(move || {
                let _counted = counted;
                let _first = first.lock();
                both.wait();
                let _second = second.lock();
                unreachable!("the other one never lets go");
            });
        }
    });
}

#[test]
fn a_thread_that_unwinds_already_is_not_unwound_again() {
    struct Locks<'a>(&'a Mutex<u32>);
    impl Drop for Locks<'_> {
        fn drop(&mut self) {
            *self.0.lock() += 1;
        }
    }
    let (probe, _collector) = Probe::new();
    let mutex = Mutex::new(0);
    let left = probe.run(|| {
        let _locks = Locks(&mutex);
        probe.stop();
        drop(mutex.lock());
        unreachable!("it has left");
    });
    assert_eq!((left, *mutex.lock()), (Err(Stopped), 1));
}

#[test]
fn an_object_is_declared_once_to_each_probe() {
    let mutex = Mutex::new(0).named("mutex");
    for _ in 0..2 {
        let events = told(|| {
            scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| *mutex.lock() += 1);
                }
            });
        });
        let declared = events
            .iter()
            .filter(|event| matches!(&event.kind, EventKind::Object(info) if info.kind == ObjectKind::Lock));
        assert_eq!(declared.count(), 1);
        let threads = events.iter().filter(|event| matches!(&event.kind, EventKind::Thread(_)));
        assert_eq!(threads.count(), 5);
        assert!(events.iter().any(|event| event.kind == EventKind::Ended(End::Finished)));
    }
    assert_eq!(mutex.into_inner(), 8);
}

#[test]
fn what_has_no_name_is_called_after_its_place() {
    let line = line!() + 2;
    let events = told(|| {
        let mutex = Arc::new(Mutex::new(()));
        let shared = Arc::clone(&mutex);
        assert!(spawn(move || drop(shared.lock())).join().is_ok());
    });
    assert_eq!(count(&events, &format!("A declares Lock Lock at line {line}")), 1);
    assert_eq!(count(&events, "A is thread 1"), 1);
    let start = events.iter().find(|event| what(&event.kind) == "Start").unwrap();
    assert_eq!(start.line, line + 2);
}

#[test]
fn what_nobody_collects_is_counted() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(0u32);
    assert_eq!(probe.run(|| (0..100_000).for_each(|_| *mutex.lock() += 1)), Ok(()));
    let mut events = Vec::new();
    collector.events(&mut events);
    assert_eq!(*mutex.lock(), 100_000);
    assert!(collector.lost() > 0);
    // Everything there was to tell: two for the thread, one for the mutex, two for each pair, one for the end.
    // The end was lost as well, and is filled in.
    let last: Vec<&EventKind> = events[events.len() - 2..].iter().map(|event| &event.kind).collect();
    assert_eq!(last, [&EventKind::State(ThreadState::Finished), &EventKind::Ended(End::Finished)]);
    assert_eq!(events.len() as u64 - 2 + collector.lost(), 200_004);
}

#[test]
fn the_times_of_waiting_and_holding_add_up() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(());
    let mut records = Vec::new();
    let mut times = Times::default();
    let mut spans = Vec::new();
    assert_eq!(probe.run(|| drop(mutex.lock())), Ok(()));
    collector.drain(&mut records);
    spans.extend(records.iter().filter_map(|record| times.take(record)));
    let at = |place: usize| records[place].at.0;
    let [Span::Waited { time: waited, .. }, Span::Held { time: held, thread, .. }] = spans[..] else {
        panic!("{spans:?}");
    };
    assert_eq!((waited.0, held.0, thread), (0, at(4) - at(3), ThreadId::MAIN));
}

#[test]
fn a_stream_ends_with_the_threads() {
    let (probe, collector) = Probe::new();
    let stream = collector.stream(Duration::from_millis(1)).unwrap();
    let mutex = Mutex::new(0);
    assert_eq!(probe.run(|| (0..1000).for_each(|_| *mutex.lock() += 1)), Ok(()));
    let events: Vec<Event> = stream.iter().flatten().collect();
    assert_eq!(count(&events, "M Release"), 1000);
    assert_eq!(events.last().map(|event| event.kind.clone()), Some(EventKind::Ended(End::Finished)));
    let state = events.iter().rev().find(|event| matches!(event.kind, EventKind::State(_)));
    assert_eq!(state.map(|event| event.kind.clone()), Some(EventKind::State(ThreadState::Finished)));
}
