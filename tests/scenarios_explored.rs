//! All interleavings of every variant of every scenario come to what its manifest states, with reduction and without.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use lockstep::explore::{self, Budget, Exploration, Explorer, Progress, Settings};
use lockstep::kernel::Options;
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{BugKind, Catalogue, Expected, RunEnd, Target, Verdict};
use std::collections::BTreeSet;

/// States that one exploration may have: few, because tests are slow without optimisation; with it everything fits.
const MAX_STATES: u64 = if cfg!(debug_assertions) { 40_000 } else { 20_000_000 };

/// Sizes for those that have more states than that with the parameters that they come with.
const SMALLER: &[(&str, &[(&str, &str)])] = &[
    ("parking/semaphore", &[("PLACES", "3"), ("CARS", "4")]),
    ("parking/bounded", &[("PLACES", "3"), ("CARS", "4")]),
    ("parking/unbounded-bug", &[("PLACES", "3"), ("CARS", "4")]),
    ("parking/try", &[("PLACES", "3"), ("CARS", "4")]),
];

/// Proofs that are to hold for more than what the scenario begins with.
const LARGER: &[(&str, &[(&str, &str)])] = &[
    ("bounded-buffer/semaphores", &[("CAPACITY", "2"), ("ITEMS", "4")]),
    ("barrier/two-gates", &[("RUNNERS", "3"), ("LAPS", "2")]),
    ("barrier/two-gates", &[("RUNNERS", "2"), ("LAPS", "4")]),
    ("readers-writers/counted", &[("READERS", "3")]),
    ("peterson/peterson", &[("VISITS", "3")]),
    ("philosophers/ordered", &[("N", "4")]),
    ("philosophers/waiter", &[("N", "4")]),
];

fn explore(target: &str, parameters: &[(&str, &str)], reduce: bool) -> Exploration {
    let catalogue = Catalogue::embedded();
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let compiled = compile(&Target::resolve(target, &catalogue).unwrap().source(), &Parameters(parameters));
    let program = compiled.program.unwrap_or_else(|| panic!("{target}: {:?}", compiled.diagnostics));
    let options = Options { abstract_time: true, ..Options::default() };
    let budget = Budget { max_states: MAX_STATES, ..Budget::default() };
    Explorer::new(program, options, Settings { reduce, budget, ..Settings::default() }).run(&Progress::default())
}

fn kinds(found: &Exploration) -> BTreeSet<BugKind> {
    found.bugs.iter().map(|bug| bug.kind).collect()
}

fn stated_kinds(expected: &Expected) -> BTreeSet<BugKind> {
    match &expected.verdict {
        Verdict::Proved => BTreeSet::new(),
        Verdict::Bug(kinds) => kinds.iter().copied().collect(),
    }
}

/// What an exploration found that is not what is stated; nothing, if all is well. One that was not finished may have
/// found less.
fn differences(expected: &Expected, found: &Exploration) -> Vec<String> {
    let mut wrong = Vec::new();
    let (kinds, stated) = (kinds(found), stated_kinds(expected));
    let finished = found.stop.is_none();
    if !kinds.is_subset(&stated) || finished && kinds != stated {
        wrong.push(format!("bugs {kinds:?}, stated {stated:?}"));
    }
    if finished && kinds.is_empty() != (found.verdict == explore::Verdict::Proved) {
        wrong.push(format!("{:?}, for {:?}", found.verdict, found.cautions));
    }
    let outcomes = || found.outcomes.iter().map(|row| &row.outcome);
    if let Some(stated) = expected.outcomes.as_ref().filter(|stated| finished && !stated.are(outcomes())) {
        wrong.push(format!("outcomes {:#?}, stated {stated:#?}", stated.project(outcomes())));
    }
    wrong
}

/// Explores a variant as it is and, if that is too much, smaller.
fn check(target: &str, expected: &Expected, reduce: bool) -> Vec<String> {
    let how = if reduce { "reduced" } else { "not reduced" };
    let found = explore(target, &[], reduce);
    let mut wrong = differences(expected, &found);
    if found.stop.is_some() {
        let Some((_, parameters)) = SMALLER.iter().find(|(name, _)| *name == target) else {
            return vec![format!("{target}: {:?} after {} states", found.stop, found.states)];
        };
        eprintln!("NOT FINISHED {target} ({how}): more than {} states; explored with {parameters:?}", found.states);
        let found = explore(target, parameters, reduce);
        assert_eq!(found.stop, None, "{target} {parameters:?}");
        wrong.extend(differences(expected, &found));
    }
    wrong.into_iter().map(|what| format!("{target} ({how}): {what}")).collect()
}

#[test]
fn every_variant_comes_to_what_it_states() {
    let catalogue = Catalogue::embedded();
    let mut wrong = Vec::new();
    for scenario in catalogue.scenarios() {
        for variant in &scenario.variants {
            let target = format!("{}/{}", scenario.id, variant.id);
            wrong.extend([true, false].iter().flat_map(|reduce| check(&target, &variant.expected, *reduce)));
        }
    }
    assert!(wrong.is_empty(), "these are otherwise than stated:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_proved_holds_for_more_as_well() {
    for (target, parameters) in LARGER {
        let found = explore(target, parameters, true);
        assert_eq!(found.verdict, explore::Verdict::Proved, "{target} {parameters:?}: {:?}", found.stop);
    }
}

/// Busy waiting is none of the bugs, and a livelock is more than busy waiting.
#[test]
fn busy_waiting_is_mentioned_and_is_no_bug() {
    for target in ["deadlock/timeout", "philosophers/trylock", "traffic/poll", "peterson/peterson"] {
        let found = explore(target, &[], true);
        assert_eq!((found.verdict, found.busy_waiting), (explore::Verdict::Proved, true), "{target}");
    }
    assert_eq!(kinds(&explore("peterson/flags", &[], true)), BTreeSet::from([BugKind::Livelock]));
}

/// Be it only the ends, where the globals differ in too many ways to be worth a list.
#[test]
fn every_variant_states_its_outcomes() {
    let catalogue = Catalogue::embedded();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| &scenario.variants);
    for variant in variants {
        let outcomes = variant.expected.outcomes.as_ref().unwrap_or_else(|| panic!("{}", variant.file));
        assert!(!outcomes.has(RunEnd::Limit), "{}", variant.file);
    }
}
