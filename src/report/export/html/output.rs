//! What the program wrote, in pieces: each with the step in which it was written.

use super::strings::{Both, Strings, TextId};
use crate::event::Event;
use crate::model::{LINE_BYTES_MAX, written};
use crate::words::safe;
use serde::Serialize;

/// More bytes than this are not taken into the page.
pub(super) const OUTPUT_BYTES_MAX: usize = 512 * 1024;

/// Step, thread, text, whether the line ends with it.
#[derive(Debug, Serialize)]
struct Piece(u32, u32, TextId, u8);

/// All pieces, in order.
#[derive(Debug, Default)]
pub(super) struct Output {
    pieces: Vec<Piece>,
    bytes: usize,
    /// True when something was left out.
    pub(super) is_cut: bool,
}

impl Output {
    /// Takes what an event wrote.
    pub(super) fn note(&mut self, event: &Event, strings: &mut Strings) {
        let Some(text) = written(&event.kind) else { return };
        for line in text.split_inclusive('\n') {
            if self.bytes + line.len() > OUTPUT_BYTES_MAX {
                self.is_cut = true;
                return;
            }
            // A short piece takes room as well.
            self.bytes += line.len() + 8;
            let body = line.trim_end_matches('\n');
            let text = strings.put(Both::same(readable(body)));
            self.pieces.push(Piece(event.step.0, event.thread.0, text, u8::from(body.len() < line.len())));
        }
    }
}

impl Serialize for Output {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pieces.serialize(serializer)
    }
}

/// A line without anything that controls: tabs are spaces, as everywhere, and what is too long is cut off.
pub(super) fn readable(line: &str) -> String {
    let mut end = line.len().min(LINE_BYTES_MAX);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    safe(&line[..end].replace('\t', "    ")).into_owned()
}
