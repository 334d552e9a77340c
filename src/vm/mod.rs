//! The virtual machine: values, heap, frames.
//!
//! [`Vm::advance`] runs one thread up to its next *visible* operation and describes it; [`Vm::commit`] performs it and
//! runs on. The machine knows no clocks, channels or files; it never blocks, and nothing that a program does makes it
//! panic.
//!
//! | file | what |
//! |---|---|
//! | `value`, [`object`], [`heap`], [`types`] | the data |
//! | `reach`, `gc`, `share`, `naming` | what refers to what, what is garbage, who can see what, what it is called |
//! | [`frame`], [`thread`] | the state of a call, of a thread |
//! | [`canon`] | when two states are the same |
//! | `touch` | what a step touches |
//! | `machine` | the interpreter |
//! | [`native`], [`lib`], `core`, `dynamic`, `nested`, `reflect` | functions written in Rust, and how they call back |
//! | `sync` | `threading` and `queue` |
//! | `op` | the border to the kernel |

pub mod canon;
mod core;
mod dynamic;
pub mod frame;
mod gc;
pub mod heap;
pub mod lib;
mod machine;
mod naming;
pub mod native;
mod nested;
pub mod object;
mod op;
mod reach;
mod reflect;
mod share;
mod sync;
mod tables;
pub mod thread;
mod touch;
#[cfg(test)]
mod tests;
mod traceback;
pub mod types;
mod value;

pub use op::{Advance, Draw, Note, Op, Patience, Place, PrimitiveSpec, Question, QueueOrder, Reply};
pub(crate) use touch::{Reach, Spot};
pub use value::{LibraryId, NativeId, Ref, TypeId, Value};

use crate::ids::{ObjectId, ThreadId};
use crate::lang::{GlobalId, ModuleId, Program, Sym, Symbols};
use frame::Then;
use heap::{Heap, Origin};
use machine::Machine;
use object::{Exception, Obj};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tables::Tables;
use thread::{Pending, Thread};

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

/// What a name takes besides its text.
const NAME_BYTES: u64 = 100;
/// What an object with a number takes here, in the kernel, and in the picture of the run.
const DECLARED_BYTES: u64 = 300;
/// What a thread takes that is over.
const THREAD_BYTES: u64 = 2000;

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
    /// What these, and everything else that is never forgotten, take.
    kept_bytes: u64,
    /// `None` while the thread runs.
    threads: Vec<Option<Arc<Thread>>>,
    notes: Vec<Note>,
    /// The number of the next shared object.
    next_object: u32,
    /// The primitives by their numbers, ascending; those that nothing refers to any more are gone.
    primitives: Arc<Vec<(ObjectId, Ref)>>,
    /// A thread was started.
    started: bool,
    /// By name: attributes that are stored only while their objects are private. Reading them is invisible.
    init_only: Arc<Vec<bool>>,
    /// By module: its body has run, or is running.
    loaded: Vec<bool>,
    /// A collection is due when this many bytes are fresh.
    collect_at: u64,
    /// What the running thread may still do before it is asked to pause, in instructions. Overdrawn by what cannot stop.
    fuel: i64,
    /// What it was given.
    tank: i64,
    /// How deep natives are inside what the program nested: see [`native::Cx::deeper`].
    inside: u32,
    /// Runs of the interpreter inside natives.
    nesting: u32,
    /// How many threads were given default names.
    threads_named: u32,
    /// The `Thread` object of the thread that runs.
    running_object: Value,
    /// See [`Vm::set_interrupt`].
    interrupt: Option<Arc<AtomicBool>>,
    /// See [`Vm::switch_interval_secs`].
    switch_interval_secs: f64,
    /// Declared objects that got a name since the notes were drained.
    newly_named: Vec<(ObjectId, Ref)>,
    /// See [`canon`].
    base: Arc<canon::Base>,
    saw_addresses: bool,
    /// See [`touch`].
    journal: touch::Journal,
}

