//! Comprehensions, inlined as in CPython 3.12 (PEP 709), and generator expressions.
//!
//! An inlined comprehension borrows locals of its unit and gives them back:
//!
//! ```text
//! iterator                     the first iterable, evaluated in the block around
//! saved… iterator              LOAD_FAST_AND_CLEAR each variable, SWAP
//! saved… list iterator         BUILD_LIST, SWAP
//! saved… list                  after the loop
//! list                         SWAP, STORE_FAST each variable
//! ```

use super::Gen;
use crate::lang::code::CodeKind;
use crate::lang::instr::{Instr, MakeFlags};
use crate::lang::scope::Variable;
use crate::lang::tree::{Clause, Comprehension, ComprehensionKind};

impl<'a> Gen<'a> {
    pub(super) fn comprehension(&mut self, comprehension: &'a Comprehension) {
        match comprehension.kind {
            ComprehensionKind::Generator => self.generator_expression(comprehension),
            _ => self.inlined(comprehension),
        }
    }

    fn inlined(&mut self, comprehension: &'a Comprehension) {
        let Some(first) = comprehension.clauses.first() else { return };
        self.expr(&first.iter);
        self.emit(Instr::GetIter);
        let slots = self.borrow_variables(comprehension);
        let saved = self.small(slots.len());
        for slot in &slots {
            self.emit(Instr::LoadFastAndClear(*slot));
        }
        let restore = self.asm.label();
        if saved > 0 {
            self.emit(Instr::Swap(saved + 1));
            self.asm.protect(restore, self.asm.depth().saturating_sub(1));
        }
        self.emit(match comprehension.kind {
            ComprehensionKind::Set => Instr::BuildSet(0),
            ComprehensionKind::Dict => Instr::BuildMap(0),
            ComprehensionKind::List | ComprehensionKind::Generator => Instr::BuildList(0),
        });
        self.emit(Instr::Swap(2));
        let outer = std::mem::replace(&mut self.scope, comprehension.scope);
        self.clauses(comprehension, 0);
        self.scope = outer;
        if saved == 0 {
            return;
        }
        self.asm.end_protect();
        self.give_back(&slots, saved);
        let end = self.asm.label();
        self.asm.jump(Instr::JumpForward(0), end);
        self.asm.bind(restore);
        self.give_back(&slots, saved);
        self.emit(Instr::Reraise);
        self.asm.bind(end);
    }

    /// The slots of the comprehension's variables; those that inner functions use get fresh cells.
    fn borrow_variables(&mut self, comprehension: &Comprehension) -> Vec<u16> {
        let scopes = self.context.scopes;
        let layout = scopes.unit(self.unit.scope);
        let mut slots = Vec::new();
        for name in &scopes.scope(comprehension.scope).order {
            let variable = Variable { scope: comprehension.scope, name: *name };
            if let Some(cell) = layout.deref(variable) {
                self.emit(Instr::MakeCell(cell));
            } else if let Some(slot) = layout.slots.get(&variable) {
                slots.push(*slot);
            }
        }
        slots
    }

    fn give_back(&mut self, slots: &[u16], saved: u16) {
        self.emit(Instr::Swap(saved + 1));
        for slot in slots.iter().rev() {
            self.emit(Instr::StoreFast(*slot));
        }
    }

    /// The loops; the iterator of clause `n` is on the stack.
    fn clauses(&mut self, comprehension: &'a Comprehension, n: usize) {
        let Clause { target, ifs, .. } = &comprehension.clauses[n];
        let (start, next_item, exit) = (self.asm.label(), self.asm.label(), self.asm.label());
        self.asm.bind(start);
        self.asm.jump(Instr::ForIter(0), exit);
        self.target(target);
        for condition in ifs {
            self.jump_if(condition, false, next_item);
        }
        if let Some(next) = comprehension.clauses.get(n + 1) {
            self.expr(&next.iter);
            self.emit(Instr::GetIter);
            self.clauses(comprehension, n + 1);
        } else {
            self.element(comprehension);
        }
        self.asm.bind(next_item);
        self.asm.jump(Instr::JumpBackward(0), start);
        self.asm.bind(exit);
    }

    fn element(&mut self, comprehension: &'a Comprehension) {
        let depth = self.small(comprehension.clauses.len() + 1);
        self.expr(&comprehension.element);
        match comprehension.kind {
            ComprehensionKind::List => self.emit(Instr::ListAppend(depth)),
            ComprehensionKind::Set => self.emit(Instr::SetAdd(depth)),
            ComprehensionKind::Dict => {
                self.optional(comprehension.value.as_ref());
                self.emit(Instr::MapAdd(depth));
            }
            ComprehensionKind::Generator => {
                self.emit(Instr::YieldValue);
                self.emit(Instr::Resume);
                self.emit(Instr::PopTop);
            }
        }
    }

    fn generator_expression(&mut self, comprehension: &'a Comprehension) {
        let Some(first) = comprehension.clauses.first() else { return };
        let name = self.builder.program.symbols.intern("<genexpr>");
        let mut unit =
            self.unit_of(comprehension.scope, CodeKind::GeneratorExpression, name, comprehension.element.span);
        unit.generator = true;
        unit.params.positional = 1;
        let span = self.asm.span;
        let mut inner = self.inner(unit);
        inner.asm.span = span;
        inner.prologue();
        inner.emit(Instr::LoadFast(0));
        inner.clauses(comprehension, 0);
        inner.return_none();
        let code = inner.finish();
        self.make_function(code, comprehension.scope, &mut MakeFlags::default());
        self.expr(&first.iter);
        self.emit(Instr::GetIter);
        self.emit(Instr::Call(1));
    }
}
