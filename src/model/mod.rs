//! What the screen shows: a pure fold over events.
//!
//! [`Model`] is the picture at one moment. It is total: any prefix of any tape folds into a valid picture. [`History`]
//! (the tape, the pictures kept along it, and a cursor) makes any earlier moment reachable without going through all
//! the events before it.

mod object;
mod sight;
mod thread;

pub use object::{Field, ObjectView, Variable};
pub use sight::Sight;
pub use thread::ThreadView;

use crate::event::End;
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
}
