//! `threading` and `queue`: natives that describe operations. Who blocks and who wakes is the kernel's business.
//!
//! The Python half is in `assets/pylib/threading.py` and `queue.py`; it imports what is here from `_primitives`.
//!
//! | file | what |
//! |---|---|
//! | [`primitive`] | making primitives; receivers, time-outs |
//! | [`lock`] | locks, reentrant locks, semaphores |
//! | [`condition`], [`event`], [`barrier`] | what their names say |
//! | [`queue`], [`priority`] | queues, and the heap inside a priority queue |
//! | [`threads`], [`handle`] | threads of the machine; what `threading.Thread` is built on |

#![allow(clippy::unnecessary_wraps, reason = "natives share one signature")]

mod barrier;
mod condition;
mod event;
mod handle;
mod lock;
mod primitive;
mod priority;
mod queue;
mod threads;

use super::native::Registry;
use super::types;
use super::value::Value;

/// Puts them into the tables.
pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("_primitives");
    for (name, id) in [
        ("Lock", types::LOCK),
        ("RLock", types::RLOCK),
        ("Condition", types::CONDITION),
        ("Event", types::EVENT),
        ("Semaphore", types::SEMAPHORE),
        ("BoundedSemaphore", types::BOUNDED_SEMAPHORE),
        ("Barrier", types::BARRIER),
        ("BrokenBarrierError", types::BROKEN_BARRIER_ERROR),
        ("Queue", types::QUEUE),
        ("LifoQueue", types::LIFO_QUEUE),
        ("PriorityQueue", types::PRIORITY_QUEUE),
        ("SimpleQueue", types::SIMPLE_QUEUE),
        ("Empty", types::QUEUE_EMPTY),
        ("Full", types::QUEUE_FULL),
        ("ShutDown", types::QUEUE_SHUT_DOWN),
    ] {
        registry.member(module, name, Value::Type(id));
    }
    lock::register(registry);
    condition::register(registry);
    event::register(registry);
    barrier::register(registry);
    queue::register(registry);
    handle::register(registry, module);
}
