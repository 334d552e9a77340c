//! The last place in the gallery, kept from one time to the next.
//!
//! It is a convenience: when it cannot be written or read, nothing is lost and nothing is said.

use super::settings;
use std::path::PathBuf;

/// Where it is kept; `None` when there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(settings::state_dir()?.join("place"))
}

/// Where somebody was last time.
pub(super) fn last() -> Option<String> {
    let text = std::fs::read_to_string(file()?).ok()?;
    Some(text.trim().to_owned())
}

/// Remembers where somebody is.
pub(super) fn remember(place: &str) {
    let Some(file) = file() else { return };
    if let Some(folder) = file.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
    let _ = std::fs::write(file, place);
}
