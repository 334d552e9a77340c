//! `container[index]`: reading, storing, deleting.

use super::iterate;
use super::keys;
use super::slice::{self, Places};
use super::view::{View, int, view};
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{Obj, Range};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

/// `container[index]`.
pub fn get(cx: &mut Cx<'_>, container: Value, index: Value) -> Result<Value, Raise> {
    match view(&cx.vm.heap, container) {
        View::List(at) => get_from_list(cx, at, index),
        View::Dict(at) => match keys::look_up(cx, at, index)? {
            Some(value) => Ok(value),
            None => missing(cx, container, index),
        },
        View::Tuple(items) => get_from_tuple(cx, &items, index),
        View::Str(text) => get_from_str(cx, &text, index),
        View::Bytes(bytes) => get_from_bytes(cx, &bytes, index),
        View::Range(range) => get_from_range(cx, range, index),
        View::Deque(at) => {
            let place = deque_place(cx, at, index)?;
            Ok(cx.vm.heap.deque(at).and_then(|deque| deque.items.get(place)).copied().unwrap_or(Value::None))
        }
        // `list[int]`, `Optional[str]`: annotations, which nobody looks at.
        _ if matches!(container, Value::Type(_) | Value::NotYet(_)) => Ok(container),
        _ => {
            let text = format!("'{}' object is not subscriptable", cx.type_name(container));
            Err(cx.type_error(text))
        }
    }
}

/// A key that is not there: `__missing__` of a class derived from `dict`, or a `KeyError`.
fn missing(cx: &mut Cx<'_>, container: Value, key: Value) -> Result<Value, Raise> {
    match cx.special(container, "__missing__") {
        Some(method) => cx.call(method, &[container, key]),
        None => Err(keys::missing(cx, key)),
    }
}

/// A slice's parts, if the index is one.
fn as_slice(cx: &Cx<'_>, index: Value) -> Option<Arc<[Value; 3]>> {
    match view(&cx.vm.heap, index) {
        View::Slice(parts) => Some(parts),
        _ => None,
    }
}

/// The place an index means, or the errors of a sequence that is called `kind`.
fn place(cx: &mut Cx<'_>, index: Value, length: usize, kind: &str) -> Result<usize, Raise> {
    let Some(number) = int(index) else {
        let wrong = cx.type_name(index);
        let text = match kind {
            "string" => format!("string indices must be integers, not '{wrong}'"),
            "bytes" => format!("byte indices must be integers or slices, not {wrong}"),
            _ => format!("{kind} indices must be integers or slices, not {wrong}"),
        };
        return Err(cx.type_error(text));
    };
    slice::place(number, length).ok_or_else(|| {
        let text = match kind {
            "bytes" => "index out of range".to_owned(),
            "range" => "range object index out of range".to_owned(),
            _ => format!("{kind} index out of range"),
        };
        cx.raise(types::INDEX_ERROR, text)
    })
}

fn get_from_list(cx: &mut Cx<'_>, at: Ref, index: Value) -> Result<Value, Raise> {
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    if let Some(parts) = as_slice(cx, index) {
        let places = slice::places(cx, &parts, length)?;
        let items = cx.vm.heap.list(at).map(|items| pick(items, places)).unwrap_or_default();
        return Ok(cx.list(items));
    }
    let place = place(cx, index, length, "list")?;
    Ok(cx.vm.heap.list(at).and_then(|items| items.get(place)).copied().unwrap_or(Value::None))
}

fn pick<T: Copy>(items: &[T], places: Places) -> Vec<T> {
    places.iter().filter_map(|place| items.get(place).copied()).collect()
}

fn get_from_tuple(cx: &mut Cx<'_>, items: &[Value], index: Value) -> Result<Value, Raise> {
    if let Some(parts) = as_slice(cx, index) {
        let places = slice::places(cx, &parts, items.len())?;
        return Ok(cx.tuple(pick(items, places)));
    }
    let place = place(cx, index, items.len(), "tuple")?;
    Ok(items[place])
}

fn get_from_str(cx: &mut Cx<'_>, text: &str, index: Value) -> Result<Value, Raise> {
    // Whether it has other characters is looked for each time.
    cx.work(text.len() as u64 / 64)?;
    if text.is_ascii() {
        let bytes = text.as_bytes();
        if let Some(parts) = as_slice(cx, index) {
            let places = slice::places(cx, &parts, bytes.len())?;
            let picked: String = pick(bytes, places).into_iter().map(char::from).collect();
            return Ok(cx.str(picked));
        }
        let place = place(cx, index, bytes.len(), "string")?;
        return Ok(cx.str(char::from(bytes[place]).to_string()));
    }
    cx.reserve(4 * text.len() as u64)?;
    cx.work(text.len() as u64)?;
    let chars: Vec<char> = text.chars().collect();
    if let Some(parts) = as_slice(cx, index) {
        let places = slice::places(cx, &parts, chars.len())?;
        let picked: String = pick(&chars, places).into_iter().collect();
        return Ok(cx.str(picked));
    }
    let place = place(cx, index, chars.len(), "string")?;
    Ok(cx.str(chars[place].to_string()))
}

fn get_from_bytes(cx: &mut Cx<'_>, bytes: &[u8], index: Value) -> Result<Value, Raise> {
    if let Some(parts) = as_slice(cx, index) {
        let places = slice::places(cx, &parts, bytes.len())?;
        return Ok(cx.alloc(Obj::Bytes(pick(bytes, places).into())));
    }
    let place = place(cx, index, bytes.len(), "bytes")?;
    Ok(Value::Int(i64::from(bytes[place])))
}

