//! The command line: the only place that reads the arguments, prints, and picks an exit code.
//!
//! | module | what is in it |
//! |---|---|
//! | `args` | the command line as it is typed |
//! | `exit` | exit codes, and the failures that lead to them |
//! | `settings` | the settings file |
//! | `list`, `install`, `doctor`, `paths` | one command each |

// This is where the program prints.
#![allow(clippy::print_stderr)]

mod args;
mod doctor;
mod exit;
mod install;
mod list;
mod paths;
mod settings;

use crate::scenario::{Catalogue, CatalogueError};
use crate::words::{Lang, UnknownLang, Words};
use args::{Cli, Command, Global};
use clap::Parser;
use exit::{Failure, Outcome};
use settings::Settings;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Does what the command line says. `clap` answers `--help`, `--version` and what it cannot read by itself, the latter
/// with exit code 2.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = dispatch(cli, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let exit = outcome.unwrap_or_else(|failure| {
        if !failure.message.is_empty() {
            // The reader may be gone here as well.
            let _ = writeln!(io::stderr(), "lockstep: {}", failure.message);
        }
        failure.exit
    });
    exit.into()
}

fn dispatch(cli: Cli, out: &mut dyn Write) -> Outcome {
    let context = Context::new(&cli.global)?;
    match cli.command {
        None => list::list(&context, false, out),
        Some(Command::List { json }) => list::list(&context, json, out),
        Some(Command::Completions { shell }) => install::completions(shell, out),
        Some(Command::Man { dir }) => install::man(&dir, out),
        Some(Command::Doctor) => doctor::doctor(&context, out),
        Some(Command::Paths) => paths::paths(out),
    }
}

/// What every command needs to know.
struct Context {
    words: Words,
    /// Folders of scenarios besides the embedded ones.
    paths: Vec<PathBuf>,
}

impl Context {
    fn new(global: &Global) -> Result<Context, Failure> {
        let settings = Settings::read()?;
        let lang = match (global.lang, &settings.lang) {
            (Some(lang), _) => lang,
            (None, Some(name)) => name.parse().map_err(|error: UnknownLang| Failure::usage(error.to_string()))?,
            (None, None) => Lang::of_system(),
        };
        let paths = settings.paths.into_iter().chain(global.paths.iter().cloned()).collect();
        Ok(Context { words: Words::new(lang), paths })
    }

    /// The embedded scenarios, and those in other folders.
    fn catalogue(&self) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue::embedded();
        for path in &self.paths {
            catalogue.add(path).map_err(|error| match error {
                CatalogueError::Unreadable { .. } => Failure::files(error),
                CatalogueError::Empty(_) => Failure::usage(error.to_string()),
                CatalogueError::Flaws(_) => Failure::refused(format!("this scenario is not in order:\n{error}")),
            })?;
        }
        Ok(catalogue)
    }
}
