//! What Python says: exceptions, ends of threads, input; and the limits of a run.

use crate::common::{output, program, run, world};
use crate::tape::check_tape;
use lockstep::event::{Choice, End, EventKind, Limit, NoSink, ThreadState};
use lockstep::ids::{Nanos, ThreadId};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, Status, World, drive};
use lockstep::sched::{SchedulerKind, build};

#[test]
fn misuse_raises_what_cpython_raises() {
    let text = include_str!("../programs/simulator/misuse.py");
    let expected = "\
RuntimeError: release unlocked lock
RuntimeError: cannot release un-acquired lock
RuntimeError: cannot wait on un-acquired lock
RuntimeError: cannot notify on un-acquired lock
RuntimeError: cannot notify on un-acquired lock
ValueError: Semaphore released too many times
ValueError: task_done() called too many times
Empty: 
Full: 
Full: 
RuntimeError: cannot join thread before it is started
hi
RuntimeError: threads can only be started once
RuntimeError: cannot join current thread
True False False True
";
    assert_eq!(output(text), expected);
}

#[test]
fn a_barrier_breaks_resets_and_runs_its_action() {
    let text = include_str!("../programs/simulator/barrier.py");
    assert_eq!(output(text), "action\nFalse 0 2\nbroken \nTrue\nFalse\naborted\n");
}

#[test]
fn an_exception_ends_its_thread_only() {
    let text = include_str!("../programs/simulator/exception.py");
    let expected = "\
Exception in thread Thread-1 (work):
Traceback (most recent call last):
  File \"test.py\", line 4, in work
    raise ValueError('x')
ValueError: x
on
";
    assert_eq!(output(text), expected);
}

#[test]
fn daemons_die_with_the_program_and_others_keep_it_alive() {
    let text = include_str!("../programs/simulator/daemons.py");
    assert_eq!(output(text), "main\nslow\n");
    let mut world = world(text);
    let end = drive(&mut world, build(SchedulerKind::Random, 3).as_mut(), Drive::default(), &mut NoSink);
    assert_eq!(end, Ok(End::Finished));
    assert_eq!(world.thread_state(ThreadId(1)), Some(ThreadState::Killed));
    assert_eq!(world.thread_state(ThreadId(2)), Some(ThreadState::Finished));
    assert!(world.now() >= Nanos(3_500_000_000) && world.now() < Nanos(3_600_000_000));
}

#[test]
fn sys_exit_ends_its_thread_only() {
    let text = include_str!("../programs/simulator/exit.py");
    assert_eq!(output(text), "bye\nwork\n");
}

#[test]
fn a_condition_with_a_timeout_returns_false() {
    let text = include_str!("../programs/simulator/patience.py");
    assert_eq!(output(text), "False\nFalse\nFalse False\nTrue True\nFalse\n");
}

#[test]
fn a_queue_hands_over_joins_and_ends() {
    let text = include_str!("../programs/simulator/queue.py");
    assert_eq!(output(text), "[0, 1, 2, 3, 4, 5] 0 True False\n");
}

// ---- input ----

#[test]
fn input_stops_the_world_until_somebody_answers() {
    let text = include_str!("../programs/simulator/input.py");
    let mut events = Vec::new();
    let mut world = World::new(program(text), Options::default(), &mut events);
    world.apply(Choice::go(ThreadId::MAIN), &mut events).unwrap();
    assert_eq!(world.status(), Status::AwaitingInput { thread: ThreadId::MAIN, prompt: "who? ".into() });
    assert!(events.iter().any(|event| event.kind == EventKind::State(ThreadState::Reading)));
    world.give_input(Some("Ada".into()), &mut events);
    assert_eq!(world.status(), Status::Running);
    let end = drive(&mut world, build(SchedulerKind::Fifo, 0).as_mut(), Drive::default(), &mut events);
    assert_eq!(end, Ok(End::Finished));
    assert_eq!(world.output().to_string(), "who? hello Ada\nEOF when reading a line\n");
    check_tape(&events, &world);
}

#[test]
fn input_given_beforehand_is_read_in_order() {
    let mut world = world("print(input() + input())\n");
    world.give_input(Some("a".into()), &mut NoSink);
    world.give_input(Some("b".into()), &mut NoSink);
    drive(&mut world, build(SchedulerKind::Fifo, 0).as_mut(), Drive::default(), &mut NoSink).unwrap();
    assert_eq!(world.output().to_string(), "ab\n");
}

// ---- limits ----

#[test]
fn a_loop_without_visible_operations_is_stopped() {
    let options = Options { spin_limit: 5_000_000, ..Options::default() };
    let (end, _) = run("i = 0\ndef f():\n    while True:\n        i = 1\nf()\n", SchedulerKind::Random, options);
    assert_eq!(end, End::Limit(Limit::Spin(5_000_000)));
}

#[test]
fn a_run_is_cut_off_after_so_many_steps() {
    let mut world = world("import time\nwhile True:\n    time.sleep(1)\n");
    let how = Drive { max_steps: Some(1000), ..Drive::default() };
    let end = drive(&mut world, build(SchedulerKind::Random, 0).as_mut(), how, &mut NoSink);
    assert_eq!(end, Ok(End::Limit(Limit::Steps(1000))));
    assert_eq!(world.steps(), 1000);
}

#[test]
fn five_thousand_threads_run_and_there_is_a_largest_number() {
    let text = include_str!("../programs/simulator/crowd.py");
    let (end, output) = run(text, SchedulerKind::Fifo, Options::default());
    assert_eq!((end, output.as_str()), (End::Finished, "5000\n"));
    let (end, output) = run(&text.replace("5000", "500"), SchedulerKind::Random, Options::default());
    assert_eq!((end, output.as_str()), (End::Finished, "500\n"));
    let text = "\
import threading

e = threading.Event()
try:
    for i in range(20000):
        threading.Thread(target=e.wait).start()
except RuntimeError as error:
    print(i, error)
e.set()
";
    assert_eq!(Options::default().max_threads, 10_000);
    let options = Options { max_threads: 1000, ..Options::default() };
    let (end, output) = run(text, SchedulerKind::Fifo, options);
    assert_eq!((end, output.as_str()), (End::Finished, "999 can't start new thread\n"));
}

#[test]
fn a_thread_that_spins_after_its_start_is_the_one_that_is_named() {
    let text = "\
import threading

def spin():
    while True:
        pass

threading.Thread(target=spin).start()
";
    let mut events = Vec::new();
    let options = Options { spin_limit: 4_000_000, ..Options::default() };
    let mut world = World::new(program(text), options, &mut events);
    drive(&mut world, build(SchedulerKind::Fifo, 0).as_mut(), Drive::default(), &mut events).unwrap();
    let last = events.last().unwrap();
    assert_eq!(last.kind, EventKind::Ended(End::Limit(Limit::Spin(4_000_000))));
    assert_eq!((last.thread, last.line), (ThreadId(1), 5));
}
