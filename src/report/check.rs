//! What is wrong with programs, before they run.

use crate::source::{Diagnostic, Source, render};
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
pub fn text(checked: &Checked<'_>, color: bool, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(render(checked.source, checked.diagnostics, color).as_bytes())
}

/// For other programs, about one file, or (`folder`) about several.
pub fn json(checked: &[Checked<'_>], folder: bool, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = checked.iter().flat_map(|checked| {
        let entry = move |diagnostic| DiagnosticJson::new(checked.source, diagnostic, folder);
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
struct DiagnosticJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: u32,
    column: u32,
    kind: &'static str,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> DiagnosticJson<'a> {
    fn new(source: &'a Source, diagnostic: &'a Diagnostic, folder: bool) -> DiagnosticJson<'a> {
        let position = source.position(diagnostic.span.start);
        DiagnosticJson {
            file: folder.then_some(&*source.name),
            line: position.line,
            column: position.column,
            kind: diagnostic.problem.name(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Problem, Span};

    #[test]
    fn the_json_is_the_contract() {
        let source = Source::new("a.py", "x = 1\n锁 = await f()\n");
        let message = "await is not supported".to_owned();
        let span = Span { start: 12, end: 17 };
        let diagnostics = [Diagnostic { span, problem: Problem::Unsupported, message, help: None }];
        let checked = [Checked { source: &source, diagnostics: &diagnostics }];
        let written = |folder| {
            let mut bytes = Vec::new();
            json(&checked, folder, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let rest = r#""line":2,"column":5,"kind":"unsupported","message":"await is not supported","help":null}]}"#;
        assert_eq!(written(false), format!("{{\"lockstep\":1,\"ok\":false,\"diagnostics\":[{{{rest}\n"));
        assert!(written(true).contains(r#"[{"file":"a.py","line":2"#));
    }
}
