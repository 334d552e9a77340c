//! A program's output on its way to a terminal or a pipe.

use crate::words::safe;
use std::borrow::Cow;

/// The same text, where only ends of lines and tabs still control anything. Everything else that could move the cursor,
/// change colours or turn the direction of writing around is shown instead of sent.
///
/// Reports do this whether or not they are read by a terminal: a pipe ends in a terminal more often than not, and the
/// same arguments give the same bytes.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\t']) {
        return safe(text);
    }
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(['\n', '\t']) {
        let (body, end) = match piece.char_indices().next_back() {
            Some((at, '\n' | '\t')) => piece.split_at(at),
            _ => (piece, ""),
        };
        shown.push_str(&safe(body));
        shown.push_str(end);
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_lines_and_tabs_get_through() {
        assert_eq!(plain("a\tb\n锁\n"), "a\tb\n锁\n");
        assert_eq!(plain("\x1b[2J\n\x07"), "␛[2J\n␇");
        assert_eq!(plain("50%\r100%\n"), "50%␍100%\n");
        assert_eq!(plain(""), "");
    }
}
