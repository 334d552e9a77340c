//! Built-in functions on iterables.

use crate::lang::{BinaryOp, CompareOp};
use crate::vm::lib::arguments;
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{compare, entry, iterate, operator, python, truth};
use crate::vm::native::Effect::{Pure, Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, Effect, NativeFn, NativeResult, Raise, Registry};
use crate::vm::object::{Iter, Obj, Range};
use crate::vm::{Value, types};
use std::sync::Arc;

const TABLE: &[(&str, Effect, NativeFn)] = &[
    ("len", Reads, len),
    ("sum", Reads, sum),
    ("min", Reads, min),
    ("max", Reads, max),
    ("any", Reads, any),
    ("all", Reads, all),
    ("sorted", Reads, sorted),
    ("iter", Reads, iter),
    ("next", Pure, next),
    // For the helpers in Python.
    ("_sort_by_keys", Writes, sort_by_keys),
    ("_is_iterator", Pure, is_iterator),
];

pub(super) fn register(registry: &mut Registry) {
    for (name, effect, call) in TABLE {
        registry.builtin(name, *effect, *call);
    }
}

fn value(result: Value) -> NativeResult {
    Ok(Answer::Value(result))
}

fn len(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "len", 1, 1)?[0];
    match cx.special(operand, "__len__") {
        Some(function) => Ok(Answer::Length { function, receiver: operand }),
        None => value(Value::Int(truth::length(cx, operand)?)),
    }
}

/// `left + right`, the user's `__add__` and `__radd__` included.
fn plus(cx: &mut Cx<'_>, left: Value, right: Value) -> Result<Value, Raise> {
    for (receiver, other, name) in [(left, right, "__add__"), (right, left, "__radd__")] {
        if let Some(method) = cx.special(receiver, name) {
            let sum = cx.call(method, &[receiver, other])?;
            if sum != Value::NotImplemented {
                return Ok(sum);
            }
        }
    }
    let sum = operator::binary(cx, BinaryOp::Add, left, right)?;
    if sum == Value::NotImplemented {
        let (left, right) = (cx.type_name(left), cx.type_name(right));
        let text = format!("unsupported operand type(s) for +: '{left}' and '{right}'");
        return Err(cx.type_error(text));
    }
    Ok(sum)
}

fn sum(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = arguments::bind(cx, args, 0, "sum", &["", "start"], 0)?;
    let Some(iterable) = bound[0] else {
        return Err(cx.type_error("sum() takes at least 1 positional argument (0 given)"));
    };
    let mut total = bound[1].unwrap_or(Value::Int(0));
    if cx.text(total).is_some() {
        return Err(cx.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if let (View::Range(range), Value::Int(start)) = (view(&cx.vm.heap, iterable), total)
        && let Some(sum) = sum_of_range(range, start)
    {
        return value(Value::Int(sum));
    }
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(0)) };
    for item in items {
        total = plus(cx, total, item)?;
    }
    value(total)
}

/// The sum of the numbers of a range, if it is an int here.
fn sum_of_range(range: Range, start: i64) -> Option<i64> {
    let (length, first, step) = (i128::from(range.len()), i128::from(range.start), i128::from(range.step));
    let steps = step.checked_mul(length.checked_mul(length - 1)? / 2)?;
    let sum = length.checked_mul(first)?.checked_add(steps)?.checked_add(i128::from(start))?;
    i64::try_from(sum).ok()
}

fn min(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    extreme(cx, args, "min", CompareOp::Less)
}

fn max(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    extreme(cx, args, "max", CompareOp::Greater)
}

fn extreme(cx: &mut Cx<'_>, args: Args<'_>, name: &str, better: CompareOp) -> NativeResult {
    let (mut key, mut default) = (None, None);
    for (sym, given) in args.keywords {
        match cx.name(*sym) {
            "key" => key = Some(*given).filter(|key| *key != Value::None),
            "default" => default = Some(*given),
            other => {
                let text = format!("{name}() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(text));
            }
        }
    }
    let items = match args.positional {
        [] => return Err(cx.type_error(format!("{name} expected at least 1 argument, got 0"))),
        [iterable] => match gather_ends(cx, *iterable)? {
            Some(items) => items,
            None => return Ok(Answer::Materialise(0)),
        },
        _ if default.is_some() => {
            let text = format!("Cannot specify a default for {name}() with multiple positional arguments");
            return Err(cx.type_error(text));
        }
        several => several.to_vec(),
    };
    cx.work(8 * items.len() as u64)?;
    let Some(first) = items.first().copied() else {
        return match default {
            Some(default) => value(default),
            None => Err(cx.value_error(format!("{name}() iterable argument is empty"))),
        };
    };
    if let Some(key) = key {
        let items = cx.list(items);
        return python::hand_over(cx, "_extreme", &[items, key, Value::Bool(better == CompareOp::Greater)]);
    }
    let mut best = first;
    for item in &items[1..] {
        let answer = compare::rich(cx, better, *item, best)?;
        if truth::of(cx, answer)? {
            best = *item;
        }
    }
    value(best)
}

/// The items of an iterable; of a range, those that can be the smallest or largest one.
fn gather_ends(cx: &mut Cx<'_>, iterable: Value) -> Result<Option<Vec<Value>>, Raise> {
    match view(&cx.vm.heap, iterable) {
        View::Range(range) if range.len() > 2 => {
            let ends = [range.get(0), range.get(range.len() - 1)];
            Ok(Some(ends.into_iter().flatten().map(Value::Int).collect()))
        }
        _ => iterate::gather(cx, iterable),
    }
}

fn any(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    search(cx, args, "any", true)
}

fn all(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    search(cx, args, "all", false)
}

/// Whether there is an item with this truth.
fn search(cx: &mut Cx<'_>, args: Args<'_>, name: &str, wanted: bool) -> NativeResult {
    let iterable = arguments::all(cx, args, name, 1, 1)?[0];
    let Some(items) = iterate::gather(cx, iterable)? else {
        // It stops at the first one found: the rest of a generator does not run.
        return python::hand_over(cx, if wanted { "_any" } else { "_all" }, &[iterable]);
    };
    for item in items {
        if truth::of(cx, item)? == wanted {
            return value(Value::Bool(wanted));
        }
    }
    value(Value::Bool(!wanted))
}

fn sorted(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let [iterable] = *args.positional else {
        let text = format!("sorted expected 1 argument, got {}", args.positional.len());
        return Err(cx.type_error(text));
    };
    let (key, reverse) = sort_options(cx, args, "sort")?;
    let Some(mut items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(0)) };
    match key {
        None => {
            compare::sort(cx, &mut items, reverse)?;
            value(cx.list(items))
        }
        Some(key) => {
            let items = cx.list(items);
            python::hand_over(cx, "_sorted", &[items, key, Value::Bool(reverse)])
        }
    }
}

