//! What goes wrong, and the shortest way there.

use crate::detect::Finding;
use crate::event::Schedule;
use serde::{Deserialize, Serialize};

/// A way to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BugKind {
    /// Threads wait for each other in a circle.
    Deadlock,
    /// Threads wait for something nobody will ever do.
    Stuck,
    /// Threads run for ever and cannot end.
    Livelock,
    /// An `assert` fails.
    Assertion,
    /// An uncaught exception.
    Crash,
}

impl BugKind {
    /// As it is written in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            BugKind::Deadlock => "deadlock",
            BugKind::Stuck => "stuck",
            BugKind::Livelock => "livelock",
            BugKind::Assertion => "assertion",
            BugKind::Crash => "crash",
        }
    }
}

/// A way through a program, validated: the ordinary simulator made every step of it and came to the same end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    pub schedule: Schedule,
    pub steps: u32,
    /// How often another thread than the one before made a step.
    pub switches: u32,
    /// There is no way with fewer switches, nor one with as many switches and fewer steps. False when the budget was
    /// used up before that was known.
    pub shortest: bool,
}

/// Something that goes wrong in some order of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bug {
    pub kind: BugKind,
    pub witness: Witness,
    /// What the detectors prove at the end of the witness; `None` for a livelock, which no single run can prove.
    pub finding: Option<Finding>,
    /// The number of the step after which nothing good can be reached any more, 0 when that is so from the beginning;
    /// `None` when the budget was used up before that was known.
    pub no_return_step: Option<u32>,
}
