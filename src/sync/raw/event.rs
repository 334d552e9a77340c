//! `threading.Event`.

use super::{UNTOLD, tell_did, tell_query, tell_state, truth};
use crate::event::{Action, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::ObjectId;
use crate::sync::monitor::{GaveUp, Idle, Monitor, Patience};
use crate::sync::probe;
use crate::sync::tag::Tag;
use std::panic::Location;

/// A flag that threads wait for.
#[derive(Debug)]
pub(crate) struct Event {
    tag: Tag,
    monitor: Monitor<bool>,
}

const LANE: u8 = 0;

impl Event {
    /// An event that was declared as this object.
    pub(crate) const fn declared(id: ObjectId) -> Event {
        Event { tag: Tag::given(id), monitor: Monitor::new(false) }
    }

    /// An event that declares itself.
    pub(crate) const fn new(born: &'static Location<'static>) -> Event {
        Event { tag: Tag::new(ObjectKind::Event, born), monitor: Monitor::new(false) }
    }

    pub(crate) const fn tag(&self) -> &Tag {
        &self.tag
    }

    /// Waits until the flag is set, or was: whoever was waiting when it was set goes on even when it is cleared again.
    pub(crate) fn wait(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        let action = |object| Action::EventWait { object, timeout: patience.timeout() };
        let (object, waiter) = self.monitor.change(|set, queue| {
            let object = self.object(*set);
            if *set {
                tell_did(action(object), Outcome::Done);
                return Ok((object, None));
            }
            if !patience.blocking() {
                tell_did(action(object), Outcome::Refused);
                return Err(GaveUp::Refused);
            }
            if self.tag.announces() {
                probe::tell(|_| EventKind::Pending(action(object)));
            }
            tell_did(action(object), Outcome::Enqueued);
            tell_state(ThreadState::Waiting { on: object });
            Ok((object, Some(queue.join(LANE))))
        })?;
        let Some(waiter) = waiter else { return Ok(()) };
        let gives_up = |_: &mut bool, why| {
            if why == GaveUp::TimedOut {
                tell_did(action(object), Outcome::TimedOut);
            }
        };
        self.monitor.wait_for(&waiter, patience, gives_up, idle)?;
        // It was released for good: it does not matter when it says so.
        tell_did(action(object), Outcome::Done);
        Ok(())
    }

    /// Sets the flag and releases everybody who waits.
    pub(crate) fn set(&self) {
        self.monitor.change(|set, queue| {
            let object = self.object(*set);
            *set = true;
            let woken = queue.take(LANE, usize::MAX);
            tell_did(Action::EventSet { object }, Outcome::Woke(woken.threads()));
            woken.wake();
        });
    }

    pub(crate) fn clear(&self) {
        self.monitor.change(|set, _| {
            let object = self.object(*set);
            *set = false;
            tell_did(Action::EventClear { object }, Outcome::Done);
        });
    }

    pub(crate) fn is_set(&self) -> bool {
        self.monitor.change(|set, _| {
            tell_query(self.object(*set), "is_set()", || truth(*set));
            *set
        })
    }

    /// Its number on the tape. Asked before the state changes: the first time it is declared as it is.
    fn object(&self, set: bool) -> ObjectId {
        probe::with(|recorder| self.tag.of(recorder, || ObjectState::Event { set })).unwrap_or(UNTOLD)
    }
}
