//! What each operation tells.

use super::*;

#[test]
fn locks_tell_what_was_done_with_them() {
    let begin = line!();
    let events = told(|| {
        let mutex = Mutex::new(vec![1]).named("numbers");
        let again = ReentrantMutex::new(()).named("again");
        mutex.lock().push(2);
        assert!(mutex.try_lock().is_some_and(|_held| mutex.try_lock().is_none()));
        let guard = mutex.lock();
        assert!(mutex.try_lock_for(Duration::from_millis(1)).is_none());
        drop(guard);
        drop((again.lock(), again.lock()));
    });
    assert_eq!(
        shown(&events)[2..],
        [
            "M declares Lock numbers",
            "M Acquire",
            "M Release",
            "M Acquire",
            "M Acquire Refused",
            "M Release",
            "M Acquire",
            "M wants Acquire",
            "M Blocked",
            "M Acquire TimedOut",
            "M Ready",
            "M Release",
            "M declares RLock again",
            "M Acquire",
            "M Acquire",
            "M Release",
            "M Release",
            "M Finished",
            "M Ended(Finished)",
        ]
    );
    let steps: Vec<u32> = events.iter().map(|event| event.step.0).collect();
    assert!(steps.is_sorted() && steps.last() == Some(&12), "{steps:?}");
    assert!(events.iter().enumerate().all(|(place, event)| event.seq.0 as usize == place));
    assert!(events.is_sorted_by_key(|event| event.at));
    let lines: Vec<u32> = events.iter().map(|event| event.line).collect();
    assert!((begin + 4..begin + 9).all(|line| lines.contains(&line) || line == begin + 8), "{begin}: {lines:?}");
}

#[test]
fn who_waits_can_go_on_when_the_lock_is_free() {
    let (probe, mut collector) = Probe::new();
    let mutex = Mutex::new(0).named("mutex");
    let mut events = Vec::new();
    let done = probe.run(|| {
        let guard = mutex.lock();
        scope(|scope| {
            scope.spawn_named("waits", || *mutex.lock() += 1);
            wait_for(&mut collector, &mut events, |events| count(events, "A Blocked") == 1);
            drop(guard);
        });
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    let told = shown(&events);
    let waiter: Vec<&str> = told.iter().filter_map(|line| line.strip_prefix("A ")).collect();
    assert_eq!(waiter, ["is waits", "Ready", "wants Acquire", "Blocked", "Ready", "Acquire", "Release", "Finished"]);
    let mut main: Vec<&str> = told[2..].iter().filter_map(|line| line.strip_prefix("M ")).collect();
    // Whether the join has to wait is left to chance.
    main.retain(|line| !["wants Join", "Joining", "Ready"].contains(line));
    let expected = ["declares Lock mutex", "Acquire", "Start", "Release", "Join", "Finished", "Ended(Finished)"];
    assert_eq!(main, expected);
    let release = told.iter().position(|line| line == "M Release").unwrap();
    assert_eq!(told[release + 1], "A Ready");
}

#[test]
fn a_condition_tells_whom_it_woke() {
    let (probe, mut collector) = Probe::new();
    let (ready, changed) = (Mutex::new(false).named("ready"), Condvar::new().named("changed"));
    let mut events = Vec::new();
    let done = probe.run(|| {
        scope(|scope| {
            scope.spawn(|| assert!(*changed.wait_while(ready.lock(), |ready| !*ready)));
            wait_for(&mut collector, &mut events, |events| count(events, "A Waiting") == 1);
            *ready.lock() = true;
            assert!(changed.notify_one());
        });
        let (guard, notified) = changed.wait_for(ready.lock(), Duration::ZERO);
        assert!(*guard && !notified);
        assert_eq!(changed.notify_all(), 0);
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    let told = shown(&events);
    let of = |thread: &str| -> Vec<&str> { told.iter().filter_map(|line| line.strip_prefix(thread)).collect() };
    let mut waiter = of("A ");
    waiter.retain(|line| *line != "Blocked" && *line != "Ready");
    assert_eq!(
        waiter,
        [
            "is thread 1",
            "declares Lock ready",
            "Acquire",
            "declares Condition changed",
            "wants Wait",
            "Wait Enqueued",
            "wants Reacquire",
            "Waiting",
            "Reacquire",
            "Release",
            "Finished",
        ]
    );
    let notify = told.iter().position(|line| line == "M Notify Woke([ThreadId(1)])").unwrap();
    assert_eq!(told[notify + 1], "A Ready");
    let tail: Vec<&String> =
        told.iter().filter(|line| line.contains("TimedOut") || line.contains("Woke([])")).collect();
    assert_eq!(tail, ["M Wait TimedOut", "M Reacquire TimedOut", "M Notify Woke([])"]);
}

#[test]
fn many_read_and_one_writes() {
    let (probe, mut collector) = Probe::new();
    let lock = RwLock::new(1).named("table");
    let mut events = Vec::new();
    let done = probe.run(|| {
        let (one, other) = (lock.read(), lock.try_read());
        assert!(lock.try_write().is_none());
        scope(|scope| {
            scope.spawn(|| *lock.write() += 1);
            wait_for(&mut collector, &mut events, |events| count(events, "A Blocked") == 1);
            drop(one);
            collector.events(&mut events);
            assert_eq!(count(&events, "A Ready"), 1, "only when it was started: somebody still reads");
            drop(other);
        });
        assert_eq!(*lock.read(), 2);
    });
    assert_eq!(done, Ok(()));
    collector.events(&mut events);
    assert_eq!(count(&events, "A Ready"), 2);
    assert_eq!((count(&events, "A Acquire"), count(&events, "M Acquire Refused")), (1, 1));
}

#[test]
fn a_variable_tells_every_read_and_write() {
    let events = told(|| {
        let name = Shared::new("a".to_owned()).named("name");
        name.set("b".to_owned());
        let counter = Shared::new(1);
        assert_eq!((counter.update(|n| n + 1), counter.get(), counter.into_inner()), (2, 2, 2));
    });
    let told: Vec<String> = events[2..].iter().map(|event| format!("{:?}", event.kind)).collect();
    let expect =
        ["name: \"name\"", "Str(\"\\\"b\\\"\")", "Variable at line", "Value(Int(1))", "value: Int(2)", "Value(Int(2))"];
    for (line, part) in told.iter().zip(expect) {
        assert!(line.contains(part), "{line}: {part}");
    }
}
