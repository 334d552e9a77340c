//! Iteration of built-in iterables.

use super::view::{View, unwrap, view};
use crate::vm::heap::Heap;
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{DictPart, Iter, Obj, Range};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

/// `iter(value)` of a built-in iterable or iterator; a `TypeError` for the rest.
pub fn iterate(cx: &mut Cx<'_>, value: Value) -> Result<Value, Raise> {
    let iter = match view(&cx.vm.heap, value) {
        View::List(list) => return Ok(cx.alloc(Obj::ListIter { list, index: 0 })),
        View::Range(range) => return Ok(iterate_range(cx, range)),
        View::Tuple(items) => Iter::Tuple { items, index: 0 },
        View::Str(text) => Iter::Str { text, index: 0 },
        View::Bytes(bytes) => Iter::Bytes { bytes, index: 0 },
        View::Dict(dict) => iterate_dict(&cx.vm.heap, dict, DictPart::Keys),
        View::DictView(dict, part) => iterate_dict(&cx.vm.heap, dict, part),
        View::Set(set) => {
            let expected = cx.vm.heap.set(set).map_or(0, super::container::Set::len);
            Iter::Set { set, position: 0, expected }
        }
        View::Deque(deque) => {
            let expected = cx.vm.heap.deque(deque).map_or(0, |deque| deque.items.len());
            Iter::Deque { deque, index: 0, expected }
        }
        _ if is_iterator(&cx.vm.heap, value) => return Ok(value),
        _ => {
            let text = format!("'{}' object is not iterable", cx.type_name(value));
            return Err(cx.type_error(text));
        }
    };
    Ok(cx.alloc(Obj::Iter(Arc::new(iter))))
}

fn iterate_range(cx: &mut Cx<'_>, range: Range) -> Value {
    match (u32::try_from(range.len()), i32::try_from(range.step)) {
        (Ok(left), Ok(step)) => cx.alloc(Obj::RangeIter { next: range.start, left, step }),
        _ => cx.alloc(Obj::Iter(Arc::new(Iter::Range { range, index: 0 }))),
    }
}

fn iterate_dict(heap: &Heap, dict: Ref, part: DictPart) -> Iter {
    let expected = heap.dict(dict).map_or(0, super::container::Dict::len);
    Iter::Dict { dict, part, position: 0, expected }
}

/// True for what `next()` takes: its `iter()` is itself.
#[must_use]
pub fn is_iterator(heap: &Heap, value: Value) -> bool {
    let Value::Ref(at) = value else { return false };
    matches!(heap.get(at), Obj::Iter(_) | Obj::ListIter { .. } | Obj::RangeIter { .. } | Obj::Generator(_))
}

/// True when iterating runs Python code: an instance, a generator, or a built-in iterator over one.
#[must_use]
pub fn runs_python(heap: &Heap, value: Value) -> bool {
    let Value::Ref(at) = value else { return false };
    match heap.get(at) {
        Obj::Instance(instance) => instance.inner == Value::Null || has_own_iter(heap, instance.class),
        Obj::Generator(_) => true,
        // What is inside an `enumerate` or `zip` never does: they are written in Python then.
        Obj::Iter(iter) => matches!(&**iter, Iter::GetItem { .. } | Iter::Callable { .. }),
        _ => false,
    }
}

/// True for a class, derived from a container, that has methods of the user's which iteration may go through.
fn has_own_iter(heap: &Heap, class: Ref) -> bool {
    let Obj::Class(class) = heap.get(class) else { return false };
    // Whether one of the attributes is called `__iter__` is not known without the names; library classes have none.
    !class.hidden && !class.attrs.entries().is_empty()
}

/// The next item of a built-in iterator; `None` at its end. Never called with a generator.
pub fn next(cx: &mut Cx<'_>, iterator: Ref) -> Result<Option<Value>, Raise> {
    match cx.vm.heap.get_mut(iterator) {
        Obj::RangeIter { next, left, step } => {
            if *left == 0 {
                return Ok(None);
            }
            let item = *next;
            *next = item.wrapping_add(i64::from(*step));
            *left -= 1;
            Ok(Some(Value::Int(item)))
        }
        Obj::ListIter { list, index } => {
            let (list, at) = (*list, *index);
            *index = at.saturating_add(1);
            let item = cx.vm.heap.list(list).and_then(|items| items.get(at as usize)).copied();
            if item.is_none() {
                // Once exhausted, it stays so, even if the list grows.
                *cx.vm.heap.get_mut(iterator) = Obj::ListIter { list, index: u32::MAX };
            }
            Ok(item)
        }
        Obj::Iter(_) => next_of_iter(cx, iterator),
        _ => {
            let text = format!("'{}' object is not an iterator", cx.type_name(Value::Ref(iterator)));
            Err(cx.type_error(text))
        }
    }
}

