//! Visible operations, as data: the same value says what a thread is about to do and what it did.

use super::Text;
use crate::ids::{Nanos, ObjectId, ThreadId};

/// Whether touching an object may change it. Two accesses conflict when one of them writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    Read,
    Write,
}

/// A visible operation. Objects and threads are ids; everything else is rendered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    // ---- memory ----
    /// Read a variable (`key` is `None`), an attribute (`.name`) or an element (`[2]`) of an object.
    Read {
        object: ObjectId,
        key: Option<Text>,
    },
    /// Store `value` there.
    Write {
        object: ObjectId,
        key: Option<Text>,
        value: Text,
    },
    /// Delete it.
    Delete {
        object: ObjectId,
        key: Option<Text>,
    },
    /// One call on a built-in container, indivisible as under the GIL. `call` is what stands in the program with the
    /// values filled in: `append(3)`, `pop()`, `len()`.
    Call {
        object: ObjectId,
        access: Access,
        call: Text,
    },

    // ---- locks (lock, reentrant lock, condition's lock, semaphore) ----
    /// Acquire a lock or a semaphore. `blocking` is false for `acquire(False)`; `timeout` is its time-out.
    Acquire {
        object: ObjectId,
        blocking: bool,
        timeout: Option<Nanos>,
    },
    /// Release it (`count` is 1 except for `Semaphore.release(n)`).
    Release {
        object: ObjectId,
        count: u32,
    },
    /// Ask a primitive a question that changes nothing: `locked()`, `is_set()`, `qsize()`, `n_waiting`.
    Query {
        object: ObjectId,
        question: Text,
    },

    // ---- conditions ----
    /// Release the condition's lock and wait to be notified, in one indivisible operation.
    Wait {
        object: ObjectId,
        timeout: Option<Nanos>,
    },
    /// After a wake-up (or a time-out): take the condition's lock again.
    Reacquire {
        object: ObjectId,
    },
    /// Wake up to `count` waiters; `None` wakes all.
    Notify {
        object: ObjectId,
        count: Option<u32>,
    },

    // ---- events ----
    EventWait {
        object: ObjectId,
        timeout: Option<Nanos>,
    },
    EventSet {
        object: ObjectId,
    },
    EventClear {
        object: ObjectId,
    },

    // ---- barriers ----
    BarrierWait {
        object: ObjectId,
        timeout: Option<Nanos>,
    },
    BarrierAbort {
        object: ObjectId,
    },
    BarrierReset {
        object: ObjectId,
    },

    // ---- queues ----
    Put {
        object: ObjectId,
        item: Text,
        blocking: bool,
        timeout: Option<Nanos>,
    },
    Get {
        object: ObjectId,
        blocking: bool,
        timeout: Option<Nanos>,
    },
    TaskDone {
        object: ObjectId,
    },
    /// `Queue.join()`: wait until every item was declared done.
    QueueJoin {
        object: ObjectId,
    },
    Shutdown {
        object: ObjectId,
        immediate: bool,
    },

    // ---- threads ----
    Start {
        thread: ThreadId,
    },
    Join {
        thread: ThreadId,
        timeout: Option<Nanos>,
    },
    /// `is_alive()`.
    IsAlive {
        thread: ThreadId,
    },
    /// `threading.enumerate()`, `active_count()`.
    CountThreads,

    // ---- the outside: clock, chance, people ----
    Sleep {
        length: Nanos,
    },
    /// Read the clock.
    Now,
    /// Draw a random number; `call` as in the program: `randint(1, 6)`.
    Random {
        call: Text,
    },
    Print {
        text: Text,
    },
    Input {
        prompt: Text,
    },
}

/// What came of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It succeeded and there is nothing more to say.
    Done,
    /// It succeeded and gave this value (what was read, what `get` returned, what was drawn).
    Value(Text),
    /// It did not succeed, without waiting or after `acquire(False)`: the result is false.
    Refused,
    /// Its time ran out.
    TimedOut,
    /// It raised this exception (`RuntimeError: release unlocked lock`).
    Raised(Text),
    /// It began to wait: `wait` released its lock and enqueued, `barrier.wait` arrived. The rest comes later.
    Enqueued,
    /// It was performed and woke these threads, in the order in which they had waited (notify, set, put, the last
    /// party at a barrier, …).
    Woke(Box<[ThreadId]>),
}

/// A reference to the object of an operation, if it touches one, changeable when the operation is.
macro_rules! object_of {
    ($action:expr) => {
        match $action {
            Action::Read { object, .. }
            | Action::Write { object, .. }
            | Action::Delete { object, .. }
            | Action::Call { object, .. }
            | Action::Acquire { object, .. }
            | Action::Release { object, .. }
            | Action::Query { object, .. }
            | Action::Wait { object, .. }
            | Action::Reacquire { object }
            | Action::Notify { object, .. }
            | Action::EventWait { object, .. }
            | Action::EventSet { object }
            | Action::EventClear { object }
            | Action::BarrierWait { object, .. }
            | Action::BarrierAbort { object }
            | Action::BarrierReset { object }
            | Action::Put { object, .. }
            | Action::Get { object, .. }
            | Action::TaskDone { object }
            | Action::QueueJoin { object }
            | Action::Shutdown { object, .. } => Some(object),
            Action::Start { .. }
            | Action::Join { .. }
            | Action::IsAlive { .. }
            | Action::CountThreads
            | Action::Sleep { .. }
            | Action::Now
            | Action::Random { .. }
            | Action::Print { .. }
            | Action::Input { .. } => None,
        }
    };
}

impl Action {
    /// After how long a thread that waits for this gives up, if it does.
    #[must_use]
    pub const fn timeout(&self) -> Option<Nanos> {
        match self {
            Action::Acquire { timeout, .. }
            | Action::Wait { timeout, .. }
            | Action::EventWait { timeout, .. }
            | Action::BarrierWait { timeout, .. }
            | Action::Put { timeout, .. }
            | Action::Get { timeout, .. }
            | Action::Join { timeout, .. } => *timeout,
            _ => None,
        }
    }

    /// The object the operation touches, if it touches one.
    #[must_use]
    pub const fn object(&self) -> Option<ObjectId> {
        match object_of!(self) {
            Some(object) => Some(*object),
            None => None,
        }
    }

    /// The same, to be changed.
    pub const fn object_mut(&mut self) -> Option<&mut ObjectId> {
        object_of!(self)
    }
}
