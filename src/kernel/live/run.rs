//! A running program, as its owner sees it.

use super::crew::Crew;
use super::gil::{Gil, Held};
use super::inside::Inside;
use super::options::LiveOptions;
use super::tape::Tape;
use super::tempo::Tempo;
use super::worker::Shared;
use crate::event::{End, Limit, Schedule, Sink};
use crate::ids::{Nanos, ThreadId};
use crate::kernel::{Options, Output, ThreadFacts};
use crate::lang::Program;
use crate::sync::monitor::Monitor;
use crate::sync::{Collector, Gate, Probe, Record};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Where a run stands, as far as it was [drained](Live::drain).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveStatus {
    Running,
    /// A thread waits for a line: [`Live::give_input`]. Others go on.
    AwaitingInput {
        thread: ThreadId,
        prompt: Arc<str>,
    },
    /// It is over; after a deadlock the OS threads hang until they are [stopped](Live::stop).
    Ended(End),
}

/// What [`Live::stop`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// How many OS threads were still to end, or had ended and not been waited for.
    pub threads: usize,
    pub took: Duration,
}

/// A program that runs on OS threads. When it is dropped everything is stopped and every OS thread has ended.
#[derive(Debug)]
pub struct Live {
    shared: Arc<Shared>,
    collector: Collector,
    records: Vec<Record>,
    tape: Tape,
    /// Lines of input that were given; the last one may be the end of the input.
    lines_given: u64,
    input_ended: bool,
    /// The ticket of the first record that was written after everything was stopped.
    stopped_at: Option<u64>,
    /// A limit outside was reached, and the tape does not say so yet.
    cut_off: Option<Limit>,
}

impl Live {
    /// Starts the main thread.
    ///
    /// # Errors
    /// The system has no room for one more thread.
    pub fn start(program: Arc<Program>, options: Options, live: &LiveOptions) -> io::Result<Live> {
        let LiveOptions { pace, speed, show_gil, paused } = *live;
        let (probe, collector) = Probe::new();
        probe.gate().set_pace(pace);
        if paused {
            probe.gate().close();
        }
        let tempo = Tempo::new(speed);
        let spin_limit = options.spin_limit;
        let mut inside = Inside::new(program, Arc::new(options));
        inside.vm.set_interrupt(probe.stop_flag());
        let shared = Arc::new(Shared {
            probe,
            gil: Gil::new(inside),
            show_gil,
            spin_limit,
            max_steps: AtomicU64::new(u64::MAX),
            tempo,
            crew: Arc::new(Crew::default()),
            inputs: Monitor::new(VecDeque::new()),
            panics: Mutex::default(),
            #[cfg(test)]
            fails: std::sync::atomic::AtomicBool::default(),
        });
        shared.hire(ThreadId::MAIN)?;
        Ok(Live {
            shared,
            collector,
            records: Vec::new(),
            tape: Tape::new(tempo),
            lines_given: 0,
            input_ended: false,
            stopped_at: None,
            cut_off: None,
        })
    }

    // ---- what happens ----

    /// Tells the sink what has happened since the last time, in order; true if there was something. It never waits.
    pub fn drain<S: Sink>(&mut self, sink: &mut S) -> bool {
        let before = self.tape.seq();
        self.collector.drain(&mut self.records);
        // What somebody does who was told to leave is no part of the run.
        let end = self.stopped_at.unwrap_or(u64::MAX);
        for record in self.records.drain(..).filter(|record| record.ticket < end) {
            self.tape.take(record, sink);
        }
        self.tape.look_around(sink);
        if let Some(limit) = self.cut_off.take() {
            self.tape.end(End::Limit(limit), sink);
        }
        if self.tape.ended().is_some_and(|end| *end != End::Deadlock) {
            // Whoever did not end the run himself does not know it yet.
            self.halt();
        }
        self.tape.seq() != before
    }

    /// Waits until something may have happened, at most this long.
    pub fn wait(&mut self, at_most: Duration) {
        // The threads wake nobody: that would cost them more than everything they do. So it is looked now and then, less
        // often when nothing happens.
        let (came, mut look) = (Instant::now(), Duration::from_micros(50));
        while self.shared.probe.backlog() == 0 && self.cut_off.is_none() {
            let left = at_most.saturating_sub(came.elapsed());
            if left.is_zero() {
                return;
            }
            thread::sleep(left.min(look));
            look = (look * 2).min(Duration::from_millis(4));
        }
    }

