//! Attributes that only `__init__` stores, as `self.name = …`.

use super::{Reflection, reflection};
use crate::lang::code::{Sym, Symbols};
use crate::lang::tree::{Expr, ExprKind, Stmt, StmtKind, Tree};
use rustc_hash::FxHashSet;

/// See [`crate::lang::Program::init_only`].
pub(super) fn init_only(tree: &Tree, symbols: &Symbols) -> Vec<Sym> {
    let mut stores =
        Stores { symbols, by_init: FxHashSet::default(), elsewhere: FxHashSet::default(), computed: false, own: None };
    stores.body(&tree.body);
    if stores.computed {
        return Vec::new();
    }
    let mut names: Vec<Sym> = stores.by_init.difference(&stores.elsewhere).copied().collect();
    names.sort_unstable();
    names
}

struct Stores<'a> {
    symbols: &'a Symbols,
    by_init: FxHashSet<Sym>,
    elsewhere: FxHashSet<Sym>,
    /// Attributes are stored under computed names.
    computed: bool,
    /// Inside `__init__`: its first parameter.
    own: Option<Sym>,
}

impl Stores<'_> {
    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        stmt.kind.exprs(&mut |expr| self.expr(expr));
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|target| self.target(target)),
            StmtKind::AugAssign { target, .. } | StmtKind::Annotated { target, .. } | StmtKind::For { target, .. } => {
                self.target(target);
            }
            StmtKind::With { items, .. } => items.iter().filter_map(|(_, t)| t.as_ref()).for_each(|t| self.target(t)),
            StmtKind::Delete(targets) => {
                let own = self.own.take();
                for target in targets {
                    self.target(target);
                }
                self.own = own;
            }
            StmtKind::Function(function) => {
                let own = self.own.take();
                self.body(&function.body);
                self.own = own;
                return;
            }
            StmtKind::Class(class) => {
                self.class_body(&class.body);
                return;
            }
            _ => {}
        }
        stmt.kind.bodies(&mut |body| self.body(body));
    }

    /// Names bound in a class body are attributes of the class.
    fn class_body(&mut self, body: &[Stmt]) {
        let own = self.own.take();
        for stmt in body {
            match &stmt.kind {
                StmtKind::Function(function) => {
                    self.elsewhere.insert(function.name.name);
                    stmt.kind.exprs(&mut |expr| self.expr(expr));
                    if self.symbols.text(function.name.name) == "__init__" && function.decorators.is_empty() {
                        self.own = function.params.positional.first().map(|ident| ident.name);
                    }
                    self.body(&function.body);
                    self.own = None;
                }
                StmtKind::Class(class) => {
                    self.elsewhere.insert(class.name.name);
                    self.class_body(&class.body);
                }
                _ => {
                    self.stmt(stmt);
                    class_names(stmt, &mut self.elsewhere);
                }
            }
        }
        self.own = own;
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Attribute(object, attr) => {
                let own = self.own.is_some_and(|own| matches!(object.kind, ExprKind::Name(name) if name == own));
                if own { &mut self.by_init } else { &mut self.elsewhere }.insert(attr.name);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::Starred(inner) => self.target(inner),
            // `self` means something else from here on.
            ExprKind::Name(name) => self.computed |= self.own == Some(*name),
            _ => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => self.computed |= matches!(self.symbols.text(*name), "setattr" | "delattr" | "vars"),
            ExprKind::Attribute(_, attr) => {
                self.computed |= matches!(self.symbols.text(attr.name), "__dict__" | "__setattr__" | "__delattr__");
            }
            _ => {}
        }
        if let Some(Reflection::Named(attr)) = reflection(expr, self.symbols, &["setattr", "delattr"]) {
            self.elsewhere.extend(self.symbols.get(attr));
            if let ExprKind::Call(_, arguments) = &expr.kind {
                arguments.values(&mut |argument| self.expr(argument));
            }
            return;
        }
        // A comprehension can have an attribute as its variable.
        if let ExprKind::Comprehension(comprehension) = &expr.kind {
            let own = self.own.take();
            comprehension.clauses.iter().for_each(|clause| self.target(&clause.target));
            self.own = own;
        }
        expr.children(&mut |child| self.expr(child));
    }
}

/// Every name that a statement of a class body binds, as far as it is plain; nested ones count too.
fn class_names(stmt: &Stmt, names: &mut FxHashSet<Sym>) {
    fn target(expr: &Expr, names: &mut FxHashSet<Sym>) {
        if let ExprKind::Name(name) = expr.kind {
            names.insert(name);
        }
        expr.children(&mut |child| target(child, names));
    }
    stmt.kind.exprs(&mut |expr| target(expr, names));
    match &stmt.kind {
        StmtKind::Import(imports) => names.extend(imports.iter().map(|import| import.binds.name)),
        StmtKind::ImportFrom { names: imported, .. } => names.extend(imported.iter().map(|name| name.binds.name)),
        StmtKind::Function(function) => {
            names.insert(function.name.name);
            return;
        }
        StmtKind::Class(class) => {
            names.insert(class.name.name);
            return;
        }
        _ => {}
    }
    stmt.kind.bodies(&mut |body| body.iter().for_each(|stmt| class_names(stmt, names)));
}
