//! A thread as the kernel sees it: its state, what it is about to do, and how far it has come with that.

use crate::event::ThreadState;
use crate::ids::{Nanos, ThreadId};
use crate::vm::Op;
use std::sync::Arc;

/// One row of the table of threads.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) name: Arc<str>,
    pub(crate) daemon: bool,
    /// Who created it; `None` for the main thread.
    pub(crate) parent: Option<ThreadId>,
    pub(crate) state: ThreadState,
    pub(crate) standing: Standing,
    /// The pending operation; `None` before the thread is started, after it is over, and while it runs.
    pub(crate) op: Option<Op>,
    pub(crate) stage: Stage,
    /// When its patience, or its sleep, ends. Set when it first has to wait, kept until the operation is over.
    pub(crate) deadline: Option<Nanos>,
    /// Who stands before a join with it, longest first; it may not have been started yet.
    pub(crate) joiners: Vec<ThreadId>,
    /// The line on which it was started; 0 before that.
    pub(crate) start_line: u32,
}

/// Whether a thread can make a step, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
    /// Not started, or over.
    Absent,
    /// Its operation cannot go on now.
    Held,
    /// Its operation cannot go on, but its time is over: its step is the time-out.
    Expired,
    /// Its operation can go on.
    Free,
}

/// How far an operation that takes more than one step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    /// Nothing of it has happened.
    Fresh,
    /// `Condition.wait`: it gave its lock back, which it held `depth` times, and is in the queue.
    Parked { depth: u32 },
    /// It left the queue and takes the lock again. `notified` is what `wait` will return.
    Returning { depth: u32, notified: bool },
    /// `Event.wait`: it is in the queue.
    Queued,
    /// The event was set while it was in the queue.
    Released,
    /// `Barrier.wait`: it was counted as this one.
    Arrived { index: u32 },
    /// `input`: it was asked, and nothing was typed yet.
    Asked,
}

impl Task {
    pub(crate) fn new(name: Arc<str>, daemon: bool, parent: Option<ThreadId>) -> Task {
        Task {
            name,
            daemon,
            parent,
            state: ThreadState::New,
            standing: Standing::Absent,
            op: None,
            stage: Stage::Fresh,
            deadline: None,
            joiners: Vec::new(),
            start_line: 0,
        }
    }

    /// Started and not over.
    pub(crate) fn is_alive(&self) -> bool {
        self.state.is_alive()
    }
}
