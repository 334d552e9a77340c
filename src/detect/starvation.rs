//! Starvation: a thread wants a lock, or a place of a semaphore, and others get it all the time.
//!
//! A thread waits from the moment at which it is blocked until it has what it wants, also while that is free and somebody
//! else is quicker. Whoever releases a lock in Python gives it to nobody in particular, so a thread may be passed over,
//! and again, without end. If those who wait came in turn, each would have it once before this one has it; a thread is
//! said to starve when the others had it [`PASSED`] times as often.

use super::{Deed, Detector, Facts, Finding, FindingKind};
use crate::event::{Effect, Event, EventKind, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// So many times as often as in turn. If chance alone picks among `n` threads, one is passed over `100 n` times in a row
/// with probability `(1 - 1/n)^(100 n)`, which is less than `e^-100`: it is no chance. And no program that takes a lock
/// less than a hundred times is suspected.
const PASSED: u64 = 100;

/// So many starving threads, each on another line, are told.
const FOUND_MAX: usize = 64;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Starvation {
    rivalries: FxHashMap<ObjectId, Rivalry>,
    waiting: FxHashMap<ThreadId, Wait>,
    told: FxHashSet<u32>,
}

/// What a thread waits for, and since when.
#[derive(Clone, Copy, Debug)]
struct Wait {
    on: ObjectId,
    /// How often it had been taken then.
    begun: u64,
    deed: Deed,
}

/// A lock for which threads wait.
#[derive(Clone, Debug, Default)]
struct Rivalry {
    /// How often it was taken since somebody began to wait.
    taken: u64,
    /// Who began to wait, when it had been taken how often: the longest waiter first. Those who have it meanwhile are
    /// struck out later.
    queue: VecDeque<(ThreadId, u64)>,
    /// How many of them still wait.
    live: usize,
}

impl Detector for Starvation {
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::State(ThreadState::Blocked { on }) if !facts.is_gil(*on) => {
                self.block(event, facts.lock_of(*on));
            }
            EventKind::State(state) if state.is_over() => self.leave(event.thread),
            EventKind::Did { action, outcome } if !self.waiting.is_empty() => {
                if action.object().is_some_and(|object| facts.is_gil(object)) {
                    return;
                }
                self.leave(event.thread);
                if let Effect::Takes(object) | Effect::Resumes(object) = Effect::of(action, outcome)
                    && is_first(event, facts)
                {
                    self.take(event, facts.lock_of(object), found);
                }
            }
            _ => {}
        }
    }
}

/// False when a thread takes once more what it has already.
fn is_first(event: &Event, facts: &Facts) -> bool {
    let EventKind::Did { action, .. } = &event.kind else { return false };
    let Some(lock) = action.object().map(|object| facts.lock_of(object)) else { return false };
    let holds = facts.thread(event.thread).map_or(&[][..], |thread| &thread.holds);
    holds.iter().rev().find(|holding| holding.lock == lock).is_none_or(|holding| holding.seq == event.seq)
}

impl Starvation {
    /// The thread has to wait. Perhaps it does already, and somebody else was quicker.
    fn block(&mut self, event: &Event, on: ObjectId) {
        match self.waiting.get(&event.thread) {
            Some(wait) if wait.on == on => return,
            Some(_) => self.leave(event.thread),
            None => {}
        }
        let rivalry = self.rivalries.entry(on).or_default();
        rivalry.live += 1;
        rivalry.queue.push_back((event.thread, rivalry.taken));
        self.waiting.insert(event.thread, Wait { on, begun: rivalry.taken, deed: Deed::of(event) });
    }

    /// The thread waits no longer.
    fn leave(&mut self, thread: ThreadId) {
        let Some(wait) = self.waiting.remove(&thread) else { return };
        let Some(rivalry) = self.rivalries.get_mut(&wait.on) else { return };
        rivalry.live = rivalry.live.saturating_sub(1);
        if rivalry.live == 0 {
            self.rivalries.remove(&wait.on);
        } else if rivalry.queue.len() > 2 * rivalry.live + 16 {
            let waiting = &self.waiting;
            rivalry.queue.retain(|entry| still_waits(waiting, wait.on, *entry));
        }
    }

