//! The help: every key of the screen below it.

use super::Reply;
use crate::tui::app::App;
use crate::tui::keys;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

/// The state of the help.
pub struct Help;

impl Help {
    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        match key.code {
            KeyCode::Esc | KeyCode::Char('q' | '?') => Reply::Close,
            _ => Reply::Stay,
        }
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let lines: Vec<Line<'_>> =
            keys::on_screen(app.screen).map(|row| Line::from(format!("{:18}{}", row.shown, row.words))).collect();
        frame.render_widget(Clear, area);
        frame.render_widget(Paragraph::new(lines), area);
    }
}
