//! Virtual time: what the clock shows, and the moments at which something will happen.
//!
//! Every step takes [`STEP`]. Sleeping costs virtual time only: when nobody can run, the clock jumps to the earliest
//! deadline. Nothing here ever looks at a real clock.

use crate::ids::{Nanos, ThreadId};
use std::collections::BTreeSet;

/// What a step takes.
pub const STEP: Nanos = Nanos(10_000);

/// The clock and the deadlines that have not come yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Clock {
    now: Nanos,
    /// What it showed at the last step. Since then it may have jumped because nobody could run.
    stepped: Nanos,
    /// A thread has one deadline at most.
    deadlines: BTreeSet<(Nanos, ThreadId)>,
    /// The first of them, at hand because it is looked at in every step.
    first: Option<Nanos>,
}

impl Clock {
    pub(crate) fn now(&self) -> Nanos {
        self.now
    }

    /// A step is made.
    pub(crate) fn tick(&mut self) {
        self.now = self.now.after(STEP);
        self.stepped = self.now;
    }

    /// A step is made that was made at this moment elsewhere. Where nobody can run the clock jumps to the next deadline;
    /// elsewhere it may have shown less, because not everything takes its time exactly. What the clock showed at an
    /// earlier step stays true.
    pub(crate) fn step_at(&mut self, moment: Nanos) {
        self.now = self.stepped.max(moment);
        self.stepped = self.now;
    }

    /// The clock shows at least `moment` from now on.
    pub(crate) fn jump(&mut self, moment: Nanos) {
        self.now = self.now.max(moment);
    }

    /// The thread will be told when `deadline` has come.
    pub(crate) fn set(&mut self, deadline: Nanos, thread: ThreadId) {
        self.deadlines.insert((deadline, thread));
        self.look();
    }

    /// It need not be told any more.
    pub(crate) fn cancel(&mut self, deadline: Nanos, thread: ThreadId) {
        self.deadlines.remove(&(deadline, thread));
        self.look();
    }

    /// The earliest deadline.
    pub(crate) fn next(&self) -> Option<Nanos> {
        self.first
    }

    /// A thread whose deadline has come, each once, in order of the deadlines.
    pub(crate) fn expired(&mut self) -> Option<ThreadId> {
        if self.first.is_none_or(|deadline| deadline > self.now) {
            return None;
        }
        let (_, thread) = self.deadlines.pop_first()?;
        self.look();
        Some(thread)
    }

    fn look(&mut self) {
        self.first = self.deadlines.first().map(|(deadline, _)| *deadline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_come_in_order_when_their_time_has_come() {
        let mut clock = Clock::default();
        clock.set(Nanos(30_000), ThreadId(1));
        clock.set(Nanos(10_000), ThreadId(2));
        clock.set(Nanos(10_000), ThreadId(3));
        clock.cancel(Nanos(10_000), ThreadId(3));
        assert_eq!((clock.expired(), clock.next()), (None, Some(Nanos(10_000))));
        clock.tick();
        assert_eq!((clock.expired(), clock.expired()), (Some(ThreadId(2)), None));
        clock.jump(Nanos(30_000));
        clock.jump(Nanos(5));
        assert_eq!((clock.now(), clock.expired(), clock.next()), (Nanos(30_000), Some(ThreadId(1)), None));
    }

    #[test]
    fn a_recorded_moment_counts_more_than_a_jump_and_less_than_a_step() {
        let mut clock = Clock::default();
        clock.tick();
        clock.jump(Nanos(30_000));
        clock.step_at(Nanos(29_000));
        assert_eq!(clock.now(), Nanos(29_000));
        clock.step_at(Nanos(5));
        assert_eq!(clock.now(), Nanos(29_000));
    }
}
