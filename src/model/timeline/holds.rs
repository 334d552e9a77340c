//! Who held which lock, or which place of a semaphore, during which steps.

use crate::ids::{ObjectId, ThreadId};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// From the step in which it was taken up to the one in which it was given back, that one excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: u32,
    /// `u32::MAX` while it is still held.
    to: u32,
}

/// A thread took the object, or the number of those who hold it changed.
#[derive(Clone, Copy, Debug)]
struct Change {
    step: u32,
    /// Who holds it from this step on: of several, who took it last.
    holder: Option<ThreadId>,
}

/// All spans.
#[derive(Clone, Debug, Default)]
pub(super) struct Holds {
    /// Ascending and disjoint.
    spans: FxHashMap<(ThreadId, ObjectId), Vec<Span>>,
    /// What each thread ever took, in that order.
    taken: FxHashMap<ThreadId, Vec<ObjectId>>,
    /// The changes of each object, by step.
    changes: FxHashMap<ObjectId, Vec<Change>>,
    /// Who holds each object now, the last taker last. A thread stands here as often as it holds it.
    now: FxHashMap<ObjectId, Vec<ThreadId>>,
}

impl Holds {
    pub(super) fn took(&mut self, thread: ThreadId, object: ObjectId, step: u32) {
        let holders = self.now.entry(object).or_default();
        let first = !holders.contains(&thread);
        holders.push(thread);
        self.changes.entry(object).or_default().push(Change { step, holder: Some(thread) });
        if !first {
            return;
        }
        // Once there are spans there always are, if only an empty list of them.
        let spans = self.spans.entry((thread, object)).or_insert_with(|| {
            self.taken.entry(thread).or_default().push(object);
            Vec::new()
        });
        spans.push(Span { from: step, to: u32::MAX });
    }

    pub(super) fn gave(&mut self, thread: ThreadId, object: ObjectId, step: u32) {
        let holders = self.now.entry(object).or_default();
        let Some(place) = holders.iter().rposition(|holder| *holder == thread) else { return };
        holders.remove(place);
        let holder = holders.last().copied();
        self.changes.entry(object).or_default().push(Change { step, holder });
        if holders.contains(&thread) {
            return;
        }
        if let Some(span) = self.spans.get_mut(&(thread, object)).and_then(|spans| spans.last_mut()) {
            span.to = step;
        }
    }

    /// Forgets everything after `step`, at whose end `now` is held.
    pub(super) fn truncate(&mut self, step: u32, now: impl Iterator<Item = (ThreadId, ObjectId)>) {
        for spans in self.spans.values_mut() {
            spans.truncate(spans.partition_point(|span| span.from <= step));
            if let Some(last) = spans.last_mut()
                && last.to > step
            {
                last.to = u32::MAX;
            }
        }
        for changes in self.changes.values_mut() {
            changes.truncate(changes.partition_point(|change| change.step <= step));
        }
        self.now.clear();
        for (thread, object) in now {
            self.now.entry(object).or_default().push(thread);
        }
        for (object, holders) in &mut self.now {
            let since = |thread: &ThreadId| self.spans.get(&(*thread, *object)).and_then(|spans| spans.last());
            holders.sort_by_key(|thread| since(thread).map(|span| span.from));
        }
    }

    pub(super) fn objects_of(&self, thread: ThreadId) -> &[ObjectId] {
        self.taken.get(&thread).map_or(&[], Vec::as_slice)
    }

    /// Whether the thread held the object at the end of one of these steps.
    pub(super) fn held(&self, thread: ThreadId, object: ObjectId, steps: &Range<u32>) -> bool {
        let Some(spans) = self.spans.get(&(thread, object)) else { return false };
        let place = spans.partition_point(|span| span.to <= steps.start);
        !steps.is_empty() && spans.get(place).is_some_and(|span| span.from < steps.end)
    }

    /// The last of those who held the object at the end of one of these steps.
    pub(super) fn holder(&self, object: ObjectId, steps: &Range<u32>) -> Option<ThreadId> {
        if steps.is_empty() {
            return None;
        }
        let changes = self.changes.get(&object)?;
        let mut place = changes.partition_point(|change| change.step < steps.end);
        while let Some(change) = place.checked_sub(1).map(|last| changes[last]) {
            if change.holder.is_some() || change.step <= steps.start {
                return change.holder;
            }
            place -= 1;
        }
        None
    }
}
