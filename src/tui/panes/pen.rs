//! Writing one row of cells from left to right.

use crate::tui::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A position in a row. Everything that is put moves it to the right; nothing leaves the row, no wide character is cut
/// in half, and control characters become visible.
pub(in crate::tui) struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
    /// Stands for what was cut off.
    cut: &'static str,
    /// Cells of the text that are out of sight on the left.
    hidden: usize,
    /// It was said that something is cut off on the right.
    ended: bool,
}

impl<'a> Pen<'a> {
    /// A pen at the left end of row `y` (from the top of `area`, which must contain it).
    pub(in crate::tui) fn new(buffer: &'a mut Buffer, area: Rect, y: u16, cut: &'static str) -> Pen<'a> {
        let area = area.intersection(buffer.area);
        let inside = y < area.height;
        let end = if inside { area.right() } else { area.x };
        Pen { buffer, x: area.x, y: area.y + if inside { y } else { 0 }, end, cut, hidden: 0, ended: false }
    }

    /// How many cells are left.
    pub(in crate::tui) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// Writes text, cut off at the end of the row. Nothing can follow what was cut off.
    pub(in crate::tui) fn put(&mut self, text: &str, style: Style) {
        let text = text::safe(text);
        let (gone, seen) = text::behind(&text, self.hidden);
        self.hidden = self.hidden.saturating_sub(gone);
        let room = self.room();
        let cut = text::width(seen) > room;
        self.put_within(seen, self.room(), style);
        if cut && text::width(self.cut) <= room {
            self.ended = true;
        }
        if cut {
            // A wide character that was left out may leave a cell free.
            self.fill_to(self.end, style);
        }
    }

    /// Says that this text follows and has no room, if nothing says so yet: the mark stands over the last cells of the row.
    pub(in crate::tui) fn omit(&mut self, text: &str, style: Style) {
        let cells = u16::try_from(text::width(self.cut)).unwrap_or(u16::MAX);
        if self.room() > 0 || self.ended || text.trim().is_empty() || self.x < self.buffer.area.x + cells {
            return;
        }
        let at = self.end - cells;
        // What stands there may be the right half of a wide character.
        if let Some(before) = at.checked_sub(1).filter(|before| *before >= self.buffer.area.x) {
            let cell = &mut self.buffer[(before, self.y)];
            if text::width(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
        self.buffer.set_stringn(at, self.y, self.cut, cells.into(), style);
        self.ended = true;
    }

    /// From here on the first `cells` cells of the text are out of sight; a mark says so.
    pub(in crate::tui) fn hide(&mut self, cells: usize) {
        if cells > 0 {
            self.put_within(self.cut, self.room(), Style::new());
            self.hidden = cells + text::width(self.cut);
        }
    }

    /// Writes text into exactly `cells` cells: cut off or filled up.
    pub(in crate::tui) fn field(&mut self, text: &str, cells: usize, style: Style) {
        let start = self.x;
        self.put_within(text, cells, style);
        let end = start.saturating_add(u16::try_from(cells).unwrap_or(u16::MAX)).min(self.end);
        self.fill_to(end, style);
    }

    /// Writes text at the right end of `cells` cells.
    pub(in crate::tui) fn right(&mut self, text: &str, cells: usize, style: Style) {
        self.skip(cells.saturating_sub(text::width(text)));
        self.put_within(text, cells, style);
    }

    /// Leaves cells as they are.
    pub(in crate::tui) fn skip(&mut self, cells: usize) {
        self.x = self.x.saturating_add(u16::try_from(cells).unwrap_or(u16::MAX)).min(self.end);
    }

    /// Gives the rest of the row this style.
    pub(in crate::tui) fn rest(&mut self, style: Style) {
        self.fill_to(self.end, style);
    }

    fn put_within(&mut self, text: &str, cells: usize, style: Style) {
        if self.room() == 0 {
            return;
        }
        let text = text::safe(text);
        let shown = text::fit(&text, cells.min(self.room()), self.cut);
        self.x = self.buffer.set_stringn(self.x, self.y, shown, self.room(), style).0;
    }

    fn fill_to(&mut self, end: u16, style: Style) {
        while self.x < end {
            self.buffer[(self.x, self.y)].set_symbol(" ").set_style(style);
            self.x += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_what_was_cut_off() {
        let area = Rect::new(0, 0, 6, 1);
        let mut buffer = Buffer::empty(area);
        let mut pen = Pen::new(&mut buffer, area, 0, "…");
        pen.put("abc ", Style::new());
        pen.put("锁", Style::new());
        pen.put(":", Style::new());
        assert_eq!(buffer, Buffer::with_lines(["abc 锁"]));
        let area = Rect::new(0, 0, 5, 1);
        let mut buffer = Buffer::empty(area);
        let mut pen = Pen::new(&mut buffer, area, 0, "…");
        pen.put("abc", Style::new());
        pen.put("锁锁", Style::new());
        pen.put(":", Style::new());
        assert_eq!(buffer, Buffer::with_lines(["abc… "]));
    }

    #[test]
    fn what_is_left_out_behind_a_full_row_leaves_a_mark() {
        let area = Rect::new(0, 0, 4, 1);
        let row = |texts: &[&str], rest: &str| {
            let mut buffer = Buffer::empty(area);
            let mut pen = Pen::new(&mut buffer, area, 0, "…");
            for text in texts {
                pen.put(text, Style::new());
            }
            pen.omit(rest, Style::new());
            buffer
        };
        assert_eq!(row(&["ab", "cd"], "ef"), Buffer::with_lines(["abc…"]));
        assert_eq!(row(&["ab", "cd"], "  "), Buffer::with_lines(["abcd"]), "blanks are nothing");
        assert_eq!(row(&["ab", "cde"], "f"), Buffer::with_lines(["abc…"]), "once");
        assert_eq!(row(&["ab", "锁"], "f"), Buffer::with_lines(["ab …"]));
        assert_eq!(row(&["a锁锁"], "f"), row(&["a锁锁"], ""), "it was said before");
    }
}
