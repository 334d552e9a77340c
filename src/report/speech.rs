//! The speaker's notes of a presentation, as one line of JSON for each state of it.
//!
//! ```text
//! {"lockstep":1,"speech":1,"lang":"en","target":"counter/race","title":"…","chapter":"notes","step":5,"status":"…","told":"…",
//!  "brief":"…","explanation":"…","notes":[{"step":3,"text":"…"}],"questions":[{"text":"…","answers":["…"]}],
//!  "next":["…"],"findings":["…"]}
//! ```
//!
//! Each line stands alone: whoever has missed some knows everything again with the next. All texts are in the language of
//! the presentation, `lang`, and a reader says in that language what it adds. `brief`, `explanation` and the texts of notes are Markdown; the others are plain. Fields are only ever
//! added, and a reader passes over those it does not know. A line is no longer than [`LINE_BYTES_MAX`]; what makes a line is
//! bounded so that it never comes near that, and a reader passes over what is longer, and over what it cannot read.
//!
//! ```text
//! {"lockstep":1,"refused":8}
//! ```
//!
//! is all that a reader hears for which there is no room any more: so many are listening.

use crate::words::Lang;
use serde::{Deserialize, Serialize};

/// The version of the format.
pub const VERSION: u32 = 1;

/// Bytes of a line, its end included.
pub const LINE_BYTES_MAX: usize = 512 * 1024;

/// Characters of a text, and items of a list.
const TEXT_MAX: usize = 4000;
const SHORT_MAX: usize = 400;
const ITEMS_MAX: usize = 16;
const QUESTIONS_MAX: usize = 4;

/// How far the presentation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeechChapter {
    /// Nothing has happened yet.
    #[default]
    Brief,
    Notes,
    /// The run is over.
    Explanation,
}

/// One state of a presentation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    pub lockstep: u32,
    pub speech: u32,
    /// The language of the texts: `en`, `zh`.
    #[serde(default)]
    pub lang: String,
    #[serde(default)]
    pub target: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub chapter: SpeechChapter,
    #[serde(default)]
    pub step: u32,
    #[serde(default)]
    pub status: String,
    /// The sentence that the room reads.
    #[serde(default)]
    pub told: String,
    #[serde(default)]
    pub brief: String,
    #[serde(default)]
    pub explanation: String,
    /// The newest last.
    #[serde(default)]
    pub notes: Vec<SpokenNote>,
    #[serde(default)]
    pub questions: Vec<SpokenQuestion>,
    /// What each thread is about to do.
    #[serde(default)]
    pub next: Vec<String>,
    #[serde(default)]
    pub findings: Vec<String>,
}

/// A note, and the step at which it was due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenNote {
    pub step: u32,
    pub text: String,
}

/// A question, and its right answers if they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenQuestion {
    pub text: String,
    #[serde(default)]
    pub answers: Vec<String>,
}

/// What a reader hears for which there is no room.
#[derive(Serialize, Deserialize)]
struct Refusal {
    lockstep: u32,
    refused: u32,
}

/// The line for a reader for which there is no room: so many are listening.
#[must_use]
pub fn refusal(readers: u32) -> String {
    let mut line = serde_json::to_string(&Refusal { lockstep: 1, refused: readers }).unwrap_or_default();
    line.push('\n');
    line
}

impl Speech {
    /// The language of the texts, if it is one that has a catalogue.
    #[must_use]
    pub fn language(&self) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == self.lang)
    }

    /// The state as a line, with its end.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = serde_json::to_string(&self.bounded()).unwrap_or_default();
        line.push('\n');
        line
    }

    /// The state that this line tells; `None` for what is too long, not in order, or of a later version.
    #[must_use]
    pub fn read(line: &[u8]) -> Option<Speech> {
        if line.len() > LINE_BYTES_MAX {
            return None;
        }
        let speech: Speech = serde_json::from_slice(line).ok()?;
        (speech.lockstep == 1 && speech.speech == VERSION).then(|| speech.bounded())
    }

    /// The same with nothing in it that is too long.
    fn bounded(&self) -> Speech {
        let short = |text: &String| cut(text, SHORT_MAX);
        let list = |texts: &[String]| texts.iter().take(ITEMS_MAX).map(short).collect();
        let first = self.notes.len().saturating_sub(ITEMS_MAX);
        let note = |note: &SpokenNote| SpokenNote { step: note.step, text: cut(&note.text, TEXT_MAX / 4) };
        let question =
            |asked: &SpokenQuestion| SpokenQuestion { text: short(&asked.text), answers: list(&asked.answers) };
        Speech {
            lockstep: 1,
            speech: VERSION,
            lang: short(&self.lang),
            target: short(&self.target),
            title: short(&self.title),
            chapter: self.chapter,
            step: self.step,
            status: short(&self.status),
            told: cut(&self.told, TEXT_MAX / 4),
            brief: cut(&self.brief, TEXT_MAX),
            explanation: cut(&self.explanation, TEXT_MAX),
            notes: self.notes.iter().skip(first).map(note).collect(),
            questions: self.questions.iter().take(QUESTIONS_MAX).map(question).collect(),
            next: list(&self.next),
            findings: list(&self.findings),
        }
    }
}

