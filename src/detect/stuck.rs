//! Stuck: waiting for something that nobody will do.
//!
//! Two proofs. When the run has ended because nobody can run, every wait that leads to no other living thread is
//! hopeless: a condition nobody notifies, an empty queue, a lock whose holder is gone. And as soon as the owner of a
//! reentrant lock has ended, nobody can release it any more (a plain lock could be released by anybody).
//! Threads that wait, directly or not, for a stuck thread or for a circle are not named again.

use super::{Detector, Facts, Finding, FindingKind, Link, ThreadFacts, Want};
use crate::event::{End, Event, EventKind, ObjectKind, ThreadState};
use crate::ids::ThreadId;
use rustc_hash::FxHashSet;

/// So many threads are looked at in a run because somebody ended with a lock. That happens seldom, except in the work of
/// somebody who wants to keep us busy.
const LOOKS_MAX: u64 = 1 << 30;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Stuck {
    reported: FxHashSet<ThreadId>,
    /// Threads that were looked at because somebody ended with a lock.
    looks: u64,
}

impl Detector for Stuck {
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        let suspects: &[ThreadFacts] = match &event.kind {
            EventKind::Ended(End::Deadlock) => {
                self.report(event, facts.threads().iter().filter_map(|thread| hopeless(thread, facts)), found);
                return;
            }
            EventKind::State(state) if state.is_over() && !holds_nothing(event.thread, facts) => {
                self.looks += facts.threads().len() as u64;
                if self.looks > LOOKS_MAX {
                    return;
                }
                facts.threads()
            }
            EventKind::State(ThreadState::Blocked { .. }) => {
                facts.thread(event.thread).map_or(&[][..], std::slice::from_ref)
            }
            EventKind::Pending(action) if facts.waits_on(event.thread, action) => {
                facts.thread(event.thread).map_or(&[][..], std::slice::from_ref)
            }
            _ => return,
        };
        self.report(event, suspects.iter().filter_map(|thread| orphaned(thread, facts)), found);
    }
}

impl Stuck {
    fn report(&mut self, event: &Event, waits: impl Iterator<Item = Link>, found: &mut Vec<Finding>) {
        let waits: Vec<Link> = waits.filter(|link| !self.reported.contains(&link.thread)).collect();
        if waits.is_empty() {
            return;
        }
        self.reported.extend(waits.iter().map(|link| link.thread));
        found.push(Finding::of_waits(FindingKind::Stuck, (event.seq, event.step), waits));
    }
}

fn holds_nothing(thread: ThreadId, facts: &Facts) -> bool {
    facts.thread(thread).is_none_or(|thread| thread.holds.is_empty())
}

fn is_over(thread: ThreadId, facts: &Facts) -> bool {
    facts.thread(thread).is_none_or(|thread| thread.state.is_over())
}

/// The thread's wait, when it leads to no living thread.
fn hopeless(thread: &ThreadFacts, facts: &Facts) -> Option<Link> {
    let (_, held_by) = facts.waits_for(thread.id)?;
    if held_by.is_none_or(|holder| is_over(holder, facts)) { facts.wait(thread.id) } else { None }
}

/// The thread's wait, when it is for a reentrant lock whose owner has ended.
fn orphaned(thread: &ThreadFacts, facts: &Facts) -> Option<Link> {
    let link = hopeless(thread, facts)?;
    link.held_by?;
    let Want::Object(object) = link.wants else { return None };
    let kind = facts.object(facts.lock_of(object))?.kind;
    (kind == ObjectKind::RLock).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::super::tape::{EVENT, LOCK_A, RLOCK, Tape};
    use super::super::{Detector, Facts, FindingKind};
    use crate::event::{End, ThreadState};
    use crate::ids::ThreadId;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    #[test]
    fn an_event_nobody_sets_is_found_when_nobody_can_run() {
        let mut tape = Tape::with_threads(1);
        tape.waits(A, EVENT, 9);
        tape.joins(ThreadId::MAIN, A, 20);
        assert!(tape.findings().is_empty(), "somebody might still set it");
        tape.ends(End::Deadlock);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::Stuck);
        assert_eq!(
            (&found[0].threads[..], &found[0].objects[..], &found[0].lines[..]),
            (&[A][..], &[EVENT][..], &[9][..])
        );
    }

    #[test]
    fn who_is_held_up_after_too_many_looks_is_found_when_the_run_ends() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, RLOCK, 3);
        tape.blocks(B, RLOCK, 3, false);
        tape.state(A, ThreadState::Finished, 5);
        tape.ends(End::Deadlock);
        let mut stuck = super::Stuck { looks: super::LOOKS_MAX, ..super::Stuck::default() };
        let (mut facts, mut found) = (Facts::default(), Vec::new());
        for event in tape.events() {
            facts.fold(event);
            stuck.fold(event, &facts, &mut found);
        }
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].threads[0], found[0].seq), (B, tape.last_seq()));
    }

    #[test]
    fn a_circle_is_not_reported_twice() {
        let mut tape = Tape::with_threads(1);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(A, LOCK_A, 4, false);
        tape.joins(ThreadId::MAIN, A, 20);
        tape.ends(End::Deadlock);
        let kinds: Vec<_> = tape.findings().into_iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, [FindingKind::Deadlock]);
    }

    #[test]
    fn who_insists_on_the_lock_of_a_dead_owner_is_stuck() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, RLOCK, 3);
        tape.state(A, ThreadState::Finished, 0);
        tape.blocks(B, RLOCK, 3, true);
        assert!(tape.findings().is_empty());
        tape.insists(B, RLOCK, 4);
        assert_eq!(tape.findings().iter().map(|found| &found.kind).collect::<Vec<_>>(), [&FindingKind::Stuck]);
    }

    #[test]
    fn a_reentrant_lock_whose_owner_ended_is_found_at_once() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, RLOCK, 3);
        tape.blocks(B, RLOCK, 3, false);
        assert!(tape.findings().is_empty());
        tape.state(A, ThreadState::Finished, 5);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].threads[0], found[0].evidence[0].held_by), (B, Some(A)));
        // Whoever comes later is stuck too.
        tape.blocks(ThreadId::MAIN, RLOCK, 30, false);
        assert_eq!(tape.findings().len(), 2);
    }

    #[test]
    fn a_plain_lock_whose_owner_ended_could_still_be_released() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(B, LOCK_A, 3, false);
        tape.state(A, ThreadState::Finished, 5);
        assert!(tape.findings().is_empty());
        tape.joins(ThreadId::MAIN, B, 20);
        tape.ends(End::Deadlock);
        assert_eq!(tape.findings()[0].threads, [B]);
    }

    #[test]
    fn an_ordinary_end_leaves_nobody_stuck() {
        let mut tape = Tape::with_threads(1);
        tape.waits(A, EVENT, 9);
        tape.state(A, ThreadState::Killed, 9);
        tape.ends(End::Finished);
        assert!(tape.findings().is_empty());
    }
}
