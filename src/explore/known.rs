//! What searches of one program find out about its steps.

use super::memo::Memo;
use super::parts::Parts;
use crate::vm::canon::Precision;

/// The parts of states, and the steps that were made: what searches of the same program under the same rules need not
/// find out again.
#[derive(Debug, Default)]
pub struct Known {
    pub(super) precision: Precision,
    pub(super) parts: Parts,
    pub(super) memo: Memo,
}

impl Known {
    /// What is known is too vague: states have to be told apart more precisely.
    pub(super) fn begin_again(&mut self, precision: Precision) {
        *self = Known { precision, ..Known::default() };
    }
}
