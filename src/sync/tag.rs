//! Which object a primitive is on the tape.

use super::probe::Recorder;
use crate::event::{EventKind, ObjectInfo, ObjectKind, ObjectState};
use crate::ids::ObjectId;
use rustc_hash::FxHashMap;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The identity of a primitive. It gets a number, and is declared, when a recorded thread first uses it; with each probe
/// anew.
#[derive(Debug)]
pub(crate) struct Tag {
    identity: Identity,
    /// What probes know it by. 0 before the first use.
    key: AtomicU64,
    /// What was found out last: the probe's serial in the upper half, the number in the lower one. 0 before the first use.
    known_as: AtomicU64,
}

/// The objects of a probe.
#[derive(Debug, Default)]
pub(super) struct Register {
    next: u32,
    /// By key, and for a condition by its lock.
    numbers: FxHashMap<(u64, Option<ObjectId>), ObjectId>,
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
        Tag { identity: Identity::Given(id), key: AtomicU64::new(0), known_as: AtomicU64::new(0) }
    }

    /// An object of this kind that was made here.
    pub(crate) const fn new(kind: ObjectKind, born: &'static Location<'static>) -> Tag {
        let identity = Identity::Own { kind, name: OnceLock::new(), born };
        Tag { identity, key: AtomicU64::new(0), known_as: AtomicU64::new(0) }
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
    #[inline]
    pub(crate) fn of(&self, recorder: &mut Recorder, state: impl FnOnce() -> ObjectState) -> ObjectId {
        self.remembered(recorder).unwrap_or_else(|| self.register(recorder, None, state))
    }

    /// The number of a condition. On the stage it belongs to one lock; used with another, it is another one.
    pub(super) fn over(&self, recorder: &mut Recorder, lock: ObjectId) -> ObjectId {
        self.register(recorder, Some(lock), || ObjectState::Condition { lock })
    }

    fn register(
        &self,
        recorder: &mut Recorder,
        lock: Option<ObjectId>,
        state: impl FnOnce() -> ObjectState,
    ) -> ObjectId {
        let (kind, name, born) = match &self.identity {
            Identity::Given(id) => return *id,
            Identity::Own { kind, name, born } => (*kind, name, *born),
        };
        let hub = Arc::clone(recorder.hub());
        // Held until the declaration has its ticket: nobody uses the number before.
        let Register { next, numbers } = &mut *hub.objects.lock();
        let id = *numbers.entry((self.key(), lock)).or_insert_with(|| {
            let id = ObjectId(*next);
            *next += 1;
            let name = name.get().cloned().unwrap_or_else(|| derived(kind, born));
            let info = ObjectInfo { id, kind, name, line: born.line(), state: state() };
            recorder.tell(EventKind::Object(Arc::new(info)));
            id
        });
        self.remember(hub.serial, id);
        id
    }

    /// Its number, if it was declared already.
    pub(super) fn known_to(&self, recorder: &Recorder) -> Option<ObjectId> {
        self.remembered(recorder).or_else(|| {
            let key = Some(self.key.load(Ordering::Acquire)).filter(|key| *key != 0)?;
            // Another probe knows it, too.
            recorder.hub().objects.lock().numbers.get(&(key, None)).copied()
        })
    }

    #[inline]
    fn remembered(&self, recorder: &Recorder) -> Option<ObjectId> {
        if let Identity::Given(id) = self.identity {
            return Some(id);
        }
        let known = self.known_as.load(Ordering::Acquire);
        let same = known >> 32 == u64::from(recorder.hub().serial);
        same.then_some(ObjectId(u32::try_from(known & 0xffff_ffff).unwrap_or(0)))
    }

    fn remember(&self, serial: u32, id: ObjectId) {
        self.known_as.store(u64::from(serial) << 32 | u64::from(id.0), Ordering::Release);
    }

    fn key(&self) -> u64 {
        static KEYS: AtomicU64 = AtomicU64::new(1);
        if self.key.load(Ordering::Acquire) == 0 {
            let new = KEYS.fetch_add(1, Ordering::Relaxed);
            // Somebody else was faster, or not.
            let _ = self.key.compare_exchange(0, new, Ordering::AcqRel, Ordering::Acquire);
        }
        self.key.load(Ordering::Acquire)
    }
}

/// What an object without a name is called.
fn derived(kind: ObjectKind, born: &Location<'_>) -> Arc<str> {
    format!("{kind:?} at line {}", born.line()).into()
}
