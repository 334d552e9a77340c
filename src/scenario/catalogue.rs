//! All the scenarios there are.

use super::load::{Flaw, Folder, Origin, Scenario, load};
use super::target::{Target, TargetError};
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
    /// Each folder once, and none that a scenario above was read from: where a version was in order, it stays.
    broken: Vec<Broken>,
}

/// A folder with a scenario that is not in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What it would be called: the name of the folder.
    pub id: Arc<str>,
    pub folder: PathBuf,
    /// At least one.
    pub flaws: Vec<Flaw>,
}

impl Broken {
    /// That it was left out, and the first thing that is wrong with it.
    #[must_use]
    pub fn said(&self) -> Said {
        let said = Said::new("flaw-left-out").with("name", &*self.id).with("folder", self.folder.display().to_string());
        let told = self.flaws.first().map(Flaw::said);
        said.with("told", told.unwrap_or_else(|| Said::new("flaw-missing"))).with("n", self.flaws.len())
    }
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
            broken: Vec::new(),
        });
        EMBEDDED.clone()
    }

    /// Adds the scenario in this folder, or the scenarios in the folders in it. One with a known id replaces the one
    /// that was there: a teacher's own version comes first. One that is not in order keeps no other from being added.
    ///
    /// # Errors
    /// There is none, or some are not in order: those are [broken](Catalogue::broken) from now on.
    pub fn add(&mut self, path: &Path) -> Result<(), CatalogueError> {
        let folders = if path.join("scenario.json").is_file() { vec![path.to_owned()] } else { folders_in(path)? };
        if folders.is_empty() {
            return Err(CatalogueError::Empty(path.to_owned()));
        }
        let mut flaws = Vec::new();
        for folder in folders {
            match read_folder(&folder).and_then(|folder| load(&folder)) {
                Ok(scenario) => self.insert(scenario),
                Err(found) => {
                    flaws.extend_from_slice(&found);
                    self.leave_out(folder, found);
                }
            }
        }
        if flaws.is_empty() { Ok(()) } else { Err(CatalogueError::Flaws(flaws)) }
    }

    /// Reads the scenarios that come from folders again; what is not in order any more stays as it was.
    ///
    /// # Errors
    /// What is wrong with each of them, as far as that is new: what was never in order, and is wrong in the same way as
    /// before, is not told again.
    pub fn renew(&mut self) -> Result<(), Vec<CatalogueError>> {
        self.broken.retain(|broken| broken.folder.join("scenario.json").is_file());
        let folders: Vec<PathBuf> = self.folders().map(Path::to_owned).collect();
        let known = self.broken.clone();
        let wrong = folders.iter().filter_map(|folder| {
            let error = self.add(folder).err()?;
            let as_before = |flaws: &[Flaw]| known.iter().any(|broken| broken.flaws == *flaws);
            (!matches!(&error, CatalogueError::Flaws(flaws) if as_before(flaws))).then_some(error)
        });
        let wrong: Vec<CatalogueError> = wrong.collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The folders that scenarios come from, also those that are not in order.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        let of_scenarios = self.scenarios.iter().filter_map(|scenario| match &scenario.origin {
            Origin::Folder(folder) => Some(folder.as_path()),
            Origin::Embedded => None,
        });
        of_scenarios.chain(self.broken.iter().map(|broken| broken.folder.as_path()))
    }

    /// The scenarios that were left out, as they are not in order.
    #[must_use]
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    fn leave_out(&mut self, folder: PathBuf, flaws: Vec<Flaw>) {
        let known = self.folders().any(|known| known == folder);
        if let Some(broken) = self.broken.iter_mut().find(|broken| broken.folder == folder) {
            broken.flaws = flaws;
        } else if !known {
            self.broken.push(Broken { id: id_of(&folder).into(), folder, flaws });
        }
    }

    fn insert(&mut self, scenario: Scenario) {
        self.broken.retain(|broken| scenario.origin != Origin::Folder(broken.folder.clone()));
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
    let name = format!("scenarios/{id}");
    Folder { name, called: id.to_owned(), files: files.collect(), origin: Origin::Embedded }
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

/// Reads every file that can belong to a scenario. Whoever looks sees all that cannot be read at once.
fn read_folder(path: &Path) -> Result<Folder, Vec<Flaw>> {
    let flaw = |file: &Path, message| Flaw::new(&file.display().to_string(), 1, message);
    let failed = |error: std::io::Error| vec![flaw(path, Said::new("flaw-text").with("text", &error))];
    let (mut files, mut flaws) = (BTreeMap::new(), Vec::new());
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        if file.is_file() && ["json", "py", "md"].iter().any(|end| file.extension().is_some_and(|found| found == *end))
        {
            match Target::read(&file) {
                Ok(read) => drop(files.insert(name.to_owned(), Arc::clone(&read.source().text))),
                Err(TargetError::NotSource { reason, .. }) => flaws.push(flaw(&file, reason.said())),
                Err(TargetError::Unreadable { error, .. }) => {
                    flaws.push(flaw(&file, Said::new("flaw-text").with("text", &error)));
                }
                Err(error) => flaws.push(flaw(&file, error.said())),
            }
        }
    }
    if !flaws.is_empty() {
        flaws.sort_by(|a, b| a.file.cmp(&b.file));
        return Err(flaws);
    }
    let name = path.join("").display().to_string().trim_end_matches(['/', '\\']).to_owned();
    Ok(Folder { name, called: id_of(path), files, origin: Origin::Folder(path.to_owned()) })
}

