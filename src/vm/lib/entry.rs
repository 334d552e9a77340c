//! What the interpreter asks of the library. User classes are dealt with before these are called: the values here are
//! built-in ones, or instances that define nothing for the operation.
//!
//! A function that does not know what to do with its operands answers `Value::NotImplemented` where that is said, and
//! the interpreter raises the `TypeError`.

use crate::lang::Program;
use crate::lang::{BinaryOp, CompareOp};
use crate::vm::native::{Cx, Raise, Registry};
use crate::vm::object::Obj;
use crate::vm::{Ref, Value, Vm, types};
use std::sync::Arc;

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Negative,
    Positive,
    Invert,
}

/// Puts everything of the library into the tables.
pub fn register(_registry: &mut Registry) {}

/// `left op right`; `NotImplemented` when the types do not go together.
pub fn binary(cx: &mut Cx<'_>, op: BinaryOp, left: Value, right: Value) -> Result<Value, Raise> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        let result = match op {
            BinaryOp::Add => left.checked_add(right),
            BinaryOp::Subtract => left.checked_sub(right),
            BinaryOp::Multiply => left.checked_mul(right),
            _ => return Ok(Value::NotImplemented),
        };
        return result
            .map(Value::Int)
            .ok_or_else(|| cx.raise(types::OVERFLOW_ERROR, "integers have 64 bits here, and the result needs more"));
    }
    Ok(Value::NotImplemented)
}

/// `left op= right`, where it changes `left` in place (lists, sets, dicts, deques); `NotImplemented` to go on with
/// [`binary`].
pub fn inplace(_cx: &mut Cx<'_>, _op: BinaryOp, _left: Value, _right: Value) -> Result<Value, Raise> {
    Ok(Value::NotImplemented)
}

/// `-a`, `+a`, `~a`; `NotImplemented` when the type has none.
pub fn unary(_cx: &mut Cx<'_>, op: UnaryOp, operand: Value) -> Result<Value, Raise> {
    Ok(match (op, operand) {
        (UnaryOp::Positive, Value::Int(n)) => Value::Int(n),
        (UnaryOp::Invert, Value::Int(n)) => Value::Int(!n),
        (UnaryOp::Negative, Value::Float(x)) => Value::Float(-x),
        _ => Value::NotImplemented,
    })
}

/// `left op right`; `NotImplemented` when the types do not go together (never for `==` and `!=` of the same type).
pub fn compare(cx: &mut Cx<'_>, op: CompareOp, left: Value, right: Value) -> Result<Value, Raise> {
    let (Value::Int(a), Value::Int(b)) = (left, right) else {
        let same = equal(cx, left, right)?;
        return Ok(match op {
            CompareOp::Equal => Value::Bool(same),
            CompareOp::NotEqual => Value::Bool(!same),
            _ => Value::NotImplemented,
        });
    };
    Ok(Value::Bool(match op {
        CompareOp::Less => a < b,
        CompareOp::LessEqual => a <= b,
        CompareOp::Equal => a == b,
        CompareOp::NotEqual => a != b,
        CompareOp::Greater => a > b,
        CompareOp::GreaterEqual => a >= b,
    }))
}

