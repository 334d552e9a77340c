//! The story of a scenario around a run that is told: what it is about before the first step, why it went so after the
//! last, in sentences for screen readers and pipes.

use crate::event::{End, ThreadState};
use crate::model::{Model, ThreadView};
use crate::scenario::{Note, Section, Target, Variant};
use crate::words::markdown::spoken;
use crate::words::{Words, safe};
use std::io::{self, Write};
use std::sync::Arc;

/// Of threads that hang, so many are told one by one.
const THREADS_MAX: usize = 20;

/// What is told of a variant of a scenario.
#[derive(Clone, Debug)]
pub struct Tale {
    target: Target,
}

impl Tale {
    /// The story of this program, if it has one.
    #[must_use]
    pub fn of(target: &Target) -> Option<Tale> {
        target.variant().map(|_| Tale { target: target.clone() })
    }

    /// What is to be told during the run.
    #[must_use]
    pub fn notes(&self) -> Arc<[Note]> {
        self.variant().map_or_else(Arc::default, |variant| variant.notes.clone().into())
    }

    fn variant(&self) -> Option<&Variant> {
        self.target.variant()
    }

    fn section(&self, words: &Words) -> Option<&Section> {
        words.lang().of(&self.target.scenario()?.story).section(&self.variant()?.id)
    }

    /// Before the run: its title and the brief.
    pub fn begin(&self, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        let (Some(scenario), Some(variant)) = (self.target.scenario(), self.variant()) else { return Ok(()) };
        let lang = words.lang();
        let args = [("scenario", lang.text(&scenario.title).into()), ("variant", lang.text(&variant.title).into())];
        writeln!(out, "{}", words.with("gallery-title", &args))?;
        self.tell(|section| &section.brief, words, out)?;
        writeln!(out)
    }

    /// A part of the story. Nothing can be pressed here: where it speaks of keys, it says in what they are.
    fn tell(&self, part: fn(&Section) -> &str, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        let text = self.section(words).map_or("", part);
        for line in spoken(text) {
            writeln!(out, "{line}")?;
        }
        match (self.target.scenario(), self.variant()) {
            (Some(scenario), Some(variant)) if text.contains("{key:") || text.contains("`0`") => {
                let command = format!("lockstep {}/{}", scenario.id, variant.id);
                writeln!(out, "{}", words.with("plain-keys", &[("command", command.into())]))
            }
            _ => Ok(()),
        }
    }

    /// After the run: who can never go on, and why it went so.
    pub fn end(&self, model: &Model, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        if model.ended == Some(End::Deadlock) {
            hanging(model, words, out)?;
        }
        if self.section(words).is_some_and(|section| !section.after.is_empty()) {
            writeln!(out)?;
        }
        self.tell(|section| &section.after, words, out)
    }
}

/// A note, where it is due.
pub(super) fn note(note: &Note, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let text = words.sentences(&spoken(words.lang().text(&note.text)));
    writeln!(out, "{}", words.with("plain-note", &[("text", text.into())]))
}

/// Who holds and waits at the end.
fn hanging(model: &Model, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let hang: Vec<&ThreadView> = model.threads.iter().filter(|thread| thread.is_alive()).collect();
    for thread in hang.iter().take(THREADS_MAX) {
        let holds: Vec<String> = thread.holds.iter().map(|(object, _)| words.object_name(*object, model)).collect();
        let key = match (thread.state, holds.is_empty()) {
            (ThreadState::Ready, _) => continue,
            (_, true) => "plain-hangs",
            (_, false) => "plain-hangs-holding",
        };
        let args = [
            ("thread", thread.id.letter().into()),
            ("name", safe(&thread.name).into_owned().into()),
            ("line", thread.line.to_string().into()),
            ("clause", words.state_clause(thread.state, model).into()),
            ("objects", words.list(&holds).into()),
        ];
        writeln!(out, "{}", words.with(key, &args))?;
    }
    match hang.len().saturating_sub(THREADS_MAX) {
        0 => Ok(()),
        more => writeln!(out, "{}", words.with("plain-hangs-more", &[("n", more.into())])),
    }
}
