//! The runs for other programs.

use super::{Repeat, Side, by_frequency};
use crate::report::Outcome;
use crate::scenario::RunEnd;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// For other programs: one object, the outcomes sorted like the table.
pub fn json(repeat: &Repeat<'_>, out: &mut dyn Write) -> io::Result<()> {
    let json = RepeatJson {
        lockstep: 1,
        target: repeat.target,
        repeat: repeat.wanted,
        seed: repeat.seed,
        sched: repeat.scheduler.to_string(),
        live: repeat.live.map(SideJson::new),
        simulated: SideJson::new(repeat.simulated),
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}

#[derive(Serialize)]
struct RepeatJson<'a> {
    lockstep: u32,
    target: &'a str,
    repeat: u32,
    seed: u64,
    sched: String,
    live: Option<SideJson<'a>>,
    simulated: SideJson<'a>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    runs: u64,
    seconds: f64,
    /// How many runs went wrong.
    findings: u64,
    ends: BTreeMap<RunEnd, u64>,
    outcomes: Vec<OutcomeJson<'a>>,
    /// Runs whose outcome is not in the list: it is bounded.
    other_runs: u64,
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    end: RunEnd,
    globals: BTreeMap<&'a str, &'a str>,
    count: u64,
}

impl<'a> SideJson<'a> {
    fn new(side: &'a Side) -> SideJson<'a> {
        let tally = &side.tally;
        let outcomes = RunEnd::ALL.into_iter().flat_map(|end| by_frequency(&[side], end));
        SideJson {
            runs: tally.runs(),
            seconds: side.took.as_secs_f64(),
            findings: side.findings,
            ends: RunEnd::ALL.map(|end| (end, tally.ended(end))).into(),
            outcomes: outcomes.map(|outcome| OutcomeJson::new(outcome, tally.count(outcome))).collect(),
            other_runs: RunEnd::ALL.map(|end| tally.others(end)).iter().sum(),
        }
    }
}

impl<'a> OutcomeJson<'a> {
    fn new(outcome: &'a Outcome, count: u64) -> OutcomeJson<'a> {
        let globals = outcome.globals.iter().map(|(name, value)| (&**name, &**value)).collect();
        OutcomeJson { end: outcome.end, globals, count }
    }
}
