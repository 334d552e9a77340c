//! A state, a mutex around it, and the threads that wait for it to change: what every primitive here that is not
//! `parking_lot`'s own is made of.
//!
//! Two things are special. What happens to the state is recorded *while the mutex is held*, so the tickets of the
//! records are in the order in which things really happened: a refusal comes after the acquire that is to blame. And
//! a thread waits on nothing but its own [`Parker`], so that [`Probe::stop`](super::Probe::stop) can end every wait.
//!
//! | A | B | the state | recorded |
//! |---|---|---|---|
//! | `acquire`: attempt succeeds | | held by A | A acquired |
//! | | `acquire`: attempt fails, B joins the queue | | B blocked |
//! | `release`: takes B out of the queue | (parked) | free | A released, B ready |
//! | `acquire` again: attempt succeeds (it is faster) | wakes up | held by A | A acquired |
//! | | attempt fails, B joins the queue in front | | B blocked |
//!
//! The mutex is held for a few instructions only, never while a thread waits.

use super::probe;
use super::probe::Stopped;
use crate::event::{EventKind, Outcome, ThreadState};
use crate::ids::{Nanos, ThreadId};
use crossbeam_utils::sync::{Parker, Unparker};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

thread_local! {
    static PARKER: Parker = Parker::new();
}

/// How often a thread that cannot be woken any more looks up.
const LAST_LOOK: Duration = Duration::from_millis(1);

/// How to wake the calling thread when it rests. (Who waits in a destructor at the very end of a thread, when its storage
/// is gone, cannot be woken, and looks up by itself.)
pub(crate) fn unparker() -> Unparker {
    let own = PARKER.try_with(|parker| parker.unparker().clone());
    own.unwrap_or_else(|_| Parker::new().unparker().clone())
}

/// Rests until somebody wakes the calling thread, the moment has come, or for no reason at all.
fn park(until: Option<Instant>) {
    let parked = PARKER.try_with(|parker| match until {
        None => parker.park(),
        Some(moment) => parker.park_deadline(moment),
    });
    if parked.is_err() {
        thread::sleep(LAST_LOOK);
    }
}

/// Rests until somebody wakes the calling thread, the moment has come, or for no reason at all: the caller looks again.
///
/// # Errors
/// Everything was stopped.
pub(crate) fn rest(until: Option<Instant>) -> Result<(), Stopped> {
    if probe::is_stopped() {
        return Err(Stopped);
    }
    park(until);
    if probe::is_stopped() { Err(Stopped) } else { Ok(()) }
}

/// How long an operation may wait, counted from the moment at which it begins to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Not at all.
    Now,
    /// This long. `told` is the length that the program gave, whose clock may go faster or slower.
    For {
        length: Duration,
        told: Nanos,
    },
    Forever,
}

impl Patience {
    /// As long as the program said.
    pub(crate) fn lasting(length: Duration) -> Patience {
        Patience::For { length, told: Nanos(u64::try_from(length.as_nanos()).unwrap_or(u64::MAX)) }
    }

    /// True when it may wait at all.
    pub(crate) const fn blocking(self) -> bool {
        !matches!(self, Patience::Now)
    }

    /// The time-out that the program gave.
    pub(crate) const fn timeout(self) -> Option<Nanos> {
        match self {
            Patience::For { told, .. } => Some(told),
            Patience::Now | Patience::Forever => None,
        }
    }

    /// When it is over if it begins to run out now. (A moment too far away to be represented is never.)
    pub(super) fn deadline(self) -> Option<Instant> {
        match self {
            Patience::For { length, .. } => Instant::now().checked_add(length),
            Patience::Now | Patience::Forever => None,
        }
    }
}

/// A thread begins to wait, or has waited: what others need in the meantime it puts down and takes up again.
///
/// Both are told without the monitor held, in turn, around every wait. Taking up comes before the thread looks whether it
/// can go on. So whoever does everything under a common lock (the interpreter's) succeeds under that lock, too: what an
/// operation does and what the thread does next are then one indivisible step for everybody else under the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idle {
    Begins,
    Ends,
}

/// Why an operation came back without having succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// It was not to wait, and would have had to.
    Refused,
    TimedOut,
    Stopped,
}

impl GaveUp {
    /// As it is told of the operation; after a stop nothing is.
    pub(crate) const fn outcome(self) -> Option<Outcome> {
        match self {
            GaveUp::Refused => Some(Outcome::Refused),
            GaveUp::TimedOut => Some(Outcome::TimedOut),
            GaveUp::Stopped => None,
        }
    }
}

