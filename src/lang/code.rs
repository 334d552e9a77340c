//! What the compiler makes and the virtual machine runs: a [`Program`].
//!
//! ```text
//! Program ── modules   main (the user's file) and the library modules it imports
//!         ├─ codes     one Code per module body, function, lambda, class body; CodeId is the index
//!         ├─ consts    one pool for all codes; ConstId is the index
//!         ├─ globals   one table for all modules; GlobalId is the index
//!         └─ symbols   every name once; Sym is the index
//! ```
//!
//! A frame of a [`Code`] is laid out on its thread's value stack like this:
//!
//! ```text
//! base                     base + locals           base + locals + derefs
//!  │ parameters, locals …   │ cells, then free vars  │ operands …
//! ```

use super::instr::Instr;
use crate::source::{Source, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// As an index into its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index_type! {
    /// An interned name: an index into [`Symbols`].
    Sym(u32)
}
index_type! {
    /// An index into [`Program::codes`].
    CodeId(u32)
}
index_type! {
    /// An index into [`Program::consts`].
    ConstId(u32)
}
index_type! {
    /// An index into [`Program::globals`].
    GlobalId(u32)
}
index_type! {
    /// An index into [`Program::modules`]. Module 0 is the user's program.
    ModuleId(u16)
}

/// A compiled program: everything that never changes while it runs.
#[derive(Debug)]
pub struct Program {
    pub modules: Vec<Module>,
    pub codes: Vec<Code>,
    pub consts: Vec<Const>,
    pub globals: Vec<Global>,
    pub symbols: Symbols,
    /// Attribute names that the program mentions, but never stores on an object that others may see: in class bodies
    /// and as `self.name = …` at the beginning of `__init__` methods at most (nowhere else, nor by `setattr` or
    /// `del`). Reading such an attribute is invisible.
    pub init_only: Vec<Sym>,
}

impl Program {
    /// The user's module.
    #[must_use]
    pub fn main(&self) -> &Module {
        &self.modules[0]
    }

    #[must_use]
    pub fn code(&self, id: CodeId) -> &Code {
        &self.codes[id.index()]
    }

    /// The module with this name, if the program contains it (`builtins` always).
    #[must_use]
    pub fn module(&self, name: &str) -> Option<ModuleId> {
        let position = self.modules.iter().position(|module| self.name(module.name) == name)?;
        u16::try_from(position).ok().map(ModuleId)
    }

    /// The global of this name in a module.
    #[must_use]
    pub fn global(&self, module: ModuleId, name: &str) -> Option<GlobalId> {
        let name = self.symbols.get(name)?;
        let mut globals = self.modules[module.index()].globals.clone();
        globals.find(|id| self.globals[*id as usize].name == name).map(GlobalId)
    }

    /// The code of a top-level function of a library module, by module and name.
    #[must_use]
    pub fn library_function(&self, module: &str, name: &str) -> Option<CodeId> {
        let module = self.module(module)?;
        let name = self.symbols.get(name)?;
        let is_it = |code: &Code| code.module == module && code.qualname == name && code.kind == CodeKind::Function;
        self.codes.iter().position(is_it).and_then(|index| u32::try_from(index).ok()).map(CodeId)
    }

    /// The text of a symbol.
    #[must_use]
    pub fn name(&self, sym: Sym) -> &str {
        self.symbols.text(sym)
    }
}

/// One module: the user's file, or a library module that is written in Python.
#[derive(Debug)]
pub struct Module {
    /// `__main__` for the user's program.
    pub name: Sym,
    pub source: Arc<Source>,
    pub body: CodeId,
    /// Its globals: the half-open range of [`Program::globals`].
    pub globals: std::ops::Range<u32>,
    /// A library module: its frames are hidden from the student, and in its code only operations on primitives are
    /// visible, never plain variables.
    pub hidden: bool,
}

/// A global variable.
#[derive(Debug)]
pub struct Global {
    pub module: ModuleId,
    pub name: Sym,
    /// True when accesses are visible operations: a function may store it, or module code may store it after a thread
    /// may have started. Over-approximated, never under.
    pub shared: bool,
    /// True when the container that module code stores here before any thread can exist is never changed afterwards and never
    /// escapes through another name, as far as the text tells: reading its elements is invisible. A mutation that
    /// happens all the same ends that.
    pub frozen: bool,
    /// The line of its first binding, 0 when it is never bound (a built-in name).
    pub line: u32,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Vec<ConstId>),
    /// For `MAKE_FUNCTION`.
    Code(CodeId),
}

/// What kind of block a code was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    Module,
    Function,
    Lambda,
    /// A class body: its names live in a namespace, not in locals.
    Class,
    /// A generator expression (comprehensions are part of the code they stand in, as in CPython 3.12).
    GeneratorExpression,
}

/// The parameters of a function, in the order of its first locals: positional (`positional` of them, the first
/// `positional_only` by position only), keyword-only, then `*args` and `**kwargs` if there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Including the positional-only ones.
    pub positional: u16,
    pub positional_only: u16,
    pub keyword_only: u16,
    pub varargs: bool,
    pub varkwargs: bool,
}

/// A code object.
#[derive(Debug)]
pub struct Code {
    pub name: Sym,
    /// `Account.deposit`, `outer.<locals>.inner`.
    pub qualname: Sym,
    pub module: ModuleId,
    pub kind: CodeKind,
    /// `def` or lambda containing `yield`; its first instruction is `RETURN_GENERATOR`.
    pub generator: bool,
    pub params: Params,
    /// Names of the locals, parameters first.
    pub locals: Vec<Sym>,
    /// Names of the variables of this block that inner blocks use.
    pub cells: Vec<Sym>,
    /// For each of `cells` and then `frees`: true when the variable is bound only once, before any inner function
    /// that uses it can run: reading it is never a visible operation.
    pub constant_derefs: Vec<bool>,
    /// Names of the variables of outer blocks used here; a function carries their cells.
    pub frees: Vec<Sym>,
    /// The largest number of operands at any time.
    pub stack_size: u32,
    pub instrs: Vec<Instr>,
    /// For every instruction, where it comes from. Same length as `instrs`.
    pub spans: Vec<Span>,
    /// For every instruction, its line (from 1). Same length as `instrs`.
    pub lines: Vec<u32>,
    /// The exception table. The first entry that contains the pc is the innermost.
    pub handlers: Vec<Handler>,
    pub doc: Option<ConstId>,
    pub first_line: u32,
}

/// One entry of an exception table: an exception raised in `start..end` cuts the operands down to `depth`, pushes the
/// exception, and goes on at `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub depth: u32,
}

/// The interner: every name of a program once.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    texts: Vec<Arc<str>>,
    index: FxHashMap<Arc<str>, Sym>,
}

impl Symbols {
    /// The symbol of this text, made if it is new.
    ///
    /// # Panics
    ///
    /// After 2^32 names, which no source file can hold.
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some(sym) = self.index.get(text) {
            return *sym;
        }
        let sym = Sym(u32::try_from(self.texts.len()).expect("fewer than 2^32 names fit in a source file"));
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.index.insert(text, sym);
        sym
    }

    /// The symbol of this text, if the program mentions it.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Sym> {
        self.index.get(text).copied()
    }

    #[must_use]
    pub fn text(&self, sym: Sym) -> &str {
        &self.texts[sym.index()]
    }

    /// The text, to keep.
    #[must_use]
    pub fn shared(&self, sym: Sym) -> Arc<str> {
        Arc::clone(&self.texts[sym.index()])
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