fn get_from_range(cx: &mut Cx<'_>, range: Range, index: Value) -> Result<Value, Raise> {
    let length = usize::try_from(range.len()).unwrap_or(usize::MAX);
    let at = |place: i64| range.start.wrapping_add(place.wrapping_mul(range.step));
    if let Some(parts) = as_slice(cx, index) {
        let places = slice::places(cx, &parts, length)?;
        let (start, stop) = (at(places.start), at(places.stop));
        let part = Range { start, stop, step: range.step.wrapping_mul(places.step) };
        return Ok(cx.alloc(Obj::Range(Arc::new(part))));
    }
    let place = place(cx, index, length, "range")?;
    Ok(Value::Int(range.get(place as u64).unwrap_or(0)))
}

fn deque_place(cx: &mut Cx<'_>, at: Ref, index: Value) -> Result<usize, Raise> {
    let Some(number) = int(index) else {
        let text = format!("sequence index must be integer, not '{}'", cx.type_name(index));
        return Err(cx.type_error(text));
    };
    let length = cx.vm.heap.deque(at).map_or(0, |deque| deque.items.len());
    slice::place(number, length).ok_or_else(|| cx.raise(types::INDEX_ERROR, "deque index out of range"))
}

/// `container[index] = value`.
pub fn set(cx: &mut Cx<'_>, container: Value, index: Value, value: Value) -> Result<(), Raise> {
    match view(&cx.vm.heap, container) {
        View::List(at) => match as_slice(cx, index) {
            Some(parts) => set_slice(cx, at, &parts, value),
            None => set_in_list(cx, at, index, value),
        },
        View::Dict(at) => keys::store(cx, at, index, value),
        View::Deque(at) => {
            let place = deque_place(cx, at, index)?;
            if let Some(item) = cx.vm.heap.deque_mut(at).and_then(|items| items.get_mut(place)) {
                *item = value;
            }
            cx.stored(at, value);
            Ok(())
        }
        _ => {
            let text = format!("'{}' object does not support item assignment", cx.type_name(container));
            Err(cx.type_error(text))
        }
    }
}

fn list_place(cx: &mut Cx<'_>, at: Ref, index: Value) -> Result<usize, Raise> {
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    let Some(number) = int(index) else {
        let text = format!("list indices must be integers or slices, not {}", cx.type_name(index));
        return Err(cx.type_error(text));
    };
    slice::place(number, length).ok_or_else(|| cx.raise(types::INDEX_ERROR, "list assignment index out of range"))
}

fn set_in_list(cx: &mut Cx<'_>, at: Ref, index: Value, value: Value) -> Result<(), Raise> {
    let place = list_place(cx, at, index)?;
    if let Some(item) = cx.vm.heap.list_mut(at).and_then(|items| items.get_mut(place)) {
        *item = value;
    }
    cx.stored(at, value);
    Ok(())
}

fn set_slice(cx: &mut Cx<'_>, at: Ref, parts: &[Value; 3], value: Value) -> Result<(), Raise> {
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    let places = slice::places(cx, parts, length)?;
    if iterate::runs_python(&cx.vm.heap, value) {
        return Err(Raise::Unmodelled("assigning an iterator of the program to a slice".into()));
    }
    let Ok(items) = iterate::collect(cx, value) else {
        let text =
            if places.step == 1 { "can only assign an iterable" } else { "must assign iterable to extended slice" };
        return Err(cx.type_error(text));
    };
    if places.step != 1 && items.len() != places.count {
        let text =
            format!("attempt to assign sequence of size {} to extended slice of size {}", items.len(), places.count);
        return Err(cx.value_error(text));
    }
    cx.vm.heap.charge(16 * items.len() as u64);
    if let Some(list) = cx.vm.heap.list_mut(at) {
        if places.step == 1 {
            let start = usize::try_from(places.start).unwrap_or(0);
            list.splice(start..start + places.count, items.iter().copied());
        } else {
            for (place, item) in places.iter().zip(&items) {
                list[place] = *item;
            }
        }
    }
    for item in items {
        cx.stored(at, item);
    }
    Ok(())
}

/// `del container[index]`.
pub fn delete(cx: &mut Cx<'_>, container: Value, index: Value) -> Result<(), Raise> {
    match view(&cx.vm.heap, container) {
        View::List(at) => match as_slice(cx, index) {
            Some(parts) => delete_slice(cx, at, &parts),
            None => {
                let place = list_place(cx, at, index)?;
                if let Some(items) = cx.vm.heap.list_mut(at) {
                    items.remove(place);
                }
                Ok(())
            }
        },
        View::Dict(at) => match keys::remove(cx, at, index)? {
            Some(_) => Ok(()),
            None => Err(keys::missing(cx, index)),
        },
        View::Deque(at) => {
            let place = deque_place(cx, at, index)?;
            if let Some(items) = cx.vm.heap.deque_mut(at) {
                items.remove(place);
            }
            Ok(())
        }
        _ => {
            let text = format!("'{}' object doesn't support item deletion", cx.type_name(container));
            Err(cx.type_error(text))
        }
    }
}

fn delete_slice(cx: &mut Cx<'_>, at: Ref, parts: &[Value; 3]) -> Result<(), Raise> {
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    let places = slice::places(cx, parts, length)?;
    let mut gone = vec![false; length];
    for place in places.iter() {
        gone[place] = true;
    }
    if let Some(items) = cx.vm.heap.list_mut(at) {
        let mut gone = gone.into_iter();
        items.retain(|_| !gone.next().unwrap_or(false));
    }
    Ok(())
}
