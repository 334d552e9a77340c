//! Shortest witnesses, merged threads and workers, compared with the plainest search there is, on random programs.

use crate::common::{abstracted, after, program, settle};
use crate::merging::{HEAD, PROGRAMS, TAIL};
use lockstep::event::{Alternative, Candidate, NoSink};
use lockstep::explore::{Cost, Known, Order, Outcome, Search, Space};
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::{Fingerprint, Status, World};
use lockstep::vm::canon::{Precision, Scratch};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// Every outcome at its least cost: E. Dijkstra's search over pairs of a state and who made the last step, in worlds.
fn plainly(text: &str) -> Option<BTreeMap<Outcome, Cost>> {
    let mut found = BTreeMap::new();
    let mut seen: HashSet<(Fingerprint, Option<ThreadId>)> = HashSet::new();
    let mut scratch = Scratch::default();
    let precision = Precision { addresses: true, clock: true, output: false };
    let mut first = World::new(program(text), abstracted(), &mut NoSink);
    settle(&mut first);
    let mut layers = BTreeMap::from([(Cost::default(), vec![first])]);
    let mut candidates: Vec<Candidate> = Vec::new();
    while let Some((cost, worlds)) = layers.pop_first() {
        for world in worlds {
            if !seen.insert((world.fingerprint(precision, &mut scratch), world.last())) {
                continue;
            }
            if seen.len() > 6000 {
                return None;
            }
            world.candidates(&mut candidates);
            if candidates.is_empty() || matches!(world.status(), Status::Ended(_)) {
                found.entry(Outcome::of(&world)).or_insert(cost);
                continue;
            }
            for choice in candidates.iter().flat_map(|choice| ways(&world, *choice)) {
                let switches = u32::from(world.last().is_some_and(|last| last != choice.thread));
                let mut next = world.clone();
                next.apply(choice, &mut NoSink).unwrap();
                settle(&mut next);
                let cost = Cost { switches: cost.switches + switches, steps: cost.steps + 1 };
                layers.entry(cost).or_default().push(next);
            }
        }
    }
    Some(found)
}

fn ways(world: &World, choice: Candidate) -> Vec<Candidate> {
    let draws = (0..16).map(|n| Candidate { alternative: Alternative::Draw(n), ..choice });
    let draws: Vec<Candidate> = draws.filter(|draw| world.fits(*draw).is_ok()).collect();
    if draws.is_empty() { vec![choice] } else { draws }
}

fn costs(text: &str, space: &Space) -> BTreeMap<Outcome, Cost> {
    assert!(space.is_complete());
    for (outcome, (cost, schedule)) in &space.outcomes {
        let world = after(text, &schedule.to_string());
        assert_eq!(&Outcome::of(&world), outcome, "{schedule}\n{text}");
        assert_eq!((u64::from(cost.steps), cost.switches), (schedule.len(), world.switches()), "{schedule}");
    }
    space.outcomes.iter().map(|(outcome, (cost, _))| (outcome.clone(), *cost)).collect()
}

/// Compares; true when threads could be merged.
fn compare(text: &str) -> bool {
    let search = Search::new(program(text), abstracted());
    let by_switches = search.clone().order(Order::Switches);
    let shortest = by_switches.run();
    if let Some(expected) = plainly(text) {
        assert_eq!(costs(text, &shortest), expected, "{text}");
    }
    let all = search.run();
    assert!(all.outcomes.keys().eq(shortest.outcomes.keys()), "{text}");
    let mut known = Known::default();
    let merged = search.clone().merge_threads(true).run_with(&mut known);
    let merged_shortest = by_switches.merge_threads(true).run_with(&mut known);
    assert!(merged.outcomes.keys().eq(all.outcomes.keys()), "{text}");
    assert_eq!(costs(text, &merged_shortest), costs(text, &shortest), "{text}");
    assert!(merged.states <= all.states && merged.is_complete());
    let verified = search.merge_threads(true).verified().run();
    assert_eq!((verified.states, verified.edges), (merged.states, merged.edges), "{text}");
    merged.merged
}

const STATEMENTS: &[&str] = &[
    "n += 1",
    "n = n * 2 + 1",
    "x = n",
    "n = x",
    "if n > 1: n = 0",
    "with a: n += 1",
    "with a: x = n",
    "a.acquire(timeout=1) and a.release()",
    "e.set()",
    "e.wait(1)",
    "time.sleep(1)",
    "l.append(n)",
    "n += len(l)",
    "n = random.randrange(2)",
    "x = str(n)",
    "l.append(current_thread().name[-9])",
    "n += me[0] if me else 1",
    "for x in range(2): n += x",
    "while n == 1: time.sleep(1)",
    "assert n < 4",
    "q.append([n])",
    "if q: n = q.pop()[0]",
];

