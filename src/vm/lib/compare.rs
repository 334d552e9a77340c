//! Comparison: `==` and `<` of all built-in kinds, nested, with the user's methods where items are instances.

use super::keys;
use super::number::{self, Number};
use super::view::{View, number, view};
use crate::lang::CompareOp;
use crate::vm::heap::Heap;
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{DictPart, Obj};
use crate::vm::{Ref, Value};
use std::cmp::Ordering;

/// `left == right` as containers compare their items: identity first, then `__eq__`.
pub fn equal(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<bool, Raise> {
    if let Some(same) = plain_equal(&cx.vm.heap, left, right) {
        return Ok(same);
    }
    cx.work(32)?;
    if let Some(answer) = by_method(cx, CompareOp::Equal, left, right)? {
        return super::truth::of(cx, answer);
    }
    let (a, b) = (view(&cx.vm.heap, left), view(&cx.vm.heap, right));
    Ok(cx.deeper(1, " in comparison", |cx| equal_views(cx, &a, &b))? || equal_bound(&cx.vm.heap, left, right))
}

/// The answer, where no code has to run and nothing is nested.
#[must_use]
pub fn plain_equal(heap: &Heap, left: Value, right: Value) -> Option<bool> {
    if let (Some(a), Some(b)) = (number(left), number(right)) {
        return Some(identical(left, right) || numbers_in_order(a, b) == Some(Ordering::Equal));
    }
    let (Value::Ref(a), Value::Ref(b)) = (left, right) else {
        let simple = |value| !matches!(value, Value::Ref(at) if has_class(heap, at));
        return (simple(left) && simple(right)).then_some(left == right);
    };
    if a == b {
        return Some(true);
    }
    match (heap.get(a), heap.get(b)) {
        (Obj::Str(a), Obj::Str(b)) => Some(a == b),
        (Obj::Bytes(a), Obj::Bytes(b)) => Some(a == b),
        (Obj::Str(_), _) => (!has_class(heap, b)).then_some(false),
        (_, Obj::Str(_)) => (!has_class(heap, a)).then_some(false),
        _ => None,
    }
}

fn has_class(heap: &Heap, at: Ref) -> bool {
    matches!(heap.get(at), Obj::Instance(_) | Obj::Exception(_))
}

/// `left is right`. Floats have no identity here; equal bits stand in for it, so that nan is in `[nan]`.
#[must_use]
pub fn identical(left: Value, right: Value) -> bool {
    match (left, right) {
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        _ => left == right,
    }
}

fn numbers_in_order(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(&b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
        (Number::Int(a), Number::Float(b)) => number::compare_int_float(a, b),
        (Number::Float(a), Number::Int(b)) => number::compare_int_float(b, a).map(Ordering::reverse),
    }
}

fn equal_views(cx: &mut Cx<'_>, a: &View, b: &View) -> Result<bool, Raise> {
    match (a, b) {
        (View::Number(a), View::Number(b)) => Ok(numbers_in_order(*a, *b) == Some(Ordering::Equal)),
        (View::Str(a), View::Str(b)) => Ok(a == b),
        (View::Bytes(a), View::Bytes(b)) => Ok(a == b),
        (View::Tuple(a), View::Tuple(b)) => equal_items(cx, a, b),
        (View::List(a), View::List(b)) => {
            let (a, b) = (list_items(&cx.vm.heap, *a), list_items(&cx.vm.heap, *b));
            equal_items(cx, &a, &b)
        }
        (View::Deque(a), View::Deque(b)) => {
            let (a, b) = (deque_items(&cx.vm.heap, *a), deque_items(&cx.vm.heap, *b));
            equal_items(cx, &a, &b)
        }
        (View::Dict(a), View::Dict(b)) => equal_dicts(cx, *a, *b),
        (View::Range(a), View::Range(b)) => {
            let alike = a.len() == b.len();
            Ok(alike && (a.is_empty() || a.start == b.start && (a.len() == 1 || a.step == b.step)))
        }
        (View::Slice(a), View::Slice(b)) => equal_items(cx, &a[..], &b[..]),
        _ => match (keys::as_set(cx, a)?, keys::as_set(cx, b)?) {
            (Some(a), Some(b)) => Ok(a.len() == b.len() && keys::is_subset(cx, &a, &b)?),
            _ => Ok(false),
        },
    }
}

/// What is left has identity, and that was looked at before; a method that was bound twice is the same one.
fn equal_bound(heap: &Heap, left: Value, right: Value) -> bool {
    let (Value::Ref(left), Value::Ref(right)) = (left, right) else { return false };
    match (heap.get(left), heap.get(right)) {
        (Obj::Bound(a), Obj::Bound(b)) => a.function == b.function && identical(a.receiver, b.receiver),
        _ => false,
    }
}

fn equal_items(cx: &mut Cx<'_>, a: &[Value], b: &[Value]) -> Result<bool, Raise> {
    if a.len() != b.len() {
        return Ok(false);
    }
    cx.work(a.len() as u64)?;
    for (left, right) in a.iter().zip(b) {
        if !equal(cx, *left, *right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn equal_dicts(cx: &mut Cx<'_>, a: Ref, b: Ref) -> Result<bool, Raise> {
    cx.reserve_items(2 * cx.vm.heap.dict(a).map_or(0, super::container::Dict::len))?;
    let entries: Vec<_> = cx.vm.heap.dict(a).map(|dict| dict.iter().copied().collect()).unwrap_or_default();
    if cx.vm.heap.dict(b).map_or(0, super::container::Dict::len) != entries.len() {
        return Ok(false);
    }
    for entry in entries {
        let Some(other) = keys::get(cx, b, entry.hash, entry.key)? else { return Ok(false) };
        if !equal(cx, entry.value, other)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn list_items(heap: &Heap, at: Ref) -> Vec<Value> {
    heap.list(at).cloned().unwrap_or_default()
}

fn deque_items(heap: &Heap, at: Ref) -> Vec<Value> {
    heap.deque(at).map(|deque| deque.items.iter().copied().collect()).unwrap_or_default()
}

/// What the user's methods say; `None` when neither side defines one for this, or both decline.
fn by_method(cx: &mut Cx<'_>, op: CompareOp, left: Value, right: Value) -> Result<Option<Value>, Raise> {
    let (name, reflected) = method_names(op);
    for (receiver, other, name) in [(left, right, name), (right, left, reflected)] {
        if let Some(method) = cx.special(receiver, name) {
            let answer = cx.call(method, &[receiver, other])?;
            if answer != Value::NotImplemented {
                return Ok(Some(answer));
            }
        }
    }
    if op == CompareOp::NotEqual
        && let Some(answer) = by_method(cx, CompareOp::Equal, left, right)?
    {
        return Ok(Some(Value::Bool(!super::truth::of(cx, answer)?)));
    }
    Ok(None)
}

const fn method_names(op: CompareOp) -> (&'static str, &'static str) {
    match op {
        CompareOp::Less => ("__lt__", "__gt__"),
        CompareOp::LessEqual => ("__le__", "__ge__"),
        CompareOp::Equal => ("__eq__", "__eq__"),
        CompareOp::NotEqual => ("__ne__", "__ne__"),
        CompareOp::Greater => ("__gt__", "__lt__"),
        CompareOp::GreaterEqual => ("__ge__", "__le__"),
    }
}

/// How an operator is written.
#[must_use]
pub const fn symbol(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Less => "<",
        CompareOp::LessEqual => "<=",
        CompareOp::Equal => "==",
        CompareOp::NotEqual => "!=",
        CompareOp::Greater => ">",
        CompareOp::GreaterEqual => ">=",
    }
}

/// `left op right` of built-in kinds; `NotImplemented` when they have no order.
pub fn compare(cx: &mut Cx<'_>, op: CompareOp, left: Value, right: Value) -> Result<Value, Raise> {
    if let (Some(a), Some(b)) = (number(left), number(right)) {
        return Ok(Value::Bool(holds(op, numbers_in_order(a, b))));
    }
    match op {
        CompareOp::Equal => return Ok(Value::Bool(equal(cx, left, right)?)),
        CompareOp::NotEqual => return Ok(Value::Bool(!equal(cx, left, right)?)),
        _ => {}
    }
    let (a, b) = (view(&cx.vm.heap, left), view(&cx.vm.heap, right));
    match (&a, &b) {
        (View::Number(a), View::Number(b)) => Ok(Value::Bool(holds(op, numbers_in_order(*a, *b)))),
        (View::Str(a), View::Str(b)) => Ok(Value::Bool(holds(op, Some(a.cmp(b))))),
        (View::Bytes(a), View::Bytes(b)) => Ok(Value::Bool(holds(op, Some(a.cmp(b))))),
        (View::Tuple(a), View::Tuple(b)) => compare_items(cx, op, a, b),
        (View::List(a), View::List(b)) => {
            let (a, b) = (list_items(&cx.vm.heap, *a), list_items(&cx.vm.heap, *b));
            compare_items(cx, op, &a, &b)
        }
        (View::Deque(a), View::Deque(b)) => {
            let (a, b) = (deque_items(&cx.vm.heap, *a), deque_items(&cx.vm.heap, *b));
            compare_items(cx, op, &a, &b)
        }
        (View::Set(_) | View::DictView(..), View::Set(_) | View::DictView(..)) => compare_sets(cx, op, &a, &b),
        _ => Ok(Value::NotImplemented),
    }
}

/// Whether `op` holds for operands in this order; none does when there is no order (nan), but `!=`.
fn holds(op: CompareOp, order: Option<Ordering>) -> bool {
    let Some(order) = order else { return op == CompareOp::NotEqual };
    match op {
        CompareOp::Less => order.is_lt(),
        CompareOp::LessEqual => order.is_le(),
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterEqual => order.is_ge(),
    }
}

/// The first items that differ decide; if there are none, the lengths.
fn compare_items(cx: &mut Cx<'_>, op: CompareOp, a: &[Value], b: &[Value]) -> Result<Value, Raise> {
    for (left, right) in a.iter().zip(b) {
        if !equal(cx, *left, *right)? {
            return rich(cx, op, *left, *right);
        }
    }
    Ok(Value::Bool(holds(op, Some(a.len().cmp(&b.len())))))
}

fn compare_sets(cx: &mut Cx<'_>, op: CompareOp, a: &View, b: &View) -> Result<Value, Raise> {
    let is_values = |view: &View| matches!(view, View::DictView(_, DictPart::Values));
    if is_values(a) || is_values(b) {
        return Ok(Value::NotImplemented);
    }
    let (Some(a), Some(b)) = (keys::as_set(cx, a)?, keys::as_set(cx, b)?) else { return Ok(Value::NotImplemented) };
    Ok(Value::Bool(match op {
        CompareOp::Less => a.len() < b.len() && keys::is_subset(cx, &a, &b)?,
        CompareOp::LessEqual => a.len() <= b.len() && keys::is_subset(cx, &a, &b)?,
        CompareOp::Greater => a.len() > b.len() && keys::is_subset(cx, &b, &a)?,
        _ => a.len() >= b.len() && keys::is_subset(cx, &b, &a)?,
    }))
}

/// `left op right` in full: the user's methods, then the built-in kinds, then a `TypeError`.
pub fn rich(cx: &mut Cx<'_>, op: CompareOp, left: Value, right: Value) -> Result<Value, Raise> {
    if let Some(answer) = by_method(cx, op, left, right)? {
        return Ok(answer);
    }
    let answer = compare(cx, op, left, right)?;
    if answer == Value::NotImplemented {
        let (a, b) = (cx.type_name(left), cx.type_name(right));
        let text = format!("'{}' not supported between instances of '{a}' and '{b}'", symbol(op));
        return Err(cx.type_error(text));
    }
    Ok(answer)
}

/// `left < right`, for sorting.
pub fn less(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<bool, Raise> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => return Ok(a < b),
        (Value::Float(a), Value::Float(b)) => return Ok(a < b),
        _ => {}
    }
    if let (Some(a), Some(b)) = (cx.vm.heap.str(left), cx.vm.heap.str(right)) {
        return Ok(a < b);
    }
    let answer = rich(cx, CompareOp::Less, left, right)?;
    super::truth::of(cx, answer)
}

/// Sorts without a key, stably, by `<` alone; `reverse` keeps equal items in their order too.
pub fn sort(cx: &mut Cx<'_>, items: &mut Vec<Value>, reverse: bool) -> Result<(), Raise> {
    let pairs = items.iter().map(|item| (*item, *item)).collect();
    *items = sort_pairs(cx, pairs, reverse)?.into_iter().map(|(_, item)| item).collect();
    Ok(())
}

/// Sorts pairs of key and item by their keys. A merge sort: it asks nothing but `less`, and survives inconsistent answers.
pub fn sort_pairs(
    cx: &mut Cx<'_>,
    mut pairs: Vec<(Value, Value)>,
    reverse: bool,
) -> Result<Vec<(Value, Value)>, Raise> {
    if reverse {
        pairs.reverse();
    }
    let mut sorted = merge_sort(cx, pairs)?;
    if reverse {
        sorted.reverse();
    }
    Ok(sorted)
}

/// Below this length CPython sorts by binary insertion.
const RUN: usize = 64;

fn merge_sort(cx: &mut Cx<'_>, mut pairs: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>, Raise> {
    cx.reserve_items(4 * pairs.len())?;
    if pairs.len() < RUN {
        insertion_sort(cx, &mut pairs)?;
        return Ok(pairs);
    }
    let right = pairs.split_off(pairs.len() / 2);
    let (left, right) = (merge_sort(cx, pairs)?, merge_sort(cx, right)?);
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && !less(cx, first.0, last.0)?
    {
        return Ok([left, right].concat());
    }
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let from_right = less(cx, b.0, a.0)?;
        merged.extend(if from_right { right.next() } else { left.next() });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

/// Binary insertion after the run that is in order already, as `Objects/listobject.c` does it, so that a `__lt__` that
/// prints is called for the same pairs.
fn insertion_sort(cx: &mut Cx<'_>, pairs: &mut [(Value, Value)]) -> Result<(), Raise> {
    let sorted = count_run(cx, pairs)?;
    for place in sorted..pairs.len() {
        let pivot = pairs[place];
        let (mut low, mut high) = (0, place);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(cx, pivot.0, pairs[middle].0)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        pairs[low..=place].rotate_right(1);
    }
    Ok(())
}

/// The length of the run at the beginning; a strictly falling one is turned round.
fn count_run(cx: &mut Cx<'_>, pairs: &mut [(Value, Value)]) -> Result<usize, Raise> {
    if pairs.len() < 2 {
        return Ok(pairs.len());
    }
    let falling = less(cx, pairs[1].0, pairs[0].0)?;
    let mut length = 2;
    while length < pairs.len() && less(cx, pairs[length].0, pairs[length - 1].0)? == falling {
        length += 1;
    }
    if falling {
        pairs[..length].reverse();
    }
    Ok(length)
}
