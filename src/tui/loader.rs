//! Where programs come from: the border to whoever finds, reads and compiles them.

use super::reload::Reloaded;
use super::screens::stage::Recited;
use crate::ids::Step;
use crate::said::Said;
use crate::scenario::{Localized, Progress, Target};
use crate::session::Start;
use crate::source::{Source, Token};
use std::path::PathBuf;
use std::sync::Arc;

/// Which program is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// A scenario (`philosophers`, `philosophers/ordered`) or the path of a Python file.
    pub target: String,
    /// Module-level constants with other values than the file gives them, as Python text.
    pub parameters: Vec<(String, String)>,
}

/// Where in its run a program opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub step: Step,
    /// Whoever asks for a line of input before that, when no line is left, is at the end of the input.
    pub input_ends: bool,
}

/// A program that is ready to run.
#[derive(Clone)]
pub struct Loaded {
    pub request: Request,
    pub target: Target,
    /// The file, when it can be edited.
    pub path: Option<PathBuf>,
    pub source: Arc<Source>,
    /// For colouring, in order.
    pub tokens: Vec<Token>,
    /// Constants of the program that can be given another value, with the value they have now.
    pub parameters: Vec<(String, String)>,
    pub start: Start,
    /// Not at the beginning, but there.
    pub at: Option<Place>,
}

/// A recording that can be shown.
pub enum Opened {
    /// Its program can be run as well.
    Program(Box<Loaded>),
    /// It can be looked at, and nothing else.
    Recited(Box<Recited>),
}

/// Why a program could not be loaded: finished lines in every language, such as the compiler's diagnostics.
pub type Refusal = Localized<Vec<String>>;

/// Finds, reads and compiles programs. Called from the interface's own thread, so it must be quick.
pub trait Loader {
    /// The program that is asked for.
    fn load(&mut self, request: &Request) -> Result<Loaded, Refusal>;

    /// The folders where what was loaded comes from, to be watched.
    fn folders(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Looks again at all scenarios that come from folders, and at this program.
    fn reload(&mut self, request: Option<&Request>) -> Reloaded;

    /// The recording that is asked for; `None` when a program is.
    fn recording(&mut self, _: &Request) -> Option<Result<Opened, Refusal>> {
        None
    }

    /// Adds to what was done, wherever that is kept; everything that is kept there then. `None`: nothing is kept.
    fn keep(&mut self, _: &Progress) -> Option<Result<Progress, Said>> {
        None
    }

    /// Forgets what was done ([`Progress::forget`]); everything that is kept then. `None`: nothing is kept.
    fn forget(&mut self, _: Option<&str>) -> Option<Result<Progress, Said>> {
        None
    }
}
