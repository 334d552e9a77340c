//! `lockstep check` of a folder with scenarios: everything they state.

use super::Form;
use crate::cli::Context;
use crate::cli::exit::{Exit, Failure, Outcome};
use crate::explore::{Budget, Progress};
use crate::report::verify::{self, Checkup};
use crate::scenario::{Catalogue, CatalogueError, Flaw, Origin, Scenario};
use crate::verify::{ShortfallKind, verify};
use std::io::Write;
use std::path::Path;

/// True when there is a scenario in this folder, or in a folder in it.
pub(super) fn are_in(path: &Path) -> bool {
    let entries = || std::fs::read_dir(path).into_iter().flatten().flatten();
    path.join("scenario.json").is_file() || entries().any(|entry| entry.path().join("scenario.json").is_file())
}

/// Loads them strictly, and holds every statement against what is so.
pub(super) fn check(
    context: &Context,
    path: &Path,
    form: Form,
    max_states: Option<u64>,
    out: &mut dyn Write,
) -> Outcome {
    let (catalogue, flaws) = load(path)?;
    let max_states = max_states.unwrap_or(Budget::default().max_states);
    let mut checkups = Vec::new();
    if form == Form::Text {
        verify::flaws(&flaws, &context.words, out)?;
    }
    for scenario in catalogue.scenarios() {
        for variant in &scenario.variants {
            let checkup = Checkup {
                target: format!("{}/{}", scenario.id, variant.id),
                manifest: manifest(scenario),
                verified: verify(variant, max_states, &Progress::default()),
            };
            if form == Form::Text {
                verify::text(&checkup, &context.words, context.color_of_stdout(), out)?;
                out.flush()?;
            }
            checkups.push(checkup);
        }
    }
    if form == Form::Json {
        verify::json(&flaws, &checkups, &context.words, out)?;
    }
    Ok(exit(&flaws, &checkups))
}

/// The scenarios that are in order, and what is wrong with the others.
fn load(path: &Path) -> Result<(Catalogue, Vec<Flaw>), Failure> {
    let mut catalogue = Catalogue::default();
    match catalogue.add(path) {
        Ok(()) => Ok((catalogue, Vec::new())),
        Err(CatalogueError::Flaws(flaws)) => Ok((catalogue, flaws)),
        Err(error) => Err(Failure::files(error.said())),
    }
}

fn manifest(scenario: &Scenario) -> String {
    match &scenario.origin {
        Origin::Folder(folder) => folder.join("scenario.json").display().to_string(),
        Origin::Embedded => format!("{}/scenario.json", scenario.id),
    }
}

/// Refused when something is not in order, a finding when something is not true, and otherwise what is not finished.
fn exit(flaws: &[Flaw], checkups: &[Checkup]) -> Exit {
    let has = |wanted: fn(&ShortfallKind) -> bool| {
        checkups.iter().flat_map(|checkup| &checkup.verified.shortfalls).any(|shortfall| wanted(&shortfall.kind))
    };
    if !flaws.is_empty() || has(|kind| matches!(kind, ShortfallKind::Program { .. })) {
        Exit::Refused
    } else if has(|kind| !matches!(kind, ShortfallKind::NotFinished { .. } | ShortfallKind::Unproved)) {
        Exit::Finding
    } else if has(|_| true) {
        Exit::Budget
    } else {
        Exit::Done
    }
}
