//! `threading.Semaphore` and `BoundedSemaphore`.

use super::{UNTOLD, tell_did, tell_query, tell_state};
use crate::event::{Action, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::ObjectId;
use crate::primitive::{self, Fault};
use crate::sync::monitor::{GaveUp, Idle, Monitor, Patience};
use crate::sync::probe;
use crate::sync::tag::Tag;
use std::panic::Location;

/// A number of places.
#[derive(Debug)]
pub(crate) struct Semaphore {
    tag: Tag,
    monitor: Monitor<primitive::Semaphore>,
}

const LANE: u8 = 0;

impl Semaphore {
    /// A semaphore that was declared as this object.
    pub(crate) const fn declared(id: ObjectId, value: i64, bounded: bool) -> Semaphore {
        Semaphore { tag: Tag::given(id), monitor: Monitor::new(primitive::Semaphore::new(value, bounded)) }
    }

    /// A semaphore that declares itself.
    pub(crate) const fn new(value: i64, bounded: bool, born: &'static Location<'static>) -> Semaphore {
        let kind = if bounded { ObjectKind::BoundedSemaphore } else { ObjectKind::Semaphore };
        Semaphore { tag: Tag::new(kind, born), monitor: Monitor::new(primitive::Semaphore::new(value, bounded)) }
    }

    pub(crate) const fn tag(&self) -> &Tag {
        &self.tag
    }

    /// Takes a place.
    pub(crate) fn acquire(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        let action = |object| Action::Acquire { object, blocking: patience.blocking(), timeout: patience.timeout() };
        let mut announces = self.tag.announces();
        self.monitor.wait(
            LANE,
            patience,
            |semaphore, _| {
                let object = self.object(semaphore);
                semaphore.acquire().then(|| tell_did(action(object), Outcome::Done))
            },
            |semaphore| {
                let object = self.object(semaphore);
                if std::mem::take(&mut announces) {
                    probe::tell(|_| EventKind::Pending(action(object)));
                }
                tell_state(ThreadState::Blocked { on: object });
            },
            |semaphore, why| {
                if let Some(outcome) = why.outcome() {
                    tell_did(action(self.object(semaphore)), outcome);
                }
            },
            idle,
        )
    }

    /// Gives `count` places back.
    pub(crate) fn release(&self, count: u32) -> Result<(), Fault> {
        self.monitor.change(|semaphore, queue| {
            let object = self.object(semaphore);
            let result = semaphore.release(count);
            tell_did(Action::Release { object, count }, result.map_or_else(Fault::raised, |()| Outcome::Done));
            if result.is_ok() {
                queue.take(LANE, count as usize).wake();
            }
            result
        })
    }

    /// How many places are free.
    pub(crate) fn value(&self) -> i64 {
        self.monitor.change(|semaphore, _| {
            tell_query(self.object(semaphore), "_value", || semaphore.value.into());
            semaphore.value
        })
    }

    /// Its number on the tape. Asked before the state changes: the first time it is declared as it is.
    fn object(&self, semaphore: &primitive::Semaphore) -> ObjectId {
        let state = || ObjectState::Semaphore { value: semaphore.value, bound: semaphore.bound };
        probe::with(|recorder| self.tag.of(recorder, state)).unwrap_or(UNTOLD)
    }
}
