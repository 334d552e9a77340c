//! Places with values: variables, attributes, elements of lists and dicts.

use super::Scene;
use crate::event::repr::{entries, split_at};
use crate::event::{Action, ObjectKind, ObjectState, Text};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{ObjectView, Remembered, Sight};

/// No picture looks at more places than this.
pub(super) const PLACES_MAX: usize = 200;

/// A place and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) object: ObjectId,
    /// The attribute or element; `None` for the whole.
    pub(super) key: Option<Text>,
    /// What it is called, in the language of the interface.
    pub(super) name: String,
    pub(super) value: Option<Text>,
}

impl Place {
    /// Who has seen what is there.
    pub(super) fn sight<'a>(&self, scene: &Scene<'a>) -> Option<&'a Sight> {
        let object = scene.model.object(self.object)?;
        match &self.key {
            None => Some(&object.sight),
            Some(key) => object.field_of(key).map(|field| &field.sight),
        }
    }

    /// What the thread remembers of it.
    pub(super) fn memory<'a>(&self, scene: &Scene<'a>, thread: ThreadId) -> Option<&'a Remembered> {
        scene.model.thread(thread)?.memory.of(self.object, self.key.as_ref())
    }

    /// True when the last step stored something there.
    pub(super) fn is_new(&self, scene: &Scene<'_>) -> bool {
        let written = self.sight(scene).and_then(Sight::written);
        written.is_some_and(|(_, step)| step == scene.model.step && step.0 > 0)
    }

    /// True for an operation on this very place.
    pub(super) fn is_of(&self, action: &Action) -> bool {
        match action {
            Action::Read { object, key } | Action::Write { object, key, .. } | Action::Delete { object, key } => {
                *object == self.object && *key == self.key
            }
            _ => false,
        }
    }
}

/// The places in these objects, in order: a variable is one, an instance has its attributes, a container its elements.
pub(super) fn places(scene: &Scene<'_>, objects: &[ObjectId]) -> Vec<Place> {
    let views = objects.iter().filter_map(|id| scene.model.object(*id));
    views.flat_map(|view| of_object(scene, view)).take(PLACES_MAX).collect()
}

fn of_object(scene: &Scene<'_>, view: &ObjectView) -> Vec<Place> {
    let whole = scene.name(view.id);
    let part = |key: Text, value: Option<Text>| Place {
        object: view.id,
        name: format!("{whole}{key}"),
        key: Some(key),
        value,
    };
    match (&view.state, view.kind) {
        (ObjectState::Data(value), ObjectKind::List | ObjectKind::Dict) => {
            let entries = value.as_ref().and_then(|value| entries(&value.to_string()));
            let keyed = entries.into_iter().flat_map(|entries| entries.items).enumerate().map(|(index, entry)| {
                let (key, value) = match split_at(&entry, ':').filter(|_| view.kind == ObjectKind::Dict) {
                    Some((key, value)) => (key.to_owned(), value.to_owned()),
                    None => (index.to_string(), entry),
                };
                part(format!("[{key}]").into(), Some(read(&value)))
            });
            keyed.collect()
        }
        (ObjectState::Data(value), _) => {
            vec![Place { object: view.id, key: None, name: whole.clone(), value: value.clone() }]
        }
        (ObjectState::Fields(_), _) => {
            let fields = view.fields.iter().take(PLACES_MAX);
            fields.map(|(key, field)| part(Text::new(&**key), field.value.clone())).collect()
        }
        _ => Vec::new(),
    }
}

fn read(value: &str) -> Text {
    value.parse().map_or_else(|_| Text::from(value), Text::Int)
}
