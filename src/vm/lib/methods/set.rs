//! Methods of `set` and `frozenset`.

use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::rest;
use crate::vm::lib::container::Set;
use crate::vm::lib::operator::{replace_set, same_kind};
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{entry, iterate, keys, sets};
use crate::vm::native::Effect::{Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

const SHARED: &[Method] = &[
    ("union", Reads, union),
    ("intersection", Reads, intersection),
    ("difference", Reads, difference),
    ("symmetric_difference", Reads, symmetric_difference),
    ("issubset", Reads, issubset),
    ("issuperset", Reads, issuperset),
    ("isdisjoint", Reads, isdisjoint),
    ("copy", Reads, copy),
];

const MUTABLE: &[Method] = &[
    ("add", Writes, insert),
    ("remove", Writes, remove),
    ("discard", Writes, discard),
    ("pop", Writes, pop),
    ("clear", Writes, clear),
    ("update", Writes, update),
    ("intersection_update", Writes, intersection_update),
    ("difference_update", Writes, difference_update),
    ("symmetric_difference_update", Writes, symmetric_difference_update),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::SET, SHARED);
    add(registry, types::FROZENSET, SHARED);
    add(registry, types::SET, MUTABLE);
}

fn this(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Ref, Raise> {
    let receiver = receiver(cx, args);
    if let Value::Ref(at) = receiver
        && cx.vm.heap.set(at).is_some()
    {
        return Ok(at);
    }
    let kind = cx.type_name(receiver);
    Err(cx.type_error(format!("descriptor '{name}' for 'set' objects doesn't apply to a '{kind}' object")))
}

/// The operands as sets; `Err(n)` when argument `n` must be collected first.
fn operands(cx: &mut Cx<'_>, given: &[Value]) -> Result<Result<Vec<Arc<Set>>, usize>, Raise> {
    let mut sets = Vec::with_capacity(given.len());
    for (number, operand) in given.iter().enumerate() {
        if let View::Set(at) = view(&cx.vm.heap, *operand) {
            sets.push(keys::set_of(&cx.vm.heap, at));
            continue;
        }
        let Some(items) = iterate::gather(cx, *operand)? else { return Ok(Err(number + 1)) };
        sets.push(Arc::new(keys::set_from(cx, &items)?));
    }
    Ok(Ok(sets))
}

type Combine = fn(&mut Cx<'_>, &Set, &Set) -> Result<Set, Raise>;

/// A method that makes a new set of the receiver and its arguments.
fn combined(cx: &mut Cx<'_>, args: Args<'_>, name: &str, most: usize, combine: Combine) -> NativeResult {
    let at = this(cx, args, name)?;
    let given = rest(cx, args, &format!("set.{name}"), usize::from(most == 1), most)?;
    let operands = match operands(cx, given)? {
        Ok(operands) => operands,
        Err(number) => return Ok(Answer::Materialise(number)),
    };
    let mut result = Set::clone(&keys::set_of(&cx.vm.heap, at));
    if operands.is_empty() {
        result = result.copied();
    }
    for operand in operands {
        result = combine(cx, &result, &operand)?;
    }
    value(same_kind(cx, Value::Ref(at), result))
}

fn union(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    combined(cx, args, "union", usize::MAX, sets::union)
}

fn intersection(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    combined(cx, args, "intersection", usize::MAX, sets::intersection)
}

fn difference(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    combined(cx, args, "difference", usize::MAX, sets::difference)
}

fn symmetric_difference(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    combined(cx, args, "symmetric_difference", 1, sets::symmetric_difference)
}

type Test = fn(&mut Cx<'_>, &Arc<Set>, &Arc<Set>) -> Result<bool, Raise>;

fn tested(cx: &mut Cx<'_>, args: Args<'_>, name: &str, test: Test) -> NativeResult {
    let at = this(cx, args, name)?;
    let given = rest(cx, args, &format!("set.{name}"), 1, 1)?;
    let operands = match operands(cx, given)? {
        Ok(operands) => operands,
        Err(number) => return Ok(Answer::Materialise(number)),
    };
    let own = keys::set_of(&cx.vm.heap, at);
    value(Value::Bool(test(cx, &own, &operands[0])?))
}

fn issubset(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    tested(cx, args, "issubset", |cx, own, other| keys::is_subset(cx, own, other))
}

fn issuperset(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    tested(cx, args, "issuperset", |cx, own, other| keys::is_subset(cx, other, own))
}

fn isdisjoint(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    tested(cx, args, "isdisjoint", sets::is_disjoint)
}

fn copy(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "copy")?;
    rest(cx, args, "set.copy", 0, 0)?;
    let copy = keys::set_of(&cx.vm.heap, at).copied();
    value(same_kind(cx, Value::Ref(at), copy))
}

fn insert(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "add")?;
    let item = rest(cx, args, "set.add", 1, 1)?[0];
    entry::set_add(cx, at, item)?;
    value(Value::None)
}

/// Takes a member out; whether it was there.
fn take(cx: &mut Cx<'_>, at: Ref, item: Value) -> Result<bool, Raise> {
    let hash = keys::hash(cx, item)?;
    let Some(slot) = keys::find_in_set(cx, at, hash, item)? else { return Ok(false) };
    if let Some(set) = cx.vm.heap.set_mut(at) {
        set.remove(slot);
    }
    Ok(true)
}

fn remove(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "remove")?;
    let item = rest(cx, args, "set.remove", 1, 1)?[0];
    if take(cx, at, item)? { value(Value::None) } else { Err(keys::missing(cx, item)) }
}

