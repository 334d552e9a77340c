//! `lockstep run`.
//!
//! A run is made at full speed first, with nobody listening. Only when there is something to explain (or to tell as it
//! goes) somebody listens: the same choices give the same run, so it is simply made again.

use super::Context;
use super::args::Simulation;
use super::exit::{Exit, Failure, Outcome};
use super::program::{self, Found};
use super::recipe::recipe;
use super::watch::{Guard, Inputs, Printer};
use crate::event::{End, Limit, NoSink, Schedule, Sink, ThreadState};
use crate::kernel::sim::{Drive, World, drive};
use crate::lang::Program;
use crate::report::check::Checked;
use crate::report::{self, Narrator, Witness};
use crate::sched::{self, Fifo, Replay, Scheduler, SchedulerKind};
use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Arc;

/// Steps, when nobody says otherwise.
const MAX_STEPS: u32 = 10_000_000;

/// How the run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Plain,
    Json,
}

pub(super) fn run(context: &Context, target: &str, how: &Simulation, form: Form, out: &mut dyn Write) -> Outcome {
    if how.sched == Some(SchedulerKind::Manual) {
        return Err(Failure::usage(
            "nobody is there to choose: --sched manual needs the interface; --schedule replays",
        ));
    }
    let found = program::find(target, &how.parameters, &context.catalogue()?, &context.words)?;
    let program = match found.program() {
        Ok(program) => Arc::clone(program),
        Err(exit) => return refuse(context, &found, form, exit, out),
    };
    let (made, witness) = match form {
        Form::Text => make_and_explain(&program, how, out)?,
        Form::Json => {
            let mut witness = Witness::default();
            (Attempt::new(how).make(&program, &mut witness, &mut io::sink())?, witness)
        }
        Form::Plain => {
            let mut narrator = Narrator::new(&context.words, out);
            (Attempt::new(how).make(&program, &mut narrator, &mut io::sink())?, narrator.finish()?)
        }
    };
    let telling = Telling { context, target: found.target.name(), how, form };
    telling.tell(&made, &witness, out)?;
    Ok(exit(&made, &witness))
}

/// The diagnostics of a program that cannot run.
pub(super) fn refuse(context: &Context, found: &Found, form: Form, exit: Exit, out: &mut dyn Write) -> Outcome {
    let checked = Checked { source: &found.source, diagnostics: &found.compiled.diagnostics };
    if form == Form::Json {
        report::check::json(&[checked], false, out)?;
    } else {
        report::check::text(&checked, context.color_of_stderr(), &mut io::stderr())?;
    }
    Ok(exit)
}

/// A run that is over.
struct Made {
    world: World,
    end: End,
    schedule: Schedule,
    /// The lines the program read.
    inputs: Vec<Option<Arc<str>>>,
    interrupted: bool,
}

/// A run that is about to be made.
struct Attempt<'a> {
    how: &'a Simulation,
    scheduler: Box<dyn Scheduler>,
    max_steps: u64,
    /// Lines that were read when the run was made before; `None` when it is made for the first time.
    known: Option<Vec<Option<Arc<str>>>>,
}

/// How many steps the run may take; 0 on the command line is no limit.
fn max_steps(how: &Simulation) -> u64 {
    match how.max_steps {
        None => u64::from(MAX_STEPS),
        Some(0) => u64::MAX,
        Some(steps) => u64::from(steps),
    }
}

