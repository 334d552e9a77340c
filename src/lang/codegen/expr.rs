//! Expressions: each leaves its value on the stack.

use super::Gen;
use super::assemble::Label;
use crate::lang::code::{ConstId, Sym};
use crate::lang::instr::Instr;
use crate::lang::tree::{BoolOp, Comparison, Expr, ExprKind, FPiece, Literal, UnaryOp};

impl<'a> Gen<'a> {
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        self.at(expr.span, |this| this.expr_kind(expr));
    }

    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn expr_kind(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Literal(literal) => self.load_literal(literal),
            ExprKind::Name(name) => self.load_name(*name),
            ExprKind::Attribute(object, attr) => self.attribute(object, attr.name),
            ExprKind::Subscript(object, index) => {
                self.expr(object);
                self.expr(index);
                self.emit(Instr::BinarySubscr);
            }
            ExprKind::Slice(parts) => self.slice(parts),
            ExprKind::Call(function, arguments) => self.call(function, arguments),
            ExprKind::Unary(op, operand) => {
                self.expr(operand);
                self.emit(match op {
                    UnaryOp::Negative => Instr::UnaryNegative,
                    UnaryOp::Positive => Instr::UnaryPositive,
                    UnaryOp::Invert => Instr::UnaryInvert,
                    UnaryOp::Not => Instr::UnaryNot,
                });
            }
            ExprKind::Binary(op, sides) => {
                self.expr(&sides.0);
                self.expr(&sides.1);
                self.emit(Instr::BinaryOp(*op));
            }
            ExprKind::Bool(op, items) => self.bool_op(*op, items),
            ExprKind::Compare(left, rest) => self.compare(left, rest),
            ExprKind::If(parts) => self.conditional(parts),
            ExprKind::Lambda(lambda) => self.lambda(lambda),
            ExprKind::Tuple(items) => self.tuple(items),
            ExprKind::List(items) => {
                self.sequence(items, Instr::BuildList, Instr::ListAppend(1), Instr::ListExtend(1));
            }
            ExprKind::Set(items) => self.sequence(items, Instr::BuildSet, Instr::SetAdd(1), Instr::SetUpdate(1)),
            ExprKind::Dict(items) => self.dict(items),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Yield(value) => {
                self.optional(value.as_deref());
                self.emit(Instr::YieldValue);
                self.emit(Instr::Resume);
            }
            ExprKind::YieldFrom(iterable) => self.yield_from(iterable),
            ExprKind::Named(ident, value) => {
                self.expr(value);
                self.emit(Instr::Copy(1));
                self.at(ident.span, |this| this.store_name(ident.name));
            }
            ExprKind::FString(pieces) => self.f_string(pieces),
            // A diagnostic stands for these; the code will not run.
            ExprKind::Starred(inner) => self.expr(inner),
            ExprKind::Refused => self.load_none(),
        }
    }

    fn attribute(&mut self, object: &'a Expr, attr: Sym) {
        if self.super_operands(object) {
            self.emit(Instr::LoadSuperAttr(attr));
        } else {
            self.expr(object);
            self.emit(Instr::LoadAttr(attr));
        }
    }

    fn slice(&mut self, parts: &'a [Option<Expr>; 3]) {
        let [from, to, step] = parts;
        self.optional(from.as_ref());
        self.optional(to.as_ref());
        if step.is_some() {
            self.optional(step.as_ref());
        }
        self.emit(Instr::BuildSlice(if step.is_some() { 3 } else { 2 }));
    }

    // ---- logic ----

    fn bool_op(&mut self, op: BoolOp, items: &'a [Expr]) {
        let end = self.asm.label();
        for (n, item) in items.iter().enumerate() {
            self.expr(item);
            if n + 1 < items.len() {
                let jump = match op {
                    BoolOp::And => Instr::JumpIfFalseOrPop(0),
                    BoolOp::Or => Instr::JumpIfTrueOrPop(0),
                };
                self.asm.jump(jump, end);
            }
        }
        self.asm.bind(end);
    }

    fn comparison(&mut self, comparison: Comparison) {
        self.emit(match comparison {
            Comparison::Compare(op) => Instr::CompareOp(op),
            Comparison::Is(not) => Instr::IsOp(not),
            Comparison::In(not) => Instr::ContainsOp(not),
        });
    }

    fn compare(&mut self, left: &'a Expr, rest: &'a [(Comparison, Expr)]) {
        self.expr(left);
        let Some(((last_op, last), chained)) = rest.split_last() else { return };
        if chained.is_empty() {
            self.expr(last);
            self.comparison(*last_op);
            return;
        }
        let (cleanup, end) = (self.asm.label(), self.asm.label());
        for (op, right) in chained {
            self.chain_link(*op, right);
            self.asm.jump(Instr::JumpIfFalseOrPop(0), cleanup);
        }
        self.expr(last);
        self.comparison(*last_op);
        self.asm.jump(Instr::JumpForward(0), end);
        self.asm.bind(cleanup);
        self.emit(Instr::Swap(2));
        self.emit(Instr::PopTop);
        self.asm.bind(end);
    }

    /// `left → right result`: compares and keeps the right side for the next link.
    fn chain_link(&mut self, op: Comparison, right: &'a Expr) {
        self.expr(right);
        self.emit(Instr::Swap(2));
        self.emit(Instr::Copy(2));
        self.comparison(op);
    }

    fn conditional(&mut self, parts: &'a [Expr; 3]) {
        let [test, body, orelse] = parts;
        let (otherwise, end) = (self.asm.label(), self.asm.label());
        self.jump_if(test, false, otherwise);
        self.expr(body);
        self.asm.jump(Instr::JumpForward(0), end);
        self.asm.bind(otherwise);
        self.expr(orelse);
        self.asm.bind(end);
    }

    /// Evaluates a condition and jumps to `target` when its truth is `when`.
    pub(super) fn jump_if(&mut self, test: &'a Expr, when: bool, target: Label) {
        match &test.kind {
            ExprKind::Unary(UnaryOp::Not, operand) => self.jump_if(operand, !when, target),
            ExprKind::Bool(op, items) => self.jump_if_bool(*op, items, when, target),
            ExprKind::Compare(left, rest) if rest.len() > 1 => self.jump_if_chain(left, rest, when, target),
            _ => {
                self.expr(test);
                let jump = if when { Instr::PopJumpIfTrue(0) } else { Instr::PopJumpIfFalse(0) };
                self.at(test.span, |this| this.asm.jump(jump, target));
            }
        }
    }

    fn jump_if_bool(&mut self, op: BoolOp, items: &'a [Expr], when: bool, target: Label) {
        let Some((last, first)) = items.split_last() else { return };
        // `a or b` is decided by the first true item, `a and b` by the first false one.
        let decides = op == BoolOp::Or;
        let end = self.asm.label();
        for item in first {
            self.jump_if(item, decides, if decides == when { target } else { end });
        }
        self.jump_if(last, when, target);
        self.asm.bind(end);
    }

    fn jump_if_chain(&mut self, left: &'a Expr, rest: &'a [(Comparison, Expr)], when: bool, target: Label) {
        let Some(((last_op, last), chained)) = rest.split_last() else { return };
        let (cleanup, end) = (self.asm.label(), self.asm.label());
        self.expr(left);
        for (op, right) in chained {
            self.chain_link(*op, right);
            self.asm.jump(Instr::PopJumpIfFalse(0), cleanup);
        }
        self.expr(last);
        self.comparison(*last_op);
        self.asm.jump(if when { Instr::PopJumpIfTrue(0) } else { Instr::PopJumpIfFalse(0) }, target);
        self.asm.jump(Instr::JumpForward(0), end);
        self.asm.bind(cleanup);
        self.emit(Instr::PopTop);
        if !when {
            self.asm.jump(Instr::JumpForward(0), target);
        }
        self.asm.bind(end);
    }

    // ---- displays ----

    fn tuple(&mut self, items: &'a [Expr]) {
        if let Some(constant) = self.constant_tuple(items) {
            self.emit(Instr::LoadConst(constant));
        } else if items.iter().any(|item| matches!(item.kind, ExprKind::Starred(_))) {
            self.sequence(items, Instr::BuildList, Instr::ListAppend(1), Instr::ListExtend(1));
            self.emit(Instr::ListToTuple);
        } else {
            self.exprs(items);
            self.emit(Instr::BuildTuple(Self::count(items.len())));
        }
    }

    /// The tuple as a constant, when all its items are constants.
    fn constant_tuple(&mut self, items: &[Expr]) -> Option<ConstId> {
        let mut constants = Vec::with_capacity(items.len());
        for item in items {
            constants.push(match &item.kind {
                ExprKind::Literal(literal) => self.builder.literal(literal),
                ExprKind::Tuple(inner) => self.constant_tuple(inner)?,
                _ => return None,
            });
        }
        Some(self.builder.tuple(constants))
    }

    /// A list or set display, with starred items or without.
    pub(super) fn sequence(&mut self, items: &'a [Expr], build: fn(u32) -> Instr, append: Instr, extend: Instr) {
        let plain = items.iter().take_while(|item| !matches!(item.kind, ExprKind::Starred(_))).count();
        self.exprs(&items[..plain]);
        self.emit(build(Self::count(plain)));
        for item in &items[plain..] {
            if let ExprKind::Starred(inner) = &item.kind {
                self.expr(inner);
                self.emit(extend);
            } else {
                self.expr(item);
                self.emit(append);
            }
        }
    }

    fn dict(&mut self, items: &'a [(Option<Expr>, Expr)]) {
        let plain = items.iter().take_while(|(key, _)| key.is_some()).count();
        for (key, value) in &items[..plain] {
            self.optional(key.as_ref());
            self.expr(value);
        }
        self.emit(Instr::BuildMap(Self::count(plain)));
        for (key, value) in &items[plain..] {
            if let Some(key) = key {
                self.expr(key);
                self.expr(value);
                self.emit(Instr::MapAdd(1));
            } else {
                self.expr(value);
                self.emit(Instr::DictUpdate(1));
            }
        }
    }

    fn f_string(&mut self, pieces: &'a [FPiece]) {
        for piece in pieces {
            match piece {
                FPiece::Text(text) => self.load_literal(&Literal::Str(text.clone())),
                FPiece::Value { value, conversion, spec } => {
                    self.expr(value);
                    if let Some(spec) = spec {
                        self.f_string(spec);
                    }
                    self.emit(Instr::FormatValue { conversion: *conversion, spec: spec.is_some() });
                }
            }
        }
        match pieces {
            [] => self.load_text(""),
            [_] => {}
            _ => self.emit(Instr::BuildString(Self::count(pieces.len()))),
        }
    }

    fn yield_from(&mut self, iterable: &'a Expr) {
        self.expr(iterable);
        self.emit(Instr::GetYieldFromIter);
        self.load_none();
        let (again, end) = (self.asm.label(), self.asm.label());
        self.asm.bind(again);
        self.asm.jump(Instr::Send(0), end);
        self.emit(Instr::YieldValue);
        self.emit(Instr::Resume);
        self.asm.jump(Instr::JumpBackward(0), again);
        self.asm.bind(end);
    }
}
