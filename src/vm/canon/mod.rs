//! The canonical description of a machine's state: equal for two machines that no continuation can tell apart.
//!
//! What the heap holds is described by walking over it from the threads and the globals, each object when it is first
//! met, and named by the number of objects met before it. So it does not matter in which order things were made, which
//! slots they lie in, or what garbage lies between them. The method is that of R. Iosif, "Exploiting heap symmetries in
//! explicit-state model checking of software", ASE 2001 (and SPIN 2002, "Symmetry reduction criteria for software model
//! checking"); M. Musuvathi and D. Dill, "An incremental heap canonicalization algorithm", SPIN 2005, observe that most
//! of a heap is the same in all states. Here that part is the base: everything that is still as it was in the state
//! where an exploration began is named by its slot and not described at all.
//!
//! A description falls into parts: first what threads share, then the kernel's state of each primitive that the base
//! has, then one part for each thread with what only that thread can reach. The digest of a state is the sum of its
//! parts' digests (M. Bellare and D. Micciancio, "A new paradigm for collision-free hashing: incrementality at reduced
//! cost", EUROCRYPT 1997), so that a step that changes two parts changes two summands.
//!
//! ```text
//! shared │ primitive │ primitive │ … │ thread 0 │ thread 1 │ …
//! ```
//!
//! A name is sound when it means one object: `slot` of the base, or `(part, number)` of anything newer. (In its own
//! part the object of a thread is called just that, and what is met there first has no other part's number, so that
//! threads that stand in the same place have the same words.) Different
//! states may get different descriptions although nobody could tell them apart (a global that is never read again, for
//! one); equal descriptions always are the same state.
//!
//! **What is left out**, because no program can ask for it: numbers on the tape, lines and names of objects, counters
//! of calls and frames, what the memory limit counts, when the next collection is due. A program that looks at
//! addresses (`id`, the `repr` or hash of something that is nothing but itself) can tell slots apart: the machine notes
//! that it did ([`Vm::saw_addresses`]), and the descriptions are then made with [`Precision::addresses`].
//!
//! | file | what |
//! |---|---|
//! | `words` | descriptions as words, and the digest of 128 bits |
//! | `objects`, `calls` | what is written of objects; of threads and frames |

mod calls;
mod objects;
mod words;

pub(crate) use words::{Words, digest};

use super::Vm;
use super::heap::Heap;
use super::object::Obj;
use super::value::{Ref, Value};
use crate::ids::{ObjectId, ThreadId};
use crate::lang::{Program, Sym};
use std::sync::Arc;

/// What else is to be told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Precision {
    /// The slots of objects: the program looks at addresses.
    pub addresses: bool,
    /// The virtual clock: the program reads it.
    pub clock: bool,
    /// What was written so far, and what is about to be.
    pub output: bool,
}

/// Ends a list whose length is not said.
const END: u64 = u64::MAX;
/// The highest bit marks a name; variants and numbers of lists are small.
const NAME: u64 = 1 << 63;
const NEW: u64 = 1 << 62;
/// The object of the thread whose part it is; with [`NEW`], something that is met first in this part.
const OWN: u64 = 1 << 61;
/// Where the part's number begins in a name.
const PART: u32 = 32;

/// What the machine was like when an exploration began, apart from the heap.
#[derive(Debug, Default)]
pub(super) struct Base {
    globals: Vec<Value>,
    init_only: Arc<Vec<bool>>,
    loaded: Vec<bool>,
    /// With their numbers.
    primitives: Arc<Vec<(ObjectId, Ref)>>,
}

/// The name of an object in the description that is being made.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// The description it belongs to.
    round: u32,
    part: u32,
    number: u32,
}

/// What describing needs again and again. It carries nothing from one description to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    marks: Vec<Mark>,
    round: u32,
    order: Vec<Ref>,
    words: Words,
    /// Where each part ends.
    ends: Vec<usize>,
    /// How many parts are primitives'.
    primitives: usize,
    /// The objects of the shared part that are not the base's, in the order of their numbers.
    newer: Vec<Ref>,
    entangled: bool,
}

impl Scratch {
    /// The description made last, whole.
    #[must_use]
    pub fn description(&self) -> &[u64] {
        self.words.as_slice()
    }

    /// The digest of the description made last.
    #[must_use]
    pub fn digest(&self) -> u128 {
        self.parts().enumerate().fold(0, |sum, (place, part)| sum.wrapping_add(digest(place, part)))
    }

    /// How many of its parts are primitives'; they follow the first part.
    #[must_use]
    pub fn primitives(&self) -> usize {
        self.primitives
    }

    /// What is shared and newer than the base, in the order of their numbers.
    #[must_use]
    pub fn newer(&self) -> &[Ref] {
        &self.newer
    }

