//! What a description is made of: words, in an order that says what they mean.

use std::hash::{Hash, Hasher};

/// A growing sequence of words. It is also a [`Hasher`], so that whatever can be hashed can be described: everything
/// that a derived `Hash` looks at is written down, lengths included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(Vec<u64>);

impl Words {
    pub(crate) fn push(&mut self, word: u64) {
        self.0.push(word);
    }

    /// Which variant of an enum it is.
    pub(crate) fn variant<T>(&mut self, of: &T) {
        std::mem::discriminant(of).hash(self);
    }

    /// A text, with its length.
    pub(crate) fn text(&mut self, text: &str) {
        self.write(text.as_bytes());
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn as_slice(&self) -> &[u64] {
        &self.0
    }

    /// Two descriptions of the same thing were written, from `start` on and from `middle` on: leaves the second one, or
    /// none when they say the same.
    pub(crate) fn keep_changed(&mut self, start: usize, middle: usize) {
        let same = self.0[start..middle] == self.0[middle..];
        if same {
            self.truncate(start);
        } else {
            self.0.drain(start..middle);
        }
    }
}

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        self.push(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.push(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.push(u64::from(n));
    }

    fn write_u16(&mut self, n: u16) {
        self.push(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.push(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.push(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.push(n as u64);
    }

    /// Nobody asks: it is the words that count.
    fn finish(&self) -> u64 {
        0
    }
}

/// 128 bits of the part of a description that stands in this place.
///
/// Two states with different descriptions get the same one with a probability of about `n² / 2^129` among `n` states:
/// less than 10^-20 for a thousand million of them.
///
/// Every word is multiplied into two lanes that feed each other; the folded multiplication is that of wyhash (Wang Yi,
/// "wyhash: the fastest and most robust hash function", 2019).
#[must_use]
pub(crate) fn digest(place: usize, words: &[u64]) -> u128 {
    const SEEDS: [u64; 2] = [0x2d35_8dcc_aa6c_78a5, 0x8bb8_4b93_962e_acc9];
    const FACTORS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
    let mut a = SEEDS[0] ^ words.len() as u64;
    let mut b = folded(SEEDS[1] ^ place as u64, FACTORS[0]);
    for word in words {
        let next = folded(a ^ word, FACTORS[0]).wrapping_add(b);
        b = folded(b ^ word.rotate_left(32), FACTORS[1]) ^ a;
        a = next;
    }
    let (high, low) = (folded(a ^ b.rotate_left(17), FACTORS[1]), folded(b ^ a.rotate_left(29), FACTORS[0]));
    u128::from(high ^ b) << 64 | u128::from(low ^ a)
}

#[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
const fn folded(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn lengths_and_places_count() {
        let mut seen = HashSet::new();
        for length in 0..50_usize {
            assert!(seen.insert(digest(0, &vec![0; length])));
            for place in 0..length {
                for bit in [0, 1, 31, 32, 63] {
                    let mut words = vec![0; length];
                    words[place] = 1 << bit;
                    assert!(seen.insert(digest(0, &words)), "bit {bit} of word {place} of {length}");
                }
            }
        }
    }

    #[test]
    fn every_half_of_a_digest_tells_small_numbers_apart() {
        let mut halves = [HashSet::new(), HashSet::new()];
        for n in 0..200_000_u64 {
            let digest = digest(1, &[n % 20, n / 20]);
            for (half, shift) in halves.iter_mut().zip([0, 64]) {
                half.insert(u64::try_from(digest >> shift & u128::from(u64::MAX)).unwrap());
            }
        }
        assert_eq!(halves.map(|half| half.len()), [200_000, 200_000]);
    }

    #[test]
    fn what_is_hashed_is_written_with_its_length() {
        let describe = |parts: [&str; 2]| {
            let mut words = Words::default();
            for part in parts {
                part.hash(&mut words);
            }
            words
        };
        assert_ne!(describe(["ab", "c"]).as_slice(), describe(["a", "bc"]).as_slice());
    }
}
