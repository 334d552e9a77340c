//! Taking one of `parking_lot`'s locks and giving it back, as records.
//!
//! The order of the tickets is that of the lock: the one of the acquire is drawn after the lock was really taken, the one
//! of the release before it is really given back. An acquire that succeeds at once, or after a little spinning, is one
//! record. Only who has to wait says so:
//!
//! | A | B | recorded |
//! |---|---|---|
//! | `lock` | | A acquired |
//! | | `lock`: spins, then waits in `parking_lot` | B pending, B blocked |
//! | drop of the guard | | A released |
//! | | wakes up with the lock | B acquired |
//!
//! `parking_lot` knows nothing of [`Probe::stop`](super::Probe::stop), so a recorded thread waits in slices and looks up
//! in between.

use super::brief::Deal;
use super::leave::leave;
use super::monitor::{GaveUp, Patience};
use super::probe::{self, Recorder};
use super::tag::Tag;
use crate::event::{Action, EventKind, ObjectState, Outcome, ThreadState};
use crate::ids::ObjectId;
use crossbeam_utils::Backoff;
use std::panic::Location;
use std::time::{Duration, Instant};

/// How long a recorded thread waits before it looks whether everything was stopped.
const SLICE: Duration = Duration::from_millis(50);

/// The state in which a lock is declared.
const fn free() -> ObjectState {
    ObjectState::Lock { owner: None, depth: 0 }
}

/// A lock, as a thread uses it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    pub(super) tag: &'a Tag,
    /// To read only, beside others who do.
    pub(super) shared: bool,
}

/// The calling thread is not recorded, or everything was stopped and it unwinds already: it takes the lock without
/// telling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unheard;

/// What comes of this for the calling thread, if anybody hears of it.
#[inline]
pub(super) fn recorded<G>(take: impl FnOnce() -> Result<G, GaveUp>) -> Result<Option<G>, Unheard> {
    if !probe::is_recorded() {
        return Err(Unheard);
    }
    match take() {
        Err(GaveUp::Stopped) => {
            leave();
            Err(Unheard)
        }
        result => Ok(result.ok()),
    }
}

/// Takes a lock for a recorded thread. `try_now` and `try_for` are `parking_lot`'s.
#[inline]
pub(super) fn take<G>(
    lock: Use<'_>,
    location: &'static Location<'static>,
    patience: Patience,
    try_now: impl Fn() -> Option<G>,
    try_for: impl Fn(Duration) -> Option<G>,
) -> Result<G, GaveUp> {
    let at_once = probe::unless_gated(location, |recorder| {
        let guard = try_now()?;
        tell_acquire(recorder, lock, patience, Outcome::Done);
        Some(guard)
    });
    at_once.map_or_else(|| take_slowly(lock, location, patience, try_now, try_for), Ok)
}

#[cold]
fn take_slowly<G>(
    lock: Use<'_>,
    location: &'static Location<'static>,
    patience: Patience,
    try_now: impl Fn() -> Option<G>,
    try_for: impl Fn(Duration) -> Option<G>,
) -> Result<G, GaveUp> {
    probe::begin(location)?;
    let backoff = Backoff::new();
    loop {
        if let Some(guard) = try_now() {
            return taken(guard, lock, patience);
        }
        if !patience.blocking() {
            probe::with(|recorder| tell_acquire(recorder, lock, patience, Outcome::Refused));
            return Err(GaveUp::Refused);
        }
        if backoff.is_completed() {
            break;
        }
        backoff.snooze();
    }
    probe::with(|recorder| {
        let object = id(lock.tag, recorder);
        recorder.tell(EventKind::Pending(acquire(object, patience)));
        recorder.tell_use(lock.shared, EventKind::State(ThreadState::Blocked { on: object }));
    });
    wait(lock, patience, try_for)
}

