//! A program run on real threads again and again, on an OS thread of its own, with nobody who watches the single run.

use super::{LiveOptions, Start, message_of};
use crate::event::{End, Event, Limit, Schedule, Sink, ThreadState};
use crate::kernel::Options;
use crate::kernel::live::{Live, LiveStatus};
use crossbeam_channel::{Receiver, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often somebody may say that it is enough.
const LOOK: Duration = Duration::from_millis(20);
/// Steps of one run, and how long it may take: it is soon over in a program that never ends.
const STEPS: u64 = 100_000;
const SECONDS: u64 = 10;
/// Runs that may wait to be heard of before the next one waits.
const WAITING: usize = 64;

/// One of the runs.
#[derive(Clone, Debug)]
pub struct Trial {
    pub end: End,
    /// An exception has ended a thread.
    pub failed: bool,
    /// The variables that are data, each as its `repr`.
    pub globals: Vec<(Arc<str>, String)>,
    /// With this the simulator makes the same steps.
    pub schedule: Schedule,
}

/// Runs that are being made. They end when this is dropped.
#[derive(Debug)]
pub struct Repeats<T> {
    enough: Arc<AtomicBool>,
    made: Receiver<Result<T, String>>,
}

impl<T> Repeats<T> {
    /// Where the runs come, one by one; it is closed after the last. An error is the last, too: a mistake in this program,
    /// or a system that gives no more threads.
    #[must_use]
    pub fn made(&self) -> &Receiver<Result<T, String>> {
        &self.made
    }
}

impl<T> Drop for Repeats<T> {
    fn drop(&mut self) {
        self.enough.store(true, Ordering::Relaxed);
    }
}

/// Begins to run a program on real threads, so many times; `judge` makes of each run what somebody wants to know.
#[must_use]
pub fn repeat<T: Send + 'static>(start: Start, runs: u32, judge: impl Fn(Trial) -> T + Send + 'static) -> Repeats<T> {
    let (out, made) = bounded(WAITING);
    let complain = out.clone();
    let enough = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&enough);
    let work = move || {
        for number in 0..runs {
            let work = AssertUnwindSafe(|| trial(&start, number, &heard).map(|trial| trial.map(&judge)));
            let made = catch_unwind(work).unwrap_or_else(|panic| Err(message_of(panic.as_ref())));
            let is_last = made.is_err();
            let Some(made) = made.transpose() else { return };
            if out.send(made).is_err() || is_last {
                return;
            }
        }
    };
    if let Err(error) = std::thread::Builder::new().name("repeats".into()).spawn(work) {
        let _ = complain.send(Err(error.to_string()));
    }
    Repeats { enough, made }
}

/// Makes one run; `None` when somebody has had enough meanwhile.
fn trial(start: &Start, number: u32, enough: &AtomicBool) -> Result<Option<Trial>, String> {
    let options = Options { seed: start.seed.wrapping_add(number.into()), ..start.options.clone() };
    let live = Live::start(Arc::clone(&start.program), options, &LiveOptions::default());
    let mut live = live.map_err(|error| error.to_string())?;
    live.limit_steps(STEPS);
    let mut lines = start.inputs.iter().cloned();
    let end = Instant::now() + Duration::from_secs(SECONDS);
    loop {
        if enough.load(Ordering::Relaxed) {
            live.stop();
            return Ok(None);
        }
        let news = live.drain(&mut Deaf);
        match live.status() {
            LiveStatus::Ended(_) => break,
            LiveStatus::AwaitingInput { .. } => live.give_input(lines.next()),
            LiveStatus::Running => {}
        }
        if Instant::now() >= end {
            live.cut_off(Limit::Time(SECONDS));
            break;
        }
        if !news {
            live.wait(LOOK);
        }
    }
    live.stop();
    while live.drain(&mut Deaf) {}
    if let Some(panic) = live.panics().first() {
        return Err(panic.to_string());
    }
    let end = match live.status() {
        LiveStatus::Ended(end) => end,
        LiveStatus::AwaitingInput { .. } | LiveStatus::Running => End::Limit(Limit::Time(SECONDS)),
    };
    let failed = live.threads().iter().any(|thread| thread.state == ThreadState::Failed);
    Ok(Some(Trial { end, failed, globals: live.globals(), schedule: live.schedule() }))
}

/// Nobody wants to know the single events.
struct Deaf;

impl Sink for Deaf {
    const ENABLED: bool = true;

    fn emit(&mut self, _: Event) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Parameters, compile};
    use crate::source::Source;

    fn start(text: &str) -> Start {
        let source = Arc::new(Source::new("test.py", text));
        Start::new(compile(&source, &Parameters::default()).program.expect("it compiles"))
    }

    #[test]
    fn so_many_runs_are_made() {
        let mut start = start("n = 0\nline = input()\n");
        start.inputs = vec!["hello".into()];
        let repeats = repeat(start, 3, |trial| (trial.end, trial.failed, trial.globals));
        let made: Vec<_> = repeats.made().iter().collect();
        let globals = vec![("n".into(), "0".to_owned()), ("line".into(), "'hello'".to_owned())];
        assert_eq!(made, vec![Ok((End::Finished, false, globals)); 3]);
    }

    #[test]
    fn whoever_has_had_enough_gets_no_more() {
        let repeats = repeat(start("while True: print('again')\n"), u32::MAX, |trial| trial.end);
        let made = repeats.made().clone();
        drop(repeats);
        // What was made by then may still be there.
        assert!(made.iter().count() <= WAITING + 1);
    }
}
