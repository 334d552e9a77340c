//! How threads come and go, and how runs end.

use super::*;

#[test]
fn a_panic_is_told_with_its_message_and_reaches_who_joins() {
    let events = told(|| {
        let failed = spawn(|| panic!("no more rice")).join();
        assert_eq!(failed.unwrap_err().downcast_ref::<&str>(), Some(&"no more rice"));
        assert_eq!(spawn(|| 5).join().ok(), Some(5));
    });
    let told = shown(&events);
    let traceback = told.iter().position(|line| line == "A panic: no more rice").unwrap();
    assert_eq!(told[traceback + 1..].iter().find(|line| *line != "M Ready").unwrap(), "A Failed");
    assert_eq!(events[traceback].line, line!() - 7);
    assert_eq!(count(&events, "B Finished"), 1);
}

#[test]
fn a_real_deadlock_is_named_and_left_without_a_word() {
    let (probe, mut collector) = Probe::new();
    let mut events = Vec::new();
    let dropped = Arc::new(AtomicUsize::new(0));
    let running = {
        let (probe, dropped) = (probe.clone(), Arc::clone(&dropped));
        thread::spawn(move || probe.run(|| hang(&dropped)))
    };
    wait_for(&mut collector, &mut events, |events| count(events, "M Joining") == 1);
    let ended = |events: &[Event]| events.iter().any(|event| event.kind == EventKind::Ended(End::Deadlock));
    wait_for(&mut collector, &mut events, ended);
    assert_eq!(probe.attached(), 3);
    probe.stop();
    assert_eq!(running.join().ok(), Some(Err(Stopped)));
    assert_eq!((probe.attached(), dropped.load(Ordering::SeqCst)), (0, 2));
    collector.events(&mut events);
    for thread in ["A", "B", "M"] {
        assert_eq!(count(&events, &format!("{thread} Killed")), 1);
    }
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Traceback(_))));
}

/// How a run has ended, if at some place of its records it has.
fn ends(records: &[Record]) -> Vec<String> {
    let (mut story, mut events) = (Story::default(), Vec::new());
    for record in records {
        story.take(record.clone(), &mut events);
        story.look_around(false, &mut events);
    }
    events.iter().filter(|event| matches!(event.kind, EventKind::Ended(_))).map(|event| what(&event.kind)).collect()
}

#[test]
fn a_thread_that_leaves_does_not_leave_its_parent_hanging() {
    let (probe, mut collector) = Probe::new();
    let mut records = Vec::new();
    let joining = EventKind::State(ThreadState::Joining { thread: ThreadId(1) });
    let done = probe.run(|| {
        let (go, started) = unbounded::<()>();
        let child = spawn(move || started.recv());
        thread::scope(|scope| {
            scope.spawn(|| {
                while !records.iter().any(|record: &Record| record.kind == joining) {
                    collector.drain(&mut records);
                    thread::yield_now();
                }
                drop(go);
            });
            assert!(child.join().is_ok());
        });
    });
    assert_eq!(done, Ok(()));
    collector.drain(&mut records);
    assert_eq!(ends(&records), [""; 0]);
}

#[test]
fn a_run_that_was_stopped_is_no_deadlock() {
    let record = |thread, kind| Record {
        ticket: 0,
        at: Nanos(0),
        thread: ThreadId(thread),
        place: Place::Unknown,
        shared: false,
        kind,
    };
    let waiting = record(0, EventKind::State(ThreadState::Waiting { on: ObjectId(0) }));
    let ready = record(1, EventKind::State(ThreadState::Ready));
    let killed = record(1, EventKind::State(ThreadState::Killed));
    assert_eq!(ends(&[ready.clone(), waiting.clone(), killed]), [""; 0]);
    let finished = record(1, EventKind::State(ThreadState::Finished));
    assert_eq!(ends(&[ready, waiting, finished]), ["Ended(Deadlock)"]);
}

#[test]
fn a_thread_that_is_on_its_way_is_waited_for() {
    let (probe, collector) = Probe::new();
    assert!(!collector.is_deserted(), "somebody may come");
    let main = probe.attach();
    let (birth, _life) = Birth::prepare(None, Location::caller());
    drop(main);
    assert_eq!((probe.attached(), collector.is_deserted()), (0, false));
    drop(birth);
    assert!(collector.is_deserted(), "it was not started after all");
}

