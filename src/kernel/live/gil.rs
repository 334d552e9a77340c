//! The global interpreter lock: whoever has it has [everything it guards](super::inside::Inside), as a box that is handed
//! from thread to thread.
//!
//! It works as CPython's does. A thread that finds it taken waits for the *switch interval*; if nobody else got the lock
//! meanwhile it asks for it. The holder gives way at its next checkpoint, and does not get the lock back before somebody
//! else had it (a forced switch). A thread that gives it up by itself, because it has to wait for something, does not
//! reserve it for anybody: who comes first has it.
//!
//! | A | B | C |
//! |---|---|---|
//! | has it | wants it, is first in the queue | wants it, is second |
//! | computes | after 5 ms: asks | rests |
//! | checkpoint: gives it up, reserved; last in the queue | has it | first in the queue |
//! | | checkpoint after C has asked 5 ms later | has it |
//!
//! Only the first in the queue counts the time, so a crowd of waiters costs nothing.
//!
//! A thread that was started gets the lock directly from the one that started it, as soon as that one stands before its
//! next operation: nobody overtakes it until it stands before its first one. (CPython's `start()` waits for the new
//! thread to have begun, too.)

use crate::event::{Action, EventKind, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::sync::monitor::{rest, unparker};
use crate::sync::{Stopped, probe};
use crossbeam_utils::sync::Unparker;
use parking_lot::{Mutex, MutexGuard};
use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// How long somebody from outside waits at most before he asks.
const OUTSIDE: Duration = Duration::from_millis(1);

/// See the module.
#[derive(Debug)]
pub(super) struct Gil<T> {
    state: Mutex<State<T>>,
    /// Somebody has waited long enough.
    asked: AtomicBool,
    interval_ns: AtomicU64,
    /// Its number on the tape, when it is on it.
    shown: OnceLock<ObjectId>,
}

#[derive(Debug)]
struct State<T> {
    /// `None` while a thread has it.
    inside: Option<Box<T>>,
    /// Who waits, the longest waiter first.
    queue: VecDeque<Arc<Asker>>,
    /// It is for the first in the queue and nobody else.
    reserved: bool,
    /// It is for this thread, wherever it is.
    heir: Option<ThreadId>,
    /// How often it was taken.
    taken: u64,
}

#[derive(Debug)]
struct Asker {
    /// `None`: somebody from outside, who only looks, and whom nothing that threads agree on concerns.
    thread: Option<ThreadId>,
    /// The last that was told of it is that it is ready: the lock is free, or it has not been told to wait.
    ready: AtomicBool,
    unparker: Unparker,
}

/// The lock is held, and this is what it guards. It is given back when this is dropped.
#[derive(Debug)]
pub(super) struct Held<'a, T> {
    gil: &'a Gil<T>,
    inside: Option<Box<T>>,
}

impl<T> Gil<T> {
    pub(super) fn new(inside: T) -> Gil<T> {
        let state =
            State { inside: Some(Box::new(inside)), queue: VecDeque::new(), reserved: false, heir: None, taken: 0 };
        Gil {
            state: Mutex::new(state),
            asked: AtomicBool::new(false),
            interval_ns: AtomicU64::new(5_000_000),
            shown: OnceLock::new(),
        }
    }

    /// From now on it is told of as this object.
    pub(super) fn show(&self, id: ObjectId) {
        // Once is enough.
        let _ = self.shown.set(id);
    }

