//! The part of `collections` that is a built-in type; the rest is `assets/pylib/collections.py`.

use crate::vm::native::Registry;
use crate::vm::{Value, types};

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("_collections");
    registry.member(module, "deque", Value::Type(types::DEQUE));
}
