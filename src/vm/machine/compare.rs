//! Comparisons and membership.

use super::visible::Depth;
use super::{Flow, Machine, Step};
use crate::lang::CompareOp;
use crate::vm::frame::{CompareCall, Test, Then};
use crate::vm::lib::entry;
use crate::vm::object::Obj;
use crate::vm::value::Value;

impl Machine<'_> {
    pub(super) fn compare(&mut self, op: CompareOp) -> Step {
        let (left, right) = (self.peek(2), self.peek(1));
        if self.user_class(left).is_some() || self.user_class(right).is_some() {
            self.pop();
            self.pop();
            return self.try_compare(CompareCall { op, left, right, stage: 0, negate: false });
        }
        if let Some(target) =
            self.seen_inside(left, Depth::Everything).or_else(|| self.seen_inside(right, Depth::Everything))
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, method(op), &[right], false));
        }
        let value = entry::compare(&mut self.cx(), op, left, right)?;
        if matches!(value, Value::NotImplemented) {
            return self.default_comparison(op, left, right, 2);
        }
        self.pop();
        self.pop();
        self.push(value);
        Ok(Flow::Next)
    }

    /// Tries the left operand's method, then the right one's reflected.
    fn try_compare(&mut self, mut call: CompareCall) -> Step {
        while call.stage < 2 {
            let (object, other, op) = match call.stage {
                0 => (call.left, call.right, call.op),
                _ => (call.right, call.left, reflected(call.op)),
            };
            call.stage += 1;
            if self.user_class(object).is_none() {
                continue;
            }
            let mut function = self.comparison_method(object, op);
            call.negate = false;
            if function.is_none() && op == CompareOp::NotEqual {
                function = self.comparison_method(object, CompareOp::Equal);
                call.negate = true;
            }
            if let Some(function) = function {
                return self.call_with(function, &[object, other], Then::Compare(Box::new(call)));
            }
        }
        let (left, right) = (self.inner(call.left), self.inner(call.right));
        if (left, right) != (call.left, call.right) {
            let value = entry::compare(&mut self.cx(), call.op, left, right)?;
            if !matches!(value, Value::NotImplemented) {
                self.push(value);
                return Ok(Flow::Next);
            }
        }
        self.default_comparison(call.op, call.left, call.right, 0)
    }

    fn comparison_method(&self, object: Value, op: CompareOp) -> Option<Value> {
        let name = self.vm.find_name(self.program, method(op))?;
        self.vm.special(object, name)
    }

    /// Identity for `==` and `!=`, an error for the rest. `operands` of them are still on the stack.
    fn default_comparison(&mut self, op: CompareOp, left: Value, right: Value, operands: usize) -> Step {
        let value = match op {
            CompareOp::Equal => left == right,
            CompareOp::NotEqual => left != right,
            _ => {
                let (left, right) = (self.type_name(left), self.type_name(right));
                let text = format!("'{}' not supported between instances of '{left}' and '{right}'", sign(op));
                return Err(self.type_error(&text));
            }
        };
        for _ in 0..operands {
            self.pop();
        }
        self.push(Value::Bool(value));
        Ok(Flow::Next)
    }

    pub(super) fn after_compare(&mut self, call: CompareCall, value: Value) -> Step {
        match (value, call.negate) {
            (Value::NotImplemented, _) => return self.try_compare(call),
            (Value::Bool(truth), true) => self.push(Value::Bool(!truth)),
            (value, true) => {
                let truth = entry::truth(&mut self.cx(), value)?;
                self.push(Value::Bool(!truth));
            }
            (value, false) => self.push(value),
        }
        Ok(Flow::Next)
    }

    /// `item in container`
    pub(super) fn contains(&mut self, negate: bool) -> Step {
        let (item, container) = (self.peek(2), self.peek(1));
        if self.user_class(container).is_some() {
            let name = self.vm.tables.names.contains;
            if let Some(function) = self.vm.special(container, name) {
                self.pop();
                self.pop();
                let test = Test::Push { negate };
                return self.call_with(function, &[container, item], Then::Truth { by_length: false, then: test });
            }
        }
        if self.runs_python(container) {
            let place = self.t.stack.len() as u32 - 1;
            return self.collect(container, Then::Replace { place });
        }
        if let Some(target) = self.touches_visibly(container, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "in", &[item], false));
        }
        let inner = self.inner(container);
        if matches!(self.obj(inner), Some(Obj::Instance(_))) {
            let text = format!("argument of type '{}' is not iterable", self.type_name(container));
            return Err(self.type_error(&text));
        }
        let truth = entry::contains(&mut self.cx(), item, inner)?;
        self.pop();
        self.pop();
        self.push(Value::Bool(truth != negate));
        Ok(Flow::Next)
    }
}

fn method(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Less => "__lt__",
        CompareOp::LessEqual => "__le__",
        CompareOp::Equal => "__eq__",
        CompareOp::NotEqual => "__ne__",
        CompareOp::Greater => "__gt__",
        CompareOp::GreaterEqual => "__ge__",
    }
}

const fn reflected(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessEqual => CompareOp::GreaterEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterEqual => CompareOp::LessEqual,
        same => same,
    }
}

fn sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Less => "<",
        CompareOp::LessEqual => "<=",
        CompareOp::Equal => "==",
        CompareOp::NotEqual => "!=",
        CompareOp::Greater => ">",
        CompareOp::GreaterEqual => ">=",
    }
}
