//! Tapes written by hand, for the tests of detectors.

use super::{Detectors, Facts, Finding};
use crate::event::{
    Action, End, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use std::sync::Arc;

pub(super) const LOCK_A: ObjectId = ObjectId(0);
pub(super) const LOCK_B: ObjectId = ObjectId(1);
pub(super) const RLOCK: ObjectId = ObjectId(2);
pub(super) const EVENT: ObjectId = ObjectId(3);

/// Events, one method for what a program does.
#[derive(Default)]
pub(super) struct Tape {
    events: Vec<Event>,
    step: u32,
}

impl Tape {
    /// The main thread, this many more, two locks, a reentrant lock and an event.
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
        tape
    }

    fn declare(&mut self, id: ObjectId, kind: ObjectKind, state: ObjectState) {
        let info = ObjectInfo { id, kind, name: "thing".into(), line: 1, state };
        self.push(ThreadId::MAIN, 1, EventKind::Object(Arc::new(info)));
    }

    pub(super) fn push(&mut self, thread: ThreadId, line: u32, kind: EventKind) {
        let seq = Seq(u32::try_from(self.events.len()).unwrap());
        self.events.push(Event { seq, step: Step(self.step), at: Nanos(0), thread, line, kind });
    }

    fn did(&mut self, thread: ThreadId, line: u32, action: Action, outcome: Outcome) {
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
