//! The threads of an ordinary program over the primitives of [`sync`](crate::sync): they can be watched, held up and let
//! go on. What it reads, and how long it runs, is its own business.

use super::threads::Threads;
use crate::event::{End, Event, EventKind, Sink};
use crate::ids::ThreadId;
use crate::sync::{Collector, Gate, Probe};
use std::sync::Arc;

/// See the module.
pub(super) struct Watched {
    probe: Probe,
    collector: Collector,
    end: Option<End>,
}

impl Watched {
    pub(super) fn new(probe: Probe, collector: Collector) -> Watched {
        Watched { probe, collector, end: None }
    }
}

impl Threads for Watched {
    fn drain(&mut self, sink: &mut impl Sink) {
        self.collector.events(&mut Ear { sink, end: &mut self.end });
    }

    fn is_drained(&self) -> bool {
        self.probe.backlog() == 0
    }

    fn gate(&self) -> &Gate {
        self.probe.gate()
    }

    fn lost(&self) -> u64 {
        self.collector.lost()
    }

    fn end(&self) -> Option<End> {
        self.end.clone()
    }

    fn asks(&self) -> Option<(ThreadId, Arc<str>)> {
        None
    }

    fn give_input(&mut self, _: Option<Arc<str>>) {}
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.probe.stop();
    }
}

/// Hears the end.
struct Ear<'a, S> {
    sink: &'a mut S,
    end: &'a mut Option<End>,
}

impl<S: Sink> Sink for Ear<'_, S> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        if let EventKind::Ended(end) = &event.kind {
            *self.end = Some(end.clone());
        }
        self.sink.emit(event);
    }
}
