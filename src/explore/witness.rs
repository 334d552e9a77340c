//! Witnesses: schedules that the ordinary simulator takes to where the search said they lead.
//!
//! A search looks most of its steps up, merges states and abstracts time. What it says of a schedule is therefore only
//! believed when the schedule, printed and read again, takes a plain world, as `lockstep run --schedule` makes one, to the
//! same end.

use super::bug::Witness;
use super::outcome::Outcome;
use super::paths::{begin, settle_telling};
use super::search::Cost;
use crate::detect::{Detectors, Facts, Finding};
use crate::event::{Choice, Event, NoSink, Schedule, Sink};
use crate::ids::ThreadId;
use crate::kernel::Options;
use crate::kernel::sim::World;
use crate::lang::Program;
use std::sync::Arc;

/// A program and the rules under which its schedules are replayed.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) program: Arc<Program>,
    pub(super) options: Options,
    pub(super) inputs: Vec<Arc<str>>,
    /// Outcomes differ in what was printed, too.
    pub(super) output: bool,
}

/// What happens along a schedule.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) findings: Vec<Finding>,
    /// Who holds what and waits for what at the end.
    pub(super) facts: Facts,
    pub(super) world: World,
}

#[derive(Default)]
struct Ears {
    detectors: Detectors,
    findings: Vec<Finding>,
}

impl Sink for Ears {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.detectors.fold(&event, &mut self.findings);
    }
}

impl Stage {
    /// What the schedule, printed and read again, comes to in the ordinary simulator; `None` when it does not fit.
    pub(super) fn outcome(&self, schedule: &Schedule) -> Option<Outcome> {
        Some(self.outcome_of(&self.ordinary(schedule)?))
    }

    /// What a world has come to.
    pub(super) fn outcome_of(&self, world: &World) -> Outcome {
        let output = self.output.then(|| world.output().to_string());
        Outcome { output, ..Outcome::of(world) }
    }

    /// The world to which the schedule, printed and read again, takes the ordinary simulator; `None` when it does not fit.
    pub(super) fn ordinary(&self, schedule: &Schedule) -> Option<World> {
        let schedule: Schedule = schedule.to_string().parse().ok()?;
        let options = Options { abstract_time: false, ..self.options.clone() };
        let mut world = begin(Arc::clone(&self.program), options, &self.inputs, &mut NoSink);
        self.play(&mut world, schedule.iter(), &mut NoSink).then_some(world)
    }

    /// What the detectors find along a schedule.
    pub(super) fn story(&self, schedule: &Schedule) -> Story {
        let mut ears = Ears::default();
        let mut world = begin(Arc::clone(&self.program), self.options.clone(), &self.inputs, &mut ears);
        self.play(&mut world, schedule.iter(), &mut ears);
        Story { findings: ears.findings, facts: ears.detectors.facts().clone(), world }
    }

    /// The world after a schedule, under the rules of the exploration.
    pub(super) fn world(&self, schedule: &Schedule) -> World {
        let mut world = begin(Arc::clone(&self.program), self.options.clone(), &self.inputs, &mut NoSink);
        self.play(&mut world, schedule.iter(), &mut NoSink);
        world
    }

    /// Makes the steps, as far as they fit; whether all did.
    #[expect(clippy::unused_self, reason = "one reads what is done to a world where it stands")]
    fn play<S: Sink>(&self, world: &mut World, choices: impl Iterator<Item = Choice>, sink: &mut S) -> bool {
        for choice in choices {
            if world.apply(choice, sink).is_err() {
                return false;
            }
            settle_telling(world, sink);
        }
        true
    }
}

impl Story {
    /// The threads that were started and are not over.
    pub(super) fn alive(&self) -> impl Iterator<Item = ThreadId> {
        self.world.threads().filter(|thread| thread.state.is_alive()).map(|thread| thread.id)
    }

    /// Those of them that keep the program alive.
    pub(super) fn essential(&self) -> impl Iterator<Item = ThreadId> {
        self.world.threads().filter(|thread| thread.state.is_alive() && !thread.daemon).map(|thread| thread.id)
    }
}

impl Witness {
    /// A way that a search in order of switches found.
    pub(super) fn shortest((cost, schedule): &(Cost, Schedule)) -> Witness {
        Witness { schedule: schedule.clone(), steps: cost.steps, switches: switches(schedule), shortest: true }
    }

    /// Some way.
    pub(super) fn some(schedule: Schedule) -> Witness {
        let steps = u32::try_from(schedule.len()).unwrap_or(u32::MAX);
        Witness { steps, switches: switches(&schedule), schedule, shortest: false }
    }
}

/// How often another thread than the one before makes a step.
pub(super) fn switches(schedule: &Schedule) -> u32 {
    let threads: Vec<ThreadId> = schedule.runs().map(|run| run.choice.thread).collect();
    let changes = threads.windows(2).filter(|pair| pair[0] != pair[1]).count();
    u32::try_from(changes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_counted_between_threads_and_not_between_alternatives() {
        let count = |text: &str| switches(&text.parse().unwrap());
        assert_eq!(count("v1/"), 0);
        assert_eq!(count("v1/M5.A2.A!timeout.A.B3.A"), 3);
    }
}
