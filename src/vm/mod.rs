//! The virtual machine: values, heap, frames.
//!
//! [`Vm::advance`] runs one thread up to its next *visible* operation and describes it; [`Vm::commit`] performs it and
//! runs on. The machine knows no clocks, channels or files; it never blocks, and nothing that a program does makes it
//! panic.
//!
//! | file | what |
//! |---|---|
//! | [`value`], [`object`], [`heap`], [`types`] | the data |
//! | [`native`], [`lib`] | functions written in Rust |
//! | [`frame`], [`thread`] | the state of a call, of a thread |
//! | [`op`] | the border to the kernel |

pub mod frame;
pub mod heap;
pub mod lib;
pub mod native;
mod nested;
pub mod object;
mod op;
mod tables;
pub mod thread;
pub mod types;
mod value;

pub use op::{Advance, Draw, Note, Op, Patience, Place, PrimitiveSpec, Question, QueueOrder, Reply};
pub use value::{LibraryId, NativeId, Ref, TypeId, Value};

use crate::ids::{ObjectId, ThreadId};
use crate::lang::{Program, Sym, Symbols};
use heap::Heap;
use object::{Exception, Obj};
use std::sync::Arc;
use tables::Tables;
use thread::Thread;

/// How large a program may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VmLimits {
    pub memory_bytes: u64,
    /// Frames per thread.
    pub recursion: u32,
}

impl Default for VmLimits {
    fn default() -> VmLimits {
        VmLimits { memory_bytes: 128 << 20, recursion: 1000 }
    }
}

/// Where a thread stands, as far as the atomicity dial needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The innermost frame: counts up within a thread.
    pub frame: u32,
    /// The line of the user's program.
    pub line: u32,
    /// Loop ends passed and calls made so far.
    pub back_edges: u64,
    pub calls: u64,
    /// The innermost frame is library code.
    pub hidden: bool,
}

/// The state of one process of the program: heap, globals, threads. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Vm {
    pub heap: Heap,
    limits: VmLimits,
    globals: Vec<Value>,
    /// What never changes while the program runs.
    tables: Arc<Tables>,
    /// Names that the program made while running (`setattr`), numbered after the program's own.
    names: Arc<Symbols>,
    threads: Vec<Option<Arc<Thread>>>,
    notes: Vec<Note>,
    /// The number of the next shared object.
    next_object: u32,
    /// A thread was started.
    started: bool,
}

impl Vm {
    /// A machine about to execute the body of the user's module in the main thread.
    #[must_use]
    pub fn new(program: &Program, limits: VmLimits) -> Vm {
        let mut heap = Heap::default();
        let mut names = Symbols::default();
        let tables = Tables::new(program, &mut heap, &mut names);
        let shared = program.globals.iter().filter(|global| global.shared && global.module.0 == 0).count();
        Vm {
            heap,
            limits,
            globals: tables.initial_globals.clone(),
            tables: Arc::new(tables),
            names: Arc::new(names),
            threads: vec![Some(Arc::new(Thread::main(program)))],
            notes: Vec::new(),
            next_object: u32::try_from(shared).unwrap_or(u32::MAX),
            started: false,
        }
    }

    /// Runs the thread up to its next visible operation, at most `fuel` instructions.
    pub fn advance(&mut self, _program: &Program, thread: ThreadId, _fuel: u64) -> Advance {
        Advance::Unmodelled { what: format!("running thread {thread}").into(), line: 0 }
    }

    /// Performs the pending operation of the thread with this reply, then runs on like [`Vm::advance`].
    pub fn commit(&mut self, program: &Program, thread: ThreadId, _reply: Reply, fuel: u64) -> Advance {
        self.advance(program, thread, fuel)
    }

    /// The kernel performed `Start`: the thread gets its first frame. [`Vm::advance`] comes next.
    pub fn begin(&mut self, _thread: ThreadId) {}

