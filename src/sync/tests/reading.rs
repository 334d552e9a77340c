//! Objects, and what those who read get.

use super::*;

#[test]
fn a_thread_that_unwinds_already_is_not_unwound_again() {
    struct Locks<'a>(&'a Mutex<u32>);
    impl Drop for Locks<'_> {
        fn drop(&mut self) {
            *self.0.lock() += 1;
        }
    }
    let (probe, _collector) = Probe::new();
    let mutex = Mutex::new(0);
    let left = probe.run(|| {
        let _locks = Locks(&mutex);
        probe.stop();
        drop(mutex.lock());
        unreachable!("it has left");
    });
    assert_eq!((left, *mutex.lock()), (Err(Stopped), 1));
}

#[test]
fn an_object_is_declared_once_to_each_probe() {
    let mutex = Mutex::new(0).named("mutex");
    for _ in 0..2 {
        let events = told(|| {
            scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| *mutex.lock() += 1);
                }
            });
        });
        let declared = events
            .iter()
            .filter(|event| matches!(&event.kind, EventKind::Object(info) if info.kind == ObjectKind::Lock));
        assert_eq!(declared.count(), 1);
        let threads = events.iter().filter(|event| matches!(&event.kind, EventKind::Thread(_)));
        assert_eq!(threads.count(), 5);
        assert!(events.iter().any(|event| event.kind == EventKind::Ended(End::Finished)));
    }
    assert_eq!(mutex.into_inner(), 8);
}

#[test]
fn what_has_no_name_is_called_after_its_place() {
    let line = line!() + 2;
    let events = told(|| {
        let mutex = Arc::new(Mutex::new(()));
        let shared = Arc::clone(&mutex);
        assert!(spawn(move || drop(shared.lock())).join().is_ok());
    });
    assert_eq!(count(&events, &format!("A declares Lock Lock at line {line}")), 1);
    assert_eq!(count(&events, "A is thread 1"), 1);
    let start = events.iter().find(|event| what(&event.kind) == "Start").unwrap();
    assert_eq!(start.line, line + 2);
}

#[test]
fn what_nobody_collects_is_counted() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(0u32);
    assert_eq!(probe.run(|| (0..100_000).for_each(|_| *mutex.lock() += 1)), Ok(()));
    let mut events = Vec::new();
    collector.events(&mut events);
    assert_eq!(*mutex.lock(), 100_000);
    assert!(collector.lost() > 0);
    // Everything there was to tell: two for the thread, one for the mutex, two for each pair, one for the end.
    // The end was lost as well, and is filled in.
    let last: Vec<&EventKind> = events[events.len() - 2..].iter().map(|event| &event.kind).collect();
    assert_eq!(last, [&EventKind::State(ThreadState::Finished), &EventKind::Ended(End::Finished)]);
    assert_eq!(events.len() as u64 - 2 + collector.lost(), 200_004);
}

#[test]
fn the_times_of_waiting_and_holding_add_up() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(());
    let mut records = Vec::new();
    let mut times = Times::default();
    let mut spans = Vec::new();
    assert_eq!(probe.run(|| drop(mutex.lock())), Ok(()));
    collector.drain(&mut records);
    spans.extend(records.iter().filter_map(|record| times.take(record)));
    let at = |place: usize| records[place].at.0;
    let [Span::Waited { time: waited, .. }, Span::Held { time: held, thread, .. }] = spans[..] else {
        panic!("{spans:?}");
    };
    assert_eq!((waited.0, held.0, thread), (0, at(4) - at(3), ThreadId::MAIN));
}

#[test]
fn a_stream_ends_with_the_threads() {
    let (probe, collector) = Probe::new();
    let stream = collector.stream(Duration::from_millis(1)).unwrap();
    let mutex = Mutex::new(0);
    assert_eq!(probe.run(|| (0..1000).for_each(|_| *mutex.lock() += 1)), Ok(()));
    let events: Vec<Event> = stream.iter().flatten().collect();
    assert_eq!(count(&events, "M Release"), 1000);
    assert_eq!(events.last().map(|event| event.kind.clone()), Some(EventKind::Ended(End::Finished)));
    let state = events.iter().rev().find(|event| matches!(event.kind, EventKind::State(_)));
    assert_eq!(state.map(|event| event.kind.clone()), Some(EventKind::State(ThreadState::Finished)));
}
