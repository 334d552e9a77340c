//! `threading` and `queue`, through the simulator: what CPython 3.12 prints, to the character.

use lockstep::event::{End, NoSink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use std::sync::Arc;

/// Runs the program under a few seeds, each of which must end well and print the same.
#[track_caller]
fn check(text: &str, expected: &str) {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    for seed in 1..=5 {
        let mut world = World::new(Arc::clone(&program), Options::default(), &mut NoSink);
        let end = drive(&mut world, build(SchedulerKind::Random, seed).as_mut(), Drive::default(), &mut NoSink);
        assert_eq!(end, Ok(End::Finished), "seed {seed}");
        assert_eq!(world.output().to_string(), expected, "seed {seed}");
    }
}

#[test]
fn a_thread_tells_about_itself() {
    check(
        include_str!("programs/threading/about.py"),
        "\
<Thread(Thread-1 (work), initial)> Thread-1 (work) False None False
new True <Thread(new, initial daemon)>
False new True
Thread-2 (work) Thread-3 (<lambda>) Thread-4 mine
True MainThread
1 ['MainThread']
",
    );
}

#[test]
fn a_subclass_runs_its_own_run() {
    check(
        include_str!("programs/threading/subclass.py"),
        "\
[(0, 'worker 0', True), (2, 'worker 1', True), (4, 'worker 2', True)]
thread.__init__() not called
",
    );
}

#[test]
fn misuse_is_described_as_in_cpython() {
    check(
        include_str!("programs/threading/misuse.py"),
        "\
RuntimeError threads can only be started once
RuntimeError cannot join thread before it is started
RuntimeError cannot join current thread
RuntimeError cannot set daemon status of active thread
RuntimeError release unlocked lock
RuntimeError cannot release un-acquired lock
RuntimeError cannot wait on un-acquired lock
RuntimeError cannot notify on un-acquired lock
ValueError semaphore initial value must be >= 0
ValueError Semaphore released too many times
ValueError can't specify a timeout for a non-blocking call
ValueError n must be one or more
ValueError can't specify timeout for non-blocking acquire
AssertionError group argument must be None for now
ValueError task_done() called too many times
ValueError 'timeout' must be a non-negative number
",
    );
}

#[test]
fn primitives_answer() {
    check(
        include_str!("programs/threading/answers.py"),
        "\
True False True False
True
nested
False False
True True
True True False False 0
2
False False 7
action
0 0 False 1
BrokenBarrierError() True
False
",
    );
}

#[test]
fn queues_keep_their_order() {
    check(
        include_str!("programs/threading/orders.py"),
        "\
Full()
Full()
Full()
2 True False 2 1 2 2
Empty()
[(1, 'A'), (1, 'a'), (2, 'b'), (3, 'c')]
[1, 2, 3]
'<' not supported between instances of 'dict' and 'dict'
['c', 'b', 'a']
x True
1
ShutDown()
",
    );
}

#[test]
fn threads_work_together() {
    check(
        include_str!("programs/threading/together.py"),
        "\
[0, 2, 4, 6, 8, 10]
'_thread._local' object has no attribute 'x'
main
fired
all here
[0, 1, 2]
",
    );
}

#[test]
fn an_exception_ends_its_thread_only() {
    check(
        include_str!("programs/threading/exceptions.py"),
        "\
Exception in thread Thread-1 (crash):
Traceback (most recent call last):
  File \"test.py\", line 3, in crash
    raise ValueError('x')
ValueError: x
Exception in thread odd:
Traceback (most recent call last):
TypeError: crash() takes 0 positional arguments but 1 was given
__main__.crash() argument after * must be an iterable, not int
",
    );
}
