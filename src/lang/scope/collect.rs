//! The first pass: what every block binds, uses and declares.

use super::resolve::resolve;
use super::{Binding, Declared, Mention, Scope, ScopeKind, Scopes, Use};
use crate::lang::code::{Sym, Symbols};
use crate::lang::tree::{
    Arguments, Class, Comprehension, ComprehensionKind, Expr, ExprKind, FPiece, Function, Ident, Lambda, Parameters,
    Pattern, PatternKind, ScopeId, Stmt, StmtKind, Tree,
};
use crate::said::Said;
use crate::source::{Diagnostic, Problem, Span};
use rustc_hash::FxHashMap;

/// Collects and resolves the names of a module.
pub(in crate::lang) fn collect(tree: &Tree, symbols: &mut Symbols, diagnostics: &mut Vec<Diagnostic>) -> Scopes {
    let mut collector = Collector {
        scopes: (0..tree.scopes).map(|_| None).collect(),
        bindings: Vec::new(),
        uses: Vec::new(),
        loops: Vec::new(),
        clock: 0,
        current: ScopeId::MODULE,
        guarded: false,
        super_name: symbols.intern("super"),
        class_cell: symbols.intern("__class__"),
        symbols,
        diagnostics,
    };
    collector.open(ScopeId::MODULE, ScopeKind::Module, None);
    collector.body(&tree.body);
    let class_cell = collector.class_cell;
    // Every numbered scope was opened, unless its construct was refused; then nothing asks for it.
    let filler = || new_scope(ScopeKind::Function, Some(ScopeId::MODULE), ScopeId::MODULE, 0);
    let mut scopes = Scopes {
        scopes: collector.scopes.into_iter().map(|scope| scope.unwrap_or_else(filler)).collect(),
        bindings: collector.bindings,
        uses: collector.uses,
        loops: collector.loops,
        units: FxHashMap::default(),
        class_cell,
    };
    resolve(&mut scopes, symbols, diagnostics);
    scopes
}

fn new_scope(kind: ScopeKind, parent: Option<ScopeId>, unit: ScopeId, created: u32) -> Scope {
    Scope { kind, parent, unit, mentions: FxHashMap::default(), order: Vec::new(), params: Vec::new(), created }
}

