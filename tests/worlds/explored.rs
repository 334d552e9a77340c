//! What real threads come to is among what the exploration of all interleavings comes to.

use crate::live::{Way, record};
use crate::program::{Case, folder, pairs, scenarios};
use crate::recording::Recording;
use lockstep::event::{Choice, End, NoSink, Schedule, ThreadState};
use lockstep::explore::{Budget, Exploration, Explorer, Outcome, Progress, Settings};
use lockstep::kernel::Options;
use lockstep::kernel::live::Transcript;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A program with more states, or whose states take more time, is passed over.
const STATES: u64 = 20_000;
const TIME: Duration = Duration::from_secs(5);

/// How often each program runs, and how.
const WAYS: [Way; 3] = [Way::Usual, Way::Restless, Way::Restless];

/// What a run came to: how it ended, and the values of the module's variables.
type Came = (&'static str, BTreeMap<String, String>);

fn came_live(recording: &Recording) -> Came {
    let came = &recording.came;
    let failed = came.threads.iter().any(|thread| thread.state == ThreadState::Failed);
    let end = match came.end {
        End::Finished if failed => "crash",
        End::Finished => "finished",
        End::Deadlock => "deadlock",
        End::Limit(_) | End::Unmodelled { .. } => "limit",
    };
    let globals = came.globals.iter().map(|(name, value)| (name.to_string(), value.replace(" at 0x…", "")));
    (end, globals.collect())
}

fn came(outcome: &Outcome) -> Came {
    (outcome.end(), outcome.globals.clone())
}

/// The steps of a run, as the simulator makes them.
fn schedule(recording: &Recording) -> Schedule {
    let mut transcript = Transcript::new();
    let choices: Vec<Choice> =
        recording.tape.iter().filter_map(|event| transcript.take(event)).map(|(c, _)| c).collect();
    let mut schedule = Schedule::new();
    for choice in choices {
        schedule.push(Choice { thread: transcript.number(choice.thread), ..choice });
    }
    schedule
}

fn explorer(case: &Case) -> Explorer {
    let options = Options { abstract_time: true, ..Options::default() };
    let settings = Settings {
        inputs: (0..).map_while(|place| case.line(place)).collect(),
        workers: 2,
        budget: Budget { max_states: STATES, ..Budget::default() },
        deadline: Some(Instant::now() + TIME),
        ..Settings::default()
    };
    Explorer::new(Arc::clone(&case.program), options, settings)
}

/// All outcomes are known. (A clock that the program looks at, or a number drawn from many, has more values than are
/// tried.)
fn is_complete(found: &Exploration) -> bool {
    found.open == 0 && found.stop.is_none() && found.cautions.is_empty()
}

/// Every run comes to an outcome that was explored; `Ok(false)` when too little is known to tell.
fn is_explored(case: &Case) -> Result<bool, String> {
    let explorer = explorer(case);
    let found = explorer.run(&Progress::default());
    if !is_complete(&found) {
        return Ok(false);
    }
    for (way, seed) in WAYS.into_iter().zip(0..) {
        let recording = record(case, &Options { seed, ..Options::default() }, way);
        let here = came_live(&recording);
        if here.0 == "limit" || found.outcomes.iter().any(|row| came(&row.outcome) == here) {
            continue;
        }
        // A clock that was looked at, or the number of a thread, is another one in the simulator.
        let schedule = schedule(&recording);
        let replayed = came(&Outcome::of(&explorer.replay(&schedule, &mut NoSink)));
        if !found.outcomes.iter().any(|row| came(&row.outcome) == replayed) {
            let known: Vec<Came> = found.outcomes.iter().map(|row| came(&row.outcome)).collect();
            return Err(format!(
                "{} ({way:?}) came to {here:?} with {schedule}, which the simulator makes {replayed:?}; explored: {known:?}",
                case.name
            ));
        }
    }
    Ok(true)
}

/// At least so many of the programs are small enough to be compared.
#[track_caller]
fn all_explored(cases: &[Case], wanted: usize) {
    let mut wrong = Vec::new();
    let mut skipped = Vec::new();
    for case in cases {
        match is_explored(case) {
            Ok(true) => {}
            Ok(false) => skipped.push(case.name.as_str()),
            Err(why) => wrong.push(why),
        }
    }
    let compared = cases.len() - skipped.len();
    println!("{compared} of {} programs compared; too large: {}", cases.len(), skipped.join(", "));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(compared >= wanted, "only {compared} of {}", cases.len());
}

#[test]
fn scenarios_come_to_what_was_explored() {
    all_explored(&scenarios(), 35);
}

#[test]
fn programs_about_python_come_to_what_was_explored() {
    all_explored(&folder("python"), 8);
}

#[test]
fn programs_that_are_told_about_come_to_what_was_explored() {
    all_explored(&folder("narration"), 6);
}

#[test]
fn programs_about_threading_come_to_what_was_explored() {
    all_explored(&folder("programs/threading"), 5);
}

#[test]
fn programs_of_the_simulator_come_to_what_was_explored() {
    all_explored(&folder("programs/simulator"), 6);
}

#[test]
fn pairs_of_threads_come_to_what_was_explored() {
    all_explored(&pairs(), 40);
}
