//! Small programs of a few threads over a few primitives, drawn at random.

use crate::program::Case;
use proptest::prelude::*;
use std::fmt::Write;

/// A kind of primitive: how it is made, and what threads do with it.
type Kind = (&'static str, &'static [&'static str]);

const LOCK: Kind = (
    "lock = threading.Lock()",
    &[
        "with lock: n += 1",
        "with lock: n += 1",
        "lock.acquire()",
        "lock.release()",
        "log.append(lock.acquire(False))",
        "log.append(lock.acquire(timeout=0.01))",
        "if lock.acquire(timeout=0.02): lock.release()",
        "log.append(lock.locked())",
    ],
);

const RLOCK: Kind = (
    "rlock = threading.RLock()",
    &[
        "with rlock:\n    with rlock: n += 1",
        "with rlock:\n    log.append(rlock.acquire(False))\n    rlock.release()",
        "rlock.acquire()",
        "rlock.release()",
        "log.append(rlock.acquire(False))",
        "log.append(rlock.acquire(timeout=0.01))",
    ],
);

const CONDITION: Kind = (
    "condition = threading.Condition()",
    &[
        "with condition:\n    n += 1\n    condition.notify()",
        "with condition: condition.notify(2)",
        "with condition: condition.notify_all()",
        "with condition: condition.wait()",
        "with condition: log.append(condition.wait(0.01))",
        "with condition: log.append(condition.wait_for(lambda: n > 0, 0.02))",
        "with condition:\n    with condition: log.append(condition.wait(0.02))",
        "with condition:\n    while n == 0: condition.wait()\n    n -= 1",
        "other = threading.Condition(threading.Lock())\nwith other: log.append(other.wait(0.01))",
        "condition.notify()",
    ],
);

const EVENT: Kind = (
    "event = threading.Event()",
    &[
        "event.set()",
        "event.set()",
        "event.clear()",
        "event.wait()",
        "log.append(event.wait(0.01))",
        "log.append(event.wait(0))",
        "log.append(event.is_set())",
        "event.set()\nevent.clear()",
    ],
);

const SEMAPHORE: Kind = (
    "places = threading.Semaphore(1)",
    &[
        "with places: n += 1",
        "places.acquire()",
        "places.release()",
        "places.release(2)",
        "log.append(places.acquire(False))",
        "log.append(places.acquire(timeout=0.01))",
        "log.append(places._value)",
    ],
);

const BOUNDED: Kind = (
    "slots = threading.BoundedSemaphore(2)",
    &["with slots: n += 1", "slots.acquire()", "slots.release()", "log.append(slots.acquire(timeout=0.01))"],
);

const BARRIER: Kind = (
    "barrier = threading.Barrier(2)",
    &[
        "barrier.wait()",
        "log.append(barrier.wait())",
        "log.append(barrier.wait(0.01))",
        "log.append(barrier.n_waiting)",
        "log.append(barrier.broken)",
        "barrier.abort()",
        "barrier.reset()",
    ],
);

const ACTING: Kind = (
    "meeting = threading.Barrier(2, action=act)",
    &["meeting.wait()", "log.append(meeting.wait())", "log.append(meeting.wait(0.01))", "meeting.reset()"],
);

const QUEUE: Kind = (
    "items = queue.Queue(1)",
    &[
        "items.put(n)",
        "items.put(7)",
        "log.append(items.get())",
        "log.append(items.get())",
        "items.put_nowait(1)",
        "log.append(items.get_nowait())",
        "items.put(2, timeout=0.01)",
        "log.append(items.get(timeout=0.01))",
        "log.append((items.qsize(), items.empty(), items.full()))",
        "items.task_done()",
        "items.join()",
        "items.shutdown()",
        "items.shutdown(immediate=True)",
    ],
);

const PILE: Kind = (
    "pile = queue.PriorityQueue()",
    &["pile.put(3)", "pile.put(1)", "pile.put(2)", "log.append(pile.get())", "log.append(pile.get(timeout=0.01))"],
);

const KINDS: &[Kind] = &[LOCK, RLOCK, CONDITION, EVENT, SEMAPHORE, BOUNDED, BARRIER, ACTING, QUEUE, PILE];

/// What threads do besides.
const OTHERS: &[&str] = &[
    "n += 1",
    "n += 1",
    "log.append(n)",
    "print(n)",
    "time.sleep(0.005)",
    "time.sleep(0)",
    "log.append(random.randint(0, 9))",
    "log.append(threads[0].is_alive())",
    "log.append(threads[-1].is_alive())",
    "log.append(threading.active_count())",
    "log.append(len(threading.enumerate()))",
    "threads[0].join(0.01)",
    "spawn()",
    "spawn(True)",
    "log.append(time.monotonic())",
    "raise ValueError(n)",
    "for i in range(3): n += 1",
    "log.append(input('? '))",
    "own = [n]\nlog.append(own)\nown.append(7)",
    "mine = threading.Lock()\nwith mine: log.append(mine.locked())",
    "timer = threading.Timer(0.01, leaf)\ntimer.start()\ntimer.cancel()",
];

/// What one thread does.
fn body(kinds: &[Kind]) -> impl Strategy<Value = Vec<&'static str>> + use<> {
    let own: Vec<&str> = kinds.iter().flat_map(|kind| kind.1).copied().collect();
    let statement = prop_oneof![3 => prop::sample::select(own), 1 => prop::sample::select(OTHERS)];
    prop::collection::vec(statement, 1..=5)
}

/// A program: what there is, what each thread does, how the main thread ends.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let drawn = (prop::sample::subsequence(KINDS, 1..=3), 2..=4usize).prop_flat_map(|(kinds, threads)| {
        let bodies = prop::collection::vec(body(&kinds), threads);
        (Just(kinds), bodies, prop::sample::select(vec!["t.join()", "t.join(0.02)", "pass"]), 0..=4usize)
    });
    drawn.prop_map(|(kinds, bodies, end, daemon)| written(&kinds, &bodies, end, daemon))
}

/// The thread with the number `daemon` is one, if there are so many.
fn written(kinds: &[Kind], bodies: &[Vec<&str>], end: &str, daemon: usize) -> String {
    let mut text = String::from(
        "\
import queue, random, threading, time
n = 0
log = []
def act():
    log.append('act')
def leaf():
    global n
    n += 1
def spawn(daemon=False):
    threading.Thread(target=leaf, daemon=daemon).start()
",
    );
    for (make, _) in kinds {
        let _ = writeln!(text, "{make}");
    }
    for (number, body) in bodies.iter().enumerate() {
        let _ = writeln!(text, "def work{number}():\n    global n");
        for line in body.iter().flat_map(|statement| statement.lines()) {
            let _ = writeln!(text, "    {line}");
        }
    }
    let names: Vec<String> = (0..bodies.len()).map(|number| format!("work{number}")).collect();
    let _ = writeln!(text, "threads = [threading.Thread(target=work) for work in [{}]]", names.join(", "));
    if daemon < bodies.len() {
        let _ = writeln!(text, "threads[{daemon}].daemon = True");
    }
    let _ = writeln!(text, "for t in threads: t.start()\nfor t in threads: {end}\nprint(n, log)");
    text
}

/// A program as a case.
pub(crate) fn case(text: String) -> Case {
    Case::new("generated", text)
}
