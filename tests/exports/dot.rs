//! Who holds and who waits for what, as a graph.

// Where Graphviz is missing, that is said.
#![allow(clippy::print_stderr)]

use super::common::{self, HOSTILE};
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::export::dot;
use lockstep::words::{Lang, Words};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

const END: Step = Step(u32::MAX);

fn graph_in(run: &Recording, at: Step, lang: Lang) -> String {
    let mut out = Vec::new();
    dot::write(run, at, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub(super) fn graph(run: &Recording, at: Step) -> String {
    graph_in(run, at, Lang::En)
}

/// What Graphviz understands of it. `None`, said aloud, where there is no Graphviz.
fn laid_out(graph: &str) -> Option<Value> {
    let child =
        Command::new("dot").arg("-Tjson").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: Graphviz (`dot`) is not installed, so nobody has looked whether it accepts the graphs");
        return None;
    };
    child.stdin.take().unwrap().write_all(graph.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}\n{graph}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The lines of the labels that Graphviz would draw for the nodes.
fn labels(layout: &Value) -> Vec<String> {
    let texts = |node: &Value| {
        let lines = node["_ldraw_"].as_array().unwrap().iter().filter(|op| op["op"] == "T");
        lines.map(|line| line["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    layout["objects"].as_array().unwrap().iter().flat_map(texts).collect()
}

#[test]
fn a_deadlock_is_a_circle() {
    let run = common::scheduled("philosophers/naive", "v1/M3.A1.B1.C1");
    let graph = graph(&run, END);
    insta::assert_snapshot!(graph);
    // Three threads, three forks, and the circle through all of them.
    let bold = |line: &&str| line.contains("penwidth=2.6");
    assert_eq!(graph.lines().filter(bold).filter(|line| line.contains("->")).count(), 6);
    assert_eq!(graph.lines().filter(bold).filter(|line| !line.contains("->")).count(), 6);
}

#[test]
fn two_locks_in_opposite_order() {
    insta::assert_snapshot!(graph_in(&common::deadlock(), END, Lang::Zh));
}

#[test]
fn what_hangs_on_a_circle_has_room() {
    let circle = common::scheduled("philosophers/naive", "v1/M3.A1.B1.C1");
    assert!(graph(&circle, END).contains("mindist=0.8"));
    let text = "from threading import Lock, Thread\na = Lock()\nb = Lock()\n\
                def first():\n    with a:\n        with b:\n            pass\n\
                def second():\n    with b:\n        with a:\n            pass\n\
                one = Thread(target=first)\none.start()\nThread(target=second).start()\none.join()\n";
    let graph = graph(&common::by_schedule(text, "v1/M2.A1.B1"), END);
    assert!(graph.contains("layout=circo") && graph.contains("mindist=2.2"), "{graph}");
}

#[test]
fn before_it_happens_nothing_is_bold() {
    let run = common::deadlock();
    let before = Step(run.history.last_step().0 - 1);
    assert!(!graph(&run, before).contains("penwidth=2.6"));
    assert!(graph(&run, END).contains("penwidth=2.6"));
}

#[test]
fn a_race_holds_nothing() {
    insta::assert_snapshot!(graph(&common::race(), Step(7)));
}

#[test]
fn a_condition_is_waited_for() {
    insta::assert_snapshot!(graph(&common::condition(), Step(7)));
}

#[test]
fn places_are_held() {
    insta::assert_snapshot!(graph(&common::semaphore(), Step(20)));
}

#[test]
fn graphviz_accepts_every_graph() {
    for run in common::all() {
        let last = run.history.last_step().0;
        for at in [0, last / 3, last / 2, last] {
            let graph = graph(&run, Step(at));
            if laid_out(&graph).is_none() {
                return;
            }
        }
    }
}

#[test]
fn a_hostile_program_stays_in_its_labels() {
    let run = common::program(HOSTILE, 1);
    for at in 0..=run.history.last_step().0 {
        let graph = graph(&run, Step(at));
        assert!(graph.chars().all(|c| !c.is_control() || c == '\n'));
        assert!(!graph.contains(['\u{202e}', '\u{2066}']));
    }
    // When all are there, their names are drawn as they are, and nothing else is.
    let all = (0..=run.history.last_step().0).map(|at| graph(&run, Step(at)));
    let full = all.max_by_key(|graph| graph.matches("shape=ellipse").count()).unwrap();
    let Some(layout) = laid_out(&full) else { return };
    let labels = labels(&layout);
    for name in
        ["\"};alert(1);//", "</title><img src=x onerror=alert(1)>", "=1+1", "a␊end␊participant X", "#quot;;&amp;"]
    {
        assert!(labels.iter().any(|label| label.contains(name)), "{name} in {labels:#?}");
    }
    let nodes = layout["objects"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap());
    assert!(nodes.into_iter().all(|name| name.starts_with(['t', 'o']) && name[1..].parse::<u32>().is_ok()));
}
