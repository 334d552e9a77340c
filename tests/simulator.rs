//! Whole programs in the simulator: exact interleavings, exact ends, exact events.

use lockstep::event::{Candidate, Choice, End, Event, EventKind, Limit, NoSink, Schedule, Sink, ThreadState};
use lockstep::ids::{Nanos, ThreadId};
use lockstep::kernel::sim::{Drive, Status, World, drive, replay};
use lockstep::kernel::{Atomicity, Notify, Options};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

fn world(text: &str) -> World {
    world_with(text, Options::default())
}

fn world_with(text: &str, options: Options) -> World {
    World::new(program(text), options, &mut NoSink)
}

/// Runs to the end; the end and the output.
fn run(text: &str, kind: SchedulerKind, options: Options) -> (End, String) {
    let mut world = world_with(text, options);
    let how = Drive { max_steps: Some(2_000_000), ..Drive::default() };
    let end = drive(&mut world, build(kind, 1).as_mut(), how, &mut NoSink).unwrap();
    (end, world.output().to_string())
}

/// The output of a program that ends well under `fifo`, `rr` and some seeds, whatever the scheduler: it is the same.
fn output(text: &str) -> String {
    let kinds = [SchedulerKind::Fifo, SchedulerKind::ROUND_ROBIN, SchedulerKind::Random, SchedulerKind::PCT];
    let outputs: BTreeSet<String> = kinds
        .iter()
        .map(|kind| {
            let (end, output) = run(text, *kind, Options::default());
            assert_eq!(end, End::Finished, "{kind}: {output}");
            output
        })
        .collect();
    assert_eq!(outputs.len(), 1, "{outputs:?}");
    outputs.into_iter().next().unwrap()
}

/// Every interleaving: for each end with its output, how many there are and the first schedule.
fn all(world: &World) -> BTreeMap<String, (u32, String)> {
    let mut ends = BTreeMap::new();
    visit(world, &mut Vec::new(), &mut ends);
    ends
}

fn visit(world: &World, path: &mut Vec<Choice>, ends: &mut BTreeMap<String, (u32, String)>) {
    assert!(path.len() < 200, "this program is not tiny");
    if let Status::Ended(end) = world.status() {
        let name = format!("{end:?}: {}", world.output().to_string().trim_end().replace('\n', " "));
        let schedule: Schedule = path.iter().copied().collect();
        ends.entry(name).or_insert_with(|| (0, schedule.to_string())).0 += 1;
        return;
    }
    let mut candidates = Vec::new();
    world.candidates(&mut candidates);
    for choice in candidates {
        let mut next = world.clone();
        next.apply(choice, &mut NoSink).unwrap();
        path.push(choice);
        visit(&next, path, ends);
        path.pop();
    }
}

const RACE: &str = "\
import threading

n = 0

def work():
    global n
    n += 1

a = threading.Thread(target=work)
b = threading.Thread(target=work)
a.start()
b.start()
a.join()
b.join()
print(n)
";

#[test]
fn the_racy_counter_has_exactly_these_outcomes() {
    let ends = all(&world(RACE));
    let outcomes: Vec<&str> = ends.keys().map(String::as_str).collect();
    assert_eq!(outcomes, ["Finished: 1", "Finished: 2"]);
    let count = |outcome: &str| ends[outcome].0;
    // After the start of A: A reads and writes (ra wa), the main thread starts B (s), B reads and writes (rb wb), the
    // main thread joins A (ja), which waits for wa. What follows wb and ja is forced. By how much of A comes before s:
    //   ra wa s, then ja anywhere in rb wb:                3 ways, all end with 2;
    //   ra s, then wa ja among rb wb:                      6 ways, 3 of them (wa first) end with 2;
    //   s, then ra wa ja among rb wb:                     10 ways, 4 of them (wa before rb, or wb before ra) with 2.
    assert_eq!((count("Finished: 1"), count("Finished: 2")), (9, 10));
}

