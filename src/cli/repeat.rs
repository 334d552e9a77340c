//! `lockstep run --repeat`: the same program many times.

use super::args::Simulation;
use super::deny::{self, Deny};
use super::exit::{Exit, Failure, Outcome};
use super::live::{self, Audience};
use super::run::{Form, Made, Telling, exit};
use super::simulate::Attempt;
use super::watch::{Guard, Inputs};
use crate::detect::{Detectors, Finding, FindingKind};
use crate::event::{End, Event, Sink};
use crate::kernel::live::LiveOptions;
use crate::lang::Program;
use crate::report;
use crate::report::repeat::{Repeat, Side};
use crate::scenario::RunEnd;
use crate::words::{Words, grouped};
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the person is told how far it is.
const PROGRESS: Duration = Duration::from_millis(100);

/// Steps of each run, when nobody says otherwise. Who runs for ever is met again and again, and is not waited for long.
const MAX_STEPS: u32 = 100_000;

/// Makes the runs and tells what came of them.
pub(super) fn repeat(
    telling: &Telling<'_>,
    program: &Arc<Program>,
    real: Option<&LiveOptions>,
    times: u32,
    out: &mut dyn Write,
) -> Outcome {
    let how = &Simulation { max_steps: telling.how.max_steps.or(Some(MAX_STEPS)), ..telling.how.clone() };
    let mut runs = Runs {
        how,
        deny: &telling.deny,
        program,
        real,
        guard: Guard::new(how.timeout)?,
        progress: Progress::new(telling, times),
        live: Side::default(),
        simulated: Side::default(),
        exit: Exit::Done,
    };
    let cut_short = runs.make(times)?;
    let repeat = Repeat {
        target: &telling.target,
        wanted: times,
        seed: how.rules.seed(),
        scheduler: how.sched.unwrap_or_default(),
        live: real.map(|_| &runs.live),
        simulated: &runs.simulated,
    };
    let words = &telling.context.words;
    match telling.form {
        Form::Json => report::repeat::json(&repeat, out)?,
        Form::Text | Form::Plain => report::repeat::text(&repeat, words, out)?,
    }
    out.flush()?;
    if let (Some(end), true) = (&cut_short, telling.form != Form::Json) {
        let said = if runs.guard.interrupted() { words.t("run-interrupted") } else { words.end(end) };
        writeln!(io::stderr(), "{said}")?;
    }
    Ok(match cut_short {
        Some(_) if runs.guard.interrupted() => Exit::Interrupted,
        Some(_) => worse(runs.exit, Exit::Budget),
        None => runs.exit,
    })
}

/// The runs while they are made.
struct Runs<'a> {
    how: &'a Simulation,
    deny: &'a [Deny],
    program: &'a Arc<Program>,
    /// How the runs on real threads are made; `None` when there are none.
    real: Option<&'a LiveOptions>,
    guard: Guard,
    progress: Progress<'a>,
    live: Side,
    simulated: Side,
    /// Of all the runs so far.
    exit: Exit,
}

impl Runs<'_> {
    /// Makes the runs, in both worlds by turns, so that both have made the same number at any time; says what ended it
    /// early. A run that was cut short with the rest does not count.
    fn make(&mut self, times: u32) -> Result<Option<End>, Failure> {
        for made in 0..times {
            self.progress.show(made);
            let seed = self.how.rules.seed().wrapping_add(u64::from(made));
            let live = self.real.map(|real| self.live(real, seed)).transpose()?;
            let simulated = self.simulated(seed)?;
            if let Some(limit) = self.guard.look() {
                self.progress.clear();
                return Ok(Some(End::Limit(limit)));
            }
            for (trial, side) in
                live.map(|live| (live, &mut self.live)).into_iter().chain([(simulated, &mut self.simulated)])
            {
                self.exit = worse(self.exit, trial.exit(self.deny));
                trial.count(side, self.deny);
            }
        }
        self.progress.clear();
        Ok(None)
    }

    fn live(&mut self, real: &LiveOptions, seed: u64) -> Result<Trial, Failure> {
        on_real_threads(self.how, seed, real, self.program, &mut self.guard)
    }

    fn simulated(&mut self, seed: u64) -> Result<Trial, Failure> {
        let begin = Instant::now();
        let mut finder = Finder::default();
        let attempt = Attempt::new(self.how, seed, Inputs::only(&self.how.rules.input));
        let made = attempt.make(self.program, &mut self.guard, &mut finder, &mut io::sink())?;
        Ok(Trial { made, findings: finder.findings, took: begin.elapsed() })
    }
}