struct Collector<'a> {
    scopes: Vec<Option<Scope>>,
    bindings: Vec<Binding>,
    uses: Vec<Use>,
    loops: Vec<(ScopeId, u32, u32)>,
    clock: u32,
    current: ScopeId,
    guarded: bool,
    super_name: Sym,
    class_cell: Sym,
    symbols: &'a mut Symbols,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Collector<'_> {
    // ---- blocks ----

    fn open(&mut self, id: ScopeId, kind: ScopeKind, parent: Option<ScopeId>) {
        let unit = match (kind, parent) {
            (ScopeKind::Comprehension, Some(parent)) => self.scope(parent).unit,
            _ => id,
        };
        let created = self.tick();
        self.scopes[id.index()] = Some(new_scope(kind, parent, unit, created));
    }

    fn scope(&mut self, id: ScopeId) -> &mut Scope {
        self.scopes[id.index()].get_or_insert_with(|| new_scope(ScopeKind::Module, None, id, 0))
    }

    fn tick(&mut self) -> u32 {
        self.clock += 1;
        self.clock
    }

    /// Runs `inside` with `id` as the current block.
    fn within(&mut self, id: ScopeId, kind: ScopeKind, inside: impl FnOnce(&mut Self)) {
        let outer = self.current;
        let guarded = self.guarded;
        self.guarded = guarded && kind == ScopeKind::Comprehension;
        self.open(id, kind, Some(outer));
        self.current = id;
        inside(self);
        self.current = outer;
        self.guarded = guarded;
    }

    fn in_loop(&mut self, inside: impl FnOnce(&mut Self)) {
        let start = self.tick();
        inside(self);
        let end = self.tick();
        let current = self.current;
        let unit = self.scope(current).unit;
        self.loops.push((unit, start, end));
    }

    // ---- names ----

    fn mention(&mut self, scope: ScopeId, name: Sym) -> &mut Mention {
        let scope = self.scope(scope);
        if !scope.mentions.contains_key(&name) {
            scope.order.push(name);
        }
        scope.mentions.entry(name).or_default()
    }

    fn bind(&mut self, ident: Ident) {
        let scope = self.current;
        self.bind_in(scope, ident, false);
    }

    fn bind_in(&mut self, scope: ScopeId, ident: Ident, deletes: bool) {
        self.mention(scope, ident.name).bound = true;
        let moment = self.tick();
        self.bindings.push(Binding { scope, name: ident.name, span: ident.span, moment, deletes });
    }

    fn read(&mut self, name: Sym, span: Span) {
        let scope = self.current;
        self.mention(scope, name);
        self.uses.push(Use { scope, name, span, guarded: self.guarded });
        if name == self.super_name && self.scope(scope).kind != ScopeKind::Class {
            let class_cell = self.class_cell;
            self.mention(scope, class_cell);
        }
    }

    fn declare(&mut self, ident: Ident, declared: Declared) {
        let scope = self.current;
        let is_param = self.scope(scope).params.contains(&ident.name);
        let known = self.scope(scope).mentions.get(&ident.name).copied();
        let word = if declared == Declared::Global { "global" } else { "nonlocal" };
        let name = self.symbols.text(ident.name).to_owned();
        let complaint = match known {
            _ if is_param => Some("diag-declared-parameter"),
            Some(known) if known.declared != Declared::Nothing && known.declared != declared => {
                Some("diag-declared-twice")
            }
            Some(known) if known.declared == Declared::Nothing && known.bound => Some("diag-declared-assigned"),
            Some(known) if known.declared == Declared::Nothing => Some("diag-declared-used"),
            _ => None,
        };
        if let Some(complaint) = complaint {
            let said = |key| Said::new(key).with("name", name.as_str()).with("keyword", word);
            let help = (!is_param).then(|| said("diag-declared-help"));
            let (span, message) = (ident.span, said(complaint));
            self.diagnostics.push(Diagnostic { span, problem: Problem::Syntax, message, help });
            return;
        }
        let mention = self.mention(scope, ident.name);
        mention.declared = declared;
        mention.declared_at = ident.span;
    }

    // ---- statements ----

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Assign { targets, value } => {
                self.expr(value);
                for target in targets {
                    self.target(target, false);
                }
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target);
                self.expr(value);
                self.target(target, false);
            }
            StmtKind::Annotated { target, value } => {
                self.optional(value.as_ref());
                match (&target.kind, value) {
                    // Without a value nothing is bound, but the name belongs to this block.
                    (ExprKind::Name(name), None) => {
                        let scope = self.current;
                        self.mention(scope, *name).bound = true;
                    }
                    (_, None) => self.expr(target),
                    (_, Some(_)) => self.target(target, false),
                }
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.target(target, true)),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
            StmtKind::Return(value) => self.optional(value.as_ref()),
            StmtKind::Global(names) => names.iter().for_each(|ident| self.declare(*ident, Declared::Global)),
            StmtKind::Nonlocal(names) => names.iter().for_each(|ident| self.declare(*ident, Declared::Nonlocal)),
            StmtKind::If { branches, orelse } => {
                for (test, body) in branches {
                    self.expr(test);
                    self.body(body);
                }
                self.body(orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.in_loop(|this| {
                    this.expr(test);
                    this.body(body);
                });
                self.body(orelse);
            }
            StmtKind::For { target, iter, body, orelse } => {
                self.expr(iter);
                self.in_loop(|this| {
                    this.target(target, false);
                    this.body(body);
                });
                self.body(orelse);
            }
            StmtKind::Try { .. } => self.tries(stmt),
            StmtKind::With { items, body } => {
                for (manager, target) in items {
                    self.expr(manager);
                    if let Some(target) = target {
                        self.target(target, false);
                    }
                }
                self.body(body);
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                for case in cases {
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_ref());
                    self.body(&case.body);
                }
            }
            StmtKind::Raise { exception, cause } => {
                self.optional(exception.as_ref());
                self.optional(cause.as_ref());
            }
            StmtKind::Assert { test, message } => {
                self.expr(test);
                self.optional(message.as_ref());
            }
            StmtKind::Import(imports) => imports.iter().for_each(|import| self.bind(import.binds)),
            StmtKind::ImportFrom { names, .. } => names.iter().for_each(|name| self.bind(name.binds)),
            StmtKind::Function(function) => self.function(function),
            StmtKind::Class(class) => self.class(class),
        }
    }

    fn tries(&mut self, stmt: &Stmt) {
        let StmtKind::Try { body, handlers, orelse, finalbody } = &stmt.kind else { return };
        let guarded = self.guarded;
        self.guarded |= !handlers.is_empty();
        self.body(body);
        self.guarded = guarded;
        for handler in handlers {
            self.optional(handler.class.as_ref());
            if let Some(name) = handler.name {
                self.bind(name);
            }
            self.body(&handler.body);
            if let Some(name) = handler.name {
                // The name is deleted at the end of the handler.
                let scope = self.current;
                self.bind_in(scope, name, true);
            }
        }
        self.body(orelse);
        self.body(finalbody);
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Singleton(_) | PatternKind::Star(None) => {}
            PatternKind::Capture(ident) | PatternKind::Star(Some(ident)) => self.bind(*ident),
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Sequence(items) | PatternKind::Or(items) => items.iter().for_each(|item| self.pattern(item)),
            PatternKind::As(inner, ident) => {
                self.pattern(inner);
                self.bind(*ident);
            }
        }
    }

    fn function(&mut self, function: &Function) {
        function.decorators.iter().for_each(|decorator| self.expr(decorator));
        function.params.default_values().for_each(|default| self.expr(default));
        let plain = function.decorators.is_empty();
        // A plain function can mention itself: nobody can call it before its name is bound.
        if plain {
            self.bind(function.name);
        }
        self.within(function.scope, ScopeKind::Function, |this| {
            this.params(&function.params);
            this.body(&function.body);
        });
        if !plain {
            self.bind(function.name);
        }
    }

    fn class(&mut self, class: &Class) {
        class.decorators.iter().for_each(|decorator| self.expr(decorator));
        self.arguments(&class.arguments);
        self.within(class.scope, ScopeKind::Class, |this| this.body(&class.body));
        self.bind(class.name);
    }

    fn params(&mut self, params: &Parameters) {
        let scope = self.current;
        for ident in params.names() {
            self.scope(scope).params.push(ident.name);
            self.bind(ident);
        }
    }

    // ---- targets ----

    fn target(&mut self, target: &Expr, deletes: bool) {
        match &target.kind {
            ExprKind::Name(name) => {
                let scope = self.current;
                self.bind_in(scope, Ident { name: *name, span: target.span }, deletes);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                for item in items {
                    self.target(item, deletes);
                }
            }
            ExprKind::Starred(inner) => self.target(inner, deletes),
            _ => self.expr(target),
        }
    }

    // ---- expressions ----

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn arguments(&mut self, arguments: &Arguments) {
        self.exprs(&arguments.positional);
        arguments.keywords.iter().for_each(|(_, value)| self.expr(value));
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Refused => {}
            ExprKind::Name(name) => self.read(*name, expr.span),
            ExprKind::Attribute(inner, _)
            | ExprKind::Unary(_, inner)
            | ExprKind::YieldFrom(inner)
            | ExprKind::Starred(inner) => self.expr(inner),
            ExprKind::Subscript(object, index) => {
                self.expr(object);
                self.expr(index);
            }
            ExprKind::Slice(parts) => parts.iter().for_each(|part| self.optional(part.as_ref())),
            ExprKind::Call(function, arguments) => {
                self.expr(function);
                self.arguments(arguments);
            }
            ExprKind::Binary(_, sides) => {
                self.expr(&sides.0);
                self.expr(&sides.1);
            }
            ExprKind::Compare(left, rest) => {
                self.expr(left);
                for (_, right) in rest {
                    self.expr(right);
                }
            }
            ExprKind::If(parts) => self.exprs(&parts[..]),
            ExprKind::Lambda(lambda) => self.lambda(lambda),
            ExprKind::Bool(_, items) | ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => {
                self.exprs(items);
            }
            ExprKind::Dict(items) => {
                for (key, value) in items {
                    self.optional(key.as_ref());
                    self.expr(value);
                }
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Yield(value) => self.optional(value.as_deref()),
            ExprKind::Named(ident, value) => {
                self.expr(value);
                self.walrus(*ident);
            }
            ExprKind::FString(pieces) => self.pieces(pieces),
        }
    }

    fn pieces(&mut self, pieces: &[FPiece]) {
        for piece in pieces {
            if let FPiece::Value { value, spec, .. } = piece {
                self.expr(value);
                self.pieces(spec.as_deref().unwrap_or_default());
            }
        }
    }

    fn lambda(&mut self, lambda: &Lambda) {
        lambda.params.default_values().for_each(|default| self.expr(default));
        self.within(lambda.scope, ScopeKind::Function, |this| {
            this.params(&lambda.params);
            this.expr(&lambda.body);
        });
    }

    fn comprehension(&mut self, comprehension: &Comprehension) {
        let kind = match comprehension.kind {
            ComprehensionKind::Generator => ScopeKind::GeneratorExpression,
            _ => ScopeKind::Comprehension,
        };
        if let Some(first) = comprehension.clauses.first() {
            self.expr(&first.iter);
        }
        self.in_loop(|this| {
            this.within(comprehension.scope, kind, |this| {
                if kind == ScopeKind::GeneratorExpression {
                    let iterator = this.symbols.intern(".0");
                    this.scope(comprehension.scope).params.push(iterator);
                    this.mention(comprehension.scope, iterator).bound = true;
                }
                this.in_loop(|this| this.comprehension_inside(comprehension));
            });
        });
    }

    fn comprehension_inside(&mut self, comprehension: &Comprehension) {
        for (n, clause) in comprehension.clauses.iter().enumerate() {
            if n > 0 {
                self.expr(&clause.iter);
            }
            self.target(&clause.target, false);
            self.exprs(&clause.ifs);
        }
        self.expr(&comprehension.element);
        self.optional(comprehension.value.as_ref());
    }

    /// `name := value` inside a comprehension binds in the block around it.
    fn walrus(&mut self, ident: Ident) {
        let mut scope = self.current;
        while matches!(self.scope(scope).kind, ScopeKind::Comprehension | ScopeKind::GeneratorExpression) {
            if self.scope(scope).mentions.get(&ident.name).is_some_and(|mention| mention.bound) {
                let message = Said::new("diag-walrus-rebinds").with("name", self.symbols.text(ident.name));
                self.diagnostics.push(Diagnostic::new(ident.span, Problem::Syntax, message));
                return;
            }
            self.mention(scope, ident.name);
            let Some(parent) = self.scope(scope).parent else { break };
            scope = parent;
        }
        if scope != self.current && self.scope(scope).kind == ScopeKind::Class {
            self.diagnostics.push(Diagnostic::new(ident.span, Problem::Syntax, Said::new("diag-walrus-class")));
            return;
        }
        // Bound in `scope`; the inner blocks mention it without binding it and so mean the same variable.
        self.bind_in(scope, ident, false);
    }
}
