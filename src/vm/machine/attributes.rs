//! Attribute access.
//!
//! Finding an attribute ([`Machine::find`]) is apart from getting it: what was found may be a value, a method to bind,
//! or a getter to call; and it may lie at a place that other threads see.

use super::{Flow, Machine, Step};
use crate::lang::Sym;
use crate::vm::frame::Then;
use crate::vm::heap::Origin;
use crate::vm::lib;
use crate::vm::native::Raise;
use crate::vm::object::{Attrs, Bound, Class, Obj};
use crate::vm::op::{Op, Place};
use crate::vm::types;
use crate::vm::value::{LibraryId, NativeId, Ref, TypeId, Value};
use std::sync::Arc;

/// What an attribute turned out to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::vm) enum Found {
    Value(Value),
    /// To be bound to the receiver.
    Method {
        function: Value,
        receiver: Value,
    },
    /// A property's getter, to be called with the receiver.
    Getter {
        function: Value,
        receiver: Value,
    },
}

/// What was found, and the place it was read from when that is data.
pub(in crate::vm) type Lookup = (Found, Option<Place>);

impl Machine<'_> {
    // ---- the instructions ----

    pub(super) fn load_attr(&mut self, name: Sym) -> Step {
        let object = self.peek(1);
        let granted = self.take_grant();
        let lookup = self.find(object, name)?;
        if let Some(place) = self.place_read(object, name, lookup)
            && !granted
        {
            return Ok(self.stop_before(Op::Load(place)));
        }
        let Some((found, _)) = lookup else { return self.get_attr_hook(object, name, false) };
        self.pop();
        match found {
            Found::Value(value) => self.push(value),
            Found::Method { function, receiver } => {
                let bound = self.alloc(Obj::Bound(Arc::new(Bound { function, receiver })));
                self.push(bound);
            }
            Found::Getter { function, receiver } => return self.call_with(function, &[receiver], Then::Push),
        }
        Ok(Flow::Next)
    }

    pub(super) fn load_method(&mut self, name: Sym) -> Step {
        let object = self.peek(1);
        let granted = self.take_grant();
        let lookup = self.find(object, name)?;
        if let Some(place) = self.place_read(object, name, lookup)
            && !granted
        {
            return Ok(self.stop_before(Op::Load(place)));
        }
        let Some((found, _)) = lookup else { return self.get_attr_hook(object, name, true) };
        self.pop();
        match found {
            Found::Value(value) => {
                self.push(value);
                self.push(Value::Null);
            }
            Found::Method { function, receiver } => {
                self.push(function);
                self.push(receiver);
            }
            Found::Getter { function, receiver } => return self.call_with(function, &[receiver], Then::PushNull),
        }
        Ok(Flow::Next)
    }

    /// `__getattr__`, or the error.
    fn get_attr_hook(&mut self, object: Value, name: Sym, for_call: bool) -> Step {
        let hook = self.vm.tables.names.getattr;
        let Some(function) = self.vm.special(object, hook) else { return Err(self.no_attribute(object, name)) };
        let text = self.vm.name(self.program, name).to_owned();
        let text = self.alloc(Obj::Str(text.into()));
        self.pop();
        self.call_with(function, &[object, text], if for_call { Then::PushNull } else { Then::Push })
    }

    /// The place whose reading others can tell: where the attribute was found, or where it is missing.
    fn place_read(&mut self, object: Value, name: Sym, lookup: Option<Lookup>) -> Option<Place> {
        if let Some((_, place)) = lookup {
            return place;
        }
        let at = self.holder_of_attrs(object)?;
        if self.has_library_hook(object) { None } else { self.place_of(at, name) }
    }

    /// Attributes of `threading.local` are nobody else's.
    fn has_library_hook(&self, object: Value) -> bool {
        let hook = self.vm.special(object, self.vm.tables.names.getattr);
        matches!(hook.and_then(|hook| self.obj(hook)), Some(Obj::Function(function))
            if self.program.modules[self.program.code(function.code).module.index()].hidden)
    }

    /// For natives: the place whose reading others can tell, if there is one.
    pub(in crate::vm) fn place_of_read(&mut self, object: Value, name: Sym) -> Result<Option<Place>, Raise> {
        let lookup = self.find(object, name)?;
        Ok(self.place_read(object, name, lookup))
    }

    /// For natives: the place whose writing others can tell, if there is one.
    pub(in crate::vm) fn place_of_write(&mut self, object: Value, name: Sym) -> Option<Place> {
        let hooks = [self.vm.tables.names.setattr, self.vm.tables.names.delattr];
        let is_property = |value| matches!(self.obj(value), Some(Obj::Property(_)));
        if self.vm.special(object, name).is_some_and(is_property)
            || hooks.iter().any(|hook| self.vm.special(object, *hook).is_some())
        {
            return None;
        }
        let at = self.holder_of_attrs(object)?;
        self.is_visible(at, false).then_some(Place::Attr(at, name))
    }

    pub(super) fn store_attr(&mut self, name: Sym) -> Step {
        let object = self.peek(1);
        let value = self.peek(2);
        if let Some(Found::Getter { function, receiver }) = self.find_setter(object, name)? {
            self.pop();
            self.pop();
            return self.call_with(function, &[receiver, value], Then::Forget);
        }
        let Some(at) = self.holder_of_attrs(object) else { return Err(self.cannot_set(object, name)) };
        if self.is_visible(at, false) && !self.take_grant() {
            return Ok(self.stop_before(Op::Store(Place::Attr(at, name), value)));
        }
        self.pop();
        self.pop();
        self.set_attr(at, name, value);
        Ok(Flow::Next)
    }

    /// Stores an attribute, with everything that follows from it.
    pub(in crate::vm) fn set_attr(&mut self, at: Ref, name: Sym, value: Value) {
        let shared = self.vm.heap.head(at).shared;
        if shared {
            self.vm.init_only_ends(name);
        }
        let Some(attrs) = self.attrs_mut(at) else { return };
        if attrs.set(name, value) {
            self.vm.heap.charge(24);
        }
        if let Value::Ref(stored) = value {
            if shared {
                self.vm.share(value);
            }
            if !self.quiet || self.nested {
                self.vm.name_after(stored, Origin::Attr(at, name));
            }
        }
    }

    pub(super) fn delete_attr(&mut self, name: Sym) -> Step {
        let object = self.peek(1);
        if let Some(Obj::Property(parts)) = self.vm.special(object, name).and_then(|value| self.obj(value)) {
            let deleter = parts[2];
            if matches!(deleter, Value::Null | Value::None) {
                let text =
                    format!("property '{}' of '{}' object has no deleter", self.name(name), self.type_name(object));
                return Err(self.raise(types::ATTRIBUTE_ERROR, &text));
            }
            self.pop();
            return self.call_with(deleter, &[object], Then::Forget);
        }
        let hook = self.vm.tables.names.delattr;
        if self.user_class(object).is_some()
            && let Some(function) = self.vm.special(object, hook)
        {
            let text = self.vm.name(self.program, name).to_owned();
            let text = self.alloc(Obj::Str(text.into()));
            self.pop();
            return self.call_with(function, &[object, text], Then::Forget);
        }
        if let Some(at) = self.holder_of_attrs(object)
            && self.attrs(at).is_some_and(|attrs| attrs.get(name).is_some())
        {
            if self.is_visible(at, false) && !self.take_grant() {
                return Ok(self.stop_before(Op::Delete(Place::Attr(at, name))));
            }
            self.pop();
            if let Some(attrs) = self.attrs_mut(at) {
                attrs.remove(name);
            }
            return Ok(Flow::Next);
        }
        if let Some(place) = self.place_read(object, name, None)
            && !self.take_grant()
        {
            return Ok(self.stop_before(Op::Delete(place)));
        }
        Err(self.no_attribute(object, name))
    }

    pub(super) fn load_super(&mut self, name: Sym, for_call: bool) -> Step {
        let (receiver, class) = (self.peek(1), self.peek(2));
        let granted = self.take_grant();
        let lookup = self.find_after(class, receiver, name);
        if let Some((_, Some(place))) = lookup
            && !granted
        {
            return Ok(self.stop_before(Op::Load(place)));
        }
        self.drop_operands(2);
        let Some((found, _)) = lookup else {
            let text = format!("'super' object has no attribute '{}'", self.name(name));
            return Err(self.raise(types::ATTRIBUTE_ERROR, &text));
        };
        match (found, for_call) {
            (Found::Value(value), _) => self.push(value),
            (Found::Method { function, receiver }, true) => {
                self.push(function);
                self.push(receiver);
                return Ok(Flow::Next);
            }
            (Found::Method { function, receiver }, false) => {
                let bound = self.alloc(Obj::Bound(Arc::new(Bound { function, receiver })));
                self.push(bound);
            }
            (Found::Getter { function, receiver }, _) => {
                return self.call_with(function, &[receiver], if for_call { Then::PushNull } else { Then::Push });
            }
        }
        if for_call {
            self.push(Value::Null);
        }
        Ok(Flow::Next)
    }

    // ---- finding ----

    /// What `object.name` is; `None` when there is nothing of that name.
    pub(in crate::vm) fn find(&mut self, object: Value, name: Sym) -> Result<Option<Lookup>, Raise> {
        let plain = |found| Ok(Some((Found::Value(found), None)));
        match object {
            Value::Ref(at) => self.find_in_object(at, name),
            Value::Module(module) => match self.vm.tables.module_globals.get(&(module, name)) {
                Some(id) => match self.vm.globals[id.index()] {
                    Value::Null => Ok(None),
                    value => plain(value),
                },
                None => Ok(self.module_name_attribute(object, name)),
            },
            Value::Library(library) => match self.library_member(library, name) {
                Some(value) => plain(value),
                None => Ok(self.module_name_attribute(object, name)),
            },
            Value::Type(id) => Ok(self.find_in_type(id, name)),
            _ => self.find_in_builtin(object, name),
        }
    }

    fn find_in_object(&mut self, at: Ref, name: Sym) -> Result<Option<Lookup>, Raise> {
        let object = Value::Ref(at);
        match self.vm.heap.get(at) {
            Obj::Instance(instance) => {
                let (own, class, inner) = (instance.attrs.get(name), instance.class, instance.inner);
                if let Some(value) = own {
                    return Ok(Some((Found::Value(value), self.place_of(at, name))));
                }
                if let Some(lookup) = self.find_in_class(class, object, name) {
                    return Ok(Some(lookup));
                }
                if !matches!(inner, Value::Null)
                    && let Some(lookup) = self.find(inner, name)?
                {
                    return Ok(Some(lookup));
                }
                Ok(self.common_attribute(object, name))
            }
            Obj::Exception(exception) => {
                let (own, class) = (exception.attrs.get(name), exception.class);
                if let Some(value) = own {
                    return Ok(Some((Found::Value(value), self.place_of(at, name))));
                }
                if let Value::Ref(class) = class
                    && let Some(lookup) = self.find_in_class(class, object, name)
                {
                    return Ok(Some(lookup));
                }
                self.find_in_builtin(object, name)
            }
            Obj::Class(_) => Ok(self.find_on_class(at, name)),
            Obj::Function(function) => match function.attrs.get(name) {
                Some(value) => Ok(Some((Found::Value(value), self.place_of(at, name)))),
                None => self.find_in_builtin(object, name),
            },
            Obj::Super(parts) => {
                let parts = **parts;
                Ok(self.find_after(parts.class, parts.receiver, name))
            }
            Obj::Bound(bound) => {
                let bound = **bound;
                match self.common_attribute(object, name) {
                    None => self.find(bound.function, name),
                    found => Ok(found),
                }
            }
            _ => self.find_in_builtin(object, name),
        }
    }

    /// The place to announce when this attribute of an instance or class is read.
    fn place_of(&mut self, at: Ref, name: Sym) -> Option<Place> {
        (self.is_visible(at, false) && !self.vm.is_init_only(name)).then_some(Place::Attr(at, name))
    }

    /// What the class of `receiver` says about the name, bound to it.
    fn find_in_class(&mut self, class: Ref, receiver: Value, name: Sym) -> Option<Lookup> {
        let (value, owner) = self.in_mro(class, name)?;
        let found = self.bind(value, receiver, Value::Ref(class));
        let place = self.place_in_class(found, owner, receiver, name);
        Some((found, place))
    }

    /// The place to announce when the attribute comes from a class. Methods count when the program stores attributes of
    /// that name: one of them may take the method's place.
    fn place_in_class(&mut self, found: Found, owner: Value, receiver: Value, name: Sym) -> Option<Place> {
        let Value::Ref(owner) = owner else { return None };
        match found {
            Found::Getter { .. } => None,
            Found::Value(value) if !self.is_definition(value) => self.place_of(owner, name),
            _ if self.vm.is_init_only(name) => None,
            _ => {
                let is_hidden = matches!(self.vm.heap.get(owner), Obj::Class(class) if class.hidden);
                let receiver = self.holder_of_attrs(receiver).and_then(|at| self.place_of(at, name));
                receiver.or_else(|| if is_hidden { None } else { self.place_of(owner, name) })
            }
        }
    }

    /// Functions and classes found on classes are definitions, not data.
    fn is_definition(&self, value: Value) -> bool {
        matches!(value, Value::Native(_) | Value::Type(_))
            || matches!(self.obj(value), Some(Obj::Function(_) | Obj::Class(_) | Obj::Property(_) | Obj::Bound(_)))
    }

    /// The entry for this name in the class or the first base that has one.
    pub(in crate::vm) fn in_mro(&self, class: Ref, name: Sym) -> Option<(Value, Value)> {
        let Obj::Class(class) = self.vm.heap.get(class) else { return None };
        class.mro.iter().find_map(|base| Some((self.own_entry(*base, name)?, *base)))
    }

    fn own_entry(&self, class: Value, name: Sym) -> Option<Value> {
        match class {
            Value::Ref(at) => match self.vm.heap.get(at) {
                Obj::Class(class) => class.attrs.get(name),
                _ => None,
            },
            Value::Type(id) => self.vm.tables.methods.get(&(id, name)).copied(),
            _ => None,
        }
    }

    /// Makes what a class says fit for the receiver.
    fn bind(&self, value: Value, receiver: Value, class: Value) -> Found {
        match self.obj(value) {
            Some(Obj::Function(_)) => Found::Method { function: value, receiver },
            Some(Obj::Property(parts)) => Found::Getter { function: parts[0], receiver },
            Some(Obj::StaticMethod(function)) => Found::Value(*function),
            Some(Obj::ClassMethod(function)) => Found::Method { function: *function, receiver: class },
            _ => match value {
                Value::Native(id) => self.bind_native(id, receiver),
                _ => Found::Value(value),
            },
        }
    }

    fn bind_native(&self, id: NativeId, receiver: Value) -> Found {
        let native = self.registry.native(id);
        let function = Value::Native(id);
        match (native.getter, native.owner) {
            (true, _) => Found::Getter { function, receiver },
            (false, Some(_)) => Found::Method { function, receiver },
            (false, None) => Found::Value(function),
        }
    }

    /// `Class.name`.
    fn find_on_class(&mut self, at: Ref, name: Sym) -> Option<Lookup> {
        let class = Value::Ref(at);
        let Some((value, owner)) = self.in_mro(at, name) else { return self.common_attribute(class, name) };
        let found = match self.obj(value) {
            Some(Obj::StaticMethod(function)) => Found::Value(*function),
            Some(Obj::ClassMethod(function)) => Found::Method { function: *function, receiver: class },
            _ => Found::Value(value),
        };
        let place = self.place_in_class(found, owner, class, name);
        Some((found, place))
    }

    /// `type.name` of a built-in type: a method to be called with its receiver.
    fn find_in_type(&mut self, id: TypeId, name: Sym) -> Option<Lookup> {
        match self.method_of_type(id, name) {
            Some(value) => match self.obj(value) {
                Some(Obj::ClassMethod(function)) => {
                    Some((Found::Method { function: *function, receiver: Value::Type(id) }, None))
                }
                _ => Some((Found::Value(value), None)),
            },
            None => self.common_attribute(Value::Type(id), name),
        }
    }

    fn method_of_type(&self, id: TypeId, name: Sym) -> Option<Value> {
        let mut current = Some(id);
        while let Some(id) = current {
            if let Some(value) = self.vm.tables.methods.get(&(id, name)) {
                return Some(*value);
            }
            current = types::info(id).base;
        }
        None
    }

    fn find_in_builtin(&mut self, object: Value, name: Sym) -> Result<Option<Lookup>, Raise> {
        let id = self.vm.type_id(object);
        if let Some(function) = self.method_of_type(id, name) {
            return Ok(Some((self.bind(function, object, Value::Type(id)), None)));
        }
        if let Some(lookup) = self.common_attribute(object, name) {
            return Ok(Some(lookup));
        }
        let text = self.name(name).to_owned();
        let value = lib::entry::attribute(&mut self.cx(), object, &text)?;
        Ok(value.map(|value| (Found::Value(value), None)))
    }

    /// The search of `super()`: after `class` in the resolution order of the receiver's class.
    fn find_after(&mut self, class: Value, receiver: Value, name: Sym) -> Option<Lookup> {
        let (start, receiver_is_class) = match (self.user_class(receiver), self.obj(receiver)) {
            (Some(own), _) => (own, false),
            (None, Some(Obj::Class(_))) => match receiver {
                Value::Ref(at) => (at, true),
                _ => return None,
            },
            _ => return None,
        };
        let Obj::Class(own) = self.vm.heap.get(start) else { return None };
        let own: Arc<Class> = Arc::clone(own);
        let after = own.mro.iter().position(|base| *base == class)? + 1;
        let entry = own.mro[after..].iter().find_map(|base| Some((self.own_entry(*base, name)?, *base)));
        if let Some((value, owner)) = entry {
            let bound = self.bind(value, receiver, Value::Ref(start));
            let place = self.place_in_class(bound, owner, owner, name);
            let found = match bound {
                Found::Method { function, .. } if receiver_is_class && self.is_plain_function(value) => {
                    Found::Value(function)
                }
                other => other,
            };
            return Some((found, place));
        }
        match self.obj(receiver) {
            Some(Obj::Instance(instance)) if !matches!(instance.inner, Value::Null) => {
                let inner = instance.inner;
                self.find(inner, name).ok().flatten()
            }
            _ => None,
        }
    }

    fn is_plain_function(&self, value: Value) -> bool {
        matches!(self.obj(value), Some(Obj::Function(_))) || matches!(value, Value::Native(_))
    }

    /// A setter for this name.
    fn find_setter(&mut self, object: Value, name: Sym) -> Result<Option<Found>, Raise> {
        if let Some(class) = self.user_class(object) {
            if let Some((value, _)) = self.in_mro(class, name)
                && let Some(Obj::Property(parts)) = self.obj(value)
            {
                let setter = parts[1];
                if matches!(setter, Value::Null | Value::None) {
                    let text =
                        format!("property '{}' of '{}' object has no setter", self.name(name), self.type_name(object));
                    return Err(self.raise(types::ATTRIBUTE_ERROR, &text));
                }
                return Ok(Some(Found::Getter { function: setter, receiver: object }));
            }
            let hook = self.vm.tables.names.setattr;
            if let Some(function) = self.vm.special(object, hook) {
                return self.set_attr_hook(object, name, function).map(Some);
            }
        }
        Ok(None)
    }

    /// `__setattr__` with the name filled in.
    fn set_attr_hook(&mut self, object: Value, name: Sym, function: Value) -> Result<Found, Raise> {
        let text = self.vm.name(self.program, name).to_owned();
        let text = self.alloc(Obj::Str(text.into()));
        let bound = self.alloc(Obj::Bound(Arc::new(Bound { function, receiver: object })));
        Ok(Found::Getter { function: bound, receiver: text })
    }

    /// The object in which `object.name = …` is stored.
    fn holder_of_attrs(&self, object: Value) -> Option<Ref> {
        match object {
            Value::Ref(at) if self.attrs(at).is_some() => Some(at),
            _ => None,
        }
    }

    pub(in crate::vm) fn attrs(&self, at: Ref) -> Option<&Attrs> {
        match self.vm.heap.get(at) {
            Obj::Instance(instance) => Some(&instance.attrs),
            Obj::Class(class) => Some(&class.attrs),
            Obj::Exception(exception) => Some(&exception.attrs),
            Obj::Function(function) => Some(&function.attrs),
            _ => None,
        }
    }

    fn attrs_mut(&mut self, at: Ref) -> Option<&mut Attrs> {
        match self.vm.heap.get_mut(at) {
            Obj::Instance(instance) => Some(&mut Arc::make_mut(instance).attrs),
            Obj::Class(class) => Some(&mut Arc::make_mut(class).attrs),
            Obj::Exception(exception) => Some(&mut Arc::make_mut(exception).attrs),
            Obj::Function(function) => Some(&mut Arc::make_mut(function).attrs),
            _ => None,
        }
    }

    pub(super) fn library_member(&self, library: LibraryId, name: Sym) -> Option<Value> {
        self.vm.tables.members.get(&(library, name)).copied()
    }

    // ---- errors ----

    pub(in crate::vm) fn no_attribute(&mut self, object: Value, name: Sym) -> Raise {
        let name = self.name(name).to_owned();
        let text = match object {
            Value::Module(_) | Value::Library(_) => {
                format!("module '{}' has no attribute '{name}'", self.module_name(object))
            }
            Value::Type(id) => format!("type object '{}' has no attribute '{name}'", types::name(id)),
            Value::Ref(at) if matches!(self.vm.heap.get(at), Obj::Class(_)) => {
                format!("type object '{}' has no attribute '{name}'", self.class_name(object))
            }
            _ => format!("'{}' object has no attribute '{name}'", self.type_name(object)),
        };
        self.raise(types::ATTRIBUTE_ERROR, &text)
    }

    fn cannot_set(&mut self, object: Value, name: Sym) -> Raise {
        let name = self.name(name).to_owned();
        if let Value::Type(id) = object {
            let text = format!("cannot set '{name}' attribute of immutable type '{}'", types::name(id));
            return self.type_error(&text);
        }
        if matches!(object, Value::Module(_) | Value::Library(_)) {
            return Raise::Unmodelled(format!("setting '{name}' of a module").into());
        }
        let text = format!("'{}' object has no attribute '{name}'", self.type_name(object));
        self.raise(types::ATTRIBUTE_ERROR, &text)
    }
}

/// What `getattr(object, name)` gives a native that cannot wait: the value, or a call that makes it.
pub(in crate::vm) enum Got {
    Value(Value),
    Call(Value, Value),
}

impl Machine<'_> {
    /// `object.name` for natives, without visibility; `None` when there is no such attribute.
    pub(in crate::vm) fn get(&mut self, object: Value, name: Sym) -> Result<Option<Got>, Raise> {
        Ok(match self.find(object, name)? {
            Some((Found::Value(value), _)) => Some(Got::Value(value)),
            Some((Found::Method { function, receiver }, _)) => {
                Some(Got::Value(self.alloc(Obj::Bound(Arc::new(Bound { function, receiver })))))
            }
            Some((Found::Getter { function, receiver }, _)) => Some(Got::Call(function, receiver)),
            None => None,
        })
    }
}
