//! A message: a title and lines to read, such as the diagnostics of a program that does not compile.

use super::Reply;
use super::popup::{popup, row};
use crate::tui::app::App;
use crate::tui::theme::Slot;
use crate::tui::{prose, text};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A title and lines. The lines are finished text in the language of the interface (or the compiler's diagnostics).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub title: String,
    pub lines: Vec<String>,
    /// The first row that is shown.
    scroll: usize,
}

impl Message {
    #[must_use]
    pub fn new(title: String, lines: &[String]) -> Message {
        // A line may hold several.
        let lines = lines.iter().flat_map(|line| line.split('\n').map(str::to_owned)).collect();
        Message { title, lines, scroll: 0 }
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        // No message has more rows than characters; drawing shows the last page when this goes too far.
        let most = self.lines.iter().map(|line| line.len() / 8 + 1).sum::<usize>();
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.scroll = (self.scroll + 1).min(most),
            KeyCode::Up | KeyCode::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll = (self.scroll + 10).min(most),
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(10),
            KeyCode::Home | KeyCode::Char('g') => self.scroll = 0,
            KeyCode::End | KeyCode::Char('G') => self.scroll = most,
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let cells = usize::from(area.width.saturating_sub(4)).clamp(8, 100);
        let rows: Vec<String> = self.lines.iter().flat_map(|line| broken(&text::safe(line), cells)).collect();
        let widest = rows.iter().map(|row| text::width(row)).max().unwrap_or(0).max(text::width(&self.title) + 2);
        let hint = app.words.t("message-hint");
        let columns = u16::try_from(widest.max(text::width(&hint))).unwrap_or(u16::MAX);
        let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX);
        let inner = popup(frame, area, app, &self.title, columns, height);
        let room = usize::from(inner.height.saturating_sub(2)).max(1);
        let first = self.scroll.min(rows.len().saturating_sub(room));
        for (y, line) in rows[first..].iter().take(room).enumerate() {
            row(frame, inner, y, Line::styled(line.as_str(), app.theme().style(Slot::Text)));
        }
        let hint = if rows.len() > room {
            let last = (first + room).min(rows.len());
            format!("{hint}  {last}/{}", rows.len())
        } else {
            hint
        };
        row(frame, inner, room + 1, Line::styled(hint, app.theme().style(Slot::Dim)));
    }
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
