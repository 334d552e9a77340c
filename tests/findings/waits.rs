//! Lock order, lost wake-ups, starvation, busy waiting, misuse.

use super::common::{along, seeded, with_seed};
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{Catalogue, Target, Verdict};
use lockstep::words::Lang;

/// What this file is about.
const KINDS: [&str; 5] = ["lock_order", "lost_wakeup", "starvation", "busy_waiting", "misuse"];

/// Two threads and the two orders in which they take locks.
fn two(first: &str, second: &str) -> String {
    format!(
        "from threading import Lock, Thread\n\
         a = Lock()\nb = Lock()\ngate = Lock()\n\
         def one():\n{first}\n\
         def two():\n{second}\n\
         Thread(target=one, name='one').start()\n\
         Thread(target=two, name='two').start()\n"
    )
}

const A_THEN_B: &str = "    with a:\n        with b:\n            pass";
const B_THEN_A: &str = "    with b:\n        with a:\n            pass";

#[test]
fn opposite_order_is_found_in_a_run_that_comes_to_a_good_end() {
    let text = two(A_THEN_B, B_THEN_A);
    let found = along(&text, "v1/M2.A4");
    assert_eq!(
        found.said(&[]),
        ["Lock order: A one took a, then b (line 7); B two took b, then a (line 11). In another order of steps each \
             would wait for the other."]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &[]),
        [
            "加锁顺序：A one 先拿 a，再拿 b（第 7 行）；B two 先拿 b，再拿 a（第 11 行）。换一种执行顺序，它们就会互相等待。"
        ]
    );
}

#[test]
fn the_same_order_is_silent() {
    let text = two(A_THEN_B, A_THEN_B);
    assert!((0..50).all(|seed| with_seed(&text, seed).said(&[]).is_empty()));
}

#[test]
fn behind_a_gate_any_order_will_do() {
    let behind = |inner: &str| format!("    with gate:\n    {}", inner.replace('\n', "\n    "));
    let text = two(&behind(A_THEN_B), &behind(B_THEN_A));
    assert!((0..50).all(|seed| with_seed(&text, seed).said(&[]).is_empty()));
}

#[test]
fn one_after_the_other_any_order_will_do() {
    let text = two(A_THEN_B, B_THEN_A).replace("name='one').start()", "name='one')\nt.start()\nt.join()");
    let text = text.replace("Thread(target=one", "t = Thread(target=one");
    assert!((0..50).all(|seed| with_seed(&text, seed).said(&[]).is_empty()));
    let text = text.replace("t.join()\n", "");
    assert_eq!(along(&text, "v1/M2.A4").said(&[]).len(), 1);
}

#[test]
fn a_circle_of_three_is_told_all_round() {
    let text = "from threading import Lock, Thread\n\
                forks = [Lock() for _ in range(3)]\n\
                def eat(seat):\n    with forks[seat]:\n        with forks[(seat + 1) % 3]:\n            pass\n\
                for seat in range(3):\n    Thread(target=eat, args=(seat,)).start()\n";
    assert_eq!(
        along(text, "v1/M3.A4.B4").said(&[]),
        ["Lock order: A Thread-1 (eat) took forks[0], then forks[1] (line 5); B Thread-2 (eat) took forks[1], then \
             forks[2] (line 5); C Thread-3 (eat) took forks[2], then forks[0] (line 5). In another order of steps each \
             would wait for the next, all round."]
    );
}

/// In programs that never go wrong nothing is found, except what is so by definition.
#[test]
fn proved_scenarios_are_silent() {
    let catalogue = Catalogue::embedded();
    for scenario in catalogue.scenarios() {
        for variant in scenario.variants.iter().filter(|variant| variant.expected.verdict == Verdict::Proved) {
            let target = format!("{}/{}", scenario.id, variant.id);
            let source = Target::resolve(&target, &catalogue).unwrap().source();
            let program = compile(&source, &Parameters::default()).program.unwrap();
            for seed in 0..50 {
                let said = seeded(&program, seed).said(&KINDS);
                assert!(said.is_empty(), "{target} with seed {seed}: {said:?}");
            }
        }
    }
}

