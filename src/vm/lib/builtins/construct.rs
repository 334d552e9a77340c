//! Calling built-in types.

use crate::vm::lib::arguments::{self, bind};
use crate::vm::lib::container::{Dict, Set};
use crate::vm::lib::number::Number;
use crate::vm::lib::operator::{extend_list, raise, update_from_dict};
use crate::vm::lib::text::literal;
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{bytes, entry, iterate, keys, number, python, truth};
use crate::vm::native::Effect::{Pure, Reads};
use crate::vm::native::{Answer, Args, Cx, Effect, NativeFn, NativeResult, Raise, Registry};
use crate::vm::object::{Deque, Iter, Obj, Range, Record};
use crate::vm::{Ref, TypeId, Value, types};
use std::sync::Arc;

const TABLE: &[(TypeId, Effect, NativeFn)] = &[
    (types::OBJECT, Pure, object),
    (types::INT, Pure, int),
    (types::FLOAT, Pure, float),
    (types::BOOL, Reads, bool),
    (types::STR, Reads, str),
    (types::BYTES, Reads, bytes::construct),
    (types::LIST, Reads, list),
    (types::TUPLE, Reads, tuple),
    (types::SET, Reads, set),
    (types::FROZENSET, Reads, frozenset),
    (types::DICT, Reads, dict),
    (types::RANGE, Pure, range),
    (types::SLICE, Pure, slice),
    (types::ENUMERATE, Pure, enumerate),
    (types::ZIP, Pure, zip),
    (types::REVERSED, Pure, reversed),
    (types::MAP, Pure, map),
    (types::FILTER, Pure, filter),
    (types::DEQUE, Reads, deque),
];

pub(super) fn register(registry: &mut Registry) {
    for (owner, effect, call) in TABLE {
        registry.constructor(*owner, *effect, *call);
    }
}

fn object(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    if !args.positional.is_empty() || !args.keywords.is_empty() {
        return Err(cx.type_error("object() takes no arguments"));
    }
    let record = Record { type_id: types::OBJECT, fields: Vec::new(), thread: None };
    Ok(Answer::Value(cx.alloc(Obj::Record(Arc::new(record)))))
}

fn int(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "int", &["", "base"], 0)?;
    let Some(value) = bound[0] else {
        return match bound[1] {
            Some(_) => Err(cx.type_error("int() missing string argument")),
            None => Ok(Answer::Value(Value::Int(0))),
        };
    };
    let text = match view(&cx.vm.heap, value) {
        View::Str(text) => Some(text.to_string()),
        View::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        _ => None,
    };
    if let Some(base) = bound[1] {
        let Some(text) = text else {
            return Err(cx.type_error("int() can't convert non-string with explicit base"));
        };
        let base = arguments::int(cx, base)?;
        let base = u32::try_from(base).ok().filter(|base| *base == 0 || (2..=36).contains(base));
        let Some(base) = base else { return Err(cx.value_error("int() base must be >= 2 and <= 36, or 0")) };
        return number_or_fault(cx, literal::int(&text, base).map(Value::Int));
    }
    if let Some(text) = text {
        return number_or_fault(cx, literal::int(&text, 10).map(Value::Int));
    }
    match view(&cx.vm.heap, value) {
        View::Number(Number::Int(n)) => Ok(Answer::Value(Value::Int(n))),
        View::Number(Number::Float(x)) => number_or_fault(cx, number::truncate(x).map(Value::Int)),
        _ => {
            for name in ["__int__", "__index__", "__trunc__"] {
                if let Some(function) = cx.special(value, name) {
                    return Ok(Answer::Call { function, args: [value][..].into() });
                }
            }
            let kind = cx.type_name(value);
            let text = format!("int() argument must be a string, a bytes-like object or a real number, not '{kind}'");
            Err(cx.type_error(text))
        }
    }
}

fn number_or_fault(cx: &mut Cx<'_>, result: Result<Value, crate::vm::lib::fault::Fault>) -> NativeResult {
    result.map(Answer::Value).map_err(|fault| raise(cx, &fault))
}