    /// Its parts: what is shared, then every primitive's, then every thread's.
    pub fn parts(&self) -> impl Iterator<Item = &[u64]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.words.as_slice()[start..*end])
    }

    /// Something that is new and not shared can be reached from two threads: their parts are not independent.
    #[must_use]
    pub fn is_entangled(&self) -> bool {
        self.entangled
    }

    fn clear(&mut self) {
        if self.round == u32::MAX {
            *self = Scratch::default();
        }
        self.round += 1;
        self.words.clear();
        self.ends.clear();
        self.order.clear();
        self.newer.clear();
        self.primitives = 0;
        self.entangled = false;
    }
}

/// A description in the making.
pub(crate) struct Canon<'a> {
    vm: &'a Vm,
    program: &'a Program,
    pub(crate) precision: Precision,
    scratch: &'a mut Scratch,
    /// Slots below are the base's.
    base_slots: u32,
    /// The object of the thread whose part this is: it is called so, and not by its slot.
    own: Option<Ref>,
    part: u32,
    /// The objects of this part that were described, and those that were met.
    described: usize,
    /// What the kernel says of a primitive.
    body: &'a dyn Fn(ObjectId, &mut Words),
}

impl Vm {
    /// From now on descriptions say what is different from now.
    pub(crate) fn rebase(&mut self) {
        self.heap.rebase();
        self.base = Arc::new(Base {
            globals: self.globals.clone(),
            init_only: Arc::clone(&self.init_only),
            loaded: self.loaded.clone(),
            primitives: Arc::clone(&self.primitives),
        });
    }

    /// The primitives of the base, in order; the place of one is that of its part among the primitives'.
    pub(crate) fn base_primitives(&self) -> &[(ObjectId, Ref)] {
        &self.base.primitives
    }

    /// True once the program has looked at the address of something newer than the base.
    #[must_use]
    pub fn saw_addresses(&self) -> bool {
        self.saw_addresses
    }

    /// The program looks at the address of a value.
    pub(super) fn see_address(&mut self, value: Value) {
        if let Value::Ref(at) = value {
            self.saw_addresses |= at.0 >= self.heap.base_slots();
        }
    }
}

