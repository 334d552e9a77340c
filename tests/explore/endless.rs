//! Verdicts on programs with schedules that never end: busy waiting, livelocks, services.

use crate::verdicts::{assert_proved, explore, the_bug};
use lockstep::explore::BugKind;

#[test]
fn spinning_on_a_flag_that_is_set_in_the_end_is_busy_waiting() {
    let found = explore(
        "\
ready = False
def wait():
    while not ready:
        pass
def give():
    global ready
    ready = True
Thread(target=wait).start()
Thread(target=give).start()
",
    );
    assert_proved(&found, true, false);
    assert_eq!(found.outcomes.len(), 1);
}

/// Each steps back when it sees the other: they may do so for ever, and a fair scheduler lets one through.
const POLITE: &str = "\
wants = [False, False]
def enter(me):
    wants[me] = True
    while wants[1 - me]:
        wants[me] = False
        wants[me] = True
    wants[me] = False
Thread(target=enter, args=(0,)).start()
Thread(target=enter, args=(1,)).start()
";

#[test]
fn two_that_give_way_to_each_other_are_no_livelock_as_long_as_one_can_go_on() {
    assert_proved(&explore(POLITE), true, false);
}

/// The same without the stepping back: once both want, neither can.
#[test]
fn two_that_insist_may_spin_for_ever() {
    let found = explore(
        "\
wants = [False, False]
def enter(me):
    wants[me] = True
    while wants[1 - me]:
        pass
    wants[me] = False
Thread(target=enter, args=(0,)).start()
Thread(target=enter, args=(1,)).start()
",
    );
    assert!(!found.never_ends && found.busy_waiting);
    // Both have said that they want: nothing can save them from then on, and not before.
    assert_eq!(the_bug(&found), (BugKind::Livelock, "v1/M2.A1.B1".to_owned(), vec![], Some(4)));
}

#[test]
fn a_service_is_judged_on_safety_alone() {
    let found = explore(
        "\
lock = Lock()
inside = 0
def serve():
    global inside
    while True:
        with lock:
            inside += 1
            assert inside == 1
            inside -= 1
Thread(target=serve).start()
Thread(target=serve).start()
",
    );
    assert_proved(&found, false, true);
    assert!(found.outcomes.is_empty());
}

#[test]
fn who_joins_a_service_does_nothing_wrong() {
    let found = explore(
        "\
on = False
def serve():
    global on
    while True:
        on = not on
thread = Thread(target=serve)
thread.start()
thread.join()
",
    );
    assert_proved(&found, false, true);
}

#[test]
fn a_main_thread_that_never_ends_keeps_its_daemons() {
    let found = explore(
        "\
tick = False
def idle():
    Event().wait()
    print(tick)
Thread(target=idle, daemon=True).start()
while True:
    tick = not tick
",
    );
    assert_proved(&found, false, true);
}

/// Beside a service two threads take two locks in opposite order.
#[test]
fn a_partial_deadlock_is_found_beside_a_service() {
    let found = explore(
        "\
a, b = Lock(), Lock()
on = False
def serve():
    global on
    while True:
        on = not on
def work(first, second):
    with first:
        with second:
            pass
Thread(target=serve).start()
Thread(target=work, args=(a, b)).start()
Thread(target=work, args=(b, a)).start()
",
    );
    assert!(found.never_ends);
    let (kind, schedule, lines, no_return) = the_bug(&found);
    assert_eq!((kind, schedule.as_str(), &lines[..]), (BugKind::Deadlock, "v1/M4.B1.C1", &[12, 12][..]));
    assert_eq!(no_return, Some(0), "there is no good end anyway");
}

/// Here the program ends unless the two get into each other's way; the spinning of the third is no livelock, it is
/// because of the deadlock.
#[test]
fn a_partial_deadlock_is_to_blame_for_those_who_spin() {
    let found = explore(
        "\
a, b = Lock(), Lock()
done = []
def work(first, second):
    with first:
        with second:
            done.append(1)
def wait():
    while len(done) < 2:
        pass
Thread(target=wait).start()
Thread(target=work, args=(a, b)).start()
Thread(target=work, args=(b, a)).start()
",
    );
    assert!(!found.never_ends && found.busy_waiting);
    let (kind, schedule, lines, no_return) = the_bug(&found);
    assert_eq!((kind, schedule.as_str(), &lines[..]), (BugKind::Deadlock, "v1/M3.B1.C1", &[8, 8][..]));
    assert_eq!(no_return, Some(5));
}

#[test]
fn a_crash_beside_a_service_is_found() {
    let found = explore(
        "\
on = False
def serve():
    global on
    while True:
        on = not on
def fail():
    assert not on
Thread(target=serve).start()
Thread(target=fail).start()
",
    );
    assert!(found.never_ends);
    let (kind, schedule, lines, _) = the_bug(&found);
    assert_eq!((kind, lines), (BugKind::Assertion, vec![10]));
    assert_eq!(schedule, "v1/M3.A2.B1", "A reads and writes, B looks");
}

#[test]
fn a_lock_that_a_service_keeps_is_waited_for_in_vain() {
    let found = explore(
        "\
lock = Lock()
on = False
def serve():
    global on
    with lock:
        while True:
            on = not on
def work():
    with lock:
        pass
Thread(target=serve).start()
Thread(target=work).start()
",
    );
    let (kind, _, lines, _) = the_bug(&found);
    assert_eq!((found.never_ends, kind, lines), (true, BugKind::Stuck, vec![12]));
}

/// A never makes a step: the witness goes on until it was started.
#[test]
fn who_waits_from_the_first_moment_on_is_stuck_when_it_was_started() {
    let found = explore(
        "\
lock = Lock()
on = False
def work():
    lock.acquire()
    print(on)
lock.acquire()
Thread(target=work).start()
while True:
    on = not on
",
    );
    assert!(found.never_ends);
    let (kind, schedule, lines, _) = the_bug(&found);
    assert_eq!((kind, schedule.as_str(), &lines[..]), (BugKind::Stuck, "v1/M3", &[7][..]));
}
