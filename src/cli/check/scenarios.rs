//! `lockstep check` of a folder with scenarios: everything they state.

use super::{Form, ends_in, is_hidden};
use crate::cli::Context;
use crate::cli::exit::{Exit, Failure, Outcome};
use crate::explore::{Budget, Progress};
use crate::lang::{self, Parameters};
use crate::report::verify::{self, Checkup, Failing};
use crate::said::Said;
use crate::scenario::{Catalogue, CatalogueError, Flaw, Origin, Scenario, Target, nearest};
use crate::verify::{ShortfallKind, verify};
use std::io::Write;
use std::path::{Path, PathBuf};

/// True when there is a scenario in this folder, or in a folder in it, or when one is meant.
pub(super) fn are_in(path: &Path) -> bool {
    folders(path).any(|folder| folder.join(MANIFEST).is_file() || lacks_manifest(&folder).is_some())
}

const MANIFEST: &str = "scenario.json";

/// This folder and the folders in it.
fn folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let mut inside: Vec<PathBuf> =
        entries(path).filter(|entry| entry.is_dir() && !entry.is_symlink() && !is_hidden(entry)).collect();
    inside.sort();
    std::iter::once(path.to_owned()).chain(inside)
}

fn entries(path: &Path) -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// What is wrong with a folder that has the stories of a scenario, or nearly a manifest, and none.
fn lacks_manifest(folder: &Path) -> Option<Flaw> {
    if folder.join(MANIFEST).is_file() {
        return None;
    }
    let names: Vec<String> =
        entries(folder).filter_map(|entry| Some(entry.file_name()?.to_str()?.to_owned())).collect();
    let near = nearest(MANIFEST, names.iter().map(String::as_str).filter(|name| ends_in(name, "json")));
    let message = match near {
        Some(near) => Said::new("flaw-missing-near").with("near", near),
        None if names.iter().any(|name| name.starts_with("story.") && ends_in(name, "md")) => Said::new("flaw-missing"),
        None => return None,
    };
    Some(Flaw { file: folder.join(MANIFEST).display().to_string(), line: 1, message })
}

/// Loads them strictly, and holds every statement against what is so.
pub(super) fn check(
    context: &Context,
    path: &Path,
    form: Form,
    max_states: Option<u64>,
    out: &mut dyn Write,
) -> Outcome {
    let (catalogue, failings) = load(path)?;
    let max_states = max_states.unwrap_or(Budget::default().max_states);
    let mut checkups = Vec::new();
    if form == Form::Text {
        for failing in &failings {
            verify::failing(failing, &context.words, context.color_of_stdout(), out)?;
        }
        out.flush()?;
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
        verify::json(&failings, &checkups, &context.words, out)?;
    }
    Ok(exit(&failings, &checkups))
}

/// The scenarios that are in order, and what is wrong with the others.
fn load(path: &Path) -> Result<(Catalogue, Vec<Failing>), Failure> {
    let mut catalogue = Catalogue::default();
    let lacking: Vec<Failing> =
        folders(path).filter_map(|folder| Some(failing(&folder, vec![lacks_manifest(&folder)?]))).collect();
    match catalogue.add(path) {
        Ok(()) | Err(CatalogueError::Flaws(_)) => {}
        Err(CatalogueError::Empty(_)) if !lacking.is_empty() => {}
        Err(error) => return Err(Failure::files(error.said())),
    }
    let broken = catalogue.broken().iter().map(|broken| failing(&broken.folder, broken.flaws.clone()));
    let failings = broken.chain(lacking).collect();
    Ok((catalogue, failings))
}

/// All that is wrong in a folder: its flaws, and what keeps its programs from running.
fn failing(folder: &Path, flaws: Vec<Flaw>) -> Failing {
    let mut files: Vec<PathBuf> =
        entries(folder).filter(|file| file.extension().is_some_and(|end| end == "py")).collect();
    files.sort();
    let sources = files.iter().filter_map(|file| Some(Target::read(file).ok()?.source()));
    let diagnosed = sources.map(|source| {
        let compiled = lang::compile(&source, &Parameters::default());
        (source, compiled)
    });
    let refused = diagnosed.filter(|(_, compiled)| compiled.program.is_none());
    Failing { flaws, programs: refused.map(|(source, compiled)| (source, compiled.diagnostics)).collect() }
}

fn manifest(scenario: &Scenario) -> String {
    match &scenario.origin {
        Origin::Folder(folder) => folder.join(MANIFEST).display().to_string(),
        Origin::Embedded => format!("{}/scenario.json", scenario.id),
    }
}

/// Refused when something is not in order, a finding when something is not true, and otherwise what is not finished.
fn exit(failings: &[Failing], checkups: &[Checkup]) -> Exit {
    let has = |wanted: fn(&ShortfallKind) -> bool| {
        checkups.iter().flat_map(|checkup| &checkup.verified.shortfalls).any(|shortfall| wanted(&shortfall.kind))
    };
    if !failings.is_empty() || has(|kind| matches!(kind, ShortfallKind::Program { .. })) {
        Exit::Refused
    } else if has(|kind| !kind.is_open()) {
        Exit::Finding
    } else if has(|_| true) {
        Exit::Budget
    } else {
        Exit::Done
    }
}
