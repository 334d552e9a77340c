//! The table of primitives.

use crate::event::{ObjectInfo, ObjectKind, ObjectState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::render::Locks;
use crate::primitive::{Barrier, Condition, Event, Lock, Queue, RLock, Semaphore};
use crate::vm::{PrimitiveSpec, QueueOrder};
use std::collections::VecDeque;
use std::sync::Arc;

/// A primitive with what the kernel knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: ObjectId,
    pub(crate) name: Arc<str>,
    pub(crate) body: Primitive,
    /// The threads whose pending operation may have to wait for the state of this primitive (whether it has to or not
    /// at the moment), in the order in which they came.
    pub(crate) interested: Vec<ThreadId>,
}

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

/// All primitives, in order of their numbers, which are shared with the variables and containers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
}

impl Table {
    /// Adds a primitive; its number is larger than those before. Its description for the event.
    pub(crate) fn add(&mut self, id: ObjectId, spec: PrimitiveSpec, line: u32) -> ObjectInfo {
        debug_assert!(self.entries.last().is_none_or(|last| last.id < id));
        let (kind, body) = create(spec);
        let name: Arc<str> = format!("{kind:?} at line {line}").into();
        let entry = Entry { id, name: Arc::clone(&name), body, interested: Vec::new() };
        let state = entry.state();
        self.entries.push(entry);
        ObjectInfo { id, kind, name, line, state }
    }

    pub(crate) fn get(&self, id: ObjectId) -> Option<&Entry> {
        self.place(id).map(|place| &self.entries[place])
    }

    pub(crate) fn get_mut(&mut self, id: ObjectId) -> Option<&mut Entry> {
        self.place(id).map(|place| &mut self.entries[place])
    }

    fn place(&self, id: ObjectId) -> Option<usize> {
        self.entries.binary_search_by_key(&id, |entry| entry.id).ok()
    }
}

impl Locks for Table {
    fn lock_of(&self, id: ObjectId) -> ObjectId {
        match self.get(id).map(|entry| &entry.body) {
            Some(Primitive::Condition(condition)) => condition.lock,
            _ => id,
        }
    }
}

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

impl Entry {
    /// The state as an event tells it; the items of a queue are not known here.
    pub(crate) fn state(&self) -> ObjectState {
        match &self.body {
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
        match &self.body {
            Primitive::Lock(lock) => lock.owner,
            Primitive::RLock(lock) => lock.owner(),
            _ => None,
        }
    }

    /// Somebody will not come back to this primitive for now.
    pub(crate) fn lose_interest(&mut self, thread: ThreadId) {
        if let Some(place) = self.interested.iter().position(|other| *other == thread) {
            self.interested.remove(place);
        }
    }
}