    /// Whether everything that has happened was drained.
    #[must_use]
    pub fn is_drained(&self) -> bool {
        self.shared.probe.backlog() == 0 && self.cut_off.is_none()
    }

    /// Where the run stands.
    #[must_use]
    pub fn status(&self) -> LiveStatus {
        if let Some(end) = self.tape.ended() {
            return LiveStatus::Ended(end.clone());
        }
        // A line that was given and not read is on its way to whoever waits for it.
        let expects = !self.input_ended && self.tape.lines_read() >= self.lines_given;
        match self.tape.reader().filter(|_| expects) {
            Some((thread, prompt)) => LiveStatus::AwaitingInput { thread, prompt },
            None => LiveStatus::Running,
        }
    }

    // ---- what can be done about it ----

    /// The gate that every operation passes: close it, open it, permit some operations, set the pace.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        self.shared.probe.gate()
    }

    /// Gives the program a line of input, without its end; `None` is the end of the input. It is kept until somebody
    /// reads it.
    pub fn give_input(&mut self, line: Option<Arc<str>>) {
        self.lines_given += 1;
        self.input_ended |= line.is_none();
        self.shared.inputs.change(|lines, queue| {
            lines.push_back(line);
            queue.take(0, usize::MAX).wake();
        });
    }

    /// The run ends before the step after this one, exactly as in the simulator. To be said before anything was drained.
    pub fn limit_steps(&mut self, max_steps: u64) {
        self.tape.limit_steps(max_steps);
        self.shared.max_steps.store(max_steps, Ordering::Relaxed);
    }

    /// Ends the run because a limit outside of it was reached; the next [`Live::drain`] says so.
    pub fn cut_off(&mut self, limit: Limit) {
        if self.tape.ended().is_none() {
            self.cut_off.get_or_insert(limit);
            self.halt();
        }
    }

    /// Stops every OS thread, wherever it waits, and waits until all have ended.
    pub fn stop(&mut self) -> Stopped {
        let came = Instant::now();
        self.halt();
        let threads = self.shared.crew.disband();
        Stopped { threads, took: came.elapsed() }
    }

    fn halt(&mut self) {
        // Read before anybody can know.
        let drawn = self.shared.probe.drawn();
        self.stopped_at.get_or_insert(drawn);
        self.shared.probe.stop();
    }

    // ---- questions ----

    /// What the program has written so far.
    #[must_use]
    pub fn output(&self) -> Output {
        self.held().map_or_else(Output::default, |held| held.output.clone())
    }

    /// The module's variables that are data, each as its `repr`.
    #[must_use]
    pub fn globals(&self) -> Vec<(Arc<str>, String)> {
        self.held().map_or_else(Vec::new, |held| held.vm.globals(&held.program))
    }

    fn held(&self) -> Option<Held<'_, Inside>> {
        // The calling thread is not the run's: nothing stops it.
        self.shared.gil.take().ok()
    }

    /// How many operations were performed.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.tape.steps()
    }

    /// How many of them by another thread than the one before.
    #[must_use]
    pub fn switches(&self) -> u32 {
        self.tape.switches()
    }

    /// The program's clock at the last event.
    #[must_use]
    pub fn now(&self) -> Nanos {
        self.tape.now()
    }

    /// All threads in order.
    #[must_use]
    pub fn threads(&self) -> Vec<ThreadFacts> {
        self.tape.threads()
    }

    /// What has happened, as a schedule for the simulator.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.tape.schedule()
    }

    /// How many events were dropped: none, unless something is wrong here. The threads wait for a reader who is behind.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.collector.lost()
    }

    /// What OS threads panicked with: mistakes of ours, which end a run but never spread.
    #[must_use]
    pub fn panics(&self) -> Vec<Arc<str>> {
        self.shared.panics.lock().clone()
    }
}

#[cfg(test)]
impl Live {
    /// How much was not drained yet.
    pub(super) fn backlog(&self) -> u64 {
        self.shared.probe.backlog()
    }

    /// Whoever performs the next operation panics.
    pub(super) fn fail_at_next_operation(&self) {
        self.shared.fails.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop();
    }
}
