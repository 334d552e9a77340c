//! Tapes as real threads make them: each operation begins a step, and what a thread says of itself may stand in the step of
//! another. Pictures and findings are right at every place of them.

#![expect(clippy::unwrap_used, reason = "a test may")]

use lockstep::detect::{Detectors, Finding, FindingKind, Interest, Marks};
use lockstep::event::{
    Action, Choice, End, Event, EventKind, GIL, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::model::{History, Model};
use std::sync::Arc;

const M: ThreadId = ThreadId::MAIN;
const A: ThreadId = ThreadId(1);
const B: ThreadId = ThreadId(2);
const C: ThreadId = ThreadId(3);

/// Two locks, a reentrant lock, a condition of the first lock, an event, the lock of the interpreter.
const FIRST: ObjectId = ObjectId(0);
const SECOND: ObjectId = ObjectId(1);
const REENTRANT: ObjectId = ObjectId(2);
const CONDITION: ObjectId = ObjectId(3);
const EVENT: ObjectId = ObjectId(4);
const THE_GIL: ObjectId = ObjectId(5);

/// A tape in the making. The clock is a real one: no two events have the same time.
#[derive(Default)]
struct Tape {
    events: Vec<Event>,
    choices: Vec<Choice>,
}

impl Tape {
    /// Four threads that were started, and the objects.
    fn new() -> Tape {
        let mut tape = Tape::default();
        for thread in [M, A, B, C] {
            let info = ThreadInfo { name: thread.letter().into(), daemon: false, parent: (thread != M).then_some(M) };
            tape.tell(thread, EventKind::Thread(Arc::new(info)));
            tape.tell(thread, EventKind::State(ThreadState::Ready));
        }
        let lock = || ObjectState::Lock { owner: None, depth: 0 };
        tape.declare(FIRST, ObjectKind::Lock, lock());
        tape.declare(SECOND, ObjectKind::Lock, lock());
        tape.declare(REENTRANT, ObjectKind::RLock, lock());
        tape.declare(CONDITION, ObjectKind::Condition, ObjectState::Condition { lock: FIRST });
        tape.declare(EVENT, ObjectKind::Event, ObjectState::Event { set: false });
        tape
    }

    /// The same, with the lock of the interpreter, which the main thread holds.
    fn with_gil() -> Tape {
        let mut tape = Tape::new();
        let state = ObjectState::Lock { owner: Some(M), depth: 1 };
        let info = ObjectInfo { id: THE_GIL, kind: ObjectKind::Lock, name: GIL.into(), line: 0, state };
        tape.tell(M, EventKind::Object(Arc::new(info)));
        tape
    }

    fn declare(&mut self, id: ObjectId, kind: ObjectKind, state: ObjectState) {
        let info = ObjectInfo { id, kind, name: format!("thing{}", id.0).into(), line: 1, state };
        self.tell(M, EventKind::Object(Arc::new(info)));
    }

    fn tell(&mut self, thread: ThreadId, kind: EventKind) -> Seq {
        let seq = u32::try_from(self.events.len()).unwrap();
        let step = Step(u32::try_from(self.choices.len()).unwrap());
        let at = Nanos(u64::from(seq) * 130 + 7);
        self.events.push(Event { seq: Seq(seq), step, at, thread, line: 10 + thread.0, kind });
        Seq(seq)
    }

    fn did(&mut self, thread: ThreadId, action: Action, outcome: Outcome) -> Seq {
        self.choices.push(Choice::go(thread));
        self.tell(thread, EventKind::Did { action, outcome })
    }

    fn wants(&mut self, thread: ThreadId, object: ObjectId) {
        self.tell(thread, EventKind::Pending(acquire(object, None)));
    }

    fn blocked(&mut self, thread: ThreadId, on: ObjectId) -> Seq {
        self.tell(thread, EventKind::State(ThreadState::Blocked { on }))
    }

    fn ready(&mut self, thread: ThreadId) {
        self.tell(thread, EventKind::State(ThreadState::Ready));
    }

    fn takes(&mut self, thread: ThreadId, object: ObjectId) -> Seq {
        self.did(thread, acquire(object, None), Outcome::Done)
    }

    fn gives(&mut self, thread: ThreadId, object: ObjectId) -> Seq {
        self.did(thread, Action::Release { object, count: 1 }, Outcome::Done)
    }

    fn joins(&mut self, thread: ThreadId, other: ThreadId) {
        self.tell(thread, EventKind::Pending(Action::Join { thread: other, timeout: None }));
        self.tell(thread, EventKind::State(ThreadState::Joining { thread: other }));
    }

    fn ends(&mut self, end: End) {
        self.tell(M, EventKind::Ended(end));
    }

    fn findings(&self) -> Vec<Finding> {
        Detectors::run(&self.events)
    }

    /// The picture after the last event.
    fn model(&self) -> Model {
        let mut model = Model::default();
        self.events.iter().for_each(|event| model.apply(event));
        model
    }

    fn waiters(&self, object: ObjectId) -> Vec<ThreadId> {
        self.model().object(object).unwrap().waiters.clone()
    }
}

fn acquire(object: ObjectId, timeout: Option<Nanos>) -> Action {
    Action::Acquire { object, blocking: true, timeout }
}

/// A and B take two locks in opposite order, and hang; everything they say comes late.
fn opposite() -> (Tape, Seq) {
    let mut tape = Tape::new();
    tape.wants(A, FIRST);
    tape.wants(B, SECOND);
    tape.takes(A, FIRST);
    tape.takes(B, SECOND);
    // In the step of B.
    tape.wants(A, SECOND);
    tape.did(C, Action::Now, Outcome::Done);
    tape.blocked(A, SECOND);
    tape.wants(B, FIRST);
    tape.tell(C, EventKind::Pending(Action::Now));
    let closes = tape.blocked(B, FIRST);
    tape.did(C, Action::Now, Outcome::Done);
    tape.tell(C, EventKind::State(ThreadState::Finished));
    tape.joins(M, A);
    tape.ends(End::Deadlock);
    (tape, closes)
}

#[test]
fn a_deadlock_is_found_where_the_circle_closes_and_only_there() {
    let (tape, closes) = opposite();
    let found = tape.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, FindingKind::Deadlock);
    assert_eq!((found[0].seq, &found[0].threads[..]), (closes, &[A, B][..]));
    assert_eq!((&found[0].objects[..], &found[0].lines[..]), (&[SECOND, FIRST][..], &[11, 12][..]));
    assert_eq!(found[0].evidence[0].held_since, 12);
}

