//! The stage: one program, watched.

use crate::tui::app::App;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;

/// The state of the stage.
#[derive(Debug, Default)]
pub struct Stage {
    playing: bool,
}

impl Stage {
    /// True while the run goes on by itself.
    #[must_use]
    pub const fn is_playing(&self) -> bool {
        self.playing
    }
}

/// Draws the stage.
pub fn render(frame: &mut Frame<'_>, area: Rect, _app: &App) {
    frame.render_widget(Paragraph::new("Lockstep"), area);
}
