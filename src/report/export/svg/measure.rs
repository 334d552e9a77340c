//! How much room text takes. Nobody knows with which font a picture will be shown: these are the widths of the widest
//! usual ones, so that nothing overlaps in any of them.

use crate::report::breaks::pieces;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// About how wide this is, in hundredths of a unit, in letters of this size (in hundredths as well).
pub(super) fn width(text: &str, size: i64) -> i64 {
    text.chars().map(share).sum::<i64>() * size / 100
}

/// The same for letters that are all equally wide.
pub(super) fn width_of_code(text: &str, size: i64) -> i64 {
    let cells: usize = text.chars().filter_map(UnicodeWidthChar::width).sum();
    i64::try_from(cells).unwrap_or(i64::MAX / 100_000) * size * 61 / 100
}

/// Hundredths of the letters' size.
fn share(c: char) -> i64 {
    match c {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '(' | ')' | '[' | ']'
        | ' ' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 98,
        'a'..='z' | '-' | '"' | '*' | '/' => 62,
        _ => match c.width() {
            None | Some(0) => 0,
            Some(1) => 70,
            Some(_) => 102,
        },
    }
}

/// The text, cut off with `…` where it takes more than `room`.
pub(super) fn fit(text: &str, room: i64, measure: impl Fn(&str) -> i64) -> Cow<'_, str> {
    if measure(text) <= room {
        return Cow::Borrowed(text);
    }
    let room = room - measure("…");
    let mut end = 0;
    for (start, c) in text.char_indices() {
        let next = start + c.len_utf8();
        if measure(&text[..next]) > room {
            break;
        }
        end = next;
    }
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// The text in lines of at most `room`, broken at blanks and between wide characters.
pub(super) fn lines(text: &str, size: i64, room: i64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && width(&format!("{line}{}", piece.trim_end()), size) > room {
            let rest = line.trim_end().len();
            line.truncate(rest);
            lines.push(piece.trim_start().to_owned());
        } else {
            line.push_str(piece);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_between_wide_characters() {
        assert_eq!(lines("one two three", 100, 500), ["one two", "three"]);
        assert_eq!(lines("线程等待锁。", 100, 420), ["线程等待", "锁。"]);
        assert_eq!(lines("线程等锁。", 100, 420), ["线程等", "锁。"]);
        assert_eq!(lines("", 100, 100), [""]);
        assert_eq!(lines("unbreakable", 100, 100), ["unbreakable"]);
    }

    #[test]
    fn what_does_not_fit_is_cut_off() {
        let measure = |text: &str| width_of_code(text, 100);
        assert_eq!(fit("forks[10]", 1000, measure), "forks[10]");
        assert_eq!(fit("forks[10]", 400, measure), "forks…");
        assert_eq!(fit("锁锁锁", 300, measure), "锁…");
    }
}
