//! A recording that is shown from its beginning to its end, by nobody's hand and to nobody's face: it looks like a run
//! that goes on, but names no keys and no speed.

use super::recorded::Recorded;
use super::subject::{Subject, Watched};
use super::{Metronome, Stage};
use crate::event::{Choice, Event};
use crate::model::Recording;
use crate::scenario::Picture;
use crate::source::Token;
use std::sync::Arc;
use std::time::Duration;

impl Stage {
    /// A stage for this recording, of which nothing is shown yet. `tokens` colour its program.
    pub(in crate::tui) fn unattended(recording: &Recording, tokens: Vec<Token>) -> Stage {
        let title = recording.header.target.to_string();
        let source = Arc::clone(&recording.source);
        let picture = Picture::of_header(&recording.header);
        let watched = Watched { title, source, tokens, picture, pace: Duration::ZERO, paused: true };
        let mut stage = Stage::of(Subject::Watched(watched), None);
        stage.recorded = Some(Recorded::unattended(Arc::new(recording.header.clone())));
        stage.notice = None;
        stage
    }

    /// Takes the next steps of the recording as if they were happening: the cursor goes along, and what goes wrong comes
    /// to the front. While the run goes on, the top line says that it is played, if `playing`.
    pub(in crate::tui) fn go_along(&mut self, events: &[Event], choices: &[Choice], playing: bool) {
        let stood = self.cursor();
        self.history.push(events, choices);
        self.move_to(self.history.last_step());
        self.playing = (playing && self.end().is_none()).then(Metronome::default);
        self.stop_at_finding(stood);
    }
}
