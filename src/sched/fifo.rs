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
    /// By thread.
    places: Vec<Place>,
    /// Counts the updates of the line.
    round: u64,
}

/// What is known of one thread.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    in_line: bool,
    /// The last update at which it could run.
    ready: u64,
}

impl Fifo {
    /// The scheduler before its first question.
    #[must_use]
    pub fn new() -> Fifo {
        Fifo::default()
    }

    /// Those that cannot run any more leave the line, those that newly can join it at the end.
    fn update(&mut self, situation: Situation<'_>) {
        self.round += 1;
        let largest = situation.candidates.last().map_or(0, |candidate| candidate.thread.index());
        self.places.resize(self.places.len().max(largest + 1), Place::default());
        for candidate in situation.candidates {
            self.places[candidate.thread.index()].ready = self.round;
        }
        self.line.retain(|thread| {
            let place = &mut self.places[thread.index()];
            place.in_line = place.ready == self.round;
            place.in_line
        });
        for candidate in situation.candidates {
            let place = &mut self.places[candidate.thread.index()];
            if !std::mem::replace(&mut place.in_line, true) {
                self.line.push_back(candidate.thread);
            }
        }
    }

    /// The first of the line leaves it.
    fn next(&mut self) -> Option<ThreadId> {
        let thread = self.line.pop_front()?;
        self.places[thread.index()].in_line = false;
        Some(thread)
    }
}

impl Scheduler for Fifo {
    fn choose(&mut self, situation: Situation<'_>) -> Choice {
        if let Some(choice) = situation.last.and_then(|last| situation.first_of(last)) {
            return choice;
        }
        self.update(situation);
        self.next().and_then(|thread| situation.first_of(thread)).unwrap_or(situation.candidates[0])
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
