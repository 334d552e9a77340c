//! Steps at the moments at which they happened in another world.

use crate::common::{run, world};
use lockstep::event::{Alternative, Choice, End, NoSink, Schedule, ThreadState};
use lockstep::ids::{Nanos, ThreadId};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Reason, Status, World};
use lockstep::sched::SchedulerKind;

const fn millis(n: u64) -> Nanos {
    Nanos(n * 1_000_000)
}

/// Makes these steps, all at the same moment.
fn at(world: &mut World, moment: Nanos, steps: &str) {
    let schedule: Schedule = format!("v1/{steps}").parse().unwrap();
    for choice in &schedule {
        world.apply_at(choice, moment, &mut NoSink).unwrap_or_else(|misfit| panic!("{steps}: {misfit}"));
    }
}

fn offered(world: &World) -> String {
    let mut candidates = Vec::new();
    world.candidates(&mut candidates);
    candidates
        .into_iter()
        .map(|choice| [choice].into_iter().collect::<Schedule>().to_string()[3..].to_owned())
        .collect()
}

/// A holds the lock, B wants it for a tenth of a second.
const IMPATIENT: &str = "\
import threading

lock = threading.Lock()

def holder():
    lock.acquire()
    print('held')
    lock.release()
    print('free')

def impatient():
    print(lock.acquire(timeout=0.1))

threading.Thread(target=holder).start()
threading.Thread(target=impatient).start()
";

#[test]
fn the_program_reads_the_time_that_was_recorded() {
    let text = "\
import time
a = time.monotonic()
b = time.monotonic()
c = time.monotonic()
print(round(b - a, 9), c - b)
";
    let mut world = world(text);
    at(&mut world, Nanos(700), "M1");
    at(&mut world, millis(250).after(Nanos(700)), "M1");
    // The clock never goes back.
    at(&mut world, Nanos(3), "M2");
    assert_eq!(world.output().to_string(), "0.25 0.0\n");
    assert_eq!((world.status(), world.steps()), (Status::Ended(End::Finished), 4));
}

#[test]
fn a_time_out_fires_when_it_did() {
    let mut world = world(IMPATIENT);
    at(&mut world, millis(1), "M1.A1.M1");
    assert_eq!(world.thread_state(ThreadId(2)), Some(ThreadState::Blocked { on: lockstep::ids::ObjectId(0) }));
    at(&mut world, millis(150), "B!timeout");
    assert_eq!(world.now(), millis(150));
    at(&mut world, millis(151), "A1.B1.A2");
    assert_eq!(world.output().to_string(), "held\nFalse\nfree\n");
}

/// Real clocks and real waits do not agree to the nanosecond. The recorded moment counts, also where the clock of the
/// simulator has jumped to the end of the wait because nobody else can run.
#[test]
fn a_time_out_may_fire_before_its_moment() {
    let mut world = world(
        "import threading\nprint(threading.Lock().acquire(timeout=1))\nlock = threading.Lock()\nlock.acquire()\nprint(lock.acquire(timeout=0.1))\n",
    );
    at(&mut world, millis(1), "M3");
    assert_eq!((offered(&world), world.now()), ("M!timeout".to_owned(), millis(101)));
    at(&mut world, millis(100), "M!timeout.M1");
    assert_eq!((world.output().to_string(), world.now()), ("True\nFalse\n".to_owned(), millis(100)));
}

#[test]
fn who_is_late_still_takes_what_has_come() {
    let mut world = world(IMPATIENT);
    at(&mut world, millis(1), "M1.A1.M1");
    at(&mut world, millis(500), "A1");
    assert_eq!(offered(&world), "A1B!timeout", "its time is over");
    assert!(world.clone().apply_at(Choice::go(ThreadId(2)), millis(501), &mut NoSink).is_err());
    at(&mut world, millis(501), "A1");
    assert_eq!(offered(&world), "A1B1");
    at(&mut world, millis(502), "B2.A1");
    assert_eq!(world.output().to_string(), "held\nTrue\nfree\n");
}

#[test]
fn a_time_out_does_not_fit_where_nothing_was_to_wait_for() {
    let mut world = world(IMPATIENT);
    at(&mut world, millis(1), "M2");
    let early = Choice { thread: ThreadId(2), alternative: Alternative::Timeout };
    let misfit = world.apply_at(early, millis(900), &mut NoSink).unwrap_err();
    assert_eq!(misfit.reason, Reason::NoTimeout);
    assert_eq!((world.now(), world.steps()), (millis(1), 2), "nothing has happened");
}

#[test]
fn a_sleeper_may_wake_late_and_after_others() {
    let text = "\
import threading, time

def nap(length):
    time.sleep(length)
    print(length)

threading.Thread(target=nap, args=(0.1,)).start()
threading.Thread(target=nap, args=(0.2,)).start()
";
    let (end, output) = run(text, SchedulerKind::Fifo, Options::default());
    assert_eq!((end, output.as_str()), (End::Finished, "0.1\n0.2\n"));
    let mut world = world(text);
    at(&mut world, millis(1), "M2");
    at(&mut world, millis(300), "B1");
    assert_eq!(offered(&world), "A1B1");
    at(&mut world, millis(301), "B1.A2");
    assert_eq!(world.output().to_string(), "0.2\n0.1\n");
    assert_eq!(world.now(), millis(301));
}
