//! Where a run is to stop by itself.

use crate::event::{Event, EventKind};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::Model;
use crate::session::Breakpoint;
use rustc_hash::FxHashMap;

/// The places to stop at. The session gets them for the steps it makes; for recorded steps they are looked up here.
#[derive(Clone, Debug, Default)]
pub struct Breaks {
    all: Vec<Breakpoint>,
}

impl Breaks {
    #[must_use]
    pub fn has(&self, breakpoint: Breakpoint) -> bool {
        self.all.contains(&breakpoint)
    }

    #[must_use]
    pub fn has_line(&self, line: u32) -> bool {
        self.has(Breakpoint::Line(line))
    }

    /// Adds it, or takes it away. True when the run stops there from now on.
    pub fn toggle(&mut self, breakpoint: Breakpoint) -> bool {
        let before = self.all.len();
        self.all.retain(|known| *known != breakpoint);
        let added = self.all.len() == before;
        if added {
            self.all.push(breakpoint);
        }
        added
    }

    /// Forgets the objects: in another run they are others.
    pub fn forget_objects(&mut self) {
        self.all.retain(|known| !matches!(known, Breakpoint::Object(_)));
    }

    #[must_use]
    pub fn all(&self) -> &[Breakpoint] {
        &self.all
    }

    /// The first step of `events` after which a thread has come to one of the lines, or in which one of the objects was
    /// touched. `before` is the picture before these events: a thread that only goes on within a line has not come to
    /// it.
    #[must_use]
    pub fn first_hit(&self, before: &Model, events: impl IntoIterator<Item = Event>) -> Option<Step> {
        if self.all.is_empty() {
            return None;
        }
        let mut stands: FxHashMap<ThreadId, u32> =
            before.threads.iter().map(|thread| (thread.id, thread.line)).collect();
        events.into_iter().find(|event| self.is_hit(&mut stands, event)).map(|event| event.step)
    }

    fn is_hit(&self, stands: &mut FxHashMap<ThreadId, u32>, event: &Event) -> bool {
        let touches = |object: ObjectId| self.has(Breakpoint::Object(object));
        match &event.kind {
            EventKind::Did { action, .. } => action.object().is_some_and(touches),
            EventKind::Pending(_) => {
                let before = stands.insert(event.thread, event.line);
                before != Some(event.line) && self.has_line(event.line)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Action, Outcome};
    use crate::ids::{Nanos, Seq};

    fn event(step: u32, line: u32, kind: EventKind) -> Event {
        Event { seq: Seq(step), step: Step(step), at: Nanos(0), thread: ThreadId(1), line, kind }
    }

    #[test]
    fn a_thread_stops_when_it_comes_to_the_line_not_while_it_stays() {
        let mut breaks = Breaks::default();
        assert!(breaks.toggle(Breakpoint::Line(7)));
        let pending = |step, line| event(step, line, EventKind::Pending(Action::Now));
        let events = [pending(1, 5), pending(2, 7), pending(3, 7), pending(4, 5), pending(5, 7)];
        assert_eq!(breaks.first_hit(&Model::default(), events.clone()), Some(Step(2)));
        assert_eq!(breaks.first_hit(&Model::default(), events[2..].to_vec()), Some(Step(3)));
        assert!(!breaks.toggle(Breakpoint::Line(7)));
        assert_eq!(breaks.first_hit(&Model::default(), events.clone()), None);
    }

    #[test]
    fn touching_the_object_stops() {
        let mut breaks = Breaks::default();
        breaks.toggle(Breakpoint::Object(ObjectId(3)));
        let did = |object| {
            let action = Action::EventSet { object: ObjectId(object) };
            EventKind::Did { action, outcome: Outcome::Done }
        };
        let events = [event(1, 1, did(2)), event(2, 1, did(3))];
        assert_eq!(breaks.first_hit(&Model::default(), events.clone()), Some(Step(2)));
    }
}
