//! Looks at the events of a run as they are made: whether somebody wanted to stop there.

use super::{Breakpoint, Stop};
use crate::detect::{Detectors, Finding, Interest, Marks};
use crate::event::{Event, EventKind, Sink};
use crate::ids::ThreadId;

/// Folds every event of a run. It goes back in time together with the world.
#[derive(Clone, Debug, Default)]
pub(super) struct Scout {
    detectors: Detectors,
    interest: Interest,
    /// What was found since somebody last looked.
    found: Vec<Finding>,
    marks: Marks,
}

impl Scout {
    /// Takes the next event. The first breakpoint it hits.
    pub(super) fn fold(&mut self, event: &Event, breakpoints: &[Breakpoint]) -> Option<Breakpoint> {
        let line = self.line(event.thread);
        self.detectors.fold(event, &mut self.found);
        self.marks |= self.interest.fold(event);
        let found = !self.found.is_empty();
        if found {
            self.found.clear();
            self.marks |= Marks::FINDING;
        }
        let hits = |breakpoint: &&Breakpoint| match (breakpoint, &event.kind) {
            (Breakpoint::Line(wanted), EventKind::Pending(_)) => event.line == *wanted && line != *wanted,
            (Breakpoint::Object(object), EventKind::Did { action, .. }) => action.object() == Some(*object),
            (Breakpoint::Finding, _) => found,
            (Breakpoint::Line(_) | Breakpoint::Object(_), _) => false,
        };
        breakpoints.iter().find(hits).copied()
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        self.detectors.weight()
    }

    /// The line on which a thread stands; 0 when it stands on none.
    pub(super) fn line(&self, thread: ThreadId) -> u32 {
        self.detectors.facts().thread(thread).map_or(0, |facts| facts.line)
    }

    /// How many threads are doing something: they live, and wait for nothing but the GIL. `None` before there is a thread.
    pub(super) fn busy(&self) -> Option<usize> {
        let facts = self.detectors.facts();
        let busy = facts.threads().iter().filter(|thread| facts.is_busy(thread.id)).count();
        (!facts.threads().is_empty()).then_some(busy)
    }

    fn is_over(&self, thread: ThreadId) -> bool {
        self.detectors.facts().thread(thread).is_none_or(|facts| facts.state.is_over())
    }

    /// Forgets what happened in the steps before.
    pub(super) fn begin_step(&mut self) {
        self.marks = Marks::NONE;
    }

    /// Whether the step that was made is what was waited for. `line` is where the thread stood at first.
    pub(super) fn reached(&self, stop: Stop, line: u32) -> bool {
        match stop {
            Stop::Line(thread) => self.line(thread) != line || self.is_over(thread),
            Stop::Interest(wanted) => self.marks.intersects(wanted),
            Stop::End => false,
        }
    }
}

/// Where the events of steps being made go: past the scout, and onto the batch to be sent.
pub(super) struct Recorder<'a> {
    pub(super) scout: &'a mut Scout,
    pub(super) breakpoints: &'a [Breakpoint],
    /// `None` when the steps are known to the watcher already.
    pub(super) events: Option<&'a mut Vec<Event>>,
    /// The first breakpoint that was hit.
    pub(super) hit: Option<Breakpoint>,
}

impl Sink for Recorder<'_> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        let hit = self.scout.fold(&event, self.breakpoints);
        self.hit = self.hit.or(hit);
        if let Some(events) = &mut self.events {
            events.push(event);
        }
    }
}
