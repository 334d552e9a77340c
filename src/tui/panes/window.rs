//! Which part of a long list is shown.

use super::pen::Pen;
use crate::tui::app::App;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

/// A stretch of a list of `total` rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Window {
    pub(in crate::tui) first: usize,
    pub(in crate::tui) rows: usize,
    pub(in crate::tui) total: usize,
}

impl Window {
    /// The stretch with row `matters` in it, as near to the top of the list as that goes in whole pages less a little
    /// overlap: the picture stands still while the row moves about within it.
    pub(in crate::tui) fn around(total: usize, rows: usize, matters: usize) -> Window {
        let last = total.saturating_sub(rows);
        if rows == 0 || matters < rows {
            return Window { first: 0, rows, total };
        }
        let stride = (rows * 2 / 3).max(1);
        let first = ((matters - rows) / stride + 1) * stride;
        Window { first: first.min(last), rows, total }
    }

    /// The stretch that begins at `first`, or as far down as there are rows.
    pub(in crate::tui) fn from(total: usize, rows: usize, first: usize) -> Window {
        Window { first: first.min(total.saturating_sub(rows)), rows, total }
    }

    /// The last rows, but for `back` of them.
    pub(in crate::tui) fn from_end(total: usize, rows: usize, back: usize) -> Window {
        let last = total.saturating_sub(rows);
        Window { first: last.saturating_sub(back), rows, total }
    }

    /// The rows that are shown.
    pub(in crate::tui) fn range(self) -> Range<usize> {
        self.first..(self.first + self.rows).min(self.total)
    }
}

/// Says at the right edge of the area that there is more above or below.
pub(in crate::tui) fn scroll_marks(buffer: &mut Buffer, area: Rect, app: &App, window: Window) {
    let edge = Rect { x: area.right().saturating_sub(1), width: area.width.min(1), ..area };
    let style = app.theme().style(Slot::Key);
    let rows = u16::try_from(window.rows).unwrap_or(u16::MAX);
    if window.first > 0 {
        Pen::new(buffer, edge, area.height.saturating_sub(rows), app.glyphs().cut).put(app.glyphs().up, style);
    }
    if window.range().end < window.total {
        Pen::new(buffer, edge, area.height.saturating_sub(1), app.glyphs().cut).put(app.glyphs().down, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_that_matters_is_always_shown() {
        for total in 0..60 {
            for rows in 1..20 {
                for matters in 0..total {
                    let window = Window::around(total, rows, matters);
                    assert!(window.range().contains(&matters), "{total} {rows} {matters}: {window:?}");
                    assert!(window.range().end <= total);
                }
            }
        }
    }

    #[test]
    fn a_list_that_fits_never_scrolls() {
        assert_eq!(Window::around(5, 5, 4).range(), 0..5);
        assert_eq!(Window::from(5, 9, 3).range(), 0..5);
        assert_eq!(Window::from_end(10, 4, 2).range(), 4..8);
        assert_eq!(Window::from_end(10, 4, 99).range(), 0..4);
    }
}
