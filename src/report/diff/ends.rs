//! What two runs came to.

use super::Both;
use super::output::common_lines;
use super::start::SHOWN_CHARS;
use super::walk::Numbers;
use crate::detect::Finding;
use crate::event::{End, Text, ThreadState};
use crate::model::Recording;
use crate::report::without_addresses;
use crate::scenario::RunEnd;
use crate::words::{Words, shortened};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Variables and findings beyond this number are only counted.
const TOLD_MAX: usize = 1000;

/// What two runs came to.
#[derive(Clone, Debug)]
pub struct Ends {
    /// How each ended; `None` where the recording breaks off before.
    pub ends: Both<Option<Came>>,
    /// What was found in one of them only, in words.
    pub findings: Both<Vec<String>>,
    /// The first line of output that is not the same, from 1, and what stands there.
    pub output: Option<(usize, Both<Option<String>>)>,
    /// What threads share and is not the same at the end, by name, as far as there is room; and how much there is.
    pub variables: Vec<Variable>,
    pub variables_total: usize,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub end: End,
    /// An exception ended one of its threads.
    pub failed: bool,
}

impl Came {
    fn of(recording: &Recording) -> Option<Came> {
        let head = recording.history.head();
        let failed = head.threads.iter().any(|thread| thread.state == ThreadState::Failed);
        head.ended.clone().map(|end| Came { end, failed })
    }

    /// In one word.
    #[must_use]
    pub fn run_end(&self) -> RunEnd {
        RunEnd::of_run(&self.end, self.failed)
    }
}

/// A variable (or an attribute, or an element) with the value each run has left there; `None` where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: Arc<str>,
    pub values: Both<Option<String>>,
}

impl Ends {
    pub(super) fn of(both: Both<&Recording>, numbers: &Both<Numbers>, words: &Words) -> Ends {
        let mut variables = variables(both);
        let variables_total = variables.len();
        variables.truncate(TOLD_MAX);
        for value in variables.iter_mut().flat_map(|variable| &mut variable.values).flatten() {
            *value = shortened(value, SHOWN_CHARS).into_owned();
        }
        Ends {
            ends: both.map(Came::of),
            findings: findings(both, numbers, words),
            output: output(both),
            variables,
            variables_total,
        }
    }

    /// True when both came to the same. (The same may be found at different moments, so findings do not count.)
    pub(super) fn are_same(&self) -> bool {
        self.ends[0] == self.ends[1] && self.output.is_none() && self.variables_total == 0
    }
}

/// What was found in one run and not in the other.
fn findings(both: Both<&Recording>, numbers: &Both<Numbers>, words: &Words) -> Both<Vec<String>> {
    let known = [0, 1].map(|side| {
        let findings = both[side].history.all_findings().iter();
        findings.map(|finding| essence(finding, &numbers[side])).collect::<BTreeSet<_>>()
    });
    [0, 1].map(|side| {
        let own = both[side].history.all_findings().iter();
        let own = own.filter(|finding| !known[1 - side].contains(&essence(finding, &numbers[side])));
        own.take(TOLD_MAX).map(|finding| words.finding(finding, both[side].history.head())).collect()
    })
}

/// What a finding is, whatever its threads are called and whenever it was made. Of a warning it does not matter which of
/// the accesses came first, nor which value was lost.
fn essence(finding: &Finding, numbers: &Numbers) -> String {
    let mut threads: Vec<_> = finding.threads.iter().map(|thread| numbers.of_thread(*thread)).collect();
    threads.sort_unstable();
    let mut lines = finding.lines.clone();
    lines.sort_unstable();
    if finding.kind.is_failure() {
        without_addresses(&format!("{:?} {threads:?} {lines:?}", finding.kind))
    } else {
        format!("{} {threads:?} {lines:?}", finding.kind.name())
    }
}

/// Values that are not the same at the end.
fn variables(both: Both<&Recording>) -> Vec<Variable> {
    let mut rows: BTreeMap<Arc<str>, Both<Option<Option<Text>>>> = BTreeMap::new();
    for (side, recording) in both.iter().enumerate() {
        for variable in recording.history.head().variables() {
            rows.entry(variable.name).or_default()[side].get_or_insert(variable.value);
        }
    }
    let shown = |value: Option<Option<Text>>| value.flatten().map(|value| without_addresses(&value.to_string()));
    let rows = rows.into_iter().map(|(name, values)| Variable { name, values: values.map(shown) });
    rows.filter(|variable| variable.values[0] != variable.values[1]).collect()
}

/// The first line that the runs do not print alike.
fn output(both: Both<&Recording>) -> Option<(usize, Both<Option<String>>)> {
    let lines = common_lines(both)?;
    let line = |recording: &Recording| {
        let found = recording.history.output().lines(lines..lines + 1).into_iter().next();
        found.map(|line| shortened(&line.text, SHOWN_CHARS).into_owned())
    };
    Some((lines + 1, both.map(line)))
}
