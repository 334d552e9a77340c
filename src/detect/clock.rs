//! Vector clocks: how much of every thread's past is known somewhere.
//!
//! Each thread counts its own past in intervals; an interval ends when the thread passes on what it knows. Whoever learns
//! of it takes over, for each thread, the larger of the two counts. What a thread did in its interval `t` happened before
//! whatever is done where at least `t` is known of that thread: L. Lamport, "Time, Clocks, and the Ordering of Events",
//! CACM 1978; with one number for each thread, F. Mattern, "Virtual Time and Global States", 1989.

use crate::ids::ThreadId;

/// Threads beyond this number share their places with those before. Where two share one, more seems to be known than is:
/// a race may be missed, and none is invented. It bounds a clock, however many threads a program starts.
const PLACES: usize = 128;

/// For each place, how many intervals are known. What is beyond the end is 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock(Vec<u32>);

const fn place(thread: ThreadId) -> usize {
    thread.index() % PLACES
}

impl Clock {
    /// How much is known of this thread.
    pub(super) fn of(&self, thread: ThreadId) -> u32 {
        self.0.get(place(thread)).copied().unwrap_or(0)
    }

    /// The thread begins its next interval.
    pub(super) fn tick(&mut self, thread: ThreadId) {
        let place = place(thread);
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        self.0[place] = self.0[place].saturating_add(1);
    }

    /// Learns what the other knows.
    pub(super) fn join(&mut self, other: &Clock) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Knows what the other knows, and nothing else. Takes no memory when there is enough.
    pub(super) fn copy(&mut self, other: &Clock) {
        self.0.clear();
        self.0.extend_from_slice(&other.0);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// How many bytes it takes beside itself.
    pub(super) fn heap_bytes(&self) -> usize {
        self.0.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_learns_knows_the_larger_of_both() {
        let (a, b) = (ThreadId(1), ThreadId(2));
        let (mut of_a, mut of_b) = (Clock::default(), Clock::default());
        of_a.tick(a);
        of_a.tick(a);
        of_b.tick(b);
        of_b.join(&of_a);
        assert_eq!((of_b.of(a), of_b.of(b), of_a.of(b)), (2, 1, 0));
        of_a.copy(&Clock::default());
        assert_eq!(of_a.of(a), 0);
    }

    #[test]
    fn a_clock_does_not_grow_with_the_number_of_threads() {
        let mut clock = Clock::default();
        for thread in 0..20_000 {
            clock.tick(ThreadId(thread));
        }
        assert!(clock.heap_bytes() <= PLACES * 4);
    }
}
