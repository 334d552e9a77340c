//! Shared memory: who came to which location last, and what the detectors of wrong accesses make of the next one.
//!
//! A location is a variable, an attribute, or an element of a container. What three detectors need to know of it is kept
//! once, in a [`Cell`]: the last store, what each thread read since its own last store, and the locks that were held.
//! [`race`](super::race), [`lost`](super::lost) and [`guard`](super::guard) look at the cell before the access is noted.
//!
//! A call on a container (`append`, `pop`, `len`) is one operation under the GIL and comes to none of its elements: it
//! takes part in no data race, and counts only for the lock that guards the container as a whole.
//!
//! Nothing is kept while only the main thread has begun.

use super::order::Order;
use super::{Deed, Facts, Finding, guard, lost, race};
use crate::event::{Access, Action, Event, EventKind, ObjectKind, Outcome, Text};
use crate::ids::{ObjectId, Seq, Step, ThreadId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Of locations beyond this number nothing is found.
const CELLS_MAX: usize = 1 << 14;

/// So many threads that read a location are remembered.
const READERS_MAX: usize = 8;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    objects: FxHashMap<ObjectId, Places>,
    cells: usize,
    /// Another thread than the main one has begun.
    begun: bool,
    /// How often each thread has stored something.
    stores: FxHashMap<ThreadId, u32>,
    race: race::Races,
    lost: lost::LostUpdates,
    guard: guard::Guards,
}

/// The locations of an object.
#[derive(Clone, Debug, Default)]
struct Places {
    whole: Cell,
    parts: FxHashMap<Text, Cell>,
}

/// What is known of a location.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// How often it was written.
    pub(super) stores: u32,
    pub(super) stored: Option<Stored>,
    /// What threads read since they last stored something here, one entry for each.
    pub(super) reads: SmallVec<[Seen; 2]>,
    pub(super) guard: Option<Box<guard::Guard>>,
}

/// When a thread came to a location.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touch {
    pub(super) thread: ThreadId,
    /// The interval that the thread was in.
    pub(super) time: u32,
    pub(super) line: u32,
    pub(super) seq: Seq,
    pub(super) step: Step,
}

/// The last store.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) touch: Touch,
    /// `None` when it was deleted.
    pub(super) value: Option<Text>,
}

/// What a thread read last.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) touch: Touch,
    pub(super) value: Option<Text>,
    /// How often the location had been written.
    pub(super) stores: u32,
    /// The thread has read the same here before, on the same line.
    pub(super) again: bool,
    /// How often the thread had stored anything.
    pub(super) own_stores: u32,
    /// How often the thread had waited for others.
    pub(super) waits: u32,
}

/// An access, with what is around it.
pub(super) struct Visit<'a> {
    pub(super) event: &'a Event,
    pub(super) object: ObjectId,
    pub(super) key: Option<&'a Text>,
    pub(super) access: Access,
    /// What was read or stored.
    pub(super) value: Option<&'a Text>,
    pub(super) touch: Touch,
    pub(super) own_stores: u32,
    pub(super) facts: &'a Facts,
    pub(super) order: &'a Order,
}

impl Touch {
    pub(super) const fn deed(&self) -> Deed {
        Deed { seq: self.seq, step: self.step, thread: self.thread, line: self.line }
    }
}

impl Visit<'_> {
    /// True when that access of another thread and this one can come in either order.
    pub(super) fn is_unordered(&self, other: &Touch) -> bool {
        !self.order.knows(self.touch.thread, (other.thread, other.time))
    }
}

impl Memory {
    /// Takes the next event. `facts` and `order` contain it.
    pub(super) fn fold(&mut self, event: &Event, facts: &Facts, order: &Order, found: &mut Vec<Finding>) {
        let EventKind::Did { action, outcome } = &event.kind else { return };
        self.begun |= event.thread != ThreadId::MAIN || matches!(action, Action::Start { .. });
        if !self.begun || !order.is_known() {
            return;
        }
        let (object, key, access, value) = match (action, outcome) {
            (_, Outcome::Raised(_)) => return,
            (Action::Read { object, key }, Outcome::Value(value)) => (*object, key.as_ref(), Access::Read, Some(value)),
            (Action::Read { object, key }, _) => (*object, key.as_ref(), Access::Read, None),
            (Action::Write { object, key, value }, _) => (*object, key.as_ref(), Access::Write, Some(value)),
            (Action::Delete { object, key }, _) => (*object, key.as_ref(), Access::Write, None),
            (Action::Call { object, access, .. }, _) => (*object, None, *access, None),
            _ => return,
        };
        let time = order.now(event.thread);
        let touch = Touch { thread: event.thread, time, line: event.line, seq: event.seq, step: event.step };
        let own_stores = self.count(event.thread, access);
        let visit = Visit { event, object, key, access, value, touch, own_stores, facts, order };
        self.visit(&visit, matches!(action, Action::Call { .. }), found);
    }

