//! The recording that is to be exported.

use super::super::exit::Failure;
use crate::model::Recording;
use crate::trace::Reader;
use crate::words::{Words, safe};
use std::io::{self, Write};
use std::path::Path;

/// Reads a trace; `-` is standard input. What is wrong with it is told on standard error, and what makes sense is there.
pub(super) fn read(path: &Path, words: &Words) -> Result<Recording, Failure> {
    let is_input = path == Path::new("-");
    let name = if is_input { words.t("unread-input") } else { safe(&path.to_string_lossy()).into_owned() };
    let reader = if is_input { Reader::new(io::stdin()) } else { Reader::open(path) };
    let reader = reader.map_err(|error| Failure::files(format!("{name}: {}", safe(&error.to_string()))))?;
    let (recording, problems) = Recording::read(reader);
    let mut err = io::stderr().lock();
    for problem in &problems {
        // Whoever does not read the warnings may still want the picture.
        let _ = writeln!(err, "lockstep: {name}: {}", safe(&problem.to_string()));
    }
    if !recording.complete && problems.is_empty() {
        let _ = writeln!(err, "lockstep: {}", words.with("unread-cut", &[("path", name.into())]));
    }
    Ok(recording)
}
