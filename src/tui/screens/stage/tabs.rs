//! Which tab is shown, and how the area is divided.

use super::layout::Wish;
use super::{Layout, Notice, Pane, Stage};
use crate::ids::Step;
use crate::scenario::{usual_keys, with_keys};
use crate::tui::panes;
use crate::words::Lang;
use ratatui::layout::Rect;

/// The tabs that are shown while none of them is focused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tabs {
    /// Where the timeline and the picture are tabs, too.
    medium: Pane,
    /// Where they have places of their own.
    wide: Pane,
    /// The brief is shown until the run has begun.
    brief: bool,
}

impl Tabs {
    pub(super) const fn new() -> Tabs {
        Tabs { medium: Pane::Picture, wide: Pane::Output, brief: false }
    }

    /// The brief comes first; where the picture is a tab, it takes the place of the brief when the run begins.
    pub(super) const fn with_brief() -> Tabs {
        Tabs { medium: Pane::Picture, wide: Pane::Notes, brief: true }
    }

    /// Somebody has chosen this pane.
    pub(super) fn choose(&mut self, pane: Pane) {
        if pane as usize >= Pane::Timeline as usize {
            self.medium = pane;
            self.brief = false;
        }
        if pane as usize >= Pane::Output as usize {
            self.wide = pane;
        }
    }

    /// The pane has something new to say. That is no reason to hide the picture.
    pub(super) fn offer(&mut self, pane: Pane) {
        self.wide = pane;
        if self.medium != Pane::Picture {
            self.medium = pane;
        }
    }

    const fn medium(self, at: Step) -> Pane {
        if self.brief && at.0 == 0 { Pane::Notes } else { self.medium }
    }
}

impl Stage {
    /// How the area is divided now.
    #[must_use]
    pub fn layout(&self, area: Rect) -> Layout {
        let threads = rows(self.model().threads.len());
        let wish = Wish {
            focus: self.focus,
            medium_tab: self.tabs.medium(self.cursor()),
            wide_tab: self.tabs.wide,
            zoomed: self.zoomed,
            threads,
            objects: rows(self.objects().len()),
            lanes: threads,
            code: self.code_width(),
            banner: self.is_challenged(),
            lines: rows(self.line_count() as usize),
            told: self.told_rows(area.width.saturating_sub(2)),
        };
        Layout::new(area, wish)
    }

    /// How many rows what is told takes, where one stays to read it: the panes stand still while steps are made.
    fn told_rows(&self, cells: u16) -> u16 {
        let stays = self.cursor() == Step(0) || self.at_end() && self.end().is_some() || self.is_decided();
        if !stays {
            return 0;
        }
        // As long as with the usual keys.
        let usual = |name: &str| usual_keys().find(|(known, _)| *known == name).map(|(_, key)| key.to_owned());
        let rows_of = |told: &str| panes::rows_of(&with_keys(told, usual), cells);
        let notice = match &self.notice {
            Some(Notice::Told(told)) => Lang::ALL.iter().map(|lang| rows_of(lang.of::<String>(told))).max(),
            Some(Notice::Key(_)) | None => None,
        };
        rows_of(&self.told).max(notice.unwrap_or(0))
    }

    /// True when this pane is shown on a screen of this size.
    pub(super) fn shows(&self, pane: Pane, (width, height): (u16, u16)) -> bool {
        self.layout(Rect::new(0, 0, width, height)).pane(pane).is_some()
    }

    /// How many cells the gutter of the program needs for the letters of threads.
    #[must_use]
    pub fn letter_cells(&self) -> usize {
        self.history.head().threads.len().clamp(2, 3)
    }

    /// How wide the program would like to be: its lines and the gutter.
    pub(in crate::tui) fn code_width(&self) -> u16 {
        let digits = self.line_count().to_string().len().max(2);
        let cells = self.columns + digits + self.letter_cells() + 4;
        u16::try_from(cells).unwrap_or(u16::MAX)
    }
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX).min(500)
}
