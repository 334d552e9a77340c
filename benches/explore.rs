//! What exploring costs.
//!
//! `cargo bench --bench explore` prints the figures. Names of parts as arguments choose some of them:
//! `cargo bench --bench explore -- proof`, `shortest`, `outcomes`, `unreduced`, `workers`, `steps`, `hint`.
//!
//! | part | what | to compare with |
//! |---|---|---|
//! | `proof`, `shortest`, `outcomes` | whole explorations, as `lockstep explore` makes them | the time |
//! | `unreduced` | every state and step, one core | states a second of the core's time: other work on the machine does not count |
//! | `workers` | the largest of these with one worker and with two | the ratio; only meaningful on a machine that has nothing else to do |
//! | `hint` | a challenge: the first question, and one from another place | the time |
//! | `steps` | what one real step costs, and its parts | |
//!
//! The peak is that of the process so far: choose one part to see that of one search.

#![expect(clippy::print_stdout, reason = "the figures are its output")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use lockstep::event::{NoSink, Schedule};
use lockstep::explore::{Aim, Answer, BugKind, Close, Explorer, Order, Progress, Pursuit, Search, Settings};
use lockstep::kernel::Options;
use lockstep::kernel::sim::World;
use lockstep::lang::{Parameters, Program, compile};
use lockstep::source::Source;
use lockstep::vm::canon::{Precision, Scratch};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Threads that each count up in a shared variable.
fn race(threads: u32, increments: u32) -> String {
    format!(
        "\
from threading import Thread
n = 0
def work():
    global n
    for _ in range({increments}):
        n += 1
threads = [Thread(target=work) for _ in range({threads})]
for thread in threads:
    thread.start()
"
    )
}

/// Philosophers who take the fork with the smaller number first (or, naively, the left one).
fn philosophers(seats: u32, meals: u32, ordered: bool) -> String {
    let order = if ordered { "min(seat, right), max(seat, right)" } else { "seat, right" };
    format!(
        "\
from threading import Lock, Thread
forks = [Lock() for _ in range({seats})]
def philosopher(seat):
    right = (seat + 1) % {seats}
    first, second = {order}
    for _ in range({meals}):
        with forks[first]:
            with forks[second]:
                pass
philosophers = [Thread(target=philosopher, args=(seat,)) for seat in range({seats})]
for one in philosophers:
    one.start()
"
    )
}

/// Producers and consumers around one place.
fn buffer(pairs: u32, items: u32) -> String {
    format!(
        "\
from threading import Condition, Thread
buffer = []
condition = Condition()
def produce():
    for item in range({items}):
        with condition:
            while len(buffer) == 1:
                condition.wait()
            buffer.append(item)
            condition.notify_all()
def consume():
    for _ in range({items}):
        with condition:
            while not buffer:
                condition.wait()
            buffer.pop()
            condition.notify_all()
threads = [Thread(target=produce) for _ in range({pairs})] + [Thread(target=consume) for _ in range({pairs})]
for thread in threads:
    thread.start()
"
    )
}

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|part| name.contains(part.as_str()));
    for (name, text) in [("race", race(3, 8)), ("philosophers", philosophers(8, 1, true))] {
        if is_chosen("steps") {
            step(name, &text);
        }
    }
    let wholes = [
        ("proof: ordered philosophers 8x1", philosophers(8, 1, true), 1),
        ("shortest: naive philosophers 5x1", philosophers(5, 1, false), 1),
        ("outcomes: race 4x4", race(4, 4), 1),
        ("proof: buffer 3+3x4 with two workers", buffer(3, 4), 2),
    ];
    for (name, text, workers) in wholes.iter().filter(|(name, ..)| is_chosen(name)) {
        explore(name, text, *workers);
    }
    let searches = [
        ("unreduced: race 3x8", race(3, 8), Order::Steps),
        ("unreduced: philosophers 8x1", philosophers(8, 1, true), Order::Steps),
        ("unreduced: philosophers 8x2", philosophers(8, 2, true), Order::Steps),
        ("unreduced: race 4x4 by switches", race(4, 4), Order::Switches),
    ];
    for (name, text, order) in searches.iter().filter(|(name, ..)| is_chosen(name)) {
        search(name, text, *order);
    }
    let well = |n: &str| Aim::End { close: Close::Well, values: BTreeMap::from([("n".to_owned(), n.to_owned())]) };
    let hints = [
        ("hint: naive philosophers 5x1", philosophers(5, 1, false), Aim::Bug(BugKind::Deadlock)),
        ("hint: race 4x4, two of sixteen", race(4, 4), well("2")),
        ("hint: race 4x4, one of sixteen", race(4, 4), well("1")),
    ];
    for (name, text, aim) in hints.iter().filter(|(name, ..)| is_chosen(name)) {
        hint(name, text, aim.clone());
    }
    if is_chosen("workers") {
        workers("workers: philosophers 8x2, unreduced", &philosophers(8, 2, true));
    }
}

