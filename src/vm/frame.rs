//! Frames: one call of one function each.
//!
//! The values of a frame lie on its thread's value stack (see [`crate::lang::Code`] for the layout). What is to happen
//! with the result is part of the frame: [`Then`]. That is how `for`, `with`, an operator or an import can call Python
//! code without the interpreter calling itself.

use super::value::{NativeId, Ref, Value};
use crate::lang::{BinaryOp, CodeId, CompareOp, ModuleId, Sym};
use std::sync::Arc;

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
    /// What was being handled when it was called.
    pub handled: Value,
    pub then: Then,
}

/// What happens with the result of a call.
#[derive(Clone, Debug)]
pub enum Then {
    /// Pushed: the ordinary call.
    Push,
    /// Pushed, and `Null` on top of it: the value of a property, found by `LOAD_METHOD`.
    PushNull,
    /// Forgotten: `__setattr__`, `__setitem__`, `__delitem__`, a setter.
    Forget,
    /// It was `__init__`: must be `None`; the instance is the result for `then`.
    Init { instance: Value, then: Box<Then> },
    /// It was `__new__` of this class: when it made an instance, `__init__` is called with the same arguments.
    New(Box<NewCall>),
    /// It was `__bool__`, or `__len__`.
    Truth { by_length: bool, then: Test },
    /// It was a binary operator's method: when `NotImplemented`, the next one is tried.
    Binary(Box<BinaryCall>),
    /// The same for a comparison.
    Compare(Box<CompareCall>),
    /// It was `__iter__`: must be an iterator.
    Iter(Box<Then>),
    /// It was `__next__` (or what stands for it) of the iterator on top of the stack, for `FOR_ITER`;
    /// `StopIteration` takes the iterator away and jumps.
    Next { exhausted: u32 },
    /// The same for `SEND`: `StopIteration` replaces the iterator by its value and jumps.
    SendNext { exhausted: u32 },
    /// `next(iterator, default)`: `StopIteration` gives the default.
    NextOr { default: Value, then: Box<Then> },
    /// One more item for the list (or, while `iterator` is `Null`, the iterator itself); `StopIteration` completes it.
    Collect { list: Ref, iterator: Value, then: Box<Then> },
    /// It was `__getitem__` in old-style iteration: `IndexError` ends it, too.
    Item(Box<Then>),
    /// It was the callable of `iter(callable, sentinel)`.
    Sentinel { iterator: Value, sentinel: Value, then: Box<Then> },
    /// The list takes the operand's place on the stack and the waiting instruction is executed again.
    Replace { place: u32 },
    /// The list takes the argument's place and the native is called again.
    Again(Box<NativeAgain>),
    /// It was the body of a module.
    Import(ModuleId),
    /// It was a class body: the class is made from the namespace.
    ClassBody { parts: Box<ClassParts>, namespace: Value },
    /// It was `__str__`, `__repr__` or `__format__` (the name is for the error): must be a string.
    Text { method: &'static str, then: Box<Then> },
    /// It was `__str__`, for `FORMAT_VALUE` with this specification.
    Format { spec: Value },
    /// It was `__len__`: must be a number that is not negative.
    Length(Box<Then>),
    /// The frame of a generator: the result is what `StopIteration` carries, or goes to `then` when there is none to
    /// raise to.
    Generator { generator: Ref, then: Box<Then> },
    /// The last frame of a thread, or of a nested call.
    End,
}

/// What a truth is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Pushed; negated when `true`.
    Push { negate: bool },
    /// `POP_JUMP_IF_…`: jumps when the truth is `when`.
    Jump { when: bool, target: u32 },
    /// `JUMP_IF_…_OR_POP`: the operand is still on the stack.
    JumpOrPop { when: bool, target: u32 },
}

/// An operator that is being tried.
#[derive(Clone, Debug)]
pub struct BinaryCall {
    pub op: BinaryOp,
    pub inplace: bool,
    pub left: Value,
    pub right: Value,
    /// The next stage to try: 0 in place, 1 left, 2 right (reflected).
    pub stage: u8,
}

/// A comparison that is being tried.
#[derive(Clone, Debug)]
pub struct CompareCall {
    pub op: CompareOp,
    pub left: Value,
    pub right: Value,
    /// The next stage to try: 0 left, 1 right (reflected).
    pub stage: u8,
    /// `!=` by way of `__eq__`: the result is negated.
    pub negate: bool,
}

/// An instantiation whose `__new__` runs.
#[derive(Clone, Debug)]
pub struct NewCall {
    pub class: Ref,
    pub args: Vec<Value>,
    pub names: Option<Arc<[Sym]>>,
    pub then: Then,
}

/// A native that waits for an argument to be collected.
#[derive(Clone, Debug)]
pub struct NativeAgain {
    pub native: NativeId,
    /// Where the argument lies on the stack.
    pub place: usize,
    pub args: usize,
    pub cut: usize,
    pub names: Option<Arc<[Sym]>>,
    pub then: Then,
}

/// What is known of a class while its body runs.
#[derive(Clone, Debug)]
pub struct ClassParts {
    pub name: Value,
    pub bases: Vec<Value>,
    pub then: Then,
}
