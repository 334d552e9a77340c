//! A list of commands that is narrowed down by typing. The help and the palette are two views of it.

use super::Reply;
use super::popup::{popup, row};
use crate::tui::app::App;
use crate::tui::field::Field;
use crate::tui::find::Search;
use crate::tui::keys::Action;
use crate::tui::panes::Window;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Run(Action),
    /// Open this scenario.
    Open(String),
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) label: String,
    /// The keys that do the same.
    pub(super) keys: String,
    /// What else it is found by.
    pub(super) also: String,
    pub(super) deed: Deed,
}

/// In which order the entries stand that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As they were given, keys first: a table to read.
    Table,
    /// The best first, keys last: a list to pick from.
    Best,
}

/// The entries, what was typed, and what fits it.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    title: String,
    hint: String,
    order: Order,
    entries: Vec<Entry>,
    filter: Field,
    /// Places in `entries`.
    fitting: Vec<usize>,
    /// The place in `fitting` that is selected.
    selected: usize,
}

/// How many rows make a page.
const PAGE: isize = 10;

/// How wide the list would like to be.
const COLUMNS: u16 = 76;

/// In fewer cells than this a row shows one key only.
const NARROW: usize = 60;

impl Finder {
    pub(super) fn new(title: String, hint: String, order: Order, entries: Vec<Entry>) -> Finder {
        let fitting = (0..entries.len()).collect();
        Finder { title, hint, order, entries, filter: Field::default(), fitting, selected: 0 }
    }

    /// Takes the same entries in another language. What was typed stays, and what is selected, where it still fits.
    pub(super) fn retell(&mut self, told: Finder) {
        let selected = self.fitting.get(self.selected).copied();
        (self.title, self.hint, self.entries) = (told.title, told.hint, told.entries);
        self.refilter();
        self.selected = self.fitting.iter().position(|place| Some(*place) == selected).unwrap_or(0);
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => return self.chosen(),
            KeyCode::Up | KeyCode::BackTab => self.go(-1),
            KeyCode::Down | KeyCode::Tab => self.go(1),
            KeyCode::Char('p') if control => self.go(-1),
            KeyCode::Char('n') if control => self.go(1),
            KeyCode::PageUp => self.go(-PAGE),
            KeyCode::PageDown => self.go(PAGE),
            _ => {
                let before = self.filter.value().to_owned();
                if !self.filter.key(key) {
                    return Reply::Pass;
                }
                if self.filter.value() != before {
                    self.refilter();
                }
            }
        }
        Reply::Stay
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.filter.paste(text);
        self.refilter();
    }

    fn chosen(&self) -> Reply {
        let entry = self.fitting.get(self.selected).and_then(|place| self.entries.get(*place));
        match entry.map(|entry| &entry.deed) {
            None => Reply::Stay,
            Some(Deed::Run(action)) => Reply::Run(*action),
            Some(Deed::Open(target)) => Reply::Open(target.clone()),
        }
    }

    fn go(&mut self, by: isize) {
        let last = self.fitting.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Keeps what fits.
    fn refilter(&mut self) {
        let mut search = Search::new(self.filter.value());
        let fits = |(place, entry): (usize, &Entry)| {
            let also = format!("{} {}", entry.keys, entry.also);
            let rank = search.rank(&entry.label, &also)?;
            let contained = self.order == Order::Best || search.contains(&format!("{} {also}", entry.label));
            contained.then_some((rank, place))
        };
        let mut found: Vec<(u32, usize)> = self.entries.iter().enumerate().filter_map(fits).collect();
        if self.order == Order::Best {
            found.sort_by_key(|(rank, place)| (std::cmp::Reverse(*rank), *place));
        }
        self.fitting = found.into_iter().map(|(_, place)| place).collect();
        self.selected = 0;
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let theme = app.theme();
        let rows = u16::try_from(self.entries.len() + 2).unwrap_or(u16::MAX);
        let inner = popup(frame, area, app, &self.title, COLUMNS, rows);
        let (field, list, hint) = parts(inner);
        row(frame, field, 0, Line::styled("> ", theme.style(Slot::Key)));
        let typed = Rect { x: field.x + 2.min(field.width), width: field.width.saturating_sub(2), ..field };
        self.filter.render(frame, typed, theme.style(Slot::Field));
        let window = Window::around(self.fitting.len(), usize::from(list.height), self.selected);
        for (y, at) in window.range().enumerate() {
            row(frame, list, y, self.entry(app, at, usize::from(list.width)));
        }
        if self.fitting.is_empty() {
            row(frame, list, 0, Line::styled(app.words.t("finder-nothing"), theme.style(Slot::Dim)));
        }
        row(frame, hint, 0, Line::styled(self.hint.as_str(), theme.style(Slot::Dim)));
    }

    fn entry(&self, app: &App, at: usize, cells: usize) -> Line<'_> {
        let theme = app.theme();
        let entry = &self.entries[self.fitting[at]];
        let selected = at == self.selected;
        let style = |slot| if selected { theme.style(Slot::Selected) } else { theme.style(slot) };
        let mark = if selected { app.glyphs().cursor } else { " " };
        let narrow = cells < NARROW;
        let keys = self.entries.iter().map(|entry| text::width(keys_of(entry, narrow))).max().unwrap_or(0);
        let rest = cells.saturating_sub(keys + 4);
        let label = filled(&entry.label, rest, app.glyphs().cut);
        let keys = filled(keys_of(entry, narrow), keys, app.glyphs().cut);
        let (left, right) = match self.order {
            Order::Table => (Span::styled(keys, style(Slot::Key)), Span::styled(label, style(Slot::Text))),
            Order::Best => (Span::styled(label, style(Slot::Text)), Span::styled(keys, style(Slot::Key))),
        };
        let gap = style(Slot::Text);
        Line::from(vec![Span::styled(format!("{mark} "), gap), left, Span::styled("  ", gap), right])
    }
}

/// The keys of an entry; the first of them where there is little room.
fn keys_of(entry: &Entry, narrow: bool) -> &str {
    if narrow { entry.keys.split(' ').next().unwrap_or("") } else { &entry.keys }
}

/// The text in exactly `cells` cells.
fn filled(label: &str, cells: usize, cut: &str) -> String {
    let mut shown = text::fit(label, cells, cut).into_owned();
    shown.push_str(&" ".repeat(cells.saturating_sub(text::width(&shown))));
    shown
}

/// The row for typing, the rows of the list, and the row of the hint, which goes first when there is no room.
fn parts(inner: Rect) -> (Rect, Rect, Rect) {
    let field = Rect { height: inner.height.min(1), ..inner };
    let rest = Rect { y: inner.y + field.height, height: inner.height - field.height, ..inner };
    let hint_rows = u16::from(rest.height >= 4);
    let list = Rect { height: rest.height - hint_rows, ..rest };
    let hint = Rect { y: list.bottom(), height: hint_rows, ..rest };
    (field, list, hint)
}
