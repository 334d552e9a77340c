//! `lockstep run`.
//!
//! A simulated run is made at full speed first, with nobody listening. Only when there is something to explain (or to
//! tell as it goes) somebody listens: the same choices give the same run, so it is simply made again.

use super::Context;
use super::args::Simulation;
use super::deny::{self, Deny};
use super::exit::{Exit, Failure, Outcome};
use super::live;
use super::moment;
use super::program::{self, Found};
use super::recipe::{Does, recipe};
use super::record::{Tape, Unfinished};
use super::repeat::repeat;
use super::simulate::{Attempt, make_and_explain};
use super::watch::{Guard, Inputs};
use crate::detect::Finding;
use crate::event::{End, Schedule};
use crate::ids::Nanos;
use crate::kernel::Output;
use crate::kernel::live::LiveOptions;
use crate::lang::Program;
use crate::report::check::Checked;
use crate::report::run::World;
use crate::report::{self, Narrator, Tale, Witness};
use crate::said::Said;
use crate::sched::SchedulerKind;
use crate::trace::{Header, Recorded, Recorder};
use crate::words::Threads;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// How the run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Plain,
    Json,
}

/// What is wanted of the run.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Many runs, so many.
    pub times: Option<u32>,
    pub form: Form,
    /// Findings that make the command fail.
    pub deny: Vec<Deny>,
}

/// Runs a program.
pub(super) fn run(context: &Context, target: &str, how: &Simulation, asked: Asked, out: &mut dyn Write) -> Outcome {
    let Asked { times, form, deny } = asked;
    let (target, how) = &moment::unfold(target, how)?;
    let live = if times.is_some() { how.live_unwatched()? } else { how.live()? };
    if how.sched == Some(SchedulerKind::Manual) {
        return Err(Failure::usage(Said::new("option-manual")));
    }
    let found = program::find(target, &how.rules.parameters, &context.catalogue_told(Some(target))?)?;
    let program = match found.program() {
        Ok(program) => Arc::clone(program),
        Err(exit) => return refuse(context, &found, form, exit, out),
    };
    let telling = Telling { context, target: found.target.name(), how, form, deny, tale: told_besides(&found, form) };
    if let Some(times) = times {
        return repeat(&telling, &program, live.as_ref(), times, out);
    }
    let recording = &how.recording;
    if recording.takes_output() && form == Form::Json {
        return Err(Failure::usage(Said::new("option-two-outputs").with("option", "--json")));
    }
    let header = how.start(Arc::clone(&program), 0, live.clone());
    let header = header.header(&telling.target, &found.source, &how.rules.parameters);
    let header = Header { picture: found.target.declared(), ..header };
    let tape = recording.begin(found.target.path(), &header, &context.words)?;
    if recording.takes_output() {
        return telling.run(&program, live.as_ref(), tape, &mut BufWriter::new(io::stderr()));
    }
    telling.run(&program, live.as_ref(), tape, out)
}

/// The story of the program, where the run is told step by step.
fn told_besides(found: &Found, form: Form) -> Option<Tale> {
    Tale::of(&found.target).filter(|_| form == Form::Plain)
}

/// The diagnostics of a program that cannot run.
pub(super) fn refuse(context: &Context, found: &Found, form: Form, exit: Exit, out: &mut dyn Write) -> Outcome {
    let checked = Checked { source: &found.source, diagnostics: &found.compiled.diagnostics };
    if form == Form::Json {
        report::check::json(&[checked], false, &context.words, out)?;
    } else {
        report::check::text(&checked, &context.words, context.color_of_stderr(), &mut io::stderr())?;
    }
    Ok(exit)
}

/// A run that is over, and what is said about it.
pub(super) struct Made {
    pub end: End,
    /// An exception ended one of its threads.
    pub failed: bool,
    /// By Ctrl-C.
    pub interrupted: bool,
    pub schedule: Schedule,
    /// The lines the program read.
    pub inputs: Vec<Option<Arc<str>>>,
    pub steps: u64,
    pub switches: u32,
    pub time: Nanos,
    pub output: Output,
    /// The module's variables that are data, each as its `repr`.
    pub globals: Vec<(Arc<str>, String)>,
}

/// What is said about a run, and where.
pub(super) struct Telling<'a> {
    pub context: &'a Context,
    /// What to type.
    pub target: String,
    pub how: &'a Simulation,
    pub form: Form,
    pub deny: Vec<Deny>,
    /// What is told besides, when the run is told step by step.
    pub tale: Option<Tale>,
}

