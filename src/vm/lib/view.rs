//! A value with what is needed to work on it: the step from [`Value`] to Python's kinds of values.

use super::container::{Dict, Set};
use super::number::Number;
use crate::vm::heap::Heap;
use crate::vm::object::{Deque, DictPart, Obj, Range};
use crate::vm::{Ref, Value};
use std::collections::VecDeque;
use std::sync::Arc;

/// What a value is. What can change is named by its place in the heap, everything else is at hand.
#[derive(Clone, Debug)]
pub enum View {
    None,
    Number(Number),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Value]>),
    List(Ref),
    Dict(Ref),
    /// A set or frozenset.
    Set(Ref),
    Deque(Ref),
    Range(Range),
    Slice(Arc<[Value; 3]>),
    DictView(Ref, DictPart),
    Other,
}

/// What `value` is; of an instance of a class derived from a built-in container, what the container is.
#[must_use]
pub fn view(heap: &Heap, value: Value) -> View {
    match value {
        Value::None => View::None,
        Value::Bool(b) => View::Number(Number::Int(i64::from(b))),
        Value::Int(n) => View::Number(Number::Int(n)),
        Value::Float(x) => View::Number(Number::Float(x)),
        Value::Ref(at) => view_ref(heap, at),
        _ => View::Other,
    }
}

fn view_ref(heap: &Heap, at: Ref) -> View {
    match heap.get(at) {
        Obj::Str(text) => View::Str(Arc::clone(text)),
        Obj::Bytes(bytes) => View::Bytes(Arc::clone(bytes)),
        Obj::Tuple(items) => View::Tuple(Arc::clone(items)),
        Obj::List(_) => View::List(at),
        Obj::Dict(_) => View::Dict(at),
        Obj::Set(_) | Obj::FrozenSet(_) => View::Set(at),
        Obj::Deque(_) => View::Deque(at),
        Obj::Range(range) => View::Range(**range),
        Obj::Slice(parts) => View::Slice(Arc::clone(parts)),
        Obj::DictView(dict, part) => View::DictView(*dict, *part),
        Obj::Instance(instance) if instance.inner != Value::Null => view(heap, instance.inner),
        _ => View::Other,
    }
}

/// The number a value is, if it is one.
#[must_use]
pub fn number(value: Value) -> Option<Number> {
    match value {
        Value::Bool(b) => Some(Number::Int(i64::from(b))),
        Value::Int(n) => Some(Number::Int(n)),
        Value::Float(x) => Some(Number::Float(x)),
        _ => None,
    }
}

/// The int a value is, if it is one (bools are).
#[must_use]
pub fn int(value: Value) -> Option<i64> {
    match value {
        Value::Bool(b) => Some(i64::from(b)),
        Value::Int(n) => Some(n),
        _ => None,
    }
}

/// The value itself, or the container inside an instance of a class derived from one.
#[must_use]
pub fn unwrap(heap: &Heap, value: Value) -> Value {
    match value {
        Value::Ref(at) => match heap.get(at) {
            Obj::Instance(instance) if instance.inner != Value::Null => instance.inner,
            _ => value,
        },
        _ => value,
    }
}

impl Heap {
    /// The entries of a dict.
    #[must_use]
    pub fn dict(&self, at: Ref) -> Option<&Dict> {
        match self.get(at) {
            Obj::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn dict_mut(&mut self, at: Ref) -> Option<&mut Dict> {
        match self.get_mut(at) {
            Obj::Dict(dict) => Some(Arc::make_mut(dict)),
            _ => None,
        }
    }

    /// The members of a set or frozenset.
    #[must_use]
    pub fn set(&self, at: Ref) -> Option<&Set> {
        match self.get(at) {
            Obj::Set(set) | Obj::FrozenSet(set) => Some(set),
            _ => None,
        }
    }

    pub fn set_mut(&mut self, at: Ref) -> Option<&mut Set> {
        match self.get_mut(at) {
            Obj::Set(set) | Obj::FrozenSet(set) => Some(Arc::make_mut(set)),
            _ => None,
        }
    }

    #[must_use]
    pub fn deque(&self, at: Ref) -> Option<&Deque> {
        match self.get(at) {
            Obj::Deque(deque) => Some(deque),
            _ => None,
        }
    }

    /// The items of a deque, to change them.
    pub fn deque_mut(&mut self, at: Ref) -> Option<&mut VecDeque<Value>> {
        match self.get_mut(at) {
            Obj::Deque(deque) => Some(&mut Arc::make_mut(deque).items),
            _ => None,
        }
    }
}
