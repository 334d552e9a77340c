//! Sequence diagrams.

use super::common::{self, HOSTILE};
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::export::{Steps, mermaid};
use lockstep::words::{Lang, Words};
use std::collections::BTreeMap;

fn diagram_in(run: &Recording, steps: Steps, lang: Lang) -> String {
    let mut out = Vec::new();
    mermaid::write(run, steps, &Words::new(lang), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    check(&text);
    text
}

pub(super) fn diagram(run: &Recording) -> String {
    diagram_in(run, Steps::ALL, Lang::En)
}

/// True for text that is nothing but text: only our own breaks, and entities by number.
fn is_plain(text: &str) -> bool {
    text.split("<br/>").all(|line| {
        let mut rest = line;
        while let Some(at) = rest.find('#') {
            let entity = rest[at + 1..].split_once(';');
            let Some((number, after)) = entity.filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit())) else {
                return false;
            };
            assert!(!number.is_empty());
            if rest[..at].contains(';') {
                return false;
            }
            rest = after;
        }
        !rest.contains(';') && !line.contains(['<', '>', '%', '{', '}', '"', '&', '$', '\\', '`', '|'])
    })
}

/// Reads the diagram by the few rules that it uses.
fn check(text: &str) {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("sequenceDiagram"));
    let title = lines.next().unwrap().strip_prefix("  title ").unwrap();
    assert!(is_plain(title), "{title}");
    let mut bars: BTreeMap<&str, u32> = BTreeMap::new();
    let mut rects = 0;
    for line in lines {
        let line = line.strip_prefix("  ").unwrap();
        if let Some(participant) = line.strip_prefix("participant ") {
            let (name, called) = participant.split_once(" as ").unwrap();
            assert!(is_plain(called), "{called}");
            assert!(bars.insert(name, 0).is_none(), "{name} twice");
        } else if let Some(name) = line.strip_prefix("activate ") {
            *bars.get_mut(name).unwrap() += 1;
        } else if let Some(name) = line.strip_prefix("deactivate ") {
            let open = bars.get_mut(name).unwrap();
            *open = open.checked_sub(1).unwrap();
        } else if line == "end" {
            rects -= 1;
        } else if line.starts_with("rect rgb(") {
            rects += 1;
        } else {
            let (head, said) = line.split_once(": ").unwrap();
            assert!(is_plain(said) && !said.is_empty(), "{line}");
            let note = head.strip_prefix("Note over ");
            let arrow = ["-->>", "->>", "-x"].into_iter().find(|arrow| head.contains(arrow));
            let parties: Vec<&str> =
                note.map_or_else(|| head.split(arrow.unwrap()).collect(), |all| all.split(',').collect());
            assert!(parties.iter().all(|party| bars.contains_key(party)), "{line}");
        }
    }
    assert_eq!(rects, 0);
    assert!(bars.values().all(|open| *open == 0), "{bars:?}\n{text}");
    // As much as the default of Mermaid allows.
    assert!(text.chars().count() < 50_000);
}

#[test]
fn a_deadlock_in_sequence() {
    insta::assert_snapshot!(diagram(&common::deadlock()));
}

#[test]
fn a_race_in_sequence_in_chinese() {
    insta::assert_snapshot!(diagram_in(&common::race(), Steps::ALL, Lang::Zh));
}

#[test]
fn a_condition_in_sequence() {
    insta::assert_snapshot!(diagram(&common::condition()));
}

#[test]
fn a_semaphore_in_sequence() {
    insta::assert_snapshot!(diagram(&common::semaphore()));
}

#[test]
fn what_is_held_before_the_first_step_has_its_bar() {
    let run = common::deadlock();
    let text = diagram_in(&run, Steps { from: Step(5), to: Step(6) }, Lang::En);
    assert!(text.contains("Note over o0: held by A first\n  activate o0"), "{text}");
    assert!(text.contains("Deadlock of 2 threads"));
    assert!(!text.contains("start"));
}

#[test]
fn every_run_is_a_diagram() {
    for run in common::all() {
        diagram(&run);
        let last = run.history.last_step();
        diagram_in(&run, Steps { from: Step(last.0 / 2), to: last }, Lang::Zh);
    }
}

#[test]
fn a_long_run_is_cut_off_and_says_so() {
    let run = common::program(
        "import threading\nlock = threading.Lock()\nfor i in range(3000):\n    with lock:\n        pass\n",
        1,
    );
    let text = diagram(&run);
    assert_eq!(text.matches("->>").count(), mermaid::STEPS_MAX as usize);
    let last = run.history.last_step().0;
    let note = format!("Steps {} to {last} are left out; --steps FROM-TO shows others.", mermaid::STEPS_MAX + 1);
    let told = text.replace("<br/>", " ").replace("#59;", ";");
    assert!(told.contains(&note), "{}", told.lines().last().unwrap());
    // Who asks for more gets as much as Mermaid takes.
    let all = diagram_in(&run, Steps { from: Step(0), to: Step(5000) }, Lang::En);
    assert!(all.len() > 40_000 && all.contains("are left out"));
    // Who asks for some is not told that there are others.
    let some = diagram_in(&run, Steps { from: Step(100), to: Step(110) }, Lang::En);
    assert!(!some.contains("left out"));
}

#[test]
fn of_a_long_run_what_leads_to_the_finding_is_drawn() {
    let run = common::program(
        "import threading\nlock = threading.Lock()\nfor i in range(300):\n    with lock:\n        pass\nlock.acquire()\nlock.acquire()\n",
        1,
    );
    let found = run.history.all_findings().first().unwrap().step.0;
    assert!(found > 500);
    let text = diagram(&run);
    assert!(text.contains(&format!("Steps 0 to {} are left out", found - 201)), "{text}");
    assert!(text.contains("rect rgb"), "{text}");
}

#[test]
fn a_hostile_program_makes_a_harmless_diagram() {
    let text = diagram(&common::program(HOSTILE, 1));
    assert!(text.chars().all(|c| !c.is_control() || c == '\n'));
    assert!(!text.contains(['\u{202e}', '\u{2066}']));
    // The name of a thread that would like to be a line of its own.
    assert!(text.contains("as D a␊end␊participant X\n"), "{text}");
}
