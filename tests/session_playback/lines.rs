//! Lines of input that were recorded.

use crate::{ASKS, Case, Watcher, records, tape, whole};
use lockstep::event::{Action, End, EventKind};
use lockstep::ids::Step;
use lockstep::model::History;
use lockstep::session::{Control, Pause, Tape, recite, spawn};
use lockstep::trace::{Reader, Record};
use std::io::Cursor;
use std::sync::Arc;

/// Lines that were typed are given again; from the end of the recording on a person is asked.
#[test]
fn recorded_lines_of_input_are_given_again() {
    let case = Case::new(ASKS, 0);
    let mut typed = Watcher::new(case.start.clone());
    typed.finish();
    assert_eq!(typed.tell(Control::Input { line: Some("Ada".into()) }), Pause::Done);
    assert_eq!(typed.finish(), Pause::Input);
    let mut records = records(&typed.history, typed.history.last_step());
    let asked = records
        .iter()
        .position(|record| matches!(record, Record::Event { event, .. } if matches!(event.kind, EventKind::State(_))))
        .unwrap();
    records.insert(asked + 1, Record::Input { line: Some("Ada".into()) });
    let mut watcher = Watcher::of_recording(case.replayed(&records, false));
    assert!(watcher.word().contains("Typed { lines: [Some(\"Ada\")] }"), "{}", watcher.word());
    assert_eq!(watcher.finish(), Pause::Input);
    assert!(watcher.word().contains("again? "), "{}", watcher.word());
    watcher.tell(Control::Input { line: Some("Bob".into()) });
    typed.tell(Control::Input { line: Some("Bob".into()) });
    assert_eq!((watcher.finish(), typed.finish()), (Pause::Ended(End::Finished), Pause::Ended(End::Finished)));
    assert_eq!(watcher.tape(), typed.tape());
    // Lines of the command line are in the header; whoever wrote the trace may have noted them besides, or not.
    let mut given = case.clone();
    given.start.inputs = vec!["Ada".into(), "Bob".into()];
    let made = whole(&given);
    assert_eq!(tape(&made), typed.tape());
    for noted in 0..=2 {
        let mut records = self::records(&made, Step(made.last_step().0 - 1));
        for line in given.start.inputs.iter().take(noted) {
            records.push(Record::Input { line: Some(Arc::clone(line)) });
        }
        let mut watcher = Watcher::of_recording(given.replayed(&records, false));
        assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
        assert_eq!(watcher.tape(), tape(&made));
    }
}

/// The run with its lines, each given before the event that says that it was read.
fn with_lines(made: &History, lines: &[&str]) -> Vec<Record> {
    let mut lines = lines.iter();
    let mut all = Vec::new();
    for record in records(made, made.last_step()) {
        let reads = matches!(&record, Record::Event { event, .. }
            if matches!(event.kind, EventKind::Did { action: Action::Input { .. }, .. }));
        if let Some(line) = reads.then(|| lines.next()).flatten() {
            all.push(Record::Input { line: Some((*line).into()) });
        }
        all.push(record);
    }
    all
}

/// A cut takes back what was typed after it, and nothing else: that is said last, whatever is looked at meanwhile.
#[test]
fn lines_typed_before_a_cut_stay() {
    let mut case = Case::new(ASKS, 0);
    case.start.inputs = vec!["Ada".into(), "Bob".into()];
    let made = whole(&case);
    let mut records = with_lines(&made, &["Ada", "Bob"]);
    records.push(Record::Cut { to: Step(2) });
    case.start.inputs.clear();
    let watcher = Watcher::of_recording(case.replayed(&records, true));
    let said = watcher.word();
    assert!(said.contains("Truncated { to: Step(2) } Typed { lines: [Some(\"Ada\")] }"), "{said}");
}

/// The lines of the command line are in the header, and are not typed once more.
#[test]
fn lines_that_were_given_at_the_start_are_not_typed() {
    let mut case = Case::new(ASKS, 0);
    case.start.inputs = vec!["Ada".into()];
    let mut all = case.clone();
    all.start.inputs.push("Bob".into());
    let records = with_lines(&whole(&all), &["Ada", "Bob"]);
    let tape = Tape::new(Reader::new(Cursor::new(case.bytes(&records, true))).unwrap());
    for handle in [recite(tape), spawn(case.replayed(&records, true))] {
        let mut watcher = Watcher { handle, history: History::new(), said: Vec::new() };
        watcher.until_read();
        let said = watcher.word();
        assert!(said.contains("Typed { lines: [Some(\"Bob\")] }") && !said.contains("Some(\"Ada\")"), "{said}");
    }
}
