//! Syntax errors as diagnostics.

use super::fullwidth::half_width;
use super::nesting::TooDeep;
use super::span;
use crate::source::{Diagnostic, Problem, Source, Span};
use ruff_python_ast::Mod;
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
            diagnostics.push(syntax(span, lower_first(&error.to_string()), None));
        }
    }
}

fn syntax(span: Span, message: String, help: Option<&str>) -> Diagnostic {
    Diagnostic { span, problem: Problem::Syntax, message, help: help.map(str::to_owned) }
}

fn one(source: &Source, span: Span, error: &ParseErrorType) -> Diagnostic {
    let line = source.line_text(source.line(span.start));
    let old_print = ["print ", "exec "].iter().find(|word| line.trim_start().starts_with(**word));
    match error {
        ParseErrorType::SimpleStatementsOnSameLine if old_print.is_some() => {
            let word = old_print.map_or("", |word| word.trim_end());
            let message = format!("`{word}` is a function in Python 3: its arguments stand in parentheses");
            syntax(span, message, Some("write `print(…)`"))
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            syntax(span, format!("the character {tok:?} cannot stand here"), None)
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) | ParseErrorType::UnexpectedIndentation
            if mixes_tabs(source) =>
        {
            syntax(
                span,
                "inconsistent use of tabs and spaces in indentation".to_owned(),
                Some("indent every line with four spaces for each level"),
            )
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            syntax(span, lower_first(&error.to_string()), Some("indent the line like the block it belongs to"))
        }
        _ => syntax(span, lower_first(&error.to_string()), None),
    }
}

/// True when some lines are indented with tabs and others with spaces.
fn mixes_tabs(source: &Source) -> bool {
    let begins = |c| source.text.lines().any(|line| line.starts_with(c));
    begins('\t') && begins(' ') || source.text.lines().any(|line| line.starts_with(" \t"))
}

/// The message without its capital letter.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("IPython") => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
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
    let (message, help) = if form == " " {
        (format!("the blank U+{:04X} cannot stand here", u32::from(c)), "type an ordinary space".to_owned())
    } else {
        (format!("full-width `{c}` where Python needs the half-width `{form}`"), format!("type `{form}`"))
    };
    Some(Diagnostic { span, problem: Problem::Syntax, message, help: Some(help) })
}

/// What is said about a line that is nested too deeply.
pub(super) fn too_deep(source: &Source, line: u32, what: TooDeep) -> Diagnostic {
    let (message, help) = match what {
        TooDeep::Expression => ("this expression is nested too deeply", "split it, with variables for its parts"),
        TooDeep::Block => ("these blocks are nested too deeply", "move inner blocks into functions"),
    };
    let line = source.line_span(line);
    let first = source.text[line.start as usize..].chars().next().map_or(0, char::len_utf8);
    let span = Span { start: line.start, end: line.start + u32::try_from(first).unwrap_or(0) };
    syntax(span, message.to_owned(), Some(help))
}
