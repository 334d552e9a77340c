//! What the interpreter asks of the library. User classes are dealt with before these are called: the values here are
//! built-in ones, or instances that define nothing for the operation.
//!
//! A function that does not know what to do with its operands answers `Value::NotImplemented` where that is said, and
//! the interpreter raises the `TypeError`.

use super::fault::Fault;
use super::number::Number;
use super::text::quote;
use super::view::{View, int, number, view};
use super::{attribute, compare, format, iterate, keys, operator, repr, subscript, truth};
use crate::lang::Program;
use crate::lang::{BinaryOp, CompareOp};
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{DictPart, Range};
use crate::vm::{Ref, Value, Vm};
use std::sync::Arc;

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Negative,
    Positive,
    Invert,
}

/// `left op right`; `NotImplemented` when the types do not go together.
#[inline]
pub fn binary(cx: &mut Cx<'_>, op: BinaryOp, left: Value, right: Value) -> Result<Value, Raise> {
    operator::binary(cx, op, left, right)
}

/// `left op= right`, where it changes `left` in place (lists, sets, dicts, deques); `NotImplemented` to go on with
/// [`binary`].
pub fn inplace(cx: &mut Cx<'_>, op: BinaryOp, left: Value, right: Value) -> Result<Value, Raise> {
    operator::inplace(cx, op, left, right)
}

/// `-a`, `+a`, `~a`; `NotImplemented` when the type has none.
pub fn unary(cx: &mut Cx<'_>, op: UnaryOp, operand: Value) -> Result<Value, Raise> {
    match (op, number(operand)) {
        (UnaryOp::Negative, Some(Number::Int(n))) => match n.checked_neg() {
            Some(n) => Ok(Value::Int(n)),
            None => Err(operator::raise(cx, &Fault::too_large())),
        },
        (UnaryOp::Positive, Some(Number::Int(n))) => Ok(Value::Int(n)),
        (UnaryOp::Invert, Some(Number::Int(n))) => Ok(Value::Int(!n)),
        (UnaryOp::Negative, Some(Number::Float(x))) => Ok(Value::Float(-x)),
        (UnaryOp::Positive, Some(Number::Float(x))) => Ok(Value::Float(x)),
        _ => Ok(Value::NotImplemented),
    }
}

/// `left op right`; `NotImplemented` when the types do not go together (never for `==` and `!=`).
#[inline]
pub fn compare(cx: &mut Cx<'_>, op: CompareOp, left: Value, right: Value) -> Result<Value, Raise> {
    compare::compare(cx, op, left, right)
}

