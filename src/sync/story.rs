//! The records of a Rust program as a tape: each record becomes an event, with its number and step, and what the records
//! leave unsaid is filled in.
//!
//! **Who can go on.** Nobody knows who waits inside one of `parking_lot`'s locks: who gives it back does not say whom that
//! lets go on, and who begins to wait may say so when the lock is free again. But who has which lock at every place of the
//! tape is certain, since the ticket of an acquire is drawn after it and the one of a release before it. So the states of
//! those who want a lock are told here, as the simulator tells them:
//!
//! | recorded | told |
//! |---|---|
//! | A acquired | the same |
//! | B pending, B blocked | the same |
//! | A released | the same, and B ready |
//! | C acquired (it was faster) | the same, and B blocked |
//! | C released | the same, and B ready |
//! | B acquired | the same |
//!
//! **A deadlock of the whole program**: threads live, all of them wait without a time-out, and nobody can go on. It is
//! told once; the threads go on hanging. (Circles of some of the threads are found by `detect` before.) A thread that
//! is not recorded is not counted.

use super::record::Record;
use crate::event::{Action, Effect, End, Event, EventKind, ObjectState, Outcome, Sink, ThreadState};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use rustc_hash::FxHashMap;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Story {
    seq: Seq,
    step: Step,
    at: Nanos,
    threads: Vec<Seen>,
    locks: FxHashMap<ObjectId, Lock>,
    /// The locks of the conditions.
    conditions: FxHashMap<ObjectId, ObjectId>,
    last: ThreadId,
    ended: Option<End>,
}

/// A thread, as far as it was told of.
#[derive(Clone, Copy, Debug)]
struct Seen {
    state: ThreadState,
    line: u32,
    /// What it waits for ends by itself.
    timed: bool,
    /// How often it had a lock that it gave back to wait to be notified.
    parked: usize,
}

/// One of `parking_lot`'s locks.
#[derive(Debug, Default)]
struct Lock {
    /// Who has it, once for each time.
    holders: Vec<Holder>,
    /// Who waits for it, in order of thread.
    wanting: Vec<Holder>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Holder {
    thread: ThreadId,
    /// To read only, beside others who do.
    shared: bool,
}

impl Story {
    /// Tells of the next record.
    pub(super) fn take<S: Sink>(&mut self, record: Record, sink: &mut S) {
        self.at = self.at.max(record.at);
        let who = Holder { thread: record.thread, shared: record.shared };
        let line = self.line(record.thread, record.place.line());
        match &record.kind {
            EventKind::Thread(_) => drop(self.seen(record.thread)),
            EventKind::Object(info) => match info.state {
                ObjectState::Condition { lock } => drop(self.conditions.insert(info.id, lock)),
                _ if info.kind.is_lock() => drop(self.locks.insert(info.id, Lock::default())),
                _ => {}
            },
            // Only being notified has a time-out.
            EventKind::Pending(Action::Reacquire { .. }) => {}
            // It counts from the arrival, and no more when it is over while the action runs.
            EventKind::Pending(Action::BarrierWait { .. }) => self.seen(record.thread).timed = false,
            EventKind::Did { action: Action::BarrierWait { timeout, .. }, outcome: Outcome::Enqueued } => {
                self.seen(record.thread).timed = timeout.is_some();
            }
            EventKind::Pending(action) => self.seen(record.thread).timed = action.timeout().is_some(),
            EventKind::State(ThreadState::Blocked { on }) if self.locks.contains_key(on) => {
                return self.want(*on, who, sink);
            }
            _ => {}
        }
        if let EventKind::Did { action, outcome } = &record.kind {
            self.step.0 = self.step.0.saturating_add(1);
            self.last = record.thread;
            let (effect, gave_up) = (Effect::of(action, outcome), gave_up(action, outcome));
            self.emit(record.thread, line, record.kind, sink);
            if let Some(lock) = gave_up.and_then(|id| self.locks.get_mut(&id)) {
                lock.wanting.retain(|other| other.thread != who.thread);
            }
            self.effect(effect, who, sink);
        } else {
            self.emit(record.thread, line, record.kind, sink);
        }
    }

    /// Tells of the end, if there is one: everybody is over, or nobody can go on. A run that was stopped has none: whoever
    /// has not left yet is about to, even if the others seem to have left it hanging.
    pub(super) fn look_around<S: Sink>(&mut self, all_gone: bool, sink: &mut S) {
        if self.threads.iter().any(|seen| seen.state == ThreadState::Killed) {
            return;
        }
        let mut alive = self.threads.iter().filter(|seen| seen.state.is_alive()).peekable();
        if alive.peek().is_some() {
            if alive.all(Seen::is_stuck) {
                self.end(End::Deadlock, sink);
            }
        } else if all_gone && !self.threads.is_empty() {
            self.end(End::Finished, sink);
        }
    }

