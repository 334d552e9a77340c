//! The interpreter.
//!
//! [`Machine::run`] executes instructions of one thread until it stops. Hot instructions are executed in the loop;
//! all others are methods of [`Machine`], by topic:
//!
//! | file | what |
//! |---|---|
//! | [`variables`] | globals, captured variables, names of class bodies |
//! | [`attributes`] | attribute access |
//! | [`elements`] | subscripts, slices |
//! | [`operators`], [`compare`], [`truth`] | operators and tests, user classes included |
//! | [`build`] | displays, unpacking, formatting |
//! | [`iterate`] | loops |
//! | [`call`], [`params`], [`construct`] | calls, binding of arguments, instances |
//! | [`classes`], [`modules`], [`generators`], [`with`] | what their names say |
//! | [`deliver`] | what happens with results |
//! | [`raise`] | exceptions |
//! | [`visible`] | where a thread stops, and how it goes on |

#![allow(clippy::unnecessary_wraps, reason = "what executes instructions shares one signature")]
#![allow(
    clippy::cast_possible_truncation,
    reason = "places on value stacks and in code stay far below 2^32: the limits on memory and source text see to it"
)]

mod attributes;

mod build;
mod call;
mod classes;
mod compare;
mod construct;
mod deliver;
mod elements;
mod generators;
mod iterate;
mod modules;
mod operators;
mod params;
mod raise;
mod truth;
mod variables;
mod visible;
mod with;

pub(super) use attributes::{Found, Got, Lookup};

use super::Vm;
use super::frame::Then;
use super::heap::RangeStep;
use super::native::{Cx, Raise, Registry};
use super::object::Obj;
use super::op::Advance;
use super::thread::Thread;
use super::value::{Ref, Value};
use crate::ids::ThreadId;
use crate::lang::{BinaryOp, CompareOp, Instr, Program};

/// The interpreter of one thread, for the length of one `advance`.
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub(super) struct Machine<'a> {
    pub(super) vm: &'a mut Vm,
    pub(super) program: &'a Program,
    pub(super) registry: &'static Registry,
    pub(super) t: Thread,
    pub(super) id: ThreadId,
    /// The next visible memory operation has been allowed.
    pub(super) granted: bool,
    /// Memory operations are not visible: the frame is library code, or this is a nested run.
    pub(super) quiet: bool,
    /// This run is a part of an operation of the thread: it must not stop.
    pub(super) nested: bool,
    /// Frames below this run, in the runs that called it.
    pub(super) depth: u32,
    /// The exception on its way has its traceback entry for this frame already.
    pub(super) reraising: bool,
    /// The value of the last frame of a nested run.
    pub(super) result: Value,
    /// The exception that ended a nested run.
    pub(super) failed: Option<Ref>,
}

/// How to go on after an instruction.
pub(super) enum Flow {
    /// With the next instruction.
    Next,
    /// The frame, or the pc in it, has changed.
    Reload,
    /// Not at all.
    Stop(Box<Advance>),
}

/// The thread stops.
fn stop(advance: Advance) -> Flow {
    Flow::Stop(Box::new(advance))
}

/// What helpers of instructions return.
pub(super) type Step = Result<Flow, Raise>;

