//! States as short vectors: every part of a description that was ever seen, once, with a number.
//!
//! A state is then one number for each of its parts (G. Holzmann, "State compression in SPIN: recursive indexing and
//! compression training runs", SPIN 1997, calls it collapse). Parts are few even where states are many.

use super::merge;
use super::reduce::said;
use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::kernel::sim::{Footprint, Standing, Thing, Touches, World};
use crate::vm::Ref;
use crate::vm::canon::{Precision, Scratch, digest};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// The number of a part.
pub(super) type PartId = u32;

/// The part of a thread that there is not yet: vectors are filled up with it. Its digest is 0.
pub(super) const ABSENT: PartId = 0;

/// A state: what is shared, the base's primitives, the threads.
pub(super) type Vector = SmallVec<[PartId; 24]>;

/// What a thread's part says about its next step, whatever the other parts are.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug, Default)]
pub(super) struct ThreadFacts {
    /// `None`: the step depends on everything.
    pub(super) footprint: Option<Footprint>,
    pub(super) essential: bool,
    pub(super) over: bool,
    /// It has no step to make.
    pub(super) idle: bool,
    pub(super) standing: Standing,
    /// What the operation of its next step says that it touches.
    pub(super) touches: Touches,
    /// Whom it is about to start.
    pub(super) starts: Option<ThreadId>,
    /// It was not started yet.
    pub(super) is_new: bool,
    /// An exception ended it.
    pub(super) failed: bool,
}

#[derive(Clone, Debug, Default)]
struct Part {
    thread: Option<Box<ThreadFacts>>,
    holder: Option<(Thing, ThreadId)>,
}

/// What expanding looks at for every thread of every state.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    pub(super) idle: bool,
    /// Its step can be remembered.
    pub(super) has_footprint: bool,
    /// It is not told whose it is.
    anybody: bool,
    wakes: bool,
    /// A thread's places that its step depends on besides the shared part and its own; a primitive's places of those in
    /// its queue.
    places: (u32, u32),
}

/// All parts.
#[derive(Debug)]
pub(super) struct Parts {
    numbers: HashMap<u128, PartId, FxBuildHasher>,
    digests: Vec<u128>,
    /// The digests of the parts, whoever's they are; only when threads are merged.
    plain: Vec<u128>,
    rows: Vec<Part>,
    glances: Vec<Glance>,
    places: Vec<u32>,
    /// How many parts of a state are primitives'.
    primitives: usize,
    /// The most parts that a state had so far.
    width: usize,
    /// The digest of a thread's part does not say whose it is: see [`merge`].
    pub(super) merges: bool,
    /// There was a part with which that is not sound.
    pub(super) refused: bool,
    /// There was a part of a thread that an exception ended.
    failed: bool,
    scratch: Scratch,
}

/// In this place stand the parts of threads whose order does not count.
const ANYBODY: usize = usize::MAX;

/// A world, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) vector: Vector,
    /// Threads are not independent of each other: see [`Scratch::is_entangled`].
    pub(super) entangled: bool,
    /// See [`Scratch::newer`].
    pub(super) newer: Vec<Ref>,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts {
            numbers: HashMap::default(),
            digests: vec![0],
            plain: vec![0],
            rows: vec![Part::default()],
            glances: vec![Glance { idle: true, has_footprint: false, anybody: false, wakes: false, places: (0, 0) }],
            places: Vec::new(),
            primitives: 0,
            width: 0,
            merges: false,
            refused: false,
            failed: false,
            scratch: Scratch::default(),
        }
    }
}

impl Parts {
    /// Takes a world apart.
    pub(super) fn take(&mut self, world: &World, precision: Precision) -> Taken {
        let mut scratch = std::mem::take(&mut self.scratch);
        world.describe(precision, &mut scratch);
        self.primitives = scratch.primitives();
        let mut vector = Vector::new();
        for (place, words) in scratch.parts().enumerate() {
            let digest = digest(place, words);
            let number = match self.numbers.get(&digest) {
                Some(number) => *number,
                None => self.add((digest, place, words), world, precision),
            };
            vector.push(number);
        }
        self.width = self.width.max(vector.len());
        let taken = Taken { vector, entangled: scratch.is_entangled(), newer: scratch.newer().to_vec() };
        self.scratch = scratch;
        taken
    }

