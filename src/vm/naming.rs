//! What things are called: after the variable, attribute or element they were first stored in.

use super::Vm;
use super::heap::Origin;
use super::lib::entry;
use super::object::{Obj, PrimitiveKind};
use super::op::Note;
use super::value::{Ref, Value};
use crate::ids::ObjectId;
use crate::lang::{GlobalId, Program};
use std::sync::Arc;

/// How many objects a name may be made of (`a.b[1].c`).
const DEPTH: u32 = 4;

impl Vm {
    /// Whether anybody wants to know what this object is called.
    pub(super) fn nameable(&self, at: Ref) -> bool {
        matches!(
            self.heap.get(at),
            Obj::Primitive(_)
                | Obj::List(_)
                | Obj::Dict(_)
                | Obj::Set(_)
                | Obj::Deque(_)
                | Obj::Instance(_)
                | Obj::Class(_)
                | Obj::Tuple(_)
                | Obj::Cell(_)
        )
    }

    /// The object was stored there. The first place names it; a local variable gives way to any other.
    pub(super) fn name_after(&mut self, at: Ref, origin: Origin) {
        let weak = match self.heap.head(at).origin {
            Origin::Nowhere => true,
            Origin::Local(_) => !matches!(origin, Origin::Local(_)),
            _ => false,
        };
        if !weak || !self.nameable(at) {
            return;
        }
        self.heap.head_mut(at).origin = origin;
        self.renamed(at, 0);
    }

    /// Says what declared objects are called that got a name since the notes were drained, each once.
    pub(super) fn tell_names(&mut self, program: &Program) {
        let mut told: Vec<ObjectId> = Vec::new();
        for (id, at) in std::mem::take(&mut self.newly_named) {
            let still = self.heap.head(at).id == Some(id);
            if !still || told.contains(&id) {
                continue;
            }
            told.push(id);
            if let Some(name) = self.path_of(program, at, 0) {
                self.notes.push(Note::Named { id, name: name.into() });
            }
        }
    }

    /// A condition made its own lock.
    pub(super) fn name_own_lock(&mut self, program: &Program, lock: Ref, condition: Ref) {
        let name = self.intern(program, "lock");
        self.heap.head_mut(lock).origin = Origin::Attr(condition, name);
    }

    /// Its name, or that of something it is named after, has changed.
    fn renamed(&mut self, at: Ref, depth: u32) {
        if let Some(id) = self.heap.head(at).id {
            self.newly_named.push((id, at));
        }
        if depth >= DEPTH {
            return;
        }
        let mut children = Vec::new();
        self.heap.get(at).each_reference(&mut |child| {
            let named_after = match self.heap.head(child).origin {
                Origin::Attr(holder, _) | Origin::Index(holder, _) | Origin::Key(holder, _) => holder == at,
                _ => false,
            };
            if named_after {
                children.push(child);
            }
        });
        for child in children {
            self.renamed(child, depth + 1);
        }
    }

    /// A value was stored in a global variable.
    pub(super) fn stored_in_global(&mut self, id: GlobalId, at: Ref) {
        if !self.tables.global_facts[id.index()].of_user {
            return;
        }
        if self.started && self.tables.global_facts[id.index()].in_functions {
            self.share(Value::Ref(at));
        }
        self.name_after(at, Origin::Global(id));
    }

    /// What the object is called on the screen.
    #[must_use]
    pub fn name_of(&self, program: &Program, at: Ref) -> String {
        self.path_of(program, at, 0).unwrap_or_else(|| match self.heap.head(at).line {
            0 => self.kind_name(program, at),
            line => format!("{} at line {line}", self.kind_name(program, at)),
        })
    }

    fn path_of(&self, program: &Program, at: Ref, depth: u32) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        match self.heap.head(at).origin {
            Origin::Nowhere => match self.heap.get(at) {
                Obj::Class(class) => Some(self.name(program, class.name).to_owned()),
                _ => None,
            },
            Origin::Local(name) | Origin::Cell(name) => Some(self.name(program, name).to_owned()),
            Origin::Global(id) => Some(program.name(program.globals[id.index()].name).to_owned()),
            Origin::Attr(holder, name) => {
                let name = self.name(program, name);
                match self.heap.get(holder) {
                    Obj::Class(class) => Some(format!("{}.{name}", self.name(program, class.name))),
                    Obj::Instance(_) => Some(format!("self.{name} of {}", self.label(program, holder, depth + 1))),
                    _ => Some(format!("{name} of {}", self.path_of(program, holder, depth + 1)?)),
                }
            }
            Origin::Index(holder, index) => Some(format!("{}[{index}]", self.path_of(program, holder, depth + 1)?)),
            Origin::Key(holder, key) => {
                let key = entry::peek(self, program, Value::Ref(key), 24);
                Some(format!("{}[{key}]", self.path_of(program, holder, depth + 1)?))
            }
        }
    }

    /// An instance in words: its class with its `name` attribute, or with the variable it is in.
    fn label(&self, program: &Program, at: Ref, depth: u32) -> String {
        let Obj::Instance(instance) = self.heap.get(at) else { return self.kind_name(program, at) };
        let class = self.kind_name(program, at);
        let own_name = self.find_name(program, "name").and_then(|name| instance.attrs.get(name));
        if let Some(name) = own_name.filter(|name| self.heap.str(*name).is_some() || matches!(name, Value::Int(_))) {
            return format!("{class} {}", entry::peek(self, program, name, 24));
        }
        match self.path_of(program, at, depth) {
            Some(path) => format!("{class} {path}"),
            None => class,
        }
    }

    /// `Lock`, `list`, `Account`.
    fn kind_name(&self, program: &Program, at: Ref) -> String {
        match self.heap.get(at) {
            Obj::Primitive(primitive) => match primitive.kind {
                PrimitiveKind::Lock => "Lock".to_owned(),
                _ => super::types::name(self.type_id(Value::Ref(at))).to_owned(),
            },
            Obj::Class(class) => self.name(program, class.name).to_owned(),
            _ => self.type_name(program, Value::Ref(at)).as_ref().to_owned(),
        }
    }

    /// The name of an element's holder, when a container got a new element.
    pub(super) fn name_element(&mut self, container: Ref, value: Ref) {
        let origin = match self.heap.get(container) {
            Obj::List(items) => {
                let place = items.iter().rposition(|item| *item == Value::Ref(value));
                place.map(|place| Origin::Index(container, u32::try_from(place).unwrap_or(u32::MAX)))
            }
            Obj::Dict(dict) => {
                let dict = Arc::clone(dict);
                let entry = dict.iter().rev().find(|entry| entry.value == Value::Ref(value));
                entry.and_then(|entry| match entry.key {
                    Value::Ref(key) if self.heap.str(entry.key).is_some() => Some(Origin::Key(container, key)),
                    Value::Int(index) => u32::try_from(index).ok().map(|index| Origin::Index(container, index)),
                    _ => None,
                })
            }
            _ => None,
        };
        if let Some(origin) = origin {
            self.name_after(value, origin);
        }
    }
}
