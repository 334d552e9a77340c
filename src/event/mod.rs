//! What happened: the one vocabulary between worlds on one side and pictures, detectors and files on the other.
//!
//! A run is a sequence of [`Event`]s. Whoever folds them from the first on knows everything that may be shown: who
//! exists, who is about to do what, who owns what, what every variable holds. Nothing else crosses the border.
//!
//! The order within one step is fixed:
//!
//! 1. one or more [`EventKind::Did`], each a visible operation that was performed (several only when the atomicity
//!    dial makes a step larger than one operation), each followed by the [`EventKind::Value`] of the container it
//!    changed, if it changed one;
//! 2. declarations ([`EventKind::Thread`], [`EventKind::Object`], [`EventKind::Named`]) as the invisible operations
//!    after it create things (they stand before the event that first mentions the thing);
//! 3. [`EventKind::Pending`], what the thread is about to do now, when it still lives;
//! 4. [`EventKind::State`] of every thread whose state changed, in order of thread.

mod action;
mod choice;
mod effect;
mod object;
pub mod repr;
mod schedule;
mod text;
mod weight;

pub use action::{Access, Action, Outcome};
pub use choice::{Alternative, Candidate, Choice, Decision};
pub use effect::Effect;
pub use object::{GIL, ObjectKind, ObjectState};
pub use schedule::{Choices, Run, Runs, Schedule, ScheduleError};
pub use text::Text;

use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use std::sync::Arc;

/// One fact about a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// Position on the tape.
    pub seq: Seq,
    /// The step during which it happened.
    pub step: Step,
    /// When, on the clock of the world it happened in.
    pub at: Nanos,
    /// The thread it happened to, or that did it.
    pub thread: ThreadId,
    /// The line (from 1) of the user's program on which that thread stands; 0 when it stands on none.
    pub line: u32,
    pub kind: EventKind,
}

/// What happened. `thread` below means the thread of the event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// The thread exists from now on. Declared before anything else mentions it; once more when the program makes it a
    /// daemon (which it can until it starts it).
    Thread(Arc<ThreadInfo>),
    /// An object exists from now on, created by the thread.
    Object(Arc<ObjectInfo>),
    /// An object got a (better) name: the variable, attribute or element it was first stored in.
    Named { object: ObjectId, name: Arc<str> },
    /// A thread was given another name by the program.
    Renamed { name: Arc<str> },
    /// The thread performed a visible operation.
    Did { action: Action, outcome: Outcome },
    /// The container holds this now: follows directly on a [`EventKind::Did`] that changed it.
    Value { object: ObjectId, value: Text },
    /// The thread stands before this operation and will perform it when it runs next.
    Pending(Action),
    /// The thread is in this state from now on.
    State(ThreadState),
    /// The thread wrote this to the output without an operation of its own: the traceback of the exception it died of.
    Traceback(Arc<str>),
    /// Nobody can run any more, or the run was cut off.
    Ended(End),
}

/// What is known of a thread when it is created.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ThreadInfo {
    pub name: Arc<str>,
    pub daemon: bool,
    /// Who created it; `None` for the main thread.
    pub parent: Option<ThreadId>,
}

/// What is known of an object when it is declared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectInfo {
    pub id: ObjectId,
    pub kind: ObjectKind,
    /// As the program's reader would say it: `lockA`, `fork[2]`, `self.lock of Account 'alex'`, else `Lock at line 7`.
    pub name: Arc<str>,
    /// The line on which it was created; 0 when unknown.
    pub line: u32,
    /// Its state when declared.
    pub state: ObjectState,
}

/// The state of a thread, as the field names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThreadState {
    /// Created, not started.
    New,
    /// Its pending operation can be performed now: the thread is runnable.
    Ready,
    /// Its pending acquire cannot succeed now: somebody else holds `on`.
    Blocked { on: ObjectId },
    /// It waits to be told: by a notify, an event, an item, a place in a queue, the other parties of a barrier.
    Waiting { on: ObjectId },
    /// It waits for the end of another thread.
    Joining { thread: ThreadId },
    /// It sleeps until this moment.
    Sleeping { until: Nanos },
    /// It waits for a line of input.
    Reading,
    /// Its code has run to the end.
    Finished,
    /// An exception ended it.
    Failed,
    /// The program ended while this daemon thread was still running.
    Killed,
}

impl ThreadState {
    /// True when the thread was started and is not over.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        !matches!(self, ThreadState::New) && !self.is_over()
    }

    /// True when the thread will never run again.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, ThreadState::Finished | ThreadState::Failed | ThreadState::Killed)
    }

    /// True when the thread lives but cannot run now.
    #[must_use]
    pub const fn is_held_up(self) -> bool {
        matches!(
            self,
            ThreadState::Blocked { .. }
                | ThreadState::Waiting { .. }
                | ThreadState::Joining { .. }
                | ThreadState::Sleeping { .. }
                | ThreadState::Reading
        )
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Every non-daemon thread came to its end (some of them perhaps by an exception).
    Finished,
    /// Threads live, and none of them can ever run again.
    Deadlock,
    /// A stated limit was reached: the number of steps, or of instructions without a visible operation.
    Limit(Limit),
    /// The program asked for something that is not modelled. Never silent: it says what and where.
    Unmodelled { what: Arc<str>, line: u32 },
}

/// Which limit cut a run off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// This many steps were made.
    Steps(u64),
    /// A thread executed this many instructions without a visible operation.
    Spin(u64),
    /// The program's data grew beyond this many bytes.
    Memory(u64),
    /// The time given on the command line is over (seconds of real time).
    Time(u64),
}

/// Where events go.
///
/// A kernel calls [`Sink::emit`] in the order of the facts. When [`Sink::ENABLED`] is false the kernel does not even
/// build the event: a plain run costs nothing for it.
pub trait Sink {
    /// False when nobody listens.
    const ENABLED: bool;
    /// Takes the next event. `seq` counts from 0 without gaps.
    fn emit(&mut self, event: Event);
    /// Takes what was decided from outside, before the events that come of it. Only the simulator says so: real threads
    /// decide for themselves.
    fn decided(&mut self, _: &Decision) {}
}

/// Nobody listens.
pub struct NoSink;

impl Sink for NoSink {
    const ENABLED: bool = false;
    fn emit(&mut self, _: Event) {}
}

impl Sink for Vec<Event> {
    const ENABLED: bool = true;
    fn emit(&mut self, event: Event) {
        self.push(event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_stays_small() {
        // A run makes a few million of them on their way to the tape, which keeps them packed.
        assert!(size_of::<Event>() <= 88, "{}", size_of::<Event>());
    }
}
