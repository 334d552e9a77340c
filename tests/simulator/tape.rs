//! The tape of a run: its order, its reproducibility.

use crate::common::{OPPOSITE, RACE, program, world};
use lockstep::event::{Event, EventKind, NoSink, Schedule, Sink, ThreadState};
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::kernel::{Atomicity, Options};
use lockstep::sched::{SchedulerKind, build};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What must hold for every tape: numbers without gaps, the order within a step, the states.
pub(crate) fn check_tape(events: &[Event], world: &World) {
    let mut states: BTreeMap<ThreadId, ThreadState> = BTreeMap::new();
    let mut declared = 0;
    let mut before = (0, 0);
    for (place, event) in events.iter().enumerate() {
        assert_eq!(event.seq.0 as usize, place);
        let rank = match &event.kind {
            EventKind::Did { .. } | EventKind::Value { .. } => 1,
            EventKind::Thread(_)
            | EventKind::Object(_)
            | EventKind::Named { .. }
            | EventKind::Renamed { .. }
            | EventKind::Traceback(_) => 2,
            EventKind::Pending(_) => 3,
            EventKind::State(ThreadState::Reading) => 0,
            EventKind::State(_) => 4,
            EventKind::Ended(_) => 5,
        };
        assert!((event.step.0, rank) >= before || before.0 == 0, "{event:?} after {before:?}");
        before = (event.step.0, rank);
        match &event.kind {
            EventKind::Thread(_) => {
                states.insert(event.thread, ThreadState::New);
            }
            EventKind::Object(info) => {
                assert_eq!(info.id.0, declared, "objects are declared in order");
                declared += 1;
            }
            EventKind::State(state) => {
                assert_ne!(states.insert(event.thread, *state), Some(*state), "a state that was no change");
            }
            EventKind::Did { action, .. } | EventKind::Pending(action) => {
                assert!(action.object().is_none_or(|object| object.0 < declared), "{action:?} was never declared");
            }
            _ => {}
        }
    }
    for thread in world.threads() {
        assert_eq!(states.get(&thread.id), Some(&thread.state), "{thread:?}");
    }
    assert_eq!(world.seq().0 as usize, events.len());
}

const PROGRAMS: [&str; 3] = [
    RACE,
    OPPOSITE,
    "\
import threading, queue, random, time

items = []
q = queue.Queue(1)
cond = threading.Condition()
barrier = threading.Barrier(2)
sem = threading.Semaphore(1)

class Account:
    def __init__(self, name):
        self.name = name
        self.balance = 10
        self.lock = threading.RLock()

account = Account('alex')

def producer():
    for i in range(3):
        with cond:
            items.append(random.randint(1, 6))
            cond.notify()
        q.put(i, timeout=0.5)
        time.sleep(0.01)
    barrier.wait()

def consumer():
    for i in range(3):
        with cond:
            while not items:
                cond.wait(0.02)
            items.pop()
        with sem, account.lock:
            account.balance -= 1
        q.get()
        q.task_done()
    barrier.wait(1)

a = threading.Thread(target=producer, name='producer')
b = threading.Thread(target=consumer)
b.daemon = True
a.start()
b.start()
q.join()
a.join(10)
print(account.balance, b.is_alive(), threading.active_count())
",
];

#[test]
fn every_tape_is_well_formed() {
    for text in PROGRAMS {
        for seed in 0..8 {
            for atomicity in [Atomicity::Op, Atomicity::Line, Atomicity::Gil] {
                let mut events = Vec::new();
                let options = Options { atomicity, ..Options::default() };
                let mut world = World::new(program(text), options, &mut events);
                let how = Drive { max_steps: Some(5000), ..Drive::default() };
                drive(&mut world, build(SchedulerKind::Random, seed).as_mut(), how, &mut events).unwrap();
                check_tape(&events, &world);
            }
        }
    }
}

#[test]
fn listening_changes_nothing() {
    for text in PROGRAMS {
        let mut events = Vec::new();
        let mut heard = World::new(program(text), Options::default(), &mut events);
        let mut unheard = world(text);
        let mut schedule = Schedule::new();
        let how = Drive { record: Some(&mut schedule), ..Drive::default() };
        let end = drive(&mut heard, build(SchedulerKind::Random, 7).as_mut(), how, &mut events);
        assert_eq!(end, drive(&mut unheard, build(SchedulerKind::Random, 7).as_mut(), Drive::default(), &mut NoSink));
        assert_eq!((heard.seq(), heard.now(), heard.output()), (unheard.seq(), unheard.now(), unheard.output()));
        let mut replayed = Vec::new();
        let mut again = World::new(program(text), Options::default(), &mut replayed);
        for choice in &schedule {
            again.apply(choice, &mut replayed).unwrap();
        }
        assert_eq!(events, replayed, "the schedule reproduces the tape");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A clone makes the same future, and going on with the original does not touch it.
    #[test]
    fn a_clone_is_a_fork_in_time(which in 0..3usize, picks in prop::collection::vec(any::<u32>(), 1..120), at in 0..60usize) {
        let mut original = world(PROGRAMS[which]);
        let mut fork = None;
        let mut candidates = Vec::new();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut choices = Vec::new();
        for (place, pick) in picks.iter().enumerate() {
            original.candidates(&mut candidates);
            if candidates.is_empty() {
                break;
            }
            if place == at {
                fork = Some(original.clone());
            }
            let choice = candidates[*pick as usize % candidates.len()];
            for candidate in &candidates {
                prop_assert!(original.fits(*candidate).is_ok());
            }
            if fork.is_some() {
                choices.push(choice);
                original.apply(choice, &mut first).unwrap();
            } else {
                original.apply(choice, &mut NoSink).unwrap();
            }
        }
        if let Some(mut fork) = fork {
            for choice in choices {
                fork.apply(choice, &mut second).unwrap();
            }
            prop_assert_eq!(first, second);
            prop_assert_eq!(fork.output(), original.output());
            prop_assert_eq!(fork.now(), original.now());
        }
    }
}

#[test]
fn a_world_is_a_value_that_can_be_sent() {
    fn plain<T: Clone + Send + 'static>() {}
    plain::<World>();
}

/// Counts events without keeping them.
struct Count(u64);

impl Sink for Count {
    const ENABLED: bool = true;
    fn emit(&mut self, _: Event) {
        self.0 += 1;
    }
}

#[test]
fn any_sink_will_do() {
    let mut count = Count(0);
    let mut world = World::new(program(RACE), Options::default(), &mut count);
    drive(&mut world, build(SchedulerKind::Fifo, 0).as_mut(), Drive::default(), &mut count).unwrap();
    assert_eq!(count.0, u64::from(world.seq().0));
}

/// Others run between the two halves of `list(v)`; the new list still belongs to the line of its thread.
#[test]
fn what_a_thread_creates_is_attributed_to_its_own_line() {
    let text = "\
import threading
d = {1: 2}
v = d.items()
r = []
def work():
    r.append(list(v))
def other():
    d[5] = 6
threading.Thread(target=work).start()
threading.Thread(target=other).start()
";
    let mut events = Vec::new();
    let mut world = World::new(program(text), Options::default(), &mut events);
    let schedule: Schedule = "v1/M2.A2".parse().unwrap();
    schedule.iter().for_each(|choice| world.apply(choice, &mut events).unwrap());
    let made = events.iter().filter_map(|event| match &event.kind {
        EventKind::Object(info) if event.thread == ThreadId(1) => Some(info.line),
        _ => None,
    });
    assert_eq!(made.collect::<Vec<_>>(), [6]);
}
