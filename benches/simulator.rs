//! What a step costs: the simulator against `python3` on the same program, in the same run.
//!
//! `cargo bench --bench simulator` prints the figures beside their bars and fails when one is missed.

#![expect(clippy::print_stdout, reason = "the figures are its output")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use lockstep::event::{End, NoSink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Every access to `g` is a scheduling point: four million of them.
const GLOBAL: &str = "\
import threading

g = 0

def work():
    global g
    for _ in range(1000000):
        g += 1

a = threading.Thread(target=work)
b = threading.Thread(target=work)
a.start()
b.start()
a.join()
b.join()
";

/// Nothing that anybody else can see.
const LOCAL: &str = "\
def count():
    i = 0
    while i < 10000000:
        i += 1

count()
";

const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let mut missed = 0;
    let mut bar = |name: &str, value: f64, most: f64, unit: &str| {
        let good = value <= most;
        missed += u8::from(!good);
        println!("  {name}: {value:.2}{unit} (bar {most}{unit}){}", if good { "" } else { " MISSED" });
    };

    println!("two threads, each 1,000,000 times g += 1");
    let python = python(GLOBAL);
    for kind in [SchedulerKind::Random, SchedulerKind::ROUND_ROBIN] {
        let (time, steps) = lockstep(GLOBAL, kind);
        let per_second = steps as f64 / time.as_secs_f64();
        println!("  {kind}: {time:.2?}, {steps} steps, {:.2} million steps per second", per_second / 1e6);
        bar("nanoseconds per step", 1e9 / per_second, 200.0, "");
        if let Some(python) = python {
            bar("times python3's", time.as_secs_f64() / python.as_secs_f64(), 15.0, "");
        }
    }
    bar("largest memory", peak_mb(), 200.0, " MB");

    println!("i += 1 on a local, 10,000,000 times");
    let (time, _) = lockstep(LOCAL, SchedulerKind::Random);
    println!("  {time:.2?}");
    if let Some(python) = self::python(LOCAL) {
        bar("times python3's", time.as_secs_f64() / python.as_secs_f64(), 1.5, "");
    }
    ExitCode::from(missed)
}

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("bench.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics))
}

/// The fastest of some rounds, and the number of steps.
fn lockstep(text: &str, kind: SchedulerKind) -> (Duration, u64) {
    let program = program(text);
    let mut best = (Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut world = World::new(Arc::clone(&program), Options::default(), &mut NoSink);
        let end = drive(&mut world, build(kind, 1).as_mut(), Drive::default(), &mut NoSink);
        best = best.min((start.elapsed(), world.steps()));
        assert_eq!(end, Ok(End::Finished));
    }
    best
}

/// The fastest of some rounds; `None` without a `python3`.
fn python(text: &str) -> Option<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let status = Command::new("python3").args(["-c", text]).stdout(Stdio::null()).status().ok()?;
        best = best.min(start.elapsed());
        assert!(status.success());
    }
    println!("  python3: {best:.2?}");
    Some(best)
}

/// The largest resident memory so far.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
