//! A message: a few lines to read, then any key goes on.

use super::Reply;
use crate::tui::app::App;
use crate::tui::text;
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A title and lines. The lines are finished text in the language of the interface (or the compiler's diagnostics).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub title: String,
    pub lines: Vec<String>,
}

impl Message {
    pub(super) fn key(&mut self, _key: &KeyEvent) -> Reply {
        Reply::Close
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, _app: &App) {
        text::clear(frame.buffer_mut(), area);
        let texts = std::iter::once(&self.title).chain(&self.lines);
        for (y, line) in (area.top()..area.bottom()).zip(texts) {
            frame.buffer_mut().set_stringn(area.x, y, text::safe(line), usize::from(area.width), Style::new());
        }
    }
}
