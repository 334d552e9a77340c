//! Records to a stream of bytes.

use super::{Header, Record, encode};
use crate::event::{Choice, Decision, Event, Sink};
use std::io::{self, Write};

/// Writes a trace. As a [`Sink`] it listens to a world; a failure is kept until [`Writer::finish`].
///
/// It writes whenever some 32 KiB have come together; who wants the file to be up to date while the run goes on takes a
/// [`Recorder`](super::Recorder).
pub struct Writer<W: Write> {
    out: W,
    lines: Lines,
    failed: Option<io::Error>,
}

/// Bytes that come together before they are written.
const ENOUGH: usize = 32 << 10;

impl<W: Write> Writer<W> {
    /// Writes the header.
    pub fn new(out: W, header: &Header) -> Writer<W> {
        Writer { out, lines: Lines::new(header), failed: None }
    }

    /// Writes a record. The [`Record::End`] comes by itself.
    pub fn record(&mut self, record: &Record) {
        self.lines.record(record);
        self.give();
    }

    /// Writes the end and hands back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.lines.end();
        self.leave()
    }

    /// Hands back what was written to. There is no end: the trace says that it was cut short.
    pub fn leave(mut self) -> io::Result<W> {
        self.hand_over();
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.out.flush()?;
        Ok(self.out)
    }

    fn give(&mut self) {
        if self.lines.bytes.len() >= ENOUGH {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(&self.lines.bytes).err();
        }
        self.lines.bytes.clear();
    }
}

impl<W: Write> Sink for Writer<W> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.lines.event(&event);
        self.give();
    }

    fn decided(&mut self, decision: &Decision) {
        self.lines.decided(decision);
    }
}

/// A trace in the making: its lines so far, as far as nobody has taken them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) bytes: Vec<u8>,
    /// The choice that made the step whose first event is yet to come.
    choice: Option<Choice>,
    pub(super) steps: u64,
    pub(super) events: u64,
}

impl Lines {
    pub(super) fn new(header: &Header) -> Lines {
        let mut lines = Lines::default();
        encode::header(header, &mut lines.bytes);
        lines
    }

    pub(super) fn record(&mut self, record: &Record) {
        match record {
            Record::Event { event, .. } => self.count(event),
            Record::Cut { to } => self.steps = to.0.into(),
            Record::Input { .. } | Record::Lost { .. } | Record::End { .. } => {}
        }
        encode::record(record, &mut self.bytes);
    }

    /// An event, with the choice that was told of before it.
    pub(super) fn event(&mut self, event: &Event) {
        let choice = self.choice.take();
        self.count(event);
        encode::event(event, choice, &mut self.bytes);
    }

    fn count(&mut self, event: &Event) {
        self.steps = event.step.0.into();
        self.events += 1;
    }

    pub(super) fn decided(&mut self, decision: &Decision) {
        match decision {
            Decision::Choice(choice) => self.choice = Some(*choice),
            Decision::Input(line) => self.record(&Record::Input { line: line.clone() }),
        }
    }

    pub(super) fn end(&mut self) {
        let (steps, events) = (self.steps, self.events);
        self.record(&Record::End { steps, events });
    }
}
