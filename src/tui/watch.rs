//! Watching folders for files that change.
//!
//! Editors write a file in many ways: in place, or another one that then takes its name. So folders are watched, not files, and
//! what happens in quick succession counts once ([`REST`]).

use crossbeam_channel::{Receiver, bounded, never};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// When nothing has happened for so long, the files are taken to be complete.
pub(super) const REST: Duration = Duration::from_millis(120);

/// So many folders are watched at most: systems have limits of their own.
const FOLDERS_MAX: usize = 256;

/// The folders that are watched.
pub(super) struct Watch {
    /// `None` where the system does not let anybody watch: then only the editor key loads again.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    changes: Receiver<()>,
}

impl Watch {
    /// Nothing is watched yet.
    pub(super) fn new() -> Watch {
        // One is enough: that there were more in between makes no difference.
        let (sender, changes) = bounded(1);
        let hear = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| concerns(&event)) {
                let _ = sender.try_send(());
            }
        };
        match notify::recommended_watcher(hear) {
            Ok(watcher) => Watch { watcher: Some(watcher), folders: BTreeSet::new(), changes },
            Err(_) => Watch { watcher: None, folders: BTreeSet::new(), changes: never() },
        }
    }

    /// Something has changed in one of the folders.
    pub(super) const fn changes(&self) -> &Receiver<()> {
        &self.changes
    }

    /// Watches these folders, and no others.
    pub(super) fn follow(&mut self, folders: Vec<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        let wanted: BTreeSet<PathBuf> = folders.into_iter().take(FOLDERS_MAX).collect();
        for folder in self.folders.difference(&wanted) {
            // It may be gone already.
            let _ = watcher.unwatch(folder);
        }
        let new = |folder: &&PathBuf| !self.folders.contains(*folder);
        let failed: Vec<PathBuf> = wanted
            .iter()
            .filter(new)
            .filter(|folder| watcher.watch(folder, RecursiveMode::NonRecursive).is_err())
            .cloned()
            .collect();
        // What could not be watched is tried again another time.
        self.folders = wanted.into_iter().filter(|folder| !failed.contains(folder)).collect();
    }
}

/// Whether a file that a program or a scenario is made of may have changed. That it was read, by us above all, is no change.
fn concerns(event: &Event) -> bool {
    let made_of = |path: &PathBuf| extension(path).is_some_and(|end| ["py", "json", "md"].contains(&end));
    !event.kind.is_access() && event.paths.iter().any(made_of)
}

fn extension(path: &Path) -> Option<&str> {
    path.extension()?.to_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind, ModifyKind};

    #[test]
    fn only_changes_of_what_programs_are_made_of_count() {
        let event = |kind, name: &str| Event::new(kind).add_path(PathBuf::from(name));
        let modified = EventKind::Modify(ModifyKind::Any);
        assert!(concerns(&event(modified, "/a/b.py")));
        assert!(concerns(&event(EventKind::Create(CreateKind::File), "/a/story.en.md")));
        assert!(!concerns(&event(modified, "/a/.b.py.swp")));
        assert!(!concerns(&event(EventKind::Access(AccessKind::Any), "/a/b.py")));
    }

    /// The channel waits, so nobody has to sleep.
    #[test]
    fn what_changes_in_a_folder_is_heard_until_it_is_watched_no_more() {
        let home = tempfile::tempdir().unwrap();
        let mut watch = Watch::new();
        if watch.watcher.is_none() {
            return;
        }
        watch.follow(vec![home.path().to_owned(), home.path().join("nowhere")]);
        assert_eq!(watch.folders.len(), 1);
        std::fs::write(home.path().join("a.py"), "x = 1\n").unwrap();
        assert_eq!(watch.changes().recv_timeout(Duration::from_secs(20)), Ok(()));
        watch.follow(Vec::new());
        assert!(watch.folders.is_empty());
    }
}
