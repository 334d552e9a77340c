//! Programs that run for real. Nothing here waits for time to pass: only for something to be on the tape.

use super::*;
use crate::event::{Action, End, Event, EventKind, Limit, ObjectKind, ThreadState};
use crate::ids::ThreadId;
use crate::kernel::Options;
use crate::lang::{self, Parameters};
use crate::source::Source;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_mins(1);
/// How fast everything has to end on a machine that does much else. (Otherwise it takes a few milliseconds.)
const STOP: Duration = Duration::from_secs(5);

struct Run {
    live: Live,
    tape: Vec<Event>,
}

impl Run {
    fn new(text: &str) -> Run {
        Run::with(text, Options::default(), &LiveOptions { speed: 50.0, ..LiveOptions::default() })
    }

    fn with(text: &str, options: Options, live: &LiveOptions) -> Run {
        let source = Arc::new(Source::new("test.py", text));
        let compiled = lang::compile(&source, &Parameters::default());
        let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
        Run { live: Live::start(program, options, live).expect("a thread can be started"), tape: Vec::new() }
    }

    /// Drains until the run stands like this.
    #[track_caller]
    fn until(&mut self, stands: impl Fn(&Live, &[Event]) -> bool) {
        let came = Instant::now();
        loop {
            self.live.drain(&mut self.tape);
            if stands(&self.live, &self.tape) {
                return;
            }
            assert!(came.elapsed() < PATIENCE, "{:?}: {:#?}", self.live.status(), self.live.threads());
            self.live.wait(Duration::from_millis(10));
        }
    }

    #[track_caller]
    fn end(&mut self) -> End {
        self.until(|live, _| matches!(live.status(), LiveStatus::Ended(_)));
        match self.live.status() {
            LiveStatus::Ended(end) => end,
            status => panic!("{status:?}"),
        }
    }

    #[track_caller]
    fn until_state(&mut self, state: fn(ThreadState) -> bool) {
        self.until(|live, _| live.threads().iter().any(|thread| state(thread.state)));
    }

    /// Everything ends at once; how many OS threads there were.
    #[track_caller]
    fn stop(&mut self) -> usize {
        let stopped = self.live.stop();
        assert!(stopped.took < STOP, "{stopped:?}");
        assert_eq!(self.live.stop().threads, 0, "a second time there is nothing to stop");
        stopped.threads
    }
}

/// The program ends by itself, having printed this.
#[track_caller]
fn prints(text: &str, expected: &str) {
    let mut run = Run::new(text);
    let end = run.end();
    run.stop();
    assert_eq!((end, run.live.output().to_string().as_str()), (End::Finished, expected));
    assert_eq!(run.live.panics(), Vec::<Arc<str>>::new());
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

const DEADLOCK: &str = "\
import threading
a, b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)
def work(x, y):
    with x:
        both.wait()
        with y:
            pass
one = threading.Thread(target=work, args=(a, b))
two = threading.Thread(target=work, args=(b, a))
one.start()
two.start()
one.join()
";

// ---- what operations do ----

#[test]
fn a_guarded_counter_counts() {
    prints(COUNTER, "400\n");
}

#[test]
fn locks_answer_as_python_does() {
    prints(
        "\
import threading
lock, again = threading.Lock(), threading.RLock()
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked())
lock.release()
try:
    lock.release()
except RuntimeError as e:
    print(e)
with again, again:
    t = threading.Thread(target=lambda: print(again.acquire(False)))
    t.start()
    t.join()
",
        "True False False True\nrelease unlocked lock\nFalse\n",
    );
}

#[test]
fn conditions_events_and_semaphores_wake_who_waits() {
    prints(
        "\
import threading
ready, flag, places = threading.Condition(), threading.Event(), threading.BoundedSemaphore(1)
items = []
def take():
    with ready:
        print(ready.wait_for(lambda: items, timeout=30))
    flag.set()
t = threading.Thread(target=take)
t.start()
with ready:
    items.append(1)
    ready.notify_all()
print(flag.wait(), flag.is_set())
t.join()
with ready:
    print(ready.wait(0.01))
flag.clear()
print(flag.wait(0.01), places.acquire(), places.acquire(timeout=0.01))
places.release()
try:
    places.release()
except ValueError as e:
    print(e)
try:
    ready.notify()
except RuntimeError as e:
    print(e)
",
        "[1]\nTrue True\nFalse\nFalse True False\nSemaphore released too many times\ncannot notify on un-acquired lock\n",
    );
}

