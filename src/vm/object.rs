//! What lives in a heap slot.
//!
//! An [`Obj`] is three words; whatever can be large is behind an [`Arc`], so that copying a page of the heap copies no
//! contents. Immutable things are never written after they were made.

use super::frame::Frame;
use super::lib::container::{Dict, Set};
use super::op::QueueOrder;
use super::value::{Ref, TypeId, Value};
use crate::ids::{ObjectId, ThreadId};
use crate::lang::{CodeId, Sym};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// A heap object.
#[derive(Clone, Debug)]
pub enum Obj {
    /// Nothing: the next free slot.
    Free(Option<Ref>),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Value]>),
    List(Arc<Vec<Value>>),
    Dict(Arc<Dict>),
    Set(Arc<Set>),
    FrozenSet(Arc<Set>),
    Deque(Arc<Deque>),
    /// start, stop, step
    Slice(Arc<[Value; 3]>),
    Range(Arc<Range>),
    /// `dict.keys()`, `dict.values()`, `dict.items()`.
    DictView(Ref, DictPart),
    Function(Arc<Function>),
    /// A function or native with its receiver.
    Bound(Arc<Bound>),
    Class(Arc<Class>),
    Instance(Arc<Instance>),
    Exception(Arc<Exception>),
    /// A captured variable; `Null` while unbound.
    Cell(Value),
    /// getter, setter, deleter
    Property(Arc<[Value; 3]>),
    StaticMethod(Value),
    ClassMethod(Value),
    /// `super()`: where the search starts after, and the receiver.
    Super(Arc<Super>),
    /// A short `range`'s iterator: the next value, how many are left, and the step.
    RangeIter {
        next: i64,
        left: u32,
        step: i32,
    },
    ListIter {
        list: Ref,
        index: u32,
    },
    /// Every other built-in iterator.
    Iter(Arc<Iter>),
    Generator(Arc<Generator>),
    /// A lock, condition, event, semaphore, barrier or queue. The kernel knows its state.
    Primitive(Arc<Primitive>),
    /// The namespace of a class body while it runs.
    Namespace(Arc<Attrs>),
    /// A file-like object of the world: `sys.stdout` (1), `sys.stderr` (2), `sys.stdin` (0).
    Stream(u8),
    /// Something a library module written in Rust keeps in the heap, opaque to the machine.
    Record(Arc<Record>),
}

/// Attributes, in order of definition.
#[derive(Clone, Debug, Default)]
pub struct Attrs {
    entries: Vec<(Sym, Value)>,
    /// Made when a linear search would take long.
    index: Option<Box<FxHashMap<Sym, u32>>>,
}

/// From this many attributes on, an index is kept.
const INDEX_FROM: usize = 12;

impl Attrs {
    /// Where this attribute stands.
    #[must_use]
    #[inline]
    fn place(&self, name: Sym) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(&name).map(|place| *place as usize),
            None => self.entries.iter().position(|(key, _)| *key == name),
        }
    }

    #[must_use]
    #[inline]
    pub fn get(&self, name: Sym) -> Option<Value> {
        self.place(name).map(|place| self.entries[place].1)
    }

    /// Sets the attribute; true when it is new.
    pub fn set(&mut self, name: Sym, value: Value) -> bool {
        if let Some(place) = self.place(name) {
            self.entries[place].1 = value;
            return false;
        }
        self.entries.push((name, value));
        match &mut self.index {
            Some(index) => {
                index.insert(name, u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX));
            }
            None if self.entries.len() >= INDEX_FROM => self.reindex(),
            None => {}
        }
        true
    }

    /// Takes the attribute out; its value if it was there.
    pub fn remove(&mut self, name: Sym) -> Option<Value> {
        let place = self.place(name)?;
        let (_, value) = self.entries.remove(place);
        if self.index.is_some() {
            self.reindex();
        }
        Some(value)
    }

    fn reindex(&mut self) {
        let places = self.entries.iter().zip(0u32..).map(|((name, _), place)| (*name, place)).collect();
        self.index = Some(Box::new(places));
    }

    /// Names and values, in order of definition.
    #[must_use]
    pub fn entries(&self) -> &[(Sym, Value)] {
        &self.entries
    }
}