/// Two threads that do some of these things, or the same.
pub(crate) fn random_program() -> impl Strategy<Value = String> {
    let one = prop::collection::vec(0..STATEMENTS.len(), 1..4);
    let other = prop::option::of(prop::collection::vec(0..STATEMENTS.len(), 1..3));
    (one, other, any::<bool>(), any::<bool>()).prop_map(|(one, other, joins, own)| {
        let body = |name: &str, statements: &[usize]| {
            let lines: Vec<&str> = statements.iter().map(|number| STATEMENTS[*number]).collect();
            format!("def {name}(*me):\n    global n\n    x = 0\n    {}\n", lines.join("\n    "))
        };
        let second = other.as_ref().map_or(String::new(), |other| body("g", other));
        let target = if other.is_some() { "g" } else { "f" };
        let args = if own { ", args=(2,)" } else { "" };
        let joins = if joins { "ta.join()\ntb.join()\n" } else { "" };
        format!(
            "{HEAD}n = 0\nl = []\nq = []\na = Lock()\ne = Event()\n{}{second}ta = Thread(target=f)\ntb = Thread(target={target}{args})\nta.start()\ntb.start()\n{joins}",
            body("f", &one)
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn random_programs_have_the_plain_search_s_shortest_witnesses(text in random_program()) {
        compare(&text);
    }
}

#[test]
fn programs_of_textbook_kind_have_them_too() {
    for body in PROGRAMS {
        compare(&format!("{HEAD}{body}{TAIL}"));
    }
}

fn three(body: &str) -> String {
    format!("{HEAD}{body}threads = [Thread(target=f) for _ in range(3)]\nfor thread in threads: thread.start()\n")
}

#[test]
fn equal_threads_are_merged_where_nothing_tells_which_is_which() {
    let counts = three("n = 0\ndef f():\n    global n\n    n += 1\n");
    assert!(compare(&counts));
    let search = Search::new(program(&counts), abstracted());
    let (all, merged) = (search.run(), search.merge_threads(true).run());
    assert!(merged.states * 2 < all.states, "{} of {}", merged.states, all.states);
    let loops = three("n = 0\ndef f():\n    global n\n    for _ in range(2):\n        n += 1\n");
    let search = Search::new(program(&loops), abstracted());
    let (all, merged) = (search.run(), search.merge_threads(true).run());
    assert!(merged.states * 3 < all.states, "{} of {}", merged.states, all.states);
    assert!(merged.outcomes.keys().eq(all.outcomes.keys()));
    // A lock knows who holds it; somebody who failed is named; two threads do different things with what they share.
    for body in [
        "n = 0\na = Lock()\ndef f():\n    global n\n    with a:\n        n += 1\n",
        "n = 0\ndef f():\n    global n\n    n += 1\n    assert n == 1\n",
        "n = 0\ndef f():\n    global n\n    n += 1\n    n += int(current_thread().name[7])\n",
        "n = 0\ndef f():\n    global n\n    n += 1\n    n += get_ident()\n",
    ] {
        assert!(!compare(&three(body)), "{body}");
    }
    // Threads that have something of their own from the beginning never stand where another one stands.
    for body in [
        "n = []\ndef f():\n    n.append(current_thread().name)\n",
        "n = 0\nlocal = local()\ndef f():\n    global n\n    local.x = n\n    n = local.x + 1\n",
    ] {
        compare(&three(body));
    }
    // Somebody else asks, or they were given different things.
    let joined = format!("{counts}for thread in threads: thread.join()\n");
    assert!(!compare(&joined));
    let own =
        counts.replace("target=f)", "target=f, args=(_,))").replace("def f()", "def f(x)").replace("+= 1", "+= x");
    assert!(compare(&own) || plainly(&own).is_none());
}

/// The same space, graph and witnesses, whoever does the work.
#[test]
fn workers_change_nothing() {
    let text = three("n = 0\ndef f():\n    global n\n    for _ in range(4):\n        n += 1\n");
    for order in [Order::Steps, Order::Switches] {
        let search = Search::new(program(&text), abstracted()).order(order);
        let one = search.run();
        assert!(one.states > 20_000, "{}", one.states);
        for workers in [2, 3] {
            let more = search.clone().workers(workers).run();
            assert_eq!((more.states, more.edges, more.made), (one.states, one.edges, one.made));
            assert_eq!(more.outcomes, one.outcomes);
        }
    }
}
