use super::*;
use crate::event::{ObjectState, Text};
use crate::primitive::{self, Fault};
use crate::sync::monitor::Idle;
use crate::sync::raw::{self, Failure, GaveUp, Patience};
use crate::sync::{DoneTooOften, GetError, PutError, Queue, Semaphore, Stopped};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};

/// Checks that what was told of a queue is legal. `next` takes out what must come next.
fn replay_queue(
    records: &[Record],
    mut queue: primitive::Queue,
    next: impl Fn(&mut VecDeque<Text>) -> Option<Text>,
) -> primitive::Queue {
    let mut items = VecDeque::new();
    let done = |result: Result<(), Fault>| result.map_or_else(Fault::raised, |()| Outcome::Done);
    replay(records, |_, action, outcome| match (action, outcome) {
        (Action::Put { .. }, Outcome::TimedOut) => assert_eq!(queue.put(), Err(Fault::QueueFull)),
        (Action::Put { item, .. }, outcome) => {
            assert_eq!(*outcome, done(queue.put()));
            if *outcome == Outcome::Done {
                items.push_back(item.clone());
            }
        }
        (Action::Get { .. }, Outcome::TimedOut) => assert_eq!(queue.get(), Err(Fault::QueueEmpty)),
        (Action::Get { .. }, Outcome::Value(item)) => {
            assert_eq!((queue.get(), next(&mut items)), (Ok(()), Some(item.clone())));
        }
        (Action::Get { .. }, outcome) => assert_eq!(*outcome, done(queue.get())),
        (Action::TaskDone { .. }, outcome) => assert_eq!(*outcome, done(queue.task_done())),
        (Action::QueueJoin { .. }, Outcome::Done) => assert_eq!(queue.unfinished, 0),
        (Action::Shutdown { immediate, .. }, Outcome::Done) => {
            queue.shut_down(*immediate);
            if *immediate {
                items.clear();
            }
        }
        (Action::Query { question, .. }, outcome) => {
            assert_eq!(*outcome, Outcome::Value(answer(&queue, &question.to_string())));
        }
        other => panic!("{other:?}"),
    });
    queue
}

fn answer(queue: &primitive::Queue, question: &str) -> Text {
    let truth = |value: bool| Text::from(if value { "True" } else { "False" });
    match question {
        "qsize()" => i64::from(queue.items).into(),
        "unfinished_tasks" => i64::from(queue.unfinished).into(),
        "empty()" => truth(queue.items == 0),
        "full()" => truth(queue.is_full()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_getter_waits_for_an_item_and_a_putter_for_room() {
    let mut tape = Tape::new();
    let queue = Queue::fifo().at_most(1).named("orders");
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, queue) = (&probe, &queue);
        let gets = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            queue.get()
        });
        tape.until_held_up(&[1]);
        let _here = probe.attach_as(ThreadId(2));
        assert_eq!(queue.put("tea"), Ok(()));
        assert_eq!(gets.join().ok(), Some(Ok("tea")));
        assert_eq!((queue.put("milk"), queue.try_put("salt")), (Ok(()), Err(PutError::Full("salt"))));
        let puts = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(3));
            queue.put("jam")
        });
        tape.until_held_up(&[3]);
        assert_eq!((queue.put_timeout("soap", SHORT), queue.get()), (Err(PutError::TimedOut("soap")), Ok("milk")));
        assert_eq!(puts.join().ok(), Some(Ok(())));
        assert_eq!((queue.get(), queue.try_get()), (Ok("jam"), Err(GetError::Empty)));
        assert_eq!(queue.get_timeout(SHORT), Err(GetError::TimedOut));
    });
    assert_eq!(
        tape.told(),
        [
            "A Queue orders",
            "A pending get",
            "A Waiting",
            "B put \"tea\" Done",
            "A Ready",
            "A get \"tea\"",
            "B put \"milk\" Done",
            "B put \"salt\" raised Full",
            "C pending put \"jam\"",
            "C Waiting",
            "B pending put \"soap\"",
            "B Waiting",
            "B put \"soap\" TimedOut",
            "B Ready",
            "B get \"milk\"",
            "C Ready",
            "C put \"jam\" Done",
            "B get \"jam\"",
            "B get raised Empty",
            "B pending get",
            "B Waiting",
            "B get TimedOut",
            "B Ready",
        ]
    );
}

#[test]
fn join_waits_until_everything_is_done() {
    let mut tape = Tape::new();
    let queue = Queue::fifo();
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, queue) = (&probe, &queue);
        let _here = probe.attach_as(ThreadId(2));
        assert_eq!((queue.put(1), queue.put(2), queue.get(), queue.get()), (Ok(()), Ok(()), Ok(1), Ok(2)));
        scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            queue.join();
        });
        tape.until_held_up(&[1]);
        assert_eq!((queue.task_done(), queue.unfinished(), queue.task_done()), (Ok(()), 1, Ok(())));
        assert_eq!(
            (queue.task_done(), queue.len(), queue.is_empty(), queue.is_full()),
            (Err(DoneTooOften), 0, true, false)
        );
    });
    let told = tape.told();
    assert_eq!(
        told[5..10],
        ["A pending queuejoin", "A Waiting", "B taskdone Done", "B unfinished_tasks 1", "B taskdone Done"]
    );
    assert_eq!(told[10], "A Ready");
    replay_queue(&tape.records, primitive::Queue::new(0), VecDeque::pop_front);
}

