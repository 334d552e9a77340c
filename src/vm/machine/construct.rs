//! Making instances: of user classes, of exceptions, of built-in types.

use super::{Machine, Step};
use crate::lang::Sym;
use crate::vm::frame::{NewCall, Then};
use crate::vm::native::{Args, Raise};
use crate::vm::nested;
use crate::vm::object::{Attrs, Class, Exception, Instance, Obj};
use crate::vm::types;
use crate::vm::value::{Ref, TypeId, Value};
use std::sync::Arc;

impl Machine<'_> {
    /// New objects are attributed to the line that is being executed.
    pub(super) fn note_line(&mut self) {
        let line = self.t.line_of_call(self.program);
        self.vm.heap.set_line(line);
    }

    /// The bare instance of a user's class, before `__init__`.
    pub(super) fn make_instance(
        &mut self,
        at: Ref,
        class: &Class,
        args: usize,
        names: Option<&[Sym]>,
    ) -> Result<Value, Raise> {
        self.note_line();
        if types::is_exception(class.base_type) {
            let end = self.t.stack.len() - names.map_or(0, <[Sym]>::len);
            let args = self.t.stack.get(args..end).unwrap_or_default().to_vec();
            return Ok(self.alloc(Obj::Exception(Arc::new(Exception::new(Value::Ref(at), args)))));
        }
        let inner = self.inner_of(at, class, args, names)?;
        Ok(self.alloc(Obj::Instance(Arc::new(Instance { class: at, attrs: Attrs::default(), inner }))))
    }

    /// The built-in value inside an instance of a class that is derived from a built-in type.
    fn inner_of(&mut self, at: Ref, class: &Class, args: usize, names: Option<&[Sym]>) -> Result<Value, Raise> {
        if class.base_type == types::OBJECT {
            return Ok(Value::Null);
        }
        let init = self.vm.tables.names.init;
        let own_init = matches!(self.in_mro(at, init), Some((_, Value::Ref(_))));
        let given = self.t.stack.get(args..).unwrap_or_default().to_vec();
        let keyword_count = names.map_or(0, <[Sym]>::len);
        let (positional, keyword_values) = given.split_at(given.len() - keyword_count);
        let keywords: Vec<(Sym, Value)> =
            names.unwrap_or_default().iter().copied().zip(keyword_values.iter().copied()).collect();
        // A class with an `__init__` of its own passes on what it likes through `super().__init__`.
        let args = if own_init && !immutable(class.base_type) {
            Args::only(&[])
        } else {
            Args { positional, keywords: &keywords }
        };
        let class = Value::Type(class.base_type);
        nested::construct(&mut self.cx(), class, args)
    }

    /// Calls the class's own `__new__`.
    pub(super) fn call_new(
        &mut self,
        class: Ref,
        function: Value,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
    ) -> Step {
        let saved = self.t.stack.get(args..).unwrap_or_default().to_vec();
        let new = NewCall { class, args: saved, names: names.clone(), then };
        self.t.stack.insert(args, Value::Ref(class));
        self.call(function, args, cut, names, Then::New(Box::new(new)))
    }

    /// `__new__` has returned.
    pub(super) fn after_new(&mut self, new: NewCall, made: Value) -> Step {
        if !self.is_instance_of_class(made, new.class) {
            return self.deliver(new.then, made);
        }
        let cut = self.t.stack.len();
        self.t.stack.extend_from_slice(&new.args);
        let own = self.user_class(made).unwrap_or(new.class);
        let init = self.vm.tables.names.init;
        if !matches!(self.in_mro(own, init), Some((_, Value::Ref(_)))) {
            self.t.stack.truncate(cut);
            return self.deliver(new.then, made);
        }
        self.initialise(own, made, cut, cut, new.names, new.then)
    }

    /// Calls a built-in type.
    pub(super) fn construct(
        &mut self,
        id: TypeId,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
    ) -> Step {
        if types::is_exception(id) {
            let end = self.t.stack.len() - names.map_or(0, |names| names.len());
            let values = self.t.stack.get(args..end).unwrap_or_default().to_vec();
            self.t.stack.truncate(cut);
            let exception = self.alloc(Obj::Exception(Arc::new(Exception::new(Value::Type(id), values))));
            return self.deliver(then, exception);
        }
        if let [value] = self.t.stack.get(args..).unwrap_or_default()
            && names.is_none()
        {
            let value = *value;
            if let Some(step) = self.convert_instance(id, value, cut, &then) {
                return step;
            }
        }
        self.note_line();
        if let Some(native) = self.registry.constructor_of(id) {
            return self.call_native(native, args, cut, names, then, None);
        }
        let text = format!("cannot create '{}' instances", types::name(id));
        Err(self.type_error(&text))
    }

    /// `str(x)`, `bool(x)`, `type(x)` of an instance whose class says how: a frame, so that it can be stepped.
    fn convert_instance(&mut self, id: TypeId, value: Value, cut: usize, then: &Then) -> Option<Step> {
        if id == types::TYPE {
            self.t.stack.truncate(cut);
            let class = self.class_value(value);
            return Some(self.deliver(then.clone(), class));
        }
        self.user_class(value)?;
        let names = &self.vm.tables.names;
        let (method, wanted): (&'static str, Sym) = match id {
            types::STR => ("__str__", names.str),
            _ => return None,
        };
        let function = self.vm.special(value, wanted).or_else(|| self.vm.special(value, self.vm.tables.names.repr))?;
        self.t.stack.truncate(cut);
        Some(self.call_with(function, &[value], Then::Text { method, then: Box::new(then.clone()) }))
    }

    /// `type(value)`.
    pub(in crate::vm) fn class_value(&self, value: Value) -> Value {
        match self.user_class(value) {
            Some(class) => Value::Ref(class),
            None => Value::Type(self.vm.type_id(value)),
        }
    }

    fn is_instance_of_class(&self, value: Value, class: Ref) -> bool {
        self.vm.is_instance(value, Value::Ref(class))
    }
}

/// Built-in types whose values are fixed when they are made.
fn immutable(id: TypeId) -> bool {
    [types::INT, types::STR, types::FLOAT, types::TUPLE, types::BYTES, types::FROZENSET]
        .iter()
        .any(|base| types::is_subtype(id, *base))
}
