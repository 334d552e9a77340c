//! What searches of one program find out about its steps.

use super::memo::Memo;
use super::parts::{Parts, Taken};
use super::reduce::{Learned, Step};
use crate::ids::ThreadId;
use crate::kernel::sim::World;
use crate::vm::canon::Precision;

/// The parts of states, and the steps that were made: what searches of the same program under the same rules need not
/// find out again.
#[derive(Debug, Default)]
pub struct Known {
    pub(super) precision: Precision,
    pub(super) parts: Parts,
    pub(super) memo: Memo,
    pub(super) learned: Learned,
}

impl Known {
    /// Learns from a step that was made.
    pub(super) fn learn(&mut self, thread: ThreadId, before: (&World, &Taken), after: (&World, &Taken)) {
        let Known { parts, learned, precision, .. } = self;
        learned.learn(&Step { thread, before, after, precision: *precision }, parts);
    }

    /// What is known is too vague: states have to be told apart more precisely.
    pub(super) fn begin_again(&mut self, precision: Precision) {
        *self = Known { precision, ..Known::default() };
    }
}