/// `collections.deque`.
#[derive(Clone, Debug, Default)]
pub struct Deque {
    pub items: VecDeque<Value>,
    pub maxlen: Option<usize>,
}

/// `range(start, stop, step)`; `step` is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    /// How many numbers it has.
    #[must_use]
    pub fn len(self) -> u64 {
        let (low, high, step) = match self.step {
            0 => return 0,
            1.. => (self.start, self.stop, self.step.unsigned_abs()),
            _ => (self.stop, self.start, self.step.unsigned_abs()),
        };
        if low >= high { 0 } else { (high.wrapping_sub(low).cast_unsigned() - 1) / step + 1 }
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The number at this place, if there is one.
    #[must_use]
    pub fn get(self, index: u64) -> Option<i64> {
        (index < self.len()).then(|| self.start.wrapping_add(index.cast_signed().wrapping_mul(self.step)))
    }
}

/// Which part of a dict a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictPart {
    Keys,
    Values,
    Items,
}

/// A function written in Python.
#[derive(Clone, Debug)]
pub struct Function {
    pub code: CodeId,
    pub name: Sym,
    pub qualname: Sym,
    /// The defaults of the last positional parameters.
    pub defaults: Vec<Value>,
    pub keyword_defaults: Vec<(Sym, Value)>,
    /// The cells of its free variables.
    pub closure: Vec<Value>,
    /// `f.anything = …`
    pub attrs: Attrs,
}

/// A method bound to its receiver.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub function: Value,
    pub receiver: Value,
}

/// `super(class, receiver)`.
#[derive(Clone, Copy, Debug)]
pub struct Super {
    /// The search begins after this class in the method resolution order.
    pub class: Value,
    pub receiver: Value,
}

/// A class of the program.
#[derive(Clone, Debug)]
pub struct Class {
    pub name: Sym,
    pub qualname: Sym,
    pub bases: Vec<Value>,
    /// The method resolution order, itself first, ending with `object`: [`Value::Ref`] of classes, then [`Value::Type`].
    pub mro: Vec<Value>,
    pub attrs: Attrs,
    /// The nearest built-in base.
    pub base_type: TypeId,
    /// It stands in library code.
    pub hidden: bool,
    /// The module it was defined in, as `repr` names it.
    pub module: Sym,
}

/// An instance of a class of the program.
#[derive(Clone, Debug)]
pub struct Instance {
    pub class: Ref,
    pub attrs: Attrs,
    /// For a class derived from a built-in container: the container. Else `Null`.
    pub inner: Value,
}

/// A line of a traceback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceLine {
    pub code: CodeId,
    pub line: u32,
}

/// An exception: an instance of a built-in exception type, or of a class derived from one.
#[derive(Clone, Debug)]
pub struct Exception {
    /// [`Value::Type`] or the [`Value::Ref`] of a class.
    pub class: Value,
    pub args: Vec<Value>,
    pub attrs: Attrs,
    /// `raise … from cause`; `Null` when absent.
    pub cause: Value,
    /// What was being handled when it was raised; `Null` when nothing was.
    pub context: Value,
    /// `from` was used: the context is not shown.
    pub suppress_context: bool,
    /// Where it went through, innermost first.
    pub trace: Vec<TraceLine>,
}

/// The less frequent built-in iterators.
#[derive(Clone, Debug)]
pub enum Iter {
    /// A range too long for [`Obj::RangeIter`].
    Range {
        range: Range,
        index: u64,
    },
    Tuple {
        items: Arc<[Value]>,
        index: usize,
    },
    /// `index` is a byte offset.
    Str {
        text: Arc<str>,
        index: usize,
    },
    Bytes {
        bytes: Arc<[u8]>,
        index: usize,
    },
    /// `expected` is the dict's length when the iterator was made: a change of it is a `RuntimeError`.
    Dict {
        dict: Ref,
        part: DictPart,
        position: usize,
        expected: usize,
    },
    /// A set, a frozenset.
    Set {
        set: Ref,
        position: usize,
        expected: usize,
    },
    Deque {
        deque: Ref,
        index: usize,
        expected: usize,
    },
    /// From the end; `left` items are to come. The sequence is a list, tuple, str, range or deque.
    Reversed {
        sequence: Value,
        left: usize,
    },
    /// `dict` backwards: `reversed(d)`.
    ReversedDict {
        dict: Ref,
        part: DictPart,
        position: usize,
    },
    Enumerate {
        inner: Value,
        count: i64,
    },
    Zip {
        inner: Vec<Value>,
        strict: bool,
    },
    /// Already collected items: of a user's iterator, of a snapshot.
    Values {
        items: Arc<[Value]>,
        index: usize,
    },
    /// Old-style iteration: `__getitem__(0)`, `__getitem__(1)`, … (driven by the interpreter).
    GetItem {
        sequence: Value,
        index: i64,
    },
    /// `iter(callable, sentinel)` (driven by the interpreter).
    Callable {
        callable: Value,
        sentinel: Value,
    },
    /// Exhausted.
    Done,
}

