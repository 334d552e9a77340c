//! How long it takes to get to any position of a long run, to draw its timeline, and how much memory its tape takes: on a
//! program watched through a session, and on tapes that are harder than any program.
//!
//! `cargo bench --bench time_travel` prints the figures beside their bars.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use lockstep::event::{
    Action, Choice, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, Text, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::lang::{Parameters, compile};
use lockstep::model::{History, ThreadView};
use lockstep::session::{self, Control, Pause, Start, Stop, Update};
use lockstep::source::Source;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const STEPS: u32 = 1_000_000;
const LOCK: ObjectId = ObjectId(0);
const VARIABLE: ObjectId = ObjectId(1);

/// What is measured, each in a process of its own: memory that one has given back is no part of the next.
const PARTS: [(&str, fn()); 5] = [
    ("session-2", || watched(2)),
    ("session-32", || watched(32)),
    ("unique", || report("tape: nothing repeats", &mut counter(STEPS))),
    ("contended", || report("tape: 32 threads, one lock", &mut contended(STEPS))),
    ("back", back),
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

/// One step back near the end of a long run.
fn back() {
    let mut history = contended(100_000);
    let back = median(200, |round| {
        history.seek(history.last_step());
        for _ in 0..round % 7 {
            history.back();
        }
        let start = Instant::now();
        history.back();
        start.elapsed()
    });
    println!("one step back near the end of 100,000 steps: {back:?} (bar 5 ms)");
}

/// Threads that add to a variable under a lock, for ever.
const PROGRAM: &str = "
import threading
THREADS = 2
lock = threading.Lock()
n = 0
def work():
    global n
    while True:
        with lock:
            n += 1
for _ in range(THREADS):
    threading.Thread(target=work).start()
";

/// Watches a program for a million steps, and has the session go back in it.
fn watched(threads: u32) {
    let parameters = Parameters(vec![("THREADS".to_owned(), threads.to_string())]);
    let compiled = compile(&Arc::new(Source::new("watched.py", PROGRAM)), &parameters);
    let Some(program) = compiled.program else { return println!("the program does not compile") };
    let start = Start { max_steps: STEPS, ..Start::new(program) };
    let began = Instant::now();
    let handle = session::spawn(start);
    let mut history = History::new();
    let until_idle = |history: &mut History| loop {
        match handle.updates.recv() {
            Ok(Update::Steps(batch)) => history.push(&batch.events, &batch.choices),
            Ok(Update::Truncated { to }) => history.truncate(to),
            Ok(Update::Idle { pause, .. }) => break pause,
            Ok(_) => {}
            Err(_) => break Pause::Stopped,
        }
    };
    until_idle(&mut history);
    let _ = handle.controls.send(Control::Until { from: Step(0), stop: Stop::End });
    let pause = until_idle(&mut history);
    println!("watched through a session, {pause:?}: {:?}", began.elapsed());
    report(&format!("session: {threads} threads, n += 1 under a lock"), &mut history);
    for from in [STEPS - 100, STEPS / 2, 1000] {
        let Some((from, other)) = fork(&mut history, from) else { continue };
        let began = Instant::now();
        let _ = handle.controls.send(Control::Choose { from: Step(from), choice: other });
        until_idle(&mut history);
        println!("  forked at step {from} ({} recorded): {:?}", history.last_step().0, began.elapsed());
    }
}

/// A step from this one on at which another thread could have run, and that thread's step.
fn fork(history: &mut History, from: u32) -> Option<(u32, Choice)> {
    (from..from + 90).find_map(|step| {
        history.seek(Step(step));
        let recorded = history.choice_after(Step(step))?;
        let ready = |thread: &&ThreadView| thread.state == ThreadState::Ready && thread.id != recorded.thread;
        history.model().threads.iter().find(ready).map(|thread| (step, Choice::go(thread.id)))
    })
}

/// Measures everything about one tape.
fn report(name: &str, history: &mut History) {
    println!("{name}: {} steps, {} events", history.last_step().0, history.event_count());
    println!("  resident with the tape: {} MB (bar 400 MB for the whole session)", resident_mb());
    let mut random = 1u64;
    let mut worst = Duration::ZERO;
    let seek = median(300, |_| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let to = Step(u32::try_from((random >> 33) % u64::from(STEPS)).unwrap_or(0));
        let start = Instant::now();
        history.seek(to);
        let took = start.elapsed();
        worst = worst.max(took);
        took
    });
    println!("  any position: median {seek:?}, worst {worst:?} (bar 50 ms)");
    history.seek(history.last_step());
    for window in [STEPS, STEPS / 10, 1000, 100] {
        let first = history.last_step().0 + 1 - window;
        let draw = median(50, |_| {
            let start = Instant::now();
            for thread in 0..32 {
                black_box(history.timeline().row(ThreadId(thread), Step(first)..Step(first + window), 160));
            }
            start.elapsed()
        });
        println!("  timeline, 32 rows of 160 columns over {window} steps: {draw:?} (bar 1 ms)");
    }
    let tail = median(50, |_| {
        let start = Instant::now();
        black_box(history.output().tail(50));
        start.elapsed()
    });
    println!("  last 50 lines of {} MB of output: {tail:?}", history.output().len() >> 20);
}

