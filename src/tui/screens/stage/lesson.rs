//! What is told about the program besides what happens: its brief before the run, its notes during it, its explanation
//! after it.

use super::{Pane, Presenting, Stage};
use crate::ids::Step;
use crate::model::notes::Telling;
use crate::scenario::{Note, Section, Target};
use crate::words::Lang;
use std::sync::Arc;

/// How far the lesson is, where the cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// Nothing has happened yet.
    Brief,
    Notes,
    /// The run is over.
    Explanation,
}

/// What of the lesson somebody has had before his eyes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Read {
    /// So many notes, from the beginning of the run.
    notes: usize,
    explanation: bool,
}

impl Stage {
    /// What is on the stage, as the catalogue knows it.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.subject.program().map(|loaded| &loaded.target)
    }

    /// The notes that are about the program.
    pub(super) fn notes_of_target(&self) -> Arc<[Note]> {
        self.target().and_then(Target::variant).map_or_else(Arc::default, |variant| variant.notes.clone().into())
    }

    /// What is told of it before and after a run.
    #[must_use]
    pub fn section(&self, lang: Lang) -> Option<&Section> {
        let target = self.target()?;
        lang.of(&target.scenario()?.story).section(&target.variant()?.id)
    }

    /// How far the lesson is.
    #[must_use]
    pub fn chapter(&self) -> Chapter {
        match self.end() {
            Some(_) => Chapter::Explanation,
            None if self.cursor() == Step(0) => Chapter::Brief,
            None => Chapter::Notes,
        }
    }

    /// The notes that were told up to the cursor, in order.
    #[must_use]
    pub fn notes_told(&self) -> &[Telling] {
        self.history.notes().up_to(self.cursor())
    }

    /// How much was told that nobody has seen yet.
    #[must_use]
    pub fn unread(&self) -> usize {
        let explained = self.has_explanation() && self.chapter() == Chapter::Explanation;
        self.notes_told().len().saturating_sub(self.read.notes) + usize::from(explained && !self.read.explanation)
    }

    /// True when something is said about the program when its run is over. What is said is said in every language.
    pub(super) fn has_explanation(&self) -> bool {
        self.section(Lang::En).is_some_and(|section| !section.after.is_empty())
    }

    /// Whatever is told now is before somebody's eyes, if the notes are shown.
    pub fn attend(&mut self, screen: (u16, u16)) {
        let shown = match self.presenting {
            Presenting::Off => self.shows(Pane::Notes, screen),
            Presenting::Plain => false,
            Presenting::Revealed => true,
        };
        if !shown {
            return;
        }
        self.read.notes = self.read.notes.max(self.notes_told().len());
        self.read.explanation |= self.chapter() == Chapter::Explanation;
    }

    /// True when the arrows move the notes.
    pub(in crate::tui) fn scrolls_notes(&self) -> bool {
        match self.presenting {
            Presenting::Off => self.focus == Pane::Notes,
            Presenting::Plain => false,
            Presenting::Revealed => true,
        }
    }

    /// The first line of the notes that is shown, if somebody has chosen it.
    pub(in crate::tui) fn scroll_notes_to(&mut self, first: usize) {
        self.scroll[Pane::Notes as usize] = Some(first);
    }
}