#[test]
fn barriers_and_queues_let_go_on_who_may() {
    prints(
        "\
import threading, queue
parties = threading.Barrier(2, action=lambda: print('here'))
items = queue.Queue(1)
done = []
def work():
    parties.wait()
    while (item := items.get()) is not None:
        done.append(item)
        items.task_done()
    items.task_done()
t = threading.Thread(target=work)
t.start()
parties.wait()
for n in range(20):
    items.put(n)
items.put(None)
items.join()
t.join()
print(done == list(range(20)), items.qsize(), items.empty(), parties.n_waiting)
try:
    items.get(timeout=0.01)
except queue.Empty:
    print('empty')
try:
    parties.wait(0.01)
except threading.BrokenBarrierError:
    print(parties.broken)
best = queue.PriorityQueue()
for n in (3, 1, 2):
    best.put(n)
print(best.get(), best.get_nowait(), best.get())
",
        "here\nTrue 0 True 0\nempty\nTrue\n1 2 3\n",
    );
}

#[test]
fn threads_start_end_and_are_counted() {
    prints(
        "\
import threading, time
def work():
    raise ValueError('no')
t = threading.Thread(target=work)
try:
    t.join()
except RuntimeError as e:
    print(e)
before = time.monotonic()
time.sleep(0.5)
print(0.5 <= time.monotonic() - before < 100)
stop = threading.Event()
w = threading.Thread(target=stop.wait, name='w')
w.start()
w.join(0.01)
print(w.is_alive(), threading.active_count(), [t.name for t in threading.enumerate()])
stop.set()
w.join()
print(w.is_alive())
try:
    w.start()
except RuntimeError as e:
    print(e)
",
        "cannot join thread before it is started\nTrue\nTrue 2 ['MainThread', 'w']\nFalse\nthreads can only be started once\n",
    );
}

#[test]
fn an_exception_ends_its_thread_only() {
    let mut run = Run::new(
        "import threading\ndef work():\n    raise ValueError('no')\nt = threading.Thread(target=work)\nt.start()\nt.join()\nprint('on')\n",
    );
    assert_eq!(run.end(), End::Finished);
    let output = run.live.output().to_string();
    assert!(output.starts_with("Exception in thread Thread-1 (work):\nTraceback") && output.ends_with("no\non\n"));
    assert_eq!(run.live.threads()[1].state, ThreadState::Failed);
}

#[test]
fn more_threads_than_there_may_be_are_refused() {
    let text = "\
import threading
stop = threading.Event()
try:
    for _ in range(10):
        threading.Thread(target=stop.wait).start()
except RuntimeError as e:
    print(e, threading.active_count())
stop.set()
";
    let mut run = Run::with(text, Options { max_threads: 4, ..Options::default() }, &LiveOptions::default());
    assert_eq!(run.end(), End::Finished);
    assert_eq!(run.live.output().to_string(), "can't start new thread 4\n");
}

#[test]
fn the_program_sets_the_switch_interval() {
    prints("import sys\nsys.setswitchinterval(1e-6)\nprint(sys.getswitchinterval())\n", "1e-06\n");
    prints(&COUNTER.replace("n = 0\n", "import sys\nsys.setswitchinterval(1e-6)\nn = 0\n"), "400\n");
}

// ---- the tape ----

#[test]
fn numbers_steps_and_moments_go_up() {
    let mut run = Run::new(COUNTER);
    run.end();
    assert!(run.tape.iter().zip(0..).all(|(event, seq)| event.seq.0 == seq));
    assert!(run.tape.is_sorted_by_key(|event| event.at) && run.tape.is_sorted_by_key(|event| event.step));
    let did = run.tape.iter().filter(|event| matches!(event.kind, EventKind::Did { .. })).count() as u64;
    assert_eq!((run.live.steps(), run.live.schedule().len()), (did, did));
    assert_eq!(run.tape.last().map(|event| &event.kind), Some(&EventKind::Ended(End::Finished)));
}

#[test]
fn the_gil_is_a_lock_like_any_other_when_it_is_shown() {
    let mut run = Run::with(COUNTER, Options::default(), &LiveOptions { show_gil: true, ..LiveOptions::default() });
    assert_eq!(run.end(), End::Finished);
    let gil = run.tape.iter().find_map(|event| match &event.kind {
        EventKind::Object(info) if info.kind.is_gil(&info.name, info.line) => Some(info.id),
        _ => None,
    });
    let gil = gil.expect("it is declared");
    // It is held by the main thread when it is declared; from then on it changes hands.
    let mut owner = Some(ThreadId::MAIN);
    for event in &run.tape {
        match &event.kind {
            EventKind::Did { action: Action::Acquire { object, .. }, .. } if *object == gil => {
                assert_eq!(owner.replace(event.thread), None);
            }
            EventKind::Did { action: Action::Release { object, .. }, .. } if *object == gil => {
                assert_eq!(owner.take(), Some(event.thread));
            }
            EventKind::Did { .. } => assert_eq!(owner, Some(event.thread), "{event:?}"),
            _ => {}
        }
    }
    assert_eq!(owner, None, "who ends the run gives it back before");
    assert!(run.tape.iter().any(|event| event.kind == EventKind::State(ThreadState::Blocked { on: gil })));
}

