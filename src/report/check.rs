//! What is wrong with programs, before they run.

use crate::source::{Diagnostic, Source};
use crate::words::Words;
use serde::Serialize;
use std::io::{self, Write};

/// A file that was looked at.
pub struct Checked<'a> {
    pub source: &'a Source,
    pub diagnostics: &'a [Diagnostic],
}

impl Checked<'_> {
    /// True when the program can run.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.problem.is_error())
    }
}

/// For people: each problem with an excerpt.
pub fn text(checked: &Checked<'_>, words: &Words, color: bool, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(words.diagnostics(checked.source, checked.diagnostics, color).as_bytes())
}

/// For other programs, about one file, or (`folder`) about several.
pub fn json(checked: &[Checked<'_>], folder: bool, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = checked.iter().flat_map(|checked| {
        let entry = move |diagnostic| DiagnosticJson::new(checked.source, diagnostic, folder, words);
        checked.diagnostics.iter().map(entry)
    });
    let ok = checked.iter().all(Checked::is_ok);
    serde_json::to_writer(&mut *out, &CheckJson { lockstep: 1, ok, diagnostics: diagnostics.collect() })?;
    writeln!(out)
}

#[derive(Serialize)]
struct CheckJson<'a> {
    lockstep: u32,
    ok: bool,
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct DiagnosticJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: u32,
    column: u32,
    kind: &'static str,
    message: String,
    help: Option<String>,
}

impl<'a> DiagnosticJson<'a> {
    /// Something that is wrong at a line.
    pub(super) fn at(file: &'a str, line: u32, kind: &'static str, message: String) -> DiagnosticJson<'a> {
        DiagnosticJson { file: Some(file), line, column: 1, kind, message, help: None }
    }

    pub(super) fn new(
        source: &'a Source,
        diagnostic: &'a Diagnostic,
        folder: bool,
        words: &Words,
    ) -> DiagnosticJson<'a> {
        let position = source.position(diagnostic.span.start);
        DiagnosticJson {
            file: folder.then_some(&*source.name),
            line: position.line,
            column: position.column,
            kind: diagnostic.problem.name(),
            message: words.said(&diagnostic.message),
            help: diagnostic.help.as_ref().map(|help| words.said(help)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::Said;
    use crate::source::{Problem, Span};
    use crate::words::Lang;

    #[test]
    fn the_json_is_the_contract() {
        let source = Source::new("a.py", "x = 1\n锁 = await f()\n");
        let message = Said::new("diag-coroutines").with("keyword", "await");
        let span = Span { start: 12, end: 17 };
        let diagnostics = [Diagnostic::new(span, Problem::Unsupported, message)];
        let checked = [Checked { source: &source, diagnostics: &diagnostics }];
        let written = |folder, lang| {
            let mut bytes = Vec::new();
            json(&checked, folder, &Words::new(lang), &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let rest = r#""line":2,"column":5,"kind":"unsupported","message":"coroutines (`await`) are not simulated yet","help":null}]}"#;
        assert_eq!(written(false, Lang::En), format!("{{\"lockstep\":1,\"ok\":false,\"diagnostics\":[{{{rest}\n"));
        assert!(written(true, Lang::En).contains(r#"[{"file":"a.py","line":2"#));
        assert!(written(true, Lang::Zh).contains("协程（`await`）还不能模拟"));
    }
}
