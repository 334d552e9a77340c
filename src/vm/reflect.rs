//! Questions about values and classes: `isinstance`, `__class__`, `__name__`, `__dict__`.

use super::machine::{Found, Lookup, Machine};
use super::native::{Cx, Raise};
use super::nested;
use super::object::Obj;
use super::op::Place;
use super::types;
use super::value::{Ref, Value};
use super::{Vm, lib};
use crate::lang::Sym;
use std::sync::Arc;

impl Vm {
    /// Whether `value` is an instance of this class or built-in type.
    #[must_use]
    pub fn is_instance(&self, value: Value, class: Value) -> bool {
        match class {
            Value::Type(id) => types::is_subtype(self.type_id(value), id) || self.inherits(value, class),
            Value::Ref(_) => self.inherits(value, class),
            _ => false,
        }
    }

    /// Whether the user's class of `value` has this one among its bases.
    fn inherits(&self, value: Value, class: Value) -> bool {
        let Value::Ref(at) = value else { return false };
        let Some(own) = self.class_of(at) else { return false };
        matches!(self.heap.get(own), Obj::Class(own) if own.mro.contains(&class))
    }

    /// Whether `derived` is `base` or inherits from it.
    #[must_use]
    pub fn is_subclass(&self, derived: Value, base: Value) -> bool {
        match (derived, base) {
            (Value::Type(derived), Value::Type(base)) => types::is_subtype(derived, base),
            (Value::Ref(at), _) => matches!(self.heap.get(at), Obj::Class(class) if class.mro.contains(&base)),
            _ => false,
        }
    }
}

impl Machine<'_> {
    /// Attributes that every value of a kind has.
    pub(super) fn common_attribute(&mut self, object: Value, name: Sym) -> Option<Lookup> {
        let text = self.vm.name(self.program, name);
        if !text.starts_with("__") {
            return None;
        }
        let text = text.to_owned();
        let value = match text.as_str() {
            "__class__" => self.class_value(object),
            "__dict__" => self.dict_of(object)?,
            "__name__" | "__qualname__" | "__module__" | "__doc__" => self.definition_attribute(object, &text)?,
            "__bases__" => {
                let bases = match self.obj(object) {
                    Some(Obj::Class(class)) => class.bases.clone(),
                    _ => return None,
                };
                self.alloc(Obj::Tuple(bases.into()))
            }
            "__mro__" => {
                let order = self.mro_of(object);
                if order.is_empty() {
                    return None;
                }
                self.alloc(Obj::Tuple(order.into()))
            }
            "__self__" | "__func__" => match self.obj(object) {
                Some(Obj::Bound(bound)) => {
                    if text == "__self__" {
                        bound.receiver
                    } else {
                        bound.function
                    }
                }
                _ => return None,
            },
            _ => return None,
        };
        Some((Found::Value(value), None))
    }

    /// `__name__` and the like of functions, classes, modules.
    fn definition_attribute(&mut self, object: Value, name: &str) -> Option<Value> {
        let text: Arc<str> = match object {
            Value::Module(_) | Value::Library(_) => match name {
                "__name__" => self.module_name(object).into(),
                _ => return Some(Value::None),
            },
            Value::Type(id) => match name {
                "__module__" if types::info(id).module.is_empty() => "builtins".into(),
                "__module__" => types::info(id).module.into(),
                "__doc__" => return Some(Value::None),
                _ => types::name(id).into(),
            },
            Value::Native(id) => match name {
                "__module__" | "__doc__" => return Some(Value::None),
                _ => self.registry.native(id).name.into(),
            },
            Value::Ref(at) => return self.definition_of_object(at, name),
            _ => return None,
        };
        Some(self.alloc(Obj::Str(text)))
    }

    fn definition_of_object(&mut self, at: Ref, name: &str) -> Option<Value> {
        let (own, qualified, module, doc) = match self.vm.heap.get(at) {
            Obj::Function(function) => {
                let code = self.program.code(function.code);
                let module = self.program.modules[code.module.index()].name;
                let doc = code.doc.map(|doc| self.vm.tables.consts[doc.index()]);
                (function.name, function.qualname, module, doc)
            }
            Obj::Class(class) => (class.name, class.qualname, class.module, None),
            Obj::Property(parts) if name == "__doc__" => {
                let getter = parts[0].as_ref()?;
                return self.definition_of_object(getter, name);
            }
            Obj::Generator(generator) => (generator.name, generator.qualname, generator.name, None),
            _ => return None,
        };
        let sym = match name {
            "__name__" => own,
            "__qualname__" => qualified,
            "__module__" => module,
            _ => return Some(doc.unwrap_or(Value::None)),
        };
        let text: Arc<str> = self.name(sym).into();
        Some(self.alloc(Obj::Str(text)))
    }

    /// A dict with the attributes; unlike in CPython a copy.
    fn dict_of(&mut self, object: Value) -> Option<Value> {
        let Value::Ref(at) = object else { return None };
        let entries = self.attrs(at)?.entries().to_vec();
        let dict = self.vm.heap.alloc(Obj::Dict(Arc::default()));
        for (name, value) in entries {
            let text: Arc<str> = self.name(name).into();
            let key = self.alloc(Obj::Str(text));
            lib::entry::dict_set(&mut self.cx(), dict, key, value).ok()?;
        }
        Some(Value::Ref(dict))
    }

    /// What a module has besides its members: `__name__`, submodules, and what nobody has written yet.
    pub(super) fn module_name_attribute(&mut self, module: Value, name: Sym) -> Option<Lookup> {
        let common = self.common_attribute(module, name);
        common.or_else(|| self.beyond_members(module, name).map(|value| (Found::Value(value), None)))
    }
}

