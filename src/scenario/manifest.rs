//! `scenario.json` as it is written. docs/SCENARIOS.md describes every field.

use super::note::NoteEntry;
use super::outcomes::Outcomes;
use super::picture::Picture;
use super::question::Question;
use super::text::{Localized, Tongue};
use crate::event::End;
use crate::explore::{BugKind, Ending, Outcome};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// The seeds for which a variant states how its run ends.
pub const SEEDS: RangeInclusive<u64> = 1..=20;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub id: Id,
    pub title: Localized,
    pub summary: Localized,
    pub topic: Localized,
    pub level: Level,
    /// The languages of its texts: both, unless it says otherwise.
    #[serde(default = "both", deserialize_with = "tongues")]
    pub languages: Vec<Tongue>,
    /// The picture of every variant that has none of its own.
    #[serde(default)]
    pub stage: Option<Picture>,
    #[serde(default)]
    pub parameters: Vec<ParameterEntry>,
    pub variants: Vec<VariantEntry>,
}

fn both() -> Vec<Tongue> {
    Tongue::ALL.to_vec()
}

fn tongues<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Tongue>, D::Error> {
    let found = Vec::<Tongue>::deserialize(deserializer)?;
    let twice = found.iter().enumerate().any(|(place, tongue)| found[..place].contains(tongue));
    if found.is_empty() || twice {
        return Err(D::Error::custom("[\"en\"], [\"zh\"] or [\"en\", \"zh\"]"));
    }
    Ok(found)
}

/// A parameter: a module-level constant that may be set from outside.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterEntry {
    pub name: String,
    pub about: Localized,
    pub min: i64,
    pub max: i64,
}

/// A variant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantEntry {
    pub id: Id,
    pub file: String,
    pub title: Localized,
    pub summary: Localized,
    pub expect: Expected,
    #[serde(default)]
    pub stage: Option<Picture>,
    /// The variant that shows best what is different here.
    #[serde(default)]
    pub compare: Option<Id>,
    #[serde(default)]
    pub notes: Vec<NoteEntry>,
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// How much somebody should know already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Threads and nothing else.
    First,
    /// Locks, and what can go wrong with them.
    Second,
    /// Conditions, semaphores, and several of them together.
    Third,
}

/// The lower-case name of a scenario or variant: what one types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Id(pub String);

/// True for what can be the id of a scenario or variant.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits)
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        let text = String::deserialize(deserializer)?;
        if is_id(&text) {
            Ok(Id(text))
        } else {
            Err(D::Error::custom(format!("`{text}` is not a name: use small letters, digits and `-`")))
        }
    }
}

/// What a variant promises; the tests hold it to that.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Whether some order of steps goes wrong.
    pub verdict: Verdict,
    /// How the run with each of [`SEEDS`] ends; `None` when that is not stated.
    #[serde(default)]
    pub ends: Option<Ends>,
    /// What all the interleavings come to; `None` when that is not stated.
    #[serde(default)]
    pub outcomes: Option<Outcomes>,
}

/// What is true of a variant over all interleavings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing goes wrong, whatever the order.
    Proved,
    /// These things go wrong in some order.
    Bug(Vec<BugKind>),
}

/// How a run can end. The names are those of `run --json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunEnd {
    Finished,
    Deadlock,
    Crash,
    Limit,
}

impl RunEnd {
    /// Every end, in the order in which they are listed.
    pub const ALL: [RunEnd; 4] = [RunEnd::Finished, RunEnd::Deadlock, RunEnd::Crash, RunEnd::Limit];

    /// Of a run that came to this outcome.
    #[must_use]
    pub fn of(outcome: &Outcome) -> RunEnd {
        match outcome.ending {
            Ending::Finished if outcome.failed.is_empty() => RunEnd::Finished,
            Ending::Finished => RunEnd::Crash,
            Ending::Deadlock => RunEnd::Deadlock,
            Ending::CutOff(_) => RunEnd::Limit,
        }
    }

    /// How a run ended, in one word: one that came to its end is a crash when an exception ended one of its threads.
    #[must_use]
    pub fn of_run(end: &End, failed: bool) -> RunEnd {
        match end {
            End::Finished if failed => RunEnd::Crash,
            End::Finished => RunEnd::Finished,
            End::Deadlock => RunEnd::Deadlock,
            End::Limit(_) | End::Unmodelled { .. } => RunEnd::Limit,
        }
    }

    /// As it is written in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            RunEnd::Finished => "finished",
            RunEnd::Deadlock => "deadlock",
            RunEnd::Crash => "crash",
            RunEnd::Limit => "limit",
        }
    }
}

