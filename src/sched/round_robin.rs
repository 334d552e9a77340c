//! `rr`: round robin. Each thread makes `quantum` steps, then it is the turn of the next one that can run, by number.
//!
//! A thread that blocks before its quantum is over loses the rest of it. With a quantum of 1 the threads alternate
//! step by step, which is the schedule people have in mind when they say "at the same time".

use super::{Scheduler, Situation};
use crate::event::Choice;
use std::num::NonZeroU32;

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct RoundRobin {
    quantum: NonZeroU32,
    /// Steps that the thread whose turn it is has made in a row.
    made: u32,
}

impl RoundRobin {
    /// Turns of `quantum` steps.
    #[must_use]
    pub const fn new(quantum: NonZeroU32) -> RoundRobin {
        RoundRobin { quantum, made: 0 }
    }
}

impl Scheduler for RoundRobin {
    fn choose(&mut self, situation: Situation<'_>) -> Choice {
        let Some(last) = situation.last else {
            self.made = 1;
            return situation.candidates[0];
        };
        match situation.first_of(last) {
            Some(choice) if self.made < self.quantum.get() => {
                self.made += 1;
                choice
            }
            _ => {
                self.made = 1;
                situation.first_after(last)
            }
        }
    }

    fn fork(&self) -> Box<dyn Scheduler> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, letters};
    use super::*;

    fn rr(quantum: u32) -> RoundRobin {
        RoundRobin::new(NonZeroU32::new(quantum).unwrap())
    }

    #[test]
    fn turns_are_as_long_as_the_quantum() {
        assert_eq!(letters(&mut rr(1), 3, 7), "MABMABM");
        assert_eq!(letters(&mut rr(3), 3, 11), "MMMAAABBBMM");
    }

    #[test]
    fn a_thread_that_blocks_loses_the_rest_of_its_turn() {
        let mut rr = rr(3);
        assert_eq!(ask(&mut rr, None, &[0, 1, 2]), 0);
        assert_eq!(ask(&mut rr, Some(0), &[1, 2]), 1);
        assert_eq!(ask(&mut rr, Some(1), &[0, 1, 2]), 1);
        assert_eq!(ask(&mut rr, Some(1), &[0, 2]), 2);
        assert_eq!(ask(&mut rr, Some(2), &[0, 1]), 0);
    }
}