fn float(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let Some(value) = arguments::all(cx, args, "float", 0, 1)?.first().copied() else {
        return Ok(Answer::Value(Value::Float(0.0)));
    };
    match view(&cx.vm.heap, value) {
        View::Str(text) => number_or_fault(cx, literal::float(&text).map(Value::Float)),
        View::Number(number) => Ok(Answer::Value(Value::Float(number.as_float()))),
        _ => match cx.special(value, "__float__") {
            Some(function) => Ok(Answer::Call { function, args: [value][..].into() }),
            None => {
                let kind = cx.type_name(value);
                let text = format!("float() argument must be a string or a real number, not '{kind}'");
                Err(cx.type_error(text))
            }
        },
    }
}

fn bool(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    match arguments::all(cx, args, "bool", 0, 1)?.first() {
        None => Ok(Answer::Value(Value::Bool(false))),
        Some(value) => match cx.special(*value, "__bool__") {
            Some(function) => Ok(Answer::Call { function, args: [*value][..].into() }),
            None => Ok(Answer::Value(Value::Bool(truth::of(cx, *value)?))),
        },
    }
}

fn str(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "str", &["object", "encoding", "errors"], 0)?;
    let Some(value) = bound[0] else { return Ok(Answer::Value(cx.str(""))) };
    if bound[1].is_some() || bound[2].is_some() {
        return match view(&cx.vm.heap, value) {
            View::Bytes(data) => {
                let text = bytes::decode(cx, value, &data, bound[1], bound[2])?;
                Ok(Answer::Value(cx.str(text)))
            }
            View::Str(_) => Err(cx.type_error("decoding str is not supported")),
            _ => {
                let text = format!("decoding to str: need a bytes-like object, {} found", cx.type_name(value));
                Err(cx.type_error(text))
            }
        };
    }
    if cx.text(value).is_some() {
        return Ok(Answer::Value(value));
    }
    if let Some(function) = text_method(cx, value) {
        return Ok(Answer::Call { function, args: [value][..].into() });
    }
    let text = entry::str(cx, value)?;
    Ok(Answer::Value(cx.str(text)))
}

/// The method of the user's that `str()` calls.
fn text_method(cx: &Cx<'_>, value: Value) -> Option<Value> {
    let Value::Ref(at) = value else { return None };
    match cx.vm.heap.get(at) {
        Obj::Exception(_) => cx.special(value, "__str__"),
        Obj::Instance(_) => cx.special(value, "__str__").or_else(|| cx.special(value, "__repr__")),
        _ => None,
    }
}

