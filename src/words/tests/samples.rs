//! A sample of every operation, state, event and finding: what has no sample here does not compile.

use crate::detect::{Finding, FindingKind, Link, Misuse, Want};
use crate::event::{
    Access, Action, End, Event, EventKind, Limit, ObjectInfo, ObjectKind, ObjectState, Outcome, Text, ThreadInfo,
    ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use crate::model::Model;
use std::sync::Arc;

pub(super) const A: ThreadId = ThreadId(1);
pub(super) const B: ThreadId = ThreadId(2);
const C: ThreadId = ThreadId(3);

/// The objects of the sample model: kind, name, state.
fn objects() -> Vec<(ObjectKind, &'static str, ObjectState)> {
    let queue = |capacity| ObjectState::Queue {
        items: Arc::new(["'bun'".into()].into()),
        capacity,
        unfinished: 2,
        closed: false,
    };
    vec![
        (ObjectKind::Variable, "n", ObjectState::Data(Some(5.into()))),
        (ObjectKind::Instance, "acc", ObjectState::Fields(Arc::default())),
        (ObjectKind::Class, "Account", ObjectState::Fields(Arc::default())),
        (ObjectKind::List, "items", ObjectState::Data(Some("[1, 2]".into()))),
        (ObjectKind::Dict, "table", ObjectState::Data(Some("{}".into()))),
        (ObjectKind::Set, "seen", ObjectState::Data(Some("set()".into()))),
        (ObjectKind::Deque, "line", ObjectState::Data(None)),
        (ObjectKind::Lock, "fork[1]", ObjectState::Lock { owner: Some(B), depth: 1 }),
        (ObjectKind::RLock, "rlock", ObjectState::Lock { owner: Some(A), depth: 2 }),
        (ObjectKind::Condition, "not_empty", ObjectState::Condition { lock: ObjectId(8) }),
        (ObjectKind::Event, "green", ObjectState::Event { set: false }),
        (ObjectKind::Semaphore, "places", ObjectState::Semaphore { value: 2, bound: None }),
        (ObjectKind::BoundedSemaphore, "seats", ObjectState::Semaphore { value: 1, bound: Some(4) }),
        (ObjectKind::Barrier, "hut", ObjectState::Barrier { parties: 3, broken: false }),
        (ObjectKind::Queue, "basket", queue(Some(3))),
        (ObjectKind::LifoQueue, "stack", queue(None)),
        (ObjectKind::PriorityQueue, "heap", queue(None)),
        (ObjectKind::SimpleQueue, "pipe", queue(None)),
    ]
}

/// The sample object of this kind.
fn id(kind: ObjectKind) -> ObjectId {
    let place = objects().iter().position(|(other, ..)| *other == kind).expect("every kind has a sample");
    ObjectId(u32::try_from(place).expect("few"))
}

pub(super) fn event(thread: ThreadId, kind: EventKind) -> Event {
    Event { seq: Seq(0), step: Step(1), at: Nanos(0), thread, line: 12, kind }
}

/// A model in which everything that the samples mention exists.
pub(super) fn model() -> Model {
    let mut model = Model::default();
    for (thread, name) in [(ThreadId::MAIN, "MainThread"), (A, "Plato"), (B, "Kant"), (C, "Hegel")] {
        let parent = (thread != ThreadId::MAIN).then_some(ThreadId::MAIN);
        model.apply(&event(
            thread,
            EventKind::Thread(Arc::new(ThreadInfo { name: name.into(), daemon: false, parent })),
        ));
    }
    for (place, (kind, name, state)) in objects().into_iter().enumerate() {
        let id = ObjectId(u32::try_from(place).expect("few"));
        let info = ObjectInfo { id, kind, name: name.into(), line: 3, state };
        model.apply(&event(ThreadId::MAIN, EventKind::Object(Arc::new(info))));
    }
    model
}

/// An operation, and what usually comes of it.
pub(super) fn actions() -> Vec<(Action, Outcome)> {
    use Outcome::{Done, Enqueued, Value, Woke};
    let lock = id(ObjectKind::Lock);
    let condition = id(ObjectKind::Condition);
    let green = id(ObjectKind::Event);
    let hut = id(ObjectKind::Barrier);
    let basket = id(ObjectKind::Queue);
    let n = id(ObjectKind::Variable);
    let timeout = Some(Nanos(500_000_000));
    let truth = || Value("True".into());
    vec![
        (Action::Read { object: n, key: None }, Value(5.into())),
        (Action::Read { object: id(ObjectKind::Instance), key: Some(".balance".into()) }, Value(70.into())),
        (Action::Write { object: n, key: None, value: 4.into() }, Done),
        (Action::Write { object: id(ObjectKind::List), key: Some("[2]".into()), value: "'x'".into() }, Done),
        (Action::Delete { object: id(ObjectKind::Dict), key: Some("['k']".into()) }, Done),
        (Action::Call { object: id(ObjectKind::List), access: Access::Write, call: "append(3)".into() }, Done),
        (Action::Call { object: id(ObjectKind::List), access: Access::Read, call: "len()".into() }, Value(2.into())),
        (Action::Acquire { object: lock, blocking: true, timeout: None }, truth()),
        (Action::Acquire { object: lock, blocking: false, timeout: None }, Outcome::Refused),
        (Action::Acquire { object: lock, blocking: true, timeout }, Outcome::TimedOut),
        (Action::Release { object: lock, count: 1 }, Done),
        (Action::Release { object: id(ObjectKind::Semaphore), count: 3 }, Done),
        (Action::Query { object: lock, question: "locked()".into() }, truth()),
        (Action::Wait { object: condition, timeout: None }, Enqueued),
        (Action::Wait { object: condition, timeout }, Enqueued),
        (Action::Reacquire { object: condition }, Done),
        (Action::Reacquire { object: condition }, Outcome::TimedOut),
        (Action::Notify { object: condition, count: Some(1) }, Woke(Box::default())),
        (Action::Notify { object: condition, count: Some(2) }, Woke(Box::new([B, C]))),
        (Action::Notify { object: condition, count: None }, Woke(Box::new([B]))),
        (Action::EventWait { object: green, timeout: None }, truth()),
        (Action::EventWait { object: green, timeout }, Outcome::TimedOut),
        (Action::EventSet { object: green }, Woke(Box::new([B, C]))),
        (Action::EventClear { object: green }, Done),
        (Action::BarrierWait { object: hut, timeout: None }, Enqueued),
        (Action::BarrierWait { object: hut, timeout: None }, Woke(Box::new([B, C]))),
        (Action::BarrierWait { object: hut, timeout }, Outcome::TimedOut),
        (Action::BarrierAbort { object: hut }, Woke(Box::new([B]))),
        (Action::BarrierReset { object: hut }, Done),
        (Action::Put { object: basket, item: "'bun'".into(), blocking: true, timeout: None }, Done),
        (
            Action::Put { object: basket, item: "'bun'".into(), blocking: false, timeout: None },
            Outcome::Raised("queue.Full".into()),
        ),
        (Action::Get { object: basket, blocking: true, timeout: None }, Value("'bun'".into())),
        (Action::Get { object: basket, blocking: true, timeout }, Outcome::Raised("_queue.Empty".into())),
        (Action::Get { object: basket, blocking: false, timeout: None }, Value("'bun'".into())),
        (Action::TaskDone { object: basket }, Done),
        (Action::QueueJoin { object: basket }, Done),
        (Action::Shutdown { object: basket, immediate: false }, Done),
        (Action::Shutdown { object: basket, immediate: true }, Woke(Box::new([B]))),
        (Action::Start { thread: B }, Done),
        (Action::Join { thread: B, timeout: None }, Done),
        (Action::Join { thread: B, timeout }, Outcome::TimedOut),
        (Action::IsAlive { thread: B }, truth()),
        (Action::CountThreads, Value(3.into())),
        (Action::Sleep { length: Nanos(500_000_000) }, Enqueued),
        (Action::Sleep { length: Nanos(500_000_000) }, Done),
        (Action::Now, Value("1700000000.5".into())),
        (Action::Random { call: "randint(1, 6)".into() }, Value(4.into())),
        (Action::Print { text: "hello\n".into() }, Done),
        (Action::Input { prompt: "name? ".into() }, Enqueued),
        (Action::Input { prompt: "name? ".into() }, Value("Ada".into())),
    ]
}

/// A number for every kind of operation. A new one must be given a number, and [`actions`] a sample of it.
pub(super) const fn number(action: &Action) -> usize {
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

pub(super) const NUMBERS: usize = 30;

/// Every outcome there is.
pub(super) fn outcomes() -> Vec<Outcome> {
    let all = [
        Outcome::Done,
        Outcome::Value(Text::Int(1)),
        Outcome::Refused,
        Outcome::TimedOut,
        Outcome::Raised("RuntimeError: release unlocked lock".into()),
        Outcome::Enqueued,
        Outcome::Woke(Box::default()),
        Outcome::Woke(Box::new([B])),
        Outcome::Woke(Box::new([B, C])),
    ];
    all.into()
}

/// Every state of a thread.
pub(super) fn states() -> [ThreadState; 10] {
    [
        ThreadState::New,
        ThreadState::Ready,
        ThreadState::Blocked { on: id(ObjectKind::Lock) },
        ThreadState::Waiting { on: id(ObjectKind::Condition) },
        ThreadState::Joining { thread: B },
        ThreadState::Sleeping { until: Nanos(1_500_000_000) },
        ThreadState::Reading,
        ThreadState::Finished,
        ThreadState::Failed,
        ThreadState::Killed,
    ]
}

/// Every way a run ends.
pub(super) fn ends() -> [End; 7] {
    [
        End::Finished,
        End::Deadlock,
        End::Limit(Limit::Steps(1_000_000)),
        End::Limit(Limit::Spin(200_000_000)),
        End::Limit(Limit::Memory(128 << 20)),
        End::Limit(Limit::Time(10)),
        End::Unmodelled { what: "socket.socket".into(), line: 7 },
    ]
}

/// Every kind of event.
pub(super) fn events() -> Vec<EventKind> {
    let info = |parent| EventKind::Thread(Arc::new(ThreadInfo { name: "Plato".into(), daemon: false, parent }));
    let lock = id(ObjectKind::Lock);
    let object = ObjectInfo {
        id: lock,
        kind: ObjectKind::Lock,
        name: "Lock at line 7".into(),
        line: 7,
        state: ObjectState::Lock { owner: None, depth: 0 },
    };
    vec![
        info(None),
        info(Some(ThreadId::MAIN)),
        EventKind::Object(Arc::new(object)),
        EventKind::Named { object: lock, name: "fork[1]".into() },
        EventKind::Renamed { name: "Plato".into() },
        EventKind::Did { action: Action::CountThreads, outcome: Outcome::Value(3.into()) },
        EventKind::Value { object: id(ObjectKind::List), value: "[1, 2, 3]".into() },
        EventKind::Pending(Action::Acquire { object: lock, blocking: true, timeout: None }),
        EventKind::State(ThreadState::Blocked { on: lock }),
        EventKind::Traceback("Traceback (most recent call last):\nValueError: x\n".into()),
        EventKind::Ended(End::Deadlock),
    ]
}

/// Every kind of finding.
pub(super) fn findings() -> Vec<Finding> {
    let lock = id(ObjectKind::Lock);
    let finding = |kind, threads: &[ThreadId], evidence: &[Link]| Finding {
        kind,
        threads: threads.to_vec(),
        objects: vec![lock],
        lines: vec![12; threads.len()],
        seq: Seq(9),
        step: Step(5),
        evidence: evidence.to_vec(),
        proof: Vec::new(),
    };
    let held = |thread, by| Link { thread, wants: Want::Object(lock), line: 12, held_by: Some(by), held_since: 11 };
    let waits = |thread| Link {
        thread,
        wants: Want::Object(id(ObjectKind::Condition)),
        line: 20,
        held_by: None,
        held_since: 0,
    };
    let joins = Link { thread: B, wants: Want::End(A), line: 30, held_by: Some(A), held_since: 0 };
    vec![
        finding(FindingKind::Deadlock, &[A, B], &[held(A, B), held(B, A)]),
        finding(FindingKind::Deadlock, &[A, B], &[held(A, B), joins]),
        finding(FindingKind::Deadlock, &[A], &[held(A, A)]),
        finding(FindingKind::Stuck, &[A], &[waits(A)]),
        finding(FindingKind::Stuck, &[A, B], &[waits(A), waits(B)]),
        finding(FindingKind::Crash { exception: "ValueError: x".into() }, &[A], &[]),
        finding(FindingKind::Limit(Limit::Spin(200_000_000)), &[A], &[]),
        finding(FindingKind::Unmodelled { what: "socket.socket".into() }, &[A], &[]),
    ]
    .into_iter()
    .chain(warnings())
    .collect()
}

/// Findings that are no failures.
fn warnings() -> Vec<Finding> {
    let (n, list, lock) = (id(ObjectKind::Variable), id(ObjectKind::List), id(ObjectKind::Lock));
    let warning = |kind, objects: &[ObjectId]| Finding {
        kind,
        threads: vec![A, B],
        objects: objects.to_vec(),
        lines: vec![12, 20],
        seq: Seq(9),
        step: Step(5),
        evidence: Vec::new(),
        proof: Vec::new(),
    };
    let race = |first, second| FindingKind::DataRace { key: None, first, second, loops: first == Access::Read };
    vec![
        warning(race(Access::Write, Access::Write), &[n]),
        warning(race(Access::Write, Access::Read), &[n]),
        warning(race(Access::Read, Access::Write), &[n]),
        warning(FindingKind::LostUpdate { key: Some("[2]".into()), lost: 7.into(), read: 11 }, &[list]),
        warning(FindingKind::InconsistentGuard { key: None, access: Access::Read }, &[n, lock]),
        warning(FindingKind::InconsistentGuard { key: Some("[2]".into()), access: Access::Write }, &[list, lock]),
        warning(FindingKind::LockOrder, &[id(ObjectKind::RLock), lock]),
        warning(FindingKind::LostWakeup { cleared: None }, &[id(ObjectKind::Condition)]),
        warning(FindingKind::LostWakeup { cleared: Some(13) }, &[id(ObjectKind::Event)]),
        warning(FindingKind::Starvation { times: 100 }, &[lock]),
        warning(FindingKind::BusyWaiting { key: None, times: 4 }, &[n]),
        warning(FindingKind::BusyWaiting { key: None, times: 1000 }, &[]),
        Finding {
            threads: vec![A],
            lines: vec![12],
            ..warning(FindingKind::BusyWaiting { key: Some("[2]".into()), times: 4 }, &[list])
        },
    ]
    .into_iter()
    .chain(misuses())
    .collect()
}

fn misuses() -> Vec<Finding> {
    let (lock, rlock, condition) = (id(ObjectKind::Lock), id(ObjectKind::RLock), id(ObjectKind::Condition));
    let misuse = |misuse, object: Option<ObjectId>, threads: &[ThreadId]| Finding {
        kind: FindingKind::Misuse(misuse),
        threads: threads.to_vec(),
        objects: object.into_iter().collect(),
        lines: [12, 20][..threads.len()].to_vec(),
        seq: Seq(9),
        step: Step(5),
        evidence: Vec::new(),
        proof: Vec::new(),
    };
    vec![
        misuse(Misuse::ReleaseUnlocked, Some(lock), &[A]),
        misuse(Misuse::ReleaseNotOwned, Some(rlock), &[A]),
        misuse(Misuse::ReleaseNotOwned, Some(rlock), &[A, B]),
        misuse(Misuse::ForeignRelease, Some(lock), &[A, B]),
        misuse(Misuse::ReleaseAfterFailure, Some(lock), &[A, B]),
        misuse(Misuse::HeldAtEnd, Some(lock), &[A]),
        misuse(Misuse::OverRelease, Some(id(ObjectKind::BoundedSemaphore)), &[A]),
        misuse(Misuse::WaitWithoutLock, Some(condition), &[A]),
        misuse(Misuse::NotifyWithoutLock, Some(condition), &[A]),
        misuse(Misuse::TaskDoneTooOften, Some(id(ObjectKind::Queue)), &[A]),
        misuse(Misuse::StartTwice, None, &[A, B]),
        misuse(Misuse::JoinBeforeStart, None, &[A, B]),
        misuse(Misuse::JoinSelf, None, &[A]),
    ]
}