#[test]
fn the_tape_gives_back_what_came_in_batches_of_any_size_and_any_place_is_the_fold_of_its_prefix() {
    let (tape, closes) = opposite();
    for size in [1, 2, 3, 5, 1000] {
        let mut history = History::new();
        let mut made = 0;
        for batch in tape.events.chunks(size) {
            let end = batch.last().unwrap().step.0 as usize;
            history.push(batch, &tape.choices[made..end]);
            made = end;
        }
        assert_eq!(history.events(0..usize::MAX).collect::<Vec<_>>(), tape.events);
        assert_eq!(history.schedule(history.last_step()), tape.choices.iter().copied().collect());
        assert_eq!(history.all_findings()[0].seq, closes);
        let steps = history.last_step().0;
        for step in (0..=steps).chain((0..=steps).rev()).map(Step) {
            history.seek(step);
            let mut model = Model::default();
            tape.events.iter().take_while(|event| event.step <= step).for_each(|event| model.apply(event));
            assert_eq!(format!("{:?}", history.model()), format!("{model:?}"), "{step:?}, batches of {size}");
            let did = |event: &&Event| event.step == step && matches!(event.kind, EventKind::Did { .. });
            assert_eq!(history.actor(step), tape.events.iter().find(did).map(|event| event.thread));
        }
    }
}

#[test]
fn who_has_done_a_thing_is_not_about_to_do_it() {
    let mut tape = Tape::new();
    tape.wants(A, FIRST);
    assert_eq!(tape.model().thread(A).unwrap().pending, Some(acquire(FIRST, None)));
    tape.takes(A, FIRST);
    tape.did(B, Action::Now, Outcome::Done);
    assert_eq!(tape.model().thread(A).unwrap().pending, None);
    tape.wants(A, SECOND);
    assert_eq!(tape.model().thread(A).unwrap().pending, Some(acquire(SECOND, None)));
    // A wait that has begun is not over.
    let wait = Action::EventWait { object: EVENT, timeout: None };
    tape.tell(B, EventKind::Pending(wait.clone()));
    tape.did(B, wait.clone(), Outcome::Enqueued);
    tape.tell(B, EventKind::State(ThreadState::Waiting { on: EVENT }));
    assert_eq!(tape.model().thread(B).unwrap().pending, Some(wait));
}

