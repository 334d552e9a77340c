//! The gallery: what there is to open.

use crate::tui::app::App;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;

/// The state of the gallery.
#[derive(Debug, Default)]
pub struct Gallery {}

/// Draws the gallery.
pub fn render(frame: &mut Frame<'_>, area: Rect, _app: &App) {
    frame.render_widget(Paragraph::new("Lockstep"), area);
}
