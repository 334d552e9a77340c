//! Module code in its order: what is stored before any thread can exist, what afterwards.

use super::danger::Danger;
use crate::lang::code::{Sym, Symbols};
use crate::lang::scope::{Place, Scopes};
use crate::lang::tree::{Expr, ExprKind, Pattern, PatternKind, ScopeId, Stmt, StmtKind, Tree};
use rustc_hash::FxHashSet;

/// What is known of the stores of module code.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// Globals that module code stores (or deletes) when a thread may have been started.
    pub(super) stored_late: FxHashSet<Sym>,
}

/// Follows the module body.
pub(super) fn follow(tree: &Tree, scopes: &Scopes, danger: &Danger, symbols: &Symbols) -> Timeline {
    let mut follower =
        Follower { scopes, danger, symbols, scope: ScopeId::MODULE, started: false, timeline: Timeline::default() };
    follower.body(&tree.body);
    follower.timeline
}

struct Follower<'a> {
    scopes: &'a Scopes,
    danger: &'a Danger,
    symbols: &'a Symbols,
    scope: ScopeId,
    started: bool,
    timeline: Timeline,
}

impl Follower<'_> {
    fn store(&mut self, name: Sym) {
        if self.started && self.scopes.place(self.scope, name) == Place::Global {
            self.timeline.stored_late.insert(name);
        }
    }

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if matches!(stmt.kind, StmtKind::For { .. } | StmtKind::While { .. })
            && may_start(stmt, self.danger, self.symbols)
        {
            self.started = true;
        }
        stmt.kind.exprs(&mut |expr| self.started |= self.danger.in_expr(expr, self.symbols));
        stmt.kind.exprs(&mut |expr| self.walrus(expr));
        match &stmt.kind {
            StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => targets.iter().for_each(|t| self.target(t)),
            StmtKind::AugAssign { target, .. }
            | StmtKind::Annotated { target, value: Some(_) }
            | StmtKind::For { target, .. } => {
                self.target(target);
            }
            StmtKind::With { items, .. } => items.iter().filter_map(|(_, t)| t.as_ref()).for_each(|t| self.target(t)),
            StmtKind::Import(imports) => imports.iter().for_each(|import| self.store(import.binds.name)),
            StmtKind::ImportFrom { names, .. } => names.iter().for_each(|name| self.store(name.binds.name)),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|case| self.pattern(&case.pattern)),
            StmtKind::Function(function) => self.store(function.name.name),
            StmtKind::Class(class) => {
                let outer = std::mem::replace(&mut self.scope, class.scope);
                self.body(&class.body);
                self.scope = outer;
                self.store(class.name.name);
            }
            _ => {}
        }
        if !matches!(stmt.kind, StmtKind::Function(_) | StmtKind::Class(_)) {
            let mut bodies = Vec::new();
            stmt.kind.bodies(&mut |body| bodies.push(body));
            for body in bodies {
                self.body(body);
            }
        }
        if let StmtKind::Try { handlers, .. } = &stmt.kind {
            handlers.iter().filter_map(|handler| handler.name).for_each(|name| self.store(name.name));
        }
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.store(*name),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::Starred(inner) => self.target(inner),
            _ => {}
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Capture(ident) | PatternKind::Star(Some(ident)) => self.store(ident.name),
            PatternKind::Sequence(items) | PatternKind::Or(items) => items.iter().for_each(|item| self.pattern(item)),
            PatternKind::As(inner, ident) => {
                self.pattern(inner);
                self.store(ident.name);
            }
            PatternKind::Wildcard | PatternKind::Value(_) | PatternKind::Singleton(_) | PatternKind::Star(None) => {}
        }
    }

    /// `:=` anywhere in an expression (inside a lambda it binds a local, which does no harm here).
    fn walrus(&mut self, expr: &Expr) {
        if let ExprKind::Named(ident, _) = &expr.kind {
            self.store(ident.name);
        }
        expr.children(&mut |child| self.walrus(child));
    }
}

/// True when the statement, or one inside it, may start a thread.
pub(super) fn may_start(stmt: &Stmt, danger: &Danger, symbols: &Symbols) -> bool {
    let mut found = false;
    stmt.kind.exprs(&mut |expr| found |= danger.in_expr(expr, symbols));
    if !matches!(stmt.kind, StmtKind::Function(_)) {
        stmt.kind.bodies(&mut |body| found |= body.iter().any(|stmt| may_start(stmt, danger, symbols)));
    }
    found
}
