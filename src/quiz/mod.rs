//! Questions about programs, with answers from exploring and running them: nobody writes an answer down.
//!
//! A [`Question`](crate::scenario::Question) asks; [`sheet`] makes of it what a person can be asked: options to tick, some
//! of them right. What is right comes from an [`Exploration`] (which values there can be at the end, whether it can
//! deadlock or crash) or from one run (who can go on after these steps, what a variable holds then). Options that are wrong are made up
//! from the program, always in the same way. As long as not every interleaving was looked at, what was found is right and
//! nothing is wrong.
//!
//! ```text
//!  Question ─┐
//!  Case ─────┼── sheet ──> Sheet: options, each Right (with a way to play), Wrong or Open
//!  Exploration ┘              │
//!                 ticks ── judge ──> Judged: what each tick is worth, and the whole
//! ```
//!
//! | file | what is in it |
//! |---|---|
//! | `case` | a program under its rules, and runs of it along a schedule |
//! | `ends` | "can it deadlock?", "can a thread die?" |
//! | `values` | "which values can it have at the end?" |
//! | `moment` | "who can go on?", "what is it now?" |
//! | `plausible` | values that it does not have, but might |
//! | `judge` | what the answer of a person is worth |
//! | `made` | questions for programs that come without |

mod case;
mod ends;
mod judge;
mod made;
mod moment;
mod plausible;
#[cfg(test)]
mod tests;
mod values;

pub use case::Case;
pub use judge::{Judged, Mark, Whole, judge};
pub use made::questions;

use crate::event::ThreadState;
use crate::explore::{BugKind, Exploration, Witness};
use crate::ids::ThreadId;
use crate::kernel::sim::{Reason, StepMisfit};
use crate::scenario::Asked;
use std::sync::Arc;

/// A question, ready to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub options: Vec<Answer>,
    /// Any number of options may be right, even none; otherwise exactly one is.
    pub several: bool,
    /// Right answers that there was no room for.
    pub more: usize,
    pub basis: Basis,
}

/// An option.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub what: What,
    pub truth: Truth,
}

/// What an option says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Yes,
    No,
    /// The variable has this value, as its `repr`; `None`: there is no such variable.
    Value(Option<Arc<str>>),
    /// This thread can make a step.
    Thread {
        id: ThreadId,
        name: Arc<str>,
        state: ThreadState,
    },
}

/// Whether an option is right.
#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    /// It is, and this shows it; a right "no" has nothing to be shown.
    Right(Option<Box<Shown>>),
    /// It is not; where a thread cannot go on, this is why.
    Wrong(Option<Reason>),
    /// Nobody knows yet.
    Open,
}

/// A way through the program that shows an answer to be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub witness: Witness,
    /// What goes wrong at its end, and the step after which nothing can save it.
    pub bug: Option<BugKind>,
    pub no_return_step: Option<u32>,
    /// Of a value: the program can come to its end with it as it should; an exception can have ended a thread.
    pub finishes: bool,
    pub crashes: bool,
}

/// What the answers rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Every interleaving: what was not found does not exist.
    All { states: u64 },
    /// Some interleavings.
    Part { states: u64, open: u64 },
    /// None yet: the search goes on.
    Nothing,
    /// The run along the schedule of the question.
    Run { steps: u64 },
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("there is no variable `{0}` that holds data")]
    NoVariable(Arc<str>),
    #[error("no run comes to an end at which a variable could have a value")]
    NoEnd,
    #[error("its schedule does not fit: {0}")]
    Misfit(StepMisfit),
    #[error("its schedule is too long: at most {MAX_STEPS} steps are made")]
    TooLong,
    #[error("nobody knows: not every interleaving could be looked at")]
    Unknown,
}

/// A schedule with more steps is not run.
const MAX_STEPS: u64 = 20_000;

/// So many options are offered at most.
pub const OPTIONS_MOST: usize = 8;

/// The question with its options, and what is known of the answer. `None`: its options depend on what the exploration
/// finds.
///
/// # Errors
/// The question makes no sense for this program.
pub fn sheet(case: &Case, asked: &Asked, found: Option<&Exploration>) -> Result<Option<Sheet>, Flaw> {
    match asked {
        Asked::Deadlock => Ok(Some(ends::deadlock(found))),
        Asked::Crash => Ok(Some(ends::crash(found))),
        Asked::Values { of } => found.map(|found| values::sheet(case, of, found)).transpose(),
        Asked::Next { after } => moment::next(case, after).map(Some),
        Asked::Now { of, after } => moment::now(case, of, after).map(Some),
    }
}

/// True when the question can be asked about the program as it is: under other rules or with other constants, the steps of
/// its schedule need not exist.
#[must_use]
pub fn fits(case: &Case, asked: &Asked) -> bool {
    match asked {
        Asked::Values { .. } | Asked::Deadlock | Asked::Crash => true,
        Asked::Next { .. } | Asked::Now { .. } => sheet(case, asked, None).is_ok(),
    }
}

/// Whether the question has an answer that is known for certain.
///
/// # Errors
/// Why it has none.
pub fn check(case: &Case, asked: &Asked, found: &Exploration) -> Result<(), Flaw> {
    let sheet = sheet(case, asked, Some(found))?;
    let known = sheet.is_some_and(|sheet| match asked {
        // One deadlock is enough.
        Asked::Deadlock | Asked::Crash => sheet.options.iter().any(|option| matches!(option.truth, Truth::Right(_))),
        _ => matches!(sheet.basis, Basis::All { .. } | Basis::Run { .. }),
    });
    if known { Ok(()) } else { Err(Flaw::Unknown) }
}

impl Basis {
    fn of(found: &Exploration) -> Basis {
        if found.open == 0 && found.stop.is_none() && found.cautions.is_empty() {
            Basis::All { states: found.states }
        } else {
            Basis::Part { states: found.states, open: found.open }
        }
    }

    /// What was not found is not there.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Basis::All { .. } | Basis::Run { .. })
    }

    /// Of what was not found.
    const fn otherwise(self) -> Truth {
        if self.is_whole() { Truth::Wrong(None) } else { Truth::Open }
    }
}

impl Shown {
    /// A way of which nothing more is said.
    fn of(witness: Witness) -> Shown {
        Shown { witness, bug: None, no_return_step: None, finishes: false, crashes: false }
    }
}

impl Truth {
    #[must_use]
    pub const fn is_right(&self) -> bool {
        matches!(self, Truth::Right(_))
    }
}

impl Answer {
    /// What shows it to be right.
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        match &self.truth {
            Truth::Right(shown) => shown.as_deref(),
            Truth::Wrong(_) | Truth::Open => None,
        }
    }
}
