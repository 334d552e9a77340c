//! Runs without an interface: a scheduler makes all the choices.

use super::misfit::Misfit;
use super::world::{Status, World};
use crate::event::{End, Limit, NoSink, Schedule, Sink};
use crate::ids::Step;
use crate::said::Said;
use crate::sched::{Scheduler, Situation};
use std::fmt;
use std::sync::Arc;

/// How often the watch is asked: once in this many steps.
const WATCH_STEPS: u64 = 4096;

/// See [`Drive::watch`].
pub type Watch<'a> = &'a mut dyn FnMut(&World) -> Option<Limit>;
/// See [`Drive::input`].
pub type Input<'a> = &'a mut dyn FnMut(&World) -> Option<Arc<str>>;

/// How a run is driven.
#[derive(Default)]
pub struct Drive<'a> {
    /// The run is cut off after this many steps.
    pub max_steps: Option<u64>,
    /// Every choice is added here.
    pub record: Option<&'a mut Schedule>,
    /// Shown the world now and then; a limit ends the run (the time is over, the person pressed Ctrl-C).
    pub watch: Option<Watch<'a>>,
    /// Asked for a line when the program wants one and none was given before; `None` is the end of the input.
    pub input: Option<Input<'a>>,
}

/// A choice that did not fit, and the number of the step it was meant for. It prints as "step 7: B cannot run: …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepMisfit {
    pub step: Step,
    pub misfit: Misfit,
}

impl StepMisfit {
    /// The step and the reason.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("misfit-step").with("step", self.step.0).with("told", self.misfit.said())
    }
}

impl fmt::Display for StepMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for StepMisfit {}

/// Runs the world to its end. Without [`Drive::input`], a program that reads more than it was given finds the input at
/// its end.
///
/// # Errors
/// A replayed schedule did not fit; the world stands before that step.
pub fn drive<C: Scheduler + ?Sized, S: Sink>(
    world: &mut World,
    scheduler: &mut C,
    mut how: Drive<'_>,
    sink: &mut S,
) -> Result<End, StepMisfit> {
    let mut candidates = Vec::new();
    let mut until_watch = WATCH_STEPS;
    loop {
        if world.is_running() {
            if how.max_steps.is_some_and(|max| world.steps() >= max) {
                world.cut_off(Limit::Steps(world.steps()), sink);
                continue;
            }
            world.candidates(&mut candidates);
            let step = Step(world.step().0 + 1);
            let choice = scheduler.choose(Situation { step, last: world.last(), candidates: &candidates });
            world.apply(choice, sink).map_err(|misfit| StepMisfit { step, misfit })?;
            if let Some(schedule) = how.record.as_deref_mut() {
                schedule.push(choice);
            }
            until_watch -= 1;
        } else {
            match world.status() {
                Status::Ended(end) => return Ok(end),
                Status::AwaitingInput { .. } => {
                    let line = how.input.as_deref_mut().and_then(|input| input(world));
                    world.give_input(line, sink);
                }
                Status::Busy | Status::Running => world.resume(sink),
            }
            until_watch = 0;
        }
        if until_watch == 0 {
            until_watch = WATCH_STEPS;
            if let Some(limit) = how.watch.as_deref_mut().and_then(|watch| watch(world)) {
                world.cut_off(limit, sink);
            }
        }
    }
}

/// Makes the steps of a schedule, from where the world stands. This is also how a schedule is validated: on a clone.
///
/// # Errors
/// The first step that does not fit, and why. The world stands before it.
pub fn replay(world: &mut World, schedule: &Schedule) -> Result<(), StepMisfit> {
    for choice in schedule {
        while !world.is_running() {
            match world.status() {
                Status::AwaitingInput { .. } => world.give_input(None, &mut NoSink),
                Status::Busy => world.resume(&mut NoSink),
                Status::Running | Status::Ended(_) => break,
            }
        }
        let step = Step(world.step().0 + 1);
        world.apply(choice, &mut NoSink).map_err(|misfit| StepMisfit { step, misfit })?;
    }
    Ok(())
}
