//! A barrier: nobody goes on before everybody is there.

use super::leave::{enter, enter_again, leave};
use super::monitor::{GaveUp, Patience};
use super::raw::{self, Failure, Passage};
use std::fmt;
use std::mem;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// A meeting point of a number of threads, again and again.
///
/// ```
/// use lockstep::sync::Barrier;
/// use std::thread;
///
/// let start = Barrier::new(3).named("start");
/// thread::scope(|scope| {
///     for _ in 0..3 {
///         scope.spawn(|| {
///             // Nobody runs before all three are here.
///             let place = start.wait().expect("nobody breaks it");
///             assert!(place < 3);
///         });
///     }
/// });
/// ```
///
/// A barrier *breaks* when somebody calls [`Barrier::abort`], waits no longer ([`Barrier::wait_timeout`]), or when its
/// action panics. Whoever waits then, or comes later, gets an error, until [`Barrier::reset`].
pub struct Barrier {
    raw: raw::Barrier,
    parties: u32,
    action: Option<Box<dyn Fn() + Send + Sync>>,
}

/// Why a thread did not come through a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarrierError {
    /// It is broken, or was reset while the thread waited.
    #[error("the barrier is broken")]
    Broken,
    /// The others did not come in time; now it is broken.
    #[error("the others did not come to the barrier in time")]
    TimedOut,
}

impl Barrier {
    /// A barrier for so many threads (at least one).
    #[must_use]
    #[track_caller]
    pub const fn new(parties: u32) -> Barrier {
        let parties = if parties == 0 { 1 } else { parties };
        Barrier { raw: raw::Barrier::new(parties, false, Location::caller()), parties, action: None }
    }

    /// A barrier whose last party runs this each time, before anybody goes on.
    ///
    /// ```
    /// use lockstep::sync::Barrier;
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use std::thread;
    ///
    /// static ROUNDS: AtomicU32 = AtomicU32::new(0);
    /// let barrier = Barrier::with_action(2, || {
    ///     ROUNDS.fetch_add(1, Ordering::Relaxed);
    /// });
    /// thread::scope(|scope| {
    ///     for _ in 0..2 {
    ///         scope.spawn(|| {
    ///             assert!(barrier.wait().is_ok());
    ///             assert_eq!(ROUNDS.load(Ordering::Relaxed), 1);
    ///         });
    ///     }
    /// });
    /// ```
    #[must_use]
    #[track_caller]
    pub fn with_action(parties: u32, action: impl Fn() + Send + Sync + 'static) -> Barrier {
        let parties = parties.max(1);
        let raw = raw::Barrier::new(parties, true, Location::caller());
        Barrier { raw, parties, action: Some(Box::new(action)) }
    }

    /// Gives it a name to be shown by.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Barrier {
        self.raw.tag().name(name);
        self
    }

    /// Waits until all are there. The result is a different number for each of them, from 0, in the order in which they
    /// came.
    #[track_caller]
    pub fn wait(&self) -> Result<u32, BarrierError> {
        self.wait_with(Patience::Forever, Location::caller())
    }

    /// Waits at most so long until all are there.
    #[track_caller]
    pub fn wait_timeout(&self, at_most: Duration) -> Result<u32, BarrierError> {
        self.wait_with(Patience::lasting(at_most), Location::caller())
    }

    /// Breaks it: whoever waits, or comes, gets an error.
    #[track_caller]
    pub fn abort(&self) {
        enter(Location::caller());
        self.raw.abort();
    }

    /// Makes it as new. Whoever waits gets an error.
    #[track_caller]
    pub fn reset(&self) {
        enter(Location::caller());
        self.raw.reset();
    }

    /// How many wait.
    #[must_use]
    #[track_caller]
    pub fn waiting(&self) -> u32 {
        enter(Location::caller());
        self.raw.waiting()
    }

    #[must_use]
    #[track_caller]
    pub fn is_broken(&self) -> bool {
        enter(Location::caller());
        self.raw.is_broken()
    }

    /// For how many threads it is.
    #[must_use]
    pub const fn parties(&self) -> u32 {
        self.parties
    }

    fn wait_with(&self, patience: Patience, location: &'static Location<'static>) -> Result<u32, BarrierError> {
        enter(location);
        match self.raw.wait(patience, &mut |_| ()) {
            Ok(Passage::Through(index)) => Ok(index),
            Ok(Passage::Acts(index)) => {
                self.act();
                Ok(index)
            }
            Err(Failure::GaveUp(GaveUp::TimedOut)) => Err(BarrierError::TimedOut),
            Err(Failure::GaveUp(GaveUp::Stopped)) => {
                leave();
                Err(BarrierError::Broken)
            }
            Err(Failure::Fault(_) | Failure::GaveUp(GaveUp::Refused)) => Err(BarrierError::Broken),
        }
    }

    /// The last party runs the action and lets the others go. If the action does not come to its end, nobody goes.
    fn act(&self) {
        let fails = Fails(&self.raw);
        if let Some(action) = &self.action {
            action();
        }
        mem::forget(fails);
        enter_again();
        self.raw.release(false);
    }
}

/// Breaks the barrier when the action panics.
struct Fails<'a>(&'a raw::Barrier);

impl Drop for Fails<'_> {
    fn drop(&mut self) {
        self.0.release(true);
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").field("raw", &self.raw).field("acts", &self.action.is_some()).finish_non_exhaustive()
    }
}
