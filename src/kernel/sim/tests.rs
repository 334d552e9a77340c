//! The system without a machine: threads are lists of operations, and every interleaving of small ones is listed.

use super::system::System;
use crate::event::{Choice, End, Schedule, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::kernel::deed::Came;
use crate::kernel::{Notify, Options};
use crate::vm::Patience::{For, Forever};
use crate::vm::{Op, Patience, PrimitiveSpec, Question, QueueOrder, Reply, Value};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// A world whose threads do what is written down.
#[derive(Clone)]
struct Script {
    system: System,
    programs: Vec<VecDeque<Op>>,
    ended: Option<End>,
}

impl Script {
    /// The main thread does nothing and is over; the others are A, B, …
    fn new(options: Options, primitives: &[PrimitiveSpec], programs: &[&[Op]]) -> Script {
        let mut system = System::new(Arc::new(options));
        for (id, spec) in (0u32..).zip(primitives) {
            system.table.add(ObjectId(id), *spec, id + 1);
        }
        let mut script = Script { system, programs: vec![VecDeque::new()], ended: None };
        for program in programs {
            script.system.tasks.push(super::task::Task::new("thread".into(), false, None));
            script.programs.push(program.iter().cloned().collect());
        }
        for thread in (0u32..).take(programs.len() + 1).map(ThreadId) {
            if thread != ThreadId::MAIN {
                script.system.start(thread);
            }
        }
        for thread in (0u32..).take(programs.len() + 1).map(ThreadId) {
            script.next(thread);
        }
        script.ended = script.system.look_around();
        script
    }

    fn next(&mut self, thread: ThreadId) {
        match self.programs[thread.index()].pop_front() {
            Some(op) => self.system.prepare(thread, op),
            None => self.system.finish(thread, ThreadState::Finished),
        }
    }

    fn apply(&mut self, choice: Choice) -> String {
        self.system.fit(choice).unwrap_or_else(|reason| panic!("{choice:?}: {reason:?}"));
        self.system.clock.tick();
        self.system.jump_to_deadline(choice);
        let deed = self.system.perform(choice.thread, choice.alternative);
        if deed.reply.is_some() {
            self.next(choice.thread);
        }
        self.system.wake_expired();
        self.ended = self.system.look_around();
        let answer = match deed.reply {
            Some(Reply::Value(Value::Bool(answer))) => format!(" {answer}"),
            Some(Reply::Value(Value::Int(answer))) => format!(" {answer}"),
            Some(Reply::Raise(exception, text)) => format!(" {}({text})", crate::vm::types::name(exception)),
            _ => String::new(),
        };
        match deed.came {
            Came::Woke(threads) => {
                let letters: String = threads.iter().map(|thread| thread.letter()).collect();
                format!("woke [{letters}]{answer}")
            }
            came => format!("{came:?}{answer}").to_lowercase().replace("runtimeerror", "RuntimeError"),
        }
    }

    /// Makes these steps; what came of each.
    fn run(&mut self, schedule: &str) -> Vec<String> {
        let schedule: Schedule = format!("v1/{schedule}").parse().unwrap();
        schedule.iter().map(|choice| self.apply(choice)).collect()
    }

    /// The candidates, as a schedule writes them.
    fn offered(&self) -> String {
        let mut candidates = Vec::new();
        self.system.candidates(&mut candidates);
        let one = |choice: &Choice| [*choice].into_iter().collect::<Schedule>().to_string()[3..].to_owned();
        candidates.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn state(&self, thread: u32) -> ThreadState {
        self.system.tasks[thread as usize].state
    }

    /// Every complete run, by how it ended.
    fn all(&self) -> BTreeMap<String, Vec<String>> {
        let mut ends = BTreeMap::new();
        self.visit(&mut Vec::new(), &mut ends);
        ends
    }

    fn visit(&self, path: &mut Vec<Choice>, ends: &mut BTreeMap<String, Vec<String>>) {
        if let Some(end) = &self.ended {
            let schedule: Schedule = path.iter().copied().collect();
            ends.entry(format!("{end:?}")).or_default().push(schedule.to_string()[3..].to_owned());
            return;
        }
        let mut candidates = Vec::new();
        self.system.candidates(&mut candidates);
        for choice in candidates {
            let mut next = self.clone();
            next.apply(choice);
            path.push(choice);
            next.visit(path, ends);
            path.pop();
        }
    }
}

fn id(n: u32) -> ObjectId {
    ObjectId(n)
}

fn acquire(n: u32) -> Op {
    Op::Acquire { lock: id(n), patience: Forever }
}

fn acquire_for(n: u32, patience: Patience) -> Op {
    Op::Acquire { lock: id(n), patience }
}

fn release(n: u32) -> Op {
    Op::Release { lock: id(n), count: 1 }
}

fn wait(n: u32, patience: Patience) -> Op {
    Op::Wait { condition: id(n), patience }
}

fn notify(n: u32, count: u32) -> Op {
    Op::Notify { condition: id(n), count: Some(count) }
}

fn event_wait(n: u32, patience: Patience) -> Op {
    Op::EventWait { event: id(n), patience }
}

fn barrier_wait(n: u32, patience: Patience) -> Op {
    Op::BarrierWait { barrier: id(n), patience }
}

fn put(n: u32, patience: Patience) -> Op {
    Op::Put { queue: id(n), item: Value::None, patience }
}

fn get(n: u32, patience: Patience) -> Op {
    Op::Get { queue: id(n), patience }
}

const fn queue(maxsize: u32) -> PrimitiveSpec {
    PrimitiveSpec::Queue { order: QueueOrder::Fifo, maxsize }
}

const fn millis(n: u64) -> Nanos {
    Nanos(n * 1_000_000)
}

const LOCK: PrimitiveSpec = PrimitiveSpec::Lock;

// ---- locks ----

#[test]
fn two_locks_in_opposite_order_end_in_six_ways() {
    let script = Script::new(
        Options::default(),
        &[LOCK, LOCK],
        &[&[acquire(0), acquire(1), release(1), release(0)], &[acquire(1), acquire(0), release(0), release(1)]],
    );
    let ends = script.all();
    assert_eq!(ends["Deadlock"], ["A1.B1", "B1.A1"]);
    assert_eq!(ends["Finished"], ["A4.B4", "A3.B1.A1.B3", "B3.A1.B1.A3", "B4.A4"]);
}

#[test]
fn whoever_is_picked_gets_a_released_lock() {
    let both: &[Op] = &[acquire(0), release(0)];
    let mut script = Script::new(Options::default(), &[LOCK], &[both, both, both]);
    assert_eq!(script.run("A1"), ["done true"]);
    assert_eq!((script.offered(), script.state(3)), ("A1".into(), ThreadState::Blocked { on: id(0) }));
    assert_eq!(script.run("A1"), ["done"]);
    assert_eq!(script.offered(), "B1 C1");
    // Three critical sections in any order. A release and the acquire after it are always neighbours.
    let all = Script::new(Options::default(), &[LOCK], &[both, both, both]).all();
    assert_eq!(all["Finished"].len(), 6);
}

#[test]
fn with_fair_the_lock_goes_to_who_came_first() {
    let options = Options { fair: true, ..Options::default() };
    let both: &[Op] = &[acquire(0), release(0)];
    let twice: &[Op] = &[acquire(0), release(0), acquire(0), release(0)];
    let mut script = Script::new(options.clone(), &[LOCK], &[twice, both, both]);
    assert_eq!(script.offered(), "A1", "A came first");
    script.run("A2");
    assert_eq!(script.offered(), "B1", "A, who wants it again, stands behind");
    script.run("B2.C2");
    assert_eq!(script.offered(), "A1");
    let try_it = acquire_for(0, Patience::None);
    let mut script = Script::new(options, &[LOCK], &[both, &[try_it]]);
    assert_eq!(script.run("B1"), ["refused false"], "nobody overtakes by trying");
}

#[test]
fn a_lock_is_released_by_anybody_and_a_reentrant_one_by_its_owner() {
    let mut script = Script::new(
        Options::default(),
        &[LOCK, PrimitiveSpec::RLock],
        &[&[acquire(0), acquire(1), acquire(1), release(1), release(1)], &[release(0), release(0), release(1)]],
    );
    assert_eq!(
        script.run("A3.B2"),
        ["done true", "done true", "done true", "done", "reply RuntimeError(release unlocked lock)"]
    );
    assert_eq!(script.run("A1.B1"), ["done", "reply RuntimeError(cannot release un-acquired lock)"]);
}

#[test]
fn an_acquire_gives_up_when_its_time_is_over() {
    let mut script = Script::new(
        Options::default(),
        &[LOCK],
        &[
            &[acquire(0), Op::Sleep(millis(500)), release(0)],
            &[acquire_for(0, For(millis(100)))],
            &[acquire_for(0, For(millis(900)))],
        ],
    );
    script.run("A1");
    // Everybody waits: the clock jumped to B's deadline.
    assert_eq!(script.system.clock.now(), Nanos(100_010_000));
    assert_eq!((script.offered(), script.state(2)), ("B!timeout".into(), ThreadState::Ready));
    assert_eq!(script.run("B!timeout"), ["timedout false"]);
    assert_eq!((script.offered(), script.system.clock.now()), ("A1".into(), Nanos(500_010_000)));
    assert_eq!(script.run("A2.C1"), ["done", "done", "done true"]);
    assert_eq!(script.ended, Some(End::Finished));
}

#[test]
fn a_lock_that_comes_free_at_the_last_moment_is_taken() {
    let mut script = Script::new(
        Options::default(),
        &[LOCK],
        &[&[acquire(0), Op::Sleep(millis(100)), release(0)], &[acquire_for(0, For(millis(100)))]],
    );
    script.run("A1");
    assert_eq!(script.offered(), "A1 B!timeout");
    script.run("A2");
    assert_eq!(script.offered(), "B1", "its time is over, but the lock is there");
    assert_eq!(script.run("B1"), ["done true"]);
}

#[test]
fn a_timeout_before_its_time_moves_the_clock() {
    let mut script =
        Script::new(Options::default(), &[LOCK], &[&[acquire(0), release(0)], &[acquire_for(0, For(millis(100)))]]);
    script.run("A1");
    assert_eq!(script.offered(), "A1", "it is not offered");
    assert_eq!(script.run("B!timeout"), ["timedout false"], "but a schedule may say so");
    assert_eq!(script.system.clock.now(), Nanos(100_010_000));
    let abstract_time = Options { abstract_time: true, ..Options::default() };
    let mut script =
        Script::new(abstract_time, &[LOCK], &[&[acquire(0), release(0)], &[acquire_for(0, For(millis(100)))]]);
    script.run("A1");
    assert_eq!(script.offered(), "A1 B!timeout");
}

#[test]
fn sleepers_wake_in_order_of_their_moments_unless_time_is_abstract() {
    let programs: [&[Op]; 2] = [&[Op::Sleep(millis(2))], &[Op::Sleep(millis(1))]];
    assert_eq!(Script::new(Options::default(), &[], &programs).all()["Finished"], ["B1.A1"]);
    let abstract_time = Options { abstract_time: true, ..Options::default() };
    assert_eq!(Script::new(abstract_time, &[], &programs).all()["Finished"], ["A1.B1", "B1.A1"]);
}

// ---- semaphores ----

#[test]
fn a_semaphore_lets_in_as_many_as_it_has_places() {
    let visit: &[Op] = &[acquire(0), release(0)];
    let two = PrimitiveSpec::Semaphore { value: 2, bounded: true };
    let mut script = Script::new(Options::default(), &[two], &[visit, visit, visit, visit]);
    script.run("B1.D1");
    assert_eq!(script.offered(), "B1 D1");
    script.run("B1");
    assert_eq!(script.offered(), "A1 C1 D1");
    let options = Options { fair: true, ..Options::default() };
    let fair = Script::new(options, &[two], &[visit, visit, visit, visit]);
    assert_eq!(fair.offered(), "A1 B1");
}

#[test]
fn releasing_a_bounded_semaphore_too_often_is_an_error() {
    let spec = PrimitiveSpec::Semaphore { value: 1, bounded: true };
    let mut script = Script::new(Options::default(), &[spec], &[&[release(0)]]);
    assert_eq!(script.run("A1"), ["reply valueerror(semaphore released too many times)"]);
}

// ---- conditions ----

/// Lock 0, condition 1.
const CONDITION: [PrimitiveSpec; 2] = [LOCK, PrimitiveSpec::Condition { lock: ObjectId(0) }];

#[test]
fn the_table_of_while_and_if() {
    let waiter: &[Op] = &[acquire(1), wait(1, Forever), release(1)];
    let notifier: &[Op] = &[acquire(1), notify(1, 1), release(1)];
    let mut script = Script::new(Options::default(), &CONDITION, &[waiter, notifier, &[acquire(1), release(1)]]);
    assert_eq!(script.run("A2"), ["done true", "enqueued"]);
    assert_eq!(script.state(1), ThreadState::Waiting { on: id(1) });
    assert_eq!(script.run("B2"), ["done true", "woke [A]"]);
    assert_eq!(script.state(1), ThreadState::Blocked { on: id(0) });
    script.run("B1");
    assert_eq!(script.offered(), "A1 C1", "the lock is free for A, who was notified, and for C");
    assert_eq!(script.run("C2.A2"), ["done true", "done", "done true", "done"]);
}

#[test]
fn a_notify_before_the_wait_is_lost() {
    let waiter: &[Op] = &[acquire(1), wait(1, Forever), release(1)];
    let notifier: &[Op] = &[acquire(1), notify(1, 1), release(1)];
    let ends = Script::new(Options::default(), &CONDITION, &[waiter, notifier]).all();
    assert_eq!(ends["Finished"], ["A2.B3.A2"]);
    assert_eq!(ends["Deadlock"], ["B3.A2"]);
}

#[test]
fn a_notify_before_the_timeout_step_counts() {
    let waiter: &[Op] = &[acquire(1), wait(1, For(millis(1))), release(1)];
    let notifier: &[Op] = &[Op::Sleep(millis(1)), acquire(1), notify(1, 1), release(1)];
    let mut script = Script::new(Options::default(), &CONDITION, &[waiter, notifier]);
    script.run("A2");
    assert_eq!(script.offered(), "B1");
    script.run("B2");
    assert_eq!(script.offered(), "A!timeout B1");
    let mut in_time = script.clone();
    assert_eq!(in_time.run("B2.A1"), ["woke [A]", "done", "done true"]);
    assert_eq!(script.run("A!timeout"), ["timedout"]);
    assert_eq!(script.state(1), ThreadState::Blocked { on: id(0) });
    assert_eq!(script.run("B2.A1"), ["woke []", "done", "timedout false"]);
}

#[test]
fn a_reentrant_lock_is_given_back_altogether_and_taken_as_often() {
    let specs = [PrimitiveSpec::RLock, PrimitiveSpec::Condition { lock: ObjectId(0) }];
    let waiter: &[Op] = &[acquire(1), acquire(1), wait(1, Forever), release(1), release(1)];
    let mut script = Script::new(Options::default(), &specs, &[waiter, &[acquire(1), notify(1, 1), release(1)]]);
    script.run("A3.B3.A2");
    assert_eq!(script.system.table.get(id(0)).unwrap().owner(), Some(ThreadId(1)));
    script.run("A1");
    assert_eq!(script.system.table.get(id(0)).unwrap().owner(), None);
}

#[test]
fn waiting_and_notifying_want_the_lock() {
    let mut script = Script::new(Options::default(), &CONDITION, &[&[wait(1, Forever), notify(1, 1)]]);
    assert_eq!(
        script.run("A2"),
        [
            "reply RuntimeError(cannot wait on un-acquired lock)",
            "reply RuntimeError(cannot notify on un-acquired lock)"
        ]
    );
}

#[test]
fn notify_any_offers_every_waiter_and_spurious_wakes_without_one() {
    let waiter: &[Op] = &[acquire(1), wait(1, Forever), release(1)];
    let notifier: &[Op] = &[acquire(1), notify(1, 1), release(1)];
    let options = Options { notify: Notify::Any, ..Options::default() };
    let mut script = Script::new(options, &CONDITION, &[waiter, waiter, waiter, notifier]);
    script.run("A2.B2.C2.D1");
    assert_eq!(script.offered(), "D!wake=0 D!wake=1 D!wake=2");
    assert_eq!(script.run("D!wake=1"), ["woke [B]"]);
    let options = Options { spurious: true, ..Options::default() };
    let mut script = Script::new(options, &CONDITION, &[waiter, waiter, notifier]);
    script.run("A2.B1");
    assert_eq!(script.offered(), "A!spurious B1");
    assert_eq!(script.run("A!spurious.B1.A1"), ["done", "enqueued", "done true"]);
    assert_eq!(script.offered(), "A1 B!spurious");
}

// ---- events ----

#[test]
fn a_set_event_releases_who_waits_even_when_it_is_cleared_at_once() {
    let waiter: &[Op] = &[event_wait(0, Forever)];
    let light: &[Op] = &[Op::EventSet(id(0)), Op::EventClear(id(0))];
    let mut script = Script::new(Options::default(), &[PrimitiveSpec::Event], &[waiter, waiter, light]);
    assert_eq!(script.run("A1.C2.B1"), ["enqueued", "woke [A]", "done", "enqueued"]);
    assert_eq!((script.offered(), script.state(2)), ("A1".into(), ThreadState::Waiting { on: id(0) }));
    assert_eq!(script.run("A1"), ["done true"]);
    assert_eq!(script.ended, Some(End::Deadlock));
}

#[test]
fn an_event_that_is_never_set_times_out() {
    let mut script = Script::new(
        Options::default(),
        &[PrimitiveSpec::Event],
        &[&[event_wait(0, For(millis(5))), event_wait(0, Patience::None)]],
    );
    assert_eq!(script.run("A1.A!timeout.A1"), ["enqueued", "timedout false", "refused false"]);
}

// ---- barriers ----

const BARRIER: PrimitiveSpec = PrimitiveSpec::Barrier { parties: 2, action: false };

#[test]
fn a_barrier_lets_go_when_all_are_there_and_holds_the_next_round_back() {
    let once: &[Op] = &[barrier_wait(0, Forever)];
    let mut script = Script::new(Options::default(), &[BARRIER], &[once, once, once]);
    assert_eq!(script.run("A1.B1"), ["enqueued", "woke [A] 1"]);
    assert_eq!((script.offered(), script.state(3)), ("A1".into(), ThreadState::Waiting { on: id(0) }));
    assert_eq!(script.run("A1"), ["reply 0"]);
    assert_eq!(script.run("C1"), ["enqueued"]);
    assert_eq!(script.ended, Some(End::Deadlock));
}

#[test]
fn a_timeout_breaks_the_barrier_for_everybody() {
    let three = PrimitiveSpec::Barrier { parties: 3, action: false };
    let broken = Op::Query { object: id(0), question: Question::Broken };
    let late: &[Op] = &[Op::Sleep(millis(50)), broken, barrier_wait(0, Forever), Op::BarrierReset(id(0))];
    let mut script = Script::new(
        Options::default(),
        &[three],
        &[&[barrier_wait(0, For(millis(10)))], &[barrier_wait(0, Forever)], late],
    );
    script.run("A1.B1");
    assert_eq!(script.offered(), "A!timeout");
    assert_eq!(script.run("A!timeout.B1"), ["timedout brokenbarriererror()", "reply brokenbarriererror()"]);
    assert_eq!(script.run("C3"), ["done", "reply true", "reply brokenbarriererror()"]);
}

#[test]
fn a_reset_sends_the_waiters_away() {
    let once: &[Op] = &[barrier_wait(0, Forever)];
    let mut script = Script::new(Options::default(), &[BARRIER], &[once, &[Op::BarrierReset(id(0))], once, once]);
    assert_eq!(script.run("A1.B1"), ["enqueued", "woke [A]"]);
    assert_eq!(script.offered(), "A1", "newcomers stand outside until it is empty");
    assert_eq!(script.run("A1.C1.D1.C1"), ["reply brokenbarriererror()", "enqueued", "woke [C] 1", "reply 0"]);
}

#[test]
fn the_action_is_run_before_the_others_go() {
    let acting = PrimitiveSpec::Barrier { parties: 2, action: true };
    let done = Op::BarrierRelease { barrier: id(0), failed: false };
    let mut script = Script::new(
        Options::default(),
        &[acting],
        &[&[barrier_wait(0, For(millis(1)))], &[barrier_wait(0, Forever), Op::Sleep(millis(9)), done]],
    );
    assert_eq!(script.run("A1.B1"), ["enqueued", "enqueued 1"]);
    assert_eq!(script.offered(), "B1", "A's time is over, but the action is running");
    assert_eq!(script.run("B2.A1"), ["done", "woke [A]", "reply 0"]);
    assert_eq!(script.ended, Some(End::Finished));
}

// ---- queues ----

#[test]
fn a_getter_waits_for_an_item_and_a_putter_for_room() {
    let mut script = Script::new(
        Options::default(),
        &[queue(1)],
        &[&[get(0, Forever), get(0, Patience::None), get(0, For(millis(1)))], &[put(0, Forever), put(0, Forever)]],
    );
    assert_eq!(script.state(1), ThreadState::Waiting { on: id(0) });
    script.run("B1");
    assert_eq!((script.offered(), script.state(2)), ("A1".into(), ThreadState::Waiting { on: id(0) }));
    script.run("A1.B1");
    assert_eq!(script.run("A1"), ["done"]);
    assert_eq!(script.run("A!timeout"), ["timedout empty()"]);
}

#[test]
fn a_full_queue_refuses_and_an_empty_one_too() {
    let nowait: &[Op] = &[get(0, Patience::None), put(0, Patience::None), put(0, Patience::None)];
    let mut script = Script::new(Options::default(), &[queue(1)], &[nowait]);
    assert_eq!(script.run("A3"), ["reply empty()", "done", "reply full()"]);
}

#[test]
fn join_waits_until_everything_is_done() {
    let mut script = Script::new(
        Options::default(),
        &[queue(0)],
        &[
            &[put(0, Forever), put(0, Forever), Op::QueueJoin(id(0))],
            &[get(0, Forever), Op::TaskDone(id(0)), get(0, Forever), Op::TaskDone(id(0)), Op::TaskDone(id(0))],
        ],
    );
    script.run("A2.B3");
    assert_eq!(script.state(1), ThreadState::Waiting { on: id(0) });
    assert_eq!(script.run("B2.A1"), ["done", "reply valueerror(task_done() called too many times)", "done"]);
}

#[test]
fn a_shutdown_wakes_everybody_with_an_error() {
    let close = Op::Shutdown { queue: id(0), immediate: false };
    let mut script = Script::new(
        Options::default(),
        &[queue(1)],
        &[&[get(0, Forever)], &[close], &[put(0, Forever)], &[put(0, Forever)]],
    );
    script.run("C1");
    assert_eq!(script.run("B1.D1.A1"), ["done", "reply shutdown()", "done"]);
    let close = Op::Shutdown { queue: id(0), immediate: false };
    let mut script = Script::new(Options::default(), &[queue(1)], &[&[get(0, Forever)], &[close]]);
    assert_eq!(script.run("B1.A1"), ["done", "reply shutdown()"]);
}

// ---- threads ----

#[test]
fn join_waits_for_the_end_and_complains_about_nonsense() {
    let join = |n: u32, patience| Op::Join { thread: ThreadId(n), patience };
    let mut script = Script::new(
        Options::default(),
        &[],
        &[
            &[join(2, Forever), join(1, Forever), join(2, For(millis(1)))],
            &[Op::Sleep(millis(5)), join(1, For(millis(1)))],
        ],
    );
    assert_eq!(script.state(1), ThreadState::Joining { thread: ThreadId(2) });
    script.run("B1.B!timeout");
    assert_eq!(script.run("A3"), ["done", "reply RuntimeError(cannot join current thread)", "done"]);
}

#[test]
fn a_join_that_stood_before_the_start_waits_for_the_end() {
    let late = ThreadId(3);
    let (start, join) = (Op::Start(late), Op::Join { thread: late, patience: Forever });
    let mut script = Script::new(Options::default(), &[], &[&[start], &[Op::IsAlive(ThreadId(1)), join]]);
    script.system.tasks.push(super::task::Task::new("late".into(), false, None));
    script.programs.push(VecDeque::from([Op::IsAlive(ThreadId(1))]));
    script.run("B1.A1");
    script.next(late);
    assert_eq!(script.state(2), ThreadState::Joining { thread: late });
    assert_eq!(script.run("C1.B1"), ["reply false", "done"]);
}

#[test]
fn threads_start_once_and_only_so_many_of_them() {
    let start = |n: u32| Op::Start(ThreadId(n));
    let options = Options { max_threads: 2, ..Options::default() };
    let mut script =
        Script::new(options, &[], &[&[start(1), start(2), Op::Join { thread: ThreadId(2), patience: Forever }]]);
    script.system.tasks.push(super::task::Task::new("late".into(), false, None));
    script.programs.push(VecDeque::from([Op::Sleep(millis(1))]));
    assert_eq!(script.run("A1"), ["reply RuntimeError(threads can only be started once)"]);
    let mut crowded = script.clone();
    crowded.system.alive = 2;
    assert_eq!(crowded.run("A1"), ["reply RuntimeError(can't start new thread)"]);
    assert_eq!(script.run("A1"), ["done"]);
}

#[test]
fn a_crowd_at_one_lock_is_no_trouble() {
    let both: &[Op] = &[acquire(0), release(0)];
    let crowd = vec![both; 1500];
    let mut script = Script::new(Options::default(), &[LOCK], &crowd);
    let mut candidates = Vec::new();
    let mut steps = 0;
    while script.ended.is_none() {
        script.system.candidates(&mut candidates);
        let last = candidates[candidates.len() - 1];
        script.apply(last);
        steps += 1;
    }
    assert_eq!((steps, script.ended), (3000, Some(End::Finished)));
}