fn discard(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "discard")?;
    let item = rest(cx, args, "set.discard", 1, 1)?[0];
    take(cx, at, item)?;
    value(Value::None)
}

fn pop(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "pop")?;
    rest(cx, args, "set.pop", 0, 0)?;
    match cx.vm.heap.set_mut(at).and_then(Set::pop) {
        Some(member) => value(member.key),
        None => {
            let text = cx.str("pop from an empty set");
            Err(keys::missing(cx, text))
        }
    }
}

fn clear(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "clear")?;
    rest(cx, args, "set.clear", 0, 0)?;
    if let Some(set) = cx.vm.heap.set_mut(at) {
        set.clear();
    }
    value(Value::None)
}

type Change = fn(&mut Cx<'_>, &mut Set, &Set) -> Result<(), Raise>;

/// A method that changes the receiver by its arguments, one after the other.
fn changed(cx: &mut Cx<'_>, args: Args<'_>, name: &str, change: Change) -> NativeResult {
    let at = this(cx, args, name)?;
    let given = rest(cx, args, &format!("set.{name}"), 0, usize::MAX)?;
    let operands = match operands(cx, given)? {
        Ok(operands) => operands,
        Err(number) => return Ok(Answer::Materialise(number)),
    };
    let mut set = Set::clone(&keys::set_of(&cx.vm.heap, at));
    for operand in operands {
        change(cx, &mut set, &operand)?;
    }
    replace_set(cx, at, set);
    value(Value::None)
}

fn update(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let at = this(cx, args, "update")?;
    let given = rest(cx, args, "set.update", 0, usize::MAX)?;
    let mut set = Set::clone(&keys::set_of(&cx.vm.heap, at));
    for (number, operand) in given.iter().enumerate() {
        if let View::Set(other) = view(&cx.vm.heap, *operand) {
            let other = keys::set_of(&cx.vm.heap, other);
            keys::merge(cx, &mut set, &other)?;
            continue;
        }
        // One by one, as CPython does: that decides the order.
        let Some(items) = iterate::gather(cx, *operand)? else { return Ok(Answer::Materialise(number + 1)) };
        for item in items {
            let hash = keys::hash(cx, item)?;
            keys::add_member(cx, &mut set, hash, item)?;
        }
    }
    replace_set(cx, at, set);
    value(Value::None)
}

fn intersection_update(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    changed(cx, args, "intersection_update", |cx, set, other| {
        *set = sets::intersection(cx, set, other)?;
        Ok(())
    })
}

fn difference_update(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    changed(cx, args, "difference_update", sets::remove_all)
}

fn symmetric_difference_update(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    changed(cx, args, "symmetric_difference_update", sets::toggle_all)
}
