//! The search: exact counts, the same outcomes as without it, witnesses that can be replayed.

use crate::common::{abstracted, after, every_interleaving, every_state, program, world};
use crate::merging::{HEAD, PROGRAMS, TAIL};
use lockstep::event::Schedule;
use lockstep::explore::{Budget, Cost, Ending, Goal, Known, Order, Outcome, Progress, Search, Space, Stop};
use lockstep::kernel::{Atomicity, Notify, Options};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The outcomes of a space, each witness replayed.
fn outcomes(text: &str, space: &Space) -> BTreeSet<Outcome> {
    for (outcome, (cost, schedule)) in &space.outcomes {
        let world = after(text, &schedule.to_string());
        assert_eq!(&Outcome::of(&world), outcome, "{schedule}");
        assert_eq!(u64::from(cost.steps), schedule.len());
    }
    space.outcomes.keys().cloned().collect()
}

fn search(text: &str) -> Search {
    Search::new(program(text), abstracted())
}

#[test]
fn the_search_finds_what_all_interleavings_show() {
    for body in PROGRAMS {
        let text = format!("{HEAD}{body}{TAIL}");
        let all = every_interleaving(&world(&text)).unwrap();
        let space = search(&text).verified().run();
        assert!(space.is_complete());
        assert_eq!(outcomes(&text, &space), all.outcomes, "{text}");
        let merged = every_state(&world(&text), space.precision).unwrap();
        // An object of the base that was replaced by an equal one keeps its name: that splits some states.
        if body.contains("p = P()") {
            assert!(space.states >= merged.states);
        } else if !space.precision.addresses {
            assert_eq!((space.states, space.edges), (merged.states, merged.steps), "{text}");
        }
        let looked_up = search(&text).run();
        assert_eq!((looked_up.states, looked_up.edges), (space.states, space.edges), "{text}");
        assert_eq!(looked_up.outcomes, space.outcomes);
        let shortest = search(&text).order(Order::Switches).run();
        assert_eq!(outcomes(&text, &shortest), all.outcomes);
    }
}

/// Two threads that read and write once each; `tests/explore/merging.rs` lists the states.
///
/// | steps between | number |
/// |---|---|
/// | main's three | 3 |
/// | A alone: read, write | 2; main's start of B from each of the three places is main's third: 2 more |
/// | A and B, neither has written | from (before, before) 2, (between, before) 2, (before, between) 2, (between, between) 2 |
/// | one is over: from each of 3 places | 2 + 1 of the reading; see below |
///
/// A over with n = 1: B reads (1), B writes what it read (2): 3. The same for B over: 3.
#[test]
fn the_states_and_steps_of_a_race_are_those_listed() {
    let text = format!("{HEAD}n = 0\ndef f():\n    global n\n    n += 1\n{TAIL}");
    let space = search(&text).run();
    assert_eq!((space.states, space.edges), (17, 3 + 2 + 2 + 8 + 3 + 3));
    assert!(space.is_complete());
    let values: Vec<&str> = space.outcomes.keys().map(|outcome| outcome.globals["n"].as_str()).collect();
    assert_eq!(values, ["1", "2"]);
}

#[test]
fn the_shortest_witness_has_the_fewest_switches() {
    let text = "\
from threading import Lock, Thread
a = Lock()
b = Lock()
def one():
    with a:
        with b:
            pass
def two():
    with b:
        with a:
            pass
Thread(target=one).start()
Thread(target=two).start()
";
    let space = search(text).order(Order::Switches).run();
    let deadlock = space.outcomes.iter().find(|(outcome, _)| outcome.ending == Ending::Deadlock).unwrap();
    let (cost, schedule) = deadlock.1;
    assert_eq!((*cost, schedule.to_string().as_str()), (Cost { switches: 2, steps: 4 }, "v1/M2.A1.B1"));
    outcomes(text, &space);
    let by_steps = search(text).run();
    assert_eq!(by_steps.outcomes.len(), 2);
    assert!(by_steps.outcomes.keys().any(Outcome::is_good));
}

