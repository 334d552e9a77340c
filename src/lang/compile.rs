//! From a file to a program: the phases in order.

use super::code::Program;
use super::codegen::Builder;
use super::tree::{Stmt, StmtKind};
use super::{parse, pylib, scope, sharing};
use crate::source::{Diagnostic, Source, Token};
use std::sync::Arc;

/// Values for module-level constants, `-p name=value`, in the order of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(pub Vec<(String, String)>);

/// What came of compiling a file.
#[derive(Debug)]
pub struct Compiled {
    /// The program, unless a diagnostic is in the way.
    pub program: Option<Arc<Program>>,
    /// Everything that is wrong with the file, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The text in pieces, for colouring.
    pub tokens: Vec<Token>,
}

/// Compiles a file, and the library modules written in Python that it imports.
#[must_use]
pub fn compile(source: &Arc<Source>, parameters: &Parameters) -> Compiled {
    let _ = parameters;
    let mut builder = Builder::new();
    let mut diagnostics = Vec::new();
    let mut pending = vec![pylib::BUILTINS.to_owned()];
    module(&mut builder, "__main__", source, false, &mut diagnostics, &mut pending);
    let mut next = 0;
    while let Some(name) = pending.get(next).cloned() {
        next += 1;
        let Some(text) = pylib::text(&name) else { continue };
        let library = Arc::new(Source::new(format!("<{name}>"), text));
        module(&mut builder, &name, &library, true, &mut diagnostics, &mut pending);
    }
    if builder.overflow {
        diagnostics.push(Builder::too_large());
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    let program = diagnostics.is_empty().then(|| Arc::new(builder.program));
    Compiled { program, diagnostics, tokens: Vec::new() }
}

fn module(
    builder: &mut Builder,
    name: &str,
    source: &Arc<Source>,
    hidden: bool,
    diagnostics: &mut Vec<Diagnostic>,
    pending: &mut Vec<String>,
) {
    let symbols = &mut builder.program.symbols;
    let tree = parse::parse(source, symbols, diagnostics);
    let scopes = scope::collect(&tree, symbols, diagnostics);
    let mut imported = Vec::new();
    imports(&tree.body, &mut |module| imported.push(module));
    for module in imported {
        let text = symbols.text(module).to_owned();
        if !pending.contains(&text) {
            pending.push(text);
        }
    }
    builder.module(name, source, hidden, &tree, &scopes);
    if !hidden {
        sharing::analyse(&tree, &scopes, &mut builder.program);
    }
}

/// Every imported module.
fn imports(body: &[Stmt], found: &mut impl FnMut(super::Sym)) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::Import(imports) => imports.iter().for_each(|import| found(import.module.name)),
            StmtKind::ImportFrom { module, .. } => found(module.name),
            _ => stmt.kind.bodies(&mut |body| imports(body, found)),
        }
    }
}
