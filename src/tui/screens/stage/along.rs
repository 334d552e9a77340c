//! A recording that is shown from its beginning to its end, by nobody's hand.

use super::{Metronome, Stage};
use crate::event::{Choice, Event};

impl Stage {
    /// Takes the next steps of a recording as if they were happening: the cursor goes along, and what goes wrong comes to
    /// the front. While the run goes on, the top line says that it is played, if `playing`.
    pub(in crate::tui) fn go_along(&mut self, events: &[Event], choices: &[Choice], playing: bool) {
        let stood = self.cursor();
        self.notice = None;
        self.asked = None;
        self.history.push(events, choices);
        self.move_to(self.history.last_step());
        self.playing = (playing && self.end().is_none()).then(Metronome::default);
        self.stop_at_finding(stood);
    }
}
