//! Which differences count.

use crate::common::{after, fingerprint, settle, world};
use lockstep::event::{Alternative, Candidate, NoSink};
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::World;
use lockstep::vm::canon::{Precision, Scratch};

const SETUP: &str = "\
import queue
import random
import threading
from collections import deque

class A:
    c = 0
    def __init__(self, v=None):
        self.v = v

def gen():
    yield 1
    yield 2

def make():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    return up

lock = threading.Lock()
rlock = threading.RLock()
event = threading.Event()
sem = threading.Semaphore(5)
q = queue.Queue()
a = A()
x = y = z = None
";

/// The world where the program has done one of two things, and stands before the same operation.
fn either(one: &str, other: &str, which: u32) -> World {
    let indented = |text: &str| format!("        {}\n", text.replace('\n', "\n        "));
    let text = format!(
        "{SETUP}def setup(k):\n    global x, y, z\n    if k:\n{}    else:\n{}    k = None\nsetup(random.randrange(2))\nevent.is_set()\nw = 1\n",
        indented(one),
        indented(other)
    );
    let marker = u32::try_from(text.lines().count()).unwrap() - 1;
    let mut world = world(&text);
    let mut drawn = false;
    for _ in 0..200 {
        settle(&mut world);
        if world.threads().next().unwrap().line == marker {
            assert!(drawn);
            return world;
        }
        let draw = Candidate { thread: ThreadId::MAIN, alternative: Alternative::Draw(which) };
        let choice = if world.fits(draw).is_ok() {
            drawn = true;
            draw
        } else {
            Candidate::go(ThreadId::MAIN)
        };
        world.apply(choice, &mut NoSink).unwrap();
    }
    panic!("it did not come to line {marker}:\n{text}");
}

fn fingerprints(one: &str, other: &str) -> [u128; 2] {
    [0, 1].map(|which| fingerprint(&either(one, other, which)).0)
}

#[test]
fn what_a_program_can_find_out_counts() {
    let different = [
        ("x = 1", "x = 2"),
        ("x = 1", "x = True"),
        ("x = 1", "x = 1.0"),
        ("x = 0.0", "x = -0.0"),
        ("x = None", "x = NotImplemented"),
        ("x = 'ab'", "x = 'ac'"),
        ("x = 'a' * 9", "x = b'a' * 9"),
        ("x = [1, 2]", "x = [2, 1]"),
        ("x = [1, 2]", "x = (1, 2)"),
        ("x = [1, 2]", "x = deque([1, 2])"),
        ("x = deque([1], maxlen=2)", "x = deque([1])"),
        ("x = [1]\ny = x", "x = [1]\ny = [1]"),
        ("x = []\ny = [x, x]", "x = []\ny = [x, []]"),
        ("x = []\nx.append(x)", "x = []\nx.append([])"),
        ("x = {1: 2, 3: 4}", "x = {3: 4, 1: 2}"),
        ("x = {1: 2}", "x = {1: 3}"),
        ("x = {8, 0}", "x = {0, 8}"),
        ("x = {1}", "x = frozenset({1})"),
        ("x = range(3)", "x = range(4)"),
        ("x = iter([1, 2])", "x = iter([1, 2])\nnext(x)"),
        ("x = iter(range(3))", "x = iter(range(3))\nnext(x)"),
        ("x = enumerate([1])", "x = enumerate([1], 1)"),
        ("x = gen()", "x = gen()\nnext(x)"),
        ("x = make()", "x = make()\nx()"),
        ("x = lambda: 1", "x = lambda: 2"),
        ("x = lambda n=1: n", "x = lambda n=2: n"),
        ("x = A(1)", "x = A(2)"),
        ("x = A()", "x = A()\nx.w = 1"),
        ("x = A(1)\nx.w = 1", "x = A(1)\nx.w = 1\ndel x.v\nx.v = 1"),
        ("A.c = 1", "A.c = 2"),
        ("setattr(a, 'fresh', 1)", "setattr(a, 'other', 1)"),
        ("x = a.__init__", "x = A().__init__"),
        ("x = ValueError(1)", "x = ValueError(2)"),
        ("x = ValueError(1)", "x = TypeError(1)"),
        ("lock.acquire()", "pass"),
        ("rlock.acquire()", "rlock.acquire()\nrlock.acquire()"),
        ("event.set()", "pass"),
        ("sem.acquire()", "pass"),
        ("q.put(1)", "q.put(2)"),
        ("q.put(1)\nq.get()", "pass"),
        ("x = threading.Lock()", "x = threading.RLock()"),
        ("x = threading.Lock()\nx.acquire()", "x = threading.Lock()"),
        ("x = threading.Lock()\ny = threading.Condition(x)", "x = threading.Lock()\ny = threading.Condition()"),
        ("x = threading.Semaphore(2)", "x = threading.BoundedSemaphore(2)"),
        ("x = threading.Thread(target=gen)", "x = None"),
        ("x = threading.Thread(target=gen, name='a')", "x = threading.Thread(target=gen, name='b')"),
        ("x = threading.Thread(target=gen, daemon=True)", "x = threading.Thread(target=gen)"),
        ("random.seed(1)", "random.seed(2)"),
    ];
    for (one, other) in different {
        let [a, b] = fingerprints(one, other);
        assert_ne!(a, b, "{one:?} and {other:?}");
    }
}

