//! Programs that want too much on real threads: every one of them ends, in bounded memory, with nothing missing from its
//! tape and nobody left behind.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

use lockstep::event::{Action, End, Event, EventKind, Limit, Sink};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::source::Source;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What was told of a run.
#[derive(Default)]
struct Told {
    events: u32,
    /// How many bytes of printed text the events keep.
    text_bytes: usize,
    /// The length of the longest name.
    name_bytes: usize,
}

impl Sink for Told {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        assert_eq!(event.seq.0, self.events, "an event is missing");
        self.events += 1;
        self.text_bytes += match &event.kind {
            EventKind::Did { action: Action::Print { text } | Action::Input { prompt: text }, .. }
            | EventKind::Pending(Action::Print { text } | Action::Input { prompt: text }) => text.to_string().len(),
            EventKind::Traceback(text) => text.len(),
            _ => 0,
        };
        let name = match &event.kind {
            EventKind::Thread(info) => &info.name,
            EventKind::Renamed { name } | EventKind::Named { name, .. } => name,
            _ => return,
        };
        self.name_bytes = self.name_bytes.max(name.len());
    }
}

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

/// Small limits.
fn options() -> Options {
    Options {
        memory_limit: 32 << 20,
        spin_limit: 2_000_000,
        output_limit: 100_000,
        max_threads: 40,
        max_started: 120,
        ..Options::default()
    }
}

/// Runs a program to its end; input has ended before it began.
fn run(text: &str) -> (End, String, Told) {
    let mut live = Live::start(program(text), options(), &LiveOptions::default()).unwrap();
    live.give_input(None);
    let mut told = Told::default();
    let begun = Instant::now();
    let end = loop {
        if !live.drain(&mut told) {
            live.wait(Duration::from_millis(20));
        }
        if let LiveStatus::Ended(end) = live.status() {
            break end;
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "it does not end: {text}");
    };
    live.stop();
    assert!(live.panics().is_empty() && live.lost() == 0, "{text}: {:?}", live.panics());
    assert_eq!(live.stop().threads, 0, "somebody is left: {text}");
    (end, live.output().to_string(), told)
}

/// The program ends by itself, having printed this, its lines in any order.
#[track_caller]
fn prints(text: &str, expected: &[&str]) {
    let (end, output, _) = run(text);
    let mut lines: Vec<&str> = output.lines().collect();
    lines.sort_unstable();
    assert_eq!((end, &lines[..]), (End::Finished, expected), "{text}");
}

#[test]
fn events_keep_no_more_text_than_the_output() {
    let (end, _, told) = run("text = 'x' * 10000\nfor i in range(200):\n    print(text)\n    try:\n        \
                              input(text)\n    except EOFError:\n        pass\nraise ValueError(text)\n");
    assert_eq!(end, End::Finished);
    assert!(told.text_bytes < 100_000 + 2 * 10_000 + 800 * 210, "{} bytes", told.text_bytes);
}

#[test]
fn names_are_told_at_a_readable_length() {
    let text = "from threading import Thread, current_thread\ndef work():\n    current_thread().name += 'y'\n    \
                print(len(current_thread().name))\nt = Thread(target=work, name='x' * 1_000_000)\nt.start()\nt.join()\n";
    let (end, output, told) = run(text);
    assert_eq!((end, &*output), (End::Finished, "1000001\n"));
    assert!((200..=210).contains(&told.name_bytes), "{} bytes", told.name_bytes);
}

#[test]
fn thread_bombs_run_out_of_threads() {
    let flat = "\
import threading
go = threading.Event()
count = 0
try:
    while True:
        threading.Thread(target=go.wait).start()
        count += 1
except RuntimeError as error:
    print(count, error)
go.set()
";
    prints(flat, &["39 can't start new thread"]);
    let recursive = "\
import threading
def work():
    try:
        threads = [threading.Thread(target=work), threading.Thread(target=work)]
        for thread in threads:
            thread.start()
    except RuntimeError:
        pass
work()
";
    prints(recursive, &[]);
}

#[test]
fn several_threads_at_once_run_out_of_stack() {
    let text = "\
import threading
class A:
    def __repr__(self):
        x = self
        for i in range(190):
            x = [x]
        return repr(x)
def work():
    try:
        repr(A())
    except RecursionError:
        print('caught')
for i in range(8):
    threading.Thread(target=work).start()
";
    prints(text, &["caught"; 8]);
}

#[test]
fn several_threads_at_once_run_out_of_memory_or_time() {
    let start = "for i in range(4):\n    threading.Thread(target=work).start()\n";
    let grow = "import threading\ndef work():\n    a = []\n    while True:\n        a.append('x' * 100000)\n";
    let (end, output, _) = run(&format!("{grow}{start}"));
    assert!(matches!(end, End::Limit(Limit::Memory(_))) || output.contains("MemoryError"), "{end:?} {output}");
    let spin = "import threading\ndef work():\n    while True:\n        pass\n";
    assert!(matches!(run(&format!("{spin}{start}")).0, End::Limit(Limit::Spin(_))));
}

#[test]
fn exceptions_come_from_everywhere() {
    let text = "\
import sys, threading
held = threading.Lock()
barrier = threading.Barrier(2, action=lambda: 1 // 0)
class Trap:
    def __enter__(self):
        return self
    def __exit__(self, *what):
        raise ValueError('on the way out')
def trapped():
    with Trap():
        raise KeyError(1)
def holds():
    held.acquire()
    raise RuntimeError('with a lock')
def leaves():
    sys.exit(3)
class Own(threading.Thread):
    def run(self):
        with threading.RLock():
            raise OSError('run')
targets = [trapped, holds, leaves, barrier.wait, barrier.wait, threading.Lock().release]
threads = [threading.Thread(target=target) for target in targets] + [Own()]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
held.release()
sys.exit('bye')
";
    let (end, output, _) = run(text);
    assert_eq!(end, End::Finished);
    let last = ["ValueError: on the way out", "RuntimeError: with a lock", "OSError: run", "BrokenBarrierError", "bye"];
    for line in last.iter().chain(&["ZeroDivisionError", "RuntimeError: release unlocked lock"]) {
        assert!(output.contains(line), "{line}: {output}");
    }
}

#[test]
fn absurd_times_are_answered_or_cut_short() {
    let text = "\
import sys, threading, time
for interval in 1e-9, 1e9, 1e300:
    sys.setswitchinterval(interval)
    time.sleep(0)
for seconds in float('nan'), -1:
    try:
        time.sleep(seconds)
    except ValueError:
        print('refused')
def sleep(seconds):
    try:
        time.sleep(seconds)
    except OverflowError:
        pass
for seconds in 9e9, 1e18, 1e300, float('inf'):
    threading.Thread(target=sleep, args=(seconds,), daemon=True).start()
threading.Thread(target=threading.Event().wait, args=(9e8,), daemon=True).start()
";
    prints(text, &["refused", "refused"]);
}
