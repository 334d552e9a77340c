//! Operators of all built-in kinds.

use super::container::{Dict, Set};
use super::fault::{Fault, FaultKind};
use super::number::{self, Number};
use super::view::{View, int, number, view};
use super::{format, iterate, keys, sets};
use crate::lang::BinaryOp;
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{Deque, DictPart, Obj};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

/// Turns what a pure function found into what the program sees.
pub fn raise(cx: &mut Cx<'_>, fault: &Fault) -> Raise {
    let class = match fault.kind {
        FaultKind::Type => types::TYPE_ERROR,
        FaultKind::Value => types::VALUE_ERROR,
        FaultKind::Overflow => types::OVERFLOW_ERROR,
        FaultKind::ZeroDivision => types::ZERO_DIVISION_ERROR,
        FaultKind::Memory => types::MEMORY_ERROR,
        FaultKind::Unmodelled => return Raise::Unmodelled(fault.text.as_str().into()),
    };
    cx.raise(class, &fault.text)
}

/// A number as a value.
#[must_use]
pub const fn number_value(number: Number) -> Value {
    match number {
        Number::Int(n) => Value::Int(n),
        Number::Float(x) => Value::Float(x),
    }
}

/// `left op right`; `NotImplemented` when the types do not go together.
pub fn binary(cx: &mut Cx<'_>, op: BinaryOp, left: Value, right: Value) -> Result<Value, Raise> {
    if let (Some(a), Some(b)) = (number(left), number(right)) {
        return numbers(cx, op, (left, a), (right, b));
    }
    let (a, b) = (view(&cx.vm.heap, left), view(&cx.vm.heap, right));
    match op {
        BinaryOp::Add => add(cx, &a, &b, right),
        BinaryOp::Multiply => multiply(cx, (left, &a), (right, &b)),
        BinaryOp::Remainder => match a {
            View::Str(format) => {
                let text = format::percent(cx, &format, right)?;
                Ok(cx.str(text))
            }
            _ => Ok(Value::NotImplemented),
        },
        BinaryOp::Or | BinaryOp::And | BinaryOp::Xor | BinaryOp::Subtract => algebra(cx, op, (left, &a), &b),
        _ => Ok(Value::NotImplemented),
    }
}

fn numbers(cx: &mut Cx<'_>, op: BinaryOp, left: (Value, Number), right: (Value, Number)) -> Result<Value, Raise> {
    if let (Value::Bool(a), Value::Bool(b)) = (left.0, right.0) {
        match op {
            BinaryOp::And => return Ok(Value::Bool(a & b)),
            BinaryOp::Or => return Ok(Value::Bool(a | b)),
            BinaryOp::Xor => return Ok(Value::Bool(a ^ b)),
            _ => {}
        }
    }
    match number::binary(op, left.1, right.1) {
        Some(Ok(result)) => Ok(number_value(result)),
        Some(Err(fault)) => Err(raise(cx, &fault)),
        None => Ok(Value::NotImplemented),
    }
}

fn add(cx: &mut Cx<'_>, a: &View, b: &View, right: Value) -> Result<Value, Raise> {
    match (a, b) {
        (View::Str(a), View::Str(b)) => {
            cx.reserve((a.len() + b.len()) as u64)?;
            let mut text = String::with_capacity(a.len() + b.len());
            text.push_str(a);
            text.push_str(b);
            Ok(cx.str(text))
        }
        (View::List(a), View::List(b)) => {
            let length = |at| cx.vm.heap.list(at).map_or(0, Vec::len);
            cx.reserve_items(length(*a) + length(*b))?;
            let mut items = cx.vm.heap.list(*a).cloned().unwrap_or_default();
            items.extend_from_slice(cx.vm.heap.list(*b).map_or(&[][..], Vec::as_slice));
            Ok(cx.list(items))
        }
        (View::Tuple(a), View::Tuple(b)) => {
            cx.reserve_items(a.len() + b.len())?;
            Ok(cx.tuple([&a[..], &b[..]].concat()))
        }
        (View::Bytes(a), View::Bytes(b)) => {
            cx.reserve((a.len() + b.len()) as u64)?;
            Ok(cx.alloc(Obj::Bytes([&a[..], &b[..]].concat().into())))
        }
        (View::Deque(a), View::Deque(b)) => {
            let length = |at| cx.vm.heap.deque(at).map_or(0, |deque| deque.items.len());
            cx.reserve_items(length(*a) + length(*b))?;
            let mut sum = cx.vm.heap.deque(*a).cloned().unwrap_or_default();
            sum.items.extend(cx.vm.heap.deque(*b).cloned().unwrap_or_default().items);
            cut(&mut sum);
            Ok(cx.alloc(Obj::Deque(Arc::new(sum))))
        }
        (View::Str(_), _) => Err(cannot_concatenate(cx, "str", right)),
        (View::List(_), _) => Err(cannot_concatenate(cx, "list", right)),
        (View::Tuple(_), _) => Err(cannot_concatenate(cx, "tuple", right)),
        (View::Deque(_), _) => Err(cannot_concatenate(cx, "deque", right)),
        (View::Bytes(_), _) => {
            let text = format!("can't concat {} to bytes", cx.type_name(right));
            Err(cx.type_error(text))
        }
        _ => Ok(Value::NotImplemented),
    }
}

