//! The tracks of what threads hold: one for each lock, in which a slice inside a slice is a lock held twice; several for
//! what several may hold at once; and one for an event, which shows when it is set.

use super::clock::{At, Span};
use super::drawing::{Drawing, Name, Shade, Slice, Track};
use super::threads::Moment;
use crate::event::ObjectState;
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::ObjectView;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
    fn take(&mut self, object: ObjectId, from: At, moment: Moment, name: Name) {
        let rows = self.rows.entry(object).or_default();
        let hold = Some(Hold { thread: moment.thread, from, name, step: moment.step, line: moment.line });
        match rows.iter().position(Option::is_none) {
            Some(free) => rows[free] = hold,
            None if rows.len() < ROWS_MAX => rows.push(hold),
            None => {}
        }
    }

    /// What several may hold is held as the model says. A semaphore may be released by anybody, and then nobody knows whose
    /// permit that was: of whoever has no longer certainly as many, the places that were taken last end. `moment` is of
    /// the thread that may have taken one more.
    pub(super) fn share(
        &mut self,
        object: ObjectId,
        certain: impl Fn(ThreadId) -> usize,
        span: Span,
        (moment, name): (Moment, Name),
        drawing: &mut Drawing,
    ) {
        let mut held: BTreeMap<ThreadId, Vec<(At, usize)>> = BTreeMap::new();
        for (row, hold) in self.rows.entry(object).or_default().iter().enumerate() {
            if let Some(hold) = hold {
                held.entry(hold.thread).or_default().push((hold.from, row));
            }
        }
        let more = held.get(&moment.thread).map_or(0, Vec::len) < certain(moment.thread);
        for (thread, mut places) in held {
            places.sort_unstable();
            for (_, row) in places.drain(certain(thread).min(places.len())..) {
                self.end(object, row, span.to, drawing);
            }
        }
        if more {
            self.take(object, span.from, moment, name);
        }
    }

    fn end(&mut self, object: ObjectId, row: usize, to: At, drawing: &mut Drawing) {
        let place = self.rows.get_mut(&object).and_then(|rows| rows.get_mut(row));
        if let Some(hold) = place.and_then(Option::take) {
            push(Track::Holder(object, row_number(row)), 0, hold, to, false, drawing);
        }
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
        let shown = self.rows.get(&event).and_then(|rows| rows.iter().position(Option::is_some));
        match (shown, set) {
            (None, true) => self.take(event, span.from, moment, name),
            (Some(row), false) => self.end(event, row, span.to, out),
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
