//! What the speaker sees in a second terminal while the stage is presented to a room: the state of it as a [`Speech`]. How
//! it gets there is somebody else's business.

use super::app::{App, Screen};
use super::screens::predict::solved;
use super::screens::stage::{Chapter, Presenting, Stage};
use crate::event::ThreadState;
use crate::report::speech::{Speech, SpeechChapter, SpokenNote, SpokenQuestion};
use crate::scenario::Target;

/// Notes and threads that are told at once.
const NOTES_MAX: usize = 8;
const THREADS_MAX: usize = 12;

/// Takes what the speaker is to see. It must not let the interface wait.
pub trait Lectern {
    /// This is how things stand; `None`: nothing is presented any more.
    fn show(&mut self, speech: Option<Speech>);
}

/// What there is for the speaker; `None` while the stage is not presented.
#[must_use]
pub fn speech(app: &App) -> Option<Speech> {
    let stage = app.stage.as_ref().filter(|stage| stage.presenting() != Presenting::Off)?;
    if app.screen == Screen::Gallery {
        return None;
    }
    let words = &app.words;
    let mut speech = Speech {
        lang: words.lang().code().to_owned(),
        target: stage.title(),
        title: title(app, stage),
        chapter: match stage.chapter() {
            Chapter::Brief => SpeechChapter::Brief,
            Chapter::Notes => SpeechChapter::Notes,
            Chapter::Explanation => SpeechChapter::Explanation,
        },
        step: stage.model().step.0,
        status: words.t(stage.status().words()),
        told: stage.narration(words, &app.keymap),
        next: next(app, stage),
        ..Speech::default()
    };
    if let Some(section) = stage.section(words.lang()) {
        speech.brief = app.keymap.told(&section.brief, words).into_owned();
        speech.explanation = app.keymap.told(&section.after, words).into_owned();
    }
    let told = stage.notes_told();
    for telling in &told[told.len().saturating_sub(NOTES_MAX)..] {
        if let Some(note) = stage.history().notes().note(*telling) {
            let text = app.keymap.told(words.lang().text(&note.text), words).into_owned();
            speech.notes.push(SpokenNote { step: telling.step.0, text });
        }
    }
    // Answering takes a while, and only before the run somebody asks.
    let variant = stage.target().and_then(Target::variant).filter(|_| stage.chapter() == Chapter::Brief);
    for question in variant.map_or(&[][..], |variant| &variant.questions) {
        let (text, answers) = solved(app, stage, question);
        speech.questions.push(SpokenQuestion { text, answers });
    }
    let found = stage.history().findings().iter().take(THREADS_MAX);
    speech.findings = found.map(|finding| words.finding(finding, stage.model())).collect();
    Some(speech)
}

fn title(app: &App, stage: &Stage) -> String {
    let lang = app.words.lang();
    match stage.target().and_then(|target| Some((target.scenario()?, target.variant()?))) {
        Some((scenario, variant)) => {
            let args = [("scenario", lang.text(&scenario.title).into()), ("variant", lang.text(&variant.title).into())];
            app.words.with("gallery-title", &args)
        }
        None => stage.title(),
    }
}

/// What the threads are about to do, those first that can.
fn next(app: &App, stage: &Stage) -> Vec<String> {
    let (model, words) = (stage.model(), &app.words);
    let mut threads: Vec<_> = model.threads.iter().filter(|thread| thread.is_alive()).collect();
    threads.sort_by_key(|thread| thread.state != ThreadState::Ready);
    let line = |thread: &&crate::model::ThreadView| {
        let action = thread.pending.as_ref().map_or_else(String::new, |action| words.action(action, model));
        let args = [
            ("thread", thread.id.letter().into()),
            ("name", thread.name.as_ref().into()),
            ("line", thread.line.to_string().into()),
            ("action", action.into()),
            ("clause", words.state_clause(thread.state, model).into()),
        ];
        let key = if thread.state == ThreadState::Ready { "presenter-next" } else { "presenter-held" };
        words.with(key, &args)
    };
    threads.iter().take(THREADS_MAX).map(line).collect()
}
