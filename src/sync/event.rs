//! An event: a flag that threads wait for.

use super::leave::{enter, leave};
use super::monitor::{GaveUp, Patience};
use super::raw;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// A flag. Whoever waits for it goes on when it is set, even when it is cleared again at once.
///
/// ```
/// use lockstep::sync::Event;
/// use std::thread;
///
/// let ready = Event::new().named("ready");
/// thread::scope(|scope| {
///     scope.spawn(|| ready.wait());
///     ready.set();
/// });
/// assert!(ready.is_set());
/// ```
#[derive(Debug)]
pub struct Event {
    raw: raw::Event,
}

impl Event {
    /// An event whose flag is not set.
    #[must_use]
    #[track_caller]
    #[expect(clippy::new_without_default, reason = "a default would not know where in the program it was made")]
    pub const fn new() -> Event {
        Event { raw: raw::Event::new(Location::caller()) }
    }

    /// Gives it a name to be shown by.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Event {
        self.raw.tag().name(name);
        self
    }

    /// Waits until the flag is set.
    #[track_caller]
    pub fn wait(&self) {
        self.wait_with(Patience::Forever, Location::caller());
    }

    /// Waits at most so long; whether the flag was set.
    #[track_caller]
    pub fn wait_timeout(&self, at_most: Duration) -> bool {
        self.wait_with(Patience::lasting(at_most), Location::caller())
    }

    /// Sets the flag: everybody who waits goes on.
    #[track_caller]
    pub fn set(&self) {
        enter(Location::caller());
        self.raw.set();
    }

    /// Clears the flag: whoever comes now waits for the next time that it is set.
    #[track_caller]
    pub fn clear(&self) {
        enter(Location::caller());
        self.raw.clear();
    }

    #[must_use]
    #[track_caller]
    pub fn is_set(&self) -> bool {
        enter(Location::caller());
        self.raw.is_set()
    }

    fn wait_with(&self, patience: Patience, location: &'static Location<'static>) -> bool {
        enter(location);
        match self.raw.wait(patience, &mut |_| ()) {
            Ok(()) => true,
            Err(GaveUp::Refused | GaveUp::TimedOut) => false,
            Err(GaveUp::Stopped) => {
                leave();
                false
            }
        }
    }
}
