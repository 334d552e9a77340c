//! One run being watched: controls in, updates out.
//!
//! The session owns the world and makes steps; whoever watches owns the tape and the position on it. They talk over two
//! channels and share nothing.
//!
//! ```text
//!           Control: run, choose, until, input, restart …          ┌ world, scheduler
//! watcher ────────────────────────────────────────────────> worker ┤ decisions so far
//!         <────────────────────────────────────────────────        └ worlds kept along them
//!           Update: steps, truncated, candidates, idle …
//! ```
//!
//! There is no clock here: who wants to watch slowly asks for few steps at a time.

mod past;
mod protocol;
mod run;
mod scout;
mod worker;

pub use crate::kernel::live::{LiveOptions, Transcript};
pub use crate::kernel::{Atomicity, Notify, Options};
pub use protocol::{Batch, Breakpoint, Control, Pause, Start, Stop, Update};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Updates that may wait to be taken before the worker waits.
const UPDATES_WAITING: usize = 32;

/// The watcher's end. The session ends when it is dropped.
#[derive(Debug)]
pub struct Handle {
    pub controls: Sender<Control>,
    pub updates: Receiver<Update>,
}

/// Begins a session on an OS thread of its own. Step 0 is made at once; then it waits to be told.
///
/// A panic in there does not spread: it becomes [`Update::Failed`], and the session has ended.
#[must_use]
pub fn spawn(start: Start) -> Handle {
    let (controls, controls_in) = unbounded();
    let (updates_out, updates) = bounded(UPDATES_WAITING);
    let complain = updates_out.clone();
    let body = move || guarded(|| worker::work(start, controls_in, updates_out), &complain);
    if let Err(error) = std::thread::Builder::new().name("session".into()).spawn(body) {
        let (failed, updates) = bounded(1);
        let _ = failed.send(Update::Failed(error.to_string()));
        return Handle { controls, updates };
    }
    Handle { controls, updates }
}

/// Does the work; a panic becomes the last update.
fn guarded(work: impl FnOnce(), complain: &Sender<Update>) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
        // Nobody may be there to hear it.
        let _ = complain.send(Update::Failed(message_of(panic.as_ref())));
    }
}

/// What a panic said.
fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_update() {
        let (complain, updates) = bounded(1);
        guarded(|| panic!("step {}", 7), &complain);
        assert!(matches!(updates.try_recv(), Ok(Update::Failed(reason)) if reason == "step 7"));
        guarded(|| (), &complain);
        assert!(updates.try_recv().is_err());
    }
}
