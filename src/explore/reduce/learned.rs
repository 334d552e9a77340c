//! What is known of the steps that threads will make: the graph of the places where they stand.
//!
//! A place is what a thread's part says about where it stands ([`Standing`]): a place in the text, the pending operation,
//! the objects at hand. It is learned what the step from there touches, and where the thread stands next. Nothing is
//! ever taken back; when something is added to a place that a decision has already been built on, knowledge has
//! [grown](Learned::growth).

use super::manners::{self, Manners};
use crate::explore::MAX_DRAW;
use crate::explore::parts::{PartId, Parts, Taken, ThreadFacts};
use crate::ids::ThreadId;
use crate::kernel::sim::{Drawing, Life, Manner, Standing, Thing, Touch, Touches, World};
use crate::vm::canon::Precision;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;
use std::sync::atomic::{AtomicBool, Ordering};

/// The number of a place.
pub(super) type PlaceId = u32;
/// The number of a thing.
pub(super) type ThingId = u16;

/// A place where threads stand.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) life: Life,
    pub(super) gate: Option<ThingId>,
    /// What a step from here touches, sorted.
    pub(super) touches: SmallVec<[(ThingId, Manners); 4]>,
    /// A step from here may depend on everything.
    pub(super) opaque: bool,
    /// Where threads stand next, those too that a step from here creates.
    pub(super) next: SmallVec<[PlaceId; 2]>,
    /// A decision has been built on this place.
    pub(super) used: AtomicBool,
}

/// What was learned about steps.
#[derive(Debug, Default)]
pub(in crate::explore) struct Learned {
    things: HashMap<Thing, ThingId, FxBuildHasher>,
    numbers: HashMap<u64, PlaceId, FxBuildHasher>,
    pub(super) places: Vec<Place>,
    /// By parts of threads.
    place_of: Vec<Option<PlaceId>>,
    growth: u64,
    /// Something happened that the theory has no words for.
    refused: bool,
    /// What threads are called as things.
    names: Vec<ThingId>,
    /// By parts of primitives.
    holders: Vec<Option<(ThingId, ThreadId)>>,
}

impl Learned {
    /// Counts up whenever a decision may have been built on too little.
    pub(in crate::explore) fn growth(&self) -> u64 {
        self.growth
    }

    /// Nothing can be left out in this program.
    pub(in crate::explore) fn is_refused(&self) -> bool {
        self.refused
    }

    /// From now on nothing is left out in this program.
    pub(in crate::explore) fn refuse(&mut self) {
        if !self.refused {
            self.refused = true;
            self.growth += 1;
        }
    }

    pub(super) fn thing(&mut self, thing: Thing) -> ThingId {
        let next = ThingId::try_from(self.things.len()).unwrap_or(ThingId::MAX);
        if next == ThingId::MAX {
            self.refuse();
        }
        *self.things.entry(thing).or_insert(next)
    }

    /// What a thread is called as a thing.
    #[inline]
    pub(super) fn name(&self, thread: usize) -> ThingId {
        self.names.get(thread).copied().unwrap_or(ThingId::MAX)
    }

    /// The thread with this name.
    pub(super) fn named(&self, thing: ThingId) -> Option<usize> {
        self.names.iter().position(|name| *name == thing)
    }

    /// Where the thread with this part stands.
    #[inline]
    pub(super) fn seat(&self, part: PartId) -> Option<PlaceId> {
        self.place_of.get(part as usize).copied().flatten()
    }

    /// The lock that this part is, and who holds it.
    #[inline]
    pub(super) fn holder(&self, part: PartId) -> Option<(ThingId, ThreadId)> {
        self.holders.get(part as usize).copied().flatten()
    }

    /// Learns what there is in a state.
    pub(in crate::explore) fn meet(&mut self, taken: &Taken, parts: &Parts) {
        let threads = &taken.vector[parts.first_thread()..];
        for (number, part) in (0..).zip(threads) {
            if self.names.len() <= number as usize {
                let name = self.thing(Thing::Thread(number));
                self.names.push(name);
            }
            if let Some(facts) = parts.thread(*part) {
                self.place_of(*part, facts);
            }
        }
        for part in &taken.vector[1..parts.first_thread()] {
            if self.holders.len() <= *part as usize {
                self.holders.resize(*part as usize + 1, None);
            }
            if let Some((lock, owner)) = parts.holder(*part) {
                self.holders[*part as usize] = Some((self.thing(lock), owner));
            }
        }
    }

    /// The place that a thread's part says.
    fn place_of(&mut self, part: PartId, facts: &ThreadFacts) -> PlaceId {
        if let Some(Some(place)) = self.place_of.get(part as usize) {
            return *place;
        }
        let place = self.place(facts.standing);
        self.add_touches(place, &facts.touches);
        if self.place_of.len() <= part as usize {
            self.place_of.resize(part as usize + 1, None);
        }
        self.place_of[part as usize] = Some(place);
        place
    }