fn next_of_iter(cx: &mut Cx<'_>, iterator: Ref) -> Result<Option<Value>, Raise> {
    let Obj::Iter(iter) = cx.vm.heap.get(iterator) else { return Ok(None) };
    let item = match &**iter {
        Iter::Range { range, index } => range.get(*index).map(Value::Int),
        Iter::Tuple { items, index } | Iter::Values { items, index } => items.get(*index).copied(),
        Iter::Bytes { bytes, index } => bytes.get(*index).map(|byte| Value::Int(i64::from(*byte))),
        Iter::Str { text, index } => match text[*index..].chars().next() {
            Some(c) => {
                let item = cx.str(c.to_string());
                step(&mut cx.vm.heap, iterator, c.len_utf8());
                return Ok(Some(item));
            }
            None => None,
        },
        Iter::Dict { dict, part, position, expected } => {
            let (dict, part, position, expected) = (*dict, *part, *position, *expected);
            return next_of_dict(cx, iterator, dict, part, position, expected);
        }
        Iter::Set { set, position, expected } => {
            let (set, position, expected) = (*set, *position, *expected);
            return next_of_set(cx, iterator, set, position, expected);
        }
        Iter::Deque { deque, index, expected } => match cx.vm.heap.deque(*deque) {
            Some(deque) if deque.items.len() != *expected => {
                return Err(cx.raise(types::RUNTIME_ERROR, "deque mutated during iteration"));
            }
            Some(deque) => deque.items.get(*index).copied(),
            None => None,
        },
        Iter::Reversed { sequence, left } => {
            let (sequence, left) = (*sequence, *left);
            return next_reversed(cx, iterator, sequence, left);
        }
        Iter::ReversedDict { dict, part, position } => {
            let (dict, part, position) = (*dict, *part, *position);
            return Ok(next_reversed_dict(cx, iterator, dict, part, position));
        }
        Iter::Enumerate { inner, count } => {
            let (inner, count) = (*inner, *count);
            let Some(item) = next_inner(cx, inner)? else { return Ok(None) };
            step(&mut cx.vm.heap, iterator, 1);
            return Ok(Some(cx.tuple([Value::Int(count), item])));
        }
        Iter::Zip { inner, strict } => {
            let (inner, strict) = (inner.clone(), *strict);
            return next_of_zip(cx, iterator, &inner, strict);
        }
        Iter::GetItem { .. } | Iter::Callable { .. } => {
            return Err(Raise::Unmodelled("an iterator of the program inside a built-in one".into()));
        }
        Iter::Done => None,
    };
    match item {
        Some(_) => step(&mut cx.vm.heap, iterator, 1),
        None => finish(&mut cx.vm.heap, iterator),
    }
    Ok(item)
}

/// Moves an iterator on.
fn step(heap: &mut Heap, iterator: Ref, by: usize) {
    let Obj::Iter(iter) = heap.get_mut(iterator) else { return };
    match Arc::make_mut(iter) {
        Iter::Range { index, .. } => *index += 1,
        Iter::Tuple { index, .. }
        | Iter::Values { index, .. }
        | Iter::Bytes { index, .. }
        | Iter::Deque { index, .. }
        | Iter::Str { index, .. } => *index += by,
        Iter::Dict { position, .. } | Iter::Set { position, .. } | Iter::ReversedDict { position, .. } => {
            *position = by;
        }
        Iter::Reversed { left, .. } => *left = by,
        Iter::Enumerate { count, .. } => *count += 1,
        Iter::Zip { .. } | Iter::GetItem { .. } | Iter::Callable { .. } | Iter::Done => {}
    }
}

fn finish(heap: &mut Heap, iterator: Ref) {
    if let Obj::Iter(iter) = heap.get_mut(iterator) {
        *Arc::make_mut(iter) = Iter::Done;
    }
}

