//! Real threads: how long 500 of them take to start, to block, and to be stopped; how fast the live world runs; and whether the
//! interface keeps up with a million events a second.
//!
//! `cargo bench --bench live` prints the figures beside their bars.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use lockstep::event::{Event, EventKind, NoSink, Sink, ThreadState};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::scenario::{Catalogue, Target};
use lockstep::session::{self, Start, Update};
use lockstep::source::Source;
use lockstep::tui::loader::{Loaded, Request};
use lockstep::tui::{App, Msg, render, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
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

/// As many steps as a run on the stage may have.
const STEPS: u32 = 1_000_000;
/// Between two pictures, and how long messages are taken in before the next one: as in the interface.
const FRAME: Duration = Duration::from_millis(33);
const INTAKE: Duration = Duration::from_millis(12);

/// The stage with four real threads that do nothing but store into a variable, as fast as they can.
fn interface() {
    let text = RACE
        .replace("a, b = Thread(target=work), Thread(target=work)\na.start(); b.start(); a.join(); b.join()", CROWD);
    let (mut app, start) = stage(&text);
    let session = session::spawn(start);
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap_or_else(|error| panic!("{error}"));
    let (begun, mut drawn, mut gaps) = (Instant::now(), Instant::now(), Vec::new());
    loop {
        if app.take_changed() {
            let picture = terminal.draw(|frame| render(frame, frame.area(), &app));
            picture.unwrap_or_else(|error| panic!("{error}"));
            gaps.push(drawn.elapsed());
            drawn = Instant::now();
        }
        let Ok(first) = session.updates.recv_timeout(FRAME) else { break };
        let mut over = take(&mut app, first);
        let end = Instant::now() + INTAKE;
        while let (true, Ok(next)) = (Instant::now() < end, session.updates.try_recv()) {
            over |= take(&mut app, next);
        }
        if over {
            break;
        }
    }
    report(&app, begun.elapsed(), gaps);
}

const CROWD: &str = "threads = [Thread(target=work) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()";

/// An app that has opened the program, and the start of its session.
fn stage(text: &str) -> (App, Start) {
    let program = program(text);
    let target =
        Target::resolve("philosophers/naive", &Catalogue::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let live = Some(LiveOptions::default());
    let start = Start { live, max_steps: STEPS, ..Start::new(program) };
    let request = Request { target: "philosophers/naive".to_owned(), parameters: Vec::new() };
    let source = Arc::new(Source::new("bench.py", text));
    let loaded = Loaded {
        request,
        target,
        path: None,
        source,
        tokens: Vec::new(),
        parameters: Vec::new(),
        start: start.clone(),
        at: None,
    };
    let mut app = App::new((200, 60));
    update(&mut app, Msg::Opened(Box::new(loaded)));
    (app, start)
}

/// Whether the run is over.
fn take(app: &mut App, said: Update) -> bool {
    let over = matches!(said, Update::Idle { pause: session::Pause::Ended(_), .. });
    update(app, Msg::Update(said));
    over
}

fn report(app: &App, took: Duration, mut gaps: Vec<Duration>) {
    let Some(history) = app.stage.as_ref().map(lockstep::tui::screens::stage::Stage::history) else { return };
    let events = history.event_count();
    let last = history.events(events - 1..events).next().map_or(0, |event| event.seq.0 as usize + 1);
    gaps.sort();
    let per_second = u32::try_from(events).map_or(0.0, f64::from) / took.as_secs_f64();
    println!(
        "the stage at full speed: {events} events of {last} in {took:?}, {:.2} M events a second (bar: 1 M, nothing lost)",
        per_second / 1e6
    );
    let worst = gaps.last().copied().unwrap_or_default();
    println!(
        "  {} pictures, {:?} apart in the median, {worst:?} at worst (bar: 33 ms)",
        gaps.len(),
        gaps[gaps.len() / 2]
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    println!("  memory at its peak, everything recorded: {}", peak.trim_start_matches("VmHWM:").trim());
}

fn main() {
    blocked();
    speed();
    interface();
}