#[test]
fn whoever_was_woken_too_late_keeps_its_place_and_nothing_is_wrong() {
    let mut tape = Tape::new();
    tape.takes(A, FIRST);
    tape.wants(B, FIRST);
    tape.wants(M, FIRST);
    // They say that they want it in one order and come to wait in the other.
    tape.blocked(M, FIRST);
    tape.blocked(B, FIRST);
    assert_eq!(tape.waiters(FIRST), [M, B]);
    tape.gives(A, FIRST);
    tape.ready(M);
    assert_eq!(tape.waiters(FIRST), [B]);
    tape.takes(C, FIRST);
    tape.wants(A, SECOND);
    tape.blocked(M, FIRST);
    assert_eq!(tape.waiters(FIRST), [M, B]);
    tape.gives(C, FIRST);
    tape.ready(M);
    tape.takes(M, FIRST);
    assert_eq!(tape.model().object(FIRST).unwrap().owner(), Some(M));
    assert!(tape.findings().is_empty());
}

#[test]
fn a_circle_of_waits_that_is_open_at_one_place_is_none() {
    // B has got the lock when A, woken before, has not said so yet.
    let mut tape = Tape::new();
    tape.takes(A, FIRST);
    tape.takes(B, SECOND);
    tape.wants(B, FIRST);
    tape.blocked(B, FIRST);
    tape.gives(A, FIRST);
    tape.ready(B);
    tape.wants(A, SECOND);
    tape.blocked(A, SECOND);
    tape.takes(B, FIRST);
    tape.joins(M, A);
    assert!(tape.findings().is_empty());
}

#[test]
fn who_has_given_up_does_not_wait_although_it_has_not_said_so_yet() {
    let mut tape = Tape::new();
    tape.takes(A, FIRST);
    tape.takes(B, SECOND);
    tape.tell(B, EventKind::Pending(acquire(FIRST, Some(Nanos::SECOND))));
    tape.blocked(B, FIRST);
    tape.did(B, acquire(FIRST, Some(Nanos::SECOND)), Outcome::TimedOut);
    tape.wants(A, SECOND);
    tape.blocked(A, SECOND);
    tape.ready(B);
    assert!(tape.findings().is_empty());
}

#[test]
fn waiting_for_the_gil_is_no_link_of_a_circle() {
    let mut tape = Tape::with_gil();
    tape.gives(M, THE_GIL);
    tape.takes(A, THE_GIL);
    tape.takes(A, FIRST);
    tape.gives(A, THE_GIL);
    tape.takes(B, THE_GIL);
    tape.wants(A, SECOND);
    tape.blocked(A, THE_GIL);
    assert_eq!(tape.model().thread(A).unwrap().pending, Some(acquire(SECOND, None)));
    // B begins to wait for A, which waits for the GIL that B is about to give up.
    tape.wants(B, FIRST);
    tape.blocked(B, FIRST);
    tape.gives(B, THE_GIL);
    assert!(tape.findings().is_empty());
    let mut interest = Interest::default();
    let marks: Vec<Marks> = tape.events.iter().map(|event| interest.fold(event)).collect();
    let held_up = |marks: &&Marks| marks.intersects(Marks::BLOCK);
    assert_eq!(marks.iter().filter(held_up).count(), 1, "B is held up by the lock, and nobody by the GIL");
    assert_eq!(tape.model().thread(B).unwrap().pending, Some(acquire(FIRST, None)));
    assert_eq!(tape.model().object(THE_GIL).unwrap().owner(), None);
    let variable = ObjectId(6);
    tape.declare(variable, ObjectKind::Variable, ObjectState::Data(None));
    tape.ready(A);
    tape.takes(A, THE_GIL);
    tape.did(A, Action::Write { object: variable, key: None, value: 3.into() }, Outcome::Done);
    let guard = tape.model().object(variable).unwrap().guarded_by.clone();
    assert_eq!(guard.as_deref(), Some(&[FIRST][..]), "everybody has the GIL");
}

