//! One of everything that can stand in a trace.

use lockstep::event::{
    Access, Action, Alternative, Choice, End, Event, EventKind, Limit, ObjectInfo, ObjectKind, ObjectState, Outcome,
    Text, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::kernel::live::LiveOptions;
use lockstep::kernel::{Atomicity, Notify, Options};
use lockstep::sched::SchedulerKind;
use lockstep::trace::{Header, Language, Record};
use std::sync::Arc;
use std::time::Duration;

/// Every operation. Whoever adds one finds out here that it belongs into the list.
pub(crate) fn actions() -> Vec<Action> {
    let (object, thread) = (ObjectId(2), ThreadId(1));
    let text = Text::from("x");
    let (timeout, key) = (Some(Nanos(5)), Some(text.clone()));
    let all = vec![
        Action::Read { object, key: key.clone() },
        Action::Read { object, key: None },
        Action::Write { object, key: key.clone(), value: Text::Int(-3) },
        Action::Write { object, key: None, value: text.clone() },
        Action::Delete { object, key },
        Action::Call { object, access: Access::Read, call: text.clone() },
        Action::Call { object, access: Access::Write, call: text.clone() },
        Action::Acquire { object, blocking: true, timeout },
        Action::Acquire { object, blocking: false, timeout: None },
        Action::Release { object, count: 3 },
        Action::Query { object, question: text.clone() },
        Action::Wait { object, timeout },
        Action::Reacquire { object },
        Action::Notify { object, count: Some(1) },
        Action::Notify { object, count: None },
        Action::EventWait { object, timeout },
        Action::EventSet { object },
        Action::EventClear { object },
        Action::BarrierWait { object, timeout },
        Action::BarrierAbort { object },
        Action::BarrierReset { object },
        Action::Put { object, item: text.clone(), blocking: true, timeout },
        Action::Get { object, blocking: true, timeout },
        Action::TaskDone { object },
        Action::QueueJoin { object },
        Action::Shutdown { object, immediate: true },
        Action::Start { thread },
        Action::Join { thread, timeout },
        Action::IsAlive { thread },
        Action::CountThreads,
        Action::Sleep { length: Nanos(7) },
        Action::Now,
        Action::Random { call: text.clone() },
        Action::Print { text: text.clone() },
        Action::Input { prompt: text },
    ];
    assert_eq!(all.iter().map(number).collect::<std::collections::BTreeSet<_>>().len(), KINDS_OF_ACTION);
    all
}

const KINDS_OF_ACTION: usize = 30;

fn number(action: &Action) -> usize {
    match action {
        Action::Read { .. } => 0,
        Action::Write { .. } => 1,
        Action::Delete { .. } => 2,
        Action::Call { .. } => 3,
        Action::Acquire { .. } => 4,
        Action::Release { .. } => 5,
        Action::Query { .. } => 6,
        Action::Wait { .. } => 7,
        Action::Reacquire { .. } => 8,
        Action::Notify { .. } => 9,
        Action::EventWait { .. } => 10,
        Action::EventSet { .. } => 11,
        Action::EventClear { .. } => 12,
        Action::BarrierWait { .. } => 13,
        Action::BarrierAbort { .. } => 14,
        Action::BarrierReset { .. } => 15,
        Action::Put { .. } => 16,
        Action::Get { .. } => 17,
        Action::TaskDone { .. } => 18,
        Action::QueueJoin { .. } => 19,
        Action::Shutdown { .. } => 20,
        Action::Start { .. } => 21,
        Action::Join { .. } => 22,
        Action::IsAlive { .. } => 23,
        Action::CountThreads => 24,
        Action::Sleep { .. } => 25,
        Action::Now => 26,
        Action::Random { .. } => 27,
        Action::Print { .. } => 28,
        Action::Input { .. } => 29,
    }
}

pub(crate) fn outcomes() -> Vec<Outcome> {
    let all = vec![
        Outcome::Done,
        Outcome::Value(Text::from("x")),
        Outcome::Refused,
        Outcome::TimedOut,
        Outcome::Raised(Text::from("ValueError")),
        Outcome::Enqueued,
        Outcome::Woke([ThreadId(1), ThreadId(0)].into()),
    ];
    for outcome in &all {
        match outcome {
            Outcome::Done
            | Outcome::Value(_)
            | Outcome::Refused
            | Outcome::TimedOut
            | Outcome::Raised(_)
            | Outcome::Enqueued
            | Outcome::Woke(_) => {}
        }
    }
    all
}

/// A state that an object of this kind can have.
pub(crate) fn initial(kind: ObjectKind) -> ObjectState {
    match kind {
        ObjectKind::Variable => ObjectState::Data(None),
        ObjectKind::List | ObjectKind::Dict | ObjectKind::Set | ObjectKind::Deque => {
            ObjectState::Data(Some(Text::from("[1]")))
        }
        ObjectKind::Instance | ObjectKind::Class => ObjectState::Fields(Arc::default()),
        ObjectKind::Lock | ObjectKind::RwLock => ObjectState::Lock { owner: None, depth: 0 },
        ObjectKind::RLock => ObjectState::Lock { owner: Some(ThreadId(1)), depth: 2 },
        ObjectKind::Condition => ObjectState::Condition { lock: ObjectId(7) },
        ObjectKind::Event => ObjectState::Event { set: true },
        ObjectKind::Semaphore => ObjectState::Semaphore { value: 2, bound: None },
        ObjectKind::BoundedSemaphore => ObjectState::Semaphore { value: 2, bound: Some(3) },
        ObjectKind::Barrier => ObjectState::Barrier { parties: 3, broken: false },
        ObjectKind::Queue => queue(Some(4)),
        ObjectKind::LifoQueue | ObjectKind::PriorityQueue | ObjectKind::SimpleQueue => queue(None),
    }
}

fn queue(capacity: Option<u32>) -> ObjectState {
    let items = Arc::new([Text::Int(1), Text::from("x")].into());
    ObjectState::Queue { items, capacity, unfinished: 1, closed: false }
}

pub(crate) fn states() -> Vec<ThreadState> {
    let (on, thread) = (ObjectId(2), ThreadId(1));
    let all = vec![
        ThreadState::New,
        ThreadState::Ready,
        ThreadState::Blocked { on },
        ThreadState::Waiting { on },
        ThreadState::Joining { thread },
        ThreadState::Sleeping { until: Nanos(9) },
        ThreadState::Reading,
        ThreadState::Finished,
        ThreadState::Failed,
        ThreadState::Killed,
    ];
    for state in &all {
        match state {
            ThreadState::New
            | ThreadState::Ready
            | ThreadState::Blocked { .. }
            | ThreadState::Waiting { .. }
            | ThreadState::Joining { .. }
            | ThreadState::Sleeping { .. }
            | ThreadState::Reading
            | ThreadState::Finished
            | ThreadState::Failed
            | ThreadState::Killed => {}
        }
    }
    all
}

pub(crate) fn ends() -> Vec<End> {
    let limits = [Limit::Steps(1), Limit::Spin(2), Limit::Memory(3), Limit::Time(4)];
    let others = [End::Finished, End::Deadlock, End::Unmodelled { what: "x".into(), line: 3 }];
    for end in &others {
        match end {
            End::Finished | End::Deadlock | End::Limit(_) | End::Unmodelled { .. } => {}
        }
    }
    limits.into_iter().map(End::Limit).chain(others).collect()
}

pub(crate) const ALTERNATIVES: [Alternative; 5] =
    [Alternative::Go, Alternative::Timeout, Alternative::Spurious, Alternative::Wake(2), Alternative::Draw(3)];

/// Every kind of event, with everything that can be in it.
pub(crate) fn kinds() -> Vec<EventKind> {
    let info = |kind| ObjectInfo { id: ObjectId(0), kind, name: "x".into(), line: 2, state: initial(kind) };
    let mut all: Vec<EventKind> =
        ObjectKind::ALL.into_iter().map(|kind| EventKind::Object(Arc::new(info(kind)))).collect();
    for parent in [None, Some(ThreadId(0))] {
        all.push(EventKind::Thread(Arc::new(ThreadInfo { name: "x".into(), daemon: parent.is_some(), parent })));
    }
    all.push(EventKind::Named { object: ObjectId(0), name: "x".into() });
    all.push(EventKind::Renamed { name: "x".into() });
    let outcomes = outcomes();
    for (action, outcome) in actions().into_iter().zip(outcomes.into_iter().cycle()) {
        all.push(EventKind::Did { action: action.clone(), outcome });
        all.push(EventKind::Pending(action));
    }
    all.push(EventKind::Value { object: ObjectId(0), value: Text::from("[]") });
    all.extend(states().into_iter().map(EventKind::State));
    all.push(EventKind::Traceback("x\n".into()));
    all.extend(ends().into_iter().map(EventKind::Ended));
    for kind in &all {
        match kind {
            EventKind::Thread(_)
            | EventKind::Object(_)
            | EventKind::Named { .. }
            | EventKind::Renamed { .. }
            | EventKind::Did { .. }
            | EventKind::Value { .. }
            | EventKind::Pending(_)
            | EventKind::State(_)
            | EventKind::Traceback(_)
            | EventKind::Ended(_) => {}
        }
    }
    all
}

/// Every record. They make no sense together.
pub(crate) fn records() -> Vec<Record> {
    let event = |kind| Event { seq: Seq(3), step: Step(1), at: Nanos(2), thread: ThreadId(1), line: 4, kind };
    let mut all: Vec<Record> =
        kinds().into_iter().map(|kind| Record::Event { event: event(kind), choice: None }).collect();
    for alternative in ALTERNATIVES {
        let choice = Some(Choice { thread: ThreadId(1), alternative });
        all.push(Record::Event { event: event(EventKind::Renamed { name: "x".into() }), choice });
    }
    all.extend([Record::Input { line: Some("x".into()) }, Record::Input { line: None }]);
    all.extend([Record::Cut { to: Step(1) }, Record::Lost { count: 2 }, Record::End { steps: 1, events: 2 }]);
    for record in &all {
        match record {
            Record::Event { .. }
            | Record::Input { .. }
            | Record::Cut { .. }
            | Record::Lost { .. }
            | Record::End { .. } => {}
        }
    }
    all
}

/// A header with everything that can be in it.
pub(crate) fn header() -> Header {
    Header {
        language: Language::Rust,
        target: "x.py".into(),
        source_name: "x.py".into(),
        source: "x = 1\n".into(),
        parameters: vec![("N".to_owned(), "3".to_owned())],
        seed: u64::MAX,
        scheduler: SchedulerKind::Random,
        schedule: Some("v1/M2.A!timeout".parse().unwrap()),
        inputs: vec!["one".into()],
        options: Options {
            seed: u64::MAX,
            atomicity: Atomicity::Line,
            fair: true,
            spurious: true,
            notify: Notify::Any,
            abstract_time: true,
            ..Options::default()
        },
        live: Some(LiveOptions { pace: Duration::from_millis(2), speed: 0.1, show_gil: true, paused: false }),
        picture: Some("ring forks=fork*".into()),
    }
}

/// The number of objects that [`sensible`] declares first: one of each kind.
const OBJECTS: u32 = 19;

/// A trace that makes sense and has everything in it, without its end.
pub(crate) fn sensible() -> Vec<Record> {
    let mut records = Vec::new();
    let (mut seq, mut step) = (0, 0);
    let mut push = |kind: EventKind, thread: u32, records: &mut Vec<Record>| {
        let is_deed = matches!(kind, EventKind::Did { .. });
        step += u32::from(is_deed);
        let alternative = ALTERNATIVES[step as usize % ALTERNATIVES.len()];
        let choice = is_deed.then_some(Choice { thread: ThreadId(thread), alternative });
        let event = Event {
            seq: Seq(seq),
            step: Step(step),
            at: Nanos(u64::from(step) * 10),
            thread: ThreadId(thread),
            line: 3,
            kind,
        };
        records.push(Record::Event { event, choice });
        seq += 1;
    };
    for number in 0..3 {
        let parent = (number > 0).then_some(ThreadId(0));
        let info = ThreadInfo { name: format!("thread {number}").into(), daemon: number == 2, parent };
        push(EventKind::Thread(Arc::new(info)), number, &mut records);
    }
    for (number, kind) in (0..OBJECTS).zip(ObjectKind::ALL) {
        let info = ObjectInfo { id: ObjectId(number), kind, name: "x".into(), line: 2, state: initial(kind) };
        push(EventKind::Object(Arc::new(info)), 0, &mut records);
    }
    let declares = |kind: &EventKind| matches!(kind, EventKind::Thread(_) | EventKind::Object(_));
    for kind in kinds().into_iter().filter(|kind| !declares(kind)) {
        push(kind, 1, &mut records);
    }
    records.extend([Record::Input { line: Some("x".into()) }, Record::Input { line: None }, Record::Lost { count: 2 }]);
    // Back to the second step, and on from there.
    let next = |record: &Record| matches!(record, Record::Event { event, .. } if event.step == Step(3));
    let Some(Record::Event { event: first, .. }) = records.iter().find(|record| next(record)).cloned() else {
        unreachable!("there are more steps than two")
    };
    records.push(Record::Cut { to: Step(2) });
    let choice = Some(Choice { thread: ThreadId(2), alternative: Alternative::Go });
    let kind = EventKind::Did { action: Action::Now, outcome: Outcome::Value(Text::Int(30)) };
    records.push(Record::Event { event: Event { thread: ThreadId(2), kind, ..first }, choice });
    records
}
