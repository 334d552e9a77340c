//! Both worlds on one line: what testing would have found, and what there is.

use super::{Explored, Hang, Live, end, paragraph};
use crate::event::{NoSink, Schedule};
use crate::explore::{BugKind, Exploration, Explorer, Outcome, Verdict};
use crate::report;
use crate::scenario::RunEnd;
use crate::words::{Words, grouped};
use std::io::{self, Write};

pub(super) fn write(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let Some(live) = explored.live.filter(|live| live.side.tally.runs() > 0) else { return Ok(()) };
    writeln!(out)?;
    paragraph(
        &words.t("explore-live"),
        &live_lines((explored.exploration, explored.hangs), live, words),
        explored.columns,
        out,
    )?;
    if live.unexplored > 0 {
        let example = live.example.as_ref().map(ToString::to_string).unwrap_or_default();
        let counted = [("n", live.unexplored.into()), ("schedule", example.into())];
        paragraph(
            &words.t("explore-live-alarm"),
            &[words.with("explore-live-unexplored", &counted)],
            explored.columns,
            out,
        )?;
    }
    Ok(())
}

/// A line for each way to end badly; without one, a line about the good ends. `hangs`: of each outcome.
#[must_use]
pub fn live_lines((found, hangs): (&Exploration, &[Option<Hang>]), live: &Live, words: &Words) -> Vec<String> {
    let endless = of_bugs(found, &[BugKind::Livelock]).is_some();
    let occurs = |wanted: &RunEnd| {
        live.side.tally.ended(*wanted) > 0
            || found.outcomes.iter().any(|row| end(&row.outcome) == *wanted)
            || (*wanted == RunEnd::Limit && endless)
    };
    let bad: Vec<RunEnd> = [RunEnd::Deadlock, RunEnd::Crash, RunEnd::Limit].into_iter().filter(occurs).collect();
    let mut known = hangs.iter().flatten().peekable();
    let stuck = known.peek().is_some() && !known.any(Hang::is_circle);
    let mut lines: Vec<String> = bad.iter().map(|end| line(found, live, (*end, stuck), words)).collect();
    let ends = found.outcomes.iter().filter(|row| end(&row.outcome) == RunEnd::Finished);
    if lines.is_empty() || ends.count() > 1 {
        lines.push(outcomes(found, live, words));
    }
    lines
}

/// `stuck`: nobody can go on, but in no circle.
fn line(found: &Exploration, live: &Live, (wanted, stuck): (RunEnd, bool), words: &Words) -> String {
    let (did, can, never) = match wanted {
        RunEnd::Deadlock if stuck => ("explore-live-stuck", "explore-all-stuck", "explore-all-no-deadlock"),
        RunEnd::Deadlock => ("explore-live-deadlocked", "explore-all-deadlock", "explore-all-no-deadlock"),
        RunEnd::Crash => ("explore-live-crashed", "explore-all-crash", "explore-all-no-crash"),
        RunEnd::Limit | RunEnd::Finished => ("explore-live-cut-off", "explore-all-cut-off", "explore-all-no-cut-off"),
    };
    let tally = &live.side.tally;
    let real = words.with(did, &[("n", grouped(tally.ended(wanted)).into()), ("runs", grouped(tally.runs()).into())]);
    let (can, kinds): (_, &[BugKind]) = match wanted {
        RunEnd::Deadlock if stuck => (can, &[BugKind::Stuck]),
        RunEnd::Deadlock => (can, &[BugKind::Deadlock]),
        RunEnd::Crash => (can, &[BugKind::Assertion, BugKind::Crash]),
        // Who runs for ever is cut off on real threads.
        RunEnd::Limit if of_bugs(found, &[BugKind::Livelock]).is_some() => {
            ("explore-all-livelock", &[BugKind::Livelock])
        }
        RunEnd::Limit | RunEnd::Finished => (can, &[]),
    };
    let all = match of_bugs(found, kinds).or_else(|| of_rows(found, wanted)) {
        Some(switches) => {
            words.with(can, &[("switches", words.with("explore-switches", &[("n", switches.into())]).into())])
        }
        None if found.verdict == Verdict::NotFinished => words.t("explore-all-nothing-yet"),
        None => words.t(never),
    };
    [real, all].join(&words.t("list-semicolon"))
}

/// With how few switches something of these kinds goes wrong. The way to a bug ends with it; that to an outcome goes on to
/// the end of the run, and may be longer.
fn of_bugs(found: &Exploration, kinds: &[BugKind]) -> Option<u32> {
    let bugs = found.bugs.iter().filter(|bug| kinds.contains(&bug.kind));
    bugs.map(|bug| bug.witness.switches).min()
}

/// With how few switches the program comes to such an end.
fn of_rows(found: &Exploration, wanted: RunEnd) -> Option<u32> {
    let rows = found.outcomes.iter().filter(|row| end(&row.outcome) == wanted);
    rows.map(|row| row.witness.switches).min()
}

/// How many different good ends there are in both worlds.
fn outcomes(found: &Exploration, live: &Live, words: &Words) -> String {
    let good = |outcome: &report::Outcome| outcome.end == RunEnd::Finished;
    let seen = live.side.tally.outcomes().filter(|(outcome, _)| good(outcome)).count() as u64;
    let all = found.outcomes.iter().filter(|row| end(&row.outcome) == RunEnd::Finished).count() as u64;
    let tally = &live.side.tally;
    let real = words.with(
        "explore-live-finished",
        &[
            ("runs", grouped(tally.runs()).into()),
            ("finished", grouped(tally.ended(RunEnd::Finished)).into()),
            ("n", seen.into()),
        ],
    );
    [real, words.with("explore-all-outcomes", &[("n", all.into())])].join(&words.t("list-semicolon"))
}

/// How many of the runs came to this outcome.
#[must_use]
pub fn count(live: &Live, outcome: &Outcome) -> u64 {
    let same = live.side.tally.outcomes().filter(|(seen, _)| is_same(seen, outcome));
    same.map(|(_, count)| count).sum()
}

/// Whether a run on real threads came to this. (Its threads may have been created in another order, so which of them
/// failed is not compared.)
#[must_use]
pub fn is_same(seen: &report::Outcome, outcome: &Outcome) -> bool {
    seen.end == end(outcome)
        && seen.globals.len() == outcome.globals.len()
        && seen.globals.iter().all(|(name, value)| {
            outcome.globals.get(&**name).is_some_and(|other| *other == value.replace(" at 0x…", ""))
        })
}

/// Whether a run on real threads came to something that was explored; `schedule` is how it went.
#[must_use]
pub fn is_among(explorer: &Explorer, found: &Exploration, seen: &report::Outcome, schedule: &Schedule) -> bool {
    if found.outcomes.iter().any(|row| is_same(seen, &row.outcome)) {
        return true;
    }
    // The same run in the simulator has the simulator's clock and its numbers for threads.
    let replayed = Outcome::of(&explorer.replay(schedule, &mut NoSink));
    let same = |other: &Outcome| other.end() == replayed.end() && other.globals == replayed.globals;
    found.outcomes.iter().any(|row| same(&row.outcome))
}
