//! The generator behind `random`: MT19937 with CPython's seeding and CPython's ways to make numbers of its words, so that
//! `random.seed(42)` gives a student here what it gives them at home (`Lib/random.py`, `Modules/_randommodule.c`).
//!
//! It is a plain value: the world holds one, and a clone of the world draws the same numbers again.

use crate::vm::{Draw, Reply, Value};
use rand_mt::Mt;
use rustc_hash::FxHashSet;

/// The state of `random`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Generator {
    words: Mt,
}

impl Generator {
    /// What `random.seed(seed)` leaves behind. As in CPython, the sign of the seed does not matter.
    #[must_use]
    pub fn seeded(seed: i64) -> Generator {
        let magnitude = seed.unsigned_abs();
        let (low, high) = (low_word(magnitude), low_word(magnitude >> 32));
        let key = if high == 0 { vec![low] } else { vec![low, high] };
        Generator { words: Mt::new_with_key(key) }
    }

    /// Answers a draw. `seed` is the run's own, for `random.seed()` without an argument.
    pub fn draw(&mut self, draw: &Draw, seed: i64) -> Reply {
        match *draw {
            Draw::Below(n) => Reply::Value(int(self.below(n))),
            Draw::Unit => Reply::Float(self.unit()),
            Draw::Bits(count) => Reply::Value(int(self.bits(u32::from(count.min(63))))),
            Draw::Shuffle(n) => Reply::Indices(self.shuffle(n).into()),
            Draw::Sample { n, k } => Reply::Indices(self.sample(n, k).into()),
            Draw::Seed(given) => {
                *self = Generator::seeded(given.unwrap_or(seed));
                Reply::Value(Value::None)
            }
        }
    }

    /// A float in `[0, 1)` with 53 random bits.
    #[expect(clippy::cast_precision_loss, reason = "both parts are below 2^53")]
    pub fn unit(&mut self) -> f64 {
        let high = u64::from(self.words.next_u32() >> 5);
        let low = u64::from(self.words.next_u32() >> 6);
        (high * 67_108_864 + low) as f64 / 9_007_199_254_740_992.0
    }

    /// `getrandbits(count)` for a count of at most 64.
    pub fn bits(&mut self, count: u32) -> u64 {
        match count {
            0 => 0,
            1..=32 => u64::from(self.words.next_u32() >> (32 - count)),
            _ => {
                let low = u64::from(self.words.next_u32());
                let high = u64::from(self.words.next_u32() >> (64 - count.min(64)));
                high << 32 | low
            }
        }
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let count = 64 - n.leading_zeros();
        loop {
            let drawn = self.bits(count);
            if drawn < n {
                return drawn;
            }
        }
    }

    /// What `shuffle` does to `[0, 1, …, n - 1]`.
    fn shuffle(&mut self, n: u32) -> Vec<u32> {
        let mut places: Vec<u32> = (0..n).collect();
        for last in (1..places.len()).rev() {
            let other = self.index_below(last + 1);
            places.swap(last, other);
        }
        places
    }

    /// What `sample(range(n), k)` returns. A small population is a pool that loses what was drawn; of a large one only what was
    /// drawn is remembered. Where the border runs is CPython's, because the numbers depend on it.
    fn sample(&mut self, n: u32, k: u32) -> Vec<u32> {
        let k = k.min(n);
        if u64::from(n) <= pool_limit(k) {
            let mut pool: Vec<u32> = (0..n).collect();
            return (0..k).map(|_| self.take(&mut pool)).collect();
        }
        let mut seen = FxHashSet::default();
        let mut drawn = Vec::new();
        while drawn.len() < k as usize {
            let place = low_word(self.below(u64::from(n)));
            if seen.insert(place) {
                drawn.push(place);
            }
        }
        drawn
    }

    /// Draws one place; the last one moves into its gap.
    fn take(&mut self, pool: &mut Vec<u32>) -> u32 {
        let at = self.index_below(pool.len());
        pool.swap_remove(at)
    }

    fn index_below(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap_or(0)
    }
}

/// Up to which size of the population `sample` of `k` copies it: the size of a set with `k` members, estimated.
fn pool_limit(k: u32) -> u64 {
    let mut limit = 21;
    if k > 5 {
        let mut power: u64 = 1;
        while power < u64::from(k) * 3 {
            power *= 4;
        }
        limit += power;
    }
    limit
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
const fn low_word(n: u64) -> u32 {
    n as u32
}

fn int(n: u64) -> Value {
    Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_those_of_cpython() {
        let mut random = Generator::seeded(42);
        let drawn: Vec<f64> = (0..3).map(|_| random.unit()).collect();
        assert_eq!(drawn, [0.639_426_798_457_883_7, 0.025_010_755_222_666_936, 0.275_029_318_369_119_26]);
        assert_eq!(Generator::seeded(-42), Generator::seeded(42));
        assert_ne!(Generator::seeded(0), Generator::seeded(1));
    }

    #[test]
    fn numbers_below_are_those_of_cpython() {
        let mut random = Generator::seeded(42);
        let drawn: Vec<u64> = (0..8).map(|_| 1 + random.below(100)).collect();
        assert_eq!(drawn, [82, 15, 4, 95, 36, 32, 29, 18]);
        let mut large = Generator::seeded(7);
        assert_eq!(large.below(1_000_000_000_000), 434_439_589_175);
        let mut huge = Generator::seeded(1 << 40);
        assert_eq!(huge.bits(63), 3_257_907_413_730_729_345);
    }

    #[test]
    fn shuffles_and_samples_are_those_of_cpython() {
        assert_eq!(Generator::seeded(42).shuffle(10), [7, 3, 2, 8, 5, 6, 9, 4, 0, 1]);
        assert_eq!(Generator::seeded(42).sample(10, 3), [1, 0, 4]);
        assert_eq!(Generator::seeded(42).sample(1000, 8), [654, 114, 25, 759, 281, 250, 228, 142]);
    }

    #[test]
    fn draws_are_answered_in_kind() {
        let mut random = Generator::seeded(1);
        assert!(matches!(random.draw(&Draw::Below(6), 0), Reply::Value(Value::Int(0..6))));
        assert!(matches!(random.draw(&Draw::Unit, 0), Reply::Float(_)));
        assert!(matches!(random.draw(&Draw::Sample { n: 3, k: 5 }, 0), Reply::Indices(places) if places.len() == 3));
        random.draw(&Draw::Seed(None), 9);
        assert_eq!(random, Generator::seeded(9));
    }
}
