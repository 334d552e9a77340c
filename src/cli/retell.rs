//! `lockstep replay --plain` and `--json`: a recorded run told as `lockstep run` tells one that is made.

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use super::export::{open_trace, read as read_trace};
use super::live;
use super::replay::known_target;
use super::run;
use super::simulate::Attempt;
use super::watch::{Guard, Inputs};
use crate::event::{End, Limit, NoSink, Schedule, Sink};
use crate::ids::Step;
use crate::kernel::Output;
use crate::kernel::live::Transcript;
use crate::lang::{self, Parameters};
use crate::model::{Recording, written};
use crate::report::run::World;
use crate::report::{self, Narrator, Tale, Witness};
use crate::scenario::Catalogue;
use crate::trace::{Feed, Language};
use crate::words::Threads;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Tells the run step by step, and what was found out about it. Standard input is told as it comes.
pub(super) fn plain(context: &Context, path: &Path, out: &mut dyn Write) -> Outcome {
    if path == Path::new("-") {
        return follow(context, path, out);
    }
    let recording = read_trace(path, &context.words)?;
    let tale = tale(context, &recording);
    tell_beginning(context, tale.as_ref(), out)?;
    let mut narrator = narrator(context, &recording, tale.as_ref(), out);
    recording.history.events(0..usize::MAX).for_each(|event| narrator.emit(event));
    let witness = narrator.finish()?;
    conclude(context, &recording, &witness, tale.as_ref(), out)
}

/// One object.
pub(super) fn json(context: &Context, path: &Path, out: &mut dyn Write) -> Outcome {
    let recording = read_trace(path, &context.words)?;
    let mut witness = Witness::default();
    recording.history.events(0..usize::MAX).for_each(|event| witness.emit(event));
    let told = Told::new(&recording, &witness)?;
    report::run::json(&told.run(&recording, &witness), &context.words, out)?;
    Ok(told.exit(&witness))
}

/// The same as [`plain`] while the trace grows.
fn follow(context: &Context, path: &Path, out: &mut dyn Write) -> Outcome {
    let mut feed = Feed::new(open_trace(path, &context.words)?);
    let mut recording = Recording::new(feed.reader().header().clone());
    let words = &context.words;
    let tale = tale(context, &recording);
    tell_beginning(context, tale.as_ref(), out)?;
    let mut narrator = narrator(context, &recording, tale.as_ref(), out);
    let mut known = 0;
    while let Some(portion) = feed.next_portion(PORTION) {
        let cut = portion.cut;
        let events = portion.events.clone();
        recording.take(portion);
        if let Some((to, _)) = cut {
            let end = recording.history.events(0..usize::MAX).take_while(|event| event.step <= to);
            let mut witness = Witness::default();
            end.for_each(|event| witness.emit(event));
            narrator.go_back(witness, &words.with("plain-cut", &[("step", to.0.to_string().into())]))?;
        }
        for event in events {
            narrator.emit(event);
        }
        narrator.pause()?;
        for problem in &feed.problems()[known..] {
            // Whoever does not read the warnings still wants the run.
            let _ = writeln!(io::stderr(), "lockstep: {}", context.words.problem(problem));
        }
        known = feed.problems().len();
    }
    recording.complete = feed.reader().is_complete();
    let witness = narrator.finish()?;
    conclude(context, &recording, &witness, tale.as_ref(), out)
}

/// The story of the program that was recorded, if the catalogue has it.
fn tale(context: &Context, recording: &Recording) -> Option<Tale> {
    // Folders that cannot be read are none of a recording's business.
    let catalogue = context.catalogue().unwrap_or_else(|_| Catalogue::embedded());
    known_target(&recording.header, &catalogue).as_ref().and_then(Tale::of)
}

fn tell_beginning(context: &Context, tale: Option<&Tale>, out: &mut dyn Write) -> io::Result<()> {
    tale.map_or(Ok(()), |tale| tale.begin(&context.words, out))
}

fn narrator<'a>(
    context: &'a Context,
    recording: &Recording,
    tale: Option<&Tale>,
    out: &'a mut dyn Write,
) -> Narrator<'a> {
    let notes = tale.map(Tale::notes).unwrap_or_default();
    Narrator::new(&context.words, threads(recording), out).with_notes(notes)
}

