//! Who is left at an end at which nobody can go on.
//!
//! JSON says `deadlock` of all such ends. For people there are two words, as for bugs: a deadlock is a circle of threads
//! that wait for each other; whoever waits for what nobody will ever do is stuck.

use crate::detect::{Detectors, Facts, Finding, FindingKind};
use crate::event::{Event, Sink};
use crate::explore::{Ending, Explorer, Outcome, Row};
use crate::ids::ThreadId;
use crate::report::cells::end_key;
use crate::scenario::RunEnd;
use crate::words::Words;
use std::collections::BTreeSet;

/// So many threads are named in a cell; of more only the number is told.
const NAMED: usize = 4;

/// The threads that all the others wait for in the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hang {
    /// Those that wait for each other in a circle.
    pub circle: Vec<ThreadId>,
    /// Those that wait for what nobody will do.
    pub stuck: Vec<ThreadId>,
}

impl Hang {
    /// Of the end to which the row's witness leads; `None` when threads are not left waiting there.
    #[must_use]
    pub fn of(explorer: &Explorer, row: &Row) -> Option<Hang> {
        if row.outcome.ending != Ending::Deadlock {
            return None;
        }
        let mut listener = Listener::default();
        explorer.replay(&row.witness.schedule, &mut listener);
        let facts = listener.detectors.facts();
        let circle = circle(&listener.findings, facts);
        let stuck = stuck(facts).difference(&circle).copied().collect();
        Some(Hang { circle: circle.into_iter().collect(), stuck })
    }

    /// True when there is a circle.
    #[must_use]
    pub fn is_circle(&self) -> bool {
        !self.circle.is_empty()
    }
}

/// Listens to a witness for what the detectors hear.
#[derive(Default)]
struct Listener {
    detectors: Detectors,
    findings: Vec<Finding>,
}

impl Sink for Listener {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.detectors.fold(&event, &mut self.findings);
    }
}

/// The threads of every circle that still stands: a wait with a time-out may have left one.
fn circle(findings: &[Finding], facts: &Facts) -> BTreeSet<ThreadId> {
    let stands = |finding: &&Finding| {
        let waits = |thread: &ThreadId| facts.wait(*thread).is_some();
        finding.kind == FindingKind::Deadlock && finding.threads.iter().all(waits)
    };
    findings.iter().filter(stands).flat_map(|finding| finding.threads.iter().copied()).collect()
}

/// Whom the threads that keep the program alive wait for in the end, where that is no circle.
fn stuck(facts: &Facts) -> BTreeSet<ThreadId> {
    let mut seen = BTreeSet::new();
    let mut stuck = BTreeSet::new();
    for thread in facts.threads().iter().filter(|thread| thread.state.is_alive() && !thread.daemon) {
        let mut at = thread.id;
        // Where somebody has been looked at already, so has everybody behind.
        while seen.insert(at) {
            let Some(link) = facts.wait(at) else { break };
            let alive = |holder: &ThreadId| facts.thread(*holder).is_some_and(|facts| facts.state.is_alive());
            match link.held_by.filter(alive) {
                Some(holder) => at = holder,
                None => _ = stuck.insert(at),
            }
        }
    }
    stuck
}

/// How it ended and whom that befell: `finished`, `crash A`, `stuck A B, crash C`.
#[must_use]
pub fn ended(outcome: &Outcome, hang: Option<&Hang>, words: &Words) -> String {
    let part = |key: &str, threads: &[ThreadId]| {
        let mut parts = vec![words.t(key)];
        parts.extend(threads.iter().take(NAMED).map(|thread| thread.letter()));
        parts.extend(threads.len().checked_sub(NAMED + 1).map(|more| format!("+{}", more + 1)));
        parts.join(" ")
    };
    let end = super::end(outcome);
    if end != RunEnd::Deadlock {
        return part(end_key(end, false), &outcome.failed);
    }
    let none = Hang::default();
    let Hang { circle, stuck } = hang.unwrap_or(&none);
    let parts = [
        (!circle.is_empty()).then(|| part(end_key(end, true), circle)),
        (circle.is_empty() || !stuck.is_empty()).then(|| part(end_key(end, false), stuck)),
        (!outcome.failed.is_empty()).then(|| part(end_key(RunEnd::Crash, false), &outcome.failed)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&words.t("list-clause"))
}
