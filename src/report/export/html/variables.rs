//! The rows of the table of variables: what threads share, its value, what guards it, who has seen only an older value.

use super::strings::{Both, NOTHING, Strings, TextId};
use crate::event::{Action, Event, EventKind, ObjectState, Text};
use crate::ids::ObjectId;
use crate::model::{Guard, Model, ObjectView, Sight};
use crate::words::{Words, safe};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Variables beyond this number have no row.
pub(super) const VARIABLES_MAX: usize = 400;

/// Place in the table, name, value, the locks that guard it, who has read an older value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct VariableRow(pub u32, pub TextId, pub TextId, pub TextId, pub Vec<u32>);

/// A variable or container, or an attribute of what has no value of its own.
type Key = (ObjectId, Option<Arc<str>>);

/// The rows as they were last told.
#[derive(Default)]
pub(super) struct Variables {
    places: FxHashMap<Key, u32>,
    known: Vec<VariableRow>,
    /// Everything that has rows.
    objects: BTreeSet<ObjectId>,
    /// What the events of this step speak of.
    noted: BTreeSet<ObjectId>,
    touched: Vec<Key>,
    /// True when there were more variables than rows.
    pub(super) is_cut: bool,
}

impl Variables {
    /// Takes note of what an event speaks of.
    pub(super) fn note(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Object(info) => {
                self.noted.insert(info.id);
            }
            EventKind::Named { object, .. } | EventKind::Value { object, .. } => {
                self.noted.insert(*object);
            }
            EventKind::Did { action, .. } => {
                self.noted.extend(action.object());
                if event.step.0 > 0 {
                    self.touched.extend(touched(action));
                }
            }
            _ => {}
        }
    }

    /// The rows that are different now, and the places of those that the last step touched. `renamed` says that objects
    /// have other names than before.
    pub(super) fn changed(
        &mut self,
        model: &Model,
        renamed: bool,
        strings: &mut Strings,
    ) -> (Vec<VariableRow>, Vec<u32>) {
        if renamed {
            self.noted.extend(&self.objects);
        }
        let mut rows = Vec::new();
        for id in std::mem::take(&mut self.noted) {
            let Some(object) = model.object(id).filter(|object| !object.kind.is_primitive()) else { continue };
            for (key, value, guard, sight) in cells(object) {
                rows.extend(self.place(&key).and_then(|place| {
                    let row = row(place, model, object, &key, (value, guard, sight), strings);
                    self.keep(row)
                }));
            }
        }
        let places = |key: Key| self.places.get(&key).or_else(|| self.places.get(&(key.0, None))).copied();
        let touched: BTreeSet<u32> = std::mem::take(&mut self.touched).into_iter().filter_map(places).collect();
        (rows, touched.into_iter().collect())
    }

    /// The place of a variable, if there is room for it.
    fn place(&mut self, key: &Key) -> Option<u32> {
        if let Some(place) = self.places.get(key) {
            return Some(*place);
        }
        if self.places.len() >= VARIABLES_MAX {
            self.is_cut = true;
            return None;
        }
        let place = u32::try_from(self.places.len()).ok()?;
        self.places.insert(key.clone(), place);
        self.objects.insert(key.0);
        Some(place)
    }

    /// The row, if it is different from what was told before.
    fn keep(&mut self, row: VariableRow) -> Option<VariableRow> {
        match self.known.get_mut(row.0 as usize) {
            Some(known) if *known == row => return None,
            Some(known) => *known = row.clone(),
            None => self.known.push(row.clone()),
        }
        Some(row)
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}

/// What the operation reads or changes.
fn touched(action: &Action) -> Option<Key> {
    match action {
        Action::Read { object, key } | Action::Write { object, key, .. } | Action::Delete { object, key } => {
            Some((*object, key.as_ref().map(|key| key.to_string().into())))
        }
        Action::Call { object, .. } => Some((*object, None)),
        _ => None,
    }
}

type Cell<'a> = (Key, Option<&'a Text>, &'a Guard, &'a Sight);

/// The variable itself when it has a value, else its attributes.
fn cells(object: &ObjectView) -> Vec<Cell<'_>> {
    if let ObjectState::Data(value) = &object.state {
        return vec![((object.id, None), value.as_ref(), &object.guarded_by, &object.sight)];
    }
    let fields = object.fields.iter();
    let cell = fields.map(|(name, field)| {
        ((object.id, Some(Arc::clone(name))), field.value.as_ref(), &field.guarded_by, &field.sight)
    });
    cell.collect()
}

/// One row.
fn row(
    place: u32,
    model: &Model,
    object: &ObjectView,
    key: &Key,
    (value, guard, sight): (Option<&Text>, &Guard, &Sight),
    strings: &mut Strings,
) -> VariableRow {
    let attribute = key.1.as_deref().unwrap_or("");
    let name = strings.say(|words| words.name(&format!("{}{attribute}", object.name)));
    let value = match value {
        Some(value) => strings.put(Both::same(safe(&value.to_string()))),
        None => strings.say(|words| words.t("object-unbound")),
    };
    let guard = match guard {
        Some(locks) => strings.say(|words| guarded(words, model, locks)),
        None => NOTHING,
    };
    VariableRow(place, name, value, guard, sight.stale().iter().map(|thread| thread.0).collect())
}

/// The locks that were held at every access, once threads have been sharing it.
fn guarded(words: &Words, model: &Model, locks: &[ObjectId]) -> String {
    if locks.is_empty() {
        return words.t("page-unguarded");
    }
    let names: Vec<String> = locks.iter().map(|lock| words.object_name(*lock, model)).collect();
    names.join(&words.t("list-comma"))
}
