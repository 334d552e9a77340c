//! A menu: pick one of a few things.

use super::Reply;
use super::popup::popup;
use crate::tui::app::App;
use crate::tui::panes::{Pen, Window};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

/// What the menu is about, and so what happens with the pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Scheduler,
    Atomicity,
    /// What kind of thing to stop at.
    Break,
    /// Which object to stop at.
    BreakObject,
    /// Another variant of the scenario, or one of its parameters.
    Variant,
    /// Where the program runs.
    World,
    /// Which variant stands on the other side of a comparison.
    CompareWith,
    /// What becomes of the file in which the run was to be saved, and which is there already.
    SaveOver,
    /// How much of what was done is forgotten.
    Forget,
    /// What is wanted of the program, by whoever is its scheduler.
    Objective,
}

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    /// What it means, in a few words.
    pub note: String,
    /// It is what holds now.
    pub chosen: bool,
}

/// The state of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    pub topic: Topic,
    pub title: String,
    pub rows: Vec<Row>,
    pub selected: usize,
}

impl Menu {
    /// A menu with the row that holds now selected.
    #[must_use]
    pub fn new(topic: Topic, title: String, rows: Vec<Row>) -> Menu {
        let selected = rows.iter().position(|row| row.chosen).unwrap_or(0);
        Menu { topic, title, rows, selected }
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        let last = self.rows.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc | KeyCode::Char('q') => return Reply::Close,
            KeyCode::Enter if !self.rows.is_empty() => return Reply::Pick(self.topic, self.selected),
            KeyCode::Up | KeyCode::Char('k') => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.selected = (self.selected + 1).min(last),
            KeyCode::Home | KeyCode::PageUp => self.selected = 0,
            KeyCode::End | KeyCode::PageDown => self.selected = last,
            _ => {}
        }
        Reply::Stay
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let label = self.rows.iter().map(|row| text::width(&row.label)).max().unwrap_or(0);
        let note = self.rows.iter().map(|row| text::width(&row.note)).max().unwrap_or(0);
        let columns = (label + 4 + note).max(text::width(&self.title) + 2);
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let inside = popup(frame, area, app, &self.title, columns, rows);
        let window = Window::around(self.rows.len(), usize::from(inside.height), self.selected);
        for (y, index) in (0..inside.height).zip(window.range()) {
            self.draw_row(frame, Rect { y: inside.y + y, height: 1, ..inside }, app, index, label);
        }
    }

    fn draw_row(&self, frame: &mut Frame<'_>, area: Rect, app: &App, index: usize, label: usize) {
        let theme = app.theme();
        let row = &self.rows[index];
        let selected = index == self.selected;
        let base = theme.style(if selected { Slot::Selected } else { Slot::Overlay });
        let dim = if selected { base } else { theme.style(Slot::Dim) };
        let mut pen = Pen::new(frame.buffer_mut(), area, 0, app.glyphs().cut);
        pen.field(if row.chosen { app.glyphs().yes } else { " " }, 2, base);
        pen.field(&row.label, label, base);
        pen.field("", 2, base);
        pen.put(&row.note, dim);
        pen.rest(base);
    }
}
