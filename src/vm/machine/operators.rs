//! Binary and unary operators.
//!
//! When an operand is an instance of a user's class, the methods are tried one after the other, each in a frame of its
//! own: in place, the left operand's, the right operand's reflected one.

use super::visible::Depth;
use super::{Flow, Machine, Step};
use crate::lang::{BinaryOp, Instr};
use crate::vm::frame::{BinaryCall, Then};
use crate::vm::lib::entry::{self, UnaryOp};
use crate::vm::native::Raise;
use crate::vm::object::Obj;
use crate::vm::types;
use crate::vm::value::Value;

/// The stages of a binary operator.
const IN_PLACE: u8 = 0;
const LEFT: u8 = 1;
const RIGHT: u8 = 2;

impl Machine<'_> {
    pub(super) fn binary(&mut self, op: BinaryOp, inplace: bool) -> Step {
        let (left, right) = (self.peek(2), self.peek(1));
        if self.user_class(left).is_some() || self.user_class(right).is_some() {
            self.pop();
            self.pop();
            let stage = if inplace { IN_PLACE } else { LEFT };
            return self.try_binary(BinaryCall { op, inplace, left, right, stage });
        }
        let depth = if op == BinaryOp::Remainder { Depth::Everything } else { Depth::Iterators };
        if let Some(target) = self.touches_visibly(left, inplace).or_else(|| self.seen_inside(right, depth))
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, method_name(op, inplace), &[right], inplace));
        }
        if inplace
            && matches!(op, BinaryOp::Add)
            && matches!(self.obj(left), Some(Obj::List(_)))
            && self.runs_python(right)
        {
            let place = self.t.stack.len() as u32 - 1;
            return self.collect(right, Then::Replace { place });
        }
        let value = self.builtin_binary(op, inplace, left, right)?;
        self.pop();
        self.pop();
        self.push(value);
        Ok(Flow::Next)
    }

    fn builtin_binary(&mut self, op: BinaryOp, inplace: bool, left: Value, right: Value) -> Result<Value, Raise> {
        let mut cx = self.cx();
        if inplace {
            let value = entry::inplace(&mut cx, op, left, right)?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(value);
            }
        }
        match entry::binary(&mut cx, op, left, right)? {
            Value::NotImplemented => Err(self.unsupported(op, inplace, left, right)),
            value => Ok(value),
        }
    }

    /// Tries the stages from `call.stage` on.
    fn try_binary(&mut self, mut call: BinaryCall) -> Step {
        while call.stage <= RIGHT {
            let (object, other, prefix) = match call.stage {
                IN_PLACE => (call.left, call.right, "i"),
                LEFT => (call.left, call.right, ""),
                _ => (call.right, call.left, "r"),
            };
            call.stage += 1;
            if prefix == "r" && self.user_class(call.left) == self.user_class(call.right) {
                continue;
            }
            let name = format!("__{prefix}{}__", stem(call.op));
            let function = self.vm.find_name(self.program, &name).and_then(|name| self.vm.special(object, name));
            if let Some(function) = function {
                return self.call_with(function, &[object, other], Then::Binary(Box::new(call)));
            }
        }
        let (left, right) = (self.inner(call.left), self.inner(call.right));
        let formats = matches!(call.op, BinaryOp::Remainder) && self.vm.heap.str(left).is_some();
        if (left, right) == (call.left, call.right) && !formats {
            return Err(self.unsupported(call.op, call.inplace, call.left, call.right));
        }
        let value = self.builtin_binary(call.op, call.inplace, left, right)?;
        let value = if call.inplace && value == left { call.left } else { value };
        self.push(value);
        Ok(Flow::Next)
    }

    /// The built-in value inside an instance, or the value itself.
    pub(super) fn inner(&self, value: Value) -> Value {
        match self.obj(value) {
            Some(Obj::Instance(instance)) if !matches!(instance.inner, Value::Null) => instance.inner,
            _ => value,
        }
    }

    pub(super) fn after_binary(&mut self, call: BinaryCall, value: Value) -> Step {
        if matches!(value, Value::NotImplemented) {
            return self.try_binary(call);
        }
        self.push(value);
        Ok(Flow::Next)
    }

    fn unsupported(&mut self, op: BinaryOp, inplace: bool, left: Value, right: Value) -> Raise {
        let (left, right) = (self.type_name(left), self.type_name(right));
        let sign = if inplace { format!("{}=", sign(op)) } else { sign(op).to_owned() };
        let sign = if sign == "**" { "** or pow()".to_owned() } else { sign };
        let text = format!("unsupported operand type(s) for {sign}: '{left}' and '{right}'");
        self.type_error(&text)
    }

    pub(super) fn unary(&mut self, instr: Instr) -> Step {
        let (op, method, sign) = match instr {
            Instr::UnaryNegative => (UnaryOp::Negative, "__neg__", "-"),
            Instr::UnaryPositive => (UnaryOp::Positive, "__pos__", "+"),
            _ => (UnaryOp::Invert, "__invert__", "~"),
        };
        let value = self.pop();
        if let (UnaryOp::Negative, Value::Int(n)) = (op, value) {
            let Some(result) = n.checked_neg() else {
                return Err(self.raise(types::OVERFLOW_ERROR, "integers have 64 bits here, and the result needs more"));
            };
            self.push(Value::Int(result));
            return Ok(Flow::Next);
        }
        if let Some(function) = self.vm.find_name(self.program, method).and_then(|name| self.vm.special(value, name)) {
            return self.call_with(function, &[value], Then::Push);
        }
        let inner = self.inner(value);
        match entry::unary(&mut self.cx(), op, inner)? {
            Value::NotImplemented => {
                let text = format!("bad operand type for unary {sign}: '{}'", self.type_name(value));
                Err(self.type_error(&text))
            }
            result => {
                self.push(result);
                Ok(Flow::Next)
            }
        }
    }
}

