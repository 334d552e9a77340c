//! Why a file could not be written, and what to do about it.

use super::Words;
use crate::trace::whole::Unwritten;
use std::path::Path;

impl Words {
    /// Place, reason, remedy. (The remedy for a file that is there already is the option `--force`.)
    #[must_use]
    pub fn unwritten(&self, path: &Path, why: &Unwritten) -> String {
        let place = ("path", path.display().to_string().into());
        match why {
            Unwritten::Exists => self.with("unwritten-exists", &[place]),
            Unwritten::IsDirectory => self.with("unwritten-directory", &[place]),
            Unwritten::NoDirectory => self.with("unwritten-nowhere", &[place]),
            Unwritten::Denied => self.with("unwritten-denied", &[place]),
            Unwritten::Other(error) => self.with("unwritten-other", &[place, ("reason", self.failed(error).into())]),
        }
    }
}
