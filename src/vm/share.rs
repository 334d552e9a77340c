//! Who can see what.
//!
//! An object is *shared* from the moment it becomes reachable from a second thread or from a shared location. Sharing
//! spreads: whatever a shared object refers to is shared too, and whatever is stored into one later. Containers,
//! instances, classes and captured variables get a number on the tape when they become shared; functions, tuples and
//! strings never change, sharing only passes through them.

use super::Vm;
use super::object::Obj;
use super::op::Note;
use super::value::{Ref, Value};
use crate::ids::ObjectId;
use crate::lang::{GlobalId, Sym};

impl Vm {
    /// The first thread was started: what the user's functions reach through globals is shared from now on.
    pub(super) fn share_globals(&mut self) {
        if self.started {
            return;
        }
        self.started = true;
        for number in 0..u32::try_from(self.globals.len()).unwrap_or(u32::MAX) {
            let id = GlobalId(number);
            let facts = self.tables.global_facts[id.index()];
            let value = self.globals[id.index()];
            if let Value::Ref(at) = value
                && facts.frozen
                && matches!(self.heap.get(at), Obj::List(_) | Obj::Dict(_) | Obj::Set(_) | Obj::Deque(_))
            {
                self.heap.head_mut(at).frozen = true;
            }
            if facts.in_functions {
                self.share(value);
            }
        }
    }

    /// Marks everything that can be reached from this value.
    pub(super) fn share(&mut self, value: Value) {
        let Value::Ref(first) = value else { return };
        let mut open = vec![first];
        while let Some(at) = open.pop() {
            if self.heap.head(at).shared {
                continue;
            }
            self.heap.head_mut(at).shared = true;
            if !self.heap.head(at).frozen && self.is_declared(at) {
                self.declare(at);
            }
            let first = open.len();
            let constant = self.constant_cells(at);
            self.heap.get(at).each_reference(&mut |next| open.push(next));
            // The first referenced comes first.
            open[first..].reverse();
            for cell in constant {
                self.share_constant(cell, &mut open);
            }
        }
    }

    /// Whether sharing gives this object a number.
    fn is_declared(&self, at: Ref) -> bool {
        match self.heap.get(at) {
            Obj::List(_) | Obj::Dict(_) | Obj::Set(_) | Obj::Deque(_) | Obj::Cell(_) => true,
            Obj::Class(class) => !class.hidden,
            Obj::Instance(instance) => {
                matches!(self.heap.get(instance.class), Obj::Class(class) if !class.hidden)
            }
            _ => false,
        }
    }

    /// The cells of a function that are bound once: nobody needs to know of them.
    fn constant_cells(&self, at: Ref) -> Vec<Ref> {
        let Obj::Function(function) = self.heap.get(at) else { return vec![] };
        let constant = &self.tables.constant_frees[function.code.index()];
        let cells = function.closure.iter().zip(constant).filter(|(_, constant)| **constant);
        cells.filter_map(|(cell, _)| cell.as_ref()).collect()
    }

    /// Marks a cell shared without declaring it.
    fn share_constant(&mut self, cell: Ref, open: &mut Vec<Ref>) {
        if self.heap.head(cell).shared {
            return;
        }
        self.heap.head_mut(cell).shared = true;
        self.heap.get(cell).each_reference(&mut |next| open.push(next));
    }

    /// Gives an object its number.
    fn declare(&mut self, at: Ref) {
        if self.heap.head(at).id.is_some() {
            return;
        }
        let id = self.new_object_id();
        self.heap.head_mut(at).id = Some(id);
        let line = self.heap.head(at).line;
        self.notes.push(Note::Shared { id, target: at, line });
        self.newly_named.push((id, at));
    }

    /// The next number on the tape.
    pub(crate) fn new_object_id(&mut self) -> ObjectId {
        let id = ObjectId(self.next_object);
        self.next_object += 1;
        self.keep(super::DECLARED_BYTES);
        id
    }

    /// A frozen container is about to be changed after all, or a shared object turns out to matter that did not get a
    /// number when it was shared (an attribute of a function, of a plain `Thread`).
    pub(super) fn declare_late(&mut self, at: Ref) {
        self.heap.head_mut(at).frozen = false;
        self.declare(at);
    }

    /// Whether the program stores this attribute only while its object is still private.
    pub(super) fn is_init_only(&self, name: Sym) -> bool {
        self.init_only.get(name.index()).copied().unwrap_or(false)
    }

    /// An attribute of a shared object was stored: reading it is visible from now on.
    pub(super) fn init_only_ends(&mut self, name: Sym) {
        if self.is_init_only(name) {
            std::sync::Arc::make_mut(&mut self.init_only)[name.index()] = false;
        }
    }
}

impl Value {
    /// The heap object, if it is one.
    pub(super) fn as_ref(&self) -> Option<Ref> {
        match self {
            Value::Ref(at) => Some(*at),
            _ => None,
        }
    }
}
