//! A hash table that remembers the order of insertion.

use crate::vm::Value;
use hashbrown::HashTable;
use smallvec::SmallVec;

/// A key and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    pub hash: i64,
    pub key: Value,
    pub value: Value,
}

/// The items of a `dict`.
///
/// Entries stand in order of insertion; a removed one leaves a gap, and gaps go when there are more of them than entries.
/// Up to eight entries are simply searched, more have an index of slots.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    slots: Vec<Option<Entry>>,
    live: usize,
    /// Empty as long as the dict is small.
    index: HashTable<u32>,
}

impl Dict {
    /// How many slots are searched without an index.
    const SMALL: usize = 8;

    #[must_use]
    pub fn new() -> Dict {
        Dict::default()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// The slot whose key has this hash and is the `same`.
    #[must_use]
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<usize> {
        if self.slots.len() <= Dict::SMALL {
            return self.slots.iter().position(|slot| slot.is_some_and(|entry| entry.hash == hash && same(entry.key)));
        }
        let matches =
            |slot: &u32| self.entry(*slot as usize).is_some_and(|entry| entry.hash == hash && same(entry.key));
        self.index.find(spread(hash), matches).map(|slot| *slot as usize)
    }

    /// All slots whose keys have this hash.
    #[must_use]
    pub fn candidates(&self, hash: i64) -> SmallVec<[usize; 4]> {
        let mut found = SmallVec::new();
        if self.slots.len() <= Dict::SMALL {
            found
                .extend((0..self.slots.len()).filter(|slot| self.entry(*slot).is_some_and(|entry| entry.hash == hash)));
        } else {
            let slots = self.index.iter_hash(spread(hash)).map(|slot| *slot as usize);
            found.extend(slots.filter(|slot| self.entry(*slot).is_some_and(|entry| entry.hash == hash)));
        }
        found
    }

    /// What is in this slot.
    #[must_use]
    pub fn entry(&self, slot: usize) -> Option<&Entry> {
        self.slots.get(slot)?.as_ref()
    }

    /// Appends a key that is not there yet.
    pub fn insert_new(&mut self, hash: i64, key: Value, value: Value) {
        if self.slots.len() >= 2 * self.live + Dict::SMALL {
            self.close_gaps();
        }
        self.slots.push(Some(Entry { hash, key, value }));
        self.live += 1;
        match self.slots.len() {
            0..=Dict::SMALL => {}
            n if n == Dict::SMALL + 1 => self.rebuild_index(),
            n => self.add_to_index(n - 1, hash),
        }
    }

    /// Gives the key in this slot another value.
    pub fn set_value(&mut self, slot: usize, value: Value) {
        if let Some(Some(entry)) = self.slots.get_mut(slot) {
            entry.value = value;
        }
    }

    /// Removes what is in this slot.
    pub fn remove(&mut self, slot: usize) -> Option<Entry> {
        let entry = self.slots.get_mut(slot)?.take()?;
        self.live -= 1;
        if !self.index.is_empty()
            && let Ok(found) = self.index.find_entry(spread(entry.hash), |other| *other as usize == slot)
        {
            found.remove();
        }
        if self.live == 0 {
            self.clear();
        }
        Some(entry)
    }

    pub fn clear(&mut self) {
        self.slots.clear();
        self.index.clear();
        self.live = 0;
    }

    /// The first entry at or after slot `from`, with its slot.
    #[must_use]
    pub fn next(&self, from: usize) -> Option<(usize, &Entry)> {
        let rest = self.slots.get(from..)?;
        rest.iter().enumerate().find_map(|(skipped, slot)| Some((from + skipped, slot.as_ref()?)))
    }

    /// The last entry before slot `before`, with its slot.
    #[must_use]
    pub fn previous(&self, before: usize) -> Option<(usize, &Entry)> {
        let rest = self.slots.get(..before.min(self.slots.len()))?;
        rest.iter().enumerate().rev().find_map(|(slot, entry)| Some((slot, entry.as_ref()?)))
    }

    /// The entries in order of insertion.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.slots.iter().flatten()
    }

