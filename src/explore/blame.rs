//! What went wrong at the end of a run, and whose fault that is not.
//!
//! What the detectors found along the way need not stand any more at its end, and of threads that wait, those are to be
//! named whom everybody else waits for. A thread that has stopped for ever is followed along what it waits for:
//!
//! | it comes to | so it |
//! |---|---|
//! | itself, or another circle | is deadlocked, or waits for those who are |
//! | something that nobody holds, or only a thread that is over | is stuck |
//! | a lock of a thread that goes on for ever | is stuck: that thread never gives it back |
//! | the end of a thread that goes on for ever | does nothing wrong: it waits for a service |

use super::bug::BugKind;
use super::outcome::Ending;
use super::witness::Story;
use crate::detect::{Finding, FindingKind, Link, Want};
use crate::ids::ThreadId;
use std::collections::BTreeSet;

/// Something that went wrong.
#[derive(Clone, Debug)]
pub(super) struct Blame {
    pub(super) kind: BugKind,
    pub(super) finding: Finding,
}

/// What makes two bugs the same: which of several identical threads it was does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    kind: BugKind,
    lines: BTreeSet<u32>,
    exception: Option<String>,
}

impl Place {
    pub(super) fn kind(&self) -> BugKind {
        self.kind
    }

    /// A livelock is a property of the whole space: there is one place.
    pub(super) fn of_livelock() -> Place {
        Place { kind: BugKind::Livelock, lines: BTreeSet::new(), exception: None }
    }
}

impl Blame {
    pub(super) fn place(&self) -> Place {
        let exception = match &self.finding.kind {
            FindingKind::Crash { exception } => Some(type_of(exception).to_owned()),
            _ => None,
        };
        Place { kind: self.kind, lines: self.finding.lines.iter().copied().collect(), exception }
    }
}

/// The type of an exception, of which a traceback's last line is given.
fn type_of(exception: &str) -> &str {
    exception.split(':').next().unwrap_or_default().trim()
}

/// The threads that died, in the order in which they did.
pub(super) fn crashes(findings: &[Finding]) -> impl Iterator<Item = Blame> {
    let crashes = findings.iter().filter(|finding| matches!(finding.kind, FindingKind::Crash { .. }));
    crashes.filter_map(|finding| known(finding, &BTreeSet::new()))
}

/// Everything that went wrong in a story, at whose end those threads have stopped for ever.
pub(super) fn blame(story: &Story, stopped: &BTreeSet<ThreadId>) -> Vec<Blame> {
    let mut all: Vec<Blame> = story.findings.iter().filter_map(|finding| known(finding, stopped)).collect();
    let waits = all.iter().filter(|blame| !blame.finding.evidence.is_empty());
    let named: BTreeSet<ThreadId> = waits.flat_map(|blame| blame.finding.threads.clone()).collect();
    let essential = story.essential().filter(|thread| stopped.contains(thread));
    let mut links: Vec<Link> = essential.filter_map(|thread| stuck(story, thread, stopped)).collect();
    links.retain(|link| !named.contains(&link.thread));
    links.sort_by_key(|link| link.thread);
    links.dedup_by_key(|link| link.thread);
    if !links.is_empty() {
        all.push(of_waits(story, links));
    }
    all
}

/// What is to blame for an end.
pub(super) fn blame_at_end(story: &Story, ending: &Ending) -> Vec<Blame> {
    let stopped = match ending {
        Ending::Deadlock => story.alive().collect(),
        Ending::Finished | Ending::CutOff(_) => BTreeSet::new(),
    };
    let mut blames = blame(story, &stopped);
    if blames.is_empty() && *ending == Ending::Deadlock {
        let links = story.essential().filter_map(|thread| story.facts.wait(thread)).collect();
        blames.push(of_waits(story, links));
    }
    blames
}

/// That threads wait, for whatever it is.
fn of_waits(story: &Story, links: Vec<Link>) -> Blame {
    let at = (story.world.seq(), story.world.step());
    Blame { kind: BugKind::Stuck, finding: Finding::of_waits(FindingKind::Stuck, at, links) }
}

/// What a detector found, when it is a bug and still stands.
fn known(finding: &Finding, stopped: &BTreeSet<ThreadId>) -> Option<Blame> {
    let stands = || finding.threads.iter().all(|thread| stopped.contains(thread));
    let kind = match &finding.kind {
        FindingKind::Deadlock if stands() => BugKind::Deadlock,
        FindingKind::Stuck if stands() => BugKind::Stuck,
        FindingKind::Crash { exception } if type_of(exception) == "AssertionError" => BugKind::Assertion,
        FindingKind::Crash { .. } => BugKind::Crash,
        // What cuts a run off, and warnings, are no bugs.
        _ => return None,
    };
    Some(Blame { kind, finding: finding.clone() })
}

/// Whom a thread that has stopped waits for in the end, when that one is stuck.
fn stuck(story: &Story, thread: ThreadId, stopped: &BTreeSet<ThreadId>) -> Option<Link> {
    let mut link = story.facts.wait(thread)?;
    for _ in 0..stopped.len() {
        let Some(holder) = link.held_by else { return Some(link) };
        if !stopped.contains(&holder) {
            let serves = matches!(link.wants, Want::End(_)) && story.alive().any(|other| other == holder);
            return (!serves).then_some(link);
        }
        link = story.facts.wait(holder)?;
    }
    // Round and round: the circle is a deadlock, and was found as one.
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_an_exception_is_what_stands_before_its_message() {
        assert_eq!(type_of("AssertionError"), "AssertionError");
        assert_eq!(type_of("ValueError: a: b"), "ValueError");
        assert_eq!(type_of(""), "");
    }
}
