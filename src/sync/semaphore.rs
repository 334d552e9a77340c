//! A semaphore: a number of places.

use super::leave::{enter, enter_again, leave};
use super::monitor::{GaveUp, Patience};
use super::raw;
use std::mem;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// A number of places. Whoever acquires one when none is free waits until one is given back.
///
/// ```
/// use lockstep::sync::Semaphore;
/// use std::thread;
///
/// static PUMPS: Semaphore = Semaphore::new(2);
///
/// thread::scope(|scope| {
///     for _ in 0..5 {
///         scope.spawn(|| {
///             let _pump = PUMPS.acquire();
///             // At most two threads are here at the same time.
///         });
///     }
/// });
/// assert_eq!(PUMPS.available(), 2);
/// ```
#[derive(Debug)]
pub struct Semaphore {
    raw: raw::Semaphore,
}

/// A place that was acquired. It is given back when this is dropped.
#[must_use = "the place is given back when this is dropped"]
#[derive(Debug)]
pub struct Permit<'a> {
    semaphore: Option<&'a Semaphore>,
}

/// A [bounded](Semaphore::bounded) semaphore would have more places than at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the semaphore was released too many times")]
pub struct ReleasedTooOften;

impl Semaphore {
    /// A semaphore with so many places. More can be given back than were acquired.
    #[must_use]
    #[track_caller]
    pub const fn new(places: u32) -> Semaphore {
        Semaphore { raw: raw::Semaphore::new(places as i64, false, Location::caller()) }
    }

    /// A semaphore that never has more than so many places, and refuses to be given more back.
    ///
    /// ```
    /// use lockstep::sync::{ReleasedTooOften, Semaphore};
    ///
    /// let seats = Semaphore::bounded(1);
    /// assert_eq!(seats.release(1), Err(ReleasedTooOften));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn bounded(places: u32) -> Semaphore {
        Semaphore { raw: raw::Semaphore::new(places as i64, true, Location::caller()) }
    }

    /// Gives it a name to be shown by.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Semaphore {
        self.raw.tag().name(name);
        self
    }

    /// Takes a place; waits until there is one.
    #[track_caller]
    pub fn acquire(&self) -> Permit<'_> {
        let semaphore = self.take(Patience::Forever, Location::caller()).then_some(self);
        Permit { semaphore }
    }

    /// Takes a place, if one is free.
    #[track_caller]
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.take(Patience::Now, Location::caller()).then(|| Permit { semaphore: Some(self) })
    }

    /// Takes a place; waits at most so long until there is one.
    #[track_caller]
    pub fn acquire_timeout(&self, at_most: Duration) -> Option<Permit<'_>> {
        self.take(Patience::lasting(at_most), Location::caller()).then(|| Permit { semaphore: Some(self) })
    }

    /// Gives so many places back, whoever acquired them.
    #[track_caller]
    pub fn release(&self, places: u32) -> Result<(), ReleasedTooOften> {
        enter(Location::caller());
        self.raw.release(places).map_err(|_| ReleasedTooOften)
    }

    /// How many places are free.
    #[must_use]
    #[track_caller]
    pub fn available(&self) -> u32 {
        enter(Location::caller());
        u32::try_from(self.raw.value()).unwrap_or(u32::MAX)
    }

    /// Whether a place was taken.
    fn take(&self, patience: Patience, location: &'static Location<'static>) -> bool {
        enter(location);
        match self.raw.acquire(patience, &mut |_| ()) {
            Ok(()) => true,
            Err(GaveUp::Refused | GaveUp::TimedOut) => false,
            Err(GaveUp::Stopped) => {
                leave();
                false
            }
        }
    }
}

impl Permit<'_> {
    /// Keeps the place: it is not given back, unless by [`Semaphore::release`].
    pub fn forget(self) {
        mem::forget(self);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(semaphore) = self.semaphore {
            enter_again();
            // Somebody else has given the place back already: that was told.
            let _ = semaphore.raw.release(1);
        }
    }
}
