//! The threads of an ordinary program over the primitives of [`sync`](crate::sync): they can be watched, held up and let
//! go on. How long it runs, and what it reads, is its own business.

use super::threads::Threads;
use crate::event::{End, Event, EventKind, Limit, Sink};
use crate::ids::{Nanos, Seq, Step, ThreadId};
use crate::sync::{Collector, Gate, Place, Probe, Record};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// When no thread has been attached for so long, after there was one, the program is over.
const DESERTED: Duration = Duration::from_secs(1);

/// See the module.
pub(super) struct Watched {
    probe: Probe,
    collector: Collector,
    records: Vec<Record>,
    tape: Tape,
    /// Since when nobody has been attached.
    deserted: Option<Instant>,
}

/// The records as events.
#[derive(Default)]
struct Tape {
    seq: Seq,
    step: Step,
    now: Nanos,
    /// Where each thread was last seen, and whether it is over.
    seen: BTreeMap<ThreadId, Seen>,
    end: Option<End>,
}

#[derive(Default)]
struct Seen {
    line: u32,
    over: bool,
}

impl Watched {
    pub(super) fn new(probe: Probe, collector: Collector) -> Watched {
        Watched { probe, collector, records: Vec::new(), tape: Tape::default(), deserted: None }
    }

    /// Ends the tape when every thread that was ever attached is over and nobody comes any more.
    fn look_around(&mut self, sink: &mut impl Sink) {
        if !self.tape.is_everybody_over() || self.probe.attached() > 0 || self.probe.backlog() > 0 {
            self.deserted = None;
        } else if self.deserted.get_or_insert_with(Instant::now).elapsed() >= DESERTED {
            self.tape.end(End::Finished, sink);
        }
    }
}

impl Threads for Watched {
    fn drain(&mut self, sink: &mut impl Sink) {
        self.collector.drain(&mut self.records);
        for record in self.records.drain(..) {
            self.tape.take(record, sink);
        }
        self.look_around(sink);
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
        self.tape.end.clone()
    }

    fn asks(&self) -> Option<(ThreadId, Arc<str>)> {
        None
    }

    fn give_input(&mut self, _: Option<Arc<str>>) {}

    /// The OS threads go on hanging, until the program is stopped.
    fn hang(&mut self, sink: &mut impl Sink) {
        self.tape.end(End::Deadlock, sink);
    }

    /// The program goes on, but nobody looks any more: who would keep all that it does?
    fn cut_off(&mut self, limit: Limit, sink: &mut impl Sink) {
        self.tape.end(End::Limit(limit), sink);
        self.probe.gate().set_pace(Duration::ZERO);
        self.probe.gate().open();
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.probe.stop();
    }
}

impl Tape {
    fn take(&mut self, record: Record, sink: &mut impl Sink) {
        if self.end.is_some() {
            return;
        }
        self.now = record.at;
        let seen = self.seen.entry(record.thread).or_default();
        match record.kind {
            EventKind::Did { .. } => self.step.0 = self.step.0.saturating_add(1),
            EventKind::State(state) => seen.over = state.is_over(),
            _ => {}
        }
        if record.place != Place::Unknown {
            seen.line = record.place.line();
        }
        let line = seen.line;
        self.emit(record.thread, line, record.kind, sink);
    }

    fn end(&mut self, end: End, sink: &mut impl Sink) {
        if self.end.is_some() {
            return;
        }
        self.emit(ThreadId::MAIN, 0, EventKind::Ended(end.clone()), sink);
        self.end = Some(end);
    }

    fn emit(&mut self, thread: ThreadId, line: u32, kind: EventKind, sink: &mut impl Sink) {
        sink.emit(Event { seq: self.seq, step: self.step, at: self.now, thread, line, kind });
        self.seq.0 = self.seq.0.saturating_add(1);
    }

    fn is_everybody_over(&self) -> bool {
        self.end.is_none() && !self.seen.is_empty() && self.seen.values().all(|seen| seen.over)
    }
}
