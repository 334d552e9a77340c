//! States that wait for being expanded, in rows, and what expanding them gives.

use super::memo::Memo;
use super::parts::{ABSENT, PartId};
use super::paths::Node;
use super::seen::{SHARDS, Tag};

/// So many states are in a segment at most; workers take one segment after the other.
pub(super) const SEGMENT: usize = 1 << SEGMENT_BITS;
const SEGMENT_BITS: u32 = 12;

/// Which threads make their steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Everyone,
    Only(u32),
    /// All but those with these bits.
    Except(u32),
    /// Those with these bits, of no more threads than there are bits.
    Among(u32),
}

impl Who {
    pub(super) const fn includes(self, thread: u32) -> bool {
        match self {
            Who::Everyone => true,
            Who::Only(one) => one == thread,
            Who::Among(chosen) => thread < u32::BITS && chosen >> thread & 1 != 0,
            Who::Except(made) => thread >= MARKED || made >> thread & 1 == 0,
        }
    }
}

/// Threads with smaller numbers have a bit of their own in the word that goes with a state.
pub(super) const MARKED: u32 = 31;

/// A state that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) digest: u128,
    pub(super) node: Node,
    pub(super) who: Who,
    /// The state is seen for the first time.
    pub(super) first: bool,
    pub(super) entangled: bool,
}

/// Some states that wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) heads: Vec<Head>,
    /// The states' vectors, one after the other, filled up to the same length.
    pub(super) vectors: Vec<PartId>,
    pub(super) width: usize,
}

impl Segment {
    pub(super) fn new(width: usize) -> Segment {
        Segment { heads: Vec::new(), vectors: Vec::new(), width }
    }

    pub(super) fn with_room(width: usize, states: usize) -> Segment {
        Segment { heads: Vec::with_capacity(states), vectors: Vec::with_capacity(states * width), width }
    }

    #[inline]
    pub(super) fn vector(&self, item: usize) -> &[PartId] {
        &self.vectors[item * self.width..(item + 1) * self.width]
    }

    pub(super) fn push(&mut self, head: Head, vector: &[PartId]) {
        self.heads.push(head);
        self.vectors.extend_from_slice(vector);
        self.vectors.resize(self.heads.len() * self.width, ABSENT);
    }

    /// A state that a way leads to from another one.
    pub(super) fn push_changed(&mut self, head: Head, vector: &[PartId], memo: &Memo, way: u32) {
        let start = self.vectors.len();
        self.push(head, vector);
        for (place, part) in memo.changes(memo.row(way)) {
            self.vectors[start + *place as usize] = *part;
        }
    }

    /// The states from one place on.
    pub(super) fn split_off(&mut self, item: usize) -> Segment {
        let vectors = self.vectors.split_off(item * self.width);
        Segment { heads: self.heads.split_off(item), vectors, width: self.width }
    }

    pub(super) fn bytes(&self) -> u64 {
        (self.heads.len() * size_of::<Head>() + self.vectors.len() * 4) as u64
    }
}

/// Which step a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One that is remembered: the number of the way.
    Remembered(u32),
    /// One that was just made: its number in the block.
    Made(u32),
}

/// A step from a state of the block to some state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) tag: Tag,
    /// The segment and the state in it.
    parent: u32,
    /// A way, or with the highest bit a step that was made.
    step: u32,
}

const MADE: u32 = 1 << 31;

impl Record {
    #[inline]
    pub(super) const fn new(digest: u128, segment: u32, item: u32, step: Step) -> Record {
        let step = match step {
            Step::Remembered(way) => way,
            Step::Made(number) => number | MADE,
        };
        Record { tag: Tag::of(digest), parent: segment << SEGMENT_BITS | item, step }
    }

    #[inline]
    pub(super) const fn parent(self) -> (usize, usize) {
        ((self.parent >> SEGMENT_BITS) as usize, self.parent as usize % SEGMENT)
    }

    /// The number of the step when it was just made.
    pub(super) const fn made(self) -> Option<u32> {
        match self.step() {
            Step::Made(number) => Some(number),
            Step::Remembered(_) => None,
        }
    }

    #[inline]
    pub(super) const fn step(self) -> Step {
        if self.step & MADE == 0 { Step::Remembered(self.step) } else { Step::Made(self.step & !MADE) }
    }
}

/// What expanding a segment gave.
#[derive(Debug)]
pub(super) struct Sheet {
    /// For each table.
    pub(super) records: Vec<Vec<Record>>,
    /// States of which a step has to be made really.
    pub(super) aside: Vec<u32>,
    /// States without a next step.
    pub(super) ends: Vec<u32>,
    pub(super) edges: u64,
}

impl Default for Sheet {
    fn default() -> Sheet {
        Sheet { records: vec![Vec::new(); SHARDS], aside: Vec::new(), ends: Vec::new(), edges: 0 }
    }
}

impl Sheet {
    pub(super) fn clear(&mut self) {
        self.records.iter_mut().for_each(Vec::clear);
        self.aside.clear();
        self.ends.clear();
        self.edges = 0;
    }

    /// Puts the records in the order of the states that they come from, whichever were put aside.
    pub(super) fn sort(&mut self) {
        self.records.iter_mut().for_each(|records| records.sort_by_key(|record| record.parent));
        self.ends.sort_unstable();
    }

    pub(super) fn bytes(&self) -> u64 {
        (self.records.iter().map(Vec::len).sum::<usize>() * size_of::<Record>()) as u64
    }

    #[inline]
    pub(super) fn add(&mut self, record: Record) {
        self.edges += 1;
        self.records[record.tag.shard()].push(record);
    }
}
