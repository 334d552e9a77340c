//! Who is where: which place of a semaphore a thread has, who has passed an event.

use crate::ids::ThreadId;

/// The places of a semaphore. A thread keeps the place it took until it gives one back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are meant to be: the bound, or the value it began with.
    pub meant: i64,
    /// Who is in each; longer than `meant` when more threads have got in than were meant to.
    pub taken: Vec<Option<ThreadId>>,
}

impl Places {
    /// The thread goes to the first place that is empty.
    pub(super) fn enter(&mut self, thread: ThreadId) {
        match self.taken.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(thread),
            None => self.taken.push(Some(thread)),
        }
    }

    /// The thread leaves a place, if it has one.
    pub(super) fn leave(&mut self, thread: ThreadId) {
        if let Some(place) = self.taken.iter_mut().rev().find(|place| **place == Some(thread)) {
            *place = None;
        }
        while self.taken.last() == Some(&None) {
            self.taken.pop();
        }
    }
}

/// A thread that has gone past an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    pub thread: ThreadId,
    /// The event was set when it went past, and was still set when it asked again.
    pub set: bool,
}

/// Threads beyond this number are not remembered.
const PASSED_MAX: usize = 1000;

/// The thread goes past: it has waited until the event was set, or asked and heard that it is.
pub(super) fn pass(passed: &mut Vec<Passed>, thread: ThreadId, set: bool) {
    passed.retain(|one| one.thread != thread);
    if passed.len() < PASSED_MAX {
        passed.push(Passed { thread, set });
    }
}

/// The thread asks, and hears that the event is not set.
pub(super) fn hear_not(passed: &mut [Passed], thread: ThreadId) {
    if let Some(one) = passed.iter_mut().find(|one| one.thread == thread) {
        one.set = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_its_place() {
        let mut places = Places { meant: 2, taken: Vec::new() };
        for thread in [3, 1, 2] {
            places.enter(ThreadId(thread));
        }
        places.leave(ThreadId(1));
        assert_eq!(places.taken, [Some(ThreadId(3)), None, Some(ThreadId(2))]);
        places.enter(ThreadId(4));
        places.leave(ThreadId(2));
        assert_eq!(places.taken, [Some(ThreadId(3)), Some(ThreadId(4))]);
        places.leave(ThreadId(9));
        assert_eq!(places.taken.len(), 2);
    }

    #[test]
    fn whoever_passes_again_passes_last() {
        let mut passed = Vec::new();
        for thread in [1, 2, 1] {
            pass(&mut passed, ThreadId(thread), true);
        }
        hear_not(&mut passed, ThreadId(2));
        let expected = [(2, false), (1, true)].map(|(thread, set)| Passed { thread: ThreadId(thread), set });
        assert_eq!(passed, expected);
    }
}
