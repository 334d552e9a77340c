//! Tests: `if`, `while`, `and`, `or`, `not`.

use super::{Flow, Machine, Step};
use crate::vm::frame::{Test, Then};
use crate::vm::lib::entry;
use crate::vm::object::Obj;
use crate::vm::value::{Ref, Value};

impl Machine<'_> {
    /// `POP_JUMP_IF_…` of something that is no bool; the operand has been popped.
    pub(super) fn jump_if(&mut self, value: Value, when: bool, target: u32) -> Step {
        if let Some(container) = self.looks_for_truth(value) {
            self.push(value);
            return Ok(self.stop_before_operator(container, "bool", &[], false));
        }
        self.test(value, Test::Jump { when, target })
    }

    pub(super) fn jump_or_pop(&mut self, when: bool, target: u32) -> Step {
        let value = self.peek(1);
        if let Some(container) = self.looks_for_truth(value) {
            return Ok(self.stop_before_operator(container, "bool", &[], false));
        }
        self.test(value, Test::JumpOrPop { when, target })
    }

    pub(super) fn not(&mut self) -> Step {
        let value = self.peek(1);
        if let Some(container) = self.looks_for_truth(value) {
            return Ok(self.stop_before_operator(container, "bool", &[], false));
        }
        self.pop();
        self.test(value, Test::Push { negate: true })
    }

    /// The container whose emptiness others may change, unless looking at it was granted.
    fn looks_for_truth(&mut self, value: Value) -> Option<Ref> {
        let container = self.touches_visibly(value, false)?;
        if self.take_grant() { None } else { Some(container) }
    }

    /// Finds the truth of a value and does what it is wanted for.
    fn test(&mut self, value: Value, test: Test) -> Step {
        if self.user_class(value).is_some() {
            let names = &self.vm.tables.names;
            let (by_bool, by_len) = (names.bool, names.len);
            if let Some(function) = self.vm.special(value, by_bool) {
                return self.call_with(function, &[value], Then::Truth { by_length: false, then: test });
            }
            if let Some(function) = self.vm.special(value, by_len) {
                return self.call_with(function, &[value], Then::Truth { by_length: true, then: test });
            }
        }
        let truth = match self.obj(value) {
            Some(Obj::Instance(instance)) => match instance.inner {
                Value::Null => true,
                inner => entry::truth(&mut self.cx(), inner)?,
            },
            _ => entry::truth(&mut self.cx(), value)?,
        };
        Ok(self.decide(test, truth))
    }

    pub(super) fn jump_if_none(&mut self, target: u32, when_none: bool) -> Flow {
        let value = self.pop();
        if matches!(value, Value::None) == when_none { self.jump(target) } else { Flow::Next }
    }

    pub(super) fn is_op(&mut self, negate: bool) {
        let (right, left) = (self.pop(), self.pop());
        self.push(Value::Bool(identical(left, right) != negate));
    }
}

/// `left is right`.
fn identical(left: Value, right: Value) -> bool {
    match (left, right) {
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        _ => left == right,
    }
}
