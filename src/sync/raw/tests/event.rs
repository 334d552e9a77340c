use super::*;
use crate::primitive;
use crate::sync::raw::{self, GaveUp, Patience};
use crate::sync::{Event, Stopped};
use std::collections::BTreeSet;

/// Checks that what was told of an event is legal.
fn replay_event(records: &[Record]) {
    let mut event = primitive::Event::default();
    let mut released = BTreeSet::new();
    replay(records, |thread, action, outcome| match (action, outcome) {
        (Action::EventWait { .. }, Outcome::Enqueued) => {
            assert!(!event.set);
            event.enqueue(thread);
        }
        (Action::EventWait { .. }, Outcome::Done) => assert!(released.remove(&thread) || event.set),
        (Action::EventWait { .. }, Outcome::Refused) => assert!(!event.set),
        (Action::EventWait { .. }, Outcome::TimedOut) => {
            assert!(event.queue.contains(&thread));
            event.leave(thread);
        }
        (Action::EventSet { .. }, Outcome::Woke(woken)) => {
            let expected = event.set();
            assert_eq!(**woken, *expected);
            released.extend(expected);
        }
        (Action::EventClear { .. }, Outcome::Done) => event.clear(),
        (Action::Query { .. }, Outcome::Value(text)) => {
            assert_eq!(text.to_string(), if event.set { "True" } else { "False" });
        }
        other => panic!("{other:?}"),
    });
    assert_eq!((released, event.queue), (BTreeSet::new(), Vec::new()));
}

#[test]
fn who_waits_goes_on_when_it_is_set_even_if_it_is_cleared_at_once() {
    let mut tape = Tape::new();
    let event = Event::new().named("light");
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, event) = (&probe, &event);
        let wait = |number| {
            move || {
                let _here = probe.attach_as(ThreadId(number));
                event.wait();
            }
        };
        scope.spawn(wait(2));
        tape.until_held_up(&[2]);
        scope.spawn(wait(1));
        tape.until_held_up(&[1, 2]);
        let _here = probe.attach_as(ThreadId(3));
        event.set();
        event.clear();
        assert!(!event.is_set());
        assert!(!event.wait_timeout(SHORT));
        event.set();
        event.wait();
    });
    let told = tape.told();
    let main: Vec<&str> = told.iter().filter_map(|line| line.strip_prefix("C ")).collect();
    assert_eq!(
        main,
        [
            "eventset woke [B A]",
            "eventclear Done",
            "is_set() False",
            "pending eventwait",
            "eventwait Enqueued",
            "Waiting",
            "eventwait TimedOut",
            "Ready",
            "eventset woke []",
            "eventwait Done",
        ]
    );
    let place = |line: &str| told.iter().position(|other| other == line);
    assert_eq!(told[..4], ["B Event light", "B pending eventwait", "B eventwait Enqueued", "B Waiting"]);
    let set = place("C eventset woke [B A]");
    assert_eq!(set.map(|set| told[set + 1..set + 3].to_vec()), Some(vec!["B Ready".into(), "A Ready".into()]));
    assert!(set < place("A eventwait Done") && set < place("B eventwait Done"));
    replay_event(&tape.records);
}

#[test]
fn nobody_is_lost_when_it_is_set_and_cleared_quickly() {
    let mut tape = Tape::new();
    let event = raw::Event::declared(IT);
    tape.crowd(8, |number| {
        for round in 0..200 {
            match number {
                1 => event.set(),
                2 => event.clear(),
                _ => {
                    let patience = match (number + round) % 5 {
                        0 => Patience::Now,
                        _ => Patience::lasting(SHORT),
                    };
                    let waited = event.wait(patience, &mut |_| ());
                    assert_ne!(waited, Err(GaveUp::Stopped));
                }
            }
        }
    });
    replay_event(&tape.records);
}

#[test]
fn everybody_comes_through_when_it_is_set_at_last() {
    let mut tape = Tape::new();
    let event = raw::Event::declared(IT);
    tape.crowd(8, |number| {
        if number == 1 {
            event.set();
        } else {
            assert_eq!(event.wait(Patience::Forever, &mut |_| ()), Ok(()));
        }
    });
    replay_event(&tape.records);
}

#[test]
fn a_stop_ends_the_wait() {
    let mut tape = Tape::new();
    let event = Event::new();
    let probe = tape.probe.clone();
    let ended = thread::scope(|scope| {
        let waits = scope.spawn(|| {
            let _here = probe.attach_as(ThreadId(1));
            event.wait();
        });
        tape.until_held_up(&[1]);
        tape.probe.stop();
        waits.join()
    });
    assert!(ended.is_err_and(|payload| payload.is::<Stopped>()));
    event.set();
    event.wait();
}

#[test]
fn who_is_woken_by_a_thread_that_nobody_records_says_so_itself() {
    let mut tape = Tape::new();
    let event = raw::Event::declared(IT);
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, event) = (&probe, &event);
        scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            event.wait(Patience::Forever, &mut |_| ())
        });
        tape.until_held_up(&[1]);
        event.set();
    });
    assert_eq!(tape.told(), ["A eventwait Enqueued", "A Waiting", "A Ready", "A eventwait Done"]);
}
