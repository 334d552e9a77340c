//! Methods of `tuple` and `range`.

use super::list::{occurrences, search};
use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::rest;
use crate::vm::lib::{entry, iterate};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Args, Cx, NativeResult, Registry};
use crate::vm::{Value, types};

const TUPLE: &[Method] = &[("index", Pure, index), ("count", Pure, count)];
const RANGE: &[Method] = &[("index", Pure, range_index), ("count", Pure, count)];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::TUPLE, TUPLE);
    add(registry, types::RANGE, RANGE);
}

fn index(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = rest(cx, args, "tuple.index", 1, 3)?;
    let receiver = receiver(cx, args);
    let items = iterate::collect(cx, receiver)?;
    match search(cx, &items, given[0], &given[1..])? {
        Some(place) => value(Value::Int(i64::try_from(place).unwrap_or(0))),
        None => Err(cx.value_error("tuple.index(x): x not in tuple")),
    }
}

fn range_index(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let wanted = rest(cx, args, "range.index", 1, 1)?[0];
    let receiver = receiver(cx, args);
    let items = iterate::collect(cx, receiver)?;
    match search(cx, &items, wanted, &[])? {
        Some(place) => value(Value::Int(i64::try_from(place).unwrap_or(0))),
        None => {
            let shown = entry::repr(cx, wanted)?;
            Err(cx.value_error(format!("{shown} is not in range")))
        }
    }
}

fn count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let wanted = rest(cx, args, "tuple.count", 1, 1)?[0];
    let receiver = receiver(cx, args);
    let items = iterate::collect(cx, receiver)?;
    occurrences(cx, &items, wanted)
}
