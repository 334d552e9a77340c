//! Truth and length.

use super::number::Number;
use super::view::{View, view};
use crate::vm::native::{Cx, Raise};
use crate::vm::{Value, Vm, types};

/// `bool(value)`, the user's `__bool__` and `__len__` included.
pub fn of(cx: &mut Cx<'_>, value: Value) -> Result<bool, Raise> {
    if let Value::Bool(b) = value {
        return Ok(b);
    }
    if let Some(method) = cx.special(value, "__bool__") {
        return match cx.call(method, &[value])? {
            Value::Bool(b) => Ok(b),
            other => {
                let text = format!("__bool__ should return bool, returned {}", cx.type_name(other));
                Err(cx.type_error(text))
            }
        };
    }
    if let Some(method) = cx.special(value, "__len__") {
        let length = cx.call(method, &[value])?;
        return Ok(length != Value::Int(0));
    }
    Ok(plain(cx.vm, value))
}

/// The truth of a built-in value.
#[must_use]
pub fn plain(vm: &Vm, value: Value) -> bool {
    match view(&vm.heap, value) {
        View::None => false,
        View::Number(Number::Int(n)) => n != 0,
        View::Number(Number::Float(x)) => x != 0.0,
        View::Slice(_) | View::Other => true,
        sized => length_of(vm, &sized) != Some(0),
    }
}

fn length_of(vm: &Vm, view: &View) -> Option<u64> {
    let count = match view {
        View::Str(text) => text.chars().count(),
        View::Bytes(bytes) => bytes.len(),
        View::Tuple(items) => items.len(),
        View::List(at) => vm.heap.list(*at)?.len(),
        View::Dict(at) | View::DictView(at, _) => vm.heap.dict(*at)?.len(),
        View::Set(at) => vm.heap.set(*at)?.len(),
        View::Deque(at) => vm.heap.deque(*at)?.items.len(),
        View::Range(range) => return Some(range.len()),
        View::None | View::Number(_) | View::Slice(_) | View::Other => return None,
    };
    Some(count as u64)
}

/// `len(value)` of a built-in value.
pub fn length(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    let view = view(&cx.vm.heap, value);
    if let View::Str(text) = &view {
        cx.work(text.len() as u64 / 32)?;
    }
    let Some(length) = length_of(cx.vm, &view) else {
        let text = format!("object of type '{}' has no len()", cx.type_name(value));
        return Err(cx.type_error(text));
    };
    i64::try_from(length).map_err(|_| cx.raise(types::OVERFLOW_ERROR, "Python int too large to convert to C ssize_t"))
}
