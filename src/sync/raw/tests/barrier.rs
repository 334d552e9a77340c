use super::*;
use crate::primitive::{self, Arrival, Departure, Fault};
use crate::sync::monitor::Idle;
use crate::sync::raw::{self, Failure, GaveUp, Passage, Patience};
use crate::sync::{Barrier, BarrierError, Stopped};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Checks that what was told of a barrier is legal.
fn replay_barrier(records: &[Record], mut barrier: primitive::Barrier) -> primitive::Barrier {
    // Who has arrived and not left, as which one; who runs the action.
    let mut inside: Vec<(ThreadId, u32)> = Vec::new();
    let mut acts = None;
    replay(records, |thread, action, outcome| {
        let waiters: Box<[ThreadId]> = inside.iter().map(|(thread, _)| *thread).collect();
        let place = inside.iter().position(|(other, _)| *other == thread);
        match (action, outcome) {
            (Action::BarrierWait { .. }, Outcome::Enqueued) => {
                assert!(barrier.is_open() && place.is_none());
                match barrier.arrive() {
                    Arrival::Waits(index) => inside.push((thread, index)),
                    Arrival::Acts(_) => assert_eq!(acts.replace(thread), None),
                    other => panic!("{other:?}"),
                }
            }
            (Action::BarrierWait { .. }, Outcome::Woke(woken)) if acts == Some(thread) => {
                acts = None;
                assert_eq!(*woken, waiters);
                barrier.release(false);
            }
            (Action::BarrierAbort { .. }, Outcome::Woke(woken)) if acts == Some(thread) => {
                acts = None;
                assert_eq!(*woken, waiters);
                barrier.release(true);
            }
            (Action::BarrierWait { .. }, Outcome::Woke(woken)) => {
                assert!(barrier.is_open());
                assert!(matches!(barrier.arrive(), Arrival::Last(_)));
                assert_eq!(*woken, waiters);
            }
            (Action::BarrierWait { .. }, Outcome::Value(index)) => {
                let (_, mine) = inside.remove(place.expect("it has arrived"));
                assert_eq!((index.to_string(), barrier.look()), (mine.to_string(), Departure::Goes));
                barrier.leave();
            }
            (Action::BarrierWait { .. }, Outcome::TimedOut) => {
                inside.remove(place.expect("it has arrived"));
                assert_eq!((barrier.look(), barrier.is_acting()), (Departure::Stays, false));
                barrier.break_up();
                barrier.leave();
            }
            (Action::BarrierWait { .. }, raised) => {
                assert_eq!(*raised, Fault::BarrierBroken.raised());
                match place {
                    Some(place) => {
                        inside.remove(place);
                        assert_eq!(barrier.look(), Departure::Broken);
                        barrier.leave();
                    }
                    None => assert_eq!((barrier.is_open(), barrier.arrive()), (true, Arrival::Broken)),
                }
            }
            (Action::BarrierAbort { .. } | Action::BarrierReset { .. }, Outcome::Woke(woken)) => {
                assert_eq!(*woken, waiters);
                match action {
                    Action::BarrierAbort { .. } => barrier.break_up(),
                    _ => barrier.reset(),
                }
            }
            (Action::Query { question, .. }, Outcome::Value(answer)) => match question.to_string().as_str() {
                "broken" => assert_eq!(answer.to_string() == "True", barrier.is_broken()),
                _ => assert_eq!(answer.to_string(), barrier.waiting().to_string()),
            },
            other => panic!("{other:?}"),
        }
    });
    assert_eq!((inside, acts), (Vec::new(), None));
    barrier
}

