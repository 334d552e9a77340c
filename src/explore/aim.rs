//! What somebody wants to bring about, and whether a state is that.

use super::blame::blame_at_end;
use super::bug::BugKind;
use super::outcome::{Ending, Outcome};
use super::witness::Stage;
use crate::event::Schedule;
use crate::kernel::sim::{Status, World};
use std::collections::{BTreeMap, HashSet};

/// What somebody wants to bring about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Something of this kind goes wrong.
    Bug(BugKind),
    /// Anything goes wrong.
    Failure,
    /// The program ends in this way, and these variables of the module have these values then, as their `repr` without
    /// addresses.
    End { close: Close, values: BTreeMap<String, String> },
}

/// In which way a program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Close {
    /// Nothing went wrong.
    Well,
    /// A thread was ended by an exception.
    Crash,
    /// Nobody can go on.
    Deadlock,
}

impl Close {
    /// How an outcome came about; `None` when a limit was reached.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Option<Close> {
        match outcome.ending {
            Ending::Finished if outcome.failed.is_empty() => Some(Close::Well),
            Ending::Finished => Some(Close::Crash),
            Ending::Deadlock => Some(Close::Deadlock),
            Ending::CutOff(_) => None,
        }
    }
}

/// An aim as a search knows it.
#[derive(Debug)]
pub struct Target {
    pub(super) aim: Aim,
    pub(super) stage: Stage,
    /// States that are not the end of a run and fulfil the aim all the same: their digests.
    pub(super) states: HashSet<u128>,
}

impl Target {
    /// Whether an end of a run is what is wanted. The schedule to it is only asked for when it is needed.
    pub(super) fn is_end(&self, world: &World, schedule: impl FnOnce() -> Schedule) -> bool {
        if !matches!(world.status(), Status::Ended(_) | Status::Running) {
            return false;
        }
        let outcome = Outcome::of(world);
        let failed = !outcome.failed.is_empty();
        let halted = outcome.ending == Ending::Deadlock;
        match &self.aim {
            Aim::Failure => failed || halted,
            Aim::End { close, values } => {
                let as_wanted = |(name, value)| outcome.globals.get(name) == Some(value);
                Close::of(&outcome) == Some(*close) && values.iter().all(as_wanted)
            }
            Aim::Bug(kind) => {
                let possible = match kind {
                    BugKind::Deadlock | BugKind::Stuck => halted,
                    BugKind::Assertion | BugKind::Crash => failed,
                    BugKind::Livelock => false,
                };
                possible && self.goes_wrong(*kind, &outcome.ending, &schedule())
            }
        }
    }

    fn goes_wrong(&self, kind: BugKind, ending: &Ending, schedule: &Schedule) -> bool {
        blame_at_end(&self.stage.story(schedule), ending).iter().any(|blame| blame.kind == kind)
    }
}
