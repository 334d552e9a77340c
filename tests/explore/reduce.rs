//! Reduction: the same outcomes from fewer states.

use crate::common::{abstracted, program};
use crate::merging::{HEAD, PROGRAMS, TAIL};
use lockstep::explore::{Budget, Outcome, Search, Space};
use lockstep::kernel::{Atomicity, Options};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

fn search(text: &str) -> Search {
    Search::new(program(text), abstracted())
}

fn outcomes(space: &Space) -> BTreeSet<Outcome> {
    space.outcomes.keys().cloned().collect()
}

/// Both spaces, when both are small enough; their outcomes are the same.
#[track_caller]
fn compare(text: &str, max_states: u64) -> Option<(Space, Space)> {
    let budget = Budget { max_states, ..Budget::default() };
    let all = search(text).budget(budget).run();
    let reduced = search(text).budget(budget).reduce(true).run();
    if all.open > 0 || reduced.open > 0 {
        return None;
    }
    assert_eq!(outcomes(&reduced), outcomes(&all), "{text}");
    assert!(reduced.states <= all.states, "{} {}\n{text}", reduced.states, all.states);
    Some((all, reduced))
}

#[test]
fn textbook_programs_keep_their_outcomes() {
    for body in PROGRAMS {
        let text = format!("{HEAD}{body}{TAIL}");
        let (all, reduced) = compare(&text, 100_000).unwrap();
        println!("{:6} {:6} {} {:?}", all.states, reduced.states, reduced.reduced, body);
    }
}

/// All programs that there are.
#[test]
fn every_program_keeps_its_outcomes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("scenarios"), root.join("tests/programs"), root.join("tests/narration")];
    let (mut compared, mut skipped) = (0, 0);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = std::fs::read_to_string(&path).unwrap();
            if let Some((all, reduced)) = compare(&text, 2_000) {
                compared += 1;
                println!("{:6} {:6} {} {}", all.states, reduced.states, reduced.reduced, path.display());
            } else {
                skipped += 1;
                println!("too large: {}", path.display());
            }
        }
    }
    assert!(compared > 35, "{compared} compared, {skipped} too large");
}

/// What random programs are about.
const SETUP: &str = "\
import time
from queue import Queue, SimpleQueue
from threading import *
n = 0
m = 0
l = []
d = {}
z = [l, [0]]
class P:
    k = 1
    def __init__(self):
        self.v = 0
        self.l = l
    def up(self):
        self.v += 1
        return self.v
    def __eq__(self, other):
        return self.v == other.v
    __hash__ = None
p = P()
a = Lock()
b = Lock()
r = RLock()
c = Condition()
ca = Condition(a)
e = Event()
s = Semaphore(1)
w = Semaphore(0)
bs = BoundedSemaphore(1)
q = Queue(1)
sq = SimpleQueue()
br = Barrier(2)
def counter():
    x = 0
    def up():
        nonlocal x
        x += 1
        return x
    return up
up = counter()
def leaf():
    global m
    m += 1
def taker():
    with a:
        l.append(9)
";