impl From<Stopped> for GaveUp {
    fn from(_: Stopped) -> GaveUp {
        GaveUp::Stopped
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Monitor<S> {
    inner: Mutex<Inner<S>>,
}

#[derive(Debug, Default)]
struct Inner<S> {
    state: S,
    queue: Queue,
}

/// The threads that wait, the longest waiter first. A *lane* tells those apart that wait for different things.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiters: VecDeque<Arc<Waiter>>,
}

/// A thread that waits.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// The thread, with the serial of its probe, if it is recorded.
    thread: Option<(u32, ThreadId)>,
    lane: u8,
    woken: AtomicBool,
    /// Nobody has told that it was woken: who did is not recorded, or by another probe.
    untold: AtomicBool,
    unparker: Unparker,
}

/// Threads that were taken out of a queue and do not know it yet.
#[derive(Debug)]
#[must_use = "they sleep until they are woken"]
pub(crate) struct Woken(Vec<Arc<Waiter>>);

impl Queue {
    /// Takes out up to `count` of those who wait in this lane, the longest waiters.
    pub(crate) fn take(&mut self, lane: u8, count: usize) -> Woken {
        let mut taken = Vec::new();
        let mut place = 0;
        while taken.len() < count && place < self.waiters.len() {
            if self.waiters[place].lane == lane {
                taken.extend(self.waiters.remove(place));
            } else {
                place += 1;
            }
        }
        Woken(taken)
    }

    /// The calling thread joins, to wait for a pulse. The wait itself is [`Monitor::wait_for`].
    pub(super) fn join(&mut self, lane: u8) -> Arc<Waiter> {
        let waiter = Waiter::new(lane);
        self.waiters.push_back(Arc::clone(&waiter));
        waiter
    }

    /// Takes out a waiter whom nobody woke.
    pub(super) fn remove(&mut self, waiter: &Arc<Waiter>) {
        self.waiters.retain(|other| !Arc::ptr_eq(other, waiter));
    }
}

impl Woken {
    /// Who they are, in the order in which they had waited: those whom the probe of the calling thread records.
    pub(crate) fn threads(&self) -> Box<[ThreadId]> {
        let here = probe::with(|recorder| recorder.hub().serial);
        let threads = self.0.iter().filter_map(|waiter| waiter.thread);
        threads.filter(|(probe, _)| Some(*probe) == here).map(|(_, thread)| thread).collect()
    }

    /// How many they are, recorded or not.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Wakes them, and tells that they can go on. Call it after what woke them was told, with the monitor still held.
    pub(crate) fn wake(self) {
        // Told of all before the first one can do anything.
        for waiter in &self.0 {
            waiter.tell_woken();
        }
        for waiter in self.0 {
            waiter.woken.store(true, Ordering::Release);
            waiter.unparker.unpark();
        }
    }
}

impl Waiter {
    fn new(lane: u8) -> Arc<Waiter> {
        let thread = probe::with(|recorder| (recorder.hub().serial, recorder.thread()));
        let (woken, untold) = (AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Waiter { thread, lane, woken, untold, unparker: unparker() })
    }

    pub(super) fn is_woken(&self) -> bool {
        self.woken.load(Ordering::Acquire)
    }

    /// Whoever wakes it tells that it can go on, if that can be told in one place.
    fn tell_woken(&self) {
        let Some((probe, thread)) = self.thread else { return };
        let told = probe::with(|recorder| {
            let same = recorder.hub().serial == probe;
            if same {
                recorder.tell_of(thread, EventKind::State(ThreadState::Ready));
            }
            same
        });
        self.untold.store(told != Some(true), Ordering::Relaxed);
    }

    /// Tells that the thread can go on although nobody has woken it, or nobody could say so.
    pub(super) fn tell_ready(&self, why: GaveUp) {
        if why == GaveUp::TimedOut && (!self.is_woken() || self.untold.load(Ordering::Relaxed)) {
            probe::tell(|_| EventKind::State(ThreadState::Ready));
        }
    }

    pub(super) fn park_idle(&self, deadline: Option<Instant>, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        idle(Idle::Begins);
        let parked = self.park(deadline);
        idle(Idle::Ends);
        if parked.is_ok() && self.untold.load(Ordering::Relaxed) {
            probe::tell(|_| EventKind::State(ThreadState::Ready));
        }
        parked
    }

