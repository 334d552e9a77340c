//! What a run came to, and how often runs came to the same.

use crate::scenario::RunEnd;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many different outcomes are kept; runs with yet others are only counted.
pub const OUTCOMES_KEPT: usize = 10_000;

/// How a run ended, and what the module's variables held then. Two runs with the same outcome may have gone very
/// different ways.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    pub end: RunEnd,
    /// The variables that are data, each as its `repr`, without addresses.
    pub globals: Vec<(Arc<str>, String)>,
}

impl Outcome {
    #[must_use]
    pub fn new(end: RunEnd, globals: Vec<(Arc<str>, String)>) -> Outcome {
        let globals = globals.into_iter().map(|(name, value)| (name, without_addresses(&value)));
        Outcome { end, globals: globals.collect() }
    }
}

/// The text with every address in it replaced, as in `<C object at 0x7f…>`: where an object lies is no outcome.
#[must_use]
pub fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + " at 0x…" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

/// Many runs of a program, counted by outcome.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    outcomes: BTreeMap<Outcome, u64>,
    /// Those of them that were a deadlock: threads waited for each other in a circle.
    circles: BTreeSet<Outcome>,
    /// Those at whose end nobody could go on, after an exception had ended some thread.
    crashed: BTreeSet<Outcome>,
    /// Runs with an outcome that was not kept any more.
    others: BTreeMap<RunEnd, u64>,
}

impl Tally {
    /// Counts a run.
    pub fn add(&mut self, outcome: Outcome) {
        if let Some(count) = self.outcomes.get_mut(&outcome) {
            *count += 1;
        } else if self.outcomes.len() < OUTCOMES_KEPT {
            self.outcomes.insert(outcome, 1);
        } else {
            *self.others.entry(outcome.end).or_default() += 1;
        }
    }

    /// Counts a run at whose end threads waited for each other in a circle.
    pub fn add_circle(&mut self, outcome: Outcome) {
        self.add(outcome.clone());
        if self.outcomes.contains_key(&outcome) {
            self.circles.insert(outcome);
        }
    }

    /// An exception had ended a thread in a counted run at whose end nobody could go on.
    pub fn note_crash(&mut self, outcome: Outcome) {
        if self.outcomes.contains_key(&outcome) {
            self.crashed.insert(outcome);
        }
    }

    /// Whether an exception had ended a thread in a run with this outcome, at whose end nobody could go on.
    #[must_use]
    pub fn has_crash(&self, outcome: &Outcome) -> bool {
        self.crashed.contains(outcome)
    }

    /// Whether threads waited for each other in a circle at the end of a run with this outcome.
    #[must_use]
    pub fn is_circle(&self, outcome: &Outcome) -> bool {
        self.circles.contains(outcome)
    }

    /// Whether they did in any run.
    #[must_use]
    pub fn has_circle(&self) -> bool {
        !self.circles.is_empty()
    }

    /// How many runs were counted.
    #[must_use]
    pub fn runs(&self) -> u64 {
        RunEnd::ALL.iter().map(|end| self.ended(*end)).sum()
    }

    /// How many of them ended so.
    #[must_use]
    pub fn ended(&self, end: RunEnd) -> u64 {
        let kept = self.outcomes.iter().filter(|(outcome, _)| outcome.end == end);
        kept.map(|(_, count)| count).sum::<u64>() + self.others(end)
    }

    /// How many of them ended so with an outcome that was not kept.
    #[must_use]
    pub fn others(&self, end: RunEnd) -> u64 {
        self.others.get(&end).copied().unwrap_or(0)
    }

    /// How often this outcome occurred.
    #[must_use]
    pub fn count(&self, outcome: &Outcome) -> u64 {
        self.outcomes.get(outcome).copied().unwrap_or(0)
    }

    /// Every outcome that was kept.
    pub fn outcomes(&self) -> impl Iterator<Item = (&Outcome, u64)> {
        self.outcomes.iter().map(|(outcome, count)| (outcome, *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(end: RunEnd, value: &impl ToString) -> Outcome {
        Outcome::new(end, vec![("n".into(), value.to_string())])
    }

    #[test]
    fn where_an_object_lies_is_no_outcome() {
        let shown = |text| without_addresses(text);
        assert_eq!(shown("[<C object at 0x7f03>, <D object at 0xA>]"), "[<C object at 0x…>, <D object at 0x…>]");
        assert_eq!(shown("'at 0x12'"), "'at 0x12'");
        assert_eq!(outcome(RunEnd::Crash, &"<C at 0x1>"), outcome(RunEnd::Crash, &"<C at 0x2>"));
    }

    #[test]
    fn memory_is_bounded_and_every_run_is_counted() {
        let mut tally = Tally::default();
        let runs = OUTCOMES_KEPT as u64 + 500;
        for n in 0..runs {
            tally.add(outcome(if n % 2 == 0 { RunEnd::Finished } else { RunEnd::Crash }, &n));
        }
        tally.add(outcome(RunEnd::Finished, &0));
        assert_eq!(tally.outcomes().count(), OUTCOMES_KEPT);
        assert_eq!(tally.count(&outcome(RunEnd::Finished, &0)), 2);
        assert_eq!((tally.others(RunEnd::Finished), tally.others(RunEnd::Crash)), (250, 250));
        assert_eq!((tally.runs(), tally.ended(RunEnd::Crash)), (runs + 1, runs / 2));
    }
}