impl Telling<'_> {
    /// Makes the run, and tells of it when it is over and everything is in the file.
    fn run(
        &self,
        program: &Arc<Program>,
        live: Option<&LiveOptions>,
        tape: Option<Tape>,
        out: &mut dyn Write,
    ) -> Outcome {
        let recorder = tape.as_ref().map(|tape| &tape.recorder);
        if let Some(tale) = &self.tale {
            tale.begin(&self.context.words, out)?;
        }
        let run = match live {
            Some(real) => self.live(program, real, recorder, out),
            None => self.simulated(program, recorder, out),
        };
        let unrecorded = match tape.map_or(Ok(()), |tape| tape.finish(&self.context.words)) {
            Ok(()) => None,
            Err(Unfinished::NobodyReads(failure)) => return Err(failure),
            Err(Unfinished::Failed(failure)) => Some(failure),
        };
        let (made, witness) = run?;
        self.tell(&made, &witness, out)?;
        out.flush()?;
        match unrecorded {
            Some(failure) if made.interrupted => Err(Failure { exit: Exit::Interrupted, ..failure }),
            Some(failure) => Err(failure),
            None => Ok(exit(&made, &witness.findings, &self.deny)),
        }
    }

    fn guard(&self, recorder: Option<&Recorder>) -> Result<Guard, Failure> {
        let mut guard = Guard::new(self.how.timeout)?;
        if let Some(recorder) = recorder {
            guard.end_with(recorder.deserted());
        }
        Ok(guard)
    }

    /// Makes the run in the simulator.
    fn simulated(
        &self,
        program: &Arc<Program>,
        recorder: Option<&Recorder>,
        out: &mut dyn Write,
    ) -> Result<(Made, Witness), Failure> {
        let mut guard = self.guard(recorder)?;
        let attempt = || Attempt::new(self.how, self.how.rules.seed(), Inputs::of(self.how));
        Ok(match self.form {
            Form::Text => make_and_explain(program, self.how, !self.deny.is_empty(), &mut guard, recorder, out)?,
            Form::Json => {
                let mut witness = Witness::default();
                let mut sink = Recorded { sink: &mut witness, recorder };
                (attempt().make(program, &mut guard, &mut sink, &mut io::sink())?, witness)
            }
            Form::Plain => {
                let mut narrator = self.narrator(Threads::Simulated, out);
                let mut sink = Recorded { sink: &mut narrator, recorder };
                (attempt().make(program, &mut guard, &mut sink, &mut io::sink())?, narrator.finish()?)
            }
        })
    }

    /// Makes the run on real threads. It cannot be made again, so somebody listens from the first on.
    fn live(
        &self,
        program: &Arc<Program>,
        real: &LiveOptions,
        recorder: Option<&Recorder>,
        out: &mut dyn Write,
    ) -> Result<(Made, Witness), Failure> {
        let mut guard = self.guard(recorder)?;
        let attempt = live::Attempt::new(self.how, self.how.rules.seed(), real, Inputs::of(self.how));
        let mut witness = Witness::default();
        let mut sink = Recorded { sink: &mut witness, recorder };
        Ok(match self.form {
            Form::Text => (attempt.make(program, &mut guard, &mut sink, Some(out))?, witness),
            Form::Json => (attempt.make(program, &mut guard, &mut sink, None)?, witness),
            Form::Plain => {
                let mut narrator = self.narrator(Threads::Real, out);
                let mut sink = Recorded { sink: &mut narrator, recorder };
                (attempt.make(program, &mut guard, &mut sink, None)?, narrator.finish()?)
            }
        })
    }

    fn narrator<'a>(&'a self, threads: Threads, out: &'a mut dyn Write) -> Narrator<'a> {
        let notes = self.tale.as_ref().map(Tale::notes).unwrap_or_default();
        Narrator::new(&self.context.words, threads, out).with_notes(notes)
    }

    fn tell(&self, made: &Made, witness: &Witness, out: &mut dyn Write) -> Result<(), Failure> {
        let output = made.output.to_string();
        let run = report::run::Run {
            target: &self.target,
            world: self.world(),
            seed: self.how.rules.seed(),
            end: &made.end,
            interrupted: made.interrupted,
            schedule: &made.schedule,
            steps: made.steps,
            switches: made.switches,
            time: made.time,
            output: &output,
            globals: &made.globals,
            witness,
        };
        match self.form {
            Form::Json => report::run::json(&run, &self.context.words, out)?,
            Form::Plain => {
                self.about(&run, made, out)?;
                if let Some(tale) = &self.tale {
                    tale.end(&witness.model, &self.context.words, out)?;
                }
            }
            // What the program printed stands alone on standard output.
            Form::Text => {
                out.flush()?;
                self.about(&run, made, &mut io::stderr().lock())?;
            }
        }
        Ok(())
    }

    fn world(&self) -> World {
        if self.how.real.live { World::Live } else { World::Sim }
    }

    fn about(&self, run: &report::run::Run<'_>, made: &Made, out: &mut dyn Write) -> io::Result<()> {
        let words = &self.context.words;
        report::run::text(run, words, out)?;
        if !run.witness.findings.is_empty() {
            let command = recipe(Does::Run, &self.target, &self.how.rules, &made.schedule, &made.inputs);
            let key = match self.world() {
                World::Sim => "run-again",
                // What real threads did cannot be had again, only looked at.
                World::Live => "run-again-simulated",
            };
            writeln!(out, "{}", words.with(key, &[("command", command.into())]))?;
        }
        Ok(())
    }
}

/// The exit code of one run.
pub(super) fn exit(made: &Made, findings: &[Finding], deny: &[Deny]) -> Exit {
    if made.interrupted { Exit::Interrupted } else { exit_of(&made.end, findings, deny) }
}

/// The same for a run that nobody has interrupted.
pub(super) fn exit_of(end: &End, findings: &[Finding], deny: &[Deny]) -> Exit {
    match end {
        End::Unmodelled { .. } => Exit::Refused,
        End::Deadlock => Exit::Finding,
        _ if findings.iter().any(|finding| deny::counts(finding, deny)) => Exit::Finding,
        End::Limit(_) => Exit::Budget,
        End::Finished => Exit::Done,
    }
}
