//! What is looked up while a program runs and never changes: constants as values, members of built-in types and
//! modules by the program's own numbering of names.

use super::heap::Heap;
use super::native::Registry;
use super::object::Obj;
use super::value::{LibraryId, TypeId, Value};
use crate::lang::{Const, ConstId, Program, Sym, Symbols};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The tables of one program.
#[derive(Debug)]
pub(super) struct Tables {
    /// By [`ConstId`].
    pub(super) consts: Vec<Value>,
    /// By [`crate::lang::GlobalId`]: the built-in value of the name, `Null` if there is none.
    pub(super) builtins: Vec<Value>,
    /// By [`crate::lang::GlobalId`]: what a global holds before the module runs.
    pub(super) initial_globals: Vec<Value>,
    pub(super) methods: FxHashMap<(TypeId, Sym), Value>,
    pub(super) members: FxHashMap<(LibraryId, Sym), Value>,
}

impl Tables {
    pub(super) fn new(program: &Program, heap: &mut Heap, names: &mut Symbols) -> Tables {
        let registry = Registry::get();
        let by_name: FxHashMap<&str, Value> = registry.builtins().iter().copied().collect();
        let builtin = |sym: Sym| by_name.get(program.name(sym)).copied().unwrap_or(Value::Null);
        let builtins: Vec<Value> = program.globals.iter().map(|global| builtin(global.name)).collect();
        let methods = registry
            .methods()
            .iter()
            .map(|(owner, name, value)| ((*owner, intern(program, names, name)), *value))
            .collect();
        let mut members: FxHashMap<(LibraryId, Sym), Value> = registry
            .members()
            .iter()
            .map(|(module, name, value)| ((*module, intern(program, names, name)), *value))
            .collect();
        for (module, name) in registry.not_yet_names() {
            let sym = intern(program, names, name);
            members.entry((*module, sym)).or_insert(Value::NotYet(sym));
        }
        let consts = constants(program, heap);
        let initial_globals = vec![Value::Null; program.globals.len()];
        Tables { consts, builtins, initial_globals, methods, members }
    }
}

/// The constants as values. A tuple's items stand before it in the pool.
fn constants(program: &Program, heap: &mut Heap) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::with_capacity(program.consts.len());
    for constant in &program.consts {
        let value = match constant {
            Const::None | Const::Code(_) => Value::None,
            Const::Ellipsis => Value::Ellipsis,
            Const::Bool(b) => Value::Bool(*b),
            Const::Int(n) => Value::Int(*n),
            Const::Float(x) => Value::Float(*x),
            Const::Str(text) => Value::Ref(heap.alloc(Obj::Str(Arc::clone(text)))),
            Const::Bytes(bytes) => Value::Ref(heap.alloc(Obj::Bytes(Arc::clone(bytes)))),
            Const::Tuple(items) => {
                let item = |id: &ConstId| values.get(id.index()).copied().unwrap_or(Value::None);
                let items: Arc<[Value]> = items.iter().map(item).collect();
                Value::Ref(heap.alloc(Obj::Tuple(items)))
            }
        };
        values.push(value);
    }
    values
}

/// The program's number of a name that the machine made.
pub(super) fn own(program: &Program, sym: Sym) -> Option<Sym> {
    u32::try_from(program.symbols.len()).ok()?.checked_add(sym.0).map(Sym)
}

/// The name with this text in the program's numbering, made if it is new.
pub(super) fn intern(program: &Program, names: &mut Symbols, text: &str) -> Sym {
    if let Some(sym) = program.symbols.get(text) {
        return sym;
    }
    let sym = names.intern(text);
    own(program, sym).unwrap_or(sym)
}
