//! Where two recorded runs part.

use super::{json, lockstep, with_input};
use std::path::Path;

/// A recorded run.
fn record(directory: &Path, name: &str, args: &[&str]) -> String {
    let path = directory.join(name).to_str().unwrap().to_owned();
    let came = lockstep(&[&["run"], args, &["--record", &path]].concat());
    assert!(came.code < 2, "{came:?}");
    path
}

#[test]
fn two_recorded_runs_are_compared() {
    let directory = tempfile::tempdir().unwrap();
    let a = record(directory.path(), "a b.jsonl", &["counter/race", "--seed", "3"]);
    let b = record(directory.path(), "b.jsonl.gz", &["counter/race", "--seed", "4"]);
    let came = lockstep(&["diff", &a, &b]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    assert!(came.out.contains("The runs are the same up to step 2 (2 operations), and then:"), "{came:?}");
    assert!(came.out.contains(&format!("look: lockstep replay '{a}' --at 2\n")), "{came:?}");
    assert!(lockstep(&["diff", &a, &b, "--lang", "zh"]).out.contains("两次运行直到第 2 步都相同"));
    let as_json = lockstep(&["diff", &a, &b, "--json"]);
    assert_eq!(as_json.code, 1);
    let diff = json(&as_json);
    assert_eq!((diff["lockstep"].as_u64(), diff["same"].as_bool()), (Some(1), Some(false)));
    assert_eq!((diff["first_difference"]["step"].as_u64(), diff["same_until"]["a"].as_u64()), (Some(3), Some(2)));
    let same = lockstep(&["diff", &a, &a]);
    assert_eq!(same.code, 0, "{same:?}");
    assert!(json(&lockstep(&["diff", &a, &a, "--json"]))["first_difference"].is_null());
}

#[test]
fn real_threads_are_compared_with_the_simulator() {
    let directory = tempfile::tempdir().unwrap();
    let live = record(directory.path(), "live.jsonl", &["deadlock/opposite", "--live"]);
    let run = json(&lockstep(&["run", "deadlock/opposite", "--live", "--json", "--record", &live, "--force"]));
    let schedule = run["schedule"].as_str().unwrap();
    let simulated = record(directory.path(), "sim.jsonl", &["deadlock/opposite", "--schedule", schedule]);
    let came = lockstep(&["diff", &live, &simulated]);
    assert_eq!(came.code, 0, "{came:?}");
    assert!(came.out.contains("The runs are the same from beginning to end"), "{came:?}");
    assert!(came.out.contains("world: first real threads, second simulator"), "{came:?}");
}

#[test]
fn what_is_no_trace_is_refused_and_what_breaks_off_is_compared_that_far() {
    let directory = tempfile::tempdir().unwrap();
    let whole = record(directory.path(), "a.jsonl", &["counter/race"]);
    let text = std::fs::read_to_string(&whole).unwrap();
    let half = directory.path().join("half.jsonl");
    std::fs::write(&half, &text[..text.len() / 2]).unwrap();
    let came = lockstep(&["diff", &whole, half.to_str().unwrap()]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("second: The recording breaks off."), "{came:?}");
    assert!(!came.err.is_empty());
    assert_eq!(with_input(&["diff", &whole, "-"], &text).code, 0);
    assert_eq!(lockstep(&["diff", "-", "-"]).code, 2);
    assert_eq!(lockstep(&["diff", &whole, "nowhere.jsonl"]).code, 5);
    assert_eq!(with_input(&["diff", &whole, "-"], "no trace\n").code, 5);
    assert_eq!(with_input(&["diff", &whole, "-"], "").code, 5);
}

#[test]
fn a_line_is_the_same_whether_it_was_given_or_typed() {
    let directory = tempfile::tempdir().unwrap();
    let program = directory.path().join("asks.py");
    std::fs::write(&program, "print(input() + input())\n").unwrap();
    let record = |name: &str, args: &[&str], typed: &str| {
        let path = directory.path().join(name).to_str().unwrap().to_owned();
        let came = with_input(&[&["run", program.to_str().unwrap(), "--record", &path], args].concat(), typed);
        assert_eq!(came.code, 0, "{came:?}");
        path
    };
    let given = record("given.jsonl", &["--input", "a", "--input", "b"], "");
    let typed = record("typed.jsonl", &["--input", "a"], "b\n");
    let other = record("other.jsonl", &["--input", "a"], "c\n");
    assert_eq!(json(&lockstep(&["diff", &given, &typed, "--json"]))["settings"], serde_json::json!([]));
    let came = lockstep(&["diff", &given, &other]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("line 2 of the input: first b, second c"), "{came:?}");
}
