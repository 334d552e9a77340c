//! What all primitives have in common.

use crate::ids::{Nanos, ObjectId};
use crate::lang::Program;
use crate::vm::Vm;
use crate::vm::lib::arguments;
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise};
use crate::vm::object::{Obj, Primitive, PrimitiveKind};
use crate::vm::op::{Note, Op, Patience, PrimitiveSpec};
use crate::vm::value::{Ref, Value};
use std::collections::VecDeque;
use std::sync::Arc;

/// Makes a primitive and declares it.
pub(super) fn make(cx: &mut Cx<'_>, kind: PrimitiveKind, spec: PrimitiveSpec, extra: Value, size: i64) -> Ref {
    let id = cx.vm.new_object_id();
    let primitive = Primitive { id, kind, items: VecDeque::new(), extra, size };
    let at = cx.vm.heap.alloc(Obj::Primitive(Arc::new(primitive)));
    let head = cx.vm.heap.head_mut(at);
    head.id = Some(id);
    let line = head.line;
    Arc::make_mut(&mut cx.vm.primitives).push((id, at));
    cx.vm.notes.push(Note::Primitive { id, spec, line });
    at
}

/// The receiver of a method of a primitive.
pub(super) fn receiver<'a>(cx: &'a Cx<'_>, args: Args<'_>) -> Option<(Ref, &'a Arc<Primitive>)> {
    let Value::Ref(mut at) = args.get(0)? else { return None };
    if let Obj::Instance(instance) = cx.vm.heap.get(at)
        && let Value::Ref(inner) = instance.inner
    {
        at = inner;
    }
    match cx.vm.heap.get(at) {
        Obj::Primitive(primitive) => Some((at, primitive)),
        _ => None,
    }
}

/// The number of the receiver.
pub(super) fn id(cx: &mut Cx<'_>, args: Args<'_>) -> Result<ObjectId, Raise> {
    match receiver(cx, args) {
        Some((_, primitive)) => Ok(primitive.id),
        None => Err(cx.type_error("descriptor requires a synchronisation primitive as its receiver")),
    }
}

/// A method without arguments that is one operation.
pub(super) fn simple(cx: &mut Cx<'_>, args: Args<'_>, op: impl FnOnce(ObjectId) -> Op) -> NativeResult {
    let id = id(cx, args)?;
    Ok(Answer::Op(op(id)))
}

/// A time-out in seconds; `None` waits for ever.
pub(super) fn patience(cx: &mut Cx<'_>, timeout: Option<Value>) -> Result<Patience, Raise> {
    match timeout {
        None | Some(Value::None) => Ok(Patience::Forever),
        Some(value) => Ok(Patience::For(Nanos::from_secs_f64(arguments::float(cx, value)?))),
    }
}

/// The truth of an argument such as `blocking`.
pub(super) fn flag(cx: &mut Cx<'_>, value: Option<Value>, default: bool) -> Result<bool, Raise> {
    match value {
        None => Ok(default),
        Some(value) => crate::vm::lib::entry::truth(cx, value),
    }
}

/// An int argument with a default.
pub(super) fn number(cx: &mut Cx<'_>, value: Option<Value>, default: i64) -> Result<i64, Raise> {
    value.map_or(Ok(default), |value| arguments::int(cx, value))
}

/// Answers with a call of a helper of `threading.py`.
pub(super) fn helper(cx: &mut Cx<'_>, name: &str, args: &[Value]) -> NativeResult {
    match cx.vm.python_helper(cx.program, "threading", name) {
        Some(function) => Ok(Answer::Call { function, args: args.into() }),
        None => Err(Raise::Unmodelled(format!("{name} without threading").into())),
    }
}

impl Vm {
    /// A function of a library module written in Python, once its body has run.
    fn python_helper(&self, program: &Program, module: &str, name: &str) -> Option<Value> {
        let name = program.symbols.get(name)?;
        let mut modules = program.modules.iter().filter(|known| program.name(known.name) == module);
        let global =
            modules.find_map(|module| module.globals.clone().find(|n| program.globals[*n as usize].name == name))?;
        self.globals.get(global as usize).copied().filter(|value| !matches!(value, Value::Null))
    }
}