impl<'de> Deserialize<'de> for Verdict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
        struct Kinds;
        impl<'de> Visitor<'de> for Kinds {
            type Value = Verdict;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"proved\", or a list of what goes wrong, such as [\"deadlock\"]")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Verdict, E> {
                if text == "proved" {
                    Ok(Verdict::Proved)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
                }
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Verdict, A::Error> {
                let mut kinds = Vec::new();
                while let Some(kind) = seq.next_element::<BugKind>()? {
                    if kinds.contains(&kind) {
                        return Err(A::Error::custom("the same thing twice"));
                    }
                    kinds.push(kind);
                }
                if kinds.is_empty() { Err(A::Error::invalid_length(0, &self)) } else { Ok(Verdict::Bug(kinds)) }
            }
        }
        deserializer.deserialize_any(Kinds)
    }
}

/// How the run with each of [`SEEDS`] ends, in order of seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends(Vec<RunEnd>);

impl Ends {
    /// How the run with this seed ends; `None` for a seed that is not among [`SEEDS`].
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Option<RunEnd> {
        let index = seed.checked_sub(*SEEDS.start())?;
        self.0.get(usize::try_from(index).ok()?).copied()
    }

    fn from_lists<E: Error>(lists: &[(RunEnd, Vec<u64>)]) -> Result<Ends, E> {
        let mut ends = Vec::new();
        for seed in SEEDS {
            let mut found = lists.iter().filter(|(_, seeds)| seeds.contains(&seed)).map(|(end, _)| *end);
            match (found.next(), found.next()) {
                (Some(end), None) => ends.push(end),
                (None, _) => return Err(E::custom(format!("it is not said how seed {seed} ends"))),
                (Some(_), Some(_)) => return Err(E::custom(format!("seed {seed} cannot end in two ways"))),
            }
        }
        let stray = lists.iter().flat_map(|(_, seeds)| seeds).find(|seed| !SEEDS.contains(seed));
        match stray {
            Some(seed) => Err(E::custom(format!("seed {seed} is not among the seeds 1 to 20"))),
            None => Ok(Ends(ends)),
        }
    }
}

impl<'de> Deserialize<'de> for Ends {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ends, D::Error> {
        struct Lists;
        impl<'de> Visitor<'de> for Lists {
            type Value = Ends;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"finished\", \"deadlock\", \"crash\", \"limit\", or such a name with a list of seeds")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Ends, E> {
                let end = RunEnd::deserialize(serde::de::value::StrDeserializer::new(text))?;
                Ok(Ends(SEEDS.map(|_| end).collect()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ends, A::Error> {
                let mut lists = Vec::new();
                while let Some(entry) = map.next_entry::<RunEnd, Vec<u64>>()? {
                    lists.push(entry);
                }
                Ends::from_lists(&lists)
            }
        }
        deserializer.deserialize_any(Lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(text: &str) -> Result<Expected, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn ends_are_one_name_or_lists_of_seeds() {
        let all = expected(r#"{"verdict": "proved", "ends": "finished"}"#).unwrap();
        let ends = all.ends.unwrap();
        let found = [1, 20, 0, 21].map(|seed| ends.with_seed(seed));
        assert_eq!(found, [Some(RunEnd::Finished), Some(RunEnd::Finished), None, None]);
        let text = r#"{"verdict": ["deadlock"], "ends": {"deadlock": [3], "finished":
            [1,2,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}}"#;
        let some = expected(text).unwrap();
        assert_eq!(some.verdict, Verdict::Bug(vec![BugKind::Deadlock]));
        let found = [3, 4].map(|seed| some.ends.as_ref().unwrap().with_seed(seed));
        assert_eq!(found, [Some(RunEnd::Deadlock), Some(RunEnd::Finished)]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |text: &str| expected(text).unwrap_err();
        assert!(message(r#"{"verdict": "proved", "ends": {"finished": [1]}}"#).contains("how seed 2 ends"));
        assert!(message(r#"{"verdict": "proved", "ends": "finish"}"#).contains("unknown variant `finish`"));
        assert!(message(r#"{"verdict": "prooved", "ends": "finished"}"#).contains("\"proved\", or a list"));
        assert!(message(r#"{"verdict": [], "ends": "finished"}"#).contains("invalid length 0"));
        assert!(message(r#"{"verdict": ["hang"], "ends": "finished"}"#).contains("unknown variant `hang`"));
        assert!(message(r#"{"verdict": "proved", "ends": "finished", "note": 1}"#).contains("unknown field `note`"));
    }

    #[test]
    fn ids_are_what_one_can_type() {
        let id = |text: &str| serde_json::from_str::<Id>(text).map(|id| id.0).ok();
        assert_eq!(id("\"wrong-lock\""), Some("wrong-lock".to_owned()));
        for bad in ["\"\"", "\"Wrong\"", "\"a b\"", "\"-a\"", "\"a/b\"", "\"锁\""] {
            assert_eq!(id(bad), None, "{bad}");
        }
    }
}
