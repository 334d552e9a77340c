//! Where records become events.

use super::Collector;
use crate::event::{Event, Sink};
use crossbeam_channel::{Receiver, bounded};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// Batches that may lie in the channel before the collecting thread waits for the reader. (The recorded threads never
/// do.)
const BATCHES_MAX: usize = 256;
/// How long threads have to leave after everything was stopped before nobody waits for them any more.
const LEAVING_MAX: Duration = Duration::from_millis(500);

impl Collector {
    /// Tells `sink` what has happened since the last time; whether there was something. It never waits.
    ///
    /// Each operation begins a new step. When all threads are over, or when they all hang, that is told, too.
    pub fn events<S: Sink>(&mut self, sink: &mut S) -> bool {
        // Asked first: whoever leaves has written everything before.
        let all_gone = self.is_deserted();
        let mut records = std::mem::take(&mut self.scratch);
        let something = self.drain(&mut records) > 0;
        for record in records.drain(..) {
            self.story.take(record, sink);
        }
        self.scratch = records;
        if all_gone && self.lost() > 0 {
            self.story.bury(sink);
        }
        self.story.look_around(all_gone, sink);
        something
    }

    /// Everything that happens from now on, in batches that come at most this far apart from what they tell of. A thread
    /// polls for it; the channel is closed when all attached threads are gone, or everything was stopped.
    ///
    /// ```
    /// use lockstep::sync::{Mutex, Probe};
    /// use std::time::Duration;
    ///
    /// let (probe, collector) = Probe::new();
    /// let events = collector.stream(Duration::from_millis(1))?;
    /// probe.run(|| drop(Mutex::new(0).lock()))?;
    /// assert_eq!(events.iter().flatten().count(), 7);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The operating system gives no more threads.
    pub fn stream(mut self, period: Duration) -> io::Result<Receiver<Vec<Event>>> {
        let (sender, receiver) = bounded(BATCHES_MAX);
        let poll = move || {
            let mut leaving = Duration::ZERO;
            loop {
                let over = self.is_deserted();
                let mut batch = Vec::new();
                self.events(&mut batch);
                if !batch.is_empty() && sender.send(batch).is_err() {
                    return;
                }
                if over || leaving > LEAVING_MAX {
                    return;
                }
                if self.hub.is_stopped() {
                    leaving = leaving.saturating_add(period.max(Duration::from_millis(1)));
                }
                thread::sleep(period);
            }
        };
        thread::Builder::new().name("lockstep stream".to_owned()).spawn(poll)?;
        Ok(receiver)
    }

    /// Whether nobody records any more: all threads that were attached are gone. (Before the first one comes, only when
    /// none can come.)
    #[must_use]
    pub fn is_deserted(&self) -> bool {
        let somebody_came = self.hub.has_begun.load(Ordering::Acquire);
        (somebody_came || Arc::strong_count(&self.hub) == 1) && self.hub.nobody_attached()
    }
}
