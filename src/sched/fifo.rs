//! `fifo`: a thread runs until it blocks or ends; then it is the turn of the one that has been ready for the longest time.
//!
//! The fewest context switches a program can do with, and what most people see when they first try a race: nothing
//! goes wrong.

use super::{Scheduler, Situation};
use crate::event::Choice;
use crate::ids::ThreadId;
use std::collections::VecDeque;

/// See the [module](self).
#[derive(Clone, Debug, Default)]
pub struct Fifo {
    /// The threads that can run but do not, in the order in which they became ready.
    line: VecDeque<ThreadId>,
}

impl Fifo {
    /// The scheduler before its first question.
    #[must_use]
    pub fn new() -> Fifo {
        Fifo::default()
    }

    /// Those that cannot run any more leave the line, those that newly can join it at the end.
    fn update(&mut self, situation: Situation<'_>) {
        self.line.retain(|thread| situation.first_of(*thread).is_some());
        let mut known: Vec<ThreadId> = self.line.iter().copied().collect();
        known.sort_unstable();
        let mut previous = None;
        for candidate in situation.candidates {
            let thread = candidate.thread;
            if previous.replace(thread) != Some(thread) && known.binary_search(&thread).is_err() {
                self.line.push_back(thread);
            }
        }
    }
}

impl Scheduler for Fifo {
    fn choose(&mut self, situation: Situation<'_>) -> Choice {
        if let Some(choice) = situation.last.and_then(|last| situation.first_of(last)) {
            return choice;
        }
        self.update(situation);
        let next = self.line.pop_front().and_then(|thread| situation.first_of(thread));
        next.unwrap_or(situation.candidates[0])
    }

    fn fork(&self) -> Box<dyn Scheduler> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, letters};
    use super::*;

    #[test]
    fn a_thread_runs_until_it_blocks() {
        assert_eq!(letters(&mut Fifo::new(), 3, 6), "MMMMMM");
    }

    #[test]
    fn the_one_that_waited_longest_is_next() {
        let mut fifo = Fifo::new();
        assert_eq!(ask(&mut fifo, None, &[0, 2, 3]), 0);
        assert_eq!(ask(&mut fifo, Some(0), &[2, 3]), 2, "2 and 3 were ready before");
        assert_eq!(ask(&mut fifo, Some(2), &[0, 1, 3]), 3, "0 and 1 became ready after 3");
        assert_eq!(ask(&mut fifo, Some(3), &[0, 1]), 0);
    }
}
