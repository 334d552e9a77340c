//! What is behind an object: one of the state machines, and how events tell of it.

use crate::event::{ObjectInfo, ObjectKind, ObjectState};
use crate::ids::{ObjectId, ThreadId};
use crate::primitive::{Barrier, Condition, Event, Lock, Queue, RLock, Semaphore};
use crate::vm::{PrimitiveSpec, QueueOrder};
use std::collections::VecDeque;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Primitive {
    Lock(Lock),
    RLock(RLock),
    Condition(Condition),
    Event(Event),
    Semaphore(Semaphore),
    Barrier(Barrier),
    Queue(Queue),
}

/// A new primitive with its description for the event.
pub(crate) fn describe(id: ObjectId, spec: PrimitiveSpec, line: u32) -> (ObjectInfo, Primitive) {
    let (kind, body) = create(spec);
    let name = format!("{kind:?} at line {line}").into();
    (ObjectInfo { id, kind, name, line, state: body.state() }, body)
}

/// What the machine asked for, as new.
fn create(spec: PrimitiveSpec) -> (ObjectKind, Primitive) {
    match spec {
        PrimitiveSpec::Lock => (ObjectKind::Lock, Primitive::Lock(Lock::default())),
        PrimitiveSpec::RLock => (ObjectKind::RLock, Primitive::RLock(RLock::default())),
        PrimitiveSpec::Condition { lock } => (ObjectKind::Condition, Primitive::Condition(Condition::new(lock))),
        PrimitiveSpec::Event => (ObjectKind::Event, Primitive::Event(Event::default())),
        PrimitiveSpec::Semaphore { value, bounded } => {
            let kind = if bounded { ObjectKind::BoundedSemaphore } else { ObjectKind::Semaphore };
            (kind, Primitive::Semaphore(Semaphore::new(value, bounded)))
        }
        PrimitiveSpec::Barrier { parties, action } => {
            (ObjectKind::Barrier, Primitive::Barrier(Barrier::new(parties, action)))
        }
        PrimitiveSpec::Queue { order, maxsize } => {
            let kind = match order {
                QueueOrder::Fifo => ObjectKind::Queue,
                QueueOrder::Lifo => ObjectKind::LifoQueue,
                QueueOrder::Priority => ObjectKind::PriorityQueue,
                QueueOrder::Simple => ObjectKind::SimpleQueue,
            };
            (kind, Primitive::Queue(Queue::new(maxsize)))
        }
    }
}

impl Primitive {
    /// The state as an event tells it; the items of a queue are not known here.
    fn state(&self) -> ObjectState {
        match self {
            Primitive::Lock(lock) => ObjectState::Lock { owner: lock.owner, depth: u32::from(lock.owner.is_some()) },
            Primitive::RLock(lock) => ObjectState::Lock { owner: lock.owner(), depth: lock.depth() },
            Primitive::Condition(condition) => ObjectState::Condition { lock: condition.lock },
            Primitive::Event(event) => ObjectState::Event { set: event.set },
            Primitive::Semaphore(semaphore) => {
                ObjectState::Semaphore { value: semaphore.value, bound: semaphore.bound }
            }
            Primitive::Barrier(barrier) => {
                ObjectState::Barrier { parties: barrier.parties, broken: barrier.is_broken() }
            }
            Primitive::Queue(queue) => ObjectState::Queue {
                items: Arc::new(VecDeque::new()),
                capacity: queue.capacity,
                unfinished: queue.unfinished,
                closed: queue.closed,
            },
        }
    }

    /// Who holds it, if it is a lock.
    pub(crate) fn owner(&self) -> Option<ThreadId> {
        match self {
            Primitive::Lock(lock) => lock.owner,
            Primitive::RLock(lock) => lock.owner(),
            _ => None,
        }
    }
}
