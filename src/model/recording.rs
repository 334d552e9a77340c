//! A run that lies before us as a whole: what every export is made of.

use super::History;
use crate::event::{Choice, Event};
use crate::source::Source;
use crate::trace::{Feed, Header, Portion, Problem, Reader};
use std::sync::Arc;

/// A run from its first event to its last, and how it was started.
#[derive(Clone, Debug)]
pub struct Recording {
    pub header: Header,
    /// The text its events speak of.
    pub source: Arc<Source>,
    /// What happened. Its position is the end of the tape.
    pub history: History,
    /// The lines of input that were given while it went on, in order.
    pub inputs: Vec<Option<Arc<str>>>,
    /// True when the file says that nothing comes after it; else it was cut short.
    pub complete: bool,
}

impl Recording {
    /// A run without events yet.
    #[must_use]
    pub fn new(header: Header) -> Recording {
        let source = Arc::new(Source::new(Arc::clone(&header.source_name), Arc::clone(&header.source)));
        Recording { header, source, history: History::new(), inputs: Vec::new(), complete: false }
    }

    /// A whole run: its events, and the choices that made its steps (step 0 has none).
    #[must_use]
    pub fn of(header: Header, events: &[Event], choices: &[Choice]) -> Recording {
        let mut recording = Recording::new(header);
        recording.history.push(events, choices);
        recording.complete = true;
        recording
    }
}

/// Events that are taken from a file at once.
const PORTION: usize = 4096;

impl Recording {
    /// A whole trace. What is wrong with it is told by the problems; whatever makes sense is there.
    #[must_use]
    pub fn read(reader: Reader) -> (Recording, Vec<Problem>) {
        let mut recording = Recording::new(reader.header().clone());
        let mut feed = Feed::new(reader);
        while let Some(portion) = feed.next_portion(PORTION) {
            recording.take(portion);
        }
        recording.complete = feed.reader().is_complete();
        (recording, feed.problems().to_vec())
    }

    /// What happened next.
    pub fn take(&mut self, portion: Portion) {
        if let Some((step, inputs)) = portion.cut {
            self.history.truncate(step);
            self.inputs.truncate(inputs);
        }
        self.history.push(&portion.events, &portion.choices);
        self.inputs.extend(portion.inputs);
    }
}
