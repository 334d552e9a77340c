//! What tables of text are made of.

use super::breaks::pieces;
use crate::scenario::RunEnd;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `n = 1, items = []`
#[must_use]
pub fn assignments<'a>(globals: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let shown: Vec<String> = globals.map(|(name, value)| format!("{name} = {value}")).collect();
    shown.join(", ")
}

/// The message that names an end. `circle`: threads wait for each other in one. Without it nobody can go on either, but
/// that is no deadlock.
#[must_use]
pub const fn end_key(end: RunEnd, circle: bool) -> &'static str {
    match end {
        RunEnd::Deadlock if !circle => "explore-stuck",
        RunEnd::Finished => "repeat-finished",
        RunEnd::Deadlock => "repeat-deadlock",
        RunEnd::Crash => "repeat-crash",
        RunEnd::Limit => "repeat-limit",
    }
}

/// The beginning of a text, with `…` for what does not fit.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    let mut shown: String = text.chars().take_while(fits).collect();
    shown.push('…');
    shown
}

pub(super) fn blanks(columns: usize) -> String {
    " ".repeat(columns)
}

/// The text in lines of so many columns. A word that is longer than a line is not broken: it may be there to be copied.
pub(super) fn wrapped(text: &str, columns: Option<usize>) -> Vec<String> {
    let Some(columns) = columns.filter(|columns| text.width() > *columns) else { return vec![text.to_owned()] };
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let width = piece.trim_end().width();
        if used > 0 && used + width > columns {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += piece.width();
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_between_chinese_characters() {
        let lines = |text, columns| wrapped(text, Some(columns)).join("|");
        assert_eq!(lines("no deadlock, no crash", 12), "no deadlock,|no crash");
        assert_eq!(lines("again: v1/M5.A2.B3.A1 --fair", 10), "again:|v1/M5.A2.B3.A1|--fair");
        assert_eq!(lines("没有死锁，没有崩溃。", 8), "没有死|锁，没有|崩溃。");
        assert_eq!(lines("第 5 步之后（B 拿锁）", 8), "第 5 步|之后（B|拿锁）");
        assert_eq!(wrapped("whatever it is", None), ["whatever it is"]);
    }
}
