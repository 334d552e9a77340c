//! One run being watched: controls in, updates out.
//!
//! The session owns the world and makes steps; whoever watches owns the tape and the position on it. They talk over two
//! channels and share nothing.
//!
//! ```text
//!           Control: run, choose, until, input, restart …          ┌ world, scheduler
//! watcher ────────────────────────────────────────────────> worker ┤ decisions so far
//!         <────────────────────────────────────────────────        └ worlds kept along them
//!           Update: steps, truncated, candidates, idle …           or real threads and their gate
//! ```
//!
//! A run in the simulator has no clock: who wants to watch slowly asks for few steps at a time. Real threads run by
//! themselves; they have a pace, and a gate that lets them pass or holds them up.
//!
//! | file | what |
//! |---|---|
//! | `protocol` | what is said |
//! | `desk` | the worker's end of the channels |
//! | `worker`, `run`, `past` | the simulator: making steps, going back |
//! | `tape`, `playback` | a run that was made before |
//! | `ledger`, `remake` | going on with it in the simulator |
//! | `live`, `threads`, `watch` | real threads: of a program of ours, of any other |
//! | `scout` | whether somebody wanted to stop there |
//! | `survey` | all interleavings, beside the run |
//! | `chase` | the way to something, beside the run |
//! | `pair` | two programs under one schedule |
//! | `repeat` | many runs on real threads, beside the run |

mod chase;
mod desk;
mod ledger;
mod live;
mod pair;
mod past;
mod playback;
mod protocol;
mod remake;
mod repeat;
mod run;
mod scout;
mod survey;
mod tape;
mod threads;
mod watch;
mod worker;

pub use crate::kernel::live::{LiveOptions, Transcript};
pub use crate::kernel::{Atomicity, Notify, Options};
pub use chase::{Answered, Chase, chase};
pub use pair::{AFTERWARDS, Duel, Origin, Pair, PairRow, Pairing, Told, pair};
pub use protocol::{Batch, Breakpoint, Control, Pause, Reading, Start, Stop, Unresumable, Update};
pub use repeat::{Repeats, Trial, repeat};
pub use survey::{Survey, survey};
pub use tape::Tape;

use crate::sync::{Collector, Probe};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use desk::{Desk, Gone};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use watch::Watched;

/// Updates that may wait to be taken before the worker waits.
const UPDATES_WAITING: usize = 32;
/// A batch goes out when it has this many events.
const BATCH_EVENTS: usize = 4096;

/// The watcher's end. The session ends when it is dropped.
#[derive(Debug)]
pub struct Handle {
    pub controls: Sender<Control>,
    pub updates: Receiver<Update>,
}

/// Begins a session on an OS thread of its own. In the simulator step 0 is made at once, and then it waits to be told; real
/// threads run at once, unless they are to be held up.
///
/// A panic in there does not spread: it becomes [`Update::Failed`], and the session has ended.
#[must_use]
pub fn spawn(start: Start) -> Handle {
    on_a_thread(move |desk| runs(start, desk))
}

/// Watches a program that runs over the primitives of [`sync`](crate::sync) and is recorded by this probe.
///
/// The session obeys [`Control::Run`], [`Control::Until`], [`Control::Stop`] and [`Control::Pace`] by the gate that every
/// recorded operation passes, and stops at breakpoints. It never makes the program wait for the watcher: what does not
/// fit into the probe's buffers is lost. When the session ends, the probe is stopped: every recorded thread ends, wherever
/// it waits.
#[must_use]
pub fn watch(collector: Collector, probe: Probe) -> Handle {
    on_a_thread(move |desk| {
        let next = live::watch(Watched::new(probe, collector), desk)?;
        runs(next, desk)
    })
}

/// Tells a recorded run of a program that cannot be run here: it can only be looked at.
#[must_use]
pub fn recite(tape: Tape) -> Handle {
    on_a_thread(move |desk| {
        let next = playback::recite(&tape, desk)?;
        runs(next, desk)
    })
}

/// One run after the other, each in its world.
fn runs(mut start: Start, desk: &mut Desk) -> Result<Infallible, Gone> {
    loop {
        start = match (&start.tape, &start.live) {
            (Some(_), _) => playback::work(start, desk)?,
            (None, Some(_)) => live::work(start, desk)?,
            (None, None) => worker::work(start, desk)?,
        };
    }
}

fn on_a_thread(body: impl FnOnce(&mut Desk) -> Result<Infallible, Gone> + Send + 'static) -> Handle {
    let (controls, controls_in) = unbounded();
    let (updates_out, updates) = bounded(UPDATES_WAITING);
    let complain = updates_out.clone();
    let work = move || {
        // The only way out is that nobody is there any more.
        let Err(Gone) = body(&mut Desk::new(controls_in, updates_out));
    };
    let body = move || guarded(work, &complain);
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
