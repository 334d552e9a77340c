//! From what was typed to a program that is ready to run. The interface and `run` come through here.

use super::args::{Rules, Simulation};
use super::exit::{Exit, Failure};
use super::replay;
use crate::kernel::Options;
use crate::kernel::live::LiveOptions;
use crate::lang::{self, Compiled, Parameters, Program};
use crate::said::Said;
use crate::scenario::{Catalogue, Target, TargetError};
use crate::session::Start;
use crate::source::{Problem, Source};
use std::sync::Arc;

/// A program and what came of compiling it.
pub(super) struct Found {
    pub target: Target,
    pub source: Arc<Source>,
    pub compiled: Compiled,
}

impl Found {
    /// The program; without one, the exit code that says why.
    pub(super) fn program(&self) -> Result<&Arc<Program>, Exit> {
        let mut problems = self.compiled.diagnostics.iter().filter(|found| found.problem.is_error());
        let only_parameters = problems.all(|found| found.problem == Problem::Parameter);
        self.compiled.program.as_ref().ok_or(if only_parameters { Exit::Usage } else { Exit::Refused })
    }
}

/// Finds and compiles a program. A program that does not compile is no failure: its diagnostics are there.
pub(super) fn find(name: &str, parameters: &[(String, String)], catalogue: &Catalogue) -> Result<Found, Failure> {
    if replay::is_trace(name) {
        return Err(Failure::usage(Said::new("refused-recording").with("path", name)));
    }
    let target = Target::resolve(name, catalogue).map_err(|error| failure(&error))?;
    check_limits(&target, parameters)?;
    let source = target.source();
    let compiled = lang::compile(&source, &Parameters(parameters.to_vec()));
    Ok(Found { target, source, compiled })
}

fn failure(error: &TargetError) -> Failure {
    let exit = match error {
        TargetError::UnknownScenario { .. } | TargetError::UnknownVariant { .. } => Exit::Usage,
        TargetError::Unreadable { .. } => Exit::Files,
        TargetError::NotSource { .. } | TargetError::Broken(_) => Exit::Refused,
    };
    Failure { exit, message: error.lines().into() }
}

/// A scenario says between which limits its parameters make sense.
fn check_limits(target: &Target, parameters: &[(String, String)]) -> Result<(), Failure> {
    let settings = target.variant().map_or(&[][..], |variant| &variant.settings);
    for (name, value) in parameters {
        let Some(setting) = settings.iter().find(|setting| *setting.parameter.name == **name) else { continue };
        let (min, max) = (setting.parameter.min, setting.parameter.max);
        if !value.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)) {
            let said = Said::new("refused-parameter").with("name", name.as_str()).with("value", value.as_str());
            let said = said.with("target", target.name()).with("min", min).with("max", max);
            return Err(Failure::usage(said));
        }
    }
    Ok(())
}

/// The seed, when nobody says otherwise.
const SEED: u64 = 1;

/// Steps, when nobody says otherwise.
const MAX_STEPS: u32 = 10_000_000;

impl Rules {
    /// The seed of the scheduler and of the program.
    pub(super) fn seed(&self) -> u64 {
        self.seed.unwrap_or(SEED)
    }

    /// The rules of the world.
    pub(super) fn options(&self) -> Options {
        Options {
            seed: self.seed(),
            atomicity: self.atomic.unwrap_or_default(),
            fair: self.fair,
            spurious: self.spurious,
            notify: self.notify.unwrap_or_default(),
            ..Options::default()
        }
    }
}

impl Simulation {
    /// How many steps a run without the interface may take; 0 on the command line is no limit.
    pub(super) fn most_steps(&self) -> u64 {
        match self.max_steps {
            None => u64::from(MAX_STEPS),
            Some(0) => u64::MAX,
            Some(steps) => u64::from(steps),
        }
    }

    /// The run that was asked for, of at most so many steps.
    pub(super) fn start(&self, program: Arc<Program>, max_steps: u32, live: Option<LiveOptions>) -> Start {
        Start {
            program,
            options: self.rules.options(),
            scheduler: self.sched.unwrap_or_default(),
            seed: self.rules.seed(),
            schedule: self.schedule.clone(),
            inputs: self.rules.input.iter().map(|line| line.as_str().into()).collect(),
            max_steps,
            live,
            tape: None,
        }
    }
}
