//! Looking at an element without running the program's code and without an error: for showing what is read.

use super::siphash;
use super::slice;
use crate::vm::heap::Heap;
use crate::vm::object::Obj;
use crate::vm::{Ref, Value};

/// `container[key]`, if there is such an element and the key is a number or a text.
#[must_use]
pub fn item(heap: &Heap, container: Ref, key: Value) -> Option<Value> {
    match heap.get(container) {
        Obj::List(items) => items.get(place(key, items.len())?).copied(),
        Obj::Deque(deque) => deque.items.get(place(key, deque.items.len())?).copied(),
        Obj::Dict(dict) => {
            let slot = match key {
                Value::Int(number) => dict.find(siphash::int(number), |other| other == key)?,
                _ => {
                    let text = heap.str(key)?;
                    dict.find(siphash::text(text), |other| heap.str(other) == Some(text))?
                }
            };
            dict.entry(slot).map(|entry| entry.value)
        }
        _ => None,
    }
}

fn place(index: Value, length: usize) -> Option<usize> {
    let Value::Int(index) = index else { return None };
    slice::place(index, length)
}
