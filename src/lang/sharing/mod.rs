//! Which variables another thread can see: the analysis behind [`Global::shared`], [`Global::frozen`]
//! and [`Program::init_only`].
//!
//! It works on the text alone and errs on the safe side: what it calls private is private under every schedule.
//!
//! 1. [`danger`] finds the names through which a thread can be started: `start`, and by name every function that
//!    mentions such a name, every class whose special methods do. Running such a function, or having a value that leads to
//!    it, needs its name to be mentioned by code that is running, so module code cannot start a thread before it
//!    mentions one of these names itself.
//! 2. [`timeline`] goes through module code in order with that in hand: which globals are stored before any thread can
//!    exist, which afterwards. A loop that starts a thread counts as afterwards from its beginning.
//! 3. A global is shared when a function stores it, or when a function mentions it and module code stores it afterwards. A
//!    global that only module code mentions belongs to the main thread.
//! 4. [`frozen`] finds containers that nobody changes afterwards, [`attributes`] attributes set by `__init__` alone.
//!
//! [`Global::shared`]: super::Global::shared
//! [`Global::frozen`]: super::Global::frozen
//! [`Program::init_only`]: super::Program::init_only

mod attributes;
mod danger;
mod frozen;
mod timeline;

use super::code::{Program, Sym, Symbols};
use super::scope::{ScopeKind, Scopes};
use super::tree::{Expr, ExprKind, Literal, ScopeId, Tree};
use rustc_hash::FxHashSet;

/// Marks the globals of the user's module (module 0) and the attributes.
pub(super) fn analyse(tree: &Tree, scopes: &Scopes, program: &mut Program) {
    let danger = danger::find(tree, &mut program.symbols);
    let timeline = timeline::follow(tree, scopes, &danger, &program.symbols);
    let functions = function_mentions(scopes);
    let Some(module) = program.modules.first() else { return };
    let range = module.globals.start as usize..module.globals.end as usize;
    let candidates: FxHashSet<Sym> =
        program.globals[range.clone()].iter().filter(|global| global.line > 0).map(|global| global.name).collect();
    let frozen = frozen::find(tree, scopes, &danger, &candidates, &program.symbols);
    for global in &mut program.globals[range] {
        if global.line == 0 {
            continue;
        }
        let stored = functions.stored.contains(&global.name);
        let mentioned = functions.mentioned.contains(&global.name);
        global.shared = stored || (mentioned && timeline.stored_late.contains(&global.name));
        global.frozen = !global.shared && frozen.contains(&global.name);
    }
    let attributes = attributes::init_only(tree, &program.symbols);
    program.init_only = attributes;
}

/// Globals that functions (which any thread can run) store and mention.
struct FunctionMentions {
    stored: FxHashSet<Sym>,
    mentioned: FxHashSet<Sym>,
}

fn function_mentions(scopes: &Scopes) -> FunctionMentions {
    let inside: Vec<bool> = (0..).take(scopes.scopes.len()).map(|id| !is_module_code(scopes, ScopeId(id))).collect();
    let is_global = |scope, name| scopes.definer(scope, name).is_none();
    let in_function = |scope: ScopeId| inside[scope.index()];
    let stores = scopes.bindings.iter().filter(|b| in_function(b.scope) && is_global(b.scope, b.name));
    let stores = stores.filter(|b| !is_class_name(scopes, b.scope, b.name));
    let uses = scopes.uses.iter().filter(|u| in_function(u.scope) && is_global(u.scope, u.name));
    FunctionMentions { stored: stores.map(|b| b.name).collect(), mentioned: uses.map(|u| u.name).collect() }
}

/// A name in the namespace of a class body, not a global.
fn is_class_name(scopes: &Scopes, scope: ScopeId, name: Sym) -> bool {
    matches!(scopes.place(scope, name), super::scope::Place::ClassName { .. })
}

/// True when this block runs as part of the module body, and so by the main thread.
fn is_module_code(scopes: &Scopes, mut id: ScopeId) -> bool {
    loop {
        let scope = scopes.scope(id);
        if matches!(scope.kind, ScopeKind::Function | ScopeKind::GeneratorExpression) {
            return false;
        }
        let Some(parent) = scope.parent else { return true };
        id = parent;
    }
}

/// What a call of `getattr`, `setattr` or `delattr` is about.
enum Reflection<'t> {
    /// The attribute is written out.
    Named(&'t str),
    /// It is computed, or the function is handed around.
    Unknown,
}

/// When `expr` is a call of one of these functions by name.
fn reflection<'t>(expr: &'t Expr, symbols: &Symbols, functions: &[&str]) -> Option<Reflection<'t>> {
    let ExprKind::Call(function, arguments) = &expr.kind else { return None };
    let ExprKind::Name(name) = function.kind else { return None };
    if !functions.contains(&symbols.text(name)) {
        return None;
    }
    Some(match arguments.positional.get(1).map(|argument| &argument.kind) {
        Some(ExprKind::Literal(Literal::Str(text))) => Reflection::Named(text),
        _ => Reflection::Unknown,
    })
}