    pub(super) fn set_interval(&self, interval: Duration) {
        self.interval_ns.store(u64::try_from(interval.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether the holder is to give way.
    pub(super) fn is_asked_for(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Takes it, waiting as long as necessary.
    ///
    /// # Errors
    /// Everything was stopped, though it be by whoever had the lock just before: nothing happens after the end.
    pub(super) fn take(&self) -> Result<Held<'_, T>, Stopped> {
        let mut state = self.state.lock();
        if probe::is_stopped() {
            return Err(Stopped);
        }
        if let Some(inside) = state.free() {
            return Ok(self.hold(&mut state, inside));
        }
        self.wait(state, false)
    }

    /// Takes it for the first time. Whoever starts the thread has it now, and has not told of the start.
    pub(super) fn take_first(&self) -> Result<Held<'_, T>, Stopped> {
        self.wait(self.state.lock(), true)
    }

    /// Waits for it. `ready`: nothing is told of that before it was free once.
    fn wait<'a>(&'a self, mut state: MutexGuard<'a, State<T>>, ready: bool) -> Result<Held<'a, T>, Stopped> {
        let thread = probe::with(|recorder| recorder.thread());
        let me = Arc::new(Asker { thread, ready: AtomicBool::new(ready), unparker: unparker() });
        if !ready {
            self.tell(|on| EventKind::State(ThreadState::Blocked { on }));
        }
        match thread {
            Some(_) => state.queue.push_back(Arc::clone(&me)),
            None => state.queue.push_front(Arc::clone(&me)),
        }
        // It may be free, and kept for whoever comes now.
        self.call_next(&state);
        loop {
            let (next, taken) = (state.is_next(&me), state.taken);
            drop(state);
            let until = if next { self.end_of_interval(&me) } else { None };
            let rested = rest(until);
            state = self.state.lock();
            if rested.is_err() || probe::is_stopped() {
                state.queue.retain(|other| !Arc::ptr_eq(other, &me));
                self.call_next(&state);
                return Err(Stopped);
            }
            if !state.is_next(&me) {
                continue;
            }
            if let Some(inside) = state.inside.take() {
                state.queue.retain(|other| !Arc::ptr_eq(other, &me));
                if thread.is_some() {
                    state.reserved = false;
                    state.heir = None;
                }
                if !me.ready.load(Ordering::Relaxed) {
                    // It was somebody from outside who gave it back, and could not say so.
                    self.tell(|_| EventKind::State(ThreadState::Ready));
                }
                if let Some(next) = state.next() {
                    // It counts the time from now on.
                    next.unparker.unpark();
                }
                return Ok(self.hold(&mut state, inside));
            }
            if me.ready.swap(false, Ordering::Relaxed) {
                self.tell(|on| EventKind::State(ThreadState::Blocked { on }));
            }
            if until.is_some_and(|until| until <= Instant::now()) && state.taken == taken {
                self.asked.store(true, Ordering::Relaxed);
            }
        }
    }

    /// When it is time to ask. Who is from outside does not live by the program's rules.
    fn end_of_interval(&self, asker: &Asker) -> Option<Instant> {
        let interval = Duration::from_nanos(self.interval_ns.load(Ordering::Relaxed));
        Instant::now().checked_add(if asker.thread.is_some() { interval } else { interval.min(OUTSIDE) })
    }

    fn hold(&self, state: &mut State<T>, inside: Box<T>) -> Held<'_, T> {
        state.taken += 1;
        self.asked.store(false, Ordering::Relaxed);
        self.tell(|object| EventKind::Did {
            action: Action::Acquire { object, blocking: true, timeout: None },
            outcome: Outcome::Done,
        });
        Held { gil: self, inside: Some(inside) }
    }

    fn put_back(&self, state: &mut State<T>, inside: Option<Box<T>>) {
        self.tell_release();
        state.inside = inside;
        self.call_next(state);
    }

    fn tell_release(&self) {
        self.tell(|object| EventKind::Did { action: Action::Release { object, count: 1 }, outcome: Outcome::Done });
    }

    /// If the lock is free: wakes whose turn it is.
    fn call_next(&self, state: &State<T>) {
        let Some(next) = state.next().filter(|_| state.inside.is_some()) else { return };
        if let Some(thread) = next.thread
            && self.shown.get().is_some()
            && probe::is_recorded()
            && !next.ready.swap(true, Ordering::Relaxed)
        {
            probe::with(|recorder| recorder.tell_of(thread, EventKind::State(ThreadState::Ready)));
        }
        next.unparker.unpark();
    }

    /// Tells a fact, if the lock is on the tape.
    fn tell(&self, make: impl FnOnce(ObjectId) -> EventKind) {
        if let Some(id) = self.shown.get() {
            probe::tell(|_| make(*id));
        }
    }
}

impl<T> State<T> {
    /// What it guards, if it can be had at once.
    fn free(&mut self) -> Option<Box<T>> {
        if self.reserved || self.heir.is_some() { None } else { self.inside.take() }
    }

    /// Whose turn it is.
    fn next(&self) -> Option<&Arc<Asker>> {
        let first = self.queue.front()?;
        match self.heir {
            Some(_) if first.thread.is_some() => self.queue.iter().find(|asker| asker.thread == self.heir),
            _ => Some(first),
        }
    }

