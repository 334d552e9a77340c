//! The heap: an arena of slots in copy-on-write pages.
//!
//! ```text
//! Heap ── pages: Vec<Arc<Page>>       cloning a heap clones this vector; a page is copied when it is first written
//!         └─ slots: 64 × Slot         header (sharing, name, line) and an Obj
//!                   └─ Obj            small; what can be large is behind an Arc of its own, copied when written
//! ```
//!
//! A world is cloned for every branch of time, so a clone must not cost what the heap holds. Reading goes through two
//! pointers, writing through [`Arc::make_mut`] twice.

use super::object::Obj;
use super::value::{Ref, Value};
use crate::ids::ObjectId;
use crate::lang::{GlobalId, Sym};
use std::sync::Arc;

/// Slots per page.
const PAGE: usize = 64;

/// Where an object was first stored: what it is called after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Origin {
    #[default]
    Nowhere,
    /// A local variable: replaced by any of the following.
    Local(Sym),
    Global(GlobalId),
    /// A captured variable.
    Cell(Sym),
    /// An attribute of an instance or class.
    Attr(Ref, Sym),
    /// An element of a sequence.
    Index(Ref, u32),
    /// A value of a dict, with its key's slot when the key is a string.
    Key(Ref, Ref),
}

impl Origin {
    /// The object whose part it names.
    fn holder(self) -> Option<Ref> {
        match self {
            Origin::Attr(holder, _) | Origin::Index(holder, _) | Origin::Key(holder, _) => Some(holder),
            Origin::Nowhere | Origin::Local(_) | Origin::Global(_) | Origin::Cell(_) => None,
        }
    }
}

/// What is known about a heap object apart from its value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Header {
    /// Its number on the tape, once it was declared.
    pub id: Option<ObjectId>,
    /// Reachable from a second thread.
    pub shared: bool,
    /// A container that is never changed after threads exist, as far as the text tells: reading it is invisible.
    pub frozen: bool,
    pub origin: Origin,
    /// The line of the user's program that created it; 0 when unknown.
    pub line: u32,
}

#[derive(Clone, Debug)]
struct Slot {
    head: Header,
    obj: Obj,
}

#[derive(Clone, Debug, Default)]
struct Page {
    slots: Vec<Slot>,
    /// The slots that may have been changed since the [base](Heap::rebase), one bit each.
    written: u64,
}

/// What the heap was like when it was last looked at as a whole.
#[derive(Debug, Default)]
struct Base {
    pages: Vec<Arc<Page>>,
    slots: u32,
}

/// How an object differs from what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Looking at it has become visible.
    Flags,
    Contents,
}

/// What a range's iterator gives.
#[derive(Clone, Copy, Debug)]
pub(super) enum RangeStep {
    Item(i64),
    End,
}

/// All objects of a process.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    pages: Vec<Arc<Page>>,
    /// The first free slot; each free slot names the next.
    free: Option<Ref>,
    /// Slots in use.
    live: u32,
    /// Bytes in use after the last collection, plus what was allocated and charged since.
    bytes: u64,
    /// Bytes allocated and charged since the last collection.
    fresh_bytes: u64,
    /// The line that new objects are attributed to.
    line: u32,
    base: Arc<Base>,
}

impl Heap {
    /// Puts an object into a slot.
    pub fn alloc(&mut self, obj: Obj) -> Ref {
        let size = obj.size();
        self.bytes += size;
        self.fresh_bytes += size;
        self.live += 1;
        let slot = Slot { head: Header { line: self.line, ..Header::default() }, obj };
        if let Some(free) = self.free {
            let place = self.slot_mut(free);
            let next = std::mem::replace(place, slot);
            if let Obj::Free(next) = next.obj {
                self.free = next;
            }
            return free;
        }
        if self.pages.last().is_none_or(|page| page.slots.len() == PAGE) {
            self.pages.push(Arc::new(Page { slots: Vec::with_capacity(PAGE), written: 0 }));
        }
        let number = self.pages.len() - 1;
        let page = Arc::make_mut(&mut self.pages[number]);
        page.written |= 1 << page.slots.len();
        page.slots.push(slot);
        Ref(u32::try_from(number * PAGE + page.slots.len() - 1).unwrap_or(u32::MAX))
    }