/// Drops from the left what is more than `maxlen`.
fn cut(deque: &mut Deque) {
    if let Some(maxlen) = deque.maxlen {
        while deque.items.len() > maxlen {
            deque.items.pop_front();
        }
    }
}

fn cannot_concatenate(cx: &mut Cx<'_>, kind: &str, right: Value) -> Raise {
    let text = format!("can only concatenate {kind} (not \"{}\") to {kind}", cx.type_name(right));
    cx.type_error(text)
}

fn multiply(cx: &mut Cx<'_>, left: (Value, &View), right: (Value, &View)) -> Result<Value, Raise> {
    if is_sequence(left.1) {
        return repeat(cx, left.1, right.0);
    }
    if is_sequence(right.1) {
        return repeat(cx, right.1, left.0);
    }
    Ok(Value::NotImplemented)
}

const fn is_sequence(view: &View) -> bool {
    matches!(view, View::Str(_) | View::List(_) | View::Tuple(_) | View::Bytes(_) | View::Deque(_))
}

fn count(cx: &mut Cx<'_>, times: Value) -> Result<usize, Raise> {
    match int(times) {
        Some(n) => Ok(usize::try_from(n).unwrap_or(0)),
        None => {
            let text = format!("can't multiply sequence by non-int of type '{}'", cx.type_name(times));
            Err(cx.type_error(text))
        }
    }
}

fn repeat(cx: &mut Cx<'_>, sequence: &View, times: Value) -> Result<Value, Raise> {
    let times = count(cx, times)?;
    let bytes = |length: usize, each: u64| (length as u64).saturating_mul(times as u64).saturating_mul(each);
    match sequence {
        View::Str(text) => {
            cx.reserve(bytes(text.len(), 1))?;
            Ok(cx.str(text.repeat(times)))
        }
        View::Bytes(data) => {
            cx.reserve(bytes(data.len(), 1))?;
            Ok(cx.alloc(Obj::Bytes(data.repeat(times).into())))
        }
        View::Tuple(items) => {
            cx.reserve(bytes(items.len(), 16))?;
            Ok(cx.tuple(items.repeat(times)))
        }
        View::List(at) => {
            cx.reserve(bytes(cx.vm.heap.list(*at).map_or(0, Vec::len), 16))?;
            let items = cx.vm.heap.list(*at).cloned().unwrap_or_default();
            Ok(cx.list(items.repeat(times)))
        }
        View::Deque(at) => {
            let mut deque = cx.vm.heap.deque(*at).cloned().unwrap_or_default();
            cx.reserve(bytes(deque.items.len(), 16))?;
            let items: Vec<Value> = deque.items.iter().copied().collect();
            deque.items = items.repeat(times).into();
            cut(&mut deque);
            Ok(cx.alloc(Obj::Deque(Arc::new(deque))))
        }
        _ => Ok(Value::NotImplemented),
    }
}

/// `|`, `&`, `^`, `-` of sets, views of dicts, and `|` of dicts.
fn algebra(cx: &mut Cx<'_>, op: BinaryOp, left: (Value, &View), b: &View) -> Result<Value, Raise> {
    if let (View::Dict(a), View::Dict(b)) = (left.1, b) {
        if op != BinaryOp::Or {
            return Ok(Value::NotImplemented);
        }
        let copy = cx.vm.heap.get(*a).clone();
        let result = cx.alloc(copy);
        if let Value::Ref(at) = result {
            update_from_dict(cx, at, *b)?;
        }
        return Ok(result);
    }
    let is_set = |view: &View| matches!(view, View::Set(_) | View::DictView(_, DictPart::Keys | DictPart::Items));
    if !is_set(left.1) || !is_set(b) {
        return Ok(Value::NotImplemented);
    }
    let (Some(a), Some(b)) = (keys::as_set(cx, left.1)?, keys::as_set(cx, b)?) else {
        return Ok(Value::NotImplemented);
    };
    let result = match op {
        BinaryOp::Or => sets::union(cx, &a, &b)?,
        BinaryOp::And => sets::intersection(cx, &a, &b)?,
        BinaryOp::Xor => sets::symmetric_difference(cx, &a, &b)?,
        _ => sets::difference(cx, &a, &b)?,
    };
    Ok(same_kind(cx, left.0, result))
}

/// A set of the kind of `like`.
pub fn same_kind(cx: &mut Cx<'_>, like: Value, set: Set) -> Value {
    let frozen = matches!(super::view::unwrap(&cx.vm.heap, like), Value::Ref(at) if matches!(cx.vm.heap.get(at), Obj::FrozenSet(_)));
    let set = Arc::new(set);
    cx.alloc(if frozen { Obj::FrozenSet(set) } else { Obj::Set(set) })
}

