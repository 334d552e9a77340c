//! `lockstep paths`.

use super::exit::{Exit, Outcome};
use super::{place, settings};
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) fn paths(out: &mut dyn Write) -> Outcome {
    line("settings", settings::file(), out)?;
    line("last place", place::file(), out)?;
    writeln!(out, "scenarios   inside the program; --path DIR adds more")?;
    Ok(Exit::Done)
}

fn line(what: &str, path: Option<PathBuf>, out: &mut dyn Write) -> io::Result<()> {
    match path {
        Some(path) => {
            let there = if path.exists() { "" } else { "  (not there yet)" };
            writeln!(out, "{what:<10}  {}{there}", path.display())
        }
        None => writeln!(out, "{what:<10}  nowhere: there is no home directory"),
    }
}
