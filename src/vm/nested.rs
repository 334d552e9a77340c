//! Calls of Python code from within natives: a run of the interpreter inside an operation.
//!
//! Such a run cannot stop. Memory operations inside it happen silently, as part of the operation that caused them;
//! a primitive that would block, output and input are unmodelled there. It has a value stack of its own, and nothing is
//! collected while it lasts: the native's Rust variables are no roots.

use super::frame::Then;
use super::machine::{Flow, Machine};
use super::native::{Args, Cx, Raise};
use super::op::Advance;
use super::thread::Thread;
use super::types;
use super::value::Value;
use crate::lang::Sym;
use std::sync::Arc;

/// How deep natives may call natives through Python code: each level takes a part of the real stack.
const MAX_NESTING: u32 = 24;
/// What such a level takes of the stack, as [`Cx::deeper`] counts it.
const LEVELS: u32 = 12;

/// See [`Cx::call`].
pub(super) fn call(cx: &mut Cx<'_>, function: Value, args: &[Value]) -> Result<Value, Raise> {
    construct(cx, function, Args::only(args))
}

/// Calls with keyword arguments too.
pub(super) fn construct(cx: &mut Cx<'_>, function: Value, args: Args<'_>) -> Result<Value, Raise> {
    let names: Vec<Sym> = args.keywords.iter().map(|(name, _)| *name).collect();
    let names: Option<Arc<[Sym]>> = (!names.is_empty()).then(|| names.into());
    let stack = args.positional.iter().copied().chain(args.keywords.iter().map(|(_, value)| *value)).collect();
    with_machine(cx, stack, |machine| {
        let step = machine.call(function, 0, 0, names, Then::End);
        finish(machine, step)
    })
}

/// A machine for a nested run on this stack.
pub(super) fn with_machine<T>(
    cx: &mut Cx<'_>,
    stack: Vec<Value>,
    body: impl FnOnce(&mut Machine<'_>) -> Result<T, Raise>,
) -> Result<T, Raise> {
    if cx.vm.nesting >= MAX_NESTING || cx.depth >= cx.vm.limits.recursion {
        return Err(cx.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"));
    }
    cx.descend(LEVELS, "")?;
    cx.vm.nesting += 1;
    let thread = Thread { stack, ..Thread::default() };
    let mut machine = Machine::new(cx.vm, cx.program, cx.thread, thread);
    machine.nested = true;
    machine.quiet = true;
    machine.depth = cx.depth;
    let result = body(&mut machine);
    cx.vm.nesting -= 1;
    cx.ascend(LEVELS);
    result
}

/// Runs to the end what a call has begun.
fn finish(machine: &mut Machine<'_>, step: Result<Flow, Raise>) -> Result<Value, Raise> {
    match step {
        Err(raise) => return Err(raise),
        Ok(Flow::Stop(_)) => return Ok(machine.result),
        Ok(Flow::Next | Flow::Reload) => {}
    }
    machine.vm.note_nested();
    match machine.run() {
        Advance::Finished => match machine.failed.take() {
            Some(exception) => Err(Raise::Exception(exception)),
            None => Ok(machine.result),
        },
        Advance::Unmodelled { what, .. } => Err(Raise::Unmodelled(what)),
        Advance::Op(_) | Advance::Failed { .. } | Advance::OutOfFuel | Advance::OutOfMemory { .. } => {
            Err(Raise::Unmodelled("an operation inside a method that a built-in operation calls".into()))
        }
    }
}
