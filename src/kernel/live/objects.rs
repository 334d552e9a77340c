//! The primitives of the program, by their numbers.

use crate::ids::ObjectId;
use crate::kernel::render::Locks;
use crate::sync::raw::{Barrier, Condition, Event, Lock, Queue, Semaphore};
use crate::vm::{Op, PrimitiveSpec};
use std::sync::Arc;

/// A real primitive.
#[derive(Clone, Debug)]
pub(super) enum Object {
    /// Plain or reentrant.
    Lock(Arc<Lock>),
    Condition {
        condition: Arc<Condition>,
        lock: ObjectId,
    },
    Event(Arc<Event>),
    Semaphore(Arc<Semaphore>),
    Barrier {
        barrier: Arc<Barrier>,
        parties: u32,
    },
    /// Only counts: the items are the machine's.
    Queue(Arc<Queue>),
}

/// All of them, in order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Objects {
    entries: Vec<(ObjectId, Object)>,
}

impl Objects {
    /// Makes a primitive; its number is larger than those before.
    pub(super) fn add(&mut self, id: ObjectId, spec: PrimitiveSpec) {
        debug_assert!(self.entries.last().is_none_or(|last| last.0 < id));
        let object = match spec {
            PrimitiveSpec::Lock => Object::Lock(Arc::new(Lock::declared(id))),
            PrimitiveSpec::RLock => Object::Lock(Arc::new(Lock::reentrant(id))),
            PrimitiveSpec::Condition { lock } => {
                // A condition always comes after its lock.
                let Some(Object::Lock(inner)) = self.get(lock) else { return };
                Object::Condition { condition: Arc::new(Condition::declared(id, Arc::clone(inner))), lock }
            }
            PrimitiveSpec::Event => Object::Event(Arc::new(Event::declared(id))),
            PrimitiveSpec::Semaphore { value, bounded } => {
                Object::Semaphore(Arc::new(Semaphore::declared(id, value, bounded)))
            }
            PrimitiveSpec::Barrier { parties, action } => {
                Object::Barrier { barrier: Arc::new(Barrier::declared(id, parties, action)), parties }
            }
            PrimitiveSpec::Queue { maxsize, .. } => Object::Queue(Arc::new(Queue::declared(id, maxsize))),
        };
        self.entries.push((id, object));
    }

    pub(super) fn get(&self, id: ObjectId) -> Option<&Object> {
        let place = self.entries.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&self.entries[place].1)
    }
}

impl Objects {
    /// Acquiring and releasing a condition is for its lock.
    pub(super) fn used_by(&self, op: &Op, id: ObjectId) -> Option<&Object> {
        match op {
            Op::Acquire { .. } | Op::Release { .. } => self.get(self.lock_of(id)),
            _ => self.get(id),
        }
    }
}

impl Locks for Objects {
    fn lock_of(&self, id: ObjectId) -> ObjectId {
        match self.get(id) {
            Some(Object::Condition { lock, .. }) => *lock,
            _ => id,
        }
    }
}
