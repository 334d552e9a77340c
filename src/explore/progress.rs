//! How far a search is, for whoever waits for it, and a way to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// What a search is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Looks at every state.
    #[default]
    Searching,
    /// Looks for the shortest ways to what it found.
    Shortening,
    /// Looks for the points of no return, counts, looks for livelocks.
    Judging,
}

/// Shared between a search and whoever watches it; cloning gives another handle to the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    states: AtomicU64,
    open: AtomicU64,
    bytes: AtomicU64,
    phase: AtomicU8,
    cancelled: AtomicBool,
}

impl Progress {
    /// Asks the search to stop soon.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// States that were looked at in this phase.
    #[must_use]
    pub fn states(&self) -> u64 {
        self.0.states.load(Ordering::Relaxed)
    }

    /// States that were reached and are still to be looked at.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.0.open.load(Ordering::Relaxed)
    }

    /// Memory that the search uses.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.0.phase.load(Ordering::Relaxed) {
            0 => Phase::Searching,
            1 => Phase::Shortening,
            _ => Phase::Judging,
        }
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.0.phase.store(phase as u8, Ordering::Relaxed);
        self.tell(0, 0, 0);
    }

    pub(super) fn tell(&self, states: u64, open: u64, bytes: u64) {
        self.0.states.store(states, Ordering::Relaxed);
        self.0.open.store(open, Ordering::Relaxed);
        self.0.bytes.store(bytes, Ordering::Relaxed);
    }
}
