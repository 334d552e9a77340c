//! `lockstep list`, from the start of the process to its end: under 30 ms.
//!
//! `cargo bench --bench list`

#![allow(clippy::print_stdout)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 50;
const BAR: Duration = Duration::from_millis(30);

fn main() {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| time_one()).collect();
    times.sort_unstable();
    let (median, worst) = (times[RUNS / 2], times[RUNS - 1]);
    println!("lockstep list: median {median:.1?}, worst of {RUNS} {worst:.1?} (bar: {BAR:.0?})");
    assert!(median < BAR, "the median is above the bar");
}

fn time_one() -> Duration {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_lockstep")).arg("list").stdout(Stdio::null()).status();
    let time = start.elapsed();
    assert!(status.is_ok_and(|status| status.success()), "lockstep list failed");
    time
}
