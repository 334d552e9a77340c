//! Python text to [`Tree`]. The only place that sees the ruff crates; their trees do not leave it.

mod expr;
mod stmt;

use super::code::{Sym, Symbols};
use super::tree::{Ident, ScopeId, Tree};
use crate::source::{Diagnostic, Problem, Source, Span};
use ruff_python_ast::Mod;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

/// Parses a file. Whatever is wrong with it goes to `diagnostics`; the tree holds what was understood.
pub(super) fn parse(source: &Source, symbols: &mut Symbols, diagnostics: &mut Vec<Diagnostic>) -> Tree {
    let parsed = parse_unchecked(&source.text, ParseOptions::from(Mode::Module));
    for error in parsed.errors() {
        diagnostics.push(Diagnostic {
            span: span(error.location),
            problem: Problem::Syntax,
            message: error.error.to_string(),
            help: None,
        });
    }
    let mut lowering = Lowering::new(symbols, diagnostics);
    let mut tree = Tree { body: Vec::new(), doc: None, scopes: 1 };
    if let Mod::Module(module) = parsed.syntax() {
        tree.doc = stmt::docstring(&module.body);
        tree.body = lowering.body(&module.body);
    }
    tree.scopes = lowering.next_scope;
    tree
}

/// What is known at the place that is being lowered.
struct Lowering<'a> {
    symbols: &'a mut Symbols,
    diagnostics: &'a mut Vec<Diagnostic>,
    next_scope: u32,
    /// The blocks around this place, the innermost last.
    blocks: Vec<Block>,
}

/// A block around the place that is being lowered.
enum Block {
    Module {
        loops: u32,
    },
    Function {
        /// Set when a `yield` is met.
        generator: bool,
        /// Loops around this place inside this function.
        loops: u32,
    },
    Class {
        /// For mangling: the name without leading underscores; empty when nothing is mangled.
        mangle: String,
        loops: u32,
    },
    /// A comprehension; `yield` is not allowed in it.
    Comprehension,
}

impl<'a> Lowering<'a> {
    fn new(symbols: &'a mut Symbols, diagnostics: &'a mut Vec<Diagnostic>) -> Lowering<'a> {
        Lowering { symbols, diagnostics, next_scope: 1, blocks: vec![Block::Module { loops: 0 }] }
    }

    fn new_scope(&mut self) -> ScopeId {
        let scope = ScopeId(self.next_scope);
        self.next_scope += 1;
        scope
    }

    fn syntax(&mut self, range: TextRange, message: &str) {
        self.report(range, Problem::Syntax, message, None);
    }

    fn unsupported(&mut self, range: TextRange, message: &str, help: &str) {
        self.report(range, Problem::Unsupported, message, Some(help));
    }

    fn report(&mut self, range: TextRange, problem: Problem, message: &str, help: Option<&str>) {
        self.diagnostics.push(Diagnostic {
            span: span(range),
            problem,
            message: message.to_owned(),
            help: help.map(str::to_owned),
        });
    }

    /// The symbol of a name, mangled when it is private to the class around it.
    fn name(&mut self, text: &str) -> Sym {
        if text.starts_with("__") && !text.ends_with("__") && !text.contains('.') {
            let class = self.blocks.iter().rev().find_map(|block| match block {
                Block::Class { mangle, .. } => Some(mangle.as_str()),
                _ => None,
            });
            if let Some(class) = class.filter(|class| !class.is_empty()) {
                return self.symbols.intern(&format!("_{class}{text}"));
            }
        }
        self.symbols.intern(text)
    }

    fn ident(&mut self, identifier: &ruff_python_ast::Identifier) -> Ident {
        Ident { name: self.name(identifier.as_str()), span: span(identifier.range()) }
    }
}

fn span(range: TextRange) -> Span {
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}
