//! Events.

use super::primitive::{make, patience, simple};
use crate::vm::lib::arguments::bind;
use crate::vm::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Registry};
use crate::vm::object::PrimitiveKind;
use crate::vm::op::{Op, PrimitiveSpec, Question};
use crate::vm::types;
use crate::vm::value::Value;

pub(super) fn register(registry: &mut Registry) {
    registry.constructor(types::EVENT, Pure, |cx, _| {
        Ok(Answer::Value(Value::Ref(make(cx, PrimitiveKind::Event, PrimitiveSpec::Event, Value::Null, 0))))
    });
    registry.method(types::EVENT, "wait", Pure, wait);
    registry.method(types::EVENT, "set", Pure, |cx, args| simple(cx, args, Op::EventSet));
    registry.method(types::EVENT, "clear", Pure, |cx, args| simple(cx, args, Op::EventClear));
    for name in ["is_set", "isSet"] {
        registry.method(types::EVENT, name, Pure, |cx, args| {
            simple(cx, args, |object| Op::Query { object, question: Question::IsSet })
        });
    }
}

fn wait(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "wait", &["timeout"], 0)?;
    let patience = patience(cx, bound[0])?;
    simple(cx, args, |event| Op::EventWait { event, patience })
}
