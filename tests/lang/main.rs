//! The compiler from outside: golden instructions, golden diagnostics, sharing, and what must hold for every program.

#![expect(clippy::format_collect, clippy::format_push_string, reason = "test programs are small")]

mod golden;
mod sharing;
mod soundness;
mod verifier;

use lockstep::lang::{Compiled, Parameters, Program, compile};
use lockstep::source::Source;
use lockstep::words::{Lang, Words};
use std::sync::Arc;

/// Compiles a text with these parameters.
fn compiled(name: &str, text: &str, parameters: &[(&str, &str)]) -> (Arc<Source>, Compiled) {
    let source = Arc::new(Source::new(name, text));
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let compiled = compile(&source, &Parameters(parameters));
    (source, compiled)
}

/// The program of a text that has no problems.
fn program(text: &str) -> Arc<Program> {
    let (source, compiled) = compiled("test.py", text, &[]);
    compiled
        .program
        .unwrap_or_else(|| panic!("{}", Words::new(Lang::En).diagnostics(&source, &compiled.diagnostics, false)))
}

/// The diagnostics of a text, one line each: `line:column kind message`.
fn problems(text: &str) -> Vec<String> {
    let (source, compiled) = compiled("test.py", text, &[]);
    let line = |d: &lockstep::source::Diagnostic| {
        let position = source.position(d.span.start);
        format!("{}:{} {} {}", position.line, position.column, d.problem.name(), d.message)
    };
    compiled.diagnostics.iter().map(line).collect()
}
