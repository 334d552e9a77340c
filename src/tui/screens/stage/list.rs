//! Selecting and scrolling in the panes.

use super::{Pane, Stage};
use crate::ids::{Step, ThreadId};
use crate::session::Breakpoint;
use crate::tui::msg::Effect;
use crate::tui::panes::Window;
use ratatui::layout::Rect;

/// Cells that one key press shifts the text by.
const SIDEWAYS: isize = 8;

/// How far the lines can be shifted whose length is not known beforehand.
const SIDEWAYS_MAX: usize = 2000;

impl Stage {
    /// Where the pane was scrolled to; `None` when it shows what matters by itself.
    #[must_use]
    pub fn scroll_of(&self, pane: Pane) -> Option<usize> {
        self.scroll[pane as usize]
    }

    /// The first row that is shown, or the selected one.
    #[must_use]
    pub fn scrolled(&self, pane: Pane) -> usize {
        self.scroll_of(pane).unwrap_or(0)
    }

    /// Moves the selection of the pane, or what is shown of it, by so many rows.
    pub fn scroll(&mut self, pane: Pane, rows: isize) {
        match pane {
            Pane::Program => {
                let last = self.line_count() as usize;
                self.line = u32::try_from(moved(self.line as usize, rows).clamp(1, last.max(1))).unwrap_or(1);
            }
            Pane::Threads => {
                let last = self.model().threads.len().saturating_sub(1);
                let index = moved(self.thread.index(), rows).min(last);
                self.thread = ThreadId(u32::try_from(index).unwrap_or(0));
            }
            Pane::Output => self.scroll_back(pane, rows, self.history.output().line_count()),
            Pane::Events => self.scroll_back(pane, rows, self.history.notable_count()),
            Pane::Objects => self.scroll_down(pane, rows, self.objects().len()),
            Pane::Variables => self.scroll_down(pane, rows, self.model().variables().count()),
            Pane::Findings => self.scroll_down(pane, rows, self.history.all_findings().len()),
            // A picture shows what matters by itself. How many lines notes take depends on the width: see the pane.
            Pane::Picture | Pane::Notes => {}
            Pane::Timeline => {
                let rows_there = self.model().threads.len() + self.model().objects().count();
                let at = self.scroll_of(pane).unwrap_or(self.thread.index());
                self.scroll[pane as usize] = Some(moved(at, rows).min(rows_there.saturating_sub(1)));
            }
        }
    }

    /// How many cells of the long lines in this pane are out of sight on the left.
    #[must_use]
    pub fn sideways(&self, pane: Pane) -> usize {
        if pane == self.sideways.0 { self.sideways.1 } else { 0 }
    }

    /// Shows more of what long lines have on one side: in the focused pane if it has such lines, else in the program.
    pub(super) fn shift(&mut self, notches: isize) {
        let pane = if matches!(self.focus, Pane::Output | Pane::Events) { self.focus } else { Pane::Program };
        self.shift_pane(pane, notches);
    }

    /// The same for one pane: a few cells for each notch.
    pub fn shift_pane(&mut self, pane: Pane, notches: isize) {
        let longest = match pane {
            Pane::Program => self.columns,
            _ => SIDEWAYS_MAX,
        };
        let at = moved(self.sideways(pane), notches * SIDEWAYS).min(longest.saturating_sub(1));
        self.sideways = (pane, at);
    }

    /// Selects the line in this row of the program's pane.
    pub fn select_line_at(&mut self, body: Rect, row: u16) {
        let total = self.line_count() as usize;
        let window = Window::around(total, usize::from(body.height), (self.line as usize).saturating_sub(1));
        let index = window.first + usize::from(row.saturating_sub(body.y));
        if window.range().contains(&index) {
            self.line = u32::try_from(index + 1).unwrap_or(1);
        }
    }

    /// Lists with the newest at the bottom are scrolled by how far the end is from what is shown last.
    fn scroll_back(&mut self, pane: Pane, rows: isize, total: usize) {
        let back = moved(self.scrolled(pane), -rows).min(total.saturating_sub(1));
        self.scroll[pane as usize] = (back > 0).then_some(back);
    }

    fn scroll_down(&mut self, pane: Pane, rows: isize, total: usize) {
        self.scroll[pane as usize] = Some(moved(self.scrolled(pane), rows).min(total.saturating_sub(1)));
    }

    /// The cursor has moved: the lists that show what is newest show it again.
    pub(super) fn unscroll(&mut self) {
        for pane in [Pane::Output, Pane::Events, Pane::Timeline, Pane::Notes] {
            self.scroll[pane as usize] = None;
        }
    }

    /// Puts the keys on a pane.
    pub fn set_focus(&mut self, pane: Pane) {
        self.focus = pane;
        self.tabs.choose(pane);
    }

    /// What Enter does in a pane that is no list of threads: stop at the line, go to the event or the finding.
    pub(super) fn enter(&mut self) -> Option<Vec<Effect>> {
        match self.focus {
            Pane::Program => {
                self.breaks.toggle(Breakpoint::Line(self.line));
                Some(self.send_breaks())
            }
            Pane::Events => {
                let number = self.history.notable_count().checked_sub(1 + self.scrolled(Pane::Events))?;
                let step = self.history.notable(number..number + 1).next()?.step;
                Some(self.go_to(step))
            }
            Pane::Findings => {
                let step = self.history.all_findings().get(self.scrolled(Pane::Findings))?.step;
                Some(self.go_to(step))
            }
            _ => None,
        }
    }

    /// Puts the cursor on a recorded step.
    pub fn go_to(&mut self, step: Step) -> Vec<Effect> {
        let effects = self.halt();
        self.move_to(step);
        effects
    }
}

fn moved(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}
