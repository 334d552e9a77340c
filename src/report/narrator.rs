//! A run, told step by step: one line for each, for screen readers and pipes.

use super::Witness;
use crate::event::{Event, Sink};
use crate::model::Model;
use crate::words::{Scene, Threads, Words};
use std::io::{self, Write};

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
            failed: None,
        }
    }

    /// Sees to it that everything told so far can be read.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
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
        self.failed = writeln!(self.out, "{}", self.words.plain(&scene)).err();
        self.events.clear();
        self.before = self.witness.model.clone();
        self.told = self.witness.findings.len();
    }
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
