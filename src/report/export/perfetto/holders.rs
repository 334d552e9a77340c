//! The tracks of what threads hold: one for each lock, in which a slice inside a slice is a lock held twice; several for
//! what several may hold at once; and one for an event, which shows when it is set.

use super::clock::{At, Span};
use super::drawing::{Drawing, Name, Shade, Slice, Track};
use super::threads::Moment;
use crate::event::ObjectState;
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::ObjectView;
use rustc_hash::FxHashMap;

/// A hold that lasts.
#[derive(Clone, Copy, Debug)]
struct Hold {
    thread: ThreadId,
    from: At,
    name: Name,
    step: Step,
    line: u32,
}

/// Everything that is held.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// For a lock, one hold for each time it is held; for others, one for each row, `None` while it is free.
    rows: FxHashMap<ObjectId, Vec<Option<Hold>>>,
}

/// More rows of one object than this are not drawn.
const ROWS_MAX: usize = 1000;

impl Holders {
    /// The lock is held as its picture says, from the beginning of the operation or until its end.
    pub(super) fn lock(&mut self, lock: &ObjectView, span: Span, moment: Moment, name: Name, drawing: &mut Drawing) {
        let ObjectState::Lock { owner, depth } = lock.state else { return };
        let times = if owner.is_some() { (depth.max(1) as usize).min(ROWS_MAX) } else { 0 };
        let rows = self.rows.entry(lock.id).or_default();
        let same = rows.first().and_then(|hold| *hold).map(|hold| hold.thread) == owner;
        let keep = if same { times.min(rows.len()) } else { 0 };
        // Only a broken tape takes a lock away from somebody and gives it to another at once.
        let from = if keep < rows.len() { span.to } else { span.from };
        for depth in (keep..rows.len()).rev() {
            if let Some(hold) = rows.pop().flatten() {
                push(Track::Holder(lock.id, 0), depth, hold, span.to, false, drawing);
            }
        }
        while rows.len() < times {
            let thread = owner.unwrap_or_default();
            rows.push(Some(Hold { thread, from, name, step: moment.step, line: moment.line }));
        }
    }

    /// The thread takes one of several places.
    pub(super) fn take(&mut self, object: ObjectId, from: At, moment: Moment, name: Name) {
        let rows = self.rows.entry(object).or_default();
        let hold = Some(Hold { thread: moment.thread, from, name, step: moment.step, line: moment.line });
        match rows.iter().position(Option::is_none) {
            Some(free) => rows[free] = hold,
            None if rows.len() < ROWS_MAX => rows.push(hold),
            None => {}
        }
    }

    /// A place is given back: the one that the thread took last, or, when it has none, the one that was taken first. (A
    /// semaphore may be released by anybody.) False when nobody has one.
    pub(super) fn give(&mut self, object: ObjectId, thread: ThreadId, to: At, drawing: &mut Drawing) -> bool {
        let Some(rows) = self.rows.get_mut(&object) else { return false };
        let holds = || rows.iter().enumerate().filter_map(|(row, hold)| hold.map(|hold| (row, hold)));
        let own = holds().filter(|(_, hold)| hold.thread == thread).max_by_key(|(row, hold)| (hold.from, *row));
        let first = || holds().min_by_key(|(row, hold)| (hold.from, *row));
        let Some((row, hold)) = own.or_else(first) else { return false };
        rows[row] = None;
        push(Track::Holder(object, row_number(row)), 0, hold, to, false, drawing);
        true
    }

    /// An event is set, or no longer.
    pub(super) fn set(
        &mut self,
        event: ObjectId,
        set: bool,
        span: Span,
        moment: Moment,
        name: Name,
        out: &mut Drawing,
    ) {
        let is_set = self.rows.get(&event).is_some_and(|rows| rows.iter().any(Option::is_some));
        match (is_set, set) {
            (false, true) => self.take(event, span.from, moment, name),
            (true, false) => drop(self.give(event, moment.thread, span.to, out)),
            _ => {}
        }
    }

    /// The recording ends here.
    pub(super) fn finish(&mut self, at: At, is_lock: impl Fn(ObjectId) -> bool, drawing: &mut Drawing) {
        for (object, rows) in self.rows.drain() {
            for (row, hold) in rows.into_iter().enumerate() {
                let Some(hold) = hold else { continue };
                let (row, depth) = if is_lock(object) { (0, row) } else { (row, 0) };
                push(Track::Holder(object, row_number(row)), depth, hold, at, true, drawing);
            }
        }
    }
}

fn row_number(row: usize) -> u16 {
    u16::try_from(row).unwrap_or(u16::MAX)
}

fn push(track: Track, depth: usize, hold: Hold, to: At, unfinished: bool, drawing: &mut Drawing) {
    let Hold { from, name, step, line, .. } = hold;
    drawing.slices.push(Slice {
        track,
        span: Span { from, to: to.max(from) },
        depth: row_number(depth),
        shade: Shade::Held,
        name,
        step,
        line,
        about: None,
        unfinished,
    });
}
