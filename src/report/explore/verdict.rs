//! The verdict, and what it rests on.

use super::{Explored, paragraph};
use crate::explore::{BugKind, Caution, Exploration, MAX_DRAW, Stop, Verdict};
use crate::words::{Words, grouped};
use std::io::{self, Write};

pub(super) fn write(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let found = explored.exploration;
    let (label, line) = match found.verdict {
        Verdict::Proved => ("explore-proved", proved(found, words)),
        Verdict::Bug => ("explore-bug", bug(found, words)),
        Verdict::NotFinished => ("explore-not-finished", not_finished(found, words)),
    };
    let mut lines = vec![line];
    lines.extend(rests_on(explored, words));
    lines.extend(found.stop.map(|stop| words.t(stop_key(stop))));
    if only_unfair(found) {
        lines.push(words.t("explore-busy-waiting"));
    }
    paragraph(&words.t(label), &lines, explored.columns, out)
}

/// Threads go round in circles, and a fair scheduler lets them out of every one. A livelock nobody leaves, and that is said
/// of the bug.
#[must_use]
pub fn only_unfair(found: &Exploration) -> bool {
    found.busy_waiting && found.bugs.iter().all(|bug| bug.kind != BugKind::Livelock)
}

fn proved(found: &Exploration, words: &Words) -> String {
    let mut line = words.with("explore-proved-line", &[("states", states(found, words).into())]);
    if found.never_ends {
        line += &words.t("explore-never-ends");
    }
    line
}

/// The shortest witness of the first bug; all bugs come after that.
fn bug(found: &Exploration, words: &Words) -> String {
    let Some(bug) = found.bugs.first() else { return words.t("explore-bug") };
    let mut line = words.with(
        if bug.witness.shortest { "explore-bug-shortest" } else { "explore-bug-line" },
        &[
            ("kind", words.t(kind_key(bug.kind)).into()),
            ("steps", words.with("explore-steps", &[("n", bug.witness.steps.into())]).into()),
            ("switches", words.with("explore-switches", &[("n", bug.witness.switches.into())]).into()),
            ("schedule", bug.witness.schedule.to_string().into()),
        ],
    );
    if found.never_ends {
        line += &words.t("explore-never-ends");
    }
    line
}

fn not_finished(found: &Exploration, words: &Words) -> String {
    let counted = [("states", states(found, words).into()), ("open", grouped(found.open).into())];
    let mut sentences = vec![words.with("explore-not-finished-line", &counted)];
    sentences.extend(found.cautions.iter().map(|why| caution(why, words)));
    words.sentences(&sentences)
}

/// How much was looked at, by which model of time, with or without reduction.
fn rests_on(explored: &Explored<'_>, words: &Words) -> Vec<String> {
    let found = explored.exploration;
    let mut parts = Vec::new();
    if found.verdict == Verdict::Bug {
        let counted = [("states", states(found, words).into()), ("open", grouped(found.open).into())];
        let whole = found.open == 0 && found.stop.is_none() && found.cautions.is_empty();
        parts.push(words.with(if whole { "explore-whole" } else { "explore-part" }, &counted));
    }
    parts.push(words.t(if found.timed { "explore-timed" } else { "explore-abstract" }));
    parts.push(words.t(if found.reduced { "explore-reduced" } else { "explore-unreduced" }));
    if explored.columns.is_some() {
        // The same arguments give the same bytes where another program reads them.
        parts.push(words.with("explore-took", &[("time", format!("{:.2}", explored.took.as_secs_f64()).into())]));
    }
    let mut lines = vec![parts.join(&words.t("list-semicolon"))];
    if found.verdict != Verdict::NotFinished {
        lines.extend(found.cautions.iter().map(|why| caution(why, words)));
    }
    lines
}

fn states(found: &Exploration, words: &Words) -> String {
    words.with("explore-states", &[("n", found.states.into()), ("states", grouped(found.states).into())])
}

/// Why this can be no proof, as a sentence.
#[must_use]
pub fn caution(caution: &Caution, words: &Words) -> String {
    match caution {
        Caution::Sampled => words.with("explore-sampled", &[("n", MAX_DRAW.to_string().into())]),
        Caution::CutOff(end) => words.with("explore-cut-off", &[("end", words.end(end).into())]),
        Caution::Unvalidated(schedule) => words.with("explore-unvalidated", &[("schedule", schedule.as_str().into())]),
    }
}

/// The name of a caution in JSON.
pub(super) const fn caution_name(caution: &Caution) -> &'static str {
    match caution {
        Caution::Sampled => "sampled",
        Caution::CutOff(_) => "cut_off",
        Caution::Unvalidated(_) => "unvalidated",
    }
}

/// The name of what stopped a search in JSON.
pub(super) const fn stop_name(stop: Stop) -> &'static str {
    match stop {
        Stop::States => "states",
        Stop::Memory => "memory",
        Stop::Time => "time",
        Stop::Cancelled => "cancelled",
    }
}

const fn stop_key(stop: Stop) -> &'static str {
    match stop {
        Stop::States => "explore-stop-states",
        Stop::Memory => "explore-stop-memory",
        Stop::Time => "explore-stop-time",
        Stop::Cancelled => "explore-stop-cancelled",
    }
}

/// The catalogue key of what kind of bug it is.
#[must_use]
pub const fn kind_key(kind: BugKind) -> &'static str {
    match kind {
        BugKind::Deadlock => "explore-deadlock",
        BugKind::Stuck => "explore-stuck",
        BugKind::Livelock => "explore-livelock",
        BugKind::Assertion => "explore-assertion",
        BugKind::Crash => "explore-crash",
    }
}
