//! `threading.Condition`: the queue of a condition over a lock.
//!
//! Two monitors are involved, always locked in this order: the condition's, then its lock's. Giving the lock back and
//! joining the queue happen while both are locked: whoever gets the lock next finds the thread in the queue.

use super::{Failure, Lock, tell_did, tell_state};
use crate::event::{Action, EventKind, Outcome, ThreadState};
use crate::ids::ObjectId;
use crate::primitive::Fault;
use crate::sync::monitor::{GaveUp, Idle, Monitor, Patience};
use crate::sync::probe;
use std::sync::Arc;

/// A condition.
#[derive(Debug)]
pub(crate) struct Condition {
    id: ObjectId,
    pub(super) lock: Arc<Lock>,
    /// Who waits to be notified. There is nothing else to it.
    monitor: Monitor<()>,
}

const LANE: u8 = 0;

impl Condition {
    /// A condition over this lock that was declared as this object.
    pub(crate) const fn declared(id: ObjectId, lock: Arc<Lock>) -> Condition {
        Condition { id, lock, monitor: Monitor::new(()) }
    }

    /// Whether somebody holds the lock: `locked()` of the condition.
    pub(crate) fn locked(&self) -> bool {
        self.lock.locked_as(self.id)
    }

    /// Gives the lock back, waits to be notified, and takes the lock again, as often as it was held. Whether the thread
    /// was notified in time.
    pub(crate) fn wait(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<bool, Failure> {
        let action = Action::Wait { object: self.id, timeout: patience.timeout() };
        let (waiter, depth) = self.monitor.change(|(), queue| {
            let depth = self.lock.give_up(|result| {
                tell_did(action.clone(), result.map_or_else(Fault::raised, |()| Outcome::Enqueued));
                if result.is_ok() {
                    probe::tell(|_| EventKind::Pending(Action::Reacquire { object: self.id }));
                }
            })?;
            let waiter = queue.join(LANE);
            tell_state(ThreadState::Waiting { on: self.id });
            Ok::<_, Fault>((waiter, depth))
        })?;
        let gives_up = |(): &mut (), why| {
            if why == GaveUp::TimedOut {
                tell_did(action, Outcome::TimedOut);
            }
        };
        let woken = self.monitor.wait_for(&waiter, patience, gives_up, idle);
        let notified = match woken {
            Err(GaveUp::Stopped) => return Err(GaveUp::Stopped.into()),
            woken => woken.is_ok(),
        };
        self.lock.take_back(depth, self.id, notified, idle)?;
        Ok(notified)
    }

    /// Wakes up to `count` of those who wait, the longest waiters (`None`: all).
    pub(crate) fn notify(&self, count: Option<u32>) -> Result<(), Fault> {
        let action = Action::Notify { object: self.id, count };
        self.monitor.change(|(), queue| {
            self.lock.with_held(|may_notify| {
                if !may_notify {
                    tell_did(action, Fault::NotifyWithoutLock.raised());
                    return Err(Fault::NotifyWithoutLock);
                }
                let woken = queue.take(LANE, count.map_or(usize::MAX, |count| count as usize));
                tell_did(action, Outcome::Woke(woken.threads()));
                woken.wake();
                Ok(())
            })
        })
    }
}
