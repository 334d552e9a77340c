//! From what was typed to a program that is ready to run. The interface and `run` come through here.

use super::args::Simulation;
use super::exit::{Exit, Failure};
use crate::kernel::Options;
use crate::lang::{self, Compiled, Parameters, Program};
use crate::scenario::{Catalogue, Target, TargetError};
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
        TargetError::NotSource { .. } => Exit::Refused,
    };
    Failure { exit, message: error.to_string() }
}

/// A scenario says between which limits its parameters make sense.
fn check_limits(target: &Target, parameters: &[(String, String)]) -> Result<(), Failure> {
    let settings = target.variant().map_or(&[][..], |variant| &variant.settings);
    for (name, value) in parameters {
        let Some(setting) = settings.iter().find(|setting| *setting.parameter.name == **name) else { continue };
        let (min, max) = (setting.parameter.min, setting.parameter.max);
        if !value.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)) {
            let message = format!("-p {name}={value}: {name} of {} is a number from {min} to {max}", target.name());
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}

impl Simulation {
    /// The rules of the world.
    pub(super) fn options(&self) -> Options {
        Options {
            seed: self.seed,
            atomicity: self.atomic,
            fair: self.fair,
            spurious: self.spurious,
            notify: self.notify,
            ..Options::default()
        }
    }
}