    /// All slots, gaps included.
    pub(in crate::vm) fn slots(&self) -> impl Iterator<Item = Option<&Entry>> {
        self.slots.iter().map(Option::as_ref)
    }

    /// Moves an entry to the end (`last`) or the beginning.
    pub fn move_to(&mut self, slot: usize, last: bool) {
        let Some(Some(entry)) = self.slots.get_mut(slot).map(Option::take) else { return };
        if last {
            self.slots.push(Some(entry));
        } else {
            self.slots.insert(0, Some(entry));
        }
        self.close_gaps();
    }

    fn close_gaps(&mut self) {
        self.slots.retain(Option::is_some);
        self.rebuild_index();
    }

    fn rebuild_index(&mut self) {
        self.index.clear();
        if self.slots.len() <= Dict::SMALL {
            return;
        }
        for slot in 0..self.slots.len() {
            if let Some(hash) = self.entry(slot).map(|entry| entry.hash) {
                self.add_to_index(slot, hash);
            }
        }
    }

    fn add_to_index(&mut self, slot: usize, hash: i64) {
        let Dict { slots, index, .. } = self;
        let hash_of = |slot: &u32| spread(slots.get(*slot as usize).copied().flatten().map_or(0, |entry| entry.hash));
        let slot = u32::try_from(slot).expect("a dict of 2^32 entries does not fit in the memory limit");
        index.insert_unique(spread(hash), slot, hash_of);
    }
}

/// Python's hashes of ints are the ints: their bits are spread for a table that looks at the upper ones.
const fn spread(hash: i64) -> u64 {
    hash.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(dict: &Dict, n: i64) -> Option<usize> {
        dict.find(n, |key| key == Value::Int(n))
    }

    fn keys(dict: &Dict) -> Vec<Value> {
        dict.iter().map(|entry| entry.key).collect()
    }

    #[test]
    fn order_of_insertion_is_kept_across_removals() {
        let mut dict = Dict::new();
        for n in 0..100 {
            dict.insert_new(n, Value::Int(n), Value::Int(n * n));
        }
        for n in (0..100).filter(|n| n % 3 != 0) {
            let slot = find(&dict, n).unwrap();
            assert_eq!(dict.remove(slot).unwrap().value, Value::Int(n * n));
        }
        for n in 200..300 {
            dict.insert_new(n, Value::Int(n), Value::None);
        }
        let expected: Vec<Value> = (0..100).filter(|n| n % 3 == 0).chain(200..300).map(Value::Int).collect();
        assert_eq!(keys(&dict), expected);
        assert_eq!(dict.len(), expected.len());
        assert!(find(&dict, 1).is_none());
        assert_eq!(dict.entry(find(&dict, 99).unwrap()).unwrap().value, Value::Int(9801));
    }

    #[test]
    fn entries_can_be_walked_both_ways_and_moved() {
        let mut dict = Dict::new();
        for n in 0..20 {
            dict.insert_new(n, Value::Int(n), Value::None);
        }
        dict.remove(0);
        dict.remove(19);
        assert_eq!(dict.next(0).unwrap().0, 1);
        assert_eq!(dict.previous(usize::MAX).unwrap().0, 18);
        dict.move_to(find(&dict, 5).unwrap(), true);
        dict.move_to(find(&dict, 7).unwrap(), false);
        assert_eq!((keys(&dict)[0], keys(&dict)[17]), (Value::Int(7), Value::Int(5)));
        assert_eq!(dict.entry(find(&dict, 5).unwrap()).unwrap().key, Value::Int(5));
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let mut dict = Dict::new();
        for n in 0..12 {
            dict.insert_new(7, Value::Int(n), Value::None);
        }
        assert_eq!(dict.candidates(7).len(), 12);
        assert_eq!(dict.find(7, |key| key == Value::Int(11)), Some(11));
        assert_eq!(dict.find(8, |_| true), None);
    }
}
