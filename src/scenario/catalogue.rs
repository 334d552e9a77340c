//! All the scenarios there are.

use super::load::{Flaw, Folder, Origin, Scenario, load};
use crate::said::Said;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The embedded scenarios in the order in which to learn them.
const ORDER: [&str; 11] = [
    "counter",
    "deadlock",
    "philosophers",
    "traffic",
    "condition",
    "parking",
    "rendezvous",
    "bounded-buffer",
    "barrier",
    "readers-writers",
    "peterson",
];

/// The scenarios that can be opened, in the order in which they are listed. Ids are unique.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    scenarios: Vec<Arc<Scenario>>,
}

/// Why a folder of scenarios could not be added.
#[derive(Debug)]
pub enum CatalogueError {
    Unreadable { path: PathBuf, error: std::io::Error },
    Empty(PathBuf),
    Flaws(Vec<Flaw>),
}

impl CatalogueError {
    /// What is wrong, a line for each.
    #[must_use]
    pub fn said(&self) -> Vec<Said> {
        let at = |key, path: &Path| Said::new(key).with("path", path.display().to_string());
        match self {
            CatalogueError::Unreadable { path, error } => vec![at("file-failed", path).with("reason", error)],
            CatalogueError::Empty(path) => vec![at("file-no-scenario", path)],
            CatalogueError::Flaws(flaws) => flaws.iter().map(Flaw::said).collect(),
        }
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.said().iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for CatalogueError {}

impl Catalogue {
    /// What comes with the program.
    ///
    /// # Panics
    /// Never: the tests load every embedded folder.
    #[must_use]
    pub fn embedded() -> Catalogue {
        // They are shared: whoever asks again gets them at once.
        static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue {
            scenarios: ORDER.map(|id| Arc::new(load(&embedded_folder(id)).expect("tested"))).into(),
        });
        EMBEDDED.clone()
    }

    /// Adds the scenario in this folder, or the scenarios in the folders in it. One with a known id replaces the one
    /// that was there: a teacher's own version comes first.
    pub fn add(&mut self, path: &Path) -> Result<(), CatalogueError> {
        let folders = if path.join("scenario.json").is_file() { vec![path.to_owned()] } else { folders_in(path)? };
        if folders.is_empty() {
            return Err(CatalogueError::Empty(path.to_owned()));
        }
        let mut flaws = Vec::new();
        for folder in folders {
            match load(&read_folder(&folder)?) {
                Ok(scenario) => self.insert(scenario),
                Err(found) => flaws.extend(found),
            }
        }
        if flaws.is_empty() { Ok(()) } else { Err(CatalogueError::Flaws(flaws)) }
    }

    /// Reads the scenarios that come from folders again; what is not in order any more stays as it was.
    ///
    /// # Errors
    /// What is wrong with each of them.
    pub fn renew(&mut self) -> Result<(), Vec<CatalogueError>> {
        let folders: Vec<PathBuf> = self.folders().map(Path::to_owned).collect();
        let wrong: Vec<CatalogueError> = folders.iter().filter_map(|folder| self.add(folder).err()).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The folders that scenarios come from.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.scenarios.iter().filter_map(|scenario| match &scenario.origin {
            Origin::Folder(folder) => Some(folder.as_path()),
            Origin::Embedded => None,
        })
    }

    fn insert(&mut self, scenario: Scenario) {
        let scenario = Arc::new(scenario);
        match self.scenarios.iter_mut().find(|known| known.id == scenario.id) {
            Some(known) => *known = scenario,
            None => self.scenarios.push(scenario),
        }
    }

    #[must_use]
    pub fn scenarios(&self) -> &[Arc<Scenario>] {
        &self.scenarios
    }

    /// The scenario with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Scenario>> {
        self.scenarios.iter().find(|scenario| &*scenario.id == id)
    }
}

fn embedded_folder(id: &str) -> Folder {
    let files = EMBEDDED.get_dir(id).map_or(&[][..], |dir| dir.entries());
    let files = files.iter().filter_map(|entry| {
        let file = entry.as_file()?;
        Some((file.path().file_name()?.to_str()?.to_owned(), file.contents_utf8()?.into()))
    });
    Folder { name: format!("scenarios/{id}"), files: files.collect(), origin: Origin::Embedded }
}

/// The folders inside `path` that have a manifest, by name.
fn folders_in(path: &Path) -> Result<Vec<PathBuf>, CatalogueError> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| unreadable(path, error))? {
        let folder = entry.map_err(|error| unreadable(path, error))?.path();
        if folder.join("scenario.json").is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

fn read_folder(path: &Path) -> Result<Folder, CatalogueError> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(path).map_err(|error| unreadable(path, error))? {
        let file = entry.map_err(|error| unreadable(path, error))?.path();
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        if file.is_file() && ["json", "py", "md"].iter().any(|end| file.extension().is_some_and(|found| found == *end))
        {
            let text = std::fs::read_to_string(&file).map_err(|error| unreadable(&file, error))?;
            files.insert(name.to_owned(), text.into());
        }
    }
    let whole = path.canonicalize().map_err(|error| unreadable(path, error))?;
    Ok(Folder { name: whole.display().to_string().replace('\\', "/"), files, origin: Origin::Folder(path.to_owned()) })
}

fn unreadable(path: &Path, error: std::io::Error) -> CatalogueError {
    CatalogueError::Unreadable { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_folder_loads_and_is_listed() {
        let mut embedded: Vec<&str> = EMBEDDED.dirs().filter_map(|dir| dir.path().to_str()).collect();
        embedded.sort_unstable();
        let mut listed = ORDER;
        listed.sort_unstable();
        assert_eq!(embedded, listed);
        for id in ORDER {
            if let Err(flaws) = load(&embedded_folder(id)) {
                panic!("{flaws:?}");
            }
        }
    }

    #[test]
    fn one_topic_has_one_name_in_each_language() {
        let catalogue = Catalogue::embedded();
        let mut topics: BTreeMap<&str, &str> = BTreeMap::new();
        for scenario in catalogue.scenarios() {
            let zh = *topics.entry(&scenario.topic.en).or_insert(&scenario.topic.zh);
            assert_eq!(zh, &*scenario.topic.zh, "{}", scenario.id);
        }
    }

    #[test]
    fn a_folder_of_ones_own_is_added_and_may_replace() {
        let dir = tempfile::tempdir().unwrap();
        let mine = dir.path().join("counter");
        std::fs::create_dir(&mine).unwrap();
        for entry in EMBEDDED.get_dir("counter").unwrap().files() {
            std::fs::write(mine.join(entry.path().file_name().unwrap()), entry.contents()).unwrap();
        }
        let mut catalogue = Catalogue::embedded();
        let before = catalogue.scenarios().len();
        catalogue.add(dir.path()).unwrap();
        assert_eq!(catalogue.scenarios().len(), before);
        assert_eq!(catalogue.get("counter").unwrap().origin, Origin::Folder(mine.clone()));
        catalogue.add(&mine).unwrap();

        std::fs::write(mine.join("scenario.json"), "{\n\"id\": 3}").unwrap();
        let error = catalogue.add(dir.path()).unwrap_err().to_string();
        assert!(error.contains("counter/scenario.json:2: invalid type"), "{error}");
    }

    #[test]
    fn a_folder_without_scenarios_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let mut catalogue = Catalogue::embedded();
        assert!(matches!(catalogue.add(dir.path()), Err(CatalogueError::Empty(_))));
        assert!(matches!(catalogue.add(&dir.path().join("nowhere")), Err(CatalogueError::Unreadable { .. })));
    }
}
