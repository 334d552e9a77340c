//! Crash: an exception that nobody caught ended a thread. The line is the one on which it was raised.

use super::{Detector, Facts, Finding, FindingKind};
use crate::event::{Event, EventKind, ThreadState};
use crate::ids::ThreadId;
use std::sync::Arc;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Crashes {
    /// Tracebacks that were printed by threads that have not ended yet, with the line of the exception.
    pending: Vec<(ThreadId, Arc<str>, u32)>,
}

impl Detector for Crashes {
    fn fold(&mut self, event: &Event, _: &Facts, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::Traceback(text) => {
                self.pending.retain(|(thread, ..)| *thread != event.thread);
                self.pending.push((event.thread, last_line(text).into(), event.line));
            }
            EventKind::State(ThreadState::Failed) => {
                let place = self.pending.iter().position(|(thread, ..)| *thread == event.thread);
                let traceback = place.map(|place| self.pending.swap_remove(place));
                let (_, exception, line) = traceback.unwrap_or_else(|| (event.thread, "".into(), event.line));
                found.push(Finding {
                    kind: FindingKind::Crash { exception },
                    threads: vec![event.thread],
                    objects: Vec::new(),
                    lines: vec![line],
                    seq: event.seq,
                    step: event.step,
                    evidence: Vec::new(),
                    proof: Vec::new(),
                });
            }
            _ => {}
        }
    }
}

/// What a traceback ends with: the type and the message of the exception.
fn last_line(traceback: &str) -> &str {
    traceback.trim_end().lines().last().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::FindingKind;
    use super::super::tape::Tape;
    use crate::event::{EventKind, ThreadState};
    use crate::ids::ThreadId;

    #[test]
    fn an_uncaught_exception_is_found_with_its_message() {
        let mut tape = Tape::with_threads(1);
        let traceback = "Exception in thread Thread-1 (work):\nTraceback (most recent call last):\nValueError: no\n";
        tape.push(ThreadId(1), 6, EventKind::Traceback(traceback.into()));
        tape.state(ThreadId(1), ThreadState::Failed, 0);
        let found = tape.findings();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::Crash { exception: "ValueError: no".into() });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[ThreadId(1)][..], &[6][..]));
    }

    #[test]
    fn a_thread_that_finishes_is_no_crash() {
        let mut tape = Tape::with_threads(1);
        tape.state(ThreadId(1), ThreadState::Finished, 6);
        assert!(tape.findings().is_empty());
    }
}
