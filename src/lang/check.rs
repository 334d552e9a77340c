//! Names against what exists: unknown names, modules and members, and members that do not work yet.

use super::code::{Sym, Symbols};
use super::library::{self, Availability, LibraryModule};
use super::scope::{Place, Scopes};
use super::tree::{Class, Expr, ExprKind, Ident, Import, ImportName, ScopeId, Stmt, StmtKind, Tree};
use crate::said::{Filling, Said};
use crate::source::{Diagnostic, Problem, Span};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of older Pythons and what they are called now.
const OLD_NAMES: &[(&str, &str)] = &[
    ("basestring", "str"),
    ("long", "int"),
    ("raw_input", "input"),
    ("unichr", "chr"),
    ("unicode", "str"),
    ("xrange", "range"),
];

/// For how many unknown names it is tried to say what was meant.
const MAX_SUGGESTIONS: usize = 100;

/// A list of more letters than this is no help.
const MAX_KNOWN: usize = 186;

/// Checks a module of the user.
pub(super) fn check(tree: &Tree, scopes: &Scopes, symbols: &Symbols, diagnostics: &mut Vec<Diagnostic>) {
    let globals = bound_globals(scopes);
    unknown_names(scopes, symbols, &globals, diagnostics);
    let mut checker = Checker {
        scopes,
        symbols,
        diagnostics,
        imported: FxHashMap::default(),
        scope: ScopeId::MODULE,
        guarded: false,
    };
    checker.collect_imports(&tree.body, &globals);
    checker.body(&tree.body);
}

/// How often each global is bound.
fn bound_globals(scopes: &Scopes) -> FxHashMap<Sym, u32> {
    let mut globals = FxHashMap::default();
    for binding in scopes.bindings.iter().filter(|b| scopes.place(b.scope, b.name) == Place::Global && !b.deletes) {
        *globals.entry(binding.name).or_insert(0) += 1;
    }
    for (name, mention) in &scopes.scope(ScopeId::MODULE).mentions {
        if mention.bound {
            globals.entry(*name).or_insert(1);
        }
    }
    globals
}

// ---- names ----

fn unknown_names(scopes: &Scopes, symbols: &Symbols, globals: &FxHashMap<Sym, u32>, diagnostics: &mut Vec<Diagnostic>) {
    let mut reported = FxHashSet::default();
    for usage in &scopes.uses {
        let name = symbols.text(usage.name);
        let known = scopes.definer(usage.scope, usage.name).is_some()
            || globals.contains_key(&usage.name)
            || scopes.scope(usage.scope).mentions.get(&usage.name).is_some_and(|mention| mention.bound)
            || library::is_builtin(name)
            || usage.name == scopes.class_cell;
        if known {
            continue;
        }
        if let Some((reason, help)) = library::refused(name) {
            let message = Said::new("diag-name-refused").with("name", name).with("reason", Said::new(reason));
            diagnostics.push(Diagnostic::new(usage.span, Problem::Unsupported, message).help(Said::new(help)));
        } else if !usage.guarded && reported.insert(usage.name) {
            // Looking for what was meant takes time; of very many problems only the first are shown.
            let help = if reported.len() <= MAX_SUGGESTIONS {
                meant(scopes, symbols, globals, usage.scope, name)
            } else {
                None
            };
            let message = Said::new("diag-name-unknown").with("name", name);
            diagnostics.push(Diagnostic { span: usage.span, problem: Problem::UnknownName, message, help });
        }
    }
}

/// What may have been meant by an unknown name.
fn meant(
    scopes: &Scopes,
    symbols: &Symbols,
    globals: &FxHashMap<Sym, u32>,
    scope: ScopeId,
    name: &str,
) -> Option<Said> {
    let old = OLD_NAMES.iter().find(|(old, _)| *old == name).map(|(_, new)| *new);
    let local = scopes.scope(scope).mentions.iter().filter(|(_, mention)| mention.bound).map(|(name, _)| *name);
    let mut near: Vec<&str> = globals.keys().copied().chain(local).map(|sym| symbols.text(sym)).collect();
    near.sort_unstable();
    for builtin in library::builtins() {
        near.push(builtin);
    }
    let nearest = match old {
        Some(new) => Some(new),
        None => library::nearest(name, near),
    };
    let module = library::module(name).map(|module| module.name);
    module.map(|module| Said::new("diag-name-import").with("module", module)).or(nearest.map(meant_is))
}

