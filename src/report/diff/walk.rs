//! Along a run, from operation to operation.

use crate::event::{Event, EventKind, ObjectKind};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::live::Transcript;
use crate::model::{Events, Recording};
use std::sync::Arc;

/// The numbers under which the threads of a run are compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// Of a live tape; a tape of the simulator has the numbers of the simulator.
    transcript: Option<Transcript>,
    threads: usize,
}

impl Numbers {
    pub(super) fn of(recording: &Recording) -> Numbers {
        let threads = recording.history.head().threads.len();
        let transcript = recording.header.is_live().then(|| {
            let mut transcript = Transcript::new();
            for event in recording.history.events(0..usize::MAX) {
                transcript.take(&event);
            }
            transcript
        });
        Numbers { transcript, threads }
    }

    pub(super) fn of_thread(&self, thread: ThreadId) -> ThreadId {
        self.transcript.as_ref().map_or(thread, |transcript| transcript.number(thread))
    }

    /// The threads that have another number than on the tape.
    pub(super) fn changed(self) -> Vec<(ThreadId, ThreadId)> {
        if self.transcript.is_none() {
            return Vec::new();
        }
        let threads = (0..).take(self.threads).map(ThreadId);
        threads.map(|thread| (thread, self.of_thread(thread))).filter(|(here, there)| here != there).collect()
    }
}

/// What an object is known by.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) kind: ObjectKind,
    pub(super) line: u32,
    /// When it was declared, now, and at the end of the run: a better name may come late.
    pub(super) declared: Arc<str>,
    pub(super) named: Arc<str>,
    pub(super) last: Arc<str>,
}

/// The operations of a run, one after the other, and the objects up to there.
pub(super) struct Walk<'a> {
    recording: &'a Recording,
    numbers: &'a Numbers,
    events: Events<'a>,
    objects: Vec<Option<Known>>,
    gil: Option<ObjectId>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(recording: &'a Recording, numbers: &'a Numbers) -> Walk<'a> {
        let events = recording.history.events(0..usize::MAX);
        Walk { recording, numbers, events, objects: Vec::new(), gil: None }
    }

    /// The next operation.
    pub(super) fn next(&mut self) -> Option<Event> {
        loop {
            let event = self.events.next()?;
            match &event.kind {
                EventKind::Did { action, .. } if self.gil.is_none() || action.object() != self.gil => {
                    return Some(event);
                }
                EventKind::Object(info) => {
                    if info.kind.is_gil(&info.name, info.line) {
                        self.gil = self.gil.or(Some(info.id));
                    }
                    let last = self.recording.history.head().object(info.id).map(|object| Arc::clone(&object.name));
                    let known = Known {
                        kind: info.kind,
                        line: info.line,
                        declared: Arc::clone(&info.name),
                        named: Arc::clone(&info.name),
                        last: last.unwrap_or_else(|| Arc::clone(&info.name)),
                    };
                    self.learn(info.id, known);
                }
                EventKind::Named { object, name } => {
                    if let Some(Some(known)) = self.objects.get_mut(object.index()) {
                        known.named = Arc::clone(name);
                    }
                }
                _ => {}
            }
        }
    }

    fn learn(&mut self, object: ObjectId, known: Known) {
        if self.objects.len() <= object.index() {
            // Objects are numbered without gaps, so this grows by one.
            self.objects.resize(object.index() + 1, None);
        }
        self.objects[object.index()] = Some(known);
    }

    pub(super) fn object(&self, object: ObjectId) -> Option<&Known> {
        self.objects.get(object.index())?.as_ref()
    }

    pub(super) fn number(&self, thread: ThreadId) -> ThreadId {
        self.numbers.of_thread(thread)
    }
}
