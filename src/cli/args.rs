//! The command line as it is typed.

use crate::tui::glyph::GlyphSet;
use crate::tui::theme::ThemeName;
use crate::words::Lang;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `lockstep`
#[derive(Debug, Parser)]
#[command(
    name = "lockstep",
    version,
    about = "See why concurrent programs go wrong",
    long_about = "Lockstep runs a Python threading program step by step, in any order you choose, and shows who holds \
                  and who waits for what.",
    after_help = "Without a command, TARGET is opened in the interface; without a target, the gallery.",
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,

    #[command(flatten)]
    pub open: Open,

    #[command(flatten)]
    pub global: Global,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the scenarios, their variants and parameters
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write shell completions to standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a directory
    Man {
        /// The directory; it is made when it does not exist
        dir: PathBuf,
    },
    /// Look at the terminal, the languages and Python, and say what could be better
    Doctor,
    /// Show which files and directories Lockstep uses
    Paths,
}

/// What the interface opens.
#[derive(Debug, Args)]
pub(super) struct Open {
    /// A scenario (philosophers, philosophers/ordered) or a Python file
    pub target: Option<String>,
}

/// What every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for every command")]
pub(super) struct Global {
    /// The language: en or zh [default: the system's]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Add the scenario in this folder, or the scenarios in the folders in it
    #[arg(long = "path", global = true, value_name = "DIR")]
    pub paths: Vec<PathBuf>,
    /// The colours of the interface
    #[arg(long, global = true, value_name = "THEME")]
    pub theme: Option<ThemeName>,
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// The signs to draw with: unicode, safe or ascii
    #[arg(long, global = true, value_name = "SET")]
    pub glyphs: Option<GlyphSet>,
    /// Leave the mouse to the terminal
    #[arg(long, global = true)]
    pub no_mouse: bool,
}

/// Whether to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// When there is a terminal and `NO_COLOR` is not set
    Auto,
    Always,
    Never,
}

/// The whole command, for completions and manual pages.
pub(super) fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_arguments_is_sound() {
        command().debug_assert();
    }
}
