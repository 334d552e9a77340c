//! Real threads as a session sees them, whoever's they are.

use crate::event::{End, Sink};
use crate::ids::ThreadId;
use crate::kernel::live::{Live, LiveStatus};
use crate::sync::Gate;
use std::sync::Arc;

/// Threads of the operating system that pass a gate before each operation and tell what they do. When this is dropped they
/// are stopped, wherever they wait.
pub(super) trait Threads {
    /// Tells the sink what has happened since the last time. It never waits.
    fn drain(&mut self, sink: &mut impl Sink);

    /// Whether everything that has happened is drained.
    fn is_drained(&self) -> bool;

    fn gate(&self) -> &Gate;

    /// How much was dropped, because it was not drained in time.
    fn lost(&self) -> u64;

    /// How the run ended, if it has.
    fn end(&self) -> Option<End>;

    /// Who waits for a line of input, and what it asks.
    fn asks(&self) -> Option<(ThreadId, Arc<str>)>;

    fn give_input(&mut self, line: Option<Arc<str>>);
}

impl Threads for Live {
    fn drain(&mut self, sink: &mut impl Sink) {
        Live::drain(self, sink);
    }

    fn is_drained(&self) -> bool {
        Live::is_drained(self)
    }

    fn gate(&self) -> &Gate {
        Live::gate(self)
    }

    fn lost(&self) -> u64 {
        Live::lost(self)
    }

    fn end(&self) -> Option<End> {
        match self.status() {
            LiveStatus::Ended(end) => Some(end),
            LiveStatus::Running | LiveStatus::AwaitingInput { .. } => None,
        }
    }

    fn asks(&self) -> Option<(ThreadId, Arc<str>)> {
        match self.status() {
            LiveStatus::AwaitingInput { thread, prompt } => Some((thread, prompt)),
            LiveStatus::Running | LiveStatus::Ended(_) => None,
        }
    }

    fn give_input(&mut self, line: Option<Arc<str>>) {
        Live::give_input(self, line);
    }
}
