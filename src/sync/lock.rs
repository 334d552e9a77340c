//! A lock without data and without a guard, as Python's `threading.Lock`: anybody may release it.

use super::monitor::{GaveUp, Idle, Monitor, Patience};
use super::probe;
use super::tag::Tag;
use crate::event::{Action, EventKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::primitive::{self, Fault};

/// A lock. (Rust programs want [`Mutex`](super::Mutex).)
#[derive(Debug)]
pub(crate) struct Lock {
    tag: Tag,
    monitor: Monitor<primitive::Lock>,
}

/// Whom the lock belongs to while a thread has it that is not recorded.
const SOMEBODY: ThreadId = ThreadId(u32::MAX);
/// Everybody waits for the same.
const LANE: u8 = 0;

impl Lock {
    /// A lock that was declared as this object.
    pub(crate) const fn declared(id: ObjectId) -> Lock {
        Lock { tag: Tag::given(id), monitor: Monitor::new(primitive::Lock { owner: None }) }
    }

    /// Takes the lock. See [`Monitor::wait`] for `idle`.
    pub(crate) fn acquire(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        let me = probe::with(|recorder| recorder.thread()).unwrap_or(SOMEBODY);
        self.monitor.wait(
            LANE,
            patience,
            |lock, _| lock.acquire(me).then(|| self.tell_acquire(patience, Outcome::Done)),
            |_| probe::tell(|recorder| EventKind::State(ThreadState::Blocked { on: self.id(recorder) })),
            |_, why| match why {
                GaveUp::Refused => self.tell_acquire(patience, Outcome::Refused),
                GaveUp::TimedOut => self.tell_acquire(patience, Outcome::TimedOut),
                GaveUp::Stopped => {}
            },
            idle,
        )
    }

    /// Gives it back, whoever has it.
    pub(crate) fn release(&self) -> Result<(), Fault> {
        self.monitor.change(|lock, queue| {
            lock.release()?;
            probe::tell(|recorder| EventKind::Did {
                action: Action::Release { object: self.id(recorder), count: 1 },
                outcome: Outcome::Done,
            });
            queue.take(LANE, 1).wake();
            Ok(())
        })
    }

    fn tell_acquire(&self, patience: Patience, outcome: Outcome) {
        probe::tell(|recorder| {
            let (blocking, timeout) = (patience.blocking(), patience.timeout());
            EventKind::Did { action: Action::Acquire { object: self.id(recorder), blocking, timeout }, outcome }
        });
    }

    fn id(&self, recorder: &mut probe::Recorder) -> ObjectId {
        self.tag.of(recorder, || ObjectState::Lock { owner: None, depth: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Probe, Record};
    use std::thread;
    use std::time::Duration;

    const LOCK: ObjectId = ObjectId(7);

    fn shown(records: &[Record]) -> Vec<String> {
        let show = |record: &Record| {
            let what = match &record.kind {
                EventKind::Did { action: Action::Acquire { .. }, outcome } => format!("acquire {outcome:?}"),
                EventKind::Did { outcome, .. } => format!("release {outcome:?}"),
                EventKind::State(state) => format!("{state:?}"),
                other => format!("{other:?}"),
            };
            format!("{} {what}", record.thread)
        };
        records.iter().map(show).collect()
    }

    #[test]
    fn a_thread_that_waits_is_told_of_and_woken() {
        let (probe, mut collector) = Probe::new();
        let lock = Lock::declared(LOCK);
        let mut records = Vec::new();
        thread::scope(|scope| {
            let here = probe.attach_as(ThreadId(1));
            assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
            let waits = scope.spawn(|| {
                let _here = probe.attach_as(ThreadId(2));
                let first = lock.acquire(Patience::Now, &mut |_| ());
                (first, lock.acquire(Patience::Forever, &mut |_| ()))
            });
            while records.len() < 3 {
                collector.drain(&mut records);
                thread::yield_now();
            }
            assert_eq!(lock.release(), Ok(()));
            assert_eq!(waits.join().ok(), Some((Err(GaveUp::Refused), Ok(()))));
            drop(here);
        });
        collector.drain(&mut records);
        assert_eq!(
            shown(&records),
            [
                "A acquire Done",
                "B acquire Refused",
                "B Blocked { on: ObjectId(7) }",
                "A release Done",
                "B Ready",
                "B acquire Done"
            ]
        );
        assert!(records.iter().zip(0..).all(|(record, ticket)| record.ticket == ticket));
        assert!(records.is_sorted_by_key(|record| record.at));
    }

    #[test]
    fn time_runs_out_and_everything_can_be_stopped() {
        let (probe, mut collector) = Probe::new();
        let lock = Lock::declared(LOCK);
        let here = probe.attach_as(ThreadId(1));
        assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
        assert_eq!(lock.acquire(Patience::lasting(Duration::from_millis(1)), &mut |_| ()), Err(GaveUp::TimedOut));
        let mut records = Vec::new();
        collector.drain(&mut records);
        assert_eq!(shown(&records)[1..], ["A Blocked { on: ObjectId(7) }", "A acquire TimedOut", "A Ready"]);
        let mut told = Vec::new();
        assert_eq!(
            lock.acquire(Patience::Forever, &mut |idle| {
                told.push(idle);
                probe.stop();
            }),
            Err(GaveUp::Stopped)
        );
        drop(here);
        assert_eq!((told, probe.attached()), (vec![Idle::Begins, Idle::Ends], 0));
    }

    #[test]
    fn nobody_is_lost_when_many_want_it() {
        let (probe, mut collector) = Probe::new();
        let lock = Lock::declared(LOCK);
        let (threads, rounds) = (8, 200);
        let mut records = Vec::new();
        thread::scope(|scope| {
            for number in 0..threads {
                let (probe, lock) = (&probe, &lock);
                scope.spawn(move || {
                    let _here = probe.attach_as(ThreadId(number));
                    for _ in 0..rounds {
                        assert_eq!(lock.acquire(Patience::Forever, &mut |_| ()), Ok(()));
                        assert_eq!(lock.release(), Ok(()));
                    }
                });
            }
        });
        collector.drain(&mut records);
        let mut owner = None;
        let mut acquired = 0;
        for record in &records {
            match &record.kind {
                EventKind::Did { action: Action::Acquire { .. }, .. } => {
                    assert_eq!(owner.replace(record.thread), None);
                    acquired += 1;
                }
                EventKind::Did { .. } => assert_eq!(owner.take(), Some(record.thread)),
                _ => {}
            }
        }
        assert_eq!((acquired, collector.lost()), (threads * rounds, 0));
    }
}
