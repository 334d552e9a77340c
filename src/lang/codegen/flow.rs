//! Control flow: branches, loops, `try`, `with`, and the ways out of them.
//!
//! What is on the stack while a part runs (the exception table cuts the stack down to it):
//!
//! ```text
//! for body          iterator
//! with body         exit
//! except body       previous
//! finally body      previous exception         (only when an exception is under way)
//! ```

use super::{Block, Gen};
use crate::lang::instr::Instr;
use crate::lang::tree::{Except, Expr, ExprKind, Ident, Literal, Stmt};

impl<'a> Gen<'a> {
    pub(super) fn branches(&mut self, branches: &'a [(Expr, Vec<Stmt>)], orelse: &'a [Stmt]) {
        let end = self.asm.label();
        for (n, (test, body)) in branches.iter().enumerate() {
            let next = self.asm.label();
            self.at(test.span, |this| this.jump_if(test, false, next));
            self.body(body);
            if n + 1 < branches.len() || !orelse.is_empty() {
                self.asm.jump(Instr::JumpForward(0), end);
            }
            self.asm.bind(next);
        }
        self.body(orelse);
        self.asm.bind(end);
    }

    // ---- loops ----

    pub(super) fn while_loop(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) {
        let (start, otherwise, exit) = (self.asm.label(), self.asm.label(), self.asm.label());
        self.asm.bind(start);
        let forever = matches!(&test.kind, ExprKind::Literal(Literal::Bool(true) | Literal::Int(1..)));
        if !forever {
            self.at(test.span, |this| this.jump_if(test, false, otherwise));
        }
        self.blocks.push(Block::Loop { start, exit, iterator: false });
        self.body(body);
        self.blocks.pop();
        self.asm.jump(Instr::JumpBackward(0), start);
        self.asm.bind(otherwise);
        self.body(orelse);
        self.asm.bind(exit);
    }

    pub(super) fn for_loop(&mut self, target: &'a Expr, iter: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) {
        let (start, otherwise, exit) = (self.asm.label(), self.asm.label(), self.asm.label());
        self.expr(iter);
        self.at(iter.span, |this| {
            this.emit(Instr::GetIter);
            this.asm.bind(start);
            this.asm.jump(Instr::ForIter(0), otherwise);
        });
        self.blocks.push(Block::Loop { start, exit, iterator: true });
        self.target(target);
        self.body(body);
        self.blocks.pop();
        self.asm.jump(Instr::JumpBackward(0), start);
        self.asm.bind(otherwise);
        self.body(orelse);
        self.asm.bind(exit);
    }

    // ---- the ways out ----

    /// `break` or `continue`.
    pub(super) fn leave_loop(&mut self, breaks: bool) {
        let innermost = self.blocks.iter().rposition(|block| matches!(block, Block::Loop { .. }));
        let Some(position) = innermost else { return };
        let Block::Loop { start, exit, iterator } = self.blocks[position] else { return };
        self.unwind(position + 1, false, |this| {
            if !breaks {
                this.asm.jump(Instr::JumpBackward(0), start);
                return;
            }
            if iterator {
                this.emit(Instr::PopTop);
            }
            this.asm.jump(Instr::JumpForward(0), exit);
        });
    }

    pub(super) fn returns(&mut self, value: Option<&'a Expr>) {
        let computed = value.filter(|value| !matches!(value.kind, ExprKind::Literal(_)));
        if let Some(value) = computed {
            self.expr(value);
        }
        self.unwind(0, computed.is_some(), |this| {
            if computed.is_none() {
                this.optional(value);
            }
            this.emit(Instr::ReturnValue);
        });
    }

    /// Leaves every block from the innermost down to number `keep`, emits the jump, and is inside them again. With
    /// `value` the top of the stack is kept.
    fn unwind(&mut self, keep: usize, value: bool, jump: impl FnOnce(&mut Self)) {
        let mut left = Vec::new();
        let mut suspended = Vec::new();
        while self.blocks.len() > keep {
            let Some(block) = self.blocks.pop() else { break };
            left.push(block);
            self.leave(block, value, &mut suspended);
        }
        jump(self);
        self.asm.resume_regions(suspended);
        self.blocks.extend(left.into_iter().rev());
    }

    fn leave(&mut self, block: Block<'a>, value: bool, suspended: &mut Vec<super::assemble::Region>) {
        match block {
            Block::Loop { iterator, .. } => {
                if iterator {
                    self.drop_below(value);
                }
            }
            Block::Try => suspended.extend(self.asm.suspend_region()),
            Block::Finally(body) => {
                suspended.extend(self.asm.suspend_region());
                // A way out of the `finally` body drops the value that was to be returned.
                if value {
                    self.blocks.push(Block::Value);
                }
                self.body(body);
                if value {
                    self.blocks.pop();
                }
            }
            Block::Value => self.drop_below(value),
            Block::FinallyHandler => {
                suspended.extend(self.asm.suspend_region());
                self.drop_below(value);
                self.pop_except_below(value);
            }
            Block::With(span) => {
                suspended.extend(self.asm.suspend_region());
                if value {
                    self.emit(Instr::Swap(2));
                }
                self.at(span, Self::call_exit);
            }
            Block::Handler(name) => {
                if name.is_some() {
                    suspended.extend(self.asm.suspend_region());
                }
                suspended.extend(self.asm.suspend_region());
                self.pop_except_below(value);
                self.forget(name);
            }
        }
    }

    /// Drops the top of the stack, or with `value` the operand below it.
    fn drop_below(&mut self, value: bool) {
        if value {
            self.emit(Instr::Swap(2));
        }
        self.emit(Instr::PopTop);
    }

