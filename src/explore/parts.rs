//! States as short vectors: every part of a description that was ever seen, once, with a number.
//!
//! A state is then one number for each of its parts (G. Holzmann, "State compression in SPIN: recursive indexing and
//! compression training runs", SPIN 1997, calls it collapse). Parts are few even where states are many.

use crate::ids::ThreadId;
use crate::kernel::sim::{Footprint, World};
use crate::vm::Ref;
use crate::vm::canon::{Precision, Scratch, digest};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// The number of a part.
pub(super) type PartId = u32;

/// A state: what is shared, the base's primitives, the threads.
pub(super) type Vector = SmallVec<[PartId; 24]>;

/// What a thread's part says about its next step, whatever the other parts are.
#[derive(Clone, Debug, Default)]
pub(super) struct ThreadFacts {
    /// `None`: the step depends on everything.
    pub(super) footprint: Option<Footprint>,
    pub(super) essential: bool,
    pub(super) over: bool,
    /// It has no step to make.
    pub(super) idle: bool,
}

#[derive(Clone, Debug)]
struct Part {
    thread: Option<Box<ThreadFacts>>,
    queue: SmallVec<[ThreadId; 4]>,
}

/// All parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    numbers: HashMap<u128, PartId, FxBuildHasher>,
    digests: Vec<u128>,
    rows: Vec<Part>,
    scratch: Scratch,
}

/// A world, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) vector: Vector,
    /// How many parts are primitives'.
    pub(super) primitives: usize,
    /// Threads are not independent of each other: see [`Scratch::is_entangled`].
    pub(super) entangled: bool,
    /// See [`Scratch::newer`].
    pub(super) newer: Vec<Ref>,
}

impl Parts {
    /// Takes a world apart.
    pub(super) fn take(&mut self, world: &World, precision: Precision) -> Taken {
        let mut scratch = std::mem::take(&mut self.scratch);
        world.describe(precision, &mut scratch);
        let primitives = scratch.primitives();
        let mut vector = Vector::new();
        for (place, words) in scratch.parts().enumerate() {
            let digest = digest(place, words);
            let number = match self.numbers.get(&digest) {
                Some(number) => *number,
                None => self.add(digest, place, primitives, world),
            };
            vector.push(number);
        }
        let taken = Taken { vector, primitives, entangled: scratch.is_entangled(), newer: scratch.newer().to_vec() };
        self.scratch = scratch;
        taken
    }

    fn add(&mut self, digest: u128, place: usize, primitives: usize, world: &World) -> PartId {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let thread = place.checked_sub(1 + primitives).map(|index| {
            let thread = ThreadId(u32::try_from(index).unwrap_or(u32::MAX));
            Box::new(ThreadFacts {
                footprint: world.footprint(thread),
                essential: world.is_essential(thread),
                over: world.is_over(thread),
                idle: world.is_idle(thread),
            })
        });
        let queue = match (&thread, place.checked_sub(1)) {
            (None, Some(primitive)) => world.queued(primitive).into(),
            _ => SmallVec::new(),
        };
        self.rows.push(Part { thread, queue });
        self.digests.push(digest);
        self.numbers.insert(digest, number);
        number
    }

    /// The digest of a part; a state's is the sum of its parts'.
    #[inline]
    pub(super) fn digest(&self, part: PartId) -> u128 {
        self.digests[part as usize]
    }

    pub(super) fn digest_of(&self, vector: &[PartId]) -> u128 {
        vector.iter().fold(0, |sum, part| sum.wrapping_add(self.digest(*part)))
    }

    /// What a thread's part says.
    #[inline]
    pub(super) fn thread(&self, part: PartId) -> Option<&ThreadFacts> {
        self.rows[part as usize].thread.as_deref()
    }

    /// Who is in a primitive's queue.
    pub(super) fn queue(&self, part: PartId) -> &[ThreadId] {
        &self.rows[part as usize].queue
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}