    /// The object in this slot.
    #[must_use]
    #[inline]
    pub fn get(&self, at: Ref) -> &Obj {
        &self.slot(at).obj
    }

    /// The object in this slot, to change it. The caller says [`Heap::charge`] when it grows.
    #[inline]
    pub fn get_mut(&mut self, at: Ref) -> &mut Obj {
        &mut self.slot_mut(at).obj
    }

    /// The header of this slot.
    #[must_use]
    #[inline]
    pub fn head(&self, at: Ref) -> &Header {
        &self.slot(at).head
    }

    #[inline]
    pub fn head_mut(&mut self, at: Ref) -> &mut Header {
        &mut self.slot_mut(at).head
    }

    #[inline]
    fn slot(&self, at: Ref) -> &Slot {
        &self.pages[at.0 as usize / PAGE].slots[at.0 as usize % PAGE]
    }

    #[inline]
    fn slot_mut(&mut self, at: Ref) -> &mut Slot {
        let page = Arc::make_mut(&mut self.pages[at.0 as usize / PAGE]);
        let place = at.0 as usize % PAGE;
        page.written |= 1 << place;
        &mut page.slots[place]
    }

    /// Says that an object grew by this many bytes.
    #[inline]
    pub fn charge(&mut self, bytes: u64) {
        self.bytes += bytes;
        self.fresh_bytes += bytes;
    }

    /// Bytes in use, as far as known before the next collection.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// About what a clone takes in which a little was written since.
    pub(crate) fn clone_bytes(&self) -> u64 {
        (self.pages.len() * size_of::<Arc<Page>>() + 2 * PAGE * size_of::<Slot>()) as u64
    }

    /// Bytes allocated and charged since the last collection.
    #[must_use]
    #[inline]
    pub fn fresh_bytes(&self) -> u64 {
        self.fresh_bytes
    }

    /// Objects in use.
    #[must_use]
    pub fn live(&self) -> u32 {
        self.live
    }

    /// The line that new objects are attributed to.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// New objects are attributed to this line from now on.
    #[inline]
    pub fn set_line(&mut self, line: u32) {
        self.line = line;
    }

