//! The result of an exploration.

use super::bug::{Bug, Witness};
use super::outcome::Outcome;
use crate::event::End;

/// What can be said of all interleavings of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing goes wrong in any of them, and every one was looked at.
    Proved,
    /// Something goes wrong in one of them.
    Bug,
    /// Nothing was found so far, and not everything was looked at.
    NotFinished,
}

impl Verdict {
    /// As it is written in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Proved => "proved",
            Verdict::Bug => "bug",
            Verdict::NotFinished => "not_finished",
        }
    }
}

/// Why a search ended before everything was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// So many states were allowed.
    States,
    /// So many bytes were allowed.
    Memory,
    /// So much time was allowed.
    Time,
    /// Somebody asked for it.
    Cancelled,
}

/// Something that makes a proof impossible, or its witnesses doubtful.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    /// A random draw has more than [`MAX_DRAW`](super::MAX_DRAW) values: only some of them were tried.
    Sampled,
    /// Some run was cut off by a limit, or asked for something that is not modelled.
    CutOff(End),
    /// The ordinary simulator does not take a schedule to where the search said it leads: the schedule. That is a mistake
    /// of ours.
    Unvalidated(String),
}

/// An outcome, and a way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub outcome: Outcome,
    /// The shortest way there that is known. Its switches are par for whoever tries to get there by hand.
    pub witness: Witness,
    /// On request: in how many interleavings, and how probable. `None` also when not every state was seen.
    pub chance: Option<Chance>,
}

/// How often something happens.
///
/// The probability is that under the uniform random scheduler: in each state each candidate is as likely as any other.
/// Each alternative that is offered to a thread (to go on, to time out, whom to wake) is one candidate; a random draw is
/// one, too, and each of its values is as likely as any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// The number of interleavings, in decimal digits; `None` when there are infinitely many. What happens before
    /// anybody can choose counts as one way.
    pub count: Option<String>,
    /// The exact probability as a fraction in lowest terms (`"1/3"`; `"1"`, `"0"`); `None` when the space is too large
    /// for fractions.
    pub exact: Option<String>,
    /// The same as a number.
    pub probability: f64,
}

/// All interleavings of a program, as far as they were looked at.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Exploration {
    pub verdict: Verdict,
    /// Different states and steps between them that the proof rests on.
    pub states: u64,
    pub edges: u64,
    /// States that were reached and not looked at.
    pub open: u64,
    /// Steps that commute were not tried in every order.
    pub reduced: bool,
    /// The order of the virtual clock was kept; otherwise sleepers wake, and time-outs fire, at any moment.
    pub timed: bool,
    /// Some schedule goes round in a circle for ever; also true as long as that is not known.
    pub cyclic: bool,
    /// No schedule ends the program: it was judged on safety alone.
    pub never_ends: bool,
    /// Some schedule goes round in a circle for ever, which a fair scheduler would leave.
    pub busy_waiting: bool,
    pub stop: Option<Stop>,
    /// Sorted, each once.
    pub cautions: Vec<Caution>,
    /// The shortest first, each kind of it at each place once.
    pub bugs: Vec<Bug>,
    /// In order: good ends, then the others; by values.
    pub outcomes: Vec<Row>,
    /// On request: the number of interleavings, in decimal digits; `None` also when there are infinitely many.
    pub interleavings: Option<String>,
}