#[test]
fn the_gil_is_no_object_when_it_is_not_shown() {
    let mut run = Run::new(COUNTER);
    run.end();
    let locks =
        run.tape.iter().filter(|event| matches!(&event.kind, EventKind::Object(info) if info.kind == ObjectKind::Lock));
    assert_eq!(locks.count(), 1);
}

// ---- how runs end ----

#[test]
fn a_deadlock_is_known_while_it_hangs() {
    let mut run = Run::new(DEADLOCK);
    assert_eq!(run.end(), End::Deadlock);
    let blocked = |state| matches!(state, ThreadState::Blocked { .. });
    let states: Vec<bool> = run.live.threads().iter().map(|thread| blocked(thread.state)).collect();
    assert_eq!(states, [false, true, true], "main joins");
    assert_eq!(run.stop(), 3);
}

#[test]
fn a_wait_that_will_be_over_is_no_deadlock() {
    prints(
        "import threading\nlock = threading.Lock()\nlock.acquire()\nc = threading.Condition()\nwith c:\n    c.wait(0.2)\nprint(lock.acquire(timeout=0.2))\n",
        "False\n",
    );
}

#[test]
fn no_time_out_ends_an_action_that_hangs() {
    let mut run = Run::new(
        "import threading\nlock = threading.Lock()\nlock.acquire()\nb = threading.Barrier(2, action=lock.acquire)\nt = threading.Thread(target=lambda: b.wait(50))\nt.start()\nb.wait(50)\n",
    );
    assert_eq!(run.end(), End::Deadlock);
    run.stop();
}

#[test]
fn daemons_end_with_the_program() {
    let mut run = Run::new(
        "import threading\nt = threading.Thread(target=threading.Event().wait, daemon=True)\nt.start()\nprint('over')\n",
    );
    assert_eq!(run.end(), End::Finished);
    assert_eq!(run.live.threads()[1].state, ThreadState::Killed);
    run.stop();
}

#[test]
fn what_is_not_modelled_ends_the_run_with_its_line() {
    let text = "class A:\n    def __lt__(self, other):\n        print('x')\n        return True\nsorted([A(), A()])\n";
    let mut run = Run::new(text);
    assert!(matches!(run.end(), End::Unmodelled { line: 3 | 5, .. }));
}

#[test]
fn limits_hold() {
    let options = Options { spin_limit: 1_000_000, ..Options::default() };
    let mut run = Run::with("print(0)\nx = 1\nwhile True:\n    pass\n", options, &LiveOptions::default());
    assert_eq!(run.end(), End::Limit(Limit::Spin(1_000_000)));
    let blamed = run.tape.iter().find(|event| matches!(event.kind, EventKind::Ended(_))).map(|event| event.line);
    assert!(matches!(blamed, Some(3 | 4)), "it computes here: {blamed:?}");
    let mut run = Run::new("x = 'a' * 1000\nwhile True:\n    x += x\n");
    assert!(matches!(run.end(), End::Limit(Limit::Memory(_)) | End::Finished));
    let mut run = Run::new("while True:\n    print('x')\n");
    run.until(|live, _| live.steps() > 10);
    run.live.cut_off(Limit::Time(7));
    assert_eq!(run.end(), End::Limit(Limit::Time(7)));
    run.stop();
}

#[test]
fn a_limit_of_steps_is_exact() {
    let mut run = Run::new("while True:\n    print('x')\n");
    run.live.limit_steps(100);
    assert_eq!((run.end(), run.live.steps()), (End::Limit(Limit::Steps(100)), 100));
    let mut run = Run::new("for _ in range(10):\n    print('x')\n");
    run.live.limit_steps(10);
    assert_eq!((run.end(), run.live.steps()), (End::Finished, 10));
}

// ---- stopping ----

