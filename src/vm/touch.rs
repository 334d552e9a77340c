//! What a step touches in memory: asked before the step, noted while it goes on, and compared afterwards.
//!
//! Whoever wants to know which steps commute has to know what each reads and writes. Most of that the pending operation
//! says. The rest is silent, a part of the operation or of what follows it: a native looks into its arguments, library
//! code uses the attributes of its objects, a comparison calls a method of the program's. A machine that is
//! [watched](Vm::watch) writes down what would have been visible had it not been silent.
//!
//! | what | how it is known |
//! |---|---|
//! | the place of an operation | it says so |
//! | what is read inside operands | [`Vm::operands`], before the step |
//! | what library code looks at | the [`Journal`] |
//! | what Python code called by a native does | that it was called, in the [`Journal`] |
//! | everything that was written | [`Vm::differences`], after the step |

use super::Vm;
use super::heap::Difference;
use super::object::{Obj, PrimitiveKind};
use super::op::{Place, QueueOrder};
use super::thread::Pending;
use super::value::{Ref, Value};
use crate::ids::{ObjectId, ThreadId};
use crate::lang::GlobalId;
use std::hash::{Hash, Hasher};

/// A part of memory that can be touched on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Global(GlobalId),
    /// An object of the base.
    Object(Ref),
    /// Whatever is shared and newer than the base.
    Newer,
}

/// What happened silently.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    pub(super) on: bool,
    /// Shared objects that library code looked at.
    pub(super) touched: Vec<Ref>,
    /// A native called Python code, or looked at more than it could.
    pub(super) opaque: bool,
    pub(super) collected: bool,
}

/// What a step did, besides what its operation says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) read: Vec<Spot>,
    pub(crate) written: Vec<Spot>,
    /// Threads were created.
    pub(crate) created: bool,
    /// It may have touched anything.
    pub(crate) opaque: bool,
    /// Slots got another meaning: nothing can be said of objects any more.
    pub(crate) collected: bool,
}

/// How far operands are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Not at all: the operation touches what it says, and no more.
    Target,
    /// Iterators and views lead to their containers.
    Iterators,
    /// Everything inside.
    Everything,
}

/// So many objects are looked at inside operands.
const MAX_INSIDE: usize = 500;
/// No instruction takes more operands.
const OPERANDS: usize = 4;
/// The last turns of a loop are told apart.
const LAST_TURNS: u32 = 8;

impl Vm {
    /// From now on what happens silently is written down.
    pub(crate) fn watch(&mut self) {
        self.journal = Journal { on: true, ..Journal::default() };
    }

    /// Library code looks at this object.
    #[inline]
    pub(super) fn note_silent(&mut self, at: Ref) {
        if self.journal.on && self.heap.head(at).shared {
            self.journal.touched.push(at);
        }
    }

    /// A native runs Python code.
    pub(super) fn note_nested(&mut self) {
        self.journal.opaque = true;
    }

    /// Where this object is.
    pub(crate) fn spot(&self, at: Ref) -> Spot {
        if at.0 < self.heap.base_slots() && !matches!(self.heap.base_slot(at).1, Obj::Free(_)) {
            Spot::Object(at)
        } else {
            Spot::Newer
        }
    }

    pub(crate) fn spot_of_place(&self, place: &Place) -> Spot {
        match place {
            Place::Global(id) => Spot::Global(*id),
            Place::Cell(at, _) | Place::Attr(at, _) | Place::Item(at, _) => self.spot(*at),
        }
    }

    /// Where the machine keeps this primitive.
    pub(crate) fn spot_of_primitive(&self, id: ObjectId) -> Spot {
        self.primitive(id).map_or(Spot::Newer, |at| self.spot(at))
    }

    /// In which order a queue gives its items out.
    pub(crate) fn queue_order(&self, queue: ObjectId) -> Option<QueueOrder> {
        match self.heap.get(self.primitive(queue)?) {
            Obj::Primitive(primitive) => match primitive.kind {
                PrimitiveKind::Queue(order) => Some(order),
                _ => None,
            },
            _ => None,
        }
    }

