//! The border between processor and operating system: what a thread asks for, and what it is answered.
//!
//! [`Vm::advance`](super::Vm::advance) runs a thread up to its next visible operation and describes it as an [`Op`]; the operation has not
//! happened yet. Later the kernel lets it happen: [`Vm::commit`](super::Vm::commit) with a [`Reply`].
//!
//! | operation | who performs it | reply |
//! |---|---|---|
//! | memory (`Load`, `Store`, `Delete`, `Method`) | the VM: the instruction is executed | [`Reply::Perform`] |
//! | everything else | the kernel, on its own tables | a value or an exception |
//!
//! One operation has a part on either side: the items of a queue are values, so they stay in the VM's heap; the kernel
//! counts them and decides who waits. `Put` and `Get` are answered with [`Reply::Perform`] when there is room or an
//! item, and the VM then moves the item.

use super::value::{Ref, TypeId, Value};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::lang::{GlobalId, Sym};
use std::sync::Arc;

/// A location another thread can see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Global(GlobalId),
    /// A captured variable: the cell and its name.
    Cell(Ref, Sym),
    /// An attribute of an instance or class.
    Attr(Ref, Sym),
    /// An element of a list, dict or deque.
    Item(Ref, Value),
}

/// How long an operation may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// `blocking=False`, `put_nowait`.
    None,
    /// Until this much time has passed.
    For(Nanos),
    Forever,
}

/// What a notify, a set, an item or a query is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Locked,
    IsSet,
    Qsize,
    Empty,
    Full,
    Parties,
    Waiting,
    Broken,
    SemaphoreValue,
    Unfinished,
}

/// Which random draw. Every draw is over a finite range when `below` says so, and can then be a choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Draw {
    /// An index below `n` (`randint`, `randrange`, `choice`); the VM maps it to the value.
    Below(u64),
    /// A float in `[0, 1)`.
    Unit,
    /// This many random bits (`getrandbits`), at most 63.
    Bits(u8),
    /// A permutation of this many places (`shuffle`): place `i` gets what was at `indices[i]`.
    Shuffle(u32),
    /// `k` different places out of `n`, in order of drawing (`sample`). CPython draws them in another way than a
    /// shuffle does.
    Sample { n: u32, k: u32 },
    /// `random.seed(n)`; `None` seeds from the run's own seed again.
    Seed(Option<i64>),
}

/// A visible operation a thread is about to perform. Primitives are named by their [`ObjectId`].
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    // ---- memory, performed by the VM ----
    Load(Place),
    Store(Place, Value),
    Delete(Place),
    /// A call on a built-in container that other threads can see, indivisible. `name` is the method, or the name of
    /// the built-in function or operator that touches it (`len`, `in`, `iter`); `args` are for showing.
    Method {
        target: Ref,
        name: Sym,
        args: Arc<[Value]>,
        writes: bool,
    },

    // ---- primitives, performed by the kernel ----
    Acquire {
        lock: ObjectId,
        patience: Patience,
    },
    Release {
        lock: ObjectId,
        count: u32,
    },
    Wait {
        condition: ObjectId,
        patience: Patience,
    },
    /// `count` `None` is `notify_all`.
    Notify {
        condition: ObjectId,
        count: Option<u32>,
    },
    EventWait {
        event: ObjectId,
        patience: Patience,
    },
    EventSet(ObjectId),
    EventClear(ObjectId),
    /// Answered with `Int(index)`; see [`Reply`] for what happens when the barrier has an action.
    BarrierWait {
        barrier: ObjectId,
        patience: Patience,
    },
    /// The last party has run the barrier's action (`failed`: it raised): the others may go (or find it broken).
    BarrierRelease {
        barrier: ObjectId,
        failed: bool,
    },
    BarrierAbort(ObjectId),
    BarrierReset(ObjectId),
    /// The VM keeps the item until the reply.
    Put {
        queue: ObjectId,
        item: Value,
        patience: Patience,
    },
    Get {
        queue: ObjectId,
        patience: Patience,
    },
    TaskDone(ObjectId),
    QueueJoin(ObjectId),
    Shutdown {
        queue: ObjectId,
        immediate: bool,
    },
    Query {
        object: ObjectId,
        question: Question,
    },

    // ---- threads ----
    Start(ThreadId),
    Join {
        thread: ThreadId,
        patience: Patience,
    },
    IsAlive(ThreadId),
    /// Answered with a list of the `Thread` objects that are alive: `threading.enumerate()`.
    Enumerate,
    /// Answered with an int: `threading.active_count()`.
    ActiveCount,

    // ---- the outside ----
    Sleep(Nanos),
    /// Answered with the clock of the world, in nanoseconds since its start, as an int; the VM makes of it what was asked for.
    Now,
    Random(Draw),
    /// `error`: to standard error.
    Print {
        text: Arc<str>,
        error: bool,
    },
    Input {
        prompt: Arc<str>,
    },
}

