//! What two programs print, line by line.

use super::Both;
use crate::model::{Events, Recording, written};
use crate::report::without_addresses;

/// Longer lines are compared in pieces of this length: a program may never end its line.
const PIECE_BYTES: usize = 64 * 1024;

/// How many whole lines both outputs begin with; `None` when they are the same to the end. What the one prints at once may
/// come from the other piece by piece.
pub(super) fn common_lines(both: Both<&Recording>) -> Option<usize> {
    let [mut one, mut other] = both.map(|recording| Lines::new(recording.history.events(0..usize::MAX)));
    let mut lines = 0;
    loop {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if a == b || without_addresses(&a) == without_addresses(&b) => {
                lines += usize::from(a.ends_with('\n'));
            }
            _ => return Some(lines),
        }
    }
}

/// The lines of an output with their ends, long ones in pieces.
struct Lines<'a> {
    events: Events<'a>,
    /// What was printed last, and how much of it was given out.
    text: String,
    given: usize,
}

impl<'a> Lines<'a> {
    fn new(events: Events<'a>) -> Lines<'a> {
        Lines { events, text: String::new(), given: 0 }
    }

    /// Has the next text that is not empty; false when there is none.
    fn refill(&mut self) -> bool {
        while self.given == self.text.len() {
            let Some(event) = self.events.next() else { return false };
            if let Some(text) = written(&event.kind) {
                self.text.clear();
                self.text.push_str(&text);
                self.given = 0;
            }
        }
        true
    }
}

impl Iterator for Lines<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut line = String::new();
        while line.len() < PIECE_BYTES && !line.ends_with('\n') && self.refill() {
            let rest = &self.text[self.given..];
            let mut end = rest.find('\n').map_or(rest.len(), |place| place + 1).min(PIECE_BYTES - line.len());
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            line.push_str(&rest[..end]);
            self.given += end;
        }
        (!line.is_empty()).then_some(line)
    }
}
