//! Methods of `collections.deque`.

use super::list::{occurrences, search};
use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::{self, rest};
use crate::vm::lib::operator::{push_back, push_front};
use crate::vm::lib::{compare, entry, iterate};
use crate::vm::native::Effect::{Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Ref, Value, types};

const TABLE: &[Method] = &[
    ("append", Writes, append),
    ("appendleft", Writes, appendleft),
    ("pop", Writes, pop),
    ("popleft", Writes, popleft),
    ("extend", Writes, extend),
    ("extendleft", Writes, extendleft),
    ("rotate", Writes, rotate),
    ("remove", Writes, remove),
    ("insert", Writes, insert),
    ("reverse", Writes, reverse),
    ("clear", Writes, clear),
    ("index", Reads, index),
    ("count", Reads, count),
    ("copy", Reads, copy),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::DEQUE, TABLE);
}

fn this(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Ref, Raise> {
    let receiver = receiver(cx, args);
    if let Value::Ref(at) = receiver
        && cx.vm.heap.deque(at).is_some()
    {
        return Ok(at);
    }
    let kind = cx.type_name(receiver);
    let text = format!("descriptor '{name}' for 'collections.deque' objects doesn't apply to a '{kind}' object");
    Err(cx.type_error(text))
}

fn items(cx: &Cx<'_>, at: Ref) -> Vec<Value> {
    cx.vm.heap.deque(at).map(|deque| deque.items.iter().copied().collect()).unwrap_or_default()
}

fn append(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "append")?;
    let item = rest(cx, args, "deque.append", 1, 1)?[0];
    push_back(cx, at, item);
    value(Value::None)
}

fn appendleft(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "appendleft")?;
    let item = rest(cx, args, "deque.appendleft", 1, 1)?[0];
    push_front(cx, at, item);
    value(Value::None)
}

fn taken(cx: &mut Cx<'_>, item: Option<Value>) -> NativeResult {
    match item {
        Some(item) => value(item),
        None => Err(cx.raise(types::INDEX_ERROR, "pop from an empty deque")),
    }
}

fn pop(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "pop")?;
    rest(cx, args, "deque.pop", 0, 0)?;
    let item = cx.vm.heap.deque_mut(at).and_then(std::collections::VecDeque::pop_back);
    taken(cx, item)
}

fn popleft(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "popleft")?;
    rest(cx, args, "deque.popleft", 0, 0)?;
    let item = cx.vm.heap.deque_mut(at).and_then(std::collections::VecDeque::pop_front);
    taken(cx, item)
}

fn extend(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "extend")?;
    let iterable = rest(cx, args, "deque.extend", 1, 1)?[0];
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(1)) };
    for item in items {
        push_back(cx, at, item);
    }
    value(Value::None)
}

fn extendleft(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "extendleft")?;
    let iterable = rest(cx, args, "deque.extendleft", 1, 1)?[0];
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(1)) };
    for item in items {
        push_front(cx, at, item);
    }
    value(Value::None)
}

fn rotate(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "rotate")?;
    let by = match rest(cx, args, "deque.rotate", 0, 1)?.first() {
        Some(by) => arguments::int(cx, *by)?,
        None => 1,
    };
    if let Some(items) = cx.vm.heap.deque_mut(at)
        && let Ok(length) = i64::try_from(items.len())
        && length > 0
    {
        items.rotate_right(usize::try_from(by.rem_euclid(length)).unwrap_or(0));
    }
    value(Value::None)
}

fn remove(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "remove")?;
    let wanted = rest(cx, args, "deque.remove", 1, 1)?[0];
    for (place, item) in items(cx, at).into_iter().enumerate() {
        if compare::equal(cx, item, wanted)? {
            if let Some(items) = cx.vm.heap.deque_mut(at) {
                items.remove(place);
            }
            return value(Value::None);
        }
    }
    let shown = entry::repr(cx, wanted)?;
    Err(cx.value_error(format!("{shown} is not in deque")))
}

fn insert(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "insert")?;
    let given = rest(cx, args, "deque.insert", 2, 2)?;
    let index = arguments::int(cx, given[0])?;
    let full = cx.vm.heap.deque(at).is_some_and(|deque| deque.maxlen.is_some_and(|most| deque.items.len() >= most));
    if full {
        return Err(cx.raise(types::INDEX_ERROR, "deque already at its maximum size"));
    }
    if let Some(items) = cx.vm.heap.deque_mut(at) {
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let place = if index < 0 { index.saturating_add(length).max(0) } else { index.min(length) };
        items.insert(usize::try_from(place).unwrap_or(0), given[1]);
    }
    cx.stored(at, given[1]);
    value(Value::None)
}

fn reverse(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "reverse")?;
    rest(cx, args, "deque.reverse", 0, 0)?;
    if let Some(items) = cx.vm.heap.deque_mut(at) {
        items.make_contiguous().reverse();
    }
    value(Value::None)
}

fn clear(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "clear")?;
    rest(cx, args, "deque.clear", 0, 0)?;
    if let Some(items) = cx.vm.heap.deque_mut(at) {
        items.clear();
    }
    value(Value::None)
}

fn index(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "index")?;
    let given = rest(cx, args, "deque.index", 1, 3)?;
    let items = items(cx, at);
    match search(cx, &items, given[0], &given[1..])? {
        Some(place) => value(Value::Int(i64::try_from(place).unwrap_or(0))),
        None => {
            let shown = entry::repr(cx, given[0])?;
            Err(cx.value_error(format!("{shown} is not in deque")))
        }
    }
}

fn count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "count")?;
    let wanted = rest(cx, args, "deque.count", 1, 1)?[0];
    let items = items(cx, at);
    occurrences(cx, &items, wanted)
}

fn copy(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "copy")?;
    rest(cx, args, "deque.copy", 0, 0)?;
    let copy = cx.vm.heap.get(at).clone();
    value(cx.alloc(copy))
}