#[test]
fn a_line_in_one_step_does_not_race() {
    for atomicity in [Atomicity::Line, Atomicity::Gil] {
        let ends = all(&world_with(RACE, Options { atomicity, ..Options::default() }));
        assert_eq!(ends.keys().collect::<Vec<_>>(), ["Finished: 2"], "{atomicity}");
    }
    // Two lines race under `line`; without a call or a loop between them not under `gil`.
    let two_lines = RACE.replace("    n += 1\n", "    m = n\n    n = m + 1\n");
    let line = all(&world_with(&two_lines, Options { atomicity: Atomicity::Line, ..Options::default() }));
    assert_eq!(line.keys().collect::<Vec<_>>(), ["Finished: 1", "Finished: 2"]);
    let gil = all(&world_with(&two_lines, Options { atomicity: Atomicity::Gil, ..Options::default() }));
    assert_eq!(gil.keys().collect::<Vec<_>>(), ["Finished: 2"]);
    // A call between them lets the other thread in.
    let with_call = RACE.replace("    n += 1\n", "    m = n\n    abs(m)\n    n = m + 1\n");
    let gil = all(&world_with(&with_call, Options { atomicity: Atomicity::Gil, ..Options::default() }));
    assert_eq!(gil.keys().collect::<Vec<_>>(), ["Finished: 1", "Finished: 2"]);
}

const OPPOSITE: &str = "\
import threading

lockA = threading.Lock()
fork = [threading.Lock(), threading.Lock()]

def left():
    with fork[0]:
        with fork[1]:
            pass

def right():
    with fork[1]:
        with fork[0]:
            pass

a = threading.Thread(target=left)
b = threading.Thread(target=right)
a.start()
b.start()
a.join()
b.join()
";

