//! A run, told step by step: one line for each, for screen readers and pipes.

use super::{Witness, tale};
use crate::event::{Event, EventKind, Sink};
use crate::model::Model;
use crate::model::notes::{Telling, Told};
use crate::scenario::Note;
use crate::words::{Scene, Threads, Words};
use std::io::{self, Write};
use std::sync::Arc;

/// Writes a line whenever a step is complete. It listens like a [`Witness`] and is one besides.
pub struct Narrator<'a> {
    pub witness: Witness,
    words: &'a Words,
    threads: Threads,
    out: &'a mut dyn Write,
    /// The picture before the step that is being collected, and its events so far.
    before: Model,
    events: Vec<Event>,
    /// Findings before this step.
    told: usize,
    notes: Told,
    /// The first failure to write; nothing is written after it.
    failed: Option<io::Error>,
}

impl<'a> Narrator<'a> {
    #[must_use]
    pub fn new(words: &'a Words, threads: Threads, out: &'a mut dyn Write) -> Narrator<'a> {
        Narrator {
            witness: Witness::default(),
            words,
            threads,
            out,
            before: Model::default(),
            events: Vec::new(),
            told: 0,
            notes: Told::default(),
            failed: None,
        }
    }

    /// Tells these notes as well, each after the step at which it is due.
    #[must_use]
    pub fn with_notes(self, notes: Arc<[Note]>) -> Narrator<'a> {
        Narrator { notes: Told::new(notes), ..self }
    }

    /// Tells what there is of the last step, so that it can be read: nothing happens for the moment. What still belongs
    /// to the step gets a line of its own if it is the end of the run or proves something; else the next step says so.
    pub fn pause(&mut self) -> io::Result<()> {
        self.tell();
        self.out.flush()
    }

    /// Tells the last step, and that the run goes on another way from an earlier place, which `witness` has seen.
    pub fn go_back(&mut self, witness: Witness, sentence: &str) -> io::Result<()> {
        self.tell();
        self.before = witness.model.clone();
        self.told = witness.findings.len();
        self.notes.truncate(witness.model.step);
        self.witness = witness;
        writeln!(self.out, "{sentence}")
    }

    /// Tells the last step. To be called when the run is over.
    pub fn finish(mut self) -> io::Result<Witness> {
        self.tell();
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.witness),
        }
    }

    fn tell(&mut self) {
        if self.events.is_empty() || self.failed.is_some() {
            return;
        }
        let scene = Scene {
            events: &self.events,
            before: &self.before,
            after: &self.witness.model,
            findings: &self.witness.findings[self.told..],
            threads: self.threads,
        };
        let is_rest = self.events.iter().all(|event| event.step.0 > 0 && !is_deed(event));
        let is_over = self.events.iter().any(|event| matches!(event.kind, EventKind::Ended(_)));
        if !is_rest || is_over || !scene.findings.is_empty() {
            self.failed = writeln!(self.out, "{}", self.words.plain(&scene)).err();
        }
        if self.failed.is_none() {
            self.failed = self.tell_notes().err();
        }
        self.events.clear();
        self.before = self.witness.model.clone();
        self.told = self.witness.findings.len();
    }
}

impl Narrator<'_> {
    /// Tells the notes that are due now. A step that comes in pieces tells each of its notes once.
    fn tell_notes(&mut self) -> io::Result<()> {
        let Some((last, events)) = self.events.split_last() else { return Ok(()) };
        let before: Vec<Telling> = self.notes.at(last.step).to_vec();
        for event in events {
            self.notes.take(event, &[], &self.before);
        }
        self.notes.take(last, &self.witness.findings[self.told..], &self.before);
        self.notes.conclude(&self.witness.model);
        for telling in self.notes.at(last.step).iter().filter(|telling| !before.contains(telling)) {
            if let Some(note) = self.notes.note(*telling) {
                tale::note(note, self.words, self.out)?;
            }
        }
        Ok(())
    }
}

/// Whether a step begins with this.
const fn is_deed(event: &Event) -> bool {
    matches!(event.kind, EventKind::Did { .. })
}

impl Sink for Narrator<'_> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        if self.events.last().is_some_and(|last| last.step != event.step) {
            self.tell();
        }
        self.events.push(event.clone());
        self.witness.emit(event);
    }
}
