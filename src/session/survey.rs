//! An exploration on an OS thread of its own.

use super::message_of;
use crate::explore::{Exploration, Explorer, Progress};
use crossbeam_channel::{Receiver, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An exploration that goes on, or has ended. It is cancelled when this is dropped.
#[derive(Debug)]
pub struct Survey<T> {
    progress: Progress,
    found: Receiver<Result<T, String>>,
}

impl<T> Survey<T> {
    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Where the result comes, once. An error is a mistake in this program, never in the one under study.
    #[must_use]
    pub fn found(&self) -> &Receiver<Result<T, String>> {
        &self.found
    }

    /// Asks for an early end: what is known by then is the result.
    pub fn stop(&self) {
        self.progress.cancel();
    }
}

impl<T> Drop for Survey<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Begins to explore; `judge` makes of the exploration what somebody wants to know. A panic in there does not spread: it
/// becomes the result.
#[must_use]
pub fn survey<T: Send + 'static>(
    explorer: Explorer,
    judge: impl FnOnce(&Explorer, Exploration) -> T + Send + 'static,
) -> Survey<T> {
    let (out, found) = bounded(1);
    let complain = out.clone();
    let progress = Progress::default();
    let watched = progress.clone();
    let work = move || {
        let work = AssertUnwindSafe(|| judge(&explorer, explorer.run(&watched)));
        // Nobody may be there to hear it.
        let _ = out.send(catch_unwind(work).map_err(|panic| message_of(panic.as_ref())));
    };
    if let Err(error) = std::thread::Builder::new().name("explorer".into()).spawn(work) {
        let _ = complain.send(Err(error.to_string()));
    }
    Survey { progress, found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Settings, Verdict};
    use crate::kernel::Options;
    use crate::lang::{Parameters, compile};
    use crate::source::Source;
    use std::sync::Arc;

    fn explorer() -> Explorer {
        let source = Arc::new(Source::new("test.py", "print('hello')\n"));
        let program = compile(&source, &Parameters::default()).program.expect("it compiles");
        Explorer::new(program, Options { abstract_time: true, ..Options::default() }, Settings::default())
    }

    #[test]
    fn the_result_comes_once() {
        let survey = survey(explorer(), |_, found| found.verdict);
        assert_eq!(survey.found().recv(), Ok(Ok(Verdict::Proved)));
        assert!(survey.found().recv().is_err());
    }

    #[test]
    fn a_panic_is_a_result() {
        let survey: Survey<()> = survey(explorer(), |_, _| panic!("state {}", 7));
        assert_eq!(survey.found().recv(), Ok(Err("state 7".to_owned())));
    }

    #[test]
    fn whoever_drops_it_has_cancelled_it() {
        let survey = survey(explorer(), |_, _| ());
        let progress = survey.progress().clone();
        drop(survey);
        assert!(progress.is_cancelled());
    }
}
