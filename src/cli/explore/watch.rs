//! The search on a thread of its own, beside somebody who looks at the clock, for Ctrl-C, and says how far it is.

use super::Stop;
use crate::cli::exit::Failure;
use crate::cli::watch::Guard;
use crate::explore::{Exploration, Explorer, Phase, Progress};
use crate::said::Said;
use crate::words::{Words, grouped};
use crossbeam_channel::{RecvTimeoutError, bounded};
use std::io::{self, IsTerminal, Write};
use std::thread;
use std::time::{Duration, Instant};

/// How often the person is told how far it is.
const PROGRESS: Duration = Duration::from_millis(100);
/// How often somebody looks for Ctrl-C. Short explorations do not wait for it: their end is heard at once.
const LOOK: Duration = Duration::from_millis(20);

/// Explores until it is done, the time is over, or somebody presses Ctrl-C.
pub(super) fn search(explorer: &Explorer, guard: &mut Guard, ticker: &mut Ticker<'_>) -> Result<Exploration, Failure> {
    let progress = Progress::default();
    let (done, is_done) = bounded(1);
    let made = thread::scope(|scope| {
        let searching = progress.clone();
        let worker = thread::Builder::new().name("explore".into()).spawn_scoped(scope, move || {
            let exploration = explorer.run(&searching);
            // The other end waits for it.
            let _ = done.send(());
            exploration
        });
        let worker = worker.map_err(|error| Failure::files(Said::new("file-thread").with("reason", &error)))?;
        while is_done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            if guard.look().is_some() {
                progress.cancel();
            }
            ticker.searching(&progress);
        }
        worker.join().map_err(|_| Failure::files(Said::new("file-panic").with("text", "the search panicked")))
    });
    ticker.clear();
    let mut exploration = made?;
    // The search was told to stop, and does not know by whom.
    if exploration.stop == Some(Stop::Cancelled) && !guard.interrupted() {
        exploration.stop = Some(Stop::Time);
    }
    Ok(exploration)
}

/// A line on standard error that says how far it is, when a person is there to read it.
pub(super) struct Ticker<'a> {
    words: &'a Words,
    target: &'a str,
    begin: Instant,
    /// When the line was written last; `None` when nobody is there.
    last: Option<Instant>,
    written: bool,
}

impl<'a> Ticker<'a> {
    pub(super) fn new(words: &'a Words, target: &'a str) -> Ticker<'a> {
        let begin = Instant::now();
        Ticker { words, target, begin, last: io::stderr().is_terminal().then_some(begin), written: false }
    }

    fn searching(&mut self, progress: &Progress) {
        let (words, target) = (self.words, self.target);
        let took = self.begin.elapsed();
        self.show(|| {
            let states = progress.states();
            let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
            let key = match progress.phase() {
                Phase::Searching => "explore-progress-searching",
                Phase::Shortening => "explore-progress-shortening",
                Phase::Judging => "explore-progress-judging",
            };
            words.with(
                key,
                &[
                    ("target", target.into()),
                    ("states", grouped(states).into()),
                    ("open", grouped(progress.open()).into()),
                    ("rate", grouped(states.saturating_mul(1000) / millis).into()),
                    ("time", words.with("time-seconds", &[("n", format!("{:.1}", took.as_secs_f64()).into())]).into()),
                    ("memory", grouped(progress.bytes() >> 20).into()),
                ],
            )
        });
    }

    /// So many of the runs on real threads are made.
    pub(super) fn running(&mut self, made: u32, wanted: u32) {
        let (words, target) = (self.words, self.target);
        self.show(|| {
            let counted = [("made", grouped(made.into()).into()), ("wanted", grouped(wanted.into()).into())];
            words.with("explore-progress-live", &[&[("target", target.into())], &counted[..]].concat())
        });
    }

    fn show(&mut self, line: impl FnOnce() -> String) {
        if self.last.is_none_or(|last| last.elapsed() < PROGRESS) {
            return;
        }
        self.last = Some(Instant::now());
        self.written = true;
        // Nothing is lost when it cannot be written.
        let _ = write!(io::stderr(), "\r\x1b[K{}", line());
    }

    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.written) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
