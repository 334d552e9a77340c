//! What is to be run: a variant of a scenario, or a file.

use super::catalogue::{Broken, Catalogue};
use super::load::{Flaw, Origin, Scenario, Variant};
use super::nearest::nearest;
use super::picture::Picture;
use super::question::Question;
use crate::said::{Filling, Said};
use crate::source::{self, MAX_BYTES, Source};
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be run.
#[derive(Clone, Debug)]
pub enum Target {
    /// A variant of a scenario: the index into its variants.
    Variant {
        scenario: Arc<Scenario>,
        index: usize,
    },
    File {
        path: PathBuf,
        source: Arc<Source>,
    },
    /// The program of a recorded run of something else than what there is here under this name, with the picture that the
    /// recording says it has.
    Recorded {
        path: PathBuf,
        source: Arc<Source>,
        picture: Picture,
    },
}

/// Why a target could not be found or read.
#[derive(Debug)]
pub enum TargetError {
    UnknownScenario {
        name: String,
        suggestion: Option<String>,
    },
    UnknownVariant {
        scenario: String,
        name: String,
        suggestion: Option<String>,
        known: Vec<String>,
    },
    /// Its folder is not in order.
    Broken(Broken),
    Unreadable {
        path: PathBuf,
        error: std::io::Error,
    },
    /// What is in the file is not a program's text.
    NotSource {
        path: PathBuf,
        reason: source::Unreadable,
    },
}

impl TargetError {
    /// Place, reason, remedy.
    #[must_use]
    pub fn said(&self) -> Said {
        let at = |key, path: &Path| Said::new(key).with("path", path.display().to_string());
        match self {
            TargetError::UnknownScenario { name, suggestion: None } => {
                Said::new("refused-scenario").with("name", name.as_str())
            }
            TargetError::UnknownScenario { name, suggestion: Some(near) } => {
                Said::new("refused-scenario-near").with("name", name.as_str()).with("near", near.as_str())
            }
            TargetError::UnknownVariant { scenario, name, suggestion, known } => {
                let of = |key| Said::new(key).with("scenario", scenario.as_str()).with("name", name.as_str());
                match suggestion {
                    None => of("refused-variant").with("known", Filling::list(known)),
                    Some(near) => of("refused-variant-near").with("near", near.as_str()),
                }
            }
            TargetError::Broken(broken) => broken.said(),
            TargetError::Unreadable { path, error } => match error.kind() {
                ErrorKind::NotFound => at("refused-missing", path),
                ErrorKind::IsADirectory => at("refused-folder", path),
                ErrorKind::PermissionDenied => at("refused-locked", path),
                _ => at("refused-unreadable", path).with("reason", error),
            },
            TargetError::NotSource { path, reason } => at("refused-unreadable", path).with("reason", reason.said()),
        }
    }

    /// The same at length: all that is wrong, a line for each.
    #[must_use]
    pub fn lines(&self) -> Vec<Said> {
        match self {
            TargetError::Broken(broken) => {
                std::iter::once(Said::new("flaw-title")).chain(broken.flaws.iter().map(Flaw::said)).collect()
            }
            other => vec![other.said()],
        }
    }
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for TargetError {}

impl Target {
    /// What `text` means: `philosophers`, `philosophers/ordered`, or the path of a file.
    ///
    /// A name of the catalogue comes first, also one that only a folder has that is not in order. Whatever ends in `.py`, or exists, is a file.
    pub fn resolve(text: &str, catalogue: &Catalogue) -> Result<Target, TargetError> {
        let (name, variant) = match text.split_once('/') {
            Some((name, variant)) => (name, Some(variant)),
            None => (text, None),
        };
        let path = Path::new(text);
        let python = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("py"));
        if let Some(broken) = catalogue.broken().iter().find(|broken| *broken.id == *name).filter(|_| !python) {
            return Err(TargetError::Broken(broken.clone()));
        }
        if let Some(scenario) = catalogue.get(name).filter(|_| !python) {
            return find_variant(scenario, variant);
        }
        if python || path.exists() || text.starts_with(['.', '/', '~']) {
            return Target::read(path);
        }
        let suggestion = nearest(name, catalogue.scenarios().iter().map(|scenario| &*scenario.id));
        let suggestion =
            suggestion.map(|found| variant.map_or(found.to_owned(), |variant| format!("{found}/{variant}")));
        Err(TargetError::UnknownScenario { name: text.to_owned(), suggestion })
    }

    /// The file at this path.
    pub fn read(path: &Path) -> Result<Target, TargetError> {
        let unreadable = |error| TargetError::Unreadable { path: path.to_owned(), error };
        let file = File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        // One byte more than is allowed is enough to see that it is too much, however large the file is.
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let not_source = |reason| TargetError::NotSource { path: path.to_owned(), reason };
        if bytes.len() > MAX_BYTES {
            let length = usize::try_from(length).unwrap_or(usize::MAX).max(bytes.len());
            return Err(not_source(source::Unreadable::TooLarge(length)));
        }
        let source = Source::from_bytes(path.display().to_string(), &bytes).map_err(not_source)?;
        Ok(Target::File { path: path.to_owned(), source: Arc::new(source) })
    }

