//! Who is where: which place of a semaphore a thread has, who has passed an event.

use crate::ids::ThreadId;
use std::collections::BTreeMap;

/// The places of a semaphore. A thread keeps the place it took until it gives one back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are meant to be: the bound, or the value it began with.
    pub meant: i64,
    /// Who is in each; longer than `meant` when more threads have got in than were meant to.
    pub taken: Vec<Option<ThreadId>>,
    /// Of so many that are taken somebody else has given back the permit; whose it was nobody knows.
    pub strays: usize,
    pub(super) permits: Permits,
    /// How many of `taken` are somebody's.
    inside: usize,
}

/// Places beyond this number are not told apart.
const TAKEN_MAX: usize = 4096;

impl Places {
    pub(super) fn new(meant: i64) -> Places {
        Places { meant, ..Places::default() }
    }

    /// A semaphore that began with nothing tells others that something has happened: what is taken from it is used up, and
    /// nobody is to give it back.
    pub(super) const fn is_signal(&self) -> bool {
        self.meant <= 0
    }

    /// The thread goes to the first place that is empty. Where others have given back for somebody, a thread that comes
    /// again is not in two places.
    pub(super) fn enter(&mut self, thread: ThreadId) {
        if self.is_signal() {
            return;
        }
        if self.strays > 0 && self.taken.contains(&Some(thread)) {
            self.strays -= 1;
        } else if self.inside < self.taken.len() {
            if let Some(place) = self.taken.iter_mut().find(|place| place.is_none()) {
                *place = Some(thread);
                self.inside += 1;
            }
        } else if self.taken.len() < TAKEN_MAX {
            self.taken.push(Some(thread));
            self.inside += 1;
        }
    }

    /// The thread leaves as many places as it gives back, as far as it has them. What it gives back beyond that may have
    /// been taken by any of the others.
    pub(super) fn leave(&mut self, thread: ThreadId, count: u32) {
        let mut left = count;
        for place in self.taken.iter_mut().rev().filter(|place| **place == Some(thread)) {
            let Some(next) = left.checked_sub(1) else { break };
            (*place, left) = (None, next);
            self.inside -= 1;
        }
        while self.taken.last() == Some(&None) {
            self.taken.pop();
        }
        self.strays = self.strays.saturating_add(left as usize).min(self.inside);
    }

    /// About how many bytes it takes to remember all this.
    pub(super) fn size(&self) -> usize {
        8 * self.taken.len() + 16 * self.permits.taken.len()
    }
}

/// Who has a permit of a semaphore. It has no owner: any thread may give a permit back. A thread is said to have one as long
/// as it has taken more than it gave back itself and others gave back for anybody; so what is shown is certain, and what
/// others gave back is nobody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Permits {
    /// What each thread has taken and not given back itself.
    taken: BTreeMap<ThreadId, u64>,
    /// The sum of these.
    total: u64,
    /// What was given back by threads that had none, of what is not given back by those who took it.
    strays: u64,
    /// How many each thread is said to have.
    shown: BTreeMap<ThreadId, u64>,
}

impl Permits {
    /// The thread takes one; true when it certainly has one more now.
    pub(super) fn take(&mut self, thread: ThreadId) -> bool {
        let taken = self.taken.entry(thread).or_default();
        *taken += 1;
        self.total += 1;
        *taken > self.strays.saturating_add(self.shown.get(&thread).copied().unwrap_or(0))
    }

    /// The thread is said to have one more.
    pub(super) fn show(&mut self, thread: ThreadId) {
        *self.shown.entry(thread).or_default() += 1;
    }

    /// The thread gives some back. Gives who is said to have one less, as often as that is so.
    pub(super) fn give(&mut self, thread: ThreadId, count: u32) -> Vec<ThreadId> {
        let count = u64::from(count);
        let had = self.taken.get(&thread).copied().unwrap_or(0);
        let own = had.min(count);
        self.total -= own;
        self.taken.insert(thread, had - own);
        if had == own {
            self.taken.remove(&thread);
        }
        self.strays = self.strays.saturating_add(count - own);
        if self.total <= self.strays {
            // As many were given back as were taken: all are there again.
            (self.total, self.strays) = (0, 0);
            self.taken.clear();
        }
        if own < count || self.total == 0 {
            let all: Vec<ThreadId> = self.shown.keys().copied().collect();
            return all.into_iter().flat_map(|thread| self.settle(thread)).collect();
        }
        self.settle(thread).collect()
    }

