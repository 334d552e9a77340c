//! `run --json`: the shape that other programs rely on.

use super::{json, lockstep, run};
use serde_json::{Value, json};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_deadlock_has_everything_that_explains_it() {
    let schedule = "v1/M2.A1.B1";
    let came = lockstep(&["run", "deadlock/opposite", "--schedule", schedule, "--json"]);
    assert_eq!(came.code, 1, "{came:?}");
    assert_eq!(came.err, "");
    let run = json(&came);
    let wanted = [
        "lockstep", "target", "world", "end", "seed", "schedule", "steps", "switches", "time_ns", "output", "globals",
        "threads", "objects", "findings",
    ];
    assert_eq!(keys(&run), wanted);
    assert_eq!(run["lockstep"], 1);
    assert_eq!(run["target"], "deadlock/opposite");
    assert_eq!(run["world"], "sim");
    assert_eq!(run["end"], "deadlock");
    assert!(run["schedule"].as_str().unwrap().starts_with("v1/M2.A"), "{run}");

    let thread = &run["threads"][1];
    assert_eq!(keys(thread), ["id", "letter", "name", "state", "line", "waits_for", "joins"]);
    assert_eq!(
        (&thread["letter"], &thread["name"], &thread["state"]),
        (&json!("A"), &json!("first"), &json!("blocked"))
    );

    let lock = |name: &str| run["objects"].as_array().unwrap().iter().find(|object| object["name"] == name).unwrap();
    assert_eq!(keys(lock("lock_a")), ["id", "kind", "name", "line", "owner", "waiters"]);
    assert_eq!((&lock("lock_a")["kind"], &lock("lock_a")["owner"]), (&json!("lock"), &json!(1)));
    assert_eq!(lock("lock_a")["waiters"], json!([2]));
    assert_eq!(thread["waits_for"], lock("lock_b")["id"]);

    let finding = &run["findings"][0];
    assert_eq!(keys(finding), ["kind", "message", "threads", "objects", "lines", "seq", "warning", "proof"]);
    assert_eq!((&finding["kind"], &finding["threads"]), (&json!("deadlock"), &json!([1, 2])));
    assert_eq!((&finding["warning"], &finding["proof"]), (&json!(false), &json!([])));
    assert!(finding["message"].as_str().unwrap().contains("lock_b"), "{finding}");
    assert_eq!(finding["lines"], json!([11, 18]));
}

#[test]
fn a_warning_has_the_events_that_prove_it_and_does_not_fail_the_run() {
    let came = lockstep(&["run", "counter/race", "--schedule", "v1/M4.A1.B1.A1.B1", "--json"]);
    let run: Value = serde_json::from_str(&came.out).unwrap();
    let lost = run["findings"].as_array().unwrap().iter().find(|found| found["kind"] == "lost_update").unwrap();
    assert_eq!((&lost["warning"], &lost["threads"], &lost["lines"]), (&json!(true), &json!([2, 1]), &json!([10, 10])));
    let proof = lost["proof"].as_array().unwrap();
    assert_eq!((proof.len(), &proof[2]), (3, &lost["seq"]));
    let well = lockstep(&["run", "counter/race", "--schedule", "v1/M4.A2.B2.C2"]);
    assert!(well.err.contains("Data race: "), "{}", well.err);
    assert_eq!(well.code, 0, "{}", well.err);
}

#[test]
fn globals_are_the_data_of_the_module() {
    let text = "import threading\nn = 98 + 1\nname = 'a\\'b'\nlock = threading.Lock()\nitems = [1, 'x']\n\n\ndef f():\n    pass\n\n\nclass C:\n    pass\n";
    let came = run(text, &["--json"]);
    assert_eq!(came.code, 0, "{came:?}");
    assert_eq!(json(&came)["globals"], json!({"n": "99", "name": "\"a'b\"", "items": "[1, 'x']"}));
}

#[test]
fn a_collection_of_locks_or_threads_is_no_data() {
    let program = "from threading import Lock, Thread\n\
        locks = [Lock() for _ in range(2)]\nthreads = (Thread(), Thread())\nby_name = {'a': Lock()}\n\
        nothing = []\nmixed = [1, Lock]\nempty = {}\n";
    let came = run(program, &["--json"]);
    assert_eq!(keys(&json(&came)["globals"]), ["empty", "mixed", "nothing"]);
}

#[test]
fn a_crash_is_told_with_its_traceback() {
    let came = run(
        "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nprint('end')\n",
        &["--json"],
    );
    assert_eq!(came.code, 1, "{came:?}");
    let run = json(&came);
    assert_eq!(run["end"], "crash");
    assert_eq!(run["findings"][0]["kind"], "crash");
    assert_eq!(run["findings"][0]["lines"], json!([2]));
    assert_eq!(run["threads"][1]["state"], "failed");
    let output = run["output"].as_str().unwrap();
    assert!(
        output.starts_with("Exception in thread Thread-1 (<lambda>):\nTraceback (most recent call last):\n"),
        "{output}"
    );
    assert!(output.ends_with("ZeroDivisionError: division by zero\nend\n"), "{output}");
}

#[test]
fn a_limit_is_no_finding() {
    let came = run("while True:\n    print(1)\n", &["--max-steps", "50", "--json"]);
    assert_eq!(came.code, 4, "{came:?}");
    let run = json(&came);
    assert_eq!((&run["end"], &run["steps"], &run["findings"]), (&json!("limit"), &json!(50), &json!([])));
}

#[test]
fn what_cannot_run_is_told_like_check_does() {
    let came = run("x = (\n", &["--json"]);
    assert_eq!(came.code, 3, "{came:?}");
    assert_eq!(json(&came)["ok"], false);
}
