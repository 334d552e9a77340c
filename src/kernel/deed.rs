//! What came of performing an operation: the answer for its thread, and what is told of it.

use super::fault::exception;
use crate::ids::ThreadId;
use crate::primitive::Fault;
use crate::vm::{Op, Patience, Reply, Value};

/// What came of performing an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deed {
    /// The answer; `None` when the operation goes on later and the thread stays where it is.
    pub(crate) reply: Option<Reply>,
    pub(crate) came: Came,
}

/// How it came out, for the event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Came {
    Done,
    /// As the reply says: a value or an exception.
    Reply,
    Refused,
    TimedOut,
    Enqueued,
    Woke(Vec<ThreadId>),
}

impl Deed {
    pub(crate) fn new(value: Value, came: Came) -> Deed {
        Deed { reply: Some(Reply::Value(value)), came }
    }

    pub(crate) fn done() -> Deed {
        Deed::new(Value::None, Came::Done)
    }

    pub(crate) fn later(came: Came) -> Deed {
        Deed { reply: None, came }
    }

    pub(crate) fn fault(fault: Fault) -> Deed {
        let (exception, message) = exception(fault);
        Deed { reply: Some(Reply::Raise(exception, message.into())), came: Came::Reply }
    }

    /// A put without room, a get without an item: at once, or after its time.
    pub(crate) fn unserved(fault: Fault, timeout: bool) -> Deed {
        Deed { came: if timeout { Came::TimedOut } else { Came::Reply }, ..Deed::fault(fault) }
    }

    /// Whatever the result is: done, or its exception.
    pub(crate) fn of(result: Result<(), Fault>) -> Deed {
        result.map_or_else(Deed::fault, |()| Deed::done())
    }
}

/// How long this operation may wait.
pub(crate) const fn patience(op: &Op) -> Patience {
    match op {
        Op::Acquire { patience, .. }
        | Op::Wait { patience, .. }
        | Op::EventWait { patience, .. }
        | Op::BarrierWait { patience, .. }
        | Op::Put { patience, .. }
        | Op::Get { patience, .. }
        | Op::Join { patience, .. } => *patience,
        _ => Patience::Forever,
    }
}
