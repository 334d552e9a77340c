//! Steps that were made before need not be made again.
//!
//! A step depends on its [footprint](crate::kernel::sim::Footprint): the parts of the state that it reads. States are
//! many, footprints few: eight philosophers have ten million states, and some hundreds of different steps. So a step is
//! really made in a world the first time that its footprint comes up, what it changed is remembered, and from then on it
//! is a matter of looking up (S. Blom, J. van de Pol and M. Weber, "`LTSmin`: distributed and symbolic reachability", CAV
//! 2010, call it transition caching).
//!
//! Not every step can be remembered. The [walk](crate::vm::canon) names what is shared and newer than the base by
//! numbers, and threads mention these names; a step that makes an old name mean something else would change the parts of
//! threads that it has nothing to do with. Nor is a step remembered that ends the program, which depends on all threads.

use super::parts::{PartId, Parts, Taken, ThreadFacts};
use crate::event::Alternative;
use crate::ids::ThreadId;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// One way in which a step can go, and what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) alternative: Alternative,
    /// Places and their new parts, in order; a place that did not exist is a new thread's.
    pub(super) changes: SmallVec<[(u32, PartId); 4]>,
    /// What the digest of the state grows by.
    pub(super) grows: u128,
    /// The thread is over after it.
    pub(super) finishes: bool,
}

/// The ways of a thread's next step; none when it has to wait.
pub(super) type Ways = Vec<Way>;

/// The steps that were made.
#[derive(Debug, Default)]
pub(super) struct Memo {
    numbers: HashMap<u128, u32, FxBuildHasher>,
    ways: Vec<Ways>,
}

impl Memo {
    #[inline]
    pub(super) fn get(&self, key: u128) -> Option<&Ways> {
        self.numbers.get(&key).map(|number| &self.ways[*number as usize])
    }

    pub(super) fn insert(&mut self, key: u128, ways: Ways) {
        self.numbers.insert(key, u32::try_from(self.ways.len()).unwrap_or(u32::MAX));
        self.ways.push(ways);
    }

    pub(super) fn len(&self) -> usize {
        self.ways.len()
    }
}

/// The places that a thread's step may read and write, besides the shared part and its own.
pub(super) fn places(
    facts: &ThreadFacts,
    vector: &[PartId],
    primitives: usize,
    parts: &Parts,
) -> Option<SmallVec<[u32; 8]>> {
    let footprint = facts.footprint.as_ref()?;
    let place_of = |thread: &ThreadId| thread.0 + 1 + u32::try_from(primitives).unwrap_or(u32::MAX);
    let mut places: SmallVec<[u32; 8]> = footprint.primitives.iter().map(|place| place + 1).collect();
    places.extend(footprint.threads.iter().map(place_of));
    if footprint.wakes {
        let queue =
            places.first().and_then(|place| vector.get(*place as usize)).map_or(&[][..], |part| parts.queue(*part));
        places.extend(queue.iter().map(place_of));
    }
    Some(places)
}

/// A footprint as a number. The thread's own part counts differently, so that it is clear whose step it is.
#[inline]
pub(super) fn key(own: PartId, places: &[u32], vector: &[PartId], parts: &Parts) -> u128 {
    const OWN: u128 = 0xa076_1d64_78bd_642f_e703_7ed1_a0b4_28db;
    let mut key = parts.digest(own).wrapping_mul(OWN).wrapping_add(parts.digest(vector[0]));
    for place in places {
        if let Some(part) = vector.get(*place as usize) {
            key = key.wrapping_add(parts.digest(*part));
        }
    }
    key
}

/// What a step changed; `None` when that may depend on more than its footprint.
pub(super) fn change(before: &Taken, after: &Taken, own: u32, places: &[u32], parts: &Parts) -> Option<Way> {
    let named = after.newer.starts_with(&before.newer);
    if !named || before.entangled || after.entangled {
        return None;
    }
    let mut way = Way { alternative: Alternative::Go, changes: SmallVec::new(), grows: 0, finishes: false };
    for (place, part) in (0u32..).zip(&after.vector) {
        let old = before.vector.get(place as usize);
        if old == Some(part) {
            continue;
        }
        if place != 0 && place != own && old.is_some() && !places.contains(&place) {
            return None;
        }
        way.grows = way.grows.wrapping_add(parts.digest(*part));
        if let Some(old) = old {
            way.grows = way.grows.wrapping_sub(parts.digest(*old));
        }
        way.changes.push((place, *part));
        way.finishes |= place == own && parts.thread(*part).is_some_and(|facts| facts.over);
    }
    Some(way)
}
