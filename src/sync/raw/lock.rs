//! `threading.Lock` and `threading.RLock`: without data and without a guard. (Rust programs want a mutex.)

use super::{me, tell_did, tell_query, tell_state, truth};
use crate::event::{Action, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::primitive::{self, Fault, RLock};
use crate::sync::monitor::{GaveUp, Idle, Monitor, Patience};

/// A lock, plain or reentrant.
#[derive(Debug)]
pub(crate) struct Lock {
    id: ObjectId,
    monitor: Monitor<Body>,
}

#[derive(Debug)]
enum Body {
    /// Anybody may release it.
    Plain(primitive::Lock),
    /// Its owner may acquire it again, and must release it as often.
    Reentrant(RLock),
}

/// Everybody waits for the same.
const LANE: u8 = 0;

impl Lock {
    /// A lock that was declared as this object.
    pub(crate) fn declared(id: ObjectId) -> Lock {
        Lock { id, monitor: Monitor::new(Body::Plain(primitive::Lock::default())) }
    }

    /// A reentrant lock that was declared as this object.
    pub(crate) fn reentrant(id: ObjectId) -> Lock {
        Lock { id, monitor: Monitor::new(Body::Reentrant(RLock::default())) }
    }

    /// Takes the lock.
    pub(crate) fn acquire(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        let me = me();
        let action = Action::Acquire { object: self.id, blocking: patience.blocking(), timeout: patience.timeout() };
        let tell = |outcome| tell_did(action.clone(), outcome);
        self.monitor.wait(
            LANE,
            patience,
            |body, _| body.acquire(me).then(|| tell(Outcome::Done)),
            |_| tell_state(ThreadState::Blocked { on: self.id }),
            |_, why| {
                if let Some(outcome) = why.outcome() {
                    tell(outcome);
                }
            },
            idle,
        )
    }

    /// Gives it back.
    pub(crate) fn release(&self) -> Result<(), Fault> {
        self.monitor.change(|body, queue| {
            let result = body.release(me());
            let action = Action::Release { object: self.id, count: 1 };
            tell_did(action, result.map_or_else(Fault::raised, |()| Outcome::Done));
            if result.is_ok() && body.owner().is_none() {
                queue.take(LANE, 1).wake();
            }
            result
        })
    }

    /// Whether somebody holds it.
    pub(crate) fn locked(&self) -> bool {
        self.locked_as(self.id)
    }

    // ---- for conditions ----

    /// As [`Lock::locked`], asked of the condition that uses it.
    pub(super) fn locked_as(&self, object: ObjectId) -> bool {
        self.monitor.change(|body, _| {
            let locked = body.owner().is_some();
            tell_query(object, "locked()", || truth(locked));
            locked
        })
    }

    /// Gives it back altogether, as often as it was held; how often that was. What `tell` tells of that, or of the
    /// thread's not holding it, nobody comes between.
    pub(super) fn give_up(&self, tell: impl FnOnce(Result<(), Fault>)) -> Result<u32, Fault> {
        self.monitor.change(|body, queue| {
            let depth = body.release_all(me()).ok_or(Fault::WaitWithoutLock);
            tell(depth.map(drop));
            if depth.is_ok() {
                queue.take(LANE, 1).wake();
            }
            depth
        })
    }

    /// Takes it again after the wait on this condition, as often as it was held.
    pub(super) fn take_back(
        &self,
        depth: u32,
        condition: ObjectId,
        notified: bool,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<(), GaveUp> {
        let me = me();
        let outcome = if notified { Outcome::Done } else { Outcome::TimedOut };
        self.monitor.wait(
            LANE,
            Patience::Forever,
            |body, _| {
                body.restore(me, depth).then(|| tell_did(Action::Reacquire { object: condition }, outcome.clone()))
            },
            |_| tell_state(ThreadState::Blocked { on: self.id }),
            |_, _| {},
            idle,
        )
    }

    /// Does something while nobody can acquire or release it. It is told whether the thread may notify.
    pub(super) fn with_held<R>(&self, act: impl FnOnce(bool) -> R) -> R {
        self.monitor.change(|body, _| act(body.is_held_by(me())))
    }
}

impl Body {
    fn owner(&self) -> Option<ThreadId> {
        match self {
            Body::Plain(lock) => lock.owner,
            Body::Reentrant(lock) => lock.owner(),
        }
    }

    /// True when the thread may wait or notify: it owns the reentrant lock, or somebody owns the plain one (which is all
    /// that CPython can find out, too).
    fn is_held_by(&self, thread: ThreadId) -> bool {
        match self {
            Body::Plain(lock) => lock.owner.is_some(),
            Body::Reentrant(lock) => lock.owner() == Some(thread),
        }
    }

    fn acquire(&mut self, thread: ThreadId) -> bool {
        match self {
            Body::Plain(lock) => lock.acquire(thread),
            Body::Reentrant(lock) => lock.acquire(thread),
        }
    }

    fn release(&mut self, thread: ThreadId) -> Result<(), Fault> {
        match self {
            Body::Plain(lock) => lock.release(),
            Body::Reentrant(lock) => lock.release(thread),
        }
    }

    fn release_all(&mut self, thread: ThreadId) -> Option<u32> {
        match self {
            Body::Plain(lock) => lock.release().ok().map(|()| 1),
            Body::Reentrant(lock) => lock.release_all(thread),
        }
    }

    fn restore(&mut self, thread: ThreadId, depth: u32) -> bool {
        match self {
            Body::Plain(lock) => lock.acquire(thread),
            Body::Reentrant(lock) => lock.restore(thread, depth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EventKind;
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
