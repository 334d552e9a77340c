//! Which steps lead to something new: each table takes its records in their order, so that the result does not depend on
//! who does the work; then the new states are written down for the next layer.

use super::layer::{Head, MARKED, Record, Segment, Sheet, Step, Who};
use super::make::Made;
use super::memo::Memo;
use super::parts::{PartId, Parts};
use super::paths::Node;
use super::seen::{AHEAD, Answer, Shard, Tag, Word};
use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

/// Everybody's step was made, or will be: a bit beside those of the threads.
const ALL: u32 = 1 << 31;

/// A step to a state that has to be expanded.
#[derive(Clone, Copy, Debug)]
pub(super) struct New {
    pub(super) record: Record,
    /// The state was never seen before.
    pub(super) first: bool,
}

/// A step, for the graph: from a node to a state. That is said by its number in the table first, then by its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Drawn {
    pub(super) source: Node,
    pub(super) choice: u32,
    pub(super) target: u32,
}

/// A table, and what its digests need.
///
/// In [`Order::Steps`](super::Order::Steps) the word that goes with a digest is its number in the table. In
/// [`Order::Switches`](super::Order::Switches) it says which threads' steps were made in the state, or wait for being
/// made.
#[derive(Debug, Default)]
pub(super) struct Bin {
    pub(super) shard: Shard,
    pub(super) new: Vec<New>,
    /// States with smaller numbers are in this layer or an earlier one.
    settled: u32,
    /// A step led to one of those.
    pub(super) goes_back: bool,
    /// The states of the block from which a step led to a later layer; only when that is asked for.
    pub(super) advanced: Vec<(usize, usize)>,
    /// Steps of threads that have no bit, which were made: states and threads, as one digest.
    beyond: HashSet<u128, FxBuildHasher>,
    drawn: Vec<Drawn>,
    /// The nodes of the states, when a graph is kept.
    pub(super) nodes: Vec<Node>,
}

/// What the tables have to know about a block.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) parts: &'a Parts,
    pub(super) memo: &'a Memo,
    pub(super) segments: &'a [Segment],
    pub(super) sheets: &'a [Sheet],
    pub(super) made: &'a [Made],
}

/// What else is to be noted.
#[derive(Clone, Copy)]
pub(super) struct Notes {
    /// The steps, for the graph.
    pub(super) draws: bool,
    /// Which states lead on.
    pub(super) advances: bool,
}

impl Block<'_> {
    /// The number of the choice.
    #[inline]
    pub(super) fn choice(&self, record: Record) -> u32 {
        match record.step() {
            Step::Remembered(way) => self.memo.row(way).choice,
            Step::Made(number) => self.made[number as usize].choice,
        }
    }

    /// The part of the thread that makes the step, after it.
    #[inline]
    fn arrived(&self, record: Record, thread: u32) -> PartId {
        let place = self.parts.first_thread() + thread as usize;
        match record.step() {
            Step::Made(number) => self.made[number as usize].vector[place],
            Step::Remembered(way) => {
                let mut rows = self.memo.changes(self.memo.row(way)).iter();
                let changed = rows.find(|(changed, _)| *changed as usize == place);
                changed.map_or_else(
                    || {
                        let (segment, item) = record.parent();
                        self.segments[segment].vector(item)[place]
                    },
                    |(_, part)| *part,
                )
            }
        }
    }

    #[inline]
    fn source(&self, record: Record) -> &Head {
        let (segment, item) = record.parent();
        &self.segments[segment].heads[item]
    }
}

impl Bin {
    /// How many bytes the table will grow by when so many digests come.
    pub(super) fn growth(&self, coming: usize) -> u64 {
        if (self.shard.len() + coming) * 4 >= self.shard.capacity() * 3 { self.shard.bytes() } else { 0 }
    }

    pub(super) fn bytes(&self) -> u64 {
        let lists = self.nodes.len() * 4 + self.beyond.capacity() * 17;
        self.shard.bytes() + lists as u64
    }

    /// The first state of all, in which this step waits for being made, or everybody's.
    pub(super) fn begin(&mut self, tag: Tag, who: Who, by_switches: bool) {
        let Answer::New(word) = self.shard.insert(tag) else { return };
        match who {
            // Where there is no bit it is made once more.
            Who::Only(thread) => word.set(bit(thread).unwrap_or(0)),
            Who::Everyone if by_switches => word.set(ALL),
            Who::Everyone | Who::Except(_) | Who::Among(_) => {}
        }
    }

    /// A layer begins: what was reached so far is in this layer or an earlier one.
    pub(super) fn settle(&mut self) {
        self.settled = number(self.shard.len());
    }

    /// The steps of the block.
    pub(super) fn edges(&self) -> impl Iterator<Item = Drawn> {
        self.drawn.iter().map(|drawn| Drawn { target: self.nodes[drawn.target as usize], ..*drawn })
    }

