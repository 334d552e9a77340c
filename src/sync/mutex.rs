//! A mutex.

use super::leave::leave;
use super::monitor::{GaveUp, Patience};
use super::probe;
use super::tag::Tag;
use super::take::{Held, Use, recorded, take, take_again};
use crate::event::ObjectKind;
use crate::ids::ObjectId;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// Protects a value: one thread at a time has it.
///
/// It is [`parking_lot::Mutex`], and costs what that costs as long as the thread is not recorded. For a recorded thread
/// an acquire and the release at the end of the guard are a record each; one that has to wait says that, too.
///
/// ```
/// use lockstep::sync::Mutex;
///
/// static COUNTER: Mutex<u32> = Mutex::new(0);
/// *COUNTER.lock() += 1;
/// assert_eq!(*COUNTER.lock(), 1);
/// ```
pub struct Mutex<T: ?Sized> {
    tag: Tag,
    inner: parking_lot::Mutex<T>,
}

/// The value of a [`Mutex`], as long as the guard lives.
#[must_use = "the mutex is unlocked when this is dropped"]
pub struct MutexGuard<'a, T: ?Sized> {
    // The order matters: the release is told before it takes place.
    held: Held<'a>,
    inner: parking_lot::MutexGuard<'a, T>,
    mutex: &'a Mutex<T>,
}

impl<T> Mutex<T> {
    /// A mutex around this value. On the stage it is called after the line it was made on.
    #[track_caller]
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { tag: Tag::new(ObjectKind::Lock, Location::caller()), inner: parking_lot::Mutex::new(value) }
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Mutex<T> {
        self.tag.name(name);
        self
    }

    /// The value. Nobody else has it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until nobody else has the value, and takes it.
    ///
    /// Records `acquire`, preceded by what it waits for if it has to wait.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        if probe::is_recorded() {
            match self.lock_recorded(Location::caller(), Patience::Forever) {
                Ok(guard) => return guard,
                Err(_) => leave(),
            }
        }
        self.guard(self.inner.lock())
    }

    /// Takes the value if nobody else has it now.
    ///
    /// Records a non-blocking `acquire` that was refused if somebody has it.
    #[inline]
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.lock_recorded(location, Patience::Now))
            .unwrap_or_else(|_| self.inner.try_lock().map(|inner| self.guard(inner)))
    }

    /// Takes the value if nobody else has it at some moment of this time.
    ///
    /// Records an `acquire` with a time-out; if it has to wait, that as well.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<MutexGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.lock_recorded(location, Patience::lasting(timeout)))
            .unwrap_or_else(|_| self.inner.try_lock_for(timeout).map(|inner| self.guard(inner)))
    }

    /// The value, without locking: nobody else can have it.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    #[inline]
    fn lock_recorded(
        &self,
        location: &'static Location<'static>,
        patience: Patience,
    ) -> Result<MutexGuard<'_, T>, GaveUp> {
        let inner = take(
            Use { tag: &self.tag, shared: false },
            location,
            patience,
            || self.inner.try_lock(),
            |time| self.inner.try_lock_for(time),
        )?;
        Ok(self.guard(inner))
    }

    /// Which object it is on the tape.
    pub(super) const fn tag(&self) -> &Tag {
        &self.tag
    }

    /// Takes the value again after a wait on this condition.
    pub(super) fn lock_again(&self, condition: ObjectId, notified: bool) -> Result<MutexGuard<'_, T>, GaveUp> {
        let inner = take_again(&self.tag, condition, notified, |time| self.inner.try_lock_for(time))?;
        Ok(self.guard(inner))
    }

    /// Takes the value without telling.
    pub(super) fn lock_untold(&self) -> MutexGuard<'_, T> {
        self.guard(self.inner.lock())
    }

    #[inline]
    const fn guard<'a>(&'a self, inner: parking_lot::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        MutexGuard { held: Held::new(&self.tag), inner, mutex: self }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Gives the mutex back to wait for something, which tells of itself.
    pub(super) fn park(self) {
        self.held.forget();
    }

    pub(super) const fn mutex(&self) -> &'a Mutex<T> {
        self.mutex
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(value: T) -> Mutex<T> {
        Mutex::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
