//! Deadlock: a circle of threads, each waiting for the next one.
//!
//! A thread that is blocked on a lock waits for its holder; a thread that joins another waits for that one. Each thread
//! waits for at most one other, so the wait-for graph is a set of chains, and a circle closes exactly when a thread
//! begins to wait and the chain that starts there leads back to it. It is looked for at that event only, whether or not
//! other threads still run. Waits that end by themselves (with a time-out) are no links of a circle.

use super::{Detector, Facts, Finding, FindingKind, Link};
use crate::event::{Event, EventKind, ThreadState};
use crate::ids::ThreadId;

/// So many links of chains are looked at in a run; after that, only circles of `SMALL` threads and fewer are found. Long
/// chains that are gone along again and again are the work of somebody who wants to keep us busy.
const LINKS_MAX: u64 = 1 << 30;

/// See `LINKS_MAX`.
const SMALL: usize = 32;

/// To tell of a link takes so many times as long as to look at it.
const TOLD: u64 = 64;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Deadlocks {
    /// For each thread: whether it is in a circle that was reported and still stands.
    reported: Vec<bool>,
    /// Links that were looked at.
    links: u64,
}

impl Detector for Deadlocks {
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::State(ThreadState::Blocked { .. } | ThreadState::Joining { .. }) => {}
            EventKind::State(_) => {
                if let Some(reported) = self.reported.get_mut(event.thread.index()) {
                    *reported = false;
                }
                return;
            }
            EventKind::Pending(action) if facts.waits_on(event.thread, action) => {}
            _ => return,
        }
        if self.reported.get(event.thread.index()).copied().unwrap_or(false) || !self.closes(event.thread, facts) {
            return;
        }
        if let Some(circle) = circle_from(event.thread, facts) {
            self.links += TOLD * circle.len() as u64;
            // Threads that began since are not in it yet.
            self.reported.resize(facts.threads().len(), false);
            for link in &circle {
                self.reported[link.thread.index()] = true;
            }
            found.push(Finding::of_waits(FindingKind::Deadlock, (event.seq, event.step), circle));
        }
    }
}

impl Deadlocks {
    /// True when the chain that starts with this thread leads back to it.
    fn closes(&mut self, first: ThreadId, facts: &Facts) -> bool {
        // A chain longer than there are threads runs into a circle that `first` is not part of.
        let most = if self.links < LINKS_MAX { facts.threads().len() } else { SMALL };
        let mut thread = first;
        for _ in 0..most {
            self.links += 1;
            match facts.waits_for(thread) {
                Some((_, Some(next))) if next == first => return true,
                Some((_, Some(next))) => thread = next,
                _ => return false,
            }
        }
        false
    }
}

