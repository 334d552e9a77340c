//! The atomicity dial: what races under which setting.

use crate::common::outputs;
use crate::pairs::indented;
use lockstep::kernel::Atomicity::{self, Gil, Line, Op};

/// Two threads run `work`; the values that `n` has at the end.
#[track_caller]
fn check(work: &str, atomicity: Atomicity, expected: &[&str]) {
    let indented = indented(work);
    let text = format!(
        "from threading import Lock, Thread\nn = 0\nx = [0]\nlock = Lock()\ndef one(): return 1\ndef get(): return n\ndef work():\n    global n\n{indented}ts = [Thread(target=work) for _ in range(2)]\nfor t in ts: t.start()\nfor t in ts: t.join()\nprint(n)\n"
    );
    assert_eq!(outputs(&text, atomicity), expected, "{atomicity}: {text}");
}

const TEMP: &str = "temp = n\ntemp = temp + 1\nn = temp";

#[test]
fn by_operation_every_increment_races() {
    for work in ["n += 1", "n = n + 1", TEMP, "n = get() + 1", "n = n + one()", "for i in range(1): n += 1"] {
        check(work, Op, &["1", "2"]);
    }
    check("with lock: n += 1", Op, &["2"]);
}

#[test]
fn by_line_what_stands_on_one_line_is_one_step() {
    check("n += 1", Line, &["2"]);
    check("n = n + 1", Line, &["2"]);
    check(TEMP, Line, &["1", "2"]);
    check("temp = n; temp = temp + 1; n = temp", Line, &["2"]);
}

#[test]
fn by_line_a_loop_turn_is_a_step_even_on_one_line() {
    check("for i in range(2): n += 1", Line, &["4"]);
    check("t = n\nfor i in range(1): n = t + 1", Line, &["1", "2"]);
}

#[test]
fn by_line_waiting_ends_a_step() {
    check("with lock: n += 1", Line, &["2"]);
    let waits = "lock.acquire()\none()\nlock.release()\nt = n; lock.acquire(); n = t + 1; lock.release()";
    check(waits, Line, &["1", "2"]);
}

#[test]
fn by_line_comprehensions_are_on_their_line() {
    check("x.append(n); n = len([i for i in x]) - 1", Line, &["2"]);
}

#[test]
fn by_gil_an_increment_is_safe_and_calls_are_not() {
    check("n += 1", Gil, &["2"]);
    check("n = n + 1", Gil, &["2"]);
    check(TEMP, Gil, &["2"]);
    check("t = n\none()\nn = t + 1", Gil, &["1", "2"]);
    check("n = n + one()", Gil, &["1", "2"]);
    check("t = n\nfor i in range(1): pass\nn = t + 1", Gil, &["1", "2"]);
    check("t = n\nwith lock: n = t + 1", Gil, &["1", "2"]);
}
