//! A program under its rules, and runs of it along a schedule.

use super::{Flaw, MAX_STEPS};
use crate::event::{NoSink, Schedule, Sink};
use crate::explore::Witness;
use crate::ids::{Step, ThreadId};
use crate::kernel::Options;
use crate::kernel::sim::{Status, StepMisfit, World};
use crate::lang::Program;
use std::sync::Arc;

/// A program, the rules of its runs and the lines of its input.
#[derive(Clone, Debug)]
pub struct Case {
    pub program: Arc<Program>,
    pub options: Options,
    pub inputs: Vec<Arc<str>>,
}

impl Case {
    /// The world before the first step, by the rules of the ordinary simulator.
    pub(super) fn world<S: Sink>(&self, sink: &mut S) -> World {
        let options = Options { abstract_time: false, ..self.options.clone() };
        let mut world = World::new(Arc::clone(&self.program), options, sink);
        for line in &self.inputs {
            world.give_input(Some(Arc::clone(line)), sink);
        }
        settle(&mut world, sink);
        world
    }

    /// The world after a schedule.
    pub(super) fn after(&self, schedule: &Schedule) -> Result<World, Flaw> {
        if schedule.len() > MAX_STEPS {
            return Err(Flaw::TooLong);
        }
        let mut world = self.world(&mut NoSink);
        for choice in schedule {
            let step = Step(world.step().0 + 1);
            world.apply(choice, &mut NoSink).map_err(|misfit| Flaw::Misfit(StepMisfit { step, misfit }))?;
            settle(&mut world, &mut NoSink);
        }
        Ok(world)
    }

    /// Tells a sink what happens along a schedule, as far as it fits; at most so many steps.
    pub fn tell<S: Sink>(&self, schedule: &Schedule, steps: usize, sink: &mut S) {
        let mut world = self.world(sink);
        for choice in schedule.iter().take(steps) {
            if world.apply(choice, sink).is_err() {
                return;
            }
            settle(&mut world, sink);
        }
    }

    /// The values that a variable has one after the other along a schedule, as far as it fits, the changes only. At most
    /// `steps` steps are looked at.
    pub(super) fn values_along(&self, schedule: &Schedule, of: &str, steps: usize) -> Vec<Arc<str>> {
        let mut world = self.world(&mut NoSink);
        let mut values: Vec<Arc<str>> = Vec::new();
        let mut look = |world: &World| {
            if let Some(value) = value_of(world, of).filter(|value| values.last() != Some(value)) {
                values.push(value);
            }
        };
        look(&world);
        for choice in schedule.iter().take(steps) {
            if world.apply(choice, &mut NoSink).is_err() {
                break;
            }
            settle(&mut world, &mut NoSink);
            look(&world);
        }
        values
    }
}

/// What a variable of the module holds.
pub(super) fn value_of(world: &World, of: &str) -> Option<Arc<str>> {
    world.globals().into_iter().find(|(name, _)| **name == *of).map(|(_, value)| value.into())
}

/// The schedule as a way that can be shown. Nobody has looked for a shorter one.
pub(super) fn way(schedule: &Schedule) -> Witness {
    let threads: Vec<ThreadId> = schedule.runs().map(|run| run.choice.thread).collect();
    let switches = threads.windows(2).filter(|pair| pair[0] != pair[1]).count();
    Witness {
        schedule: schedule.clone(),
        steps: u32::try_from(schedule.len()).unwrap_or(u32::MAX),
        switches: u32::try_from(switches).unwrap_or(u32::MAX),
        shortest: false,
    }
}

/// Lets a world go on as long as there is nothing to choose.
pub(super) fn settle<S: Sink>(world: &mut World, sink: &mut S) {
    loop {
        match world.status() {
            Status::Busy => world.resume(sink),
            Status::AwaitingInput { .. } => world.give_input(None, sink),
            Status::Running | Status::Ended(_) => return,
        }
    }
}
