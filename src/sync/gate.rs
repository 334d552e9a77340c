//! The gate that every operation of a recorded thread passes: closed, nobody goes on; with a pace, everybody goes on
//! slowly enough to be watched.

use super::Stopped;
use parking_lot::{Condvar, Mutex};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// See the module. It is open, and without a pace, at first.
#[derive(Debug, Default)]
pub struct Gate {
    /// True when whoever comes by has to look closer: it is closed, or there is a pace, or everything was stopped.
    slow: AtomicBool,
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    closed: bool,
    /// How many may pass although it is closed.
    permits: u64,
    pace: Duration,
    stopped: bool,
    /// How many stand before it because it is closed.
    standing: usize,
}

impl Gate {
    /// Lets everybody pass.
    pub fn open(&self) {
        self.change(|inner| {
            inner.closed = false;
            inner.permits = 0;
        });
    }

    /// Lets nobody pass any more.
    pub fn close(&self) {
        self.change(|inner| {
            inner.closed = true;
            inner.permits = 0;
        });
    }

    /// Closes it, but for this many operations, whoever's they are.
    pub fn permit(&self, count: u64) {
        self.change(|inner| {
            inner.closed = true;
            inner.permits = inner.permits.saturating_add(count);
        });
    }

    /// From now on every operation takes at least this long.
    pub fn set_pace(&self, pace: Duration) {
        self.change(|inner| inner.pace = pace);
    }

    /// Whether it is closed to whoever comes now.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let inner = self.inner.lock();
        inner.closed && inner.permits == 0
    }

    /// How many threads stand before it because it is closed.
    #[must_use]
    pub fn standing(&self) -> usize {
        self.inner.lock().standing
    }

    /// Whether [`Gate::pass`] may take its time: who holds something that others need puts it down before.
    pub(crate) fn is_slow(&self) -> bool {
        self.slow.load(Ordering::Relaxed)
    }

    /// Waits until the calling thread may go on with an operation.
    ///
    /// # Errors
    /// Everything was stopped: there is no going on.
    pub fn pass(&self) -> Result<(), Stopped> {
        if self.is_clear() { Ok(()) } else { self.pass_slowly() }
    }

    /// Whether everybody passes without looking closer.
    #[inline]
    pub(super) fn is_clear(&self) -> bool {
        !self.slow.load(Ordering::Relaxed)
    }

    /// Nobody passes ever again; who stands before the gate leaves.
    pub(super) fn stop(&self) {
        self.change(|inner| inner.stopped = true);
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        let mut inner = self.inner.lock();
        change(&mut inner);
        self.slow.store(inner.closed || inner.stopped || !inner.pace.is_zero(), Ordering::Relaxed);
        self.changed.notify_all();
    }

    fn pass_slowly(&self) -> Result<(), Stopped> {
        let came = Instant::now();
        let mut inner = self.inner.lock();
        loop {
            if inner.stopped {
                return Err(Stopped);
            }
            if inner.closed && inner.permits == 0 {
                inner.standing += 1;
                self.changed.wait(&mut inner);
                inner.standing -= 1;
                continue;
            }
            // A pace too long to be reached is as good as closed.
            match came.checked_add(inner.pace) {
                Some(end) if Instant::now() >= end => break,
                Some(end) => drop(self.changed.wait_until(&mut inner, end)),
                None => self.changed.wait(&mut inner),
            }
        }
        if inner.closed {
            inner.permits -= 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::unbounded;
    use std::thread;

    #[test]
    fn an_open_gate_lets_pass_and_a_closed_one_counts_its_permits() {
        let gate = Gate::default();
        assert_eq!(gate.pass(), Ok(()));
        gate.permit(2);
        assert_eq!((gate.pass(), gate.pass(), gate.is_closed()), (Ok(()), Ok(()), true));
        gate.open();
        assert_eq!((gate.pass(), gate.is_closed()), (Ok(()), false));
    }

    #[test]
    fn who_stands_before_a_closed_gate_goes_on_when_it_opens_and_leaves_when_all_is_stopped() {
        let gate = Gate::default();
        gate.close();
        thread::scope(|scope| {
            let (out, passed) = unbounded();
            let gate = &gate;
            let waiting = scope.spawn(move || out.send(gate.pass()));
            while gate.standing() == 0 {
                thread::yield_now();
            }
            assert!(passed.try_recv().is_err());
            gate.open();
            assert_eq!(passed.recv(), Ok(Ok(())));
            assert!(waiting.join().is_ok());
            gate.close();
            let waiting = scope.spawn(|| gate.pass());
            while gate.standing() == 0 {
                thread::yield_now();
            }
            gate.stop();
            assert_eq!(waiting.join().ok(), Some(Err(Stopped)));
        });
        gate.open();
        assert_eq!(gate.pass(), Err(Stopped));
    }

    #[test]
    fn a_pace_is_kept_and_ends_when_it_is_taken_back() {
        let gate = Gate::default();
        gate.set_pace(Duration::from_millis(2));
        let came = Instant::now();
        assert_eq!(gate.pass(), Ok(()));
        assert!(came.elapsed() >= Duration::from_millis(2));
        gate.set_pace(Duration::MAX);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.pass());
            gate.set_pace(Duration::ZERO);
            assert_eq!(waiting.join().ok(), Some(Ok(())));
        });
    }
}
