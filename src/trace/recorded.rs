//! Listening and recording at the same time.

use super::Recorder;
use crate::event::{Decision, Event, Sink};

/// Lets `sink` hear everything, and records it if there is a recorder.
pub struct Recorded<'a, S> {
    pub sink: &'a mut S,
    pub recorder: Option<&'a Recorder>,
}

impl<S: Sink> Sink for Recorded<'_, S> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        if let Some(recorder) = self.recorder {
            recorder.event(&event);
        }
        if S::ENABLED {
            self.sink.emit(event);
        }
    }

    fn decided(&mut self, decision: &Decision) {
        if let Some(recorder) = self.recorder {
            recorder.decision(decision);
        }
        self.sink.decided(decision);
    }
}
