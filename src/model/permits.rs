//! What operations on semaphores change in the picture.
//!
//! A semaphore has no owner. Who has a permit of it, as far as that can be said at all, is counted by [`Permits`]; who took
//! one and has not given it back stands in [`Places`].
//!
//! [`Permits`]: super::visits::Permits
//! [`Places`]: super::Places

use super::Model;
use super::fold::Watch;
use crate::event::{Event, ObjectState};
use crate::ids::{ObjectId, ThreadId};

impl Model {
    pub(super) fn is_semaphore(&self, id: ObjectId) -> bool {
        self.object(id).is_some_and(|object| object.places.is_some())
    }

    /// The thread takes a permit.
    pub(super) fn take_permit(&mut self, event: &Event, id: ObjectId, watch: &mut impl Watch) {
        self.count_permits(id, -1);
        self.touch(event, id);
        let Some(places) = self.object_mut(id).and_then(|object| object.places.as_mut()) else { return };
        places.enter(event.thread);
        let certain = !places.is_signal() && places.permits.take(event.thread);
        if certain
            && self.hold(event, id, watch)
            && let Some(places) = self.object_mut(id).and_then(|object| object.places.as_mut())
        {
            places.permits.show(event.thread);
        }
    }

    /// The thread gives permits back, its own or those of others.
    pub(super) fn give_permits(&mut self, event: &Event, id: ObjectId, count: u32, watch: &mut impl Watch) {
        self.count_permits(id, i64::from(count));
        self.touch(event, id);
        let Some(places) = self.object_mut(id).and_then(|object| object.places.as_mut()) else { return };
        places.leave(event.thread, count);
        for thread in places.permits.give(event.thread, count) {
            self.unhold(thread, id, watch);
        }
    }

    fn count_permits(&mut self, id: ObjectId, more: i64) {
        if let Some(ObjectState::Semaphore { value, .. }) = self.object_mut(id).map(|object| &mut object.state) {
            *value = value.saturating_add(more);
        }
    }

    /// The thread is over. A lock that it has not given back stays its own; of a semaphore it has nothing any more.
    pub(super) fn let_go(&mut self, thread: ThreadId, watch: &mut impl Watch) {
        let Some(view) = self.thread(thread) else { return };
        let held: Vec<ObjectId> = view.holds.iter().map(|(id, _)| *id).filter(|id| self.is_semaphore(*id)).collect();
        for id in held {
            self.unhold(thread, id, watch);
            if let Some(places) = self.object_mut(id).and_then(|object| object.places.as_mut()) {
                places.permits.end(thread);
            }
        }
    }
}
