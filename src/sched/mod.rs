//! Schedulers: given what could happen next, pick one.
//!
//! A [`Scheduler`] is asked once before every step with the candidates in a fixed order (by thread, then by
//! alternative), never with an empty list, and must return one of them. It sees nothing of the world but the
//! candidates and who ran last, so that the same scheduler drives any world. The same seed and the same sequence of questions give the same
//! answers on every machine.
//!
//! | kind | file | picks |
//! |---|---|---|
//! | `manual` | none: the session asks a person | |
//! | `random` | [`random`] | each candidate with the same probability |
//! | `rr` | [`round_robin`] | the next thread after a quantum of steps |
//! | `fifo` | [`fifo`] | the same thread until it blocks |
//! | `pct` | [`pct`] | the thread of highest priority, priorities changed `depth - 1` times |
//! | replay | [`replay`] | what a schedule says, then what another scheduler picks |

pub mod fifo;
mod kind;
pub mod pct;
pub mod random;
pub mod replay;
pub mod rng;
pub mod round_robin;

pub use fifo::Fifo;
pub use kind::{SchedulerKind, build};
pub use pct::Pct;
pub use random::Random;
pub use replay::Replay;
pub use round_robin::RoundRobin;

use crate::event::{Candidate, Choice};
use crate::ids::{Step, ThreadId};

/// What a scheduler is told with each question.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The step that is about to be made.
    pub step: Step,
    /// Who made the step before; `None` before the first.
    pub last: Option<ThreadId>,
    /// Sorted, not empty.
    pub candidates: &'a [Candidate],
}

impl Situation<'_> {
    /// The first candidate of this thread.
    #[must_use]
    pub fn first_of(&self, thread: ThreadId) -> Option<Choice> {
        let place = self.candidates.partition_point(|candidate| candidate.thread < thread);
        self.candidates.get(place).copied().filter(|candidate| candidate.thread == thread)
    }

    /// The first candidate of the first thread after `thread`, the lowest again after the highest.
    #[must_use]
    pub fn first_after(&self, thread: ThreadId) -> Choice {
        let place = self.candidates.partition_point(|candidate| candidate.thread <= thread);
        self.candidates.get(place).copied().unwrap_or(self.candidates[0])
    }
}

/// Picks the next step. It is `Clone` through [`Scheduler::fork`], because going back in time takes the scheduler's
/// state along.
pub trait Scheduler: Send {
    /// The choice. It must be one of `situation.candidates`; only [`Replay`] may answer otherwise, and then the world
    /// says why the choice does not fit.
    fn choose(&mut self, situation: Situation<'_>) -> Choice;

    /// A copy with the same state: asked the same questions it gives the same answers.
    fn fork(&self) -> Box<dyn Scheduler>;
}

#[cfg(test)]
mod testing {
    //! A tiny world for the schedulers' tests: threads that are always ready.

    use super::{Scheduler, Situation};
    use crate::event::{Candidate, Choice};
    use crate::ids::{Step, ThreadId};

    /// Asks `scheduler` `steps` times among `threads` ready threads; the letters of its answers.
    pub(super) fn letters(scheduler: &mut dyn Scheduler, threads: u32, steps: u32) -> String {
        let candidates: Vec<Candidate> = (0..threads).map(|n| Choice::go(ThreadId(n))).collect();
        let mut last = None;
        let mut answer = String::new();
        for step in 1..=steps {
            let choice = scheduler.choose(Situation { step: Step(step), last, candidates: &candidates });
            assert!(candidates.contains(&choice));
            last = Some(choice.thread);
            answer.push_str(&choice.thread.letter());
        }
        answer
    }

    /// Asks once among these threads.
    pub(super) fn ask(scheduler: &mut dyn Scheduler, last: Option<u32>, threads: &[u32]) -> u32 {
        let candidates: Vec<Candidate> = threads.iter().map(|n| Choice::go(ThreadId(*n))).collect();
        let choice = scheduler.choose(Situation { step: Step(1), last: last.map(ThreadId), candidates: &candidates });
        assert!(candidates.contains(&choice));
        choice.thread.0
    }
}