#[test]
fn a_shutdown_sends_everybody_on() {
    let mut tape = Tape::new();
    let (full, empty) = (Queue::lifo().at_most(1), Queue::<u8>::priority());
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, full, empty) = (&probe, &full, &empty);
        assert_eq!(full.put(1), Ok(()));
        let puts = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(1));
            full.put(2)
        });
        let joins = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(2));
            full.join();
        });
        let gets = scope.spawn(move || {
            let _here = probe.attach_as(ThreadId(3));
            empty.get()
        });
        tape.until_held_up(&[1, 2, 3]);
        full.shut_down_now();
        empty.shut_down();
        assert_eq!(puts.join().ok(), Some(Err(PutError::ShutDown(2))));
        assert_eq!(gets.join().ok(), Some(Err(GetError::ShutDown)));
        assert!(joins.join().is_ok());
        assert_eq!((full.try_get(), full.unfinished()), (Err(GetError::ShutDown), 0));
    });
    let told = tape.told();
    assert!(told.contains(&"A put 2 raised ShutDown".to_owned()), "{told:#?}");
    assert!(told.contains(&"C get raised ShutDown".to_owned()), "{told:#?}");
}

#[test]
fn what_is_there_when_it_is_declared_is_declared_in_the_order_in_which_it_comes_out() {
    let mut tape = Tape::new();
    let (stack, heap) = (Queue::lifo(), Queue::priority().at_most(5));
    for number in [2, 1, 3] {
        assert_eq!((stack.put(number), heap.put(number)), (Ok(()), Ok(())));
    }
    let here = tape.attach(1);
    assert_eq!((stack.get(), heap.get()), (Ok(3), Ok(1)));
    drop(here);
    tape.told();
    let states = tape.records.iter().filter_map(|record| match &record.kind {
        EventKind::Object(info) => Some(info.state.clone()),
        _ => None,
    });
    let state = |items: [i64; 3], capacity| ObjectState::Queue {
        items: std::sync::Arc::new(items.map(Text::from).into()),
        capacity,
        unfinished: 3,
        closed: false,
    };
    assert_eq!(states.collect::<Vec<_>>(), [state([3, 1, 2], None), state([1, 2, 3], Some(5))]);
}

#[test]
fn items_may_use_primitives_when_they_are_shown() {
    struct Careful(Semaphore);
    impl std::fmt::Debug for Careful {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let _place = self.0.acquire();
            f.write_str("careful")
        }
    }
    let mut tape = Tape::new();
    let queue = Queue::fifo().named("crate");
    assert!(queue.put(Careful(Semaphore::new(1))).is_ok());
    let here = tape.attach(1);
    assert!(queue.get().is_ok());
    drop(here);
    let told = tape.told();
    assert_eq!(told[3..], ["A Queue crate", "A acquire Done", "A release Done", "A get careful"]);
}

/// Producers and consumers in a crowd, with and without time-outs.
fn pass_on(queue: &Queue<u32>, number: u32, got: &AtomicU32) {
    for round in 0..100 {
        if number.is_multiple_of(2) {
            let item = number * 1000 + round;
            match round % 3 {
                0 => {
                    while queue.try_put(item).is_err() {
                        thread::yield_now();
                    }
                }
                1 => while queue.put_timeout(item, SHORT).is_err() {},
                _ => assert_eq!(queue.put(item), Ok(())),
            }
        } else {
            let item = match round % 3 {
                0 => queue.get(),
                1 => queue.try_get().or_else(|_| queue.get()),
                _ => queue.get_timeout(SHORT).or_else(|_| queue.get()),
            };
            assert!(item.is_ok());
            got.fetch_add(1, Ordering::Relaxed);
            assert_eq!(queue.task_done(), Ok(()));
        }
    }
}

fn crowd(queue: &Queue<u32>, capacity: u32, next: impl Fn(&mut VecDeque<Text>) -> Option<Text>) {
    let mut tape = Tape::new();
    let got = AtomicU32::new(0);
    tape.crowd(8, |number| pass_on(queue, number, &got));
    assert_eq!((got.into_inner(), queue.len(), queue.unfinished()), (400, 0, 0));
    let last = replay_queue(&tape.records, primitive::Queue::new(capacity), next);
    assert_eq!((last.items, last.unfinished), (0, 0));
}

#[test]
fn nothing_is_lost_and_nothing_comes_twice() {
    crowd(&Queue::fifo().at_most(3), 3, VecDeque::pop_front);
    crowd(&Queue::lifo().at_most(3), 3, VecDeque::pop_back);
    let smallest = |items: &mut VecDeque<Text>| {
        let place = (0..items.len()).min_by_key(|place| items[*place].to_string());
        place.and_then(|place| items.remove(place))
    };
    crowd(&Queue::priority().at_most(3), 3, smallest);
}

