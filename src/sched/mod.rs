//! Schedulers: given what could happen next, pick one.
//!
//! A [`Scheduler`] is asked once before every step with the candidates in a fixed order (by thread, then by
//! alternative), never with an empty list, and must return one of them. It sees nothing of the world but the
//! candidates and who ran last, so that the same scheduler drives any world. The same seed and the same sequence of questions give the same
//! answers on every machine.

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

/// Picks the next step. It is `Clone` through [`Scheduler::fork`], because going back in time takes the scheduler's
/// state along.
pub trait Scheduler: Send {
    /// The choice. It must be one of `situation.candidates`.
    fn choose(&mut self, situation: Situation<'_>) -> Choice;

    /// A copy with the same state: asked the same questions it gives the same answers.
    fn fork(&self) -> Box<dyn Scheduler>;
}
