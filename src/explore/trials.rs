//! Trials: single runs, for when not every state could be looked at.
//!
//! A search in order of steps that is stopped has been everywhere near the beginning and nowhere near an end. Some runs go
//! all the way, under the uniform random scheduler and under PCT, which finds what few ordering constraints produce
//! ([`sched::pct`](crate::sched::pct)). What they come to is real, and proves nothing about the rest.

use super::blame::{Blame, Place, blame};
use super::bug::{Bug, Witness};
use super::outcome::Outcome;
use super::search::Cost;
use super::witness::{Stage, Story};
use crate::detect::FindingKind;
use crate::event::{End, Limit, NoSink, Schedule};
use crate::ids::ThreadId;
use crate::kernel::sim::{Drive, World, drive};
use crate::sched::{Fifo, Pct, Random, Scheduler};
use std::collections::{BTreeMap, BTreeSet};

/// So many steps a run may make.
const STEPS_MAX: u64 = 4000;
/// The length of runs for which PCT spreads its change points.
const LENGTH: u32 = 200;

/// What some runs came to.
#[derive(Debug, Default)]
pub(super) struct Trials {
    /// Every outcome, with the run of fewest switches that came to it.
    pub(super) ends: BTreeMap<Outcome, (Cost, Schedule)>,
    /// What went wrong in runs that did not come to an end.
    pub(super) bugs: Vec<(Place, Bug)>,
}

impl Trials {
    /// So many runs, always the same.
    pub(super) fn make(stage: &Stage, runs: u64) -> Trials {
        let mut trials = Trials::default();
        let first = stage.world(&Schedule::new());
        for seed in 0..runs {
            trials.run(stage, first.clone(), scheduler(seed).as_mut());
        }
        trials
    }

    fn run(&mut self, stage: &Stage, mut world: World, scheduler: &mut dyn Scheduler) {
        let mut schedule = Schedule::new();
        let how = Drive { max_steps: Some(STEPS_MAX), record: Some(&mut schedule), ..Drive::default() };
        match drive(&mut world, scheduler, how, &mut NoSink) {
            Ok(End::Limit(Limit::Steps(_))) => self.unended(stage, &schedule),
            Ok(_) => self.ended(stage.outcome_of(&world), schedule),
            Err(_) => {}
        }
    }

    fn ended(&mut self, outcome: Outcome, schedule: Schedule) {
        let Witness { steps, switches, schedule, .. } = Witness::some(schedule);
        let cost = Cost { switches, steps };
        let known = self.ends.entry(outcome).or_insert_with(|| (cost, schedule.clone()));
        if cost < known.0 {
            *known = (cost, schedule);
        }
    }

    /// What certainly went wrong in a run that may go on.
    fn unended(&mut self, stage: &Stage, schedule: &Schedule) {
        let story = stage.story(schedule);
        for one in blame(&story, &in_circles(&story)) {
            let Blame { kind, ref finding } = one;
            let witness = Witness::some(schedule.prefix(u64::from(finding.step.0)));
            self.bugs.push((one.place(), Bug { kind, witness, finding: Some(one.finding), no_return_step: None }));
        }
    }
}

fn scheduler(seed: u64) -> Box<dyn Scheduler> {
    match seed % 4 {
        0 if seed == 0 => Box::new(Fifo::new()),
        0 | 1 => Box::new(Random::new(seed)),
        2 => Box::new(Pct::new(seed, 2, LENGTH)),
        _ => Box::new(Pct::new(seed, 4, LENGTH)),
    }
}

/// The threads that wait for each other in circles which still stand.
fn in_circles(story: &Story) -> BTreeSet<ThreadId> {
    let held_up: BTreeSet<ThreadId> =
        story.world.threads().filter(|thread| thread.state.is_held_up()).map(|thread| thread.id).collect();
    let circles = story.findings.iter().filter(|finding| finding.kind == FindingKind::Deadlock);
    let stands = circles.filter(|circle| circle.threads.iter().all(|thread| held_up.contains(thread)));
    stands.flat_map(|circle| circle.threads.iter().copied()).collect()
}