#[test]
fn nobody_goes_on_before_everybody_is_there() {
    let mut tape = Tape::new();
    let barrier = Barrier::new(2).named("gate");
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, barrier) = (&probe, &barrier);
        let first = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            barrier.wait()
        });
        tape.until_held_up(&[1]);
        let _here = probe.attach_as(ThreadId(2));
        assert_eq!((barrier.waiting(), barrier.is_broken(), barrier.parties()), (1, false, 2));
        assert_eq!(barrier.wait(), Ok(1));
        assert_eq!(first.join().ok(), Some(Ok(0)));
    });
    assert_eq!(
        tape.told(),
        [
            "A Barrier gate",
            "A pending barrierwait",
            "A barrierwait Enqueued",
            "A Waiting",
            "B n_waiting 1",
            "B broken False",
            "B barrierwait woke [A]",
            "A Ready",
            "A barrierwait 0",
        ]
    );
}

#[test]
fn who_waits_no_longer_breaks_it_and_a_reset_mends_it() {
    let mut tape = Tape::new();
    let barrier = Barrier::new(3);
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, barrier) = (&probe, &barrier);
        let first = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            barrier.wait()
        });
        tape.until_held_up(&[1]);
        let _here = probe.attach_as(ThreadId(2));
        assert_eq!(barrier.wait_timeout(SHORT), Err(BarrierError::TimedOut));
        assert_eq!(first.join().ok(), Some(Err(BarrierError::Broken)));
        assert_eq!(barrier.wait(), Err(BarrierError::Broken));
        barrier.reset();
        assert!(!barrier.is_broken());
    });
    assert_eq!(
        tape.told()[3..],
        [
            "A Waiting",
            "B pending barrierwait",
            "B barrierwait Enqueued",
            "B Waiting",
            "B barrierwait TimedOut",
            "B Ready",
            "A Ready",
            "A barrierwait raised BrokenBarrierError",
            "B barrierwait raised BrokenBarrierError",
            "B barrierreset woke []",
            "B broken False",
        ]
    );
    replay_barrier(&tape.records, primitive::Barrier::new(3, false));
}

#[test]
fn who_comes_early_for_the_next_round_stands_outside() {
    let mut tape = Tape::new();
    let barrier = raw::Barrier::declared(IT, 2, false);
    let probe = tape.probe.clone();
    // A has arrived, but is held back before it can leave.
    let held = parking_lot::Mutex::new(());
    let closed = held.lock();
    thread::scope(|scope| {
        let (probe, barrier, held) = (&probe, &barrier, &held);
        let wait = |number| {
            move || {
                let _here = probe.attach_as(ThreadId(number));
                barrier.wait(Patience::Forever, &mut |idle| {
                    if (number, idle) == (1, Idle::Ends) {
                        drop(held.lock());
                    }
                })
            }
        };
        let first = scope.spawn(wait(1));
        tape.until_held_up(&[1]);
        assert_eq!(wait(2)(), Ok(Passage::Through(1)));
        let early = scope.spawn(wait(3));
        tape.until_held_up(&[3]);
        drop(closed);
        assert_eq!(first.join().ok(), Some(Ok(Passage::Through(0))));
        tape.until(|records| records.iter().filter(|record| record.thread == ThreadId(3)).count() >= 4);
        assert_eq!(wait(4)(), Ok(Passage::Through(1)));
        assert_eq!(early.join().ok(), Some(Ok(Passage::Through(0))));
    });
    assert_eq!(
        tape.told(),
        [
            "A barrierwait Enqueued",
            "A Waiting",
            "B barrierwait woke [A]",
            "A Ready",
            "C Waiting",
            "A barrierwait 0",
            "C Ready",
            "C barrierwait Enqueued",
            "C Waiting",
            "D barrierwait woke [C]",
            "C Ready",
            "C barrierwait 0",
        ]
    );
}