#[test]
fn everybody_can_be_stopped_wherever_it_waits() {
    let asleep = |state| matches!(state, ThreadState::Sleeping { .. });
    let mut run = Run::with("import time\ntime.sleep(1000)\n", Options::default(), &LiveOptions::default());
    run.until_state(asleep);
    assert_eq!(run.stop(), 1);

    let mut run = Run::new("input('? ')\n");
    run.until_state(|state| state == ThreadState::Reading);
    assert_eq!(run.stop(), 1);

    let mut run = Run::with(
        "import threading\ndef spin():\n    while True:\n        pass\nthreading.Thread(target=spin).start()\nspin()\n",
        Options { spin_limit: u64::MAX, ..Options::default() },
        &LiveOptions::default(),
    );
    // It exists before it is started, and has an OS thread only then.
    run.until(|live, _| live.threads().len() == 2 && live.threads()[1].state != ThreadState::New);
    assert_eq!(run.stop(), 2);

    // One operation that takes very long.
    let mut run = Run::new("print('now')\nsorted(range(1000000), key=lambda n: sum(range(1000)))\n");
    run.until(|live, _| live.steps() == 1);
    assert_eq!((run.stop(), run.live.status()), (1, LiveStatus::Running));

    let mut run = Run::with(COUNTER, Options::default(), &LiveOptions { paused: true, ..LiveOptions::default() });
    run.until(|live, _| live.gate().standing() == 1);
    assert_eq!((run.stop(), run.live.steps()), (1, 0));
}

/// How many OS threads of this process have this name; `None` where that cannot be asked.
fn named(wanted: &str) -> Option<usize> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let names = tasks.flatten().flat_map(|task| std::fs::read_to_string(task.path().join("comm")));
    Some(names.filter(|name| name.trim() == wanted).count())
}

#[test]
fn nobody_is_left_behind_when_a_run_is_dropped() {
    let mut run = Run::new(
        "\
import threading
lock = threading.Lock()
lock.acquire()
all = [threading.Thread(target=lock.acquire) for _ in range(702)]
for t in all[-20:]:
    t.start()
",
    );
    assert_eq!(run.end(), End::Deadlock);
    assert!(named("live ZZ").is_none_or(|count| count == 1), "an OS thread has the name of its thread");
    drop(run);
    // The system may take a moment to forget a thread that has ended.
    let came = Instant::now();
    while named("live ZZ").is_some_and(|count| count > 0) {
        assert!(came.elapsed() < PATIENCE);
        std::thread::yield_now();
    }
}

// ---- the person ----

#[test]
fn a_line_of_input_is_waited_for_and_read() {
    let mut run = Run::new("print(input('name? '))\ntry:\n    input()\nexcept EOFError:\n    print('over')\n");
    run.until(|live, _| matches!(live.status(), LiveStatus::AwaitingInput { .. }));
    assert_eq!(run.live.status(), LiveStatus::AwaitingInput { thread: ThreadId::MAIN, prompt: "name? ".into() });
    run.live.give_input(Some("Ada".into()));
    assert_eq!(run.live.status(), LiveStatus::Running);
    run.live.give_input(None);
    assert_eq!(run.end(), End::Finished);
    assert_eq!(run.live.output().to_string(), "name? Ada\nover\n");
}

#[test]
fn a_closed_gate_lets_exactly_the_permitted_operations_pass() {
    let mut run = Run::with(COUNTER, Options::default(), &LiveOptions { paused: true, ..LiveOptions::default() });
    // The main thread stores into `n` and starts a thread; both then stand before the gate.
    run.live.gate().permit(2);
    run.until(|live, _| live.gate().is_closed() && live.gate().standing() == 2 && live.steps() == 2);
    run.live.gate().open();
    assert_eq!(run.end(), End::Finished);
}

/// Nothing is drained before the threads have to wait for it.
fn is_read_late(text: &str) -> Run {
    let mut run = Run::new(text);
    while run.live.backlog() < 40_000 {
        std::thread::yield_now();
    }
    assert_eq!((run.end(), run.live.lost()), (End::Finished, 0));
    run
}

#[test]
fn a_reader_who_comes_late_misses_nothing() {
    let run = is_read_late("n = 0\ndef f():\n    global n\n    n += 1\nfor _ in range(30000):\n    f()\n");
    assert_eq!(run.live.steps(), 1 + 60_000);
    let run = is_read_late("import threading\nkeep = [threading.Lock() for _ in range(22000)]\n");
    let locks = run.tape.iter().filter(|event| matches!(event.kind, EventKind::Object(_)));
    assert_eq!(locks.count(), 22_000);
}

#[test]
fn a_mistake_of_ours_ends_the_run_and_nothing_else() {
    let mut run = Run::new("input()\nprint('never')\n");
    run.until_state(|state| state == ThreadState::Reading);
    run.live.fail_at_next_operation();
    run.live.give_input(Some("x".into()));
    assert!(matches!(run.end(), End::Unmodelled { what, .. } if what.contains("internal error: on purpose")));
    assert_eq!(run.stop(), 1);
    assert_eq!(run.live.panics(), ["on purpose".into()]);
}
