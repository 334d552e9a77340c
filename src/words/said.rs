//! What others have said as data, in the language of the words.

use super::{Arg, Lang, Words, safe};
use crate::said::{Filling, Said};
use std::fmt;
use std::io::{self, ErrorKind};

/// How deep a phrase may stand in a phrase. Nothing that is said comes near it.
const DEPTH: usize = 8;

impl Words {
    /// The sentence.
    #[must_use]
    pub fn said(&self, said: &Said) -> String {
        self.phrase(said, DEPTH)
    }

    /// What the system said about a file, a pipe or a terminal.
    #[must_use]
    pub fn failed(&self, error: &io::Error) -> String {
        match Filling::from(error) {
            Filling::Said(said) => self.said(&said),
            _ => self.system(error.kind(), &error.to_string()),
        }
    }

    fn system(&self, kind: ErrorKind, text: &str) -> String {
        let key = match kind {
            ErrorKind::NotFound => "system-missing",
            ErrorKind::PermissionDenied => "system-denied",
            ErrorKind::AlreadyExists => "system-exists",
            ErrorKind::IsADirectory => "system-directory",
            ErrorKind::NotADirectory => "system-no-directory",
            ErrorKind::StorageFull => "system-full",
            ErrorKind::ReadOnlyFilesystem => "system-read-only",
            ErrorKind::BrokenPipe => "system-pipe",
            ErrorKind::UnexpectedEof => "system-end",
            ErrorKind::OutOfMemory => "system-memory",
            ErrorKind::FileTooLarge => "system-large",
            ErrorKind::ResourceBusy => "system-busy",
            ErrorKind::WouldBlock => "system-later",
            ErrorKind::Unsupported => "system-unsupported",
            // What is no text is told by this kind; so is much else that is no data of some format.
            ErrorKind::InvalidData if text.contains("UTF-8") => "system-text",
            _ => return self.with("system-other", &[("text", text.into())]),
        };
        self.t(key)
    }

    fn phrase(&self, said: &Said, depth: usize) -> String {
        let filled = |filling: &Filling| match filling {
            Filling::Text(text) => safe(text).into_owned(),
            Filling::Said(inner) if depth > 0 => self.phrase(inner, depth - 1),
            Filling::Said(inner) => inner.key.to_owned(),
            Filling::System(kind, text) => self.system(*kind, text),
            Filling::List(items) => items.join(&self.t("list-comma")),
        };
        let args: Vec<_> = said.fillings.iter().map(|(name, filling)| (*name, Arg::from(filled(filling)))).collect();
        self.with(said.key, &args)
    }
}

/// In English, for logs, tests and whoever uses the crate from a program.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Words::new(Lang::En).said(self))
    }
}
