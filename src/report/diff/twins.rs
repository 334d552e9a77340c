//! Whether two operations of two runs are the same one.

use super::walk::{Known, Walk};
use crate::event::{Action, Event, EventKind, Outcome, Text};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::report::without_addresses;

/// Which object of the one run is which of the other, as far as operations on them have shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Twins {
    /// For each object of the first run the one of the second, and the other way round.
    there: Vec<Option<ObjectId>>,
    back: Vec<Option<ObjectId>>,
}

impl Twins {
    /// True when the operations are the same; then what they touch is the same from now on.
    pub(super) fn are_same(&mut self, one: &Event, first: &Walk<'_>, other: &Event, second: &Walk<'_>) -> bool {
        let (Some((a, touched)), Some((b, twin))) = (Deed::of(one, first), Deed::of(other, second)) else {
            return false;
        };
        let alike = a == b || a.neutral() == b.neutral();
        alike && self.meet(touched, first, twin, second)
    }

    /// Whether these can be the same object.
    fn meet(&mut self, a: Option<ObjectId>, first: &Walk<'_>, b: Option<ObjectId>, second: &Walk<'_>) -> bool {
        let (a, b) = match (a, b) {
            (None, None) => return true,
            (Some(a), Some(b)) => (a, b),
            _ => return false,
        };
        match (get(&self.there, a), get(&self.back, b)) {
            (Some(twin), Some(back)) => twin == b && back == a,
            (None, None) => {
                let alike = first.object(a).zip(second.object(b)).is_some_and(|(a, b)| look_alike(a, b));
                if alike {
                    set(&mut self.there, a, b);
                    set(&mut self.back, b, a);
                }
                alike
            }
            _ => false,
        }
    }
}

fn get(table: &[Option<ObjectId>], object: ObjectId) -> Option<ObjectId> {
    table.get(object.index()).copied().flatten()
}

fn set(table: &mut Vec<Option<ObjectId>>, object: ObjectId, twin: ObjectId) {
    if table.len() <= object.index() {
        table.resize(object.index() + 1, None);
    }
    table[object.index()] = Some(twin);
}

/// A name that comes late may not be there yet in one of the runs, or never have come in a run that was cut short.
fn look_alike(a: &Known, b: &Known) -> bool {
    a.kind == b.kind && a.line == b.line && a.declared == b.declared && (a.last == b.last || a.named == b.named)
}

/// An operation with everything that is compared, but for the object.
#[derive(Clone, Debug, PartialEq)]
struct Deed {
    thread: ThreadId,
    line: u32,
    action: Action,
    outcome: Outcome,
}

impl Deed {
    /// The operation under the numbers by which threads are compared, and the object it touches.
    fn of(event: &Event, walk: &Walk<'_>) -> Option<(Deed, Option<ObjectId>)> {
        let EventKind::Did { action, outcome } = &event.kind else { return None };
        let number = |thread| walk.number(thread);
        let object = action.object();
        let thread = number(event.thread);
        let outcome = match (action, outcome) {
            // What the clock says is a matter of time.
            (Action::Now, Outcome::Value(_)) => Outcome::Done,
            (_, Outcome::Woke(woken)) => Outcome::Woke(woken.iter().map(|thread| number(*thread)).collect()),
            _ => outcome.clone(),
        };
        let mut action = action.clone();
        without_object(&mut action);
        without_times(&mut action);
        if let Action::Start { thread } | Action::Join { thread, .. } | Action::IsAlive { thread } = &mut action {
            *thread = number(*thread);
        }
        Some((Deed { thread, line: event.line, action, outcome }, object))
    }

    /// Where objects lie in memory makes no difference.
    fn neutral(mut self) -> Deed {
        if let Some(text) = text_of(&mut self.action) {
            *text = neutral(text);
        }
        if let Action::Write { key: Some(key), .. } = &mut self.action {
            *key = neutral(key);
        }
        if let Outcome::Value(text) | Outcome::Raised(text) = &mut self.outcome {
            *text = neutral(text);
        }
        self
    }
}

pub(super) fn neutral(text: &Text) -> Text {
    match text {
        Text::Int(number) => Text::Int(*number),
        Text::Str(text) => Text::new(without_addresses(text)),
    }
}

/// The text of an operation that a program has made, its value before its key.
pub(super) fn text_of(action: &mut Action) -> Option<&mut Text> {
    match action {
        Action::Write { value: text, .. }
        | Action::Read { key: Some(text), .. }
        | Action::Delete { key: Some(text), .. }
        | Action::Call { call: text, .. }
        | Action::Query { question: text, .. }
        | Action::Put { item: text, .. }
        | Action::Random { call: text }
        | Action::Print { text }
        | Action::Input { prompt: text } => Some(text),
        _ => None,
    }
}

/// Objects are compared by what they are, not by number.
pub(super) fn without_object(action: &mut Action) {
    if let Some(object) = action.object_mut() {
        *object = ObjectId(0);
    }
}

/// Lengths of time may be computed from the clock.
pub(super) fn without_times(action: &mut Action) {
    match action {
        Action::Acquire { timeout, .. }
        | Action::Wait { timeout, .. }
        | Action::EventWait { timeout, .. }
        | Action::BarrierWait { timeout, .. }
        | Action::Put { timeout, .. }
        | Action::Get { timeout, .. }
        | Action::Join { timeout, .. } => *timeout = timeout.map(|_| Nanos(0)),
        Action::Sleep { length } => *length = Nanos(0),
        _ => {}
    }
}