#[test]
fn accidents_do_not_count() {
    let same = [
        ("x = [0]\ny = [1]", "y = [1]\nx = [0]"),
        ("x = [0]", "z = [9]\nx = [0]\nz = None"),
        ("x = [0]", "for i in range(100): x = [i - 99]\ni = None"),
        ("x = A(1)\ny = A(2)", "y = A(2)\nx = A(1)"),
        ("x = threading.Lock()\ny = threading.Event()", "y = threading.Event()\nx = threading.Lock()"),
        (
            "x = threading.Lock()\ny = threading.Lock()\nx.acquire()",
            "y = threading.Lock()\nx = threading.Lock()\nx.acquire()",
        ),
        ("x = [1]\nx.append(2)", "x = [1, 2]"),
        ("lock.acquire()\nlock.release()", "pass"),
        ("x = 'a' + str(1)", "x = 'a1' + ''"),
        (
            "setattr(a, 'one' + '', 1)\nsetattr(a, 'two' + '', 2)",
            "setattr(A(), 'two' + '', 1)\nsetattr(a, 'one' + '', 1)\nsetattr(a, 'two' + '', 2)",
        ),
        ("a.v = 1\na.v = None", "pass"),
        ("q.put(1)\nq.get()\nq.task_done()", "pass"),
        ("print('said')", "pass"),
        ("x = {1: 2}", "x = dict([(1, 2)])"),
        ("x = gen()\nnext(x)", "y = [1, 2, 3]\nx = gen()\nnext(x)\ny = None"),
    ];
    for (one, other) in same {
        let [a, b] = fingerprints(one, other);
        assert_eq!(a, b, "{one:?} and {other:?}");
    }
}

const PAIR: &str = "\
from threading import Condition, Event, Lock, Thread
lock = Lock()
cond = Condition(lock)
event = Event()
n = 0
def work(k):
    mine = [k]
    event.is_set()
    mine.append([k, k])
    event.is_set()
    with cond:
        cond.wait()
a = Thread(target=work, args=(1,))
b = Thread(target=work, args=(2,))
a.start()
b.start()
";

#[test]
fn the_order_in_which_threads_allocate_does_not_count() {
    let states = ["v1/M2.A2.B2", "v1/M2.B2.A2", "v1/M2.A.B2.A", "v1/M.A.M.B2.A"]
        .map(|schedule| fingerprint(&after(PAIR, schedule)));
    assert_eq!([states[0]; 4], states);
    assert_ne!(states[0], fingerprint(&after(PAIR, "v1/M2.A2.B")));
}

#[test]
fn the_order_of_waiters_and_the_owner_count() {
    // acquire, wait (which releases)
    let [a, b] = ["v1/M2.A2.B2.A2.B2", "v1/M2.A2.B2.B2.A2"].map(|schedule| fingerprint(&after(PAIR, schedule)));
    assert_ne!(a, b, "the queue of the condition");
    let [a, b] = ["v1/M2.A2.B2.A", "v1/M2.A2.B2.B"].map(|schedule| fingerprint(&after(PAIR, schedule)));
    assert_ne!(a, b, "the owner of the lock");
}

#[test]
fn a_base_changes_nothing_but_the_length() {
    let mut first = after(PAIR, "v1/M2");
    first.rebase();
    let reach = |schedule: &str| {
        let mut world = first.clone();
        lockstep::kernel::sim::replay(&mut world, &schedule.parse().unwrap()).unwrap();
        let mut scratch = Scratch::default();
        let print = world.fingerprint(Precision::default(), &mut scratch);
        (print, scratch.description().len())
    };
    assert_eq!(reach("v1/A2.B2").0, reach("v1/B2.A2").0);
    assert_eq!(reach("v1/A.B2.A").0, reach("v1/B2.A2").0);
    assert_ne!(reach("v1/A2.B2.A2.B2").0, reach("v1/A2.B2.B2.A2").0);
    assert!(reach("v1/A2.B2").1 < 400, "{}", reach("v1/A2.B2").1);
}

#[test]
fn looking_at_addresses_and_clocks_is_noticed() {
    let addresses = [
        ("x = id(A())", true),
        ("x = hash(A())", true),
        ("x = str(A())", true),
        ("x = repr([A()])", true),
        ("x = f'{A()}'", true),
        ("x = {A()}", true),
        ("x = str(gen())", true),
        ("x = hash('a')", false),
        ("x = {(1, 'a')}", false),
        ("x = str([1, 'a'])", false),
        ("x = A() == A()", false),
    ];
    for (text, expected) in addresses {
        let seen = either(text, "pass", 1).observed();
        assert_eq!((seen.addresses, seen.clock), (expected, false), "{text}");
        assert!(!either(text, "pass", 0).observed().addresses);
    }
    let clocks = "import time\nx = 0\ntime.sleep(1)\nx = time.time()\nx = 2\n";
    assert!(!after(clocks, "v1/M").observed().clock);
    assert!(after(clocks, "v1/M2").observed().clock);
}

#[test]
fn precision_tells_more_apart() {
    let two = |precision: Precision, one: &str, other: &str| {
        [0, 1].map(|which| either(one, other, which).fingerprint(precision, &mut Scratch::default()))
    };
    let output = Precision { output: true, ..Precision::default() };
    let [a, b] = two(output, "print('one')", "print('two')");
    assert_ne!(a, b);
    let addresses = Precision { addresses: true, ..Precision::default() };
    let [a, b] = two(addresses, "x = [0]\ny = [1]", "y = [1]\nx = [0]");
    assert_ne!(a, b);
    let clock = Precision { clock: true, ..Precision::default() };
    let [a, b] = two(clock, "event.is_set()\nevent.is_set()", "pass");
    assert_ne!(a, b);
}