fn next_of_dict(
    cx: &mut Cx<'_>,
    iterator: Ref,
    dict: Ref,
    part: DictPart,
    position: usize,
    expected: usize,
) -> Result<Option<Value>, Raise> {
    let Some(table) = cx.vm.heap.dict(dict) else { return Ok(None) };
    if table.len() != expected {
        return Err(cx.raise(types::RUNTIME_ERROR, "dictionary changed size during iteration"));
    }
    let Some((slot, entry)) = table.next(position) else {
        finish(&mut cx.vm.heap, iterator);
        return Ok(None);
    };
    let entry = *entry;
    step(&mut cx.vm.heap, iterator, slot + 1);
    Ok(Some(part_of(cx, entry.key, entry.value, part)))
}

fn part_of(cx: &mut Cx<'_>, key: Value, value: Value, part: DictPart) -> Value {
    match part {
        DictPart::Keys => key,
        DictPart::Values => value,
        DictPart::Items => cx.tuple([key, value]),
    }
}

fn next_of_set(
    cx: &mut Cx<'_>,
    iterator: Ref,
    set: Ref,
    position: usize,
    expected: usize,
) -> Result<Option<Value>, Raise> {
    let Some(table) = cx.vm.heap.set(set) else { return Ok(None) };
    if table.len() != expected {
        return Err(cx.raise(types::RUNTIME_ERROR, "Set changed size during iteration"));
    }
    let Some((slot, member)) = table.next(position) else {
        finish(&mut cx.vm.heap, iterator);
        return Ok(None);
    };
    step(&mut cx.vm.heap, iterator, slot + 1);
    Ok(Some(member.key))
}

fn next_reversed(cx: &mut Cx<'_>, iterator: Ref, sequence: Value, left: usize) -> Result<Option<Value>, Raise> {
    let Some(mut index) = left.checked_sub(1) else {
        finish(&mut cx.vm.heap, iterator);
        return Ok(None);
    };
    let item = match view(&cx.vm.heap, sequence) {
        View::List(list) => cx.vm.heap.list(list).and_then(|items| items.get(index)).copied(),
        View::Tuple(items) => items.get(index).copied(),
        View::Range(range) => range.get(index as u64).map(Value::Int),
        View::Deque(deque) => cx.vm.heap.deque(deque).and_then(|deque| deque.items.get(index)).copied(),
        View::Bytes(bytes) => bytes.get(index).map(|byte| Value::Int(i64::from(*byte))),
        View::Str(text) => text.get(..left).and_then(|text| text.chars().next_back()).map(|c| {
            index = left - c.len_utf8();
            cx.str(c.to_string())
        }),
        _ => None,
    };
    match item {
        Some(_) => step(&mut cx.vm.heap, iterator, index),
        None => finish(&mut cx.vm.heap, iterator),
    }
    Ok(item)
}

fn next_reversed_dict(cx: &mut Cx<'_>, iterator: Ref, dict: Ref, part: DictPart, position: usize) -> Option<Value> {
    let (slot, entry) = cx.vm.heap.dict(dict)?.previous(position)?;
    let entry = *entry;
    step(&mut cx.vm.heap, iterator, slot);
    Some(part_of(cx, entry.key, entry.value, part))
}

fn next_inner(cx: &mut Cx<'_>, inner: Value) -> Result<Option<Value>, Raise> {
    match inner {
        Value::Ref(inner) => cx.deeper(1, "", |cx| next(cx, inner)),
        _ => Ok(None),
    }
}

fn next_of_zip(cx: &mut Cx<'_>, iterator: Ref, inner: &[Value], strict: bool) -> Result<Option<Value>, Raise> {
    let mut items = Vec::with_capacity(inner.len());
    for (number, source) in inner.iter().enumerate() {
        match next_inner(cx, *source)? {
            Some(item) => items.push(item),
            None if strict => return end_of_strict_zip(cx, inner, number),
            None => break,
        }
    }
    if items.len() < inner.len() || inner.is_empty() {
        finish(&mut cx.vm.heap, iterator);
        return Ok(None);
    }
    Ok(Some(cx.tuple(items)))
}

