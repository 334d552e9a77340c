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
//!
//! A footprint is looked up by the numbers of its parts, exactly: four of them fit into a key; of more, pairs get
//! numbers until four are left.

use super::parts::{ABSENT, Glance, PartId, Parts, Taken};
use crate::event::Choice;
use crate::ids::ThreadId;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// One way in which a step can go, and what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) choice: Choice,
    /// Places and their new parts, in order; a place that did not exist is a new thread's.
    pub(super) changes: SmallVec<[(u32, PartId); 4]>,
    /// What the digest of the state grows by.
    pub(super) grows: u128,
    /// The thread is over after it.
    pub(super) finishes: bool,
}

/// The ways of a thread's next step, as places among all that are remembered; none when it has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The thread is over after one of them.
    pub(super) finishes: bool,
}

impl Ways {
    pub(super) const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A way, as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) grows: u128,
    changes: (u32, u32),
    /// The number of the choice.
    pub(super) choice: u32,
    finishes: bool,
}

/// A place in the table of footprints. Parts have numbers from 1 on, so that nothing has the key 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u128,
    ways: (u32, u32),
    finishes: bool,
}

/// The steps that were made.
#[derive(Debug)]
pub(super) struct Memo {
    slots: Vec<Slot>,
    len: usize,
    rows: Vec<Row>,
    changes: Vec<(u32, PartId)>,
    choices: Vec<Choice>,
    choice_numbers: HashMap<Choice, u32, FxBuildHasher>,
    pairs: HashMap<u64, u32, FxBuildHasher>,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo {
            slots: vec![Slot::default(); 1 << 8],
            len: 0,
            rows: Vec::new(),
            changes: Vec::new(),
            choices: Vec::new(),
            choice_numbers: HashMap::default(),
            pairs: HashMap::default(),
        }
    }
}

impl Memo {
    #[inline]
    pub(super) fn get(&self, key: u128) -> Option<Ways> {
        let slot = self.slots[self.place_of(key)];
        (slot.key == key).then_some(Ways { start: slot.ways.0, end: slot.ways.1, finishes: slot.finishes })
    }

