//! Real threads on the command line.

use super::{Came, Program, json, lockstep, run, with_input};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};

/// Two threads that hang for ever while the main thread goes on with this.
fn deadlock_beside(rest: &str) -> Program {
    Program::new(format!(
        "from threading import Lock, Thread, Barrier\nfrom time import sleep\n\n\
         a = Lock()\nb = Lock()\nboth = Barrier(2)\n\n\n\
         def work(mine, other):\n    with mine:\n        both.wait()\n        with other:\n            pass\n\n\n\
         Thread(target=work, args=(a, b), daemon=True).start()\n\
         Thread(target=work, args=(b, a), daemon=True).start()\n\
         while not (a.locked() and b.locked()):\n    pass\n\
         print('here')\n{rest}\n"
    ))
}

/// `lockstep ARGS` as a child whose output can be read while it runs.
fn start(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(args)
        .args(["--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Presses Ctrl-C once and waits for the end.
fn interrupt(child: Child) -> Came {
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Came { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

#[test]
fn what_cannot_depend_on_the_order_is_the_same_in_both_worlds() {
    let targets = ["counter/locked", "deadlock/ordered", "deadlock/rlock", "condition/correct", "traffic/wait"];
    for target in targets {
        let live = lockstep(&["run", target, "--live", "--speed", "1000", "--json"]);
        let simulated = lockstep(&["run", target, "--json"]);
        assert_eq!((live.code, live.err.as_str()), (simulated.code, ""), "{target}: {live:?}");
        let (live, simulated) = (json(&live), json(&simulated));
        assert_eq!((&live["world"], &simulated["world"]), (&json!("live"), &json!("sim")));
        assert_eq!((&live["end"], &live["globals"]), (&simulated["end"], &simulated["globals"]), "{target}");
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&live), keys(&simulated));
    }
}

#[test]
fn no_seed_is_told_of_a_run_that_none_brings_back() {
    for (language, wanted) in [("en", "on real threads."), ("zh", "在真实线程上用时")] {
        let came = lockstep(&["run", "counter/locked", "--live", "--lang", language]);
        assert!(came.err.contains(wanted), "{came:?}");
        assert!(!came.err.contains("seed") && !came.err.contains("种子"), "{came:?}");
    }
}

#[test]
fn who_hangs_without_being_part_of_the_finding_is_told_of_as_well() {
    // Who would set the event cannot come to the lock: without it nobody would know why the other is stuck.
    let program = Program::new(
        "from threading import Event, Lock, Thread\n\nlock = Lock()\nloaded = Event()\ninside = Event()\n\n\n\
         def load():\n    inside.wait()\n    with lock:\n        loaded.set()\n\n\n\
         def read():\n    with lock:\n        inside.set()\n        loaded.wait()\n\n\n\
         Thread(target=load).start()\nThread(target=read).start()\n",
    );
    let told = program.with("run", &["--live", "--plain"]).out;
    assert!(told.contains("it is stuck for ever"), "{told}");
    assert!(told.contains("A wants lock, but B has held it since line 15: A is blocked."), "{told}");
    let told = lockstep(&["run", "deadlock/self", "--live", "--plain"]).out;
    assert!(told.contains("it waits for itself."), "{told}");
}

#[test]
fn what_real_threads_did_is_a_schedule_for_the_simulator() {
    for target in ["counter/race", "philosophers/naive", "philosophers/trylock", "deadlock/opposite", "condition/if"] {
        let live = json(&lockstep(&["run", target, "--live", "--json"]));
        let schedule = live["schedule"].as_str().unwrap();
        let again = json(&lockstep(&["run", target, "--schedule", schedule, "--max-steps", "0", "--json"]));
        for field in ["end", "globals", "output", "schedule", "steps"] {
            assert_eq!(live[field], again[field], "{target}: {field} with {schedule}");
        }
    }
}

#[test]
fn a_real_deadlock_is_named_and_left() {
    let came = lockstep(&["run", "deadlock/self", "--live"]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.err.contains("Deadlock: A payer wants lock (line 10), which it holds itself"), "{came:?}");
    let recipe = came.err.lines().last().unwrap();
    let recipe = recipe.strip_prefix("again, in the simulator: lockstep ").unwrap_or_else(|| panic!("{came:?}"));
    let again = lockstep(&recipe.split(' ').map(|word| word.trim_matches('\'')).collect::<Vec<_>>());
    assert_eq!(again.code, 1, "{again:?}");
    assert_eq!(came.err.lines().nth(1), again.err.lines().nth(1));
    let json = json(&lockstep(&["run", "deadlock/self", "--live", "--json"]));
    assert_eq!((&json["end"], &json["findings"][0]["kind"]), (&json!("deadlock"), &json!("deadlock")));
    let chinese = lockstep(&["run", "deadlock/self", "--live", "--lang", "zh"]);
    assert!(chinese.err.contains("在模拟器中重现："), "{chinese:?}");
}

#[test]
fn plain_tells_a_live_run_step_by_step() {
    let came = lockstep(&["run", "deadlock/self", "--live", "--plain"]);
    assert_eq!(came.code, 1, "{came:?}");
    let lines: Vec<&str> = came.out.lines().collect();
    let start = lines.iter().position(|line| line.starts_with("Start: ")).unwrap();
    assert!(lines[start + 1].starts_with("Step 1, "), "{came:?}");
    assert!(lines.iter().any(|line| line.starts_with("Deadlock: A payer wants lock")), "{came:?}");
}

#[test]
fn ctrl_c_ends_a_run_whose_threads_hang() {
    let program = deadlock_beside("sleep(1000000)");
    let mut child = start(&["run", program.path(), "--live"]);
    let mut out = BufReader::new(child.stdout.as_mut().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert_eq!(first, "here\n");
    let came = interrupt(child);
    assert_eq!(came.code, 130, "{came:?}");
    assert!(came.err.starts_with("Interrupted."), "{came:?}");
    assert!(came.err.contains("Deadlock of 2 threads: "), "{came:?}");
}

#[test]
fn ctrl_c_ends_a_run_that_waits_for_a_line() {
    let program = Program::new("print('here')\nname = input('? ')\n");
    let mut child = start(&["run", program.path(), "--live"]);
    let mut prompt = [0; 7];
    child.stdout.as_mut().unwrap().read_exact(&mut prompt).unwrap();
    assert_eq!(&prompt, b"here\n? ");
    // Standard input stays open: the line never comes.
    let stdin = child.stdin.take();
    let came = interrupt(child);
    assert_eq!(came.code, 130, "{came:?}");
    drop(stdin);
}

#[test]
fn limits_end_what_hangs_sleeps_or_goes_on() {
    let sleeps = run("from time import sleep\nsleep(1000000)\n", &["--live", "--timeout", "1"]);
    assert_eq!(sleeps.code, 4, "{sleeps:?}");
    assert!(sleeps.err.starts_with("Cut off after 1 s of real time."), "{sleeps:?}");
    let hangs = deadlock_beside("sleep(1000000)").with("run", &["--live", "--timeout", "1"]);
    assert_eq!(hangs.code, 1, "{hangs:?}");
    assert!(hangs.err.contains("Deadlock of 2 threads: "), "{hangs:?}");
    let spins = "from threading import Thread\n\n\ndef work():\n    while True:\n        pass\n\n\nThread(target=work).start()\nprint('here')\n";
    let spins = run(spins, &["--live"]);
    assert!(
        spins.err.contains("A Thread-1 (work) on line 6: Cut off: a thread ran 200,000,000 instructions"),
        "{spins:?}"
    );
    let goes_on = run("while True:\n    print('.')\n", &["--live", "--max-steps", "500", "--json"]);
    assert_eq!(goes_on.code, 4, "{}", goes_on.err);
    let goes_on = json(&goes_on);
    assert_eq!((&goes_on["end"], &goes_on["steps"]), (&json!("limit"), &json!(500)));
}

#[test]
fn input_comes_from_the_command_line_and_then_from_standard_input() {
    let program = Program::new("a = input('first? ')\nb = input('second? ')\nprint(a + b)\n");
    let came = with_input(&["run", program.path(), "--live", "--input", "one"], "two\n");
    assert_eq!((came.code, came.out.as_str()), (0, "first? second? onetwo\n"), "{came:?}");
    let came = with_input(&["run", program.path(), "--live"], "one\n");
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("EOFError: EOF when reading a line"), "{came:?}");
}

#[test]
fn what_a_live_run_prints_is_there_while_it_goes_on() {
    let program = Program::new("print('here')\nprint(input())\n");
    let mut child = start(&["run", program.path(), "--live"]);
    let mut first = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(first, "here\n");
    child.stdin.take().unwrap().write_all(b"there\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"there\n"[..]));
}

#[test]
fn plain_tells_a_step_at_once_when_nothing_follows() {
    let program = Program::new("print('here')\nprint(input())\n");
    let mut child = start(&["run", program.path(), "--live", "--plain"]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut lines = (&mut out).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("Step 1, line 1: M prints 'here'.")));
    child.stdin.take().unwrap().write_all(b"there\n").unwrap();
    assert!(lines.any(|line| line.contains("prints 'there'")));
    assert!(child.wait().unwrap().success());
}

#[test]
fn each_world_refuses_the_options_of_the_other() {
    let of_the_simulator = [
        &["--sched", "random"][..],
        &["--schedule", "v1/M1"],
        &["--atomic", "op"],
        &["--fair"],
        &["--spurious"],
        &["--notify", "first"],
    ];
    for option in of_the_simulator {
        let came = lockstep(&[&["run", "counter/race", "--live"], option].concat());
        assert_eq!((came.code, came.out.as_str()), (2, ""), "{came:?}");
        assert!(came.err.contains(&format!("--live has no use for {}: ", option[0])), "{came:?}");
        assert!(came.err.contains("simulator"), "{came:?}");
        assert_eq!(lockstep(&[&["counter/race", "--live"], option].concat()).err, came.err);
    }
    for option in [&["--pace", "5"][..], &["--speed", "2"], &["--show-gil"]] {
        let came = lockstep(&[&["run", "counter/race"], option].concat());
        assert_eq!((came.code, came.out.as_str()), (2, ""), "{came:?}");
        assert!(came.err.contains(&format!("{}: add --live", option[0])), "{came:?}");
    }
    for option in [&["--pace", "5"][..], &["--show-gil"]] {
        let came = lockstep(&[&["run", "counter/race", "--live", "--repeat", "2"], option].concat());
        assert_eq!(came.code, 2, "{came:?}");
        assert!(came.err.contains("nobody watches"), "{came:?}");
    }
}

#[test]
fn paces_and_speeds_that_make_no_sense_are_refused() {
    for option in ["--speed=0", "--speed=-1", "--speed=nan", "--speed=inf", "--speed=fast", "--pace=-1", "--pace=1e9"] {
        let came = lockstep(&["run", "counter/race", "--live", option]);
        assert_eq!((came.code, came.out.as_str()), (2, ""), "{option}: {came:?}");
    }
    // Extremes that do make sense.
    for option in ["--speed=1e-300", "--speed=1e300", "--pace=1"] {
        let came = lockstep(&["run", "counter/locked", "--live", option]);
        assert_eq!((came.code, came.out.as_str()), (0, "n = 0\n"), "{option}: {came:?}");
    }
}

#[test]
fn the_lock_of_the_interpreter_is_shown_when_asked_for() {
    let run = |args: &[&str]| json(&lockstep(&[&["run", "counter/locked", "--json"], args].concat()));
    let objects = |run: &Value| run["objects"].as_array().unwrap().len();
    let shown = run(&["--live", "--show-gil"]);
    assert_eq!(objects(&shown), objects(&run(&["--live"])) + 1);
    // What it does is on the tape, and no step.
    let again = run(&["--schedule", shown["schedule"].as_str().unwrap()]);
    for field in ["schedule", "steps", "switches"] {
        assert_eq!(shown[field], again[field], "{field}");
    }
}

#[test]
fn both_worlds_are_counted_side_by_side() {
    let came = lockstep(&["run", "deadlock/self", "--live", "--repeat", "30", "--json"]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    let report = json(&came);
    for side in ["live", "simulated"] {
        assert_eq!(report[side]["ends"], json!({"finished": 0, "deadlock": 30, "crash": 0, "limit": 0}), "{report}");
        assert_eq!((&report[side]["runs"], &report[side]["findings"]), (&json!(30), &json!(30)));
    }
    let came = lockstep(&["run", "counter/locked", "--live", "--repeat", "50"]);
    assert_eq!((came.code, came.err.as_str()), (0, ""), "{came:?}");
    let wanted = "\
50 runs of counter/locked   real threads   simulator, random
finished  N = 3, n = 0                50                  50

Real threads: always the same outcome in 50 runs. Random simulated runs: always the same outcome in 50 runs.
";
    assert_eq!(came.out, wanted);
}

#[test]
fn runs_in_both_worlds_draw_the_same_numbers() {
    let program = Program::new("import random\nx = random.randrange(1000000)\n");
    let report = json(&program.with("run", &["--live", "--repeat", "8", "--seed", "3", "--json"]));
    assert_eq!(report["live"]["outcomes"].as_array().unwrap().len(), 8, "{report}");
    assert_eq!(report["live"]["outcomes"], report["simulated"]["outcomes"]);
}

/// Waits until the process has threads besides its own: it makes a run.
#[cfg(target_os = "linux")]
fn wait_until_it_runs(child: &Child) {
    let threads = || std::fs::read_dir(format!("/proc/{}/task", child.id())).unwrap().count();
    while threads() < 2 {
        std::thread::yield_now();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_the_repetition_and_what_there_is_is_printed() {
    let child = start(&["run", "counter/locked", "--live", "--repeat", "1000000"]);
    wait_until_it_runs(&child);
    let came = interrupt(child);
    assert_eq!(came.code, 130, "{came:?}");
    assert!(came.out.contains(" of 1,000,000 runs of counter/locked "), "{came:?}");
    assert_eq!(came.err, "Interrupted.\n");
}
