//! A run on real threads.

use super::args::Simulation;
use super::exit::Failure;
use super::run::Made;
use super::watch::{Answer, Guard, Inputs, Printer};
use crate::event::{Action, Decision, End, Event, EventKind, Limit, Schedule, Sink, ThreadState};
use crate::kernel::Options;
use crate::kernel::live::{Live, LiveOptions, LiveStatus};
use crate::lang::Program;
use crate::report::{Narrator, Witness};
use crate::said::Said;
use crate::trace::Recorded;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

/// How often the clock and Ctrl-C are looked at while nothing happens.
const LOOK: Duration = Duration::from_millis(20);

/// Who listens to a run while it goes on.
pub(super) trait Audience: Sink {
    /// Nothing happens for the moment.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Audience for Witness {}

impl<S: Audience> Audience for Recorded<'_, S> {
    fn pause(&mut self) -> io::Result<()> {
        self.sink.pause()
    }
}

impl Audience for Narrator<'_> {
    fn pause(&mut self) -> io::Result<()> {
        Narrator::pause(self)
    }
}

/// A run that is about to be made.
pub(super) struct Attempt<'a> {
    options: Options,
    real: &'a LiveOptions,
    max_steps: u64,
    inputs: Inputs,
}

impl<'a> Attempt<'a> {
    /// The seed is that of the program's own random numbers.
    pub(super) fn new(how: &Simulation, seed: u64, real: &'a LiveOptions, inputs: Inputs) -> Attempt<'a> {
        Attempt { options: Options { seed, ..how.rules.options() }, real, max_steps: how.most_steps(), inputs }
    }

    /// Makes the run; what the program prints goes to `out` as it is printed. However it ends, every thread of it has
    /// ended when this returns.
    pub(super) fn make<S: Audience>(
        mut self,
        program: &Arc<Program>,
        guard: &mut Guard,
        audience: &mut S,
        out: Option<&mut dyn Write>,
    ) -> Result<Made, Failure> {
        let mut live = Live::start(Arc::clone(program), self.options.clone(), self.real)
            .map_err(|error| Failure::files(Said::new("file-thread").with("reason", &error)))?;
        live.limit_steps(self.max_steps);
        let mut printer = out.map(Printer::new);
        let mut ear = Ear { audience, printed: false };
        // Nothing has happened for a while.
        let mut quiet = false;
        let cut_off = loop {
            let news = live.drain(&mut ear);
            let unread = if ear.take_printed() { printer.as_mut().and_then(|p| p.print(&live.output())) } else { None };
            match live.status() {
                LiveStatus::Ended(_) => break None,
                LiveStatus::AwaitingInput { prompt, .. } => match (self.inputs.poll(), &mut printer) {
                    (Answer::Line(text), _) => {
                        ear.decided(&Decision::Input(text.clone()));
                        live.give_input(text);
                    }
                    (Answer::NotYet, Some(printer)) => printer.prompt(&prompt),
                    (Answer::NotYet, None) => {}
                },
                LiveStatus::Running => {}
            }
            let limit = unread.or_else(|| guard.look());
            if limit.is_some() {
                break limit;
            }
            if !news {
                if quiet {
                    ear.audience.pause()?;
                }
                live.wait(LOOK);
            }
            quiet = !news;
        };
        if let Some(limit) = cut_off {
            live.cut_off(limit);
        }
        live.stop();
        while live.drain(&mut ear) {}
        if let Some(mut printer) = printer {
            printer.print(&live.output());
            printer.finish()?;
        }
        match live.panics().first() {
            None => Ok(self.made(&live, cut_off, guard)),
            Some(panic) => Err(Failure::files(Said::new("file-panic").with("text", panic.to_string()))),
        }
    }

    /// What is said of the run, which is over.
    fn made(self, live: &Live, cut_off: Option<Limit>, guard: &Guard) -> Made {
        let end = match (live.status(), cut_off) {
            (LiveStatus::Ended(end), _) => end,
            (_, limit) => End::Limit(limit.unwrap_or(Limit::Time(0))),
        };
        let schedule = live.schedule();
        Made {
            end,
            failed: live.threads().iter().any(|thread| thread.state == ThreadState::Failed),
            interrupted: guard.interrupted(),
            inputs: self.inputs.given,
            // What the GIL does is no step of the program.
            steps: schedule.len(),
            switches: switches(&schedule),
            schedule,
            time: live.now(),
            output: live.output(),
            globals: live.globals(),
        }
    }
}

/// How many steps were made by another thread than the step before.
pub(super) fn switches(schedule: &Schedule) -> u32 {
    let threads = || schedule.runs().map(|run| run.choice.thread);
    let changes = threads().zip(threads().skip(1)).filter(|(one, next)| one != next);
    u32::try_from(changes.count()).unwrap_or(u32::MAX)
}

/// Passes everything on, and notices when the program has printed something.
struct Ear<'a, S> {
    audience: &'a mut S,
    printed: bool,
}

impl<S> Ear<'_, S> {
    fn take_printed(&mut self) -> bool {
        std::mem::take(&mut self.printed)
    }
}

impl<S: Sink> Sink for Ear<'_, S> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.printed |= matches!(
            event.kind,
            EventKind::Did { action: Action::Print { .. } | Action::Input { .. }, .. } | EventKind::Traceback(_)
        );
        self.audience.emit(event);
    }

    fn decided(&mut self, decision: &Decision) {
        self.audience.decided(decision);
    }
}
