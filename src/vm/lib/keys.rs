//! Keys of dicts and members of sets: hashing, looking up, storing.

use super::compare::{equal, plain_equal};
use super::container::{Member, Set};
use super::siphash;
use super::view::View;
use crate::vm::heap::Heap;
use crate::vm::native::{Cx, Raise};
use crate::vm::object::{DictPart, Obj};
use crate::vm::{Ref, Value, types};
use std::sync::Arc;

/// `hash(value)`; a `TypeError` for what can change.
pub fn hash(cx: &mut Cx<'_>, value: Value) -> Result<i64, Raise> {
    match value {
        Value::Int(n) => Ok(siphash::int(n)),
        Value::Bool(b) => Ok(i64::from(b)),
        Value::Float(x) => Ok(siphash::float(x)),
        // As in CPython 3.12, where it no longer is an address.
        Value::None => Ok(0xfca8_6420),
        Value::Ref(at) => hash_ref(cx, at),
        _ => Ok(seen_address(cx, value) >> 4),
    }
}

fn hash_ref(cx: &mut Cx<'_>, at: Ref) -> Result<i64, Raise> {
    match cx.vm.heap.get(at) {
        Obj::Str(text) => Ok(siphash::text(text)),
        Obj::Bytes(bytes) => Ok(siphash::bytes(bytes)),
        Obj::Tuple(items) => {
            let items = Arc::clone(items);
            cx.deeper(1, "", |cx| hash_tuple(cx, &items))
        }
        Obj::FrozenSet(_) => Ok(hash_of_members(&cx.vm.heap, at)),
        Obj::Range(range) => {
            let length = i64::try_from(range.len()).unwrap_or(i64::MAX);
            let parts = if length == 0 { [0, 0, 0] } else { [length, range.start, range.step] };
            Ok(siphash::tuple(parts.map(siphash::int).into_iter()))
        }
        Obj::Bound(bound) => {
            let bound = Arc::clone(bound);
            Ok(seen_address(cx, bound.function) ^ seen_address(cx, bound.receiver))
        }
        Obj::List(_) | Obj::Dict(_) | Obj::Set(_) | Obj::Deque(_) | Obj::Slice(_) | Obj::DictView(..) => {
            Err(unhashable(cx, Value::Ref(at)))
        }
        Obj::Instance(_) | Obj::Exception(_) => hash_instance(cx, at),
        _ => Ok(seen_address(cx, Value::Ref(at)) >> 4),
    }
}

/// The hash of a set, as if it were frozen.
#[must_use]
pub fn hash_of_members(heap: &Heap, set: Ref) -> i64 {
    let hashes: Vec<i64> = heap.set(set).map(|set| set.iter().map(|member| member.hash).collect()).unwrap_or_default();
    siphash::frozenset(hashes.into_iter())
}

fn hash_tuple(cx: &mut Cx<'_>, items: &[Value]) -> Result<i64, Raise> {
    cx.work(8 + 4 * items.len() as u64)?;
    let mut hashes = Vec::with_capacity(items.len());
    for item in items {
        hashes.push(hash(cx, *item)?);
    }
    Ok(siphash::tuple(hashes.into_iter()))
}

/// An instance: the first class in the order of resolution that has `__hash__` decides; one that has `__eq__` and no
/// `__hash__` makes its instances unhashable.
fn hash_instance(cx: &mut Cx<'_>, at: Ref) -> Result<i64, Raise> {
    let (hash_name, eq_name) = (cx.vm.find_name(cx.program, "__hash__"), cx.vm.find_name(cx.program, "__eq__"));
    let value = Value::Ref(at);
    for class in mro(cx, at) {
        let Value::Ref(class) = class else { break };
        let Obj::Class(class) = cx.vm.heap.get(class) else { break };
        match hash_name.and_then(|name| class.attrs.get(name)) {
            Some(Value::None) => return Err(unhashable(cx, value)),
            Some(method) => {
                return match cx.call(method, &[value])? {
                    Value::Int(n) => Ok(siphash::avoid_minus_one(n)),
                    Value::Bool(b) => Ok(i64::from(b)),
                    _ => Err(cx.type_error("__hash__ method should return an integer")),
                };
            }
            None if eq_name.is_some_and(|name| class.attrs.get(name).is_some()) => return Err(unhashable(cx, value)),
            None => {}
        }
    }
    match cx.vm.heap.get(at) {
        Obj::Instance(instance) if instance.inner != Value::Null => match hash(cx, instance.inner) {
            Ok(hash) => Ok(hash),
            Err(_) => Err(unhashable(cx, value)),
        },
        _ => Ok(seen_address(cx, value) >> 4),
    }
}

