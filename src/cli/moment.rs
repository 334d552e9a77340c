//! A moment where a target may stand: `lockstep 'counter/race seed=7 v1/M5.A2 @7'`.
//!
//! The line says everything that the run depends on, so what the command line says besides it may only agree.

use super::args::{Rules, Simulation};
use super::exit::Failure;
use super::recipe::quoted;
use crate::event::Schedule;
use crate::said::{Filling, Said};
use crate::sched::SchedulerKind;
use crate::trace::{Moment, MomentError};
use crate::tui::loader::{Place, Request};
use crate::words::{grouped, shortened};
use std::path::Path;

/// The moment that this text means, when it means one and no file has that name.
pub(super) fn meant(text: &str) -> Option<Result<Moment, MomentError>> {
    (Moment::is_meant(text) && !Path::new(text).exists()).then(|| text.parse())
}

/// What to run, and how: what a moment says in place of the target, else what the command line says.
pub(super) fn unfold(target: &str, how: &Simulation) -> Result<(String, Simulation), Failure> {
    let Some(moment) = meant(target) else { return Ok((target.to_owned(), how.clone())) };
    let moment = moment.map_err(|error| Failure::usage(error.said()))?;
    how.agrees_with(&moment)?;
    let mut how = how.at(&moment);
    if how.sched == Some(SchedulerKind::Manual) {
        // Nobody is there to choose; this is who does it in the interface when nobody does.
        how.sched = Some(SchedulerKind::Fifo);
    }
    Ok((moment.target, how))
}

/// The target for a shell, in a sentence: a moment may be long.
pub(super) fn named(target: &str) -> String {
    const CHARS: usize = 72;
    if meant(target).is_none() { target.to_owned() } else { quoted(&shortened(target, CHARS)).into_owned() }
}

/// The program that it is a moment of.
pub(super) fn request(moment: &Moment) -> Request {
    Request { target: moment.target.clone(), parameters: moment.parameters.clone() }
}

/// A run in the interface keeps every step, and so goes no further than this.
pub(super) fn check_steps(moment: &Moment, most: u32) -> Result<(), Failure> {
    if moment.step.0 <= most {
        return Ok(());
    }
    let (step, most) = (grouped(moment.step.0.into()), grouped(most.into()));
    Err(Failure::usage(Said::new("place-far").with("step", step).with("most", most)))
}

/// Where the interface opens it.
pub(super) fn place(moment: &Moment) -> Place {
    Place { step: moment.step, input_ends: moment.inputs.last().is_some_and(Option::is_none) }
}

impl Simulation {
    /// Whether the options leave the moment what it is.
    pub(super) fn agrees_with(&self, moment: &Moment) -> Result<(), Failure> {
        if self.real.live {
            return Err(Failure::usage(Said::new("place-live")));
        }
        let differ = self.differing(moment);
        if !differ.is_empty() {
            return Err(Failure::usage(Said::new("place-otherwise").with("options", Filling::list(&differ))));
        }
        Ok(())
    }

    /// The options that say something else than the line.
    fn differing(&self, moment: &Moment) -> Vec<&'static str> {
        let typed = self.rules.input.iter().map(|line| Some(line.as_str()));
        let inputs = moment.inputs.iter().map(Option::as_deref);
        let table = [
            ("-p", self.rules.parameters.iter().any(|parameter| !moment.parameters.contains(parameter))),
            ("--seed", self.rules.seed.is_some_and(|seed| seed != moment.seed)),
            // Who chooses after the schedule does not matter for what was before.
            ("--sched", moment.schedule.is_none() && self.sched.is_some_and(|kind| kind != moment.scheduler)),
            ("--schedule", self.schedule.is_some() && self.schedule != moment.schedule),
            ("--atomic", self.rules.atomic.is_some_and(|dial| dial != moment.atomicity)),
            ("--fair", self.rules.fair && !moment.fair),
            ("--spurious", self.rules.spurious && !moment.spurious),
            ("--notify", self.rules.notify.is_some_and(|whom| whom != moment.notify)),
            ("--input", !self.rules.input.is_empty() && !typed.eq(inputs)),
        ];
        table.into_iter().filter(|(_, differs)| *differs).map(|(option, _)| option).collect()
    }

    /// As the line says, whatever was said before; what the line does not speak of stays.
    pub(super) fn at(&self, moment: &Moment) -> Simulation {
        let rules = Rules {
            parameters: moment.parameters.clone(),
            seed: Some(moment.seed),
            atomic: Some(moment.atomicity),
            fair: moment.fair,
            spurious: moment.spurious,
            notify: Some(moment.notify),
            input: moment.inputs.iter().flatten().map(ToString::to_string).collect(),
        };
        let mut how = Simulation {
            rules,
            sched: Some(moment.scheduler),
            schedule: moment.schedule.clone(),
            input_ends: moment.inputs.last().is_some_and(Option::is_none),
            ..self.clone()
        };
        how.real.live = false;
        if moment.schedule.as_ref().is_some_and(|schedule: &Schedule| schedule.len() >= u64::from(moment.step.0)) {
            how.sched = self.sched.or(how.sched);
        }
        how
    }
}
