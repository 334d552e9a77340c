//! A watched variable.

use super::leave::enter;
use super::probe::{self, Recorder};
use super::shown::shown;
use super::tag::Tag;
use crate::event::{Action, EventKind, ObjectKind, ObjectState, Outcome, Text};
use crate::ids::ObjectId;
use parking_lot::Mutex;
use std::fmt::{self, Debug};
use std::panic::Location;
use std::sync::Arc;

/// A variable that threads share, and that can be watched: every read and every write of it is a record, with the value
/// as its `Debug` shows it.
///
/// (`Debug` and `Clone` are called while nobody else can use the variable: they should not wait for anything.)
///
/// Each access is safe, but only the single access is indivisible. [`Shared::update`] is two of them, a read and then a
/// write, as `counter += 1` is in a program whose threads share memory without a lock: between the two another thread
/// may write, and what it wrote is lost. That is what it is for: to see it happen, and to see that a
/// [`Mutex`](super::Mutex) around it helps.
///
/// ```
/// use lockstep::sync::{Mutex, Shared, scope};
///
/// let (counter, lock) = (Shared::new(0).named("counter"), Mutex::new(()).named("lock"));
/// scope(|scope| {
///     for _ in 0..2 {
///         scope.spawn(|| {
///             let _guard = lock.lock();
///             counter.update(|n| n + 1);
///         });
///     }
/// });
/// assert_eq!(counter.get(), 2); // without the lock it could be 1
/// ```
pub struct Shared<T> {
    tag: Tag,
    value: Mutex<T>,
}

impl<T> Shared<T> {
    /// A variable with this value. On the stage it is called after the line it was made on.
    #[track_caller]
    pub const fn new(value: T) -> Shared<T> {
        Shared { tag: Tag::new(ObjectKind::Variable, Location::caller()), value: Mutex::new(value) }
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Shared<T> {
        self.tag.name(name);
        self
    }

    /// The value. Nobody else has the variable any more.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: Clone + Debug> Shared<T> {
    /// Reads it. Records the read, and what was there.
    #[track_caller]
    pub fn get(&self) -> T {
        self.read(Location::caller())
    }

    /// Writes it. Records the write.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.write(Location::caller(), value);
    }

    /// Reads it, and then writes what becomes of that: two accesses, with nothing to keep others from writing in between.
    /// What was written. Records both.
    #[track_caller]
    pub fn update(&self, change: impl FnOnce(T) -> T) -> T {
        let location = Location::caller();
        let value = change(self.read(location));
        self.write(location, value.clone());
        value
    }

    fn read(&self, location: &'static Location<'static>) -> T {
        enter(location);
        let value = self.value.lock();
        if probe::is_recorded() {
            // Rendered before the recorder is touched: what the program's `Debug` does may be recorded itself.
            let text = shown(&*value);
            probe::with(|recorder| {
                let action = Action::Read { object: self.id(recorder, &text), key: None };
                recorder.tell(EventKind::Did { action, outcome: Outcome::Value(text) });
            });
        }
        value.clone()
    }

    fn write(&self, location: &'static Location<'static>, new: T) {
        enter(location);
        let mut value = self.value.lock();
        if probe::is_recorded() {
            let (before, text) = (shown(&*value), shown(&new));
            probe::with(|recorder| {
                let action = Action::Write { object: self.id(recorder, &before), key: None, value: text };
                recorder.tell(EventKind::Did { action, outcome: Outcome::Done });
            });
        }
        // The old value is dropped without the lock held: its destructor may be anything.
        let old = std::mem::replace(&mut *value, new);
        drop(value);
        drop(old);
    }

    fn id(&self, recorder: &mut Recorder, value: &Text) -> ObjectId {
        self.tag.of(recorder, || ObjectState::Data(Some(value.clone())))
    }
}

impl<T: Default> Default for Shared<T> {
    #[track_caller]
    fn default() -> Shared<T> {
        Shared::new(T::default())
    }
}

impl<T: Debug> Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shared").field(&*self.value.lock()).finish()
    }
}
