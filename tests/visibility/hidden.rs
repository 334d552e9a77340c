//! Outputs that CPython can print: they must be reached. Each is written as the letters that are printed.

use crate::common::outputs;
use crate::pairs::two_threads;
use lockstep::kernel::Atomicity;

/// Both threads print their letter first, so that a read that was done too early would be missed: `b` changes something
/// after it printed, `a` looks at it after it printed. All four outputs must be there.
#[track_caller]
fn looks_late(setup: &str, look: &str, change: &str, before: &str, after: &str) {
    let text = two_threads(setup, &format!("print('a')\n{look}\nprint(v)"), &format!("print('b')\n{change}"));
    let found = outputs(&text, Atomicity::Op);
    let mut expected = vec![
        format!("a b {after}"),
        format!("a b {before}"),
        format!("a {before} b"),
        format!("b a {after}"),
        format!("b a {before}"),
    ];
    expected.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn attributes_that_are_missing_at_first() {
    let setup = "class A: pass\no = A()";
    looks_late(setup, "v = hasattr(o, 'x')", "o.x = 1", "False", "True");
    looks_late(setup, "v = getattr(o, 'x', 0)", "o.x = 1", "0", "1");
    looks_late(setup, "try: v = o.x\nexcept AttributeError: v = 0", "o.x = 1", "0", "1");
    looks_late("class A:\n    x = 0\no = A()", "v = getattr(o, 'x')", "A.x = 1", "0", "1");
    looks_late("class A:\n    x = 0\no = A()", "v = o.x", "o.x = 1", "0", "1");
    looks_late("class A:\n    def x(self): return 0\no = A()", "v = o.x()", "o.x = lambda: 1", "0", "1");
    looks_late("def o(): pass\no.x = 0", "v = o.x", "o.x = 1", "0", "1");
    looks_late("def o(): pass\no.x = 0", "v = getattr(o, 'x')", "setattr(o, 'x', 1)", "0", "1");
    looks_late("class A:\n    def __init__(self): self.x = 0\no = A()", "v = o.x", "o.__init__()\no.x = 1", "0", "1");
}

#[test]
fn a_thread_that_starts_itself_too_early() {
    let text = "\
from threading import Thread
class T(Thread):
    def __init__(self):
        super().__init__()
        self.start()
        self.x = 1
    def run(self):
        try:
            print(self.x)
        except AttributeError:
            print(0)
T().join()
";
    assert_eq!(outputs(text, Atomicity::Op), ["0", "1"]);
}

#[test]
fn containers_that_are_not_the_receiver() {
    let setup = "x = [1]";
    let change = "x.append(2)";
    looks_late(setup, "v = [] + x", change, "[1]", "[1, 2]");
    looks_late(setup, "v = []\nv.extend(x)", change, "[1]", "[1, 2]");
    looks_late(setup, "v = []\nv += x", change, "[1]", "[1, 2]");
    looks_late(setup, "v = [*x]", change, "[1]", "[1, 2]");
    looks_late(setup, "v = list(map(str, x))", change, "['1']", "['1', '2']");
    looks_late(setup, "v = list(zip('ab', x))", change, "[('a', 1)]", "[('a', 1), ('b', 2)]");
    looks_late(setup, "v = len({1}.union(x))", change, "1", "2");
    looks_late(setup, "v = '%s' % x", change, "[1]", "[1, 2]");
    looks_late(setup, "v = '%s' % (x,)", change, "[1]", "[1, 2]");
    looks_late(setup, "v = '{}'.format(x)", change, "[1]", "[1, 2]");
    looks_late(setup, "v = f'{x}'", change, "[1]", "[1, 2]");
    looks_late(setup, "v = str([x])", change, "[[1]]", "[[1, 2]]");
    looks_late(setup, "v = [1, 2] == x", change, "False", "True");
    looks_late(setup, "v = ([1, 2],) == (x,)", change, "False", "True");
    looks_late(setup, "v = 0\nif x[1:]: v = 1", change, "0", "1");
    looks_late(setup, "f = lambda *a: len(a)\nv = f(*x)", change, "1", "2");
    looks_late("x = []", "v = bool(x)", "x.append(1)", "False", "True");
    looks_late("x = []", "v = not x", "x.append(1)", "True", "False");
    looks_late("x = ['p']", "v = '-'.join(x)", "x.append('q')", "p", "p-q");
    looks_late("x = {}", "v = dict(**x)", "x['k'] = 1", "{}", "{'k': 1}");
    looks_late("x = {}", "v = {}\nv.update(x)", "x['k'] = 1", "{}", "{'k': 1}");
    looks_late("x = {}", "v = {**x}", "x['k'] = 1", "{}", "{'k': 1}");
}

#[test]
fn printing_looks_when_it_prints() {
    let text = two_threads("x = [1]", "print('a')\nprint(x)", "print('b')\nx.append(2)");
    let found = outputs(&text, Atomicity::Op);
    assert!(found.contains(&"a b [1, 2]".to_owned()), "{found:?}");
}

#[test]
fn subclasses_of_containers() {
    let setup = "class L(list): pass\nx = L([1])";
    looks_late(setup, "v = len(x)", "x.append(2)", "1", "2");
    looks_late(setup, "v = x[0]", "x[0] = 2", "1", "2");
    looks_late(setup, "v = [n for n in x]", "x[0] = 2", "[1]", "[2]");
    looks_late(setup, "v = 2 in x", "x[0] = 2", "False", "True");
}

#[test]
fn iterators_are_shared_too() {
    looks_late("i = iter(range(9))", "v = next(i)", "next(i)", "0", "1");
    looks_late("i = iter((0, 1))", "v = next(i)", "next(i)", "0", "1");
    looks_late("i = iter('01')", "v = next(i)", "next(i)", "0", "1");
    looks_late("i = enumerate('ab')", "v = next(i)[0]", "next(i)", "0", "1");
    looks_late("i = (n for n in range(9))", "v = next(i)", "next(i)", "0", "1");
    looks_late("def g():\n    yield 0\n    yield 1\ni = g()", "for v in i: break", "next(i)", "0", "1");
    looks_late("from itertools import count\ni = count()", "v = next(i)", "next(i)", "0", "1");
}

#[test]
fn what_a_shared_generator_makes_is_shared() {
    let setup = "def g():\n    l = [0]\n    while True:\n        yield l\ni = g()";
    let text = two_threads(setup, "x = next(i)\nn = x[0]\nx[0] = n + 1", "y = next(i)\nn = y[0]\ny[0] = n + 1");
    let found = outputs(&format!("{text}print(next(i)[0])\n"), Atomicity::Op);
    assert_eq!(found, ["1", "2"]);
}
