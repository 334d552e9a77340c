//! Runs of the simulator are legal, spoilt ones are not: the suite can fail.

use crate::generated;
use crate::legal::check;
use crate::program::{Case, folder, pairs, scenarios};
use crate::recording::{Recording, simulated};
use lockstep::event::{EventKind, Outcome, Text, ThreadState};
use lockstep::kernel::Options;
use lockstep::sched::{SchedulerKind, build};
use proptest::prelude::*;

fn run(case: &Case, seed: u64) -> Recording {
    let options = Options { seed, ..Options::default() };
    simulated(case, build(SchedulerKind::Random, seed).as_mut(), options)
}

#[track_caller]
fn legal(cases: &[Case]) {
    assert!(!cases.is_empty());
    for case in cases {
        let options = Options { seed: 1, ..Options::default() };
        check(case, &options, &run(case, 1)).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

#[test]
fn scenarios_are_legal() {
    legal(&scenarios());
}

#[test]
fn programs_are_legal() {
    legal(&folder("python"));
    legal(&folder("narration"));
    legal(&folder("programs/threading"));
    legal(&folder("programs/simulator"));
    legal(&pairs());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_programs_are_legal(text in generated::text()) {
        legal(&[generated::case(text)]);
    }
}

/// What is wrong with a run of this program when the recording is spoilt.
fn spoilt(spoil: impl FnOnce(&mut Recording)) -> String {
    let case = Case::new(
        "spoilt",
        "\
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    with lock:
        n += 1
    print(n)
t = threading.Thread(target=work)
t.start()
work()
t.join()
",
    );
    let mut recording = run(&case, 1);
    spoil(&mut recording);
    check(&case, &Options { seed: 1, ..Options::default() }, &recording).unwrap_err()
}

fn operations(recording: &Recording) -> Vec<usize> {
    let tape = recording.tape.iter().enumerate();
    tape.filter(|(_, event)| matches!(event.kind, EventKind::Did { .. })).map(|(place, _)| place).collect()
}

#[test]
fn a_spoilt_tape_is_noticed() {
    let missing = spoilt(|recording| {
        let places = operations(recording);
        recording.tape.remove(places[4]);
    });
    assert!(missing.contains("v1/M"), "{missing}");
    let swapped = spoilt(|recording| {
        let places = operations(recording);
        recording.tape.swap(places[0], places[1]);
    });
    assert!(swapped.contains("the simulator did") || swapped.contains("cannot"), "{swapped}");
    let another = spoilt(|recording| {
        let read = recording.tape.iter_mut().find_map(|event| match &mut event.kind {
            EventKind::Did { outcome: outcome @ Outcome::Value(_), .. } => Some(outcome),
            _ => None,
        });
        *read.unwrap() = Outcome::Value(Text::Int(77));
    });
    assert!(another.contains("the simulator did"), "{another}");
}

#[test]
fn another_result_is_noticed() {
    let output = spoilt(|recording| recording.came.output.push('!'));
    assert!(output.contains("output: in this run"), "{output}");
    let globals = spoilt(|recording| recording.came.globals[0].1 = "3".into());
    assert!(globals.contains("variables: in this run"), "{globals}");
    let story = spoilt(|recording| {
        let pending = recording.tape.iter().rposition(|event| matches!(event.kind, EventKind::Pending(_)));
        recording.tape.remove(pending.unwrap());
    });
    assert!(story.contains("tells"), "{story}");
    let ends_as = |state: ThreadState| {
        move |recording: &mut Recording| {
            let finished = EventKind::State(ThreadState::Finished);
            let over = recording.tape.iter_mut().rfind(|event| event.kind == finished);
            over.unwrap().kind = EventKind::State(state);
        }
    };
    let findings = spoilt(ends_as(ThreadState::Failed));
    assert!(findings.contains("found here"), "{findings}");
    let picture = spoilt(ends_as(ThreadState::Killed));
    assert!(picture.contains("shown here"), "{picture}");
}
