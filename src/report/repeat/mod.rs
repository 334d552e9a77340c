//! A program that was run many times: how often each end and each outcome occurred.
//!
//! | module | what is in it |
//! |---|---|
//! | `table` | outcomes and counts, for people |
//! | `verdict` | what is most remarkable, in words |
//! | `json` | for other programs |

mod json;
mod table;
mod verdict;

pub use json::json;

use super::outcome::{Outcome, Tally};
use crate::scenario::RunEnd;
use crate::sched::SchedulerKind;
use crate::words::Words;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::time::Duration;

/// The runs of one world.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub tally: Tally,
    /// How many of the runs had a finding.
    pub findings: u64,
    /// How long they took, all together.
    pub took: Duration,
}

/// Everything that is said about the runs.
#[derive(Clone, Copy, Debug)]
pub struct Repeat<'a> {
    /// What to type to get there again.
    pub target: &'a str,
    /// How many runs were asked for.
    pub wanted: u32,
    /// The simulated runs have this seed and the following ones.
    pub seed: u64,
    pub scheduler: SchedulerKind,
    /// The runs on real threads; `None` when only the simulator was asked.
    pub live: Option<&'a Side>,
    pub simulated: &'a Side,
}

/// For people: a table, and what is most remarkable in a sentence.
pub fn text(repeat: &Repeat<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    table::Table::new(repeat, words).write(out)?;
    if repeat.simulated.tally.runs() > 1 {
        writeln!(out, "\n{}", verdict::verdict(repeat, words))?;
    }
    Ok(())
}

/// The outcomes with this end in any of the worlds, the most frequent first.
fn by_frequency<'a>(sides: &[&'a Side], end: RunEnd) -> Vec<&'a Outcome> {
    let of_end = |side: &&'a Side| side.tally.outcomes().map(|(outcome, _)| outcome).filter(|o| o.end == end);
    let outcomes: BTreeSet<&Outcome> = sides.iter().flat_map(of_end).collect();
    let mut outcomes: Vec<&Outcome> = outcomes.into_iter().collect();
    outcomes.sort_by_key(|outcome| std::cmp::Reverse(sides.iter().map(|side| side.tally.count(outcome)).sum::<u64>()));
    outcomes
}