/// `left == right` as containers compare their items: identity first, then `__eq__`.
pub fn equal(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<bool, Raise> {
    if let (Some(left), Some(right)) = (cx.vm.heap.str(left), cx.vm.heap.str(right)) {
        return Ok(left == right);
    }
    Ok(left == right)
}

/// The truth of a built-in value.
pub fn truth(cx: &mut Cx<'_>, value: Value) -> Result<bool, Raise> {
    Ok(match value {
        Value::None | Value::Bool(false) | Value::Int(0) => false,
        Value::Float(x) => x != 0.0,
        Value::Ref(at) => match cx.vm.heap.get(at) {
            Obj::Str(text) => !text.is_empty(),
            Obj::Tuple(items) => !items.is_empty(),
            Obj::List(items) => !items.is_empty(),
            Obj::Dict(dict) => !dict.is_empty(),
            Obj::Set(set) | Obj::FrozenSet(set) => !set.is_empty(),
            _ => true,
        },
        _ => true,
    })
}

/// `item in container`, for built-in containers and iterators.
pub fn contains(cx: &mut Cx<'_>, item: Value, container: Value) -> Result<bool, Raise> {
    let items = collect(cx, container)?;
    for candidate in items {
        if equal(cx, candidate, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `container[index]`.
pub fn get_item(cx: &mut Cx<'_>, container: Value, index: Value) -> Result<Value, Raise> {
    if let (Value::Ref(at), Value::Int(index)) = (container, index)
        && let Some(items) = cx.vm.heap.list(at)
        && let Some(item) = usize::try_from(index).ok().and_then(|index| items.get(index))
    {
        return Ok(*item);
    }
    Err(cx.type_error("this value cannot be indexed"))
}

/// `container[index] = value`.
pub fn set_item(cx: &mut Cx<'_>, container: Value, index: Value, value: Value) -> Result<(), Raise> {
    if let (Value::Ref(at), Value::Int(index)) = (container, index)
        && let Some(items) = cx.vm.heap.list_mut(at)
        && let Some(item) = usize::try_from(index).ok().and_then(|index| items.get_mut(index))
    {
        *item = value;
        cx.stored(at, value);
        return Ok(());
    }
    Err(cx.type_error("this value does not support item assignment"))
}

/// `del container[index]`.
pub fn delete_item(cx: &mut Cx<'_>, _container: Value, _index: Value) -> Result<(), Raise> {
    Err(cx.type_error("this value does not support item deletion"))
}

/// `iter(value)` of a built-in iterable; a `TypeError` for the rest.
pub fn iterate(cx: &mut Cx<'_>, value: Value) -> Result<Value, Raise> {
    if let Value::Ref(at) = value
        && matches!(cx.vm.heap.get(at), Obj::List(_))
    {
        return Ok(cx.alloc(Obj::ListIter { list: at, index: 0 }));
    }
    let text = format!("'{}' object is not iterable", cx.type_name(value));
    Err(cx.type_error(text))
}

/// The next item of a built-in iterator; `None` at its end. Never called with a generator.
pub fn next(cx: &mut Cx<'_>, iterator: Ref) -> Result<Option<Value>, Raise> {
    let Obj::ListIter { list, index } = *cx.vm.heap.get(iterator) else {
        let text = format!("'{}' object is not an iterator", cx.type_name(Value::Ref(iterator)));
        return Err(cx.type_error(text));
    };
    let item = cx.vm.heap.list(list).and_then(|items| items.get(index as usize)).copied();
    if item.is_some() {
        *cx.vm.heap.get_mut(iterator) = Obj::ListIter { list, index: index + 1 };
    }
    Ok(item)
}

/// All items of a built-in iterable or iterator.
pub fn collect(cx: &mut Cx<'_>, value: Value) -> Result<Vec<Value>, Raise> {
    if let Some(items) = cx.vm.heap.tuple(value) {
        return Ok(items.to_vec());
    }
    let Value::Ref(iterator) = iterate(cx, value)? else { return Ok(vec![]) };
    let mut items = Vec::new();
    while let Some(item) = next(cx, iterator)? {
        items.push(item);
    }
    Ok(items)
}

/// True when collecting this value runs Python code: an instance with `__iter__` or `__getitem__`, a generator, or a
/// built-in iterator over one. Natives answer [`crate::vm::native::Answer::Materialise`] for it.
#[must_use]
pub fn iterates_in_python(cx: &Cx<'_>, value: Value) -> bool {
    matches!(value, Value::Ref(at) if matches!(cx.vm.heap.get(at), Obj::Instance(_) | Obj::Generator(_)))
}

/// `str(value)`.
pub fn str(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    match cx.text(value) {
        Some(text) => Ok(text),
        None => repr(cx, value),
    }
}

/// `repr(value)`.
pub fn repr(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    Ok(peek(cx.vm, cx.program, value, usize::MAX).into())
}

/// `format(value, spec)`.
pub fn format(cx: &mut Cx<'_>, value: Value, _spec: &str) -> Result<Arc<str>, Raise> {
    str(cx, value)
}

/// A readable `repr` that never runs Python code and is cut off with `…` at about `limit` characters: for the screen.
#[must_use]
pub fn peek(vm: &Vm, program: &Program, value: Value, limit: usize) -> String {
    let text = match value {
        Value::Int(n) => n.to_string(),
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Ref(at) => match vm.heap.get(at) {
            Obj::Str(text) => format!("'{text}'"),
            _ => format!("<{} object>", vm.type_name(program, value)),
        },
        _ => format!("<{}>", vm.type_name(program, value)),
    };
    if text.chars().count() > limit { text.chars().take(limit).chain(['…']).collect() } else { text }
}

/// The hash of a string, as [`hash`] gives it.
#[must_use]
pub fn hash_str(text: &str) -> i64 {
    super::siphash::text(text)
}

/// `hash(value)`, for dict keys; a `TypeError` for the unhashable.
pub fn hash(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    if let Some(text) = cx.vm.heap.str(value) {
        return Ok(hash_str(text));
    }
    match value {
        Value::Int(n) => Ok(n),
        Value::Bool(b) => Ok(i64::from(b)),
        Value::Ref(at) => Ok(i64::from(at.0)),
        _ => Ok(0),
    }
}

/// Sets `dict[key] = value`.
pub fn dict_set(cx: &mut Cx<'_>, dict: Ref, key: Value, value: Value) -> Result<(), Raise> {
    let hash = hash(cx, key)?;
    let text = cx.text(key);
    let heap = &cx.vm.heap;
    let Obj::Dict(table) = heap.get(dict) else { return Ok(()) };
    let found = table.find(hash, |other| other == key || (text.is_some() && heap.str(other) == text.as_ref()));
    if let Obj::Dict(table) = cx.vm.heap.get_mut(dict) {
        let table = Arc::make_mut(table);
        match found {
            Some(place) => table.set_value(place, value),
            None => table.insert_new(hash, key, value),
        }
    }
    cx.stored(dict, value);
    Ok(())
}

/// A data attribute of a built-in value (`e.args`, `d.maxlen`, `n.real`, `f.__name__` is the machine's own); `None`
/// when it has none of that name.
pub fn attribute(_cx: &mut Cx<'_>, _value: Value, _name: &str) -> Result<Option<Value>, Raise> {
    Ok(None)
}
