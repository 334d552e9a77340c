//! Sessions that watch an ordinary program over the instrumented primitives.

#![expect(clippy::unwrap_used, reason = "a test may")]

use lockstep::detect::FindingKind;
use lockstep::event::{End, EventKind, ThreadState};
use lockstep::ids::{Step, ThreadId};
use lockstep::model::History;
use lockstep::session::{Breakpoint, Control, Handle, Pause, Update, watch};
use lockstep::sync::{Mutex, Probe, Shared, Stopped, scope};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// Who watches, with the tape.
struct Watcher {
    handle: Handle,
    history: History,
    lost: u64,
}

impl Watcher {
    fn new(handle: Handle) -> Watcher {
        Watcher { handle, history: History::new(), lost: 0 }
    }

    fn tell(&self, control: Control) {
        self.handle.controls.send(control).unwrap();
    }

    fn take(&mut self) -> Option<Pause> {
        match self.handle.updates.recv_timeout(Duration::from_mins(1)).expect("the session is silent") {
            Update::Steps(batch) => {
                let known = self.history.event_count();
                assert!(batch.events.iter().zip(known..).all(|(event, seq)| event.seq.0 as usize == seq), "a gap");
                self.history.push(&batch.events, &batch.choices);
            }
            Update::Idle { at, pause } => {
                assert_eq!(at, self.history.last_step());
                return Some(pause);
            }
            Update::Lost { count } => self.lost = count,
            Update::Candidates { list, .. } => assert!(list.is_empty()),
            other => panic!("{other:?}"),
        }
        None
    }

    fn until_idle(&mut self) -> Pause {
        loop {
            if let Some(pause) = self.take() {
                return pause;
            }
        }
    }

    fn until_steps(&mut self, steps: u32) {
        while self.history.last_step().0 < steps {
            assert_eq!(self.take(), None);
        }
    }

    fn run(&mut self, count: u32) -> Pause {
        self.tell(Control::Run { from: self.history.last_step(), count });
        self.until_idle()
    }
}

/// Three threads that count together, each so far.
fn count(rounds: u64) {
    let sum = Mutex::new(0u64);
    scope(|scope| {
        for number in 0..3 {
            let sum = &sum;
            scope.spawn_named(format!("adder {number}"), move || (0..rounds).for_each(|_| *sum.lock() += 1));
        }
    });
    assert_eq!(sum.into_inner(), 3 * rounds);
}

#[test]
fn a_program_is_watched_to_its_end() {
    let (probe, collector) = Probe::new();
    let mut watcher = Watcher::new(watch(collector, probe.clone()));
    let program = thread::spawn(move || probe.run(|| count(20)));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    assert_eq!(program.join().unwrap(), Ok(()));
    let model = watcher.history.model();
    let names: Vec<&str> = model.threads.iter().skip(1).map(|thread| &*thread.name).collect();
    assert_eq!(names, ["adder 0", "adder 1", "adder 2"]);
    assert!(model.threads.iter().all(|thread| thread.state == ThreadState::Finished && thread.holds.is_empty()));
    // Each adder takes the lock and gives it back.
    assert!(watcher.history.last_step() >= Step(3 * 20 * 2));
    assert!(watcher.history.all_findings().is_empty());
    assert_eq!((watcher.run(1), watcher.lost), (Pause::Ended(End::Finished), 0));
}

#[test]
fn its_threads_are_held_up_and_let_go_on() {
    let (probe, collector) = Probe::new();
    probe.gate().close();
    let mut watcher = Watcher::new(watch(collector, probe.clone()));
    let program = thread::spawn(move || probe.run(|| count(2000)));
    assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Done, Step(0)));
    assert_eq!(watcher.run(1), Pause::Done);
    let passed = watcher.history.last_step();
    assert!(passed >= Step(1));
    watcher.tell(Control::Run { from: passed, count: u32::MAX });
    watcher.until_steps(passed.0 + 50);
    watcher.tell(Control::Stop);
    let pause = watcher.until_idle();
    if pause == Pause::Stopped {
        let steps = watcher.history.last_step();
        for _ in 0..10 {
            watcher.tell(Control::Stop);
            assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Done, steps));
        }
        watcher.tell(Control::Pace(Duration::from_nanos(1)));
        assert_eq!(watcher.run(u32::MAX), Pause::Ended(End::Finished));
    }
    assert_eq!(program.join().unwrap(), Ok(()));
}

#[test]
fn a_deadlock_hangs_is_named_and_is_left_with_the_session() {
    let (probe, collector) = Probe::new();
    let mut watcher = Watcher::new(watch(collector, probe.clone()));
    watcher.tell(Control::Breakpoints(vec![Breakpoint::Finding]));
    let program = thread::spawn(move || {
        probe.run(|| {
            let (a, b) = (Mutex::new(()), Mutex::new(()));
            let both = std::sync::Barrier::new(2);
            scope(|scope| {
                for (first, second) in [(&a, &b), (&b, &a)] {
                    let both = &both;
                    scope.spawn(move || {
                        let _first = first.lock();
                        both.wait();
                        let _second = second.lock();
                    });
                }
            });
        })
    });
    while !matches!(watcher.until_idle(), Pause::Hit(Breakpoint::Finding) | Pause::Ended(End::Deadlock)) {}
    let finding = watcher.history.all_findings()[0].clone();
    assert_eq!((finding.kind, &finding.threads[..]), (FindingKind::Deadlock, &[ThreadId(1), ThreadId(2)][..]));
    watcher.tell(Control::Quit);
    assert_eq!(program.join().unwrap(), Err(Stopped));
    while watcher.handle.updates.recv_timeout(Duration::from_mins(1)).is_ok() {}
}

#[test]
fn a_program_never_waits_for_who_watches_it_and_what_is_lost_is_counted() {
    let (probe, collector) = Probe::new();
    let mut watcher = Watcher::new(watch(collector, probe.clone()));
    let made = AtomicU64::new(0);
    // Nobody takes an update meanwhile.
    let ended = probe.run(|| {
        let shared = Shared::new(0);
        while made.fetch_add(1, Ordering::Relaxed) < 1_000_000 {
            shared.set(0);
        }
    });
    assert_eq!(ended, Ok(()));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    assert!(watcher.lost > 0);
    let kept =
        watcher.history.events(0..usize::MAX).filter(|event| matches!(event.kind, EventKind::Did { .. })).count();
    assert_eq!(kept as u64, u64::from(watcher.history.last_step().0));
    assert!(kept as u64 <= 1_000_000);
}
