//! What `threading.Thread` is built on: threads of the machine by their numbers.

use super::primitive::patience;
use crate::ids::ThreadId;
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Raise, Registry};
use crate::vm::op::{Note, Op};
use crate::vm::types;
use crate::vm::value::{LibraryId, Value};
use std::sync::Arc;

/// CPython's thread identifiers are addresses: large and far apart. These are, too, and the same on every machine.
const IDENT_BASE: i64 = 140_000_000_000_000;
const IDENT_STEP: i64 = 8_392_704;
/// Native identifiers are numbers of the operating system's.
const NATIVE_BASE: i64 = 1000;

pub(super) fn register(registry: &mut Registry, module: LibraryId) {
    registry.function(module, "create", Pure, create);
    registry.function(module, "adopt", Pure, adopt);
    registry.function(module, "start", Pure, |cx, args| one(cx, args, Op::Start));
    registry.function(module, "is_alive", Pure, |cx, args| one(cx, args, Op::IsAlive));
    registry.function(module, "join", Pure, join);
    registry.function(module, "rename", Pure, rename);
    registry.function(module, "set_daemon", Pure, set_daemon);
    registry.function(module, "current", Pure, |cx, _| Ok(Answer::Value(cx.vm.thread_object(cx.thread))));
    registry.function(module, "enumerate", Pure, |_, _| Ok(Answer::Op(Op::Enumerate)));
    registry.function(module, "active_count", Pure, |_, _| Ok(Answer::Op(Op::ActiveCount)));
    registry.function(module, "get_ident", Pure, |cx, _| Ok(Answer::Value(Value::Int(ident(cx.thread)))));
    registry.function(module, "get_native_id", Pure, |cx, _| {
        Ok(Answer::Value(Value::Int(NATIVE_BASE + i64::from(cx.thread.0))))
    });
    registry.function(module, "ident_of", Pure, |cx, args| {
        let thread = thread(cx, args)?;
        Ok(Answer::Value(Value::Int(ident(thread))))
    });
    registry.function(module, "native_id_of", Pure, |cx, args| {
        let thread = thread(cx, args)?;
        Ok(Answer::Value(Value::Int(NATIVE_BASE + i64::from(thread.0))))
    });
    registry.function(module, "next_number", Pure, |cx, _| {
        cx.vm.threads_named += 1;
        Ok(Answer::Value(Value::Int(i64::from(cx.vm.threads_named))))
    });
    registry.function(module, "now", Pure, now);
    registry.function(module, "local_get", Pure, local_get);
    registry.function(module, "local_set", Pure, local_set);
    registry.function(module, "local_delete", Pure, local_delete);
}

fn ident(thread: ThreadId) -> i64 {
    IDENT_BASE + i64::from(thread.0) * IDENT_STEP
}

/// The thread that the first argument numbers.
fn thread(cx: &mut Cx<'_>, args: Args<'_>) -> Result<ThreadId, Raise> {
    match args.get(0) {
        Some(Value::Int(number)) => Ok(ThreadId(u32::try_from(number).unwrap_or(u32::MAX))),
        _ => Err(cx.raise(types::RUNTIME_ERROR, "thread.__init__() not called")),
    }
}

fn one(cx: &mut Cx<'_>, args: Args<'_>, op: fn(ThreadId) -> Op) -> NativeResult {
    Ok(Answer::Op(op(thread(cx, args)?)))
}

/// `create(object, name, daemon)`: its number.
fn create(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let object = args.get(0).unwrap_or(Value::None);
    let name = args.get(1).and_then(|name| cx.text(name)).unwrap_or_else(|| "Thread".into());
    let daemon = matches!(args.get(2), Some(Value::Bool(true)));
    let thread = cx.vm.add_thread(object);
    cx.vm.notes.push(Note::Thread { thread, name, daemon });
    Ok(Answer::Value(Value::Int(i64::from(thread.0))))
}

/// `adopt(object)`: the main thread gets its object.
fn adopt(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    cx.vm.set_thread_object(ThreadId::MAIN, args.get(0).unwrap_or(Value::None));
    Ok(Answer::Value(Value::Int(0)))
}

fn join(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let thread = thread(cx, args)?;
    let patience = patience(cx, args.get(1))?;
    Ok(Answer::Op(Op::Join { thread, patience }))
}

fn rename(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let thread = thread(cx, args)?;
    let name = args.get(1).and_then(|name| cx.text(name)).unwrap_or_else(|| "".into());
    cx.vm.notes.push(Note::Renamed { thread, name });
    Ok(Answer::Value(Value::None))
}

fn set_daemon(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let thread = thread(cx, args)?;
    let daemon = matches!(args.get(1), Some(Value::Bool(true)));
    cx.vm.notes.push(Note::Daemon { thread, daemon });
    Ok(Answer::Value(Value::None))
}

/// The clock in seconds, for deadlines.
#[expect(clippy::cast_precision_loss, reason = "clock readings stay far below 2^53 ns")]
fn now(cx: &mut Cx<'_>, _: Args<'_>) -> NativeResult {
    match cx.reply.take() {
        Some(crate::vm::Reply::Value(Value::Int(nanos))) => Ok(Answer::Value(Value::Float(nanos as f64 / 1e9))),
        Some(_) => Ok(Answer::Value(Value::Float(0.0))),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

// ---- threading.local: an attribute per thread, under a name of its own ----

/// The attribute in which this thread's value is kept.
fn slot(cx: &mut Cx<'_>, args: Args<'_>) -> (Value, Arc<str>, crate::lang::Sym) {
    let name = args.get(1).and_then(|name| cx.text(name)).unwrap_or_else(|| "".into());
    let own = format!("{name}@{}", cx.thread.0);
    let slot = cx.intern(&own);
    (args.get(0).unwrap_or(Value::None), name, slot)
}

fn local_get(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name, slot) = slot(cx, args);
    match own_attribute(cx, object, slot) {
        Some(value) => Ok(Answer::Value(value)),
        None => Err(missing(cx, &name)),
    }
}

fn own_attribute(cx: &Cx<'_>, object: Value, slot: crate::lang::Sym) -> Option<Value> {
    let Value::Ref(at) = object else { return None };
    match cx.vm.heap.get(at) {
        crate::vm::object::Obj::Instance(instance) => instance.attrs.get(slot),
        _ => None,
    }
}

fn missing(cx: &mut Cx<'_>, name: &str) -> Raise {
    cx.raise(types::ATTRIBUTE_ERROR, format!("'_thread._local' object has no attribute '{name}'"))
}

fn local_set(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, _, slot) = slot(cx, args);
    cx.set_attr(object, slot, args.get(2).unwrap_or(Value::None))?;
    Ok(Answer::Value(Value::None))
}

fn local_delete(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name, slot) = slot(cx, args);
    let Value::Ref(at) = object else { return Err(missing(cx, &name)) };
    let removed = match cx.vm.heap.get_mut(at) {
        crate::vm::object::Obj::Instance(instance) => Arc::make_mut(instance).attrs.remove(slot),
        _ => None,
    };
    if removed.is_none() {
        return Err(missing(cx, &name));
    }
    Ok(Answer::Value(Value::None))
}
