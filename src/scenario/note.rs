//! Notes: a few sentences bound to what happens in a run.
//!
//! ```json
//! { "when": { "event": "blocked", "object": "fork*" },
//!   "text": { "en": "This fork is taken …", "zh": "……" } }
//! ```
//!
//! Everything that is named in `when` must be true of one step at once. A note is told the first time in a run that it is,
//! or with `"each": true` every time.

use super::key;
use super::text::{Localized, Tongue};
use crate::detect::FindingKind;
use crate::said::{Filling, Said};
use serde::Deserialize;
use std::sync::Arc;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub when: When,
    /// Every time, and not the first time alone.
    pub each: bool,
    pub text: Localized,
}

/// What a step must be like. At least one field is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The line of the operation that was performed, from 1; of a thread that has come to wait, the line on which it waits.
    /// Written as a piece of that line's text, which stands in no other.
    pub line: Option<u32>,
    pub event: Option<NoteEvent>,
    /// The name of the object of the operation; `*` stands for any letters.
    pub object: Option<Arc<str>>,
    /// The name of the thread that made the step, or that the event is about; `*` stands for any letters.
    pub thread: Option<Arc<str>>,
    /// A detector has found this with the step: one of [`FindingKind::NAMES`].
    pub finding: Option<&'static str>,
}

/// What happened in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteEvent {
    /// A thread was started.
    Started,
    /// A thread is over, in good order.
    Finished,
    /// An exception has ended a thread.
    Failed,
    /// A lock or a place was acquired.
    Acquired,
    Released,
    /// A thread has come to stand before something that somebody else has.
    Blocked,
    /// An attempt was in vain: refused or timed out.
    Refused,
    /// A thread has begun to wait for a condition, an event, a barrier, a queue.
    Waits,
    /// Somebody notified waiters, or set an event.
    Notified,
    /// A thread that waited was woken.
    Woken,
    Read,
    Wrote,
    Printed,
    Slept,
    /// The run is over.
    Ended,
}

impl NoteEvent {
    /// Every event once.
    pub const ALL: [NoteEvent; 15] = [
        NoteEvent::Started,
        NoteEvent::Finished,
        NoteEvent::Failed,
        NoteEvent::Acquired,
        NoteEvent::Released,
        NoteEvent::Blocked,
        NoteEvent::Refused,
        NoteEvent::Waits,
        NoteEvent::Notified,
        NoteEvent::Woken,
        NoteEvent::Read,
        NoteEvent::Wrote,
        NoteEvent::Printed,
        NoteEvent::Slept,
        NoteEvent::Ended,
    ];
}

/// As it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteEntry {
    pub when: WhenEntry,
    #[serde(default)]
    pub each: bool,
    pub text: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhenEntry {
    #[serde(default)]
    line: Option<String>,
    #[serde(default)]
    event: Option<NoteEvent>,
    #[serde(default)]
    object: Option<Arc<str>>,
    #[serde(default)]
    thread: Option<Arc<str>>,
    #[serde(default)]
    finding: Option<String>,
}

fn kind(name: &str) -> Result<&'static str, Said> {
    let found = FindingKind::NAMES.into_iter().find(|known| *known == name);
    found.ok_or_else(|| Said::new("flaw-finding").with("name", name).with("known", Filling::list(&FindingKind::NAMES)))
}

impl NoteEntry {
    /// The note, for this program; or what is wrong with it.
    pub(super) fn note(&self, program: &str) -> Result<Note, Said> {
        let when = &self.when;
        let line = when.line.as_deref().map(|piece| line_with(piece, program)).transpose()?;
        let (object, thread) = (when.object.clone(), when.thread.clone());
        let finding = when.finding.as_deref().map(kind).transpose()?;
        let when = When { line, event: when.event, object, thread, finding };
        if when == When::default() {
            return Err(Said::new("flaw-when"));
        }
        if let Some(flaw) = Tongue::ALL.into_iter().find_map(|tongue| key::flaw(self.text.in_tongue(tongue))) {
            return Err(flaw);
        }
        Ok(Note { when, each: self.each, text: self.text.clone() })
    }
}

/// The line in which the piece stands.
fn line_with(piece: &str, program: &str) -> Result<u32, Said> {
    let mut lines = program.lines().zip(1..).filter(|(line, _)| line.contains(piece)).map(|(_, number)| number);
    match (lines.next(), lines.next()) {
        (Some(line), None) => Ok(line),
        (None, _) => Err(Said::new("flaw-no-line").with("piece", piece)),
        (Some(first), Some(second)) => {
            Err(Said::new("flaw-two-lines").with("piece", piece).with("first", first).with("second", second))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "def work():\n    lock.acquire()\n    other.acquire()\n";

    fn note(when: &str) -> Result<When, String> {
        let text = format!(r#"{{"when": {when}, "text": {{"en": "x", "zh": "x"}}}}"#);
        let entry: NoteEntry = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        entry.note(PROGRAM).map(|note| note.when).map_err(|said| said.to_string())
    }

    #[test]
    fn a_line_is_named_by_a_piece_of_it() {
        assert_eq!(note(r#"{"line": "lock.acquire"}"#).unwrap().line, Some(2));
        assert!(note(r#"{"line": "acquire"}"#).unwrap_err().contains("in line 2 and in line 3"));
        assert!(note(r#"{"line": "release"}"#).unwrap_err().contains("no line"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(note("{}").unwrap_err().contains("names nothing"));
        assert!(note(r#"{"event": "block"}"#).unwrap_err().contains("unknown variant `block`"));
        assert!(
            note(r#"{"finding": "dead"}"#).unwrap_err().contains("there is no finding `dead`; there are deadlock,")
        );
        assert_eq!(note(r#"{"finding": "deadlock"}"#).unwrap().finding, Some("deadlock"));
        let text =
            r#"{"when": {"event": "failed"}, "text": {"en": "Press {key:explor}.", "zh": "按 {key:explore}。"}}"#;
        let entry: NoteEntry = serde_json::from_str(text).unwrap();
        assert!(entry.note(PROGRAM).unwrap_err().to_string().contains("did you mean `explore`"));
    }
}