impl Machine<'_> {
    /// Executes instructions until the thread stops.
    pub(super) fn run(&mut self) -> Advance {
        loop {
            match self.run_frame() {
                Ok(Flow::Next | Flow::Reload) => {}
                Ok(Flow::Stop(advance)) => return *advance,
                Err(raise) => {
                    if let Err(advance) = self.unwind(raise) {
                        return *advance;
                    }
                }
            }
        }
    }

    /// Executes instructions of the innermost frame until the frame changes, something is raised, or the thread stops.
    #[expect(clippy::inline_always, reason = "the loop is called from one place")]
    #[inline(always)]
    fn run_frame(&mut self) -> Step {
        let program = self.program;
        let Some(frame) = self.t.frames.last() else { return Ok(stop(Advance::Finished)) };
        let instrs = &program.code(frame.code).instrs[..];
        let base = frame.base as usize;
        let mut pc = frame.pc as usize;
        self.quiet = self.nested || frame.hidden;
        loop {
            let instr = instrs[pc];
            pc += 1;
            match instr {
                Instr::LoadFast(n) => {
                    let value = self.t.stack[base + n as usize];
                    if matches!(value, Value::Null) {
                        self.save(pc);
                        return Err(self.unbound_local(n));
                    }
                    self.t.stack.push(value);
                }
                Instr::LoadConst(id) => {
                    let value = self.vm.tables.consts[id.index()];
                    self.t.stack.push(value);
                }
                Instr::StoreFast(n) => {
                    let value = self.pop();
                    self.t.stack[base + n as usize] = value;
                    if let Value::Ref(at) = value {
                        self.save(pc);
                        self.name_local(at, n);
                    }
                }
                Instr::BinaryOp(op) | Instr::InplaceOp(op) => {
                    if let [.., a, b] = &mut self.t.stack[..]
                        && let Some(result) = quick_binary(op, *a, *b)
                    {
                        *a = result;
                        self.t.stack.pop();
                        continue;
                    }
                    self.save(pc);
                    match self.binary(op, matches!(instr, Instr::InplaceOp(_)))? {
                        Flow::Next => {}
                        other => return Ok(other),
                    }
                }
                Instr::CompareOp(op) => {
                    if let [.., a, b] = &mut self.t.stack[..]
                        && let Some(result) = quick_compare(op, *a, *b)
                    {
                        *a = Value::Bool(result);
                        self.t.stack.pop();
                        continue;
                    }
                    self.save(pc);
                    match self.compare(op)? {
                        Flow::Next => {}
                        other => return Ok(other),
                    }
                }
                Instr::PopJumpIfFalse(target) => match self.t.stack.pop() {
                    Some(Value::Bool(true)) => {}
                    Some(Value::Bool(false)) => pc = target as usize,
                    value => {
                        self.save(pc);
                        match self.jump_if(value.unwrap_or_default(), false, target)? {
                            Flow::Next => {}
                            other => return Ok(other),
                        }
                    }
                },
                Instr::PopJumpIfTrue(target) => match self.t.stack.pop() {
                    Some(Value::Bool(false)) => {}
                    Some(Value::Bool(true)) => pc = target as usize,
                    value => {
                        self.save(pc);
                        match self.jump_if(value.unwrap_or_default(), true, target)? {
                            Flow::Next => {}
                            other => return Ok(other),
                        }
                    }
                },
                Instr::JumpForward(target) => pc = target as usize,
                Instr::JumpBackward(target) => {
                    let length = i64::from(pc as u32) - i64::from(target);
                    pc = target as usize;
                    self.t.back_edges += 1;
                    if self.vm.fuel <= length || self.vm.heap.fresh_bytes() >= self.vm.collect_at {
                        self.save(pc);
                        return self.pause(length);
                    }
                    self.vm.fuel -= length;
                }
                Instr::ForIter(target) => {
                    if let Some(Value::Ref(at)) = self.t.stack.last()
                        && let Some(step) = self.vm.heap.next_of_range(*at)
                    {
                        if let RangeStep::Item(item) = step {
                            self.t.stack.push(Value::Int(item));
                        } else {
                            self.t.stack.pop();
                            pc = target as usize;
                        }
                        continue;
                    }
                    self.save(pc);
                    match self.for_iter(target)? {
                        Flow::Next => {}
                        other => return Ok(other),
                    }
                }
                Instr::LoadGlobal(id) => {
                    if self.vm.tables.visible_globals[id.index()] && !self.quiet && !self.granted {
                        self.save(pc);
                        return Ok(self.stop_at_global_load(id));
                    }
                    self.granted = false;
                    let value = self.vm.globals[id.index()];
                    if matches!(value, Value::Null) {
                        self.save(pc);
                        let value = self.builtin_global(id)?;
                        self.t.stack.push(value);
                        continue;
                    }
                    self.t.stack.push(value);
                }
                Instr::StoreGlobal(id) => {
                    if self.vm.tables.visible_globals[id.index()] && !self.quiet && !self.granted {
                        self.save(pc);
                        return Ok(self.stop_at_global_store(id));
                    }
                    self.granted = false;
                    let value = self.pop();
                    self.vm.globals[id.index()] = value;
                    if let Value::Ref(at) = value {
                        self.save(pc);
                        self.vm.stored_in_global(id, at);
                    }
                }
                Instr::PopTop => {
                    self.t.stack.pop();
                }
                Instr::Resume | Instr::Nop => {}
                Instr::ReturnValue => {
                    let value = self.pop();
                    return self.return_value(value);
                }
                other => {
                    self.save(pc);
                    match self.execute(other, base)? {
                        Flow::Next => {}
                        other => return Ok(other),
                    }
                }
            }
        }
    }

    /// The instructions that are not worth a place in the loop.
    fn execute(&mut self, instr: Instr, base: usize) -> Step {
        match instr {
            Instr::Copy(n) => self.push(self.peek(n as usize)),
            Instr::Swap(n) => {
                let top = self.t.stack.len() - 1;
                self.t.stack.swap(top, top + 1 - n as usize);
            }
            Instr::DeleteFast(n) => self.delete_local(base, n)?,
            Instr::LoadFastAndClear(n) => {
                let value = std::mem::take(&mut self.t.stack[base + n as usize]);
                self.push(value);
            }
            Instr::DeleteGlobal(id) => return self.delete_global(id),
            Instr::MakeCell(n) => self.make_cell(n, None),
            Instr::MakeCellFromLocal { cell, local } => self.make_cell(cell, Some(local)),
            Instr::CopyFreeVars(n) => self.copy_free_vars(n as usize),
            Instr::LoadClosure(n) => {
                let cell = self.deref_slot(n);
                self.push(cell);
            }
            Instr::LoadDeref(n) => return self.load_deref(n),
            Instr::StoreDeref(n) => return self.store_deref(n),
            Instr::DeleteDeref(n) => return self.delete_deref(n),
            Instr::LoadName { name, global } => return self.load_name(name.sym(), global),
            Instr::LoadClassDeref { name, deref } => return self.load_class_deref(name.sym(), deref),
            Instr::StoreName(name) => self.store_name(name),
            Instr::DeleteName(name) => self.delete_name(name)?,
            Instr::LoadAttr(name) => return self.load_attr(name),
            Instr::LoadMethod(name) => return self.load_method(name),
            Instr::StoreAttr(name) => return self.store_attr(name),
            Instr::DeleteAttr(name) => return self.delete_attr(name),
            Instr::LoadSuperAttr(name) => return self.load_super(name, false),
            Instr::LoadSuperMethod(name) => return self.load_super(name, true),
            Instr::BinarySubscr => return self.load_item(),
            Instr::StoreSubscr => return self.store_item(),
            Instr::DeleteSubscr => return self.delete_item(),
            Instr::BuildSlice(n) => self.build_slice(n),
            Instr::UnaryNegative | Instr::UnaryPositive | Instr::UnaryInvert => return self.unary(instr),
            Instr::UnaryNot => return self.not(),
            Instr::IsOp(negate) => self.is_op(negate),
            Instr::ContainsOp(negate) => return self.contains(negate),
            Instr::BuildTuple(_)
            | Instr::BuildList(_)
            | Instr::BuildSet(_)
            | Instr::BuildMap(_)
            | Instr::BuildString(_)
            | Instr::ListAppend(_)
            | Instr::SetAdd(_)
            | Instr::MapAdd(_)
            | Instr::ListExtend(_)
            | Instr::SetUpdate(_)
            | Instr::DictUpdate(_)
            | Instr::DictMerge(_)
            | Instr::ListToTuple => return self.build(instr),
            Instr::UnpackSequence(n) => return self.unpack(n as usize),
            Instr::UnpackEx { before, after } => return self.unpack_rest(before as usize, after as usize),
            Instr::FormatValue { conversion, spec } => return self.format_value(conversion, spec),
            Instr::PopJumpIfNone(target) => return Ok(self.jump_if_none(target, true)),
            Instr::PopJumpIfNotNone(target) => return Ok(self.jump_if_none(target, false)),
            Instr::JumpIfFalseOrPop(target) => return self.jump_or_pop(false, target),
            Instr::JumpIfTrueOrPop(target) => return self.jump_or_pop(true, target),
            Instr::MatchSequence => self.match_sequence(),
            Instr::GetLen => return self.get_len(),
            Instr::GetIter => return self.get_iter(),
            Instr::Call(n) => return self.call_plain(n as usize),
            Instr::CallMethod(n) => return self.call_method(n as usize),
            Instr::KwNames(id) => self.t.keyword_names = Some(id),
            Instr::CallFunctionEx(keywords) => return self.call_spread(keywords),
            Instr::MakeFunction { code, flags } => self.make_function(code, flags),
            Instr::LoadBuildClass => self.push(Value::Native(self.vm.tables.build_class)),
            Instr::ReturnGenerator => return self.return_generator(),
            Instr::YieldValue => return self.yield_value(),
            Instr::GetYieldFromIter => return self.get_yield_from_iter(),
            Instr::Send(target) => return self.send(target),
            Instr::PushExcInfo => self.push_exc_info(),
            Instr::PopExcept => self.t.handled = self.pop(),
            Instr::CheckExcMatch => self.check_exc_match()?,
            Instr::RaiseVarargs(n) => return self.raise_varargs(n),
            Instr::Reraise => return self.reraise(),
            Instr::LoadAssertionError => self.push(Value::Type(super::types::ASSERTION_ERROR)),
            Instr::BeforeWith => return self.before_with(),
            Instr::WithExceptStart => return self.with_except_start(),
            Instr::ImportName(name) => return self.import(name, false),
            Instr::ImportDotted(name) => return self.import(name, true),
            Instr::ImportFrom(name) => return self.import_from(name),
            // These are executed in the loop.
            Instr::Resume
            | Instr::Nop
            | Instr::PopTop
            | Instr::LoadConst(_)
            | Instr::LoadFast(_)
            | Instr::StoreFast(_)
            | Instr::LoadGlobal(_)
            | Instr::StoreGlobal(_)
            | Instr::BinaryOp(_)
            | Instr::InplaceOp(_)
            | Instr::CompareOp(_)
            | Instr::JumpForward(_)
            | Instr::JumpBackward(_)
            | Instr::PopJumpIfFalse(_)
            | Instr::PopJumpIfTrue(_)
            | Instr::ForIter(_)
            | Instr::ReturnValue => {}
        }
        Ok(Flow::Next)
    }

    // ---- small things everybody needs ----

    /// Remembers where the innermost frame goes on.
    #[inline]
    fn save(&mut self, pc: usize) {
        if let Some(frame) = self.t.frames.last_mut() {
            frame.pc = pc as u32;
        }
    }

    /// Goes on somewhere else in the innermost frame.
    fn jump(&mut self, target: u32) -> Flow {
        self.save(target as usize);
        Flow::Reload
    }

    #[inline]
    pub(super) fn push(&mut self, value: Value) {
        self.t.stack.push(value);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.t.stack.pop().unwrap_or_default()
    }

    /// The `n`-th operand from the top, from 1.
    #[inline]
    fn peek(&self, n: usize) -> Value {
        self.t.stack.len().checked_sub(n).map_or(Value::Null, |place| self.t.stack[place])
    }

    /// The machine as natives see it.
    pub(super) fn cx(&mut self) -> Cx<'_> {
        let depth = self.depth + self.t.frames.len() as u32;
        Cx { vm: self.vm, program: self.program, thread: self.id, reply: None, depth, hidden: self.quiet }
    }

    pub(super) fn alloc(&mut self, obj: Obj) -> Value {
        Value::Ref(self.vm.heap.alloc(obj))
    }

    pub(super) fn obj(&self, value: Value) -> Option<&Obj> {
        match value {
            Value::Ref(at) => Some(self.vm.heap.get(at)),
            _ => None,
        }
    }

    /// The user's class that defines how this value behaves, if there is one.
    pub(super) fn user_class(&self, value: Value) -> Option<Ref> {
        match value {
            Value::Ref(at) => self.vm.class_of(at),
            _ => None,
        }
    }

    /// Calls a function with these values, its result going to `then`.
    pub(super) fn call_with(&mut self, function: Value, args: &[Value], then: Then) -> Step {
        let cut = self.t.stack.len();
        self.t.stack.extend_from_slice(args);
        self.call(function, cut, cut, None, then)
    }

    /// Out of fuel, or time for a collection. `length` is what the loop costs.
    fn pause(&mut self, length: i64) -> Step {
        self.vm.fuel -= length;
        match self.rest()? {
            Some(advance) => Ok(stop(advance)),
            None => Ok(Flow::Reload),
        }
    }

    /// Collects when it is time to, and looks whether the thread may go on. What is nested cannot stop: it may
    /// overdraw, up to a limit.
    pub(super) fn rest(&mut self) -> Result<Option<Advance>, Raise> {
        if self.nested {
            self.cx().work(0)?;
            self.cx().reserve(0)?;
            return Ok(None);
        }
        if self.vm.heap.fresh_bytes() >= self.vm.collect_at
            && let Some(advance) = self.collect_garbage()
        {
            return Ok(Some(advance));
        }
        Ok((self.vm.fuel <= 0).then_some(Advance::OutOfFuel))
    }
}

