//! The program's text on the page: lines, each in pieces of one colour.

use super::output::readable;
use crate::lang;
use crate::source::{Source, Token, TokenKind};
use crate::trace::Language;
use serde::Serialize;

/// A line: its number and its pieces.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    number: u32,
    pieces: Vec<Piece>,
}

/// A piece of text and its class in the style sheet (empty: none).
#[derive(Debug, Serialize)]
struct Piece {
    class: &'static str,
    text: String,
}

/// The whole text. What is not Python has no colours.
pub(super) fn lines(source: &Source, language: Language) -> Vec<Line> {
    let tokens = if language == Language::Python { lang::tokens(source) } else { Vec::new() };
    let count = if source.text.ends_with('\n') { source.line_count() - 1 } else { source.line_count() };
    (1..=count).map(|number| Line { number, pieces: pieces(source, number, &tokens) }).collect()
}

fn pieces(source: &Source, number: u32, tokens: &[Token]) -> Vec<Piece> {
    let span = source.line_span(number);
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let last = tokens.partition_point(|token| token.span.start < span.end);
    let mut pieces = Vec::new();
    let mut at = span.start;
    for token in tokens.get(first..last).unwrap_or(&[]) {
        let (from, to) = (token.span.start.clamp(at, span.end), token.span.end.clamp(at, span.end));
        push(&mut pieces, source, (at, from), "");
        push(&mut pieces, source, (from, to), class(token.kind));
        at = to;
    }
    push(&mut pieces, source, (at, span.end), "");
    pieces
}

fn push(pieces: &mut Vec<Piece>, source: &Source, (from, to): (u32, u32), class: &'static str) {
    let Some(text) = source.text.get(from as usize..to as usize).filter(|text| !text.is_empty()) else { return };
    pieces.push(Piece { class, text: readable(text) });
}

const fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "kw",
        TokenKind::Constant | TokenKind::Number => "num",
        TokenKind::String => "str",
        TokenKind::Comment => "com",
        TokenKind::Definition => "def",
        TokenKind::Builtin => "fn",
        TokenKind::Operator | TokenKind::Name => "",
    }
}
