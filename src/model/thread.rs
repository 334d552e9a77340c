//! A thread on the screen.

use crate::event::{Action, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
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
    /// What it will do when it runs next; `None` when it is over or has not started.
    pub pending: Option<Action>,
    /// The locks and semaphore places it holds, in the order in which it acquired them, each with the line where it did.
    pub holds: Vec<(ObjectId, u32)>,
    /// Steps it has made, and the last of them.
    pub steps: u32,
    pub last_step: Step,
    /// The exception that ended it, on one line.
    pub exception: Option<Arc<str>>,
}
