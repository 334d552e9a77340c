//! Locks, reentrant locks, semaphores.

use super::primitive::{flag, id, make, number, patience, simple};
use crate::ids::Nanos;
use crate::vm::lib::arguments::{self, bind};
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Raise, Registry};
use crate::vm::object::PrimitiveKind;
use crate::vm::op::{Op, Patience, PrimitiveSpec, Question};
use crate::vm::types;
use crate::vm::value::{TypeId, Value};

pub(super) fn register(registry: &mut Registry) {
    registry.constructor(types::LOCK, Pure, |cx, _| made(cx, PrimitiveKind::Lock, PrimitiveSpec::Lock));
    registry.constructor(types::RLOCK, Pure, |cx, _| made(cx, PrimitiveKind::RLock, PrimitiveSpec::RLock));
    registry.constructor(types::SEMAPHORE, Pure, |cx, args| semaphore(cx, args, false));
    registry.constructor(types::BOUNDED_SEMAPHORE, Pure, |cx, args| semaphore(cx, args, true));
    for owner in [types::LOCK, types::RLOCK, types::CONDITION] {
        registry.method(owner, "acquire", Pure, acquire);
        registry.method(owner, "release", Pure, release);
        context_manager(registry, owner);
    }
    for owner in [types::LOCK, types::RLOCK] {
        registry.method(owner, "locked", Pure, |cx, args| {
            simple(cx, args, |object| Op::Query { object, question: Question::Locked })
        });
    }
    registry.method(types::SEMAPHORE, "acquire", Pure, semaphore_acquire);
    registry.method(types::SEMAPHORE, "release", Pure, semaphore_release);
    registry.getter(types::SEMAPHORE, "_value", |cx, args| {
        simple(cx, args, |object| Op::Query { object, question: Question::SemaphoreValue })
    });
    context_manager(registry, types::SEMAPHORE);
}

fn context_manager(registry: &mut Registry, owner: TypeId) {
    registry.method(owner, "__enter__", Pure, |cx, args| {
        simple(cx, args, |lock| Op::Acquire { lock, patience: Patience::Forever })
    });
    registry.method(owner, "__exit__", Pure, |cx, args| simple(cx, args, |lock| Op::Release { lock, count: 1 }));
}

fn made(cx: &mut Cx<'_>, kind: PrimitiveKind, spec: PrimitiveSpec) -> NativeResult {
    Ok(Answer::Value(Value::Ref(make(cx, kind, spec, Value::Null, 0))))
}

fn semaphore(cx: &mut Cx<'_>, args: Args<'_>, bounded: bool) -> NativeResult {
    let bound = bind(cx, args, 0, "Semaphore", &["value"], 0)?;
    let value = number(cx, bound[0], 1)?;
    if value < 0 {
        return Err(cx.value_error("semaphore initial value must be >= 0"));
    }
    let kind = if bounded { PrimitiveKind::BoundedSemaphore } else { PrimitiveKind::Semaphore };
    made(cx, kind, PrimitiveSpec::Semaphore { value, bounded })
}

/// `acquire(blocking=True, timeout=-1)`
fn acquire(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "acquire", &["blocking", "timeout"], 0)?;
    let blocking = flag(cx, bound[0], true)?;
    let timeout = match bound[1] {
        None => -1.0,
        Some(value) => arguments::float(cx, value)?,
    };
    let patience = lock_patience(cx, blocking, timeout)?;
    simple(cx, args, |lock| Op::Acquire { lock, patience })
}

fn lock_patience(cx: &mut Cx<'_>, blocking: bool, timeout: f64) -> Result<Patience, Raise> {
    let forever = timeout.total_cmp(&-1.0).is_eq();
    if !blocking {
        return if forever {
            Ok(Patience::None)
        } else {
            Err(cx.value_error("can't specify a timeout for a non-blocking call"))
        };
    }
    if forever {
        return Ok(Patience::Forever);
    }
    if timeout < 0.0 {
        return Err(cx.value_error("timeout value must be positive"));
    }
    Ok(Patience::For(Nanos::from_secs_f64(timeout)))
}

fn release(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    simple(cx, args, |lock| Op::Release { lock, count: 1 })
}

/// `acquire(blocking=True, timeout=None)`
fn semaphore_acquire(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "acquire", &["blocking", "timeout"], 0)?;
    let blocking = flag(cx, bound[0], true)?;
    let timeout = bound[1].filter(|timeout| !matches!(timeout, Value::None));
    if !blocking && timeout.is_some() {
        return Err(cx.value_error("can't specify timeout for non-blocking acquire"));
    }
    let patience = if blocking { patience(cx, timeout)? } else { Patience::None };
    simple(cx, args, |lock| Op::Acquire { lock, patience })
}

fn semaphore_release(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "release", &["n"], 0)?;
    let count = number(cx, bound[0], 1)?;
    let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) else {
        return Err(cx.value_error("n must be one or more"));
    };
    let lock = id(cx, args)?;
    Ok(Answer::Op(Op::Release { lock, count }))
}
