//! Loops, and collecting what a loop would see.

use super::{Flow, Machine, Step};
use crate::vm::frame::Then;
use crate::vm::lib::entry;
use crate::vm::native::Raise;
use crate::vm::object::{GeneratorState, Iter, Obj};
use crate::vm::op::{Op, Place};
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

impl Machine<'_> {
    pub(super) fn get_iter(&mut self) -> Step {
        let value = self.peek(1);
        if let Some(target) = self.touches_visibly(value, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "iter", &[], false));
        }
        self.pop();
        self.iterate(value, Then::Push)
    }

    /// `iter(value)` for `then`.
    pub(super) fn iterate(&mut self, value: Value, then: Then) -> Step {
        if self.user_class(value).is_some() {
            let names = &self.vm.tables.names;
            let (by_iter, by_item) = (names.iter, names.getitem);
            if let Some(function) = self.vm.special(value, by_iter) {
                return self.call_with(function, &[value], Then::Iter(Box::new(then)));
            }
            if self.vm.special(value, by_item).is_some() {
                let iterator = self.alloc(Obj::Iter(Arc::new(Iter::GetItem { sequence: value, index: 0 })));
                return self.deliver(then, iterator);
            }
        }
        let inner = self.inner(value);
        let iterator = match self.obj(inner) {
            Some(Obj::Generator(_) | Obj::Iter(_) | Obj::ListIter { .. } | Obj::RangeIter { .. }) => inner,
            Some(Obj::Instance(_)) => return Err(self.not_iterable(value)),
            _ => entry::iterate(&mut self.cx(), inner)?,
        };
        self.deliver(then, iterator)
    }

    fn not_iterable(&mut self, value: Value) -> Raise {
        let text = format!("'{}' object is not iterable", self.type_name(value));
        self.type_error(&text)
    }

    /// `__iter__` has returned.
    pub(super) fn after_iter(&mut self, iterator: Value, then: Then) -> Step {
        let next = self.vm.tables.names.next;
        let fits = match self.obj(iterator) {
            Some(Obj::Generator(_) | Obj::Iter(_) | Obj::ListIter { .. } | Obj::RangeIter { .. }) => true,
            _ => self.vm.special(iterator, next).is_some(),
        };
        if fits {
            return self.deliver(then, iterator);
        }
        let text = format!("iter() returned non-iterator of type '{}'", self.type_name(iterator));
        Err(self.type_error(&text))
    }

    /// `FOR_ITER`, when it is no short range.
    pub(super) fn for_iter(&mut self, exhausted: u32) -> Step {
        let iterator = self.peek(1);
        if let Some(stop) = self.guard_next(iterator) {
            return Ok(stop);
        }
        if self.advances_in_python(iterator) {
            return self.advance_iterator(iterator, Then::Next { exhausted });
        }
        let Value::Ref(at) = iterator else { return Err(self.not_an_iterator(iterator)) };
        if let Some(item) = entry::next(&mut self.cx(), at)? {
            self.push(item);
            return Ok(Flow::Next);
        }
        self.pop();
        Ok(self.jump(exhausted))
    }

    /// Stops before reading the next item of a container that others see.
    fn guard_next(&mut self, iterator: Value) -> Option<Flow> {
        if self.quiet && !self.loops_for_the_program() {
            // It does not stop, and what it looks at is written down.
            return if self.vm.journal.on { self.guard_iterator(iterator) } else { None };
        }
        let quiet = std::mem::replace(&mut self.quiet, false);
        let stop = self.guard_iterator(iterator);
        self.quiet = quiet;
        stop
    }

    /// Whether this is the code of `map`, `filter` and their like, whose loops are as good as the program's own.
    fn loops_for_the_program(&self) -> bool {
        let module = &self.program.modules[self.code().module.index()];
        !self.nested && matches!(self.program.name(module.name), "builtins" | "itertools" | "functools")
    }

    fn guard_iterator(&mut self, iterator: Value) -> Option<Flow> {
        if let Value::Ref(at) = iterator
            && matches!(
                self.vm.heap.get(at),
                Obj::Iter(_) | Obj::ListIter { .. } | Obj::RangeIter { .. } | Obj::Generator(_)
            )
            && self.is_visible(at, true)
        {
            return if self.take_grant() { None } else { Some(self.stop_before_operator(at, "next", &[], true)) };
        }
        let (container, index) = match self.obj(iterator)? {
            Obj::ListIter { list, index } => (*list, Some(*index)),
            Obj::Iter(iter) => match &**iter {
                Iter::Dict { dict, .. } => (*dict, None),
                Iter::Set { set, .. } => (*set, None),
                Iter::Deque { deque, .. } => (*deque, None),
                _ => return None,
            },
            _ => return None,
        };
        if !self.is_visible(container, false) || self.take_grant() {
            return None;
        }
        let Some(index) = index else { return Some(self.stop_before_operator(container, "next", &[], false)) };
        if self.vm.heap.list(container).is_some_and(|items| index as usize >= items.len()) {
            return Some(self.stop_before_operator(container, "len", &[], false));
        }
        Some(self.stop_before(Op::Load(Place::Item(container, Value::Int(i64::from(index))))))
    }

    /// Whether asking this iterator for an item runs Python code.
    pub(super) fn advances_in_python(&self, iterator: Value) -> bool {
        match self.obj(iterator) {
            Some(Obj::Instance(instance)) => matches!(instance.inner, Value::Null),
            Some(Obj::Generator(_)) => true,
            Some(Obj::Iter(iter)) => matches!(**iter, Iter::GetItem { .. } | Iter::Callable { .. }),
            _ => false,
        }
    }

    /// Whether collecting this value runs Python code.
    pub(super) fn runs_python(&self, value: Value) -> bool {
        if self.advances_in_python(value) {
            return true;
        }
        self.user_class(value).is_some() && self.vm.special(value, self.vm.tables.names.iter).is_some()
    }

    /// Asks an iterator that runs Python for its next item.
    pub(super) fn advance_iterator(&mut self, iterator: Value, then: Then) -> Step {
        match self.obj(iterator) {
            Some(Obj::Generator(_)) => {
                let Value::Ref(at) = iterator else { return Ok(Flow::Next) };
                self.resume(at, Value::None, then)
            }
            Some(Obj::Iter(iter)) => {
                let iter = Arc::clone(iter);
                self.advance_special(iterator, &iter, then)
            }
            _ => {
                let next = self.vm.tables.names.next;
                match self.vm.special(iterator, next) {
                    Some(function) => self.call_with(function, &[iterator], then),
                    None => Err(self.not_an_iterator(iterator)),
                }
            }
        }
    }

    /// `__getitem__(0)`, `__getitem__(1)`, …, and `iter(callable, sentinel)`.
    fn advance_special(&mut self, iterator: Value, iter: &Iter, then: Then) -> Step {
        match *iter {
            Iter::GetItem { sequence, index } => {
                if let Value::Ref(at) = iterator {
                    *self.vm.heap.get_mut(at) = Obj::Iter(Arc::new(Iter::GetItem { sequence, index: index + 1 }));
                }
                let name = self.vm.tables.names.getitem;
                match self.vm.special(sequence, name) {
                    Some(function) => {
                        let then = Then::Item(Box::new(then));
                        self.call_with(function, &[sequence, Value::Int(index)], then)
                    }
                    None => Err(self.not_iterable(sequence)),
                }
            }
            Iter::Callable { callable, sentinel } => {
                let then = Then::Sentinel { iterator, sentinel, then: Box::new(then) };
                let cut = self.t.stack.len();
                self.call(callable, cut, cut, None, then)
            }
            _ => Err(self.stop_iteration()),
        }
    }

    /// The callable of `iter(callable, sentinel)` has returned.
    pub(super) fn after_sentinel(&mut self, iterator: Value, sentinel: Value, then: Then, value: Value) -> Step {
        if !entry::equal(&mut self.cx(), value, sentinel)? {
            return self.deliver(then, value);
        }
        if let Value::Ref(at) = iterator {
            *self.vm.heap.get_mut(at) = Obj::Iter(Arc::new(Iter::Done));
        }
        self.exhaust(then)
    }

    /// Nothing more to come for `then`.
    fn exhaust(&mut self, then: Then) -> Step {
        let raise = self.stop_iteration();
        match raise {
            Raise::Exception(at) => match self.take_stop_iteration(then, at) {
                Some(step) => step,
                None => Err(raise),
            },
            Raise::Unmodelled(_) => Err(raise),
        }
    }

    pub(super) fn stop_iteration(&mut self) -> Raise {
        self.raise(types::STOP_ITERATION, "")
    }

    fn not_an_iterator(&mut self, value: Value) -> Raise {
        let text = format!("'{}' object is not an iterator", self.type_name(value));
        self.type_error(&text)
    }

    // ---- collecting ----

    /// Collects everything an iterable gives into a list, for `then`.
    pub(super) fn collect(&mut self, iterable: Value, then: Then) -> Step {
        let list = self.vm.heap.alloc(Obj::List(Arc::default()));
        self.iterate(iterable, Then::Collect { list, iterator: Value::Null, then: Box::new(then) })
    }

    /// The next item for the list, or the iterator itself when it has just come.
    pub(super) fn collect_step(&mut self, list: Ref, iterator: Value, then: Then, value: Value) -> Step {
        if matches!(iterator, Value::Null) {
            return self.collect_next(list, value, then);
        }
        if let Some(items) = self.vm.heap.list_mut(list) {
            items.push(value);
            self.vm.heap.charge(16);
        }
        self.collect_next(list, iterator, then)
    }

    fn collect_next(&mut self, list: Ref, iterator: Value, then: Then) -> Step {
        if self.advances_in_python(iterator) {
            let collect = Then::Collect { list, iterator, then: Box::new(then) };
            return self.advance_iterator(iterator, collect);
        }
        let rest = entry::collect(&mut self.cx(), iterator)?;
        if let Some(items) = self.vm.heap.list_mut(list) {
            items.extend(rest);
        }
        self.deliver(then, Value::Ref(list))
    }

    /// True while the generator can still be resumed.
    pub(super) fn generator_state(&self, at: Ref) -> GeneratorState {
        match self.vm.heap.get(at) {
            Obj::Generator(generator) => generator.state,
            _ => GeneratorState::Closed,
        }
    }
}
