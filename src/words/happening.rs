//! Single events in words, for a list of them.

use super::Words;
use crate::event::{Event, EventKind};
use crate::model::Model;

impl Words {
    /// What the event says, as a sentence. `model` lends names; any picture that knows the objects will do.
    #[must_use]
    pub fn event(&self, event: &Event, model: &Model) -> String {
        let thread = ("thread", event.thread.letter().into());
        match &event.kind {
            EventKind::Thread(info) => match info.parent {
                None => self.with("event-main", &[thread, ("name", info.name.as_ref().into())]),
                Some(parent) => self.with(
                    "event-thread",
                    &[thread, ("name", info.name.as_ref().into()), ("parent", parent.letter().into())],
                ),
            },
            EventKind::Object(info) => self
                .with("event-object", &[("kind", self.kind(info.kind).into()), ("name", self.name(&info.name).into())]),
            EventKind::Named { object, name } => self.with(
                "event-named",
                &[("name", self.name(name).into()), ("kind", self.kind_of(*object, model).into())],
            ),
            EventKind::Renamed { name } => self.with("event-renamed", &[thread, ("name", name.as_ref().into())]),
            EventKind::Did { action, outcome } => self.did(event.thread, action, outcome, model),
            EventKind::Value { object, value } => self.with(
                "event-value",
                &[("object", self.object_name(*object, model).into()), ("value", value.to_string().into())],
            ),
            EventKind::Pending(action) => {
                self.with("event-pending", &[thread, ("action", self.action(action, model).into())])
            }
            EventKind::State(state) => {
                self.with("event-state", &[thread, ("clause", self.state_clause(*state, model).into())])
            }
            EventKind::Traceback(text) => {
                let last = text.trim_end().lines().last().unwrap_or("");
                self.with("event-traceback", &[thread, ("exception", last.into())])
            }
            EventKind::Ended(end) => self.end(end),
        }
    }

    fn kind_of(&self, object: crate::ids::ObjectId, model: &Model) -> String {
        model.object(object).map_or_else(|| self.object_name(object, model), |view| self.kind(view.kind))
    }
}
