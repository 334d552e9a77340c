//! Data race: two threads come to the same location, at least one of them to write, and nothing orders the two.
//!
//! Under the GIL a single read or a single store of a variable, an attribute or an element is indivisible, so no value is
//! ever torn in two. What a race means in Python is that the program does not say who comes first: the result is up to
//! the scheduler. That is what is reported, whichever of the two came first this time, and for every variable alike: a
//! flag that somebody looks at in a loop is a race too, though it may do what it should. One call on a container
//! (`append`, `pop`) is left out: that they come in any order is what they are for.
//!
//! Happens-before is in [`order`](super::order). For each location the last store is compared with each access, and what
//! every thread read last with each store, as in FastTrack (C. Flanagan and S. Freund, PLDI 2009, section 3): an access is
//! an epoch, a thread and its interval, and one comparison says whether it happened before. Where FastTrack keeps a full
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