    /// Waits until it is woken, the time is over, or everything is stopped.
    fn park(&self, deadline: Option<Instant>) -> Result<(), GaveUp> {
        loop {
            if self.is_woken() {
                return Ok(());
            }
            if probe::is_stopped() {
                return Err(GaveUp::Stopped);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(GaveUp::TimedOut);
            }
            park(deadline);
        }
    }
}

impl<S> Monitor<S> {
    pub(crate) const fn new(state: S) -> Monitor<S> {
        Monitor { inner: Mutex::new(Inner { state, queue: Queue { waiters: VecDeque::new() } }) }
    }

    /// Looks at the state, or changes it. What it tells has its ticket while nobody else can look.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut S, &mut Queue) -> R) -> R {
        let inner = &mut *self.inner.lock();
        change(&mut inner.state, &mut inner.queue)
    }

    /// Waits until `attempt` succeeds.
    ///
    /// `attempt` is made at once, and again each time the thread was woken or its time is over; it tells of its own
    /// success. `held_up` tells that the thread waits now, `gives_up` that it does not any more: both with the monitor
    /// held. `idle` is called around every wait, without it.
    pub(crate) fn wait<R>(
        &self,
        lane: u8,
        patience: Patience,
        mut attempt: impl FnMut(&mut S, &mut Queue) -> Option<R>,
        mut held_up: impl FnMut(&S),
        gives_up: impl FnOnce(&mut S, GaveUp),
        idle: &mut dyn FnMut(Idle),
    ) -> Result<R, GaveUp> {
        let mut inner = self.inner.lock();
        let mut deadline = None;
        let mut again = false;
        loop {
            let Inner { state, queue } = &mut *inner;
            if let Some(result) = attempt(state, queue) {
                return Ok(result);
            }
            if !patience.blocking() {
                gives_up(state, GaveUp::Refused);
                return Err(GaveUp::Refused);
            }
            let waiter = Waiter::new(lane);
            // Who was woken and came too late has waited longest.
            if again {
                queue.waiters.push_front(Arc::clone(&waiter));
            } else {
                queue.waiters.push_back(Arc::clone(&waiter));
            }
            held_up(state);
            drop(inner);
            if !std::mem::replace(&mut again, true) {
                deadline = patience.deadline();
            }
            let parked = waiter.park_idle(deadline, idle);
            inner = self.inner.lock();
            let Inner { state, queue } = &mut *inner;
            let Err(why) = parked else { continue };
            if !waiter.is_woken() {
                queue.remove(&waiter);
            }
            let last_try = if why == GaveUp::TimedOut { attempt(state, queue) } else { None };
            if last_try.is_none() {
                gives_up(state, why);
            }
            waiter.tell_ready(why);
            if why == GaveUp::Stopped && waiter.is_woken() {
                // What it was woken for is there, and another probe's thread may want it.
                queue.take(lane, 1).wake();
            }
            return last_try.ok_or(why);
        }
    }

    /// Waits until somebody takes the waiter out of the queue. If nobody does in time it leaves by itself, and
    /// `gives_up` tells so with the monitor held. `idle` is called around the wait.
    pub(crate) fn wait_for(
        &self,
        waiter: &Arc<Waiter>,
        patience: Patience,
        gives_up: impl FnOnce(&mut S, GaveUp),
        idle: &mut dyn FnMut(Idle),
    ) -> Result<(), GaveUp> {
        let Err(why) = waiter.park_idle(patience.deadline(), idle) else { return Ok(()) };
        let inner = &mut *self.inner.lock();
        if waiter.is_woken() && why == GaveUp::TimedOut {
            if waiter.untold.load(Ordering::Relaxed) {
                probe::tell(|_| EventKind::State(ThreadState::Ready));
            }
            return Ok(());
        }
        inner.queue.remove(waiter);
        gives_up(&mut inner.state, why);
        waiter.tell_ready(why);
        Err(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn what_was_put_down_is_taken_up_before_the_next_attempt() {
        let monitor = Monitor::new(());
        let told = RefCell::new(Vec::new());
        let tell = |what: &str| told.borrow_mut().push(what.to_owned());
        let result = monitor.wait(
            0,
            Patience::lasting(Duration::ZERO),
            |(), _| {
                tell("attempt");
                None::<()>
            },
            |()| tell("held up"),
            |(), why| tell(&format!("{why:?}")),
            &mut |idle| tell(&format!("{idle:?}")),
        );
        assert_eq!(result, Err(GaveUp::TimedOut));
        assert_eq!(told.into_inner(), ["attempt", "held up", "Begins", "Ends", "attempt", "TimedOut"]);
    }
}
