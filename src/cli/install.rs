//! `lockstep completions` and `lockstep man`: what packagers need.

use super::args;
use super::exit::{Exit, Failure, Outcome};
use crate::said::Said;
use std::io::Write;
use std::path::Path;

pub(super) fn completions(shell: clap_complete::Shell, out: &mut dyn Write) -> Outcome {
    // The generator panics when it cannot write; a buffer can always be written to.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "lockstep", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}

/// One page for the command and one for each of its subcommands.
pub(super) fn man(dir: &Path, out: &mut dyn Write) -> Outcome {
    let failed = |error: std::io::Error| Failure::files(Said::of_file(dir, &error));
    std::fs::create_dir_all(dir).map_err(failed)?;
    clap_mangen::generate_to(args::command(), dir).map_err(failed)?;
    writeln!(out, "{}", dir.join("lockstep.1").display())?;
    Ok(Exit::Done)
}