impl Vm {
    /// A machine about to execute the body of the user's module in the main thread.
    #[must_use]
    pub fn new(program: &Program, limits: VmLimits) -> Vm {
        let mut heap = Heap::default();
        let mut names = Symbols::default();
        let tables = Tables::new(program, &mut heap, &mut names);
        let shared = tables.global_objects.iter().flatten().count();
        let mut init_only = vec![false; program.symbols.len()];
        for name in &program.init_only {
            init_only[name.index()] = true;
        }
        let mut main = Thread::main(program);
        let mut loaded = vec![false; program.modules.len()];
        // The built-in functions written in Python come before anything else.
        let builtins = program.modules.iter().position(|module| program.name(module.name) == "builtins");
        if let Some(builtins) = builtins {
            loaded[builtins] = true;
            main.push_module(program, program.modules[builtins].body, true, Then::Forget);
        }
        let init_only = Arc::new(init_only);
        let mut vm = Vm {
            heap,
            limits,
            globals: tables.initial_globals.clone(),
            base: Arc::new(canon::Base::default()),
            saw_addresses: false,
            journal: touch::Journal::default(),
            tables: Arc::new(tables),
            names: Arc::new(names),
            kept_bytes: 0,
            threads: vec![Some(Arc::new(main))],
            notes: Vec::new(),
            next_object: u32::try_from(shared).unwrap_or(u32::MAX),
            primitives: Arc::default(),
            started: false,
            init_only,
            loaded,
            collect_at: gc::FIRST,
            fuel: 0,
            tank: 0,
            inside: 0,
            nesting: 0,
            threads_named: 0,
            running_object: Value::None,
            interrupt: None,
            switch_interval_secs: 0.005,
            newly_named: Vec::new(),
        };
        vm.rebase();
        vm
    }

    /// Runs the thread up to its next visible operation, at most about `fuel` instructions.
    pub fn advance(&mut self, program: &Program, thread: ThreadId, fuel: u64) -> Advance {
        self.with_thread(program, thread, fuel, |machine| match machine.t.pending {
            Pending::Begin => machine.begin(),
            _ => machine.run(),
        })
    }

    /// Performs the pending operation of the thread with this reply, then runs on like [`Vm::advance`].
    pub fn commit(&mut self, program: &Program, thread: ThreadId, reply: Reply, fuel: u64) -> Advance {
        self.with_thread(program, thread, fuel, |machine| machine.answer(reply))
    }

    /// Takes the thread out, runs it, and puts it back.
    fn with_thread(
        &mut self,
        program: &Program,
        id: ThreadId,
        fuel: u64,
        run: impl FnOnce(&mut Machine<'_>) -> Advance,
    ) -> Advance {
        let Some(thread) = self.threads.get_mut(id.index()).and_then(Option::take) else { return Advance::Finished };
        let mut shared = thread;
        let state = std::mem::take(Arc::make_mut(&mut shared));
        self.running_object = state.object;
        self.heap.set_line(state.creates_on);
        self.tank = i64::try_from(fuel).unwrap_or(i64::MAX);
        self.fuel = self.tank;
        let mut machine = Machine::new(self, program, id, state);
        let advance = run(&mut machine);
        let mut state = machine.t;
        state.object = self.running_object;
        state.creates_on = self.heap.line();
        *Arc::make_mut(&mut shared) = state;
        self.threads[id.index()] = Some(shared);
        if !self.newly_named.is_empty() {
            self.tell_names(program);
        }
        advance
    }

    /// What the last [`Vm::advance`] or [`Vm::commit`] cost, in instructions; work inside built-in operations counts
    /// for as many as take about the same time.
    #[must_use]
    pub fn spent(&self) -> u64 {
        u64::try_from(self.tank.saturating_sub(self.fuel)).unwrap_or(0)
    }

    /// From now on an operation that takes long is given up, as one that takes too long, when this becomes true.
    pub fn set_interrupt(&mut self, interrupt: Arc<AtomicBool>) {
        self.interrupt = Some(interrupt);
    }

    #[cold]
    fn is_interrupted(&self) -> bool {
        self.interrupt.as_ref().is_some_and(|interrupt| interrupt.load(Ordering::Relaxed))
    }

    /// How long a thread may go on while others want to, as `sys.setswitchinterval` has it; positive.
    #[must_use]
    pub fn switch_interval_secs(&self) -> f64 {
        self.switch_interval_secs
    }

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

    /// Which object on the tape a place belongs to, and the key inside it (`.balance`, `[2]`); `None` when the object
    /// was never declared.
    #[must_use]
    pub fn place(&self, program: &Program, place: &Place) -> Option<(ObjectId, Option<String>)> {
        match place {
            Place::Global(id) => Some((self.tables.global_objects[id.index()]?, None)),
            Place::Cell(cell, _) => Some((self.object_of(*cell)?, None)),
            Place::Attr(at, name) => Some((self.object_of(*at)?, Some(format!(".{}", self.name(program, *name))))),
            Place::Item(at, key) => Some((self.object_of(*at)?, Some(format!("[{}]", self.repr(program, *key, 40))))),
        }
    }

    /// What is stored at a place now; `None` when nothing is (or when finding it would run the program's code).
    #[must_use]
    pub fn stored_at(&self, place: &Place) -> Option<Value> {
        let value = match *place {
            Place::Global(id) => self.globals[id.index()],
            Place::Cell(cell, _) => match self.heap.get(cell) {
                Obj::Cell(value) => *value,
                _ => Value::Null,
            },
            Place::Attr(at, name) => match self.heap.get(at) {
                Obj::Instance(instance) => instance.attrs.get(name)?,
                Obj::Class(class) => class.attrs.get(name)?,
                _ => Value::Null,
            },
            Place::Item(at, key) => lib::peek::item(&self.heap, at, key)?,
        };
        (!matches!(value, Value::Null)).then_some(value)
    }

    /// The shared globals with their numbers on the tape, in order.
    pub fn shared_globals(&self) -> impl Iterator<Item = (GlobalId, ObjectId)> + '_ {
        let numbered = self.tables.global_objects.iter().zip(0u32..);
        numbered.filter_map(|(object, number)| Some((GlobalId(number), (*object)?)))
    }

