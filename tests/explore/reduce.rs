//! Reduction: the same outcomes from fewer states.

use crate::common::{abstracted, program};
use crate::merging::{HEAD, PROGRAMS, TAIL};
use lockstep::explore::{Budget, Outcome, Search, Space};
use std::collections::BTreeSet;
use std::path::Path;

fn search(text: &str) -> Search {
    Search::new(program(text), abstracted())
}

fn outcomes(space: &Space) -> BTreeSet<Outcome> {
    space.outcomes.keys().cloned().collect()
}

/// Both spaces, when both are small enough; their outcomes are the same.
#[track_caller]
fn compare(text: &str, max_states: u64) -> Option<(Space, Space)> {
    let budget = Budget { max_states, ..Budget::default() };
    let all = search(text).budget(budget).run();
    let reduced = search(text).budget(budget).reduce(true).run();
    if all.open > 0 || reduced.open > 0 {
        return None;
    }
    assert_eq!(outcomes(&reduced), outcomes(&all), "{text}");
    assert!(reduced.states <= all.states, "{} {}\n{text}", reduced.states, all.states);
    Some((all, reduced))
}

#[test]
fn textbook_programs_keep_their_outcomes() {
    for body in PROGRAMS {
        let text = format!("{HEAD}{body}{TAIL}");
        let (all, reduced) = compare(&text, 100_000).unwrap();
        println!("{:6} {:6} {} {:?}", all.states, reduced.states, reduced.reduced, body);
    }
}

/// All programs that there are.
#[test]
fn every_program_keeps_its_outcomes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("scenarios"), root.join("tests/programs"), root.join("tests/narration")];
    let (mut compared, mut skipped) = (0, 0);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = std::fs::read_to_string(&path).unwrap();
            match compare(&text, 2_000) {
                Some((all, reduced)) => {
                    compared += 1;
                    println!("{:6} {:6} {} {}", all.states, reduced.states, reduced.reduced, path.display());
                }
                None => {
                    skipped += 1;
                    println!("too large: {}", path.display());
                }
            }
        }
    }
    assert!(compared > 35, "{compared} compared, {skipped} too large");
}

#[test]
#[ignore]
fn scratch() {
    let dir = std::env::var("SCRATCH").unwrap();
    let max: u64 = std::env::var("MAX").map_or(200_000, |max| max.parse().unwrap());
    let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        let budget = Budget { max_states: max, ..Budget::default() };
        let start = std::time::Instant::now();
        let mut known = lockstep::explore::Known::default();
        let reduced = search(&text).budget(budget).reduce(true).run_with(&mut known);
        let middle = std::time::Instant::now();
        let all = search(&text).budget(budget).run();
        println!(
            "{:30} reduced {:7} (open {}, {} {:?}) all {:7} (open {}, {:?}) outcomes {} {} made {} parts {}",
            path.file_name().unwrap().to_str().unwrap(),
            reduced.states,
            reduced.open,
            reduced.reduced,
            middle - start,
            all.states,
            all.open,
            middle.elapsed(),
            reduced.outcomes.len(),
            all.outcomes.len(),
            reduced.made,
            reduced.parts
        );
    }
}