    /// The slots that exist, free ones included.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.pages.last().map_or(0, |last| (self.pages.len() - 1) * PAGE + last.slots.len())
    }

    /// Frees every object whose bit is not set in `marks`, in order of slot, and counts what is left.
    pub fn sweep(&mut self, marks: &[u64]) {
        let mut free = None;
        let (mut live, mut bytes) = (0, 0);
        for number in (0..self.slots()).rev() {
            let at = Ref(u32::try_from(number).unwrap_or(u32::MAX));
            let marked = marks[number / 64] & (1 << (number % 64)) != 0;
            if marked {
                live += 1;
                bytes += self.get(at).size();
                // A name that leads over a freed slot must not lead over what is put there next.
                let holder = self.head(at).origin.holder();
                if holder.is_some_and(|holder| marks[holder.0 as usize / 64] & (1 << (holder.0 % 64)) == 0) {
                    self.head_mut(at).origin = Origin::Nowhere;
                }
                continue;
            }
            if !matches!(self.get(at), Obj::Free(next) if *next == free) {
                *self.slot_mut(at) = Slot { head: Header::default(), obj: Obj::Free(free) };
            }
            free = Some(at);
        }
        self.free = free;
        self.live = live;
        self.bytes = bytes;
        self.fresh_bytes = 0;
    }

    /// The next number of a short range's iterator; `None` when it is something else.
    #[inline]
    pub(super) fn next_of_range(&mut self, at: Ref) -> Option<RangeStep> {
        if !matches!(self.get(at), Obj::RangeIter { .. }) {
            return None;
        }
        let Obj::RangeIter { next, left, step } = self.get_mut(at) else { return None };
        if *left == 0 {
            return Some(RangeStep::End);
        }
        let item = *next;
        *left -= 1;
        *next = item.wrapping_add(i64::from(*step));
        Some(RangeStep::Item(item))
    }

    // ---- the base ----

    /// Remembers what is here now, to tell later what has changed.
    pub(super) fn rebase(&mut self) {
        for page in &mut self.pages {
            if page.written != 0 {
                Arc::make_mut(page).written = 0;
            }
        }
        let slots = u32::try_from(self.slots()).unwrap_or(u32::MAX);
        self.base = Arc::new(Base { pages: self.pages.clone(), slots });
    }

    /// How many slots there were.
    pub(super) fn base_slots(&self) -> u32 {
        self.base.slots
    }

    /// The slots of then that may hold something else now, in order.
    pub(super) fn written(&self) -> impl Iterator<Item = Ref> {
        let slots = self.base.slots;
        let pages = self.pages.iter().zip((0u32..).step_by(PAGE)).filter(|(page, _)| page.written != 0);
        let written = pages.flat_map(|(page, first)| {
            let bits = page.written;
            (0..64u32).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| Ref(first + bit))
        });
        written.take_while(move |at| at.0 < slots)
    }

    /// What was in this slot then.
    pub(super) fn base_slot(&self, at: Ref) -> (&Header, &Obj) {
        let slot = &self.base.pages[at.0 as usize / PAGE].slots[at.0 as usize % PAGE];
        (&slot.head, &slot.obj)
    }

    /// The slots of an earlier heap that hold something else now. What has only been asked to change counts, too.
    pub(super) fn differences(&self, before: &Heap, mut each: impl FnMut(Ref, Difference)) {
        let pages = self.pages.iter().zip(&before.pages).zip((0u32..).step_by(PAGE));
        for ((now, then), first) in pages.filter(|((now, then), _)| !Arc::ptr_eq(now, then)) {
            for ((now, then), number) in now.slots.iter().zip(&then.slots).zip(first..) {
                if matches!(then.obj, Obj::Free(_)) {
                    continue;
                }
                if now.head.frozen != then.head.frozen {
                    each(Ref(number), Difference::Flags);
                }
                if !now.obj.is_same(&then.obj) {
                    each(Ref(number), Difference::Contents);
                }
            }
        }
    }

    /// The free slots, the next one first.
    pub(super) fn each_free(&self, each: &mut dyn FnMut(Ref)) {
        let mut next = self.free;
        while let Some(at) = next {
            each(at);
            next = if let Obj::Free(next) = self.get(at) { *next } else { None };
        }
    }

    // ---- what is most often looked at ----

    /// The text of a string.
    #[must_use]
    #[inline]
    pub fn str(&self, value: Value) -> Option<&Arc<str>> {
        match value {
            Value::Ref(at) => match self.get(at) {
                Obj::Str(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The items of a list.
    #[must_use]
    pub fn list(&self, at: Ref) -> Option<&Vec<Value>> {
        match self.get(at) {
            Obj::List(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list, to change them.
    pub fn list_mut(&mut self, at: Ref) -> Option<&mut Vec<Value>> {
        match self.get_mut(at) {
            Obj::List(items) => Some(Arc::make_mut(items)),
            _ => None,
        }
    }

    /// The items of a tuple.
    #[must_use]
    pub fn tuple(&self, value: Value) -> Option<&Arc<[Value]>> {
        match value {
            Value::Ref(at) => match self.get(at) {
                Obj::Tuple(items) => Some(items),
                _ => None,
            },
            _ => None,
        }
    }
}
