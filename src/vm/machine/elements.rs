//! Subscripts and slices.

use super::{Flow, Machine, Step};
use crate::lang::Sym;
use crate::vm::frame::Then;
use crate::vm::lib::entry;
use crate::vm::native::Raise;
use crate::vm::object::Obj;
use crate::vm::op::{Op, Place};
use crate::vm::value::Value;
use std::sync::Arc;

impl Machine<'_> {
    pub(super) fn load_item(&mut self) -> Step {
        let (container, index) = (self.peek(2), self.peek(1));
        if let Some(item) = self.quick_item(container, index) {
            self.pop();
            self.pop();
            self.push(item);
            return Ok(Flow::Next);
        }
        let name = self.vm.tables.names.getitem;
        if let Some(function) = self.element_method(container, name) {
            self.pop();
            self.pop();
            return self.call_with(function, &[container, index], Then::Push);
        }
        if let Value::Type(_) = container {
            // `list[int]`: an annotation; the type itself will do.
            self.pop();
            return Ok(Flow::Next);
        }
        if let Some(target) = self.touches_visibly(container, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before(Op::Load(Place::Item(target, index))));
        }
        if matches!(self.obj(container), Some(Obj::Class(_))) {
            let text = format!("type '{}' is not subscriptable", self.class_name(container));
            return Err(self.type_error(&text));
        }
        let inner = self.inner(container);
        if matches!(self.obj(inner), Some(Obj::Instance(_))) {
            return Err(self.without(container, "is not subscriptable"));
        }
        if let Some(function) = self.element_method(container, self.vm.tables.names.missing)
            && !entry::contains(&mut self.cx(), index, inner)?
        {
            self.drop_operands(2);
            return self.call_with(function, &[container, index], Then::Push);
        }
        let value = entry::get_item(&mut self.cx(), inner, index)?;
        self.pop();
        self.pop();
        self.push(value);
        Ok(Flow::Next)
    }

    /// An item of a list or tuple that nobody else sees.
    fn quick_item(&self, container: Value, index: Value) -> Option<Value> {
        let (Value::Ref(at), Value::Int(index)) = (container, index) else { return None };
        let place = usize::try_from(index).ok()?;
        match self.vm.heap.get(at) {
            Obj::List(items) if self.quiet && !self.vm.journal.on || !self.vm.heap.head(at).shared => {
                items.get(place).copied()
            }
            Obj::Tuple(items) => items.get(place).copied(),
            _ => None,
        }
    }

    fn element_method(&self, container: Value, name: Sym) -> Option<Value> {
        self.user_class(container)?;
        self.vm.special(container, name)
    }

    pub(super) fn store_item(&mut self) -> Step {
        let (value, container, index) = (self.peek(3), self.peek(2), self.peek(1));
        let name = self.vm.tables.names.setitem;
        if let Some(function) = self.element_method(container, name) {
            self.drop_operands(3);
            return self.call_with(function, &[container, index, value], Then::Forget);
        }
        if let Some(target) = self.touches_visibly(container, true)
            && !self.take_grant()
        {
            return Ok(self.stop_before(Op::Store(Place::Item(target, index), value)));
        }
        let inner = self.inner(container);
        if matches!(self.obj(inner), Some(Obj::Instance(_))) {
            return Err(self.without(container, "does not support item assignment"));
        }
        if self.runs_python(value) && matches!(self.obj(index), Some(Obj::Slice(_))) {
            let place = self.t.stack.len() as u32 - 3;
            return self.collect(value, Then::Replace { place });
        }
        entry::set_item(&mut self.cx(), inner, index, value)?;
        self.drop_operands(3);
        Ok(Flow::Next)
    }

    pub(super) fn delete_item(&mut self) -> Step {
        let (container, index) = (self.peek(2), self.peek(1));
        let name = self.vm.tables.names.delitem;
        if let Some(function) = self.element_method(container, name) {
            self.drop_operands(2);
            return self.call_with(function, &[container, index], Then::Forget);
        }
        if let Some(target) = self.touches_visibly(container, true)
            && !self.take_grant()
        {
            return Ok(self.stop_before(Op::Delete(Place::Item(target, index))));
        }
        let inner = self.inner(container);
        if matches!(self.obj(inner), Some(Obj::Instance(_))) {
            return Err(self.without(container, "doesn't support item deletion"));
        }
        entry::delete_item(&mut self.cx(), inner, index)?;
        self.drop_operands(2);
        Ok(Flow::Next)
    }

    pub(super) fn drop_operands(&mut self, n: usize) {
        let length = self.t.stack.len().saturating_sub(n);
        self.t.stack.truncate(length);
    }

    fn without(&mut self, value: Value, what: &str) -> Raise {
        let text = format!("'{}' object {what}", self.type_name(value));
        self.type_error(&text)
    }

    pub(super) fn build_slice(&mut self, n: u8) {
        let step = if n == 3 { self.pop() } else { Value::None };
        let (high, low) = (self.pop(), self.pop());
        let slice = self.alloc(Obj::Slice(Arc::new([low, high, step])));
        self.push(slice);
    }
}
