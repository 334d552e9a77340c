//! Where a line of prose may be broken, in English and in Chinese.

use unicode_width::UnicodeWidthChar;

/// What must stay together: a word with the blank behind it, a wide character with the punctuation behind it.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            before == ' ' && c != ' '
                || (is_wide(before) || is_wide(c)) && !is_closing(c) && !is_opening(before) && c != ' '
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

const fn is_closing(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '：' | '；' | '！' | '？' | '）' | '」' | '』' | '》' | '.' | ',' | ')' | ']')
}

const fn is_opening(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '《' | '(' | '[')
}
