//! What there is to draw.

use super::clock::{At, Span};
use crate::ids::{ObjectId, Step, ThreadId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Where a slice stands. The order is that of the tracks from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Track {
    Thread(ThreadId),
    /// One of those who hold the object, in one of its rows.
    Holder(ObjectId, u16),
}

/// What a slice shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    /// A state of a thread.
    Running,
    Ready,
    /// It is kept from running by another thread, or waits to be told.
    HeldUp,
    Sleeping,
    /// Something it did.
    Operation,
    /// Something that went wrong when it did it.
    Failure,
    /// It holds something.
    Held,
}

/// A text that is kept once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(pub(super) u32);

/// Something that lasts. Slices of a track nest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    pub(super) track: Track,
    pub(super) span: Span,
    /// How many slices it stands in.
    pub(super) depth: u16,
    pub(super) shade: Shade,
    pub(super) name: Name,
    /// In which step it began, and on which line the thread stood (0: none).
    pub(super) step: Step,
    pub(super) line: u32,
    /// A sentence about it.
    pub(super) about: Option<Name>,
    /// It lasted when the recording ended.
    pub(super) unfinished: bool,
}

/// A place in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) track: Track,
    pub(super) at: At,
}

/// Why an arrow is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// What was given back was taken.
    Handover,
    /// Somebody who waited was told.
    WakeUp,
    Start,
    /// The end of a thread ended a join.
    End,
}

/// From what made something possible to what became possible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow {
    pub(super) cause: Cause,
    pub(super) from: Place,
    pub(super) to: Place,
}

/// A number that an object has from now on: free places, items, waiters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) object: ObjectId,
    pub(super) at: At,
    pub(super) number: i64,
}

/// Everything.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) slices: Vec<Slice>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) counts: Vec<Count>,
    texts: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Drawing {
    /// Keeps a text.
    pub(super) fn name(&mut self, text: &str) -> Name {
        if let Some(number) = self.numbers.get(text) {
            return Name(*number);
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        Name(number)
    }

    pub(super) fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }

    /// Adds an arrow. It never points back in time: of two moments in the same eighth of a microsecond it may seem so.
    pub(super) fn arrow(&mut self, cause: Cause, from: Place, to: Place) {
        let to = Place { at: to.at.max(from.at), ..to };
        self.arrows.push(Arrow { cause, from, to });
    }

    /// Brings the slices into the order in which they are written, each after those it stands in, and takes arrows away
    /// that would begin or end in nothing.
    pub(super) fn settle(&mut self) {
        self.slices.sort_by_key(|slice| (slice.track, slice.span.from, slice.depth));
        let slices = &self.slices;
        self.arrows.retain(|arrow| is_covered(slices, arrow.from) && is_covered(slices, arrow.to));
    }
}

/// True when the innermost slice that began before the place is still there. The slices are in order.
fn is_covered(slices: &[Slice], place: Place) -> bool {
    let after = slices.partition_point(|slice| (slice.track, slice.span.from) <= (place.track, place.at));
    let innermost = after.checked_sub(1).map(|last| &slices[last]);
    innermost.is_some_and(|slice| slice.track == place.track && slice.span.to >= place.at)
}
