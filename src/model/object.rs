//! A shared object on the screen.

use super::Sight;
use super::guard::Guard;
use super::visits::{Passed, Places};
use crate::event::{ObjectInfo, ObjectKind, ObjectState, Text};
use crate::ids::{ObjectId, Step, ThreadId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of one shared object.
#[derive(Clone, Debug)]
pub struct ObjectView {
    pub id: ObjectId,
    pub kind: ObjectKind,
    pub name: Arc<str>,
    /// The line that created it (0: unknown).
    pub line: u32,
    /// Kept up to date: who holds it, its value, its items.
    pub state: ObjectState,
    /// Who waits for it, longest first: blocked threads, waiters of a condition, an event, a queue, a barrier.
    pub waiters: Vec<ThreadId>,
    /// The places of a semaphore and who is in them.
    pub places: Option<Places>,
    /// Who has gone past an event, in that order.
    pub passed: Vec<Passed>,
    /// Attributes and elements that were seen, with the value last stored or read: at most [`FIELDS_MAX`] of them.
    pub fields: BTreeMap<Arc<str>, Field>,
    /// The last access: who, and in which step.
    pub last: Option<(ThreadId, Step)>,
    /// The thing that came last leaves first: so it was when something was taken out the last time.
    pub takes_last: bool,
    /// Who has seen its current value, for a variable or a container as a whole.
    pub sight: Sight,
    /// The locks that were held at *every* access so far (Eraser's candidate set); `None` before the first access.
    /// Accesses made while no other thread was alive do not count: nothing could go wrong then.
    pub guarded_by: Guard,
}

/// Fields beyond this number are not remembered: a list of a million elements must not make the picture heavy.
pub const FIELDS_MAX: usize = 2000;

/// Nor are more than these of all objects together.
const FIELDS_OF_ALL_MAX: usize = 200_000;

/// The key of a field, as it is written.
pub(super) fn field_name(key: &Text) -> Cow<'_, str> {
    match key {
        Text::Str(text) => text.as_ref().as_ref().into(),
        Text::Int(number) => number.to_string().into(),
    }
}

/// An attribute or element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub value: Option<Text>,
    /// As [`ObjectView::sight`], for this attribute or element alone.
    pub sight: Sight,
    /// As [`ObjectView::guarded_by`], for this attribute or element alone.
    pub guarded_by: Guard,
}

/// A row of the variables pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub object: ObjectId,
    pub name: Arc<str>,
    pub value: Option<Text>,
    pub guarded_by: Guard,
}

impl ObjectView {
    /// True for the lock of the interpreter itself.
    #[must_use]
    pub fn is_gil(&self) -> bool {
        self.kind.is_gil(&self.name, self.line)
    }

    pub(super) fn new(info: &ObjectInfo) -> ObjectView {
        ObjectView {
            id: info.id,
            kind: info.kind,
            name: Arc::clone(&info.name),
            line: info.line,
            state: info.state.clone(),
            waiters: Vec::new(),
            places: places(&info.state),
            passed: Vec::new(),
            fields: BTreeMap::new(),
            last: None,
            takes_last: false,
            sight: Sight::default(),
            guarded_by: None,
        }
    }

    /// About how many bytes it takes to remember who was here.
    pub(super) fn visits(&self) -> usize {
        8 * self.passed.len() + self.places.as_ref().map_or(0, Places::size)
    }

    /// The field with this key, made if it is new and there is room for it; `count` is that of the fields of all objects.
    pub(super) fn field(&mut self, key: &Text, count: &mut usize) -> Option<&mut Field> {
        let name = field_name(key);
        if !self.fields.contains_key(name.as_ref()) {
            if self.fields.len() >= FIELDS_MAX || *count >= FIELDS_OF_ALL_MAX {
                return None;
            }
            *count += 1;
            self.fields.insert(name.as_ref().into(), Field::default());
        }
        self.fields.get_mut(name.as_ref())
    }

    /// What is known of this attribute or element.
    #[must_use]
    pub fn field_of(&self, key: &Text) -> Option<&Field> {
        self.fields.get(&*field_name(key))
    }

    /// Who holds the lock, `None` also for what is no lock.
    #[must_use]
    pub const fn owner(&self) -> Option<ThreadId> {
        match self.state {
            ObjectState::Lock { owner, .. } => owner,
            _ => None,
        }
    }
}

fn places(state: &ObjectState) -> Option<Places> {
    match *state {
        ObjectState::Semaphore { value, bound } => Some(Places::new(bound.unwrap_or(value))),
        _ => None,
    }
}