#[test]
fn a_deadlock_is_the_end_and_says_who_holds_what() {
    let ends = all(&world(OPPOSITE));
    assert_eq!(ends.keys().collect::<Vec<_>>(), ["Deadlock: ", "Finished: "]);
    let mut stuck = world(OPPOSITE);
    replay(&mut stuck, &"v1/M2.A1.B1".parse().unwrap()).unwrap();
    assert_eq!(stuck.status(), Status::Ended(End::Deadlock));
    let mut held = world(OPPOSITE);
    let error = replay(&mut held, &"v1/M2.A2.B1".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 5: B cannot run: it is blocked on fork[1], held by A");
    assert_eq!(held.steps(), 4, "the world stands before the step");
    let error = replay(&mut held, &"v1/C1".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 5: there is no thread C");
    let error = replay(&mut world(OPPOSITE), &"v1/M1.B1".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 2: B cannot run: it has not been started");
    let error = replay(&mut world(OPPOSITE), &"v1/M2.M1".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 3: M cannot run: it waits for the end of A");
    let error = replay(&mut world(OPPOSITE), &"v1/M1.A4.A1".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 6: A cannot run: it has finished");
}

// ---- what Python says ----

#[test]
fn misuse_raises_what_cpython_raises() {
    let text = "\
import threading, queue

def attempt(what):
    try:
        what()
    except Exception as e:
        print(type(e).__name__ + ': ' + str(e))

lock = threading.Lock()
rlock = threading.RLock()
cond = threading.Condition()
sem = threading.BoundedSemaphore(1)
q = queue.Queue(1)
t = threading.Thread(target=print, args=('hi',))
attempt(lock.release)
attempt(rlock.release)
attempt(cond.wait)
attempt(cond.notify)
attempt(cond.notify_all)
attempt(sem.release)
attempt(q.task_done)
attempt(q.get_nowait)
q.put(1)
attempt(lambda: q.put(2, block=False))
attempt(lambda: q.put(2, timeout=0.5))
attempt(t.join)
t.start()
t.join()
attempt(t.start)
attempt(threading.current_thread().join)
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.25), lock.locked())
";
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
    let text = "\
import threading, time

b = threading.Barrier(2, action=lambda: print('action'))
def party():
    i = b.wait()
t = threading.Thread(target=party)
t.start()
b.wait()
t.join()
print(b.broken, b.n_waiting, b.parties)
def impatient():
    try:
        b.wait(timeout=0.1)
    except threading.BrokenBarrierError as e:
        print('broken', str(e))
t = threading.Thread(target=impatient)
t.start()
t.join()
print(b.broken)
b.reset()
print(b.broken)
b.abort()
try:
    b.wait()
except threading.BrokenBarrierError:
    print('aborted')
";
    assert_eq!(output(text), "action\nFalse 0 2\nbroken \nTrue\nFalse\naborted\n");
}

#[test]
fn an_exception_ends_its_thread_only() {
    let text = "\
import threading

def work():
    raise ValueError('x')

t = threading.Thread(target=work)
t.start()
t.join()
print('on')
";
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
    let text = "\
import threading, time

def forever():
    while True:
        time.sleep(1)

def slow():
    time.sleep(3.5)
    print('slow')

threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=slow).start()
print('main')
";
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
    let text = "\
import threading, sys, time

def work():
    time.sleep(0.1)
    print('work')
    sys.exit(3)

threading.Thread(target=work).start()
sys.exit('bye')
";
    assert_eq!(output(text), "bye\nwork\n");
}

#[test]
fn a_condition_with_a_timeout_returns_false() {
    let text = "\
import threading

c = threading.Condition()
e = threading.Event()
with c:
    print(c.wait(0.1))
    print(c.wait_for(lambda: False, timeout=0.1))
print(e.wait(0.1), e.is_set())
e.set()
print(e.wait(), e.is_set())
e.clear()
print(e.is_set())
";
    assert_eq!(output(text), "False\nFalse\nFalse False\nTrue True\nFalse\n");
}

#[test]
fn a_queue_hands_over_joins_and_ends() {
    let text = "\
import threading, queue

q = queue.Queue(2)
done = []

def work():
    while True:
        item = q.get()
        if item is None:
            break
        done.append(item)
        q.task_done()

t = threading.Thread(target=work)
t.start()
for i in range(6):
    q.put(i)
q.join()
print(done, q.qsize(), q.empty(), q.full())
q.put(None)
t.join()
";
    assert_eq!(output(text), "[0, 1, 2, 3, 4, 5] 0 True False\n");
}

// ---- input ----

#[test]
fn input_stops_the_world_until_somebody_answers() {
    let text = "name = input('who? ')\nprint('hello', name)\ntry:\n    input()\nexcept EOFError as e:\n    print(e)\n";
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
fn five_thousand_threads_run_and_ten_thousand_are_too_many() {
    let text = "\
import threading

n = 0
lock = threading.Lock()

def work():
    global n
    with lock:
        n += 1

threads = [threading.Thread(target=work) for i in range(5000)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";
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
    let (end, output) = run(text, SchedulerKind::Fifo, Options::default());
    assert_eq!((end, output.as_str()), (End::Finished, "9999 can't start new thread\n"));
}

// ---- choices ----

#[test]
fn notify_any_and_spurious_wake_ups_are_choices() {
    let text = "\
import threading

c = threading.Condition()
order = []

def wait(name):
    with c:
        c.wait()
        order.append(name)

a = threading.Thread(target=wait, args=('a',))
b = threading.Thread(target=wait, args=('b',))
a.start()
b.start()
with c:
    c.notify()
";
    let mut any = world_with(text, Options { notify: Notify::Any, ..Options::default() });
    replay(&mut any, &"v1/M2.A2.B2.M1".parse().unwrap()).unwrap();
    let mut candidates = Vec::new();
    any.candidates(&mut candidates);
    let text_of = |list: &[Candidate]| list.iter().copied().collect::<Schedule>().to_string();
    assert_eq!(text_of(&candidates), "v1/M!wake=0.M!wake=1");
    replay(&mut any, &"v1/M!wake=1.M1.B1".parse().unwrap()).unwrap();
    let mut spurious = world_with(text, Options { spurious: true, ..Options::default() });
    replay(&mut spurious, &"v1/M2.A2.A!spurious".parse().unwrap()).unwrap();
    let error = replay(&mut spurious, &"v1/B!spurious".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 6: B cannot wake spuriously: it is not waiting on a condition");
}

#[test]
fn random_numbers_come_from_the_seed_and_can_be_chosen() {
    let text = "import random\nprint(random.randint(1, 6), random.randint(1, 6), random.randint(1, 6))\n";
    let with_seed = |seed| run(text, SchedulerKind::Fifo, Options { seed, ..Options::default() }).1;
    assert_eq!(with_seed(1), with_seed(1));
    assert!((2..9).any(|seed| with_seed(seed) != with_seed(1)));
    let seeded = "import random\nrandom.seed(42)\nprint(random.randint(1, 6), random.random())\n";
    assert_eq!(run(seeded, SchedulerKind::Fifo, Options::default()).1, "6 0.11133106816568039\n");
    let mut chosen = world(text);
    replay(&mut chosen, &"v1/M!draw=0.M!draw=5.M!draw=2.M1".parse().unwrap()).unwrap();
    assert_eq!(chosen.output().to_string(), "1 6 3\n");
    let error = replay(&mut world(text), &"v1/M!draw=6".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "step 1: M cannot draw 6: the draw is below 6");
}

#[test]
fn a_schedule_found_with_abstract_time_replays_in_ordinary_time() {
    let text = "\
import threading, time

done = False

def late():
    global done
    time.sleep(5)
    done = True

def early():
    time.sleep(1)
    print(done)

a = threading.Thread(target=late)
b = threading.Thread(target=early)
a.start()
b.start()
";
    assert_eq!(all(&world(text)).keys().collect::<Vec<_>>(), ["Finished: False"]);
    let ends = all(&world_with(text, Options { abstract_time: true, ..Options::default() }));
    assert_eq!(ends.keys().collect::<Vec<_>>(), ["Finished: False", "Finished: True"]);
    let schedule: Schedule = ends["Finished: True"].1.parse().unwrap();
    let mut ordinary = world(text);
    replay(&mut ordinary, &schedule).unwrap();
    assert_eq!(ordinary.output().to_string(), "True\n");
    assert!(ordinary.now() >= Nanos(5_000_000_000));
}

// ---- the tape ----

/// What must hold for every tape: numbers without gaps, the order within a step, the states.
fn check_tape(events: &[Event], world: &World) {
    let mut states: BTreeMap<ThreadId, ThreadState> = BTreeMap::new();
    let mut declared = 0;
    let mut before = (0, 0);
    for (place, event) in events.iter().enumerate() {
        assert_eq!(event.seq.0 as usize, place);
        let rank = match &event.kind {
            EventKind::Did { .. } | EventKind::Value { .. } => 1,
            EventKind::Thread(_) | EventKind::Object(_) | EventKind::Named { .. } | EventKind::Renamed { .. } => 2,
            EventKind::Traceback(_) => 2,
            EventKind::Pending(_) => 3,
            EventKind::State(ThreadState::Reading) => 0,
            EventKind::State(_) => 4,
            EventKind::Ended(_) => 5,
        };
        assert!((event.step.0, rank) >= before || before.0 == 0, "{event:?} after {before:?}");
        before = (event.step.0, rank);
        match &event.kind {
            EventKind::Thread(_) => {
                states.insert(event.thread, ThreadState::New);
            }
            EventKind::Object(info) => {
                assert_eq!(info.id.0, declared, "objects are declared in order");
                declared += 1;
            }
            EventKind::State(state) => {
                assert_ne!(states.insert(event.thread, *state), Some(*state), "a state that was no change");
            }
            EventKind::Did { action, .. } | EventKind::Pending(action) => {
                assert!(action.object().is_none_or(|object| object.0 < declared), "{action:?} was never declared");
            }
            _ => {}
        }
    }
    for thread in world.threads() {
        assert_eq!(states.get(&thread.id), Some(&thread.state), "{thread:?}");
    }
    assert_eq!(world.seq().0 as usize, events.len());
}

const PROGRAMS: [&str; 3] = [
    RACE,
    OPPOSITE,
    "\
import threading, queue, random, time

items = []
q = queue.Queue(1)
cond = threading.Condition()
barrier = threading.Barrier(2)
sem = threading.Semaphore(1)

class Account:
    def __init__(self, name):
        self.name = name
        self.balance = 10
        self.lock = threading.RLock()

account = Account('alex')

def producer():
    for i in range(3):
        with cond:
            items.append(random.randint(1, 6))
            cond.notify()
        q.put(i, timeout=0.5)
        time.sleep(0.01)
    barrier.wait()

def consumer():
    for i in range(3):
        with cond:
            while not items:
                cond.wait(0.02)
            items.pop()
        with sem, account.lock:
            account.balance -= 1
        q.get()
        q.task_done()
    barrier.wait(1)

a = threading.Thread(target=producer, name='producer')
b = threading.Thread(target=consumer)
b.daemon = True
a.start()
b.start()
q.join()
a.join(10)
print(account.balance, b.is_alive(), threading.active_count())
",
];

#[test]
fn every_tape_is_well_formed() {
    for text in PROGRAMS {
        for seed in 0..30 {
            for atomicity in [Atomicity::Op, Atomicity::Line, Atomicity::Gil] {
                let mut events = Vec::new();
                let options = Options { atomicity, ..Options::default() };
                let mut world = World::new(program(text), options, &mut events);
                let how = Drive { max_steps: Some(5000), ..Drive::default() };
                drive(&mut world, build(SchedulerKind::Random, seed).as_mut(), how, &mut events).unwrap();
                check_tape(&events, &world);
            }
        }
    }
}

#[test]
fn listening_changes_nothing() {
    for text in PROGRAMS {
        let mut events = Vec::new();
        let mut heard = World::new(program(text), Options::default(), &mut events);
        let mut unheard = world(text);
        let mut schedule = Schedule::new();
        let how = Drive { record: Some(&mut schedule), ..Drive::default() };
        let end = drive(&mut heard, build(SchedulerKind::Random, 7).as_mut(), how, &mut events);
        assert_eq!(end, drive(&mut unheard, build(SchedulerKind::Random, 7).as_mut(), Drive::default(), &mut NoSink));
        assert_eq!((heard.seq(), heard.now(), heard.output()), (unheard.seq(), unheard.now(), unheard.output()));
        let mut replayed = Vec::new();
        let mut again = World::new(program(text), Options::default(), &mut replayed);
        for choice in &schedule {
            again.apply(choice, &mut replayed).unwrap();
        }
        assert_eq!(events, replayed, "the schedule reproduces the tape");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A clone makes the same future, and going on with the original does not touch it.
    #[test]
    fn a_clone_is_a_fork_in_time(which in 0..3usize, picks in prop::collection::vec(any::<u32>(), 1..120), at in 0..60usize) {
        let mut original = world(PROGRAMS[which]);
        let mut fork = None;
        let mut candidates = Vec::new();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut choices = Vec::new();
        for (place, pick) in picks.iter().enumerate() {
            original.candidates(&mut candidates);
            if candidates.is_empty() {
                break;
            }
            if place == at {
                fork = Some(original.clone());
            }
            let choice = candidates[*pick as usize % candidates.len()];
            for candidate in &candidates {
                prop_assert!(original.fits(*candidate).is_ok());
            }
            if fork.is_some() {
                choices.push(choice);
                original.apply(choice, &mut first).unwrap();
            } else {
                original.apply(choice, &mut NoSink).unwrap();
            }
        }
        if let Some(mut fork) = fork {
            for choice in choices {
                fork.apply(choice, &mut second).unwrap();
            }
            prop_assert_eq!(first, second);
            prop_assert_eq!(fork.output(), original.output());
            prop_assert_eq!(fork.now(), original.now());
        }
    }
}

#[test]
fn a_world_is_a_value_that_can_be_sent() {
    fn plain<T: Clone + Send + 'static>() {}
    plain::<World>();
}

/// Counts events without keeping them.
struct Count(u64);

impl Sink for Count {
    const ENABLED: bool = true;
    fn emit(&mut self, _: Event) {
        self.0 += 1;
    }
}

#[test]
fn any_sink_will_do() {
    let mut count = Count(0);
    let mut world = World::new(program(RACE), Options::default(), &mut count);
    drive(&mut world, build(SchedulerKind::Fifo, 0).as_mut(), Drive::default(), &mut count).unwrap();
    assert_eq!(count.0, u64::from(world.seq().0));
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

#[test]
fn fairness_decides_who_gets_the_lock() {
    let text = "\
import threading

lock = threading.Lock()
order = []

def work(name):
    for i in range(2):
        with lock:
            order.append(name)

a = threading.Thread(target=work, args=('a',))
b = threading.Thread(target=work, args=('b',))
with lock:
    a.start()
    b.start()
a.join()
b.join()
print(''.join(order))
";
    let outcomes = |fair| all(&world_with(text, Options { fair, ..Options::default() }));
    let names = |ends: BTreeMap<String, (u32, String)>| ends.into_keys().collect::<Vec<_>>();
    assert_eq!(names(outcomes(true)), ["Finished: abab"]);
    let unfair = names(outcomes(false));
    let six = ["aabb", "abab", "abba", "baab", "baba", "bbaa"].map(|order| format!("Finished: {order}"));
    assert_eq!(unfair, six);
}

#[test]
fn pct_finds_the_race_that_fifo_never_shows() {
    let outcome = |kind, seed| {
        let mut world = world(RACE);
        drive(&mut world, build(kind, seed).as_mut(), Drive::default(), &mut NoSink).unwrap();
        world.output().to_string()
    };
    assert!((0..50).all(|seed| outcome(SchedulerKind::Fifo, seed) == "2\n"));
    let pct: SchedulerKind = "pct:2:12".parse().unwrap();
    let found = (0..500).filter(|seed| outcome(pct, *seed) == "1\n").count();
    // n = 3 threads, k = 11 steps, depth 2: at least one run in 33.
    assert!(found >= 15, "{found} of 500");
}