    fn pop_except_below(&mut self, value: bool) {
        if value {
            self.emit(Instr::Swap(2));
        }
        self.emit(Instr::PopExcept);
    }

    // ---- try ----

    pub(super) fn tries(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [Except],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
    ) {
        if finalbody.is_empty() {
            self.try_except(body, handlers, orelse);
            return;
        }
        let (handler, end) = (self.asm.label(), self.asm.label());
        self.asm.protect(handler, self.asm.depth());
        self.blocks.push(Block::Finally(finalbody));
        if handlers.is_empty() {
            self.body(body);
        } else {
            self.try_except(body, handlers, orelse);
        }
        self.blocks.pop();
        self.asm.end_protect();
        self.body(finalbody);
        self.asm.jump(Instr::JumpForward(0), end);

        self.asm.bind(handler);
        self.emit(Instr::PushExcInfo);
        let cleanup = self.asm.label();
        self.asm.protect(cleanup, self.asm.depth().saturating_sub(1));
        self.blocks.push(Block::FinallyHandler);
        self.body(finalbody);
        self.blocks.pop();
        self.emit(Instr::Reraise);
        self.asm.end_protect();
        self.reraise_after(cleanup);
        self.asm.bind(end);
    }

    fn try_except(&mut self, body: &'a [Stmt], handlers: &'a [Except], orelse: &'a [Stmt]) {
        let (handler, end) = (self.asm.label(), self.asm.label());
        self.asm.protect(handler, self.asm.depth());
        self.blocks.push(Block::Try);
        self.body(body);
        self.blocks.pop();
        self.asm.end_protect();
        self.body(orelse);
        self.asm.jump(Instr::JumpForward(0), end);

        self.asm.bind(handler);
        self.emit(Instr::PushExcInfo);
        let cleanup = self.asm.label();
        self.asm.protect(cleanup, self.asm.depth().saturating_sub(1));
        for except in handlers {
            self.at(except.span, |this| this.except(except, end));
        }
        self.emit(Instr::Reraise);
        self.asm.end_protect();
        self.reraise_after(cleanup);
        self.asm.bind(end);
    }

    /// One `except` clause: the previous exception and the exception are on the stack, and still are when the
    /// clause does not match.
    fn except(&mut self, except: &'a Except, end: super::assemble::Label) {
        let next = self.asm.label();
        if let Some(class) = &except.class {
            self.expr(class);
            self.emit(Instr::CheckExcMatch);
            self.asm.jump(Instr::PopJumpIfFalse(0), next);
        }
        let forget = self.asm.label();
        match except.name {
            Some(name) => {
                self.at(name.span, |this| this.store_name(name.name));
                self.asm.protect(forget, self.asm.depth());
            }
            None => self.emit(Instr::PopTop),
        }
        self.blocks.push(Block::Handler(except.name));
        self.body(&except.body);
        self.blocks.pop();
        if except.name.is_some() {
            self.asm.end_protect();
        }
        let cleanup = self.asm.suspend_region();
        self.emit(Instr::PopExcept);
        self.forget(except.name);
        self.asm.jump(Instr::JumpForward(0), end);
        self.asm.resume_regions(cleanup.into_iter().collect());
        if except.name.is_some() {
            self.asm.bind(forget);
            self.forget(except.name);
            self.emit(Instr::Reraise);
        }
        self.asm.bind(next);
    }

    /// `except … as name` deletes the name at its end, even when the body has deleted it already.
    fn forget(&mut self, name: Option<Ident>) {
        if let Some(name) = name {
            self.load_none();
            self.store_name(name.name);
            self.delete_name(name.name);
        }
    }

    /// An exception inside a handler: what was being handled before is handled again, and the exception goes on.
    fn reraise_after(&mut self, cleanup: super::assemble::Label) {
        self.asm.bind(cleanup);
        self.emit(Instr::Copy(2));
        self.emit(Instr::PopExcept);
        self.emit(Instr::Reraise);
    }

    // ---- with ----

    pub(super) fn with(&mut self, items: &'a [(Expr, Option<Expr>)], body: &'a [Stmt]) {
        let Some(((manager, target), rest)) = items.split_first() else {
            self.body(body);
            return;
        };
        let (handler, suppress, cleanup, end) =
            (self.asm.label(), self.asm.label(), self.asm.label(), self.asm.label());
        self.expr(manager);
        self.at(manager.span, |this| this.emit(Instr::BeforeWith));
        self.asm.protect(handler, self.asm.depth().saturating_sub(1));
        self.blocks.push(Block::With(manager.span));
        match target {
            Some(target) => self.target(target),
            None => self.emit(Instr::PopTop),
        }
        self.with(rest, body);
        self.blocks.pop();
        self.asm.end_protect();
        self.at(manager.span, |this| {
            this.call_exit();
            this.asm.jump(Instr::JumpForward(0), end);

            this.asm.bind(handler);
            this.emit(Instr::PushExcInfo);
            this.asm.protect(cleanup, this.asm.depth().saturating_sub(1));
            this.emit(Instr::WithExceptStart);
            this.asm.jump(Instr::PopJumpIfTrue(0), suppress);
            this.emit(Instr::Reraise);
            this.asm.end_protect();
            this.asm.bind(suppress);
            this.emit(Instr::PopTop);
            this.emit(Instr::PopExcept);
            this.emit(Instr::PopTop);
            this.asm.jump(Instr::JumpForward(0), end);
            this.reraise_after(cleanup);
        });
        self.asm.bind(end);
    }

    /// `exit →`: calls it without an exception.
    fn call_exit(&mut self) {
        self.load_none();
        self.load_none();
        self.load_none();
        self.emit(Instr::Call(3));
        self.emit(Instr::PopTop);
    }
}
