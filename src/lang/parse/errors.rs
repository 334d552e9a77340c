//! Syntax errors as diagnostics.

use super::fullwidth::half_width;
use super::nesting::TooDeep;
use super::span;
use super::syntax::{lower_first, said};
use crate::said::Said;
use crate::source::{Diagnostic, Problem, Source, Span};
use ruff_python_ast::Mod;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{LexicalErrorType, ParseErrorType, Parsed};
use std::collections::HashSet;

/// Adds the syntax errors, at most one for each line: what follows on the same line is mostly a consequence.
pub(super) fn report(source: &Source, parsed: &Parsed<Mod>, diagnostics: &mut Vec<Diagnostic>) {
    let mut lines: HashSet<u32> = diagnostics.iter().map(|known| source.line(known.span.start)).collect();
    for error in parsed.errors() {
        let span = span(error.location);
        if lines.insert(source.line(span.start)) {
            diagnostics.push(one(source, span, &error.error));
        }
    }
    for error in parsed.unsupported_syntax_errors() {
        let span = span(error.range);
        if lines.insert(source.line(span.start)) {
            diagnostics.push(syntax(span, other("diag-syntax-other", error)));
        }
    }
}

const fn syntax(span: Span, message: Said) -> Diagnostic {
    Diagnostic::new(span, Problem::Syntax, message)
}

/// What there is no message for: the parser's own words.
fn other(key: &'static str, text: &impl ToString) -> Said {
    Said::new(key).with("text", lower_first(&text.to_string()))
}

fn one(source: &Source, span: Span, error: &ParseErrorType) -> Diagnostic {
    let span = at_line_end(source, span);
    let line = source.line_text(source.line(span.start));
    let old_print = ["print ", "exec "].iter().find(|word| line.trim_start().starts_with(**word));
    match error {
        ParseErrorType::SimpleStatementsOnSameLine if old_print.is_some() => {
            let word = old_print.map_or("", |word| word.trim_end());
            let message = Said::new("diag-old-print").with("name", word);
            syntax(span, message).help(Said::new("diag-old-print-help"))
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            syntax(span, Said::new("diag-character").with("character", format!("{tok:?}")))
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) | ParseErrorType::UnexpectedIndentation
            if mixes_tabs(source) =>
        {
            syntax(span, Said::new("diag-tabs")).help(Said::new("diag-tabs-help"))
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            syntax(span, Said::new("diag-unindent")).help(Said::new("diag-unindent-help"))
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, found: TokenKind::Newline } => {
            syntax(span, said(error)).help(Said::new("diag-colon-help"))
        }
        _ => syntax(span, said(error)),
    }
}

/// What is wrong with the end of a line is shown there, and not as a part of the next line as well.
fn at_line_end(source: &Source, span: Span) -> Span {
    let text = source.text.get(span.start as usize..span.end as usize);
    let is_end = text.is_some_and(|text| matches!(text, "\n" | "\r\n" | "\r"));
    if is_end { Span { start: span.start, end: span.start } } else { span }
}

/// True when some lines are indented with tabs and others with spaces.
fn mixes_tabs(source: &Source) -> bool {
    let begins = |c| source.text.lines().any(|line| line.starts_with(c));
    begins('\t') && begins(' ') || source.text.lines().any(|line| line.starts_with(" \t"))
}

/// Where full-width punctuation stands for half-width.
pub(super) fn full_width(parsed: &Parsed<Mod>) -> Vec<usize> {
    let slips = parsed.errors().iter().filter_map(|error| match error.error {
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) if half_width(tok).is_some() => {
            Some(error.location.start().to_usize())
        }
        _ => None,
    });
    let mut slips: Vec<usize> = slips.collect();
    slips.sort_unstable();
    slips
}

/// What is said about such a character.
pub(super) fn slip(source: &Source, at: usize) -> Option<Diagnostic> {
    let c = source.text.get(at..)?.chars().next()?;
    let form = half_width(c)?;
    let start = u32::try_from(at).ok()?;
    let span = Span { start, end: start + u32::try_from(c.len_utf8()).ok()? };
    Some(if form == " " {
        let blank = Said::new("diag-blank").with("code", format!("U+{:04X}", u32::from(c)));
        syntax(span, blank).help(Said::new("diag-blank-help"))
    } else {
        let message = Said::new("diag-full-width").with("found", c.to_string()).with("wanted", form);
        syntax(span, message).help(Said::new("diag-full-width-help").with("wanted", form))
    })
}

/// What is said about a line that is nested too deeply.
pub(super) fn too_deep(source: &Source, line: u32, what: TooDeep) -> Diagnostic {
    let (message, help) = match what {
        TooDeep::Expression => ("diag-deep-expression", "diag-deep-expression-help"),
        TooDeep::Block => ("diag-deep-blocks", "diag-deep-blocks-help"),
    };
    let line = source.line_span(line);
    let first = source.text[line.start as usize..].chars().next().map_or(0, char::len_utf8);
    let span = Span { start: line.start, end: line.start + u32::try_from(first).unwrap_or(0) };
    syntax(span, Said::new(message)).help(Said::new(help))
}
