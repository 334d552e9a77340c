//! Questions that are asked before a run, and answered by an exploration, not by their author.
//!
//! ```json
//! { "ask": "values", "of": "n" }                    which values can `n` have at the end?
//! { "ask": "deadlock" }                             can it deadlock?
//! { "ask": "crash" }                                can a thread die of an exception?
//! { "ask": "next", "after": "v1/M3.A2" }            who can run next, after these steps?
//! { "ask": "now", "of": "n", "after": "v1/M3.A2" }  what is `n`, after these steps?
//! ```
//!
//! With `"text"` the question is asked in words of its own.

use super::text::Localized;
use crate::event::Schedule;
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub asked: Asked,
    /// Its words, when they are not the usual ones.
    pub text: Option<Localized>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Which values this global variable can have at the end, over all interleavings that finish or crash.
    Values { of: Arc<str> },
    /// Whether some interleaving ends with threads that can never go on.
    Deadlock,
    /// Whether an exception can end a thread.
    Crash,
    /// Which threads can make a step after these.
    Next { after: Schedule },
    /// Which value this global variable has after these steps.
    Now { of: Arc<str>, after: Schedule },
}

/// As it is written.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
enum Entry {
    Values { of: Arc<str>, text: Option<Localized> },
    Deadlock { text: Option<Localized> },
    Crash { text: Option<Localized> },
    Next { after: String, text: Option<Localized> },
    Now { of: Arc<str>, after: String, text: Option<Localized> },
}

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Question, D::Error> {
        let schedule = |text: &str| text.parse::<Schedule>().map_err(serde::de::Error::custom);
        let (asked, text) = match Entry::deserialize(deserializer)? {
            Entry::Values { of, text } => (Asked::Values { of }, text),
            Entry::Deadlock { text } => (Asked::Deadlock, text),
            Entry::Crash { text } => (Asked::Crash, text),
            Entry::Next { after, text } => (Asked::Next { after: schedule(&after)? }, text),
            Entry::Now { of, after, text } => (Asked::Now { of, after: schedule(&after)? }, text),
        };
        Ok(Question { asked, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> Result<Question, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn questions_are_read_strictly() {
        let values = question(r#"{"ask": "values", "of": "n"}"#).unwrap();
        assert_eq!(values.asked, Asked::Values { of: "n".into() });
        let next = question(r#"{"ask": "next", "after": "v1/M3.A2"}"#).unwrap();
        assert!(matches!(next.asked, Asked::Next { after } if after.len() == 5));
        for (text, wanted) in [
            (r#"{"ask": "values"}"#, "missing field `of`"),
            (r#"{"ask": "value", "of": "n"}"#, "unknown variant `value`"),
            (r#"{"ask": "next", "after": "M3"}"#, "schedule, character 1"),
            (r#"{"ask": "deadlock", "of": "n"}"#, "unknown field `of`"),
        ] {
            let message = question(text).unwrap_err();
            assert!(message.contains(wanted), "{text}: {message}");
        }
    }
}