/// Statements that threads are made of.
const STATEMENTS: &[&str] = &[
    "n += 1",
    "n = m",
    "m = n + 1",
    "m = 5",
    "l.append(n)",
    "l.append(len(l))",
    "if l: l.pop()",
    "d['k'] = n",
    "d[n] = 1",
    "m = d.get('k', 3)",
    "m = sum(z[1])",
    "z[1] = [n]",
    "z[1][0] += 1",
    "z = [l, l]",
    "m = str(z)",
    "l.extend(z[1])",
    "m = sorted(l)",
    "m = l == z[0]",
    "for x in l: n += 1",
    "p.v += 1",
    "n = p.up()",
    "p.l = z[1]",
    "p.l.append(1)",
    "P.k = n",
    "n = p.k",
    "p.k = 7",
    "p = P()",
    "m = p == P()",
    "n = up()",
    "with a: n += 1",
    "with a:\n    m = n\n    n = m + 1",
    "with b: l.append(1)",
    "with a:\n    with b: n += 1",
    "with b:\n    with a: m += 1",
    "with r:\n    with r: n += 1",
    "with r: m += 1",
    "if a.acquire(False):\n    n += 1\n    a.release()",
    "if a.acquire(timeout=1):\n    m += 1\n    a.release()",
    "a.release()",
    "a.acquire()",
    "b.acquire()",
    "b.release()",
    "if a.locked(): n += 5",
    "r.release()",
    "with c: c.notify()",
    "with c: c.notify_all()",
    "with c: c.wait()",
    "with c:\n    if c.wait(1): n += 1",
    "with c:\n    n += 1\n    c.wait_for(lambda: n > 1)\n    c.notify()",
    "with ca: ca.wait()",
    "with ca: ca.notify()",
    "ca.notify()",
    "ca.wait()",
    "e.set()",
    "e.clear()",
    "e.wait()",
    "if e.wait(1): n += 1",
    "if e.is_set(): m += 1",
    "with s: n += 1",
    "s.acquire()",
    "s.release()",
    "if not s.acquire(blocking=False): m += 1",
    "w.acquire()",
    "w.release()",
    "w.release(2)",
    "m = w._value",
    "bs.acquire()",
    "bs.release()",
    "q.put(n)",
    "m = q.get()",
    "l.append(q.qsize())",
    "q.task_done()",
    "q.join()",
    "sq.put(n)",
    "n = sq.get()",
    "l.append(sq.empty())",
    "try: m = q.get(timeout=1)\nexcept Exception: n += 1",
    "br.wait()",
    "try: l.append(br.wait(1))\nexcept BrokenBarrierError: m += 1",
    "br.abort()",
    "br.reset()",
    "time.sleep(1)",
    "x = Thread(target=leaf)\nx.start()",
    "x = Thread(target=leaf)\nx.start()\nx.join()",
    "x = Thread(target=taker)\nx.start()\nm = x.is_alive()",
    "tb.join()",
    "m = ta.is_alive()",
    "m = current_thread().name",
    "ta.name = 'T'",
    "m = tb.name",
    "assert n < 3",
    "while not n: pass",
    "while not e.is_set(): m = 0",
    "for i in range(2):\n    with a: l.append(i)",
    "for i in range(2): q.put(i)",
    "for i in range(2): m = q.get()",
];

fn function(name: &str, statements: &[&str]) -> String {
    let body: String = statements.iter().flat_map(|one| one.lines()).flat_map(|line| ["    ", line, "\n"]).collect();
    format!("def {name}():\n    global n, m, l, z, p\n{body}")
}

/// The programs of `merging` and of these statements alike: threads a and b, sometimes another b, and the main thread.
fn program_of(a: &[&str], b: &[&str], twice: bool, main: &[&str]) -> String {
    let third = if twice { "tc = Thread(target=fb)\ntc.start()\n" } else { "" };
    let main: String = main.iter().flat_map(|one| [one, "\n"]).collect();
    let (a, b) = (function("fa", a), function("fb", b));
    format!(
        "{SETUP}{a}{b}ta = Thread(target=fa)\ntb = Thread(target=fb)\nta.start()\ntb.start()\n{third}{main}ta.join()\ntb.join()\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_programs_keep_their_outcomes(
        a in prop::collection::vec(prop::sample::select(STATEMENTS), 1..=3),
        b in prop::collection::vec(prop::sample::select(STATEMENTS), 1..=3),
        twice in any::<bool>(),
        main in prop::collection::vec(prop::sample::select(STATEMENTS), 0..=1),
    ) {
        compare(&program_of(&a, &b, twice, &main), 4000);
    }
}

