//! Which events somebody who skips through a run wants to stop at.

use crate::event::{Event, EventKind, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
use std::ops::{BitOr, BitOrAssign};

/// A set of reasons to stop at a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(u8);

impl Marks {
    pub const NONE: Marks = Marks(0);
    /// A thread began to be held up by a lock or to wait.
    pub const BLOCK: Marks = Marks(1);
    /// Somebody who was held up can go on because of what another thread did.
    pub const WAKE: Marks = Marks(1 << 1);
    /// Another thread than before made the step.
    pub const SWITCH: Marks = Marks(1 << 2);
    /// A thread came to its end.
    pub const END: Marks = Marks(1 << 3);
    /// Something was written to the output.
    pub const OUTPUT: Marks = Marks(1 << 4);
    /// A detector found something. It is set by whoever runs the detectors.
    pub const FINDING: Marks = Marks(1 << 5);
    /// What "next event of interest" stops at.
    pub const INTEREST: Marks =
        Marks(Marks::BLOCK.0 | Marks::WAKE.0 | Marks::SWITCH.0 | Marks::END.0 | Marks::FINDING.0);

    #[must_use]
    pub const fn intersects(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub const fn contains(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }

    /// These reasons without `other`.
    #[must_use]
    pub const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Says of every event which reasons to stop it gives.
#[derive(Clone, Debug, Default)]
pub struct Interest {
    /// The step that is being made, who makes it, and who made the one before.
    step: Step,
    actor: Option<ThreadId>,
    /// Who is held up, by number of thread.
    held_up: Vec<bool>,
    /// The lock of the interpreter itself: everybody waits for it all the time.
    gil: Option<ObjectId>,
}

impl Interest {
    /// Takes the next event.
    pub fn fold(&mut self, event: &Event) -> Marks {
        match &event.kind {
            EventKind::Did { action, .. } => {
                let marks = self.step_by(event);
                if matches!(action, crate::event::Action::Print { .. }) { marks | Marks::OUTPUT } else { marks }
            }
            EventKind::Traceback(_) => Marks::OUTPUT,
            EventKind::State(state) => self.state(event.thread, *state),
            EventKind::Ended(_) => Marks::END,
            EventKind::Object(info) => {
                if info.kind.is_gil(&info.name, info.line) {
                    self.gil = Some(info.id);
                }
                Marks::NONE
            }
            _ => Marks::NONE,
        }
    }

    fn step_by(&mut self, event: &Event) -> Marks {
        if event.step == self.step {
            return Marks::NONE;
        }
        self.step = event.step;
        let before = self.actor.replace(event.thread);
        if before.is_some_and(|before| before != event.thread) { Marks::SWITCH } else { Marks::NONE }
    }

    fn state(&mut self, thread: ThreadId, state: ThreadState) -> Marks {
        let held_up = match state {
            ThreadState::Blocked { on } => Some(on) != self.gil,
            state => matches!(state, ThreadState::Waiting { .. } | ThreadState::Joining { .. }),
        };
        // A broken tape must not make this table grow without bound.
        let Some(was) = self.slot(thread.index()) else { return Marks::NONE };
        let before = std::mem::replace(was, held_up);
        match (before, held_up) {
            _ if state.is_over() => Marks::END,
            (false, true) => Marks::BLOCK,
            (true, false) if self.actor != Some(thread) => Marks::WAKE,
            _ => Marks::NONE,
        }
    }

    fn slot(&mut self, index: usize) -> Option<&mut bool> {
        if index >= self.held_up.len() && index < self.held_up.len() + 4096 {
            self.held_up.resize(index + 1, false);
        }
        self.held_up.get_mut(index)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, Tape};
    use super::*;

    #[test]
    fn blocking_waking_and_switching_are_of_interest() {
        let mut tape = Tape::with_threads(2);
        let start = tape.events().len();
        tape.acquires(ThreadId(1), LOCK_A, 3);
        tape.blocks(ThreadId(2), LOCK_A, 3, false);
        tape.releases(ThreadId(1), LOCK_A, 4, &[ThreadId(2)]);
        let mut interest = Interest::default();
        let marks: Vec<Marks> = tape.events().iter().map(|event| interest.fold(event)).collect();
        let seen = marks[start..].iter().fold(Marks::NONE, |all, marks| all | *marks);
        assert!(seen.contains(Marks::BLOCK | Marks::WAKE | Marks::SWITCH), "{marks:?}");
        assert!(marks[..start].iter().all(|marks| !marks.intersects(Marks::BLOCK)));
        assert_eq!(marks.last(), Some(&Marks::WAKE));
    }
}
