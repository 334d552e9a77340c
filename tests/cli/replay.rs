//! `lockstep replay` without a terminal.

use crate::{Came, lockstep, with_input};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A recorded run, what `run` printed of it, and the directory it is in.
fn recorded(target: &str, args: &[&str]) -> (PathBuf, Came, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("run.jsonl");
    let made = lockstep(&[&["run", target, "--record", path.to_str().unwrap()], args].concat());
    (path, made, directory)
}

#[test]
fn a_recorded_run_is_told_as_if_it_were_made() {
    for (target, seed) in [("counter/race", "1"), ("philosophers/naive", "3"), ("deadlock/opposite", "3")] {
        let (path, made, _directory) = recorded(target, &["--seed", seed, "--json"]);
        let told = lockstep(&["replay", path.to_str().unwrap(), "--json"]);
        assert_eq!((told.code, told.out, told.err.as_str()), (made.code, made.out, ""));
        let (path, made, _directory) = recorded(target, &["--seed", seed, "--plain"]);
        // It says what was recorded, not how to make it again.
        let wanted: String = made.out.split_inclusive('\n').filter(|line| !line.starts_with("again: ")).collect();
        for told in [
            lockstep(&["replay", path.to_str().unwrap(), "--plain"]),
            lockstep(&[path.to_str().unwrap(), "--plain"]),
            with_input(&["replay", "-", "--plain"], &fs::read_to_string(&path).unwrap()),
        ] {
            assert_eq!((told.code, told.out.as_str()), (made.code, wanted.as_str()));
        }
    }
}

#[test]
fn real_threads_are_told_of_as_well() {
    let (path, made, _directory) = recorded("deadlock/ordered", &["--live", "--plain"]);
    let told = lockstep(&["replay", path.to_str().unwrap(), "--plain"]);
    assert_eq!(told.code, made.code);
    let told = lockstep(&["replay", path.to_str().unwrap(), "--json"]);
    assert!(told.out.contains("\"world\":\"live\""), "{}", told.out);
}

#[test]
fn what_was_cut_short_says_so() {
    let (path, _, _directory) = recorded("counter/race", &[]);
    let text = fs::read_to_string(&path).unwrap();
    let some: String = text.split_inclusive('\n').take(20).collect();
    fs::write(&path, some + "{\"seq\":99").unwrap();
    let told = lockstep(&["replay", path.to_str().unwrap(), "--plain"]);
    assert_eq!(told.code, 4, "nobody knows how it went on");
    assert!(told.out.contains("The recording was cut short"), "{}", told.out);
    assert!(told.err.contains("its end is missing"), "{}", told.err);
}

#[test]
fn a_run_that_was_left_before_its_end_is_no_broken_file() {
    let (path, _, _directory) = recorded("counter/race", &[]);
    let text = fs::read_to_string(&path).unwrap();
    let left: Vec<&str> = text.lines().filter(|line| !line.contains("\"event\":\"ended\"")).collect();
    let (end, events) = left.split_last().unwrap();
    let steps: serde_json::Value = serde_json::from_str(end).unwrap();
    let end = format!("{{\"record\":\"end\",\"steps\":{},\"events\":{}}}", steps["steps"], events.len() - 1);
    fs::write(&path, events.join("\n") + "\n" + &end + "\n").unwrap();
    let told = lockstep(&["replay", path.to_str().unwrap(), "--plain"]);
    assert!(told.out.contains("The recording ends here, and the run was not over."), "{}", told.out);
    assert!(told.err.is_empty(), "{}", told.err);
}

#[test]
fn what_cannot_be_opened_is_said_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("run.jsonl");
    let name = path.to_str().unwrap();
    for args in [["replay", name].as_slice(), &["replay", name, "--plain"], &["replay", name, "--json"], &[name]] {
        let came = lockstep(args);
        let without_terminal = came.code == 2 && came.err.contains("--plain");
        assert!(came.code == 5 || without_terminal, "{args:?}: {came:?}");
    }
    fs::write(&path, "{\"lockstep_trace\":99}\n").unwrap();
    let came = lockstep(&["replay", name, "--plain"]);
    assert_eq!(came.code, 5);
    assert!(came.err.contains("version 99") && came.err.contains("newer Lockstep"), "{}", came.err);
    fs::write(&path, "print('hello')\n").unwrap();
    let came = lockstep(&["replay", name, "--json"]);
    assert_eq!((came.code, came.out.as_str()), (5, ""));
    assert!(came.err.contains("no recorded run"), "{}", came.err);
}

#[test]
fn a_recording_is_not_run_as_a_program() {
    let (path, _, _directory) = recorded("counter/race", &[]);
    let told = lockstep(&["run", path.to_str().unwrap()]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("this is a recorded run, not a program"), "{}", told.err);
}