impl<'a> Canon<'a> {
    pub(crate) fn new(
        vm: &'a Vm,
        program: &'a Program,
        precision: Precision,
        scratch: &'a mut Scratch,
        body: &'a dyn Fn(ObjectId, &mut Words),
    ) -> Canon<'a> {
        scratch.clear();
        scratch.marks.resize(scratch.marks.len().max(vm.heap.slots()), Mark::default());
        let base_slots = vm.heap.base_slots();
        Canon { vm, program, precision, scratch, base_slots, own: None, part: 0, described: 0, body }
    }

    pub(crate) fn words(&mut self) -> &mut Words {
        &mut self.scratch.words
    }

    fn push(&mut self, word: u64) {
        self.scratch.words.push(word);
    }

    /// What all threads share, and the primitives of the base: the first parts.
    pub(crate) fn shared(&mut self) {
        let (vm, base) = (self.vm, &self.vm.base);
        for (number, (now, then)) in vm.globals.iter().zip(&base.globals).enumerate() {
            if now != then {
                self.push(number as u64);
                self.value(*now);
            }
        }
        self.push(END);
        if !Arc::ptr_eq(&vm.init_only, &base.init_only) {
            self.changed(&vm.init_only, &base.init_only);
        }
        self.push(END);
        self.changed(&vm.loaded, &base.loaded);
        self.push(END);
        self.push(u64::from(vm.started) | u64::from(vm.threads_named) << 1);
        self.push(vm.switch_interval_secs.to_bits());
        self.written();
        // Everybody may ask for everybody's object, and what is given to a thread is given through it.
        self.push(vm.threads.len() as u64);
        vm.threads.iter().flatten().for_each(|thread| self.value(thread.object));
        if self.precision.addresses {
            vm.heap.each_accident(&mut |word| self.push(word));
            self.push(vm.collect_at);
        }
        self.end_part();
        for (id, _) in self.vm.base_primitives() {
            (self.body)(*id, &mut self.scratch.words);
            self.scratch.primitives += 1;
            self.end_part();
        }
    }

    /// The places where two lists differ.
    fn changed(&mut self, now: &[bool], then: &[bool]) {
        let changed = now.iter().zip(then).enumerate().filter(|(_, (now, then))| now != then);
        changed.for_each(|(place, _)| self.push(place as u64));
    }

    /// The objects of the base that are not what they were.
    fn written(&mut self) {
        let memory = &self.vm.heap;
        for at in memory.written() {
            let start = self.scratch.words.len();
            let (head, obj) = memory.base_slot(at);
            self.push(u64::from(at.0));
            self.slot(head.shared, head.frozen, obj);
            let middle = self.scratch.words.len();
            let head = memory.head(at);
            self.push(u64::from(at.0));
            self.slot(head.shared, head.frozen, memory.get(at));
            if let Obj::Primitive(primitive) = memory.get(at)
                && !self.vm.base_primitives().iter().any(|(id, _)| *id == primitive.id)
            {
                // After a collection something newer may lie where an object of the base was.
                (self.body)(primitive.id, &mut self.scratch.words);
            }
            // What it was is not written down, and nothing at all when it is that again.
            self.scratch.words.keep_changed(start, middle);
        }
        self.push(END);
    }

    /// Describes what was met, ends the part and begins the next one.
    pub(crate) fn end_part(&mut self) {
        while let Some(at) = self.scratch.order.get(self.described).copied() {
            self.described += 1;
            let head = self.vm.heap.head(at);
            let obj = self.vm.heap.get(at);
            self.slot(head.shared, head.frozen, obj);
            if let Obj::Primitive(primitive) = obj {
                (self.body)(primitive.id, &mut self.scratch.words);
            }
        }
        self.push(END);
        if self.part == 0 {
            std::mem::swap(&mut self.scratch.order, &mut self.scratch.newer);
        }
        self.scratch.order.clear();
        self.own = None;
        self.described = 0;
        self.part += 1;
        let end = self.scratch.words.len();
        self.scratch.ends.push(end);
    }

    fn slot(&mut self, shared: bool, frozen: bool, obj: &Obj) {
        self.push(u64::from(shared) | u64::from(frozen) << 1);
        self.object(obj);
    }

    /// A primitive, by the object that stands for it.
    pub(crate) fn primitive(&mut self, id: ObjectId) {
        match self.vm.primitive(id) {
            Some(at) => self.reference(at),
            None => self.push(u64::from(id.0)),
        }
    }

    pub(crate) fn thread_state(&mut self, thread: ThreadId) {
        if let Some(thread) = self.vm.thread(thread) {
            self.own = match thread.object {
                Value::Ref(at) => Some(at),
                _ => None,
            };
            self.thread(thread);
        }
    }

    // ---- values ----

    fn value(&mut self, value: Value) {
        if let Value::Ref(at) = value {
            return self.reference(at);
        }
        self.scratch.words.variant(&value);
        match value {
            Value::Null | Value::None | Value::NotImplemented | Value::Ellipsis | Value::Ref(_) => {}
            Value::Bool(truth) => self.push(u64::from(truth)),
            Value::Int(n) => self.push(n.cast_unsigned()),
            Value::Float(x) => self.push(x.to_bits()),
            Value::Native(id) => self.push(u64::from(id.0)),
            Value::Type(id) => self.push(u64::from(id.0)),
            Value::Library(id) => self.push(u64::from(id.0)),
            Value::Module(id) => self.push(u64::from(id.0)),
            Value::NotYet(name) => self.sym(name),
        }
    }

    fn values(&mut self, values: &[Value]) {
        self.push(values.len() as u64);
        for value in values {
            self.value(*value);
        }
    }

    /// A name that the program made while running has a number by accident: its text counts.
    fn sym(&mut self, sym: Sym) {
        if sym.index() < self.program.symbols.len() {
            self.push(u64::from(sym.0));
        } else {
            self.push(END);
            let text = self.vm.name(self.program, sym);
            self.scratch.words.text(text);
        }
    }

    fn reference(&mut self, at: Ref) {
        if at.0 < self.base_slots {
            let is_own = self.own == Some(at) && !self.precision.addresses;
            return self.push(NAME | if is_own { OWN } else { u64::from(at.0) });
        }
        let round = self.scratch.round;
        let mark = self.scratch.marks[at.0 as usize];
        let mark = if mark.round == round {
            self.scratch.entangled |= mark.part != self.part && mark.part != 0;
            mark
        } else {
            let number = u32::try_from(self.scratch.order.len()).unwrap_or(u32::MAX);
            let mark = Mark { round, part: self.part, number };
            self.scratch.marks[at.0 as usize] = mark;
            self.scratch.order.push(at);
            mark
        };
        let name = if self.precision.addresses { u64::from(at.0) } else { u64::from(mark.number) };
        // A thread's own things are called the same in every thread.
        let part = if mark.part == self.part && self.part > 0 { OWN } else { u64::from(mark.part) << PART };
        self.push(NAME | NEW | part | name);
    }
}

impl Heap {
    /// What an address may come to depend on, besides the objects themselves.
    fn each_accident(&self, each: &mut dyn FnMut(u64)) {
        each(self.slots() as u64);
        each(self.bytes());
        each(self.fresh_bytes());
        self.each_free(&mut |at| each(u64::from(at.0)));
        each(END);
    }
}
