//! What is looked up while a program runs and never changes: constants as values, members of built-in types and
//! modules by the program's own numbering of names.

use super::heap::Heap;
use super::native::Registry;
use super::object::Obj;
use super::value::{LibraryId, NativeId, TypeId, Value};
use crate::ids::ObjectId;
use crate::lang::{CodeKind, Const, ConstId, Global, GlobalId, Instr, ModuleId, Program, Sym, Symbols};
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
    /// The globals of modules written in Python, by name.
    pub(super) module_globals: FxHashMap<(ModuleId, Sym), GlobalId>,
    /// By [`GlobalId`]: a user's global that is shared.
    pub(super) visible_globals: Vec<bool>,
    /// By [`GlobalId`]: the number of a shared global on the tape.
    pub(super) global_objects: Vec<Option<ObjectId>>,
    /// Tuple constants of strings as names: for keyword arguments.
    pub(super) keyword_names: FxHashMap<ConstId, Arc<[Sym]>>,
    pub(super) build_class: NativeId,
    /// By [`GlobalId`].
    pub(super) global_facts: Vec<GlobalFacts>,
    /// By [`crate::lang::CodeId`]: which of its free variables are bound once.
    pub(super) constant_frees: Vec<Vec<bool>>,
    pub(super) names: Names,
}

/// What sharing has to know of a global variable.
#[derive(Clone, Copy, Debug)]
pub(super) struct GlobalFacts {
    /// It belongs to the user's program, not to library code.
    pub(super) of_user: bool,
    /// A function of the user's mentions it: what it holds can be reached by every thread that may call the function.
    pub(super) in_functions: bool,
    /// See [`Global::frozen`].
    pub(super) frozen: bool,
}

macro_rules! names {
    ($($field:ident = $text:literal),* $(,)?) => {
        /// Names that the machine itself looks for.
        #[derive(Debug)]
        pub(super) struct Names {
            $(pub(super) $field: Sym),*
        }

        impl Names {
            fn new(program: &Program, names: &mut Symbols) -> Names {
                Names { $($field: intern(program, names, $text)),* }
            }
        }
    };
}

names! {
    new = "__new__",
    init = "__init__",
    call = "__call__",
    getattr = "__getattr__",
    setattr = "__setattr__",
    delattr = "__delattr__",
    getitem = "__getitem__",
    missing = "__missing__",
    setitem = "__setitem__",
    delitem = "__delitem__",
    contains = "__contains__",
    iter = "__iter__",
    next = "__next__",
    enter = "__enter__",
    exit = "__exit__",
    bool = "__bool__",
    len = "__len__",
    str = "__str__",
    repr = "__repr__",
    format = "__format__",
    module = "__module__",
    qualname = "__qualname__",
    run = "run",
    thread_name = "_name",
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
        let shared = |global: &Global| global.shared && !program.modules[global.module.index()].hidden;
        let visible_globals: Vec<bool> = program.globals.iter().map(shared).collect();
        let mut objects = (0..).map(ObjectId);
        let global_objects =
            visible_globals.iter().map(|visible| if *visible { objects.next() } else { None }).collect();
        let initial_globals = initial_globals(program, heap);
        let module_globals = program
            .globals
            .iter()
            .zip(0u32..)
            .map(|(global, number)| ((global.module, global.name), GlobalId(number)))
            .collect();
        let global_facts = global_facts(program);
        let constant_frees = program
            .codes
            .iter()
            .map(|code| code.constant_derefs.get(code.cells.len()..).unwrap_or_default().to_vec())
            .collect();
        let keyword_names = keyword_names(program, names);
        let build_class = registry.build_class();
        let names = Names::new(program, names);
        Tables {
            consts,
            builtins,
            initial_globals,
            methods,
            members,
            module_globals,
            visible_globals,
            global_objects,
            keyword_names,
            build_class,
            global_facts,
            constant_frees,
            names,
        }
    }
}

/// What sharing has to know of each global.
fn global_facts(program: &Program) -> Vec<GlobalFacts> {
    let facts = |global: &Global| GlobalFacts {
        of_user: !program.modules[global.module.index()].hidden,
        in_functions: false,
        frozen: global.frozen,
    };
    let mut all: Vec<GlobalFacts> = program.globals.iter().map(facts).collect();
    for instr in program.codes.iter().filter(|code| code.kind != CodeKind::Module).flat_map(|code| &code.instrs) {
        let mentioned = match instr {
            Instr::LoadGlobal(id) | Instr::StoreGlobal(id) | Instr::DeleteGlobal(id) => id.index(),
            Instr::LoadName { global, .. } => usize::from(*global),
            _ => continue,
        };
        all[mentioned].in_functions = all[mentioned].of_user;
    }
    all
}

/// What globals hold before their modules run: `__name__`.
fn initial_globals(program: &Program, heap: &mut Heap) -> Vec<Value> {
    let mut values = vec![Value::Null; program.globals.len()];
    for (global, value) in program.globals.iter().zip(&mut values) {
        let module = &program.modules[global.module.index()];
        match program.name(global.name) {
            "__name__" => *value = Value::Ref(heap.alloc(Obj::Str(program.symbols.shared(module.name)))),
            "__file__" => *value = Value::Ref(heap.alloc(Obj::Str(Arc::clone(&module.source.name)))),
            "__doc__" => *value = Value::None,
            _ => {}
        }
    }
    values
}

/// The tuples of strings among the constants, as names.
fn keyword_names(program: &Program, names: &mut Symbols) -> FxHashMap<ConstId, Arc<[Sym]>> {
    let mut found = FxHashMap::default();
    for (constant, number) in program.consts.iter().zip(0u32..) {
        let Const::Tuple(items) = constant else { continue };
        let texts: Option<Vec<&Arc<str>>> = items
            .iter()
            .map(|item| match program.consts.get(item.index()) {
                Some(Const::Str(text)) => Some(text),
                _ => None,
            })
            .collect();
        if let Some(texts) = texts {
            let syms = texts.iter().map(|text| intern(program, names, text)).collect();
            found.insert(ConstId(number), syms);
        }
    }
    found
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
