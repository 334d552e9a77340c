//! How a thread of a Rust program ends when its probe was stopped.
//!
//! A program is not written for operations that never come back. So the thread unwinds from the operation, as by a panic
//! that nobody is told of: guards are dropped, no panic hook runs, and whoever joins the thread finds [`Stopped`] as the
//! payload. While a thread unwinds already it is left alone: its operations do what they can do without waiting.

use super::Stopped;
use super::probe;
use std::any::Any;
use std::panic::{Location, resume_unwind};
use std::thread::panicking;

/// An operation of the calling thread begins at this place: it passes the gate, or the thread ends here.
pub(crate) fn enter(location: &'static Location<'static>) {
    if probe::begin(location).is_err() {
        leave();
    }
}

/// An operation begins that must not fail: a guard is dropped. It passes the gate where the thread stands.
pub(crate) fn enter_again() {
    // The next operation ends the thread.
    let _ = probe::pass();
}

/// Ends the calling thread, unless it unwinds already.
pub(crate) fn leave() {
    if !panicking() {
        resume_unwind(Box::new(Stopped));
    }
}

/// Whether a thread that unwound with this payload was stopped.
pub(crate) fn was_stopped(payload: &(dyn Any + Send)) -> bool {
    payload.is::<Stopped>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ThreadId;
    use crate::sync::Probe;
    use std::thread;

    #[test]
    fn a_stopped_thread_unwinds_and_one_that_unwinds_already_goes_on() {
        struct Enters;
        impl Drop for Enters {
            fn drop(&mut self) {
                assert!(panicking());
                enter(Location::caller());
            }
        }
        let (probe, _collector) = Probe::new();
        enter(Location::caller());
        probe.stop();
        let ended = thread::spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            let _guard = Enters;
            enter(Location::caller());
            unreachable!("nobody passes");
        });
        assert!(ended.join().is_err_and(|payload| was_stopped(&*payload)));
    }
}
