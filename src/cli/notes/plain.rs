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
    let mut before: Heard = None;
    writeln!(out, "{}", spoken(&words.t("presenter-waiting-plain")).join(" "))?;
    out.flush()?;
    while let Ok(speech) = heard.recv() {
        match &speech {
            Some(speech) => state(speech, before.as_ref(), words, out)?,
            None => writeln!(out, "{}", words.t("presenter-over"))?,
        }
        out.flush()?;
        before = speech;
    }
    Ok(Exit::Done)
}

/// What is new in this state.
pub(super) fn state(speech: &Speech, before: Option<&Speech>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
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
        for note in speech.notes.iter().filter(|note| note.step == speech.step) {
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
