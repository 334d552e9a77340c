//! Programs on real threads.

use crate::generated;
use crate::legal::check;
use crate::program::{Case, folder, pairs, scenarios};
use crate::recording::{Came, MAX_STEPS, Recording, shown, simulated};
use crate::sure::{essence, expected, is_sure, never_go_wrong};
use lockstep::detect::Detectors;
use lockstep::event::{End, Limit, ThreadState};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::sched::{SchedulerKind, build};
use parking_lot::Mutex;
use proptest::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So much faster than real time do sleeps and time-outs go.
const SPEED: f64 = 1000.0;

/// One run at a time, so that it can be seen whether an OS thread is left behind.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How many programs are drawn. (To search for trouble: some hundreds.)
const CASES: u32 = 24;
/// A run that has not ended then never will.
const NO_END: Duration = Duration::from_mins(1);

/// How a program is run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Usual,
    /// Threads ask for the interpreter's lock at once.
    Restless,
    /// The interpreter's lock is an object like others.
    Shown,
}

const WAYS: [Way; 4] = [Way::Usual, Way::Restless, Way::Shown, Way::Restless];

/// Runs the program to its end, or until it is cut off. Afterwards nothing of it is left.
pub(crate) fn record(case: &Case, options: &Options, way: Way) -> Recording {
    let _alone = ONE_AT_A_TIME.lock();
    let live = LiveOptions { speed: SPEED, show_gil: matches!(way, Way::Shown), ..LiveOptions::default() };
    let mut live = Live::start(Arc::clone(&case.program), options.clone(), &live).unwrap();
    let mut tape = Vec::new();
    let mut asked = 0;
    let start = Instant::now();
    let end = loop {
        live.drain(&mut tape);
        match live.status() {
            LiveStatus::Ended(end) => break end,
            LiveStatus::AwaitingInput { .. } => {
                live.give_input(case.line(asked));
                asked += 1;
            }
            LiveStatus::Running if live.steps() > MAX_STEPS => live.cut_off(Limit::Steps(live.steps())),
            LiveStatus::Running => live.wait(Duration::from_millis(10)),
        }
        if start.elapsed() > NO_END {
            let last: Vec<String> = tape.iter().rev().take(40).rev().map(shown).collect();
            panic!("{} ({way:?}): no end\n{}\n{:#?}\n{}", case.name, last.join("\n"), live.threads(), case.text);
        }
    };
    live.stop();
    assert!(live.panics().is_empty(), "{} ({way:?}): {:?}\n{}", case.name, live.panics(), case.text);
    let result = Came::new(end, &live.output().to_string(), live.globals(), live.threads().into_iter());
    drop(live);
    // The system may take a moment to forget a thread that has ended.
    while !left_behind().is_empty() {
        assert!(start.elapsed() < 2 * NO_END, "{}: {:?} is left behind", case.name, left_behind());
        std::thread::yield_now();
    }
    Recording { tape, came: result }
}

/// The OS threads of this process that belong to a run.
fn left_behind() -> Vec<String> {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return Vec::new() };
    let names = tasks.flatten().flat_map(|task| std::fs::read_to_string(task.path().join("comm")));
    names.filter(|name| name.starts_with("live ")).collect()
}

/// The same program with a switch interval of a microsecond.
fn restless(case: &Case) -> Case {
    let text = format!("import sys\nsys.setswitchinterval(1e-6)\n{}", case.text);
    Case { lines: case.lines, ..Case::new(case.name.clone(), text) }
}

/// Runs the program in all ways; each run is legal, and comes to what it must come to.
fn conforms(case: &Case) -> Result<(), String> {
    let restless = restless(case);
    let proved = never_go_wrong();
    for (way, seed) in WAYS.into_iter().zip(0..) {
        let case = if matches!(way, Way::Restless) { &restless } else { case };
        let options = Options { seed, ..Options::default() };
        let recording = record(case, &options, way);
        check(case, &options, &recording).map_err(|wrong| format!("{way:?}, {wrong}"))?;
        let result = &recording.came;
        if is_sure(case) {
            let (ours, theirs) = (essence(result), expected(case, &options));
            if ours != theirs {
                return Err(format!("{} ({way:?}) came to\n{ours}\ninstead of\n{theirs}", case.name));
            }
        }
        if proved.contains(&case.name) {
            let failed = result.threads.iter().any(|thread| thread.state == ThreadState::Failed);
            if failed || !matches!(result.end, End::Finished | End::Limit(_)) {
                return Err(format!("{} ({way:?}) went wrong: {:?}\n{}", case.name, result.end, result.output));
            }
        }
    }
    Ok(())
}

