//! Text from a program, made harmless for a terminal, a page and a file name.

use std::borrow::Cow;
use std::fmt::Write;

/// The same text on one line with every character that could control a terminal shown instead of sent: `␛` for
/// escape, `␊` for an end of line, `<202E>` for a mark that turns the direction of writing around.
///
/// Ordinary text, Chinese and emoji included, passes unchanged and is not copied.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push_safe(&mut shown, c);
    }
    Cow::Owned(shown)
}

/// The text with at most so many characters: of a longer one, more of the beginning than of the end.
#[must_use]
pub fn shortened(text: &str, chars: usize) -> Cow<'_, str> {
    const MARK: &str = "...";
    let Some(end) = text.chars().count().checked_sub(chars).filter(|more| *more > 0) else {
        return Cow::Borrowed(text);
    };
    let kept = chars.saturating_sub(MARK.len());
    let tail = kept / 3;
    let head: String = text.chars().take(kept - tail).collect();
    let rest = text.chars().skip(chars + end - tail);
    Cow::Owned(head + MARK + &rest.collect::<String>())
}

fn push_safe(shown: &mut String, c: char) {
    match c {
        '\0'..='\x1f' => shown.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('?')),
        '\x7f' => shown.push('␡'),
        c if is_harmful(c) => {
            // Writing to a string cannot fail.
            let _ = write!(shown, "<{:04X}>", u32::from(c));
        }
        c => shown.push(c),
    }
}

/// Controls (C0, delete, C1), line and paragraph separators, and the invisible marks that reorder or hide text.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{safe, shortened};
    use std::borrow::Cow;

    #[test]
    fn ordinary_text_passes_uncopied() {
        for text in ["", "fork[2]", "锁 A", "naïve 😀 e\u{301}"] {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn a_long_text_keeps_its_ends() {
        assert_eq!(shortened("0123456789abcdef", 16), "0123456789abcdef");
        assert_eq!(shortened("锁123456789abcdef", 12), "锁12345...def");
        assert_eq!(shortened("0123456789abcdef", 0), "...");
    }

    #[test]
    fn nothing_that_controls_a_terminal_gets_through() {
        assert_eq!(safe("\x1b[2J\r\n\t\x7f"), "␛[2J␍␊␉␡");
        assert_eq!(safe("\u{9b}31m"), "<009B>31m");
        assert_eq!(safe("a\u{202e}b\u{200b}"), "a<202E>b<200B>");
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| c.is_control()) {
            assert!(!safe(&c.to_string()).chars().any(char::is_control), "{c:?}");
        }
    }
}
