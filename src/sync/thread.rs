//! Threads: attaching those that are there, and starting new ones.
//!
//! A thread that a recorded thread starts is recorded by the same probe. Its life on the tape:
//!
//! | parent | child | recorded |
//! |---|---|---|
//! | `spawn` | | child declared, parent started it, child ready |
//! | | its body | whatever it does |
//! | `join`: waits | | parent pending, parent joining |
//! | | its body ends | parent ready, child finished (or: traceback, parent ready, child failed; or: child killed, when everything was stopped) |
//! | | | parent joined |
//!
//! Nothing that unwinds a recorded thread reaches the bottom of its stack: it is caught, told, and given to whoever joins.

use super::fall::{self, Fall};
use super::leave::{enter, leave, was_stopped};
use super::monitor::{Monitor, Patience};
use super::probe::{self, Attached, Coming, Probe, Recorder, Stopped};
use super::record::Place;
use crate::event::{Action, EventKind, Outcome, Text, ThreadInfo, ThreadState};
use crate::ids::ThreadId;
use parking_lot::Mutex;
use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;

/// All who join the same thread wait for the same.
const LANE: u8 = 0;

/// A thread, for those who wait for its end.
#[derive(Debug)]
pub(super) struct Life {
    /// Its number, if it is recorded.
    id: Option<ThreadId>,
    monitor: Monitor<Progress>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Runs,
    /// Its body came to its end, or it left because the run was stopped.
    Over,
    /// It panicked.
    Fell,
}

/// A thread that was started with [`spawn`] or a [`Builder`].
///
/// Dropped without being joined, the thread goes on by itself.
#[must_use = "the thread goes on by itself when this is dropped"]
#[derive(Debug)]
pub struct JoinHandle<T> {
    thread: thread::JoinHandle<thread::Result<T>>,
    life: Arc<Life>,
}

/// A thread with a name.
///
/// ```
/// use lockstep::sync::Builder;
///
/// let thread = Builder::new().name("Plato").spawn(|| 6 * 7)?;
/// assert_eq!(thread.join().ok(), Some(42));
/// # Ok::<_, std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    name: Option<Arc<str>>,
}

/// Starts a thread. If the calling thread is recorded, the new one is recorded by the same probe.
///
/// Records the new thread, named after its number, and that it was started. Its end is recorded, too: if it panics, with
/// the message and the place of the panic.
///
/// # Panics
/// If the operating system gives no more threads.
#[track_caller]
pub fn spawn<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    match Builder::new().spawn(body) {
        Ok(handle) => handle,
        Err(error) => panic!("no thread could be started: {error}"),
    }
}

impl Builder {
    /// A thread without a name.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Gives it a name.
    #[must_use]
    pub fn name(self, name: impl Into<Arc<str>>) -> Builder {
        Builder { name: Some(name.into()) }
    }

    /// Starts it, as [`spawn`] does.
    ///
    /// # Errors
    /// The operating system gives no more threads.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(self, body: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
        let (birth, life) = Birth::prepare(self.name, Location::caller());
        let thread = birth.give(|builder, birth| builder.spawn(move || birth.live(body)))?;
        Ok(JoinHandle { thread, life })
    }
}

impl<T> JoinHandle<T> {
    /// Waits until the thread is over. If it panicked, the error is what it panicked with.
    ///
    /// Records `join`, preceded by what it waits for if it has to wait.
    ///
    /// # Errors
    /// The thread panicked, or it left because the run was stopped.
    #[track_caller]
    pub fn join(self) -> thread::Result<T> {
        self.life.join(Location::caller());
        self.thread.join().and_then(|result| result)
    }

    /// Whether the thread is over. Nothing is recorded.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.thread.is_finished()
    }
}

/// A thread that is about to be started.
#[derive(Debug)]
pub(super) struct Birth {
    probe: Option<(Probe, Coming)>,
    name: Option<Arc<str>>,
    life: Arc<Life>,
    /// Locked by the parent until it has told of the start.
    told: Arc<Mutex<()>>,
}

impl Birth {
    /// The thread gets its number if the calling one is recorded.
    pub(super) fn prepare(name: Option<Arc<str>>, location: &'static Location<'static>) -> (Birth, Arc<Life>) {
        enter(location);
        let probe =
            probe::with(|recorder| Probe { hub: Arc::clone(recorder.hub()) }).filter(|probe| !probe.is_stopped());
        let id = probe.as_ref().map(Probe::next_thread);
        let probe = probe.map(|probe| {
            let coming = probe.expect();
            (probe, coming)
        });
        let life = Arc::new(Life { id, monitor: Monitor::new(Progress::Runs) });
        let name = name.or_else(|| id.map(|id| format!("thread {}", id.0).into()));
        (Birth { probe, name, life: Arc::clone(&life), told: Arc::default() }, life)
    }

    /// Starts the OS thread, and tells so before it does anything.
    pub(super) fn give<H>(self, spawn: impl FnOnce(thread::Builder, Birth) -> io::Result<H>) -> io::Result<H> {
        let (id, told) = (self.life.id, Arc::clone(&self.told));
        let _first = told.lock();
        let mut builder = thread::Builder::new();
        if let Some(name) = &self.name {
            // The operating system takes no name with a zero byte.
            builder = builder.name(name.replace('\0', ""));
        }
        let name = self.name.clone().unwrap_or_default();
        let handle = spawn(builder, self);
        if let Some(id) = id {
            probe::with(|parent| tell_start(parent, id, name, handle.as_ref().err()));
        }
        handle
    }

