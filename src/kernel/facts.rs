//! What can be asked of a world's threads.

use crate::event::ThreadState;
use crate::ids::ThreadId;
use std::sync::Arc;

/// A thread, for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadFacts {
    pub id: ThreadId,
    pub name: Arc<str>,
    pub daemon: bool,
    pub state: ThreadState,
    /// The line it stands on, 0 when it stands on none.
    pub line: u32,
}
