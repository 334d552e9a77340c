//! A message: a title and lines to read, such as the diagnostics of a program that does not compile.

use super::Reply;
use super::popup::{popup, row};
use crate::scenario::Localized;
use crate::tui::app::App;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Slot;
use crate::tui::{prose, text};
use crate::words::{Lang, Words};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A title and lines, in every language: what they are about is often gone when the language changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    told: Localized<(String, Vec<String>)>,
    /// It tells what is wrong with a file, and is out of date when that changes.
    pub is_of_file: bool,
    /// The first row that is shown.
    scroll: usize,
}

impl Message {
    /// A message with this title and these lines: finished text.
    #[must_use]
    pub fn new(mut tell: impl FnMut(&Words) -> (String, Vec<String>)) -> Message {
        let told = Lang::each(|words| {
            let (title, lines) = tell(words);
            // A line may hold several.
            (title, lines.iter().flat_map(|line| line.split('\n').map(str::to_owned)).collect())
        });
        Message { told, is_of_file: false, scroll: 0 }
    }

    /// A message with the title that has this key.
    #[must_use]
    pub fn titled(key: &str, lines: &Localized<Vec<String>>) -> Message {
        Message::new(|words| (words.t(key), words.lang().of(lines).clone()))
    }

    /// What is wrong with a file, titled likewise.
    #[must_use]
    pub fn of_file(key: &str, lines: &Localized<Vec<String>>) -> Message {
        Message { is_of_file: true, ..Message::titled(key, lines) }
    }

    /// Gives the keys of the actions that its lines name.
    pub(in crate::tui) fn name_keys(&mut self, keymap: &Keymap) {
        self.told = Lang::each(|words| {
            let (title, lines) = words.lang().of(&self.told);
            (title.clone(), lines.iter().map(|line| keymap.told_plainly(line, words).into_owned()).collect())
        });
    }

    /// `size` and `lang`: how it is drawn.
    pub(super) fn key(&mut self, key: &KeyEvent, size: (u16, u16), lang: Lang) -> Reply {
        let area = Rect::new(0, 0, size.0, size.1);
        let total = self.rows(area, lang).len();
        let room = room(area, total);
        let last = total.saturating_sub(room);
        self.scroll = match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.scroll + 1,
            KeyCode::Up | KeyCode::Char('k') => self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll + room,
            KeyCode::PageUp => self.scroll.saturating_sub(room),
            KeyCode::Home | KeyCode::Char('g') => 0,
            KeyCode::End | KeyCode::Char('G') => last,
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => return Reply::Close,
            _ => return Reply::Pass,
        }
        .min(last);
        Reply::Stay
    }

    /// The lines, broken where they are too long for the area.
    fn rows(&self, area: Rect, lang: Lang) -> Vec<String> {
        let cells = usize::from(area.width.saturating_sub(4)).clamp(8, 100);
        lang.of(&self.told).1.iter().flat_map(|line| broken(&text::safe(line), cells)).collect()
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let theme = app.theme();
        let (title, _) = app.words.lang().of(&self.told);
        let rows = self.rows(area, app.words.lang());
        let room = room(area, rows.len());
        let first = self.scroll.min(rows.len().saturating_sub(room));
        let hint = if rows.len() > room {
            let last = (first + room).min(rows.len()).to_string();
            app.words.with("message-scroll", &[("n", last.into()), ("total", rows.len().to_string().into())])
        } else {
            app.words.t("message-close")
        };
        let widest = rows.iter().map(|row| text::width(row)).max().unwrap_or(0);
        let columns = widest.max(text::width(title) + 2).max(text::width(&hint));
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        let height = u16::try_from(rows.len() + MARGIN).unwrap_or(u16::MAX);
        let inner = popup(frame, area, app, title, columns, height);
        for (y, line) in rows[first..].iter().take(room).enumerate() {
            row(frame, inner, y, Line::styled(line.as_str(), theme.style(Slot::Text)));
        }
        row(frame, inner, room + 1, Line::styled(hint, theme.style(Slot::Dim)));
    }
}

/// The empty row and the hint below the text.
const MARGIN: usize = 2;

/// How many rows of text there is room for: all of them, or as many as the area leaves between the edges and the hint.
fn room(area: Rect, total: usize) -> usize {
    usize::from(area.height).saturating_sub(2 + MARGIN).clamp(1, total.max(1))
}

/// A line of prose is broken; a line of source with its caret is cut, so that the caret stays where it belongs.
fn broken(line: &str, cells: usize) -> Vec<String> {
    if text::width(line) <= cells {
        return vec![line.to_owned()];
    }
    if is_excerpt(line) {
        return vec![text::prefix(line, cells).to_owned()];
    }
    prose::wrap(line, cells)
}

/// True for `12 |     x = 1` and `   |     ^^^ what is wrong`.
fn is_excerpt(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    rest.starts_with('|') || rest.starts_with("-->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_are_not_moved_by_breaking() {
        assert!(is_excerpt("12 |     x = 1") && is_excerpt("   |     ^^^") && is_excerpt(" --> a.py:3:1"));
        assert!(!is_excerpt("error: no | such name"));
        assert_eq!(broken("3 | abcdefgh", 8), ["3 | abcd"]);
        assert_eq!(broken("one two three", 8), ["one two", "three"]);
    }
}