    /// The whole life of the thread, on the thread.
    pub(super) fn live<T>(self, body: impl FnOnce() -> T) -> thread::Result<T> {
        drop(self.told.lock());
        let attached = self.probe.zip(self.life.id).map(|((probe, _coming), id)| probe.attach_as(id));
        let result = catch_unwind(AssertUnwindSafe(body));
        self.life.end(self.name.as_deref().unwrap_or("unnamed"), result.as_ref().err().map(|payload| &**payload));
        drop(attached);
        result
    }
}

fn tell_start(parent: &mut Recorder, id: ThreadId, name: Arc<str>, error: Option<&io::Error>) {
    let info = ThreadInfo { name, daemon: false, parent: Some(parent.thread()) };
    parent.tell_of(id, EventKind::Thread(Arc::new(info)));
    let outcome = error.map_or(Outcome::Done, |error| Outcome::Raised(Text::new(error.to_string())));
    parent.tell(EventKind::Did { action: Action::Start { thread: id }, outcome });
    if error.is_none() {
        parent.tell_of(id, EventKind::State(ThreadState::Ready));
    }
}

impl Life {
    /// The thread is over; it tells so itself.
    fn end(&self, name: &str, payload: Option<&(dyn Any + Send)>) {
        let fall = payload.filter(|payload| !was_stopped(*payload)).map(|payload| fall::describe(name, payload));
        let (state, progress) = match (payload, &fall) {
            (None, _) => (ThreadState::Finished, Progress::Over),
            (Some(_), None) => (ThreadState::Killed, Progress::Over),
            (Some(_), Some(_)) => (ThreadState::Failed, Progress::Fell),
        };
        self.monitor.change(|now, queue| {
            if let Some(fall) = fall {
                tell_fall(fall);
            }
            *now = progress;
            // First they, then this: at no moment does nobody seem able to go on.
            queue.take(LANE, usize::MAX).wake();
            probe::tell(|_| EventKind::State(state));
        });
    }

    /// Waits until the thread is over.
    pub(super) fn join(&self, location: &'static Location<'static>) -> Progress {
        enter(location);
        let tell = |make: fn(ThreadId) -> EventKind| {
            if let Some(id) = self.id {
                probe::tell(|_| make(id));
            }
        };
        let over = self.monitor.wait(
            LANE,
            Patience::Forever,
            |progress, _| {
                (*progress != Progress::Runs).then(|| {
                    tell(|thread| EventKind::Did {
                        action: Action::Join { thread, timeout: None },
                        outcome: Outcome::Done,
                    });
                    *progress
                })
            },
            |_| {
                tell(|thread| EventKind::Pending(Action::Join { thread, timeout: None }));
                tell(|thread| EventKind::State(ThreadState::Joining { thread }));
            },
            |_, _| (),
            &mut |_| (),
        );
        over.unwrap_or_else(|_| {
            leave();
            Progress::Over
        })
    }
}

fn tell_fall(fall: Fall) {
    if let Some(line) = fall.line {
        probe::stand(Place::Line(line));
    }
    probe::tell(|_| EventKind::Traceback(fall.text));
}

impl Probe {
    /// Records the calling OS thread from now on, until the guard is dropped. The first thread attached is the main
    /// thread.
    ///
    /// Records the thread, under the name the operating system knows it by, and its end. When everything is stopped the
    /// thread is unwound, past the guard: nobody catches it then, other than with [`Probe::run`].
    pub fn attach(&self) -> Attached {
        fall::note_places();
        let id = self.next_thread();
        let own = thread::current().name().map(Into::into);
        let name = own.unwrap_or_else(|| format!("thread {}", id.0).into());
        let attached = self.attach_as(id).ending(ThreadState::Finished);
        probe::tell(|_| EventKind::Thread(Arc::new(ThreadInfo { name, daemon: false, parent: None })));
        probe::tell(|_| EventKind::State(ThreadState::Ready));
        attached
    }

    /// Runs this with the calling OS thread attached. If everything is stopped meanwhile, the thread leaves what it is
    /// doing, and this comes back.
    ///
    /// ```
    /// use lockstep::sync::{Mutex, Probe};
    ///
    /// let (probe, mut collector) = Probe::new();
    /// let sum = probe.run(|| {
    ///     let numbers = Mutex::new(vec![1, 2, 3]).named("numbers");
    ///     numbers.lock().iter().sum::<i32>()
    /// });
    /// assert_eq!(sum, Ok(6));
    /// let mut records = Vec::new();
    /// // The thread, that it is ready, the mutex, acquire, release, the end.
    /// assert_eq!(collector.drain(&mut records), 6);
    /// ```
    ///
    /// # Errors
    /// [`Stopped`] if [`Probe::stop`] ended it.
    ///
    /// # Panics
    /// As the body does; the panic is told.
    pub fn run<T>(&self, body: impl FnOnce() -> T) -> Result<T, Stopped> {
        let attached = self.attach();
        match catch_unwind(AssertUnwindSafe(body)) {
            Ok(result) => Ok(result),
            Err(payload) if was_stopped(&*payload) => {
                drop(attached.ending(ThreadState::Killed));
                Err(Stopped)
            }
            Err(payload) => {
                tell_fall(fall::describe(thread::current().name().unwrap_or("unnamed"), &*payload));
                drop(attached.ending(ThreadState::Failed));
                resume_unwind(payload)
            }
        }
    }
}
