//! Small programs of two threads, drawn at random.

use crate::common::{all_visible, outcomes, program};
use crate::pairs::two_threads;
use lockstep::kernel::Atomicity;
use proptest::prelude::*;

/// What the programs are about.
const SETUP: &str = "\
n = 0
k = 1
x = [1, 2]
z = [3]
d = {'k': 0}
class A:
    c = 0
    def __init__(self):
        self.m = 0
        self.l = z
    def f(self): return self.m
o = A()
def make():
    v = 0
    def up():
        nonlocal v
        v += 1
        return v
    return up
up = make()
r = []
lock = Lock()";

/// Statements that threads are made of.
const STATEMENTS: &[&str] = &[
    "n += 1",
    "n = k",
    "r.append(n)",
    "x[0] += 1",
    "r.append(x[1])",
    "y = x\ny[1] = n",
    "z = x",
    "r.append(len(z))",
    "d['k'] = n",
    "r.append(d.get('k'))",
    "A.c = 5",
    "r.append(o.c)",
    "o.c = 2",
    "o.m = n",
    "r.append(o.f())",
    "o.l.append(o.m)",
    "o.l = x",
    "r.append(up())",
    "up()",
    "with lock: n = 7",
    "for i in x[:]: n = i",
    "r.append(k)",
    "x.pop()",
    "o = A()",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_analysis_changes_no_outcome(
        a in prop::collection::vec(prop::sample::select(STATEMENTS), 1..=2),
        b in prop::collection::vec(prop::sample::select(STATEMENTS), 1..=2),
        declared in prop::sample::subsequence(vec!["n", "z", "o"], 0..=3),
    ) {
        let global = if declared.is_empty() { String::new() } else { format!("global {}\n", declared.join(", ")) };
        let (a, b) = (format!("{global}{}", a.join("\n")), format!("{global}{}", b.join("\n")));
        let text = two_threads(SETUP, &a, &b);
        prop_assert_eq!(outcomes(&program(&text), Atomicity::Op), outcomes(&all_visible(&text), Atomicity::Op), "{}", text);
    }
}