/// The items of the only argument, `None` without one. The inner `Option` is `None` when they must be collected first.
fn items(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Option<Vec<Value>>, Raise> {
    match arguments::all(cx, args, name, 0, 1)?.first() {
        None => Ok(Some(Vec::new())),
        Some(iterable) => iterate::gather(cx, *iterable),
    }
}

fn list(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let Some(items) = items(cx, args, "list")? else { return Ok(Answer::Materialise(0)) };
    Ok(Answer::Value(cx.list(items)))
}

fn tuple(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    if let [value] = *args.positional
        && cx.vm.heap.tuple(value).is_some()
    {
        return Ok(Answer::Value(value));
    }
    let Some(items) = items(cx, args, "tuple")? else { return Ok(Answer::Materialise(0)) };
    Ok(Answer::Value(cx.tuple(items)))
}

fn set(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let Some(set) = members(cx, args, "set")? else { return Ok(Answer::Materialise(0)) };
    Ok(Answer::Value(cx.alloc(Obj::Set(Arc::new(set)))))
}

fn frozenset(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    if let [value @ Value::Ref(at)] = *args.positional
        && matches!(cx.vm.heap.get(at), Obj::FrozenSet(_))
    {
        return Ok(Answer::Value(value));
    }
    let Some(set) = members(cx, args, "frozenset")? else { return Ok(Answer::Materialise(0)) };
    Ok(Answer::Value(cx.alloc(Obj::FrozenSet(Arc::new(set)))))
}

fn members(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Option<Set>, Raise> {
    let mut set = Set::new();
    match args.get(0).map(|value| view(&cx.vm.heap, value)) {
        Some(View::Set(at)) => {
            let other = keys::set_of(&cx.vm.heap, at);
            keys::merge(cx, &mut set, &other)?;
            return Ok(Some(set));
        }
        Some(View::Dict(at)) => set.reserve(cx.vm.heap.dict(at).map_or(0, Dict::len)),
        _ => {}
    }
    let Some(items) = items(cx, args, name)? else { return Ok(None) };
    for item in items {
        let hash = keys::hash(cx, item)?;
        keys::add_member(cx, &mut set, hash, item)?;
    }
    Ok(Some(set))
}

fn dict(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let source = match args.positional {
        [] => None,
        [source] => Some(*source),
        _ => {
            let text = format!("dict expected at most 1 argument, got {}", args.positional.len());
            return Err(cx.type_error(text));
        }
    };
    let value = cx.alloc(Obj::Dict(Arc::default()));
    let Value::Ref(dict) = value else { return Ok(Answer::Value(value)) };
    if let Some(source) = source
        && !update(cx, dict, source)?
    {
        return Ok(Answer::Materialise(0));
    }
    update_from_keywords(cx, dict, args)?;
    Ok(Answer::Value(value))
}

/// Takes the keyword arguments over into a dict.
pub(in crate::vm::lib) fn update_from_keywords(cx: &mut Cx<'_>, dict: Ref, args: Args<'_>) -> Result<(), Raise> {
    for (name, value) in args.keywords {
        let name = cx.name(*name).to_owned();
        let key = cx.str(name);
        keys::store(cx, dict, key, *value)?;
    }
    Ok(())
}

/// Takes over a mapping, or pairs of key and value; false when they must be collected first.
pub(in crate::vm::lib) fn update(cx: &mut Cx<'_>, dict: Ref, source: Value) -> Result<bool, Raise> {
    if let View::Dict(other) = view(&cx.vm.heap, source) {
        update_from_dict(cx, dict, other)?;
        return Ok(true);
    }
    let Some(pairs) = iterate::gather(cx, source)? else { return Ok(false) };
    for (number, pair) in pairs.into_iter().enumerate() {
        let Ok(parts) = iterate::collect(cx, pair) else {
            let text = format!("cannot convert dictionary update sequence element #{number} to a sequence");
            return Err(cx.type_error(text));
        };
        let [key, value] = parts[..] else {
            let length = parts.len();
            let text = format!("dictionary update sequence element #{number} has length {length}; 2 is required");
            return Err(cx.value_error(text));
        };
        keys::store(cx, dict, key, value)?;
    }
    Ok(true)
}

fn range(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "range", 1, 3)?;
    let mut parts = [0; 3];
    for (part, value) in parts.iter_mut().zip(given) {
        *part = arguments::int(cx, *value)?;
    }
    let range = match (given.len(), parts) {
        (1, [stop, ..]) => Range { start: 0, stop, step: 1 },
        (2, [start, stop, _]) => Range { start, stop, step: 1 },
        (_, [_, _, 0]) => return Err(cx.value_error("range() arg 3 must not be zero")),
        (_, [start, stop, step]) => Range { start, stop, step },
    };
    Ok(Answer::Value(cx.alloc(Obj::Range(Arc::new(range)))))
}

fn slice(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let parts = match *arguments::all(cx, args, "slice", 1, 3)? {
        [stop] => [Value::None, stop, Value::None],
        [start, stop] => [start, stop, Value::None],
        [start, stop, step] => [start, stop, step],
        _ => [Value::None; 3],
    };
    Ok(Answer::Value(cx.alloc(Obj::Slice(Arc::new(parts)))))
}

fn enumerate(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "enumerate", &["iterable", "start"], 1)?;
    let iterable = bound[0].unwrap_or(Value::None);
    let count = match bound[1] {
        Some(start) => arguments::int(cx, start)?,
        None => 0,
    };
    if iterate::runs_python(&cx.vm.heap, iterable) {
        return python::hand_over(cx, "_enumerate", &[iterable, Value::Int(count)]);
    }
    let inner = iterate::iterate(cx, iterable)?;
    Ok(Answer::Value(cx.alloc(Obj::Iter(Arc::new(Iter::Enumerate { inner, count })))))
}