impl<'a> Attempt<'a> {
    fn new(how: &'a Simulation) -> Attempt<'a> {
        let mut scheduler = sched::build(how.sched.unwrap_or_default(), how.seed);
        if let Some(schedule) = &how.schedule {
            scheduler = Box::new(Replay::new(schedule, scheduler));
        }
        Attempt { how, scheduler, max_steps: max_steps(how), known: None }
    }

    /// The same run again.
    fn again(how: &'a Simulation, made: &Made) -> Attempt<'a> {
        let scheduler = Box::new(Replay::new(&made.schedule, Box::new(Fifo::new())));
        Attempt { how, scheduler, max_steps: made.world.steps(), known: Some(made.inputs.clone()) }
    }

    /// Makes the run; what the program prints goes to `out` as it is printed.
    fn make<S: Sink>(mut self, program: &Arc<Program>, sink: &mut S, out: &mut dyn Write) -> Result<Made, Failure> {
        let mut world = World::new(Arc::clone(program), self.how.options(), sink);
        let mut schedule = Schedule::new();
        let again = self.known.is_some();
        let mut inputs = Inputs::new(&self.how.input, self.known.take());
        // A run that is made again has had its time.
        let mut guard = Guard::new(self.how.timeout.filter(|_| !again))?;
        let printer = RefCell::new(Printer::new(out));
        let mut watch = |world: &World| guard.look().or_else(|| printer.borrow_mut().print(world.output()));
        let mut input = |world: &World| {
            printer.borrow_mut().print(world.output());
            inputs.next()
        };
        let driven = Drive {
            max_steps: Some(self.max_steps),
            record: Some(&mut schedule),
            watch: Some(&mut watch),
            input: Some(&mut input),
        };
        let end = drive(&mut world, self.scheduler.as_mut(), driven, sink)
            .map_err(|misfit| Failure::usage(format!("the schedule does not fit: {misfit}")))?;
        let mut printer = printer.into_inner();
        printer.print(world.output());
        printer.finish()?;
        Ok(Made { world, end, schedule, inputs: inputs.given, interrupted: guard.interrupted() })
    }
}

/// At full speed; again with a witness when something went wrong.
fn make_and_explain(program: &Arc<Program>, how: &Simulation, out: &mut dyn Write) -> Result<(Made, Witness), Failure> {
    let made = Attempt::new(how).make(program, &mut NoSink, out)?;
    let mut witness = Witness::default();
    if needs_explaining(&made) {
        Attempt::again(how, &made).make(program, &mut witness, &mut io::sink())?;
    }
    Ok((made, witness))
}

/// Whether a detector could find something in this run: it did not end well, or threads were left waiting.
fn needs_explaining(made: &Made) -> bool {
    match made.end {
        _ if made.interrupted => return false,
        End::Deadlock | End::Unmodelled { .. } | End::Limit(Limit::Spin(_) | Limit::Memory(_)) => return true,
        End::Finished | End::Limit(Limit::Steps(_) | Limit::Time(_)) => {}
    }
    let mut joining = 0;
    made.world.threads().any(|thread| match thread.state {
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

/// What is said about a run, and where.
struct Telling<'a> {
    context: &'a Context,
    target: String,
    how: &'a Simulation,
    form: Form,
}

impl Telling<'_> {
    fn tell(&self, made: &Made, witness: &Witness, out: &mut dyn Write) -> Result<(), Failure> {
        let output = made.world.output().to_string();
        let globals = made.world.globals();
        let run = report::run::Run {
            target: &self.target,
            seed: self.how.seed,
            end: &made.end,
            interrupted: made.interrupted,
            schedule: &made.schedule,
            steps: made.world.steps(),
            switches: made.world.switches(),
            time: made.world.now(),
            output: &output,
            globals: &globals,
            witness,
        };
        match self.form {
            Form::Json => report::run::json(&run, &self.context.words, out)?,
            Form::Plain => self.about(&run, made, out)?,
            // What the program printed stands alone on standard output.
            Form::Text => {
                out.flush()?;
                self.about(&run, made, &mut io::stderr().lock())?;
            }
        }
        Ok(())
    }

    fn about(&self, run: &report::run::Run<'_>, made: &Made, out: &mut dyn Write) -> io::Result<()> {
        let words = &self.context.words;
        report::run::text(run, words, out)?;
        if !run.witness.findings.is_empty() {
            let command = recipe(&self.target, self.how, &made.schedule, &made.inputs);
            writeln!(out, "{}", words.with("run-again", &[("command", command.into())]))?;
        }
        Ok(())
    }
}

fn exit(made: &Made, witness: &Witness) -> Exit {
    match &made.end {
        _ if made.interrupted => Exit::Interrupted,
        End::Unmodelled { .. } => Exit::Refused,
        End::Deadlock => Exit::Finding,
        _ if !witness.findings.is_empty() => Exit::Finding,
        End::Limit(_) => Exit::Budget,
        End::Finished => Exit::Done,
    }
}
