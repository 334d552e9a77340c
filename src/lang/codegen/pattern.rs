//! `match` on literals, names and sequences.
//!
//! The subject stays on the stack while its cases are tried. A pattern takes a value from the stack and either goes on
//! with the stack as it was below it, or jumps to the next case; on the way to `fail` the leftovers of the sequences
//! around it are dropped. Names are bound as they are met.

use super::Gen;
use super::assemble::Label;
use crate::lang::instr::{CompareOp, Instr};
use crate::lang::tree::{Case, Expr, Literal, Pattern, PatternKind};

impl<'a> Gen<'a> {
    pub(super) fn matches(&mut self, subject: &'a Expr, cases: &'a [Case]) {
        self.expr(subject);
        let end = self.asm.label();
        for case in cases {
            let next = self.asm.label();
            let depth = self.asm.depth();
            self.emit(Instr::Copy(1));
            self.pattern(&case.pattern, &mut Fail { depth, label: next });
            if let Some(guard) = &case.guard {
                self.jump_if(guard, false, next);
            }
            self.emit(Instr::PopTop);
            self.body(&case.body);
            self.asm.jump(Instr::JumpForward(0), end);
            self.asm.bind(next);
        }
        self.emit(Instr::PopTop);
        self.asm.bind(end);
    }

    /// `value →`
    fn pattern(&mut self, pattern: &'a Pattern, fail: &mut Fail) {
        self.at(pattern.span, |this| match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Star(None) => this.emit(Instr::PopTop),
            PatternKind::Capture(ident) | PatternKind::Star(Some(ident)) => this.store_name(ident.name),
            PatternKind::Value(value) => {
                this.expr(value);
                this.emit(Instr::CompareOp(CompareOp::Equal));
                this.fail_unless(fail);
            }
            PatternKind::Singleton(literal) => {
                this.load_literal(literal);
                this.emit(Instr::IsOp(false));
                this.fail_unless(fail);
            }
            PatternKind::Sequence(items) => this.sequence_pattern(items, fail),
            PatternKind::Or(alternatives) => this.or_pattern(alternatives, fail),
            PatternKind::As(inner, ident) => {
                this.emit(Instr::Copy(1));
                // When the inner pattern fails, the value to be bound is dropped with the rest.
                this.pattern(inner, fail);
                this.store_name(ident.name);
            }
        });
    }

    /// `bool →`: jumps to where the match has failed, dropping what lies above the subject.
    fn fail_unless(&mut self, fail: &Fail) {
        let ok = self.asm.label();
        self.asm.jump(Instr::PopJumpIfTrue(0), ok);
        self.fail_now(fail);
        self.asm.bind(ok);
    }

    fn fail_now(&mut self, fail: &Fail) {
        while self.asm.reachable() && self.asm.depth() > fail.depth {
            self.emit(Instr::PopTop);
        }
        self.asm.jump(Instr::JumpForward(0), fail.label);
    }

    fn or_pattern(&mut self, alternatives: &'a [Pattern], fail: &mut Fail) {
        let Some((last, others)) = alternatives.split_last() else { return };
        let end = self.asm.label();
        for alternative in others {
            let next = self.asm.label();
            self.emit(Instr::Copy(1));
            let depth = self.asm.depth().saturating_sub(1);
            self.pattern(alternative, &mut Fail { depth, label: next });
            self.emit(Instr::PopTop);
            self.asm.jump(Instr::JumpForward(0), end);
            self.asm.bind(next);
        }
        self.pattern(last, fail);
        self.asm.bind(end);
    }

    /// A list or tuple of the right length, then its items.
    fn sequence_pattern(&mut self, items: &'a [Pattern], fail: &mut Fail) {
        let star = items.iter().position(|item| matches!(item.kind, PatternKind::Star(_)));
        self.emit(Instr::MatchSequence);
        self.fail_unless(fail);
        self.emit(Instr::GetLen);
        let wanted = items.len() - usize::from(star.is_some());
        self.load_literal(&Literal::Int(i64::try_from(wanted).unwrap_or(i64::MAX)));
        self.emit(Instr::CompareOp(if star.is_some() { CompareOp::GreaterEqual } else { CompareOp::Equal }));
        self.fail_unless(fail);
        let unpack = match star {
            None => Instr::UnpackSequence(Self::count(items.len())),
            Some(before) => Instr::UnpackEx { before: self.small(before), after: self.small(items.len() - before - 1) },
        };
        self.emit(unpack);
        for item in items {
            self.pattern(item, fail);
        }
    }
}

/// Where a pattern that does not match goes on, and with how many operands.
struct Fail {
    depth: u32,
    label: Label,
}