    /// Everybody is gone, and records were lost: perhaps the end of those who seem to be alive was among them.
    pub(super) fn bury<S: Sink>(&mut self, sink: &mut S) {
        for index in 0..self.threads.len() {
            let seen = self.threads[index];
            if let (true, Ok(number)) = (seen.state.is_alive(), u32::try_from(index)) {
                self.emit(ThreadId(number), seen.line, EventKind::State(ThreadState::Finished), sink);
            }
        }
    }

    fn end<S: Sink>(&mut self, end: End, sink: &mut S) {
        if self.ended.is_none() {
            self.ended = Some(end.clone());
            let line = self.seen(self.last).line;
            self.emit(self.last, line, EventKind::Ended(end), sink);
        }
    }

    // ---- locks ----

    fn want<S: Sink>(&mut self, id: ObjectId, who: Holder, sink: &mut S) {
        if let Some(lock) = self.locks.get_mut(&id)
            && let Err(place) = lock.wanting.binary_search_by_key(&who.thread, |other| other.thread)
        {
            lock.wanting.insert(place, who);
        }
        let seen = self.seen(who.thread);
        seen.timed &= seen.parked == 0;
        self.review(id, sink);
    }

    fn effect<S: Sink>(&mut self, effect: Effect, who: Holder, sink: &mut S) {
        let (Effect::Takes(id) | Effect::Gives(id, _) | Effect::Parks(id) | Effect::Resumes(id)) = effect else {
            return;
        };
        let id = self.conditions.get(&id).copied().unwrap_or(id);
        let Some(lock) = self.locks.get_mut(&id) else { return };
        match effect {
            Effect::Takes(_) => {
                lock.wanting.retain(|other| other.thread != who.thread);
                lock.holders.push(who);
            }
            Effect::Gives(..) => {
                if let Some(place) = lock.holders.iter().rposition(|holder| holder.thread == who.thread) {
                    lock.holders.remove(place);
                }
            }
            Effect::Parks(_) => {
                let before = lock.holders.len();
                lock.holders.retain(|holder| holder.thread != who.thread);
                let parked = before - lock.holders.len();
                self.seen(who.thread).parked = parked;
            }
            Effect::Resumes(_) => {
                lock.wanting.retain(|other| other.thread != who.thread);
                let seen = self.threads.get_mut(who.thread.index());
                let parked = seen.map_or(1, |seen| std::mem::take(&mut seen.parked).max(1));
                lock.holders.extend(std::iter::repeat_n(who, parked));
            }
            Effect::Nothing => {}
        }
        self.review(id, sink);
    }

    /// Tells of those who want the lock, where what they can do has changed.
    fn review<S: Sink>(&mut self, id: ObjectId, sink: &mut S) {
        let Some(lock) = self.locks.get(&id).filter(|lock| !lock.wanting.is_empty()) else { return };
        let states: Vec<(ThreadId, ThreadState)> = lock
            .wanting
            .iter()
            .map(|who| {
                (who.thread, if lock.admits(*who) { ThreadState::Ready } else { ThreadState::Blocked { on: id } })
            })
            .filter(|(thread, state)| self.threads.get(thread.index()).is_some_and(|seen| seen.state != *state))
            .collect();
        for (thread, state) in states {
            let line = self.seen(thread).line;
            self.emit(thread, line, EventKind::State(state), sink);
        }
    }

    // ---- events ----

    /// The line on which the thread stands; when the record does not say, where it was last seen.
    fn line(&mut self, thread: ThreadId, line: u32) -> u32 {
        let seen = self.seen(thread);
        if line != 0 {
            seen.line = line;
        }
        seen.line
    }

    fn seen(&mut self, thread: ThreadId) -> &mut Seen {
        if self.threads.len() <= thread.index() {
            let unknown = Seen { state: ThreadState::New, line: 0, timed: false, parked: 0 };
            self.threads.resize(thread.index() + 1, unknown);
        }
        &mut self.threads[thread.index()]
    }

    fn emit<S: Sink>(&mut self, thread: ThreadId, line: u32, kind: EventKind, sink: &mut S) {
        if let EventKind::State(state) = kind {
            self.seen(thread).state = state;
        }
        sink.emit(Event { seq: self.seq, step: self.step, at: self.at, thread, line, kind });
        self.seq.0 = self.seq.0.wrapping_add(1);
    }
}

impl Lock {
    /// Whether nobody stands in the way.
    fn admits(&self, who: Holder) -> bool {
        self.holders.iter().all(|holder| holder.shared && who.shared)
    }
}

impl Seen {
    /// Nothing but another thread can let it go on.
    const fn is_stuck(&self) -> bool {
        use ThreadState::{Blocked, Joining, Waiting};
        !self.timed && matches!(self.state, Blocked { .. } | Waiting { .. } | Joining { .. })
    }
}

/// The lock that the thread wanted and does not want any more, without having got it.
fn gave_up(action: &Action, outcome: &Outcome) -> Option<ObjectId> {
    match (action, outcome) {
        (Action::Acquire { object, .. }, Outcome::TimedOut) => Some(*object),
        _ => None,
    }
}
