use super::*;
use crate::primitive::{self, Fault, RLock};
use crate::sync::raw::{Condition, Failure, GaveUp, Lock, Patience};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const LOCK: ObjectId = ObjectId(6);

fn condition() -> Condition {
    Condition::declared(IT, Arc::new(Lock::declared(LOCK)))
}

fn acquire(condition: &Condition) {
    assert_eq!(condition.lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
}

fn release(condition: &Condition) {
    assert_eq!(condition.lock.release(), Ok(()));
}

/// A lock of either kind, as its state machine has it.
enum Model {
    Plain(primitive::Lock),
    Reentrant(RLock),
}

impl Model {
    fn acquire(&mut self, thread: ThreadId) -> bool {
        match self {
            Model::Plain(lock) => lock.acquire(thread),
            Model::Reentrant(lock) => lock.acquire(thread),
        }
    }

    fn release(&mut self, thread: ThreadId) -> Result<(), Fault> {
        match self {
            Model::Plain(lock) => lock.release(),
            Model::Reentrant(lock) => lock.release(thread),
        }
    }

    /// For a wait: how often it was held.
    fn give_up(&mut self, thread: ThreadId) -> Option<u32> {
        match self {
            Model::Plain(lock) => lock.release().ok().map(|()| 1),
            Model::Reentrant(lock) => lock.release_all(thread),
        }
    }

    fn take_back(&mut self, thread: ThreadId, depth: u32) -> bool {
        match self {
            Model::Plain(lock) => lock.acquire(thread),
            Model::Reentrant(lock) => lock.restore(thread, depth),
        }
    }

    fn owner(&self) -> Option<ThreadId> {
        match self {
            Model::Plain(lock) => lock.owner,
            Model::Reentrant(lock) => lock.owner(),
        }
    }
}

/// Checks that what was told of a condition and its lock is legal.
fn replay_condition(records: &[Record], mut lock: Model) {
    let mut condition = primitive::Condition::new(LOCK);
    // Who returns from a wait: how often it held the lock, and whether it was notified.
    let mut parked = BTreeMap::new();
    let mut notified = BTreeMap::new();
    replay(records, |thread, action, outcome| match (action, outcome) {
        (Action::Acquire { .. }, Outcome::Done) => assert!(lock.acquire(thread)),
        (Action::Release { .. }, Outcome::Done) => assert_eq!(lock.release(thread), Ok(())),
        (Action::Wait { .. }, Outcome::Enqueued) => {
            assert_eq!(lock.owner(), Some(thread));
            parked.insert(thread, lock.give_up(thread));
            condition.enqueue(thread);
        }
        (Action::Wait { .. }, Outcome::TimedOut) => {
            assert!(condition.queue.contains(&thread));
            condition.leave(thread);
            notified.insert(thread, false);
        }
        (Action::Notify { count, .. }, Outcome::Woke(woken)) => {
            assert_eq!(lock.owner(), Some(thread));
            let expected = condition.notify(*count);
            assert_eq!(**woken, *expected);
            notified.extend(expected.into_iter().map(|thread| (thread, true)));
        }
        (Action::Reacquire { .. }, outcome) => {
            let in_time = notified.remove(&thread).expect("it left the queue");
            assert_eq!(*outcome, if in_time { Outcome::Done } else { Outcome::TimedOut });
            let depth = parked.remove(&thread).flatten().expect("it held the lock");
            assert!(lock.take_back(thread, depth));
        }
        other => panic!("{other:?}"),
    });
    assert_eq!((lock.owner(), condition.queue.len(), parked.len(), notified.len()), (None, 0, 0, 0));
}

#[test]
fn a_wait_gives_the_lock_back_and_takes_it_again() {
    let mut tape = Tape::new();
    let condition = condition();
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, condition) = (&probe, &condition);
        let waits = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            acquire(condition);
            let waited = condition.wait(Patience::Forever, &mut |_| ());
            release(condition);
            waited
        });
        tape.until_held_up(&[1]);
        let _here = probe.attach_as(ThreadId(2));
        acquire(condition);
        assert!(condition.locked());
        assert_eq!(condition.notify(Some(2)), Ok(()));
        // It wants the lock now.
        tape.until(|records| states(records).get(&ThreadId(1)) == Some(&ThreadState::Blocked { on: LOCK }));
        release(condition);
        assert_eq!(waits.join().ok(), Some(Ok(true)));
    });
    assert_eq!(
        tape.told(),
        [
            "A acquire Done",
            "A wait Enqueued",
            "A pending reacquire",
            "A Waiting",
            "B acquire Done",
            "B locked() True",
            "B notify 2 woke [A]",
            "A Ready",
            "A Blocked",
            "B release Done",
            "A Ready",
            "A reacquire Done",
            "A release Done",
        ]
    );
    replay_condition(&without_queries(&tape.records), Model::Plain(primitive::Lock::default()));
}

fn without_queries(records: &[Record]) -> Vec<Record> {
    let is_query = |kind: &EventKind| matches!(kind, EventKind::Did { action: Action::Query { .. }, .. });
    records.iter().filter(|record| !is_query(&record.kind)).cloned().collect()
}

#[test]
fn who_is_not_notified_in_time_says_so() {
    let mut tape = Tape::new();
    let condition = condition();
    let here = tape.attach(1);
    acquire(&condition);
    assert_eq!(condition.wait(Patience::lasting(SHORT), &mut |_| ()), Ok(false));
    assert_eq!(condition.notify(None), Ok(()));
    release(&condition);
    drop(here);
    assert_eq!(
        tape.told(),
        [
            "A acquire Done",
            "A wait Enqueued",
            "A pending reacquire",
            "A Waiting",
            "A wait TimedOut",
            "A Ready",
            "A reacquire TimedOut",
            "A notify all woke []",
            "A release Done",
        ]
    );
}

