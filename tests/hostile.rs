//! Programs that want too much: every one of them ends in bounded time and memory, with an answer.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

use lockstep::event::{End, Limit, NoSink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use std::sync::Arc;

/// Runs a program with small limits, on the stack of a test's thread; the end and the output.
fn run(text: &str) -> (End, String) {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let options = Options { memory_limit: 64 << 20, spin_limit: 20_000_000, ..Options::default() };
    let mut world = World::new(program, options, &mut NoSink);
    let how = Drive { max_steps: Some(200_000), ..Drive::default() };
    let end = drive(&mut world, build(SchedulerKind::Fifo, 1).as_mut(), how, &mut NoSink).unwrap();
    (end, world.output().to_string())
}

/// The program ends by itself, having printed this.
#[track_caller]
fn prints(text: &str, expected: &str) {
    let (end, output) = run(text);
    assert_eq!((end, output.as_str()), (End::Finished, expected));
}

/// Each of these expressions raises this.
#[track_caller]
fn each_raises(expressions: &[&str], error: &str) {
    for expression in expressions {
        let text = format!("try:\n    print(len({expression}))\nexcept {error} as e:\n    print('caught')\n");
        let (end, output) = run(&text);
        assert_eq!((end, output.as_str()), (End::Finished, "caught\n"), "{expression}");
    }
}

/// The run is cut off because of this limit.
#[track_caller]
fn is_cut_off(text: &str, fits: impl Fn(&Limit) -> bool) {
    match run(text) {
        (End::Limit(limit), _) if fits(&limit) => {}
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn what_would_not_fit_into_memory_is_not_begun() {
    each_raises(
        &[
            "'a' * 10**12",
            "[0] * 10**12",
            "(0,) * 10**12",
            "b'a' * 10**12",
            "('a' * 10).replace('', 'b' * 10**7)",
            "('a' * 1000).replace('a', 'b' * 10**6)",
            "'a'.ljust(10**12)",
            "'a'.center(10**12)",
            "'a'.zfill(10**12)",
            "('\\t' * 2000).expandtabs(60000)",
            "('b' * 10**6).join('a' * 1000)",
            "list(range(10**10))",
            "tuple(range(10**10))",
            "sorted(range(10**10))",
            "set(range(10**10))",
            "list('x' * 10**7)",
            "('x ' * 10**6).split()",
            "('x,' * 10**6).split(',')",
            "('x\\n' * 10**6).splitlines()",
            "list(zip(range(10**9), range(10**9)))",
        ],
        "MemoryError",
    );
}

#[test]
fn data_that_grows_for_ever_is_stopped() {
    for grow in [
        "a.append('x' * 100000)",
        "a.insert(0, a * 2)",
        "a += a or [1]",
        "a.extend(range(1000))",
        "a.append(threading.Lock())",
        "a.append(threading.Thread(target=print))",
    ] {
        let text = format!("import threading\na = []\nwhile True:\n    {grow}\n");
        let (end, output) = run(&text);
        assert!(
            matches!(end, End::Limit(Limit::Memory(_))) || output.contains("MemoryError"),
            "{grow}: {end:?} {output}"
        );
    }
    prints(
        "\
class A:
    def __eq__(self, other):
        a = []
        while True:
            a.append('x' * 100000)
try:
    A() in [A()]
except MemoryError:
    print('caught')
",
        "caught\n",
    );
}

#[test]
fn costly_instructions_use_up_more_of_the_time() {
    let spins = |limit: &Limit| matches!(limit, Limit::Spin(_));
    is_cut_off("while True:\n    try:\n        raise ValueError\n    finally:\n        continue\n", spins);
    is_cut_off("a = list(range(10000))\nwhile True:\n    a.sort()\n", spins);
    is_cut_off("a = list(range(10000))\nwhile True:\n    -1 in a\n", spins);
    is_cut_off("a = 'a' * 100000\nwhile True:\n    b = a + a\n", spins);
    is_cut_off("a = 'é' * 100000\nwhile True:\n    a[5]\n", spins);
    is_cut_off("a = b'a' * 100000\nwhile True:\n    (a[:50000] + b'b') in a\n", spins);
}

#[test]
fn an_operation_that_takes_too_long_is_named() {
    let shared = "    x = [x, x]\n    y = [y, y]\n";
    let tuples = shared.replace('[', "(").replace(']', ")");
    for text in [
        format!("x = y = 1\nx = [1]\ny = [1]\nfor i in range(60):\n{shared}x == y\n"),
        format!("x = y = 1\nfor i in range(60):\n{tuples}hash(x)\n"),
        "class A:\n    def __eq__(self, other):\n        while True:\n            pass\nA() in [A()]\n".to_owned(),
    ] {
        let (end, _) = run(&text);
        assert!(matches!(&end, End::Unmodelled { what, .. } if what.contains("takes this long")), "{text}: {end:?}");
    }
}

#[test]
fn ranges_are_summed_without_counting() {
    prints(
        "print(sum(range(10**9)), sum(range(10, 0, -3), 5), sum(range(0)), max(range(10**15)), min(range(7, -8, -2)))\n",
        "499999999500000000 27 0 999999999999999 -7\n",
    );
}

#[test]
fn only_so_many_threads_can_be_started() {
    let text = "\
import threading

count = 0

def again():
    global count
    count += 1
    try:
        threading.Thread(target=again).start()
    except RuntimeError as error:
        print(count, error)

again()
";
    prints(text, "20000 can't start new thread\n");
}

#[test]
fn every_limit_of_formatting_holds() {
    each_raises(&["'%.*f' % (10**12, 1.0) * 100", "('%16000000d' * 20) % ((1,) * 20)"], "MemoryError");
    each_raises(&["'%1000000000000d' % 3", "f'{1:>999999999999}'", "'{:.99999999999f}'.format(1.0)"], "ValueError");
    prints(
        "print(len('%.100000f' % 0.1), len(f'{0.1:.70000e}'), len(f'{0.1:#.70000g}'), ('%.2000f' % 0.1)[-1])\n",
        "100002 70006 70002 0\n",
    );
}

#[test]
fn what_is_nested_too_deeply_is_a_recursion_error() {
    for (start, wrap, use_of) in [
        ("()", "(x,)", "hash(x)"),
        ("()", "(x,)", "{x: 1}"),
        ("(int,)", "(x,)", "isinstance('', x)"),
        ("(int,)", "(x,)", "issubclass(str, x)"),
        ("[]", "[x]", "x == eval_copy"),
        ("iter([1])", "enumerate(x)", "list(x)"),
        ("iter([1])", "zip(x)", "list(x)"),
        ("print", "staticmethod(x)", "x()"),
    ] {
        let text = format!(
            "x = eval_copy = {start}\nfor i in range(20000):\n    x = {wrap}\neval_copy = x\nx = {start}\n\
             for i in range(20000):\n    x = {wrap}\ntry:\n    {use_of}\nexcept RecursionError:\n    print('caught')\n"
        );
        prints(&text, "caught\n");
    }
    // What is shown is cut off instead.
    for wrap in ["[x]", "(x,)", "{1: x}", "slice(x)"] {
        let text = format!("x = 1\nfor i in range(20000):\n    x = {wrap}\nprint(len(repr(x)) > 0)\n");
        prints(&text, "True\n");
    }
}

#[test]
fn special_methods_that_call_themselves_are_recursion_errors() {
    for (method, use_of) in [
        ("__eq__(self, o): return [self] == [o]", "A() == A()"),
        ("__hash__(self): return hash((self,))", "{A()}"),
        ("__repr__(self): return repr([self])", "str(A())"),
        ("__str__(self): return '%s' % self", "str(A())"),
        ("__lt__(self, o): return sorted([self, o])", "sorted([A(), A()])"),
        ("__iter__(self): return iter(self)", "list(A())"),
        ("__len__(self): return len(self)", "len(A())"),
        ("__bool__(self): return bool(self)", "bool(A())"),
        ("__getattr__(self, n): return getattr(self, n)", "A().x"),
        ("__add__(self, o): return sum([self], o)", "sum([A()], A())"),
        ("__format__(self, s): return f'{self}'", "f'{A()}'"),
        ("__contains__(self, x): return x in self", "1 in A()"),
        ("__getitem__(self, i): return self[i]", "A()[0]"),
        ("__call__(self): return self()", "A()()"),
    ] {
        let text =
            format!("class A:\n    def {method}\ntry:\n    {use_of}\nexcept RecursionError:\n    print('caught')\n");
        prints(&text, "caught\n");
    }
    prints(
        "class A: pass\nA.__call__ = A()\ntry:\n    A()()\nexcept RecursionError:\n    print('caught')\n",
        "caught\n",
    );
}

#[test]
fn natives_and_methods_nested_in_each_other_fit_on_a_small_stack() {
    for (method, inside) in
        [("__repr__(self)", "repr(x)"), ("__hash__(self)", "hash(x)"), ("__eq__(self, o)", "x == y")]
    {
        let other = if inside == "x == y" { "o" } else { "self" };
        let (open, close) = if inside.starts_with("hash") { ("(", ",)") } else { ("[", "]") };
        let text = format!(
            "class A:\n    def {method}:\n        x, y = self, {other}\n        for i in range(190):\n            \
             x, y = {open}x{close}, {open}y{close}\n        return {inside}\ntry:\n    x, y = A(), A()\n    \
             print({inside})\nexcept RecursionError:\n    print('caught')\n"
        );
        prints(&text, "caught\n");
    }
}