fn median(rounds: usize, mut measure: impl FnMut(usize) -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..rounds).map(&mut measure).collect();
    times.sort_unstable();
    times[rounds / 2]
}

/// What this process takes of the machine's memory, in megabytes; 0 where the system does not say.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// A tape being written, handed over in batches as a session does.
struct Writer {
    history: History,
    events: Vec<Event>,
    choices: Vec<Choice>,
    seq: u32,
    step: u32,
}

impl Writer {
    fn new(threads: u32) -> Writer {
        let mut writer = Writer { history: History::new(), events: Vec::new(), choices: Vec::new(), seq: 0, step: 0 };
        for id in (0..=threads).map(ThreadId) {
            let info = ThreadInfo { name: id.letter().into(), daemon: false, parent: None };
            writer.emit(id, EventKind::Thread(Arc::new(info)));
            writer.emit(id, EventKind::State(ThreadState::Ready));
        }
        let states = [
            (LOCK, ObjectKind::Lock, ObjectState::Lock { owner: None, depth: 0 }),
            (VARIABLE, ObjectKind::Variable, ObjectState::Data(Some(Text::Int(0)))),
        ];
        for (id, kind, state) in states {
            let info = ObjectInfo { id, kind, name: "thing".into(), line: 1, state };
            writer.emit(ThreadId::MAIN, EventKind::Object(Arc::new(info)));
        }
        writer
    }

    fn emit(&mut self, thread: ThreadId, kind: EventKind) {
        let at = Nanos(u64::from(self.step) * 10_000);
        let (seq, step) = (Seq(self.seq), Step(self.step));
        self.events.push(Event { seq, step, at, thread, line: 7 + thread.0 % 3, kind });
        self.seq += 1;
    }

    fn step(&mut self, thread: ThreadId, action: Action, outcome: Outcome, next: Action) {
        if self.events.len() > 4000 {
            self.hand_over();
        }
        self.step += 1;
        self.choices.push(Choice::go(thread));
        self.emit(thread, EventKind::Did { action, outcome });
        self.emit(thread, EventKind::Pending(next));
    }

    fn hand_over(&mut self) {
        self.history.push(&self.events, &self.choices);
        self.events.clear();
        self.choices.clear();
    }
}

/// Every step reads or stores another value: nothing on the tape repeats.
fn counter(steps: u32) -> History {
    let mut writer = Writer::new(2);
    let read = Action::Read { object: VARIABLE, key: None };
    for n in 0..i64::from(steps / 2) {
        let thread = ThreadId(1 + u32::try_from(n % 2).unwrap_or(0));
        let store = Action::Write { object: VARIABLE, key: None, value: Text::Int(n + 1) };
        writer.step(thread, read.clone(), Outcome::Value(Text::Int(n)), store.clone());
        writer.step(thread, store, Outcome::Done, read.clone());
    }
    writer.hand_over();
    writer.history
}

/// Everybody wants the same lock: each time it is taken or given, everybody else's state changes. Whoever has it prints
/// a line of a hundred characters.
fn contended(steps: u32) -> History {
    let mut writer = Writer::new(32);
    let acquire = Action::Acquire { object: LOCK, blocking: true, timeout: None };
    let release = Action::Release { object: LOCK, count: 1 };
    for round in 0..steps / 3 {
        let thread = ThreadId(1 + round % 32);
        let others = (1..=32).map(ThreadId).filter(move |other| *other != thread);
        let print = Action::Print { text: Text::from(format!("{round:>99}\n")) };
        writer.step(thread, acquire.clone(), Outcome::Done, print.clone());
        others.clone().for_each(|other| writer.emit(other, EventKind::State(ThreadState::Blocked { on: LOCK })));
        writer.step(thread, print, Outcome::Done, release.clone());
        writer.step(thread, release.clone(), Outcome::Done, acquire.clone());
        others.for_each(|other| writer.emit(other, EventKind::State(ThreadState::Ready)));
    }
    writer.hand_over();
    writer.history
}
