//! Methods of `dict` and of its views.

use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::rest;
use crate::vm::lib::builtins::{update_dict, update_from_keywords};
use crate::vm::lib::{iterate, keys};
use crate::vm::native::Effect::{Pure, Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::object::{DictPart, Obj};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

const TABLE: &[Method] = &[
    ("get", Reads, get),
    ("pop", Writes, pop),
    ("popitem", Writes, popitem),
    ("setdefault", Writes, setdefault),
    ("update", Writes, update),
    ("keys", Pure, dict_keys),
    ("values", Pure, dict_values),
    ("items", Pure, dict_items),
    ("copy", Reads, copy),
    ("clear", Writes, clear),
    ("_move_to_end", Writes, move_to_end),
    // Called on the type: there is no receiver.
    ("fromkeys", Pure, fromkeys),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::DICT, TABLE);
}

fn this(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Ref, Raise> {
    let receiver = receiver(cx, args);
    if let Value::Ref(at) = receiver
        && cx.vm.heap.dict(at).is_some()
    {
        return Ok(at);
    }
    let kind = cx.type_name(receiver);
    Err(cx.type_error(format!("descriptor '{name}' for 'dict' objects doesn't apply to a '{kind}' object")))
}

fn get(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "get")?;
    let given = rest(cx, args, "dict.get", 1, 2)?;
    let found = keys::look_up(cx, at, given[0])?;
    value(found.or(given.get(1).copied()).unwrap_or(Value::None))
}

fn pop(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "pop")?;
    let given = rest(cx, args, "dict.pop", 1, 2)?;
    match (keys::remove(cx, at, given[0])?, given.get(1)) {
        (Some(found), _) => value(found),
        (None, Some(default)) => value(*default),
        (None, None) => Err(keys::missing(cx, given[0])),
    }
}

fn popitem(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "popitem")?;
    rest(cx, args, "dict.popitem", 0, 0)?;
    let last = cx.vm.heap.dict(at).and_then(|dict| dict.previous(usize::MAX)).map(|(slot, _)| slot);
    let entry = last.and_then(|slot| cx.vm.heap.dict_mut(at)?.remove(slot));
    match entry {
        Some(entry) => value(cx.tuple([entry.key, entry.value])),
        None => {
            let text = cx.str("popitem(): dictionary is empty");
            Err(keys::missing(cx, text))
        }
    }
}

fn setdefault(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "setdefault")?;
    let given = rest(cx, args, "dict.setdefault", 1, 2)?;
    if let Some(found) = keys::look_up(cx, at, given[0])? {
        return value(found);
    }
    let default = given.get(1).copied().unwrap_or(Value::None);
    keys::store(cx, at, given[0], default)?;
    value(default)
}

fn update(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "update")?;
    match args.positional.get(1..).unwrap_or_default() {
        [] => {}
        [source] => {
            if !update_dict(cx, at, *source)? {
                return Ok(Answer::Materialise(1));
            }
        }
        several => {
            let text = format!("update expected at most 1 argument, got {}", several.len());
            return Err(cx.type_error(text));
        }
    }
    update_from_keywords(cx, at, args)?;
    value(Value::None)
}

fn view_of(cx: &mut Cx<'_>, args: Args<'_>, name: &str, part: DictPart) -> NativeResult {
    let at = this(cx, args, name)?;
    rest(cx, args, &format!("dict.{name}"), 0, 0)?;
    value(cx.alloc(Obj::DictView(at, part)))
}

fn dict_keys(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    view_of(cx, args, "keys", DictPart::Keys)
}

fn dict_values(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    view_of(cx, args, "values", DictPart::Values)
}

fn dict_items(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    view_of(cx, args, "items", DictPart::Items)
}

fn copy(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "copy")?;
    rest(cx, args, "dict.copy", 0, 0)?;
    let copy = cx.vm.heap.get(at).clone();
    value(cx.alloc(copy))
}

fn clear(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "clear")?;
    rest(cx, args, "dict.clear", 0, 0)?;
    if let Some(dict) = cx.vm.heap.dict_mut(at) {
        dict.clear();
    }
    value(Value::None)
}

/// `_move_to_end(key, last)`, for `OrderedDict`.
fn move_to_end(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "_move_to_end")?;
    let given = rest(cx, args, "dict._move_to_end", 2, 2)?;
    let hash = keys::hash(cx, given[0])?;
    let Some(slot) = keys::find(cx, at, hash, given[0])? else { return Err(keys::missing(cx, given[0])) };
    let last = given[1] == Value::Bool(true);
    if let Some(dict) = cx.vm.heap.dict_mut(at) {
        dict.move_to(slot, last);
    }
    value(Value::None)
}

/// `dict.fromkeys(iterable, value)`.
fn fromkeys(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (iterable, filler) = match *args.positional {
        [iterable] => (iterable, Value::None),
        [iterable, filler] => (iterable, filler),
        _ => {
            let text = format!("fromkeys expected at least 1 argument, got {}", args.positional.len());
            return Err(cx.type_error(text));
        }
    };
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(0)) };
    let dict = cx.alloc(Obj::Dict(Arc::default()));
    if let Value::Ref(at) = dict {
        for key in items {
            keys::store(cx, at, key, filler)?;
        }
    }
    value(dict)
}
