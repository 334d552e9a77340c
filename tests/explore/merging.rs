//! Going through every state once shows what going through every interleaving shows.

use crate::common::{every_interleaving, every_state, world};
use lockstep::vm::canon::Precision;

/// Programs of textbook kind, small enough for all their interleavings.
pub(crate) const PROGRAMS: &[&str] = &[
    "n = 0\ndef f():\n    global n\n    n += 1\n",
    "l = []\ndef f():\n    l.append(len(l))\n",
    "a = Lock()\nb = Lock()\ndef f():\n    with a:\n        pass\n",
    "e = Event()\nn = 0\ndef f():\n    global n\n    if e.wait(1):\n        n += 1\n    e.set()\n",
    "c = Condition()\nn = 0\ndef f():\n    global n\n    with c:\n        n += 1\n        if n < 2:\n            c.wait()\n        c.notify()\n",
    "b = Barrier(2)\nl = []\ndef f():\n    l.append(b.wait())\n",
    "s = Semaphore(1)\nl = []\ndef f():\n    if s.acquire(timeout=1):\n        l.append(1)\n        s.release()\n",
    "q = Queue(1)\ndef f():\n    q.put(q.qsize())\n",
    "d = {}\ndef f():\n    d[len(d)] = [len(d)]\n",
    "class P:\n    def __init__(self): self.m = [0]\np = P()\ndef f():\n    global p\n    p.m[0] += 1\n    p = P()\n",
    "n = 0\ndef f():\n    global n\n    time.sleep(1)\n    n = n * 2 + 1\n",
    "n = 0\ndef f():\n    global n\n    n = random.randrange(3)\n    assert n\n",
    "n = []\ndef f():\n    n.append(str(time.time()))\n",
    "n = set()\nclass P: pass\ndef f():\n    n.add(P())\n",
    "n = []\nclass P: pass\ndef f():\n    n.append(repr(P()))\n",
];

pub(crate) const HEAD: &str = "import random\nimport time\nfrom queue import Queue\nfrom threading import *\n";
pub(crate) const TAIL: &str = "ta = Thread(target=f)\ntb = Thread(target=f)\nta.start()\ntb.start()\n";

fn compare(text: &str) {
    let mut first = world(text);
    first.rebase();
    let Some(all) = every_interleaving(&first) else { panic!("too many interleavings:\n{text}") };
    // With every precision the outcomes are those of the interleavings; without them, when nobody looked.
    let precisions = [
        Precision { addresses: true, clock: true, output: true },
        Precision { addresses: true, clock: true, output: false },
        Precision { addresses: false, clock: true, output: false },
        Precision { addresses: false, clock: false, output: true },
        Precision::default(),
    ];
    for precision in precisions {
        let merged = every_state(&first, precision).unwrap();
        assert_eq!(merged.outcomes, all.outcomes, "{precision:?}\n{text}");
        assert!(merged.states <= all.states);
    }
}

#[test]
fn merging_changes_no_outcome() {
    for body in PROGRAMS {
        compare(&format!("{HEAD}{body}{TAIL}"));
    }
}

/// Two threads that read and write once each. The counter's value and where the threads stand are the state:
/// main has started none, A, or both.
///
/// | threads | states |
/// |---|---|
/// | main before its store to `n`; before it starts A | 2 |
/// | A alone: before its read, before its write, over | 3 |
/// | A and B: neither has written: 2 x 2 places | 4 |
/// | A is over (n = 1): B before its read; before its write, having read 0; having read 1 | 3 |
/// | B is over: the same | 3 |
/// | both are over: n = 1, n = 2 | 2 |
#[test]
fn the_states_of_a_race_are_those_listed() {
    let text = format!("{HEAD}n = 0\ndef f():\n    global n\n    n += 1\n{TAIL}");
    let mut first = world(&text);
    first.rebase();
    let found = every_state(&first, Precision::default()).unwrap();
    assert_eq!(found.outcomes.len(), 2, "{:?}", found.outcomes);
    assert_eq!(found.states, 17, "{found:?}");
}