    fn place(&mut self, standing: Standing) -> PlaceId {
        if let Some(place) = self.numbers.get(&standing.key) {
            return *place;
        }
        let number = PlaceId::try_from(self.places.len()).unwrap_or(PlaceId::MAX);
        let gate = standing.gate.map(|thing| self.thing(thing));
        self.numbers.insert(standing.key, number);
        self.places.push(Place {
            life: standing.life,
            gate,
            touches: SmallVec::new(),
            opaque: false,
            next: SmallVec::new(),
            used: AtomicBool::new(false),
        });
        number
    }

    fn add_touches(&mut self, place: PlaceId, touches: &[Touch]) {
        for touch in touches {
            if touch.thing == Thing::Everything {
                if !std::mem::replace(&mut self.places[place as usize].opaque, true) {
                    self.grew(place);
                }
                continue;
            }
            let thing = self.thing(touch.thing);
            let manner = manners::of(touch.manner);
            let known = &mut self.places[place as usize].touches;
            match known.binary_search_by_key(&thing, |(thing, _)| *thing) {
                Ok(at) if known[at].1 & manner != 0 => continue,
                Ok(at) => known[at].1 |= manner,
                Err(at) => known.insert(at, (thing, manner)),
            }
            self.grew(place);
        }
    }

    fn add_next(&mut self, place: PlaceId, next: PlaceId) {
        let known = &mut self.places[place as usize].next;
        if !known.contains(&next) {
            known.push(next);
            self.grew(place);
        }
    }

    fn grew(&mut self, place: PlaceId) {
        if self.places[place as usize].used.load(Ordering::Relaxed) {
            self.growth += 1;
        }
    }

    /// Learns from a step of a thread that was really made.
    pub(in crate::explore) fn learn(&mut self, step: &Step<'_>, parts: &Parts) {
        self.meet(step.before.1, parts);
        self.meet(step.after.1, parts);
        let Step { thread, before, after, .. } = *step;
        let mut touches = said(before.0, thread, step.precision);
        let told = after.0.touched(before.0, &mut touches);
        if told.is_none() || before.1.entangled || after.1.entangled || after.0.has_daemons() {
            return self.refuse();
        }
        if !step.precision.output {
            touches.retain(|touch| touch.thing != Thing::Output);
        }
        let first = parts.first_thread();
        check_primitives(step, first, &mut touches);
        let seat = |taken: &Taken, place: usize| {
            let part = *taken.vector.get(place)?;
            Some((part, parts.thread(part)?))
        };
        let Some((part, facts)) = seat(before.1, first + thread.index()) else { return };
        let own = self.place_of(part, facts);
        for place in first..after.1.vector.len() {
            let Some((part, facts)) = seat(after.1, place) else { continue };
            let next = self.place_of(part, facts);
            let Some((part, facts)) = seat(before.1, place) else {
                self.add_next(own, next);
                continue;
            };
            let then = self.place_of(part, facts);
            if then == next && place != first + thread.index() {
                continue;
            }
            self.add_next(then, next);
            if then != own && !self.meets(&touches, then) {
                // Somebody was moved who had not said what could move him.
                touches.push(Touch { thing: Thing::Everything, manner: Manner::Write });
            }
        }
        self.add_touches(own, &touches);
    }

    /// Whether these touches concern a thread that stands in a place.
    fn meets(&mut self, touches: &[Touch], place: PlaceId) -> bool {
        touches.iter().any(|touch| {
            let thing = self.thing(touch.thing);
            let there = &self.places[place as usize];
            there.opaque
                || touch.thing == Thing::Everything
                || there.touches.iter().any(|(other, manners)| {
                    *other == thing && manners::conflict(*manners) & manners::of(touch.manner) != 0
                })
        })
    }
}

/// A primitive that changed though the operation did not say so.
fn check_primitives(step: &Step<'_>, first_thread: usize, touches: &mut Touches) {
    for place in 1..first_thread {
        let changed = step.before.1.vector.get(place) != step.after.1.vector.get(place);
        let thing = step.before.0.primitive_at(place - 1);
        if changed && !touches.iter().any(|touch| Some(touch.thing) == thing) {
            touches.push(Touch { thing: Thing::Everything, manner: Manner::Write });
        }
    }
}

/// A step that was made: worlds, and what they were taken apart into.
#[derive(Clone, Copy, Debug)]
pub(in crate::explore) struct Step<'a> {
    pub(in crate::explore) thread: ThreadId,
    pub(in crate::explore) before: (&'a World, &'a Taken),
    pub(in crate::explore) after: (&'a World, &'a Taken),
    pub(in crate::explore) precision: Precision,
}

/// What a thread's pending operation says that it touches, as far as an exploration can tell.
pub(in crate::explore) fn said(world: &World, thread: ThreadId, precision: Precision) -> Touches {
    let mut touches = world.touches(thread);
    let chosen = matches!(world.drawing(thread), Some(Drawing::Below(below))
        if below <= MAX_DRAW);
    touches.retain(|touch| match touch.thing {
        Thing::Output => precision.output,
        // The values of such a draw are tried, not drawn.
        Thing::Random => !chosen,
        _ => true,
    });
    touches
}
