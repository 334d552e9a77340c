//! What a thread may still touch before somebody who stands still lets go of his locks.

use super::learned::{Learned, Place, PlaceId, ThingId};
use super::manners::{self, Manners};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;
use std::sync::atomic::Ordering;

/// The number of a set of locks.
pub(super) type HeldId = u32;

/// Locks that somebody holds, and himself, sorted.
pub(super) type Held = SmallVec<[ThingId; 4]>;

/// Everything that a thread can touch from a place on, as long as gates stay closed.
#[derive(Debug, Default)]
pub(super) struct Future {
    /// By things.
    touches: Vec<Manners>,
    /// It may depend on everything.
    pub(super) opaque: bool,
    /// The gates that it opens, and the threads that it starts.
    pub(super) releases: SmallVec<[ThingId; 4]>,
    pub(super) starts: SmallVec<[ThingId; 2]>,
    /// It is behind a gate.
    pub(super) is_empty: bool,
}

impl Future {
    #[inline]
    pub(super) fn manners(&self, thing: ThingId) -> Manners {
        self.touches.get(thing as usize).copied().unwrap_or(0)
    }
}

/// Futures that were asked for.
#[derive(Debug, Default)]
pub(super) struct Futures {
    sets: HashMap<Held, HeldId, FxBuildHasher>,
    numbers: HashMap<(PlaceId, HeldId), u32, FxBuildHasher>,
    all: Vec<Future>,
    growth: u64,
}

impl Futures {
    /// Forgets what was asked for before knowledge grew.
    pub(super) fn renew(&mut self, growth: u64) {
        if self.growth != growth {
            self.growth = growth;
            self.numbers.clear();
            self.all.clear();
        }
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> &Future {
        &self.all[number as usize]
    }
}

impl Futures {
    pub(super) fn held(&mut self, held: &Held) -> HeldId {
        if let Some(number) = self.sets.get(held) {
            return *number;
        }
        let number = HeldId::try_from(self.sets.len()).unwrap_or(HeldId::MAX);
        self.sets.insert(held.clone(), number);
        number
    }

    /// The future of a thread that stands in this place.
    pub(super) fn future(&mut self, learned: &Learned, place: PlaceId, held: &Held, number: HeldId) -> u32 {
        if let Some(future) = self.numbers.get(&(place, number)) {
            return *future;
        }
        let future = reach(&learned.places, place, held);
        self.all.push(future);
        let future = u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX);
        self.numbers.insert((place, number), future);
        future
    }
}

fn reach(places: &[Place], from: PlaceId, held: &Held) -> Future {
    let mut future = Future { is_empty: true, ..Future::default() };
    let mut seen = vec![false; places.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        let place = &places[at as usize];
        place.used.store(true, Ordering::Relaxed);
        if place.gate.is_some_and(|gate| held.contains(&gate)) {
            continue;
        }
        future.is_empty &= place.touches.is_empty() && place.next.is_empty() && !place.opaque;
        future.opaque |= place.opaque;
        for (thing, manners) in &place.touches {
            future.add(*thing, *manners);
        }
        open.extend_from_slice(&place.next);
    }
    future
}

impl Future {
    fn add(&mut self, thing: ThingId, manners: Manners) {
        let at = thing as usize;
        if self.touches.len() <= at {
            self.touches.resize(at + 1, 0);
        }
        let new = manners & !self.touches[at];
        self.touches[at] |= manners;
        if new & manners::RELEASE != 0 {
            self.releases.push(thing);
        }
        if new & manners::START != 0 {
            self.starts.push(thing);
        }
    }
}
