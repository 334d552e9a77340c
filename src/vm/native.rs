//! Functions written in Rust: what they get, what they answer, and how they are found.
//!
//! A native is a plain function over a [`Cx`] (the machine) and [`Args`]. It never blocks and never runs Python by
//! itself, except for the implicit `__eq__`, `__hash__`, `__str__`, `__repr__`, `__lt__` of user classes through
//! [`Cx::call`]. What it wants instead, it answers:
//!
//! | answer | then |
//! |---|---|
//! | `Value` | that is the result |
//! | `Op` | the thread stops before this operation; its reply is the result |
//! | `Ask` | the thread stops before this operation; then the native is called again with the reply in [`Cx::reply`] |
//! | `Call` | this is called (a real frame); its result is the result |
//! | `Length` | `__len__` is called, in a frame, and its result checked |
//! | `Resume` | the generator goes on (`generator.send`) |
//! | `Materialise(n)` | positional argument `n`, an iterable that runs user code (an instance with `__iter__`, a generator), is collected into a list by Python frames; then the native is called again with the list in its place |
//!
//! **Visibility.** A native that is registered with [`Effect::Reads`] or [`Effect::Writes`] touches its first
//! positional argument (a method's receiver). When that is a container other threads can see, the interpreter stops
//! before the call with an `Op::Method`; the native needs not care. [`Effect::Pure`] is everything else.
//!
//! **Write barrier.** Whoever stores a value into a heap object calls [`Cx::stored`] afterwards.
//!
//! **Collection** never happens while a native runs: values in Rust variables are safe.

use super::object::{Exception, Obj};
use super::op::{Op, Reply};
use super::types;
use super::value::{LibraryId, NativeId, Ref, TypeId, Value};
use super::{Vm, lib};
use crate::ids::ThreadId;
use crate::lang::{Program, Sym};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::{Arc, LazyLock};

/// What one operation may cost beyond what its thread was given, in instructions: a second or so.
const MAX_OVERDRAFT: i64 = 100_000_000;

/// How deep natives may go into what is nested, in levels of lists: the stack of a thread of ours holds twice that.
const MAX_INSIDE: u32 = 400;

/// The machine, as a native sees it.
pub struct Cx<'a> {
    pub vm: &'a mut Vm,
    pub program: &'a Program,
    pub thread: ThreadId,
    /// The reply to what the native asked with [`Answer::Ask`]; `None` on the first call. Take it.
    pub reply: Option<Reply>,
    /// How deep calls are nested, natives that call Python included.
    pub(super) depth: u32,
    /// The caller is library code.
    pub(super) hidden: bool,
}

/// The arguments of a call; of a method, the receiver first.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    pub positional: &'a [Value],
    pub keywords: &'a [(Sym, Value)],
}

/// What a native wants.
#[derive(Clone, Debug)]
pub enum Answer {
    Value(Value),
    Op(Op),
    Ask(Op),
    Call {
        function: Value,
        args: SmallVec<[Value; 4]>,
    },
    Materialise(usize),
    /// This `__len__` is called; its result must be a length.
    Length {
        function: Value,
        receiver: Value,
    },
    /// The generator is resumed with this value; what it yields is the result.
    Resume {
        generator: Ref,
        sent: Value,
    },
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Raise {
    /// This exception is raised.
    Exception(Ref),
    /// What the program asks for is not modelled: the run ends and says so.
    Unmodelled(Arc<str>),
}

pub type NativeResult = Result<Answer, Raise>;
pub type NativeFn = fn(&mut Cx<'_>, Args<'_>) -> NativeResult;

/// What a native does to the container that is its first positional argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Pure,
    Reads,
    Writes,
}

/// A native in the table.
#[derive(Clone, Copy)]
pub struct Native {
    pub name: &'static str,
    pub call: NativeFn,
    pub effect: Effect,
    /// The type it is a method of.
    pub owner: Option<TypeId>,
    /// Reading the attribute calls it: `barrier.n_waiting`.
    pub getter: bool,
}