    fn add(&mut self, (name, place, words): (u128, usize, &[u64]), world: &World, precision: Precision) -> PartId {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let thread = place.checked_sub(1 + self.primitives).map(|index| {
            let thread = ThreadId(u32::try_from(index).unwrap_or(u32::MAX));
            Box::new(ThreadFacts {
                footprint: world.footprint(thread),
                essential: world.is_essential(thread),
                over: world.is_over(thread),
                idle: world.is_idle(thread),
                standing: world.standing(thread),
                touches: said(world, thread, precision),
                starts: world.starts(thread),
                is_new: world.is_new(thread),
                failed: world.thread_state(thread) == Some(ThreadState::Failed),
            })
        });
        let queue: SmallVec<[ThreadId; 4]> = match (&thread, place.checked_sub(1)) {
            (None, Some(primitive)) => world.queued(primitive).into(),
            _ => SmallVec::new(),
        };
        let merged = self.merges && place > 1 + self.primitives && thread.as_ref().is_some_and(|facts| !facts.is_new);
        self.refused |= self.merges && thread.as_ref().is_some_and(|facts| !merge::allows(facts, merged));
        self.failed |= thread.as_ref().is_some_and(|facts| facts.failed);
        let plain = if self.merges { digest(ANYBODY, words) } else { 0 };
        self.plain.push(plain);
        self.digests.push(if merged { plain } else { name });
        let primitive = place.checked_sub(1).filter(|place| *place < self.primitives);
        let holder = primitive.and_then(|place| world.holder(place));
        self.glance(thread.as_deref(), &queue, merged);
        self.rows.push(Part { thread, holder });
        self.numbers.insert(name, number);
        number
    }

    fn glance(&mut self, thread: Option<&ThreadFacts>, queue: &[ThreadId], anybody: bool) {
        let start = self.places.len();
        let footprint = thread.and_then(|facts| facts.footprint.as_ref());
        let before = u32::try_from(self.primitives).unwrap_or(u32::MAX) + 1;
        if let Some(footprint) = footprint {
            self.places.extend(footprint.primitives.iter().map(|place| place + 1));
            self.places.extend(footprint.threads.iter().map(|thread| thread.0 + before));
        }
        self.places.extend(queue.iter().map(|thread| thread.0 + before));
        let bound = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        self.glances.push(Glance {
            idle: thread.is_none_or(|facts| facts.idle),
            has_footprint: footprint.is_some(),
            anybody,
            wakes: footprint.is_some_and(|footprint| footprint.wakes),
            places: (bound(start), bound(self.places.len())),
        });
    }

    /// The digest of a part; a state's is the sum of its parts'.
    #[inline]
    pub(super) fn digest(&self, part: PartId) -> u128 {
        self.digests[part as usize]
    }

    pub(super) fn digest_of(&self, vector: &[PartId]) -> u128 {
        vector.iter().fold(0, |sum, part| sum.wrapping_add(self.digest(*part)))
    }

    /// Whether two parts say the same, of whichever thread.
    pub(super) fn is_same(&self, one: PartId, other: PartId) -> bool {
        self.plain[one as usize] == self.plain[other as usize]
    }

    /// Whether this is the part of a thread that is not told from others that stand where it does.
    #[inline]
    pub(super) fn is_anybody(&self, part: PartId) -> bool {
        self.merges && self.glances[part as usize].anybody
    }

    #[inline]
    pub(super) fn look(&self, part: PartId) -> Glance {
        self.glances[part as usize]
    }

    /// The places that a thread's step may read and write, besides the shared part and its own: those that are always
    /// the same, and those of the threads that it may wake.
    #[inline]
    pub(super) fn places_of(&self, glance: Glance, vector: &[PartId]) -> (&[u32], &[u32]) {
        let fixed = self.range(glance.places);
        let woken = match fixed.first().and_then(|place| vector.get(*place as usize)) {
            Some(part) if glance.wakes => self.range(self.look(*part).places),
            _ => &[],
        };
        (fixed, woken)
    }

    #[inline]
    fn range(&self, (start, end): (u32, u32)) -> &[u32] {
        &self.places[start as usize..end as usize]
    }

    /// What a thread's part says.
    #[inline]
    pub(super) fn thread(&self, part: PartId) -> Option<&ThreadFacts> {
        self.rows[part as usize].thread.as_deref()
    }

    /// Whether any state so far had a thread that an exception ended.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether it is the part of a thread that an exception ended.
    pub(super) fn is_failed(&self, part: PartId) -> bool {
        self.thread(part).is_some_and(|facts| facts.failed)
    }

    /// Who holds a primitive.
    pub(super) fn holder(&self, part: PartId) -> Option<(Thing, ThreadId)> {
        self.rows[part as usize].holder
    }

    /// The place of the first thread's part.
    #[inline]
    pub(super) fn first_thread(&self) -> usize {
        1 + self.primitives
    }

    /// The most parts that a state had so far.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len() - 1
    }

    pub(super) fn bytes(&self) -> u64 {
        let row = size_of::<(u128, PartId)>() * 2 + 16 + size_of::<Part>() + size_of::<Glance>();
        let facts = size_of::<ThreadFacts>() + 16;
        (self.rows.len() * (row + facts) + self.places.len() * 4) as u64
    }
}
