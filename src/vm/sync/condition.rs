//! Conditions.

use super::primitive::{helper, make, number, patience, simple};
use crate::vm::lib::arguments::bind;
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Registry};
use crate::vm::object::{Obj, PrimitiveKind};
use crate::vm::op::{Op, PrimitiveSpec};
use crate::vm::types;
use crate::vm::value::Value;

pub(super) fn register(registry: &mut Registry) {
    registry.constructor(types::CONDITION, Pure, condition);
    registry.method(types::CONDITION, "wait", Pure, wait);
    registry.method(types::CONDITION, "wait_for", Pure, wait_for);
    registry.method(types::CONDITION, "notify", Pure, notify);
    for name in ["notify_all", "notifyAll"] {
        registry.method(types::CONDITION, name, Pure, |cx, args| {
            simple(cx, args, |condition| Op::Notify { condition, count: None })
        });
    }
}

/// `Condition(lock=None)`
fn condition(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "Condition", &["lock"], 0)?;
    let given = bound[0].filter(|lock| !matches!(lock, Value::None));
    let lock = match given {
        Some(Value::Ref(at)) => at,
        Some(_) => return Err(cx.type_error("a lock is expected")),
        None => make(cx, PrimitiveKind::RLock, PrimitiveSpec::RLock, Value::Null, 0),
    };
    let id = match cx.vm.heap.get(lock) {
        Obj::Primitive(primitive) if matches!(primitive.kind, PrimitiveKind::Lock | PrimitiveKind::RLock) => {
            primitive.id
        }
        _ => return Err(cx.type_error("a lock is expected")),
    };
    let spec = PrimitiveSpec::Condition { lock: id };
    let condition = make(cx, PrimitiveKind::Condition, spec, Value::Ref(lock), 0);
    if given.is_none() {
        cx.vm.name_own_lock(cx.program, lock, condition);
    }
    Ok(Answer::Value(Value::Ref(condition)))
}

fn wait(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "wait", &["timeout"], 0)?;
    let patience = patience(cx, bound[0])?;
    simple(cx, args, |condition| Op::Wait { condition, patience })
}

fn wait_for(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "wait_for", &["predicate", "timeout"], 1)?;
    let given = [args.get(0), bound[0], bound[1]].map(|value| value.unwrap_or(Value::None));
    helper(cx, "_wait_for", &given)
}

fn notify(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "notify", &["n"], 0)?;
    let count = u32::try_from(number(cx, bound[0], 1)?).unwrap_or(0);
    simple(cx, args, |condition| Op::Notify { condition, count: Some(count) })
}