    /// The module's variables that are data (no functions, classes, modules, primitives), each as its `repr`.
    #[must_use]
    pub fn globals(&self, program: &Program) -> Vec<(Arc<str>, String)> {
        let data = program.main().globals.clone().filter_map(|number| {
            let global = &program.globals[number as usize];
            let value = self.globals[number as usize];
            let name = program.symbols.shared(global.name);
            (self.is_data(value) && !name.starts_with("__")).then(|| (name, self.repr(program, value, 400)))
        });
        data.collect()
    }

    /// Whether a value is data: not a definition, module, thread or primitive, nor a collection of nothing else.
    fn is_data(&self, value: Value) -> bool {
        let of_data = |items: &mut dyn Iterator<Item = Value>| {
            let mut items = items.peekable();
            items.peek().is_none() || items.any(|item| !self.is_machinery(item))
        };
        let Value::Ref(at) = value else { return !self.is_machinery(value) };
        match self.heap.get(at) {
            Obj::List(items) => of_data(&mut items.iter().copied()),
            Obj::Tuple(items) => of_data(&mut items.iter().copied()),
            Obj::Dict(dict) => of_data(&mut dict.iter().map(|entry| entry.value)),
            _ => !self.is_machinery(value),
        }
    }

    /// Whether a value belongs to the program rather than to what it computes.
    fn is_machinery(&self, value: Value) -> bool {
        match value {
            Value::Null
            | Value::Native(_)
            | Value::Type(_)
            | Value::Library(_)
            | Value::Module(_)
            | Value::NotYet(_) => true,
            Value::Ref(at) => match self.heap.get(at) {
                Obj::Function(_) | Obj::Class(_) | Obj::Bound(_) | Obj::Primitive(_) | Obj::Generator(_) => true,
                Obj::Instance(instance) => {
                    matches!(self.heap.get(instance.class), Obj::Class(class) if class.hidden)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// The number under which this heap object was declared.
    #[must_use]
    pub fn object_of(&self, at: Ref) -> Option<ObjectId> {
        self.heap.head(at).id
    }

    fn thread(&self, id: ThreadId) -> Option<&Thread> {
        self.threads.get(id.index())?.as_deref()
    }

    /// Two threads change places; each keeps its object, and has it where the other one had its own.
    pub(crate) fn exchange(&mut self, one: ThreadId, other: ThreadId) {
        self.threads.swap(one.index(), other.index());
        let object = |id: ThreadId| self.thread(id).map_or(Value::Null, |thread| thread.object);
        let (mut mine, mut theirs) = (object(one), object(other));
        for id in [one, other] {
            if let Some(Some(thread)) = self.threads.get_mut(id.index()) {
                Arc::make_mut(thread).rename(mine, theirs);
            }
            std::mem::swap(&mut mine, &mut theirs);
        }
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
        if let Some(sym) = self.find_name(program, text) {
            return sym;
        }
        self.keep(NAME_BYTES + text.len() as u64);
        tables::intern(program, Arc::make_mut(&mut self.names), text)
    }

    /// Something was made that is never forgotten.
    fn keep(&mut self, bytes: u64) {
        self.kept_bytes += bytes;
        self.heap.charge(bytes);
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
    pub fn stored(&mut self, container: Ref, value: Value) {
        let Value::Ref(at) = value else { return };
        if self.heap.head(container).shared {
            self.share(value);
        }
        if matches!(self.heap.head(at).origin, Origin::Nowhere | Origin::Local(_)) && self.nameable(at) {
            self.name_element(container, at);
        }
    }

    // ---- modules ----

    fn module_is_loaded(&self, id: ModuleId) -> bool {
        self.loaded.get(id.index()).copied().unwrap_or(true)
    }

    fn set_module_loaded(&mut self, id: ModuleId, loaded: bool) {
        if let Some(state) = self.loaded.get_mut(id.index()) {
            *state = loaded;
        }
    }
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