#[test]
fn waiting_and_notifying_want_the_lock() {
    let mut tape = Tape::new();
    let condition = Condition::declared(IT, Arc::new(Lock::reentrant(LOCK)));
    let here = tape.attach(1);
    let waited = condition.wait(Patience::Forever, &mut |_| unreachable!("it does not wait"));
    assert_eq!(waited, Err(Failure::Fault(Fault::WaitWithoutLock)));
    assert_eq!(condition.notify(Some(1)), Err(Fault::NotifyWithoutLock));
    drop(here);
    assert_eq!(
        tape.told(),
        [
            "A wait raised RuntimeError: cannot wait on un-acquired lock",
            "A notify 1 raised RuntimeError: cannot notify on un-acquired lock",
        ]
    );
}

#[test]
fn whoever_wanted_the_lock_gets_it_before_the_waiter_is_told_to_wait() {
    let mut tape = Tape::new();
    let condition = condition();
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, condition) = (&probe, &condition);
        let here = probe.attach_as(ThreadId(1));
        acquire(condition);
        scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(2));
            acquire(condition);
            assert_eq!(condition.notify(None), Ok(()));
            release(condition);
        });
        tape.until_held_up(&[2]);
        assert_eq!(condition.wait(Patience::Forever, &mut |_| ()), Ok(true));
        release(condition);
        drop(here);
    });
    let told = tape.told();
    assert_eq!(told[2..6], ["A wait Enqueued", "A pending reacquire", "B Ready", "A Waiting"]);
    replay_condition(&tape.records, Model::Plain(primitive::Lock::default()));
}

/// Consumers take what producers announce; both in a crowd, with and without time-outs.
fn pass_on(condition: &Condition, number: u32, items: &AtomicU32, depth: u32) -> u32 {
    let mut taken = 0;
    for round in 0..100 {
        (0..depth).for_each(|_| acquire(condition));
        if number.is_multiple_of(2) {
            items.fetch_add(1, Ordering::Relaxed);
            assert_eq!(condition.notify((round % 3 != 0).then_some(1)), Ok(()));
        } else {
            while items.load(Ordering::Relaxed) == 0 {
                let patience = if round % 2 == 0 { Patience::Forever } else { Patience::lasting(SHORT) };
                assert!(condition.wait(patience, &mut |_| ()).is_ok());
            }
            items.fetch_sub(1, Ordering::Relaxed);
            taken += 1;
        }
        (0..depth).for_each(|_| release(condition));
    }
    taken
}

#[test]
fn nobody_is_lost_and_nobody_is_notified_twice() {
    let mut tape = Tape::new();
    let (condition, items, taken) = (condition(), AtomicU32::new(0), AtomicU32::new(0));
    tape.crowd(8, |number| {
        taken.fetch_add(pass_on(&condition, number, &items, 1), Ordering::Relaxed);
    });
    assert_eq!((items.into_inner(), taken.into_inner()), (0, 400));
    replay_condition(&tape.records, Model::Plain(primitive::Lock::default()));
}

#[test]
fn a_reentrant_lock_is_given_back_altogether() {
    let mut tape = Tape::new();
    let condition = Condition::declared(IT, Arc::new(Lock::reentrant(LOCK)));
    let items = AtomicU32::new(0);
    tape.crowd(8, |number| {
        pass_on(&condition, number, &items, 1 + number % 3);
    });
    replay_condition(&tape.records, Model::Reentrant(RLock::default()));
}

#[test]
fn a_notify_meets_the_end_of_the_time() {
    let mut tape = Tape::new();
    let condition = condition();
    let woken = AtomicU32::new(0);
    tape.crowd(8, |number| {
        for _ in 0..100 {
            acquire(&condition);
            if number <= 2 {
                assert_eq!(condition.notify(Some(1)), Ok(()));
            } else if condition.wait(Patience::lasting(SHORT), &mut |_| ()) == Ok(true) {
                woken.fetch_add(1, Ordering::Relaxed);
            }
            release(&condition);
        }
    });
    let notified = tape.records.iter().map(|record| match &record.kind {
        EventKind::Did { outcome: Outcome::Woke(threads), .. } => threads.len(),
        _ => 0,
    });
    assert_eq!(notified.sum::<usize>(), woken.into_inner() as usize);
    replay_condition(&tape.records, Model::Plain(primitive::Lock::default()));
}

#[test]
fn a_stop_ends_the_wait_for_a_notify_and_the_wait_for_the_lock() {
    let mut tape = Tape::new();
    let condition = condition();
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, condition) = (&probe, &condition);
        let wait = |number| {
            move || {
                let _here = probe.attach_as(ThreadId(number));
                acquire(condition);
                condition.wait(Patience::Forever, &mut |_| ())
            }
        };
        let notified = scope.spawn(wait(1));
        tape.until_held_up(&[1]);
        let waits = scope.spawn(wait(2));
        tape.until_held_up(&[1, 2]);
        let _here = probe.attach_as(ThreadId(3));
        acquire(condition);
        assert_eq!(condition.notify(Some(1)), Ok(()));
        tape.until(|records| states(records).get(&ThreadId(1)) == Some(&ThreadState::Blocked { on: LOCK }));
        probe.stop();
        let stopped = Some(Err(Failure::GaveUp(GaveUp::Stopped)));
        assert_eq!([notified.join().ok(), waits.join().ok()], [stopped, stopped]);
    });
}
