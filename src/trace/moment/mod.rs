//! A place in a run as one short line, which can be pasted into a shell, a chat or a letter.
//!
//! ```text
//! counter/race N=3 seed=7 atomic=line input=Ada%20L v1/M5.A2.B3 @10
//! │            │   └──────┬─────────┘ │             │           └ the step, which every line ends with
//! │            │          │           │             └ the schedule, at least up to that step
//! │            │          │           └ a line that was typed; `eof` is the end of the input
//! │            │          └ rules that are not the usual ones: seed, sched, atomic, notify, fair, spurious
//! │            └ a module-level constant; `p.seed=3` when its name is one of the words of this format
//! └ a scenario, or the path of a file
//! ```
//!
//! Words stand between blanks, the target first, schedule and step last. Whatever is neither a letter nor a digit nor
//! harmless is written as in addresses of the web, `%20` for a blank: the line has no quotes, no end of line and nothing
//! that a shell, a page or a chat could take for its own. Ends of lines are blanks, too, and a schedule that was broken
//! in two is put together again: mail programs break what is too wide.
//!
//! Without a schedule the scheduler chooses from the first step on. A schedule that is shorter than the step says that
//! a part of the line was lost.

mod escape;
mod parse;

pub use parse::MomentError;

use super::Header;
use crate::event::Schedule;
use crate::ids::Step;
use crate::kernel::{Atomicity, Notify, Options};
use crate::sched::SchedulerKind;
use escape::{escaped, is_name};
use std::fmt;
use std::sync::Arc;

/// The seed of a line that says none; it is that of the command line.
const SEED: u64 = 1;

/// A place in a run: everything that determines the run up to there, and the step. See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What to run, as on the command line. Not empty.
    pub target: String,
    /// Module-level constants with other values than the text gives them. No name is empty.
    pub parameters: Vec<(String, String)>,
    pub seed: u64,
    /// Who chooses after the schedule.
    pub scheduler: SchedulerKind,
    pub atomicity: Atomicity,
    pub fair: bool,
    pub spurious: bool,
    pub notify: Notify,
    /// The lines that answer `input()`; `None` is the end of the input, and stands at the end if anywhere.
    pub inputs: Vec<Option<Arc<str>>>,
    /// The choices, at least up to the step; without it those of the scheduler.
    pub schedule: Option<Schedule>,
    pub step: Step,
}

impl Moment {
    /// The beginning of a run of this target by the usual rules.
    #[must_use]
    pub fn new(target: impl Into<String>) -> Moment {
        Moment {
            target: target.into(),
            parameters: Vec::new(),
            seed: SEED,
            scheduler: SchedulerKind::default(),
            atomicity: Atomicity::default(),
            fair: false,
            spurious: false,
            notify: Notify::default(),
            inputs: Vec::new(),
            schedule: None,
            step: Step(0),
        }
    }

    /// A moment of a run that was started like this: after the choices of `schedule`, when these lines had been typed.
    ///
    /// The line leads to the simulator, also when the threads were real: then the schedule is the one with which the
    /// simulator makes the same steps, and the usual rules are those of real threads.
    #[must_use]
    pub fn of(header: &Header, schedule: Schedule, mut inputs: Vec<Option<Arc<str>>>) -> Moment {
        // The end of the input stays: nothing comes after it.
        let end = inputs.iter().position(Option::is_none).map_or(inputs.len(), |place| place + 1);
        inputs.truncate(end);
        let mut moment = Moment {
            parameters: header.parameters.clone(),
            seed: header.seed,
            inputs,
            step: Step(u32::try_from(schedule.len()).unwrap_or(u32::MAX)),
            schedule: Some(schedule),
            ..Moment::new(&*header.target)
        };
        if !header.is_live() {
            moment.scheduler = header.scheduler;
            moment.atomicity = header.options.atomicity;
            moment.fair = header.options.fair;
            moment.spurious = header.options.spurious;
            moment.notify = header.options.notify;
        }
        moment
    }

    /// The rules of the world.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            seed: self.seed,
            atomicity: self.atomicity,
            fair: self.fair,
            spurious: self.spurious,
            notify: self.notify,
            ..Options::default()
        }
    }

    /// Whether this text means to be a moment: it has several words, and ends with a step or has a schedule. (It may be
    /// the name of a file all the same: those who open files know.)
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let mut words = text.split_whitespace();
        let first = words.next();
        first.is_some() && words.any(|word| word.starts_with('@') || parse::is_schedule(word))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A text that begins with a dash is an option.
        let (dash, target) = self.target.strip_prefix('-').map_or(("", &*self.target), |rest| ("%2D", rest));
        write!(f, "{dash}{}", escaped(target))?;
        for (name, value) in &self.parameters {
            let prefix = if is_name(name) && !parse::is_reserved(name) { "" } else { "p." };
            write!(f, " {prefix}{}={}", escaped(name), escaped(value))?;
        }
        if self.seed != SEED {
            write!(f, " seed={}", self.seed)?;
        }
        if self.scheduler != SchedulerKind::default() {
            write!(f, " sched={}", self.scheduler)?;
        }
        if self.atomicity != Atomicity::default() {
            write!(f, " atomic={}", self.atomicity)?;
        }
        if self.notify != Notify::default() {
            write!(f, " notify={}", self.notify)?;
        }
        for (flag, on) in [("fair", self.fair), ("spurious", self.spurious)] {
            if on {
                write!(f, " {flag}")?;
            }
        }
        for line in &self.inputs {
            match line {
                Some(line) => write!(f, " input={}", escaped(line))?,
                None => f.write_str(" eof")?,
            }
        }
        if let Some(schedule) = &self.schedule {
            write!(f, " {schedule}")?;
        }
        write!(f, " @{}", self.step.0)
    }
}

#[cfg(test)]
mod tests;
