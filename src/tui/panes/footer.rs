//! The bottom line: the keys that matter most. A click on one runs it.

use super::pen::Pen;
use crate::tui::app::{App, Screen};
use crate::tui::keys::{self, Action, Binding};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One entry and the columns it takes.
struct Entry {
    binding: &'static Binding,
    key: String,
    words: String,
    start: u16,
    end: u16,
}

pub(in crate::tui) fn render(buffer: &mut Buffer, area: Rect, app: &App) {
    let theme = app.theme();
    for entry in entries(area, app) {
        let place = Rect { x: entry.start, width: entry.end - entry.start, ..area };
        let mut pen = Pen::new(buffer, place, 0, app.glyphs().cut);
        pen.put(&entry.key, theme.style(Slot::Key));
        pen.put(" ", theme.style(Slot::Text));
        pen.put(&entry.words, theme.style(Slot::Text));
    }
}

/// What a click in this column of the footer means.
pub(in crate::tui) fn hit(area: Rect, app: &App, column: u16) -> Option<Action> {
    entries(area, app)
        .into_iter()
        .find(|entry| (entry.start..entry.end).contains(&column))
        .map(|entry| entry.binding.action)
}

/// As many entries as fit, the most important first. The help is the way to all the others: there is always room for
/// it.
fn entries(area: Rect, app: &App) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut x = area.x + 1;
    let refused = |action| match app.screen {
        Screen::Stage => app.stage.as_ref().is_some_and(|stage| stage.refusal(action).is_some()),
        Screen::Explore => app.explore.as_ref().is_some_and(|explore| explore.refuses(action)),
        Screen::Predict => app.predict.as_ref().is_none_or(|predict| predict.refuses(action)),
        Screen::Gallery | Screen::Compare => false,
    };
    let mut rows = keys::footer(app.screen);
    rows.retain(|row| !refused(row.action) && !app.keymap.shown(row).is_empty());
    let help = rows.iter().find(|row| row.action == Action::Help).map_or(0, |row| width(app, row) + 2);
    let mut reserved = help;
    for binding in rows {
        if binding.action == Action::Help {
            reserved = 0;
        }
        let end = x.saturating_add(width(app, binding));
        if end.saturating_add(reserved) < area.right() {
            let words = app.words.t(&format!("{}-short", binding.words));
            entries.push(Entry { binding, key: first_key(app, binding), words, start: x, end });
            x = end + 2;
        }
    }
    entries
}

/// How many cells the entry takes.
fn width(app: &App, binding: &'static Binding) -> u16 {
    let words = app.words.t(&format!("{}-short", binding.words));
    let cells = text::width(&first_key(app, binding)) + 1 + text::width(&words);
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// The first of the keys, arrows as arrows.
fn first_key(app: &App, binding: &'static Binding) -> String {
    let keys = app.keymap.shown(binding);
    let key = keys.split(' ').next().unwrap_or("");
    key.replace("Right", app.glyphs().right).replace("Left", app.glyphs().left)
}
