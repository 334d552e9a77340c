//! What the sharing analysis says about small programs.

use super::program;
use lockstep::lang::{Global, Program};

/// The names of the globals of the program for which `what` holds.
fn globals(program: &Program, what: impl Fn(&Global) -> bool) -> Vec<&str> {
    let range = program.main().globals.start as usize..program.main().globals.end as usize;
    program.globals[range].iter().filter(|global| what(global)).map(|global| program.name(global.name)).collect()
}

#[track_caller]
fn check_shared(text: &str, expected: &[&str]) {
    let program = program(&format!("from threading import Thread\n{text}"));
    assert_eq!(globals(&program, |global| global.shared), expected, "{text}");
}

#[track_caller]
fn check_frozen(text: &str, expected: &[&str]) {
    let program = program(&format!("from threading import Thread, Lock\n{text}"));
    assert_eq!(globals(&program, |global| global.frozen), expected);
}

#[track_caller]
fn check_init_only(text: &str, expected: &[&str]) {
    let program = program(text);
    let mut names: Vec<&str> = program.init_only.iter().map(|sym| program.name(*sym)).collect();
    names.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn what_functions_store_is_shared() {
    check_shared("n = 0\ndef f():\n    global n\n    n += 1\n", &["n"]);
    check_shared("n = 0\ndef f():\n    def g():\n        global n\n        del n\n", &["n"]);
    check_shared("def f():\n    global n\n    for n in range(3): pass\n", &["n"]);
    check_shared("def f():\n    global n\n    import time as n\n", &["n"]);
    check_shared("def f():\n    global g\n    def g(): pass\n", &["g"]);
    check_shared("def f():\n    global e\n    try: pass\n    except ValueError as e: pass\n", &["e"]);
    check_shared("def f():\n    global n\n    print([n := i for i in range(3)])\n", &["n"]);
    check_shared("n = 0\nclass A:\n    def f(self):\n        global n\n        n = 1\n", &["n"]);
}

#[test]
fn constants_are_not_shared() {
    check_shared("N = 5\ndef f():\n    print(N)\nt = Thread(target=f)\nt.start()\n", &[]);
    check_shared("N = 5\nN = N + 1\ndef f():\n    print(N)\nThread(target=f).start()\n", &[]);
}

#[test]
fn stores_after_a_start_are_shared_when_functions_read_them() {
    check_shared("n = 0\ndef f():\n    print(n)\nThread(target=f).start()\nn = 1\n", &["n"]);
    check_shared("def f():\n    print(n)\nThread(target=f).start()\nfor n in range(3): pass\n", &["n"]);
    check_shared("def f():\n    print(n)\nThread(target=f).start()\nclass A:\n    global n\n    n = 1\n", &["n"]);
    check_shared("def f():\n    print(n)\nn = Thread(target=f).start()\n", &["n"]);
    check_shared("def f():\n    print(n)\nThread(target=f).start()\nprint(n := 1)\n", &["n"]);
    check_shared("n = 0\ndef f():\n    print(n)\nThread(target=f).start()\ndel n\n", &["n"]);
    check_shared("f = lambda: n\nn = 0\nThread(target=f).start()\nn = 1\n", &["n"]);
    check_shared("g = (n for _ in range(3))\nn = 0\nThread(target=list, args=(g,)).start()\nn = 1\n", &["n"]);
}

#[test]
fn what_only_module_code_mentions_is_its_own() {
    check_shared("def f(): pass\nfor i in range(3):\n    t = Thread(target=f)\n    t.start()\nt.join()\nx = 1\n", &[]);
}

#[test]
fn a_loop_that_starts_counts_from_its_beginning() {
    check_shared("def f():\n    print(i)\nfor i in range(3):\n    Thread(target=f).start()\n", &["i"]);
    check_shared("n = 0\ndef f():\n    print(n)\nwhile n < 3:\n    n += 1\n    Thread(target=f).start()\n", &["n"]);
    check_shared("n = 0\ndef f():\n    print(n)\nfor _ in range(3):\n    n = 1\nThread(target=f).start()\n", &[]);
}

#[test]
fn a_start_is_found_wherever_it_hides() {
    let reader = "n = 0\ndef f():\n    print(n)\nt = Thread(target=f)\n";
    for start in [
        "def go():\n    t.start()\ngo()\n",
        "def go():\n    t.start()\ndef more():\n    go()\nmore()\n",
        "go = t.start\ngo()\n",
        "for s in [t.start]: s()\n",
        "getattr(t, 'start')()\n",
        "getattr(t, 'st' + 'art')()\n",
        "def go():\n    for m in ['start']: getattr(t, m)()\ngo()\n",
        "class A:\n    def __init__(self):\n        t.start()\nA()\n",
        "class A:\n    def __init__(self):\n        t.start()\nclass B(A): pass\nB()\n",
        "class A:\n    def __enter__(self):\n        t.start()\n    def __exit__(self, *a): pass\nwith A(): pass\n",
        "class A:\n    @property\n    def go(self):\n        t.start()\nA().go\n",
        "class A:\n    def run_all(self):\n        t.start()\nA().run_all()\n",
        "class A:\n    t.start()\n",
        "(lambda: t.start())()\n",
        "[t.start() for _ in range(1)]\n",
        "def go(f=t.start): f()\ngo()\n",
        "def deco(f):\n    t.start()\n    return f\n@deco\ndef g(): pass\n",
        "try:\n    t.start()\nfinally:\n    pass\n",
        "if t:\n    t.start()\n",
        "with t.lock if t.start() else t.lock:\n    pass\n",
        "print(f'{t.start()}')\n",
        "import multiprocessing\np = multiprocessing\n",
    ] {
        check_shared(&format!("{reader}{start}n = 1\n"), &["n"]);
    }
    check_shared(&format!("{reader}def go():\n    t.start()\nn = 1\ngo()\n"), &[]);
}

#[test]
fn containers_nobody_changes_are_frozen() {
    let work = "def f(i):\n    with forks[i]: print(len(forks), forks)\n    for x in forks: pass\n";
    let start = "for i in range(5): Thread(target=f, args=(i,)).start()\n";
    check_frozen(&format!("forks = [Lock() for _ in range(5)]\n{work}{start}"), &["forks"]);
    check_frozen(&format!("forks = []\nfor _ in range(5): forks.append(Lock())\n{work}{start}"), &["forks"]);
    check_frozen(&format!("forks = [None] * 5\nforks[0] = Lock()\n{work}{start}"), &["forks"]);
    check_frozen(
        "d = {'a': 1}\ndef f():\n    return d['a'] + d.get('b', 0), [k for k in d], 'a' in d, f'{d}'\n",
        &["d"],
    );
}

#[test]
fn containers_that_change_or_escape_are_not_frozen() {
    for text in [
        "def f():\n    a.append(1)\n",
        "def f():\n    a[0] = 1\n",
        "def f():\n    a[0] += 1\n",
        "def f():\n    del a[0]\n",
        "def f():\n    b = a\n",
        "def f():\n    return a\n",
        "def f(x=a): pass\n",
        "def f(x): pass\nf(a)\n",
        "b = a\n",
        "b = [a]\n",
        "b = a or []\n",
        "b = (a, 1)\n",
        "f = a.append\n",
        "Thread(target=print, args=(a,)).start()\n",
        "def f():\n    print(a)\nThread(target=f).start()\na.append(1)\n",
        "def f():\n    print(a)\nfor _ in range(2):\n    a.append(1)\n    Thread(target=f).start()\n",
        "class A: pass\nA.x = a\n",
        "def g():\n    yield a\n",
        "for a[0] in [1]: Thread().start()\n",
        "print([0 for a[0] in [1] if Thread().start()])\n",
        "import random\nrandom.shuffle(a)\n",
        "b = lambda: a.pop()\n",
        "b = iter(a)\n",
    ] {
        let program = program(&format!("from threading import Thread\na = [1]\n{text}"));
        assert!(!globals(&program, |global| global.frozen).contains(&"a"), "{text}");
    }
    check_frozen("a = b = [1]\n", &[]);
    check_frozen("def make(): return []\na = make()\n", &[]);
}

#[test]
fn attributes_of_init_alone() {
    let class = "class A:\n    def __init__(self, n):\n        self.n = n\n        self.m, self.k = 0, 1\n";
    check_init_only(class, &["k", "m", "n"]);
    check_init_only(&format!("{class}    def inc(self):\n        self.n += 1\n"), &["k", "m"]);
    check_init_only(&format!("{class}a = A(1)\na.n = 2\n"), &["k", "m"]);
    check_init_only(&format!("{class}del A(1).n\n"), &["k", "m"]);
    check_init_only(&format!("{class}    n = 5\n"), &["k", "m", "n"]);
    check_init_only(&format!("{class}setattr(A(1), 'n', 2)\n"), &["k", "m"]);
    check_init_only(&format!("{class}setattr(A(1), input(), 2)\n"), &[]);
    check_init_only(&format!("{class}A(1).__dict__['n'] = 2\n"), &[]);
    check_init_only(&format!("{class}for A(1).n in range(3): pass\n"), &["k", "m"]);
    check_init_only(&format!("{class}with A(1) as A(1).n: pass\n"), &["k", "m"]);
    check_init_only("class A:\n    def __init__(self):\n        def f():\n            self.n = 1\n", &[]);
    check_init_only("def __init__(self):\n    self.n = 1\n", &[]);
}

#[test]
fn attributes_stored_when_others_may_know_the_object() {
    let check = |init: &str, expected: &[&str]| {
        let text = format!("class A(B):\n    def __init__(self, n):\n{init}    def go(self): pass\n");
        check_init_only(&format!("class B:\n    def __init__(self): self.b = 0\n{text}"), expected);
    };
    check("        self.n = n\n        self.go()\n        self.m = n\n", &["b", "go", "n"]);
    check("        self.n = n\n        print(self)\n        self.m = n\n", &["b", "n"]);
    check("        print(self.go)\n        self.m = n\n", &["b", "go"]);
    check("        print(lambda: self)\n        self.m = n\n", &["b"]);
    check("        for i in n:\n            self.m = i\n            print(self)\n", &["b"]);
    check("        self.n = n\n        self.m = self.n\n", &["b", "m", "n"]);
}

/// For a code, by name: each cell and free variable, with whether it is constant.
#[track_caller]
fn check_constants(text: &str, code: &str, expected: &[(&str, bool)]) {
    let program = program(text);
    let code = program.codes.iter().find(|c| program.name(c.qualname) == code).expect("there is such a code");
    let names = code.cells.iter().chain(&code.frees).map(|sym| program.name(*sym));
    let found: Vec<(&str, bool)> = names.zip(code.constant_derefs.iter().copied()).collect();
    assert_eq!(found, expected);
}

#[test]
fn captured_variables_that_are_bound_before_are_constant() {
    check_constants("def f(a):\n    def g(): return a\n", "f", &[("a", true)]);
    check_constants("def f(a):\n    def g(): return a\n", "f.<locals>.g", &[("a", true)]);
    check_constants("def f():\n    a = 1\n    return lambda: a\n", "f", &[("a", true)]);
    check_constants("def f():\n    def g(): return g\n", "f", &[("g", true)]);
    check_constants("class A:\n    def f(self): super().f()\n", "A.f", &[("__class__", true)]);
    check_constants("def f():\n    g = lambda: a\n    a = 1\n", "f", &[("a", false)]);
    check_constants("def f(a):\n    def g():\n        nonlocal a\n        a = 1\n", "f", &[("a", false)]);
    check_constants("def f():\n    for a in range(3):\n        x = lambda: a\n", "f", &[("a", false)]);
    check_constants("def f(a):\n    for i in range(3):\n        x = lambda: a\n", "f", &[("a", true)]);
    check_constants("def f(a):\n    x = lambda: a\n    del a\n", "f", &[("a", false)]);
    check_constants("def f():\n    return [lambda: a for a in range(3)]\n", "f", &[("a", false)]);
    check_constants("def f():\n    def g(): return h\n    def h(): return g\n", "f", &[("g", true), ("h", false)]);
}
