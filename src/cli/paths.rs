//! `lockstep paths`.

use super::exit::{Exit, Outcome};
use super::{Context, place, progress, settings};
use crate::words::Words;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) fn paths(context: &Context, out: &mut dyn Write) -> Outcome {
    let words = &context.words;
    line(words, "place-settings", settings::file(), out)?;
    line(words, "place-keys", settings::key_file(), out)?;
    line(words, "place-themes", settings::theme_dir(), out)?;
    line(words, "place-progress", progress::file(), out)?;
    line(words, "place-last", place::file(), out)?;
    writeln!(out, "{}{}", words.t("place-scenarios"), words.t("place-inside"))?;
    Ok(Exit::Done)
}

/// What it is (the text brings its own spaces), and where.
fn line(words: &Words, what: &str, path: Option<PathBuf>, out: &mut dyn Write) -> io::Result<()> {
    let what = words.t(what);
    match path {
        Some(path) if path.exists() => writeln!(out, "{what}{}", path.display()),
        Some(path) => writeln!(out, "{what}{}{}", path.display(), words.t("place-not-yet")),
        None => writeln!(out, "{what}{}", words.t("place-nowhere")),
    }
}