fn mro(cx: &Cx<'_>, at: Ref) -> Vec<Value> {
    match cx.vm.class_of(at).map(|class| cx.vm.heap.get(class)) {
        Some(Obj::Class(class)) => class.mro.clone(),
        _ => Vec::new(),
    }
}

fn unhashable(cx: &mut Cx<'_>, value: Value) -> Raise {
    let text = format!("unhashable type: '{}'", cx.type_name(value));
    cx.type_error(text)
}

/// `id(value)`: looks like an address, is the same in every run.
#[must_use]
pub fn address(value: Value) -> i64 {
    const BASE: i64 = 0x7f10_0000_0000;
    match value {
        Value::Ref(at) => BASE + 0x40 * i64::from(at.0),
        Value::Int(n) => 0x5590_0000_0000_i64.wrapping_add(n.wrapping_mul(32)),
        Value::Bool(b) => 0x5580_0000_0020 + 32 * i64::from(b),
        Value::None => 0x5580_0000_0080,
        Value::Float(x) => 0x5600_0000_0000 + (x.to_bits() >> 24).cast_signed(),
        Value::Type(id) => 0x5570_0000_0000 + 0x400 * i64::from(id.0),
        Value::Native(id) => 0x5560_0000_0000 + 0x40 * i64::from(id.0),
        Value::Library(id) => 0x5550_0000_0000 + 0x40 * i64::from(id.0),
        Value::Module(id) => 0x5540_0000_0000 + 0x40 * i64::from(id.0),
        Value::NotYet(name) => 0x5530_0000_0000 + 0x40 * i64::from(name.0),
        Value::Ellipsis => 0x5580_0000_00c0,
        Value::NotImplemented => 0x5580_0000_00e0,
        Value::Null => 0,
    }
}

/// The same for the program itself, which is noted.
pub fn seen_address(cx: &mut Cx<'_>, value: Value) -> i64 {
    cx.vm.see_address(value);
    address(value)
}

