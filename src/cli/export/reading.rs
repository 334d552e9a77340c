//! The recording that is to be exported.

use super::super::exit::Failure;
use crate::model::Recording;
use crate::trace::Reader;
use crate::words::{Words, safe};
use std::io::{self, Write};
use std::path::Path;

/// Opens a trace; `-` is standard input.
pub(in crate::cli) fn open(path: &Path, words: &Words) -> Result<Reader, Failure> {
    let reader = if is_input(path) { Reader::new(io::stdin()) } else { Reader::open(path) };
    reader.map_err(|why| Failure::files(words.unread(&name(path, words), &why)))
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// What the file is called in messages.
fn name(path: &Path, words: &Words) -> String {
    if is_input(path) { words.t("unread-input") } else { safe(&path.to_string_lossy()).into_owned() }
}

/// Reads a trace; `-` is standard input. What is wrong with it is told on standard error, and what makes sense is there.
pub(in crate::cli) fn read(path: &Path, words: &Words) -> Result<Recording, Failure> {
    let (recording, problems) = Recording::read(open(path, words)?);
    let name = name(path, words);
    let mut err = io::stderr().lock();
    for problem in &problems {
        // Whoever does not read the warnings may still want the picture.
        let _ = writeln!(err, "lockstep: {name}: {}", words.problem(problem));
    }
    if !recording.complete && problems.is_empty() {
        let _ = writeln!(err, "lockstep: {}", words.with("unread-cut", &[("path", name.into())]));
    }
    Ok(recording)
}
