//! A mutex that the thread that has it may take again.

use super::leave::leave;
use super::monitor::{GaveUp, Patience};
use super::probe;
use super::tag::Tag;
use super::take::{Held, Use, recorded, take};
use crate::event::ObjectKind;
use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// Protects a value, as [`Mutex`](super::Mutex) does, but the thread that has it may take it again. So nobody may change
/// the value through a guard: what should change is a [`Cell`](std::cell::Cell) or a [`RefCell`](std::cell::RefCell).
///
/// It is [`parking_lot::ReentrantMutex`]. Each acquire and each release is a record.
///
/// ```
/// use lockstep::sync::ReentrantMutex;
/// use std::cell::Cell;
///
/// let visits = ReentrantMutex::new(Cell::new(0)).named("visits");
/// let outer = visits.lock();
/// let inner = visits.lock();
/// inner.set(inner.get() + 1);
/// assert_eq!(outer.get(), 1);
/// ```
pub struct ReentrantMutex<T: ?Sized> {
    tag: Tag,
    inner: parking_lot::ReentrantMutex<T>,
}

/// The value of a [`ReentrantMutex`], as long as the guard lives.
#[must_use = "the mutex is unlocked when this is dropped"]
pub struct ReentrantMutexGuard<'a, T: ?Sized> {
    // The order matters: the release is told before it takes place.
    _held: Held<'a>,
    inner: parking_lot::ReentrantMutexGuard<'a, T>,
}

impl<T> ReentrantMutex<T> {
    /// A mutex around this value. On the stage it is called after the line it was made on.
    #[track_caller]
    pub const fn new(value: T) -> ReentrantMutex<T> {
        let tag = Tag::new(ObjectKind::RLock, Location::caller());
        ReentrantMutex { tag, inner: parking_lot::ReentrantMutex::new(value) }
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> ReentrantMutex<T> {
        self.tag.name(name);
        self
    }

    /// The value. Nobody else has it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> ReentrantMutex<T> {
    /// Waits until no other thread has the value, and takes it.
    ///
    /// Records `acquire`, preceded by what it waits for if it has to wait.
    #[track_caller]
    pub fn lock(&self) -> ReentrantMutexGuard<'_, T> {
        if probe::is_recorded() {
            match self.lock_recorded(Location::caller(), Patience::Forever) {
                Ok(guard) => return guard,
                Err(_) => leave(),
            }
        }
        self.guard(self.inner.lock())
    }

    /// Takes the value if no other thread has it now.
    ///
    /// Records a non-blocking `acquire` that was refused if another thread has it.
    #[track_caller]
    pub fn try_lock(&self) -> Option<ReentrantMutexGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.lock_recorded(location, Patience::Now))
            .unwrap_or_else(|_| self.inner.try_lock().map(|inner| self.guard(inner)))
    }

    /// Takes the value if no other thread has it at some moment of this time.
    ///
    /// Records an `acquire` with a time-out; if it has to wait, that as well.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<ReentrantMutexGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.lock_recorded(location, Patience::lasting(timeout)))
            .unwrap_or_else(|_| self.inner.try_lock_for(timeout).map(|inner| self.guard(inner)))
    }

    fn lock_recorded(
        &self,
        location: &'static Location<'static>,
        patience: Patience,
    ) -> Result<ReentrantMutexGuard<'_, T>, GaveUp> {
        let lock = Use { tag: &self.tag, shared: false };
        let inner = take(lock, location, patience, || self.inner.try_lock(), |time| self.inner.try_lock_for(time))?;
        Ok(self.guard(inner))
    }

    const fn guard<'a>(&'a self, inner: parking_lot::ReentrantMutexGuard<'a, T>) -> ReentrantMutexGuard<'a, T> {
        ReentrantMutexGuard { _held: Held::new(&self.tag), inner }
    }
}

impl<T: ?Sized> Deref for ReentrantMutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: Default> Default for ReentrantMutex<T> {
    #[track_caller]
    fn default() -> ReentrantMutex<T> {
        ReentrantMutex::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ReentrantMutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ReentrantMutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