#[track_caller]
fn all_conform(cases: &[Case]) {
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases.iter().filter_map(|case| conforms(case).err()).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn scenarios_conform() {
    all_conform(&scenarios());
}

#[test]
fn programs_about_python_conform() {
    all_conform(&folder("python"));
}

#[test]
fn programs_that_are_told_about_conform() {
    all_conform(&folder("narration"));
}

#[test]
fn programs_about_threading_conform() {
    all_conform(&folder("programs/threading"));
}

#[test]
fn programs_of_the_simulator_conform() {
    all_conform(&folder("programs/simulator"));
}

#[test]
fn pairs_of_threads_conform() {
    all_conform(&pairs());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_programs_conform(text in generated::text()) {
        let wrong = conforms(&generated::case(text));
        prop_assert!(wrong.is_ok(), "{}", wrong.unwrap_err());
    }
}

/// A program that ends because of a limit of the run, in both worlds because of the same.
#[track_caller]
fn is_cut_off(text: &str, options: &Options, limit: Limit) {
    let case = Case::new("limit", text);
    let there = simulated(&case, build(SchedulerKind::Fifo, 0).as_mut(), options.clone());
    assert_eq!(there.came.end, End::Limit(limit));
    for way in WAYS {
        let here = record(&case, options, way);
        assert_eq!(here.came.end, there.came.end, "{way:?}");
        check(&case, options, &here).unwrap_or_else(|wrong| panic!("{wrong}"));
        let named = |recording: &Recording| Detectors::run(&recording.tape).into_iter().map(|found| found.threads);
        assert_eq!(named(&here).collect::<Vec<_>>(), named(&there).collect::<Vec<_>>(), "{way:?}");
    }
}

#[test]
fn limits_end_a_run_in_both_worlds() {
    let spin = "import threading\ndef spin():\n    while True:\n        pass\nthreading.Thread(target=spin).start()\n";
    is_cut_off(spin, &Options { spin_limit: 200_000, ..Options::default() }, Limit::Spin(200_000));
    let eat = "import threading\nfood = []\ndef eat():\n    while True:\n        food.append('a' * 100_000)\nthreading.Thread(target=eat).start()\n";
    is_cut_off(eat, &Options { memory_limit: 4 << 20, ..Options::default() }, Limit::Memory(4 << 20));
}

#[test]
fn there_is_a_largest_number_of_threads_in_both_worlds() {
    let text = "\
import threading
e = threading.Event()
try:
    for i in range(100):
        threading.Thread(target=e.wait).start()
except RuntimeError as error:
    print(i, error)
e.set()
";
    let case = Case::new("crowd", text);
    let options = Options { max_threads: 20, ..Options::default() };
    for way in WAYS {
        let recording = record(&case, &options, way);
        check(&case, &options, &recording).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!(recording.came.output, "19 can't start new thread\n");
    }
}

#[test]
fn what_is_not_modelled_ends_a_run_in_both_worlds() {
    let text = "\
import threading
n = 0
def f():
    global n
    n += 1
    x = (1,)
    for i in range(60):
        x = (x, x)
    hash(x)
threading.Thread(target=f).start()
n += 1
";
    let case = Case::new("unmodelled", text);
    let recording = record(&case, &Options::default(), Way::Shown);
    assert!(matches!(recording.came.end, End::Unmodelled { line: 9, .. }), "{:?}", recording.came.end);
    check(&case, &Options::default(), &recording).unwrap_or_else(|wrong| panic!("{wrong}"));
}