#[test]
fn where_the_items_are_elsewhere_it_counts_them() {
    let mut tape = Tape::new();
    let queue = raw::Queue::declared(IT, 2);
    let items = parking_lot::Mutex::new(VecDeque::new());
    tape.crowd(8, |number| {
        for round in 0..100u32 {
            let patience = Patience::lasting(SHORT * (round % 3));
            // Everything under one lock, which is put down for a wait: as the kernel of real threads does it.
            let held = std::cell::RefCell::new(Some(items.lock()));
            let mut idle = |change| {
                *held.borrow_mut() = None;
                if change == Idle::Ends {
                    *held.borrow_mut() = Some(items.lock());
                }
            };
            let text = Text::Int(i64::from(number * 1000 + round));
            let first = || held.borrow().as_ref().and_then(|items| items.front().cloned()).unwrap_or(Text::Int(-1));
            let result = if number.is_multiple_of(2) {
                queue.put(&|| text.clone(), patience, &mut idle)
            } else {
                queue.get(&first, patience, &mut idle)
            };
            match (result, held.borrow_mut().as_mut()) {
                (Ok(()), Some(items)) if number % 2 == 0 => items.push_back(text),
                (Ok(()), Some(items)) => assert!(items.pop_front().is_some()),
                (result, _) => assert_eq!(result, Err(Failure::GaveUp(GaveUp::TimedOut))),
            }
        }
    });
    replay_queue(&tape.records, primitive::Queue::new(2), VecDeque::pop_front);
}

#[test]
fn a_stop_unwinds_who_waits_at_a_queue() {
    let mut tape = Tape::new();
    let (queue, full) = (Queue::<u8>::fifo(), Queue::fifo().at_most(1));
    assert_eq!((full.put(1), queue.try_get()), (Ok(()), Err(GetError::Empty)));
    let probe = tape.probe.clone();
    thread::scope(|scope| {
        let (probe, queue, full) = (&probe, &queue, &full);
        let attach = |number| probe.attach_as(ThreadId(number));
        let gets = scope.spawn(move || {
            let _here = attach(1);
            assert_eq!(queue.get(), Ok(0));
        });
        let puts = scope.spawn(move || {
            let _here = attach(2);
            assert_eq!(full.put(2), Ok(()));
        });
        let joins = scope.spawn(move || {
            let _here = attach(3);
            full.join();
        });
        tape.until_held_up(&[1, 2, 3]);
        probe.stop();
        for waits in [gets, puts, joins] {
            assert!(waits.join().is_err_and(|payload| payload.is::<Stopped>()));
        }
    });
    assert_eq!((full.len(), tape.probe.attached()), (1, 0));
}

proptest! {
    #[test]
    fn a_priority_queue_gives_the_smallest_and_of_equal_ones_the_first(items in prop::collection::vec(0..10u8, 0..60)) {
        let queue = Queue::priority();
        for (number, item) in items.iter().enumerate() {
            prop_assert_eq!(queue.put((*item, Twin(number))), Ok(()));
        }
        let mut expected: Vec<(u8, usize)> = items.into_iter().zip(0..).collect();
        expected.sort_by_key(|(item, _)| *item);
        let mut got = Vec::new();
        while let Ok((item, Twin(number))) = queue.try_get() {
            got.push((item, number));
        }
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn alone_it_does_what_the_state_machine_does(capacity in 0..4u32, acts in prop::collection::vec(0..12u8, 0..80)) {
        let queue = raw::Queue::declared(IT, capacity);
        let mut model = primitive::Queue::new(capacity);
        for act in acts {
            match act {
                0..5 => {
                    let put = queue.put(&|| 0.into(), Patience::Now, &mut |_| ());
                    prop_assert_eq!(put, model.put().map_err(Failure::Fault));
                }
                5..9 => {
                    let got = queue.get(&|| 0.into(), Patience::Now, &mut |_| ());
                    prop_assert_eq!(got, model.get().map_err(Failure::Fault));
                }
                9..11 => prop_assert_eq!(queue.task_done(), model.task_done()),
                _ => {
                    queue.shut_down(model.items.is_multiple_of(2));
                    model.shut_down(model.items.is_multiple_of(2));
                }
            }
            prop_assert_eq!((queue.len(), queue.unfinished()), (model.items, model.unfinished));
            prop_assert_eq!((queue.is_empty(), queue.is_full()), (model.items == 0, model.is_full()));
        }
    }
}

/// All of them are equal.
#[derive(Debug)]
struct Twin(usize);

impl PartialEq for Twin {
    fn eq(&self, _: &Twin) -> bool {
        true
    }
}

impl Eq for Twin {}

impl PartialOrd for Twin {
    fn partial_cmp(&self, other: &Twin) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Twin {
    fn cmp(&self, _: &Twin) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
