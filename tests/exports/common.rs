//! Runs to be exported.

use lockstep::event::{Choice, Decision, End, Event, Limit, Schedule, Sink};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{self, Parameters};
use lockstep::model::Recording;
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::{self, Replay, SchedulerKind};
use lockstep::source::Source;
use lockstep::trace::Header;
use std::sync::Arc;
use std::time::Duration;

/// Keeps what a recording is made of.
#[derive(Default)]
pub(crate) struct Tape {
    pub(crate) events: Vec<Event>,
    pub(crate) choices: Vec<Choice>,
}

impl Sink for Tape {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    fn decided(&mut self, decision: &Decision) {
        if let Decision::Choice(choice) = decision {
            self.choices.push(*choice);
        }
    }
}

/// A run of a scenario's variant in the simulator.
pub(crate) fn scenario(target: &str, seed: u64) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    simulated(&target.name(), &target.source(), seed, None)
}

/// The same, by other rules.
pub(crate) fn with_options(target: &str, seed: u64, change: impl FnOnce(&mut Options)) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    let mut options = Options { seed, ..Options::default() };
    change(&mut options);
    simulated_by(&target.name(), &target.source(), options, None)
}

/// The same, by a schedule.
pub(crate) fn scheduled(target: &str, schedule: &str) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    simulated(&target.name(), &target.source(), 1, Some(&schedule.parse().unwrap()))
}

/// A run of this program in the simulator.
pub(crate) fn program(text: &str, seed: u64) -> Recording {
    simulated("program.py", &Source::new("program.py", text), seed, None)
}

/// The same, by a schedule.
pub(crate) fn by_schedule(text: &str, schedule: &str) -> Recording {
    simulated("program.py", &Source::new("program.py", text), 1, Some(&schedule.parse().unwrap()))
}

fn simulated(target: &str, source: &Source, seed: u64, schedule: Option<&Schedule>) -> Recording {
    simulated_by(target, source, Options { seed, ..Options::default() }, schedule)
}

fn simulated_by(target: &str, source: &Source, options: Options, schedule: Option<&Schedule>) -> Recording {
    let seed = options.seed;
    let source = Arc::new(Source::new(Arc::clone(&source.name), Arc::clone(&source.text)));
    let program = lang::compile(&source, &Parameters::default()).program.unwrap();
    let mut tape = Tape::default();
    let mut world = World::new(program, options.clone(), &mut tape);
    let mut scheduler = sched::build(SchedulerKind::Random, seed);
    if let Some(schedule) = schedule {
        scheduler = Box::new(Replay::new(schedule, scheduler));
    }
    let how = Drive { max_steps: Some(200_000), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, &mut tape).unwrap();
    let header = Header {
        target: target.into(),
        source_name: Arc::clone(&source.name),
        source: Arc::clone(&source.text),
        seed,
        schedule: schedule.cloned(),
        options,
        ..Header::default()
    };
    Recording::of(header, &tape.events, &tape.choices)
}

/// A run of a scenario's variant on real threads.
pub(crate) fn live(target: &str, options: LiveOptions) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    let source = Arc::new(target.source());
    let program = lang::compile(&source, &Parameters::default()).program.unwrap();
    let mut live = Live::start(program, Options::default(), &options).unwrap();
    let mut tape = Tape::default();
    loop {
        live.drain(&mut tape);
        match live.status() {
            LiveStatus::Ended(_) => break,
            LiveStatus::AwaitingInput { .. } => live.give_input(None),
            LiveStatus::Running if live.steps() > 100_000 => live.cut_off(Limit::Steps(live.steps())),
            LiveStatus::Running => live.wait(Duration::from_millis(10)),
        }
    }
    live.stop();
    let header = Header {
        target: target.name().into(),
        source_name: Arc::clone(&source.name),
        source: Arc::clone(&source.text),
        live: Some(options),
        ..Header::default()
    };
    Recording::of(header, &tape.events, &tape.choices)
}

/// A program that would like to do harm wherever it is shown.
pub(crate) const HOSTILE: &str = r#"
import threading

lock = threading.Lock()
locks = {"</script><script>alert(1)</script>": threading.Lock(), "=cmd|'/c calc'!A1": threading.Lock()}
n = 0

def work(text):
    global n
    for key in locks:
        with locks[key]:
            n = text
    with lock:
        print(text)
        print("\x1b[2J\x1b]0;owned\x07\r\n\u202eevil\u2066", end="")
    raise ValueError("</script> \" ' ; # %% \n end \\ ]]> <!-- --> ${x} {{x}} \x00 \u2028")

names = [
    "\"};alert(1);//",
    "</title><img src=x onerror=alert(1)>",
    "=1+1",
    "a\nend\nparticipant X",
    "\\\\\"]; evil [label=\"x",
    "\u202e\x1b[31m#quot;;&amp;",
]
threads = [threading.Thread(target=work, args=(name,), name=name) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"#;

/// Two threads take two locks in opposite order and wait for each other.
pub(crate) fn deadlock() -> Recording {
    let mut seeds = (1..100).map(|seed| scenario("deadlock/opposite", seed));
    seeds.find(|run| run.history.model().ended == Some(End::Deadlock)).unwrap()
}

/// A counter that loses an update.
pub(crate) fn race() -> Recording {
    scenario("counter/race", 1)
}

/// A buffer with a condition that works.
pub(crate) fn condition() -> Recording {
    scenario("condition/correct", 1)
}

/// A car park with a semaphore.
pub(crate) fn semaphore() -> Recording {
    scenario("parking/semaphore", 1)
}

/// A run of every variant of every scenario, and some programs.
pub(crate) fn all() -> Vec<Recording> {
    let catalogue = Catalogue::embedded();
    let variants = catalogue
        .scenarios()
        .iter()
        .flat_map(|it| it.variants.iter().map(|variant| format!("{}/{}", it.id, variant.id)));
    let mut runs: Vec<_> = variants.map(|target| scenario(&target, 1)).collect();
    runs.extend([deadlock(), program(HOSTILE, 1)]);
    runs
}

/// Four threads that take turns with a lock, ROUNDS times each.
pub(crate) const COUNTER: &str = "
from threading import Thread, Lock
n = 0
lock = Lock()
def work():
    global n
    for _ in range(ROUNDS):
        with lock:
            n += 1
threads = [Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";
