//! A condition variable.
//!
//! Its queue is explicit: who notifies knows whom it wakes, and says so. A waiter joins the queue while it still has the
//! mutex, so nobody who changes something under the mutex afterwards and notifies can miss it:
//!
//! | A | B | recorded |
//! |---|---|---|
//! | `lock`, sees that it has to wait | | A acquired |
//! | `wait`: joins the queue, gives the mutex back | | A waits (and does not have the mutex any more) |
//! | | `lock`, changes something | B acquired |
//! | | `notify_one`: takes A out of the queue | B notified A, A ready |
//! | wakes up, wants the mutex | | A blocked |
//! | | drop of the guard | B released |
//! | has the mutex again | | A reacquired |

use super::leave::{enter, leave};
use super::monitor::{GaveUp, Monitor, Patience};
use super::mutex::{Mutex, MutexGuard};
use super::probe::{self, Recorder};
use super::tag::Tag;
use super::take;
use crate::event::{Action, EventKind, ObjectKind, Outcome, ThreadState};
use crate::ids::{Nanos, ObjectId};
use std::panic::Location;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Whoever waits, waits to be notified.
const LANE: u8 = 0;

/// Lets threads wait, without a [`Mutex`] they have, until another thread says that something has changed.
///
/// No wait ends without having been notified or having timed out; still, what one waits for may be gone again when the
/// mutex is back: use [`Condvar::wait_while`], or a loop.
///
/// ```
/// use lockstep::sync::{Condvar, Mutex, scope};
///
/// let (ready, changed) = (Mutex::new(false).named("ready"), Condvar::new().named("changed"));
/// scope(|scope| {
///     scope.spawn(|| {
///         *ready.lock() = true;
///         changed.notify_one();
///     });
///     let ready = changed.wait_while(ready.lock(), |ready| !*ready);
///     assert!(*ready);
/// });
/// ```
#[derive(Debug)]
pub struct Condvar {
    tag: Tag,
    monitor: Monitor<()>,
}

impl Condvar {
    /// A condition variable.
    #[must_use]
    #[track_caller]
    pub const fn new() -> Condvar {
        Condvar { tag: Tag::new(ObjectKind::Condition, Location::caller()), monitor: Monitor::new(()) }
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Condvar {
        self.tag.name(name);
        self
    }

    /// Gives the mutex back, waits to be notified, and takes the mutex again.
    ///
    /// Records `wait`, which gives the mutex back, and when it is there again, `reacquire`.
    #[track_caller]
    pub fn wait<'a, T: ?Sized>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.wait_at(Location::caller(), guard, Patience::Forever).0
    }

    /// The same, for at most this time. Whether it was notified in time.
    ///
    /// Records, if the time is over first, that the `wait` timed out.
    #[track_caller]
    pub fn wait_for<'a, T: ?Sized>(&self, guard: MutexGuard<'a, T>, timeout: Duration) -> (MutexGuard<'a, T>, bool) {
        self.wait_at(Location::caller(), guard, Patience::lasting(timeout))
    }

    /// Waits as long as this is so. Every wait is recorded.
    #[track_caller]
    pub fn wait_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'a, T> {
        let location = Location::caller();
        while condition(&mut guard) {
            guard = self.wait_at(location, guard, Patience::Forever).0;
        }
        guard
    }

    /// Wakes the thread that has waited longest, if there is one. Whether there was.
    ///
    /// Records `notify` and whom it woke, unless no recorded thread has ever waited.
    #[track_caller]
    pub fn notify_one(&self) -> bool {
        self.notify(Location::caller(), Some(1)) == 1
    }

    /// Wakes all who wait; how many that were.
    ///
    /// Records `notify` and whom it woke, unless no recorded thread has ever waited.
    #[track_caller]
    pub fn notify_all(&self) -> usize {
        self.notify(Location::caller(), None)
    }

    fn wait_at<'a, T: ?Sized>(
        &self,
        location: &'static Location<'static>,
        guard: MutexGuard<'a, T>,
        patience: Patience,
    ) -> (MutexGuard<'a, T>, bool) {
        enter(location);
        let mutex = guard.mutex();
        let timeout = patience.timeout();
        let id = probe::with(|recorder| self.id(recorder, mutex));
        let waiter = self.monitor.change(|(), queue| {
            if let Some(object) = id {
                probe::tell(|_| EventKind::Pending(Action::Wait { object, timeout }));
                tell_wait(object, timeout, Outcome::Enqueued);
                probe::tell(|_| EventKind::Pending(Action::Reacquire { object }));
                probe::tell(|_| EventKind::State(ThreadState::Waiting { on: object }));
            }
            queue.join(LANE)
        });
        guard.park();
        let ended = self.monitor.wait_for(
            &waiter,
            patience,
            |(), why| {
                if let (Some(object), GaveUp::TimedOut) = (id, why) {
                    tell_wait(object, timeout, Outcome::TimedOut);
                }
            },
            &mut |_| (),
        );
        if ended == Err(GaveUp::Stopped) {
            leave();
            // Unwound already, it goes on; should it wait again, others get their turn in between.
            thread::yield_now();
        }
        (lock_again(mutex, id, ended.is_ok()), ended.is_ok())
    }

    fn notify(&self, location: &'static Location<'static>, count: Option<u32>) -> usize {
        enter(location);
        let id = probe::with(|recorder| self.tag.known_to(recorder)).flatten();
        self.monitor.change(|(), queue| {
            let woken = queue.take(LANE, count.map_or(usize::MAX, |count| count as usize));
            let number = woken.len();
            if let Some(object) = id {
                let outcome = Outcome::Woke(woken.threads());
                probe::tell(|_| EventKind::Did { action: Action::Notify { object, count }, outcome });
            }
            woken.wake();
            number
        })
    }

    /// The number on the tape; the mutex has one first.
    fn id<T: ?Sized>(&self, recorder: &mut Recorder, mutex: &Mutex<T>) -> ObjectId {
        let lock = take::id(mutex.tag(), recorder);
        self.tag.over(recorder, lock)
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Condvar {
        Condvar::new()
    }
}

fn tell_wait(object: ObjectId, timeout: Option<Nanos>, outcome: Outcome) {
    probe::tell(|_| EventKind::Did { action: Action::Wait { object, timeout }, outcome });
}

/// Takes the mutex after a wait.
fn lock_again<T: ?Sized>(mutex: &Mutex<T>, condition: Option<ObjectId>, notified: bool) -> MutexGuard<'_, T> {
    if let Some(condition) = condition {
        match mutex.lock_again(condition, notified) {
            Ok(guard) => return guard,
            Err(_) => leave(),
        }
    }
    mutex.lock_untold()
}