/// Events that are taken from a stream at once.
const PORTION: usize = 4096;

fn threads(recording: &Recording) -> Threads {
    if recording.header.is_live() { Threads::Real } else { Threads::Simulated }
}

/// What is said after the steps.
fn conclude(
    context: &Context,
    recording: &Recording,
    witness: &Witness,
    tale: Option<&Tale>,
    out: &mut dyn Write,
) -> Outcome {
    let told = Told::new(recording, witness)?;
    let run = told.run(recording, witness);
    if witness.model.ended.is_some() {
        report::run::text(&run, &context.words, out)?;
        if let Some(tale) = tale {
            tale.end(&witness.model, &context.words, out)?;
        }
    } else {
        let why = if recording.complete { "notice-recorded-left" } else { "notice-recorded-broken-off" };
        report::run::unended(&run, &context.words.t(why), &context.words, out)?;
    }
    Ok(told.exit(witness))
}

/// What is said about a recording besides its findings.
struct Told {
    end: End,
    schedule: Schedule,
    steps: u64,
    switches: u32,
    output: String,
    globals: Vec<(Arc<str>, String)>,
}

impl Told {
    fn new(recording: &Recording, witness: &Witness) -> Result<Told, Failure> {
        let history = &recording.history;
        let real = recording.header.is_live();
        let schedule = if real {
            let mut transcript = Transcript::new();
            for event in history.events(0..usize::MAX) {
                transcript.take(&event);
            }
            transcript.schedule()
        } else {
            history.schedule(Step(u32::MAX))
        };
        let mut output = Output::default();
        for event in history.events(0..usize::MAX) {
            if let Some(text) = written(&event.kind) {
                output.push(&text, recording.header.options.output_limit);
            }
        }
        let switches = if real { live::switches(&schedule) } else { witness.model.switches };
        let globals = if real { None } else { globals(recording, &schedule)? };
        Ok(Told {
            // Nobody knows how it went on.
            end: witness.model.ended.clone().unwrap_or(End::Limit(Limit::Time(0))),
            steps: schedule.len(),
            switches,
            schedule,
            output: output.to_string(),
            globals: globals.unwrap_or_else(|| shared(witness)),
        })
    }

    fn run<'a>(&'a self, recording: &'a Recording, witness: &'a Witness) -> report::run::Run<'a> {
        report::run::Run {
            target: &recording.header.target,
            world: if recording.header.is_live() { World::Live } else { World::Sim },
            seed: recording.header.seed,
            end: &self.end,
            interrupted: false,
            schedule: &self.schedule,
            steps: self.steps,
            switches: self.switches,
            time: witness.model.now,
            output: &self.output,
            globals: &self.globals,
            witness,
        }
    }

    fn exit(&self, witness: &Witness) -> Exit {
        run::exit_of(&self.end, &witness.findings, &[])
    }
}

/// The module's variables that are data, each as its `repr`.
type Globals = Vec<(Arc<str>, String)>;

/// The variables of the module at the end: the run is made again in the simulator. `None` when that gives another one.
fn globals(recording: &Recording, schedule: &Schedule) -> Result<Option<Globals>, Failure> {
    let header = &recording.header;
    if header.language == Language::Rust {
        return Ok(None);
    }
    let compiled = lang::compile(&recording.source, &Parameters(header.parameters.clone()));
    let Some(program) = compiled.program else { return Ok(None) };
    let inputs = Inputs::known(recording.inputs.clone());
    let attempt = Attempt::recorded(header, schedule, inputs);
    let made = attempt.make(&program, &mut Guard::new(None)?, &mut NoSink, &mut io::sink());
    Ok(made.ok().filter(|made| made.steps == schedule.len()).map(|made| made.globals))
}

/// The variables that the recording itself tells of: those that threads share.
fn shared(witness: &Witness) -> Vec<(Arc<str>, String)> {
    witness.model.variables().filter_map(|variable| Some((variable.name, variable.value?.to_string()))).collect()
}
