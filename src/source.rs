//! A source file: its text, positions in it, and what is wrong with it.

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

/// What kind of problem a diagnostic reports; the names are part of the command line's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Not Python.
    Syntax,
    /// Python, but outside the subset that is simulated.
    Unsupported,
    /// A name that is bound nowhere.
    UnknownName,
    /// A module, or a name of a module, that does not exist here.
    UnknownModule,
    /// The file as a whole: too large, not text, empty.
    File,
    /// A parameter (`-p name=value`) that does not fit.
    Parameter,
}

/// One problem of a source file: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub span: Span,
    pub problem: Problem,
    /// The reason, one sentence in English without a full stop.
    pub message: String,
    /// The remedy, one sentence in English without a full stop.
    pub help: Option<String>,
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
