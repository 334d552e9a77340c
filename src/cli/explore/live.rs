//! Runs on real threads beside an exploration. What they come to must be among the explored outcomes.

use super::Explore;
use super::watch::Ticker;
use crate::cli::args::{Rules, Simulation};
use crate::cli::exit::Failure;
use crate::cli::repeat::{Trial, on_real_threads};
use crate::cli::run::Made;
use crate::cli::watch::Guard;
use crate::explore::{Exploration, Explorer};
use crate::kernel::Atomicity;
use crate::kernel::live::LiveOptions;
use crate::lang::Program;
use crate::report;
use crate::report::explore::{Live, is_among};
use crate::scenario::RunEnd;
use std::sync::Arc;

/// Steps of one run: more than a program makes whose interleavings can be looked at, and soon over in one that never
/// ends.
const MAX_STEPS: u32 = 100_000;

/// Runs that are about to be made.
pub(super) struct Runs<'a> {
    pub(super) asked: &'a Explore,
    pub(super) explorer: &'a Explorer,
    pub(super) exploration: &'a Exploration,
    pub(super) program: &'a Arc<Program>,
}

impl Runs<'_> {
    /// Makes the runs, as many as there is time for.
    pub(super) fn make(&self, runs: u32, guard: &mut Guard, ticker: &mut Ticker<'_>) -> Result<Live, Failure> {
        let how = self.how();
        let real = LiveOptions { speed: self.asked.speed.unwrap_or(1.0), ..LiveOptions::default() };
        let mut live = Live::default();
        for made in 0..runs {
            ticker.running(made, runs);
            let seed = how.rules.seed().wrapping_add(u64::from(made));
            let trial = on_real_threads(&how, seed, &real, self.program, guard)?;
            if guard.look().is_some() {
                break;
            }
            self.count(trial, &mut live);
        }
        ticker.clear();
        Ok(live)
    }

    /// What the live world has a use for: nobody can tell the operating system by which rules to switch.
    fn how(&self) -> Simulation {
        let Rules { seed, input, .. } = self.asked.rules.clone();
        let usual = Simulation::usual();
        Simulation { rules: Rules { seed, input, ..usual.rules }, max_steps: Some(MAX_STEPS), ..usual }
    }

    fn count(&self, trial: Trial, live: &mut Live) {
        if !self.is_explored(&trial.made) {
            live.unexplored += 1;
            live.example.get_or_insert_with(|| trial.made.schedule.clone());
        }
        trial.count(&mut live.side, &self.asked.deny);
    }

    /// Whether a run came to an outcome that was explored, or to one about which nothing can be said.
    fn is_explored(&self, made: &Made) -> bool {
        let outcome = report::Outcome::new(RunEnd::of_run(&made.end, made.failed), made.globals.clone());
        let cut_off = outcome.end == RunEnd::Limit;
        cut_off || !self.is_comparable() || is_among(self.explorer, self.exploration, &outcome, &made.schedule)
    }

    /// Whether the explored outcomes are all that real threads can come to.
    fn is_comparable(&self) -> bool {
        let Exploration { open, stop, cautions, .. } = self.exploration;
        let rules = &self.asked.rules;
        let complete = *open == 0 && stop.is_none() && cautions.is_empty();
        complete && !rules.fair && !self.asked.timed && rules.atomic.unwrap_or_default() == Atomicity::Op
    }
}
