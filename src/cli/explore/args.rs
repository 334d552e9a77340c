//! `lockstep explore` as it is typed.

use crate::cli::args::{Rules, speed, times};
use crate::cli::deny::Deny;
use crate::cli::exit::Failure;
use crate::explore::Budget;
use crate::said::Said;
use clap::Args;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// Memory, when nobody says otherwise.
const MEMORY_MIB: u64 = 2048;
/// More OS threads than this search at no time.
const WORKERS_MAX: u16 = 1024;

/// Which program is explored, and how hard.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The exploration")]
#[expect(clippy::struct_excessive_bools, reason = "they are options of the command line, each by itself")]
pub(in crate::cli) struct Explore {
    /// A scenario (philosophers, philosophers/ordered) or a Python file
    #[arg(help_heading = None::<&str>)]
    pub target: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Try all orders, of steps that commute, too
    #[arg(long)]
    pub no_reduce: bool,
    /// OS threads that search; the result does not depend on it [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(WORKERS_MAX)))]
    pub workers: Option<u16>,
    /// Stop after this many states
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_states: Option<u64>,
    /// Stop when the search takes this much memory [default: 2048]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1 << 24))]
    pub max_memory: Option<u64>,
    /// Stop after this much real time
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
    /// Count the interleavings that lead to each outcome, and say how probable it is
    #[arg(long)]
    pub count: bool,
    /// What outcomes differ in, besides how the program ends and what its variables hold
    #[arg(long, value_name = "WHAT")]
    pub outcome: Vec<Aspect>,
    /// Keep the order of the virtual clock: sleepers wake and time-outs fire in its order, not at any moment
    #[arg(long)]
    pub timed: bool,
    /// Make so many runs on real threads, too, and compare
    #[arg(long, value_name = "N", value_parser = times)]
    pub live_runs: Option<u32>,
    /// With --live-runs: sleeps and time-outs pass so many times as fast
    #[arg(long, value_name = "X", value_parser = speed, requires = "live_runs")]
    pub speed: Option<f64>,
    /// Exit with 1 also when a witness shows a warning of this kind: race, lost-update, lock-order, ..., all
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub deny: Vec<Deny>,
    #[command(flatten)]
    pub rules: Rules,
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

/// What can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Aspect {
    /// Everything the program prints
    Output,
}

/// Options that other commands have, so that somebody who tries them here is told why not.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Elsewhere {
    #[arg(long, hide = true)]
    sched: Option<OsString>,
    #[arg(long, hide = true)]
    schedule: Option<OsString>,
    #[arg(long, hide = true)]
    max_steps: Option<OsString>,
    #[arg(long, hide = true)]
    repeat: Option<OsString>,
    #[arg(long, hide = true)]
    record: Option<OsString>,
    #[arg(long, hide = true)]
    pace: Option<OsString>,
    #[arg(long, hide = true)]
    live: bool,
    #[arg(long, hide = true)]
    plain: bool,
}

impl Elsewhere {
    /// Says what to do instead.
    pub(super) fn refuse(&self) -> Result<(), Failure> {
        let table = [
            (self.sched.is_some(), "--sched", "option-explore-sched"),
            (self.schedule.is_some(), "--schedule", "option-explore-schedule"),
            (self.max_steps.is_some(), "--max-steps", "option-explore-max-steps"),
            (self.repeat.is_some(), "--repeat", "option-explore-repeat"),
            (self.record.is_some(), "--record", "option-explore-record"),
            (self.pace.is_some(), "--pace", "option-explore-pace"),
            (self.live, "--live", "option-explore-live"),
            (self.plain, "--plain", "option-explore-plain"),
        ];
        match table.iter().find(|(given, ..)| *given) {
            None => Ok(()),
            Some((_, option, why)) => {
                Err(Failure::usage(Said::new("option-explore").with("option", *option).with("why", Said::new(why))))
            }
        }
    }
}

impl Explore {
    pub(super) fn workers(&self) -> usize {
        let processors = || available_parallelism().map_or(1, NonZeroUsize::get);
        self.workers.map_or_else(processors, usize::from)
    }

    pub(super) fn budget(&self) -> Budget {
        Budget {
            max_states: self.max_states.unwrap_or(u64::MAX),
            max_bytes: self.max_memory.unwrap_or(MEMORY_MIB) * (1 << 20),
        }
    }
}
