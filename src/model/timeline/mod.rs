//! The timeline: what every thread was doing during which steps, and who held what.
//!
//! A window of any size is drawn from any zoom in time that depends on the number of columns, not on the number of
//! steps: each question is a binary search in a log of changes, and sums kept along the logs say how long a thread was
//! in which state between two changes that are far apart.

mod holds;
mod track;

pub use track::{Activity, Column};

use super::Model;
use crate::event::ThreadState;
use crate::ids::{ObjectId, Step, ThreadId};
use holds::Holds;
use std::ops::Range;
use track::Track;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    tracks: Vec<Track>,
    holds: Holds,
    /// The steps recorded: `0..end`.
    end: u32,
}

/// A tape that mentions threads further ahead than this is broken.
const GAP_MAX: usize = 4096;

impl Timeline {
    // ---- recording ----

    /// Steps up to this one exist.
    pub(super) fn reach(&mut self, step: Step) {
        self.end = self.end.max(step.0.saturating_add(1));
    }

    /// The thread is in this state at the end of this step.
    pub(super) fn state(&mut self, thread: ThreadId, step: Step, state: ThreadState) {
        if let Some(track) = self.track_mut(thread) {
            track.state(step.0, Activity::of(state));
        }
    }

    /// The thread made this step.
    pub(super) fn ran(&mut self, thread: ThreadId, step: Step) {
        if let Some(track) = self.track_mut(thread) {
            track.ran(step.0);
        }
    }

    pub(super) fn took(&mut self, thread: ThreadId, object: ObjectId, step: Step) {
        self.holds.took(thread, object, step.0);
    }

    pub(super) fn gave(&mut self, thread: ThreadId, object: ObjectId, step: Step) {
        self.holds.gave(thread, object, step.0);
    }

    /// Forgets everything after this step. `model` is the picture at its end.
    pub(super) fn truncate(&mut self, step: Step, model: &Model) {
        self.end = self.end.min(step.0.saturating_add(1));
        for track in &mut self.tracks {
            track.truncate(step.0);
        }
        while self.tracks.last().is_some_and(Track::is_empty) {
            self.tracks.pop();
        }
        let now = model.threads.iter().flat_map(|thread| thread.holds.iter().map(|(object, _)| (thread.id, *object)));
        self.holds.truncate(step.0, now);
    }

    fn track_mut(&mut self, thread: ThreadId) -> Option<&mut Track> {
        if thread.index() >= self.tracks.len() && thread.index() <= self.tracks.len() + GAP_MAX {
            self.tracks.resize_with(thread.index() + 1, Track::default);
        }
        self.tracks.get_mut(thread.index())
    }

    // ---- reading ----

    /// The number of steps recorded, step 0 included.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.end
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.end == 0
    }

    /// What the thread did during these steps, seen as one cell.
    #[must_use]
    pub fn column(&self, thread: ThreadId, steps: Range<Step>) -> Column {
        self.row(thread, steps, 1).pop().unwrap_or_default()
    }

    /// What the thread did during these steps, in this many cells of equal length. When there are more cells than steps,
    /// neighbours show the same step.
    #[must_use]
    pub fn row(&self, thread: ThreadId, steps: Range<Step>, columns: usize) -> Vec<Column> {
        let Some(track) = self.tracks.get(thread.index()) else { return vec![Column::default(); columns] };
        track.row(&self.cells(steps, columns))
    }

    /// Who held the object during these steps, in this many cells: the one who took it last of those who held it.
    #[must_use]
    pub fn holder_row(&self, object: ObjectId, steps: Range<Step>, columns: usize) -> Vec<Option<ThreadId>> {
        self.cells(steps, columns).iter().map(|cell| self.holds.holder(object, cell)).collect()
    }

    /// Whether the thread held the object during these steps, in this many cells.
    #[must_use]
    pub fn held_row(&self, thread: ThreadId, object: ObjectId, steps: Range<Step>, columns: usize) -> Vec<bool> {
        self.cells(steps, columns).iter().map(|cell| self.holds.held(thread, object, cell)).collect()
    }

    /// What the thread held at some time during these steps, in the order in which it first took it.
    #[must_use]
    pub fn held_by(&self, thread: ThreadId, steps: Range<Step>) -> Vec<ObjectId> {
        let steps = steps.start.0..steps.end.0;
        self.holds.objects_of(thread).iter().copied().filter(|id| self.holds.held(thread, *id, &steps)).collect()
    }

    /// The steps of each cell; none is empty unless it lies outside of what is recorded.
    fn cells(&self, steps: Range<Step>, columns: usize) -> Vec<Range<u32>> {
        let (first, length) = (u64::from(steps.start.0), u64::from(steps.end.0.saturating_sub(steps.start.0)));
        let count = columns.max(1) as u64;
        let border = |column: u64| u32::try_from(first + length * column / count).unwrap_or(u32::MAX);
        (0..columns as u64)
            .map(|column| {
                let start = border(column);
                let end = border(column + 1).max(start.saturating_add(1));
                start.min(self.end)..end.min(self.end)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