/// Takes over all entries of another dict.
pub fn update_from_dict(cx: &mut Cx<'_>, dict: Ref, other: Ref) -> Result<(), Raise> {
    cx.reserve_items(6 * cx.vm.heap.dict(other).map_or(0, Dict::len))?;
    let entries: Vec<_> = cx.vm.heap.dict(other).map(|dict| dict.iter().copied().collect()).unwrap_or_default();
    for entry in entries {
        keys::store(cx, dict, entry.key, entry.value)?;
    }
    Ok(())
}

/// `left op= right`, where it changes `left` in place; `NotImplemented` to go on with [`binary`].
pub fn inplace(cx: &mut Cx<'_>, op: BinaryOp, left: Value, right: Value) -> Result<Value, Raise> {
    if number(left).is_some() {
        return Ok(Value::NotImplemented);
    }
    match (op, view(&cx.vm.heap, left)) {
        (BinaryOp::Add, View::List(at)) => {
            let items = gathered(cx, right)?;
            extend_list(cx, at, &items);
            Ok(left)
        }
        (BinaryOp::Add, View::Deque(at)) => {
            let items = gathered(cx, right)?;
            for item in items {
                push_back(cx, at, item);
            }
            Ok(left)
        }
        (BinaryOp::Multiply, View::List(at)) => {
            let times = count(cx, right)?;
            let length = cx.vm.heap.list(at).map_or(0, Vec::len);
            cx.reserve((length as u64).saturating_mul(times as u64).saturating_mul(16))?;
            if let Some(items) = cx.vm.heap.list_mut(at) {
                *items = items.repeat(times);
            }
            cx.vm.heap.charge((length * times * 16) as u64);
            Ok(left)
        }
        (BinaryOp::Or, View::Dict(at)) => match view(&cx.vm.heap, right) {
            View::Dict(other) => {
                update_from_dict(cx, at, other)?;
                Ok(left)
            }
            _ => Ok(Value::NotImplemented),
        },
        (BinaryOp::Or | BinaryOp::And | BinaryOp::Xor | BinaryOp::Subtract, View::Set(at))
            if matches!(cx.vm.heap.get(at), Obj::Set(_)) =>
        {
            inplace_set(cx, op, left, at, right)
        }
        _ => Ok(Value::NotImplemented),
    }
}

fn gathered(cx: &mut Cx<'_>, value: Value) -> Result<Vec<Value>, Raise> {
    match iterate::gather(cx, value)? {
        Some(items) => Ok(items),
        None => Err(Raise::Unmodelled("`+=` with an iterator of the program".into())),
    }
}

fn inplace_set(cx: &mut Cx<'_>, op: BinaryOp, left: Value, at: Ref, right: Value) -> Result<Value, Raise> {
    let view = view(&cx.vm.heap, right);
    let Some(other) = keys::as_set(cx, &view)? else { return Ok(Value::NotImplemented) };
    let current = keys::set_of(&cx.vm.heap, at);
    let mut set = Set::clone(&current);
    match op {
        BinaryOp::Or => keys::merge(cx, &mut set, &other)?,
        BinaryOp::And => set = sets::intersection(cx, &current, &other)?,
        BinaryOp::Xor => sets::toggle_all(cx, &mut set, &other)?,
        _ => sets::remove_all(cx, &mut set, &other)?,
    }
    replace_set(cx, at, set);
    Ok(left)
}

/// Gives a set in the heap other members.
pub fn replace_set(cx: &mut Cx<'_>, at: Ref, set: Set) {
    let members: Vec<Value> = set.iter().map(|member| member.key).collect();
    cx.vm.heap.charge(48 * members.len() as u64);
    if let Some(place) = cx.vm.heap.set_mut(at) {
        *place = set;
    }
    for member in members {
        cx.stored(at, member);
    }
}

/// Appends items to a list.
pub fn extend_list(cx: &mut Cx<'_>, at: Ref, items: &[Value]) {
    cx.vm.heap.charge(16 * items.len() as u64);
    if let Some(list) = cx.vm.heap.list_mut(at) {
        list.extend_from_slice(items);
    }
    for item in items {
        cx.stored(at, *item);
    }
}

/// Appends to a deque; a full one drops its first item.
pub fn push_back(cx: &mut Cx<'_>, at: Ref, item: Value) {
    push(cx, at, item, true);
}

/// Prepends to a deque; a full one drops its last item.
pub fn push_front(cx: &mut Cx<'_>, at: Ref, item: Value) {
    push(cx, at, item, false);
}

fn push(cx: &mut Cx<'_>, at: Ref, item: Value, back: bool) {
    let maxlen = cx.vm.heap.deque(at).and_then(|deque| deque.maxlen);
    if maxlen == Some(0) {
        return;
    }
    cx.vm.heap.charge(16);
    if let Some(items) = cx.vm.heap.deque_mut(at) {
        let full = maxlen.is_some_and(|maxlen| items.len() >= maxlen);
        if back {
            if full {
                items.pop_front();
            }
            items.push_back(item);
        } else {
            if full {
                items.pop_back();
            }
            items.push_front(item);
        }
    }
    cx.stored(at, item);
}
