//! Programs that run for real.

use super::*;
use crate::event::{End, Event};
use crate::kernel::Options;
use crate::lang::{self, Parameters};
use crate::source::Source;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn start(text: &str, live: LiveOptions) -> Live {
    let source = Arc::new(Source::new("test.py", text));
    let compiled = lang::compile(&source, &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    Live::start(program, Options::default(), &live).expect("a thread can be started")
}

/// Drains until the run has ended.
fn end_of(live: &mut Live, tape: &mut Vec<Event>) -> End {
    let came = Instant::now();
    loop {
        live.drain(tape);
        if let LiveStatus::Ended(end) = live.status() {
            return end;
        }
        assert!(came.elapsed() < Duration::from_secs(60), "no end: {:#?}", live.threads());
        live.wait(Duration::from_millis(10));
    }
}

fn run(text: &str) -> (End, String, Vec<Event>) {
    let mut live = start(text, LiveOptions::default());
    let mut tape = Vec::new();
    let end = end_of(&mut live, &mut tape);
    live.stop();
    assert_eq!(live.panics(), Vec::<Arc<str>>::new());
    (end, live.output().to_string(), tape)
}

const COUNTER: &str = "\
import threading

n = 0
lock = threading.Lock()

def work():
    global n
    for _ in range(100):
        with lock:
            n += 1

threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";

#[test]
fn a_guarded_counter_counts() {
    let (end, output, _) = run(COUNTER);
    assert_eq!((end, output.as_str()), (End::Finished, "400\n"));
}