    fn is_next(&self, asker: &Arc<Asker>) -> bool {
        self.next().is_some_and(|next| Arc::ptr_eq(next, asker))
    }
}

impl<'a, T> Held<'a, T> {
    /// A forced switch, if somebody waits: whoever is first has it before the caller gets it back.
    pub(super) fn switch(mut self) -> Result<Held<'a, T>, Stopped> {
        let gil = self.gil;
        let mut state = gil.state.lock();
        if state.queue.is_empty() {
            gil.asked.store(false, Ordering::Relaxed);
            drop(state);
            return Ok(self);
        }
        state.reserved = true;
        gil.put_back(&mut state, self.inside.take());
        gil.wait(state, false)
    }

    /// Gives it back, and says something before anybody else can have it.
    pub(super) fn leave_saying(mut self, say: impl FnOnce()) {
        let mut state = self.gil.state.lock();
        self.gil.tell_release();
        say();
        state.inside = self.inside.take();
        self.gil.call_next(&state);
    }

    /// Gives it to this thread, which takes it as soon as it can, and to nobody else before.
    pub(super) fn leave_to(mut self, heir: ThreadId) {
        let mut state = self.gil.state.lock();
        state.heir = Some(heir);
        self.gil.put_back(&mut state, self.inside.take());
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inside.as_deref().expect("it is here as long as the lock is held")
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.inside.as_deref_mut().expect("it is here as long as the lock is held")
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        if let Some(inside) = self.inside.take() {
            self.gil.put_back(&mut self.gil.state.lock(), Some(inside));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::Probe;
    use std::collections::BTreeSet;
    use std::thread;

    /// Threads of a run, each with its number, and nobody stops them.
    fn threads<'g, T: Send>(count: u32, gil: &'g Gil<T>, work: impl Fn(u32, Held<'g, T>) + Sync) {
        let (probe, _collector) = Probe::new();
        thread::scope(|scope| {
            for number in 0..count {
                let (probe, work) = (&probe, &work);
                scope.spawn(move || {
                    let _here = probe.attach_as(ThreadId(number));
                    work(number, gil.take().expect("nobody stops"));
                });
            }
        });
    }

    #[test]
    fn who_asks_gets_it_although_the_holder_never_waits() {
        let gil = Gil::new(BTreeSet::new());
        gil.set_interval(Duration::from_micros(100));
        threads(3, &gil, |number, mut held| {
            held.insert(number);
            // It computes until everybody was here.
            while held.len() < 3 {
                if gil.is_asked_for() {
                    held = held.switch().expect("nobody stops");
                }
            }
        });
        assert_eq!(gil.take().map(|held| held.len()), Ok(3));
    }

    #[test]
    fn what_it_guards_survives_a_panic() {
        let gil = Gil::new(7);
        thread::scope(|scope| {
            let panics = scope.spawn(|| {
                let _held = gil.take();
                panic!("on purpose");
            });
            assert!(panics.join().is_err());
        });
        assert_eq!(gil.take().map(|held| *held), Ok(7));
    }

    #[test]
    fn after_the_end_no_thread_of_the_run_has_it() {
        let (probe, _collector) = Probe::new();
        let gil = Gil::new(7);
        {
            let _here = probe.attach_as(ThreadId(1));
            drop(gil.take().expect("nobody has stopped"));
            probe.stop();
            assert!(gil.take().is_err(), "although it is free");
        }
        assert_eq!(gil.take().map(|held| *held), Ok(7), "who is from outside only looks");
    }

    #[test]
    fn nobody_is_forgotten_when_many_want_it() {
        let gil = Gil::new(0u32);
        gil.set_interval(Duration::from_micros(50));
        threads(8, &gil, |_, mut held| {
            for _ in 0..500 {
                *held += 1;
                if gil.is_asked_for() {
                    held = held.switch().expect("nobody stops");
                }
                drop(held);
                held = gil.take().expect("nobody stops");
            }
        });
        assert_eq!(gil.take().map(|held| *held), Ok(4000));
    }

    #[test]
    fn an_heir_has_it_before_those_who_wait() {
        let gil = Gil::new(Vec::new());
        let (probe, _collector) = Probe::new();
        let attached = probe.attach_as(ThreadId(0));
        let held = gil.take().expect("nobody stops");
        thread::scope(|scope| {
            for number in [1, 2] {
                let (probe, gil) = (&probe, &gil);
                scope.spawn(move || {
                    let _here = probe.attach_as(ThreadId(number));
                    gil.take_first().expect("nobody stops").push(number);
                });
                while gil.state.lock().queue.len() < number as usize {
                    thread::yield_now();
                }
            }
            held.leave_to(ThreadId(2));
        });
        assert_eq!(gil.take().map(|held| held.clone()), Ok(vec![2, 1]));
        drop(attached);
    }
}
