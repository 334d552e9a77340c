//! What is wrong with a source file, with an excerpt.

use super::{Lang, Words};
use crate::source::{Diagnostic, Source, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

/// How many lines of a long construct are shown.
const EXCERPT_LINES: u32 = 3;

impl Words {
    /// The diagnostics for people: each with its place, an excerpt with carets (aligned under wide characters too), the
    /// reason and the remedy. Control characters of the text are replaced by visible ones.
    #[must_use]
    pub fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic], color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in diagnostics {
            if !text.is_empty() {
                text.push('\n');
            }
            let shown = renderer.render(&[self.group(source, diagnostic)]);
            text.push_str(&if self.lang() == Lang::Zh { self.full_width(shown) } else { shown });
            text.push('\n');
        }
        text
    }

    /// The renderer has its own colon after "error" and "help"; in Chinese it is the full-width one. Only the first of each
    /// is the renderer's: what comes before it is no text of a program.
    fn full_width(&self, mut shown: String) -> String {
        for key in ["diag-error", "diag-note", "diag-help"] {
            let name = self.t(key);
            let Some(at) = shown.find(&name).map(|at| at + name.len()) else { continue };
            let colon = shown[at..].find(": ").map(|more| at + more);
            // Between the two there is nothing but a change of style.
            if let Some(colon) = colon.filter(|colon| !shown[at..*colon].contains(|c: char| c == ' ' || !c.is_ascii()))
            {
                shown.replace_range(colon..colon + 2, "：");
            }
        }
        shown
    }

    fn group<'a>(&self, source: &'a Source, diagnostic: &Diagnostic) -> Group<'a> {
        let (level, name) =
            if diagnostic.problem.is_error() { (Level::ERROR, "diag-error") } else { (Level::NOTE, "diag-note") };
        let group = level.with_name(self.t(name)).primary_title(self.said(&diagnostic.message));
        let group = group.element(snippet(source, diagnostic.span));
        match &diagnostic.help {
            Some(help) => group.element(Level::HELP.with_name(self.t("diag-help")).message(self.said(help))),
            None => group,
        }
    }
}

fn snippet(source: &Source, span: Span) -> Snippet<'_, Annotation<'_>> {
    let (first, span) = excerpt(source, span);
    let last = first + EXCERPT_LINES - 1;
    let end = source.line_span(last.min(source.line_count())).end as usize;
    let start = source.line_span(first).start as usize;
    let excerpt = source.text.get(start..end).unwrap_or("");
    let marked = AnnotationKind::Primary.span(span.start as usize - start..(span.end as usize).min(end) - start);
    Snippet::source(excerpt).line_start(first as usize).path(&*source.name).fold(true).annotation(marked)
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
    use crate::said::Said;
    use crate::source::Problem;
    use unicode_width::UnicodeWidthStr;

    fn problem(span: Span) -> Diagnostic {
        Diagnostic::new(span, Problem::Syntax, Said::new("diag-empty")).help(Said::new("diag-leave-out"))
    }

    #[test]
    fn the_caret_stands_under_wide_characters() {
        let text = "print(\"你好，世界\") $ 1\n";
        let at = u32::try_from(text.find('$').expect("is there")).expect("small");
        let source = Source::new("a.py", text);
        let shown = Words::new(Lang::Zh).diagnostics(&source, &[problem(Span { start: at, end: at + 1 })], false);
        let line = shown.lines().find(|line| line.contains('$')).expect("the excerpt");
        let carets = shown.lines().find(|line| line.trim_end().ends_with('^')).expect("the caret");
        let column = line[..line.find('$').expect("is there")].width();
        assert_eq!(carets[..carets.find('^').expect("is there")].width(), column, "{shown}");
        assert!(shown.starts_with("错误：") && shown.contains("= 改法：去掉它"), "{shown}");
        assert!(shown.contains("去掉它"));
        assert!(shown.contains("a.py:1:"));
    }

    #[test]
    fn odd_spans_do_no_harm() {
        for text in ["", "\n", "x", "你好", "\x1b[31mred", "a\nb\nc\nd\ne\nf"] {
            let source = Source::new("a.py", text);
            for start in 0..12 {
                for end in 0..12 {
                    let shown = Words::new(Lang::En).diagnostics(&source, &[problem(Span { start, end })], false);
                    assert!(!shown.contains('\x1b'));
                }
            }
        }
    }
}