    /// What the pending memory operation of a thread reads inside its operands; `None`: more than is looked at.
    pub(crate) fn operands(&self, thread: ThreadId, more: &[Value], reach: Reach) -> Option<Vec<Spot>> {
        let mut spots = Vec::new();
        if reach == Reach::Target {
            return Some(spots);
        }
        let thread = self.thread(thread)?;
        let first = match &thread.pending {
            Pending::Native(call) => call.args,
            _ => thread.stack.len().saturating_sub(OPERANDS),
        };
        let operands = thread.stack.get(first..).unwrap_or_default();
        let mut open: Vec<Ref> = operands.iter().chain(more).filter_map(Value::as_ref).collect();
        let mut seen: Vec<Ref> = Vec::new();
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            if seen.len() >= MAX_INSIDE {
                return None;
            }
            seen.push(at);
            if self.heap.head(at).shared && changes(self.heap.get(at)) {
                spots.push(self.spot(at));
            }
            self.open(at, reach, &mut open);
        }
        Some(spots)
    }

    /// What is read when this is.
    fn open(&self, at: Ref, reach: Reach, open: &mut Vec<Ref>) {
        let obj = self.heap.get(at);
        let leads_on = match obj {
            Obj::Iter(_) | Obj::ListIter { .. } | Obj::DictView(..) | Obj::Slice(_) => true,
            Obj::Function(_) | Obj::Primitive(_) | Obj::Generator(_) => false,
            _ => reach == Reach::Everything,
        };
        if leads_on {
            obj.each_reference(&mut |next| open.push(next));
        }
    }

    /// The object on top of a thread's stack with its classes: where an attribute is looked for.
    pub(crate) fn holders(&self, thread: ThreadId, place: &Place) -> Vec<Spot> {
        if !matches!(place, Place::Attr(..)) {
            return Vec::new();
        }
        let Some(thread) = self.thread(thread) else { return Vec::new() };
        let mut open: Vec<Ref> = thread.stack.iter().rev().take(2).filter_map(Value::as_ref).collect();
        let mut spots = Vec::new();
        while let Some(at) = open.pop() {
            match self.heap.get(at) {
                Obj::Instance(instance) => open.push(instance.class),
                Obj::Class(class) => spots.extend(class.mro.iter().filter_map(Value::as_ref).map(|at| self.spot(at))),
                _ => {}
            }
            if self.heap.head(at).shared && changes(self.heap.get(at)) {
                spots.push(self.spot(at));
            }
        }
        spots
    }

    /// What a step did, from the machine before to this one, which was watched.
    pub(crate) fn differences(&self, before: &Vm) -> Changes {
        let mut changes = Changes {
            created: self.threads.len() != before.threads.len() || self.threads_named != before.threads_named,
            opaque: self.journal.opaque
                || self.init_only != before.init_only
                || self.loaded != before.loaded
                || self.started != before.started
                || self.switch_interval_secs.to_bits() != before.switch_interval_secs.to_bits(),
            collected: self.journal.collected,
            read: self.journal.touched.iter().map(|at| self.spot(*at)).collect(),
            written: Vec::new(),
        };

        for (number, (now, then)) in (0..).zip(self.globals.iter().zip(&before.globals)) {
            if now != then {
                changes.written.push(Spot::Global(GlobalId(number)));
            }
        }
        self.heap.differences(&before.heap, |at, difference| match difference {
            Difference::Flags => changes.opaque = true,
            Difference::Contents => match self.spot(at) {
                Spot::Newer if !before.heap.head(at).shared => {}
                spot => changes.written.push(spot),
            },
        });
        changes
    }

    /// Where a thread stands in its text, and which objects of the base it has at hand there.
    pub(crate) fn control<H: Hasher>(&self, thread: ThreadId, state: &mut H) {
        let Some(thread) = self.thread(thread) else { return };
        for frame in &thread.frames {
            (frame.code.0, frame.pc).hash(state);
        }
        for (place, value) in thread.stack.iter().enumerate() {
            let Value::Ref(at) = *value else { continue };
            match self.heap.get(at) {
                Obj::RangeIter { left, .. } => (place, left.min(&LAST_TURNS)).hash(state),
                Obj::ListIter { index, .. } => (place, index.min(&(8 * LAST_TURNS))).hash(state),
                _ if at.0 < self.heap.base_slots() && changes(self.heap.base_slot(at).1) => (place, at.0).hash(state),
                _ => {}
            }
        }
    }
}

/// Whether what this object is can change, and can be seen to.
const fn changes(obj: &Obj) -> bool {
    matches!(
        obj,
        Obj::List(_)
            | Obj::Dict(_)
            | Obj::Set(_)
            | Obj::Deque(_)
            | Obj::Instance(_)
            | Obj::Class(_)
            | Obj::Exception(_)
            | Obj::Function(_)
            | Obj::Cell(_)
            | Obj::RangeIter { .. }
            | Obj::ListIter { .. }
            | Obj::Iter(_)
            | Obj::Generator(_)
            | Obj::Primitive(_)
            | Obj::Namespace(_)
            | Obj::Record(_)
    )
}
