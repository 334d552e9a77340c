//! Who changed what last: the answer to "who could have told this thread?".

use super::Deed;
use crate::event::{Access, Action, Event, EventKind, Outcome};
use crate::ids::{ObjectId, ThreadId};
use rustc_hash::FxHashMap;

/// Of more objects than these nothing is known.
const OBJECTS_MAX: usize = 1 << 14;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    objects: FxHashMap<ObjectId, Hand>,
}

/// The last change of an object, and the last one by another thread than that.
#[derive(Clone, Copy, Debug)]
struct Hand {
    last: Deed,
    other: Option<Deed>,
}

impl Hands {
    /// Takes the next event.
    pub(super) fn fold(&mut self, event: &Event) {
        let EventKind::Did { action, outcome } = &event.kind else { return };
        let failed = matches!(outcome, Outcome::Raised(_) | Outcome::Refused | Outcome::TimedOut);
        if let Some(object) = changed(action).filter(|_| !failed) {
            self.change(object, Deed::of(event));
        }
    }

    fn change(&mut self, object: ObjectId, deed: Deed) {
        if let Some(hand) = self.objects.get_mut(&object) {
            if hand.last.thread != deed.thread {
                hand.other = Some(hand.last);
            }
            hand.last = deed;
        } else if self.objects.len() < OBJECTS_MAX {
            self.objects.insert(object, Hand { last: deed, other: None });
        }
    }

    /// When another thread than this one changed the object last.
    pub(super) fn other(&self, object: ObjectId, thread: ThreadId) -> Option<Deed> {
        let hand = self.objects.get(&object)?;
        if hand.last.thread == thread { hand.other } else { Some(hand.last) }
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        self.objects.len() * (size_of::<Hand>() + 8)
    }
}

/// What the operation changes, if others may wait for that.
const fn changed(action: &Action) -> Option<ObjectId> {
    match action {
        Action::Write { object, .. }
        | Action::Delete { object, .. }
        | Action::Call { object, access: Access::Write, .. }
        | Action::Release { object, .. }
        | Action::EventSet { object }
        | Action::EventClear { object }
        | Action::BarrierAbort { object }
        | Action::BarrierReset { object }
        | Action::Put { object, .. }
        | Action::Get { object, .. }
        | Action::TaskDone { object }
        | Action::Shutdown { object, .. } => Some(*object),
        _ => None,
    }
}
