//! `lockstep replay`: a recorded run, looked at.
//!
//! The program comes from the recording, never from the disk: what somebody was sent may have been written long ago, and
//! elsewhere.

use super::Context;
use super::args::{Replay, Simulation};
use super::exit::{Failure, Outcome};
use super::export::open_trace;
use super::open::{self, Programs};
use super::retell;
use crate::ids::Step;
use crate::lang::{self, Compiled, Parameters};
use crate::scenario::{Catalogue, Picture, Target};
use crate::session::{LiveOptions, Start, Tape};
use crate::source::Source;
use crate::trace::{Header, Language, Reader, Unreadable};
use crate::tui::loader::{Loaded, Opened, Refusal, Request};
use crate::tui::screens::stage::Pace;
use crate::tui::{Recited, terminal};
use crate::words::{Lang, safe};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn replay(context: &Context, asked: &Replay, out: &mut dyn Write) -> Outcome {
    match (asked.plain, asked.json) {
        (true, _) => retell::plain(context, &asked.trace, out),
        (_, true) => retell::json(context, &asked.trace, out),
        _ => show(context, &asked.trace, asked.at.map(Step), Simulation::usual()),
    }
}

/// Shows the recording in this file. Programs that are opened later run as `how` says.
pub(super) fn show(context: &Context, path: &Path, at: Option<Step>, how: Simulation) -> Outcome {
    let is_input = path == Path::new("-");
    let is_there = if is_input { terminal::is_there_beside_input() } else { terminal::is_there() };
    let name = path.to_string_lossy().into_owned();
    if !is_there {
        let args = [("path", safe(&name).into_owned().into())];
        return Err(Failure::usage(context.words.with("refused-no-terminal-replay", &args)));
    }
    // What is wrong with the file is said before the terminal is taken.
    let reader = open_trace(path, &context.words)?;
    let tape = if is_input || !path.is_file() { Tape::growing(reader) } else { Tape::new(reader) };
    let recordings = how.recording.begin_on_recording(path, &context.words)?;
    let mut loader = Programs::new(context.catalogue()?, how);
    loader.tape = Some((name.clone(), tape.at(at)));
    open::show(context, loader, Some(Request { target: name, parameters: Vec::new() }), recordings)
}

/// True for names that traces have.
pub(super) fn is_trace(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".jsonl", ".jsonl.gz"].iter().any(|ending| name.ends_with(ending))
}

impl Programs {
    /// The recording that is asked for; `None` when a program is.
    pub(super) fn opened(&mut self, request: &Request) -> Option<Result<Opened, Refusal>> {
        let name = &request.target;
        let known = self.headers.iter().find(|(known, _)| known == name).map(|(_, header)| Arc::clone(header));
        if let Some(header) = known.filter(|_| !request.parameters.is_empty()) {
            return Some(self.anew(name, &header, &request.parameters));
        }
        let tape = match self.tape.take_if(|(known, _)| known == name) {
            Some((_, tape)) => tape,
            None if is_trace(name) => match open_file(Path::new(name)) {
                Ok(tape) => tape,
                Err(why) => return Some(Err(Lang::each(|words| vec![words.unread(&safe(name), &why)]))),
            },
            None => return None,
        };
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.clone(), Arc::clone(tape.header())));
        Some(Ok(self.staged(name, tape)))
    }

    /// The recording with its program, if that can be run.
    fn staged(&self, name: &str, tape: Tape) -> Opened {
        let header = Arc::clone(tape.header());
        if header.language == Language::Rust {
            return Opened::Recited(Box::new(Recited { tape, reasons: None }));
        }
        let source = Arc::new(Source::new(Arc::clone(&header.source_name), Arc::clone(&header.source)));
        match self.loaded(name, &header, &source, &header.parameters) {
            Ok(mut loaded) => {
                loaded.start.tape = Some(tape);
                Opened::Program(Box::new(loaded))
            }
            Err(compiled) => {
                let reasons = open::lines(|words| words.diagnostics(&source, &compiled.diagnostics, false));
                Opened::Recited(Box::new(Recited { tape, reasons: Some(reasons) }))
            }
        }
    }

    /// The program of a recording, to be run anew with other parameters.
    fn anew(&self, name: &str, header: &Header, parameters: &[(String, String)]) -> Result<Opened, Refusal> {
        let source = Arc::new(Source::new(Arc::clone(&header.source_name), Arc::clone(&header.source)));
        let mut all = header.parameters.clone();
        all.retain(|(known, _)| parameters.iter().all(|(name, _)| name != known));
        all.extend_from_slice(parameters);
        match self.loaded(name, header, &source, &all) {
            Ok(loaded) => Ok(Opened::Program(Box::new(loaded))),
            Err(compiled) => Err(open::lines(|words| words.diagnostics(&source, &compiled.diagnostics, false))),
        }
    }

    fn loaded(
        &self,
        name: &str,
        header: &Header,
        source: &Arc<Source>,
        parameters: &[(String, String)],
    ) -> Result<Loaded, Compiled> {
        let compiled = lang::compile(source, &Parameters(parameters.to_vec()));
        let Some(program) = compiled.program.clone() else { return Err(compiled) };
        let known = known_target(header, &self.catalogue);
        let is_known = known.is_some();
        let (path, source_of) = (header.target.to_string().into(), Arc::clone(source));
        let target = known.unwrap_or_else(|| match Picture::of_header(header) {
            Some(picture) => Target::Recorded { path, source: source_of, picture },
            None => Target::File { path, source: source_of },
        });
        let start = Start {
            program,
            options: header.options.clone(),
            scheduler: header.scheduler,
            seed: header.seed,
            schedule: header.schedule.clone(),
            inputs: header.inputs.clone(),
            max_steps: self.max_steps(),
            live: header.live.as_ref().map(to_be_watched),
            tape: None,
        };
        let target = open::asking(target, &start, parameters);
        Ok(Loaded {
            // What the disk has under this name may be something else.
            request: Request {
                target: if is_known { target.name() } else { name.to_owned() },
                parameters: parameters.to_vec(),
            },
            parameters: open::parameters(&target, source, parameters),
            target,
            path: None,
            source: Arc::clone(source),
            tokens: compiled.tokens,
            start,
            at: None,
        })
    }
}

/// A run anew begins slowly enough for the eye, and held up.
fn to_be_watched(live: &LiveOptions) -> LiveOptions {
    let pace = if live.pace.is_zero() { Pace::default().length() } else { live.pace };
    LiveOptions { pace, paused: true, ..live.clone() }
}

/// The variant of a scenario that was recorded, if it has the same text today.
pub(super) fn known_target(header: &Header, catalogue: &Catalogue) -> Option<Target> {
    let name = header.target.split('/').next()?;
    catalogue.get(name)?;
    let target = Target::resolve(&header.target, catalogue).ok()?;
    let same = target.scenario().is_some() && *target.source().text == *header.source;
    same.then_some(target)
}

/// Opens an ordinary file: anything else might let us wait.
fn open_file(path: &Path) -> Result<Tape, Unreadable> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("this is no file").into());
    }
    Reader::open(path).map(Tape::new)
}
