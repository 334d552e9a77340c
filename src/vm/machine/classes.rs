//! Class statements, and the C3 linearisation of bases (Barrett et al., "A Monotonic Superclass Linearization for
//! Dylan", as in CPython).

use super::{Flow, Machine, Step};
use crate::lang::Sym;
use crate::vm::frame::{ClassParts, Frame, Then};
use crate::vm::heap::Origin;
use crate::vm::native::Raise;
use crate::vm::object::{Attrs, Class, Obj};
use crate::vm::types;
use crate::vm::value::{TypeId, Value};
use std::sync::Arc;

/// How many classes one may derive from directly.
const MAX_BASES: usize = 200;

impl Machine<'_> {
    /// `LOAD_BUILD_CLASS` called: body, name, bases. The body runs in a namespace of its own.
    pub(super) fn build_class(&mut self, args: usize, cut: usize, then: Then) -> Step {
        let given = self.t.stack.split_off(args);
        self.t.stack.truncate(cut);
        let [body, name, bases @ ..] = &given[..] else { return self.deliver(then, Value::None) };
        let Some(Obj::Function(function)) = self.obj(*body) else { return self.deliver(then, Value::None) };
        let function = Arc::clone(function);
        let namespace = self.alloc(Obj::Namespace(Arc::default()));
        let parts = ClassParts { name: *name, bases: bases.to_vec(), then };
        let code = self.program.code(function.code);
        let base = self.t.stack.len();
        self.t.stack.resize(base + code.locals.len() + code.cells.len() + code.frees.len(), Value::Null);
        let hidden = self.program.modules[code.module.index()].hidden;
        self.t.push_frame(Frame {
            code: function.code,
            pc: 0,
            base: base as u32,
            cut: base as u32,
            hidden,
            serial: 0,
            function: namespace,
            handled: Value::Null,
            then: Then::ClassBody { parts: Box::new(parts), namespace },
        });
        let first_free = base + code.locals.len() + code.cells.len();
        for (place, cell) in (first_free..).zip(&function.closure) {
            self.t.stack[place] = *cell;
        }
        Ok(Flow::Reload)
    }

    /// The body has run: makes the class and gives it to the `__class__` cell that the body returned.
    pub(super) fn finish_class(&mut self, parts: ClassParts, namespace: Value, cell: Value) -> Step {
        let attrs = match self.obj(namespace) {
            Some(Obj::Namespace(attrs)) => (**attrs).clone(),
            _ => Attrs::default(),
        };
        let class = self.make_class(parts.name, &parts.bases, attrs)?;
        if let Value::Ref(cell) = cell
            && let Obj::Cell(value) = self.vm.heap.get_mut(cell)
        {
            *value = class;
        }
        self.deliver(parts.then, class)
    }

    fn make_class(&mut self, name: Value, bases: &[Value], attrs: Attrs) -> Result<Value, Raise> {
        let bases = if bases.is_empty() { vec![Value::Type(types::OBJECT)] } else { bases.to_vec() };
        if bases.len() > MAX_BASES {
            return Err(Raise::Unmodelled("a class with this many bases".into()));
        }
        for base in &bases {
            self.check_base(*base)?;
        }
        let tail = self.linearise(&bases)?;
        let length = tail.len() + 1;
        self.cx().reserve_items(length)?;
        let base_type = tail.iter().fold(types::OBJECT, |deepest, base| match base {
            Value::Type(id) if types::is_subtype(*id, deepest) => *id,
            _ => deepest,
        });
        let text = self.vm.heap.str(name).cloned().unwrap_or_else(|| "?".into());
        let name = self.vm.intern(self.program, &text);
        let names = &self.vm.tables.names;
        let (qualname_sym, module_sym) = (names.qualname, names.module);
        let qualname = self.attribute_name(&attrs, qualname_sym).unwrap_or(name);
        let module = self.attribute_name(&attrs, module_sym).unwrap_or(name);
        let hidden = self.t.frames.last().is_some_and(|frame| frame.hidden);
        self.note_line();
        let class = Class { name, qualname, bases, mro: Vec::new(), attrs, base_type, hidden, module };
        let at = self.vm.heap.alloc(Obj::Class(Arc::new(class)));
        let values: Vec<(Sym, Value)> = self.attrs(at).map(|attrs| attrs.entries().to_vec()).unwrap_or_default();
        for (name, value) in values {
            if let Value::Ref(value) = value {
                self.vm.name_after(value, Origin::Attr(at, name));
            }
        }
        if let Obj::Class(class) = self.vm.heap.get_mut(at) {
            Arc::make_mut(class).mro = std::iter::once(Value::Ref(at)).chain(tail).collect();
        }
        self.vm.heap.charge(16 * length as u64);
        Ok(Value::Ref(at))
    }

    /// The string that a class attribute holds, as a name.
    fn attribute_name(&mut self, attrs: &Attrs, name: Sym) -> Option<Sym> {
        let text = self.vm.heap.str(attrs.get(name)?)?.clone();
        Some(self.vm.intern(self.program, &text))
    }

    fn check_base(&mut self, base: Value) -> Result<(), Raise> {
        match base {
            Value::Type(id) if is_final(id) => {
                let text = format!("type '{}' is not an acceptable base type", types::name(id));
                Err(self.type_error(&text))
            }
            Value::Type(id) if [types::INT, types::FLOAT, types::STR, types::BYTES, types::TYPE].contains(&id) => {
                Err(Raise::Unmodelled(format!("a class derived from {}", types::name(id)).into()))
            }
            Value::Type(_) => Ok(()),
            Value::NotYet(name) => Err(Raise::Unmodelled(self.name(name).into())),
            other if matches!(self.obj(other), Some(Obj::Class(_))) => Ok(()),
            other => {
                let text = format!("'{}' object cannot be a base class", self.type_name(other));
                Err(self.type_error(&text))
            }
        }
    }

    /// What follows the class itself in its resolution order.
    fn linearise(&mut self, bases: &[Value]) -> Result<Vec<Value>, Raise> {
        if let [base] = bases {
            return Ok(self.mro_of(*base));
        }
        let mut lists: Vec<Vec<Value>> = bases.iter().map(|base| self.mro_of(*base)).collect();
        lists.push(bases.to_vec());
        let mut order = Vec::new();
        loop {
            lists.retain(|list| !list.is_empty());
            let length: usize = lists.iter().map(Vec::len).sum();
            self.cx().work(length as u64)?;
            if lists.is_empty() {
                return Ok(order);
            }
            let head = lists.iter().map(|list| list[0]).find(|head| !lists.iter().any(|list| list[1..].contains(head)));
            let Some(head) = head else {
                let names: Vec<String> = bases.iter().map(|base| self.class_name(*base)).collect();
                let text =
                    format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "));
                return Err(self.type_error(&text));
            };
            order.push(head);
            for list in &mut lists {
                list.retain(|class| *class != head);
            }
        }
    }

    /// A class and its bases, in resolution order.
    pub(in crate::vm) fn mro_of(&self, class: Value) -> Vec<Value> {
        match class {
            Value::Ref(at) => match self.vm.heap.get(at) {
                Obj::Class(class) => class.mro.clone(),
                _ => vec![],
            },
            Value::Type(id) => type_mro(id),
            _ => vec![],
        }
    }
}

/// A built-in type and its bases.
fn type_mro(id: TypeId) -> Vec<Value> {
    let mut order = vec![];
    let mut current = Some(id);
    while let Some(id) = current {
        order.push(Value::Type(id));
        current = types::info(id).base;
    }
    order
}

/// Types that CPython does not let anybody derive from.
fn is_final(id: TypeId) -> bool {
    [
        types::BOOL,
        types::NONE,
        types::FUNCTION,
        types::RANGE,
        types::SLICE,
        types::GENERATOR,
        types::METHOD,
        types::LOCK,
    ]
    .contains(&id)
}
