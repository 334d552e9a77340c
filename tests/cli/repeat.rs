//! Many runs of one program.

use super::{Program, json, lockstep, run};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn simulated_runs_are_those_of_the_seeds_that_follow() {
    let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 5..15 {
        let made = json(&lockstep(&["run", "counter/race", "--seed", &seed.to_string(), "--json"]));
        *wanted.entry(format!("{} {}", made["end"], made["globals"])).or_default() += 1;
    }
    assert!(wanted.len() > 1, "{wanted:?}");
    let came = lockstep(&["run", "counter/race", "--seed", "5", "--repeat", "10", "--json"]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    let report = json(&came);
    let outcomes = report["simulated"]["outcomes"].as_array().unwrap();
    let counted = outcomes
        .iter()
        .map(|outcome| (format!("{} {}", outcome["end"], outcome["globals"]), outcome["count"].as_u64().unwrap()));
    assert_eq!(counted.collect::<BTreeMap<_, _>>(), wanted);
}

#[test]
fn the_json_is_the_contract() {
    let report = json(&lockstep(&["run", "counter/locked", "--repeat", "7", "--json"]));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["lockstep", "target", "repeat", "seed", "sched", "live", "simulated"]);
    assert_eq!(
        (&report["lockstep"], &report["target"], &report["repeat"]),
        (&json!(1), &json!("counter/locked"), &json!(7))
    );
    assert_eq!(report["live"], Value::Null);
    let side = &report["simulated"];
    assert_eq!(keys(side), ["runs", "seconds", "findings", "ends", "outcomes", "other_runs"]);
    assert_eq!((&side["runs"], &side["findings"], &side["other_runs"]), (&json!(7), &json!(0), &json!(0)));
    assert_eq!(side["ends"], json!({"finished": 7, "deadlock": 0, "crash": 0, "limit": 0}));
    assert_eq!(side["outcomes"], json!([{"end": "finished", "globals": {"N": "3", "n": "0"}, "count": 7}]));
}

#[test]
fn a_student_reads_a_table_and_a_sentence() {
    let came = lockstep(&["run", "deadlock/opposite", "--repeat", "100"]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    let lines: Vec<&str> = came.out.lines().collect();
    assert!(lines[0].starts_with("100 runs of deadlock/opposite  "), "{came:?}");
    let count = |line: &str, end: &str| line.strip_prefix(end).unwrap().trim().parse::<u64>().unwrap();
    let (finished, deadlock) = (count(lines[1], "finished"), count(lines[2], "deadlock"));
    assert_eq!(finished + deadlock, 100);
    assert_eq!(*lines.last().unwrap(), format!("Random simulated runs: {deadlock} of 100 runs deadlocked."));
    // The same arguments, the same bytes; in Chinese with the same numbers.
    assert_eq!(lockstep(&["run", "deadlock/opposite", "--repeat", "100"]).out, came.out);
    let chinese = lockstep(&["run", "deadlock/opposite", "--repeat", "100", "--lang", "zh"]);
    assert!(chinese.out.contains(&format!("随机模拟：100 次中有 {deadlock} 次死锁。")), "{chinese:?}");
}

#[test]
fn many_outcomes_are_summarised_and_what_never_differs_is_said_once() {
    let came = run("import random\nSIZE = 3\nx = random.randrange(1000000)\n", &["--repeat", "40"]);
    assert_eq!(came.code, 0, "{came:?}");
    assert_eq!(came.out.lines().filter(|line| line.starts_with("finished  x = ")).count(), 10, "{came:?}");
    let more = came.out.lines().find(|line| line.starts_with("finished  30 more outcomes ")).unwrap();
    assert!(more.ends_with(" 30"), "{came:?}");
    assert!(came.out.contains("\nIn every run: SIZE = 3\n"), "{came:?}");
    assert!(came.out.ends_with("Random simulated runs: 40 different outcomes in 40 runs.\n"), "{came:?}");
}

#[test]
fn where_objects_lie_and_what_controls_terminals_is_no_outcome() {
    let text = "class C:\n    pass\n\n\nx = C()\ny = 'z' * 200\nz = '\\x1b[2J'\n";
    let came = run(text, &["--repeat", "5"]);
    assert!(came.out.ends_with("always the same outcome in 5 runs.\n"), "{came:?}");
    assert!(came.out.lines().all(|line| line.chars().count() <= 80) && !came.out.contains('\x1b'), "{came:?}");
}

#[test]
fn every_run_reads_the_same_lines() {
    let program = Program::new("a = input()\ntry:\n    b = input()\nexcept EOFError:\n    b = None\n");
    let came = program.with("run", &["--repeat", "3", "--input", "one", "--json"]);
    let outcomes = &json(&came)["simulated"]["outcomes"];
    assert_eq!(*outcomes, json!([{"end": "finished", "globals": {"a": "'one'", "b": "None"}, "count": 3}]));
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    for times in ["0", "-1", "1000001", "many", "99999999999999999999"] {
        let came = lockstep(&["run", "counter/race", &format!("--repeat={times}")]);
        assert_eq!(came.code, 2, "{came:?}");
        assert!(came.err.contains("a number from 1 to 1,000,000 is needed"), "{came:?}");
    }
    assert_eq!(lockstep(&["run", "counter/race", "--repeat", "2", "--plain"]).code, 2);
}

#[test]
fn a_limit_on_time_bounds_all_the_runs() {
    let endless = Program::new("while True:\n    print('.')\n");
    let came = endless.with("run", &["--repeat", "1000", "--timeout", "1", "--max-steps", "0"]);
    assert_eq!(came.code, 4, "{came:?}");
    assert!(came.out.starts_with("0 of 1,000 runs of "), "{came:?}");
    assert_eq!(came.err, "Cut off after 1 s of real time.\n");
    // A limit of each run is an outcome.
    let came = endless.with("run", &["--repeat", "3", "--max-steps", "100"]);
    assert_eq!(came.code, 4, "{came:?}");
    assert!(came.out.ends_with("Random simulated runs: 3 of 3 runs were cut off.\n"), "{came:?}");
}

/// Who runs for ever is cut off soon, unless somebody says how long to wait.
#[test]
fn a_repeated_livelock_ends_in_time() {
    let came = lockstep(&["run", "peterson/flags", "--repeat", "5", "--json"]);
    let told = json(&came);
    assert_eq!(told["simulated"]["runs"], 5, "{came:?}");
    assert!(told["simulated"]["ends"]["limit"].as_u64() > Some(0), "{came:?}");
}
