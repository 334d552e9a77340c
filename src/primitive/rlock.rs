//! `threading.RLock`: its owner may acquire it again, and must release it as often.

use super::Fault;
use crate::ids::ThreadId;

/// A reentrant lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RLock {
    /// The owner and how often it acquired the lock, at least 1.
    held: Option<(ThreadId, u32)>,
}

impl RLock {
    pub(crate) fn owner(&self) -> Option<ThreadId> {
        self.held.map(|(owner, _)| owner)
    }

    /// How often the owner holds it.
    pub(crate) fn depth(&self) -> u32 {
        self.held.map_or(0, |(_, depth)| depth)
    }

    /// Takes the lock, once more if the thread holds it already.
    pub(crate) fn acquire(&mut self, thread: ThreadId) -> bool {
        match &mut self.held {
            None => self.held = Some((thread, 1)),
            Some((owner, depth)) if *owner == thread => *depth += 1,
            Some(_) => return false,
        }
        true
    }

    /// Gives it back once.
    pub(crate) fn release(&mut self, thread: ThreadId) -> Result<(), Fault> {
        match &mut self.held {
            Some((owner, depth)) if *owner == thread => {
                *depth -= 1;
                if *depth == 0 {
                    self.held = None;
                }
                Ok(())
            }
            _ => Err(Fault::ReleaseUnownedRLock),
        }
    }

    /// `Condition.wait`: gives it back altogether; how often it was held, for [`RLock::restore`].
    pub(crate) fn release_all(&mut self, thread: ThreadId) -> Option<u32> {
        let (owner, depth) = self.held?;
        if owner != thread {
            return None;
        }
        self.held = None;
        Some(depth)
    }

    /// After `Condition.wait`: takes it as often as it was held before. False when it is not free.
    pub(crate) fn restore(&mut self, thread: ThreadId, depth: u32) -> bool {
        let free = self.held.is_none();
        if free {
            self.held = Some((thread, depth));
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_counted_and_only_its_owner_releases() {
        let (a, b) = (ThreadId(1), ThreadId(2));
        let mut lock = RLock::default();
        assert!(lock.acquire(a) && lock.acquire(a));
        assert!(!lock.acquire(b));
        assert_eq!(lock.release(b), Err(Fault::ReleaseUnownedRLock));
        assert_eq!(lock.release(a), Ok(()));
        assert!(!lock.acquire(b));
        assert_eq!(lock.release(a), Ok(()));
        assert_eq!(lock.release(a), Err(Fault::ReleaseUnownedRLock));
        assert!(lock.acquire(b));
    }

    #[test]
    fn a_wait_gives_it_back_altogether_and_takes_it_as_often() {
        let (a, b) = (ThreadId(1), ThreadId(2));
        let mut lock = RLock::default();
        assert!(lock.acquire(a) && lock.acquire(a) && lock.acquire(a));
        assert_eq!(lock.release_all(b), None);
        assert_eq!(lock.release_all(a), Some(3));
        assert!(lock.acquire(b));
        assert!(!lock.restore(a, 3));
        assert_eq!(lock.release(b), Ok(()));
        assert!(lock.restore(a, 3));
        for _ in 0..3 {
            assert_eq!(lock.release(a), Ok(()));
        }
        assert_eq!(lock.owner(), None);
    }
}
