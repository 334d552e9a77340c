//! Data attributes of built-in values. Methods are in the tables.

use super::number::Number;
use super::view::{View, view};
use crate::vm::native::Cx;
use crate::vm::object::Obj;
use crate::vm::{Value, types};

/// The attribute, if the value has one of this name.
pub fn of(cx: &mut Cx<'_>, value: Value, name: &str) -> Option<Value> {
    match view(&cx.vm.heap, value) {
        View::Number(number) => of_number(number, name),
        View::Range(range) => match name {
            "start" => Some(Value::Int(range.start)),
            "stop" => Some(Value::Int(range.stop)),
            "step" => Some(Value::Int(range.step)),
            _ => None,
        },
        View::Slice(parts) => match name {
            "start" => Some(parts[0]),
            "stop" => Some(parts[1]),
            "step" => Some(parts[2]),
            _ => None,
        },
        View::Deque(at) if name == "maxlen" => {
            let maxlen = cx.vm.heap.deque(at)?.maxlen;
            Some(maxlen.and_then(|maxlen| i64::try_from(maxlen).ok()).map_or(Value::None, Value::Int))
        }
        _ => of_exception(cx, value, name),
    }
}

fn of_number(number: Number, name: &str) -> Option<Value> {
    let zero = match number {
        Number::Int(_) => Value::Int(0),
        Number::Float(_) => Value::Float(0.0),
    };
    match (name, number) {
        ("real", number) => Some(super::operator::number_value(number)),
        ("imag", _) => Some(zero),
        ("numerator", Number::Int(n)) => Some(Value::Int(n)),
        ("denominator", Number::Int(_)) => Some(Value::Int(1)),
        _ => None,
    }
}

fn of_exception(cx: &mut Cx<'_>, value: Value, name: &str) -> Option<Value> {
    let Value::Ref(at) = value else { return None };
    let Obj::Exception(exception) = cx.vm.heap.get(at) else { return None };
    let is = |base| types::is_subtype(cx.vm.type_id(value), base);
    let present = |value: Value| if value == Value::Null { Value::None } else { value };
    let first = exception.args.first().copied();
    match name {
        "args" => {
            let args = exception.args.clone();
            Some(cx.tuple(args))
        }
        "__cause__" => Some(present(exception.cause)),
        "__context__" => Some(present(exception.context)),
        "__suppress_context__" => Some(Value::Bool(exception.suppress_context)),
        "__traceback__" => Some(Value::None),
        "value" if is(types::STOP_ITERATION) => Some(first.unwrap_or(Value::None)),
        "code" if is(types::SYSTEM_EXIT) => Some(first.unwrap_or(Value::None)),
        "errno" if is(types::OS_ERROR) => Some(if exception.args.len() > 1 { first? } else { Value::None }),
        "strerror" if is(types::OS_ERROR) => Some(exception.args.get(1).copied().unwrap_or(Value::None)),
        _ => None,
    }
}
