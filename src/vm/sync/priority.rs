//! The binary heap inside a `PriorityQueue`: `heapq`'s algorithms, comparison by comparison, because comparing may be a
//! program's `__lt__`, and raises when items cannot be compared.

use crate::lang::CompareOp;
use crate::vm::heap::Heap;
use crate::vm::lib::entry;
use crate::vm::native::{Cx, Raise};
use crate::vm::object::Obj;
use crate::vm::value::{Ref, Value};
use std::cmp::Ordering;
use std::sync::Arc;

fn items(cx: &Cx<'_>, at: Ref) -> Vec<Value> {
    match cx.vm.heap.get(at) {
        Obj::Primitive(primitive) => primitive.items.iter().copied().collect(),
        _ => vec![],
    }
}

fn put_back(cx: &mut Cx<'_>, at: Ref, items: Vec<Value>) {
    if let Obj::Primitive(primitive) = cx.vm.heap.get_mut(at) {
        Arc::make_mut(primitive).items = items.into();
    }
}

/// `heappush`
pub(super) fn push(cx: &mut Cx<'_>, at: Ref, item: Value) -> Result<(), Raise> {
    let mut heap = items(cx, at);
    heap.push(item);
    let last = heap.len() - 1;
    sift_down(cx, &mut heap, 0, last)?;
    put_back(cx, at, heap);
    Ok(())
}

/// `heappop`
pub(super) fn pop(cx: &mut Cx<'_>, at: Ref) -> Result<Option<Value>, Raise> {
    let mut heap = items(cx, at);
    let Some(last) = heap.pop() else { return Ok(None) };
    let smallest = match heap.first_mut() {
        None => last,
        Some(first) => {
            let smallest = std::mem::replace(first, last);
            sift_up(cx, &mut heap)?;
            smallest
        }
    };
    put_back(cx, at, heap);
    Ok(Some(smallest))
}

/// `heapq._siftdown`: moves the item at `place` towards the root until its parent is not larger.
fn sift_down(cx: &mut Cx<'_>, heap: &mut [Value], start: usize, mut place: usize) -> Result<(), Raise> {
    let item = heap[place];
    while place > start {
        let parent = (place - 1) / 2;
        if !less(cx, item, heap[parent])? {
            break;
        }
        heap[place] = heap[parent];
        place = parent;
    }
    heap[place] = item;
    Ok(())
}

/// `heapq._siftup`: moves the root down to a leaf along the smaller children, then up to where it belongs.
fn sift_up(cx: &mut Cx<'_>, heap: &mut [Value]) -> Result<(), Raise> {
    let item = heap[0];
    let (mut place, mut child) = (0, 1);
    while child < heap.len() {
        let right = child + 1;
        if right < heap.len() && !less(cx, heap[child], heap[right])? {
            child = right;
        }
        heap[place] = heap[child];
        place = child;
        child = 2 * place + 1;
    }
    heap[place] = item;
    sift_down(cx, heap, 0, place)
}

/// `left < right`
fn less(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<bool, Raise> {
    let user = [(left, "__lt__", right), (right, "__gt__", left)];
    for (receiver, name, other) in user {
        if let Some(method) = cx.special(receiver, name) {
            let value = cx.call(method, &[receiver, other])?;
            if !matches!(value, Value::NotImplemented) {
                return entry::truth(cx, value);
            }
        }
    }
    match entry::compare(cx, CompareOp::Less, left, right)? {
        Value::NotImplemented => {
            let (left, right) = (cx.type_name(left), cx.type_name(right));
            let text = format!("'<' not supported between instances of '{left}' and '{right}'");
            Err(cx.type_error(text))
        }
        value => entry::truth(cx, value),
    }
}

/// An order of plain values for the screen; everything else counts as equal.
pub(super) fn plain_order(heap: &Heap, left: Value, right: Value) -> Ordering {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => left.cmp(&right),
        (Value::Float(left), Value::Float(right)) => left.total_cmp(&right),
        (Value::Ref(left), Value::Ref(right)) => match (heap.get(left), heap.get(right)) {
            (Obj::Str(left), Obj::Str(right)) => left.cmp(right),
            (Obj::Tuple(left), Obj::Tuple(right)) => left
                .iter()
                .zip(right.iter())
                .map(|(left, right)| plain_order(heap, *left, *right))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal),
            _ => Ordering::Equal,
        },
        _ => Ordering::Equal,
    }
}
