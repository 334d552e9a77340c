//! What somebody wants to bring about, and whether a state is that.

use super::blame::{blame_at_end, crashes};
use super::bug::BugKind;
use super::outcome::{Ending, Outcome};
use super::witness::Stage;
use crate::event::{Schedule, ThreadState};
use crate::kernel::sim::{Status, World};
use std::collections::{BTreeMap, HashSet};

/// What somebody wants to bring about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Something of this kind goes wrong. That a thread dies is reached by the step by which it does; everything else, when
    /// nothing can save the run any more.
    Bug(BugKind),
    /// Anything goes wrong.
    Failure,
    /// The program ends in this way, and these variables of the module have these values then, as their `repr` without
    /// addresses.
    End { close: Close, values: BTreeMap<String, String> },
}

impl Aim {
    /// It is reached as soon as some thread dies of an exception.
    pub(super) fn wants_deaths(&self) -> bool {
        self.wants_death(BugKind::Crash) || self.wants_death(BugKind::Assertion)
    }

    /// It is reached by the step by which a thread dies like this. What the program comes to afterwards does not matter.
    pub(super) fn wants_death(&self, kind: BugKind) -> bool {
        match self {
            Aim::Failure => true,
            Aim::Bug(wanted) => *wanted == kind && matches!(kind, BugKind::Assertion | BugKind::Crash),
            Aim::End { .. } => false,
        }
    }

    /// After how many of these choices, which lead to that world, somebody has died as it is wanted.
    pub(super) fn died(&self, stage: &Stage, world: &World, schedule: &Schedule) -> Option<u32> {
        let failed = world.threads().any(|thread| thread.state == ThreadState::Failed);
        if !failed || !self.wants_deaths() {
            return None;
        }
        let story = stage.story(schedule);
        let first = crashes(&story.findings).find(|blame| self.wants_death(blame.kind));
        first.map(|blame| blame.finding.step.0)
    }
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
            Aim::Bug(kind @ (BugKind::Deadlock | BugKind::Stuck)) => {
                halted && self.goes_wrong(*kind, &outcome.ending, &schedule())
            }
            // What has no end, or was reached before.
            Aim::Bug(BugKind::Assertion | BugKind::Crash | BugKind::Livelock) => false,
        }
    }

    fn goes_wrong(&self, kind: BugKind, ending: &Ending, schedule: &Schedule) -> bool {
        blame_at_end(&self.stage.story(schedule), ending).iter().any(|blame| blame.kind == kind)
    }
}
