//! The table of events.

use super::common::{self, HOSTILE};
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::export::{Steps, csv};
use lockstep::trace::{Record, Writer};
use lockstep::words::{Lang, Words};
use serde_json::Value;

fn table(run: &Recording, steps: Steps, lang: Lang) -> String {
    let mut out = Vec::new();
    csv::write(run, steps, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub(super) fn whole(run: &Recording) -> String {
    table(run, Steps::ALL, Lang::En)
}

/// Reads a table as the RFC says, and as strictly.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut chars = table.chars().peekable();
    let (mut quoted, mut closed) = (false, false);
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            '"' if quoted => (quoted, closed) = (false, true),
            '"' => {
                assert!(field.is_empty() && !closed, "a quote inside {field:?}");
                quoted = true;
            }
            c if quoted => field.push(c),
            ',' => {
                row.push(std::mem::take(&mut field));
                closed = false;
            }
            '\r' => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
                closed = false;
            }
            c => {
                assert!(!closed && c != '\n', "{c:?} after {field:?}");
                field.push(c);
            }
        }
    }
    assert!(!quoted && row.is_empty() && field.is_empty());
    rows
}

/// The fields of a column.
fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let place = rows[0].iter().position(|column| column == name).unwrap();
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

#[test]
fn a_deadlock_as_a_table() {
    insta::assert_snapshot!(whole(&common::deadlock()).replace('\r', ""));
}

#[test]
fn a_race_as_a_table_in_chinese() {
    let table = table(&common::race(), Steps { from: Step(3), to: Step(9) }, Lang::Zh);
    assert!(table.starts_with('\u{feff}'));
    insta::assert_snapshot!(table.replace(['\r', '\u{feff}'], ""));
}

#[test]
fn a_condition_as_a_table() {
    let run = common::condition();
    insta::assert_snapshot!(table(&run, Steps { from: Step(10), to: Step(30) }, Lang::En).replace('\r', ""));
}

#[test]
fn a_semaphore_as_a_table() {
    let run = common::semaphore();
    insta::assert_snapshot!(table(&run, Steps { from: Step(4), to: Step(14) }, Lang::En).replace('\r', ""));
}

#[test]
fn every_event_has_its_row() {
    for run in common::all() {
        let rows = rows(&whole(&run));
        assert_eq!(rows.len(), run.history.event_count() + 1);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        let seq: Vec<_> = (0..run.history.event_count()).map(|seq| seq.to_string()).collect();
        assert_eq!(column(&rows, "seq"), seq);
        assert!(column(&rows, "sentence").iter().all(|sentence| !sentence.is_empty()));
    }
}

#[test]
fn some_steps_are_the_rows_of_these_steps() {
    let run = common::deadlock();
    let all = rows(&whole(&run));
    let some = rows(&table(&run, Steps { from: Step(2), to: Step(4) }, Lang::En));
    let wanted = all[1..].iter().filter(|row| matches!(&*row[1], "2" | "3" | "4"));
    assert_eq!(some[1..].iter().collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
}

/// A trace and a table call things by the same names.
#[test]
fn names_are_those_of_the_trace() {
    for run in common::all() {
        let rows = rows(&whole(&run));
        for (name, field) in [("event", "event"), ("action", "action"), ("outcome", "outcome"), ("state", "state")] {
            let column = column(&rows, name);
            for (event, cell) in run.history.events(0..run.history.event_count()).zip(column) {
                let mut writer = Writer::new(Vec::new(), &run.header);
                writer.record(&Record::Event { event, choice: None });
                let lines = String::from_utf8(writer.finish().unwrap()).unwrap();
                let line: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
                let said = line[field].as_str().or_else(|| line["end"].as_str().filter(|_| field == "state"));
                // What an object is like at first is told apart from the state of a thread.
                assert_eq!(said.unwrap_or(""), cell, "{line}");
            }
        }
    }
}

#[test]
fn a_hostile_program_makes_a_harmless_table() {
    let run = common::program(HOSTILE, 1);
    let text = whole(&run);
    assert!(text.chars().all(|c| !c.is_control() || c == '\r' || c == '\n'));
    assert!(!text.contains(['\u{202e}', '\u{2066}']));
    for row in rows(&text) {
        for field in row {
            let number = field.parse::<f64>().is_ok();
            assert!(number || !field.trim_start().starts_with(['=', '+', '-', '@']), "{field}");
        }
    }
}