/// What `lockstep explore` does: the verdict, every outcome and its shortest witness.
fn explore(name: &str, text: &str, workers: usize) {
    let settings = Settings { workers, ..Settings::default() };
    let explorer = Explorer::new(program(text), options(), settings);
    let (start, busy) = (Instant::now(), busy_secs());
    let found = explorer.run(&Progress::default());
    println!(
        "{name}: {:?}, {} states, {} outcomes in {:.2?}, {:.3} s of it on the first core; peak {:.0} MB",
        found.verdict,
        found.states,
        found.outcomes.len(),
        start.elapsed(),
        busy_secs() - busy,
        peak_mb()
    );
    for bug in &found.bugs {
        let witness = &bug.witness;
        println!("  {:?}: {} steps, {} switches: {}", bug.kind, witness.steps, witness.switches, witness.schedule);
    }
}

/// What whoever is the scheduler waits for: at the beginning, and after steps that nobody has thought about.
fn hint(name: &str, text: &str, aim: Aim) {
    let mut pursuit = Pursuit::new(program(text), options(), Settings::default(), aim).cyclic(false);
    let mut eager = World::new(program(text), options(), &mut NoSink);
    let (mut greedy, mut candidates) = (Schedule::new(), Vec::new());
    for _ in 0..8 {
        eager.candidates(&mut candidates);
        let Some(choice) = candidates.last().copied() else { break };
        if eager.apply(choice, &mut NoSink).is_err() {
            break;
        }
        greedy.push(choice);
    }
    for (place, prefix) in [("the beginning", Schedule::new()), ("eight steps of whoever came last", greedy)] {
        let start = Instant::now();
        let answer = match pursuit.ask(&prefix, &Progress::default()) {
            Answer::Reachable(way) => format!("{} switches, {} steps", way.switches, way.steps),
            other => format!("{other:?}"),
        };
        println!("{name}, after {place}: {answer} in {:.2?}; peak {:.0} MB", start.elapsed(), peak_mb());
    }
}

/// Two workers against one.
fn workers(name: &str, text: &str) {
    let search = Search::new(program(text), options());
    let run = |workers: usize| {
        let start = Instant::now();
        let space = search.clone().workers(workers).run();
        (start.elapsed().as_secs_f64(), space.states, space.edges)
    };
    let ((one, states, edges), two) = (run(1), run(2));
    assert_eq!((states, edges), (two.1, two.2));
    println!("{name}: one worker {one:.2} s, two {:.2} s: {:.2} times as fast", two.0, one / two.0);
}

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("bench.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics))
}

fn options() -> Options {
    Options { abstract_time: true, ..Options::default() }
}

/// A whole search.
fn search(name: &str, text: &str, order: Order) {
    let search = Search::new(program(text), options()).order(order);
    let (start, busy) = (Instant::now(), busy_secs());
    let space = search.run();
    let (time, busy) = (start.elapsed(), busy_secs() - busy);
    let rate = space.states as f64 / busy / 1e6;
    println!(
        "{name}: {} states, {} edges in {time:.2?}, {busy:.3} s of it on a core: {rate:.2} million states/s, {} bytes a state",
        space.states,
        space.edges,
        space.bytes / space.states.max(1)
    );
    println!(
        "  {} outcomes, complete {}, {} parts, {} steps remembered, {} really made; peak {:.0} MB",
        space.outcomes.len(),
        space.is_complete(),
        space.parts,
        space.remembered,
        space.made,
        peak_mb()
    );
}

/// What the parts of one real step cost, along one run.
fn step(name: &str, text: &str) {
    let mut world = World::new(program(text), options(), &mut NoSink);
    let (mut worlds, mut candidates) = (Vec::new(), Vec::new());
    let mut turn = 0;
    while world.is_running() {
        world.candidates(&mut candidates);
        turn += 7;
        let choice = candidates[turn % candidates.len()];
        if world.threads().skip(1).all(|thread| thread.state.is_alive()) && worlds.is_empty() {
            world.rebase();
        }
        worlds.push((world.clone(), choice));
        if world.apply(choice, &mut NoSink).is_err() {
            break;
        }
    }
    let mut scratch = Scratch::default();
    let rounds = 100_000 / worlds.len();
    let each = |work: &mut dyn FnMut(&World, usize)| {
        let start = Instant::now();
        for _ in 0..rounds {
            worlds.iter().enumerate().for_each(|(place, (world, _))| work(world, place));
        }
        nanoseconds(start.elapsed(), rounds * worlds.len())
    };
    let clone = each(&mut |world, _| drop(black_box(world.clone())));
    let offers = each(&mut |world, _| world.candidates(black_box(&mut candidates)));
    let print = each(&mut |world, _| {
        black_box(world.fingerprint(Precision::default(), &mut scratch));
    });
    let whole = each(&mut |world, place| {
        let mut next = world.clone();
        drop(next.apply(worlds[place].1, &mut NoSink));
        drop(black_box(next));
    });
    println!(
        "{name}, one step: clone and drop {clone} ns, candidates {offers} ns, fingerprint {print} ns, clone, apply and drop {whole} ns"
    );
}

fn nanoseconds(time: Duration, times: usize) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX) / times.max(1) as u64
}

/// The time that this process spent on a core: other work on the machine does not count.
fn busy_secs() -> f64 {
    let status = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    status.split_whitespace().next().and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// The largest resident memory so far.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