/// `left == right` as containers compare their items: identity first, then `__eq__`.
pub fn equal(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<bool, Raise> {
    compare::equal(cx, left, right)
}

/// The truth of a built-in value.
pub fn truth(cx: &mut Cx<'_>, value: Value) -> Result<bool, Raise> {
    Ok(truth::plain(cx.vm, value))
}

/// `len(value)` of a built-in value.
pub fn length(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    truth::length(cx, value)
}

/// `item in container`, for built-in containers and iterators.
pub fn contains(cx: &mut Cx<'_>, item: Value, container: Value) -> Result<bool, Raise> {
    match view(&cx.vm.heap, container) {
        View::Dict(dict) | View::DictView(dict, DictPart::Keys) => Ok(keys::look_up(cx, dict, item)?.is_some()),
        View::Set(set) => {
            let hash = match view(&cx.vm.heap, item) {
                // A set is looked for as if it were frozen.
                View::Set(at) => keys::hash_of_members(&cx.vm.heap, at),
                _ => keys::hash(cx, item)?,
            };
            Ok(keys::find_in_set(cx, set, hash, item)?.is_some())
        }
        View::Str(text) => match cx.text(item) {
            Some(part) => {
                cx.work(text.len() as u64 / 16)?;
                Ok(text.contains(&*part))
            }
            None => {
                let text = format!("'in <string>' requires string as left operand, not {}", cx.type_name(item));
                Err(cx.type_error(text))
            }
        },
        View::Range(range) if int(item).is_some() => Ok(int(item).is_some_and(|n| in_range(range, n))),
        View::Bytes(bytes) => match (view(&cx.vm.heap, item), int(item)) {
            (View::Bytes(part), _) => {
                cx.work(bytes.len() as u64 / 8 * (1 + part.len() as u64 / 64))?;
                Ok(part.is_empty() || bytes.windows(part.len()).any(|window| *window == *part))
            }
            (_, Some(n)) => match u8::try_from(n) {
                Ok(n) => Ok(bytes.contains(&n)),
                Err(_) => Err(cx.value_error("byte must be in range(0, 256)")),
            },
            _ => {
                let text = format!("a bytes-like object is required, not '{}'", cx.type_name(item));
                Err(cx.type_error(text))
            }
        },
        View::None | View::Number(_) | View::Other if !iterate::is_iterator(&cx.vm.heap, container) => {
            let text = format!("argument of type '{}' is not iterable", cx.type_name(container));
            Err(cx.type_error(text))
        }
        _ => {
            for candidate in iterate::collect(cx, container)? {
                if compare::equal(cx, candidate, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

fn in_range(range: Range, n: i64) -> bool {
    let inside = if range.step > 0 { range.start <= n && n < range.stop } else { range.stop < n && n <= range.start };
    inside && (i128::from(n) - i128::from(range.start)) % i128::from(range.step) == 0
}

/// `container[index]`.
pub fn get_item(cx: &mut Cx<'_>, container: Value, index: Value) -> Result<Value, Raise> {
    subscript::get(cx, container, index)
}

/// `container[index] = value`.
pub fn set_item(cx: &mut Cx<'_>, container: Value, index: Value, value: Value) -> Result<(), Raise> {
    subscript::set(cx, container, index, value)
}

/// `del container[index]`.
pub fn delete_item(cx: &mut Cx<'_>, container: Value, index: Value) -> Result<(), Raise> {
    subscript::delete(cx, container, index)
}

/// `iter(value)` of a built-in iterable; a `TypeError` for the rest.
pub fn iterate(cx: &mut Cx<'_>, value: Value) -> Result<Value, Raise> {
    iterate::iterate(cx, value)
}

/// The next item of a built-in iterator; `None` at its end. Never called with a generator.
#[inline]
pub fn next(cx: &mut Cx<'_>, iterator: Ref) -> Result<Option<Value>, Raise> {
    iterate::next(cx, iterator)
}

/// All items of a built-in iterable or iterator.
pub fn collect(cx: &mut Cx<'_>, value: Value) -> Result<Vec<Value>, Raise> {
    iterate::collect(cx, value)
}

/// True when collecting this value runs Python code: an instance with `__iter__` or `__getitem__`, a generator, or a
/// built-in iterator over one. Natives answer [`crate::vm::native::Answer::Materialise`] for it.
#[must_use]
pub fn iterates_in_python(cx: &Cx<'_>, value: Value) -> bool {
    iterate::runs_python(&cx.vm.heap, value)
}

/// `str(value)`.
pub fn str(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    repr::str(cx, value)
}

/// `repr(value)`.
pub fn repr(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    repr::repr(cx, value)
}

/// `ascii(value)`.
pub fn ascii(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    Ok(quote::escape_non_ascii(&repr::repr(cx, value)?).into())
}

/// `format(value, spec)`.
pub fn format(cx: &mut Cx<'_>, value: Value, spec: &str) -> Result<Arc<str>, Raise> {
    format::format(cx, value, spec)
}

/// A readable `repr` that never runs Python code and is cut off with `…` at about `limit` characters: for the screen.
#[must_use]
pub fn peek(vm: &Vm, program: &Program, value: Value, limit: usize) -> String {
    repr::peek(vm, program, value, limit)
}

/// The hash of a string, as [`hash`] gives it.
#[must_use]
pub fn hash_str(text: &str) -> i64 {
    super::siphash::text(text)
}

/// `hash(value)`, for dict keys; a `TypeError` for the unhashable.
pub fn hash(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    keys::hash(cx, value)
}

/// Sets `dict[key] = value`.
pub fn dict_set(cx: &mut Cx<'_>, dict: Ref, key: Value, value: Value) -> Result<(), Raise> {
    keys::store(cx, dict, key, value)
}

/// Adds to a set in the heap.
pub fn set_add(cx: &mut Cx<'_>, set: Ref, item: Value) -> Result<(), Raise> {
    let hash = keys::hash(cx, item)?;
    if keys::find_in_set(cx, set, hash, item)?.is_none() {
        cx.vm.heap.charge(48);
        if let Some(set) = cx.vm.heap.set_mut(set) {
            set.insert_new(hash, item);
        }
        cx.stored(set, item);
    }
    Ok(())
}

/// A data attribute of a built-in value (`e.args`, `d.maxlen`, `n.real`, `f.__name__` is the machine's own); `None`
/// when it has none of that name.
pub fn attribute(cx: &mut Cx<'_>, value: Value, name: &str) -> Result<Option<Value>, Raise> {
    Ok(attribute::of(cx, value, name))
}
