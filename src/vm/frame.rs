//! Frames: one call of one function each.
//!
//! The values of a frame lie on its thread's value stack (see [`crate::lang::Code`] for the layout). What is to happen
//! with the result is part of the frame: [`Then`]. That is how `for`, `with`, an operator or an import can call Python
//! code without the interpreter calling itself.

use super::value::{Ref, Value};
use crate::lang::{BinaryOp, CodeId, CompareOp, ModuleId};

/// One call.
#[derive(Clone, Debug)]
pub struct Frame {
    pub code: CodeId,
    /// The instruction that is executed next; while a call is under way, the one after the call.
    pub pc: u32,
    /// Where its locals begin.
    pub base: u32,
    /// How far the stack is cut when it returns.
    pub cut: u32,
    /// The module of library code is hidden.
    pub hidden: bool,
    /// Tells frames of a thread apart: counts up.
    pub serial: u32,
    /// The function, whose cells `COPY_FREE_VARS` needs; in a class body, the namespace.
    pub function: Value,
    pub then: Then,
}

/// What happens with the result of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// Pushed: the ordinary call.
    Push,
    /// Pushed, and `Null` on top of it: the value of a property, found by `LOAD_METHOD`.
    PushNull,
    /// Forgotten: `__setattr__`, `__setitem__`, `__delitem__`.
    Forget,
    /// It was `__init__`: must be `None`; the instance is pushed.
    Init(Value),
    /// It was `__bool__` (or `__len__`, when `true`): the truth takes the place of the operand and the waiting instruction is executed again.
    Truth { by_length: bool },
    /// `not`, from `__bool__` or `__len__`.
    Not { by_length: bool },
    /// It was `__contains__`: its truth is pushed, negated when `true`.
    Contains(bool),
    /// It was a binary operator's method: when `NotImplemented`, the next one is tried.
    Binary { op: BinaryOp, inplace: bool, left: Value, right: Value, tried: u8 },
    /// The same for a comparison.
    Compare { op: CompareOp, left: Value, right: Value, tried: u8 },
    /// It was `__iter__`.
    Iter,
    /// It was `__next__` (or `__getitem__`, or the callable of `iter`) for the `FOR_ITER` before the pc; `StopIteration` jumps there.
    Next { exhausted: u32 },
    /// `next(iterator, default)`: `StopIteration` gives the default, when it is not `Null`.
    NextOr(Value),
    /// It was a body of a module.
    Import(ModuleId),
    /// It was a class body: the class is made from the namespace.
    ClassBody(Box<ClassParts>),
    /// It was `__str__` or `__repr__`: must be a string.
    Text(&'static str),
    /// It was `__len__`: must be a number that is not negative.
    Length,
    /// It was `__hash__`.
    Hash,
    /// It was `__format__`, `__str__`: for `FORMAT_VALUE` with this format.
    Format(Value),
    /// It was the helper that collects an iterable: the list takes the place of the operand at this stack place, and
    /// the waiting instruction is executed again.
    Materialise { place: u32 },
    /// The generator's frame: the result is what `StopIteration` carries.
    Generator { generator: Ref, then: Box<Then>, send: Option<u32> },
    /// The last frame of a thread, or of a nested call: its end.
    End,
}

/// What is known of a class while its body runs.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassParts {
    pub name: Value,
    pub bases: Vec<Value>,
    pub keywords: Vec<(crate::lang::Sym, Value)>,
}
