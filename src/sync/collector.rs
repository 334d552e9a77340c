//! The reading end of a probe.

use super::brief::Brief;
use super::probe::Hub;
use super::record::Record;
use super::story::Story;
use crate::ids::{Nanos, ThreadId};
use rtrb::Consumer;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Collects the records of all threads of a probe and hands them out in order.
///
/// It does not wait for anybody and nobody waits for it: whoever reads calls [`Collector::drain`] now and then. (A
/// reader that is woken for each record would cost the recorded threads more than everything else together.)
#[derive(Debug)]
pub struct Collector {
    pub(super) hub: Arc<Hub>,
    rings: Vec<Ring>,
    /// The records from ticket `next` on, each at its place; `None` where a thread has drawn the ticket and not yet
    /// written, or its ring was not looked at yet.
    window: VecDeque<Option<Record>>,
    next: u64,
    /// The moment of the last record handed out.
    now: Nanos,
    pub(super) story: Story,
    /// Memory for records on their way to the story.
    pub(super) scratch: Vec<Record>,
}

impl Collector {
    pub(super) fn new(hub: Arc<Hub>) -> Collector {
        Collector {
            hub,
            rings: Vec::new(),
            window: VecDeque::new(),
            next: 0,
            now: Nanos(0),
            story: Story::default(),
            scratch: Vec::new(),
        }
    }

    /// Appends what has been recorded since the last time, in the order in which it happened; how much that was.
    ///
    /// The moments of the records never go back, and no record is handed out before one with a smaller ticket: if a
    /// thread is about to write that one, everything after it comes the next time.
    pub fn drain(&mut self, out: &mut Vec<Record>) -> usize {
        self.rings.append(&mut self.hub.rings.lock());
        let (window, next) = (&mut self.window, self.next);
        self.rings.retain_mut(|ring| {
            // Asked first: whoever writes leaves only after the last record.
            let abandoned = ring.is_abandoned();
            ring.empty(|record| put(record, next, window));
            !(abandoned && ring.is_empty())
        });
        let before = out.len();
        while let Some(Some(_)) = self.window.front() {
            if let Some(Some(record)) = self.window.pop_front() {
                out.push(self.dated(record));
            }
        }
        let count = out.len() - before;
        if count > 0 {
            self.next += count as u64;
            self.hub.taken.store(self.next, Ordering::Relaxed);
            self.hub.notify_behind();
        }
        count
    }

    /// How many records were dropped because nobody collected them in time.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.hub.lost.load(Ordering::Relaxed)
    }

    /// Replaces the raw reading of the clock by a moment. Readings on two processors may differ by a little: the order
    /// of the tickets is right.
    fn dated(&mut self, mut record: Record) -> Record {
        let since = self.hub.clock.delta_as_nanos(self.hub.origin, record.at.0.max(self.hub.origin));
        self.now = self.now.max(Nanos(since));
        record.at = self.now;
        record
    }
}

/// The reading end of a ring of one thread.
#[derive(Debug)]
pub(super) enum Ring {
    Whole(Consumer<Record>),
    Brief(ThreadId, Consumer<Brief>),
}

impl Ring {
    fn is_abandoned(&self) -> bool {
        match self {
            Ring::Whole(ring) => ring.is_abandoned(),
            Ring::Brief(_, ring) => ring.is_abandoned(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Ring::Whole(ring) => ring.is_empty(),
            Ring::Brief(_, ring) => ring.is_empty(),
        }
    }

    /// Takes out everything that is in it now.
    fn empty(&mut self, mut take: impl FnMut(Record)) {
        match self {
            Ring::Whole(ring) => {
                let Ok(chunk) = ring.read_chunk(ring.slots()) else { return };
                chunk.into_iter().for_each(take);
            }
            Ring::Brief(thread, ring) => {
                let Ok(chunk) = ring.read_chunk(ring.slots()) else { return };
                chunk.into_iter().for_each(|brief| take(brief.in_full(*thread)));
            }
        }
    }
}

/// Puts a record to its place in the window.
fn put(record: Record, next: u64, window: &mut VecDeque<Option<Record>>) {
    // No record is handed out before all with smaller tickets are here, so this cannot be negative.
    let place = usize::try_from(record.ticket - next).unwrap_or(usize::MAX);
    if place >= window.len() {
        window.resize_with(place + 1, || None);
    }
    window[place] = Some(record);
}
