//! What the primitives of `sync` cost beside `parking_lot`'s.
//!
//! `cargo bench --bench sync`
//!
//! | what | bar |
//! |---|---|
//! | uncontended lock and unlock, not recorded | 1.3 times `parking_lot` |
//! | the same, recorded | 50 ns in all |
//! | two threads at one lock, recorded | 3 times `parking_lot` |
//!
//! The last one says something only on a machine with two idle processors: else one thread has the lock for itself.

#![allow(clippy::print_stdout)]

use lockstep::event::EventKind;
use lockstep::sync::{Collector, Mutex, Probe};
use std::hint::spin_loop;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Pairs in a burst: as many as fit into the rings while nobody looks.
const BURST: u32 = 20_000;
const BURSTS: u32 = 60;
const POLL: Duration = Duration::from_millis(1);

fn main() {
    let raw = parking_lot::Mutex::new(0u64);
    let ours = Mutex::new(0u64);
    let (plain, unrecorded) = alternating(|| *raw.lock() += 1, || *ours.lock() += 1);
    println!("uncontended, parking_lot: {plain:.1} ns");
    println!("uncontended, not recorded: {unrecorded:.1} ns, {:.2} times (bar: 1.3)", unrecorded / plain);

    let recorded = recorded(&ours);
    println!("uncontended, recorded: {recorded:.1} ns (bar: 50)");

    let (plain, recorded) = contended(2, &|| *raw.lock() += 1, &|| *ours.lock() += 1);
    println!("two threads, parking_lot: {plain:.1} ns for each operation of either");
    println!("two threads, recorded: {recorded:.1} ns, {:.2} times (bar: 3)", recorded / plain);
}

/// Nanoseconds of each, the best of many bursts in turn.
fn alternating(one: impl Fn(), other: impl Fn()) -> (f64, f64) {
    let mut best = (f64::MAX, f64::MAX);
    for _ in 0..BURSTS {
        best = (best.0.min(burst(&one)), best.1.min(burst(&other)));
    }
    best
}

fn burst(act: &impl Fn()) -> f64 {
    let start = Instant::now();
    for _ in 0..BURST {
        act();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(BURST)
}

/// The median burst of a recorded thread, while another one collects.
fn recorded(mutex: &Mutex<u64>) -> f64 {
    let (probe, collector) = Probe::new();
    let done = AtomicBool::new(false);
    let mut times = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| collect(collector, &done));
        let _here = probe.attach();
        for _ in 0..BURSTS {
            times.push(burst(&|| *mutex.lock() += 1));
            // The next burst finds empty rings, as in a program that does something else, too.
            while probe.backlog() > 0 {
                thread::sleep(POLL);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    median(times)
}

fn collect(mut collector: Collector, done: &AtomicBool) {
    let (mut records, mut count, mut blocked) = (Vec::new(), 0, 0);
    while !done.load(Ordering::Relaxed) {
        thread::sleep(POLL);
        count += collector.drain(&mut records);
        blocked += records.iter().filter(|record| matches!(record.kind, EventKind::Pending(_))).count();
        records.clear();
    }
    println!("  {count} records, {} lost; {blocked} times somebody had to wait", collector.lost());
}

/// Nanoseconds for each operation of all threads together, of each in turn; the median bursts.
fn contended(threads: u32, one: &(impl Fn() + Sync), other: &(impl Fn() + Sync)) -> (f64, f64) {
    let (probe, collector) = Probe::new();
    let (done, met) = (AtomicBool::new(false), AtomicU32::new(0));
    let spans: Vec<Vec<Span>> = thread::scope(|scope| {
        scope.spawn(|| collect(collector, &done));
        let work = || {
            let _here = probe.attach();
            let bursts = (1..=BURSTS).flat_map(|burst| {
                let plain = span(&met, threads * (2 * burst - 1), one);
                let recorded = span(&met, threads * 2 * burst, other);
                while probe.backlog() > 0 {
                    thread::sleep(POLL);
                }
                [plain, recorded]
            });
            bursts.collect()
        };
        let working: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let spans = working.into_iter().filter_map(|thread| thread.join().ok()).collect();
        done.store(true, Ordering::Relaxed);
        spans
    });
    let whole = |burst: usize| {
        let begin = spans.iter().map(|spans| spans[burst].0).min();
        let end = spans.iter().map(|spans| spans[burst].1).max();
        let time = begin.zip(end).map_or(Duration::ZERO, |(begin, end)| end - begin);
        time.as_secs_f64() * 1e9 / f64::from(BURST * threads)
    };
    let bursts = 2 * BURSTS as usize;
    (median((0..bursts).step_by(2).map(whole).collect()), median((1..bursts).step_by(2).map(whole).collect()))
}

/// When a burst began and ended.
type Span = (Instant, Instant);

/// One burst, begun when so many have met.
fn span(met: &AtomicU32, all: u32, act: &impl Fn()) -> Span {
    met.fetch_add(1, Ordering::AcqRel);
    // Spinning, so that all have a processor when they begin.
    while met.load(Ordering::Acquire) < all {
        spin_loop();
    }
    let start = Instant::now();
    (0..BURST).for_each(|_| act());
    (start, Instant::now())
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}
