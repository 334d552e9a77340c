//! Text for cells: measured and cut; `prose` breaks it into lines. What comes from a program, a file or a person is
//! made harmless by [`safe`] first.

pub use crate::words::safe;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut off to at most `cells` cells; `mark` (`…` or `..`) says that something is missing. A wide character
/// that would stand half outside is left out.
#[must_use]
pub fn fit<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    if text.width() <= cells {
        return Cow::Borrowed(text);
    }
    let room = cells.saturating_sub(mark.width());
    let mut out = String::from(prefix(text, room));
    if mark.width() <= cells {
        out.push_str(mark);
    }
    Cow::Owned(out)
}

/// The text, with its middle left out where it is wider than `cells`: what tells long names apart is at their end.
#[must_use]
pub fn fit_middle<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    let room = cells.saturating_sub(mark.width());
    if text.width() <= cells || room < 8 {
        return fit(text, cells, mark);
    }
    let (_, end) = behind(text, text.width() - room / 2);
    Cow::Owned(format!("{}{mark}{end}", prefix(text, room - room / 2)))
}

/// The longest beginning of the text that takes at most `cells` cells.
#[must_use]
pub fn prefix(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cells {
            return &text[..start];
        }
    }
    text
}

/// What is left of the text without its first `cells` cells, and how many cells went with them (one more where a wide
/// character would be cut in half).
#[must_use]
pub fn behind(text: &str, cells: usize) -> (usize, &str) {
    let mut gone = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        if gone >= cells {
            return (gone, &text[start..]);
        }
        gone += grapheme.width();
    }
    (gone, "")
}

/// Empties `area` for something that lies on top. A wide character whose left half stands just outside would keep its
/// right half on the terminal, so it is taken away as well.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        if area.left() > buffer.area.left() {
            let cell = &mut buffer[(area.left() - 1, y)];
            if cell.symbol().width() > 1 {
                cell.set_symbol(" ");
            }
        }
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn a_wide_character_is_never_cut_in_half() {
        assert_eq!(fit("线程线程", 5, "…"), "线程…");
        assert_eq!(fit("线程线程", 6, "…"), "线程…");
        assert_eq!(fit("线程", 4, "…"), "线程");
        assert_eq!(fit("abc", 1, ".."), "");
        assert_eq!(prefix("a线b", 2), "a");
    }

    #[test]
    fn the_middle_is_left_out_of_long_names() {
        assert_eq!(fit_middle("self.lock of Account 'alex'", 17, "…"), "self.loc…t 'alex'");
        assert_eq!(fit_middle("账户 alex 的 self.lock", 17, "…"), "账户 ale…elf.lock");
        assert_eq!(fit_middle("forks[0]", 8, "…"), "forks[0]");
        assert_eq!(fit_middle("forks[0]", 6, "…"), "forks…");
    }

    #[test]
    fn an_overlay_takes_the_wide_character_at_its_edge_with_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "线程线", Style::new());
        clear(&mut buffer, Rect::new(3, 0, 3, 1));
        assert_eq!(buffer[(2, 0)].symbol(), " ");
        assert_eq!(buffer[(0, 0)].symbol(), "线");
    }
}