    /// How often the thread has stored something, with this access.
    fn count(&mut self, thread: ThreadId, access: Access) -> u32 {
        if access == Access::Read {
            return self.stores.get(&thread).copied().unwrap_or(0);
        }
        let stores = self.stores.entry(thread).or_default();
        *stores = stores.wrapping_add(1);
        *stores
    }

    fn visit(&mut self, visit: &Visit<'_>, is_call: bool, found: &mut Vec<Finding>) {
        let Memory { objects, cells, race, lost, guard, .. } = self;
        if !objects.contains_key(&visit.object) {
            if *cells >= CELLS_MAX {
                return;
            }
            *cells += 1;
        }
        let places = objects.entry(visit.object).or_default();
        let kind = visit.facts.object(visit.object).map_or(ObjectKind::Variable, |object| object.kind);
        let is_container = matches!(kind, ObjectKind::List | ObjectKind::Dict | ObjectKind::Set | ObjectKind::Deque);
        if is_container || is_call {
            guard.look(visit, &mut places.whole, found);
        }
        if is_call {
            return;
        }
        let Places { whole, parts } = places;
        let cell = match visit.key {
            None => whole,
            Some(key) if parts.contains_key(key) => parts.get_mut(key).unwrap_or(whole),
            Some(_) if *cells >= CELLS_MAX => return,
            Some(key) => {
                *cells += 1;
                parts.entry(key.clone()).or_default()
            }
        };
        race.look(visit, cell, found);
        lost.look(visit, cell, found);
        if !is_container {
            guard.look(visit, cell, found);
        }
        cell.note(visit);
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        self.cells * (size_of::<Places>() + size_of::<guard::Guard>())
    }
}

impl Cell {
    fn note(&mut self, visit: &Visit<'_>) {
        let own = self.reads.iter().position(|seen| seen.touch.thread == visit.touch.thread);
        match visit.access {
            Access::Read => self.read(visit, own),
            Access::Write => {
                if let Some(own) = own {
                    self.reads.swap_remove(own);
                }
                self.stores = self.stores.wrapping_add(1);
                self.stored = Some(Stored { touch: visit.touch, value: visit.value.cloned() });
            }
        }
    }

    fn read(&mut self, visit: &Visit<'_>, own: Option<usize>) {
        let before = own.map(|own| &self.reads[own]);
        let again = before.is_some_and(|seen| seen.touch.line == visit.touch.line && seen.stores == self.stores);
        let seen = Seen {
            touch: visit.touch,
            value: visit.value.cloned(),
            stores: self.stores,
            again,
            own_stores: visit.own_stores,
            waits: visit.order.waits(visit.touch.thread),
        };
        match own {
            Some(own) => self.reads[own] = seen,
            None if self.reads.len() < READERS_MAX => self.reads.push(seen),
            None => {
                let oldest = self.reads.iter_mut().min_by_key(|seen| seen.touch.seq);
                if let Some(oldest) = oldest {
                    *oldest = seen;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, Tape};
    use super::super::{Detectors, FindingKind};
    use crate::event::{Action, Outcome};
    use crate::ids::{ObjectId, ThreadId};

    fn weight(tape: &Tape) -> usize {
        let mut detectors = Detectors::default();
        tape.events().iter().for_each(|event| detectors.fold(event, &mut Vec::new()));
        detectors.weight()
    }

    #[test]
    fn memory_is_bounded_however_many_locations_there_are() {
        let mut tape = Tape::with_threads(2);
        for number in 0..100_000u32 {
            let thread = ThreadId(1 + number % 2);
            let object = ObjectId(10 + number / 10);
            let key = Some(format!("[{number}]").as_str().into());
            tape.did(thread, 3, Action::Write { object, key, value: 1.into() }, Outcome::Done);
        }
        assert!(weight(&tape) < 16 << 20, "{}", weight(&tape));
    }

    #[test]
    fn memory_is_bounded_however_many_threads_pass_locks_on() {
        let mut tape = Tape::with_threads(20_000);
        for number in 0..100_000u32 {
            let thread = ThreadId(1 + number * 7919 % 20_000);
            let lock = ObjectId(number % 50_000);
            tape.did(thread, 3, Action::Acquire { object: lock, blocking: true, timeout: None }, Outcome::Done);
            tape.did(thread, 3, Action::Release { object: lock, count: 1 }, Outcome::Done);
        }
        tape.stores(ThreadId(1), 1, 3);
        tape.stores(ThreadId(2), 1, 4);
        assert!(weight(&tape) < 40 << 20, "{}", weight(&tape));
    }

    #[test]
    fn nothing_is_remembered_of_a_thread_that_is_alone() {
        let mut tape = Tape::with_threads(1);
        tape.stores(ThreadId::MAIN, 1, 3);
        tape.did(ThreadId::MAIN, 4, Action::Start { thread: ThreadId(1) }, Outcome::Done);
        tape.acquires(ThreadId(1), LOCK_A, 8);
        tape.stores(ThreadId(1), 2, 9);
        assert!(!tape.findings().iter().any(|found| matches!(found.kind, FindingKind::DataRace { .. })));
    }
}
