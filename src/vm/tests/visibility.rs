//! Where a thread stops.

use super::driver::run;

#[test]
fn globals_that_functions_store_are_visible() {
    let ran = run("g = 0\nh = 5\ndef f():\n    global g\n    g += 1\n    return h\nf()\nf()\n");
    // `g = 0` and twice a read and a write; `h` is never stored again.
    assert_eq!(ran.visible, 5);
}

#[test]
fn nothing_else_is_visible_before_a_thread_starts() {
    let ran = run("
class A:
    def __init__(self): self.v = [1]
a = A()
a.v.append(2)
a.w = 1
d = {}
d['k'] = len(a.v)
");
    assert_eq!(ran.visible, 0);
}

const THREADED: &str = "
import threading
items = []
class A:
    def __init__(self):
        self.n = 0
        self.fixed = 1
a = A()
def work(): return items, a
t = threading.Thread(target=work)
t.start()
";

/// Visible operations of the main thread after a thread was started.
fn after_start(rest: &str) -> usize {
    run(&format!("{THREADED}{rest}")).visible
}

#[test]
fn containers_and_instances_are_shared_with_the_first_thread() {
    let base = after_start("");
    assert_eq!(after_start("items.append(1)\n") - base, 1);
    assert_eq!(after_start("a.n = a.n\n") - base, 2);
    // The method and the attribute that only `__init__` stores are not seen changing.
    assert_eq!(after_start("a.fixed\nA\n") - base, 0);
    // No function mentions `x`.
    assert_eq!(after_start("x = [1]\ny = x[0]\n") - base, 0);
}

#[test]
fn what_is_stored_in_shared_places_is_shared() {
    let base = after_start("def f():\n    own = []\n    own.append(1)\nf()\n");
    let shared = after_start("def f():\n    own = []\n    items.append(own)\n    own.append(1)\nf()\n");
    // Storing it, and appending to it afterwards.
    assert_eq!(shared - base, 2);
}