/// Names the name that may have been meant.
fn meant_is(name: &str) -> Said {
    Said::new("diag-near").with("near", name)
}

// ---- modules ----

/// What a global stands for that is bound once, by an import.
#[derive(Clone, Copy)]
enum Imported {
    Module(&'static LibraryModule),
    Member(&'static LibraryModule, Sym),
}

struct Checker<'a> {
    scopes: &'a Scopes,
    symbols: &'a Symbols,
    diagnostics: &'a mut Vec<Diagnostic>,
    imported: FxHashMap<Sym, Imported>,
    scope: ScopeId,
    /// Inside a `try` body with handlers: a missing module or member is the program's own business.
    guarded: bool,
}

impl Checker<'_> {
    fn report(&mut self, span: Span, problem: Problem, message: Said, help: Option<Said>) {
        self.diagnostics.push(Diagnostic { span, problem, message, help });
    }

    /// Which globals are modules and members of modules, as far as the text tells.
    fn collect_imports(&mut self, body: &[Stmt], globals: &FxHashMap<Sym, u32>) {
        for stmt in body {
            let once = |name: Sym| globals.get(&name) == Some(&1);
            match &stmt.kind {
                StmtKind::Import(imports) => {
                    for import in imports.iter().filter(|import| once(import.binds.name)) {
                        // Without an alias `import a.b` binds `a`.
                        let name = if import.alias { import.module.name } else { import.binds.name };
                        if let Some(module) = library::module(self.symbols.text(name)) {
                            self.imported.insert(import.binds.name, Imported::Module(module));
                        }
                    }
                }
                StmtKind::ImportFrom { module, names } => {
                    let module_name = self.symbols.text(module.name);
                    let Some(module) = library::module(module_name) else { continue };
                    for name in names.iter().filter(|name| once(name.binds.name)) {
                        let dotted = format!("{module_name}.{}", self.symbols.text(name.name.name));
                        let imported =
                            library::module(&dotted).map_or(Imported::Member(module, name.name.name), Imported::Module);
                        self.imported.insert(name.binds.name, imported);
                    }
                }
                _ => {
                    let mut bodies = Vec::new();
                    stmt.kind.bodies(&mut |body| bodies.push(body));
                    for body in bodies {
                        self.collect_imports(body, globals);
                    }
                }
            }
        }
    }

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        stmt.kind.exprs(&mut |expr| self.expr(expr));
        match &stmt.kind {
            StmtKind::Import(imports) => imports.iter().for_each(|import| self.import(import)),
            StmtKind::ImportFrom { module, names } => self.import_from(*module, names),
            StmtKind::Function(function) => self.inside(function.scope, false, &function.body),
            StmtKind::Class(class) => self.class(class),
            StmtKind::Try { body, handlers, orelse, finalbody } => {
                let guarded = self.guarded || !handlers.is_empty();
                self.inside(self.scope, guarded, body);
                for handler in handlers {
                    self.body(&handler.body);
                }
                self.body(orelse);
                self.body(finalbody);
            }
            _ => {
                let mut bodies = Vec::new();
                stmt.kind.bodies(&mut |body| bodies.push(body));
                for body in bodies {
                    self.body(body);
                }
            }
        }
    }

    fn inside(&mut self, scope: ScopeId, guarded: bool, body: &[Stmt]) {
        let outer = (self.scope, self.guarded);
        (self.scope, self.guarded) = (scope, guarded);
        self.body(body);
        (self.scope, self.guarded) = outer;
    }

    fn class(&mut self, class: &Class) {
        for (name, value) in &class.arguments.keywords {
            let metaclass = name.is_some_and(|name| self.symbols.text(name.name) == "metaclass");
            let what = Said::new(if metaclass { "diag-metaclass" } else { "diag-class-keyword" });
            self.report(value.span, Problem::Unsupported, what, Some(Said::new("diag-leave-out")));
        }
        self.inside(class.scope, self.guarded, &class.body);
    }

    fn import(&mut self, import: &Import) {
        let name = self.symbols.text(import.module.name);
        if library::module(name).is_none() && !self.guarded {
            self.unknown_module(name, import.module.span);
        }
    }

    fn unknown_module(&mut self, name: &str, span: Span) {
        let help = library::instead_of(name).map(|instead| Said::new("diag-module-instead").with("instead", instead));
        let help = help.unwrap_or(Said::new("diag-module-copy"));
        self.report(span, Problem::UnknownModule, Said::new("diag-module-unknown").with("name", name), Some(help));
    }

    fn import_from(&mut self, module: Ident, names: &[ImportName]) {
        if self.guarded {
            return;
        }
        let module_name = self.symbols.text(module.name);
        let Some(known) = library::module(module_name) else {
            self.unknown_module(module_name, module.span);
            return;
        };
        for name in names {
            let text = self.symbols.text(name.name.name);
            if known.member(text) == Availability::Unknown {
                self.unknown_member(known, text, name.name.span);
            }
        }
    }

    fn unknown_member(&mut self, module: &LibraryModule, member: &str, span: Span) {
        let help = library::nearest(member, module.now().chain(module.later()));
        let message = Said::new("diag-member-unknown").with("module", module.name).with("name", member);
        self.report(span, Problem::UnknownModule, message, help.map(meant_is));
    }

    // ---- uses ----

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                if let Some(Imported::Member(module, member)) = self.global(*name) {
                    self.member(module, self.symbols.text(member), expr.span);
                }
            }
            ExprKind::Attribute(object, attr) => {
                if let Some(module) = self.module(object) {
                    let member = self.symbols.text(attr.name);
                    let dotted = format!("{}.{member}", module.name);
                    if library::module(&dotted).is_none() {
                        self.member(module, member, attr.span);
                    }
                }
            }
            ExprKind::Lambda(lambda) => {
                lambda.params.default_values().for_each(|default| self.expr(default));
                let outer = std::mem::replace(&mut self.scope, lambda.scope);
                self.expr(&lambda.body);
                self.scope = outer;
                return;
            }
            ExprKind::Comprehension(comprehension) => {
                let outer = std::mem::replace(&mut self.scope, comprehension.scope);
                expr.children(&mut |child| self.expr(child));
                self.scope = outer;
                return;
            }
            _ => {}
        }
        expr.children(&mut |child| self.expr(child));
    }

    fn global(&self, name: Sym) -> Option<Imported> {
        let is_global = self.scopes.definer(self.scope, name).is_none();
        is_global.then(|| self.imported.get(&name).copied()).flatten()
    }

    /// The module that an expression means: `os`, `os.path`.
    fn module(&self, expr: &Expr) -> Option<&'static LibraryModule> {
        match &expr.kind {
            ExprKind::Name(name) => match self.global(*name) {
                Some(Imported::Module(module)) => Some(module),
                _ => None,
            },
            ExprKind::Attribute(object, attr) => {
                let outer = self.module(object)?;
                library::module(&format!("{}.{}", outer.name, self.symbols.text(attr.name)))
            }
            _ => None,
        }
    }

    fn member(&mut self, module: &LibraryModule, member: &str, span: Span) {
        match module.member(member) {
            Availability::Now => {}
            Availability::Unknown if self.guarded => {}
            Availability::Unknown => self.unknown_member(module, member, span),
            Availability::Later => {
                let message = match module.reason {
                    Some(reason) => Said::new("diag-member-refused").with("reason", Said::new(reason)),
                    None => Said::new("diag-member-later"),
                };
                let message = message.with("module", module.name).with("name", member);
                let known: Vec<&str> = module.now().collect();
                let letters: usize = known.iter().map(|name| name.len() + 2).sum();
                let help = (!known.is_empty() && module.name.len() + letters < MAX_KNOWN).then(|| {
                    Said::new("diag-member-known").with("module", module.name).with("known", Filling::list(&known))
                });
                self.report(span, Problem::Unsupported, message, help);
            }
        }
    }
}