#[test]
fn while_the_action_runs_nobody_gives_up() {
    let mut tape = Tape::new();
    let barrier = raw::Barrier::declared(IT, 2, true);
    let probe = tape.probe.clone();
    let parks = AtomicU32::new(0);
    thread::scope(|scope| {
        let (probe, barrier, parks) = (&probe, &barrier, &parks);
        let first = scope.spawn({
            move || {
                let _here = probe.attach_as(ThreadId(1));
                barrier.wait(Patience::lasting(Duration::from_millis(50)), &mut |idle| {
                    parks.fetch_add(u32::from(idle == Idle::Begins), Ordering::Relaxed);
                })
            }
        });
        tape.until_held_up(&[1]);
        let _here = probe.attach_as(ThreadId(2));
        let mine = barrier.wait(Patience::Forever, &mut |_| ());
        if mine == Ok(Passage::Acts(1)) {
            // Its time is over, and it waits again.
            let since = Instant::now();
            while parks.load(Ordering::Relaxed) < 2 {
                assert!(since.elapsed() < DEADLINE);
                thread::yield_now();
            }
            barrier.release(false);
            assert_eq!(first.join().ok(), Some(Ok(Passage::Through(0))));
        } else {
            // On a busy machine the time may have been over before.
            assert_eq!(mine, Err(Failure::Fault(Fault::BarrierBroken)));
        }
    });
    tape.told();
    replay_barrier(&tape.records, primitive::Barrier::new(2, true));
}

#[test]
fn a_panicking_action_breaks_it() {
    let barrier = Barrier::with_action(2, || resume_unwind(Box::new("the action fails")));
    thread::scope(|scope| {
        let parties = [scope.spawn(|| barrier.wait()), scope.spawn(|| barrier.wait())];
        let results = parties.map(|party| party.join().ok());
        assert!(results.contains(&None) && results.contains(&Some(Err(BarrierError::Broken))), "{results:?}");
    });
    assert!(barrier.is_broken());
}

#[test]
fn rounds_follow_each_other_and_the_action_runs_once_in_each() {
    let mut tape = Tape::new();
    let rounds = std::sync::Arc::new(AtomicU32::new(0));
    let counter = std::sync::Arc::clone(&rounds);
    let barrier = Barrier::with_action(8, move || {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    tape.crowd(8, |_| {
        for _ in 0..50 {
            assert!(barrier.wait().is_ok_and(|index| index < 8));
        }
    });
    assert_eq!(rounds.load(Ordering::Relaxed), 50);
    replay_barrier(&tape.records, primitive::Barrier::new(8, true));
}

#[test]
fn whatever_happens_to_it_what_is_told_is_legal() {
    let mut tape = Tape::new();
    let barrier = raw::Barrier::declared(IT, 3, false);
    tape.crowd(8, |number| {
        for round in 0..150 {
            match (number, round % 16) {
                (1, 3) => barrier.abort(),
                (1 | 2, 5 | 11) => barrier.reset(),
                (_, 7) => assert!(barrier.waiting() <= 2),
                (_, 9) => drop(barrier.is_broken()),
                _ => match barrier.wait(Patience::lasting(SHORT * (round % 8)), &mut |_| ()) {
                    Ok(Passage::Through(index)) => assert!(index < 3),
                    Err(why) => assert_ne!(why, Failure::GaveUp(GaveUp::Stopped)),
                    acts => panic!("{acts:?}"),
                },
            }
        }
    });
    replay_barrier(&tape.records, primitive::Barrier::new(3, false));
}

#[test]
fn a_stop_ends_the_wait_inside_and_outside() {
    let mut tape = Tape::new();
    let barrier = Barrier::new(2);
    let probe = tape.probe.clone();
    let unwound = AtomicBool::new(false);
    thread::scope(|scope| {
        let waits = scope.spawn(|| {
            let _here = probe.attach_as(ThreadId(1));
            unwound.store(true, Ordering::Relaxed);
            assert_eq!(barrier.wait(), Ok(0));
            unwound.store(false, Ordering::Relaxed);
        });
        tape.until_held_up(&[1]);
        tape.probe.stop();
        assert!(waits.join().is_err_and(|payload| payload.is::<Stopped>()));
    });
    assert!(unwound.into_inner());
    assert!(barrier.is_broken(), "others need not wait for who was stopped");
}
