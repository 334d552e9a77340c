//! `lockstep new`: a scenario folder to begin with.

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use crate::said::Said;
use crate::scenario::is_id;
use crate::words::Lang;
use include_dir::{Dir, include_dir};
use std::io::Write;
use std::path::Path;

/// Programs and manifests with comments in each language, and the stories in all of them.
static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/template");

/// What stands for the scenario's id in the template.
const ID: &str = "{{id}}";

/// Writes the folder. What is there already stays as it is.
pub(super) fn new(context: &Context, folder: &Path, out: &mut dyn Write) -> Outcome {
    let words = &context.words;
    let failed = |error: std::io::Error| Failure::files(Said::of_file(folder, &error));
    let name = name_of(folder);
    let id = name.as_str();
    let path = || ("path", folder.display().to_string().into());
    if id.is_empty() {
        return Err(Failure::usage(words.with("new-no-name", &[path()])));
    }
    if !is_id(id) {
        return Err(Failure::usage(words.with("new-no-id", &[("name", id.into())])));
    }
    if folder.exists() && (!folder.is_dir() || std::fs::read_dir(folder).map_err(failed)?.next().is_some()) {
        return Err(Failure::files(words.with("new-taken", &[path()])));
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in files(words.lang()) {
        std::fs::write(folder.join(name), text.replace(ID, id)).map_err(failed)?;
        writeln!(out, "{}", folder.join(name).display())?;
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let args = [path(), ("parent", parent.display().to_string().into()), ("name", id.into())];
    writeln!(out, "\n{}", words.with("new-done", &args))?;
    Ok(Exit::Done)
}

/// What the folder is called, also when it is named by a way that ends in none (`.`, `..`); empty when it has no name.
fn name_of(folder: &Path) -> String {
    let whole = if folder.file_name().is_none() { folder.canonicalize().ok() } else { None };
    let name = whole.as_deref().unwrap_or(folder).file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The template's files, with comments in this language.
fn files(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folders = [lang.code(), "story"].into_iter().filter_map(|name| TEMPLATE.get_dir(name));
    folders.flat_map(Dir::files).filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
}