/// `key=` and `reverse=` of `sorted` and `list.sort`.
pub(in crate::vm::lib) fn sort_options(
    cx: &mut Cx<'_>,
    args: Args<'_>,
    name: &str,
) -> Result<(Option<Value>, bool), Raise> {
    let (mut key, mut reverse) = (None, false);
    for (sym, given) in args.keywords {
        match cx.name(*sym) {
            "key" => key = Some(*given).filter(|key| *key != Value::None),
            "reverse" => reverse = truth::of(cx, *given)?,
            other => {
                let text = format!("'{other}' is an invalid keyword argument for {name}()");
                return Err(cx.type_error(text));
            }
        }
    }
    Ok((key, reverse))
}

/// `_sort_by_keys(list, keys, reverse)`: sorts the list in place by the keys of its items.
fn sort_by_keys(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let [Value::Ref(list), Value::Ref(keys), reverse] = *arguments::all(cx, args, "_sort_by_keys", 3, 3)? else {
        return Err(cx.type_error("_sort_by_keys() takes two lists"));
    };
    let items = cx.vm.heap.list(list).cloned().unwrap_or_default();
    let keys = cx.vm.heap.list(keys).cloned().unwrap_or_default();
    if items.len() != keys.len() {
        return Err(cx.value_error("list modified during sort"));
    }
    let reverse = truth::of(cx, reverse)?;
    let sorted = compare::sort_pairs(cx, keys.into_iter().zip(items).collect(), reverse)?;
    if let Some(place) = cx.vm.heap.list_mut(list) {
        *place = sorted.into_iter().map(|(_, item)| item).collect();
    }
    value(Value::None)
}

fn iter(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "iter", 1, 2)?;
    let iterable = given[0];
    if let Some(sentinel) = given.get(1) {
        if !super::object::is_callable(cx, iterable) {
            return Err(cx.type_error("iter(v, w): v must be callable"));
        }
        let iter = Iter::Callable { callable: iterable, sentinel: *sentinel };
        return value(cx.alloc(Obj::Iter(Arc::new(iter))));
    }
    if let Some(function) = cx.special(iterable, "__iter__") {
        return Ok(Answer::Call { function, args: [iterable][..].into() });
    }
    if cx.special(iterable, "__getitem__").is_some() {
        let iter = Iter::GetItem { sequence: iterable, index: 0 };
        return value(cx.alloc(Obj::Iter(Arc::new(iter))));
    }
    value(entry::iterate(cx, iterable)?)
}

fn is_iterator(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "_is_iterator", 1, 1)?[0];
    let answer = iterate::is_iterator(&cx.vm.heap, operand) || cx.special(operand, "__next__").is_some();
    value(Value::Bool(answer))
}

fn next(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "next", 1, 2)?;
    let iterator = given[0];
    let by_method = cx.special(iterator, "__next__").is_some();
    if !by_method && !iterate::is_iterator(&cx.vm.heap, iterator) {
        let text = format!("'{}' object is not an iterator", cx.type_name(iterator));
        return Err(cx.type_error(text));
    }
    if by_method || iterate::runs_python(&cx.vm.heap, iterator) {
        let default = given.get(1).copied();
        let args = [iterator, default.unwrap_or(Value::None), Value::Bool(default.is_some())];
        return python::hand_over(cx, "_next", &args);
    }
    let Value::Ref(at) = iterator else { return value(Value::None) };
    match (iterate::next(cx, at)?, given.get(1)) {
        (Some(item), _) => value(item),
        (None, Some(default)) => value(*default),
        (None, None) => Err(cx.raise(types::STOP_ITERATION, "")),
    }
}
