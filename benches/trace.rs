//! Traces: how fast a run is recorded, how fast a recording opens, how large it is; and what the worst ones cost.
//!
//! `cargo bench --bench trace` prints the figures beside their bars.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use lockstep::event::{
    Action, Event, EventKind, NoSink, ObjectInfo, ObjectKind, ObjectState, Outcome, Sink, Text, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::Recording;
use lockstep::sched::{self, SchedulerKind};
use lockstep::source::Source;
use lockstep::trace::{Header, Packing, Reader, Record, Recorder, Writer};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is measured, each in a process of its own: memory that one has given back is no part of the next.
const PARTS: [(&str, fn()); 11] = [
    ("record-race", || record(RACE)),
    ("record-mixed", || record(MIXED)),
    ("delay", delay),
    ("open-race", || open(RACE, 500_000)),
    ("open-mixed", || open(MIXED, 355_000)),
    ("worst-facts", || worst("nothing repeats", |n| read(n, &format!("value number {n}")))),
    ("worst-items", || worst("a queue that only grows", |_| put())),
    ("worst-fields", || worst("elements without number", |n| read(n, "x"))),
    ("worst-locks", || worst("everybody takes every lock", acquire)),
    ("worst-objects", || worst("objects without number", declare)),
    ("worst-chains", || worst("threads that wait for each other in a row", wait)),
];

fn main() {
    let named = |argument: String| PARTS.iter().find(|(name, _)| *name == argument);
    if let Some((_, part)) = std::env::args().find_map(named) {
        return part();
    }
    let Ok(program) = std::env::current_exe() else { return println!("this program cannot be found") };
    for (name, _) in PARTS {
        if let Err(error) = std::process::Command::new(&program).arg(name).status() {
            println!("{name}: {error}");
        }
    }
}

/// Two threads that store into a variable, as often as can be: nearly every event has a value that was never there.
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

/// Locks, a condition, a queue, output: what programs are made of.
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

// ---- recording ----

fn header(text: &str) -> Header {
    Header { target: "bench.py".into(), source_name: "bench.py".into(), source: text.into(), ..Header::default() }
}

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("bench.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("it does not compile: {:?}", compiled.diagnostics))
}

/// Makes so many steps of the program; says how many events that were.
fn simulate(text: &str, steps: u64, sink: &mut impl Sink) -> u64 {
    let mut world = World::new(program(text), Options::default(), sink);
    let mut scheduler = sched::build(SchedulerKind::Random, 1);
    let how = Drive { max_steps: Some(steps), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, sink).unwrap_or_else(|error| panic!("{error}"));
    world.seq().0.into()
}

/// Hears everything and keeps nothing.
struct Deaf;

impl Sink for Deaf {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        black_box(&event);
    }
}

/// The best of several rounds, in millions a second, and how much processor time an event took, in nanoseconds: others
/// use the machine, too.
fn speed(mut round: impl FnMut() -> u64) -> (f64, f64) {
    let speed = |_| {
        let (begun, before) = (Instant::now(), processor_secs());
        let events = float(round());
        (events / begun.elapsed().as_secs_f64() / 1e6, (processor_secs() - before) / events * 1e9)
    };
    (0..7).map(speed).fold((0.0, f64::MAX), |best, this| (best.0.max(this.0), best.1.min(this.1)))
}

/// What all threads of this process have used of the processors; Linux counts hundredths of a second.
fn processor_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let numbers = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    numbers.filter_map(|number| number.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn float(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::NAN, f64::from)
}

fn recorder(path: &Path, text: &str) -> Recorder {
    Recorder::create(path, true, &header(text)).unwrap_or_else(|error| panic!("{error}"))
}

