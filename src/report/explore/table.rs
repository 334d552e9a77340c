//! The outcomes as a table, each with a way to it.
//!
//! Where a row with its schedule is wider than the terminal, the schedule has a line of its own: it is never cut, it is
//! there to be copied.

use super::{Explored, ended, live};
use crate::explore::{Exploration, Row};
use crate::report::cells::{assignments, blanks, cut};
use crate::words::{Words, grouped, safe};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// How many outcomes have a row.
const ROWS: usize = 20;
/// How many columns the values, and what was printed, take at most.
const VALUES_COLUMNS: usize = 46;
/// A longer number is written as a power of ten, a longer fraction only as a decimal number.
const DIGITS: usize = 21;
const GAP: &str = "  ";
const INDENT: &str = "    ";

/// A table in the making: what stands above a column, and where its numbers stand.
struct Column {
    head: String,
    right: bool,
    cells: Vec<String>,
}

impl Column {
    fn width(&self) -> usize {
        self.cells.iter().chain([&self.head]).map(|cell| cell.width()).max().unwrap_or(0)
    }

    fn padded(&self, cell: &str) -> String {
        let room = blanks(self.width().saturating_sub(cell.width()));
        if self.right { room + cell } else { cell.to_owned() + &room }
    }
}

pub(super) fn write(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let found = explored.exploration;
    if found.outcomes.is_empty() {
        return Ok(());
    }
    let rows = chosen(&found.outcomes);
    let same = same(&found.outcomes);
    let columns = columns(explored, &rows, &same, words);
    let schedules: Vec<String> = rows.iter().map(|(_, row)| row.witness.schedule.to_string()).collect();
    writeln!(out, "\n{}", title(found, words))?;
    draw(&columns, &words.t("explore-column-schedule"), &schedules, explored.columns, out)?;
    let more = found.outcomes.len() - rows.len();
    if more > 0 {
        writeln!(out, "{}", and_more(more, words))?;
    }
    if !same.is_empty() {
        let values = safe(&assignments(same.iter().copied())).into_owned();
        let line = words.with("explore-same", &[("values", values.into())]);
        writeln!(out, "{}", cut(&line, explored.columns.unwrap_or(usize::MAX)))?;
    }
    if explored.count {
        writeln!(out, "{}", total(found, words))?;
    }
    Ok(())
}

/// The rows that are shown, each with its place. Of many good outcomes and many others there are some of each.
fn chosen(rows: &[Row]) -> Vec<(usize, &Row)> {
    let bad = rows.iter().filter(|row| !row.outcome.is_good()).count();
    let good = rows.len() - bad;
    let shown_bad = bad.min(ROWS.saturating_sub(good).max(ROWS / 2));
    let (mut left_good, mut left_bad) = (ROWS - shown_bad, shown_bad);
    let fits = |(_, row): &(usize, &Row)| {
        let left = if row.outcome.is_good() { &mut left_good } else { &mut left_bad };
        *left > 0 && {
            *left -= 1;
            true
        }
    };
    rows.iter().enumerate().filter(fits).collect()
}

fn columns(
    explored: &Explored<'_>,
    rows: &[(usize, &Row)],
    same: &BTreeSet<(&str, &str)>,
    words: &Words,
) -> Vec<Column> {
    let column = |key: &str, right: bool, cell: &dyn Fn(&Row) -> String| Column {
        head: words.t(key),
        right,
        cells: rows.iter().map(|(_, row)| cell(row)).collect(),
    };
    let hang = |place: usize| explored.hangs.get(place).and_then(Option::as_ref);
    let ends = rows.iter().map(|(place, row)| ended(&row.outcome, hang(*place), words)).collect();
    let mut columns = vec![Column { head: words.t("explore-column-end"), right: false, cells: ends }];
    let values = |row: &Row| {
        let globals = row.outcome.globals.iter().map(|(name, value)| (&**name, &**value));
        cut(&safe(&assignments(globals.filter(|global| !same.contains(global)))), VALUES_COLUMNS)
    };
    columns.push(column("explore-column-values", false, &values));
    let output = |row: &Row| cut(&safe(row.outcome.output.as_deref().unwrap_or("").trim_end()), VALUES_COLUMNS);
    columns.push(column("explore-column-output", false, &output));
    columns.push(column("explore-column-switches", true, &|row| row.witness.switches.to_string()));
    columns.push(column("explore-column-steps", true, &|row| row.witness.steps.to_string()));
    if explored.count {
        let infinite = words.t("explore-infinite");
        let count = |row: &Row| match row.chance.as_ref().map(|chance| &chance.count) {
            None => "-".to_owned(),
            Some(None) => infinite.clone(),
            Some(Some(count)) => number(count),
        };
        columns.push(column("explore-column-count", true, &count));
        columns.push(column("explore-column-probability", true, &probability));
    }
    if let Some(live) = explored.live {
        columns.push(column("explore-column-live", true, &|row| grouped(live::count(live, &row.outcome))));
    }
    // A column in which nothing stands says nothing.
    columns.retain(|column| column.cells.iter().any(|cell| !cell.is_empty()));
    columns
}

