//! A source file: its text, positions in it, and what is wrong with it.

mod diagnostic;

pub use diagnostic::{Diagnostic, Problem};

use crate::said::Said;
use std::sync::Arc;

/// A half-open range of byte offsets into a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A file's text with an index of its lines.
#[derive(Debug)]
pub struct Source {
    /// How diagnostics call the file.
    pub name: Arc<str>,
    pub text: Arc<str>,
    line_starts: Vec<u32>,
}

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Why the bytes of a file are not a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// So many bytes.
    TooLarge(usize),
    /// There is a NUL byte at this offset.
    Binary(usize),
    /// It is UTF-8 only up to this offset.
    NotUtf8(usize),
}

impl Unreadable {
    /// The reason, and the remedy.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Unreadable::TooLarge(bytes) => Said::new("diag-file-large").with("bytes", bytes).with("most", MAX_BYTES),
            Unreadable::Binary(offset) => Said::new("diag-file-binary").with("offset", offset),
            Unreadable::NotUtf8(offset) => Said::new("diag-file-encoding").with("offset", offset),
        }
    }
}

/// A position as people count: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// The text with its lines indexed.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Source {
        let text: Arc<str> = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next));
        Source { name: name.into(), text, line_starts }
    }

    /// The text of a file: UTF-8 (a byte order mark is skipped), line ends of any system.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: &[u8]) -> Result<Source, Unreadable> {
        if bytes.len() > MAX_BYTES {
            return Err(Unreadable::TooLarge(bytes.len()));
        }
        if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
            return Err(Unreadable::Binary(offset));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8(error.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.contains('\r') {
            return Ok(Source::new(name, text.replace("\r\n", "\n").replace('\r', "\n")));
        }
        Ok(Source::new(name, text))
    }

    /// The line (from 1) on which this byte stands.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.line_starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Line and column of this byte.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let before = self.text.get(start..offset as usize).unwrap_or("");
        Position { line, column: u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// The span widened to whole characters and cut off at the end of the text.
    #[must_use]
    pub fn snapped(&self, span: Span) -> Span {
        let length = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let (mut start, mut end) = (span.start.min(length), span.end.clamp(span.start.min(length), length));
        while !self.text.is_char_boundary(start as usize) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end as usize) {
            end += 1;
        }
        Span { start, end }
    }

    /// The offsets of a line (from 1), its end not included.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let start = (line as usize).checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let length = u32::try_from(self.line_text(line).len()).unwrap_or(0);
        Span { start, end: start + length }
    }

    /// The number of lines.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.line_starts.len()).unwrap_or(u32::MAX)
    }

    /// The text of a line (from 1), without its end; empty when there is no such line.
    #[must_use]
    pub fn line_text(&self, line: u32) -> &str {
        let Some(start) = (line as usize).checked_sub(1).and_then(|i| self.line_starts.get(i)) else { return "" };
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |next| *next as usize);
        self.text.get(*start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

/// What a piece of source text is, for colouring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    Keyword,
    /// `True`, `False`, `None`.
    Constant,
    Number,
    String,
    Comment,
    Operator,
    /// The name after `def` or `class`.
    Definition,
    /// A name of Python's own: `print`, `len`, `range`.
    Builtin,
    Name,
}

/// A coloured piece of source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let source = Source::new("a.py", "x = 1\n# 你好\ny");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        let y = u32::try_from(source.text.find('y').expect("is there")).expect("small");
        assert_eq!(source.position(y - 1), Position { line: 2, column: 5 });
        assert_eq!(source.position(y), Position { line: 3, column: 1 });
        assert_eq!(source.line_text(2), "# 你好");
        assert_eq!(source.line_text(9), "");
    }

    #[test]
    fn files_that_are_no_text_are_refused() {
        assert_eq!(
            Source::from_bytes("a", &vec![b'x'; MAX_BYTES + 1]).err(),
            Some(Unreadable::TooLarge(MAX_BYTES + 1))
        );
        assert_eq!(Source::from_bytes("a", b"ab\0c").err(), Some(Unreadable::Binary(2)));
        assert_eq!(Source::from_bytes("a", b"ab\xffc").err(), Some(Unreadable::NotUtf8(2)));
        let source = Source::from_bytes("a", "\u{feff}a\r\nb\rc".as_bytes()).expect("is text");
        assert_eq!(&*source.text, "a\nb\nc");
    }
}
