//! A run written by hand: three philosophers, each of whom takes the left fork first, until nobody can go on.

use lockstep::event::{
    Action, Candidate, Choice, End, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo,
    ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::session::Batch;
use std::sync::Arc;

/// A batch in the making.
pub(crate) struct Tape {
    batch: Batch,
    step: u32,
    /// How long a step takes.
    length_ns: u64,
}

impl Default for Tape {
    fn default() -> Tape {
        Tape { batch: Batch::default(), step: 0, length_ns: 10_000 }
    }
}

const NAMES: [&str; 4] = ["MainThread", "Plato", "Kant", "Hegel"];

impl Tape {
    fn push(&mut self, thread: u32, line: u32, kind: EventKind) -> &mut Tape {
        let seq = Seq(u32::try_from(self.batch.events.len()).unwrap());
        let at = Nanos(u64::from(self.step) * self.length_ns);
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

    fn lock(&mut self, id: u32, name: &str, line: u32) -> &mut Tape {
        let state = ObjectState::Lock { owner: None, depth: 0 };
        let info = ObjectInfo { id: ObjectId(id), kind: ObjectKind::Lock, name: name.into(), line, state };
        self.push(0, line, EventKind::Object(Arc::new(info)))
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
        tape.lock(id, &format!("forks[{id}]"), 6);
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

/// Two real threads that take two forks in opposite orders. What a thread comes to after its operation stands on the
/// tape when it has come to it: mostly in the step of another one.
#[must_use]
pub(crate) fn real_deadlock() -> Batch {
    let mut tape = opposite();
    tape.did(2, 12, acquire(1))
        .pending(1, 13, acquire(1))
        .state(1, 13, ThreadState::Blocked { on: ObjectId(1) })
        .pending(2, 13, acquire(0))
        .state(2, 13, ThreadState::Blocked { on: ObjectId(0) })
        .push(0, 0, EventKind::Ended(End::Deadlock));
    tape.batch
}

/// The same threads, but the first one was quick enough: the second one has to wait for a while.
#[must_use]
pub(crate) fn real_wait() -> Batch {
    let mut tape = opposite();
    tape.pending(1, 13, acquire(1))
        .did(1, 13, acquire(1))
        .pending(2, 12, acquire(1))
        .state(2, 12, ThreadState::Blocked { on: ObjectId(1) })
        .pending(1, 15, release(1))
        .did(1, 15, release(1))
        .state(2, 12, ThreadState::Ready)
        .pending(1, 15, release(0))
        .did(1, 15, release(0))
        .state(1, 0, ThreadState::Finished)
        .did(2, 12, acquire(1))
        .pending(2, 13, acquire(0));
    tape.batch
}

/// Both have been started, and the first one has its first fork.
fn opposite() -> Tape {
    let mut tape = Tape { length_ns: 12_000_000, ..Tape::default() };
    tape.thread(0).lock(0, "forks[0]", 6).lock(1, "forks[1]", 6);
    tape.thread(1).pending(0, 18, Action::Start { thread: ThreadId(1) }).state(0, 18, ThreadState::Ready);
    tape.did(0, 18, Action::Start { thread: ThreadId(1) }).state(1, 12, ThreadState::Ready).thread(2).pending(
        0,
        18,
        Action::Start { thread: ThreadId(2) },
    );
    tape.did(0, 18, Action::Start { thread: ThreadId(2) })
        .pending(1, 12, acquire(0))
        .state(2, 12, ThreadState::Ready)
        .pending(0, 21, Action::Join { thread: ThreadId(1), timeout: None })
        .state(0, 21, ThreadState::Joining { thread: ThreadId(1) })
        .pending(2, 12, acquire(1));
    tape.did(1, 12, acquire(0));
    tape
}

fn release(object: u32) -> Action {
    Action::Release { object: ObjectId(object), count: 1 }
}

/// A thread takes the lock of the interpreter, another one waits for it.
#[must_use]
pub(crate) fn gil() -> Batch {
    let mut tape = Tape { length_ns: 12_000_000, ..Tape::default() };
    tape.thread(0).lock(0, "GIL", 0).thread(1);
    tape.pending(0, 18, acquire(0)).state(0, 18, ThreadState::Ready);
    tape.did(0, 18, acquire(0)).pending(1, 12, acquire(0)).state(1, 12, ThreadState::Blocked { on: ObjectId(0) });
    tape.batch
}

/// A thread that is about to take a fork, which is free, waits for the lock of the interpreter.
#[must_use]
pub(crate) fn gil_before_a_fork() -> Batch {
    let mut tape = Tape { length_ns: 12_000_000, ..Tape::default() };
    tape.thread(0).lock(0, "GIL", 0).lock(1, "forks[0]", 6).thread(1);
    tape.pending(0, 18, acquire(0)).state(0, 18, ThreadState::Ready);
    tape.pending(1, 12, acquire(1)).state(1, 12, ThreadState::Ready);
    tape.did(0, 18, acquire(0)).state(1, 12, ThreadState::Blocked { on: ObjectId(0) });
    tape.batch
}
