//! What the program has written: an index over the tape, so that any part of it is near at any position.

use super::tape::{Tape, to_u32};
use crate::event::{Action, EventKind, Outcome, Text};
use crate::ids::{Step, ThreadId};
use std::borrow::Cow;
use std::ops::Range;

/// Longer lines are cut off when they are read: no screen shows more.
pub const LINE_BYTES_MAX: usize = 4096;

/// One event that wrote something.
#[derive(Clone, Copy, Debug)]
struct Piece {
    event: u32,
    /// The numbers of bytes and of line ends up to its end.
    bytes: u64,
    breaks: u32,
    /// Its last character is no line end: the next piece goes on in the same line.
    open: bool,
}

/// The pieces of output, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    pieces: Vec<Piece>,
}

impl Log {
    pub(super) fn push(&mut self, event: usize, kind: &EventKind) {
        let Some(text) = written(kind).filter(|text| !text.is_empty()) else { return };
        let (bytes, breaks) = self.pieces.last().map_or((0, 0), |piece| (piece.bytes, piece.breaks));
        self.pieces.push(Piece {
            event: to_u32(event),
            bytes: bytes + text.len() as u64,
            breaks: breaks + to_u32(text.matches('\n').count()),
            open: !text.ends_with('\n'),
        });
    }

    /// Forgets what the events from this one on wrote.
    pub(super) fn truncate(&mut self, events: usize) {
        let place = self.pieces.partition_point(|piece| (piece.event as usize) < events);
        self.pieces.truncate(place);
    }

    /// What the first `events` events wrote.
    pub(super) fn view<'a>(&'a self, tape: &'a Tape, events: usize) -> Output<'a> {
        let place = self.pieces.partition_point(|piece| (piece.event as usize) < events);
        Output { pieces: &self.pieces[..place], tape }
    }
}

/// What an event wrote to the output.
#[must_use]
pub fn written(kind: &EventKind) -> Option<Cow<'_, str>> {
    match kind {
        EventKind::Did { outcome: Outcome::Raised(_), .. } => None,
        EventKind::Did { action: Action::Print { text } | Action::Input { prompt: text }, .. } => Some(match text {
            Text::Str(text) => Cow::Borrowed(text),
            Text::Int(number) => Cow::Owned(number.to_string()),
        }),
        EventKind::Traceback(text) => Some(Cow::Borrowed(text)),
        _ => None,
    }
}

/// The output up to some position. Reading a line costs about as much as the line is long, whatever stands before it.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    pieces: &'a [Piece],
    tape: &'a Tape,
}

/// A line of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputLine {
    /// Without its end, cut off after [`LINE_BYTES_MAX`].
    pub text: String,
    /// Who wrote its first character, and in which step.
    pub thread: ThreadId,
    pub step: Step,
}

impl Output<'_> {
    /// In bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.pieces.last().map_or(0, |piece| piece.bytes)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The number of lines; the last one may not have ended yet.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.breaks as usize + usize::from(piece.open))
    }

    /// These lines (from 0), as far as there are any.
    #[must_use]
    pub fn lines(&self, range: Range<usize>) -> Vec<OutputLine> {
        (range.start..range.end.min(self.line_count())).map_while(|number| self.line(number)).collect()
    }

    /// The last lines, at most this many.
    #[must_use]
    pub fn tail(&self, count: usize) -> Vec<OutputLine> {
        let end = self.line_count();
        self.lines(end.saturating_sub(count)..end)
    }

    fn line(&self, number: usize) -> Option<OutputLine> {
        let (piece, offset) = self.start_of(number)?;
        let first = self.tape.get(self.pieces[piece].event as usize)?;
        let mut line = OutputLine { text: String::new(), thread: first.thread, step: first.step };
        let mut offset = offset;
        for piece in &self.pieces[piece..] {
            let text = written(self.tape.kind(piece.event as usize)?)?;
            let rest = text.get(offset..).unwrap_or("");
            offset = 0;
            let end = rest.find('\n');
            append(&mut line.text, &rest[..end.unwrap_or(rest.len())]);
            if end.is_some() || line.text.len() >= LINE_BYTES_MAX {
                break;
            }
        }
        Some(line)
    }

    /// Where the line begins: the piece and the byte in it.
    fn start_of(&self, number: usize) -> Option<(usize, usize)> {
        if number == 0 {
            return (!self.pieces.is_empty()).then_some((0, 0));
        }
        // The line begins after line end number `number`, counted from 1.
        let place = self.pieces.partition_point(|piece| (piece.breaks as usize) < number);
        let before = place.checked_sub(1).map_or(0, |place| self.pieces[place].breaks as usize);
        let text = written(self.tape.kind(self.pieces.get(place)?.event as usize)?)?;
        let offset = text.match_indices('\n').nth(number - before - 1)?.0 + 1;
        if offset < text.len() {
            Some((place, offset))
        } else {
            Some((place + 1, 0)).filter(|_| place + 1 < self.pieces.len())
        }
    }
}

/// Adds `text` as far as there is room for it.
fn append(line: &mut String, text: &str) {
    let mut room = LINE_BYTES_MAX.saturating_sub(line.len()).min(text.len());
    while !text.is_char_boundary(room) {
        room -= 1;
    }
    line.push_str(&text[..room]);
}
