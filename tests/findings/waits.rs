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

/// Programs that are right, and wait busily: that is what they are there to show.
const POLLING: [&str; 2] = ["traffic/poll", "peterson/peterson"];

/// In programs that never go wrong nothing is found, except what is so by definition.
#[test]
fn proved_scenarios_are_silent() {
    let catalogue = Catalogue::embedded();
    let mut wrong = Vec::new();
    for scenario in catalogue.scenarios() {
        for variant in scenario.variants.iter().filter(|variant| variant.expected.verdict == Verdict::Proved) {
            let target = format!("{}/{}", scenario.id, variant.id);
            let source = Target::resolve(&target, &catalogue).unwrap().source();
            let program = compile(&source, &Parameters::default()).program.unwrap();
            for seed in 0..50 {
                let mut said = seeded(&program, seed).said(&KINDS);
                if POLLING.contains(&target.as_str()) {
                    said.retain(|said| !said.starts_with("Busy waiting"));
                }
                wrong.extend(said.into_iter().map(|said| format!("{target} with seed {seed}: {said}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of the only thread `A`, or of `A` and `B`, whose bodies these are.
fn misuses(setup: &str, bodies: &[&str], schedule: &str) -> Vec<String> {
    let indented = |body: &str| format!("    {}\n", body.replace('\n', "\n    "));
    let functions = bodies.iter().enumerate().map(|(n, body)| format!("def work{n}():\n{}", indented(body)));
    let threads = (0..bodies.len()).map(|n| format!("t{n} = Thread(target=work{n}, name='w{n}')\n"));
    let starts = (0..bodies.len()).map(|n| format!("t{n}.start()\n"));
    let rest: String = functions.chain(threads).chain(starts).collect();
    let text = format!("from queue import Queue\nfrom threading import *\n{setup}\n{rest}");
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

// ---- lost wake-ups ----

/// A waiter and somebody who tells it, under a condition.
fn told(waiter: &str, teller: &str) -> String {
    format!(
        "from threading import Condition, Event, Thread\n\
         cond = Condition()\ngo = Event()\nready = False\n\
         def waiter():\n{waiter}\n\
         def teller():\n    global ready\n{teller}\n\
         Thread(target=waiter, name='waiter').start()\n\
         Thread(target=teller, name='teller').start()\n"
    )
}

const TELLS: &str = "    with cond:\n        ready = True\n        cond.notify()";
const LOST: [&str; 1] = ["lost_wakeup"];

#[test]
fn a_notification_between_looking_and_waiting_is_lost() {
    let text = told("    if not ready:\n        with cond:\n            cond.wait()", TELLS);
    let found = along(&text, "v1/M3.A1.B4");
    assert_eq!(
        found.said(&LOST),
        ["Lost wake-up: B teller notified cond on line 13 when nobody waited. A waiter came to wait on line 8 only \
             later, and nobody wakes it any more."]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &LOST),
        ["唤醒丢失：B teller 在第 13 行通知 cond 时没有线程在等；A waiter 后来才在第 8 行开始等，再也没有谁来唤醒它。"]
    );
    // In time it is heard.
    assert!(along(&text, "v1/M3.A3").said(&LOST).is_empty());
}

#[test]
fn who_looks_under_the_lock_loses_nothing() {
    let text = told("    with cond:\n        while not ready:\n            cond.wait()", TELLS);
    assert!((0..50).all(|seed| with_seed(&text, seed).said(&KINDS).is_empty()));
}

#[test]
fn who_waits_for_more_than_it_was_told_is_only_stuck() {
    let text = told("    with cond:\n        while ready != 2:\n            cond.wait()", TELLS);
    let found = along(&text, "v1/M3.B4");
    assert_eq!(found.said(&["stuck"]).len(), 1);
    assert!(found.said(&LOST).is_empty());
}

#[test]
fn an_event_that_is_cleared_before_anybody_looks_is_lost() {
    let text = told("    go.wait()", "    go.set()\n    go.clear()");
    assert_eq!(
        along(&text, "v1/M2.B2").said(&LOST),
        ["Lost wake-up: B teller set go on line 9, and line 10 cleared it before A waiter came to wait on line 6. \
             Nobody sets it again."]
    );
    assert!(along(&text, "v1/M2.A1.B2").said(&LOST).is_empty(), "it waited already");
    let kept = told("    go.wait()", "    go.set()");
    assert!((0..50).all(|seed| with_seed(&kept, seed).said(&[]).is_empty()));
}

// ---- busy waiting ----

const BUSY: [&str; 1] = ["busy_waiting"];

#[test]
fn asking_an_event_again_and_again_is_busy_waiting() {
    let poll = told("    while not go.is_set():\n        pass", "    go.set()");
    let found = along(&poll, "v1/M2.A6.B1");
    assert_eq!(
        found.said(&BUSY),
        ["Busy waiting: A waiter looks at go again and again on line 6, 6 times in a row for nothing. B teller \
             changes it on line 10 and could wake A waiter."]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &BUSY),
        ["忙等：A waiter 在第 6 行一遍遍地查看 go，连续 6 次毫无变化。B teller 在第 10 行改变它，本来可以唤醒 A \
             waiter。"]
    );
    assert!(along(&poll, "v1/M2.A3.B1").said(&BUSY).is_empty(), "it has hardly begun");
    let waits = told("    go.wait()", "    go.set()");
    assert!(along(&waits, "v1/M2.A1.B1").said(&BUSY).is_empty());
}

#[test]
fn a_variable_is_polled_when_its_change_ends_the_loop() {
    let poll = told("    while not ready:\n        pass", "    ready = True");
    let said = along(&poll, "v1/M3.A5.B1").said(&BUSY);
    assert_eq!(
        said,
        ["Busy waiting: A waiter looks at ready again and again on line 6, 5 times in a row for nothing. B teller \
             changes it on line 10 and could wake A waiter."]
    );
    let adds = told("    total = 0\n    for _ in range(20):\n        total += ready", "    ready = True");
    assert!((0..50).all(|seed| with_seed(&adds, seed).said(&BUSY).is_empty()));
}

#[test]
fn a_variable_under_a_lock_can_be_polled_too() {
    let poll = told(
        "    done = False\n    while not done:\n        with cond:\n            done = ready",
        "    with cond:\n        ready = True",
    );
    assert_eq!(along(&poll, "v1/M3.A15.B3").said(&BUSY).len(), 1);
}

#[test]
fn attempts_again_and_again_are_busy_waiting() {
    let text = |body: &str| {
        format!(
            "from queue import Queue, Empty\nfrom threading import Lock, Thread\nfrom time import sleep\n\
             lock = Lock()\nq = Queue()\n\
             def asks():\n{body}\n\
             def has():\n    with lock:\n        sleep(1)\n    q.put(1)\n\
             t = Thread(target=has, name='has')\nu = Thread(target=asks, name='asks')\nt.start()\nu.start()\n"
        )
    };
    let polls = [
        ("    while not lock.acquire(False):\n        sleep(0.1)\n    lock.release()", "lock", "line 7"),
        ("    while q.empty():\n        sleep(0.1)", "q", "line 7"),
        ("    while q.qsize() == 0:\n        sleep(0.1)", "q", "line 7"),
        (
            "    while True:\n        try:\n            q.get_nowait()\n            return\n        \
             except Empty:\n            sleep(0.1)",
            "q",
            "line 9",
        ),
    ];
    for (body, object, line) in polls {
        let said = along(&text(body), "v1/M2.A1").said(&BUSY);
        assert_eq!(said.len(), 1, "{body}");
        assert!(
            said[0].starts_with(&format!("Busy waiting: B asks looks at {object} again and again on {line}, ")),
            "{said:?}"
        );
        assert!(said[0].contains("A has changes it on line 1"), "{said:?}");
    }
    let ends = along(&text("    while t.is_alive():\n        sleep(0.1)"), "v1/M2.A1").said(&BUSY);
    assert_eq!(ends.len(), 1);
    assert!(ends[0].contains("whether A has still runs"), "{ends:?}");
    for right in ["    with lock:\n        pass", "    q.get()", "    q.get(timeout=0.3)", "    t.join()"] {
        assert!((0..20).all(|seed| with_seed(&text(right), seed).said(&KINDS).is_empty()), "{right}");
    }
}

#[test]
fn looking_at_the_light_now_and_then_is_busy_waiting() {
    let catalogue = Catalogue::embedded();
    let source = Target::resolve("traffic/poll", &catalogue).unwrap().source();
    let program = compile(&source, &Parameters::default()).program.unwrap();
    let said = seeded(&program, 1).said(&KINDS);
    assert_eq!(said.len(), 1, "{said:?}");
}

// ---- starvation ----

/// Somebody takes the lock so many times, and somebody else wants it once.
fn greedy(times: u32) -> String {
    format!(
        "from threading import Lock, Thread\n\
         lock = Lock()\n\
         def greedy():\n    for _ in range({times}):\n        with lock:\n            pass\n\
         def modest():\n    with lock:\n        pass\n\
         Thread(target=greedy, name='greedy').start()\n\
         Thread(target=modest, name='modest').start()\n"
    )
}

#[test]
fn who_never_gets_the_lock_while_another_takes_it_all_the_time_starves() {
    let found = along(&greedy(150), "v1/M2.A200");
    assert_eq!(
        found.said(&[]),
        ["Starvation: B modest waits for lock on line 8; meanwhile others took it 100 times, A greedy at last (line \
             5). Who waits longest need not be the next."]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &[]),
        [
            "饥饿：B modest 在第 8 行等 lock，这期间别的线程拿走了它 100 次，最后一次是 A greedy（第 5 行）。等得最久的不一定是下一个。"
        ]
    );
    assert!(along(&greedy(90), "v1/M2.A180").said(&[]).is_empty());
}

#[test]
fn nobody_starves_where_chance_decides() {
    assert!((0..20).all(|seed| with_seed(&greedy(500), seed).said(&[]).is_empty()));
}