#[test]
fn a_lock_that_was_held_when_it_was_declared_is_held_and_can_be_waited_for() {
    let mut tape = Tape::new();
    let state = ObjectState::Lock { owner: Some(A), depth: 1 };
    let info = ObjectInfo { id: ObjectId(6), kind: ObjectKind::Lock, name: "old".into(), line: 3, state };
    tape.tell(B, EventKind::Object(Arc::new(info)));
    assert_eq!(tape.model().thread(A).unwrap().holds[..], [(ObjectId(6), 0)]);
    tape.takes(B, FIRST);
    tape.wants(B, ObjectId(6));
    tape.blocked(B, ObjectId(6));
    tape.wants(A, FIRST);
    tape.blocked(A, FIRST);
    assert_eq!(tape.findings()[0].threads, [A, B]);
    tape.gives(A, ObjectId(6));
    assert!(tape.model().thread(A).unwrap().holds.is_empty());
}

#[test]
fn a_wait_that_has_begun_ends_by_itself_whatever_comes_after_it() {
    let mut tape = Tape::new();
    let wait = Action::Wait { object: CONDITION, timeout: Some(Nanos::SECOND) };
    tape.takes(A, FIRST);
    tape.did(A, wait, Outcome::Enqueued);
    tape.tell(A, EventKind::State(ThreadState::Waiting { on: CONDITION }));
    tape.tell(A, EventKind::Pending(Action::Reacquire { object: CONDITION }));
    for thread in [B, C] {
        tape.tell(thread, EventKind::State(ThreadState::Finished));
    }
    tape.joins(M, A);
    // Whoever says so: it is not proved.
    tape.ends(End::Deadlock);
    assert!(tape.findings().is_empty(), "{:?}", tape.findings());
}

#[test]
fn a_wait_for_a_condition_gives_the_lock_back_and_takes_it_again() {
    let mut tape = Tape::new();
    let wait = Action::Wait { object: CONDITION, timeout: None };
    tape.takes(A, FIRST);
    tape.tell(A, EventKind::Pending(wait.clone()));
    tape.did(A, wait, Outcome::Enqueued);
    tape.tell(A, EventKind::State(ThreadState::Waiting { on: CONDITION }));
    tape.takes(B, FIRST);
    // What A does next it says when B is further already.
    tape.tell(A, EventKind::Pending(Action::Reacquire { object: CONDITION }));
    assert_eq!(tape.waiters(CONDITION), [A]);
    tape.did(B, Action::Notify { object: CONDITION, count: Some(1) }, Outcome::Woke([A].into()));
    tape.ready(A);
    tape.blocked(A, FIRST);
    assert_eq!((tape.waiters(CONDITION), tape.waiters(FIRST)), (vec![], vec![A]));
    tape.gives(B, FIRST);
    tape.ready(A);
    tape.did(A, Action::Reacquire { object: CONDITION }, Outcome::Done);
    assert_eq!(tape.model().object(FIRST).unwrap().owner(), Some(A));
    assert!(tape.findings().is_empty());
}

#[test]
fn a_crash_is_found_whoever_speaks_in_between() {
    let mut tape = Tape::new();
    tape.takes(A, REENTRANT);
    tape.wants(B, REENTRANT);
    tape.blocked(B, REENTRANT);
    tape.tell(A, EventKind::Traceback("Traceback:\nValueError: no\n".into()));
    tape.did(C, Action::Now, Outcome::Done);
    tape.tell(A, EventKind::State(ThreadState::Failed));
    let kinds: Vec<FindingKind> = tape.findings().into_iter().map(|finding| finding.kind).collect();
    // Nobody can release the lock any more.
    assert_eq!(kinds, [FindingKind::Stuck, FindingKind::Crash { exception: "ValueError: no".into() }]);
}

#[test]
fn who_waits_for_nothing_that_will_come_is_found_when_nobody_can_go_on() {
    let mut tape = Tape::new();
    let wait = Action::EventWait { object: EVENT, timeout: None };
    tape.did(A, wait, Outcome::Enqueued);
    tape.did(B, Action::Now, Outcome::Done);
    tape.tell(A, EventKind::State(ThreadState::Waiting { on: EVENT }));
    tape.tell(B, EventKind::State(ThreadState::Finished));
    tape.tell(C, EventKind::State(ThreadState::Finished));
    tape.joins(M, A);
    assert!(tape.findings().is_empty());
    tape.ends(End::Deadlock);
    let found = tape.findings();
    assert_eq!((found.len(), &found[0].kind, &found[0].threads[..]), (1, &FindingKind::Stuck, &[A][..]));
}