/// The circle through `first`, beginning with its smallest thread.
fn circle_from(first: ThreadId, facts: &Facts) -> Option<Vec<Link>> {
    let mut circle = vec![facts.wait(first)?];
    for _ in 0..facts.threads().len() {
        let next = circle.last()?.held_by?;
        if next == first {
            let smallest = circle.iter().enumerate().min_by_key(|(_, link)| link.thread)?.0;
            circle.rotate_left(smallest);
            return Some(circle);
        }
        circle.push(facts.wait(next)?);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, LOCK_B, Tape};
    use super::super::{FindingKind, Want};
    use crate::event::{Action, EventKind, Outcome, ThreadState};
    use crate::ids::{Nanos, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    /// Two threads, two locks, opposite order; the main thread goes on.
    fn opposite(timeout: bool) -> Tape {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 7);
        tape.acquires(B, LOCK_B, 14);
        tape.blocks(A, LOCK_B, 8, timeout);
        tape.blocks(B, LOCK_A, 15, timeout);
        tape
    }

    #[test]
    fn opposite_order_is_found_at_the_event_that_closes_the_circle() {
        let tape = opposite(false);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        let finding = &found[0];
        assert_eq!(finding.kind, FindingKind::Deadlock);
        assert_eq!(finding.threads, [A, B]);
        assert_eq!(finding.objects, [LOCK_B, LOCK_A]);
        assert_eq!(finding.lines, [8, 15]);
        assert_eq!(finding.seq, tape.last_seq());
        let sentences: Vec<_> =
            finding.evidence.iter().map(|link| (link.thread, link.wants, link.held_by, link.held_since)).collect();
        assert_eq!(sentences, [(A, Want::Object(LOCK_B), Some(B), 14), (B, Want::Object(LOCK_A), Some(A), 7)]);
    }

    #[test]
    fn a_long_chain_is_not_gone_along_for_ever() {
        const THREADS: u32 = 5000;
        let mut tape = Tape::with_threads(THREADS);
        for thread in (1..THREADS).rev() {
            tape.joins(ThreadId(thread), ThreadId(thread + 1), 3);
        }
        let facts = tape.facts();
        let mut deadlocks = super::Deadlocks { links: super::LINKS_MAX - 1, ..super::Deadlocks::default() };
        assert!(!deadlocks.closes(A, &facts));
        assert_eq!(deadlocks.links, super::LINKS_MAX - 1 + u64::from(THREADS), "the whole of it, once");
        assert!(!deadlocks.closes(A, &facts));
        assert_eq!(deadlocks.links, super::LINKS_MAX - 1 + u64::from(THREADS) + super::SMALL as u64);
    }

    #[test]
    fn a_small_circle_is_found_however_many_links_were_looked_at() {
        let mut tape = Tape::with_threads(2);
        tape.joins(A, B, 3);
        tape.joins(B, A, 4);
        let mut deadlocks = super::Deadlocks { links: super::LINKS_MAX, ..super::Deadlocks::default() };
        assert!(deadlocks.closes(A, &tape.facts()));
    }

    #[test]
    fn a_timeout_breaks_the_circle() {
        assert!(opposite(true).findings().is_empty());
    }

    #[test]
    fn who_waits_again_without_a_time_out_closes_the_circle() {
        let mut tape = Tape::with_threads(1);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(A, LOCK_A, 4, true);
        assert!(tape.findings().is_empty());
        tape.insists(A, LOCK_A, 5);
        assert_eq!(tape.findings().iter().map(|found| &found.kind).collect::<Vec<_>>(), [&FindingKind::Deadlock]);
    }

    #[test]
    fn who_only_tries_after_a_time_out_closes_no_circle() {
        let mut tape = Tape::with_threads(1);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(A, LOCK_A, 4, true);
        let acquire = |blocking, timeout| Action::Acquire { object: LOCK_A, blocking, timeout };
        tape.did(A, 4, acquire(true, Some(Nanos(1))), Outcome::TimedOut);
        tape.push(A, 5, EventKind::Pending(acquire(false, None)));
        tape.state(A, ThreadState::Ready, 5);
        assert!(tape.findings().is_empty());
    }

    #[test]
    fn the_same_order_is_no_circle() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 7);
        tape.blocks(B, LOCK_A, 14, false);
        tape.acquires(A, LOCK_B, 8);
        tape.joins(ThreadId::MAIN, A, 20);
        assert!(tape.findings().is_empty());
    }

    #[test]
    fn a_lock_taken_twice_is_a_circle_of_one() {
        let mut tape = Tape::with_threads(1);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(A, LOCK_A, 4, false);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].threads[..], &found[0].objects[..]), (&[A][..], &[LOCK_A][..]));
        assert_eq!(found[0].evidence[0].held_since, 3);
    }

    #[test]
    fn a_join_can_close_the_circle_and_a_waiter_beside_it_is_not_part_of_it() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(ThreadId::MAIN, LOCK_A, 20);
        tape.blocks(A, LOCK_A, 5, false);
        tape.blocks(B, LOCK_A, 5, false);
        tape.joins(ThreadId::MAIN, A, 21);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].threads, [ThreadId::MAIN, A]);
        assert_eq!(found[0].evidence[0].wants, Want::End(A));
        assert_eq!(found[0].evidence[1].held_since, 20);
    }
}
