//! Attributes that are stored only where nobody else can see the object: by class bodies, and as `self.name = …` by an
//! `__init__` that has not given `self` away before.
//!
//! | in `__init__` | gives `self` away |
//! |---|---|
//! | `self.name = …`; `self.name` where `name` is data | no |
//! | `super().__init__(…)`, `Base.__init__(self, …)` | when an `__init__` of the program does |
//! | any other mention: `self.start()`, `args=(self,)`, a nested function | yes |

use super::{Reflection, reflection};
use crate::lang::code::{Sym, Symbols};
use crate::lang::tree::{Expr, ExprKind, Stmt, StmtKind, Tree};
use rustc_hash::FxHashSet;

/// See [`crate::lang::Program::init_only`].
pub(super) fn init_only(tree: &Tree, symbols: &Symbols) -> Vec<Sym> {
    let nothing = Known::default();
    let first = Stores::follow(tree, symbols, &nothing);
    let data =
        first.by_init.difference(&first.methods).copied().filter(|name| symbols.text(*name) != "start").collect();
    // Only what is known to be data does not give `self` away.
    let mut known = Known { data, given_away: false };
    known.given_away = Stores::follow(tree, symbols, &known).given_away;
    let stores = Stores::follow(tree, symbols, &known);
    if stores.computed {
        return Vec::new();
    }
    let mut names: Vec<Sym> = stores.mentioned.difference(&stores.elsewhere).copied().collect();
    names.sort_unstable();
    names
}

/// What an earlier pass has found out.
#[derive(Default)]
struct Known {
    /// Attributes that are data: reading them runs nothing and gives nothing away.
    data: FxHashSet<Sym>,
    /// Some `__init__` gives its `self` away.
    given_away: bool,
}

struct Stores<'a> {
    symbols: &'a Symbols,
    known: &'a Known,
    by_init: FxHashSet<Sym>,
    elsewhere: FxHashSet<Sym>,
    /// Names of functions in classes.
    methods: FxHashSet<Sym>,
    /// Every attribute that is mentioned.
    mentioned: FxHashSet<Sym>,
    /// Attributes are stored under computed names, or `__init__` runs again.
    computed: bool,
    /// Inside `__init__`: its first parameter.
    own: Option<Sym>,
    /// Inside `__init__`: others may know `self` by now.
    leaked: bool,
    /// Some `__init__` gave `self` away.
    given_away: bool,
}

impl<'a> Stores<'a> {
    fn follow(tree: &Tree, symbols: &'a Symbols, known: &'a Known) -> Stores<'a> {
        let mut stores = Stores {
            symbols,
            known,
            by_init: FxHashSet::default(),
            elsewhere: FxHashSet::default(),
            methods: FxHashSet::default(),
            mentioned: FxHashSet::default(),
            computed: false,
            own: None,
            leaked: false,
            given_away: false,
        };
        stores.body(&tree.body);
        stores
    }

    fn leak(&mut self) {
        self.leaked = true;
        self.given_away = true;
    }

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if self.own.is_some() && matches!(stmt.kind, StmtKind::For { .. } | StmtKind::While { .. }) {
            // What the end of the body gives away is known to the next turn of the loop.
            let before = self.own;
            stmt.kind.bodies(&mut |body| self.body(body));
            self.own = before;
        }
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
                if own.is_some() {
                    self.leak();
                }
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

    /// Names bound in a class body are attributes of the class, which nobody else sees before it is finished.
    fn class_body(&mut self, body: &[Stmt]) {
        let (own, leaked) = (self.own.take(), self.leaked);
        for stmt in body {
            match &stmt.kind {
                StmtKind::Function(function) => {
                    self.methods.insert(function.name.name);
                    stmt.kind.exprs(&mut |expr| self.expr(expr));
                    let name = self.symbols.text(function.name.name);
                    // `__init__` may run again for the object that it returns.
                    self.computed |= name == "__new__";
                    if name == "__init__" && function.decorators.is_empty() {
                        self.own = function.params.positional.first().map(|ident| ident.name);
                        self.leaked = false;
                    }
                    self.body(&function.body);
                    self.own = None;
                }
                StmtKind::Class(class) => self.class_body(&class.body),
                _ => self.stmt(stmt),
            }
        }
        (self.own, self.leaked) = (own, leaked);
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Attribute(object, attr) => {
                self.mentioned.insert(attr.name);
                let private = self.is_own(object) && !self.leaked;
                if self.is_own(object) {
                    self.by_init.insert(attr.name);
                }
                if !private {
                    self.elsewhere.insert(attr.name);
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::Starred(inner) => self.target(inner),
            // `self` means something else from here on.
            ExprKind::Name(name) => self.computed |= self.own == Some(*name),
            _ => {}
        }
    }

    /// Whether this is the object that is being initialised.
    fn is_own(&self, expr: &Expr) -> bool {
        self.own.is_some_and(|own| matches!(expr.kind, ExprKind::Name(name) if name == own))
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                self.computed |= matches!(self.symbols.text(*name), "setattr" | "delattr" | "vars");
                if self.is_own(expr) {
                    self.leak();
                }
            }
            ExprKind::Attribute(object, attr) => {
                self.mentioned.insert(attr.name);
                let name = self.symbols.text(attr.name);
                self.computed |= matches!(name, "__dict__" | "__setattr__" | "__delattr__" | "__init__");
                if self.is_own(object) && self.known.data.contains(&attr.name) {
                    return;
                }
            }
            ExprKind::Call(function, _) => {
                if let ExprKind::Attribute(class, attr) = &function.kind
                    && self.symbols.text(attr.name) == "__init__"
                    && self.own.is_some()
                {
                    return self.base_init(expr, class);
                }
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

    /// `super().__init__(…)` and `Base.__init__(self, …)` in an `__init__`.
    fn base_init(&mut self, call: &Expr, class: &Expr) {
        let ExprKind::Call(_, arguments) = &call.kind else { return };
        let of_super = matches!(&class.kind, ExprKind::Call(function, _)
            if matches!(function.kind, ExprKind::Name(name) if self.symbols.text(name) == "super"));
        let mut seen = of_super;
        arguments.values(&mut |argument| {
            if !seen && self.is_own(argument) {
                seen = true;
            } else {
                self.expr(argument);
            }
        });
        // Without `self` it initialises something else again.
        self.computed |= !seen;
        if self.known.given_away {
            self.leak();
        }
    }
}
