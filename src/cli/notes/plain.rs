//! The speaker's notes in lines.

use crate::cli::exit::{Exit, Outcome};
use crate::report::speech::{Speech, SpeechChapter};
use crate::tui::speaker::Heard;
use crate::words::markdown::spoken;
use crate::words::{Words, safe};
use crossbeam_channel::Receiver;
use std::io::{self, Write};

/// Tells what is heard, until nobody reads it.
pub(super) fn tell(words: &Words, heard: &Receiver<Heard>, out: &mut dyn Write) -> Outcome {
    let mut words = words.clone();
    let mut before = None;
    writeln!(out, "{}", spoken(&words.t("presenter-waiting-plain")).join(" "))?;
    out.flush()?;
    while let Ok(heard) = heard.recv() {
        before = match heard {
            Heard::State(speech) => {
                if let Some(lang) = speech.language() {
                    words = Words::new(lang);
                }
                state(&speech, before.as_deref(), &words, out)?;
                Some(speech)
            }
            Heard::Full(readers) => {
                writeln!(out, "{}", words.with("presenter-full", &[("n", readers.into())]))?;
                None
            }
            Heard::Nothing => {
                writeln!(out, "{}", words.t("presenter-over"))?;
                None
            }
        };
        out.flush()?;
    }
    Ok(Exit::Done)
}

/// What is new in this state. In another language everything is.
pub(super) fn state(speech: &Speech, before: Option<&Speech>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let other_language = before.is_some_and(|before| before.lang != speech.lang);
    let before = before.filter(|_| !other_language);
    let same = before.is_some_and(|before| before.target == speech.target);
    let begins = speech.chapter == SpeechChapter::Brief;
    if !same || begins && before.is_none_or(|before| before.chapter != SpeechChapter::Brief) {
        writeln!(out, "{}", safe(&speech.title))?;
        text(&speech.brief, out)?;
    }
    if begins && before.is_none_or(|before| before.questions != speech.questions) {
        for question in &speech.questions {
            let key = if question.answers.is_empty() { "presenter-unanswered" } else { "presenter-answer" };
            let answer = words.with(key, &[("answers", words.list(&question.answers).into())]);
            writeln!(out, "{}", words.sentences(&[safe(&question.text).into_owned(), spoken(&answer).join(" ")]))?;
        }
    }
    let moved = before.is_none_or(|before| !same || (before.step, &before.told) != (speech.step, &speech.told));
    if moved {
        let args = [("n", speech.step.to_string().into()), ("text", speech.told.as_str().into())];
        writeln!(out, "{}", words.with("plain-step", &args))?;
        for note in speech.notes.iter().filter(|note| other_language || note.step == speech.step) {
            let note = words.sentences(&spoken(&note.text));
            writeln!(out, "{}", words.with("plain-note", &[("text", note.into())]))?;
        }
        for line in speech.next.iter().chain(&speech.findings) {
            writeln!(out, "- {}", safe(line))?;
        }
    }
    if speech.chapter == SpeechChapter::Explanation && before.is_none_or(|before| before.chapter != speech.chapter) {
        text(&speech.explanation, out)?;
    }
    Ok(())
}

fn text(markdown: &str, out: &mut dyn Write) -> io::Result<()> {
    spoken(markdown).into_iter().try_for_each(|line| writeln!(out, "{line}"))
}
