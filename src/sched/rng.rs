//! The generator behind every random schedule: PCG32, version 1 of Lockstep's use of it.
//!
//! PCG XSH RR 64/32 (M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for
//! Random Number Generation", 2014) from `rand_pcg`, which keeps it bit for bit. Drawing below a bound is our own,
//! because `rand`'s ranges may differ from one version to the next, and a seed that somebody wrote down must mean the
//! same run for ever. The golden vectors in the tests are that promise.

use rand_core::RngCore;
use rand_pcg::Pcg32;

/// The stream of the generator that Lockstep uses. Changing it is a new version.
const STREAM: u64 = 0x4c6f_636b_7374_6570;

/// A seeded generator.
#[derive(Clone, Debug)]
pub struct Rng(Pcg32);

impl Rng {
    /// The generator of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Rng {
        Rng(Pcg32::new(seed, STREAM))
    }

    /// A number in `0..bound`, each with the same probability.
    ///
    /// D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019, algorithm 5: the upper half
    /// of a product with the bound, drawn again in the rare case that would favour some numbers.
    ///
    /// # Panics
    /// In debug builds when `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        debug_assert!(bound > 0, "nothing lies below 0");
        let mut product = u64::from(self.0.next_u32()) * u64::from(bound);
        if low(product) < bound {
            let rejected = bound.wrapping_neg() % bound.max(1);
            while low(product) < rejected {
                product = u64::from(self.0.next_u32()) * u64::from(bound);
            }
        }
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
const fn low(product: u64) -> u32 {
    product as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(seed: u64, bound: u32, count: usize) -> Vec<u32> {
        let mut rng = Rng::new(seed);
        (0..count).map(|_| rng.below(bound)).collect()
    }

    #[test]
    fn golden_vectors() {
        // Version 1. If these change, every seed that was ever written down means another run.
        assert_eq!(draws(0, 2, 16), GOLDEN_COIN);
        assert_eq!(draws(1, 6, 12), GOLDEN_DIE);
        assert_eq!(draws(42, 1_000_000, 5), GOLDEN_MILLION);
        assert_eq!(draws(7, 3_000_000_000, 4), GOLDEN_LARGE);
    }

    const GOLDEN_COIN: [u32; 16] = [1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
    const GOLDEN_DIE: [u32; 12] = [2, 0, 2, 4, 4, 1, 4, 2, 4, 4, 2, 0];
    const GOLDEN_MILLION: [u32; 5] = [403_818, 319_734, 185_682, 75_186, 150_486];
    const GOLDEN_LARGE: [u32; 4] = [38_810_879, 655_093_237, 1_575_577_706, 11_166_123];

    #[test]
    fn every_number_is_as_likely_as_every_other() {
        let mut counts = [0u32; 7];
        for draw in draws(3, 7, 70_000) {
            counts[draw as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        assert!(draws(3, 1, 100).iter().all(|draw| *draw == 0));
    }
}
