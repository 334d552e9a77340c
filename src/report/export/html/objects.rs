//! The rows of the table of objects: the primitives, who owns them, who waits for them. Values are variables.

use super::strings::{Strings, TextId};
use super::threads::NOBODY;
use crate::event::{Event, EventKind, ObjectState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{Model, ObjectView, ThreadView};
use serde::Serialize;
use std::sync::Arc;

/// Objects beyond this number have no row.
pub(super) const OBJECTS_MAX: usize = 400;

/// Of those who wait for an object so many are named.
const WAITERS_MAX: usize = 30;

/// Of those who have a place of a semaphore so many are named.
const HOLDERS_MAX: usize = 30;

/// Place in the table, name, kind, state in words, who holds it, who waits for it, and all who have a place of a semaphore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ObjectRow(
    pub u32,
    pub TextId,
    pub TextId,
    pub TextId,
    pub i64,
    pub Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")] pub Vec<u32>,
);

/// What a row was made of.
#[derive(PartialEq, Eq)]
struct Known {
    name: Arc<str>,
    /// Without the items of a queue: only their number is told.
    state: ObjectState,
    items: usize,
    holder: Option<ThreadId>,
    holders: Vec<u32>,
    waiters: Vec<ThreadId>,
}

/// The rows as they were last told.
#[derive(Default)]
pub(super) struct Objects {
    /// The objects in the order of their rows.
    listed: Vec<ObjectId>,
    known: Vec<Known>,
    /// What the operations of this step were about.
    noted: Vec<ObjectId>,
    /// Objects without a row.
    pub(super) left_out: usize,
}

impl Objects {
    /// Gives a row to what is declared, and takes note of what is used.
    pub(super) fn note(&mut self, event: &Event) {
        if let EventKind::Did { action, .. } = &event.kind {
            self.noted.extend(action.object());
        }
        let EventKind::Object(info) = &event.kind else { return };
        if !info.kind.is_primitive() || self.listed.contains(&info.id) {
            return;
        }
        if self.listed.len() < OBJECTS_MAX {
            self.listed.push(info.id);
        } else {
            self.left_out += 1;
        }
    }

    /// The rows that are different now, and the places of those that the last step touched.
    pub(super) fn changed(
        &mut self,
        model: &Model,
        holder: impl Fn(ObjectId) -> Option<ThreadId>,
        strings: &mut Strings,
    ) -> (Vec<ObjectRow>, Vec<u32>) {
        let (mut rows, mut touched) = (Vec::new(), Vec::new());
        let noted = std::mem::take(&mut self.noted);
        for (place, id) in (0u32..).zip(&self.listed) {
            let Some(object) = model.object(*id) else { continue };
            let changed = object.last.is_some_and(|(_, step)| step == model.step);
            if model.step.0 > 0 && (changed || noted.contains(id)) {
                touched.push(place);
            }
            let known = known(model, object, &holder);
            match self.known.get_mut(place as usize) {
                Some(before) if *before == known => continue,
                Some(before) => *before = known,
                None => self.known.push(known),
            }
            rows.push(row(place, model, object, &holder, strings));
        }
        (rows, touched)
    }

    /// The places of what is held: locks and semaphores that were ever used.
    pub(super) fn lanes(&self, model: &Model) -> Vec<u32> {
        let used =
            |id: &ObjectId| model.object(*id).is_some_and(|object| is_held(&object.state) && object.last.is_some());
        (0u32..).zip(&self.listed).filter(|(_, id)| used(id)).map(|(place, _)| place).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }
}

/// True for what threads hold.
const fn is_held(state: &ObjectState) -> bool {
    matches!(state, ObjectState::Lock { .. } | ObjectState::Semaphore { .. })
}

fn known(model: &Model, object: &ObjectView, holder: &impl Fn(ObjectId) -> Option<ThreadId>) -> Known {
    let (state, items) = match &object.state {
        ObjectState::Queue { items, capacity, closed, .. } => {
            let (capacity, closed) = (*capacity, *closed);
            (ObjectState::Queue { items: Arc::default(), capacity, unfinished: 0, closed }, items.len())
        }
        state => (state.clone(), 0),
    };
    let waiters = object.waiters.clone();
    let holders = holders(model, object);
    Known { name: Arc::clone(&object.name), state, items, holder: held_by(model, object, holder), holders, waiters }
}

/// All who have a place of this semaphore.
fn holders(model: &Model, object: &ObjectView) -> Vec<u32> {
    if !matches!(object.state, ObjectState::Semaphore { .. }) {
        return Vec::new();
    }
    let holds = |thread: &&ThreadView| thread.holds.iter().any(|(held, _)| *held == object.id);
    model.threads.iter().filter(holds).take(HOLDERS_MAX).map(|thread| thread.id.0).collect()
}

/// Who holds it: of several, who took it last. Of a condition, who holds its lock.
fn held_by(model: &Model, object: &ObjectView, holder: &impl Fn(ObjectId) -> Option<ThreadId>) -> Option<ThreadId> {
    match &object.state {
        ObjectState::Lock { owner, .. } => *owner,
        ObjectState::Semaphore { .. } => holder(object.id),
        ObjectState::Condition { lock } => model.object(*lock).and_then(ObjectView::owner),
        _ => None,
    }
}

/// The row of one object.
fn row(
    place: u32,
    model: &Model,
    object: &ObjectView,
    holder: &impl Fn(ObjectId) -> Option<ThreadId>,
    strings: &mut Strings,
) -> ObjectRow {
    let name = strings.say(|words| words.name(&object.name));
    let kind = strings.say(|words| words.kind(object.kind));
    let state = strings.say(|words| words.object_state(object, model));
    let holder = held_by(model, object, holder).map_or(NOBODY, |holder| i64::from(holder.0));
    let waiters = object.waiters.iter().take(WAITERS_MAX).map(|thread| thread.0).collect();
    ObjectRow(place, name, kind, state, holder, waiters, holders(model, object))
}
