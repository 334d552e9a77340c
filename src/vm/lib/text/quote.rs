//! `repr` of strings and bytes.

use std::fmt::Write as _;

/// `repr(text)`: in single quotes, unless there is a single quote in it and no double quote.
#[must_use]
pub fn repr(text: &str) -> String {
    quoted(text, false)
}

/// `ascii(text)`: as `repr`, with every character outside ASCII escaped.
#[must_use]
pub fn ascii(text: &str) -> String {
    quoted(text, true)
}

fn quoted(text: &str, ascii: bool) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            _ if (c.is_ascii() || !ascii) && is_printable(c) => out.push(c),
            _ => escape(&mut out, c),
        }
    }
    out.push(quote);
    out
}

/// Escapes what is outside ASCII in a text that is already a `repr`: what `ascii()` does to containers.
#[must_use]
pub fn escape_non_ascii(repr: &str) -> String {
    let mut out = String::with_capacity(repr.len());
    for c in repr.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            escape(&mut out, c);
        }
    }
    out
}

fn escape(out: &mut String, c: char) {
    let code = u32::from(c);
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

/// `str.isprintable` of one character. Rust's `escape_debug` goes by the same Unicode categories; only what extends
/// the character before it needs one to extend.
#[must_use]
pub fn is_printable(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\0'..='\u{9f}' => false,
        _ => {
            let mut pair = String::from("a");
            pair.push(c);
            pair.escape_debug().count() == 2
        }
    }
}

/// `repr(bytes)`.
#[must_use]
pub fn bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    for byte in bytes {
        match *byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b if char::from(b) == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(char::from(*byte)),
            b => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_chosen_as_cpython_does() {
        assert_eq!(repr("a"), "'a'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("it's \"x\""), "'it\\'s \"x\"'");
        assert_eq!(bytes(b"it's \x00\xff"), "b\"it's \\x00\\xff\"");
    }

    #[test]
    fn what_cannot_be_printed_is_escaped() {
        assert_eq!(repr("a\tb\n\\\x1b\x7f\u{a0}\u{200b}\u{e000}"), r"'a\tb\n\\\x1b\x7f\xa0\u200b\ue000'");
        assert_eq!(repr("中文，é e\u{301} 😀"), "'中文，é e\u{301} 😀'");
        assert_eq!(ascii("中é😀"), r"'\u4e2d\xe9\U0001f600'");
        assert_eq!(escape_non_ascii("['中']"), r"['\u4e2d']");
    }
}
