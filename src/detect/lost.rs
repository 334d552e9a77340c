//! Lost update: a thread reads a location, another one stores something there, and the first one stores what it made of
//! the old value. What the other did is gone.
//!
//! ```text
//! A                     B
//! reads n: 0
//!                       n = 1
//! n = 1                              B's 1 is overwritten by somebody who never saw it
//! ```
//!
//! No lock is asked for: a lock that is released between the read and the store does not help. Whether the new value was
//! made of the old one cannot be seen in events. It is taken to be so when the store follows the read: not on an earlier
//! line (as when a loop comes round to its first statement), after at most one store elsewhere, and without waiting for
//! anybody in between, for who was told to go on may well know what has changed. And something must be lost: the other
//! thread left another value than was read, and not the very flag (`True`, `None`) that is stored now.
//!
//! An object and a pair of lines are reported once.

use super::memory::{Cell, Seen, Stored, Visit};
use super::{Finding, FindingKind};
use crate::event::{Access, Text};
use crate::ids::ObjectId;
use rustc_hash::FxHashSet;

/// So many are reported in a run.
const FOUND_MAX: usize = 100;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct LostUpdates {
    /// The object, the line of the store, and the line of the one that is lost.
    told: FxHashSet<(ObjectId, u32, u32)>,
}

impl LostUpdates {
    /// Looks at a store.
    pub(super) fn look(&mut self, visit: &Visit<'_>, cell: &Cell, found: &mut Vec<Finding>) {
        if visit.access == Access::Read {
            return;
        }
        let (Some(new), Some(stored)) = (visit.value, &cell.stored) else { return };
        let Some(seen) = cell.reads.iter().find(|seen| seen.touch.thread == visit.touch.thread) else { return };
        let Some(lost) = stored.value.as_ref() else { return };
        if seen.stores == cell.stores || !follows(visit, seen) || !is_loss(seen, lost, new, visit) {
            return;
        }
        self.report(visit, (seen, stored, lost), found);
    }

    fn report(&mut self, visit: &Visit<'_>, (seen, stored, lost): (&Seen, &Stored, &Text), found: &mut Vec<Finding>) {
        let lines = (visit.object, visit.touch.line, stored.touch.line);
        if self.told.len() >= FOUND_MAX || !self.told.insert(lines) {
            return;
        }
        found.push(Finding {
            kind: FindingKind::LostUpdate { key: visit.key.cloned(), lost: lost.clone(), read: seen.touch.line },
            threads: vec![visit.touch.thread, stored.touch.thread],
            objects: vec![visit.object],
            lines: vec![visit.touch.line, stored.touch.line],
            seq: visit.event.seq,
            step: visit.event.step,
            evidence: Vec::new(),
            proof: vec![seen.touch.deed(), stored.touch.deed(), visit.touch.deed()],
        });
    }
}

/// True when the store may well be made of what was read.
fn follows(visit: &Visit<'_>, seen: &Seen) -> bool {
    let elsewhere = visit.own_stores.wrapping_sub(seen.own_stores).saturating_sub(1);
    let waited = visit.order.waits(visit.touch.thread) != seen.waits;
    visit.touch.line >= seen.touch.line && elsewhere <= 1 && !waited
}

/// True when something is gone that was there.
fn is_loss(seen: &Seen, lost: &Text, new: &Text, visit: &Visit<'_>) -> bool {
    let Some(old) = &seen.value else { return false };
    let is_flag = |text: &Text| matches!(text, Text::Str(text) if matches!(&***text, "True" | "False" | "None"));
    // Who stores what it has read on an earlier line has made nothing of it.
    let is_made = old != new || seen.touch.line == visit.touch.line;
    old != lost && is_made && !(lost == new && is_flag(lost))
}
