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

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, Tape};
    use super::super::{Finding, FindingKind};
    use crate::ids::ThreadId;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn lost(tape: &Tape) -> Vec<Finding> {
        let mut found = tape.findings();
        found.retain(|finding| matches!(finding.kind, FindingKind::LostUpdate { .. }));
        found
    }

    /// A reads 0 on line 5 and stores 1 on `line`; in between B stores `other`.
    fn between(other: i64, line: u32) -> Tape {
        let mut tape = Tape::with_threads(2);
        tape.reads(A, 0, 5);
        tape.stores(B, other, 9);
        tape.stores(A, 1, line);
        tape
    }

    #[test]
    fn what_was_stored_between_read_and_store_is_lost() {
        let found = lost(&between(7, 6));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::LostUpdate { key: None, lost: 7.into(), read: 5 });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[A, B][..], &[6, 9][..]));
        assert_eq!(found[0].proof.len(), 3);
    }

    #[test]
    fn nothing_is_lost_when_all_is_as_it_was_or_the_store_stands_before_the_read() {
        assert!(lost(&between(0, 6)).is_empty());
        assert!(lost(&between(7, 4)).is_empty());
    }

    #[test]
    fn who_has_looked_again_loses_nothing() {
        let mut tape = Tape::with_threads(2);
        tape.reads(A, 0, 5);
        tape.stores(B, 7, 9);
        tape.reads(A, 7, 6);
        tape.stores(A, 8, 6);
        assert!(lost(&tape).is_empty());
    }

    #[test]
    fn locks_that_do_not_span_both_are_no_help() {
        let mut tape = Tape::with_threads(2);
        for (thread, stores, line) in [(A, None, 4), (B, Some(7), 9), (A, Some(1), 6)] {
            tape.acquires(thread, LOCK_A, line);
            match stores {
                None => tape.reads(thread, 0, line),
                Some(value) => tape.stores(thread, value, line),
            }
            tape.releases(thread, LOCK_A, line, &[]);
        }
        assert_eq!(lost(&tape).len(), 1);
    }
}
