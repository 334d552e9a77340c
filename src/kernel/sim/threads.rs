//! A set of threads, one bit each: who can run. Going through it costs what is in it, not how many threads ever were.

use crate::ids::ThreadId;

/// A set of threads. It is in order, and equal sets are equal values: there are no trailing zeros.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ThreadSet {
    words: Vec<u64>,
}

impl ThreadSet {
    pub(crate) fn insert(&mut self, thread: ThreadId) {
        let (word, bit) = place(thread);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= bit;
    }

    pub(crate) fn remove(&mut self, thread: ThreadId) {
        let (word, bit) = place(thread);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }

    pub(crate) fn contains(&self, thread: ThreadId) -> bool {
        let (word, bit) = place(thread);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The members in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ThreadId> {
        self.words.iter().zip((0u32..).step_by(64)).flat_map(|(word, base)| Bits(*word, base))
    }
}

const fn place(thread: ThreadId) -> (usize, u64) {
    (thread.index() / 64, 1 << (thread.0 % 64))
}

/// The bits of a word that are not given out yet, and the number of its lowest bit.
struct Bits(u64, u32);

impl Iterator for Bits {
    type Item = ThreadId;

    fn next(&mut self) -> Option<ThreadId> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(ThreadId(self.1 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_in_order_and_equal_sets_are_equal() {
        let mut set = ThreadSet::default();
        for n in [700, 3, 64, 63, 0] {
            set.insert(ThreadId(n));
        }
        assert_eq!(set.iter().map(|thread| thread.0).collect::<Vec<_>>(), [0, 3, 63, 64, 700]);
        set.remove(ThreadId(700));
        set.remove(ThreadId(9999));
        assert!(!set.contains(ThreadId(700)) && set.contains(ThreadId(64)));
        let other: Vec<ThreadId> = set.iter().collect();
        let mut again = ThreadSet::default();
        for thread in &other {
            again.insert(*thread);
        }
        assert_eq!(set, again);
        for thread in &other {
            set.remove(*thread);
        }
        assert!(set.is_empty());
    }
}
