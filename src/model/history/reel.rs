//! The tape of a run by itself, to be written into a file while the run goes on.

use super::tape::Tape;
use super::{Events, History};
use crate::event::{Action, Choice, EventKind, Outcome};
use crate::ids::Step;
use crate::trace::{Header, Packing, Record, Writer};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};
use std::sync::Arc;

/// Everything that a trace has: how the run was started, and what is on its tape.
#[derive(Clone, Debug)]
pub struct Reel {
    header: Header,
    tape: Tape,
    choices: Vec<Choice>,
    /// The lines that answered `input()`, in order.
    lines: Vec<Option<Arc<str>>>,
    /// How many facts were lost.
    lost: u64,
    /// False when more has happened than is on the tape.
    complete: bool,
}

impl History {
    /// What is on the tape now, of a run that was started like this, to which these lines were given, and of which so many
    /// facts were lost.
    #[must_use]
    pub fn reel(&self, header: Header, lines: Vec<Option<Arc<str>>>, lost: u64) -> Reel {
        Reel { header, tape: self.tape.clone(), choices: self.choices.clone(), lines, lost, complete: true }
    }
}

impl Reel {
    /// The tape was cut short: its trace has no end, either.
    #[must_use]
    pub fn without_end(self) -> Reel {
        Reel { complete: false, ..self }
    }

    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The number of its events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tape.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tape.len() == 0
    }

    /// Writes it as a trace.
    pub fn write(&self, packing: Packing, out: &mut dyn Write) -> io::Result<()> {
        match packing {
            Packing::Plain => self.write_lines(out).map(drop),
            Packing::Gzip => self.write_lines(GzEncoder::new(out, Compression::default()))?.finish().map(drop),
        }
    }

    fn write_lines<W: Write>(&self, out: W) -> io::Result<W> {
        let mut writer = Writer::new(out, &self.header);
        self.records().for_each(|record| writer.record(&record));
        if self.complete { writer.finish() } else { writer.leave() }
    }

    /// Its records, without the end.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let all = self.tape.iter(0..self.tape.len());
        let records =
            Records { reel: self, events: all, event: None, lines: self.lines.iter(), last: Step(0), ended: false };
        records.chain((self.lost > 0).then_some(Record::Lost { count: self.lost }))
    }
}

/// The events, and between them the lines: each before the event that says that it was read.
struct Records<'a> {
    reel: &'a Reel,
    events: Events<'a>,
    /// An event before which a line was given.
    event: Option<Record>,
    lines: std::slice::Iter<'a, Option<Arc<str>>>,
    last: Step,
    /// The program was told that the input has ended.
    ended: bool,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if let Some(event) = self.event.take() {
            return Some(event);
        }
        // What was given and not read stands at the end.
        let Some(event) = self.events.next() else { return self.line() };
        let choice = if event.step > self.last && !self.reel.header.is_live() {
            self.reel.choices.get(event.step.0 as usize - 1).copied()
        } else {
            None
        };
        self.last = event.step;
        let read = match &event.kind {
            EventKind::Did { action: Action::Input { .. }, outcome: Outcome::Raised(_) } => Some(false),
            EventKind::Did { action: Action::Input { .. }, .. } => Some(true),
            _ => None,
        };
        let line = match read {
            Some(true) => self.line(),
            // Once the input has ended it stays so, and that is said once.
            Some(false) if !std::mem::replace(&mut self.ended, true) => {
                self.line().or(Some(Record::Input { line: None }))
            }
            Some(false) | None => None,
        };
        let event = Record::Event { event, choice };
        match line {
            None => Some(event),
            Some(line) => {
                self.event = Some(event);
                Some(line)
            }
        }
    }
}

impl Records<'_> {
    fn line(&mut self) -> Option<Record> {
        self.lines.next().map(|line| Record::Input { line: line.clone() })
    }
}