/// The probability of an outcome: exactly, where that is short, and as a decimal number.
#[must_use]
pub fn probability(row: &Row) -> String {
    let Some(chance) = &row.chance else { return "-".to_owned() };
    let decimal = format!("{:.4}", chance.probability);
    match chance.exact.as_deref().filter(|exact| exact.len() <= DIGITS) {
        None => decimal,
        Some(exact) if exact.contains('/') => format!("{exact} = {decimal}"),
        Some(exact) => exact.to_owned(),
    }
}

/// A number of any length: `1,680`, `4.50e37`.
#[must_use]
pub fn number(digits: &str) -> String {
    if let Ok(number) = digits.parse::<u64>() {
        return grouped(number);
    }
    match digits.as_bytes() {
        [first, second, third, ..] if digits.is_ascii() => {
            format!("{}.{}{}e{}", *first as char, *second as char, *third as char, digits.len() - 1)
        }
        _ => digits.to_owned(),
    }
}

fn draw(
    columns: &[Column],
    last: &str,
    schedules: &[String],
    room: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let widths: usize = columns.iter().map(|column| column.width() + GAP.len()).sum();
    let longest = schedules.iter().map(String::len).max().unwrap_or(0);
    let beside = room.is_none_or(|room| widths + longest.max(last.width()) <= room);
    let line = |cells: Vec<String>, schedule: &str| {
        let line = cells.join(GAP);
        if beside { line + GAP + schedule } else { line }
    };
    let heads = columns.iter().map(|column| column.padded(&column.head)).collect();
    writeln!(out, "{}", line(heads, last).trim_end())?;
    for (place, schedule) in schedules.iter().enumerate() {
        let cells = columns.iter().map(|column| column.padded(&column.cells[place])).collect();
        writeln!(out, "{}", line(cells, schedule).trim_end())?;
        if !beside {
            writeln!(out, "{INDENT}{schedule}")?;
        }
    }
    Ok(())
}

/// The variables that every outcome has with the same value; none when there is only one outcome: it is shown whole.
#[must_use]
pub fn same(rows: &[Row]) -> BTreeSet<(&str, &str)> {
    let [first, rest @ ..] = rows else { return BTreeSet::new() };
    if rest.is_empty() {
        return BTreeSet::new();
    }
    let mut same: BTreeSet<(&str, &str)> = first.outcome.globals.iter().map(|(n, v)| (&**n, &**v)).collect();
    for row in rest {
        same.retain(|(name, value)| row.outcome.globals.get(*name).is_some_and(|other| other == value));
    }
    same
}

/// How many outcomes there are.
#[must_use]
pub fn title(found: &Exploration, words: &Words) -> String {
    let number = found.outcomes.len() as u64;
    let whole = found.stop.is_none() && found.open == 0 && found.cautions.is_empty();
    let key = if whole { "explore-outcomes" } else { "explore-outcomes-so-far" };
    words.with(key, &[("n", number.into()), ("number", grouped(number).into())])
}

/// How many interleavings there are.
#[must_use]
pub fn total(found: &Exploration, words: &Words) -> String {
    match &found.interleavings {
        Some(digits) => words.with(
            "explore-total",
            &[("n", digits.parse::<u64>().unwrap_or(u64::MAX).into()), ("number", number(digits).into())],
        ),
        None if found.stop.is_none() && found.open == 0 => words.t("explore-total-infinite"),
        None => words.t("explore-total-unknown"),
    }
}

/// What is left out.
pub(super) fn and_more(number: usize, words: &Words) -> String {
    format!("… {}", words.with("explore-more", &[("n", grouped(number as u64).into())]))
}
