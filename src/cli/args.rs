//! The command line as it is typed.

use super::deny::Deny;
use super::explore::Explore;
use super::export::Export;
use super::record::Recording;
use crate::event::Schedule;
use crate::kernel::{Atomicity, Notify};
use crate::said::Said;
use crate::sched::SchedulerKind;
use crate::tui::glyph::GlyphSet;
use crate::words::{Lang, grouped};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
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
    /// Run a program to its end without the interface
    Run {
        /// A scenario (philosophers, philosophers/ordered), a Python file, or a moment ('counter/race v1/M2.A3 @5')
        target: String,
        #[command(flatten)]
        simulation: Simulation,
        /// Run it so many times, with the following seeds, and count how the runs end
        #[arg(long, value_name = "N", value_parser = times, conflicts_with_all = ["plain", "record"], help_heading = "The run")]
        repeat: Option<u32>,
        /// Exit with 1 also when the run shows a warning of this kind: race, lost-update, lock-order, ..., all
        #[arg(long, value_name = "KIND", value_delimiter = ',', help_heading = "The run")]
        deny: Vec<Deny>,
        /// Print JSON
        #[arg(long, conflicts_with = "plain", help_heading = "The run")]
        json: bool,
    },
    /// Try every interleaving of a program: PROVED, or BUG with the shortest way there, or NOT FINISHED
    Explore(Explore),
    /// Compile a program, or all programs in a directory, and say what is not supported; hold what scenarios state
    /// against what is so
    Check {
        /// A Python file, a directory with Python files, a scenario's folder, or a folder with scenarios in it
        path: PathBuf,
        /// Explore each variant of a scenario up to so many states
        #[arg(long, value_name = "N")]
        max_states: Option<u64>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Print the bytecode
        #[arg(long, conflicts_with = "json")]
        dis: bool,
    },
    /// Open a recorded run in the interface
    Replay(Replay),
    /// Show the speaker's notes of the presentation that goes on in another terminal (P on the stage)
    Notes {
        /// Tell them in lines, without the interface
        #[arg(long)]
        plain: bool,
    },
    /// Turn a recorded run into a picture, a page or a table
    Export(Export),
    /// Write a scenario's folder to start from, with a comment at every field
    New {
        /// The folder; its name becomes that of the scenario
        dir: PathBuf,
    },
    /// Say where two recorded runs part
    Diff {
        /// A trace
        a: PathBuf,
        /// Another trace
        b: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a JSON Schema of a line of a recorded run
    Schema,
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
    /// List the keys of the interface, as they are with your changes
    Keys {
        /// Print JSON
        #[arg(long, conflicts_with = "toml")]
        json: bool,
        /// Print a file to change and keep
        #[arg(long)]
        toml: bool,
    },
    /// Show what was done with which program: predicted, run, explored, solved
    Progress {
        /// Forget what was done: with a variant (counter/race), with a scenario (counter), with everything
        #[arg(long, value_name = "NAME", num_args = 0..=1, conflicts_with = "json")]
        #[expect(clippy::option_option, reason = "how the parser tells an option with and without its value apart")]
        reset: Option<Option<String>>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show which files and directories Lockstep uses
    Paths,
}

/// What the interface opens.
#[derive(Debug, Args)]
pub(super) struct Open {
    /// A scenario (philosophers, philosophers/ordered), a Python file, or a moment ('counter/race v1/M2.A3 @5')
    pub target: Option<String>,
    #[command(flatten)]
    pub simulation: Simulation,
}

/// Which recorded run is opened, and where.
#[derive(Debug, Args)]
pub(super) struct Replay {
    /// The trace (.jsonl or .jsonl.gz); - is standard input, which is followed as it grows
    pub trace: PathBuf,
    /// Look at this step first
    #[arg(long, value_name = "STEP", conflicts_with_all = ["plain", "json"])]
    pub at: Option<u32>,
    /// Tell every step in one line, without the interface
    #[arg(long)]
    pub plain: bool,
    /// Print JSON, as run does
    #[arg(long, conflicts_with = "plain")]
    pub json: bool,
}

/// What program it is, and by which rules it runs: every way of running it understands this.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The program and its rules")]
pub(super) struct Rules {
    /// Give a module-level constant another value
    #[arg(short, value_name = "NAME=VALUE", value_parser = parameter)]
    pub parameters: Vec<(String, String)>,
    /// The seed of the scheduler and of the program's own random numbers [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How much one step does: op, line or gil [default: op]
    #[arg(long, value_name = "DIAL")]
    pub atomic: Option<Atomicity>,
    /// A released lock goes to whoever has waited longest
    #[arg(long)]
    pub fair: bool,
    /// Waiting on a condition may end without a notification
    #[arg(long)]
    pub spurious: bool,
    /// Whom notify wakes: first (the longest waiter) or any [default: first]
    #[arg(long, value_name = "WHOM")]
    pub notify: Option<Notify>,
    /// A line that answers `input()`; repeatable
    #[arg(long, value_name = "TEXT")]
    pub input: Vec<String>,
}

/// Everything that a run depends on.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The run")]
pub(super) struct Simulation {
    #[command(flatten)]
    pub rules: Rules,
    /// Who chooses the next step: manual, random, rr[:QUANTUM], fifo, pct[:DEPTH[:LENGTH]]
    #[arg(long, value_name = "SCHEDULER")]
    pub sched: Option<SchedulerKind>,
    /// Make these steps first
    #[arg(long, value_name = "v1/...")]
    pub schedule: Option<Schedule>,
    /// Stop after this many steps [default: 10 million, with --repeat 100,000, in the interface 1 million; 0 in `run`: no limit]
    #[arg(long, value_name = "N")]
    pub max_steps: Option<u32>,
    /// Stop after this much real time
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
    /// The lines of `--input` are all: standard input is not read. (Only a moment can say so.)
    #[arg(skip)]
    pub input_ends: bool,
    /// Tell every step in one line, without the interface
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub recording: Recording,
    #[command(flatten)]
    pub real: RealThreads,
}

/// The other world.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Real threads")]
pub(super) struct RealThreads {
    /// Run the program on real threads of the operating system instead of in the simulator
    #[arg(long)]
    pub live: bool,
    /// With --live: every visible operation takes at least so long
    #[arg(long, value_name = "MILLISECONDS", value_parser = clap::value_parser!(u64).range(..=PACE_MAX_MS))]
    pub pace: Option<u64>,
    /// With --live: sleeps and time-outs pass so many times as fast
    #[arg(long, value_name = "X", value_parser = speed)]
    pub speed: Option<f64>,
    /// With --live: show the lock of the interpreter (the GIL), too
    #[arg(long)]
    pub show_gil: bool,
}

impl Simulation {
    /// A run by the usual rules.
    pub(super) fn usual() -> Simulation {
        Cli::parse_from(["lockstep"]).open.simulation
    }
}

/// The slowest pace: a minute for each operation.
const PACE_MAX_MS: u64 = 60_000;

/// How many times as fast.
pub(super) fn speed(text: &str) -> Result<f64, Said> {
    let speed = text.parse().ok().filter(|speed: &f64| speed.is_finite() && *speed > 0.0);
    speed.ok_or(Said::new("option-speed"))
}

/// `NAME=VALUE`.
fn parameter(text: &str) -> Result<(String, String), Said> {
    let wrong = || Said::new("option-parameter");
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    if name.trim().is_empty() || value.trim().is_empty() {
        return Err(wrong());
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Runs that `--repeat` makes at most.
const REPEAT_MAX: u32 = 1_000_000;

/// How many times.
pub(super) fn times(text: &str) -> Result<u32, Said> {
    let times = text.parse().ok().filter(|times| (1..=REPEAT_MAX).contains(times));
    times.ok_or_else(|| Said::new("option-times").with("most", grouped(u64::from(REPEAT_MAX))))
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
    /// The colours of the interface: ansi, dark, light, high-contrast, deuteranopia, tritanopia, mono, or your own
    #[arg(long, global = true, value_name = "THEME")]
    pub theme: Option<String>,
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

/// What was typed, with options for every command that stand before a command (`lockstep --lang zh list`) behind its name:
/// there they mean the same, and in front of it clap takes them for options of the interface and refuses them.
pub(super) fn arranged(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut typed: Vec<OsString> = typed.into_iter().collect();
    let command = command();
    let mut at = 1;
    while let Some(option) = typed.get(at).and_then(|word| word.to_str()).and_then(|word| word.strip_prefix("--")) {
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let Some(known) = command.get_arguments().find(|arg| arg.get_long() == Some(name)) else { return typed };
        if !known.is_global_set() {
            return typed;
        }
        at += if known.get_action().takes_values() && value.is_none() { 2 } else { 1 };
    }
    let is_command = |word: &OsString| command.get_subcommands().any(|command| word == command.get_name());
    if typed.get(at).is_some_and(is_command) {
        typed[1..=at].rotate_right(1);
    }
    typed
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

    #[test]
    fn options_for_every_command_may_stand_before_it() {
        let arranged = |line: &str| -> String {
            let words = arranged(line.split(' ').map(OsString::from));
            words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
        };
        for (typed, meant) in [
            ("lockstep --lang zh export a --to dot", "lockstep export --lang zh a --to dot"),
            ("lockstep --no-mouse --lang=zh list", "lockstep list --no-mouse --lang=zh"),
            ("lockstep --lang zh counter/race", "lockstep --lang zh counter/race"),
            ("lockstep --seed 3 run counter", "lockstep --seed 3 run counter"),
            ("lockstep --nonsense list", "lockstep --nonsense list"),
            ("lockstep --lang", "lockstep --lang"),
            ("lockstep list --lang zh", "lockstep list --lang zh"),
        ] {
            assert_eq!(arranged(typed), meant);
        }
    }
}
