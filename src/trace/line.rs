//! A JSON object on a line of its own, written field by field.
//!
//! Nothing in it can do harm to who looks at the file: besides what JSON wants, all control characters are escaped, also
//! DEL, the C1 range, line and paragraph separators, and the marks that turn the direction of writing.

use crate::event::Text;

/// A line in the making. `finish` ends it.
pub(super) struct Line<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Line<'a> {
        out.push(b'{');
        Line { out, first: true }
    }

    pub(super) fn finish(self) {
        self.out.extend_from_slice(b"}\n");
    }

    fn key(&mut self, key: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    pub(super) fn number(&mut self, key: &str, number: u64) {
        self.key(key);
        digits(self.out, number);
    }

    pub(super) fn float(&mut self, key: &str, number: f64) {
        self.key(key);
        // Finite numbers print as JSON wants them.
        self.out.extend_from_slice(format!("{number}").as_bytes());
    }

    pub(super) fn optional(&mut self, key: &str, number: Option<u64>) {
        match number {
            Some(number) => self.number(key, number),
            None => self.null(key),
        }
    }

    pub(super) fn null(&mut self, key: &str) {
        self.key(key);
        self.out.extend_from_slice(b"null");
    }

    pub(super) fn truth(&mut self, key: &str, value: bool) {
        self.key(key);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// A word that needs no escapes.
    pub(super) fn word(&mut self, key: &str, word: &str) {
        self.key(key);
        self.out.push(b'"');
        self.out.extend_from_slice(word.as_bytes());
        self.out.push(b'"');
    }

    pub(super) fn string(&mut self, key: &str, text: &str) {
        self.key(key);
        string(self.out, text);
    }

    /// A rendered value: an integer is a number.
    pub(super) fn text(&mut self, key: &str, text: &Text) {
        self.key(key);
        self::text(self.out, text);
    }

    pub(super) fn list<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Vec<u8>, T),
    ) {
        self.key(key);
        self.out.push(b'[');
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            write(self.out, item);
        }
        self.out.push(b']');
    }

    /// An object inside the object.
    pub(super) fn object(&mut self, key: &str, write: impl FnOnce(&mut Line<'_>)) {
        self.key(key);
        object(self.out, write);
    }
}

/// An object without a line end.
pub(super) fn object(out: &mut Vec<u8>, write: impl FnOnce(&mut Line<'_>)) {
    let mut line = Line::new(out);
    write(&mut line);
    line.out.push(b'}');
}

pub(super) fn text(out: &mut Vec<u8>, text: &Text) {
    match text {
        Text::Int(number) => {
            if *number < 0 {
                out.push(b'-');
            }
            digits(out, number.unsigned_abs());
        }
        Text::Str(text) => string(out, text),
    }
}

pub(super) fn digits(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        // All that may need an escape begins with one of these bytes.
        if !matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef) {
            continue;
        }
        let Some(c) = text[at..].chars().next().filter(|c| needs_escape(*c)) else { continue };
        out.extend_from_slice(&bytes[start..at]);
        escape(out, c);
        start = at + c.len_utf8();
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

const fn needs_escape(c: char) -> bool {
    matches!(c, '"' | '\\') || acts_on_terminals(c)
}

/// Control characters, separators of lines, and marks that turn the direction of writing or are not seen.
pub(super) const fn acts_on_terminals(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn escape(out: &mut Vec<u8>, c: char) {
    match c {
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\t' => out.extend_from_slice(b"\\t"),
        '\r' => out.extend_from_slice(b"\\r"),
        c => out.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json_without_control_characters() {
        let odd = "a\"b\\c\n\t\r\0\x1b[31m\x7f\u{85}\u{9b}\u{2028}\u{202e}\u{feff}线程 é ▸";
        let mut out = Vec::new();
        let mut line = Line::new(&mut out);
        line.string("text", odd);
        line.text("value", &Text::Int(i64::MIN));
        line.finish();
        let written = String::from_utf8(out).unwrap();
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["text"], odd);
        assert_eq!(read["value"], i64::MIN);
        assert!(!written.trim_end().chars().any(char::is_control), "{written}");
        assert!(written.contains("线程 é ▸") && written.contains("\\u202e") && written.contains("\\u009b"));
    }
}
