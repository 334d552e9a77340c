//! Statements.

use super::super::tree::{
    Arguments, Case, Class, Except, Expr, ExprKind, Function, Ident, Import, ImportName, Literal, Pattern, PatternKind,
    Stmt, StmtKind,
};
use super::expr::binary_op;
use super::{Block, Lowering, span};
use crate::lang::library;
use crate::said::Said;
use crate::source::{Diagnostic, Problem};
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};
use std::sync::Arc;

/// The text of the string that a body begins with.
pub(super) fn docstring(body: &[ast::Stmt]) -> Option<Arc<str>> {
    match body.first() {
        Some(ast::Stmt::Expr(statement)) => match &*statement.value {
            ast::Expr::StringLiteral(literal) => Some(literal.value.to_str().into()),
            _ => None,
        },
        _ => None,
    }
}

impl Lowering<'_> {
    pub(super) fn body(&mut self, body: &[ast::Stmt]) -> Vec<Stmt> {
        let mut lowered = Vec::with_capacity(body.len());
        for stmt in body {
            if let Some(kind) = self.stmt(stmt) {
                lowered.push(Stmt { span: span(stmt.range()), kind });
            }
        }
        lowered
    }

    fn stmt(&mut self, stmt: &ast::Stmt) -> Option<StmtKind> {
        use ast::Stmt as S;
        Some(match stmt {
            S::FunctionDef(s) => self.function(s),
            S::ClassDef(s) => self.class(s),
            S::Return(s) => {
                let value = self.optional(s.value.as_deref());
                if !matches!(self.blocks.last(), Some(Block::Function { .. })) {
                    self.syntax(s.range, Said::new("diag-return-outside"));
                }
                StmtKind::Return(value)
            }
            S::Delete(s) => StmtKind::Delete(self.exprs(&s.targets)),
            S::TypeAlias(s) => {
                self.unsupported(s.range, Said::new("diag-type-alias"), Said::new("diag-type-alias-help"));
                return None;
            }
            S::Assign(s) => {
                let value = self.expr(&s.value);
                let targets = s.targets.iter().map(|target| self.target(target)).collect();
                StmtKind::Assign { targets, value }
            }
            S::AugAssign(s) => {
                let target = self.expr(&s.target);
                StmtKind::AugAssign { target, op: binary_op(s.op), value: self.expr(&s.value) }
            }
            S::AnnAssign(s) => {
                let value = self.optional(s.value.as_deref());
                StmtKind::Annotated { target: self.target(&s.target), value }
            }
            S::For(s) => self.for_loop(s),
            S::While(s) => {
                let test = self.expr(&s.test);
                let body = self.loop_body(&s.body);
                StmtKind::While { test, body, orelse: self.body(&s.orelse) }
            }
            S::If(s) => self.branches(s),
            S::With(s) => self.with(s),
            S::Match(s) => {
                let subject = self.expr(&s.subject);
                StmtKind::Match { subject, cases: s.cases.iter().map(|case| self.case(case)).collect() }
            }
            S::Raise(s) => {
                let exception = self.optional(s.exc.as_deref());
                StmtKind::Raise { exception, cause: self.optional(s.cause.as_deref()) }
            }
            S::Try(s) => self.tries(s),
            S::Assert(s) => {
                let test = self.expr(&s.test);
                StmtKind::Assert { test, message: self.optional(s.msg.as_deref()) }
            }
            S::Import(s) => StmtKind::Import(s.names.iter().map(|alias| self.import(alias)).collect()),
            S::ImportFrom(s) => return self.import_from(s),
            S::Global(s) => {
                if self.blocks.len() == 1 {
                    return None;
                }
                StmtKind::Global(s.names.iter().map(|name| self.ident(name)).collect())
            }
            S::Nonlocal(s) => {
                if matches!(self.blocks.last(), Some(Block::Module { .. })) {
                    self.syntax(s.range, Said::new("diag-nonlocal-module"));
                    return None;
                }
                StmtKind::Nonlocal(s.names.iter().map(|name| self.ident(name)).collect())
            }
            S::Expr(s) => StmtKind::Expr(self.expr(&s.value)),
            S::Pass(_) => StmtKind::Pass,
            S::Break(s) => {
                self.in_loop(s.range, Said::new("diag-break-outside"));
                StmtKind::Break
            }
            S::Continue(s) => {
                self.in_loop(s.range, Said::new("diag-continue-outside"));
                StmtKind::Continue
            }
            S::IpyEscapeCommand(_) => return None,
        })
    }

    // ---- assignment ----

    fn target(&mut self, target: &ast::Expr) -> Expr {
        if let ast::Expr::Starred(starred) = target {
            self.syntax(starred.range, Said::new("diag-starred-target"));
        }
        self.check_stars(target);
        self.expr(target)
    }

    fn check_stars(&mut self, target: &ast::Expr) {
        let items = match target {
            ast::Expr::Tuple(tuple) => &tuple.elts,
            ast::Expr::List(list) => &list.elts,
            _ => return,
        };
        if items.iter().filter(|item| item.is_starred_expr()).count() > 1 {
            self.syntax(target.range(), Said::new("diag-starred-many"));
        }
        for item in items {
            self.check_stars(item);
        }
    }

    // ---- loops and branches ----

    fn loops(&mut self) -> Option<&mut u32> {
        match self.blocks.last_mut() {
            Some(Block::Module { loops } | Block::Function { loops, .. } | Block::Class { loops, .. }) => Some(loops),
            Some(Block::Comprehension) | None => None,
        }
    }

    fn loop_body(&mut self, body: &[ast::Stmt]) -> Vec<Stmt> {
        if let Some(loops) = self.loops() {
            *loops += 1;
        }
        let lowered = self.body(body);
        if let Some(loops) = self.loops() {
            *loops -= 1;
        }
        lowered
    }

    fn in_loop(&mut self, range: TextRange, message: Said) {
        if self.loops().is_none_or(|loops| *loops == 0) {
            self.syntax(range, message);
        }
    }

    fn for_loop(&mut self, s: &ast::StmtFor) -> StmtKind {
        if s.is_async {
            let help = Said::new("diag-coroutines-ordinary").with("keyword", "for");
            self.coroutine(s.range, "async", help);
        }
        let iter = self.expr(&s.iter);
        let target = self.target(&s.target);
        let body = self.loop_body(&s.body);
        StmtKind::For { target, iter, body, orelse: self.body(&s.orelse) }
    }

    fn branches(&mut self, s: &ast::StmtIf) -> StmtKind {
        let mut branches = vec![(self.expr(&s.test), self.body(&s.body))];
        let mut orelse = Vec::new();
        for clause in &s.elif_else_clauses {
            match &clause.test {
                Some(test) => {
                    let test = self.expr(test);
                    branches.push((test, self.body(&clause.body)));
                }
                None => orelse = self.body(&clause.body),
            }
        }
        StmtKind::If { branches, orelse }
    }

    fn with(&mut self, s: &ast::StmtWith) -> StmtKind {
        if s.is_async {
            let help = Said::new("diag-coroutines-ordinary").with("keyword", "with");
            self.coroutine(s.range, "async", help);
        }
        let mut items = Vec::with_capacity(s.items.len());
        for item in &s.items {
            let manager = self.expr(&item.context_expr);
            items.push((manager, item.optional_vars.as_deref().map(|target| self.target(target))));
        }
        StmtKind::With { items, body: self.body(&s.body) }
    }

    fn tries(&mut self, s: &ast::StmtTry) -> StmtKind {
        if s.is_star {
            self.unsupported(s.range, Said::new("diag-exception-groups"), Said::new("diag-exception-groups-help"));
        }
        let body = self.body(&s.body);
        let mut handlers = Vec::with_capacity(s.handlers.len());
        for (n, handler) in s.handlers.iter().enumerate() {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            let class = self.optional(handler.type_.as_deref());
            if class.is_none() && n + 1 < s.handlers.len() {
                self.syntax(handler.range, Said::new("diag-except-last"));
            }
            let name = handler.name.as_ref().map(|name| self.ident(name));
            handlers.push(Except { span: span(handler.range), class, name, body: self.body(&handler.body) });
        }
        let orelse = self.body(&s.orelse);
        StmtKind::Try { body, handlers, orelse, finalbody: self.body(&s.finalbody) }
    }

    // ---- imports ----

    fn import(&mut self, alias: &ast::Alias) -> Import {
        let module = self.ident(&alias.name);
        let binds = if let Some(name) = &alias.asname {
            self.ident(name)
        } else {
            let first = alias.name.as_str().split('.').next().unwrap_or("");
            Ident { name: self.name(first), span: module.span }
        };
        Import { module, binds, alias: alias.asname.is_some() }
    }

    fn import_from(&mut self, s: &ast::StmtImportFrom) -> Option<StmtKind> {
        let Some(module) = s.module.as_ref().filter(|_| s.level == 0) else {
            self.unsupported(s.range, Said::new("diag-relative-import"), Said::new("diag-relative-import-help"));
            return None;
        };
        if module.as_str() == "__future__" {
            return None;
        }
        let module = self.ident(module);
        let mut names = Vec::with_capacity(s.names.len());
        for alias in &s.names {
            if alias.name.as_str() == "*" {
                self.import_star(module, alias.range, &mut names);
                continue;
            }
            let name = self.ident(&alias.name);
            names.push(ImportName { name, binds: alias.asname.as_ref().map_or(name, |name| self.ident(name)) });
        }
        Some(StmtKind::ImportFrom { module, names })
    }

    /// `from module import *`: the names are known from the library's table.
    fn import_star(&mut self, module: Ident, range: TextRange, names: &mut Vec<ImportName>) {
        if self.blocks.len() > 1 {
            self.syntax(range, Said::new("diag-import-star"));
        }
        let Some(library) = library::module(self.symbols.text(module.name)) else { return };
        for name in library.public() {
            let name = Ident { name: self.symbols.intern(name), span: span(range) };
            names.push(ImportName { name, binds: name });
        }
    }

    // ---- definitions ----

    fn function(&mut self, s: &ast::StmtFunctionDef) -> StmtKind {
        if s.is_async {
            self.coroutine(s.name.range, "async", Said::new("diag-coroutines-def"));
        }
        if let Some(params) = &s.type_params {
            self.unsupported(params.range, Said::new("diag-type-parameters"), Said::new("diag-type-parameters-help"));
        }
        let decorators = s.decorator_list.iter().map(|decorator| self.expr(&decorator.expression)).collect();
        let params = self.parameters(&s.parameters);
        let scope = self.new_scope();
        let name = self.ident(&s.name);
        self.blocks.push(Block::Function { generator: false, loops: 0 });
        let body = self.body(&s.body);
        let generator = matches!(self.blocks.pop(), Some(Block::Function { generator: true, .. }));
        let doc = docstring(&s.body);
        StmtKind::Function(Box::new(Function { scope, name, decorators, params, body, doc, generator }))
    }

    fn class(&mut self, s: &ast::StmtClassDef) -> StmtKind {
        if let Some(params) = &s.type_params {
            self.unsupported(params.range, Said::new("diag-type-parameters"), Said::new("diag-type-parameters-help"));
        }
        let decorators = s.decorator_list.iter().map(|decorator| self.expr(&decorator.expression)).collect();
        let arguments = s.arguments.as_deref().map_or_else(Arguments::default, |arguments| self.arguments(arguments));
        for base in arguments.positional.iter().filter(|base| matches!(base.kind, ExprKind::Starred(_))) {
            let written_out = Diagnostic::new(base.span, Problem::Unsupported, Said::new("diag-starred-base"));
            self.diagnostics.push(written_out.help(Said::new("diag-starred-base-help")));
        }
        let scope = self.new_scope();
        let name = self.ident(&s.name);
        let mangle = s.name.as_str().trim_start_matches('_').to_owned();
        self.blocks.push(Block::Class { mangle, loops: 0 });
        let body = self.body(&s.body);
        self.blocks.pop();
        let doc = docstring(&s.body);
        StmtKind::Class(Box::new(Class { scope, name, decorators, arguments, body, doc }))
    }

    // ---- match ----

    fn case(&mut self, case: &ast::MatchCase) -> Case {
        let pattern = self.pattern(&case.pattern);
        let guard = self.optional(case.guard.as_deref());
        Case { pattern, guard, body: self.body(&case.body) }
    }

    fn pattern(&mut self, pattern: &ast::Pattern) -> Pattern {
        Pattern { span: span(pattern.range()), kind: self.pattern_kind(pattern) }
    }

    fn pattern_kind(&mut self, pattern: &ast::Pattern) -> PatternKind {
        use ast::Pattern as P;
        match pattern {
            P::MatchValue(p) => PatternKind::Value(self.expr(&p.value)),
            P::MatchSingleton(p) => PatternKind::Singleton(match p.value {
                ast::Singleton::None => Literal::None,
                ast::Singleton::True => Literal::Bool(true),
                ast::Singleton::False => Literal::Bool(false),
            }),
            P::MatchSequence(p) => {
                if p.patterns.iter().filter(|item| item.is_match_star()).count() > 1 {
                    self.syntax(p.range, Said::new("diag-starred-pattern"));
                }
                PatternKind::Sequence(p.patterns.iter().map(|item| self.pattern(item)).collect())
            }
            P::MatchStar(p) => PatternKind::Star(p.name.as_ref().map(|name| self.ident(name))),
            P::MatchOr(p) => PatternKind::Or(p.patterns.iter().map(|item| self.pattern(item)).collect()),
            P::MatchAs(p) => match (&p.pattern, &p.name) {
                (Some(inner), Some(name)) => {
                    let inner = Box::new(self.pattern(inner));
                    PatternKind::As(inner, self.ident(name))
                }
                (None, Some(name)) => PatternKind::Capture(self.ident(name)),
                (_, None) => PatternKind::Wildcard,
            },
            P::MatchMapping(p) => {
                self.unsupported(p.range, Said::new("diag-mapping-pattern"), Said::new("diag-mapping-pattern-help"));
                PatternKind::Value(Expr { span: span(p.range), kind: ExprKind::Refused })
            }
            P::MatchClass(p) => {
                self.unsupported(p.range, Said::new("diag-class-pattern"), Said::new("diag-class-pattern-help"));
                PatternKind::Value(Expr { span: span(p.range), kind: ExprKind::Refused })
            }
        }
    }
}
