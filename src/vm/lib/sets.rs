//! The algebra of sets, with CPython's ways to build the result: they decide its order.

use super::container::Set;
use super::keys;
use crate::vm::Value;
use crate::vm::native::{Cx, Raise};
use std::sync::Arc;

/// A display of constants. CPython's compiler makes a frozenset of them, then another one in the order of the first, and the
/// program merges that into an empty set.
pub fn display_of_constants(cx: &mut Cx<'_>, items: &[Value]) -> Result<Set, Raise> {
    let first = keys::set_from(cx, items)?;
    let members: Vec<Value> = first.iter().map(|member| member.key).collect();
    let second = keys::set_from(cx, &members)?;
    let mut set = Set::new();
    keys::merge(cx, &mut set, &second)?;
    Ok(set)
}

/// `a | b`
pub fn union(cx: &mut Cx<'_>, a: &Set, b: &Set) -> Result<Set, Raise> {
    let mut result = a.copied();
    keys::merge(cx, &mut result, b)?;
    Ok(result)
}

/// `a & b`: the smaller one is walked.
pub fn intersection(cx: &mut Cx<'_>, a: &Set, b: &Set) -> Result<Set, Raise> {
    let (kept, walked) = if b.len() > a.len() { (b, a) } else { (a, b) };
    let mut result = Set::new();
    for member in walked.iter() {
        if keys::find_member(cx, kept, member.hash, member.key)?.is_some() {
            keys::add_member(cx, &mut result, member.hash, member.key)?;
        }
    }
    Ok(result)
}

/// `a - b`
pub fn difference(cx: &mut Cx<'_>, a: &Set, b: &Set) -> Result<Set, Raise> {
    if a.len() / 4 > b.len() {
        let mut result = a.copied();
        remove_all(cx, &mut result, b)?;
        return Ok(result);
    }
    let mut result = Set::new();
    for member in a.iter() {
        if keys::find_member(cx, b, member.hash, member.key)?.is_none() {
            keys::add_member(cx, &mut result, member.hash, member.key)?;
        }
    }
    Ok(result)
}

/// `set -= other`
pub fn remove_all(cx: &mut Cx<'_>, set: &mut Set, other: &Set) -> Result<(), Raise> {
    for member in other.iter() {
        if let Some(slot) = keys::find_member(cx, set, member.hash, member.key)? {
            set.remove(slot);
        }
    }
    set.tidy();
    Ok(())
}

/// `set ^= other`
pub fn toggle_all(cx: &mut Cx<'_>, set: &mut Set, other: &Set) -> Result<(), Raise> {
    for member in other.iter() {
        match keys::find_member(cx, set, member.hash, member.key)? {
            Some(slot) => {
                set.remove(slot);
            }
            None => set.insert_new(member.hash, member.key),
        }
    }
    Ok(())
}

/// `a ^ b`: a copy of `b` in which the members of `a` are toggled.
pub fn symmetric_difference(cx: &mut Cx<'_>, a: &Set, b: &Set) -> Result<Set, Raise> {
    let mut result = b.copied();
    toggle_all(cx, &mut result, a)?;
    Ok(result)
}

/// True when they have no member in common.
pub fn is_disjoint(cx: &mut Cx<'_>, a: &Arc<Set>, b: &Arc<Set>) -> Result<bool, Raise> {
    for member in a.iter() {
        if keys::find_member(cx, b, member.hash, member.key)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}
