//! The primitives as a kernel uses them. What happens is told, exactly as the simulator tells it; everything else is up
//! to the caller: no gate is passed, nothing is said of what is pending, and misuse comes back as a [`Fault`].
//!
//! An operation that may wait takes a [`Patience`], and `idle`, which is called around every wait
//! ([`Idle`](super::monitor::Idle)). A wait ends with [`GaveUp::Stopped`] when the probe of the thread was stopped; nothing
//! is told then.
//!
//! | | waits for | its state meanwhile | told |
//! |---|---|---|---|
//! | [`Lock`] | the lock | Blocked | `Acquire`: Done, Refused, time-out |
//! | [`Condition`] | a notify, then the lock | Waiting, then Blocked | `Wait`: Enqueued, perhaps time-out; `Reacquire`: Done, time-out |
//! | [`Semaphore`] | a place | Blocked | `Acquire`: Done, Refused, time-out |
//! | [`Event`] | a set | Waiting | `EventWait`: Done, Refused; Enqueued and then Done, time-out |
//! | [`Barrier`] | outside: that all have left; inside: that all are there | Waiting | `BarrierWait`: Woke; Enqueued and then Value, Raised, time-out |
//! | [`Queue`] | room, an item, that everything is done | Waiting | `Put`: Done; `Get`: Value; `QueueJoin`: Done; Raised, time-out |
//!
//! Whoever makes it possible for a waiter to go on tells its own deed first, then that the other is Ready; and before a
//! thread tells that it waits, it has told whom it let go on: at no moment does it look as if nobody could.

mod barrier;
mod condition;
mod event;
mod lock;
mod queue;
mod semaphore;
#[cfg(test)]
mod tests;

pub(crate) use barrier::{Barrier, Passage};
pub(crate) use condition::Condition;
pub(crate) use event::Event;
pub(crate) use lock::Lock;
pub(crate) use queue::{Items, Queue};
pub(crate) use semaphore::Semaphore;

pub(crate) use super::monitor::{GaveUp, Patience};

use super::probe;
use crate::event::{Action, EventKind, Outcome, Text, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::primitive::Fault;

/// Whom a primitive belongs to while a thread has it that is not recorded.
const SOMEBODY: ThreadId = ThreadId(u32::MAX);
/// What a primitive is called where nobody is told.
const UNTOLD: ObjectId = ObjectId(u32::MAX);

/// Why an operation did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It was told as this exception.
    Fault(Fault),
    GaveUp(GaveUp),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}

impl From<GaveUp> for Failure {
    fn from(why: GaveUp) -> Failure {
        Failure::GaveUp(why)
    }
}

/// The calling thread, for primitives that belong to somebody.
fn me() -> ThreadId {
    probe::with(|recorder| recorder.thread()).unwrap_or(SOMEBODY)
}

/// Tells what the calling thread did.
fn tell_did(action: Action, outcome: Outcome) {
    probe::tell(|_| EventKind::Did { action, outcome });
}

/// Tells that it waits from now on.
fn tell_state(state: ThreadState) {
    probe::tell(|_| EventKind::State(state));
}

/// Tells what it asked, and the answer.
fn tell_query(object: ObjectId, question: &str, answer: impl FnOnce() -> Text) {
    probe::tell(|_| EventKind::Did {
        action: Action::Query { object, question: question.into() },
        outcome: Outcome::Value(answer()),
    });
}

/// A truth value in Python's words.
fn truth(value: bool) -> Text {
    if value { "True".into() } else { "False".into() }
}
