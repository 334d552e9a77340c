//! The text in coloured pieces.

use super::span;
use crate::lang::library;
use crate::source::{Source, Span, Token, TokenKind};
use ruff_python_ast::token::{Token as Lexeme, TokenKind as Kind};
use ruff_text_size::Ranged;

/// The pieces of a text, in order and without overlaps, from its lexemes. Blanks are left out.
pub(super) fn classify(source: &Source, lexemes: &[Lexeme]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(lexemes.len());
    let mut before = Kind::Newline;
    for lexeme in lexemes {
        // A full-width character was taken for a half-width one that is shorter.
        let span = source.snapped(span(lexeme.range()));
        let word = source.text.get(span.start as usize..span.end as usize).unwrap_or("");
        if let Some(kind) = kind(lexeme.kind(), before, word) {
            push(&mut tokens, span, kind);
        }
        if !lexeme.kind().is_trivia() {
            before = lexeme.kind();
        }
    }
    tokens
}

/// Adds a piece; lexemes of a broken text may overlap.
fn push(tokens: &mut Vec<Token>, mut span: Span, kind: TokenKind) {
    if let Some(last) = tokens.last() {
        span.start = span.start.max(last.span.end);
    }
    if span.start < span.end {
        tokens.push(Token { span, kind });
    }
}

fn kind(kind: Kind, before: Kind, word: &str) -> Option<TokenKind> {
    Some(match kind {
        Kind::Name if matches!(before, Kind::Def | Kind::Class) => TokenKind::Definition,
        // A member is a name like any other, also when it is called `print`.
        Kind::Name if before != Kind::Dot && is_builtin(word) => TokenKind::Builtin,
        Kind::Name => TokenKind::Name,
        Kind::Int | Kind::Float | Kind::Complex => TokenKind::Number,
        Kind::String
        | Kind::FStringStart
        | Kind::FStringMiddle
        | Kind::FStringEnd
        | Kind::TStringStart
        | Kind::TStringMiddle
        | Kind::TStringEnd => TokenKind::String,
        Kind::Comment => TokenKind::Comment,
        Kind::True | Kind::False | Kind::None => TokenKind::Constant,
        // `match`, `case`, `type` and `lazy` are names where they are not keywords; the parser has decided.
        kind if kind.is_keyword() => TokenKind::Keyword,
        kind if kind.is_operator() => TokenKind::Operator,
        _ => return None,
    })
}

fn is_builtin(word: &str) -> bool {
    !word.starts_with("__") && (library::is_builtin(word) || library::refused(word).is_some())
}