/// Makes one run on real threads that nobody watches.
pub(super) fn on_real_threads(
    how: &Simulation,
    seed: u64,
    real: &LiveOptions,
    program: &Arc<Program>,
    guard: &mut Guard,
) -> Result<Trial, Failure> {
    let begin = Instant::now();
    let mut finder = Finder::default();
    let attempt = live::Attempt::new(how, seed, real, Inputs::only(&how.rules.input));
    let made = attempt.make(program, guard, &mut finder, None)?;
    Ok(Trial { made, findings: finder.findings, took: begin.elapsed() })
}

/// One of the runs.
pub(super) struct Trial {
    pub made: Made,
    findings: Vec<Finding>,
    took: Duration,
}

impl Trial {
    fn exit(&self, deny: &[Deny]) -> Exit {
        exit(&self.made, &self.findings, deny)
    }

    /// Adds the run to those of its world.
    pub(super) fn count(self, side: &mut Side, deny: &[Deny]) {
        side.findings += u64::from(self.findings.iter().any(|finding| deny::counts(finding, deny)));
        side.took += self.took;
        let circle = self.findings.iter().any(|finding| finding.kind == FindingKind::Deadlock);
        let outcome = report::Outcome::new(RunEnd::of_run(&self.made.end, self.made.failed), self.made.globals);
        let crashed = (self.made.failed && outcome.end == RunEnd::Deadlock).then(|| outcome.clone());
        if circle {
            side.tally.add_circle(outcome);
        } else {
            side.tally.add(outcome);
        }
        if let Some(outcome) = crashed {
            side.tally.note_crash(outcome);
        }
    }
}

/// The exit code of several runs is the one that needs most attention.
fn worse(one: Exit, other: Exit) -> Exit {
    let order = [Exit::Interrupted, Exit::Refused, Exit::Finding, Exit::Budget];
    order.into_iter().find(|exit| [one, other].contains(exit)).unwrap_or(Exit::Done)
}

/// Listens for findings alone.
#[derive(Default)]
struct Finder {
    detectors: Detectors,
    findings: Vec<Finding>,
}

impl Sink for Finder {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.detectors.fold(&event, &mut self.findings);
    }
}

impl Audience for Finder {}

/// Tells the person at the terminal how far it is.
struct Progress<'a> {
    words: &'a Words,
    target: &'a str,
    times: u32,
    /// When the line was written last; `None` when nobody is there to read it.
    last: Option<Instant>,
    written: bool,
}

impl<'a> Progress<'a> {
    fn new(telling: &'a Telling<'_>, times: u32) -> Progress<'a> {
        let last = io::stderr().is_terminal().then(Instant::now);
        Progress { words: &telling.context.words, target: &telling.target, times, last, written: false }
    }

    fn show(&mut self, made: u32) {
        if self.last.is_none_or(|last| last.elapsed() < PROGRESS) {
            return;
        }
        self.last = Some(Instant::now());
        self.written = true;
        let line = self.words.with(
            "repeat-progress",
            &[
                ("target", self.target.into()),
                ("made", grouped(u64::from(made)).into()),
                ("wanted", grouped(u64::from(self.times)).into()),
            ],
        );
        // Nothing is lost when it cannot be written.
        let _ = write!(io::stderr(), "\r\x1b[K{line}");
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.written) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
