//! Barriers. One with an action is waited for by `_barrier_wait` of `threading.py`: the last party to arrive runs the
//! action, then lets the others go.

use super::primitive::{flag, helper, id, make, number, patience, receiver, simple};
use crate::vm::lib::arguments::bind;
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Registry};
use crate::vm::object::{Obj, PrimitiveKind};
use crate::vm::op::{Op, PrimitiveSpec, Question};
use crate::vm::types;
use crate::vm::value::Value;
use std::sync::Arc;

pub(super) fn register(registry: &mut Registry) {
    registry.constructor(types::BARRIER, Pure, barrier);
    registry.method(types::BARRIER, "wait", Pure, wait);
    registry.method(types::BARRIER, "_arrive", Pure, arrive);
    registry.method(types::BARRIER, "_let_go", Pure, let_go);
    registry.method(types::BARRIER, "abort", Pure, |cx, args| simple(cx, args, Op::BarrierAbort));
    registry.method(types::BARRIER, "reset", Pure, |cx, args| simple(cx, args, Op::BarrierReset));
    registry.getter(types::BARRIER, "parties", |cx, args| {
        let parties = receiver(cx, args).map_or(0, |(_, barrier)| barrier.size);
        Ok(Answer::Value(Value::Int(parties)))
    });
    registry.getter(types::BARRIER, "_action", |cx, args| {
        let action = receiver(cx, args).map_or(Value::None, |(_, barrier)| barrier.extra);
        Ok(Answer::Value(action))
    });
    registry.getter(types::BARRIER, "n_waiting", |cx, args| {
        simple(cx, args, |object| Op::Query { object, question: Question::Waiting })
    });
    registry.getter(types::BARRIER, "broken", |cx, args| {
        simple(cx, args, |object| Op::Query { object, question: Question::Broken })
    });
}

/// `Barrier(parties, action=None, timeout=None)`
fn barrier(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "Barrier", &["parties", "action", "timeout"], 1)?;
    let size = number(cx, bound[0], 0)?;
    let Some(parties) = u32::try_from(size).ok().filter(|parties| *parties > 0) else {
        return Err(cx.value_error("parties must be > 0"));
    };
    let action = bound[1].filter(|action| !matches!(action, Value::None));
    let spec = PrimitiveSpec::Barrier { parties, action: action.is_some() };
    let at = make(cx, PrimitiveKind::Barrier, spec, action.unwrap_or(Value::None), size);
    if let (Some(timeout), Obj::Primitive(primitive)) = (bound[2], cx.vm.heap.get_mut(at)) {
        // The default time-out is kept where a queue has its items.
        Arc::make_mut(primitive).items.push_back(timeout);
    }
    Ok(Answer::Value(Value::Ref(at)))
}

fn wait(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "wait", &["timeout"], 0)?;
    let acts = receiver(cx, args).is_some_and(|(_, barrier)| !matches!(barrier.extra, Value::None));
    if acts {
        let timeout = bound[0].unwrap_or(Value::None);
        return helper(cx, "_barrier_wait", &[args.positional[0], timeout]);
    }
    arrive(cx, args)
}

fn arrive(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "wait", &["timeout"], 0)?;
    let default = receiver(cx, args).and_then(|(_, barrier)| barrier.items.front().copied());
    let given = bound[0].filter(|timeout| !matches!(timeout, Value::None));
    let patience = patience(cx, given.or(default))?;
    simple(cx, args, |barrier| Op::BarrierWait { barrier, patience })
}

fn let_go(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let failed = flag(cx, args.get(1), false)?;
    let barrier = id(cx, args)?;
    Ok(Answer::Op(Op::BarrierRelease { barrier, failed }))
}
