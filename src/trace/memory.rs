//! About how much memory a run takes when all of it is kept, as `model::History` keeps it.

use crate::event::{Action, Event, EventKind};

/// An event, wherever its fact is: its place on the tape and in the indexes.
const EVENT: u64 = 24;
/// An operation besides: a step, its choice, what changes hands, the timeline.
const DEED: u64 = 64;
/// An item of a queue, in some of the pictures.
const ITEM: u64 = 100;
/// A fact that stands nowhere yet, without its texts.
const FACT: u64 = 100;
/// A thread and an object in one picture.
const THREAD: u64 = 600;
const OBJECT: u64 = 300;
/// Pictures: the end of the tape, the position, and those that are kept at least.
const PICTURES: u64 = 12;

/// What this event adds. If it is known, a fact like it is there already.
pub(super) fn of(event: &Event, known: bool) -> u64 {
    let fact = if known { 0 } else { FACT + event.kind.heap_bytes() as u64 };
    let rest = match &event.kind {
        EventKind::Did { action: Action::Put { .. }, .. } => DEED + ITEM,
        EventKind::Did { .. } => DEED,
        EventKind::Thread(_) => PICTURES * THREAD,
        EventKind::Object(_) => PICTURES * OBJECT,
        _ => 0,
    };
    EVENT + fact + rest
}
