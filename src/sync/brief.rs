//! The records that are written most: a lock was taken at once, a lock was given back.
//!
//! They go into a ring of their own, a third as wide. Two of them fit into a line of the cache, and what the recording
//! of a contended lock costs is mostly such lines on their way from the processor that writes to the one that reads.
//! The collector puts them among the others by their tickets and makes whole records of them.

use super::record::{Place, Record};
use crate::event::{Action, EventKind, Outcome};
use crate::ids::{Nanos, ObjectId, ThreadId};
use std::panic::Location;

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    pub(super) ticket: u64,
    /// As in a record, when it is on its way.
    pub(super) at: Nanos,
    pub(super) call: &'static Location<'static>,
    pub(super) lock: ObjectId,
    pub(super) deal: Deal,
}

/// What became of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deal {
    /// The thread took it, and would have waited for ever.
    Taken,
    /// The same, to read only.
    TakenShared,
    GivenBack,
}

impl Brief {
    /// The whole record; the ring belongs to this thread.
    pub(super) fn in_full(self, thread: ThreadId) -> Record {
        let object = self.lock;
        let action = match self.deal {
            Deal::Taken | Deal::TakenShared => Action::Acquire { object, blocking: true, timeout: None },
            Deal::GivenBack => Action::Release { object, count: 1 },
        };
        Record {
            ticket: self.ticket,
            at: self.at,
            thread,
            place: Place::Call(self.call),
            shared: self.deal == Deal::TakenShared,
            kind: EventKind::Did { action, outcome: Outcome::Done },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_them_fit_into_a_line_of_the_cache() {
        assert!(size_of::<Brief>() <= 32, "{}", size_of::<Brief>());
    }
}
