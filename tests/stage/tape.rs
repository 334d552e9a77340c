//! A run written by hand: three philosophers, each of whom takes the left fork first, until nobody can go on.

use lockstep::event::{
    Action, Candidate, Choice, End, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo,
    ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::session::Batch;
use std::sync::Arc;

/// A batch in the making.
#[derive(Default)]
pub(crate) struct Tape {
    batch: Batch,
    step: u32,
}

const NAMES: [&str; 4] = ["MainThread", "Plato", "Kant", "Hegel"];

impl Tape {
    fn push(&mut self, thread: u32, line: u32, kind: EventKind) -> &mut Tape {
        let seq = Seq(u32::try_from(self.batch.events.len()).unwrap());
        let at = Nanos(u64::from(self.step) * 10_000);
        self.batch.events.push(Event { seq, step: Step(self.step), at, thread: ThreadId(thread), line, kind });
        self
    }

    fn did(&mut self, thread: u32, line: u32, action: Action) -> &mut Tape {
        self.step += 1;
        self.batch.choices.push(Candidate::go(ThreadId(thread)));
        self.push(thread, line, EventKind::Did { action, outcome: Outcome::Done })
    }

    fn pending(&mut self, thread: u32, line: u32, action: Action) -> &mut Tape {
        self.push(thread, line, EventKind::Pending(action))
    }

    fn state(&mut self, thread: u32, line: u32, state: ThreadState) -> &mut Tape {
        self.push(thread, line, EventKind::State(state))
    }

    fn thread(&mut self, id: u32) -> &mut Tape {
        let parent = (id > 0).then_some(ThreadId::MAIN);
        let info = ThreadInfo { name: NAMES[id as usize].into(), daemon: false, parent };
        self.push(id, 0, EventKind::Thread(Arc::new(info)))
    }
}

fn acquire(object: u32) -> Action {
    Action::Acquire { object: ObjectId(object), blocking: true, timeout: None }
}

/// The whole run.
#[must_use]
pub(crate) fn philosophers() -> Batch {
    let mut tape = Tape::default();
    tape.thread(0);
    for id in 0..3 {
        let state = ObjectState::Lock { owner: None, depth: 0 };
        let name = format!("forks[{id}]").into();
        let info = ObjectInfo { id: ObjectId(id), kind: ObjectKind::Lock, name, line: 6, state };
        tape.push(0, 6, EventKind::Object(Arc::new(info)));
    }
    tape.thread(1).pending(0, 18, Action::Start { thread: ThreadId(1) }).state(0, 18, ThreadState::Ready);
    for id in 1..=3 {
        tape.did(0, 18, Action::Start { thread: ThreadId(id) });
        if id < 3 {
            tape.thread(id + 1).pending(0, 18, Action::Start { thread: ThreadId(id + 1) });
        } else {
            tape.state(0, 0, ThreadState::Finished);
        }
        tape.pending(id, 12, acquire(id - 1)).state(id, 12, ThreadState::Ready);
    }
    for id in 1..=3 {
        tape.did(id, 12, acquire(id - 1)).pending(id, 13, acquire(id % 3));
        if id > 1 {
            tape.state(id - 1, 13, ThreadState::Blocked { on: ObjectId(id - 1) });
        }
        if id == 3 {
            tape.state(3, 13, ThreadState::Blocked { on: ObjectId(0) });
        }
    }
    tape.push(0, 0, EventKind::Ended(End::Deadlock));
    tape.batch
}

/// The part of a batch up to a step, and the rest.
#[must_use]
pub(crate) fn cut(batch: &Batch, step: u32) -> (Batch, Batch) {
    let at = batch.events.partition_point(|event| event.step.0 <= step);
    let choice = step as usize;
    let part = |events: &[Event], choices: &[Choice]| Batch { events: events.to_vec(), choices: choices.to_vec() };
    (part(&batch.events[..at], &batch.choices[..choice]), part(&batch.events[at..], &batch.choices[choice..]))
}

/// The main thread waits for an event that nobody sets.
#[must_use]
pub(crate) fn forgotten() -> Batch {
    let event = ObjectId(0);
    let info = ObjectInfo {
        id: event,
        kind: ObjectKind::Event,
        name: "green".into(),
        line: 2,
        state: ObjectState::Event { set: false },
    };
    let wait = || Action::EventWait { object: event, timeout: None };
    let mut tape = Tape::default();
    tape.thread(0)
        .push(0, 2, EventKind::Object(Arc::new(info)))
        .pending(0, 3, wait())
        .state(0, 3, ThreadState::Ready)
        .did(0, 3, wait());
    if let Some(EventKind::Did { outcome, .. }) = tape.batch.events.last_mut().map(|event| &mut event.kind) {
        *outcome = Outcome::Enqueued;
    }
    tape.state(0, 3, ThreadState::Waiting { on: event }).push(0, 3, EventKind::Ended(End::Deadlock));
    tape.batch
}
