//! Shared objects: their kinds and what can be said of their state.

use super::Text;
use crate::ids::{ObjectId, ThreadId};
use std::collections::VecDeque;
use std::sync::Arc;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A global variable, or a local one captured by a function.
    Variable,
    /// An instance of a class of the program.
    Instance,
    /// A class of the program (its attributes are shared locations).
    Class,
    List,
    Dict,
    Set,
    Deque,
    Lock,
    RLock,
    /// A lock that several threads may hold to read, or one to write. On its state one of those who hold it stands for
    /// all as the owner, and the depth is their number.
    RwLock,
    Condition,
    Event,
    Semaphore,
    BoundedSemaphore,
    Barrier,
    Queue,
    LifoQueue,
    PriorityQueue,
    SimpleQueue,
}

/// The name under which the lock of the interpreter itself is declared, on no line.
pub const GIL: &str = "GIL";

impl ObjectKind {
    /// Every kind once.
    pub const ALL: [ObjectKind; 19] = [
        ObjectKind::Variable,
        ObjectKind::Instance,
        ObjectKind::Class,
        ObjectKind::List,
        ObjectKind::Dict,
        ObjectKind::Set,
        ObjectKind::Deque,
        ObjectKind::Lock,
        ObjectKind::RLock,
        ObjectKind::RwLock,
        ObjectKind::Condition,
        ObjectKind::Event,
        ObjectKind::Semaphore,
        ObjectKind::BoundedSemaphore,
        ObjectKind::Barrier,
        ObjectKind::Queue,
        ObjectKind::LifoQueue,
        ObjectKind::PriorityQueue,
        ObjectKind::SimpleQueue,
    ];

    /// True for the lock of the interpreter itself; one that the program calls so was created on some line.
    #[must_use]
    pub fn is_gil(self, name: &str, line: u32) -> bool {
        self == ObjectKind::Lock && line == 0 && name == GIL
    }

    /// What it is called in files and tables, in no language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ObjectKind::Variable => "variable",
            ObjectKind::Instance => "instance",
            ObjectKind::Class => "class",
            ObjectKind::List => "list",
            ObjectKind::Dict => "dict",
            ObjectKind::Set => "set",
            ObjectKind::Deque => "deque",
            ObjectKind::Lock => "lock",
            ObjectKind::RLock => "rlock",
            ObjectKind::RwLock => "rwlock",
            ObjectKind::Condition => "condition",
            ObjectKind::Event => "event",
            ObjectKind::Semaphore => "semaphore",
            ObjectKind::BoundedSemaphore => "bounded_semaphore",
            ObjectKind::Barrier => "barrier",
            ObjectKind::Queue => "queue",
            ObjectKind::LifoQueue => "lifo_queue",
            ObjectKind::PriorityQueue => "priority_queue",
            ObjectKind::SimpleQueue => "simple_queue",
        }
    }

    /// True for the primitives: things threads wait on.
    #[must_use]
    pub const fn is_primitive(self) -> bool {
        !matches!(
            self,
            ObjectKind::Variable
                | ObjectKind::Instance
                | ObjectKind::Class
                | ObjectKind::List
                | ObjectKind::Dict
                | ObjectKind::Set
                | ObjectKind::Deque
        )
    }

    /// True for the things a thread can own: locks, reentrant locks, read-write locks.
    #[must_use]
    pub const fn is_lock(self) -> bool {
        matches!(self, ObjectKind::Lock | ObjectKind::RLock | ObjectKind::RwLock)
    }
}

/// The state of an object. Folding the events keeps it up to date (`model` does it once for everybody).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectState {
    /// A variable or container: its value as Python's `repr`, `None` while unbound.
    Data(Option<Text>),
    /// An instance or class: nothing but its attributes. Of an instance those are told that hold a number, a text, a
    /// truth value or `None`, the first few (`.balance` and its value); the others come with the accesses to them.
    Fields(Arc<[(Text, Text)]>),
    /// A lock or reentrant lock: who holds it, how many times.
    Lock {
        owner: Option<ThreadId>,
        depth: u32,
    },
    /// A condition and the lock it uses.
    Condition {
        lock: ObjectId,
    },
    Event {
        set: bool,
    },
    /// `bound` is the initial value of a bounded semaphore.
    Semaphore {
        value: i64,
        bound: Option<i64>,
    },
    Barrier {
        parties: u32,
        broken: bool,
    },
    /// A queue: its items in the order they will come out, its capacity (`None`: unbounded), items not yet declared
    /// done.
    Queue {
        items: Arc<VecDeque<Text>>,
        capacity: Option<u32>,
        unfinished: u32,
        closed: bool,
    },
}
