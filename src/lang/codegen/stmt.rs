//! Statements without control flow, and assignment to targets.

use super::{Gen, MAX_INSTRS};
use crate::lang::instr::{BinaryOp, Instr};
use crate::lang::tree::{Expr, ExprKind, Stmt, StmtKind};

impl<'a> Gen<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            if self.builder.instrs > MAX_INSTRS {
                self.builder.overflow = true;
                return;
            }
            self.at(stmt.span, |this| this.stmt(stmt));
        }
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expression_statement(value),
            StmtKind::Assign { targets, value } => {
                self.expr(value);
                for (n, target) in targets.iter().enumerate() {
                    if n + 1 < targets.len() {
                        self.emit(Instr::Copy(1));
                    }
                    self.target(target);
                }
            }
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value),
            StmtKind::Annotated { target, value } => {
                if let Some(value) = value {
                    self.expr(value);
                    self.target(target);
                }
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.delete(target)),
            StmtKind::Pass => self.emit(Instr::Nop),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => {}
            StmtKind::Break => self.leave_loop(true),
            StmtKind::Continue => self.leave_loop(false),
            StmtKind::Return(value) => self.returns(value.as_ref()),
            StmtKind::If { branches, orelse } => self.branches(branches, orelse),
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse),
            StmtKind::For { target, iter, body, orelse } => self.for_loop(target, iter, body, orelse),
            StmtKind::Try { body, handlers, orelse, finalbody } => self.tries(body, handlers, orelse, finalbody),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::Match { subject, cases } => self.matches(subject, cases),
            StmtKind::Raise { exception, cause } => {
                let given = [exception, cause].into_iter().flatten();
                let count = given.map(|part| self.expr(part)).count();
                self.emit(Instr::RaiseVarargs(u8::try_from(count).unwrap_or(2)));
            }
            StmtKind::Assert { test, message } => self.assert(test, message.as_ref()),
            StmtKind::Import(imports) => self.import(imports),
            StmtKind::ImportFrom { module, names } => self.import_from(module.name, names),
            StmtKind::Function(function) => self.function(function, stmt.span),
            StmtKind::Class(class) => self.class(class, stmt.span),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) {
        // A docstring, or another constant that does nothing.
        if matches!(value.kind, ExprKind::Literal(_)) {
            self.emit(Instr::Nop);
            return;
        }
        self.expr(value);
        self.emit(Instr::PopTop);
    }

    fn assert(&mut self, test: &'a Expr, message: Option<&'a Expr>) {
        let end = self.asm.label();
        self.jump_if(test, true, end);
        self.emit(Instr::LoadAssertionError);
        if let Some(message) = message {
            self.expr(message);
            self.emit(Instr::Call(1));
        }
        self.emit(Instr::RaiseVarargs(1));
        self.asm.bind(end);
    }

    // ---- targets ----

    /// Stores the top of the stack.
    pub(super) fn target(&mut self, target: &'a Expr) {
        self.at(target.span, |this| match &target.kind {
            ExprKind::Name(name) => this.store_name(*name),
            ExprKind::Attribute(object, attr) => {
                this.expr(object);
                this.emit(Instr::StoreAttr(attr.name));
            }
            ExprKind::Subscript(object, index) => {
                this.expr(object);
                this.expr(index);
                this.emit(Instr::StoreSubscr);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => this.unpack(items),
            ExprKind::Starred(inner) => this.target(inner),
            // A diagnostic stands for everything else.
            _ => this.emit(Instr::PopTop),
        });
    }

    fn unpack(&mut self, items: &'a [Expr]) {
        let star = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_)));
        let unpack = match star {
            None => Instr::UnpackSequence(Self::count(items.len())),
            Some(before) => Instr::UnpackEx { before: self.small(before), after: self.small(items.len() - before - 1) },
        };
        self.emit(unpack);
        for item in items {
            self.target(item);
        }
    }

    fn aug_assign(&mut self, target: &'a Expr, op: BinaryOp, value: &'a Expr) {
        match &target.kind {
            ExprKind::Attribute(object, attr) => {
                self.expr(object);
                self.emit(Instr::Copy(1));
                self.at(target.span, |this| this.emit(Instr::LoadAttr(attr.name)));
                self.expr(value);
                self.emit(Instr::InplaceOp(op));
                self.emit(Instr::Swap(2));
                self.at(target.span, |this| this.emit(Instr::StoreAttr(attr.name)));
            }
            ExprKind::Subscript(object, index) => {
                self.expr(object);
                self.expr(index);
                self.emit(Instr::Copy(2));
                self.emit(Instr::Copy(2));
                self.at(target.span, |this| this.emit(Instr::BinarySubscr));
                self.expr(value);
                self.emit(Instr::InplaceOp(op));
                self.emit(Instr::Swap(3));
                self.emit(Instr::Swap(2));
                self.at(target.span, |this| this.emit(Instr::StoreSubscr));
            }
            _ => {
                self.expr(target);
                self.expr(value);
                self.emit(Instr::InplaceOp(op));
                self.target(target);
            }
        }
    }

    fn delete(&mut self, target: &'a Expr) {
        self.at(target.span, |this| match &target.kind {
            ExprKind::Name(name) => this.delete_name(*name),
            ExprKind::Attribute(object, attr) => {
                this.expr(object);
                this.emit(Instr::DeleteAttr(attr.name));
            }
            ExprKind::Subscript(object, index) => {
                this.expr(object);
                this.expr(index);
                this.emit(Instr::DeleteSubscr);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| this.delete(item)),
            _ => {}
        });
    }
}
