//! Data race: two threads come to the same location, at least one of them to write, and nothing orders the two.
//!
//! Under the GIL a single read or a single store of a variable, an attribute or an element is indivisible, so no value is
//! ever torn in two. What a race means in Python is that the program does not say who comes first: the result is up to
//! the scheduler. That is what is reported, whichever of the two came first this time, and for every variable alike: a
//! flag that somebody looks at in a loop is a race too, though it may do what it should. One call on a container
//! (`append`, `pop`) is left out: that they come in any order is what they are for.
//!
//! Happens-before is in [`order`](super::order). For each location the last store is compared with each access, and what
//! every thread read last with each store, as in `FastTrack` (C. Flanagan and S. Freund, PLDI 2009, section 3): an access is
//! an epoch, a thread and its interval, and one comparison says whether it happened before. Where `FastTrack` keeps a full
//! vector of reads, a few readers are enough here.
//!
//! A location and a pair of lines are reported once.

use super::memory::{Cell, Touch, Visit};
use super::{Finding, FindingKind};
use crate::event::Access;
use crate::ids::ObjectId;
use rustc_hash::FxHashSet;

/// So many are reported in a run.
const FOUND_MAX: usize = 100;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Races {
    /// The object, and the two lines, the smaller first.
    told: FxHashSet<(ObjectId, u32, u32)>,
}

impl Races {
    /// Compares an access with those before it.
    pub(super) fn look(&mut self, visit: &Visit<'_>, cell: &Cell, found: &mut Vec<Finding>) {
        if self.told.len() >= FOUND_MAX {
            return;
        }
        if let Some(stored) = &cell.stored
            && visit.is_unordered(&stored.touch)
        {
            let loops = visit.access == Access::Read
                && cell
                    .reads
                    .iter()
                    .any(|seen| (seen.touch.thread, seen.touch.line) == (visit.touch.thread, visit.touch.line));
            self.report(visit, (&stored.touch, Access::Write), loops, found);
        }
        if visit.access == Access::Write {
            for seen in cell.reads.iter().filter(|seen| visit.is_unordered(&seen.touch)) {
                self.report(visit, (&seen.touch, Access::Read), seen.again, found);
            }
        }
    }

    fn report(&mut self, visit: &Visit<'_>, (other, first): (&Touch, Access), loops: bool, found: &mut Vec<Finding>) {
        let (one, two) = (other.line.min(visit.touch.line), other.line.max(visit.touch.line));
        if self.told.len() >= FOUND_MAX || !self.told.insert((visit.object, one, two)) {
            return;
        }
        let kind = FindingKind::DataRace { key: visit.key.cloned(), first, second: visit.access, loops };
        let proof = vec![other.deed(), visit.touch.deed()];
        found.push(Finding::of_deeds(kind, visit.event, vec![visit.object], proof));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, LOCK_B, Tape, VARIABLE};
    use super::super::{Finding, FindingKind};
    use crate::event::{Access, Action, GIL, ObjectInfo, ObjectKind, ObjectState, Outcome};
    use crate::event::{EventKind, ThreadState};
    use crate::ids::{ObjectId, ThreadId};
    use std::sync::Arc;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn races(tape: &Tape) -> Vec<Finding> {
        let mut found = tape.findings();
        found.retain(|finding| matches!(finding.kind, FindingKind::DataRace { .. }));
        found
    }

    #[test]
    fn two_stores_that_nothing_orders_are_a_race_proved_by_the_second() {
        let mut tape = Tape::with_threads(2);
        tape.stores(A, 1, 5);
        let first = tape.last_seq();
        tape.stores(B, 2, 9);
        let found = races(&tape);
        assert_eq!(found.len(), 1);
        let kind = FindingKind::DataRace { key: None, first: Access::Write, second: Access::Write, loops: false };
        assert_eq!((&found[0].kind, &found[0].objects[..], found[0].seq), (&kind, &[VARIABLE][..], tape.last_seq()));
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[A, B][..], &[5, 9][..]));
        assert_eq!(found[0].proof.iter().map(|deed| deed.seq).collect::<Vec<_>>(), [first, tape.last_seq()]);
    }

    #[test]
    fn the_same_lock_orders_and_another_one_does_not() {
        for (second, count) in [(LOCK_A, 0), (LOCK_B, 1)] {
            let mut tape = Tape::with_threads(2);
            tape.acquires(A, LOCK_A, 4);
            tape.stores(A, 1, 5);
            tape.releases(A, LOCK_A, 6, &[]);
            tape.acquires(B, second, 8);
            tape.stores(B, 2, 9);
            assert_eq!(races(&tape).len(), count);
        }
    }

    #[test]
    fn what_is_done_after_the_release_is_not_passed_on() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 4);
        tape.releases(A, LOCK_A, 5, &[]);
        tape.stores(A, 1, 6);
        tape.acquires(B, LOCK_A, 8);
        tape.stores(B, 2, 9);
        assert_eq!(races(&tape).len(), 1);
    }

    #[test]
    fn reads_do_not_race_with_each_other() {
        let mut tape = Tape::with_threads(2);
        tape.reads(A, 0, 5);
        tape.reads(B, 0, 9);
        assert!(races(&tape).is_empty());
    }

    #[test]
    fn the_lock_of_the_interpreter_orders_nothing() {
        let mut tape = Tape::with_threads(2);
        let gil = ObjectId(50);
        let state = ObjectState::Lock { owner: None, depth: 0 };
        let info = ObjectInfo { id: gil, kind: ObjectKind::Lock, name: GIL.into(), line: 0, state };
        tape.push(ThreadId::MAIN, 0, EventKind::Object(Arc::new(info)));
        for (thread, line) in [(A, 5), (B, 9)] {
            tape.acquires(thread, gil, line);
            tape.stores(thread, 1, line);
            tape.releases(thread, gil, line, &[]);
        }
        assert_eq!(races(&tape).len(), 1);
    }

    #[test]
    fn who_knows_of_the_end_of_a_thread_knows_all_it_did() {
        for (answer, count) in [("False", 0), ("True", 1)] {
            let mut tape = Tape::with_threads(1);
            tape.stores(A, 1, 5);
            tape.state(A, ThreadState::Finished, 0);
            tape.did(ThreadId::MAIN, 8, Action::IsAlive { thread: A }, Outcome::Value(answer.into()));
            tape.stores(ThreadId::MAIN, 2, 9);
            assert_eq!(races(&tape).len(), count);
        }
    }

    #[test]
    fn not_more_is_reported_than_can_be_read() {
        let mut tape = Tape::with_threads(2);
        for line in 1..1000 {
            tape.stores(A, 1, line);
            tape.stores(B, 2, line);
        }
        assert_eq!(races(&tape).len(), super::FOUND_MAX);
    }
}