#[test]
fn a_cycle_ends_the_search_and_not_the_program() {
    let text = "\
from threading import Thread
stop = False
def spin():
    while not stop:
        pass
def halt():
    global stop
    stop = True
Thread(target=spin).start()
Thread(target=halt).start()
";
    let space = search(text).verified().run();
    assert!(space.is_complete());
    assert_eq!(space.outcomes.len(), 1);
    assert!(space.states < 30, "{}", space.states);
    let forever = "from threading import Lock, Thread\nl = Lock()\ndef f():\n    while True:\n        with l:\n            x = [Lock()]\nThread(target=f).start()\nf()\n";
    let space = search(forever).verified().run();
    assert!(space.is_complete() && space.outcomes.is_empty());
}

#[test]
fn a_budget_is_kept_and_what_is_open_is_said() {
    let text = format!("{HEAD}n = 0\ndef f():\n    global n\n    while True:\n        n += 1\n{TAIL}");
    let space = search(&text).budget(Budget { max_states: 1000, ..Budget::default() }).run();
    assert!(!space.is_complete() && space.open > 0);
    assert!((1000..1010).contains(&space.states), "{}", space.states);
    let small = search(&text).budget(Budget { max_bytes: 3 << 20, ..Budget::default() }).run();
    assert!(!small.is_complete() && small.bytes < 3 << 20, "{}", small.bytes);
}

#[test]
fn every_rule_of_a_world_is_searched_as_its_interleavings_are() {
    let rules = [
        Options { notify: Notify::Any, ..abstracted() },
        Options { spurious: true, ..abstracted() },
        Options { fair: true, ..abstracted() },
        Options { abstract_time: false, ..abstracted() },
        Options { atomicity: Atomicity::Line, ..abstracted() },
        Options { atomicity: Atomicity::Gil, ..abstracted() },
    ];
    for body in PROGRAMS {
        let text = format!("{HEAD}{body}{TAIL}");
        for options in &rules {
            let first =
                lockstep::kernel::sim::World::new(program(&text), options.clone(), &mut lockstep::event::NoSink);
            let Some(all) = every_interleaving(&first) else { continue };
            let space = Search::new(program(&text), options.clone()).verified().run();
            let found: BTreeSet<Outcome> = space.outcomes.keys().cloned().collect();
            assert_eq!(found, all.outcomes, "{options:?}\n{text}");
        }
    }
}

/// All programs that there are, as far as a small budget goes: every step that is remembered is made again and compared.
#[test]
fn what_is_remembered_is_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("scenarios"), root.join("tests/programs"), root.join("tests/narration")];
    let mut searched = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = std::fs::read_to_string(&path).unwrap();
            println!("{}", path.display());
            let budget = Budget { max_states: 100, ..Budget::default() };
            let space = search(&text).budget(budget).verified().run();
            let quick = search(&text).budget(budget).run();
            assert_eq!((space.states, space.edges, &space.outcomes), (quick.states, quick.edges, &quick.outcomes));
            outcomes(&text, &quick);
            searched += 1;
        }
    }
    assert!(searched > 40, "{searched}");
}

const OPPOSITE: &str = "a = Lock()\nb = Lock()\nlocks = [(a, b), (b, a)]\ndef f():\n    first, second = locks.pop()\n    with first:\n        with second:\n            pass\n";

#[test]
fn the_graph_of_a_space_has_its_states_and_steps() {
    for body in PROGRAMS.iter().copied().chain([OPPOSITE]) {
        let text = format!("{HEAD}{body}{TAIL}");
        let space = search(&text).keep_graph().run();
        let graph = space.graph.as_ref().unwrap();
        let first = graph.schedule(0).len();
        assert_eq!(graph.len() as u64 + first, space.states);
        assert_eq!(graph.edge_count() as u64 + first, space.edges);
        let ends: BTreeSet<Outcome> = graph.ends().map(|(_, outcome)| outcome.clone()).collect();
        assert_eq!(ends, space.outcomes.keys().cloned().collect());
        let mut acyclic = true;
        let digests: HashSet<u128> = (0u32..).take(graph.len()).map(|node| graph.digest(node)).collect();
        assert_eq!(digests.len(), graph.len());
        let mut far = 0;
        for node in (0u32..).take(graph.len()) {
            let schedule = graph.schedule(node);
            assert!(schedule.len() >= far, "nodes are in order of their distance");
            far = schedule.len();
            assert_eq!(graph.edges(node).len() == 0, graph.outcome(node).is_some());
            if let Some(outcome) = graph.outcome(node) {
                assert_eq!(outcome, &Outcome::of(&graph.world(node)));
            }
            for edge in graph.edges(node) {
                acyclic &= edge.target > node;
                let mut world = graph.world(node);
                world.apply(edge.choice, &mut lockstep::event::NoSink).unwrap();
            }
        }
        assert!(space.may_cycle || acyclic, "{text}");
    }
}

