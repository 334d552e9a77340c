//! What is wrong with a source file, as data and rendered with an excerpt.

use super::{Source, Span};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

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
    /// Not a mistake: there is nothing to run. The program is valid all the same.
    Empty,
}

impl Problem {
    /// False for what is only worth saying.
    #[must_use]
    pub const fn is_error(self) -> bool {
        !matches!(self, Problem::Empty)
    }

    /// The name in `check --json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Problem::Syntax => "syntax",
            Problem::Unsupported => "unsupported",
            Problem::UnknownName => "unknown_name",
            Problem::UnknownModule => "unknown_module",
            Problem::File => "file",
            Problem::Parameter => "parameter",
            Problem::Empty => "empty",
        }
    }
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

/// How many lines of a long construct are shown.
const EXCERPT_LINES: u32 = 3;

/// The diagnostics for people: each with its place, an excerpt with carets (aligned under wide characters too), the
/// reason and the remedy. Control characters of the text are replaced by visible ones.
#[must_use]
pub fn render(source: &Source, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&renderer.render(&[group(source, diagnostic)]));
        text.push('\n');
    }
    text
}

fn group<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> annotate_snippets::Group<'a> {
    let level = if diagnostic.problem.is_error() { Level::ERROR } else { Level::NOTE };
    let (first, span) = excerpt(source, diagnostic.span);
    let last = first + EXCERPT_LINES - 1;
    let end = source.line_span(last.min(source.line_count())).end as usize;
    let start = source.line_span(first).start as usize;
    let excerpt = source.text.get(start..end).unwrap_or("");
    let snippet =
        Snippet::source(excerpt).line_start(first as usize).path(&*source.name).fold(true).annotation(
            AnnotationKind::Primary.span(span.start as usize - start..(span.end as usize).min(end) - start),
        );
    let group = level.primary_title(&*diagnostic.message).element(snippet);
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    }
}

/// The first line of a span, and the span cut off at the end of that line when it is longer than the excerpt.
fn excerpt(source: &Source, span: Span) -> (u32, Span) {
    let mut span = source.snapped(span);
    let first = source.line(span.start);
    if source.line(span.end) >= first + EXCERPT_LINES {
        span.end = source.line_span(first).end.max(span.start);
    }
    (first, span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn problem(span: Span) -> Diagnostic {
        Diagnostic { span, problem: Problem::Syntax, message: "wrong".to_owned(), help: Some("do so".to_owned()) }
    }

    #[test]
    fn the_caret_stands_under_wide_characters() {
        let text = "print(\"你好，世界\") $ 1\n";
        let at = u32::try_from(text.find('$').expect("is there")).expect("small");
        let source = Source::new("a.py", text);
        let shown = render(&source, &[problem(Span { start: at, end: at + 1 })], false);
        let line = shown.lines().find(|line| line.contains('$')).expect("the excerpt");
        let carets = shown.lines().find(|line| line.trim_end().ends_with('^')).expect("the caret");
        let column = line[..line.find('$').expect("is there")].width();
        assert_eq!(carets[..carets.find('^').expect("is there")].width(), column, "{shown}");
        assert!(shown.contains("do so"));
        assert!(shown.contains("a.py:1:"));
    }

    #[test]
    fn odd_spans_do_no_harm() {
        for text in ["", "\n", "x", "你好", "\x1b[31mred", "a\nb\nc\nd\ne\nf"] {
            let source = Source::new("a.py", text);
            for start in 0..12 {
                for end in 0..12 {
                    let shown = render(&source, &[problem(Span { start, end })], false);
                    assert!(!shown.contains('\x1b'));
                }
            }
        }
    }
}
