//! `lockstep explore`: every interleaving of a program.
//!
//! | file | what |
//! |---|---|
//! | `args` | the command line |
//! | `watch` | the search on a thread of its own, and a line that says how far it is |
//! | `shown` | witnesses, replayed |
//! | `live` | runs on real threads beside it |

mod args;
mod live;
mod shown;
mod watch;

pub(super) use args::Explore;

use super::Context;
use super::deny;
use super::exit::{Exit, Failure, Outcome};
use super::moment;
use super::program;
use super::recipe::quoted;
use super::run::{self, Form};
use super::watch::Guard;
use crate::explore::{Exploration, Explorer, Settings, Stop, Verdict};
use crate::kernel::Options;
use crate::lang::Program;
use crate::report::explore::{Explored, Hang, json, text};
use crate::said::Said;
use crate::tui::terminal;
use args::Aspect;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};
use watch::Ticker;

/// Explores a program and says what there is to say.
pub(super) fn explore(context: &Context, asked: &Explore, out: &mut dyn Write) -> Outcome {
    asked.elsewhere.refuse()?;
    refuse_moment(&asked.target)?;
    let found = program::find(&asked.target, &asked.rules.parameters, &context.catalogue_told(Some(&asked.target))?)?;
    let program = match found.program() {
        Ok(program) => Arc::clone(program),
        Err(exit) => {
            let form = if asked.json { Form::Json } else { Form::Text };
            return run::refuse(context, &found, form, exit, out);
        }
    };
    let target = found.target.name();
    Exploring { context, asked, program: &program, target: &target }.explore(out)
}

/// A program that is about to be explored.
struct Exploring<'a> {
    context: &'a Context,
    asked: &'a Explore,
    program: &'a Arc<Program>,
    /// What to type.
    target: &'a str,
}

impl Exploring<'_> {
    fn explore(&self, out: &mut dyn Write) -> Outcome {
        let Exploring { asked, target, .. } = *self;
        let words = &self.context.words;
        let explorer = Explorer::new(Arc::clone(self.program), asked.options(), asked.settings());
        let mut guard = Guard::new(asked.timeout)?;
        let mut ticker = Ticker::new(words, target);
        let begin = Instant::now();
        let exploration = watch::search(&explorer, &mut guard, &mut ticker)?;
        let took = begin.elapsed();
        let shown = shown::shown(&explorer, &exploration, asked, target);
        let hangs: Vec<_> = exploration.outcomes.iter().map(|row| Hang::of(&explorer, row)).collect();
        let runs = live::Runs { asked, explorer: &explorer, exploration: &exploration, program: self.program };
        let wanted = asked.live_runs.filter(|_| !guard.interrupted());
        let live = wanted.map(|wanted| runs.make(wanted, &mut guard, &mut ticker)).transpose()?;
        let report = Explored {
            target,
            exploration: &exploration,
            took,
            workers: asked.workers(),
            count: asked.count,
            bugs: &shown.bugs,
            hangs: &hangs,
            warnings: &shown.warnings,
            live: live.as_ref(),
            columns: terminal::columns(),
        };
        let write = if asked.json { json } else { text };
        write(&report, words, out)?;
        out.flush()?;
        let wrong = live.is_some_and(|live| live.unexplored > 0)
            || shown.warnings.iter().any(|warning| deny::counts(&warning.finding, &asked.deny));
        Ok(exit(&exploration, wrong, guard.interrupted()))
    }
}

fn exit(found: &Exploration, wrong: bool, interrupted: bool) -> Exit {
    match found.verdict {
        _ if interrupted => Exit::Interrupted,
        Verdict::Bug => Exit::Finding,
        _ if wrong => Exit::Finding,
        Verdict::Proved => Exit::Done,
        Verdict::NotFinished => Exit::Budget,
    }
}

/// A moment is a place in one run.
fn refuse_moment(target: &str) -> Result<(), Failure> {
    let Some(moment) = moment::meant(target) else { return Ok(()) };
    let moment = moment.map_err(|error| Failure::usage(error.said()))?;
    Err(Failure::usage(Said::new("place-explore").with("target", quoted(&moment.target).into_owned())))
}

impl Explore {
    fn options(&self) -> Options {
        Options { abstract_time: !self.timed, ..self.rules.options() }
    }

    fn settings(&self) -> Settings {
        let deadline = self.timeout.and_then(|secs| Instant::now().checked_add(Duration::from_secs(secs)));
        Settings {
            reduce: !self.no_reduce,
            count: self.count,
            output: self.outcome.contains(&Aspect::Output),
            inputs: self.rules.input.iter().map(|line| line.as_str().into()).collect(),
            workers: self.workers(),
            budget: self.budget(),
            deadline,
        }
    }
}
