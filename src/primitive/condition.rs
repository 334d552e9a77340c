//! `threading.Condition`: the place where threads wait for a change that others announce.
//!
//! # What `wait` does
//! `wait` is two steps with a gap between them, and everything surprising about conditions happens in the gap:
//!
//! | | A: `wait()` | A is | the condition's queue |
//! |---|---|---|---|
//! | step 1 | releases the lock *and* joins the queue, indivisibly | Waiting | A |
//! | gap | leaves the queue by a notify, its time-out, or (`--spurious`) by itself | Blocked on the lock, or Ready | |
//! | step 2 | takes the lock again, as often as it held it before | Ready | |
//!
//! # Why `while` and not `if`
//! Between the notify and step 2 the lock is free for everybody. B announces an item, C comes by and takes it:
//!
//! | lock | A (`if not items: wait()`) | B | C |
//! |---|---|---|---|
//! | B | in the queue | `append`, `notify` (A leaves the queue) | |
//! | - | wants the lock | `release` | wants the lock |
//! | C | Blocked | | `acquire`, `pop` |
//! | - | wants the lock | | `release` |
//! | A | step 2: goes on, and `items` is empty | | |
//!
//! # Lost wake-up
//! `notify` is a pulse: it wakes who is in the queue at that moment and is forgotten. A thread that has tested the
//! state but not yet made step 1 misses it. (Under the lock it cannot: B gets the lock only by A's step 1.)
//!
//! # Time-out against notify
//! A waiter whose time runs out stays in the queue until it makes its `!timeout` step, which takes it out; a notify
//! before that step still counts, and `wait` returns true. After it, the notify goes to the next in the queue.

use crate::ids::{ObjectId, ThreadId};

/// A condition: its lock, and the queue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Condition {
    pub(crate) lock: ObjectId,
    /// Who waits to be notified, the longest waiter first.
    pub(crate) queue: Vec<ThreadId>,
}

impl Condition {
    pub(crate) const fn new(lock: ObjectId) -> Condition {
        Condition { lock, queue: Vec::new() }
    }

    pub(crate) fn enqueue(&mut self, thread: ThreadId) {
        self.queue.push(thread);
    }

    /// Takes a waiter out although nobody notified it.
    pub(crate) fn leave(&mut self, thread: ThreadId) {
        self.queue.retain(|waiter| *waiter != thread);
    }

    /// Takes `count` waiters out (`None`: all), those that waited longest.
    pub(crate) fn notify(&mut self, count: Option<u32>) -> Vec<ThreadId> {
        let count = count.map_or(self.queue.len(), |count| self.queue.len().min(count as usize));
        self.queue.drain(..count).collect()
    }

    /// In how many ways `notify(count)` can go when any waiter may be woken: the sets of `count` waiters.
    pub(crate) fn ways(&self, count: Option<u32>) -> u32 {
        let waiting = self.queue.len();
        count.map_or(1, |count| subsets(waiting, (count as usize).min(waiting)))
    }

    /// Takes out the waiters of the `way`-th set, in the order of the queue. The sets are counted in lexicographic
    /// order of the places, so that for one waiter `way` is its place in the queue.
    pub(crate) fn notify_way(&mut self, count: u32, way: u32) -> Vec<ThreadId> {
        let mut woken = Vec::new();
        let mut left = (count as usize).min(self.queue.len());
        let mut way = way;
        let mut place = 0;
        while left > 0 && place < self.queue.len() {
            let with_this_one = subsets(self.queue.len() - place - 1, left - 1);
            if way < with_this_one {
                woken.push(self.queue.remove(place));
                left -= 1;
            } else {
                way -= with_this_one;
                place += 1;
            }
        }
        woken
    }
}

/// The number of subsets of `k` among `n`; `u32::MAX` when there are more.
fn subsets(n: usize, k: usize) -> u32 {
    let mut number: u64 = 1;
    for i in 0..k.min(n - k) {
        number = number * (n - i) as u64 / (i + 1) as u64;
        if number > u64::from(u32::MAX) {
            return u32::MAX;
        }
    }
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(waiters: u32) -> Condition {
        let mut condition = Condition::new(ObjectId(0));
        (1..=waiters).for_each(|n| condition.enqueue(ThreadId(n)));
        condition
    }

    fn numbers(threads: &[ThreadId]) -> Vec<u32> {
        threads.iter().map(|thread| thread.0).collect()
    }

    #[test]
    fn the_longest_waiters_are_woken_first() {
        let mut condition = condition(4);
        assert_eq!(numbers(&condition.notify(Some(2))), [1, 2]);
        condition.enqueue(ThreadId(1));
        condition.leave(ThreadId(3));
        assert_eq!(numbers(&condition.notify(Some(1))), [4]);
        assert_eq!(numbers(&condition.notify(None)), [1]);
        assert!(condition.notify(Some(5)).is_empty());
    }

    #[test]
    fn any_set_of_waiters_can_be_woken() {
        assert_eq!(condition(4).ways(Some(1)), 4);
        assert_eq!(condition(4).ways(Some(2)), 6);
        assert_eq!(condition(4).ways(Some(9)), 1);
        assert_eq!(condition(4).ways(None), 1);
        assert_eq!(condition(0).ways(Some(1)), 1);
        let sets: Vec<Vec<u32>> = (0..6).map(|way| numbers(&condition(4).notify_way(2, way))).collect();
        assert_eq!(sets, [[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]]);
        let mut one = condition(4);
        assert_eq!(numbers(&one.notify_way(1, 2)), [3]);
        assert_eq!(numbers(&one.queue), [1, 2, 4]);
    }

    #[test]
    fn many_sets_are_counted_without_overflow() {
        assert_eq!(subsets(5000, 2), 12_497_500);
        assert_eq!(subsets(5000, 2500), u32::MAX);
    }
}
