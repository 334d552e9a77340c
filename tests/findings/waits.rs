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
        [
            "Lock order: A one took a, then b (line 7); B two took b, then a (line 11). In another order of steps each \
             would wait for the other."
        ]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &[]),
        ["加锁顺序：A one 先拿 a，再拿 b（第 7 行）；B two 先拿 b，再拿 a（第 11 行）。换一种执行顺序，它们就会互相等待。"]
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
        [
            "Lock order: A Thread-1 (eat) took forks[0], then forks[1] (line 5); B Thread-2 (eat) took forks[1], then \
             forks[2] (line 5); C Thread-3 (eat) took forks[2], then forks[0] (line 5). In another order of steps each \
             would wait for the next, all round."
        ]
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
