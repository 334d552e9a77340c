//! Expanding states by looking up: the part of the work that changes nothing, so that workers can share it.

use super::layer::{Head, Record, Segment, Sheet, Step, Who};
use super::make::Made;
use super::memo::{Memo, Ways};
use super::parts::{PartId, Parts};

/// The ways in which the step of a thread can go; none when it has to wait.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) ways: Offered,
}

#[derive(Clone, Debug)]
pub(super) enum Offered {
    Remembered(Ways),
    /// Numbers of steps that were just made.
    Made(u32, u32),
}

impl Offered {
    pub(super) const fn is_empty(&self) -> bool {
        match self {
            Offered::Remembered(ways) => ways.is_empty(),
            Offered::Made(start, end) => *start == *end,
        }
    }
}

/// What is looked up when a state is expanded.
#[derive(Clone, Copy)]
pub(super) struct Expander<'a> {
    pub(super) parts: &'a Parts,
    pub(super) memo: &'a Memo,
    /// Steps can be told by their footprints.
    pub(super) remembers: bool,
}

/// What is known of a thread's step.
pub(super) enum Lookup {
    /// The thread has none.
    Idle,
    /// It was not made yet, or cannot be remembered.
    Unknown,
    Ways(Ways),
}

impl Expander<'_> {
    /// Expands the states of a segment as far as their steps are known.
    pub(super) fn expand_all(self, number: u32, segment: &Segment, sheet: &mut Sheet) {
        let mut offers = Vec::new();
        for (item, head) in (0u32..).zip(&segment.heads) {
            let vector = segment.vector(item as usize);
            offers.clear();
            let known = self.remembers && !head.entangled && self.look_up(vector, head, &mut offers);
            if !known {
                sheet.aside.push(item);
                continue;
            }
            if offers.iter().all(|offer| offer.ways.is_empty()) {
                if head.first {
                    match self.goes_on(vector) {
                        None => sheet.aside.push(item),
                        Some(false) => sheet.ends.push(item),
                        Some(true) => {}
                    }
                }
                continue;
            }
            self.emit(number, item, head, &offers, &[], sheet);
        }
    }

    /// The steps of the threads that are to be expanded; false when one of them is not known.
    #[inline]
    fn look_up(self, vector: &[PartId], head: &Head, offers: &mut Vec<Offer>) -> bool {
        if let Who::Only(thread) = head.who {
            return self.look_up_one(vector, thread, offers);
        }
        let threads = u32::try_from(vector.len() - self.parts.first_thread()).unwrap_or(u32::MAX);
        (0..threads).all(|thread| !head.who.includes(thread) || self.look_up_one(vector, thread, offers))
    }

    #[inline]
    fn look_up_one(self, vector: &[PartId], thread: u32, offers: &mut Vec<Offer>) -> bool {
        match self.look(vector, thread) {
            Lookup::Idle => true,
            Lookup::Unknown => false,
            Lookup::Ways(ways) => {
                offers.push(Offer { ways: Offered::Remembered(ways) });
                true
            }
        }
    }

    #[inline]
    pub(super) fn look(self, vector: &[PartId], thread: u32) -> Lookup {
        let own = vector[self.parts.first_thread() + thread as usize];
        let glance = self.parts.look(own);
        if glance.idle {
            return Lookup::Idle;
        }
        if !glance.has_footprint {
            return Lookup::Unknown;
        }
        let key = self.memo.key(self.parts, own, glance, vector);
        match key.and_then(|key| self.memo.get(key)) {
            Some(ways) if !ways.finishes || self.somebody_else(vector, thread) => Lookup::Ways(ways),
            _ => Lookup::Unknown,
        }
    }

    /// Whether the program goes on without this thread.
    fn somebody_else(self, vector: &[PartId], thread: u32) -> bool {
        let threads = vector[self.parts.first_thread()..].iter().zip(0u32..);
        let others = threads.filter(|(_, number)| *number != thread);
        others.filter_map(|(part, _)| self.parts.thread(*part)).any(|facts| facts.essential)
    }

    /// Whether any thread has a step that can be made; `None` when it is not known.
    fn goes_on(self, vector: &[PartId]) -> Option<bool> {
        let threads = u32::try_from(vector.len() - self.parts.first_thread()).unwrap_or(u32::MAX);
        let mut known = true;
        for thread in 0..threads {
            match self.look(vector, thread) {
                Lookup::Ways(ways) if !ways.is_empty() => return Some(true),
                Lookup::Unknown => known = false,
                Lookup::Idle | Lookup::Ways(_) => {}
            }
        }
        known.then_some(false)
    }

    /// Writes down where the steps lead.
    #[inline]
    pub(super) fn emit(self, number: u32, item: u32, head: &Head, offers: &[Offer], made: &[Made], sheet: &mut Sheet) {
        for offer in offers {
            match offer.ways {
                Offered::Remembered(ways) => {
                    for way in ways.start..ways.end {
                        let digest = head.digest.wrapping_add(self.memo.row(way).grows);
                        sheet.add(Record::new(digest, number, item, Step::Remembered(way)));
                    }
                }
                Offered::Made(start, end) => {
                    for step in start..end {
                        sheet.add(Record::new(made[step as usize].digest, number, item, Step::Made(step)));
                    }
                }
            }
        }
    }
}
