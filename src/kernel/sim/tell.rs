//! What happened in a step, as events: what is pending, what was done, changed states.

use super::books::Telling;
use super::task::Stage;
use super::world::World;
use crate::event::{Action, Alternative, EventKind, Outcome, Sink, ThreadState};
use crate::ids::ThreadId;
use crate::kernel::declare;
use std::sync::Arc;

impl World {
    /// What the thread's operation does when it goes on in this way.
    pub(super) fn action(&self, thread: ThreadId, alternative: Alternative) -> Option<Action> {
        let task = self.system.task(thread)?;
        let leaves_queue = matches!(alternative, Alternative::Timeout | Alternative::Spurious);
        Some(self.renderer().action(task.op.as_ref()?, task.stage != Stage::Fresh && !leaves_queue))
    }

    fn pending(&self, thread: ThreadId) -> Option<Action> {
        let task = self.system.task(thread)?;
        Some(self.renderer().pending(task.op.as_ref()?, task.stage != Stage::Fresh))
    }

    pub(super) fn tell_pending<S: Sink>(&mut self, thread: ThreadId, sink: &mut S) {
        if self.system.task(thread).is_some_and(|task| task.op.is_some()) {
            self.emit(sink, thread, |world| match world.pending(thread) {
                Some(action) => EventKind::Pending(action),
                None => EventKind::State(ThreadState::Ready),
            });
        }
    }

    pub(super) fn tell_states<S: Sink>(&mut self, sink: &mut S) {
        for (thread, state) in self.system.take_changed() {
            self.emit(sink, thread, |_| EventKind::State(state));
        }
    }

    pub(super) fn declare_main<S: Sink>(&mut self, sink: &mut S) {
        let program = Arc::clone(&self.program);
        declare::declare_main(&mut Telling { world: self, sink }, &program);
    }

    /// What the thread created or named on its way.
    pub(super) fn declare<S: Sink>(&mut self, thread: ThreadId, sink: &mut S) {
        if !self.vm.notes().is_empty() {
            declare::declare(&mut Telling { world: self, sink }, thread);
        }
    }
}

pub(super) fn did(told: Option<(Action, Outcome)>) -> EventKind {
    // Without a listener nothing was rendered, and nobody looks at this.
    let (action, outcome) = told.unwrap_or((Action::Now, Outcome::Done));
    EventKind::Did { action, outcome }
}
