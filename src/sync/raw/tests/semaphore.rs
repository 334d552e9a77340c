use super::*;
use crate::primitive::{self, Fault};
use crate::sync::raw::{self, GaveUp, Patience};
use crate::sync::{Place, ReleasedTooOften, Semaphore, Stopped};
use proptest::prelude::*;

/// Checks that what was told of a semaphore is legal; its last state.
fn replay_semaphore(records: &[Record], mut semaphore: primitive::Semaphore) -> primitive::Semaphore {
    replay(records, |_, action, outcome| match (action, outcome) {
        (Action::Acquire { .. }, Outcome::Done) => assert!(semaphore.acquire()),
        (Action::Acquire { .. }, Outcome::Refused | Outcome::TimedOut) => assert_eq!(semaphore.value, 0),
        (Action::Release { count, .. }, outcome) => {
            assert_eq!(*outcome, semaphore.release(*count).map_or_else(Fault::raised, |()| Outcome::Done));
        }
        (Action::Query { .. }, outcome) => assert_eq!(*outcome, Outcome::Value(semaphore.value.into())),
        other => panic!("{other:?}"),
    });
    semaphore
}

#[test]
fn whoever_finds_no_place_waits_for_one() {
    let mut tape = Tape::new();
    let semaphore = Semaphore::bounded(1).named("seat");
    let here = tape.attach(1);
    let mine = semaphore.acquire();
    assert!(semaphore.try_acquire().is_none());
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, semaphore) = (&probe, &semaphore);
        let other = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(2));
            semaphore.acquire().forget();
        });
        tape.until_held_up(&[2]);
        drop(mine);
        assert!(other.join().is_ok());
    });
    assert!(semaphore.acquire_timeout(SHORT).is_none());
    assert_eq!((semaphore.release(2), semaphore.release(1)), (Err(ReleasedTooOften), Ok(())));
    assert_eq!(semaphore.available(), 1);
    drop(here);
    assert_eq!(
        tape.told(),
        [
            "A BoundedSemaphore seat",
            "A acquire Done",
            "A acquire Refused",
            "B pending acquire",
            "B Blocked",
            "A release Done",
            "B Ready",
            "B acquire Done",
            "A pending acquire",
            "A Blocked",
            "A acquire TimedOut",
            "A Ready",
            "A release 2 raised ValueError: Semaphore released too many times",
            "A release Done",
            "A _value 1",
        ]
    );
}

#[test]
fn what_is_told_stands_at_the_place_of_the_call_and_the_state_is_that_before_it() {
    let mut tape = Tape::new();
    let semaphore = Semaphore::new(3);
    assert!(semaphore.release(1).is_ok(), "nobody is told of this");
    let here = tape.attach(1);
    let line = line!() + 1;
    semaphore.acquire().forget();
    drop(here);
    tape.told();
    let EventKind::Object(info) = &tape.records[0].kind else { panic!("{:?}", tape.records[0]) };
    assert_eq!(*info.name, *format!("Semaphore at line {}", line - 4));
    assert_eq!(info.state, crate::event::ObjectState::Semaphore { value: 4, bound: None });
    let Place::Call(location) = tape.records[1].place else { panic!("{:?}", tape.records[1]) };
    assert_eq!((location.line(), location.file()), (line, file!()));
}

#[test]
fn many_places_given_back_at_once_wake_as_many() {
    let mut tape = Tape::new();
    let semaphore = Semaphore::new(0);
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, semaphore) = (&probe, &semaphore);
        for number in 1..=3 {
            scope.spawn(move || {
                let _here = probe.attach_as(ThreadId(number));
                semaphore.acquire_timeout(DEADLINE).expect("there are enough").forget();
            });
        }
        tape.until_held_up(&[1, 2, 3]);
        let _here = probe.attach_as(ThreadId(4));
        assert_eq!(semaphore.release(3), Ok(()));
    });
    let told = tape.told();
    assert_eq!(told.iter().filter(|line| line.ends_with("Ready")).count(), 3);
    assert_eq!(replay_semaphore(&tape.records, primitive::Semaphore::new(0, false)).value, 0);
}

#[test]
fn no_place_is_lost_and_none_is_taken_twice() {
    let mut tape = Tape::new();
    let semaphore = raw::Semaphore::declared(IT, 3, true);
    tape.crowd(8, |number| {
        for round in 0..200 {
            let patience = match (number + round) % 4 {
                0 => Patience::Now,
                1 | 2 => Patience::lasting(SHORT),
                _ => Patience::Forever,
            };
            match semaphore.acquire(patience, &mut |_| ()) {
                Ok(()) => assert_eq!(semaphore.release(1), Ok(())),
                Err(why) => assert_ne!(why, GaveUp::Stopped),
            }
            if round % 16 == 0 {
                assert!(semaphore.value() <= 3);
            }
        }
    });
    assert_eq!(replay_semaphore(&tape.records, primitive::Semaphore::new(3, true)).value, 3);
    assert_eq!(semaphore.value(), 3);
}

#[test]
fn threads_that_nobody_records_share_it_with_those_that_are() {
    let tape = Tape::new();
    let semaphore = Semaphore::bounded(2);
    let probe = &tape.probe;
    thread::scope(|scope| {
        for number in 0..8 {
            let semaphore = &semaphore;
            scope.spawn(move || {
                let _here = (number % 2 == 0).then(|| probe.attach_as(ThreadId(number)));
                for _ in 0..200 {
                    drop(semaphore.acquire());
                }
            });
        }
    });
    assert_eq!((semaphore.available(), probe.attached()), (2, 0));
}

#[test]
fn a_stop_unwinds_who_waits_and_guards_are_dropped() {
    let mut tape = Tape::new();
    let (held, wanted) = (Semaphore::bounded(1), Semaphore::new(0));
    let probe = tape.probe.clone();
    let ended = thread::scope(|scope| {
        let waits = scope.spawn(|| {
            let _here = probe.attach_as(ThreadId(1));
            let _held = held.acquire();
            let _never = wanted.acquire();
            unreachable!("nobody gives it a place");
        });
        tape.until_held_up(&[1]);
        tape.probe.stop();
        waits.join()
    });
    assert!(ended.is_err_and(|payload| payload.is::<Stopped>()));
    assert_eq!((held.available(), tape.probe.attached()), (1, 0));
}

proptest! {
    #[test]
    fn alone_it_does_what_the_state_machine_does(start in 0..4i64, bounded: bool, acts in prop::collection::vec(0..4u32, 0..60)) {
        let semaphore = raw::Semaphore::declared(IT, start, bounded);
        let mut model = primitive::Semaphore::new(start, bounded);
        for act in acts {
            if act == 0 {
                prop_assert_eq!(semaphore.acquire(Patience::Now, &mut |_| ()).is_ok(), model.acquire());
            } else {
                prop_assert_eq!(semaphore.release(act), model.release(act));
            }
            prop_assert_eq!(semaphore.value(), model.value);
        }
    }
}