/// What is said of the only thread `A`, or of `A` and `B`, whose bodies these are.
fn misuses(setup: &str, bodies: &[&str], schedule: &str) -> Vec<String> {
    let mut text = format!("from queue import Queue\nfrom threading import *\n{setup}\n");
    for (number, body) in bodies.iter().enumerate() {
        text += &format!("def work{number}():\n");
        body.lines().for_each(|line| text += &format!("    {line}\n"));
    }
    for number in 0..bodies.len() {
        text += &format!("t{number} = Thread(target=work{number}, name='w{number}')\n");
    }
    (0..bodies.len()).for_each(|number| text += &format!("t{number}.start()\n"));
    along(&text, schedule).said(&["misuse"])
}

/// The body in a `try`, so that nobody dies of it.
fn caught(line: &str) -> String {
    format!("try:\n    {line}\nexcept (RuntimeError, ValueError):\n    pass")
}

#[test]
fn misuse_is_found_although_the_exception_is_caught() {
    let cases = [
        ("x = Lock()", "x.release()", "Misuse: A w0 releases x on line 6, but nobody holds it."),
        ("x = RLock()", "x.release()", "Misuse: A w0 releases x on line 6, but does not hold it."),
        ("x = Condition()", "x.wait()", "Misuse: A w0 waits on x on line 6 without holding its lock."),
        ("x = Condition()", "x.notify_all()", "Misuse: A w0 notifies x on line 6 without holding its lock."),
        (
            "x = BoundedSemaphore(2)",
            "x.release()",
            "Misuse: A w0 gives x back on line 6 once more often than it was taken.",
        ),
        (
            "x = Queue()",
            "x.task_done()",
            "Misuse: A w0 calls `task_done()` of x on line 6 once more than items were put into it.",
        ),
        ("x = 0", "t0.start()", "Misuse: A w0 starts A w0 on line 6, but a thread can be started only once."),
        ("x = 0", "t0.join()", "Misuse: A w0 wants to wait for its own end on line 6; it would wait for ever."),
        (
            "x = Thread(target=print, name='idle')",
            "x.join()",
            "Misuse: B w0 wants to wait for the end of A idle on line 6, but A idle has not been started.",
        ),
    ];
    for (setup, line, said) in cases {
        assert_eq!(misuses(setup, &[&caught(line)], "v1/"), [said]);
    }
}

#[test]
fn proper_use_is_no_misuse() {
    let cases = [
        ("x = Lock()", "x.acquire()\nx.release()"),
        ("x = RLock()", "with x:\n    with x:\n        pass"),
        ("x = Condition()", "with x:\n    x.wait(0.1)\n    x.notify_all()"),
        ("x = BoundedSemaphore(2)", "with x:\n    pass"),
        ("x = Queue()", "x.put(1)\nx.get()\nx.task_done()"),
        ("x = Thread(target=print)", "x.start()\nx.join()\nx.join()"),
    ];
    for (setup, body) in cases {
        assert_eq!(misuses(setup, &[body], "v1/"), [""; 0], "{body}");
    }
}

#[test]
fn a_lock_given_back_by_who_never_got_it_is_found() {
    let holds = "x.acquire()\nx.release()";
    let wrong = "x.acquire(timeout=0.1)\nx.release()";
    let said = misuses("x = Lock()", &[holds, wrong], "v1/M2.A1.B!timeout.B1");
    assert_eq!(said, ["Misuse: B w1 releases x on line 9 although it did not get it: A w0 holds it (since line 5)."]);
    let right = "if x.acquire(timeout=0.1):\n    x.release()";
    assert!(misuses("x = Lock()", &[holds, right], "v1/M2.A1.B!timeout").is_empty());
}

#[test]
fn a_lock_taken_away_is_found_and_one_handed_over_is_not() {
    let holds = "x.acquire()\ny.set()\nx.release()";
    let takes = "y.wait()\nx.release()";
    let said = misuses("x = Lock()\ny = Event()", &[holds, &caught("x.release()")], "v1/M2.A1.B1.A2");
    assert_eq!(said, ["Misuse: B w1 releases x on line 11 while A w0 holds it; A w0 releases it once more on line 8."]);
    let hands_over = "x.acquire()\ny.set()\nx.acquire()\nx.release()";
    assert!(misuses("x = Lock()\ny = Event()", &[hands_over, takes], "v1/").is_empty());
}

#[test]
fn a_lock_kept_for_ever_is_found_unless_it_is_only_given_back_late() {
    let said = misuses("x = Lock()", &["x.acquire()"], "v1/");
    assert_eq!(said, ["Misuse: A w0 took x on line 5 and never gave it back."]);
    let late = "t0.join()\nx.release()";
    assert!(misuses("x = Lock()", &["x.acquire()", late], "v1/M2.A1").is_empty());
}