#[test]
fn attachments_end_in_any_order() {
    let ((one, mut records_of_one), (other, mut records_of_other)) = (Probe::new(), Probe::new());
    let mutex = Mutex::new(());
    let (outer, inner) = (one.attach(), other.attach());
    drop(outer);
    assert_eq!((one.attached(), other.attached()), (0, 1));
    drop(mutex.lock());
    drop(inner);
    assert_eq!((one.attached(), other.attached()), (0, 0));
    drop(mutex.lock());
    let (mut events, mut others) = (Vec::new(), Vec::new());
    records_of_one.events(&mut events);
    records_of_other.events(&mut others);
    assert_eq!(shown(&events)[1..], ["M Ready", "M Finished", "M Ended(Finished)"]);
    assert_eq!(shown(&others)[3..], ["M Acquire", "M Release", "M Finished", "M Ended(Finished)"]);
}

#[test]
fn an_object_keeps_its_number_when_two_probes_watch_it() {
    let mutex = Mutex::new(0).named("mutex");
    let (one, mut records_of_one) = Probe::new();
    let (other, _records_of_other) = Probe::new();
    let done = one.run(|| {
        for _ in 0..3 {
            let guard = mutex.lock();
            thread::scope(|scope| {
                let refused = scope.spawn(|| other.run(|| mutex.try_lock().is_none()));
                assert_eq!(refused.join().ok(), Some(Ok(true)));
            });
            drop(guard);
        }
    });
    assert_eq!(done, Ok(()));
    let mut events = Vec::new();
    records_of_one.events(&mut events);
    assert_eq!(count(&events, "M declares Lock mutex"), 1);
    let touched = events.iter().filter_map(|event| match &event.kind {
        EventKind::Did { action, .. } => action.object(),
        _ => None,
    });
    assert_eq!(touched.collect::<Vec<_>>(), [ObjectId(0); 6]);
}

