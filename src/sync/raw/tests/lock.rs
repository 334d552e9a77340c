use super::*;
use crate::primitive::{self, Fault, RLock};
use crate::sync::monitor::Idle;
use crate::sync::raw::{GaveUp, Lock, Patience};

/// Checks that what was told of a lock is legal.
fn replay_plain(records: &[Record]) -> primitive::Lock {
    let mut lock = primitive::Lock::default();
    replay(records, |thread, action, outcome| match (action, outcome) {
        (Action::Acquire { .. }, Outcome::Done) => assert!(lock.acquire(thread)),
        (Action::Acquire { .. }, Outcome::Refused | Outcome::TimedOut) => assert!(lock.owner.is_some()),
        (Action::Release { .. }, outcome) => assert_eq!(*outcome, done(lock.release())),
        (Action::Query { .. }, Outcome::Value(text)) => {
            assert_eq!(text.to_string(), if lock.owner.is_some() { "True" } else { "False" });
        }
        other => panic!("{other:?}"),
    });
    lock
}

fn done(result: Result<(), Fault>) -> Outcome {
    result.map_or_else(Fault::raised, |()| Outcome::Done)
}

#[test]
fn misuse_and_questions_are_told() {
    let mut tape = Tape::new();
    let lock = Lock::declared(IT);
    let here = tape.attach(1);
    assert_eq!(lock.release(), Err(Fault::ReleaseUnlockedLock));
    assert_eq!((lock.locked(), lock.acquire(Patience::Now, &mut |_| ()), lock.locked()), (false, Ok(()), true));
    drop(here);
    assert_eq!(
        tape.told(),
        [
            "A release raised RuntimeError: release unlocked lock",
            "A locked() False",
            "A acquire Done",
            "A locked() True"
        ]
    );
}

#[test]
fn only_its_owner_acquires_and_releases_a_reentrant_lock() {
    let mut tape = Tape::new();
    let lock = Lock::reentrant(IT);
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let here = tape.attach(1);
        assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
        assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
        let other = scope.spawn(|| {
            let _here = probe.attach_as(ThreadId(2));
            let released = lock.release();
            (released, lock.acquire(Patience::Forever, &mut |_| ()))
        });
        tape.until_held_up(&[2]);
        assert_eq!((lock.release(), lock.locked(), lock.release()), (Ok(()), true, Ok(())));
        assert_eq!(other.join().ok(), Some((Err(Fault::ReleaseUnownedRLock), Ok(()))));
        drop(here);
    });
    assert_eq!(
        tape.told(),
        [
            "A acquire Done",
            "A acquire Done",
            "B release raised RuntimeError: cannot release un-acquired lock",
            "B Blocked",
            "A release Done",
            "A locked() True",
            "A release Done",
            "B Ready",
            "B acquire Done",
        ]
    );
}

#[test]
fn what_is_told_of_a_contended_lock_is_legal() {
    let mut tape = Tape::new();
    let lock = Lock::declared(IT);
    tape.crowd(8, |number| {
        for round in 0..200 {
            let patience = match (number + round) % 4 {
                0 => Patience::Now,
                1 => Patience::lasting(SHORT),
                _ => Patience::Forever,
            };
            match lock.acquire(patience, &mut |_| ()) {
                Ok(()) => assert_eq!(lock.release(), Ok(())),
                Err(why) => assert_ne!(why, GaveUp::Stopped),
            }
            lock.locked();
        }
    });
    assert_eq!(replay_plain(&tape.records).owner, None);
}

#[test]
fn what_is_told_of_a_reentrant_lock_is_legal() {
    let mut tape = Tape::new();
    let lock = Lock::reentrant(IT);
    tape.crowd(8, |number| {
        for round in 0..100 {
            let patience = if number % 2 == 0 { Patience::Forever } else { Patience::lasting(SHORT) };
            let taken = (0..=round % 3).filter(|_| lock.acquire(patience, &mut |_| ()).is_ok()).count();
            (0..taken).for_each(|_| assert_eq!(lock.release(), Ok(())));
        }
    });
    let mut model = RLock::default();
    replay(&tape.records, |thread, action, outcome| match (action, outcome) {
        (Action::Acquire { .. }, Outcome::Done) => assert!(model.acquire(thread)),
        (Action::Acquire { .. }, Outcome::TimedOut) => {
            assert!(model.owner().is_some_and(|owner| owner != thread));
        }
        (Action::Release { .. }, outcome) => assert_eq!(*outcome, done(model.release(thread))),
        other => panic!("{other:?}"),
    });
    assert_eq!(model.owner(), None);
}

#[test]
fn everybody_leaves_when_all_is_stopped() {
    let mut tape = Tape::new();
    let lock = Lock::declared(IT);
    let here = tape.attach(9);
    assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
    drop(here);
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let lock = &lock;
        let wait = |number, patience| {
            let probe = &probe;
            move || {
                let _here = probe.attach_as(ThreadId(number));
                lock.acquire(patience, &mut |_| ())
            }
        };
        let forever = scope.spawn(wait(1, Patience::Forever));
        tape.until_held_up(&[1]);
        let long = scope.spawn(wait(2, Patience::lasting(Duration::from_hours(1))));
        tape.until_held_up(&[1, 2]);
        probe.stop();
        let results = [forever.join().ok(), long.join().ok()];
        assert_eq!(results, [Some(Err(GaveUp::Stopped)); 2]);
    });
    assert_eq!(tape.told(), ["I acquire Done", "A Blocked", "B Blocked"].map(str::to_owned).to_vec());
    assert_eq!(lock.release(), Ok(()));
    assert_eq!(lock.acquire(Patience::Now, &mut |_| ()), Ok(()), "who left is not owed anything");
}

#[test]
fn who_is_stopped_when_it_is_woken_passes_that_on() {
    let (mut tape, mut other) = (Tape::new(), Tape::new());
    let lock = Lock::declared(IT);
    assert_eq!(lock.acquire(Patience::Now, &mut |_| ()), Ok(()));
    let (probe, other_probe) = (tape.probe.clone(), other.probe.clone());
    thread::scope(|scope| {
        let (lock, probe, other_probe) = (&lock, &probe, &other_probe);
        let stopped = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            lock.acquire(Patience::Forever, &mut |idle| {
                if idle == Idle::Ends {
                    assert_eq!(lock.release(), Ok(()));
                }
            })
        });
        tape.until_held_up(&[1]);
        let waits = scope.spawn(move || {
            let _here = other_probe.attach_as(ThreadId(2));
            lock.acquire(Patience::lasting(DEADLINE), &mut |_| ())
        });
        other.until_held_up(&[2]);
        probe.stop();
        assert_eq!(stopped.join().ok(), Some(Err(GaveUp::Stopped)));
        assert_eq!(waits.join().ok(), Some(Ok(())));
    });
    // Not because its time was over. And nobody else could tell its probe that it was woken.
    assert_eq!(other.told(), ["B Blocked", "B Ready", "B acquire Done"]);
    assert_eq!(tape.told(), ["A Blocked", "A release Done", "A Ready"]);
}