/// `a op b` for the commonest types, when there is nothing special about it.
#[inline]
fn quick_binary(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => match op {
            BinaryOp::Add => a.checked_add(b).map(Value::Int),
            BinaryOp::Subtract => a.checked_sub(b).map(Value::Int),
            BinaryOp::Multiply => a.checked_mul(b).map(Value::Int),
            BinaryOp::Remainder if b > 0 => Some(Value::Int(a.rem_euclid(b))),
            BinaryOp::FloorDivide if b > 0 => Some(Value::Int(a.div_euclid(b))),
            BinaryOp::And => Some(Value::Int(a & b)),
            _ => None,
        },
        (Value::Float(a), Value::Float(b)) => match op {
            BinaryOp::Add => Some(Value::Float(a + b)),
            BinaryOp::Subtract => Some(Value::Float(a - b)),
            BinaryOp::Multiply => Some(Value::Float(a * b)),
            _ => None,
        },
        _ => None,
    }
}

/// `a op b` for the commonest types.
#[inline]
fn quick_compare(op: CompareOp, a: Value, b: Value) -> Option<bool> {
    let (Value::Int(a), Value::Int(b)) = (a, b) else { return None };
    Some(match op {
        CompareOp::Less => a < b,
        CompareOp::LessEqual => a <= b,
        CompareOp::Equal => a == b,
        CompareOp::NotEqual => a != b,
        CompareOp::Greater => a > b,
        CompareOp::GreaterEqual => a >= b,
    })
}