/// Source `ended` is exhausted: all must be.
fn end_of_strict_zip(cx: &mut Cx<'_>, inner: &[Value], ended: usize) -> Result<Option<Value>, Raise> {
    let plural = |count: usize| if count == 1 { "argument 1".to_owned() } else { format!("arguments 1-{count}") };
    if ended > 0 {
        let text = format!("zip() argument {} is shorter than {}", ended + 1, plural(ended));
        return Err(cx.value_error(text));
    }
    for (number, source) in inner.iter().enumerate().skip(1) {
        if next_inner(cx, *source)?.is_some() {
            let text = format!("zip() argument {} is longer than {}", number + 1, plural(number));
            return Err(cx.value_error(text));
        }
    }
    Ok(None)
}

/// All items of a built-in iterable or iterator.
pub fn collect(cx: &mut Cx<'_>, value: Value) -> Result<Vec<Value>, Raise> {
    let view = view(&cx.vm.heap, value);
    cx.reserve_items(length_hint(&cx.vm.heap, &view))?;
    match view {
        View::Tuple(items) => return Ok(items.to_vec()),
        View::List(list) => return Ok(cx.vm.heap.list(list).cloned().unwrap_or_default()),
        View::Set(set) => {
            let members = cx.vm.heap.set(set).map(|set| set.iter().map(|member| member.key).collect());
            return Ok(members.unwrap_or_default());
        }
        View::Dict(dict) | View::DictView(dict, DictPart::Keys) => {
            let keys = cx.vm.heap.dict(dict).map(|dict| dict.iter().map(|entry| entry.key).collect());
            return Ok(keys.unwrap_or_default());
        }
        _ => {}
    }
    let Value::Ref(iterator) = iterate(cx, value)? else { return Ok(Vec::new()) };
    let mut items = Vec::new();
    while let Some(item) = next(cx, iterator)? {
        items.push(item);
        if items.len() % CHUNK == 0 {
            cx.reserve_items(2 * CHUNK)?;
            cx.reserve(32 * items.len() as u64)?;
        }
    }
    Ok(items)
}

/// How many items are collected before the limits are looked at again.
const CHUNK: usize = 4096;

/// How many items a container has; 0 for iterators.
fn length_hint(heap: &Heap, view: &View) -> usize {
    match view {
        View::Tuple(items) => items.len(),
        View::List(at) => heap.list(*at).map_or(0, Vec::len),
        View::Set(at) => heap.set(*at).map_or(0, super::container::Set::len),
        View::Dict(at) | View::DictView(at, _) => heap.dict(*at).map_or(0, super::container::Dict::len),
        View::Deque(at) => heap.deque(*at).map_or(0, |deque| deque.items.len()),
        View::Range(range) => usize::try_from(range.len()).unwrap_or(usize::MAX),
        View::Str(text) => text.len(),
        View::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

/// All items, or `None` when collecting them runs Python code: answer `Materialise` then.
pub fn gather(cx: &mut Cx<'_>, value: Value) -> Result<Option<Vec<Value>>, Raise> {
    if runs_python(&cx.vm.heap, value) {
        return Ok(None);
    }
    collect(cx, value).map(Some)
}

/// `reversed(value)` of a built-in sequence or dict; `None` when it has no order to turn round.
pub fn reversed(cx: &mut Cx<'_>, value: Value) -> Option<Value> {
    let heap = &cx.vm.heap;
    let sequence = unwrap(heap, value);
    let left = match view(heap, sequence) {
        View::List(list) => heap.list(list)?.len(),
        View::Tuple(items) => items.len(),
        // In bytes.
        View::Str(text) => text.len(),
        View::Bytes(bytes) => bytes.len(),
        View::Range(range) => usize::try_from(range.len()).ok()?,
        View::Deque(deque) => heap.deque(deque)?.items.len(),
        View::Dict(dict) => return Some(reversed_dict(cx, dict, DictPart::Keys)),
        View::DictView(dict, part) => return Some(reversed_dict(cx, dict, part)),
        _ => return None,
    };
    Some(cx.alloc(Obj::Iter(Arc::new(Iter::Reversed { sequence, left }))))
}

fn reversed_dict(cx: &mut Cx<'_>, dict: Ref, part: DictPart) -> Value {
    cx.alloc(Obj::Iter(Arc::new(Iter::ReversedDict { dict, part, position: usize::MAX })))
}