/// A generator: a frame that is set aside.
#[derive(Clone, Debug)]
pub struct Generator {
    pub name: Sym,
    pub qualname: Sym,
    pub state: GeneratorState,
    /// The frame with its part of the value stack; empty while running and after the end.
    pub frame: Option<Box<Frame>>,
    pub stack: Vec<Value>,
}

/// Where a generator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorState {
    /// Not yet begun.
    Created,
    Suspended,
    Running,
    Closed,
}

/// What the VM keeps of a synchronisation primitive.
#[derive(Clone, Debug)]
pub struct Primitive {
    /// Its number in the kernel's tables.
    pub id: ObjectId,
    pub kind: PrimitiveKind,
    /// The items of a queue, in order of arrival (a priority queue: a binary heap).
    pub items: VecDeque<Value>,
    /// The lock of a condition, the action of a barrier; else `Null`.
    pub extra: Value,
    /// `maxsize` of a queue, `parties` of a barrier.
    pub size: i64,
}

/// Which primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrimitiveKind {
    Lock,
    RLock,
    Condition,
    Event,
    Semaphore,
    BoundedSemaphore,
    Barrier,
    Queue(QueueOrder),
}

/// A value of a library module written in Rust: a type to tell it by, and its fields.
#[derive(Clone, Debug)]
pub struct Record {
    pub type_id: TypeId,
    pub fields: Vec<Value>,
    /// The thread it stands for, when it stands for one.
    pub thread: Option<ThreadId>,
}

