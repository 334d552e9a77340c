//! Tapes written by hand, for the tests of detectors.

use super::{Detectors, Facts, Finding};
use crate::event::{
    Action, End, Event, EventKind, GIL, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use std::sync::Arc;

pub(super) const LOCK_A: ObjectId = ObjectId(0);
pub(super) const LOCK_B: ObjectId = ObjectId(1);
pub(super) const RLOCK: ObjectId = ObjectId(2);
pub(super) const EVENT: ObjectId = ObjectId(3);
/// A condition with a lock of its own, which is reentrant.
pub(super) const COND: ObjectId = ObjectId(5);
pub(super) const VARIABLE: ObjectId = ObjectId(6);
pub(super) const SEMAPHORE: ObjectId = ObjectId(7);

/// Events, one method for what a program does.
#[derive(Default)]
pub(super) struct Tape {
    events: Vec<Event>,
    step: u32,
    objects: u32,
}

impl Tape {
    /// The main thread, this many more, two locks, a reentrant lock, an event, a condition, a variable, a semaphore.
    pub(super) fn with_threads(count: u32) -> Tape {
        let mut tape = Tape::default();
        for id in 0..=count {
            let parent = (id > 0).then_some(ThreadId::MAIN);
            let info = ThreadInfo { name: ThreadId(id).letter().into(), daemon: false, parent };
            tape.push(ThreadId(id), 0, EventKind::Thread(Arc::new(info)));
        }
        let lock = ObjectState::Lock { owner: None, depth: 0 };
        tape.declare(LOCK_A, ObjectKind::Lock, lock.clone());
        tape.declare(LOCK_B, ObjectKind::Lock, lock.clone());
        tape.declare(RLOCK, ObjectKind::RLock, lock);
        tape.declare(EVENT, ObjectKind::Event, ObjectState::Event { set: false });
        let inner = ObjectId(4);
        tape.declare(inner, ObjectKind::RLock, ObjectState::Lock { owner: None, depth: 0 });
        tape.declare(COND, ObjectKind::Condition, ObjectState::Condition { lock: inner });
        tape.declare(VARIABLE, ObjectKind::Variable, ObjectState::Data(None));
        tape.declare(SEMAPHORE, ObjectKind::Semaphore, ObjectState::Semaphore { value: 1, bound: None });
        tape
    }

    /// One more lock.
    pub(super) fn lock(&mut self) -> ObjectId {
        let id = ObjectId(self.objects);
        self.declare(id, ObjectKind::Lock, ObjectState::Lock { owner: None, depth: 0 });
        id
    }

    /// The lock of the interpreter itself.
    pub(super) fn gil(&mut self) -> ObjectId {
        let id = ObjectId(self.objects);
        self.objects += 1;
        let state = ObjectState::Lock { owner: None, depth: 0 };
        let info = ObjectInfo { id, kind: ObjectKind::Lock, name: GIL.into(), line: 0, state };
        self.push(ThreadId::MAIN, 0, EventKind::Object(Arc::new(info)));
        id
    }

    /// One more condition, with this lock.
    pub(super) fn condition(&mut self, lock: ObjectId) -> ObjectId {
        let id = ObjectId(self.objects);
        self.declare(id, ObjectKind::Condition, ObjectState::Condition { lock });
        id
    }

    pub(super) fn declare(&mut self, id: ObjectId, kind: ObjectKind, state: ObjectState) {
        self.objects = self.objects.max(id.0 + 1);
        let info = ObjectInfo { id, kind, name: "thing".into(), line: 1, state };
        self.push(ThreadId::MAIN, 1, EventKind::Object(Arc::new(info)));
    }

    pub(super) fn push(&mut self, thread: ThreadId, line: u32, kind: EventKind) {
        let seq = Seq(u32::try_from(self.events.len()).unwrap());
        self.events.push(Event { seq, step: Step(self.step), at: Nanos(0), thread, line, kind });
    }

    pub(super) fn did(&mut self, thread: ThreadId, line: u32, action: Action, outcome: Outcome) {
        self.step += 1;
        self.push(thread, line, EventKind::Did { action, outcome });
    }

    pub(super) fn state(&mut self, thread: ThreadId, state: ThreadState, line: u32) {
        self.push(thread, line, EventKind::State(state));
    }

    pub(super) fn acquires(&mut self, thread: ThreadId, object: ObjectId, line: u32) {
        self.did(thread, line, Action::Acquire { object, blocking: true, timeout: None }, Outcome::Done);
    }

    pub(super) fn releases(&mut self, thread: ThreadId, object: ObjectId, line: u32, wakes: &[ThreadId]) {
        self.did(thread, line, Action::Release { object, count: 1 }, Outcome::Done);
        for other in wakes {
            self.state(*other, ThreadState::Ready, 0);
        }
    }

    pub(super) fn blocks(&mut self, thread: ThreadId, object: ObjectId, line: u32, timed: bool) {
        self.did(thread, line, Action::Now, Outcome::Done);
        let timeout = timed.then_some(Nanos::SECOND);
        self.push(thread, line, EventKind::Pending(Action::Acquire { object, blocking: true, timeout }));
        self.state(thread, ThreadState::Blocked { on: object }, line);
    }

    /// The time of a wait is over, and the thread wants the same again, now without a limit. Its state is the same.
    pub(super) fn insists(&mut self, thread: ThreadId, object: ObjectId, line: u32) {
        let timeout = Some(Nanos::SECOND);
        self.did(thread, line, Action::Acquire { object, blocking: true, timeout }, Outcome::TimedOut);
        self.push(thread, line, EventKind::Pending(Action::Acquire { object, blocking: true, timeout: None }));
    }

    pub(super) fn waits(&mut self, thread: ThreadId, object: ObjectId, line: u32) {
        self.push(thread, line, EventKind::Pending(Action::EventWait { object, timeout: None }));
        self.state(thread, ThreadState::Waiting { on: object }, line);
    }

    pub(super) fn joins(&mut self, thread: ThreadId, other: ThreadId, line: u32) {
        self.push(thread, line, EventKind::Pending(Action::Join { thread: other, timeout: None }));
        self.state(thread, ThreadState::Joining { thread: other }, line);
    }

    pub(super) fn starts(&mut self, thread: ThreadId, other: ThreadId, line: u32) {
        self.did(thread, line, Action::Start { thread: other }, Outcome::Done);
        self.state(other, ThreadState::Ready, 0);
    }

    /// It has waited for the end of another, and goes on.
    pub(super) fn joined(&mut self, thread: ThreadId, other: ThreadId, line: u32) {
        self.state(other, ThreadState::Finished, 0);
        self.did(thread, line, Action::Join { thread: other, timeout: None }, Outcome::Done);
    }

    /// It reads the clock: something that concerns nobody else.
    pub(super) fn notes(&mut self, thread: ThreadId, line: u32) {
        self.did(thread, line, Action::Now, Outcome::Value(0.into()));
    }

    /// It takes the object if it is free.
    pub(super) fn tries(&mut self, thread: ThreadId, object: ObjectId, line: u32, taken: bool) {
        let outcome = if taken { Outcome::Done } else { Outcome::Refused };
        self.did(thread, line, Action::Acquire { object, blocking: false, timeout: None }, outcome);
    }

    /// It gives the lock of a condition back and waits.
    pub(super) fn parks(&mut self, thread: ThreadId, object: ObjectId, line: u32) {
        self.did(thread, line, Action::Wait { object, timeout: None }, Outcome::Enqueued);
        self.push(thread, line, EventKind::Pending(Action::Wait { object, timeout: None }));
        self.state(thread, ThreadState::Waiting { on: object }, line);
    }

    /// It was notified and has the lock of the condition again.
    pub(super) fn resumes(&mut self, thread: ThreadId, object: ObjectId, line: u32) {
        self.did(thread, line, Action::Reacquire { object }, Outcome::Done);
    }

    /// Reads the variable, which holds this.
    pub(super) fn reads(&mut self, thread: ThreadId, value: i64, line: u32) {
        self.did(thread, line, Action::Read { object: VARIABLE, key: None }, Outcome::Value(value.into()));
    }

    pub(super) fn stores(&mut self, thread: ThreadId, value: i64, line: u32) {
        self.did(thread, line, Action::Write { object: VARIABLE, key: None, value: value.into() }, Outcome::Done);
    }

    pub(super) fn ends(&mut self, end: End) {
        self.push(ThreadId::MAIN, 0, EventKind::Ended(end));
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    pub(super) fn last_seq(&self) -> Seq {
        self.events.last().unwrap().seq
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        Detectors::run(&self.events)
    }

    /// Who waits for what at the end.
    pub(super) fn facts(&self) -> Facts {
        let mut detectors = Detectors::default();
        self.events.iter().for_each(|event| detectors.fold(event, &mut Vec::new()));
        detectors.facts
    }
}
