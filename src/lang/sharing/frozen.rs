//! Containers in globals that nobody changes once threads can exist: `forks = [Lock() for _ in range(5)]`.
//!
//! Every mention of the name must be one of these, or the name is given up:
//!
//! | mention | where |
//! |---|---|
//! | `g = […]`: a container made on the spot | module code, before any thread |
//! | `g.append(x)`, `g[i] = x`, `del g[i]`, `g += …` | module code, before any thread |
//! | `g[i]`, `for x in g`, `x in g`, `len(g)`, `g.items()`, `f"{g}"`, `g == h`, `*g` | anywhere |

use super::danger::Danger;
use super::timeline::may_start;
use crate::lang::code::{Sym, Symbols};
use crate::lang::instr::BinaryOp;
use crate::lang::scope::Scopes;
use crate::lang::tree::{
    Comparison, Comprehension, ComprehensionKind, Expr, ExprKind, FPiece, ScopeId, Stmt, StmtKind, Tree,
};
use rustc_hash::FxHashSet;

/// Built-in functions that only look at the containers they are given.
const READERS: &[&str] = &[
    "all",
    "any",
    "dict",
    "enumerate",
    "frozenset",
    "isinstance",
    "len",
    "list",
    "max",
    "min",
    "print",
    "repr",
    "reversed",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
];

/// Methods of containers that change nothing and give nothing away but elements and copies.
const READING_METHODS: &[&str] = &["copy", "count", "get", "index", "items", "keys", "values"];

/// Methods of containers that change them.
const WRITING_METHODS: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// Special methods that compare.
const COMPARING: &[&str] = &["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__"];

/// Calls whose result is a new container.
const MAKERS: &[&str] = &["Counter", "defaultdict", "deque", "dict", "list", "set", "sorted"];

/// The candidates that qualify.
pub(super) fn find(
    tree: &Tree,
    scopes: &Scopes,
    danger: &Danger,
    candidates: &FxHashSet<Sym>,
    symbols: &Symbols,
) -> FxHashSet<Sym> {
    let mut watcher = Watcher {
        scopes,
        danger,
        symbols,
        candidates,
        scope: ScopeId::MODULE,
        module_code: true,
        started: false,
        made: FxHashSet::default(),
        given_up: FxHashSet::default(),
    };
    watcher.body(&tree.body);
    watcher.made.difference(&watcher.given_up).copied().collect()
}

struct Watcher<'a> {
    scopes: &'a Scopes,
    danger: &'a Danger,
    symbols: &'a Symbols,
    candidates: &'a FxHashSet<Sym>,
    scope: ScopeId,
    module_code: bool,
    started: bool,
    made: FxHashSet<Sym>,
    given_up: FxHashSet<Sym>,
}