    /// The line of the user's program on which the thread stands; 0 when it stands on none.
    #[must_use]
    pub fn line(&self, program: &Program, thread: ThreadId) -> u32 {
        self.thread(thread).map_or(0, |thread| thread.line(program))
    }

    /// Where the thread stands, for the atomicity dial.
    #[must_use]
    pub fn position(&self, program: &Program, thread: ThreadId) -> Position {
        self.thread(thread).map_or_else(Position::default, |thread| thread.position(program))
    }

    /// What happened invisibly since it was last drained.
    pub fn notes(&mut self) -> &mut Vec<Note> {
        &mut self.notes
    }

    /// A readable `repr` that never runs the program's code, cut off with `…` at about `limit` characters.
    #[must_use]
    pub fn repr(&self, program: &Program, value: Value, limit: usize) -> String {
        lib::entry::peek(self, program, value, limit)
    }

    /// The number under which this heap object was declared.
    #[must_use]
    pub fn object_of(&self, at: Ref) -> Option<ObjectId> {
        self.heap.head(at).id
    }

    fn thread(&self, id: ThreadId) -> Option<&Thread> {
        self.threads.get(id.index())?.as_deref()
    }

    // ---- names ----

    /// The text of a name.
    #[must_use]
    pub fn name<'a>(&'a self, program: &'a Program, sym: Sym) -> &'a str {
        match sym.index().checked_sub(program.symbols.len()) {
            None => program.symbols.text(sym),
            Some(own) => self.names.text(Sym(u32::try_from(own).unwrap_or(u32::MAX))),
        }
    }

    /// The name with this text, if anything has it.
    #[must_use]
    pub fn find_name(&self, program: &Program, text: &str) -> Option<Sym> {
        program.symbols.get(text).or_else(|| tables::own(program, self.names.get(text)?))
    }

    /// The name with this text, made if it is new.
    pub fn intern(&mut self, program: &Program, text: &str) -> Sym {
        match self.find_name(program, text) {
            Some(sym) => sym,
            None => tables::intern(program, Arc::make_mut(&mut self.names), text),
        }
    }

    // ---- types ----

    /// The built-in type of a value; for an instance of a user's class the nearest built-in base.
    #[must_use]
    pub fn type_id(&self, value: Value) -> TypeId {
        types::of(&self.heap, value)
    }

    /// Python's `type(value).__name__`.
    #[must_use]
    pub fn type_name(&self, program: &Program, value: Value) -> Arc<str> {
        if let Value::Ref(at) = value
            && let Some(class) = self.class_of(at)
            && let Obj::Class(class) = self.heap.get(class)
        {
            return self.name(program, class.name).into();
        }
        types::name(self.type_id(value)).into()
    }

    /// The user's class of an instance or exception.
    #[must_use]
    pub fn class_of(&self, at: Ref) -> Option<Ref> {
        match self.heap.get(at) {
            Obj::Instance(instance) => Some(instance.class),
            Obj::Exception(exception) => match exception.class {
                Value::Ref(class) => Some(class),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a user's class says about this name for its instance `value`, without binding.
    #[must_use]
    pub fn special(&self, value: Value, name: Sym) -> Option<Value> {
        let Value::Ref(at) = value else { return None };
        let Obj::Class(class) = self.heap.get(self.class_of(at)?) else { return None };
        class.mro.iter().find_map(|base| match base {
            Value::Ref(base) => match self.heap.get(*base) {
                Obj::Class(base) => base.attrs.get(name),
                _ => None,
            },
            _ => None,
        })
    }

    /// The write barrier: `value` was stored into `container`.
    pub fn stored(&mut self, _program: &Program, _container: Ref, _value: Value) {}
}

impl Exception {
    /// A fresh exception.
    #[must_use]
    pub fn new(class: Value, args: Vec<Value>) -> Exception {
        Exception {
            class,
            args,
            attrs: object::Attrs::default(),
            cause: Value::Null,
            context: Value::Null,
            suppress_context: false,
            trace: Vec::new(),
        }
    }
}
