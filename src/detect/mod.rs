//! Findings: what went wrong, each detector a fold over events.
//!
//! [`Detectors`] is fed every event of a tape in order and hands out a [`Finding`] at the very event that proves it. It
//! works alike on a run that goes on, on a finished one and on a file. Findings are data; the sentences are made by
//! whoever shows them.
//!
//! To add a detector: a file with a `Clone` struct that implements [`Detector`], a [`FindingKind`], a field in
//! [`Detectors`] and a line in its `fold`. Who holds what and who waits for what is in [`Facts`] already.

mod busy;
mod clock;
mod crash;
mod deadlock;
mod facts;
mod finding;
mod guard;
mod hands;
mod interest;
mod limit;
mod lives;
mod lock_order;
mod lost;
mod lost_wakeup;
mod memory;
mod misuse;
mod order;
mod race;
mod starvation;
mod stuck;

pub use facts::{Facts, Holding, ObjectFacts, ThreadFacts};
pub use finding::{Deed, Finding, FindingKind, Link, Misuse, Want};
pub use interest::{Interest, Marks};

use crate::event::{Event, EventKind};

/// One kind of finding, looked for along a tape.
pub trait Detector {
    /// Takes the next event. `facts` already contain it. What it proves is pushed to `found`.
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>);
}

/// All detectors, and the facts they share.
#[derive(Clone, Debug, Default)]
pub struct Detectors {
    facts: Facts,
    deadlock: deadlock::Deadlocks,
    stuck: stuck::Stuck,
    crash: crash::Crashes,
    limit: limit::Limits,
    order: order::Order,
    memory: memory::Memory,
    lock_order: lock_order::LockOrders,
    misuse: misuse::Misuses,
    hands: hands::Hands,
    lost_wakeup: lost_wakeup::LostWakeups,
    busy: busy::BusyWaits,
    starvation: starvation::Starvation,
}

impl Detectors {
    /// Takes the next event of the tape and adds what it proves.
    pub fn fold(&mut self, event: &Event, found: &mut Vec<Finding>) {
        self.misuse.fold(event, &self.facts, found);
        self.facts.fold(event);
        self.deadlock.fold(event, &self.facts, found);
        self.stuck.fold(event, &self.facts, found);
        self.crash.fold(event, &self.facts, found);
        self.limit.fold(event, &self.facts, found);
        self.order.fold(event, &self.facts);
        self.memory.fold(event, &self.facts, &self.order, found);
        self.lock_order.fold(event, &self.facts, found);
        if !self.is_of_the_gil(event) {
            self.hands.fold(event);
            self.lost_wakeup.fold(event, &self.facts, &self.hands, found);
            self.busy.fold(event, &self.facts, &self.hands, found);
        }
        self.starvation.fold(event, &self.facts, found);
    }

    /// What is done with the lock of the interpreter itself, between two operations of the program.
    fn is_of_the_gil(&self, event: &Event) -> bool {
        let EventKind::Did { action, .. } = &event.kind else { return false };
        action.object().is_some_and(|object| self.facts.is_gil(object))
    }

    /// Who holds what and who waits for what, as far as the events went.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// About how many bytes a copy takes, beside the facts.
    #[must_use]
    pub fn weight(&self) -> usize {
        let memory = self.order.weight() + self.memory.weight() + self.hands.weight();
        let waits = self.lost_wakeup.weight() + self.busy.weight() + self.starvation.weight();
        memory + waits + self.lock_order.weight() + self.misuse.weight()
    }

    /// The findings of a whole tape.
    #[must_use]
    pub fn run<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<Finding> {
        let mut detectors = Detectors::default();
        let mut found = Vec::new();
        for event in events {
            detectors.fold(event, &mut found);
        }
        found
    }
}

#[cfg(test)]
mod tape;