fn cut(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// Lines out of pieces, as they come from the other end; what is too long is passed over up to its end.
#[derive(Debug, Default)]
pub struct SpeechLines {
    line: Vec<u8>,
    /// The line has become too long.
    lost: bool,
    /// There is no room for this reader.
    refused: Option<u32>,
}

impl SpeechLines {
    /// How many are listening, when that leaves no room for this reader.
    #[must_use]
    pub const fn refused(&self) -> Option<u32> {
        self.refused
    }

    /// The states that these bytes complete.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Speech> {
        let mut found = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (body, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |body| (body, true));
            if self.line.len() + body.len() > LINE_BYTES_MAX {
                self.lost = true;
                self.line.clear();
            }
            if !self.lost {
                self.line.extend_from_slice(body);
            }
            if ends {
                if !self.lost {
                    self.end(&mut found);
                }
                self.line.clear();
                self.lost = false;
            }
        }
        found
    }

    /// The line is whole.
    fn end(&mut self, found: &mut Vec<Speech>) {
        match Speech::read(&self.line) {
            Some(speech) => found.push(speech),
            None => {
                if let Ok(Refusal { lockstep: 1, refused }) = serde_json::from_slice(&self.line) {
                    self.refused = Some(refused);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn speech() -> impl Strategy<Value = Speech> {
        let text = || "[ -~\u{4e00}-\u{4e20}\n\"]{0,40}";
        let texts = || prop::collection::vec(text(), 0..4);
        let note = (any::<u32>(), text()).prop_map(|(step, text)| SpokenNote { step, text });
        let question = (text(), texts()).prop_map(|(text, answers)| SpokenQuestion { text, answers });
        let lists = (prop::collection::vec(note, 0..4), prop::collection::vec(question, 0..4), texts(), texts());
        ((text(), text(), text(), text()), any::<u32>(), lists).prop_map(|(texts, step, lists)| {
            let (target, told, brief, explanation) = texts;
            let (notes, questions, next, findings) = lists;
            let chapter = SpeechChapter::Notes;
            let (lockstep, speech, title, status) = (1, VERSION, target.clone(), told.clone());
            Speech {
                lockstep,
                speech,
                lang: "zh".to_owned(),
                target,
                title,
                chapter,
                step,
                status,
                told,
                brief,
                explanation,
                notes,
                questions,
                next,
                findings,
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_said_is_what_is_heard(said in prop::collection::vec(speech(), 1..4), piece in 1usize..60) {
            let text: String = said.iter().map(Speech::line).collect();
            let mut lines = SpeechLines::default();
            let heard: Vec<Speech> = text.as_bytes().chunks(piece).flat_map(|piece| lines.take(piece)).collect();
            prop_assert_eq!(heard, said);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..400), piece in 1usize..60) {
            let mut lines = SpeechLines::default();
            for piece in bytes.chunks(piece) {
                lines.take(piece);
            }
            lines.take(b"\n");
            let speech = Speech { lockstep: 1, speech: VERSION, ..Speech::default() };
            prop_assert_eq!(lines.take(speech.line().as_bytes()), [speech]);
        }
    }

    #[test]
    fn what_is_too_long_is_passed_over() {
        let mut lines = SpeechLines::default();
        let flood = vec![b'x'; LINE_BYTES_MAX];
        for _ in 0..20 {
            assert!(lines.take(&flood).is_empty());
            assert!(lines.line.len() <= LINE_BYTES_MAX);
        }
        let speech = Speech { lockstep: 1, speech: VERSION, step: 7, ..Speech::default() };
        assert_eq!(lines.take(format!("\n{}", speech.line()).as_bytes()), [speech]);
    }

    #[test]
    fn a_line_is_never_longer_than_a_reader_takes() {
        let text = || "线\u{1}".repeat(100_000);
        let note = || SpokenNote { step: 1, text: text() };
        let question = || SpokenQuestion { text: text(), answers: vec![text(); 100] };
        let speech = Speech {
            target: text(),
            title: text(),
            status: text(),
            told: text(),
            brief: text(),
            explanation: text(),
            notes: (0..100).map(|_| note()).collect(),
            questions: (0..100).map(|_| question()).collect(),
            next: vec![text(); 100],
            findings: vec![text(); 100],
            ..Speech::default()
        };
        let line = speech.line();
        assert!(line.len() < LINE_BYTES_MAX, "{}", line.len());
        assert!(Speech::read(line.trim_end().as_bytes()).is_some());
    }

    #[test]
    fn a_reader_is_told_that_there_is_no_room() {
        let mut lines = SpeechLines::default();
        assert!(lines.take(b"{\"lockstep\":1,\"refused\":-1}\n{\"refused\":3}\n").is_empty());
        assert_eq!(lines.refused(), None);
        assert!(lines.take(refusal(8).as_bytes()).is_empty());
        assert_eq!(lines.refused(), Some(8));
    }

    #[test]
    fn the_language_is_known_when_there_are_words_in_it() {
        let of = |lang: &str| Speech { lang: lang.to_owned(), ..Speech::default() }.language();
        assert_eq!(["en", "zh", "fr", ""].map(of), [Some(Lang::En), Some(Lang::Zh), None, None]);
    }

    #[test]
    fn a_later_version_is_not_understood_and_new_fields_are_passed_over() {
        assert_eq!(Speech::read(br#"{"lockstep":1,"speech":2}"#), None);
        assert_eq!(Speech::read(b"{}"), None);
        let speech = Speech::read(br#"{"lockstep":1,"speech":1,"step":3,"mood":"good"}"#);
        assert_eq!(speech.map(|speech| speech.step), Some(3));
    }
}
