//! Places with values: variables, attributes, elements of lists and dicts.

use super::Scene;
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

/// What stands in a list, dict or deque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entries {
    /// As they are written, in their order.
    pub(super) items: Vec<String>,
    /// There are more that were not told.
    pub(super) cut: bool,
    /// `maxlen` of a deque.
    pub(super) room: Option<usize>,
}

/// Takes the `repr` of a list, tuple, set, dict or deque apart; `None` for anything else.
pub(super) fn entries(repr: &str) -> Option<Entries> {
    let (inside, rest) = match repr.strip_prefix("deque(") {
        Some(rest) => (rest.strip_prefix('[')?, true),
        None => (repr.strip_prefix(['[', '{', '('])?, false),
    };
    let (items, behind) = parts(inside);
    let cut = behind.is_none() || items.last().is_some_and(|last| is_cut(last));
    let room =
        behind.filter(|_| rest).and_then(|behind| behind.strip_prefix(", maxlen=")?.strip_suffix(')')?.parse().ok());
    let items = items.into_iter().filter(|item| !is_cut(item)).map(str::to_owned).collect();
    Some(Entries { items, cut, room })
}

/// Stands where a long `repr` was cut off.
fn is_cut(item: &str) -> bool {
    item.ends_with('\u{2026}')
}

/// The parts between commas, up to the bracket that closes the whole, and what stands behind that.
fn parts(text: &str) -> (Vec<&str>, Option<&str>) {
    let (mut found, mut start) = (Vec::new(), 0);
    let mut nesting = Nesting::default();
    for (at, c) in text.char_indices() {
        let depth = nesting.take(c);
        if depth < 0 || (depth == 0 && c == ',' && nesting.quote.is_none()) {
            let part = text[start..at].trim();
            if !part.is_empty() {
                found.push(part);
            }
            start = at + c.len_utf8();
            if depth < 0 {
                return (found, Some(&text[start..]));
            }
        }
    }
    let part = text[start..].trim();
    if !part.is_empty() {
        found.push(part);
    }
    (found, None)
}

/// The text before and after the first such character that stands in no brackets or quotes.
fn split_at(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut nesting = Nesting::default();
    let at = text.char_indices().find(|(_, c)| nesting.take(*c) == 0 && *c == mark && nesting.quote.is_none())?.0;
    Some((text[..at].trim(), text[at + mark.len_utf8()..].trim()))
}

/// Where in brackets and quotes a text is.
#[derive(Default)]
struct Nesting {
    depth: i32,
    quote: Option<char>,
    escaped: bool,
}

impl Nesting {
    /// Takes one more character and says how deep in brackets it stands.
    fn take(&mut self, c: char) -> i32 {
        match self.quote {
            Some(_) if self.escaped => self.escaped = false,
            Some(_) if c == '\\' => self.escaped = true,
            Some(quote) if c == quote => self.quote = None,
            Some(_) => {}
            None => match c {
                '\'' | '"' => self.quote = Some(c),
                '[' | '(' | '{' => self.depth += 1,
                ']' | ')' | '}' => self.depth -= 1,
                _ => {}
            },
        }
        self.depth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(repr: &str) -> Vec<String> {
        entries(repr).unwrap().items
    }

    #[test]
    fn the_entries_of_a_container_are_told_apart() {
        assert_eq!(items("['tea', 'a, b', (1, 2), [3]]"), ["'tea'", "'a, b'", "(1, 2)", "[3]"]);
        assert_eq!(items("[]"), Vec::<String>::new());
        assert_eq!(items("{'x': 1, 'y': [1, 2]}"), ["'x': 1", "'y': [1, 2]"]);
        assert_eq!(items("['it\\'s, so', 2]"), ["'it\\'s, so'", "2"]);
        assert_eq!(items("('a, b', True)"), ["'a, b'", "True"]);
        assert_eq!(entries("deque([1, 2], maxlen=5)").unwrap().room, Some(5));
        assert_eq!(entries("deque([1, 2])").unwrap().room, None);
        assert_eq!(entries("7"), None);
    }

    #[test]
    fn what_was_cut_off_is_known_to_be() {
        let cut = entries("[1, 2, \u{2026}]").unwrap();
        assert_eq!((cut.items.len(), cut.cut), (2, true));
        let cut = entries("[1, 'abc\u{2026}").unwrap();
        assert_eq!((cut.items.len(), cut.cut), (1, true));
        assert!(entries("[[[[").unwrap().cut);
    }

    #[test]
    fn a_key_ends_at_its_colon() {
        assert_eq!(split_at("'a:b': 1", ':'), Some(("'a:b'", "1")));
        assert_eq!(split_at("5", ':'), None);
    }
}
