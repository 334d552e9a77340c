//! The help: every key of the screen below it. Typing narrows it down, Enter does what the row says.

use super::Reply;
use super::finder::{Deed, Entry, Finder, Order};
use crate::tui::app::App;
use crate::tui::keys;
use crate::words::{Lang, Words};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// The state of the help.
#[derive(Clone, Debug)]
pub struct Help(Finder);

impl Help {
    /// The help of the screen that is shown.
    #[must_use]
    pub fn new(app: &App) -> Help {
        let words = &app.words;
        let finder = Finder::new(words.t("help-title"), words.t("help-hint"), Order::Table, entries(app));
        Help(finder)
    }

    pub(super) fn retell(&mut self, app: &App) {
        self.0.retell(Help::new(app).0);
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        self.0.key(key)
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.0.paste(text);
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        self.0.render(frame, area, app);
    }
}

/// The rows of the key table, in its order.
pub(super) fn entries(app: &App) -> Vec<Entry> {
    let other = Words::new(match app.words.lang() {
        Lang::En => Lang::Zh,
        Lang::Zh => Lang::En,
    });
    let entry = |row: &'static keys::Binding| Entry {
        label: app.words.t(row.words),
        keys: app.keymap.shown(row),
        also: other.t(row.words),
        deed: Deed::Run(row.action),
    };
    keys::on_screen(app.screen).map(entry).collect()
}
