//! Two threads change places: each goes on where the other stood. What makes them two threads stays: their numbers, names
//! and objects.

use super::world::World;
use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::vm::Op;

impl World {
    /// Lets two threads change places. `false`, and nothing is changed, when the kernel's tables know one of them by its
    /// number: it stands before, or in the middle of, an operation on something that keeps a list of threads.
    #[must_use]
    pub fn exchange(&mut self, one: ThreadId, other: ThreadId) -> bool {
        if one == other || ![one, other].into_iter().all(|thread| self.is_nowhere_listed(thread)) {
            return false;
        }
        self.vm.exchange(one, other);
        let tasks = &mut self.system.tasks;
        tasks.swap(one.index(), other.index());
        let (low, high) = (one.index().min(other.index()), one.index().max(other.index()));
        let (front, back) = tasks.split_at_mut(high);
        let (one, other) = (&mut front[low], &mut back[0]);
        std::mem::swap(&mut one.name, &mut other.name);
        std::mem::swap(&mut one.parent, &mut other.parent);
        std::mem::swap(&mut one.start_line, &mut other.start_line);
        self.system.recount([low, high]);
        true
    }

    fn is_nowhere_listed(&self, thread: ThreadId) -> bool {
        let listed = |op: &Op| {
            !matches!(
                op,
                Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. } | Op::Print { .. } | Op::Random(_)
            )
        };
        self.system.task(thread).is_some_and(|task| {
            task.joiners.is_empty() && task.deadline.is_none() && !task.op.as_ref().is_some_and(listed)
        })
    }

    /// The thread that this one is about to start.
    #[must_use]
    pub fn starts(&self, thread: ThreadId) -> Option<ThreadId> {
        match self.system.task(thread)?.op {
            Some(Op::Start(target)) => Some(target),
            _ => None,
        }
    }

    /// Whether the thread was not started yet.
    #[must_use]
    pub fn is_new(&self, thread: ThreadId) -> bool {
        self.thread_state(thread) == Some(ThreadState::New)
    }
}
