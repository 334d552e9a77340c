//! Limits that say something about the program, and what is not modelled: both end a run and are never silent.
//!
//! A run that was cut off after a number of steps or of seconds proves nothing about the program: no finding.

use super::{Detector, Facts, Finding, FindingKind};
use crate::event::{End, Event, EventKind, Limit};

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits;

impl Detector for Limits {
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        let EventKind::Ended(end) = &event.kind else { return };
        let known = facts.thread(event.thread).map_or(0, |thread| thread.line);
        let standing = if event.line == 0 { known } else { event.line };
        let (kind, line) = match end {
            End::Limit(limit @ (Limit::Spin(_) | Limit::Memory(_))) => (FindingKind::Limit(*limit), standing),
            End::Unmodelled { what, line } => (FindingKind::Unmodelled { what: what.clone() }, *line),
            End::Limit(Limit::Steps(_) | Limit::Time(_)) | End::Finished | End::Deadlock => return,
        };
        found.push(Finding {
            kind,
            threads: vec![event.thread],
            objects: Vec::new(),
            lines: vec![line],
            seq: event.seq,
            step: event.step,
            evidence: Vec::new(),
            proof: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::FindingKind;
    use super::super::tape::Tape;
    use crate::event::{End, Limit};

    #[test]
    fn spinning_is_found_and_a_budget_that_ran_out_is_not() {
        let mut spinning = Tape::with_threads(0);
        spinning.ends(End::Limit(Limit::Spin(1000)));
        assert_eq!(spinning.findings()[0].kind, FindingKind::Limit(Limit::Spin(1000)));
        let mut cut_off = Tape::with_threads(0);
        cut_off.ends(End::Limit(Limit::Steps(1000)));
        assert!(cut_off.findings().is_empty());
    }

    #[test]
    fn what_is_not_modelled_is_found_with_its_line() {
        let mut tape = Tape::with_threads(0);
        tape.ends(End::Unmodelled { what: "subprocess.run".into(), line: 4 });
        let found = tape.findings();
        assert_eq!(found[0].kind, FindingKind::Unmodelled { what: "subprocess.run".into() });
        assert_eq!(found[0].lines, [4]);
        let mut finished = Tape::with_threads(0);
        finished.ends(End::Finished);
        assert!(finished.findings().is_empty());
    }
}
