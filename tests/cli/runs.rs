//! Runs: reproducible, told step by step, with input.

use super::{Came, lockstep, run, with_input};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn the_same_arguments_give_the_same_bytes() {
    for target in ["philosophers/naive", "counter/race", "traffic/boss", "parking/bounded", "condition/notify-one"] {
        for form in ["--json", "--plain"] {
            let once = lockstep(&["run", target, "--seed", "5", form]);
            let twice = lockstep(&["run", target, "--seed", "5", form]);
            assert_eq!((once.code, &once.out, &once.err), (twice.code, &twice.out, &twice.err));
        }
    }
}

/// The command after "again: " on the last line.
fn recipe(came: &Came) -> Vec<String> {
    let line = came.err.lines().last().unwrap();
    let command = line.strip_prefix("again: lockstep ").unwrap_or_else(|| panic!("{came:?}"));
    command.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect()
}

#[test]
fn the_recipe_makes_the_same_run_again() {
    let mut found = 0;
    for seed in 1..=20 {
        let seed = seed.to_string();
        let came = lockstep(&["run", "condition/notify-one", "--seed", &seed, "--fair"]);
        if came.code == 0 {
            continue;
        }
        assert!(came.err.contains("Stuck: "), "{came:?}");
        found += 1;
        let recipe = recipe(&came);
        let again = lockstep(&recipe.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((came.code, &came.out), (again.code, &again.out), "{recipe:?}");
        let findings = |came: &Came| came.err.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(findings(&came), findings(&again));
    }
    assert!(found > 0, "no seed loses a wake-up");
}

#[test]
fn every_scheduler_runs_to_the_end() {
    for scheduler in ["random", "rr", "rr:5", "fifo", "pct", "pct:5", "pct:2:50"] {
        let came = lockstep(&["run", "philosophers/ordered", "--sched", scheduler]);
        assert_eq!(came.code, 0, "{scheduler}: {came:?}");
        assert_eq!(came.out.lines().filter(|line| line.ends_with(" eats")).count(), 3);
    }
}

#[test]
fn every_dial_is_accepted() {
    for args in [["--atomic", "line"], ["--atomic", "gil"], ["--notify", "any"]] {
        let came = lockstep(&[&["run", "counter/locked"], &args[..]].concat());
        assert_eq!((came.code, came.out.as_str()), (0, "n = 0\n"), "{args:?} {came:?}");
    }
    let spurious = lockstep(&["run", "condition/correct", "--spurious", "--max-steps", "100000"]);
    assert_eq!(spurious.code, 0, "{spurious:?}");
}

#[test]
fn a_parameter_changes_a_constant() {
    let came = lockstep(&["run", "philosophers/ordered", "-p", "N=5"]);
    assert_eq!(came.out.lines().count(), 5, "{came:?}");
    let came = run("SIZE = 3\nNAME = 'x'\nprint(SIZE * 2, NAME)\n", &["-p", "SIZE=21", "-p", "NAME='y'"]);
    assert_eq!(came.out, "42 y\n", "{came:?}");
}

#[test]
fn plain_tells_every_step_in_a_line() {
    let came = lockstep(&["run", "deadlock/opposite", "--schedule", "v1/M2.A1.B1", "--plain"]);
    assert_eq!(came.code, 1, "{came:?}");
    let lines: Vec<&str> = came.out.lines().collect();
    let start = lines.iter().position(|line| line.starts_with("Start: ")).unwrap();
    assert!(lines[start + 1].starts_with("Step 1, line 22: "), "{came:?}");
    assert!(came.out.contains("lock_b"), "{came:?}");
    assert!(lines.iter().any(|line| line.starts_with("Deadlock of 2 threads: ")), "{came:?}");
    let again = "again: lockstep run deadlock/opposite --schedule v1/M2.A";
    assert!(lines.iter().any(|line| line.starts_with(again)), "{came:?}");
    let chinese = lockstep(&["run", "deadlock/opposite", "--schedule", "v1/M2.A1.B1", "--plain", "--lang", "zh"]);
    assert!(chinese.out.contains("死锁"), "{chinese:?}");
    // Opening it with --plain is the same thing.
    assert_eq!(lockstep(&["deadlock/opposite", "--schedule", "v1/M2.A1.B1", "--plain"]).out, came.out);
}

#[test]
fn input_comes_from_the_command_line_and_then_from_standard_input() {
    let text = "a = input('first? ')\nb = input('second? ')\nprint(a + b)\n";
    let program = super::Program::new(text);
    let came = with_input(&["run", program.path(), "--input", "one"], "two\n");
    assert_eq!((came.code, came.out.as_str()), (0, "first? second? onetwo\n"), "{came:?}");
    let came = with_input(&["run", program.path()], "one\n");
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("EOFError: EOF when reading a line"), "{came:?}");
}

#[test]
fn the_programs_own_output_stands_alone_on_standard_output() {
    let came = lockstep(&["run", "counter/locked"]);
    assert_eq!(came.out, "n = 0\n");
    assert!(came.err.contains("The program has ended."), "{came:?}");
}

#[test]
fn a_limit_on_time_and_ctrl_c_end_what_does_not_end() {
    let endless = super::Program::new("print('here')\nwhile True:\n    print('.', end='')\n");
    let came = endless.with("run", &["--timeout", "1"]);
    assert_eq!(came.code, 4, "{}", came.err);
    assert!(came.err.starts_with("Cut off after 1 s of real time."), "{}", came.err);

    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["run", endless.path(), "--lang", "en"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert_eq!(first, "here\n");
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    out.read_to_end(&mut Vec::new()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("Interrupted."), "{output:?}");
}