fn record(text: &str) {
    const STEPS: u64 = 500_000;
    let alone = speed(|| simulate(text, STEPS, &mut NoSink));
    let built = speed(|| simulate(text, STEPS, &mut Deaf));
    println!(
        "the simulator alone: {:.1} M events/s, {:.0} ns each; with its events built, {:.1} M, {:.0} ns",
        alone.0, alone.1, built.0, built.1
    );
    let directory = directory();
    for (name, packing) in [("run.jsonl", Packing::Plain), ("run.jsonl.gz", Packing::Gzip)] {
        let path = directory.join(name);
        let mut count = 0;
        let (speed, nanos) = speed(|| {
            let mut recorder = recorder(&path, text);
            count = simulate(text, STEPS, &mut recorder);
            recorder.finish().unwrap_or_else(|error| panic!("{error}"))
        });
        let bytes = float(std::fs::metadata(&path).map_or(0, |file| file.len())) / float(count);
        let bar = if packing == Packing::Gzip { " (bar: 20)" } else { "" };
        println!(
            "  recorded ({packing:?}): {speed:.2} M events/s to the end of the file (bar: 2), {nanos:.0} ns each on all processors; {bytes:.1} bytes an event{bar}"
        );
    }
    clean(&directory);
}

/// How long what happened is not in the file yet, while everybody is busy.
fn delay() {
    let directory = directory();
    let path = directory.join("run.jsonl");
    let over = std::sync::atomic::AtomicBool::new(false);
    let busy = || {
        while !over.load(std::sync::atomic::Ordering::Relaxed) {
            std::hint::spin_loop();
        }
    };
    let mut worst = Duration::ZERO;
    std::thread::scope(|scope| {
        for _ in 0..2 * std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(busy);
        }
        let mut recorder = recorder(&path, RACE);
        for number in 0..50 {
            recorder.emit(event(number, 0, 0, EventKind::Renamed { name: "x".into() }));
            let (begun, wanted) = (Instant::now(), format!("\"seq\":{number},"));
            while !std::fs::read_to_string(&path).unwrap_or_default().contains(&wanted) {
                std::thread::sleep(Duration::from_millis(1));
            }
            worst = worst.max(begun.elapsed());
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    println!(
        "an event is in the file after {worst:?} at worst, all processors twice as busy as they can be (bar: 200 ms)"
    );
    clean(&directory);
}

// ---- opening ----

fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn read_all(path: &Path) -> (Recording, Vec<lockstep::trace::Problem>) {
    Recording::read(Reader::open(path).unwrap_or_else(|error| panic!("{error}")))
}

fn open(text: &str, steps: u64) {
    let directory = directory();
    for name in ["run.jsonl", "run.jsonl.gz"] {
        let path = directory.join(name);
        let mut recorder = recorder(&path, text);
        let count = simulate(text, steps, &mut recorder);
        recorder.finish().unwrap_or_else(|error| panic!("{error}"));
        let (records, nanos) = speed(|| {
            let mut reader = Reader::open(&path).unwrap_or_else(|error| panic!("{error}"));
            std::iter::from_fn(|| reader.next_record()).count() as u64
        });
        let (mut took, mut busy) = (Duration::MAX, f64::MAX);
        for _ in 0..7 {
            let (begun, before) = (Instant::now(), processor_secs());
            let (recording, problems) = read_all(&path);
            took = took.min(begun.elapsed());
            busy = busy.min(processor_secs() - before);
            assert!(problems.is_empty() && recording.complete, "{problems:?}");
        }
        let (mut recording, _) = read_all(&path);
        let seek = worst_seek(&mut recording);
        println!(
            "{name}: {count} events open in {took:?} (bar: 1 s for 1 M), {busy:.2} s of processor time; {records:.1} M records/s, {nanos:.0} ns each; any seek {seek:?} (bar: 30 ms), memory {} MB, {} at its peak (bar: 500)",
            memory("VmRSS:"),
            memory("VmHWM:")
        );
    }
    clean(&directory);
}

fn worst_seek(recording: &mut Recording) -> Duration {
    let last = recording.history.last_step().0.max(1);
    let seek = |number: u32| {
        let step = Step(number.wrapping_mul(2_654_435_761) % last);
        let begun = Instant::now();
        recording.history.seek(step);
        begun.elapsed()
    };
    (0..300).map(seek).max().unwrap_or_default()
}

// ---- the worst ----

fn event(seq: u32, step: u32, thread: u32, kind: EventKind) -> Event {
    Event { seq: Seq(seq), step: Step(step), at: Nanos(seq.into()), thread: ThreadId(thread), line: 1, kind }
}

/// Threads and objects that the worst traces begin with.
const THREADS: u32 = 20_000;
const LOCKS: u32 = 10_000;

/// A trace of as many events as may be, and more. Each makes a step.
fn worst(what: &str, kind: impl Fn(u32) -> (u32, EventKind)) {
    let directory = directory();
    let path = directory.join("run.jsonl");
    let file = std::fs::File::create(&path).unwrap_or_else(|error| panic!("{error}"));
    let mut writer = Writer::new(file, &header(RACE));
    let mut seq = 0;
    for number in 0..THREADS {
        let parent = (number > 0).then_some(ThreadId(0));
        let info = ThreadInfo { name: "x".into(), daemon: false, parent };
        writer.emit(event(seq, 0, number, EventKind::Thread(Arc::new(info))));
        writer.emit(event(seq + 1, 0, number, EventKind::State(ThreadState::Ready)));
        seq += 2;
    }
    for number in 0..LOCKS {
        let (kind, state) = match number {
            0 => (
                ObjectKind::Queue,
                ObjectState::Queue { items: Arc::default(), capacity: None, unfinished: 0, closed: false },
            ),
            _ => (ObjectKind::Lock, ObjectState::Lock { owner: None, depth: 0 }),
        };
        let info = ObjectInfo { id: ObjectId(number), kind, name: "x".into(), line: 1, state };
        writer.emit(event(seq, 0, 0, EventKind::Object(Arc::new(info))));
        seq += 1;
    }
    for number in 0..21_000_000 {
        let (thread, kind) = kind(number);
        let choice = Some(lockstep::event::Choice::go(ThreadId(thread)));
        writer.record(&Record::Event { event: event(seq + number, 1 + number, thread, kind), choice });
    }
    writer.finish().unwrap_or_else(|error| panic!("{error}"));
    let begun = Instant::now();
    let (recording, problems) = read_all(&path);
    let took = begun.elapsed();
    let said = problems.last().map_or_else(|| "it was all read".to_owned(), ToString::to_string);
    println!(
        "{what}: {said}; {} events in {took:?}, {} MB at its peak",
        recording.history.event_count(),
        memory("VmHWM:")
    );
    clean(&directory);
}

fn did(action: Action, outcome: Outcome) -> EventKind {
    EventKind::Did { action, outcome }
}

fn read(number: u32, value: &str) -> (u32, EventKind) {
    let (object, key) = (ObjectId(1 + number % (LOCKS - 1)), Some(Text::Int(number.into())));
    (number % 1000, did(Action::Read { object, key }, Outcome::Value(value.into())))
}

fn put() -> (u32, EventKind) {
    let put = Action::Put { object: ObjectId(0), item: Text::Int(1), blocking: true, timeout: None };
    (0, did(put, Outcome::Done))
}

fn acquire(number: u32) -> (u32, EventKind) {
    let object = ObjectId(1 + number % (LOCKS - 1));
    (number % 19_997, did(Action::Acquire { object, blocking: true, timeout: None }, Outcome::Done))
}

fn declare(number: u32) -> (u32, EventKind) {
    let state = ObjectState::Data(None);
    let info =
        ObjectInfo { id: ObjectId(LOCKS + number), kind: ObjectKind::Variable, name: "x".into(), line: 1, state };
    (0, EventKind::Object(Arc::new(info)))
}

/// Each thread joins the next, the last ones first; then the last one joins again and again, and so the chain is gone
/// along again and again.
fn wait(number: u32) -> (u32, EventKind) {
    if number < THREADS - 1 {
        let thread = THREADS - 2 - number;
        return (thread, EventKind::State(ThreadState::Joining { thread: ThreadId(thread + 1) }));
    }
    let state =
        if number.is_multiple_of(2) { ThreadState::Ready } else { ThreadState::Joining { thread: ThreadId(1) } };
    (0, EventKind::State(state))
}

// ---- files ----

fn directory() -> PathBuf {
    let path = std::env::temp_dir().join(format!("lockstep-bench-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap_or_else(|error| panic!("{error}"));
    path
}

fn clean(directory: &Path) {
    std::fs::remove_dir_all(directory).unwrap_or_else(|error| panic!("{error}"));
}
