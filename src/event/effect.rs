//! What a performed operation did to locks and semaphores, read from the event alone: the folds that keep track of
//! who holds what agree because they ask here.

use super::{Action, Outcome};
use crate::ids::ObjectId;

/// What became of a lock (a condition stands for its lock) or of a semaphore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The thread holds it once more.
    Takes(ObjectId),
    /// It was given back this many times. A lock may be released by a thread that does not hold it.
    Gives(ObjectId, u32),
    /// `wait` gave the lock of this condition back, however often it was held.
    Parks(ObjectId),
    /// After `wait` the thread holds the lock of this condition again, as often as before.
    Resumes(ObjectId),
    /// Nothing.
    Nothing,
}

impl Effect {
    /// The effect of an operation with this outcome.
    #[must_use]
    pub const fn of(action: &Action, outcome: &Outcome) -> Effect {
        match (action, outcome) {
            // A wait whose time ran out still takes its lock again.
            (Action::Reacquire { object }, Outcome::Done | Outcome::Value(_) | Outcome::TimedOut) => {
                Effect::Resumes(*object)
            }
            (Action::Wait { object, .. }, Outcome::Enqueued) => Effect::Parks(*object),
            (_, Outcome::Refused | Outcome::Raised(_) | Outcome::TimedOut | Outcome::Enqueued) => Effect::Nothing,
            (Action::Acquire { object, .. }, _) => Effect::Takes(*object),
            (Action::Release { object, count }, _) => Effect::Gives(*object, *count),
            _ => Effect::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_succeeded_has_an_effect() {
        let lock = ObjectId(3);
        let acquire = Action::Acquire { object: lock, blocking: true, timeout: None };
        assert_eq!(Effect::of(&acquire, &Outcome::Done), Effect::Takes(lock));
        assert_eq!(Effect::of(&acquire, &Outcome::Refused), Effect::Nothing);
        assert_eq!(Effect::of(&acquire, &Outcome::TimedOut), Effect::Nothing);
        let release = Action::Release { object: lock, count: 2 };
        assert_eq!(Effect::of(&release, &Outcome::Woke(Box::default())), Effect::Gives(lock, 2));
        assert_eq!(Effect::of(&release, &Outcome::Raised("RuntimeError".into())), Effect::Nothing);
        let wait = Action::Wait { object: lock, timeout: None };
        assert_eq!(Effect::of(&wait, &Outcome::Enqueued), Effect::Parks(lock));
        assert_eq!(Effect::of(&wait, &Outcome::Done), Effect::Nothing);
    }
}
