//! `threading.Lock`: one owner at most, and anybody may release it.

use super::Fault;
use crate::ids::ThreadId;

/// A lock. Who waits for it is the [table's](crate::kernel::sim) business: a waiter is a thread whose pending operation is an
/// acquire, and a released lock belongs to nobody until one of them makes its step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Lock {
    /// Whoever acquired it last, while it is held. For pictures and findings: the lock itself does not care.
    pub(crate) owner: Option<ThreadId>,
}

impl Lock {
    /// Takes the lock when it is free.
    pub(crate) fn acquire(&mut self, thread: ThreadId) -> bool {
        let free = self.owner.is_none();
        if free {
            self.owner = Some(thread);
        }
        free
    }

    /// Gives it back, whoever holds it.
    pub(crate) fn release(&mut self) -> Result<(), Fault> {
        self.owner.take().map(drop).ok_or(Fault::ReleaseUnlockedLock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_owner_and_anybody_releases() {
        let mut lock = Lock::default();
        assert!(lock.acquire(ThreadId(1)));
        assert!(!lock.acquire(ThreadId(1)), "not even its owner gets it twice");
        assert!(!lock.acquire(ThreadId(2)));
        assert_eq!(lock.release(), Ok(()));
        assert!(lock.acquire(ThreadId(2)));
        assert_eq!(lock.release(), Ok(()));
        assert_eq!(lock.release(), Err(Fault::ReleaseUnlockedLock));
    }
}
