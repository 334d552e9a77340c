//! How long threads waited for locks, and how long they had them.
//!
//! The recorded threads do not compute this; whoever reads the records does.

use super::record::Record;
use crate::event::{Action, Effect, EventKind, ObjectState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use rustc_hash::FxHashMap;

/// Reads waiting and holding times from records.
///
/// ```
/// use lockstep::sync::{Mutex, Probe, Span, Times};
///
/// let (probe, mut collector) = Probe::new();
/// probe.run(|| drop(Mutex::new(0).lock()))?;
/// let (mut records, mut times) = (Vec::new(), Times::default());
/// collector.drain(&mut records);
/// let spans: Vec<Span> = records.iter().filter_map(|record| times.take(record)).collect();
/// assert!(matches!(spans[..], [Span::Waited { .. }, Span::Held { .. }]));
/// # Ok::<_, lockstep::sync::Stopped>(())
/// ```
#[derive(Debug, Default)]
pub struct Times {
    /// Since when a thread has wanted the lock that it waits for.
    wants: FxHashMap<ThreadId, Nanos>,
    /// Since when, and how many times, a thread has had a lock.
    has: FxHashMap<(ThreadId, ObjectId), (Nanos, u32)>,
    /// The locks of the conditions.
    locks: FxHashMap<ObjectId, ObjectId>,
}

/// A length of time that has ended with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The thread has got this lock, or place of a semaphore; 0 when it did not have to wait.
    Waited { thread: ThreadId, object: ObjectId, time: Nanos },
    /// The thread has given it back.
    Held { thread: ThreadId, object: ObjectId, time: Nanos },
}

impl Times {
    /// Takes the next record. A lock that is taken several times counts from the first time to the last; one that is
    /// given back to wait for a condition is given back.
    pub fn take(&mut self, record: &Record) -> Option<Span> {
        let (thread, at) = (record.thread, record.at);
        match &record.kind {
            EventKind::Object(info) => {
                if let ObjectState::Condition { lock } = info.state {
                    self.locks.insert(info.id, lock);
                }
                None
            }
            EventKind::Pending(Action::Acquire { .. }) => {
                self.wants.insert(thread, at);
                None
            }
            EventKind::Did { action, outcome } => match Effect::of(action, outcome) {
                Effect::Takes(object) => {
                    let since = self.wants.remove(&thread).unwrap_or(at);
                    self.has.entry((thread, object)).or_insert((at, 0)).1 += 1;
                    Some(Span::Waited { thread, object, time: length(since, at) })
                }
                Effect::Gives(object, _) => {
                    let (since, depth) = self.has.get_mut(&(thread, object))?;
                    *depth -= 1;
                    let (time, over) = (length(*since, at), *depth == 0);
                    over.then(|| self.has.remove(&(thread, object)));
                    over.then_some(Span::Held { thread, object, time })
                }
                Effect::Parks(condition) => {
                    let object = self.locks.get(&condition).copied()?;
                    let (since, _) = self.has.remove(&(thread, object))?;
                    Some(Span::Held { thread, object, time: length(since, at) })
                }
                Effect::Resumes(condition) => {
                    let object = self.locks.get(&condition).copied()?;
                    self.has.insert((thread, object), (at, 1));
                    None
                }
                Effect::Nothing => {
                    self.wants.remove(&thread);
                    None
                }
            },
            _ => None,
        }
    }
}

const fn length(since: Nanos, until: Nanos) -> Nanos {
    Nanos(until.0.saturating_sub(since.0))
}
