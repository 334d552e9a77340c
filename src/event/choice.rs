//! What could happen next, and what was picked.

use crate::ids::ThreadId;
use std::sync::Arc;

/// How a thread's pending operation goes, where it can go more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Alternative {
    /// The ordinary way.
    #[default]
    Go,
    /// Its time-out fires first.
    Timeout,
    /// The wait ends although nobody notified.
    Spurious,
    /// A notify wakes the waiter with this place in the queue (0 is the longest waiter; `--notify any`).
    Wake(u32),
    /// A random draw gives the value with this index.
    Draw(u32),
}

/// A step that is possible now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    pub thread: ThreadId,
    pub alternative: Alternative,
}

/// The candidate that was picked.
pub type Choice = Candidate;

impl Candidate {
    /// The ordinary step of this thread.
    #[must_use]
    pub const fn go(thread: ThreadId) -> Candidate {
        Candidate { thread, alternative: Alternative::Go }
    }
}

/// Everything from outside that a run depends on. A world, its options and its decisions determine every event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Choice(Choice),
    /// A line typed by the person, without its end of line. `None`: the input is at its end.
    Input(Option<Arc<str>>),
}
