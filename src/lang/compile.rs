//! From a file to a program: the phases in order.

use super::code::Program;
use super::codegen::Builder;
use super::parse::Parse;
use super::tree::{Stmt, StmtKind, Tree};
use super::{check, overrides, parse, pylib, scope, sharing};
use crate::said::Said;
use crate::source::{Diagnostic, Problem, Source, Span, Token};
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

/// More diagnostics than this are only counted.
const MAX_DIAGNOSTICS: usize = 100;

/// Compiles a file, and the library modules written in Python that it imports.
#[must_use]
pub fn compile(source: &Arc<Source>, parameters: &Parameters) -> Compiled {
    let mut compiler =
        Compiler { builder: Builder::new(), diagnostics: Vec::new(), modules: vec![pylib::BUILTINS.to_owned()] };
    let tokens = compiler.user_module(source, parameters);
    compiler.library_modules();
    let Compiler { builder, mut diagnostics, .. } = compiler;
    if builder.overflow {
        diagnostics.push(Builder::too_large());
    }
    for diagnostic in &mut diagnostics {
        diagnostic.span = source.snapped(diagnostic.span);
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    diagnostics.dedup();
    let fits = !diagnostics.iter().any(|diagnostic| diagnostic.problem.is_error());
    limit(&mut diagnostics);
    Compiled { program: fits.then(|| Arc::new(builder.program)), diagnostics, tokens }
}

/// The text in pieces, for colouring; also of a text that does not compile.
#[must_use]
pub fn tokens(source: &Source) -> Vec<Token> {
    parse::tokens(source)
}

/// Cuts a very long list off, with a note about the rest.
fn limit(diagnostics: &mut Vec<Diagnostic>) {
    let Some(rest) = diagnostics.len().checked_sub(MAX_DIAGNOSTICS).filter(|rest| *rest > 0) else { return };
    let span = diagnostics[MAX_DIAGNOSTICS].span;
    diagnostics.truncate(MAX_DIAGNOSTICS);
    diagnostics.push(Diagnostic::new(span, Problem::File, Said::new("diag-more").with("n", rest)));
}

struct Compiler {
    builder: Builder,
    diagnostics: Vec<Diagnostic>,
    /// Modules that are imported, each once.
    modules: Vec<String>,
}

impl Compiler {
    fn user_module(&mut self, source: &Arc<Source>, parameters: &Parameters) -> Vec<Token> {
        let symbols = &mut self.builder.program.symbols;
        let Parse { mut tree, tokens } = parse::parse(source, symbols, &mut self.diagnostics);
        if source.text.trim().is_empty() {
            let empty = Diagnostic::new(Span::default(), Problem::Empty, Said::new("diag-empty"));
            self.diagnostics.push(empty);
        }
        overrides::apply(parameters, &mut tree, symbols, &mut self.diagnostics);
        let scopes = scope::collect(&tree, symbols, &mut self.diagnostics);
        check::check(&tree, &scopes, symbols, &mut self.diagnostics);
        self.imports(&tree);
        // Instructions of a program that will not run only cost time.
        if !self.diagnostics.iter().any(|diagnostic| diagnostic.problem.is_error()) {
            self.builder.module("__main__", source, false, &tree, &scopes);
            sharing::analyse(&tree, &scopes, &mut self.builder.program);
        }
        tokens
    }

    fn library_modules(&mut self) {
        if self.diagnostics.iter().any(|diagnostic| diagnostic.problem.is_error()) {
            return;
        }
        let mut next = 0;
        while let Some(name) = self.modules.get(next).cloned() {
            next += 1;
            let Some(text) = pylib::text(&name) else { continue };
            let source = Arc::new(Source::new(format!("<{name}>"), text));
            let symbols = &mut self.builder.program.symbols;
            let Parse { tree, .. } = parse::parse(&source, symbols, &mut self.diagnostics);
            let scopes = scope::collect(&tree, symbols, &mut self.diagnostics);
            self.imports(&tree);
            self.builder.module(&name, &source, true, &tree, &scopes);
        }
    }

    fn imports(&mut self, tree: &Tree) {
        let symbols = &self.builder.program.symbols;
        let modules = &mut self.modules;
        imports(&tree.body, &mut |module| {
            let text = symbols.text(module);
            if !modules.iter().any(|known| known == text) {
                modules.push(text.to_owned());
            }
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_library_module_compiles() {
        for name in pylib::names() {
            let text = pylib::text(name).unwrap_or_default();
            let source = Source::new(name, text);
            let mut symbols = super::super::Symbols::default();
            let mut diagnostics = Vec::new();
            let parse = parse::parse(&source, &mut symbols, &mut diagnostics);
            scope::collect(&parse.tree, &mut symbols, &mut diagnostics);
            assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
        }
    }

    #[test]
    fn an_imported_library_module_is_part_of_the_program() {
        let source = Arc::new(Source::new("a.py", "import threading\n"));
        let program = compile(&source, &Parameters::default()).program.expect("compiles");
        let threading = program.module("threading").expect("is written in Python");
        assert!(program.modules[usize::from(threading.0)].hidden);
        assert!(program.module("queue").is_none());
        assert!(program.global(threading, "Thread").is_some());
    }
}
