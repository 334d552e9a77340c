//! A run in the simulator.

use super::args::Simulation;
use super::exit::Failure;
use super::run::Made;
use super::watch::{Guard, Inputs, Printer};
use crate::event::{End, Limit, NoSink, Schedule, Sink, ThreadState};
use crate::kernel::Options;
use crate::kernel::sim::{Drive, World, drive};
use crate::lang::Program;
use crate::report::Witness;
use crate::said::Said;
use crate::sched::{self, Fifo, Replay, Scheduler};
use crate::trace::{Header, Recorded, Recorder};
use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Arc;

/// A run that is about to be made.
pub(super) struct Attempt {
    options: Options,
    scheduler: Box<dyn Scheduler>,
    max_steps: u64,
    inputs: Inputs,
}

impl Attempt {
    /// The run as the command line says, with another seed perhaps.
    pub(super) fn new(how: &Simulation, seed: u64, inputs: Inputs) -> Attempt {
        let mut scheduler = sched::build(how.sched.unwrap_or_default(), seed);
        if let Some(schedule) = &how.schedule {
            scheduler = Box::new(Replay::new(schedule, scheduler));
        }
        Attempt { options: Options { seed, ..how.rules.options() }, scheduler, max_steps: how.most_steps(), inputs }
    }

    /// The same run again.
    fn again(how: &Simulation, made: &Made) -> Attempt {
        let scheduler = Box::new(Replay::new(&made.schedule, Box::new(Fifo::new())));
        let inputs = Inputs::known(made.inputs.clone());
        Attempt { options: how.rules.options(), scheduler, max_steps: made.steps, inputs }
    }

    /// A run that was recorded.
    pub(super) fn recorded(header: &Header, schedule: &Schedule, inputs: Inputs) -> Attempt {
        let scheduler = Box::new(Replay::new(schedule, Box::new(Fifo::new())));
        Attempt { options: header.options.clone(), scheduler, max_steps: schedule.len(), inputs }
    }

    /// Makes the run; what the program prints goes to `out` as it is printed.
    pub(super) fn make<S: Sink>(
        self,
        program: &Arc<Program>,
        guard: &mut Guard,
        sink: &mut S,
        out: &mut dyn Write,
    ) -> Result<Made, Failure> {
        Ok(self.world(program, guard, sink, out)?.1)
    }

    fn world<S: Sink>(
        mut self,
        program: &Arc<Program>,
        guard: &mut Guard,
        sink: &mut S,
        out: &mut dyn Write,
    ) -> Result<(World, Made), Failure> {
        let mut world = World::new(Arc::clone(program), self.options, sink);
        let mut schedule = Schedule::new();
        let printer = RefCell::new(Printer::new(out));
        let mut watch = |world: &World| guard.look().or_else(|| printer.borrow_mut().print(world.output()));
        let mut input = |world: &World| {
            printer.borrow_mut().print(world.output());
            self.inputs.next()
        };
        let driven = Drive {
            max_steps: Some(self.max_steps),
            record: Some(&mut schedule),
            watch: Some(&mut watch),
            input: Some(&mut input),
        };
        let end = drive(&mut world, self.scheduler.as_mut(), driven, sink)
            .map_err(|misfit| Failure::usage(Said::new("misfit-schedule").with("told", misfit.said())))?;
        let mut printer = printer.into_inner();
        printer.print(world.output());
        printer.finish()?;
        let made = Made {
            failed: world.threads().any(|thread| thread.state == ThreadState::Failed),
            end,
            interrupted: guard.interrupted(),
            schedule,
            inputs: self.inputs.given,
            steps: world.steps(),
            switches: world.switches(),
            time: world.now(),
            output: world.output().clone(),
            globals: world.globals(),
        };
        Ok((world, made))
    }
}

/// A run of so many steps is made again for its warnings in less time than anybody notices.
const NOTICED_STEPS: u64 = 50_000;

/// At full speed, and recorded if there is a recorder; again with a witness when something went wrong, when what only a
/// witness can find is asked for, or when that takes no time.
pub(super) fn make_and_explain(
    program: &Arc<Program>,
    how: &Simulation,
    asked_for: bool,
    guard: &mut Guard,
    recorder: Option<&Recorder>,
    out: &mut dyn Write,
) -> Result<(Made, Witness), Failure> {
    let attempt = Attempt::new(how, how.rules.seed(), Inputs::of(how));
    let (world, made) = match recorder {
        None => attempt.world(program, guard, &mut NoSink, out)?,
        Some(_) => attempt.world(program, guard, &mut Recorded { sink: &mut NoSink, recorder }, out)?,
    };
    let mut witness = Witness::default();
    let is_short = made.steps <= NOTICED_STEPS && !made.interrupted;
    if asked_for || is_short || needs_explaining(&world, &made) {
        // A run that is made again has had its time.
        guard.take_time();
        Attempt::again(how, &made).make(program, guard, &mut witness, &mut io::sink())?;
    }
    Ok((made, witness))
}

/// Whether a detector could find something in this run: it did not end well, or threads were left waiting.
fn needs_explaining(world: &World, made: &Made) -> bool {
    match made.end {
        _ if made.interrupted => return false,
        End::Deadlock | End::Unmodelled { .. } | End::Limit(Limit::Spin(_) | Limit::Memory(_)) => return true,
        End::Finished | End::Limit(Limit::Steps(_) | Limit::Time(_)) => {}
    }
    let mut joining = 0;
    world.threads().any(|thread| match thread.state {
        ThreadState::Failed | ThreadState::Killed | ThreadState::Blocked { .. } | ThreadState::Waiting { .. } => true,
        // One waits for the end of another, as usual; two may wait for each other.
        ThreadState::Joining { .. } => {
            joining += 1;
            joining > 1
        }
        ThreadState::New
        | ThreadState::Ready
        | ThreadState::Sleeping { .. }
        | ThreadState::Reading
        | ThreadState::Finished => false,
    })
}
