//! The table of primitives.

use crate::event::ObjectInfo;
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::body::{Primitive, describe};
use crate::kernel::render::Locks;
use crate::vm::PrimitiveSpec;
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

/// All primitives, in order of their numbers, which are shared with the variables and containers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
}

impl Table {
    /// Adds a primitive; its number is larger than those before. Its description for the event.
    pub(crate) fn add(&mut self, id: ObjectId, spec: PrimitiveSpec, line: u32) -> ObjectInfo {
        debug_assert!(self.entries.last().is_none_or(|last| last.id < id));
        let (info, body) = describe(id, spec, line);
        self.entries.push(Entry { id, name: Arc::clone(&info.name), body, interested: Vec::new() });
        info
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

impl Entry {
    /// Who holds it, if it is a lock.
    pub(crate) fn owner(&self) -> Option<ThreadId> {
        self.body.owner()
    }

    /// Somebody will not come back to this primitive for now.
    pub(crate) fn lose_interest(&mut self, thread: ThreadId) {
        if let Some(place) = self.interested.iter().position(|other| *other == thread) {
            self.interested.remove(place);
        }
    }
}
