//! Traces: how fast a run is recorded, how fast a recording opens, how large it is.
//!
//! `cargo bench --bench trace` prints the figures beside their bars.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use lockstep::event::{Event, NoSink, Sink};
use lockstep::ids::Step;
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::Recording;
use lockstep::sched::{self, SchedulerKind};
use lockstep::source::Source;
use lockstep::trace::{Header, Packing, Reader, Recorder};
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Two threads that store into a variable, as often as can be.
const RACE: &str = "
from threading import Thread
n = 0
def work():
    global n
    for _ in range(1_000_000_000):
        n += 1
a, b = Thread(target=work), Thread(target=work)
a.start(); b.start(); a.join(); b.join()
";

/// Threads, locks, a condition, a queue, output: what programs are made of.
const MIXED: &str = "
from threading import Thread, Lock, Condition
from queue import Queue
lock, turn, items, total = Lock(), Condition(), Queue(4), 0
def produce(k):
    for i in range(1_000_000):
        items.put((k, i))
def consume(k):
    global total
    while True:
        who, i = items.get()
        with lock:
            total += i
        if i % 50 == 0:
            print(f'{k} has {i} of {who}')
        with turn:
            turn.notify_all()
def wait():
    while True:
        with turn:
            turn.wait()
ts = [Thread(target=f, args=(k,)) for k, f in enumerate([produce, produce, consume, consume, consume, wait])]
for t in ts: t.start()
for t in ts: t.join()
";

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("bench.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("it does not compile: {:?}", compiled.diagnostics))
}

fn header(text: &str) -> Header {
    Header { target: "bench.py".into(), source_name: "bench.py".into(), source: text.into(), ..Header::default() }
}

/// Makes so many steps of the program; says how many events that were and how long it took.
fn simulate(text: &str, steps: u64, sink: &mut impl Sink) -> (u64, Duration) {
    let program = program(text);
    let begun = Instant::now();
    let mut world = World::new(program, Options::default(), sink);
    let mut scheduler = sched::build(SchedulerKind::Random, 1);
    let how = Drive { max_steps: Some(steps), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, sink).unwrap_or_else(|error| panic!("{error}"));
    (u64::from(world.seq().0), begun.elapsed())
}

fn millions_a_second(events: u64, took: Duration) -> f64 {
    u32::try_from(events).map_or(0.0, f64::from) / took.as_secs_f64() / 1e6
}

/// Hears everything and keeps nothing.
struct Deaf;

impl Sink for Deaf {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        black_box(&event);
    }
}

const ROUNDS: usize = 5;

/// The best of several rounds: others use the machine, too.
fn best(mut round: impl FnMut() -> (u64, Duration)) -> (u64, Duration) {
    (0..ROUNDS).map(|_| round()).min_by_key(|(_, took)| *took).unwrap_or_default()
}

fn recording(name: &str, text: &str, steps: u64, directory: &Path) {
    let (events, took) = best(|| simulate(text, steps, &mut NoSink));
    println!("{name}: the simulator alone {:.2} M events/s", millions_a_second(events, took));
    let (events, took) = best(|| simulate(text, steps, &mut Deaf));
    println!("  events built and dropped {:.2} M events/s", millions_a_second(events, took));
    for (file, packing) in [("run.jsonl", Packing::Plain), ("run.jsonl.gz", Packing::Gzip)] {
        let path = directory.join(format!("{name}-{file}"));
        let mut finished = Duration::MAX;
        let (events, took) = best(|| {
            let begun = Instant::now();
            let mut recorder = Recorder::create(&path, true, &header(text)).unwrap_or_else(|error| panic!("{error}"));
            let made = simulate(text, steps, &mut recorder);
            recorder.finish().unwrap_or_else(|error| panic!("{error}"));
            finished = finished.min(begun.elapsed());
            made
        });
        let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
        println!(
            "  recorded {packing:?}: {events} events, {:.2} M events/s, {:.2} with the rest of the file (bar: 2); {:.1} bytes an event{}",
            millions_a_second(events, took),
            millions_a_second(events, finished),
            bytes as f64 / events as f64,
            if packing == Packing::Gzip { " (bar: 20)" } else { "" },
        );
    }
}

fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn opening(name: &str, text: &str, steps: u64, directory: &Path) {
    for (file, packing) in [("open.jsonl", Packing::Plain), ("open.jsonl.gz", Packing::Gzip)] {
        let path = directory.join(format!("{name}-{file}"));
        let mut recorder = Recorder::create(&path, true, &header(text)).unwrap_or_else(|error| panic!("{error}"));
        simulate(text, steps, &mut recorder);
        recorder.finish().unwrap_or_else(|error| panic!("{error}"));
        let before = memory("VmRSS:");
        let mut kept = None;
        let (events, took) = best(|| {
            kept = None;
            let begun = Instant::now();
            let mut reader = Reader::open(&path).unwrap_or_else(|error| panic!("{error}"));
            let mut events = 0;
            while reader.next_record().is_some() {
                events += 1;
            }
            let read = begun.elapsed();
            let begun = Instant::now();
            let (recording, problems) = Recording::read(Reader::open(&path).unwrap_or_else(|error| panic!("{error}")));
            assert!(problems.is_empty(), "{problems:?}");
            let took = begun.elapsed();
            println!("    read {read:?} whole {took:?}");
            kept = Some(recording);
            (events, took)
        });
        let Some(mut recording) = kept else { return };
        let mut worst = Duration::ZERO;
        let last = recording.history.last_step().0;
        for n in 0..200u32 {
            let step = Step(u32::try_from(u64::from(n) * 7919 * u64::from(last) / 199 % u64::from(last)).unwrap_or(0));
            let begun = Instant::now();
            recording.history.seek(step);
            worst = worst.max(begun.elapsed());
        }
        println!(
            "{name} {packing:?}: {events} events open in {took:?} (bar: 1 s), any seek {worst:?} (bar: 30 ms), memory {} MB more than before, {} at its peak (bar: 500)",
            memory("VmRSS:").saturating_sub(before),
            memory("VmHWM:")
        );
    }
}

fn main() {
    let directory = tempfile::tempdir().unwrap_or_else(|error: io::Error| panic!("{error}"));
    for (name, text, steps) in [("race", RACE, 333_000), ("mixed", MIXED, 250_000)] {
        recording(name, text, steps, directory.path());
        opening(name, text, steps, directory.path());
    }
}
