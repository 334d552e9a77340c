//! A lock that many may hold to read, or one to write.

use super::leave::leave;
use super::monitor::{GaveUp, Patience};
use super::probe;
use super::tag::Tag;
use super::take::{Held, Use, recorded, take};
use crate::event::ObjectKind;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// Protects a value: one thread may write it, or several may read it.
///
/// It is [`parking_lot::RwLock`]. Each acquire, to read or to write, and each release is a record. (A thread that reads
/// and wants to read again may have to wait for a writer that waits for it: `parking_lot` lets no reader pass a waiting
/// writer.)
///
/// ```
/// use lockstep::sync::RwLock;
///
/// let prices = RwLock::new(vec![3, 4]).named("prices");
/// prices.write().push(5);
/// let (one, other) = (prices.read(), prices.read());
/// assert_eq!(one.len(), other.len());
/// ```
pub struct RwLock<T: ?Sized> {
    tag: Tag,
    inner: parking_lot::RwLock<T>,
}

/// The value of a [`RwLock`], to read, as long as the guard lives.
#[must_use = "the lock is given back when this is dropped"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    // The order matters: the release is told before it takes place.
    _held: Held<'a>,
    inner: parking_lot::RwLockReadGuard<'a, T>,
}

/// The value of a [`RwLock`], to write, as long as the guard lives.
#[must_use = "the lock is given back when this is dropped"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    // The order matters: the release is told before it takes place.
    _held: Held<'a>,
    inner: parking_lot::RwLockWriteGuard<'a, T>,
}

impl<T> RwLock<T> {
    /// A lock around this value. On the stage it is called after the line it was made on.
    #[track_caller]
    pub const fn new(value: T) -> RwLock<T> {
        RwLock { tag: Tag::new(ObjectKind::RwLock, Location::caller()), inner: parking_lot::RwLock::new(value) }
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> RwLock<T> {
        self.tag.name(name);
        self
    }

    /// The value. Nobody else has it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until nobody writes the value, and takes it to read.
    ///
    /// Records `acquire`, preceded by what it waits for if it has to wait.
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        if probe::is_recorded() {
            match self.read_recorded(Location::caller(), Patience::Forever) {
                Ok(guard) => return guard,
                Err(_) => leave(),
            }
        }
        self.reading(self.inner.read())
    }

    /// Waits until nobody else has the value, and takes it to write.
    ///
    /// Records `acquire`, preceded by what it waits for if it has to wait.
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        if probe::is_recorded() {
            match self.write_recorded(Location::caller(), Patience::Forever) {
                Ok(guard) => return guard,
                Err(_) => leave(),
            }
        }
        self.writing(self.inner.write())
    }

    /// Takes the value to read if nobody writes it now.
    ///
    /// Records a non-blocking `acquire` that was refused if somebody does.
    #[track_caller]
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.read_recorded(location, Patience::Now))
            .unwrap_or_else(|_| self.inner.try_read().map(|inner| self.reading(inner)))
    }

    /// Takes the value to write if nobody has it now.
    ///
    /// Records a non-blocking `acquire` that was refused if somebody has it.
    #[track_caller]
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.write_recorded(location, Patience::Now))
            .unwrap_or_else(|_| self.inner.try_write().map(|inner| self.writing(inner)))
    }

    /// Takes the value to read if nobody writes it at some moment of this time.
    ///
    /// Records an `acquire` with a time-out; if it has to wait, that as well.
    #[track_caller]
    pub fn try_read_for(&self, timeout: Duration) -> Option<RwLockReadGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.read_recorded(location, Patience::lasting(timeout)))
            .unwrap_or_else(|_| self.inner.try_read_for(timeout).map(|inner| self.reading(inner)))
    }

    /// Takes the value to write if nobody else has it at some moment of this time.
    ///
    /// Records an `acquire` with a time-out; if it has to wait, that as well.
    #[track_caller]
    pub fn try_write_for(&self, timeout: Duration) -> Option<RwLockWriteGuard<'_, T>> {
        let location = Location::caller();
        recorded(|| self.write_recorded(location, Patience::lasting(timeout)))
            .unwrap_or_else(|_| self.inner.try_write_for(timeout).map(|inner| self.writing(inner)))
    }

    /// The value, without locking: nobody else can have it.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn read_recorded(
        &self,
        location: &'static Location<'static>,
        patience: Patience,
    ) -> Result<RwLockReadGuard<'_, T>, GaveUp> {
        let lock = Use { tag: &self.tag, shared: true };
        let inner = take(lock, location, patience, || self.inner.try_read(), |time| self.inner.try_read_for(time))?;
        Ok(self.reading(inner))
    }

    fn write_recorded(
        &self,
        location: &'static Location<'static>,
        patience: Patience,
    ) -> Result<RwLockWriteGuard<'_, T>, GaveUp> {
        let lock = Use { tag: &self.tag, shared: false };
        let inner = take(lock, location, patience, || self.inner.try_write(), |time| self.inner.try_write_for(time))?;
        Ok(self.writing(inner))
    }

    const fn reading<'a>(&'a self, inner: parking_lot::RwLockReadGuard<'a, T>) -> RwLockReadGuard<'a, T> {
        RwLockReadGuard { _held: Held::new(&self.tag), inner }
    }

    const fn writing<'a>(&'a self, inner: parking_lot::RwLockWriteGuard<'a, T>) -> RwLockWriteGuard<'a, T> {
        RwLockWriteGuard { _held: Held::new(&self.tag), inner }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> RwLock<T> {
        RwLock::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