impl Cx<'_> {
    /// `object.name`; `None` when there is no such attribute (`__getattr__` included).
    ///
    /// # Errors
    /// What a property raises.
    pub fn get_attr(&mut self, object: Value, name: Sym) -> Result<Option<Value>, Raise> {
        let found = nested::with_machine(self, vec![], |machine| machine.get(object, name))?;
        match found {
            Some(super::machine::Got::Value(value)) => Ok(Some(value)),
            Some(super::machine::Got::Call(getter, receiver)) => self.call(getter, &[receiver]).map(Some),
            None => match self.special(object, "__getattr__") {
                None => Ok(None),
                Some(hook) => {
                    let text: Arc<str> = self.name(name).into();
                    let text = self.str(text);
                    match self.call(hook, &[object, text]) {
                        Ok(value) => Ok(Some(value)),
                        Err(Raise::Exception(at))
                            if self.vm.is_instance(Value::Ref(at), Value::Type(types::ATTRIBUTE_ERROR)) =>
                        {
                            Ok(None)
                        }
                        Err(raise) => Err(raise),
                    }
                }
            },
        }
    }

    /// The `AttributeError` for an attribute that is not there.
    pub fn no_attribute(&mut self, object: Value, name: Sym) -> Raise {
        let raise = nested::with_machine(self, vec![], |machine| Ok(machine.no_attribute(object, name)));
        raise.unwrap_or_else(|raise| raise)
    }

    /// The place whose reading as `object.name` others can tell, if there is one.
    ///
    /// # Errors
    /// What looking for the attribute raises.
    pub(super) fn place_of_read(&mut self, object: Value, name: Sym) -> Result<Option<Place>, Raise> {
        nested::with_machine(self, vec![], |machine| {
            machine.look_around();
            machine.place_of_read(object, name)
        })
    }

    /// The place whose writing as `object.name` others can tell, if there is one.
    pub(super) fn place_of_write(&mut self, object: Value, name: Sym) -> Option<Place> {
        let found = nested::with_machine(self, vec![], |machine| {
            machine.look_around();
            Ok(machine.place_of_write(object, name))
        });
        found.ok().flatten()
    }

    /// `object.name = value`, silently.
    ///
    /// # Errors
    /// `AttributeError` when the object holds no attributes.
    pub fn set_attr(&mut self, object: Value, name: Sym, value: Value) -> Result<(), Raise> {
        let Value::Ref(at) = object else { return Err(self.no_attribute(object, name)) };
        nested::with_machine(self, vec![], |machine| {
            if machine.attrs(at).is_none() {
                return Err(machine.no_attribute(object, name));
            }
            machine.set_attr(at, name, value);
            Ok(())
        })
    }

    /// `type(value)`.
    #[must_use]
    pub fn class_of(&self, value: Value) -> Value {
        match value {
            Value::Ref(at) => match self.vm.class_of(at) {
                Some(class) => Value::Ref(class),
                None => Value::Type(self.vm.type_id(value)),
            },
            _ => Value::Type(self.vm.type_id(value)),
        }
    }
}