/// All natives and library modules: made once per process of ours, the same for every program.
pub struct Registry {
    natives: Vec<Native>,
    builtins: Vec<(&'static str, Value)>,
    methods: Vec<(TypeId, &'static str, Value)>,
    constructors: FxHashMap<TypeId, NativeId>,
    modules: Vec<&'static str>,
    members: Vec<(LibraryId, &'static str, Value)>,
    /// Names that CPython's module has and ours does not yet.
    not_yet: Vec<(LibraryId, &'static str)>,
    /// What `LOAD_BUILD_CLASS` pushes: the interpreter knows it by its number.
    build_class: NativeId,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry::new();
    for number in 0..types::TYPES.len() {
        let id = TypeId(u16::try_from(number).unwrap_or(u16::MAX));
        if types::is_builtin_name(id) {
            registry.builtin_value(types::name(id), Value::Type(id));
        }
    }
    lib::register(&mut registry);
    super::core::register(&mut registry);
    super::dynamic::register(&mut registry);
    super::sync::register(&mut registry);
    // Modules of which nothing is written yet can be imported all the same.
    for module in crate::lang::library::MODULES {
        registry.module(module.name);
    }
    registry
});

impl Registry {
    fn new() -> Registry {
        let build_class = Native {
            name: "__build_class__",
            call: |_, _| Err(Raise::Unmodelled("__build_class__".into())),
            effect: Effect::Pure,
            owner: None,
            getter: false,
        };
        Registry {
            natives: vec![build_class],
            builtins: vec![("__build_class__", Value::Native(NativeId(0)))],
            methods: vec![],
            constructors: FxHashMap::default(),
            modules: vec![],
            members: vec![],
            not_yet: vec![],
            build_class: NativeId(0),
        }
    }

    pub(super) fn build_class(&self) -> NativeId {
        self.build_class
    }

    /// The one table.
    #[must_use]
    pub fn get() -> &'static Registry {
        &REGISTRY
    }

    fn add(&mut self, native: Native) -> NativeId {
        self.natives.push(native);
        NativeId(u16::try_from(self.natives.len() - 1).unwrap_or(u16::MAX))
    }

    /// A built-in function.
    pub fn builtin(&mut self, name: &'static str, effect: Effect, call: NativeFn) {
        let id = self.add(Native { name, call, effect, owner: None, getter: false });
        self.builtins.push((name, Value::Native(id)));
    }

    /// Any other built-in name.
    pub fn builtin_value(&mut self, name: &'static str, value: Value) {
        self.builtins.push((name, value));
    }

    /// A method of a built-in type; derived types have it too.
    pub fn method(&mut self, owner: TypeId, name: &'static str, effect: Effect, call: NativeFn) {
        let id = self.add(Native { name, call, effect, owner: Some(owner), getter: false });
        self.methods.push((owner, name, Value::Native(id)));
    }

    /// An attribute of a built-in type that is computed, possibly by an operation.
    pub fn getter(&mut self, owner: TypeId, name: &'static str, call: NativeFn) {
        let id = self.add(Native { name, call, effect: Effect::Pure, owner: Some(owner), getter: true });
        self.methods.push((owner, name, Value::Native(id)));
    }

    /// A function that is found on a type and not bound: `object.__new__`.
    pub fn static_method(&mut self, owner: TypeId, name: &'static str, call: NativeFn) {
        let id = self.add(Native { name, call, effect: Effect::Pure, owner: None, getter: false });
        self.methods.push((owner, name, Value::Native(id)));
    }

    /// What calling a built-in type does. The type is not among the arguments. Exceptions need none.
    pub fn constructor(&mut self, owner: TypeId, effect: Effect, call: NativeFn) {
        let id = self.add(Native { name: types::name(owner), call, effect, owner: None, getter: false });
        self.constructors.insert(owner, id);
    }

    /// The library module with this dotted name, made when it is new.
    pub fn module(&mut self, name: &'static str) -> LibraryId {
        let place = self.modules.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.modules.push(name);
            self.modules.len() - 1
        });
        LibraryId(u16::try_from(place).unwrap_or(u16::MAX))
    }

    /// A function of a library module.
    pub fn function(&mut self, module: LibraryId, name: &'static str, effect: Effect, call: NativeFn) {
        let id = self.add(Native { name, call, effect, owner: None, getter: false });
        self.members.push((module, name, Value::Native(id)));
    }

