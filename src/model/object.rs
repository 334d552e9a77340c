//! A shared object on the screen.

use super::Sight;
use crate::event::{ObjectKind, ObjectState, Text};
use crate::ids::{ObjectId, Step, ThreadId};
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
    /// Attributes and elements that were seen, with the value last stored or read.
    pub fields: BTreeMap<Arc<str>, Field>,
    /// The last access: who, and in which step.
    pub last: Option<(ThreadId, Step)>,
    /// Of a variable: who has seen its current value (those of attributes and elements are in `fields`).
    pub sight: Sight,
    /// The locks that were held at *every* access so far (Eraser's candidate set); `None` before the first access.
    pub guarded_by: Option<Vec<ObjectId>>,
}

/// An attribute or element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub value: Option<Text>,
    /// The last store: who, and in which step.
    pub written: Option<(ThreadId, Step)>,
}

/// A row of the variables pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: Arc<str>,
    pub value: Option<Text>,
}