    /// Every state counts once, in order of steps.
    pub(super) fn take_states(&mut self, table: usize, block: Block<'_>, Notes { draws, advances }: Notes) {
        self.new.clear();
        self.advanced.clear();
        self.drawn.clear();
        for sheet in block.sheets {
            for records in sheet.records[table].chunks(AHEAD) {
                self.shard.warm(records.iter().map(|record| record.tag));
                for record in records {
                    let next = number(self.shard.len());
                    let target = match self.shard.insert(record.tag) {
                        Answer::New(word) => {
                            word.set(next);
                            self.new.push(New { record: *record, first: true });
                            next
                        }
                        Answer::Known(word) => {
                            self.goes_back |= word.get() < self.settled;
                            word.get()
                        }
                    };
                    if advances && target >= self.settled {
                        self.advanced.push(record.parent());
                    }
                    if draws {
                        let (source, choice) = (block.source(*record).node, block.choice(*record));
                        self.drawn.push(Drawn { source, choice, target });
                    }
                }
            }
        }
    }

    /// Every step of every state counts once, in order of switches.
    pub(super) fn take_steps(&mut self, table: usize, block: Block<'_>) {
        self.new.clear();
        for sheet in block.sheets {
            for records in sheet.records[table].chunks(AHEAD) {
                self.shard.warm(records.iter().map(|record| record.tag));
                for record in records {
                    let thread = block.memo.choice(block.choice(*record)).thread.0;
                    let (word, first) = match self.shard.insert(record.tag) {
                        Answer::New(word) => (word, true),
                        Answer::Known(word) => (word, false),
                    };
                    let part = block.arrived(*record, thread);
                    let made = match bit(thread).filter(|_| !block.parts.is_anybody(part)) {
                        Some(bit) => {
                            let made = word.get() & (bit | ALL) != 0;
                            word.set(word.get() | bit);
                            made
                        }
                        None => {
                            word.get() & ALL != 0 || !self.beyond.insert(arrival(record.tag, block.parts.digest(part)))
                        }
                    };
                    if !made {
                        self.new.push(New { record: *record, first });
                    }
                }
            }
        }
    }

    /// The steps of the other threads in this state are made now: those whose steps were made before.
    pub(super) fn claim(&mut self, head: &mut Head) {
        let word = self.shard.find(Tag::of(head.digest));
        let made = word.as_deref().map_or(0, |word: &Word| word.get());
        if let Some(word) = word {
            word.set(made | ALL);
        }
        head.who = Who::Except(made & !ALL);
    }
}

/// A state, and where in it a thread stands that made the last step, as one digest. (A part's digest also says which
/// thread's it is, unless that is not told.)
const fn arrival(tag: Tag, part: u128) -> u128 {
    const FACTOR: u128 = 0x8ebc_6af0_9c88_c6e3_5899_65cc_7537_4cc3;
    tag.digest().wrapping_add(part.wrapping_mul(FACTOR))
}

const fn bit(thread: u32) -> Option<u32> {
    if thread < MARKED { Some(1 << thread) } else { None }
}

/// Some of the new states, as they are written down.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Where they begin among all new ones of the block, and where they end.
    range: (usize, usize),
    pub(super) segment: Segment,
    /// The same states, for everybody else's step.
    pub(super) rest: Segment,
    pub(super) arrivals: Vec<(Node, u32)>,
}

impl Piece {
    pub(super) fn new(start: usize, end: usize) -> Piece {
        Piece { range: (start, end), ..Piece::default() }
    }

    /// Writes the states down; the first of all new ones gets this node, and a vector has so many parts.
    pub(super) fn write(&mut self, new: &[New], node: Node, width: usize, by_switches: bool, block: Block<'_>) {
        let new = &new[self.range.0..self.range.1];
        self.segment = Segment::with_room(width, new.len());
        self.rest = if by_switches { Segment::with_room(width, new.len()) } else { Segment::new(width) };
        self.arrivals.reserve(new.len());
        for (node, New { record, first }) in (node + number(self.range.0)..).zip(new) {
            let choice = block.choice(*record);
            self.arrivals.push((block.source(*record).node, choice));
            let who = if by_switches { Who::Only(block.memo.choice(choice).thread.0) } else { Who::Everyone };
            let head = Head { digest: record.tag.digest(), node, who, first: *first, entangled: false };
            push(&mut self.segment, head, *record, block);
            if by_switches && *first {
                push(&mut self.rest, Head { who: Who::Except(0), first: false, ..head }, *record, block);
            }
        }
    }
}

#[inline]
fn push(segment: &mut Segment, head: Head, record: Record, block: Block<'_>) {
    match record.step() {
        Step::Remembered(way) => {
            let (parent, item) = record.parent();
            segment.push_changed(head, block.segments[parent].vector(item), block.memo, way);
        }
        Step::Made(number) => {
            let made = &block.made[number as usize];
            segment.push(Head { entangled: made.entangled, ..head }, &made.vector);
        }
    }
}

pub(super) fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
