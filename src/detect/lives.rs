//! Which threads can have run at the same time at all: the order that starts and joins alone give.
//!
//! Locks order things, too, but only in this run: another may take them in another order. What a thread did before it
//! was started, or after it was joined, is so in every run.

use super::Deed;
use crate::event::{Action, Event, EventKind, Outcome};
use crate::ids::{Seq, ThreadId};

/// See the module. Of several threads that join the same one only the first is remembered, and order that goes through
/// more starts and joins than `CHAIN` is not seen: both seldom happens, and then two threads only seem to have been
/// able to run at the same time.
#[derive(Clone, Debug, Default)]
pub(super) struct Lives {
    threads: Vec<Life>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Life {
    /// Who started it, and with which event.
    started: Option<(ThreadId, Seq)>,
    /// Who waited for its end, and with which event.
    joined: Option<(ThreadId, Seq)>,
    /// How many threads it has started and joined: between two of these it is one and the same segment.
    segment: u32,
}

/// So many starts and joins in a row are looked at.
const CHAIN: usize = 32;

impl Lives {
    /// Takes the next event.
    pub(super) fn fold(&mut self, event: &Event, threads: usize) {
        let EventKind::Did { action, outcome } = &event.kind else { return };
        let (Action::Start { thread: other } | Action::Join { thread: other, .. }) = *action else { return };
        if !matches!(outcome, Outcome::Done | Outcome::Value(_)) || other.index() >= threads {
            return;
        }
        if self.threads.len() < threads {
            self.threads.resize(threads, Life::default());
        }
        if let Some(life) = self.threads.get_mut(event.thread.index()) {
            life.segment = life.segment.saturating_add(1);
        }
        let life = &mut self.threads[other.index()];
        let knot = if matches!(action, Action::Start { .. }) { &mut life.started } else { &mut life.joined };
        *knot = knot.or(Some((event.thread, event.seq)));
    }

    /// In which part of its life the thread is: it changes when it starts or joins another.
    pub(super) fn segment(&self, thread: ThreadId) -> u32 {
        self.life(thread).segment
    }

    /// True when the second can only have happened after the first, or the first after the second.
    pub(super) fn ordered(&self, one: &Deed, other: &Deed) -> bool {
        self.precedes(one, other) || self.precedes(other, one)
    }

    /// True when the thread of `first` was over before, or had not started before, `second` could happen.
    fn precedes(&self, first: &Deed, second: &Deed) -> bool {
        let mut after = (first.thread, first.seq);
        for _ in 0..CHAIN {
            if self.leads_to(after, second) {
                return true;
            }
            match self.life(after.0).joined {
                Some(joined) => after = joined,
                None => return false,
            }
        }
        false
    }

    /// True when this moment of a thread lies before the deed, in the thread itself or in one that it came from.
    fn leads_to(&self, (thread, seq): (ThreadId, Seq), deed: &Deed) -> bool {
        let mut before = (deed.thread, deed.seq);
        for _ in 0..CHAIN {
            if before.0 == thread {
                return seq <= before.1;
            }
            match self.life(before.0).started {
                Some(started) => before = started,
                None => return false,
            }
        }
        false
    }

    fn life(&self, thread: ThreadId) -> Life {
        self.threads.get(thread.index()).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Deed;
    use super::super::tape::Tape;
    use super::Lives;
    use crate::ids::{Seq, Step, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn lives(tape: &Tape) -> Lives {
        let mut lives = Lives::default();
        tape.events().iter().for_each(|event| lives.fold(event, 3));
        lives
    }

    fn deed(thread: ThreadId, seq: Seq) -> Deed {
        Deed { seq, step: Step(0), thread, line: 0 }
    }

    #[test]
    fn who_is_started_after_the_end_of_another_comes_after_it() {
        let mut tape = Tape::with_threads(2);
        tape.starts(ThreadId::MAIN, A, 1);
        tape.notes(A, 10);
        let first = tape.last_seq();
        tape.joined(ThreadId::MAIN, A, 2);
        tape.starts(ThreadId::MAIN, B, 3);
        tape.notes(B, 20);
        let lives = lives(&tape);
        assert!(lives.ordered(&deed(A, first), &deed(B, tape.last_seq())));
        assert!(lives.ordered(&deed(B, tape.last_seq()), &deed(A, first)));
    }

    #[test]
    fn what_both_do_between_start_and_join_may_be_at_the_same_time() {
        let mut tape = Tape::with_threads(2);
        tape.starts(ThreadId::MAIN, A, 1);
        tape.starts(ThreadId::MAIN, B, 2);
        tape.notes(A, 10);
        let first = tape.last_seq();
        tape.notes(B, 20);
        let second = tape.last_seq();
        tape.joined(ThreadId::MAIN, A, 3);
        tape.notes(ThreadId::MAIN, 4);
        let lives = lives(&tape);
        assert!(!lives.ordered(&deed(A, first), &deed(B, second)));
        assert!(lives.ordered(&deed(A, first), &deed(ThreadId::MAIN, tape.last_seq())), "after the join");
        assert!(!lives.ordered(&deed(B, second), &deed(ThreadId::MAIN, tape.last_seq())), "B was not joined");
    }
}