fn method_name(op: BinaryOp, inplace: bool) -> &'static str {
    match (op, inplace) {
        (BinaryOp::Add, false) => "__add__",
        (BinaryOp::Add, true) => "__iadd__",
        (BinaryOp::Multiply, false) => "__mul__",
        (BinaryOp::Multiply, true) => "__imul__",
        (BinaryOp::Subtract, false) => "__sub__",
        (BinaryOp::Subtract, true) => "__isub__",
        (BinaryOp::Or, false) => "__or__",
        (BinaryOp::Or, true) => "__ior__",
        (BinaryOp::And, false) => "__and__",
        (BinaryOp::And, true) => "__iand__",
        (BinaryOp::Xor, false) => "__xor__",
        (BinaryOp::Xor, true) => "__ixor__",
        _ => "operator",
    }
}

fn stem(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "add",
        BinaryOp::Subtract => "sub",
        BinaryOp::Multiply => "mul",
        BinaryOp::TrueDivide => "truediv",
        BinaryOp::FloorDivide => "floordiv",
        BinaryOp::Remainder => "mod",
        BinaryOp::Power => "pow",
        BinaryOp::LeftShift => "lshift",
        BinaryOp::RightShift => "rshift",
        BinaryOp::And => "and",
        BinaryOp::Or => "or",
        BinaryOp::Xor => "xor",
        BinaryOp::MatrixMultiply => "matmul",
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::TrueDivide => "/",
        BinaryOp::FloorDivide => "//",
        BinaryOp::Remainder => "%",
        BinaryOp::Power => "**",
        BinaryOp::LeftShift => "<<",
        BinaryOp::RightShift => ">>",
        BinaryOp::And => "&",
        BinaryOp::Or => "|",
        BinaryOp::Xor => "^",
        BinaryOp::MatrixMultiply => "@",
    }
}
