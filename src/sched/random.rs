//! `random`: each candidate with the same probability, drawn from a [seeded generator](super::rng).
//!
//! The uniform random walk over schedules. It finds shallow bugs quickly and is the default, because it shows most
//! programs something different under each seed. It does not make all *schedules* equally likely; [`super::pct`]
//! gives a bound for deep ones.

use super::rng::Rng;
use super::{Scheduler, Situation};
use crate::event::Choice;

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct Random {
    rng: Rng,
}

impl Random {
    /// The scheduler of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random { rng: Rng::new(seed) }
    }
}

impl Scheduler for Random {
    fn choose(&mut self, situation: Situation<'_>) -> Choice {
        let candidates = situation.candidates;
        // A single candidate draws too: which numbers a step gets does not depend on how many could run before.
        let count = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        candidates[self.rng.below(count) as usize]
    }

    fn fork(&self) -> Box<dyn Scheduler> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::letters;
    use super::*;

    #[test]
    fn a_seed_is_a_run() {
        let run = letters(&mut Random::new(1), 3, 30);
        assert_eq!(run, letters(&mut Random::new(1), 3, 30));
        assert_ne!(run, letters(&mut Random::new(2), 3, 30));
        assert_eq!(run, "AMABBMBABBAMABMABMBMMBMBAMBMMM");
    }

    #[test]
    fn a_fork_goes_on_like_the_original() {
        let mut original = Random::new(9);
        letters(&mut original, 4, 17);
        let mut fork = original.fork();
        assert_eq!(letters(fork.as_mut(), 4, 50), letters(&mut original, 4, 50));
    }
}
