//! Methods of `list`.

use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::{self, rest};
use crate::vm::lib::builtins::{extend_from, sort_options};
use crate::vm::lib::{compare, python, slice};
use crate::vm::native::Effect::{Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Ref, Value, types};

const TABLE: &[Method] = &[
    ("append", Writes, append),
    ("extend", Writes, extend),
    ("insert", Writes, insert),
    ("pop", Writes, pop),
    ("remove", Writes, remove),
    ("clear", Writes, clear),
    ("sort", Writes, sort),
    ("reverse", Writes, reverse),
    ("index", Reads, index),
    ("count", Reads, count),
    ("copy", Reads, copy),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::LIST, TABLE);
}

/// The list that a method was called on.
fn this(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Ref, Raise> {
    let receiver = receiver(cx, args);
    if let Value::Ref(at) = receiver
        && cx.vm.heap.list(at).is_some()
    {
        return Ok(at);
    }
    let kind = cx.type_name(receiver);
    Err(cx.type_error(format!("descriptor '{name}' for 'list' objects doesn't apply to a '{kind}' object")))
}

fn items(cx: &Cx<'_>, at: Ref) -> Vec<Value> {
    cx.vm.heap.list(at).cloned().unwrap_or_default()
}

/// Says that the items of a list are moved.
fn moves(cx: &mut Cx<'_>, at: Ref) -> Result<(), Raise> {
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    cx.work(length as u64 / 4)
}

fn append(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "append")?;
    let item = rest(cx, args, "list.append", 1, 1)?[0];
    cx.vm.heap.charge(16);
    if let Some(items) = cx.vm.heap.list_mut(at) {
        items.push(item);
    }
    cx.stored(at, item);
    value(Value::None)
}

fn extend(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "extend")?;
    let iterable = rest(cx, args, "list.extend", 1, 1)?[0];
    if extend_from(cx, at, iterable)? { value(Value::None) } else { Ok(Answer::Materialise(1)) }
}

fn insert(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "insert")?;
    let given = rest(cx, args, "list.insert", 2, 2)?;
    let index = arguments::int(cx, given[0])?;
    moves(cx, at)?;
    cx.vm.heap.charge(16);
    if let Some(items) = cx.vm.heap.list_mut(at) {
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let place = if index < 0 { index.saturating_add(length).max(0) } else { index.min(length) };
        items.insert(usize::try_from(place).unwrap_or(0), given[1]);
    }
    cx.stored(at, given[1]);
    value(Value::None)
}

fn pop(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "pop")?;
    let index = match rest(cx, args, "list.pop", 0, 1)?.first() {
        Some(index) => arguments::int(cx, *index)?,
        None => -1,
    };
    let length = cx.vm.heap.list(at).map_or(0, Vec::len);
    if index != -1 {
        moves(cx, at)?;
    }
    if length == 0 {
        return Err(cx.raise(types::INDEX_ERROR, "pop from empty list"));
    }
    let Some(place) = slice::place(index, length) else {
        return Err(cx.raise(types::INDEX_ERROR, "pop index out of range"));
    };
    value(cx.vm.heap.list_mut(at).map_or(Value::None, |items| items.remove(place)))
}

fn remove(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "remove")?;
    let wanted = rest(cx, args, "list.remove", 1, 1)?[0];
    moves(cx, at)?;
    for (place, item) in items(cx, at).into_iter().enumerate() {
        if compare::equal(cx, item, wanted)? {
            if let Some(items) = cx.vm.heap.list_mut(at)
                && place < items.len()
            {
                items.remove(place);
            }
            return value(Value::None);
        }
    }
    Err(cx.value_error("list.remove(x): x not in list"))
}

fn clear(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "clear")?;
    rest(cx, args, "list.clear", 0, 0)?;
    if let Some(items) = cx.vm.heap.list_mut(at) {
        items.clear();
    }
    value(Value::None)
}

fn sort(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "sort")?;
    if args.positional.len() > 1 {
        return Err(cx.type_error("sort() takes no positional arguments"));
    }
    let (key, reverse) = sort_options(cx, args, "sort")?;
    if let Some(key) = key {
        return python::hand_over(cx, "_sort_list", &[Value::Ref(at), key, Value::Bool(reverse)]);
    }
    let mut sorted = items(cx, at);
    compare::sort(cx, &mut sorted, reverse)?;
    if let Some(items) = cx.vm.heap.list_mut(at) {
        *items = sorted;
    }
    value(Value::None)
}

fn reverse(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "reverse")?;
    rest(cx, args, "list.reverse", 0, 0)?;
    moves(cx, at)?;
    if let Some(items) = cx.vm.heap.list_mut(at) {
        items.reverse();
    }
    value(Value::None)
}

/// The first place in `items`, between the bounds that are given, that holds the wanted one.
pub(super) fn search(
    cx: &mut Cx<'_>,
    items: &[Value],
    wanted: Value,
    bounds: &[Value],
) -> Result<Option<usize>, Raise> {
    cx.work(2 * items.len() as u64)?;
    let part = |n: usize| bounds.get(n).copied().unwrap_or(Value::None);
    let places = slice::places(cx, &[part(0), part(1), Value::None], items.len())?;
    for place in places.iter() {
        if compare::equal(cx, items[place], wanted)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

pub(super) fn occurrences(cx: &mut Cx<'_>, items: &[Value], wanted: Value) -> NativeResult {
    cx.work(2 * items.len() as u64)?;
    let mut count = 0;
    for item in items {
        count += i64::from(compare::equal(cx, *item, wanted)?);
    }
    value(Value::Int(count))
}

fn index(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "index")?;
    let given = rest(cx, args, "list.index", 1, 3)?;
    let items = items(cx, at);
    match search(cx, &items, given[0], &given[1..])? {
        Some(place) => value(Value::Int(i64::try_from(place).unwrap_or(0))),
        None => {
            let shown = crate::vm::lib::entry::repr(cx, given[0])?;
            Err(cx.value_error(format!("{shown} is not in list")))
        }
    }
}

fn count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "count")?;
    let wanted = rest(cx, args, "list.count", 1, 1)?[0];
    let items = items(cx, at);
    occurrences(cx, &items, wanted)
}

fn copy(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "copy")?;
    rest(cx, args, "list.copy", 0, 0)?;
    cx.reserve_items(cx.vm.heap.list(at).map_or(0, Vec::len))?;
    let items = items(cx, at);
    value(cx.list(items))
}