    /// The thread as often as more is said of it than is certain.
    fn settle(&mut self, thread: ThreadId) -> impl Iterator<Item = ThreadId> + use<> {
        let certain = self.taken.get(&thread).copied().unwrap_or(0).saturating_sub(self.strays);
        let shown = self.shown.get(&thread).copied().unwrap_or(0);
        if certain == 0 {
            self.shown.remove(&thread);
        } else if shown > certain {
            self.shown.insert(thread, certain);
        }
        (certain..shown.max(certain)).map(move |_| thread)
    }

    /// The thread is over: it has nothing any more.
    pub(super) fn end(&mut self, thread: ThreadId) {
        self.shown.remove(&thread);
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
    use proptest::prelude::*;

    #[test]
    fn a_thread_keeps_its_place() {
        let mut places = Places::new(2);
        for thread in [3, 1, 2] {
            places.enter(ThreadId(thread));
        }
        places.leave(ThreadId(1), 1);
        assert_eq!(places.taken, [Some(ThreadId(3)), None, Some(ThreadId(2))]);
        places.enter(ThreadId(4));
        places.leave(ThreadId(2), 1);
        assert_eq!(places.taken, [Some(ThreadId(3)), Some(ThreadId(4))]);
        places.leave(ThreadId(9), 1);
        assert_eq!(places.taken.len(), 2);
    }

    #[test]
    fn what_others_gave_back_is_nobodys() {
        let [a, b, c] = [1, 2, 3].map(ThreadId);
        let mut permits = Permits::default();
        let take = |permits: &mut Permits, thread| {
            let certain = permits.take(thread);
            if certain {
                permits.show(thread);
            }
            certain
        };
        assert!(take(&mut permits, a) && take(&mut permits, b));
        // Of the two that were taken one is back, and whose it was nobody knows.
        assert_eq!(permits.give(c, 1), [a, b]);
        // Of the two that `a` took at most one is back.
        assert!(take(&mut permits, a));
        assert_eq!(permits.give(a, 1), [a]);
        // The last one that is out: now all are back, and what comes next is somebody's again.
        assert_eq!(permits.give(b, 1), []);
        assert_eq!(permits, Permits::default());
        assert!(take(&mut permits, c));
        assert_eq!(permits.give(c, 5), [c]);
        assert!(take(&mut permits, b));
        permits.end(b);
        assert_eq!(permits.give(a, 1), []);
    }

    proptest! {
        /// What is said of the threads is what the counts of the operations so far say, and never more than is out.
        #[test]
        fn what_is_shown_is_certain(operations in prop::collection::vec((0u32..4, 0u32..4), 0..60)) {
            let mut permits = Permits::default();
            let mut said = [0u64; 4];
            let (mut taken, mut strays) = ([0u64; 4], 0u64);
            for (thread, count) in operations {
                let place = thread as usize;
                if count == 0 {
                    taken[place] += 1;
                    if permits.take(ThreadId(thread)) {
                        permits.show(ThreadId(thread));
                        said[place] += 1;
                    }
                } else {
                    let own = taken[place].min(u64::from(count));
                    taken[place] -= own;
                    strays += u64::from(count) - own;
                    for lost in permits.give(ThreadId(thread), count) {
                        said[lost.index()] -= 1;
                    }
                }
                if taken.iter().sum::<u64>() <= strays {
                    (taken, strays) = ([0; 4], 0);
                }
                prop_assert_eq!(said, taken.map(|taken| taken.saturating_sub(strays)));
                prop_assert!(said.iter().sum::<u64>() <= taken.iter().sum::<u64>() - strays);
            }
        }
    }

    #[test]
    fn nobody_is_in_two_places_after_others_have_given_back() {
        let mut places = Places::new(1);
        places.enter(ThreadId(1));
        places.leave(ThreadId(2), 3);
        assert_eq!((&places.taken[..], places.strays), (&[Some(ThreadId(1))][..], 1));
        places.enter(ThreadId(1));
        assert_eq!((&places.taken[..], places.strays), (&[Some(ThreadId(1))][..], 0));
        // What is used up is nowhere.
        let mut signal = Places::new(0);
        signal.enter(ThreadId(1));
        assert_eq!(signal.taken, []);
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
