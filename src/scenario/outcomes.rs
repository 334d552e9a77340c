//! What a variant can come to, as its manifest states it.
//!
//! ```json
//! "outcomes": [
//!   { "end": "finished", "globals": { "n": "0" } },
//!   { "end": "crash", "globals": { "n": "1" } }
//! ]
//! ```
//!
//! The list is exact. Of each [`Outcome`] that an exploration finds, its end and those globals are taken that the list
//! names; what remains, each once, is the list. Every entry names the same globals, so that an entry cannot leave open
//! what another one tells apart.

use super::manifest::RunEnd;
use crate::explore::Outcome;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// An end and some globals, each as its `repr`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedOutcome {
    pub end: RunEnd,
    #[serde(default, deserialize_with = "each_once")]
    pub globals: BTreeMap<String, String>,
}

/// A set of [`StatedOutcome`]s that all name the same globals; not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes(BTreeSet<StatedOutcome>);

impl Outcomes {
    /// What is stated.
    pub fn iter(&self) -> impl Iterator<Item = &StatedOutcome> {
        self.0.iter()
    }

    /// Some outcome ends so.
    #[must_use]
    pub fn has(&self, end: RunEnd) -> bool {
        self.iter().any(|stated| stated.end == end)
    }

    /// The globals that are told apart.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.first().into_iter().flat_map(|stated| stated.globals.keys().map(String::as_str))
    }

    /// What remains of outcomes when only the end and the [names](Outcomes::names) are looked at.
    pub fn project<'a>(&self, outcomes: impl IntoIterator<Item = &'a Outcome>) -> BTreeSet<StatedOutcome> {
        let project = |outcome: &Outcome| {
            let value = |name: &str| Some((name.to_owned(), outcome.globals.get(name)?.clone()));
            StatedOutcome { end: RunEnd::of(outcome), globals: self.names().filter_map(value).collect() }
        };
        outcomes.into_iter().map(project).collect()
    }

    /// These outcomes are the stated ones: no more and no fewer.
    pub fn are<'a>(&self, outcomes: impl IntoIterator<Item = &'a Outcome>) -> bool {
        self.project(outcomes) == self.0
    }
}

impl<'de> Deserialize<'de> for Outcomes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Outcomes, D::Error> {
        let list = Vec::<StatedOutcome>::deserialize(deserializer)?;
        let first = list.first().ok_or_else(|| D::Error::custom("there is at least one outcome"))?;
        if list.iter().any(|stated| !stated.globals.keys().eq(first.globals.keys())) {
            return Err(D::Error::custom("every outcome names the same globals"));
        }
        let count = list.len();
        let outcomes = Outcomes(list.into_iter().collect());
        if outcomes.0.len() == count { Ok(outcomes) } else { Err(D::Error::custom("the same outcome twice")) }
    }
}

/// A map of strings in which no key comes twice.
fn each_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Pairs;
    impl<'de> Visitor<'de> for Pairs {
        type Value = BTreeMap<String, String>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("names of globals, each with its value as a text, such as {\"n\": \"1\"}")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut pairs = BTreeMap::new();
            while let Some((name, value)) = map.next_entry::<String, String>()? {
                if pairs.contains_key(&name) {
                    return Err(A::Error::custom(format!("`{name}` twice")));
                }
                pairs.insert(name, value);
            }
            Ok(pairs)
        }
    }
    deserializer.deserialize_map(Pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Ending;
    use crate::ids::ThreadId;

    fn outcomes(text: &str) -> Result<Outcomes, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn found(failed: &[u32], globals: &[(&str, &str)]) -> Outcome {
        Outcome {
            ending: Ending::Finished,
            failed: failed.iter().map(|id| ThreadId(*id)).collect(),
            globals: globals.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            output: None,
        }
    }

    #[test]
    fn ends_and_the_named_globals_are_compared_and_nothing_else() {
        let stated = r#"[{"end": "finished", "globals": {"n": "0"}}, {"end": "crash", "globals": {"n": "1"}}]"#;
        let stated = outcomes(stated).unwrap();
        let zero = found(&[], &[("N", "3"), ("n", "0")]);
        let one = found(&[0], &[("N", "3"), ("n", "1")]);
        let other_thread = found(&[1], &[("N", "3"), ("n", "1")]);
        assert!(stated.are([&zero, &one, &other_thread]));
        assert!(!stated.are([&zero]), "one is missing");
        assert!(!stated.are([&zero, &one, &found(&[0], &[("n", "2")])]), "one too many");
        assert!(!stated.are([&zero, &one, &found(&[0], &[("N", "3")])]), "one without the global");
        assert!(outcomes(r#"[{"end": "finished"}]"#).unwrap().are([&zero, &found(&[], &[])]));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            ("[]", "at least one outcome"),
            (r#"[{"end": "finished"}, {"end": "finished"}]"#, "the same outcome twice"),
            (r#"[{"end": "finished"}, {"end": "crash", "globals": {"n": "1"}}]"#, "the same globals"),
            (r#"[{"end": "finish"}]"#, "unknown variant `finish`"),
            (r#"[{"end": "finished", "global": {}}]"#, "unknown field `global`"),
            (r#"[{"end": "finished", "globals": {"n": 1}}]"#, "expected a string"),
            (r#"[{"end": "finished", "globals": {"n": "1", "n": "2"}}]"#, "`n` twice"),
            (r#"[{"globals": {"n": "1"}}]"#, "missing field `end`"),
        ];
        for (text, wanted) in cases {
            let message = outcomes(text).unwrap_err();
            assert!(message.contains(wanted), "{text}: {message}");
        }
    }
}
