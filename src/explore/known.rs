//! What searches of one program find out about its steps.

use super::make::Vague;
use super::memo::Memo;
use super::merge;
use super::parts::{Parts, Taken};
use super::reduce::{Learned, Step};
use super::search::Search;
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
    /// Threads of this program cannot be merged.
    apart: bool,
}

impl Known {
    /// Learns from a step that was made.
    pub(super) fn learn(&mut self, thread: ThreadId, before: (&World, &Taken), after: (&World, &Taken)) {
        let Known { parts, learned, precision, .. } = self;
        learned.learn(&Step { thread, before, after, precision: *precision }, parts);
    }

    /// What is known was too vague: states have to be told apart more precisely.
    pub(super) fn begin_again(&mut self, vague: Vague) {
        let (precision, apart) = match vague {
            Vague::Precision(precision) => (precision, self.apart),
            Vague::Apart => (self.precision, true),
        };
        *self = Known { precision, apart, ..Known::default() };
    }

    /// A search begins. Whether threads are merged, and what is printed, is part of what parts are.
    pub(super) fn prepare(&mut self, search: &Search) {
        let precision = Precision { output: self.precision.output | search.output, ..self.precision };
        let Precision { addresses, clock, .. } = precision;
        let merges = merge::is_possible(search) && !self.apart && !addresses && !clock;
        if merges != self.parts.merges || precision != self.precision {
            *self = Known { precision, apart: self.apart, ..Known::default() };
            self.parts.merges = merges;
        }
    }
}
