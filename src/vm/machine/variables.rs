//! Globals, captured variables, names of class bodies.

use super::{Flow, Machine, Step};
use crate::lang::{CodeKind, GlobalId, Sym};
use crate::vm::heap::Origin;
use crate::vm::native::Raise;
use crate::vm::object::Obj;
use crate::vm::op::{Op, Place};
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

impl Machine<'_> {
    pub(super) fn unbound_local(&mut self, n: u16) -> Raise {
        let name = self.local_name(n);
        let text =
            format!("cannot access local variable '{}' where it is not associated with a value", self.name(name));
        self.raise(types::UNBOUND_LOCAL_ERROR, &text)
    }

    fn local_name(&self, n: u16) -> Sym {
        let code = self.code();
        code.locals.get(n as usize).copied().unwrap_or(code.name)
    }

    /// An object was stored in a local variable: it may be called after it.
    pub(super) fn name_local(&mut self, at: Ref, n: u16) {
        if self.quiet || self.vm.heap.head(at).origin != Origin::Nowhere || !self.vm.nameable(at) {
            return;
        }
        let name = self.local_name(n);
        self.vm.name_after(at, Origin::Local(name));
    }

    pub(super) fn delete_local(&mut self, base: usize, n: u16) -> Result<(), Raise> {
        let value = std::mem::take(&mut self.t.stack[base + n as usize]);
        if matches!(value, Value::Null) { Err(self.unbound_local(n)) } else { Ok(()) }
    }

    pub(super) fn stop_at_global_load(&mut self, id: GlobalId) -> Flow {
        self.stop_before(Op::Load(Place::Global(id)))
    }

    pub(super) fn stop_at_global_store(&mut self, id: GlobalId) -> Flow {
        let value = self.peek(1);
        self.stop_before(Op::Store(Place::Global(id), value))
    }

    /// The built-in value behind an unbound global.
    pub(super) fn builtin_global(&mut self, id: GlobalId) -> Result<Value, Raise> {
        match self.vm.tables.builtins[id.index()] {
            Value::Null => Err(self.undefined(id)),
            value => Ok(value),
        }
    }

    fn undefined(&mut self, id: GlobalId) -> Raise {
        let text = format!("name '{}' is not defined", self.name(self.program.globals[id.index()].name));
        self.raise(types::NAME_ERROR, &text)
    }

    pub(super) fn delete_global(&mut self, id: GlobalId) -> Step {
        if self.vm.tables.visible_globals[id.index()] && !self.quiet && !self.take_grant() {
            return Ok(self.stop_before(Op::Delete(Place::Global(id))));
        }
        match std::mem::take(&mut self.vm.globals[id.index()]) {
            Value::Null => Err(self.undefined(id)),
            _ => Ok(Flow::Next),
        }
    }

    // ---- captured variables ----

    /// Where deref slot `n` of the innermost frame lies on the stack.
    fn deref_place(&self, n: u16) -> usize {
        self.base() + self.code().locals.len() + n as usize
    }

    pub(super) fn deref_slot(&self, n: u16) -> Value {
        self.t.stack[self.deref_place(n)]
    }

    pub(super) fn make_cell(&mut self, cell: u16, local: Option<u16>) {
        let base = self.base();
        let value = local.map_or(Value::Null, |local| std::mem::take(&mut self.t.stack[base + local as usize]));
        let place = self.deref_place(cell);
        self.note_line();
        let made = self.alloc(Obj::Cell(value));
        self.t.stack[place] = made;
        let name = self.code().cells.get(cell as usize).copied();
        if let (Value::Ref(at), Some(name)) = (made, name) {
            self.vm.heap.head_mut(at).origin = Origin::Cell(name);
        }
    }

    pub(super) fn copy_free_vars(&mut self, n: usize) {
        let function = self.frame().function;
        let Some(Obj::Function(function)) = self.obj(function) else { return };
        let function = Arc::clone(function);
        let first = self.base() + self.code().locals.len() + self.code().cells.len();
        for (place, cell) in (first..).zip(function.closure.iter().take(n)) {
            self.t.stack[place] = *cell;
        }
    }

    fn deref_name(&self, n: u16) -> Sym {
        let code = self.code();
        code.cells.iter().chain(&code.frees).nth(n as usize).copied().unwrap_or(code.name)
    }

    /// Whether touching this cell is a visible operation.
    fn cell_is_visible(&self, cell: Ref, n: u16) -> bool {
        !self.quiet
            && self.vm.heap.head(cell).shared
            && !self.code().constant_derefs.get(n as usize).copied().unwrap_or(false)
    }

    fn cell_of(&self, n: u16) -> Option<(Ref, Value)> {
        match self.deref_slot(n) {
            Value::Ref(at) => match self.vm.heap.get(at) {
                Obj::Cell(value) => Some((at, *value)),
                _ => None,
            },
            _ => None,
        }
    }

    fn unbound_deref(&mut self, n: u16) -> Raise {
        let name = self.name(self.deref_name(n)).to_owned();
        if (n as usize) < self.code().cells.len() {
            let text = format!("cannot access local variable '{name}' where it is not associated with a value");
            return self.raise(types::UNBOUND_LOCAL_ERROR, &text);
        }
        let text =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        self.raise(types::NAME_ERROR, &text)
    }

    pub(super) fn load_deref(&mut self, n: u16) -> Step {
        let Some((cell, value)) = self.cell_of(n) else { return Err(self.unbound_deref(n)) };
        if self.cell_is_visible(cell, n) && !self.take_grant() {
            return Ok(self.stop_before(Op::Load(Place::Cell(cell, self.deref_name(n)))));
        }
        if matches!(value, Value::Null) {
            return Err(self.unbound_deref(n));
        }
        self.push(value);
        Ok(Flow::Next)
    }

    pub(super) fn store_deref(&mut self, n: u16) -> Step {
        let Some((cell, _)) = self.cell_of(n) else { return Err(self.unbound_deref(n)) };
        let name = self.deref_name(n);
        if self.cell_is_visible(cell, n) && !self.take_grant() {
            let value = self.peek(1);
            return Ok(self.stop_before(Op::Store(Place::Cell(cell, name), value)));
        }
        let value = self.pop();
        *self.vm.heap.get_mut(cell) = Obj::Cell(value);
        if let Value::Ref(at) = value {
            if self.vm.heap.head(cell).shared {
                self.vm.share(value);
            }
            if !self.quiet {
                self.vm.name_after(at, Origin::Cell(name));
            }
        }
        Ok(Flow::Next)
    }

    pub(super) fn delete_deref(&mut self, n: u16) -> Step {
        let Some((cell, value)) = self.cell_of(n) else { return Err(self.unbound_deref(n)) };
        if self.cell_is_visible(cell, n) && !self.take_grant() {
            return Ok(self.stop_before(Op::Delete(Place::Cell(cell, self.deref_name(n)))));
        }
        if matches!(value, Value::Null) {
            return Err(self.unbound_deref(n));
        }
        *self.vm.heap.get_mut(cell) = Obj::Cell(Value::Null);
        Ok(Flow::Next)
    }

    // ---- class bodies ----

    /// The namespace of the class body that runs.
    fn namespace(&self) -> Option<Ref> {
        if self.code().kind != CodeKind::Class {
            return None;
        }
        match self.frame().function {
            Value::Ref(at) => Some(at),
            _ => None,
        }
    }

    fn in_namespace(&self, name: Sym) -> Option<Value> {
        match self.vm.heap.get(self.namespace()?) {
            Obj::Namespace(attrs) => attrs.get(name),
            _ => None,
        }
    }

    pub(super) fn load_name(&mut self, name: Sym, global: u16) -> Step {
        if let Some(value) = self.in_namespace(name) {
            self.push(value);
            return Ok(Flow::Next);
        }
        let id = GlobalId(u32::from(global));
        if self.vm.tables.visible_globals[id.index()] && !self.quiet && !self.take_grant() {
            return Ok(self.stop_at_global_load(id));
        }
        let value = match self.vm.globals[id.index()] {
            Value::Null => self.builtin_global(id)?,
            value => value,
        };
        self.push(value);
        Ok(Flow::Next)
    }

    pub(super) fn load_class_deref(&mut self, name: Sym, deref: u16) -> Step {
        match self.in_namespace(name) {
            Some(value) => {
                self.push(value);
                Ok(Flow::Next)
            }
            None => self.load_deref(deref),
        }
    }

    pub(super) fn store_name(&mut self, name: Sym) {
        let value = self.pop();
        if let Some(at) = self.namespace()
            && let Obj::Namespace(attrs) = self.vm.heap.get_mut(at)
        {
            Arc::make_mut(attrs).set(name, value);
        }
    }

    pub(super) fn delete_name(&mut self, name: Sym) -> Result<(), Raise> {
        if let Some(at) = self.namespace()
            && let Obj::Namespace(attrs) = self.vm.heap.get_mut(at)
            && Arc::make_mut(attrs).remove(name).is_some()
        {
            return Ok(());
        }
        let text = format!("name '{}' is not defined", self.name(name));
        Err(self.raise(types::NAME_ERROR, &text))
    }
}