#[test]
fn a_condition_gives_back_the_lock_it_is_used_with() {
    let (one, other) = (Mutex::new(()).named("one"), Mutex::new(()).named("other"));
    let changed = Condvar::new().named("changed");
    let events = told(|| {
        let held = one.lock();
        for _ in 0..2 {
            drop(changed.wait_for(other.lock(), Duration::ZERO));
        }
        drop(changed.wait_for(held, Duration::ZERO));
        assert!(!changed.notify_one());
    });
    let over: Vec<ObjectId> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Object(info) => match info.state {
                ObjectState::Condition { lock } => Some(lock),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(over, [ObjectId(1), ObjectId(0)]);
    assert_eq!(count(&events, "M Notify Woke([])"), 1);
}

#[test]
fn the_end_of_a_thread_may_wait() {
    struct Last(Arc<Semaphore>, Sender<()>);
    impl Drop for Last {
        fn drop(&mut self) {
            assert!(self.0.acquire_timeout(Duration::from_millis(1)).is_none());
            let _ = self.1.send(());
            self.0.acquire().forget();
        }
    }
    thread_local! {
        static BEFORE: RefCell<Option<Last>> = const { RefCell::new(None) };
        static AFTER: RefCell<Option<Last>> = const { RefCell::new(None) };
    }
    let places = Arc::new(Semaphore::new(0));
    let (out, ending) = unbounded();
    let (one, other) = (Last(Arc::clone(&places), out.clone()), Last(Arc::clone(&places), out));
    let ends = thread::spawn(move || {
        // One of the two goes before what the waits of this thread need, the other one after that.
        BEFORE.set(Some(one));
        assert!(other.0.acquire_timeout(Duration::ZERO).is_none());
        AFTER.set(Some(other));
    });
    for _ in 0..2 {
        assert_eq!(ending.recv(), Ok(()));
        assert_eq!(places.release(1), Ok(()));
    }
    assert!(ends.join().is_ok());
}

/// Does a bit of everything, and ends.
fn mixture(seed: usize) {
    let (mutex, changed, queue) = (Mutex::new(0), Condvar::new(), Queue::fifo().at_most(2));
    let (barrier, semaphore, event) = (crate::sync::Barrier::new(3), Semaphore::new(1), crate::sync::Event::new());
    scope(|scope| {
        for number in 0..3 {
            let (mutex, changed, queue) = (&mutex, &changed, &queue);
            let (barrier, semaphore, event) = (&barrier, &semaphore, &event);
            scope.spawn(move || {
                for round in 0..6 {
                    if (number + seed).is_multiple_of(3) {
                        assert!(queue.put(round).is_ok() && queue.put(round).is_ok());
                    } else {
                        assert!(queue.get().is_ok());
                    }
                    let _place = semaphore.acquire();
                    *mutex.lock() += 1;
                    changed.notify_all();
                    if seed.is_multiple_of(2) {
                        drop(changed.wait_for(mutex.lock(), Duration::from_micros(20)));
                    }
                }
                assert!(barrier.wait().is_ok());
                let last = changed.wait_while(mutex.lock(), |sum| *sum < 18);
                drop(last);
                if number == 0 {
                    event.set();
                } else {
                    event.wait();
                }
                let child = spawn(move || number);
                assert_eq!(child.join().ok(), Some(number));
            });
        }
    });
}

#[test]
fn nothing_that_ends_ever_looks_like_a_deadlock() {
    for seed in 0..12 {
        let (probe, mut collector) = Probe::new();
        assert_eq!(probe.run(|| mixture(seed)), Ok(()));
        let mut records = Vec::new();
        collector.drain(&mut records);
        assert_eq!((ends(&records), collector.lost()), (Vec::new(), 0), "{seed}");
    }
}

#[test]
fn a_thread_is_detached_when_it_ends_at_the_latest() {
    let (probe, collector) = Probe::new();
    let own = probe.clone();
    assert!(thread::spawn(move || std::mem::forget(own.attach())).join().is_ok());
    assert_eq!((probe.attached(), collector.is_deserted()), (0, true));
}

/// Threads that lock one or two of three mutexes, always in the same order, as often as they can.
fn crowd(threads: usize, rounds: usize) {
    let locks = [(); 3].map(Mutex::new);
    scope(|scope| {
        for number in 0..threads {
            let locks = &locks;
            scope.spawn(move || {
                for round in 0..rounds {
                    let first = (number + round) % 3;
                    let _first = locks[first].lock();
                    let _second = locks.get(first + 1).map(Mutex::lock);
                }
            });
        }
    });
}

#[test]
fn the_tape_of_a_crowd_is_exact_at_every_place() {
    let (probe, mut collector) = Probe::new();
    let running = thread::spawn(move || probe.run(|| crowd(6, 600)));
    let mut events = Vec::new();
    wait_for(&mut collector, &mut events, |events| {
        events.iter().any(|event| matches!(event.kind, EventKind::Ended(_)))
    });
    assert_eq!(running.join().ok(), Some(Ok(())));
    // Looked at while it grew, it never looked like a deadlock.
    assert_eq!(events.last().map(|event| event.kind.clone()), Some(EventKind::Ended(End::Finished)));
    assert_eq!(collector.lost(), 0);
    let mut owners: HashMap<ObjectId, ThreadId> = HashMap::new();
    for event in &events {
        match event.kind {
            EventKind::Did { action: Action::Acquire { object, .. }, .. } => {
                assert_eq!(owners.insert(object, event.thread), None, "{event:?}");
            }
            EventKind::Did { action: Action::Release { object, .. }, .. } => {
                assert_eq!(owners.remove(&object), Some(event.thread), "{event:?}");
            }
            EventKind::State(ThreadState::Blocked { on }) => {
                assert!(owners.get(&on).is_some_and(|owner| *owner != event.thread), "{event:?}");
            }
            _ => {}
        }
    }
    // Two of three times there is a second lock: 600 rounds are 200 times three.
    let taken = events.iter().filter(|event| what(&event.kind) == "Acquire").count();
    assert_eq!((owners.len(), taken), (0, 6 * (600 + 400)));
}

/// Two threads, two mutexes, opposite order.
fn hang(dropped: &Arc<AtomicUsize>) {
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let (one, other, both) = (Mutex::new(()).named("one"), Mutex::new(()).named("other"), Barrier::new(2));
    scope(|scope| {
        for (first, second) in [(&one, &other), (&other, &one)] {
            let (both, counted) = (&both, Counted(Arc::clone(dropped)));
            scope.spawn(move || {
                let _counted = counted;
                let _first = first.lock();
                both.wait();
                let _second = second.lock();
                unreachable!("the other one never lets go");
            });
        }
    });
}
