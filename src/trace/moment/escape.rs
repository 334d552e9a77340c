//! Texts in which nothing is left that a shell, a page, a chat or a mail program could take for its own.

use crate::said::Said;
use std::fmt::{self, Write};

/// The text with everything but letters, digits and a few harmless signs as `%` and two digits of base 16 for each byte.
pub(super) fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// See [`escaped`].
pub(super) struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_harmless(c) {
                f.write_char(c)?;
                continue;
            }
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

/// Letters and digits of every script, and signs that mean nothing to anybody.
fn is_harmless(c: char) -> bool {
    c.is_alphanumeric() && !is_fragile(c) || "-_./:,+()[]".contains(c)
}

/// Letters that are invisible, or that programs replace by others which look the same: parts of Korean syllables, the
/// fillers among them, and doubles of Chinese characters.
const fn is_fragile(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{3164}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{d7b0}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ffa0}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
}

/// True for what can be a name in Python: it needs no escape, and has no sign that means something in a moment.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == '_' || c.is_alphanumeric() && !is_fragile(c))
}

/// The text that was [`escaped`]; else in which character (from 0) it is not one, and why.
pub(super) fn unescaped(text: &str) -> Result<String, (usize, Said)> {
    let mut bytes = Vec::with_capacity(text.len());
    // The character in which each escape begins, in case that they make no text.
    let mut place = 0;
    let mut first = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        if c == '%' {
            let digits = rest.get(1..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let Some(byte) = byte else {
                return Err((place, Said::new("place-percent")));
            };
            first = first.or(Some(place));
            bytes.push(byte);
            taken = 3;
            place += 2;
        } else {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        place += 1;
        rest = &rest[taken..];
    }
    String::from_utf8(bytes).map_err(|_| (first.unwrap_or(0), Said::new("place-bytes")))
}
