//! What is on the stage: a program of ours, or the run of another one.

use crate::said::Said;
use crate::scenario::{Catalogue, Picture};
use crate::session::Start;
use crate::source::{Source, Token};
use crate::tui::loader::{Loaded, Request};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A run that shows itself, of a program that is none of ours: it can be watched, held up and let go on, but neither
/// started again nor changed.
#[derive(Clone, Debug)]
pub struct Watched {
    /// What it is called in the top line.
    pub title: String,
    /// The text its events speak of.
    pub source: Arc<Source>,
    /// The same in pieces, for colouring; none when nobody knows the language.
    pub tokens: Vec<Token>,
    /// The picture that a recording of it says it has.
    pub picture: Option<Picture>,
    /// The pace of its threads when it comes on the stage, and whether they are held up.
    pub pace: Duration,
    pub paused: bool,
}

/// What is on the stage.
pub(super) enum Subject {
    /// A program that can be started again, in another way and in another world.
    Program(Box<Loaded>),
    /// See [`Watched`].
    Watched(Watched),
}

impl Subject {
    pub(super) fn program(&self) -> Option<&Loaded> {
        match self {
            Subject::Program(loaded) => Some(loaded),
            Subject::Watched(_) => None,
        }
    }

    /// How its runs are started.
    pub(super) fn start(&self) -> Option<&Start> {
        self.program().map(|loaded| &loaded.start)
    }

    /// From now on its runs are started like this.
    pub(super) fn set_start(&mut self, start: Start) {
        if let Subject::Program(loaded) = self {
            loaded.start = start;
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Subject::Program(loaded) => loaded.target.name(),
            Subject::Watched(watched) => watched.title.clone(),
        }
    }

    pub(super) fn source(&self) -> &Source {
        match self {
            Subject::Program(loaded) => &loaded.source,
            Subject::Watched(watched) => &watched.source,
        }
    }

    pub(super) fn tokens(&self) -> &[Token] {
        match self {
            Subject::Program(loaded) => &loaded.tokens,
            Subject::Watched(watched) => &watched.tokens,
        }
    }

    /// Why the comment in which a program of somebody's own names its picture is none. (A scenario's was checked.)
    pub(super) fn picture_flaw(&self) -> Option<(u32, Said)> {
        let own = self.program().is_none_or(|loaded| loaded.target.scenario().is_none());
        let (line, said) = Picture::of_program(&self.source().text).filter(|_| own)?;
        Some((line, said.err()?.said()))
    }

    /// What is drawn next to it. Of a program that nobody has chosen here, its text may say so.
    pub(super) fn picture(&self) -> Picture {
        match self {
            Subject::Program(loaded) => loaded.target.picture(),
            Subject::Watched(watched) => {
                let of_text = || Picture::of_program(&watched.source.text).and_then(|(_, said)| said.ok());
                let declared = watched.picture.clone().or_else(of_text);
                declared.or_else(|| of_scenario(watched)).unwrap_or_default()
            }
        }
    }

    /// The picture as a trace says it: a file says so in its own text.
    pub(super) fn declared_picture(&self) -> Option<Arc<str>> {
        self.program().and_then(|loaded| loaded.target.declared())
    }

    /// What loads it again.
    pub(super) fn request(&self) -> Option<&Request> {
        self.program().map(|loaded| &loaded.request)
    }

    /// The file, when it can be edited.
    pub(super) fn path(&self) -> Option<&Path> {
        self.program()?.path.as_deref()
    }
}

/// The picture of a run that says it is of a scenario's variant, when it is: the program is the same.
fn of_scenario(watched: &Watched) -> Option<Picture> {
    let (scenario, variant) = watched.title.split_once('/')?;
    let catalogue = Catalogue::embedded();
    let variant = catalogue.get(scenario)?.variant(variant)?;
    (*variant.text == *watched.source.text).then(|| variant.picture.clone())
}