    /// Somebody took it.
    fn take(&mut self, event: &Event, object: ObjectId, found: &mut Vec<Finding>) {
        let Some(rivalry) = self.rivalries.get_mut(&object) else { return };
        rivalry.taken += 1;
        while let Some(entry) = rivalry.queue.front() {
            if still_waits(&self.waiting, object, *entry) {
                break;
            }
            rivalry.queue.pop_front();
        }
        let Some((thread, begun)) = rivalry.queue.front().copied() else { return };
        let times = rivalry.taken - begun;
        if times < PASSED.saturating_mul(rivalry.live as u64) {
            return;
        }
        // It is told of once; the next one in the queue may be so badly off, too.
        rivalry.queue.pop_front();
        let Some(wait) = self.waiting.get(&thread) else { return };
        if self.told.len() < FOUND_MAX && self.told.insert(wait.deed.line) {
            let proof = vec![wait.deed, Deed::of(event)];
            found.push(Finding::of_deeds(FindingKind::Starvation { times }, event, vec![object], proof));
        }
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        let queues: usize = self.rivalries.values().map(|rivalry| 64 + 16 * rivalry.queue.len()).sum();
        queues + 64 * self.waiting.len()
    }
}

fn still_waits(waiting: &FxHashMap<ThreadId, Wait>, on: ObjectId, (thread, begun): (ThreadId, u64)) -> bool {
    waiting.get(&thread).is_some_and(|wait| wait.on == on && wait.begun == begun)
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, RLOCK, Tape};
    use super::super::{Finding, FindingKind};
    use super::PASSED;
    use crate::event::ThreadState;
    use crate::ids::{ObjectId, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn starving(tape: &Tape) -> Vec<Finding> {
        tape.findings().into_iter().filter(|found| matches!(found.kind, FindingKind::Starvation { .. })).collect()
    }

    /// `A` has the lock, `waiters` want it, and `A` takes it so many times more.
    fn greedy(lock: ObjectId, waiters: u32, times: u64) -> Tape {
        let mut tape = Tape::with_threads(1 + waiters);
        tape.acquires(A, lock, 3);
        (2..2 + waiters).for_each(|waiter| tape.blocks(ThreadId(waiter), lock, 9, false));
        for _ in 0..times {
            tape.releases(A, lock, 4, &[B]);
            tape.acquires(A, lock, 3);
            tape.state(B, ThreadState::Blocked { on: lock }, 9);
        }
        tape
    }

    #[test]
    fn who_is_passed_over_again_and_again_starves() {
        assert!(starving(&greedy(LOCK_A, 1, PASSED - 1)).is_empty());
        let found = starving(&greedy(LOCK_A, 1, PASSED + 50));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::Starvation { times: PASSED });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[B, A][..], &[9, 3][..]));
    }

    #[test]
    fn where_many_wait_each_waits_longer() {
        assert!(starving(&greedy(LOCK_A, 5, PASSED * 5 - 1)).is_empty());
        assert_eq!(starving(&greedy(LOCK_A, 5, PASSED * 5)).len(), 1, "the line is told once");
    }

    #[test]
    fn who_has_its_turn_now_and_then_does_not_starve() {
        let mut tape = Tape::with_threads(2);
        for _ in 0..PASSED * 2 {
            tape.acquires(A, LOCK_A, 3);
            tape.blocks(B, LOCK_A, 9, false);
            tape.releases(A, LOCK_A, 4, &[B]);
            tape.acquires(B, LOCK_A, 9);
            tape.releases(B, LOCK_A, 10, &[]);
        }
        assert!(starving(&tape).is_empty());
    }

    #[test]
    fn who_takes_once_more_what_it_has_passes_nobody_over() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, RLOCK, 3);
        tape.blocks(B, RLOCK, 9, false);
        for _ in 0..PASSED * 2 {
            tape.acquires(A, RLOCK, 4);
            tape.releases(A, RLOCK, 5, &[]);
        }
        assert!(starving(&tape).is_empty());
    }

    #[test]
    fn queues_stay_short_while_somebody_starves() {
        let mut tape = greedy(LOCK_A, 1, 0);
        let mut starvation = super::Starvation::default();
        for round in 0..200_u32 {
            let other = ThreadId(100 + round % 3);
            tape.blocks(other, LOCK_A, 20, false);
            tape.acquires(other, LOCK_A, 20);
        }
        let facts = tape.facts();
        for event in tape.events() {
            super::Detector::fold(&mut starvation, event, &facts, &mut Vec::new());
        }
        assert!(starvation.rivalries.values().all(|rivalry| rivalry.queue.len() < 40));
    }
}
