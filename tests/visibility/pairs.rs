//! Two threads and what they share, written by hand: programs in which the sharing of something is easily overlooked.

/// What is there at first, and what each of the two threads does.
pub(crate) type Pair = (&'static str, &'static str, &'static str);

pub(crate) const LISTS: &[Pair] = &[
    ("x = [0]\ny = x", "y[0] += 1", "x[0] += 1"),
    ("x = [0]\ndef bump(l): l[0] += 1", "bump(x)", "x[0] = 5"),
    ("x = [[0], [0]]\ny = x[1]", "y[0] += 1", "x[1][0] += 1"),
    ("x = [1, 2]\ny = [x]", "y[0].append(3)", "x.append(len(x))"),
    ("x = [0, 0]\nd = {'l': x}", "d['l'][0] = x[1] + 1", "x[1] = d['l'][0] + 1"),
    ("x = [0]\nt = (x, 1)", "t[0][0] += 1", "x[0] += 1"),
];

pub(crate) const CAPTURED: &[Pair] = &[
    (
        "def make():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n    def get(): return n\n    return inc, get\ninc, get = make()\nout = []",
        "inc()\nout.append(get())",
        "inc()",
    ),
    ("fs = []\nfor i in range(2):\n    fs.append(lambda: i)\nout = []", "out.append(fs[0]())", "global i\ni = 7"),
    ("def outer():\n    k = [0]\n    return lambda: k\ng = outer()", "g()[0] += 1", "g()[0] += 1"),
];

pub(crate) const ATTRIBUTES: &[Pair] = &[
    ("class A:\n    n = 0", "A.n += 1", "A.n += 1"),
    ("class A:\n    n = 0\no = A()", "o.n += 1", "A.n = 5"),
    ("class A:\n    def __init__(self): self.n = 0\no = A()", "o.n += 1", "o.n += 1"),
    ("class A:\n    def __init__(self): self.n = 0\no = A()\nr = []", "o.__init__()", "o.n = 3\nr.append(o.n)"),
    ("class A:\n    def __init__(self): self.n = 1\no = A()\nr = []", "o.__init__()", "del o.n\nr.append(1)"),
    (
        "class A:\n    def __init__(self): self.l = []\n    @property\n    def size(self): return len(self.l)\no = A()\nr = []",
        "o.l.append(1)\no.l.append(2)",
        "r.append(o.size)",
    ),
];

pub(crate) const METHODS: &[Pair] = &[
    (
        "class A:\n    def f(self): return 1\no = A()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\no.f = lambda: 3",
    ),
    (
        "class A:\n    def f(self): return 1\no = A()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\nA.f = lambda self: 3",
    ),
    (
        "class A:\n    n = 1\nclass B(A):\n    def f(self): return super().n\no = B()\nr = []",
        "r.append(0)\nr.append(o.f())",
        "r.append(2)\nA.n = 3",
    ),
];

pub(crate) const DEFAULTS: &[Pair] = &[
    ("def f(l=[]):\n    l.append(len(l))\n    return l\nr = []", "r.append(len(f()))", "r.append(len(f()))"),
    ("x = []\nput = x.append\nr = []", "put(1)\nr.append(len(x))", "put(2)"),
    ("d = {}\nput = d.setdefault\nr = []", "r.append(put('k', 1))", "r.append(put('k', 2))"),
];

pub(crate) const FROZEN: &[Pair] = &[
    ("x = [1, 2]\ndef f(l): l[0] = 9\nr = []", "r.append(x[0])\nr.append(x[0])", "r.append(0)\nf(x)"),
    ("x = [1]\nz = [x]\nr = []", "r.append(x[0])\nr.append(x[0])", "r.append(0)\nz[0][0] = 9"),
    ("x = [1]\ny = max(x, [0])\nr = []", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9"),
    (
        "x = [1]\nr = []\nclass E:\n    def __eq__(self, o):\n        o[0] = 9\n        return True\ne = E()",
        "r.append(0)\nr.append(x[0])",
        "r.append(2)\ne == x",
    ),
    ("x = [1]\nr = []\nmatch x:\n    case y: pass", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9"),
    ("x = [1]\nr = []\ny = sum([], x)", "r.append(0)\nr.append(x[0])", "r.append(2)\ny.append(9)"),
    ("x = [1]\nr = []\nfor y in [x]: pass", "r.append(0)\nr.append(x[0])", "r.append(2)\ny[0] = 9"),
];

pub(crate) const GLOBALS: &[Pair] = &[
    ("n = 0\ndef set(v):\n    global n\n    n = v", "set(1)\nset(n + 1)", "set(5)"),
    ("n = 1\nr = []", "r.append(0)\nr.append(n)", "r.append(2)\nglobal n\ndel n"),
];

/// Module code that stores while a thread runs.
pub(crate) const MODULE: &str = "from threading import Thread\nn = 0\nr = []\ndef f():\n    r.append(n)\n    r.append(n)\nt = Thread(target=f)\nt.start()\nn = 1\nr.append(2)\nt.join()\n";

pub(crate) const LOOPS: &[Pair] = &[
    ("x = [1, 2]\nr = []", "for i in x: r.append(i)", "x.append(3)"),
    ("x = {1: 2}\nr = []", "for k in x: r.append(k)", "x[5] = 6"),
    ("x = {1: 2}\nv = x.items()\nr = []", "r.append(list(v))", "x[5] = 6"),
];

pub(crate) const COPIES: &[Pair] = &[
    ("x = 0\ny = 0", "global x\nx = y\nx = x + 1", "global y\ny = x\ny = y + 1"),
    ("class A: pass\no = A()\no.l = [0]\np = A()", "p.l = o.l\np.l[0] += 1", "o.l[0] += 1"),
    ("x = [0]\ny = [1]\n", "global y\ny = x\ny.append(2)", "x.append(3)"),
];

pub(crate) const HOOKS: &[Pair] = &[
    (
        "log = []\nclass A:\n    def __getattr__(self, name):\n        log.append(name)\n        return len(log)\no = A()",
        "log.append(o.x)",
        "log.append(0)",
    ),
    (
        "l = [0]\nclass E(Exception):\n    def __init__(self, l): self.l = l\ndef f(): raise E(l)",
        "try: f()\nexcept E as e: e.l[0] += 1",
        "l[0] += 1",
    ),
    ("l = [0]\ndef f(*a, **k): a[0][0] += k['n'][0]", "f(l, n=l)", "f(*[l], **{'n': [5]})"),
];

pub(crate) const HANDED: &[Pair] = &[
    ("import queue\nq = queue.Queue()\nr = []", "x = [0]\nq.put(x)\nx[0] += 1", "y = q.get()\ny[0] += 1\nr.append(y)"),
    (
        "r = []\nclass T(Thread):\n    def __init__(self, l):\n        super().__init__()\n        self.l = l\n    def run(self): self.l[0] += 1",
        "x = [0]\nt = T(x)\nt.start()\nx[0] += 1\nt.join()\nr.append(x)",
        "pass",
    ),
    (
        "r = []",
        "x = [0]\nt = Timer(1, lambda: x.append(len(x)))\nt.start()\nx.append(len(x))\nt.join()\nr.append(x)",
        "pass",
    ),
    ("m = local()\nr = []", "m.x = 1\nr.append(m.x)", "m.x = 2\nr.append(m.x)"),
];

/// The text as the body of a function.
pub(crate) fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["    ", line, "\n"]).collect()
}

/// Main starts `a` and `b` in threads and waits for both.
pub(crate) fn two_threads(setup: &str, a: &str, b: &str) -> String {
    format!(
        "from threading import Lock, Thread, Timer, local\n{setup}\ndef a():\n{}\ndef b():\n{}\nta = Thread(target=a)\ntb = Thread(target=b)\nta.start()\ntb.start()\nta.join()\ntb.join()\n",
        indented(a),
        indented(b)
    )
}
