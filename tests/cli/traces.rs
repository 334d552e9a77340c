//! Runs that are recorded, opened again, and turned into everything they can be turned into.

use super::{Came, lockstep};
use serde_json::Value;
use std::path::Path;

/// One variant of each classic, and one that hangs.
const CLASSICS: [&str; 7] = [
    "counter/race",
    "deadlock/opposite",
    "philosophers/naive",
    "philosophers/noodles",
    "traffic/wait",
    "condition/correct",
    "parking/semaphore",
];

/// Every format with the beginning of its files.
const FORMATS: [(&str, &str); 7] = [
    ("perfetto", "{"),
    ("cast", "{\"version\":2,"),
    ("svg", "<svg "),
    ("html", "<!doctype html>"),
    ("mermaid", "sequenceDiagram"),
    ("dot", "digraph "),
    ("csv", "seq,"),
];

/// Records a run; what it came to, as JSON.
fn record(target: &str, world: &[&str], file: &Path) -> Value {
    let came = lockstep(&[&["run", target, "--json", "--record", file.to_str().unwrap()], world].concat());
    assert!(matches!(came.code, 0 | 1), "{target}: {}", came.err);
    serde_json::from_str(&came.out).unwrap()
}

/// Exports a trace to standard output.
fn export(file: &Path, format: &str) -> Came {
    lockstep(&["export", file.to_str().unwrap(), "--to", format])
}

/// What real threads recorded speaks of shared variables only; the simulator can be asked for the others.
fn keep_told(told: &Value, globals: &mut Value) {
    globals.as_object_mut().unwrap().retain(|name, _| told.get(name).is_some());
}

#[test]
fn each_classic_is_recorded_replayed_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    for target in CLASSICS {
        for (name, world) in [("sim.jsonl", &["--seed", "3"][..]), ("live.jsonl.gz", &["--live"][..])] {
            let file = folder.path().join(target.replace('/', "-") + "-" + name);
            let mut run = record(target, world, &file);
            let again = lockstep(&["replay", file.to_str().unwrap(), "--json"]);
            let failed = run["findings"].as_array().unwrap().iter().any(|finding| finding["warning"] == false);
            assert_eq!(again.code, i32::from(failed), "{target} {name}");
            let told: Value = serde_json::from_str(&again.out).unwrap();
            if name.starts_with("live") {
                keep_told(&told["globals"], &mut run["globals"]);
            }
            assert_eq!(told, run, "{target} {name}: {}", again.err);
            for (format, begins) in FORMATS {
                let came = export(&file, format);
                assert_eq!((came.code, came.err.as_str()), (0, ""), "{target} {name} {format}");
                assert!(came.out.starts_with(begins), "{target} {name} {format}: {:.80}", came.out);
                assert_eq!(export(&file, format).out, came.out, "{target} {name} {format}");
            }
        }
    }
}
