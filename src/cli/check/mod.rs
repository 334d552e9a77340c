//! `lockstep check`: what is wrong with programs, and whether what scenarios state is true.

mod scenarios;

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use crate::lang::{self, Compiled, Parameters};
use crate::report::check::{self, Checked};
use crate::said::Said;
use crate::scenario::{Picture, Target, TargetError};
use crate::source::{Diagnostic, Problem, Source, Span};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How the answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
    Dis,
}

/// A file and what came of it.
struct Looked {
    source: Arc<Source>,
    compiled: Compiled,
}

pub(super) fn check(
    context: &Context,
    path: &Path,
    form: Form,
    max_states: Option<u64>,
    out: &mut dyn Write,
) -> Outcome {
    let folder = path.is_dir();
    if let Some(folder) = scenario_of(path) {
        let said = Said::new("refused-part").with("path", path.display().to_string());
        return Err(Failure::usage(said.with("folder", folder.display().to_string())));
    }
    if folder && form != Form::Dis && scenarios::are_in(path) {
        return scenarios::check(context, path, form, max_states, out);
    }
    let files = if folder { programs(path)? } else { vec![path.to_owned()] };
    let looked = files.iter().map(|file| look(file)).collect::<Result<Vec<_>, _>>()?;
    let checked: Vec<Checked<'_>> = looked.iter().map(Looked::checked).collect();
    let ok = checked.iter().all(Checked::is_ok);
    match form {
        Form::Json => check::json(&checked, folder, &context.words, out)?,
        Form::Text => text(context, &checked, out)?,
        Form::Dis => {
            for (looked, checked) in looked.iter().zip(&checked) {
                match &looked.compiled.program {
                    Some(program) => out.write_all(lang::dis(program, false).as_bytes())?,
                    None => check::text(checked, &context.words, context.color_of_stdout(), out)?,
                }
            }
        }
    }
    Ok(if ok { Exit::Done } else { Exit::Refused })
}

/// The folder, when this is a part of a scenario that is no program.
fn scenario_of(path: &Path) -> Option<&Path> {
    let name = path.file_name()?.to_str()?;
    let is_part = ends_in(name, "json") || name.starts_with("story.") && ends_in(name, "md");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (is_part && path.is_file()).then_some(folder)
}

impl Looked {
    fn checked(&self) -> Checked<'_> {
        Checked { source: &self.source, diagnostics: &self.compiled.diagnostics }
    }
}

fn text(context: &Context, checked: &[Checked<'_>], out: &mut dyn Write) -> std::io::Result<()> {
    for checked in checked {
        if checked.is_ok() {
            writeln!(out, "{}: {}", checked.source.name, context.words.t("check-ok"))?;
        }
        check::text(checked, &context.words, context.color_of_stdout(), out)?;
    }
    Ok(())
}

/// A file that is not even text has a diagnostic like any other.
fn look(path: &Path) -> Result<Looked, Failure> {
    match Target::read(path) {
        Ok(target) => {
            let source = target.source();
            let mut compiled = lang::compile(&source, &Parameters::default());
            compiled.diagnostics.extend(picture(&source));
            Ok(Looked { source, compiled })
        }
        Err(TargetError::NotSource { reason, .. }) => {
            let source = Arc::new(Source::new(path.display().to_string(), ""));
            let diagnostic = Diagnostic::new(Span::default(), Problem::File, reason.said());
            Ok(Looked {
                source,
                compiled: Compiled { program: None, diagnostics: vec![diagnostic], tokens: Vec::new() },
            })
        }
        Err(error) => Err(Failure::files(error.said())),
    }
}

/// What is wrong with the comment that names the program's picture. It runs all the same, with the usual one.
fn picture(source: &Source) -> Option<Diagnostic> {
    let (line, Err(error)) = Picture::of_program(&source.text)? else { return None };
    Some(Diagnostic::new(source.line_span(line), Problem::Stage, error.said()))
}

/// The Python files in this directory and below, by name.
fn programs(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let failed = |error: std::io::Error| Failure::files(Said::of_file(&directory, &error));
        for entry in std::fs::read_dir(&directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() && !path.is_symlink() && !is_hidden(&path) {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        return Err(Failure::usage(Said::new("file-no-python").with("path", directory.display().to_string())));
    }
    found.sort();
    Ok(found)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn ends_in(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}
