//! Text for cells: measured, cut, broken into lines. What comes from a program, a file or a person is made harmless by
//! [`safe`] first.

pub use crate::words::safe;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut off to at most `cells` cells; `mark` (`…` or `..`) says that something is missing. A wide character that
/// would stand half outside is left out.
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

/// The text in lines of at most `cells` cells, broken at spaces where there are some and anywhere in Chinese text, though not
/// before a comma or a full stop.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if line.width() + piece.trim_end().width() > cells && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        let mut rest = piece;
        while rest.trim_end().width() > cells {
            let head = prefix(rest, cells);
            lines.push(head.to_owned());
            rest = &rest[head.len()..];
        }
        line.push_str(rest);
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The text in pieces that stay together: words with the punctuation and the spaces after them, Chinese characters with
/// the punctuation after them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = match before {
            None => false,
            Some(' ') => c != ' ',
            Some(b) => (is_wide(b) && !is_opening(b) && c != ' ' || is_wide(c)) && !is_closing(c),
        };
        if breaks && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

const fn is_opening(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '《' | '【')
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '」'
            | '』'
            | '》'
            | '】'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
    )
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
    fn lines_break_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("线程甲等待锁", 4), ["线程", "甲等", "待锁"]);
        assert_eq!(wrap("A for B, B for C", 7), ["A for", "B, B", "for C"]);
        assert_eq!(wrap("B 拿到锁。A 等待。", 9), ["B 拿到", "锁。A 等", "待。"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
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
