//! Replay: what a schedule says, then what another scheduler picks.
//!
//! The one scheduler that may answer with something that is not among the candidates: the world then says why the
//! step does not fit, which is more than this file could know. (A world also accepts some steps that it does not
//! offer, such as a time-out before its time.)

use super::{Scheduler, Situation};
use crate::event::{Choice, Run, Schedule};
use std::sync::Arc;

/// See the [module](self).
pub struct Replay {
    runs: Arc<[Run]>,
    /// The run being replayed, and how much of it was.
    run: usize,
    made: u32,
    then: Box<dyn Scheduler>,
}

impl Replay {
    /// Follows `schedule` to its end, then asks `then`.
    #[must_use]
    pub fn new(schedule: &Schedule, then: Box<dyn Scheduler>) -> Replay {
        Replay { runs: schedule.runs().collect(), run: 0, made: 0, then }
    }

    /// True when everything that the schedule says was said.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.run >= self.runs.len()
    }
}

impl Scheduler for Replay {
    fn choose(&mut self, situation: Situation<'_>) -> Choice {
        let Some(run) = self.runs.get(self.run) else { return self.then.choose(situation) };
        self.made += 1;
        if self.made == run.count {
            self.run += 1;
            self.made = 0;
        }
        run.choice
    }

    fn fork(&self) -> Box<dyn Scheduler> {
        Box::new(Replay { runs: Arc::clone(&self.runs), run: self.run, made: self.made, then: self.then.fork() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::letters;
    use super::super::{Fifo, RoundRobin};
    use super::*;
    use std::num::NonZeroU32;

    #[test]
    fn the_schedule_first_then_the_other_scheduler() {
        let schedule: Schedule = "v1/M2.B1.A2".parse().unwrap();
        let mut replay = Replay::new(&schedule, Box::new(RoundRobin::new(NonZeroU32::MIN)));
        assert_eq!(letters(&mut replay, 3, 3), "MMB");
        let mut fork = replay.fork();
        assert_eq!(letters(&mut replay, 3, 2), "AA");
        assert!(replay.is_over());
        assert_eq!(letters(&mut replay, 3, 3), "MAB");
        assert_eq!(letters(fork.as_mut(), 3, 2), "AA");
    }

    #[test]
    fn an_empty_schedule_is_over_at_once() {
        let mut replay = Replay::new(&Schedule::new(), Box::new(Fifo::new()));
        assert!(replay.is_over());
        assert_eq!(letters(&mut replay, 2, 2), "MM");
    }
}