    pub(super) fn insert(&mut self, key: u128, ways: &[Way]) -> Ways {
        if self.len * 2 >= self.slots.len() {
            self.grow();
        }
        let start = number(self.rows.len());
        for way in ways {
            let first = number(self.changes.len());
            self.changes.extend_from_slice(&way.changes);
            let choice = self.choice_number(way.choice);
            let changes = (first, number(self.changes.len()));
            self.rows.push(Row { grows: way.grows, changes, choice, finishes: way.finishes });
        }
        let end = number(self.rows.len());
        let finishes = ways.iter().any(|way| way.finishes);
        let place = self.place_of(key);
        self.slots[place] = Slot { key, ways: (start, end), finishes };
        self.len += 1;
        Ways { start, end, finishes }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the mask keeps it in range")]
    #[inline]
    fn place_of(&self, key: u128) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (key as u64 ^ ((key >> 64) as u64).wrapping_mul(FACTOR)).wrapping_mul(FACTOR);
        let mask = self.slots.len() - 1;
        let mut place = (mixed >> 20 ^ mixed >> 44) as usize & mask;
        while self.slots[place].key != 0 && self.slots[place].key != key {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = vec![Slot::default(); self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.key != 0 {
                let place = self.place_of(slot.key);
                self.slots[place] = slot;
            }
        }
    }

    /// The key of a thread's step; `None` when it was certainly not made yet.
    #[inline]
    pub(super) fn key(&self, parts: &Parts, own: PartId, glance: Glance, vector: &[PartId]) -> Option<u128> {
        let (fixed, woken) = parts.places_of(glance, vector);
        let at = |place: &u32| vector.get(*place as usize).copied().unwrap_or(ABSENT);
        let mut key = Key::new(own, vector[0]);
        for place in fixed.iter().chain(woken) {
            if let Some((one, other)) = key.add(at(place)) {
                key.replace(*self.pairs.get(&pair(one, other))?);
            }
        }
        Some(key.value())
    }

    /// The same, when it is to be remembered.
    pub(super) fn new_key(&mut self, parts: &Parts, own: PartId, vector: &[PartId]) -> u128 {
        let (fixed, woken) = parts.places_of(parts.look(own), vector);
        let at = |place: &u32| vector.get(*place as usize).copied().unwrap_or(ABSENT);
        let mut key = Key::new(own, vector[0]);
        for place in fixed.iter().chain(woken) {
            if let Some((one, other)) = key.add(at(place)) {
                let next = number(self.pairs.len());
                key.replace(*self.pairs.entry(pair(one, other)).or_insert(next));
            }
        }
        key.value()
    }

    /// So many ways are remembered.
    pub(super) fn rows(&self) -> u32 {
        number(self.rows.len())
    }

    #[inline]
    pub(super) fn row(&self, way: u32) -> &Row {
        &self.rows[way as usize]
    }

    #[inline]
    pub(super) fn changes(&self, row: &Row) -> &[(u32, PartId)] {
        &self.changes[row.changes.0 as usize..row.changes.1 as usize]
    }

    /// The ways, whole.
    pub(super) fn ways(&self, ways: Ways) -> impl Iterator<Item = Way> {
        self.rows[ways.start as usize..ways.end as usize].iter().map(|row| Way {
            choice: self.choice(row.choice),
            changes: self.changes(row).into(),
            grows: row.grows,
            finishes: row.finishes,
        })
    }

    #[inline]
    pub(super) fn choice(&self, number: u32) -> Choice {
        self.choices[number as usize]
    }

    pub(super) fn choices(&self) -> &[Choice] {
        &self.choices
    }

    pub(super) fn choice_number(&mut self, choice: Choice) -> u32 {
        let next = number(self.choices.len());
        let choices = &mut self.choices;
        *self.choice_numbers.entry(choice).or_insert_with(|| {
            choices.push(choice);
            next
        })
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn bytes(&self) -> u64 {
        let rows = self.rows.capacity() * size_of::<Row>() + self.changes.capacity() * 8;
        (self.slots.len() * size_of::<Slot>() + rows + self.pairs.len() * 32) as u64
    }
}

/// A key in the making: the thread's part, the shared part, and up to two more numbers.
struct Key {
    numbers: [u32; 4],
    len: usize,
}

impl Key {
    #[inline]
    fn new(own: PartId, shared: PartId) -> Key {
        Key { numbers: [own, shared, 0, 0], len: 2 }
    }

    /// Adds a number, or says which two have to be one first.
    #[inline]
    fn add(&mut self, number: u32) -> Option<(u32, u32)> {
        if self.len < 4 {
            self.numbers[self.len] = number;
            self.len += 1;
            return None;
        }
        Some((self.numbers[3], number))
    }

    #[inline]
    fn replace(&mut self, pair: u32) {
        self.numbers[3] = pair;
    }

    #[inline]
    fn value(&self) -> u128 {
        self.numbers.iter().fold(0, |value, number| value << 32 | u128::from(*number))
    }
}

const fn pair(one: u32, other: u32) -> u64 {
    (one as u64) << 32 | other as u64
}

fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// What a step changed; `None` when that may depend on more than its footprint.
pub(super) fn change(before: &Taken, after: &Taken, choice: Choice, parts: &Parts) -> Option<Way> {
    let named = after.newer.starts_with(&before.newer);
    if !named || before.entangled || after.entangled {
        return None;
    }
    let own = place_of(choice.thread, parts);
    let (fixed, woken) = parts.places_of(parts.look(before.vector[own as usize]), &before.vector);
    let mut way = Way { choice, changes: SmallVec::new(), grows: 0, finishes: false };
    for (place, part) in (0u32..).zip(&after.vector) {
        let old = before.vector.get(place as usize);
        if old == Some(part) {
            continue;
        }
        if place != 0 && place != own && old.is_some() && !fixed.contains(&place) && !woken.contains(&place) {
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

/// The place of a thread's part.
pub(super) fn place_of(thread: ThreadId, parts: &Parts) -> u32 {
    thread.0 + u32::try_from(parts.first_thread()).unwrap_or(u32::MAX)
}