/// The answer to an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Go ahead: the VM executes the instruction itself (memory), or moves the item (`Put`, `Get`).
    Perform,
    /// The result of the call.
    Value(Value),
    /// The result is a new string (`input`).
    Text(Arc<str>),
    /// A draw of more than one index (`Draw::Shuffle`, `Draw::Sample`).
    Indices(Arc<[u32]>),
    /// A float draw or another float result.
    Float(f64),
    /// The threads that are alive, for `Enumerate`.
    Threads(Arc<[ThreadId]>),
    /// The call raises this built-in exception.
    Raise(TypeId, Arc<str>),
}

/// Why [`Vm::advance`](super::Vm::advance) or [`Vm::commit`](super::Vm::commit) came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Advance {
    /// The thread is about to do this. Nothing of it has happened.
    Op(Op),
    /// The thread ran to its end. `exit` is set when `sys.exit` asked for it in the main thread.
    Finished,
    /// An uncaught exception ended it: its type and message on one line, and the traceback as CPython prints it.
    Failed { exception: Arc<str>, traceback: Arc<str>, line: u32 },
    /// The fuel is used up in the middle of invisible work; call `advance` again to go on.
    OutOfFuel,
    /// The program asked for something that is not modelled.
    Unmodelled { what: Arc<str>, line: u32 },
    /// The program's data has outgrown the limit even after a collection.
    OutOfMemory { limit: u64 },
}

/// A fact about invisible operations that the screen wants to know. The VM collects them during `advance`, the kernel
/// takes them out afterwards and turns them into events; they are empty between steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A `Thread` object was made. Its number is the next one.
    Thread {
        thread: ThreadId,
        name: Arc<str>,
        daemon: bool,
    },
    Renamed {
        thread: ThreadId,
        name: Arc<str>,
    },
    Daemon {
        thread: ThreadId,
        daemon: bool,
    },
    /// A primitive was made; the kernel adds it to its tables.
    Primitive {
        id: ObjectId,
        spec: PrimitiveSpec,
        line: u32,
    },
    /// A container, instance, class or cell became visible to a second thread.
    Shared {
        id: ObjectId,
        target: Ref,
        line: u32,
    },
    /// An object got a name from the variable, attribute or element it was first stored in.
    Named {
        id: ObjectId,
        name: Arc<str>,
    },
}

/// What kind of primitive, with its initial state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrimitiveSpec {
    Lock,
    RLock,
    /// The condition and the lock it was given, or got (a fresh `RLock`).
    Condition {
        lock: ObjectId,
    },
    Event,
    Semaphore {
        value: i64,
        bounded: bool,
    },
    /// `action`: it has an action, which the last party to arrive runs before the others go on.
    Barrier {
        parties: u32,
        action: bool,
    },
    /// `maxsize` 0 is unbounded.
    Queue {
        order: QueueOrder,
        maxsize: u32,
    },
}

/// In which order a queue gives its items out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueueOrder {
    Fifo,
    Lifo,
    Priority,
    /// `SimpleQueue`: first in, first out, without `task_done`.
    Simple,
}
