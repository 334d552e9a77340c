//! A menu: pick one of a few things.

use super::Reply;
use crate::tui::app::App;
use crate::tui::text;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

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

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, _app: &App) {
        text::clear(frame.buffer_mut(), area);
        for (y, (index, row)) in (area.top()..area.bottom()).zip(self.rows.iter().enumerate()) {
            let style =
                if index == self.selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
            frame.buffer_mut().set_stringn(area.x, y, text::safe(&row.label), usize::from(area.width), style);
        }
    }
}
