//! Which object a primitive is on the tape.

use super::probe::Recorder;
use crate::event::{EventKind, ObjectInfo, ObjectKind, ObjectState};
use crate::ids::ObjectId;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The identity of a primitive. It gets a number, and is declared, when a recorded thread first uses it; with each probe
/// anew.
#[derive(Debug)]
pub(crate) struct Tag {
    identity: Identity,
    /// The probe's serial in the upper half, the number in the lower one. 0 before the first use.
    known_as: AtomicU64,
}

#[derive(Debug)]
enum Identity {
    /// Somebody else gives numbers and declares.
    Given(ObjectId),
    Own {
        kind: ObjectKind,
        name: OnceLock<Arc<str>>,
        born: &'static Location<'static>,
    },
}

impl Tag {
    /// An object that somebody else has declared.
    pub(crate) const fn given(id: ObjectId) -> Tag {
        Tag { identity: Identity::Given(id), known_as: AtomicU64::new(0) }
    }

    /// An object of this kind that was made here.
    pub(crate) const fn new(kind: ObjectKind, born: &'static Location<'static>) -> Tag {
        Tag { identity: Identity::Own { kind, name: OnceLock::new(), born }, known_as: AtomicU64::new(0) }
    }

    /// True when nobody else tells what a thread is about to do to it.
    pub(crate) const fn announces(&self) -> bool {
        matches!(self.identity, Identity::Own { .. })
    }

    /// Gives it a name, if it has none yet.
    pub(crate) fn name(&self, name: impl Into<Arc<str>>) {
        if let Identity::Own { name: own, .. } = &self.identity {
            // A second name is not taken.
            let _ = own.set(name.into());
        }
    }

    /// Its number. The first time it is declared in the state that `state` gives.
    pub(crate) fn of(&self, recorder: &mut Recorder, state: impl FnOnce() -> ObjectState) -> ObjectId {
        let (kind, name, born) = match &self.identity {
            Identity::Given(id) => return *id,
            Identity::Own { kind, name, born } => (*kind, name, *born),
        };
        let serial = recorder.hub().serial;
        if let Some(id) = self.known(serial) {
            return id;
        }
        let hub = Arc::clone(recorder.hub());
        // Held until the declaration has its ticket: nobody uses the number before.
        let mut next = hub.next_object.lock();
        if let Some(id) = self.known(serial) {
            return id;
        }
        let id = ObjectId(*next);
        *next += 1;
        let name = name.get().cloned().unwrap_or_else(|| derived(kind, born));
        let info = ObjectInfo { id, kind, name, line: born.line(), state: state() };
        recorder.tell(EventKind::Object(Arc::new(info)));
        self.known_as.store(u64::from(serial) << 32 | u64::from(id.0), Ordering::Release);
        id
    }

    /// Its number, if it was declared already.
    pub(super) fn known_to(&self, recorder: &Recorder) -> Option<ObjectId> {
        match self.identity {
            Identity::Given(id) => Some(id),
            Identity::Own { .. } => self.known(recorder.hub().serial),
        }
    }

    fn known(&self, serial: u32) -> Option<ObjectId> {
        let known = self.known_as.load(Ordering::Acquire);
        (known >> 32 == u64::from(serial)).then_some(ObjectId(u32::try_from(known & 0xffff_ffff).unwrap_or(0)))
    }
}

/// What an object without a name is called.
fn derived(kind: ObjectKind, born: &Location<'_>) -> Arc<str> {
    format!("{kind:?} at line {}", born.line()).into()
}
