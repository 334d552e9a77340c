//! Outcomes and counts as a table.

use super::{Repeat, Side, by_frequency};
use crate::report::Outcome;
use crate::report::cells::{assignments, blanks, cut, end_key};
use crate::scenario::RunEnd;
use crate::sched::SchedulerKind;
use crate::words::{Words, grouped, safe};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// How many outcomes of one end have a row of their own.
const ROWS: usize = 10;
/// How many columns an outcome takes at most.
const OUTCOME_COLUMNS: usize = 46;
/// How many columns the line about what was always the same takes at most.
const SAME_COLUMNS: usize = 78;
/// Between two columns of the table.
const GAP: &str = "   ";

/// One line of the table: what, and how often in each world.
struct Line {
    label: String,
    cells: Vec<String>,
}

impl Line {
    fn write(&self, widths: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let Some((first, rest)) = widths.split_first() else { return Ok(()) };
        write!(out, "{}{}", self.label, blanks(first.saturating_sub(self.label.width())))?;
        for (cell, width) in self.cells.iter().zip(rest) {
            write!(out, "{GAP}{}{cell}", blanks(width.saturating_sub(cell.width())))?;
        }
        writeln!(out)
    }
}

/// The table of all runs.
pub(super) struct Table {
    head: Line,
    rows: Vec<Line>,
    /// The variables that held the same at the end of every run.
    same: Option<String>,
}

impl Table {
    pub(super) fn new(repeat: &Repeat<'_>, words: &Words) -> Table {
        let sides: Vec<&Side> = repeat.live.into_iter().chain([repeat.simulated]).collect();
        let same = same(&sides);
        let mut rows = Rows { sides: &sides, same: &same, words, lines: Vec::new() };
        for end in RunEnd::ALL {
            rows.add(end);
        }
        let shown = (!same.is_empty()).then(|| assignments(same.iter().copied()));
        Table {
            head: head(repeat, words),
            rows: rows.lines,
            same: shown.map(|shown| cut(&words.with("repeat-same", &[("values", shown.into())]), SAME_COLUMNS)),
        }
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let widths = self.widths();
        for line in std::iter::once(&self.head).chain(&self.rows) {
            line.write(&widths, out)?;
        }
        self.same.as_ref().map_or(Ok(()), |same| writeln!(out, "{same}"))
    }

    /// The width of every column.
    fn widths(&self) -> Vec<usize> {
        let lines = || std::iter::once(&self.head).chain(&self.rows);
        let label = lines().map(|line| line.label.width()).max().unwrap_or(0);
        let cell = |place: usize| lines().filter_map(|line| Some(line.cells.get(place)?.width())).max().unwrap_or(0);
        std::iter::once(label).chain((0..self.head.cells.len()).map(cell)).collect()
    }
}

/// The rows, as they are added end by end.
struct Rows<'a> {
    sides: &'a [&'a Side],
    same: &'a BTreeSet<(&'a str, &'a str)>,
    words: &'a Words,
    lines: Vec<Line>,
}

impl Rows<'_> {
    /// The outcomes of one end, the frequent ones first, the rest in one row.
    fn add(&mut self, end: RunEnd) {
        let outcomes = by_frequency(self.sides, end);
        // One row for one outcome, never for "1 more".
        let own = if outcomes.len() <= ROWS + 1 { outcomes.len() } else { ROWS };
        let (own, more) = outcomes.split_at(own);
        for outcome in own {
            let label = self.label(outcome);
            let counts = self.sides.iter().map(|side| side.tally.count(outcome)).collect();
            let circle = self.sides.iter().any(|side| side.tally.is_circle(outcome));
            let crash = self.sides.iter().any(|side| side.tally.has_crash(outcome));
            self.push(&self.end(end, circle, crash), &label, counts);
        }
        let others = self.sides.iter().any(|side| side.tally.others(end) > 0);
        if others || !more.is_empty() {
            let rest = |side: &&Side| side.tally.ended(end) - own.iter().map(|o| side.tally.count(o)).sum::<u64>();
            let label = if others {
                self.words.t("repeat-others")
            } else {
                self.words.with("repeat-more", &[("n", grouped(more.len() as u64).into())])
            };
            let circle = self.sides.iter().any(|side| side.tally.has_circle());
            self.push(&self.end(end, circle, false), &label, self.sides.iter().map(rest).collect());
        }
    }

    /// The variables of an outcome, without those that are the same everywhere.
    fn label(&self, outcome: &Outcome) -> String {
        let globals = outcome.globals.iter().map(|(name, value)| (&**name, &**value));
        safe(&assignments(globals.filter(|global| !self.same.contains(global)))).into_owned()
    }

    /// How it ended. `circle`: threads waited for each other in one. `crash`: nobody could go on, and an exception had ended
    /// a thread before.
    fn end(&self, end: RunEnd, circle: bool, crash: bool) -> String {
        let mut ends = vec![self.words.t(end_key(end, circle))];
        if crash {
            ends.push(self.words.t(end_key(RunEnd::Crash, false)));
        }
        ends.join(&self.words.t("list-clause"))
    }

    /// Adds a row.
    fn push(&mut self, end: &str, label: &str, counts: Vec<u64>) {
        let ends = RunEnd::ALL.map(|end| self.words.t(end_key(end, true)));
        let width = ends.iter().map(|end| end.width()).max().unwrap_or(0);
        let end = format!("{end}{}  ", blanks(width.saturating_sub(end.width())));
        let label = cut(label, OUTCOME_COLUMNS.saturating_sub(end.width()));
        self.lines.push(Line { label: end + &label, cells: counts.into_iter().map(grouped).collect() });
    }
}

/// The variables that every outcome has with the same value; none when there is only one outcome: it is shown whole.
fn same<'a>(sides: &[&'a Side]) -> BTreeSet<(&'a str, &'a str)> {
    let outcomes: BTreeSet<&Outcome> = sides.iter().flat_map(|side| side.tally.outcomes()).map(|(o, _)| o).collect();
    let globals = |outcome: &'a Outcome| outcome.globals.iter().map(|(name, value)| (&**name, &**value));
    let mut outcomes = outcomes.into_iter();
    let (Some(first), Some(second)) = (outcomes.next(), outcomes.next()) else { return BTreeSet::new() };
    let mut same: BTreeSet<(&str, &str)> = globals(first).collect();
    for outcome in std::iter::once(second).chain(outcomes) {
        let here: BTreeSet<(&str, &str)> = globals(outcome).collect();
        same.retain(|global| here.contains(global));
    }
    same
}

fn head(repeat: &Repeat<'_>, words: &Words) -> Line {
    let (made, wanted) = (repeat.simulated.tally.runs(), u64::from(repeat.wanted));
    let label = words.with(
        if made == wanted { "repeat-title" } else { "repeat-title-part" },
        &[
            ("made", grouped(made).into()),
            ("wanted", grouped(wanted).into()),
            ("n", wanted.into()),
            ("target", repeat.target.into()),
        ],
    );
    let simulator = match repeat.scheduler {
        SchedulerKind::Random => words.t("repeat-simulator-random"),
        other => words.with("repeat-simulator", &[("scheduler", other.to_string().into())]),
    };
    let live = repeat.live.map(|_| words.t("repeat-real"));
    Line { label, cells: live.into_iter().chain([simulator]).collect() }
}