/// Waits, in slices.
fn wait<G>(lock: Use<'_>, patience: Patience, try_for: impl Fn(Duration) -> Option<G>) -> Result<G, GaveUp> {
    let deadline = patience.deadline();
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if let Some(guard) = try_for(left.map_or(SLICE, |left| left.min(SLICE))) {
            return taken(guard, lock, patience);
        }
        if probe::is_stopped() {
            return Err(GaveUp::Stopped);
        }
        if left.is_some_and(|left| left <= SLICE) {
            probe::with(|recorder| {
                tell_acquire(recorder, lock, patience, Outcome::TimedOut);
                recorder.tell(EventKind::State(ThreadState::Ready));
            });
            return Err(GaveUp::TimedOut);
        }
    }
}

/// The lock is there; a thread whose run was stopped meanwhile does not want it any more.
fn taken<G>(guard: G, lock: Use<'_>, patience: Patience) -> Result<G, GaveUp> {
    if probe::is_stopped() {
        return Err(GaveUp::Stopped);
    }
    probe::with(|recorder| tell_acquire(recorder, lock, patience, Outcome::Done));
    Ok(guard)
}

/// Takes the lock of a condition again after a wait; `notified` says how that ended.
pub(super) fn take_again<G>(
    tag: &Tag,
    condition: ObjectId,
    notified: bool,
    try_for: impl Fn(Duration) -> Option<G>,
) -> Result<G, GaveUp> {
    let outcome = if notified { Outcome::Done } else { Outcome::TimedOut };
    let mut told = false;
    loop {
        let slice = if told { SLICE } else { Duration::ZERO };
        let guard = try_for(slice);
        if probe::is_stopped() {
            return Err(GaveUp::Stopped);
        }
        if let Some(guard) = guard {
            probe::tell(|_| EventKind::Did { action: Action::Reacquire { object: condition }, outcome });
            return Ok(guard);
        }
        if !told {
            probe::tell(|recorder| EventKind::State(ThreadState::Blocked { on: id(tag, recorder) }));
            told = true;
        }
    }
}

/// The number of a lock on the tape.
#[inline]
pub(super) fn id(tag: &Tag, recorder: &mut Recorder) -> ObjectId {
    tag.of(recorder, free)
}

#[inline]
fn tell_acquire(recorder: &mut Recorder, lock: Use<'_>, patience: Patience, outcome: Outcome) {
    let object = id(lock.tag, recorder);
    let deal = if lock.shared { Deal::TakenShared } else { Deal::Taken };
    if patience == Patience::Forever && outcome == Outcome::Done && recorder.tell_briefly(object, deal) {
        return;
    }
    recorder.tell_use(lock.shared, EventKind::Did { action: acquire(object, patience), outcome });
}

fn acquire(object: ObjectId, patience: Patience) -> Action {
    Action::Acquire { object, blocking: patience.blocking(), timeout: patience.timeout() }
}

/// A lock that is held. It goes, and tells so, before the guard of `parking_lot` beside it does.
#[derive(Debug)]
pub(super) struct Held<'a> {
    tag: &'a Tag,
}

impl<'a> Held<'a> {
    pub(super) const fn new(tag: &'a Tag) -> Held<'a> {
        Held { tag }
    }

    /// The lock is given back in another way, which is told otherwise.
    pub(super) fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Held<'_> {
    #[inline]
    fn drop(&mut self) {
        if probe::is_recorded() {
            release(self.tag);
        }
    }
}

#[inline]
fn release(tag: &Tag) {
    let told = probe::unless_gated_here(|recorder| tell_release(recorder, tag));
    if told.is_none() {
        release_slowly(tag);
    }
}

/// A thread does not leave from here, where a lock is about to be given back; it does at its next operation.
#[cold]
fn release_slowly(tag: &Tag) {
    if probe::pass().is_ok() {
        probe::with(|recorder| tell_release(recorder, tag));
    }
}

fn tell_release(recorder: &mut Recorder, tag: &Tag) {
    let object = id(tag, recorder);
    if recorder.tell_briefly(object, Deal::GivenBack) {
        return;
    }
    recorder.tell(EventKind::Did { action: Action::Release { object, count: 1 }, outcome: Outcome::Done });
}
