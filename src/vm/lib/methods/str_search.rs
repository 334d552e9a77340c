//! Methods of `str` that look for a part.

use super::str::{answer, strings, text_argument, text_of};
use super::{Method, add, value};
use crate::vm::lib::arguments::rest;
use crate::vm::lib::slice;
use crate::vm::lib::view::{View, view};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Value, types};
use std::ops::Range;
use std::sync::Arc;

const TABLE: &[Method] = &[
    ("find", Pure, find),
    ("rfind", Pure, rfind),
    ("index", Pure, index),
    ("rindex", Pure, rindex),
    ("count", Pure, count),
    ("startswith", Pure, startswith),
    ("endswith", Pure, endswith),
    ("removeprefix", Pure, removeprefix),
    ("removesuffix", Pure, removesuffix),
    ("partition", Pure, partition),
    ("rpartition", Pure, rpartition),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::STR, TABLE);
}

/// One to three arguments: what is looked for, and the bounds.
fn bounded<'a>(cx: &mut Cx<'_>, args: Args<'a>, name: &str) -> Result<&'a [Value], Raise> {
    let given = args.positional.get(1..).unwrap_or_default();
    match given.len() {
        0 => Err(cx.type_error(format!("{name}() takes at least 1 argument (0 given)"))),
        1..=3 => rest(cx, args, &format!("str.{name}"), 1, 3),
        n => Err(cx.type_error(format!("{name}() takes at most 3 arguments ({n} given)"))),
    }
}

/// The part of a text that a search looks at.
struct Window {
    bytes: Range<usize>,
    /// The number of characters before it.
    before: usize,
}

/// `start` and `end` of a search, in characters; `None` when `start` is behind the end.
fn window(cx: &mut Cx<'_>, text: &str, bounds: &[Value]) -> Result<Option<Window>, Raise> {
    let length = text.chars().count();
    let part = |n: usize| bounds.get(n).copied().unwrap_or(Value::None);
    let beyond = matches!(part(0), Value::Int(start) if usize::try_from(start).is_ok_and(|start| start > length));
    let places = slice::places(cx, &[part(0), part(1), Value::None], length)?;
    let (start, stop) = (usize::try_from(places.start).unwrap_or(0), usize::try_from(places.stop).unwrap_or(0));
    let end_before_start = matches!(part(1), Value::Int(_)) && places.count == 0 && {
        let stop_given = slice::places(cx, &[Value::None, part(1), Value::None], length)?.stop;
        stop_given < places.start
    };
    if beyond || end_before_start {
        return Ok(None);
    }
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    Ok(Some(Window { bytes: byte(start)..byte(stop), before: start }))
}

/// The place of a part in characters.
fn search(cx: &mut Cx<'_>, args: Args<'_>, name: &str, last: bool) -> Result<Option<i64>, Raise> {
    let text = text_of(cx, args, name)?;
    let given = bounded(cx, args, name)?;
    let Some(part) = cx.text(given[0]) else {
        let text = format!("must be str, not {}", cx.type_name(given[0]));
        return Err(cx.type_error(text));
    };
    let Some(window) = window(cx, &text, &given[1..])? else { return Ok(None) };
    let inside = &text[window.bytes];
    let found = if last { inside.rfind(&*part) } else { inside.find(&*part) };
    Ok(found.and_then(|at| i64::try_from(window.before + inside[..at].chars().count()).ok()))
}

fn find(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let found = search(cx, args, "find", false)?;
    value(Value::Int(found.unwrap_or(-1)))
}

fn rfind(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let found = search(cx, args, "rfind", true)?;
    value(Value::Int(found.unwrap_or(-1)))
}

fn index(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    match search(cx, args, "index", false)? {
        Some(place) => value(Value::Int(place)),
        None => Err(cx.value_error("substring not found")),
    }
}

fn rindex(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    match search(cx, args, "rindex", true)? {
        Some(place) => value(Value::Int(place)),
        None => Err(cx.value_error("substring not found")),
    }
}

fn count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "count")?;
    let given = bounded(cx, args, "count")?;
    let Some(part) = cx.text(given[0]) else {
        let text = format!("must be str, not {}", cx.type_name(given[0]));
        return Err(cx.type_error(text));
    };
    let count = match window(cx, &text, &given[1..])? {
        None => 0,
        Some(window) => text[window.bytes].matches(&*part).count(),
    };
    value(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn startswith(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    affix(cx, args, "startswith", |text, part| text.starts_with(part))
}

fn endswith(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    affix(cx, args, "endswith", |text, part| text.ends_with(part))
}

fn affix(cx: &mut Cx<'_>, args: Args<'_>, name: &str, test: fn(&str, &str) -> bool) -> NativeResult {
    let text = text_of(cx, args, name)?;
    let given = bounded(cx, args, name)?;
    let candidates = match view(&cx.vm.heap, given[0]) {
        View::Tuple(items) => items.to_vec(),
        View::Str(_) => vec![given[0]],
        _ => {
            let kind = cx.type_name(given[0]);
            return Err(cx.type_error(format!("{name} first arg must be str or a tuple of str, not {kind}")));
        }
    };
    let Some(window) = window(cx, &text, &given[1..])? else { return value(Value::Bool(false)) };
    for candidate in candidates {
        let Some(part) = cx.text(candidate) else {
            let kind = cx.type_name(candidate);
            return Err(cx.type_error(format!("tuple for {name} must only contain str, not {kind}")));
        };
        if test(&text[window.bytes.clone()], &part) {
            return value(Value::Bool(true));
        }
    }
    value(Value::Bool(false))
}

fn removeprefix(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "removeprefix")?;
    let given = rest(cx, args, "str.removeprefix", 1, 1)?;
    let part = text_argument(cx, "removeprefix", 0, given[0])?;
    answer(cx, text.strip_prefix(&*part).unwrap_or(&text))
}

fn removesuffix(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "removesuffix")?;
    let given = rest(cx, args, "str.removesuffix", 1, 1)?;
    let part = text_argument(cx, "removesuffix", 0, given[0])?;
    answer(cx, text.strip_suffix(&*part).unwrap_or(&text))
}

fn partition(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "partition")?;
    let separator = partition_separator(cx, args, "partition")?;
    let parts = match text.split_once(&*separator) {
        Some((before, after)) => [before, &separator, after],
        None => [&*text, "", ""],
    };
    let parts = strings(cx, parts);
    value(cx.tuple(parts))
}

fn rpartition(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "rpartition")?;
    let separator = partition_separator(cx, args, "rpartition")?;
    let parts = match text.rsplit_once(&*separator) {
        Some((before, after)) => [before, &separator, after],
        None => ["", "", &*text],
    };
    let parts = strings(cx, parts);
    value(cx.tuple(parts))
}

fn partition_separator(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Arc<str>, Raise> {
    let given = rest(cx, args, &format!("str.{name}"), 1, 1)?;
    match cx.text(given[0]) {
        Some(text) if text.is_empty() => Err(cx.value_error("empty separator")),
        Some(text) => Ok(text),
        None => {
            let text = format!("must be str, not {}", cx.type_name(given[0]));
            Err(cx.type_error(text))
        }
    }
}