#[test]
fn a_search_stops_when_it_has_seen_enough() {
    let text = format!("{HEAD}{OPPOSITE}{TAIL}");
    let all = search(&text).keep_graph().run();
    let graph = all.graph.unwrap();
    let ways = search(&text).order(Order::Switches).run().outcomes;
    for (outcome, way) in &ways {
        let wanted = BTreeSet::from([outcome.clone()]);
        let found = search(&text).order(Order::Switches).until(Goal::Outcomes(Arc::new(wanted))).run();
        assert!(found.reached && found.stop.is_none());
        assert_eq!(&found.outcomes[outcome], way);
        let node = graph.ends().find(|(_, other)| *other == outcome).unwrap().0;
        let wanted = HashSet::from([graph.digest(node)]);
        let found = search(&text).order(Order::Switches).until(Goal::States(Arc::new(wanted))).run();
        let (cost, schedule) = found.arrival.unwrap();
        assert!(found.reached && cost >= way.0);
        assert_eq!(u64::from(cost.steps), schedule.len());
        assert_eq!(&Outcome::of(&after(&text, &schedule.to_string())), outcome);
    }
    let good = search(&text).until(Goal::GoodEnd).run();
    let (_, schedule) = good.arrival.unwrap();
    assert!(Outcome::of(&after(&text, &schedule.to_string())).is_good() && good.states <= all.states);
}

/// From every state on the way to the deadlock: a good end can be reached until both have taken their first lock.
#[test]
fn a_search_can_begin_anywhere() {
    let text = format!("{HEAD}{OPPOSITE}{TAIL}");
    let ways = search(&text).order(Order::Switches).run().outcomes;
    let (_, schedule) = ways.iter().find(|(outcome, _)| outcome.ending == Ending::Deadlock).unwrap().1;
    let choices: Vec<_> = schedule.iter().collect();
    let mut known = Known::default();
    let mut reached = Vec::new();
    for length in 0..=choices.len() {
        let mut prefix = Schedule::new();
        choices[..length].iter().for_each(|choice| prefix.push(*choice));
        let found = search(&text).from(prefix.clone()).until(Goal::GoodEnd).run_with(&mut known);
        assert_eq!(found.reached, search(&text).from(prefix).until(Goal::GoodEnd).run().reached);
        reached.push(found.reached);
        if let Some((cost, schedule)) = found.arrival {
            assert!(Outcome::of(&after(&text, &schedule.to_string())).is_good());
            assert_eq!(u64::from(cost.steps), schedule.len());
        }
    }
    assert!(reached[0] && !reached[choices.len()] && reached.is_sorted_by(|one, next| one >= next), "{reached:?}");
}

#[test]
fn a_search_says_why_it_stopped() {
    let text = format!("{HEAD}n = 0\ndef f():\n    global n\n    while True:\n        n += 1\n{TAIL}");
    let endless = search(&text).budget(Budget { max_states: 100_000, ..Budget::default() });
    let states = endless.run();
    assert_eq!((states.stop, states.states), (Some(Stop::States), 100_000));
    let memory = search(&text).budget(Budget { max_bytes: 1 << 20, ..Budget::default() }).run();
    assert_eq!(memory.stop, Some(Stop::Memory));
    let late = endless.clone().deadline(Some(Instant::now())).run();
    assert_eq!((late.stop, late.states < 10_000), (Some(Stop::Time), true));
    let progress = Progress::default();
    progress.cancel();
    let cancelled = endless.progress(&progress).run();
    assert_eq!(cancelled.stop, Some(Stop::Cancelled));
    assert!(cancelled.open > 0 && !cancelled.is_complete());
}

#[test]
fn what_was_printed_is_part_of_an_outcome_on_request() {
    let text = format!("{HEAD}def f():\n    print(current_thread().name[7])\n{TAIL}");
    assert_eq!(search(&text).run().outcomes.len(), 1);
    let space = search(&text).output(true).verified().run();
    let printed: Vec<&str> = space.outcomes.keys().filter_map(|outcome| outcome.output.as_deref()).collect();
    assert_eq!(printed, ["1\n2\n", "2\n1\n"]);
}
