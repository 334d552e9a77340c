//! What happened in a step, as events: operations with what came of them, what is pending, changed states.

use super::perform::{Came, Deed};
use super::world::World;
use crate::event::{Action, Alternative, EventKind, Outcome, Sink, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::vm::{Op, Place, Ref, Reply, Value, types};

impl World {
    pub(super) fn action(&self, thread: ThreadId, alternative: Alternative) -> Option<Action> {
        let task = self.system.task(thread)?;
        Some(self.renderer().action(task.op.as_ref()?, task.stage, alternative))
    }

    pub(super) fn pending(&self, thread: ThreadId) -> Option<Action> {
        let task = self.system.task(thread)?;
        Some(self.renderer().pending(task.op.as_ref()?, task.stage))
    }

    /// A memory operation and what will come of it: what is read is what stands there now.
    pub(super) fn foretell(&self, thread: ThreadId) -> Option<(Action, Outcome)> {
        let read = match self.system.task(thread)?.op.as_ref()? {
            Op::Load(place) => self.vm.stored_at(place),
            _ => None,
        };
        let outcome = read.map_or(Outcome::Done, |value| Outcome::Value(self.renderer().value(value)));
        Some((self.action(thread, Alternative::Go)?, outcome))
    }

    /// The container that the pending operation changes.
    pub(super) fn changes(&self, thread: ThreadId) -> Option<Ref> {
        match self.system.task(thread)?.op.as_ref()? {
            Op::Method { target, writes: true, .. }
            | Op::Store(Place::Item(target, _), _)
            | Op::Delete(Place::Item(target, _)) => Some(*target),
            _ => None,
        }
    }

    pub(super) fn contents(&self, target: Ref) -> EventKind {
        EventKind::Value {
            object: self.vm.object_of(target).unwrap_or(ObjectId(u32::MAX)),
            value: self.renderer().value(Value::Ref(target)),
        }
    }

    /// An operation of the system with what came of it. The machine has not moved the item of a queue yet.
    pub(super) fn performed(&self, action: Action, deed: &Deed) -> (Action, Outcome) {
        let item = match action {
            Action::Get { object, .. } if deed.came == Came::Done => self.vm.queue_first(object),
            _ => None,
        };
        let outcome = item.map_or_else(|| self.outcome(deed), |item| Outcome::Value(self.renderer().value(item)));
        (action, outcome)
    }

    pub(super) fn outcome(&self, deed: &Deed) -> Outcome {
        match (&deed.came, &deed.reply) {
            (Came::TimedOut, _) => Outcome::TimedOut,
            (_, Some(Reply::Raise(exception, message))) => {
                let name = types::name(*exception);
                let text = if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") };
                Outcome::Raised(text.into())
            }
            (Came::Refused, _) => Outcome::Refused,
            (Came::Enqueued, _) => Outcome::Enqueued,
            (Came::Woke(threads), _) => Outcome::Woke(threads.as_slice().into()),
            (Came::Reply, Some(Reply::Value(value))) if *value != Value::None => {
                Outcome::Value(self.renderer().value(*value))
            }
            (Came::Reply, Some(Reply::Text(text))) => Outcome::Value((**text).into()),
            (Came::Reply, Some(Reply::Float(number))) => Outcome::Value(self.renderer().value(Value::Float(*number))),
            (Came::Reply | Came::Done, _) => Outcome::Done,
        }
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
}

pub(super) fn did(told: Option<(Action, Outcome)>) -> EventKind {
    // Without a listener nothing was rendered, and nobody looks at this.
    let (action, outcome) = told.unwrap_or((Action::Now, Outcome::Done));
    EventKind::Did { action, outcome }
}