/// The name of a folder, however the way there is written.
fn id_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
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
        // The version that was in order stays.
        assert_eq!(catalogue.broken(), []);
        assert_eq!(catalogue.folders().count(), 1);
    }

    #[test]
    fn what_is_not_in_order_keeps_nothing_else_out() {
        let dir = tempfile::tempdir().unwrap();
        let [good, broken] = ["counter", "deadlock"].map(|id| {
            let folder = dir.path().join(id);
            std::fs::create_dir(&folder).unwrap();
            for entry in EMBEDDED.get_dir(id).unwrap().files() {
                std::fs::write(folder.join(entry.path().file_name().unwrap()), entry.contents()).unwrap();
            }
            folder
        });
        std::fs::write(broken.join("story.zh.md"), b"# \xd6\xd0\n").unwrap();
        std::fs::write(broken.join("self.py"), b"\xd6\xd0\n").unwrap();
        let mut catalogue = Catalogue::embedded();
        assert!(matches!(catalogue.add(dir.path()), Err(CatalogueError::Flaws(_))));
        assert_eq!(catalogue.get("counter").unwrap().origin, Origin::Folder(good));
        assert_eq!(catalogue.get("deadlock").unwrap().origin, Origin::Embedded);
        let [left_out] = catalogue.broken() else { panic!("{:?}", catalogue.broken()) };
        assert_eq!((&*left_out.id, &left_out.folder), ("deadlock", &broken));
        let files: Vec<&str> = left_out.flaws.iter().map(|flaw| flaw.file.rsplit('/').next().unwrap()).collect();
        assert_eq!(files, ["self.py", "story.zh.md"]);

        // What is as it was is not told again, what is new is; what is mended is there.
        assert!(catalogue.renew().is_ok());
        std::fs::write(broken.join("self.py"), "x = 1\n").unwrap();
        assert_eq!(catalogue.renew().unwrap_err().len(), 1);
        let story = EMBEDDED.get_file("deadlock/story.zh.md").unwrap().contents();
        std::fs::write(broken.join("story.zh.md"), story).unwrap();
        std::fs::write(broken.join("self.py"), EMBEDDED.get_file("deadlock/self.py").unwrap().contents()).unwrap();
        assert!(catalogue.renew().is_ok());
        assert_eq!(catalogue.get("deadlock").unwrap().origin, Origin::Folder(broken));
        assert_eq!(catalogue.broken(), []);
    }

    #[test]
    fn messages_call_a_folder_as_it_was_called() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("mine");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("scenario.json"), "{}").unwrap();
        let path = |path: &Path| Catalogue::default().add(path).unwrap_err().to_string();
        let called = folder.join("..").join("mine");
        assert!(path(&called).starts_with(&format!("{}/scenario.json:1: ", called.display())));
        assert!(path(&folder.join("")).starts_with(&format!("{}/scenario.json:1: ", folder.display())));
    }

    #[test]
    fn a_folder_without_scenarios_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let mut catalogue = Catalogue::embedded();
        assert!(matches!(catalogue.add(dir.path()), Err(CatalogueError::Empty(_))));
        assert!(matches!(catalogue.add(&dir.path().join("nowhere")), Err(CatalogueError::Unreadable { .. })));
    }
}
