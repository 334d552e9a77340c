//! Imports.
//!
//! A module is written in Python (part of the program, hidden) or in Rust (a library module). The body of a Python
//! module runs when it is first imported.

use super::{Flow, Machine, Step};
use crate::lang::library::{self, Availability};
use crate::lang::{ModuleId, Sym};
use crate::vm::frame::Then;
use crate::vm::object::Obj;
use crate::vm::types;
use crate::vm::value::{Ref, Value};

impl Machine<'_> {
    /// `→ module`; of a dotted name the first part, or all of it when `whole`.
    pub(super) fn import(&mut self, name: Sym, whole: bool) -> Step {
        let full = self.name(name).to_owned();
        let wanted = if whole { full.as_str() } else { full.split('.').next().unwrap_or(&full) };
        let Some(module) = self.find_module(wanted) else {
            let text = format!("No module named '{wanted}'");
            return Err(self.raise(types::MODULE_NOT_FOUND_ERROR, &text));
        };
        match module {
            Value::Module(id) if !self.vm.module_is_loaded(id) => {
                self.vm.set_module_loaded(id, true);
                let body = self.program.modules[id.index()].body;
                self.t.push_module(self.program, body, true, Then::Import(id));
                Ok(Flow::Reload)
            }
            module => {
                self.push(module);
                Ok(Flow::Next)
            }
        }
    }

    pub(super) fn find_module(&self, name: &str) -> Option<Value> {
        let python = self.program.modules.iter().skip(1).position(|module| self.program.name(module.name) == name);
        match python {
            Some(place) => Some(Value::Module(ModuleId(place as u16 + 1))),
            None => self.registry.find_module(name).map(Value::Library),
        }
    }

    pub(super) fn after_import(&mut self, id: ModuleId) -> Step {
        self.push(Value::Module(id));
        Ok(Flow::Next)
    }

    /// `module → module attribute`
    pub(super) fn import_from(&mut self, name: Sym) -> Step {
        let module = self.peek(1);
        let found = match module {
            Value::Library(id) => self.library_member(id, name),
            Value::Module(id) => self.vm.tables.module_globals.get(&(id, name)).map(|id| self.vm.globals[id.index()]),
            _ => None,
        };
        let found = found.filter(|value| !matches!(value, Value::Null));
        if let Some(value) = found.or_else(|| self.beyond_members(module, name)) {
            self.push(value);
            return Ok(Flow::Next);
        }
        let text = format!("cannot import name '{}' from '{}'", self.name(name), self.module_name(module));
        Err(self.raise(types::IMPORT_ERROR, &text))
    }

    /// What a module has besides what is written: a submodule, or a name that CPython has and that can be imported here.
    pub(in crate::vm) fn beyond_members(&self, module: Value, name: Sym) -> Option<Value> {
        let module = self.module_name(module);
        let submodule = self.find_module(&format!("{module}.{}", self.name(name)));
        let later = || {
            let member = library::module(&module)?.member(self.name(name));
            (member == Availability::Later).then_some(Value::NotYet(name))
        };
        submodule.or_else(later)
    }

    /// The dotted name of a module.
    pub(in crate::vm) fn module_name(&self, module: Value) -> String {
        match module {
            Value::Module(id) => self.program.name(self.program.modules[id.index()].name).to_owned(),
            Value::Library(id) => self.registry.module_name(id).to_owned(),
            _ => String::new(),
        }
    }

    /// The name of a class, for messages.
    pub(in crate::vm) fn class_name(&self, class: Value) -> String {
        match class {
            Value::Type(id) => types::name(id).to_owned(),
            Value::Ref(at) => self.name_of_class(at),
            _ => String::new(),
        }
    }

    fn name_of_class(&self, at: Ref) -> String {
        match self.vm.heap.get(at) {
            Obj::Class(class) => self.name(class.name).to_owned(),
            _ => String::new(),
        }
    }
}
