//! Why a recorded run could not be read, and what to do about it.

use super::{Arg, Words};
use crate::trace::{Broken, Problem, Unreadable, VERSION};
use std::io::ErrorKind;

impl Words {
    /// Place, reason, remedy. `name` is what the file is called.
    #[must_use]
    pub fn unread(&self, name: &str, why: &Unreadable) -> String {
        let path = ("path", Arg::from(name));
        let with = |key: &str, reason: &str| self.with(key, &[path.clone(), ("reason", reason.into())]);
        match why {
            Unreadable::Input(error) => match error.kind() {
                ErrorKind::NotFound => self.with("refused-missing", &[path]),
                ErrorKind::IsADirectory => self.with("refused-folder", &[path]),
                ErrorKind::PermissionDenied => self.with("refused-locked", &[path]),
                _ => with("unread-failed", &self.failed(error)),
            },
            Unreadable::Empty => self.with("unread-empty", &[path]),
            Unreadable::NoTrace(reason) => with("unread-no-trace", &self.said(reason)),
            Unreadable::Newer(version) => {
                let versions = [("version", version.to_string().into()), ("known", VERSION.into())];
                self.with("unread-newer", &[&[path], &versions[..]].concat())
            }
            Unreadable::Header(reason) => with("unread-header", &self.said(reason)),
        }
    }

    /// What is wrong with one line, and what was done about it.
    #[must_use]
    pub fn problem(&self, problem: &Problem) -> String {
        let (key, reason) = match &problem.broken {
            Broken::Skipped(reason) => ("unread-line-skipped", reason),
            Broken::Missing(reason) => ("unread-line-missing", reason),
            Broken::Stopped(reason) => ("unread-line-stopped", reason),
        };
        self.with(key, &[("line", problem.line.to_string().into()), ("reason", self.said(reason).into())])
    }
}
