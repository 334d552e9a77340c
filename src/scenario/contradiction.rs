//! What a variant promises must be possible: verdict, ends and outcomes are about the same runs.

use super::manifest::{Expected, RunEnd, SEEDS, Verdict};
use crate::explore::BugKind;
use crate::said::Said;

impl Expected {
    /// What is stated to go wrong; empty when nothing does.
    #[must_use]
    pub fn bugs(&self) -> &[BugKind] {
        match &self.verdict {
            Verdict::Proved => &[],
            Verdict::Bug(kinds) => kinds,
        }
    }

    /// A run that ends so goes against nothing that the verdict says. One that was cut off says nothing.
    #[must_use]
    pub fn allows(&self, end: RunEnd) -> bool {
        end == RunEnd::Limit || allows(self.bugs(), end)
    }
}

/// What the parts of a promise say against each other; `None` when they can all be true.
pub(super) fn contradiction(expected: &Expected) -> Option<Said> {
    let kinds = expected.bugs();
    against_ends(expected, kinds).or_else(|| against_outcomes(expected, kinds))
}

/// With seeds time counts and steps are limited: not every run comes to its end.
fn against_ends(expected: &Expected, kinds: &[BugKind]) -> Option<Said> {
    let ends = expected.ends.as_ref()?;
    let outcomes = expected.outcomes.as_ref();
    let with_seeds = || SEEDS.filter_map(|seed| Some((seed, ends.with_seed(seed)?)));
    let unknown = with_seeds().find(|(_, end)| !allows(kinds, *end) && *end != RunEnd::Limit);
    if let Some((seed, end)) = unknown {
        return Some(seeded("flaw-seed-verdict", seed, end));
    }
    let missing = with_seeds().find(|(_, end)| *end != RunEnd::Limit && outcomes.is_some_and(|all| !all.has(*end)));
    missing.map(|(seed, end)| seeded("flaw-seed-outcome", seed, end))
}

fn seeded(key: &'static str, seed: u64, end: RunEnd) -> Said {
    Said::new(key).with("seed", seed).with("end", end.name())
}

fn against_outcomes(expected: &Expected, kinds: &[BugKind]) -> Option<Said> {
    let outcomes = expected.outcomes.as_ref()?;
    if let Some(stated) = outcomes.iter().find(|stated| !allows(kinds, stated.end)) {
        return Some(Said::new("flaw-outcome-verdict").with("end", stated.end.name()));
    }
    let missing = kinds.iter().find(|kind| !shows(**kind, kinds, |end| outcomes.has(end)))?;
    Some(Said::new("flaw-verdict-outcome").with("kind", missing.name()))
}

/// An exploration with these bugs, and no others, can have runs that end so.
fn allows(kinds: &[BugKind], end: RunEnd) -> bool {
    let some = |wanted: [BugKind; 2]| kinds.iter().any(|kind| wanted.contains(kind));
    match end {
        RunEnd::Finished => true,
        RunEnd::Deadlock => some([BugKind::Deadlock, BugKind::Stuck]),
        RunEnd::Crash => some([BugKind::Assertion, BugKind::Crash]),
        RunEnd::Limit => false,
    }
}

/// Some end is one to which this bug can lead. When an exception ends a thread, others may wait for it for ever, or run
/// for ever, which is another bug and another end.
fn shows(kind: BugKind, kinds: &[BugKind], has: impl Fn(RunEnd) -> bool) -> bool {
    match kind {
        BugKind::Deadlock | BugKind::Stuck => has(RunEnd::Deadlock),
        BugKind::Assertion | BugKind::Crash => {
            has(RunEnd::Crash) || has(RunEnd::Deadlock) || kinds.contains(&BugKind::Livelock)
        }
        BugKind::Livelock => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Option<Said> {
        contradiction(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn promises_that_can_be_true_together() {
        let fine = [
            r#"{"verdict": "proved"}"#,
            r#"{"verdict": "proved", "ends": "limit"}"#,
            r#"{"verdict": "proved", "outcomes": [{"end": "finished"}]}"#,
            r#"{"verdict": ["stuck"], "ends": "finished", "outcomes": [{"end": "finished"}, {"end": "deadlock"}]}"#,
            r#"{"verdict": ["livelock"], "outcomes": [{"end": "finished"}]}"#,
            r#"{"verdict": ["crash", "assertion"], "outcomes": [{"end": "crash"}]}"#,
            r#"{"verdict": ["crash", "stuck"], "outcomes": [{"end": "deadlock"}]}"#,
            r#"{"verdict": ["crash", "livelock"], "outcomes": [{"end": "finished"}]}"#,
        ];
        for text in fine {
            assert_eq!(says(text), None, "{text}");
        }
    }

    #[test]
    fn promises_that_cannot() {
        let cases = [
            (r#"{"verdict": "proved", "ends": "crash"}"#, "seed 1 ends in `crash`, which the verdict"),
            (
                r#"{"verdict": ["crash"], "ends": "finished", "outcomes": [{"end": "crash"}]}"#,
                "seed 1 ends in `finished`, which is not among the outcomes",
            ),
            (r#"{"verdict": "proved", "outcomes": [{"end": "deadlock"}]}"#, "an outcome is `deadlock`"),
            (r#"{"verdict": "proved", "outcomes": [{"end": "limit"}]}"#, "an outcome is `limit`"),
            (
                r#"{"verdict": ["stuck", "crash"], "outcomes": [{"end": "crash"}]}"#,
                "no outcome ends in what the verdict calls `stuck`",
            ),
        ];
        for (text, wanted) in cases {
            assert!(
                says(text).is_some_and(|message| message.to_string().starts_with(wanted)),
                "{text}: {:?}",
                says(text)
            );
        }
    }
}