fn zip(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut strict = false;
    for (name, value) in args.keywords {
        if cx.name(*name) != "strict" {
            let text = format!("'{}' is an invalid keyword argument for zip()", cx.name(*name));
            return Err(cx.type_error(text));
        }
        strict = truth::of(cx, *value)?;
    }
    if args.positional.iter().any(|source| iterate::runs_python(&cx.vm.heap, *source)) {
        let sources = cx.tuple(args.positional);
        return python::hand_over(cx, "_zip", &[sources, Value::Bool(strict)]);
    }
    let mut inner = Vec::with_capacity(args.positional.len());
    for (number, source) in args.positional.iter().enumerate() {
        match iterate::iterate(cx, *source) {
            Ok(iterator) => inner.push(iterator),
            Err(_) => {
                let text = format!("'{}' object is not iterable", cx.type_name(args.positional[number]));
                return Err(cx.type_error(text));
            }
        }
    }
    Ok(Answer::Value(cx.alloc(Obj::Iter(Arc::new(Iter::Zip { inner, strict })))))
}

fn map(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let [function, iterables @ ..] = arguments::all(cx, args, "map", 0, usize::MAX)? else {
        return Err(cx.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(cx.type_error("map() must have at least two arguments."));
    }
    let iterables = cx.tuple(iterables);
    python::hand_over(cx, "_map", &[*function, iterables])
}

fn filter(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "filter", 2, 2)?;
    python::hand_over(cx, "_filter", given)
}

fn reversed(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let [value] = *args.positional else {
        let text = format!("reversed expected 1 argument, got {}", args.positional.len());
        return Err(cx.type_error(text));
    };
    if let Some(function) = cx.special(value, "__reversed__") {
        return Ok(Answer::Call { function, args: [value][..].into() });
    }
    if cx.special(value, "__getitem__").is_some() && cx.special(value, "__len__").is_some() {
        return python::hand_over(cx, "_reversed", &[value]);
    }
    match iterate::reversed(cx, value) {
        Some(iterator) => Ok(Answer::Value(iterator)),
        None => {
            let text = format!("'{}' object is not reversible", cx.type_name(value));
            Err(cx.type_error(text))
        }
    }
}

fn deque(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "deque", &["iterable", "maxlen"], 0)?;
    let maxlen = match bound[1] {
        None | Some(Value::None) => None,
        Some(value) => {
            let Some(maxlen) = crate::vm::lib::view::int(value) else {
                return Err(cx.type_error("an integer is required"));
            };
            let maxlen = usize::try_from(maxlen).ok();
            Some(maxlen.ok_or_else(|| cx.value_error("maxlen must be non-negative"))?)
        }
    };
    let mut items = match bound[0] {
        None => Vec::new(),
        Some(iterable) => match iterate::gather(cx, iterable)? {
            Some(items) => items,
            None => return Ok(Answer::Materialise(0)),
        },
    };
    if let Some(maxlen) = maxlen {
        items.drain(..items.len().saturating_sub(maxlen));
    }
    Ok(Answer::Value(cx.alloc(Obj::Deque(Arc::new(Deque { items: items.into(), maxlen })))))
}

/// Appends what an iterable holds to a list; false when it must be collected first.
pub(in crate::vm::lib) fn extend(cx: &mut Cx<'_>, list: Ref, iterable: Value) -> Result<bool, Raise> {
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(false) };
    extend_list(cx, list, &items);
    Ok(true)
}
