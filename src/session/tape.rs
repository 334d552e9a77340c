//! An opened trace on its way to whoever plays it.

use crate::ids::Step;
use crate::trace::{Header, Reader};
use parking_lot::Mutex;
use std::fmt;
use std::sync::Arc;

/// A trace whose header was read. The rest is read once, by the session that gets it first.
#[derive(Clone)]
pub struct Tape {
    reader: Arc<Mutex<Option<Reader>>>,
    header: Arc<Header>,
    grows: bool,
    at: Option<Step>,
}

impl Tape {
    /// A file: what is in it is all there is.
    #[must_use]
    pub fn new(reader: Reader) -> Tape {
        let header = Arc::new(reader.header().clone());
        Tape { reader: Arc::new(Mutex::new(Some(reader))), header, grows: false, at: None }
    }

    /// A stream that may go on while it is looked at.
    #[must_use]
    pub fn growing(reader: Reader) -> Tape {
        Tape { grows: true, ..Tape::new(reader) }
    }

    /// The same, to be looked at from this step on.
    #[must_use]
    pub fn at(self, step: Option<Step>) -> Tape {
        Tape { at: step, ..self }
    }

    /// How the run was started.
    #[must_use]
    pub fn header(&self) -> &Arc<Header> {
        &self.header
    }

    /// True when it is a stream that may go on while it is looked at.
    #[must_use]
    pub fn grows(&self) -> bool {
        self.grows
    }

    /// The step that somebody wants to look at first.
    #[must_use]
    pub fn wanted(&self) -> Option<Step> {
        self.at
    }

    pub(super) fn take(&self) -> Option<Reader> {
        self.reader.lock().take()
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape").field("target", &self.header.target).finish_non_exhaustive()
    }
}