/// A few for every day, more on request.
fn cases() -> u32 {
    std::env::var("LOCKSTEP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

/// Philosophers who take the fork with the smaller number first.
fn philosophers(seats: u32) -> String {
    format!(
        "\
from threading import Lock, Thread
forks = [Lock() for _ in range({seats})]
def dine(seat):
    left, right = seat, (seat + 1) % {seats}
    with forks[min(left, right)]:
        with forks[max(left, right)]:
            pass
threads = [Thread(target=dine, args=(seat,)) for seat in range({seats})]
for thread in threads: thread.start()
for thread in threads: thread.join()
"
    )
}

/// Critical sections with different locks are gone through one after the other.
#[test]
fn philosophers_need_few_states() {
    let (all, reduced) = compare(&philosophers(4), 10_000).unwrap();
    assert!(reduced.reduced && all.states > 3 * reduced.states, "{} {}", all.states, reduced.states);
    let reduced = search(&philosophers(8)).reduce(true).run();
    assert!(reduced.is_complete() && reduced.states < 4000, "{}", reduced.states);
}

/// Two threads that have nothing to do with each other, and one that starts them: each goes its way alone, one state a
/// step. Main starts B; A takes its lock, reads, writes, gives the lock back; so does B.
#[test]
fn strangers_are_not_interleaved() {
    let text = format!(
        "{HEAD}n = m = 0\na = Lock()\nb = Lock()\ndef f():\n    global n\n    with a: n += 1\ndef g():\n    global m\n    with b: m += 1\n{}",
        TAIL.replace("tb = Thread(target=f)", "tb = Thread(target=g)")
    );
    let (all, reduced) = compare(&text, 1000).unwrap();
    let before = all.states - (5 + 5 * 5);
    assert_eq!((all.edges - before, reduced.states - before), (5 + 40 + 4, 1 + 1 + 4 + 4), "{all:?}");
}

/// A thread that goes round for ever does not keep the others from being looked at.
#[test]
fn a_spinning_thread_keeps_nobody_out() {
    for order in ["spin, halt", "halt, spin"] {
        let text = format!(
            "{HEAD}stop = False\nn = 0\na = Lock()\ndef spin():\n    while not stop: pass\ndef halt():\n    global stop, n\n    with a: n += 1\n    stop = True\nfor f in ({order}, halt): Thread(target=f).start()\n"
        );
        let (_, reduced) = compare(&text, 1000).unwrap();
        assert_eq!(reduced.outcomes.len(), 1);
    }
}

/// What the theory has no words for is searched as ever.
#[test]
fn rules_and_programs_that_do_not_commute_are_not_reduced() {
    let text = format!("{HEAD}n = 0\ndef f():\n    global n\n    n += 1\n{TAIL}");
    let rules = [
        Options { fair: true, ..abstracted() },
        Options { spurious: true, ..abstracted() },
        Options { abstract_time: false, ..abstracted() },
        Options { atomicity: Atomicity::Line, ..abstracted() },
    ];
    for options in rules {
        let space = Search::new(program(&text), options).reduce(true).run();
        assert!(space.is_complete() && !space.reduced);
    }
    let daemons = text.replace("target=f)", "target=f, daemon=True)");
    let (_, space) = compare(&daemons, 1000).unwrap();
    assert!(!space.reduced);
    assert!(search(&text).reduce(true).run().reduced && !search(&text).run().reduced);
}

/// Outputs are in the order in which they were printed, when that is to be told apart.
#[test]
fn printing_commutes_only_when_nobody_reads_it() {
    let text = format!("{HEAD}def f():\n    print(current_thread().name)\n{TAIL}");
    let told = |reduce| search(&text).output(true).reduce(reduce).run();
    assert_eq!(outcomes(&told(true)), outcomes(&told(false)));
    assert_eq!(told(true).outcomes.len(), 2);
    let untold = search(&text).reduce(true).run();
    assert_eq!((untold.outcomes.len(), untold.reduced), (1, true));
}