impl Obj {
    /// True only when this is what the other one was, of which it is a later copy: what lies behind an [`Arc`] has not
    /// been asked to change since.
    pub(super) fn is_same(&self, other: &Obj) -> bool {
        match (self, other) {
            (Obj::Free(_), Obj::Free(_)) => true,
            (Obj::Str(a), Obj::Str(b)) => Arc::ptr_eq(a, b),
            (Obj::Bytes(a), Obj::Bytes(b)) => Arc::ptr_eq(a, b),
            (Obj::Tuple(a), Obj::Tuple(b)) => Arc::ptr_eq(a, b),
            (Obj::List(a), Obj::List(b)) => Arc::ptr_eq(a, b),
            (Obj::Dict(a), Obj::Dict(b)) => Arc::ptr_eq(a, b),
            (Obj::Set(a), Obj::Set(b)) | (Obj::FrozenSet(a), Obj::FrozenSet(b)) => Arc::ptr_eq(a, b),
            (Obj::Deque(a), Obj::Deque(b)) => Arc::ptr_eq(a, b),
            (Obj::Slice(a), Obj::Slice(b)) | (Obj::Property(a), Obj::Property(b)) => Arc::ptr_eq(a, b),
            (Obj::Range(a), Obj::Range(b)) => Arc::ptr_eq(a, b),
            (Obj::DictView(a, part), Obj::DictView(b, other)) => (a, part) == (b, other),
            (Obj::Function(a), Obj::Function(b)) => Arc::ptr_eq(a, b),
            (Obj::Bound(a), Obj::Bound(b)) => Arc::ptr_eq(a, b),
            (Obj::Class(a), Obj::Class(b)) => Arc::ptr_eq(a, b),
            (Obj::Instance(a), Obj::Instance(b)) => Arc::ptr_eq(a, b),
            (Obj::Exception(a), Obj::Exception(b)) => Arc::ptr_eq(a, b),
            (Obj::Cell(a), Obj::Cell(b))
            | (Obj::StaticMethod(a), Obj::StaticMethod(b))
            | (Obj::ClassMethod(a), Obj::ClassMethod(b)) => a == b,
            (Obj::Super(a), Obj::Super(b)) => Arc::ptr_eq(a, b),
            (Obj::RangeIter { next, left, step }, Obj::RangeIter { next: n, left: l, step: s }) => {
                (next, left, step) == (n, l, s)
            }
            (Obj::ListIter { list, index }, Obj::ListIter { list: l, index: i }) => (list, index) == (l, i),
            (Obj::Iter(a), Obj::Iter(b)) => Arc::ptr_eq(a, b),
            (Obj::Generator(a), Obj::Generator(b)) => Arc::ptr_eq(a, b),
            (Obj::Primitive(a), Obj::Primitive(b)) => Arc::ptr_eq(a, b),
            (Obj::Namespace(a), Obj::Namespace(b)) => Arc::ptr_eq(a, b),
            (Obj::Stream(a), Obj::Stream(b)) => a == b,
            (Obj::Record(a), Obj::Record(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// About how many bytes of the simulated memory it takes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let payload = match self {
            Obj::Str(text) => text.len(),
            Obj::Bytes(bytes) => bytes.len(),
            Obj::Tuple(items) => items.len() * 16,
            Obj::List(items) => items.capacity() * 16,
            Obj::Dict(dict) => dict.len() * 56,
            Obj::Set(set) | Obj::FrozenSet(set) => set.len() * 48,
            Obj::Deque(deque) => deque.items.len() * 16,
            Obj::Instance(instance) => 48 + instance.attrs.entries.len() * 24,
            Obj::Class(class) => 200 + class.attrs.entries.len() * 24 + class.mro.len() * 16,
            Obj::Namespace(attrs) => attrs.entries.len() * 24,
            Obj::Function(function) => 120 + (function.defaults.len() + function.closure.len()) * 16,
            Obj::Exception(exception) => 160 + exception.args.len() * 16,
            Obj::Generator(generator) => 200 + generator.stack.len() * 16,
            Obj::Primitive(primitive) => 80 + primitive.items.len() * 16,
            Obj::Record(record) => 40 + record.fields.len() * 16,
            Obj::Slice(_) | Obj::Property(_) => 64,
            Obj::Iter(_) | Obj::Bound(_) | Obj::Super(_) | Obj::Range(_) => 48,
            Obj::Free(_)
            | Obj::DictView(..)
            | Obj::Cell(_)
            | Obj::StaticMethod(_)
            | Obj::ClassMethod(_)
            | Obj::RangeIter { .. }
            | Obj::ListIter { .. }
            | Obj::Stream(_) => 0,
        };
        56 + payload as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_three_words() {
        assert_eq!(size_of::<Obj>(), 24);
    }

    #[test]
    fn attributes_keep_their_order_with_and_without_an_index() {
        let mut attrs = Attrs::default();
        for n in 0..30 {
            assert!(attrs.set(Sym(n), Value::Int(i64::from(n))));
        }
        assert!(!attrs.set(Sym(3), Value::None));
        assert_eq!(attrs.remove(Sym(0)), Some(Value::Int(0)));
        assert_eq!(attrs.get(Sym(29)), Some(Value::Int(29)));
        assert_eq!(attrs.get(Sym(3)), Some(Value::None));
        assert_eq!(attrs.get(Sym(0)), None);
        assert_eq!(attrs.entries()[0].0, Sym(1));
    }

    #[test]
    fn ranges_count_at_the_edges() {
        assert_eq!(Range { start: 0, stop: 10, step: 3 }.len(), 4);
        assert_eq!(Range { start: 10, stop: 0, step: -3 }.len(), 4);
        assert_eq!(Range { start: i64::MIN, stop: i64::MAX, step: 1 }.len(), u64::MAX);
        assert!(Range { start: 5, stop: 5, step: 1 }.is_empty());
        assert_eq!(Range { start: 10, stop: 0, step: -3 }.get(3), Some(1));
    }
}
