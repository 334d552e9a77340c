//! The exploration for other programs.

use super::bugs::{message, no_return};
use super::verdict::{caution, caution_name, stop_name};
use super::{Explored, Live, Shown, Warning, end};
use crate::explore::{Bug, Caution, Row};
use crate::ids::ObjectId;
use crate::scenario::RunEnd;
use crate::words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// For other programs: one object.
pub fn json(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let found = explored.exploration;
    let json = ExploredJson {
        lockstep: 1,
        target: explored.target,
        verdict: found.verdict.name(),
        states: found.states,
        edges: found.edges,
        reduced: found.reduced,
        timed: found.timed,
        seconds: explored.took.as_secs_f64(),
        open: found.open,
        bugs: found.bugs.iter().zip(explored.bugs).map(|(bug, shown)| BugJson::new(bug, shown, words)).collect(),
        outcomes: found.outcomes.iter().map(OutcomeJson::new).collect(),
        never_ends: found.never_ends,
        busy_waiting: found.busy_waiting,
        stop: found.stop.map(stop_name),
        cautions: found.cautions.iter().map(|why| CautionJson::new(why, words)).collect(),
        interleavings: found.interleavings.as_deref(),
        workers: explored.workers,
        findings: explored.warnings.iter().map(|warning| WarningJson::new(warning, words)).collect(),
        live: explored.live.map(|live| LiveJson::new(live, explored)),
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are fields of the format")]
struct ExploredJson<'a> {
    lockstep: u32,
    target: &'a str,
    verdict: &'static str,
    states: u64,
    edges: u64,
    reduced: bool,
    timed: bool,
    seconds: f64,
    open: u64,
    bugs: Vec<BugJson>,
    outcomes: Vec<OutcomeJson<'a>>,
    never_ends: bool,
    busy_waiting: bool,
    /// What ended the search early.
    stop: Option<&'static str>,
    cautions: Vec<CautionJson>,
    interleavings: Option<&'a str>,
    workers: usize,
    /// What is no bug, but not in order either.
    findings: Vec<WarningJson>,
    live: Option<LiveJson<'a>>,
}

#[derive(Serialize)]
struct BugJson {
    kind: &'static str,
    message: String,
    schedule: String,
    steps: u32,
    switches: u32,
    no_return_step: Option<u32>,
    no_return: Option<String>,
    shortest: bool,
    threads: Vec<u32>,
    objects: Vec<u32>,
    lines: Vec<u32>,
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    end: RunEnd,
    globals: &'a BTreeMap<String, String>,
    output: Option<&'a str>,
    schedule: String,
    count: Option<&'a str>,
    probability: Option<f64>,
    probability_exact: Option<&'a str>,
    steps: u32,
    switches: u32,
    shortest: bool,
    /// The threads that an exception ended.
    failed: Vec<u32>,
}

#[derive(Serialize)]
struct CautionJson {
    kind: &'static str,
    message: String,
}

#[derive(Serialize)]
struct WarningJson {
    kind: &'static str,
    message: String,
    threads: Vec<u32>,
    objects: Vec<u32>,
    lines: Vec<u32>,
    schedule: String,
}

#[derive(Serialize)]
struct LiveJson<'a> {
    runs: u64,
    ends: BTreeMap<RunEnd, u64>,
    outcomes: Vec<LiveOutcomeJson<'a>>,
    /// Runs whose outcome is not in the list: it is bounded.
    other_runs: u64,
    /// Runs that came to something that is not among the explored outcomes.
    unexplored: u64,
}

#[derive(Serialize)]
struct LiveOutcomeJson<'a> {
    end: RunEnd,
    globals: BTreeMap<&'a str, &'a str>,
    count: u64,
    /// It is one of the outcomes of the exploration.
    explored: bool,
}

impl BugJson {
    fn new(bug: &Bug, shown: &Shown, words: &Words) -> BugJson {
        let finding = bug.finding.as_ref();
        BugJson {
            kind: bug.kind.name(),
            message: message(bug, shown, words),
            schedule: bug.witness.schedule.to_string(),
            steps: bug.witness.steps,
            switches: bug.witness.switches,
            no_return_step: bug.no_return_step,
            no_return: no_return(bug, shown, words),
            shortest: bug.witness.shortest,
            threads: finding.map_or_else(Vec::new, |found| found.threads.iter().map(|thread| thread.0).collect()),
            objects: finding.map_or_else(Vec::new, |found| found.objects.iter().map(|ObjectId(id)| *id).collect()),
            lines: finding.map_or_else(Vec::new, |found| found.lines.clone()),
        }
    }
}

impl<'a> OutcomeJson<'a> {
    fn new(row: &'a Row) -> OutcomeJson<'a> {
        let chance = row.chance.as_ref();
        OutcomeJson {
            end: end(&row.outcome),
            globals: &row.outcome.globals,
            output: row.outcome.output.as_deref(),
            schedule: row.witness.schedule.to_string(),
            count: chance.and_then(|chance| chance.count.as_deref()),
            probability: chance.map(|chance| chance.probability),
            probability_exact: chance.and_then(|chance| chance.exact.as_deref()),
            steps: row.witness.steps,
            switches: row.witness.switches,
            shortest: row.witness.shortest,
            failed: row.outcome.failed.iter().map(|thread| thread.0).collect(),
        }
    }
}

impl CautionJson {
    fn new(why: &Caution, words: &Words) -> CautionJson {
        CautionJson { kind: caution_name(why), message: caution(why, words) }
    }
}

impl WarningJson {
    fn new(warning: &Warning, words: &Words) -> WarningJson {
        let finding = &warning.finding;
        WarningJson {
            kind: finding.kind.name(),
            message: words.finding(finding, &warning.model),
            threads: finding.threads.iter().map(|thread| thread.0).collect(),
            objects: finding.objects.iter().map(|ObjectId(id)| *id).collect(),
            lines: finding.lines.clone(),
            schedule: warning.schedule.to_string(),
        }
    }
}

impl<'a> LiveJson<'a> {
    fn new(live: &'a Live, explored: &Explored<'_>) -> LiveJson<'a> {
        let tally = &live.side.tally;
        let rows = &explored.exploration.outcomes;
        let outcome = |(seen, count): (&'a crate::report::Outcome, u64)| LiveOutcomeJson {
            end: seen.end,
            globals: seen.globals.iter().map(|(name, value)| (&**name, &**value)).collect(),
            count,
            explored: rows.iter().any(|row| super::live::is_same(seen, &row.outcome)),
        };
        LiveJson {
            runs: tally.runs(),
            ends: RunEnd::ALL.map(|end| (end, tally.ended(end))).into(),
            outcomes: tally.outcomes().map(outcome).collect(),
            other_runs: RunEnd::ALL.map(|end| tally.others(end)).iter().sum(),
            unexplored: live.unexplored,
        }
    }
}
