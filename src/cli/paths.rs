//! `lockstep paths`.

use super::exit::{Exit, Outcome};
use super::settings;
use std::io::Write;

pub(super) fn paths(out: &mut dyn Write) -> Outcome {
    match settings::file() {
        Some(path) => {
            let there = if path.exists() { "" } else { "  (not there; nothing is wrong with that)" };
            writeln!(out, "settings   {}{there}", path.display())?;
        }
        None => writeln!(out, "settings   none: there is no home directory")?,
    }
    writeln!(out, "scenarios  inside the program; --path DIR adds more")?;
    Ok(Exit::Done)
}
