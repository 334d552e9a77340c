//! The digests of the states that were seen: open-addressing tables, sixteen bytes a place.
//!
//! Only the digest of a state is kept (P. Wolper and D. Leroy, "Reliable hashing without collision detection", CAV 1993):
//! the upper 96 bits of it, and 32 bits for whoever uses the table. Among `n` states, that two share 96 bits has a
//! probability of about `n² / 2^97`: 6·10^-12 for a thousand million of them, 6·10^-16 for ten million.
//!
//! There are [`SHARDS`] tables; which one a digest belongs to is said by bits of it. So workers can fill them at the same
//! time, and each is small enough to stay close to its worker while a block of states goes into it.

/// How many tables there are.
pub(super) const SHARDS: usize = 64;
/// So many places are read together before the first of them is looked at, so that the memory works on all of them.
pub(super) const AHEAD: usize = 16;

/// A digest that is looked for, as it lies in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) high: u64,
    pub(super) low: u64,
}

impl Tag {
    #[expect(clippy::cast_possible_truncation, reason = "both halves are kept")]
    #[inline]
    pub(super) const fn of(digest: u128) -> Tag {
        Tag { high: (digest >> 64) as u64, low: digest as u64 }
    }

    #[inline]
    pub(super) const fn digest(self) -> u128 {
        (self.high as u128) << 64 | self.low as u128
    }

    /// Which table it belongs to.
    #[inline]
    pub(super) const fn shard(self) -> usize {
        (self.low >> 32) as usize % SHARDS
    }
}

/// What a table says to a digest.
pub(super) enum Answer<'a> {
    /// It was not there; this is the word that goes with it now.
    New(&'a mut Word),
    Known(&'a mut Word),
}

/// A place: the digest's upper 96 bits, and the word that goes with it. 0 is an empty place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(u128);

const DIGEST: u128 = !0xffff_ffff;

impl Word {
    #[expect(clippy::cast_possible_truncation, reason = "the lower 32 bits")]
    #[inline]
    pub(super) const fn get(self) -> u32 {
        self.0 as u32
    }

    #[inline]
    pub(super) const fn set(&mut self, word: u32) {
        self.0 = self.0 & DIGEST | word as u128;
    }
}

/// A table.
#[derive(Debug)]
pub(super) struct Shard {
    /// A power of two of them.
    places: Vec<Word>,
    len: usize,
}

impl Default for Shard {
    fn default() -> Shard {
        Shard { places: vec![Word::default(); 1 << 4], len: 0 }
    }
}

impl Shard {
    /// Looks for a digest, and adds it when it is not there, with 0 as its word.
    #[inline]
    pub(super) fn insert(&mut self, tag: Tag) -> Answer<'_> {
        if self.len * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let digest = normal(tag);
        let place = self.place_of(digest);
        let word = &mut self.places[place];
        if word.0 == 0 {
            *word = Word(digest);
            self.len += 1;
            return Answer::New(word);
        }
        Answer::Known(word)
    }

    /// The word that goes with a digest.
    pub(super) fn find(&mut self, tag: Tag) -> Option<&mut Word> {
        let place = self.place_of(normal(tag));
        Some(&mut self.places[place]).filter(|word| word.0 != 0)
    }

    #[cfg(test)]
    fn contains(&self, tag: Tag) -> bool {
        self.places[self.place_of(normal(tag))].0 != 0
    }

    /// How many digests there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn capacity(&self) -> usize {
        self.places.len()
    }

    /// How many bytes the table takes, and would take while it grows.
    pub(super) fn bytes(&self) -> u64 {
        self.places.len() as u64 * 16
    }

    /// Reads the places of the next few digests, so that they are at hand when they are looked for.
    #[inline]
    pub(super) fn warm(&self, tags: impl Iterator<Item = Tag>) {
        let mask = self.places.len() - 1;
        let mut words = [Word::default(); AHEAD];
        for (word, tag) in words.iter_mut().zip(tags) {
            *word = self.places[start(normal(tag)) & mask];
        }
        std::hint::black_box(&words);
    }

    /// Where the digest is, or would be put.
    #[inline]
    fn place_of(&self, digest: u128) -> usize {
        let mask = self.places.len() - 1;
        let mut place = start(digest) & mask;
        while self.places[place].0 != 0 && self.places[place].0 & DIGEST != digest {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = vec![Word::default(); self.places.len() * 2];
        for word in std::mem::replace(&mut self.places, larger) {
            if word.0 != 0 {
                let place = self.place_of(word.0 & DIGEST);
                self.places[place] = word;
            }
        }
    }
}

/// The part of a digest that is kept; never 0.
#[inline]
const fn normal(tag: Tag) -> u128 {
    let digest = tag.digest() & DIGEST;
    if digest == 0 { 1 << 32 } else { digest }
}

#[expect(clippy::cast_possible_truncation, reason = "a mask keeps it in range")]
#[inline]
const fn start(digest: u128) -> usize {
    (digest >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once_and_keeps_its_word() {
        let mut shard = Shard::default();
        let tag = |n: u128| Tag::of(n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
        for n in 0..20_000_u32 {
            match shard.insert(tag(n.into())) {
                Answer::New(word) => word.set(n),
                Answer::Known(_) => panic!("{n}"),
            }
        }
        for n in 0..20_000_u32 {
            assert!(matches!(shard.insert(tag(n.into())), Answer::Known(word) if word.get() == n));
        }
        assert!(shard.contains(tag(7)) && !shard.contains(tag(30_000)));
        assert_eq!(shard.find(tag(8)).map(|word| word.get()), Some(8));
        assert_eq!(shard.len(), 20_000);
        assert!(shard.bytes() >= 20_000 * 16);
    }

    #[test]
    fn a_digest_and_its_halves_are_the_same() {
        for digest in [0, 1, u128::MAX, 5 << 90 | 3 << 33 | 7] {
            assert_eq!(Tag::of(digest).digest(), digest);
            assert!(Tag::of(digest).shard() < SHARDS);
        }
        let mut shard = Shard::default();
        assert!(matches!(shard.insert(Tag::of(0)), Answer::New(_)));
        assert!(matches!(shard.insert(Tag::of(0)), Answer::Known(_)));
    }
}
