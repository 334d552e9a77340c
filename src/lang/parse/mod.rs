//! Python text to [`Tree`]. The only place that sees the ruff crates; their trees do not leave it.

mod errors;
mod expr;
mod fullwidth;
mod nesting;
mod stmt;
mod syntax;
mod tokens;

use super::code::{Sym, Symbols};
use super::tree::{ExprKind, Ident, Literal, ScopeId, Tree};
use crate::said::Said;
use crate::source::{Diagnostic, Problem, Source, Span, Token};
use ruff_python_ast::{Mod, PythonVersion};
use ruff_python_parser::{Mode, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

/// What came of parsing a file.
pub(super) struct Parse {
    /// What was understood.
    pub(super) tree: Tree,
    /// The text in pieces.
    pub(super) tokens: Vec<Token>,
}

/// Parses a file. Whatever is wrong with it goes to `diagnostics`.
pub(super) fn parse(source: &Source, symbols: &mut Symbols, diagnostics: &mut Vec<Diagnostic>) -> Parse {
    let mut tree = Tree { body: Vec::new(), doc: None, scopes: 1 };
    let Some(parsed) = repaired(source, diagnostics) else { return Parse { tree, tokens: Vec::new() } };
    errors::report(source, &parsed, diagnostics);
    let tokens = tokens::classify(source, parsed.tokens());
    let mut lowering = Lowering::new(symbols, diagnostics);
    if let Mod::Module(module) = parsed.syntax() {
        tree.doc = stmt::docstring(&module.body);
        tree.body = lowering.body(&module.body);
    }
    tree.scopes = lowering.next_scope;
    Parse { tree, tokens }
}

/// The constant that a text is, as `-p name=value` gives it.
pub(super) fn literal(text: &str) -> Option<Literal> {
    if nesting::check(text).is_some() {
        return None;
    }
    let parsed = ruff_python_parser::parse_expression(text).ok()?;
    let mut diagnostics = Vec::new();
    let expr = Lowering::new(&mut Symbols::default(), &mut diagnostics).expr(parsed.expr());
    match expr.kind {
        ExprKind::Literal(literal) => Some(literal),
        _ => None,
    }
}

/// The text in pieces for colouring, also when it does not parse; empty when it is nested too deeply.
pub(super) fn tokens(source: &Source) -> Vec<Token> {
    repaired(source, &mut Vec::new()).map(|parsed| tokens::classify(source, parsed.tokens())).unwrap_or_default()
}

/// The syntax of the text, with full-width punctuation taken for what was meant. `None` when it is nested too deeply.
fn repaired(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Parsed<Mod>> {
    let options = || ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY312);
    let mut text = source.text.to_string();
    loop {
        if let Some((line, what)) = nesting::check(&text) {
            diagnostics.push(errors::too_deep(source, line, what));
            return None;
        }
        let parsed = parse_unchecked(&text, options());
        let (repaired, replaced) = fullwidth::repair(&text, &errors::full_width(&parsed));
        if replaced.is_empty() {
            return Some(parsed);
        }
        text = repaired;
        diagnostics.extend(replaced.into_iter().filter_map(|at| errors::slip(source, at)));
    }
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

    fn syntax(&mut self, range: TextRange, message: Said) {
        self.diagnostics.push(Diagnostic::new(span(range), Problem::Syntax, message));
    }

    fn unsupported(&mut self, range: TextRange, message: Said, help: Said) {
        self.diagnostics.push(Diagnostic::new(span(range), Problem::Unsupported, message).help(help));
    }

    /// `async` and `await`.
    fn coroutine(&mut self, range: TextRange, keyword: &str, help: Said) {
        self.unsupported(range, Said::new("diag-coroutines").with("keyword", keyword), help);
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
