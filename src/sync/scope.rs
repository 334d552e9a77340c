//! Threads that may borrow what belongs to the one that starts them.

use super::thread::{Birth, Life, Progress};
use parking_lot::Mutex;
use std::io;
use std::panic::Location;
use std::sync::Arc;
use std::thread;

/// Where threads are started that are over before [`scope`] comes back. Clones are the same scope.
#[derive(Clone, Debug)]
pub struct Scope<'scope, 'env> {
    inner: &'scope thread::Scope<'scope, 'env>,
    /// Threads that were not joined yet.
    lives: Arc<Mutex<Vec<Arc<Life>>>>,
}

/// A thread that was started in a [`Scope`]. Dropped, it is joined at the end of the scope.
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    thread: thread::ScopedJoinHandle<'scope, thread::Result<T>>,
    life: Arc<Life>,
    lives: Arc<Mutex<Vec<Arc<Life>>>>,
}

/// Starts threads that are over when it comes back, so they may borrow what belongs to the caller.
///
/// Threads nobody joined are joined at the end. Each thread, its start, its end and each join are recorded as those of
/// [`spawn`](super::spawn) are.
///
/// ```
/// use lockstep::sync::{Mutex, scope};
///
/// let sum = Mutex::new(0).named("sum");
/// scope(|scope| {
///     for number in 1..=4 {
///         scope.spawn_named(format!("adder {number}"), || *sum.lock() += 10);
///     }
/// });
/// assert_eq!(sum.into_inner(), 40);
/// ```
///
/// # Panics
/// If a thread that nobody joined has panicked, or the operating system gives no more threads.
#[track_caller]
pub fn scope<'env, T>(body: impl for<'scope> FnOnce(&Scope<'scope, 'env>) -> T) -> T {
    let location = Location::caller();
    thread::scope(|inner| {
        let scope = Scope { inner, lives: Arc::default() };
        let result = body(&scope);
        let mut fell = false;
        loop {
            let next = scope.lives.lock().pop();
            let Some(life) = next else { break };
            fell |= life.join(location) == Progress::Fell;
        }
        assert!(!fell, "a scoped thread panicked");
        result
    })
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread.
    ///
    /// # Panics
    /// If the operating system gives no more threads.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(&self, body: impl FnOnce() -> T + Send + 'scope) -> ScopedJoinHandle<'scope, T> {
        self.start(None, Location::caller(), body)
    }

    /// Starts a thread with a name.
    ///
    /// # Panics
    /// If the operating system gives no more threads.
    #[track_caller]
    pub fn spawn_named<T: Send + 'scope>(
        &self,
        name: impl Into<Arc<str>>,
        body: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        self.start(Some(name.into()), Location::caller(), body)
    }

    fn start<T: Send + 'scope>(
        &self,
        name: Option<Arc<str>>,
        location: &'static Location<'static>,
        body: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let (birth, life) = Birth::prepare(name, location);
        let started: io::Result<_> =
            birth.give(|builder, birth| builder.spawn_scoped(self.inner, move || birth.live(body)));
        match started {
            Ok(thread) => {
                self.lives.lock().insert(0, Arc::clone(&life));
                ScopedJoinHandle { thread, life, lives: Arc::clone(&self.lives) }
            }
            Err(error) => panic!("no thread could be started: {error}"),
        }
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread is over; see [`JoinHandle::join`](super::JoinHandle::join).
    ///
    /// # Errors
    /// The thread panicked, or it left because the run was stopped.
    #[track_caller]
    pub fn join(self) -> thread::Result<T> {
        self.lives.lock().retain(|life| !Arc::ptr_eq(life, &self.life));
        self.life.join(Location::caller());
        self.thread.join().and_then(|result| result)
    }

    /// Whether the thread is over. Nothing is recorded.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.thread.is_finished()
    }
}