/// The slot of a key in a dict.
pub fn find(cx: &mut Cx<'_>, dict: Ref, hash: i64, key: Value) -> Result<Option<usize>, Raise> {
    let heap = &cx.vm.heap;
    let Some(table) = heap.dict(dict) else { return Ok(None) };
    let mut unsure = false;
    let found = table.find(hash, |other| is_plainly(heap, other, key, &mut unsure));
    if found.is_some() || !unsure {
        return Ok(found);
    }
    for slot in table.candidates(hash) {
        let entry = cx.vm.heap.dict(dict).and_then(|table| table.entry(slot)).copied();
        if let Some(entry) = entry
            && equal(cx, entry.key, key)?
        {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

fn is_plainly(heap: &Heap, other: Value, key: Value, unsure: &mut bool) -> bool {
    match plain_equal(heap, other, key) {
        Some(same) => same,
        None => {
            *unsure = true;
            false
        }
    }
}

/// The value of a key whose hash is known.
pub fn get(cx: &mut Cx<'_>, dict: Ref, hash: i64, key: Value) -> Result<Option<Value>, Raise> {
    let Some(slot) = find(cx, dict, hash, key)? else { return Ok(None) };
    Ok(cx.vm.heap.dict(dict).and_then(|table| table.entry(slot)).map(|entry| entry.value))
}

/// The value of a key.
pub fn look_up(cx: &mut Cx<'_>, dict: Ref, key: Value) -> Result<Option<Value>, Raise> {
    let hash = hash(cx, key)?;
    get(cx, dict, hash, key)
}

/// `dict[key] = value`.
pub fn store(cx: &mut Cx<'_>, dict: Ref, key: Value, value: Value) -> Result<(), Raise> {
    let hash = hash(cx, key)?;
    let found = find(cx, dict, hash, key)?;
    if let Some(table) = cx.vm.heap.dict_mut(dict) {
        match found {
            Some(slot) => table.set_value(slot, value),
            None => {
                table.insert_new(hash, key, value);
                cx.vm.heap.charge(56);
                cx.stored(dict, key);
            }
        }
    }
    cx.stored(dict, value);
    Ok(())
}

/// Takes a key out of a dict: its value, if it was there.
pub fn remove(cx: &mut Cx<'_>, dict: Ref, key: Value) -> Result<Option<Value>, Raise> {
    let hash = hash(cx, key)?;
    let Some(slot) = find(cx, dict, hash, key)? else { return Ok(None) };
    Ok(cx.vm.heap.dict_mut(dict).and_then(|table| table.remove(slot)).map(|entry| entry.value))
}

/// `KeyError(key)`.
pub fn missing(cx: &mut Cx<'_>, key: Value) -> Raise {
    cx.raise_with(types::KEY_ERROR, vec![key])
}

// ---- sets, as plain tables ----

/// The slot of a member in a table that is not in the heap, or was taken from it.
pub fn find_member(cx: &mut Cx<'_>, set: &Set, hash: i64, key: Value) -> Result<Option<usize>, Raise> {
    let heap = &cx.vm.heap;
    let mut unsure = false;
    let found = set.find(hash, |other| is_plainly(heap, other, key, &mut unsure));
    if found.is_some() || !unsure {
        return Ok(found);
    }
    for slot in set.candidates(hash) {
        if let Some(member) = set.member(slot)
            && equal(cx, member.key, key)?
        {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

/// The slot of a member of a set in the heap.
pub fn find_in_set(cx: &mut Cx<'_>, at: Ref, hash: i64, key: Value) -> Result<Option<usize>, Raise> {
    let heap = &cx.vm.heap;
    let Some(set) = heap.set(at) else { return Ok(None) };
    let mut unsure = false;
    let found = set.find(hash, |other| is_plainly(heap, other, key, &mut unsure));
    if found.is_some() || !unsure {
        return Ok(found);
    }
    let copy = set_of(heap, at);
    find_member(cx, &copy, hash, key)
}

/// The table of a set in the heap; cheap to take.
#[must_use]
pub fn set_of(heap: &Heap, at: Ref) -> Arc<Set> {
    match heap.get(at) {
        Obj::Set(set) | Obj::FrozenSet(set) => Arc::clone(set),
        _ => Arc::default(),
    }
}

/// Adds a member if it is not there.
pub fn add_member(cx: &mut Cx<'_>, set: &mut Set, hash: i64, key: Value) -> Result<(), Raise> {
    if find_member(cx, set, hash, key)?.is_none() {
        set.insert_new(hash, key);
    }
    Ok(())
}

/// A new table with these members, added one by one.
pub fn set_from(cx: &mut Cx<'_>, items: &[Value]) -> Result<Set, Raise> {
    let mut set = Set::new();
    for item in items {
        let hash = hash(cx, *item)?;
        add_member(cx, &mut set, hash, *item)?;
    }
    Ok(set)
}

/// Merges all members of another set in.
pub fn merge(cx: &mut Cx<'_>, set: &mut Set, other: &Set) -> Result<(), Raise> {
    if set.is_empty() && !other.is_empty() {
        *set = other.copied();
        return Ok(());
    }
    set.reserve(other.len());
    for member in other.iter() {
        add_member(cx, set, member.hash, member.key)?;
    }
    Ok(())
}

/// True when all members of `a` are in `b`.
pub fn is_subset(cx: &mut Cx<'_>, a: &Set, b: &Set) -> Result<bool, Raise> {
    for member in a.iter() {
        if find_member(cx, b, member.hash, member.key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A set, frozenset, `dict.keys()` or `dict.items()` as a set; `None` for anything else.
pub fn as_set(cx: &mut Cx<'_>, view: &View) -> Result<Option<Arc<Set>>, Raise> {
    match view {
        View::Set(at) => Ok(Some(set_of(&cx.vm.heap, *at))),
        View::DictView(dict, DictPart::Keys) => {
            let members: Vec<Member> = match cx.vm.heap.dict(*dict) {
                Some(table) => table.iter().map(|entry| Member { hash: entry.hash, key: entry.key }).collect(),
                None => Vec::new(),
            };
            let mut set = Set::new();
            set.reserve(members.len());
            for member in members {
                set.insert_new(member.hash, member.key);
            }
            Ok(Some(Arc::new(set)))
        }
        View::DictView(dict, DictPart::Items) => {
            let pairs: Vec<[Value; 2]> = match cx.vm.heap.dict(*dict) {
                Some(table) => table.iter().map(|entry| [entry.key, entry.value]).collect(),
                None => Vec::new(),
            };
            let pairs: Vec<Value> = pairs.into_iter().map(|pair| cx.tuple(pair)).collect();
            Ok(Some(Arc::new(set_from(cx, &pairs)?)))
        }
        _ => Ok(None),
    }
}
