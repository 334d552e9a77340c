//! A menu: pick one of a few things.

use super::Reply;
use super::popup::popup;
use crate::scenario::Localized;
use crate::tui::app::App;
use crate::tui::panes::{Pen, Window};
use crate::tui::text;
use crate::tui::theme::Slot;
use crate::words::{Lang, Words};
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
    selected: usize,
    /// The title and the rows in every language. There are as many rows in each.
    told: Localized<(String, Vec<Row>)>,
}

impl Menu {
    /// A menu with this title and these rows, the one that holds now selected.
    #[must_use]
    pub fn new(topic: Topic, tell: impl FnMut(&Words) -> (String, Vec<Row>)) -> Menu {
        let told = Lang::each(tell);
        let selected = told.en.1.iter().position(|row| row.chosen).unwrap_or(0);
        Menu { topic, selected, told }
    }

    /// The same with the row at this place selected.
    #[must_use]
    pub fn on(self, selected: usize) -> Menu {
        Menu { selected, ..self }
    }

    /// The place of the row that is selected.
    #[cfg(test)]
    pub(super) const fn selected(&self) -> usize {
        self.selected
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        let count = self.told.en.1.len();
        let last = count.saturating_sub(1);
        match key.code {
            KeyCode::Esc | KeyCode::Char('q') => return Reply::Close,
            KeyCode::Enter if count > 0 => return Reply::Pick(self.topic, self.selected),
            KeyCode::Up | KeyCode::Char('k') => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.selected = (self.selected + 1).min(last),
            KeyCode::Home | KeyCode::PageUp => self.selected = 0,
            KeyCode::End | KeyCode::PageDown => self.selected = last,
            _ => return Reply::Pass,
        }
        Reply::Stay
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let (title, rows) = app.words.lang().of(&self.told);
        let label = rows.iter().map(|row| text::width(&row.label)).max().unwrap_or(0);
        let note = rows.iter().map(|row| text::width(&row.note)).max().unwrap_or(0);
        let columns = (label + 4 + note).max(text::width(title) + 2);
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let inside = popup(frame, area, app, title, columns, height);
        let window = Window::around(rows.len(), usize::from(inside.height), self.selected);
        for (y, index) in (0..inside.height).zip(window.range()) {
            let area = Rect { y: inside.y + y, height: 1, ..inside };
            draw_row(frame, area, app, &rows[index], index == self.selected, label);
        }
    }
}

fn draw_row(frame: &mut Frame<'_>, area: Rect, app: &App, row: &Row, selected: bool, label: usize) {
    let theme = app.theme();
    let base = theme.style(if selected { Slot::Selected } else { Slot::Overlay });
    let dim = if selected { base } else { theme.style(Slot::Dim) };
    let mut pen = Pen::new(frame.buffer_mut(), area, 0, app.glyphs().cut);
    pen.field(if row.chosen { app.glyphs().yes } else { " " }, 2, base);
    pen.field(&row.label, label, base);
    pen.field("", 2, base);
    pen.put(&row.note, dim);
    pen.rest(base);
}
