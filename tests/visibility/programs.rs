//! Hand-written programs in which the sharing of something is easily overlooked.

use crate::common::{all_visible, outcomes, program, two_threads};
use lockstep::kernel::Atomicity;

/// The analysis changes nothing about what can happen.
#[track_caller]
fn same(setup: &str, a: &str, b: &str) {
    let text = two_threads(setup, a, b);
    let usual = outcomes(&program(&text), Atomicity::Op);
    let overruled = outcomes(&all_visible(&text), Atomicity::Op);
    assert_eq!(usual, overruled, "{text}");
}

#[test]
fn lists_known_by_two_names() {
    same("x = [0]\ny = x", "y[0] += 1", "x[0] += 1");
    same("x = [0]\ndef bump(l): l[0] += 1", "bump(x)", "x[0] = 5");
    same("x = [[0], [0]]\ny = x[1]", "y[0] += 1", "x[1][0] += 1");
    same("x = [1, 2]\ny = [x]", "y[0].append(3)", "x.append(len(x))");
    same("x = [0, 0]\nd = {'l': x}", "d['l'][0] = x[1] + 1", "x[1] = d['l'][0] + 1");
    same("x = [0]\nt = (x, 1)", "t[0][0] += 1", "x[0] += 1");
}

#[test]
fn captured_variables() {
    let setup = "def make():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n    def get(): return n\n    return inc, get\ninc, get = make()\nout = []";
    same(setup, "inc()\nout.append(get())", "inc()");
    let lambdas = "fs = []\nfor i in range(2):\n    fs.append(lambda: i)\nout = []";
    same(lambdas, "out.append(fs[0]())", "global i\ni = 7");
    same("def outer():\n    k = [0]\n    return lambda: k\ng = outer()", "g()[0] += 1", "g()[0] += 1");
}

#[test]
fn attributes_of_classes_and_instances() {
    same("class A:\n    n = 0", "A.n += 1", "A.n += 1");
    same("class A:\n    n = 0\no = A()", "o.n += 1", "A.n = 5");
    same("class A:\n    def __init__(self): self.n = 0\no = A()", "o.n += 1", "o.n += 1");
    same("class A:\n    def __init__(self): self.n = 0\no = A()\nr = []", "o.__init__()", "o.n = 3\nr.append(o.n)");
    same("class A:\n    def __init__(self): self.n = 1\no = A()\nr = []", "o.__init__()", "del o.n\nr.append(1)");
    same(
        "class A:\n    def __init__(self): self.l = []\n    @property\n    def size(self): return len(self.l)\no = A()\nr = []",
        "o.l.append(1)\no.l.append(2)",
        "r.append(o.size)",
    );
}

#[test]
fn methods_that_are_replaced() {
    same(
        "class A:\n    def f(self): return 1\no = A()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\no.f = lambda: 3",
    );
    same(
        "class A:\n    def f(self): return 1\no = A()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\nA.f = lambda self: 3",
    );
    same(
        "class A:\n    n = 1\nclass B(A):\n    def f(self): return super().n\no = B()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\nA.n = 3",
    );
}

#[test]
fn default_arguments_and_bound_methods() {
    same("def f(l=[]):\n    l.append(len(l))\n    return l\nr = []", "r.append(len(f()))", "r.append(len(f()))");
    same("x = []\nput = x.append\nr = []", "put(1)\nr.append(len(x))", "put(2)");
    same("d = {}\nput = d.setdefault\nr = []", "r.append(put('k', 1))", "r.append(put('k', 2))");
}

#[test]
fn frozen_containers_that_change_after_all() {
    same("x = [1, 2]\ndef f(l): l[0] = 9\nr = []", "r.append(x[0])\nr.append(x[0])", "r.append(0)\nf(x)");
    same("x = [1]\nz = [x]\nr = []", "r.append(x[0])\nr.append(x[0])", "r.append(0)\nz[0][0] = 9");
    same("x = [1]\ny = max(x, [0])\nr = []", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9");
    same(
        "x = [1]\nr = []\nclass E:\n    def __eq__(self, o):\n        o[0] = 9\n        return True\ne = E()",
        "r.append(0)\nr.append(x[0])",
        "r.append(2)\ne == x",
    );
    same("x = [1]\nr = []\nmatch x:\n    case y: pass", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9");
    same("x = [1]\nr = []\ny = sum([], x)", "r.append(0)\nr.append(x[0])", "r.append(2)\ny.append(9)");
    same("x = [1]\nr = []\nfor y in [x]: pass", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9");
}

#[test]
fn globals_stored_by_functions_and_by_module_code() {
    same("n = 0\ndef set(v):\n    global n\n    n = v", "set(1)\nset(n + 1)", "set(5)");
    same("n = 1\nr = []", "r.append(0)\nr.append(n)", "r.append(2)\nglobal n\ndel n");
    let text = "from threading import Thread\nn = 0\nr = []\ndef f():\n    r.append(n)\n    r.append(n)\nt = Thread(target=f)\nt.start()\nn = 1\nr.append(2)\nt.join()\n";
    let usual = outcomes(&program(text), Atomicity::Op);
    assert_eq!(usual, outcomes(&all_visible(text), Atomicity::Op));
}

#[test]
fn loops_over_what_others_change() {
    same("x = [1, 2]\nr = []", "for i in x: r.append(i)", "x.append(3)");
    same("x = {1: 2}\nr = []", "for k in x: r.append(k)", "x[5] = 6");
    same("x = {1: 2}\nv = x.items()\nr = []", "r.append(list(v))", "x[5] = 6");
}

#[test]
fn copies_between_shared_places() {
    same("x = 0\ny = 0", "global x\nx = y\nx = x + 1", "global y\ny = x\ny = y + 1");
    same("class A: pass\no = A()\no.l = [0]\np = A()", "p.l = o.l\np.l[0] += 1", "o.l[0] += 1");
    same("x = [0]\ny = [1]\n", "global y\ny = x\ny.append(2)", "x.append(3)");
}

#[test]
fn hooks_and_exceptions() {
    same(
        "log = []\nclass A:\n    def __getattr__(self, name):\n        log.append(name)\n        return len(log)\no = A()",
        "log.append(o.x)",
        "log.append(0)",
    );
    same(
        "l = [0]\nclass E(Exception):\n    def __init__(self, l): self.l = l\ndef f(): raise E(l)",
        "try: f()\nexcept E as e: e.l[0] += 1",
        "l[0] += 1",
    );
    same("l = [0]\ndef f(*a, **k): a[0][0] += k['n'][0]", "f(l, n=l)", "f(*[l], **{'n': [5]})");
}

#[test]
fn objects_handed_over() {
    same(
        "import queue\nq = queue.Queue()\nr = []",
        "x = [0]\nq.put(x)\nx[0] += 1",
        "y = q.get()\ny[0] += 1\nr.append(y)",
    );
    same(
        "r = []\nclass T(Thread):\n    def __init__(self, l):\n        super().__init__()\n        self.l = l\n    def run(self): self.l[0] += 1",
        "x = [0]\nt = T(x)\nt.start()\nx[0] += 1\nt.join()\nr.append(x)",
        "pass",
    );
    same(
        "r = []",
        "x = [0]\nt = Timer(1, lambda: x.append(len(x)))\nt.start()\nx.append(len(x))\nt.join()\nr.append(x)",
        "pass",
    );
    same("m = local()\nr = []", "m.x = 1\nr.append(m.x)", "m.x = 2\nr.append(m.x)");
}
