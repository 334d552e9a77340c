//! Which world a run is made in, and which options that leaves.

use super::args::Simulation;
use super::exit::Failure;
use crate::kernel::live::LiveOptions;
use crate::said::{Filling, Said};
use std::time::Duration;

impl Simulation {
    /// How the run is made on real threads; `None` when it is made in the simulator. Options that belong to the other
    /// world are not ignored but refused.
    pub(super) fn live(&self) -> Result<Option<LiveOptions>, Failure> {
        if !self.real.live {
            return match self.of_real_threads().as_slice() {
                [] => Ok(None),
                useless => Err(Failure::usage(Said::new("option-needs-live").with("options", Filling::list(useless)))),
            };
        }
        match self.of_the_simulator().as_slice() {
            [] => Ok(Some(self.live_options())),
            useless => Err(Failure::usage(Said::new("option-not-live").with("options", Filling::list(useless)))),
        }
    }

    /// As [`Simulation::live`], for runs that nobody watches.
    pub(super) fn live_unwatched(&self) -> Result<Option<LiveOptions>, Failure> {
        let live = self.live()?;
        let watched = given(&[("--pace", self.real.pace.is_some()), ("--show-gil", self.real.show_gil)]);
        match watched.as_slice() {
            [] => Ok(live),
            useless => Err(Failure::usage(Said::new("option-unwatched").with("options", Filling::list(useless)))),
        }
    }

    /// The options given that mean something in the simulator only.
    fn of_the_simulator(&self) -> Vec<&'static str> {
        given(&[
            ("--sched", self.sched.is_some()),
            ("--schedule", self.schedule.is_some()),
            ("--atomic", self.rules.atomic.is_some()),
            ("--fair", self.rules.fair),
            ("--spurious", self.rules.spurious),
            ("--notify", self.rules.notify.is_some()),
        ])
    }

    /// The options given that mean something on real threads only.
    fn of_real_threads(&self) -> Vec<&'static str> {
        let real = &self.real;
        given(&[("--pace", real.pace.is_some()), ("--speed", real.speed.is_some()), ("--show-gil", real.show_gil)])
    }

    fn live_options(&self) -> LiveOptions {
        LiveOptions {
            pace: Duration::from_millis(self.real.pace.unwrap_or_default()),
            speed: self.real.speed.unwrap_or(1.0),
            show_gil: self.real.show_gil,
            ..LiveOptions::default()
        }
    }
}

fn given(options: &[(&'static str, bool)]) -> Vec<&'static str> {
    options.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect()
}