impl Watcher<'_> {
    /// The candidate that `expr` names.
    fn candidate(&self, expr: &Expr) -> Option<Sym> {
        match expr.kind {
            ExprKind::Name(name)
                if self.candidates.contains(&name) && self.scopes.definer(self.scope, name).is_none() =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    /// True while changes do no harm.
    fn early(&self) -> bool {
        self.module_code && !self.started
    }

    fn give_up(&mut self, name: Sym) {
        self.given_up.insert(name);
    }

    /// A mention that only reads: nothing to do for the name itself, everything for a larger expression.
    fn read(&mut self, expr: &Expr) {
        if self.candidate(expr).is_none() {
            self.expr(expr);
        }
    }

    /// A mention that changes the container.
    fn write(&mut self, expr: &Expr) {
        match self.candidate(expr) {
            Some(name) if !self.early() => self.give_up(name),
            Some(_) => {}
            None => self.expr(expr),
        }
    }

    // ---- statements ----

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            if self.module_code {
                let is_loop = matches!(stmt.kind, StmtKind::For { .. } | StmtKind::While { .. });
                self.started |= is_loop && may_start(stmt, self.danger, self.symbols);
                let mut starts = false;
                stmt.kind.exprs(&mut |expr| starts |= self.danger.in_expr(expr, self.symbols));
                self.started |= starts;
            }
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.read(value),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::Annotated { target, value: Some(value) } => {
                self.assign(std::slice::from_ref(target), value);
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(value);
                if self.candidate(target).is_some() {
                    self.write(target);
                } else {
                    self.target(target);
                }
            }
            StmtKind::For { target, iter, .. } => {
                self.read(iter);
                self.target(target);
            }
            StmtKind::If { branches, .. } => branches.iter().for_each(|(test, _)| self.read(test)),
            StmtKind::While { test, .. } => self.read(test),
            StmtKind::Assert { test, message } => {
                self.read(test);
                if let Some(message) = message {
                    self.read(message);
                }
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.target(target)),
            StmtKind::With { items, .. } => {
                for (manager, target) in items {
                    self.expr(manager);
                    if let Some(target) = target {
                        self.target(target);
                    }
                }
            }
            StmtKind::Import(imports) => imports.iter().for_each(|import| self.give_up(import.binds.name)),
            StmtKind::ImportFrom { names, .. } => names.iter().for_each(|name| self.give_up(name.binds.name)),
            StmtKind::Function(function) => {
                self.give_up(function.name.name);
                stmt.kind.exprs(&mut |expr| self.expr(expr));
                self.function(function.scope, &function.body);
                return;
            }
            StmtKind::Class(class) => {
                self.give_up(class.name.name);
                stmt.kind.exprs(&mut |expr| self.expr(expr));
                let outer = std::mem::replace(&mut self.scope, class.scope);
                self.body(&class.body);
                self.scope = outer;
                return;
            }
            _ => stmt.kind.exprs(&mut |expr| self.expr(expr)),
        }
        stmt.kind.bodies(&mut |body| self.body(body));
    }

    fn function(&mut self, scope: ScopeId, body: &[Stmt]) {
        let outer = (self.scope, self.module_code);
        (self.scope, self.module_code) = (scope, false);
        self.body(body);
        (self.scope, self.module_code) = outer;
    }

    fn assign(&mut self, targets: &[Expr], value: &Expr) {
        self.expr(value);
        if let [target] = targets
            && let Some(name) = self.candidate(target)
        {
            if self.early() && self.is_new_container(value) {
                self.made.insert(name);
            } else {
                self.give_up(name);
            }
            return;
        }
        for target in targets {
            self.target(target);
        }
    }

    fn is_new_container(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::List(_) | ExprKind::Dict(_) | ExprKind::Set(_) => true,
            ExprKind::Comprehension(comprehension) => comprehension.kind != ComprehensionKind::Generator,
            ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Add, sides) => {
                self.is_new_container(&sides.0) || self.is_new_container(&sides.1)
            }
            ExprKind::Call(function, _) => match &function.kind {
                ExprKind::Name(name) => MAKERS.contains(&self.symbols.text(*name)),
                ExprKind::Attribute(_, attr) => MAKERS.contains(&self.symbols.text(attr.name)),
                _ => false,
            },
            _ => false,
        }
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => {
                if self.candidate(target).is_some() {
                    self.give_up(*name);
                }
            }
            ExprKind::Subscript(object, index) => {
                self.write(object);
                self.expr(index);
            }
            ExprKind::Attribute(object, _) => self.expr(object),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::Starred(inner) => self.target(inner),
            _ => self.expr(target),
        }
    }

    // ---- expressions ----

    /// An expression whose value goes somewhere: a bare mention escapes.
    fn expr(&mut self, expr: &Expr) {
        if let Some(name) = self.candidate(expr) {
            self.give_up(name);
            return;
        }
        match &expr.kind {
            ExprKind::Subscript(object, index) => {
                self.read(object);
                self.expr(index);
            }
            ExprKind::Starred(inner) | ExprKind::Unary(_, inner) => self.read(inner),
            ExprKind::Compare(left, rest) => self.compare(left, rest),
            ExprKind::FString(pieces) => self.pieces(pieces),
            ExprKind::If(parts) => {
                self.read(&parts[0]);
                self.expr(&parts[1]);
                self.expr(&parts[2]);
            }
            ExprKind::Call(function, _) => self.call(expr, function),
            ExprKind::Lambda(lambda) => {
                lambda.params.default_values().for_each(|default| self.expr(default));
                let outer = (self.scope, self.module_code);
                (self.scope, self.module_code) = (lambda.scope, false);
                self.expr(&lambda.body);
                (self.scope, self.module_code) = outer;
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Named(ident, value) => {
                self.give_up(ident.name);
                self.expr(value);
            }
            _ => expr.children(&mut |child| self.expr(child)),
        }
    }

    /// Comparing only looks, unless the program has methods that compare: they are given the container itself.
    fn compare(&mut self, left: &Expr, rest: &[(Comparison, Expr)]) {
        let hands_over = COMPARING.iter().any(|name| self.symbols.get(name).is_some());
        for operand in std::iter::once(left).chain(rest.iter().map(|(_, right)| right)) {
            if hands_over {
                self.expr(operand);
            } else {
                self.read(operand);
            }
        }
    }

    fn pieces(&mut self, pieces: &[FPiece]) {
        for piece in pieces {
            if let FPiece::Value { value, spec, .. } = piece {
                self.read(value);
                self.pieces(spec.as_deref().unwrap_or_default());
            }
        }
    }

    fn call(&mut self, call: &Expr, function: &Expr) {
        let ExprKind::Call(_, arguments) = &call.kind else { return };
        let reads = match &function.kind {
            ExprKind::Attribute(object, attr) => {
                let method = self.symbols.text(attr.name);
                if READING_METHODS.contains(&method) {
                    self.read(object);
                } else if WRITING_METHODS.contains(&method) {
                    self.write(object);
                } else {
                    self.expr(object);
                }
                false
            }
            ExprKind::Name(name) => {
                let is_builtin = !self.candidates.contains(name) && self.scopes.definer(self.scope, *name).is_none();
                is_builtin && READERS.contains(&self.symbols.text(*name))
            }
            _ => {
                self.expr(function);
                false
            }
        };
        // `max(a, b)` is one of them, `sum([], a)` is `a`.
        let gives_back = matches!(function.kind, ExprKind::Name(name)
            if matches!(self.symbols.text(name), "max" | "min" | "sum"));
        let reads = reads && !(gives_back && arguments.positional.len() > 1);
        arguments.values(&mut |argument| if reads { self.read(argument) } else { self.expr(argument) });
    }

    fn comprehension(&mut self, comprehension: &Comprehension) {
        if let Some(first) = comprehension.clauses.first() {
            self.read(&first.iter);
        }
        let outer = (self.scope, self.module_code);
        self.scope = comprehension.scope;
        self.module_code &= comprehension.kind != ComprehensionKind::Generator;
        for (n, clause) in comprehension.clauses.iter().enumerate() {
            if n > 0 {
                self.read(&clause.iter);
            }
            self.target(&clause.target);
            clause.ifs.iter().for_each(|condition| self.read(condition));
        }
        self.expr(&comprehension.element);
        comprehension.value.iter().for_each(|value| self.expr(value));
        (self.scope, self.module_code) = outer;
    }
}