    /// The name to type to get here again.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Target::Variant { scenario, .. } => self
                .variant()
                .map_or_else(|| scenario.id.to_string(), |variant| format!("{}/{}", scenario.id, variant.id)),
            Target::File { path, .. } | Target::Recorded { path, .. } => path.display().to_string(),
        }
    }

    /// The program. A variant's is named after its file: that is what its tracebacks show.
    #[must_use]
    pub fn source(&self) -> Arc<Source> {
        match self {
            Target::Variant { scenario, index } => {
                let variant = &scenario.variants[*index];
                Arc::new(Source::new(Arc::clone(&variant.file), Arc::clone(&variant.text)))
            }
            Target::File { source, .. } | Target::Recorded { source, .. } => Arc::clone(source),
        }
    }

    /// The scenario, when it is one.
    #[must_use]
    pub fn scenario(&self) -> Option<&Arc<Scenario>> {
        match self {
            Target::Variant { scenario, .. } => Some(scenario),
            Target::File { .. } | Target::Recorded { .. } => None,
        }
    }

    /// The file that the program is read from, when there is one that can change.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Target::Variant { scenario, .. } => match &scenario.origin {
                Origin::Folder(folder) => Some(folder.join(&*self.variant()?.file)),
                Origin::Embedded => None,
            },
            Target::File { path, .. } | Target::Recorded { path, .. } => Some(path.clone()),
        }
    }

    /// The file, when it is one of the person's own.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Target::Variant { .. } => None,
            Target::File { path, .. } | Target::Recorded { path, .. } => Some(path),
        }
    }

    /// What is drawn next to it. A file says so in a comment; one that says something wrong has the usual picture.
    #[must_use]
    pub fn picture(&self) -> Picture {
        if let Target::Recorded { picture, .. } = self {
            return picture.clone();
        }
        let of_file = || Picture::of_program(&self.source().text)?.1.ok();
        self.variant().map(|variant| variant.picture.clone()).or_else(of_file).unwrap_or_default()
    }

    /// The picture as a trace of it says it; `None` when its text says it, or nothing does.
    #[must_use]
    pub fn declared(&self) -> Option<Arc<str>> {
        if matches!(self, Target::File { .. }) { None } else { self.picture().for_header() }
    }

    /// The same, with these questions in place of the variant's own.
    #[must_use]
    pub fn asking(self, questions: Vec<Question>) -> Target {
        match self {
            Target::Variant { scenario, index } if scenario.variants[index].questions != questions => {
                let mut scenario = Arc::unwrap_or_clone(scenario);
                scenario.variants[index].questions = questions;
                Target::Variant { scenario: Arc::new(scenario), index }
            }
            other => other,
        }
    }

    /// The variant, when it is one.
    #[must_use]
    pub fn variant(&self) -> Option<&Variant> {
        match self {
            Target::Variant { scenario, index } => scenario.variants.get(*index),
            Target::File { .. } | Target::Recorded { .. } => None,
        }
    }
}

fn find_variant(scenario: &Arc<Scenario>, variant: Option<&str>) -> Result<Target, TargetError> {
    let Some(name) = variant else { return Ok(Target::Variant { scenario: Arc::clone(scenario), index: 0 }) };
    if let Some(index) = scenario.variants.iter().position(|known| &*known.id == name) {
        return Ok(Target::Variant { scenario: Arc::clone(scenario), index });
    }
    let known = || scenario.variants.iter().map(|variant| &*variant.id);
    Err(TargetError::UnknownVariant {
        scenario: scenario.id.to_string(),
        name: name.to_owned(),
        suggestion: nearest(name, known()).map(|found| format!("{}/{found}", scenario.id)),
        known: known().map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str) -> Result<String, String> {
        Target::resolve(text, &Catalogue::embedded()).map(|target| target.name()).map_err(|error| error.to_string())
    }

    #[test]
    fn names_lead_to_variants() {
        assert_eq!(resolve("philosophers").unwrap(), "philosophers/naive");
        assert_eq!(resolve("philosophers/ordered").unwrap(), "philosophers/ordered");
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest() {
        assert!(resolve("philosopher").unwrap_err().ends_with("did you mean `philosophers`?"));
        assert!(resolve("philosopher/ordered").unwrap_err().ends_with("did you mean `philosophers/ordered`?"));
        assert!(resolve("philosophers/orderd").unwrap_err().ends_with("did you mean `philosophers/ordered`?"));
        assert!(resolve("philosophers/xyz").unwrap_err().contains("it has naive, ordered"));
        assert!(resolve("xyzzy").unwrap_err().contains("lockstep list"));
    }

    #[test]
    fn questions_can_be_others() {
        let target = Target::resolve("philosophers/naive", &Catalogue::embedded()).unwrap();
        let asked = |target: &Target| target.variant().unwrap().questions.len();
        assert_eq!(asked(&target), 2);
        let fewer = target.clone().asking(target.variant().unwrap().questions[1..].to_vec());
        assert_eq!((asked(&fewer), &*fewer.name()), (1, "philosophers/naive"));
    }

    #[test]
    fn files_are_read_and_what_is_not_text_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.py");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Target::read(&path).map(|target| target.source().text.to_string())
        };
        assert_eq!(read("\u{feff}x = 1\n".as_bytes()).unwrap(), "x = 1\n");
        assert!(matches!(read(b"x = 1\n\xd6\xd0\n"), Err(TargetError::NotSource { .. })));
        let large = read(&vec![b'#'; 5 << 20]).unwrap_err().to_string();
        assert!(large.ends_with("the file is too large: 5242880 bytes, at most 1048576 are read"), "{large}");
        assert!(resolve("nowhere.py").unwrap_err().starts_with("nowhere.py: there is no such file"));
        assert!(matches!(Target::read(dir.path()), Err(TargetError::Unreadable { .. })));
    }
}
