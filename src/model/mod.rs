//! What the screen shows: a pure fold over events.
//!
//! [`Model`] is the picture at one moment. It is total: any prefix of any tape folds into a valid picture. [`History`]
//! (the tape, the pictures kept along it, and a cursor) makes any earlier moment reachable without going through all
//! the events before it.

pub mod flow;
mod fold;
#[cfg(test)]
mod fold_tests;
mod guard;
mod history;
mod memory;
pub mod notes;
mod object;
mod permits;
mod queue;
mod recording;
mod sight;
mod thread;
#[cfg(test)]
mod testing;
mod timeline;
mod visits;

pub use guard::Guard;
pub use history::{Events, History, LINE_BYTES_MAX, Output, OutputLine, Reel, written};
pub use memory::{Memory, PLACES_MAX, Remembered};
pub use object::{FIELDS_MAX, Field, ObjectView, Variable};
pub use recording::Recording;
pub use sight::{Loss, Sight};
pub use thread::ThreadView;
pub use timeline::{Activity, Column, Timeline};
pub use visits::{Passed, Places};

use crate::event::{End, ObjectState};
use crate::ids::{Nanos, ObjectId, Step, ThreadId};
use std::sync::Arc;

/// The picture after some event.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Dense: index is the thread's number.
    pub threads: Vec<ThreadView>,
    /// Dense: index is the object's number. Holes (`None`) only when a tape is broken.
    pub objects: Vec<Option<ObjectView>>,
    /// The step that was made last, and by whom.
    pub step: Step,
    pub last: Option<ThreadId>,
    /// Context switches so far.
    pub switches: u32,
    pub now: Nanos,
    /// How many bytes of output were written so far (the text itself is on the tape).
    pub output_bytes: u64,
    pub ended: Option<End>,
    /// The step whose maker is known.
    acted: Step,
    /// Threads that were started and are not over.
    alive: u32,
    /// The fields of all objects.
    fields: usize,
}

impl Model {
    #[must_use]
    pub fn thread(&self, id: ThreadId) -> Option<&ThreadView> {
        self.threads.get(id.index())
    }

    #[must_use]
    pub fn object(&self, id: ObjectId) -> Option<&ObjectView> {
        self.objects.get(id.index())?.as_ref()
    }

    /// What the object is called; a dash when the tape never declared it.
    #[must_use]
    pub fn object_name(&self, id: ObjectId) -> Arc<str> {
        self.object(id).map_or_else(|| "-".into(), |object| Arc::clone(&object.name))
    }

    /// The lock itself, also when it is named by a condition that uses it.
    #[must_use]
    pub fn lock_of(&self, id: ObjectId) -> ObjectId {
        match self.object(id).map(|object| &object.state) {
            Some(ObjectState::Condition { lock }) => *lock,
            _ => id,
        }
    }

    /// The objects that were declared, in order.
    pub fn objects(&self) -> impl Iterator<Item = &ObjectView> {
        self.objects.iter().flatten()
    }

    /// The shared variables, containers, and the attributes of instances and classes that were seen, with their values.
    pub fn variables(&self) -> impl Iterator<Item = Variable> + '_ {
        self.objects().filter(|object| !object.kind.is_primitive()).flat_map(variables_of)
    }

    /// About how many bytes a copy takes.
    fn weight(&self) -> usize {
        let object = |object: &ObjectView| {
            let items = if let ObjectState::Queue { items, .. } = &object.state { items.len() } else { 0 };
            size_of::<ObjectView>()
                + 400 * object.fields.len()
                + 16 * items
                + 4 * object.waiters.len()
                + object.visits()
        };
        let thread = |thread: &ThreadView| 400 + size_of_val(thread.memory.places());
        self.threads.iter().map(thread).sum::<usize>() + self.objects().map(object).sum::<usize>()
    }

    fn thread_mut(&mut self, id: ThreadId) -> Option<&mut ThreadView> {
        self.threads.get_mut(id.index())
    }

    fn object_mut(&mut self, id: ObjectId) -> Option<&mut ObjectView> {
        self.objects.get_mut(id.index())?.as_mut()
    }
}

/// The object's own row, when it has a value, and a row for each attribute of what has none. The elements of a container
/// are part of its value.
fn variables_of(object: &ObjectView) -> Vec<Variable> {
    if let ObjectState::Data(value) = &object.state {
        let (name, value) = (Arc::clone(&object.name), value.clone());
        return vec![Variable { object: object.id, name, value, guarded_by: object.guarded_by.clone() }];
    }
    let row = |(key, field): (&Arc<str>, &Field)| Variable {
        object: object.id,
        name: format!("{}{key}", object.name).into(),
        value: field.value.clone(),
        guarded_by: field.guarded_by.clone(),
    };
    object.fields.iter().map(row).collect()
}
