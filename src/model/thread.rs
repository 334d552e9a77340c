//! A thread on the screen.

use super::Memory;
use crate::event::{Action, ThreadInfo, ThreadState};
use crate::ids::{Nanos, ObjectId, Step, ThreadId};
use std::sync::Arc;

/// What is known of one thread.
#[derive(Clone, Debug)]
pub struct ThreadView {
    pub id: ThreadId,
    pub name: Arc<str>,
    pub daemon: bool,
    pub parent: Option<ThreadId>,
    pub state: ThreadState,
    /// The line it stands on (0: none yet).
    pub line: u32,
    /// What it will do when it runs next; `None` when it is over, has not started, or has not said so since it did the
    /// last thing.
    pub pending: Option<Action>,
    /// The locks and semaphore places it holds, in the order in which it acquired them, each with the line where it did.
    pub holds: Vec<(ObjectId, u32)>,
    /// Steps it has made, and the last of them.
    pub steps: u32,
    pub last_step: Step,
    /// Since this step it has stood before its pending operation.
    pub since: Step,
    /// Since this moment something but the GIL has kept it, at least at first, from performing its pending operation.
    pub held_up: Option<Nanos>,
    /// What it knows of the places it touched.
    pub memory: Memory,
    /// The exception that ended it, on one line.
    pub exception: Option<Arc<str>>,
    /// The lock that `wait` gave back, and how many times the thread had held it.
    pub(super) parked: Option<(ObjectId, u32)>,
}

impl ThreadView {
    /// A thread of which nothing is known but its number.
    #[must_use]
    pub fn unknown(id: ThreadId) -> ThreadView {
        ThreadView {
            id,
            name: id.letter().into(),
            daemon: false,
            parent: None,
            state: ThreadState::New,
            line: 0,
            pending: None,
            holds: Vec::new(),
            steps: 0,
            last_step: Step(0),
            since: Step(0),
            held_up: None,
            memory: Memory::default(),
            exception: None,
            parked: None,
        }
    }

    pub(super) fn declare(&mut self, info: &ThreadInfo) {
        self.name = Arc::clone(&info.name);
        self.daemon = info.daemon;
        self.parent = info.parent;
    }

    /// True when it has been started and will run again.
    #[must_use]
    pub const fn is_alive(&self) -> bool {
        self.state.is_alive()
    }
}