    /// Any other member of a library module.
    pub fn member(&mut self, module: LibraryId, name: &'static str, value: Value) {
        self.members.push((module, name, value));
    }

    /// Names that the module has in CPython and not here yet: they can be imported, not called.
    pub fn not_yet(&mut self, module: LibraryId, names: &[&'static str]) {
        self.not_yet.extend(names.iter().map(|name| (module, *name)));
    }

    #[must_use]
    #[inline]
    pub fn native(&self, id: NativeId) -> &Native {
        &self.natives[id.0 as usize]
    }

    /// What calling this type does, its bases' constructor if it has none of its own.
    #[must_use]
    pub fn constructor_of(&self, id: TypeId) -> Option<NativeId> {
        self.constructors.get(&id).copied()
    }

    #[must_use]
    pub fn module_name(&self, id: LibraryId) -> &'static str {
        self.modules[id.0 as usize]
    }

    /// The library module with this name.
    #[must_use]
    pub fn find_module(&self, name: &str) -> Option<LibraryId> {
        let place = self.modules.iter().position(|known| *known == name)?;
        Some(LibraryId(u16::try_from(place).unwrap_or(u16::MAX)))
    }

    #[must_use]
    pub fn builtins(&self) -> &[(&'static str, Value)] {
        &self.builtins
    }

    #[must_use]
    pub fn methods(&self) -> &[(TypeId, &'static str, Value)] {
        &self.methods
    }

    #[must_use]
    pub fn members(&self) -> &[(LibraryId, &'static str, Value)] {
        &self.members
    }

    #[must_use]
    pub fn not_yet_names(&self) -> &[(LibraryId, &'static str)] {
        &self.not_yet
    }
}

impl<'a> Args<'a> {
    /// Positional argument `n`, if it was given.
    #[must_use]
    pub fn get(&self, n: usize) -> Option<Value> {
        self.positional.get(n).copied()
    }

    /// Only these positional arguments, no keywords.
    #[must_use]
    pub const fn only(positional: &'a [Value]) -> Args<'a> {
        Args { positional, keywords: &[] }
    }
}

impl Cx<'_> {
    // ---- making values ----

    /// A new heap object.
    pub fn alloc(&mut self, obj: Obj) -> Value {
        Value::Ref(self.vm.heap.alloc(obj))
    }

    /// A new string.
    pub fn str(&mut self, text: impl Into<Arc<str>>) -> Value {
        self.alloc(Obj::Str(text.into()))
    }

    /// A new tuple.
    pub fn tuple(&mut self, items: impl Into<Arc<[Value]>>) -> Value {
        self.alloc(Obj::Tuple(items.into()))
    }

    /// A new list.
    pub fn list(&mut self, items: Vec<Value>) -> Value {
        self.alloc(Obj::List(Arc::new(items)))
    }

    /// Makes sure that an object of this many bytes may be made, before it is.
    ///
    /// # Errors
    /// `MemoryError` when it would not fit into the memory limit, or what was made since the last collection (which
    /// natives have to wait for) is more than that already.
    pub fn reserve(&mut self, bytes: u64) -> Result<(), Raise> {
        let limit = self.vm.limits.memory_bytes;
        if bytes <= limit && self.vm.heap.bytes().saturating_add(bytes) <= limit + limit / 2 {
            return self.work(bytes / 64);
        }
        Err(self.raise(types::MEMORY_ERROR, ""))
    }

    /// [`Cx::reserve`] for this many values.
    ///
    /// # Errors
    /// `MemoryError`, as there.
    pub fn reserve_items(&mut self, items: usize) -> Result<(), Raise> {
        self.reserve((items as u64).saturating_mul(16))?;
        self.work(items as u64)
    }

    /// Says that the native does work that takes as long as this many instructions.
    ///
    /// # Errors
    /// One operation may only take so long: it cannot stop in the middle.
    #[inline]
    pub fn work(&mut self, instructions: u64) -> Result<(), Raise> {
        let fuel = self.vm.fuel.saturating_sub(i64::try_from(instructions).unwrap_or(i64::MAX));
        self.vm.fuel = fuel;
        if fuel >= 0 || (fuel >= -MAX_OVERDRAFT && !self.vm.is_interrupted()) {
            return Ok(());
        }
        Err(Raise::Unmodelled("a built-in operation that takes this long".into()))
    }

    /// Does something that may do the same inside itself, once per level of what the program nested. `levels`: how much
    /// of the real stack it takes, in what comparing two lists takes.
    ///
    /// # Errors
    /// `RecursionError` when it is nested too deeply; `what` says where (" in comparison").
    pub fn deeper<T>(
        &mut self,
        levels: u32,
        what: &str,
        body: impl FnOnce(&mut Self) -> Result<T, Raise>,
    ) -> Result<T, Raise> {
        self.descend(levels, what)?;
        let done = body(self);
        self.ascend(levels);
        done
    }

    /// The beginning of [`Cx::deeper`].
    pub(in crate::vm) fn descend(&mut self, levels: u32, what: &str) -> Result<(), Raise> {
        self.work(16)?;
        if self.vm.inside + levels > MAX_INSIDE {
            return Err(self.raise(types::RECURSION_ERROR, format!("maximum recursion depth exceeded{what}")));
        }
        self.vm.inside += levels;
        Ok(())
    }

    /// The end of [`Cx::deeper`].
    pub(in crate::vm) fn ascend(&mut self, levels: u32) {
        self.vm.inside -= levels;
    }

    // ---- names ----

    /// The text of a name.
    #[must_use]
    pub fn name(&self, sym: Sym) -> &str {
        self.vm.name(self.program, sym)
    }

    /// The name with this text, made if it is new.
    pub fn intern(&mut self, text: &str) -> Sym {
        self.vm.intern(self.program, text)
    }

    // ---- looking at values ----

    /// The text of a string value (not of other values: that is `entry::str`).
    #[must_use]
    pub fn text(&self, value: Value) -> Option<Arc<str>> {
        self.vm.heap.str(value).cloned()
    }

    /// What Python's `type(value).__name__` gives: for error messages.
    #[must_use]
    pub fn type_name(&self, value: Value) -> Arc<str> {
        self.vm.type_name(self.program, value)
    }

    // ---- failing ----

    /// An exception of a built-in type with one message (none when the text is empty).
    pub fn raise(&mut self, class: TypeId, text: impl AsRef<str>) -> Raise {
        let text = text.as_ref();
        let args = if text.is_empty() { vec![] } else { vec![self.str(text)] };
        self.raise_with(class, args)
    }

    /// An exception of a built-in type with these arguments.
    pub fn raise_with(&mut self, class: TypeId, args: Vec<Value>) -> Raise {
        Raise::Exception(self.vm.heap.alloc(Obj::Exception(Arc::new(Exception::new(Value::Type(class), args)))))
    }

    /// `TypeError` with this text.
    pub fn type_error(&mut self, text: impl AsRef<str>) -> Raise {
        self.raise(types::TYPE_ERROR, text)
    }

    /// `ValueError` with this text.
    pub fn value_error(&mut self, text: impl AsRef<str>) -> Raise {
        self.raise(types::VALUE_ERROR, text)
    }

    // ---- the rest of the machine ----

    /// The write barrier: `value` was stored into `container` (at `index`, for its name).
    pub fn stored(&mut self, container: Ref, value: Value) {
        self.vm.stored(container, value);
    }

    /// Calls a Python function, or anything callable, to its end, as a part of the running operation: visible memory
    /// operations inside it happen silently; a primitive that blocks is unmodelled.
    ///
    /// # Errors
    /// What it raises.
    pub fn call(&mut self, function: Value, args: &[Value]) -> Result<Value, Raise> {
        super::nested::call(self, function, args)
    }

    /// The special method with this name that a *user's class* defines for this value, bound to nothing: call it with
    /// the value as first argument.
    #[must_use]
    pub fn special(&self, value: Value, name: &str) -> Option<Value> {
        let sym = self.vm.find_name(self.program, name)?;
        self.vm.special(value, sym)
    }
}
