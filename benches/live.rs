//! Real threads: how long 500 of them take to start, to block, and to be stopped; how fast the live world runs; and whether the
//! interface keeps up with a million events a second.
//!
//! `cargo bench --bench live` prints the figures beside their bars.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use lockstep::event::{Event, EventKind, NoSink, Sink, ThreadState};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::source::Source;
use std::sync::Arc;
use std::time::{Duration, Instant};

const BLOCKED: &str = "
from threading import Semaphore, Thread
gate = Semaphore(0)
def work():
    gate.acquire()
threads = [Thread(target=work) for _ in range(500)]
for t in threads:
    t.start()
for t in threads:
    t.join()
";

const RACE: &str = "
from threading import Thread
n = 0
def work():
    global n
    for _ in range(200_000):
        n += 1
a, b = Thread(target=work), Thread(target=work)
a.start(); b.start(); a.join(); b.join()
";

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("bench.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("it does not compile: {:?}", compiled.diagnostics))
}

fn start(text: &str) -> Live {
    let options = Options { max_threads: 2_000, ..Options::default() };
    Live::start(program(text), options, &LiveOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Counts the threads that have begun to wait.
#[derive(Default)]
struct Blocked(usize);

impl Sink for Blocked {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.0 += usize::from(matches!(event.kind, EventKind::State(ThreadState::Blocked { .. })));
    }
}

fn blocked() {
    for round in 0..3 {
        let begun = Instant::now();
        let mut live = start(BLOCKED);
        let mut blocked = Blocked::default();
        while live.status() == LiveStatus::Running && begun.elapsed() < Duration::from_mins(1) {
            live.wait(Duration::from_millis(10));
            live.drain(&mut blocked);
        }
        let all_blocked = begun.elapsed();
        let stopped = live.stop();
        println!(
            "500 threads on one semaphore, round {round}: {} blocked after {all_blocked:?}, {:?}; {} OS threads stopped in {:?} (bar: 2 s together)",
            blocked.0,
            live.status(),
            stopped.threads,
            stopped.took,
        );
    }
}

fn speed() {
    let begun = Instant::now();
    let mut live = start(RACE);
    while live.status() == LiveStatus::Running {
        live.wait(Duration::from_millis(1));
        live.drain(&mut NoSink);
    }
    let took = begun.elapsed();
    let per_second = f64::from(u32::try_from(live.steps()).unwrap_or(u32::MAX)) / took.as_secs_f64();
    println!(
        "two real threads, 200,000 x `n += 1` each: {} operations and {:?} in {took:?}, {:.2} M operations a second",
        live.steps(),
        live.globals(),
        per_second / 1e6
    );
}

fn main() {
    blocked();
    speed();
}
