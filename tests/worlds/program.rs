//! Every program in the tree.

use crate::pairs;
use lockstep::lang::{Parameters, Program, compile};
use lockstep::scenario::Catalogue;
use lockstep::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A program and what is typed when it asks.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) program: Arc<Program>,
    pub(crate) lines: &'static [&'static str],
}

impl Case {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Case {
        let (name, text) = (name.into(), text.into());
        let compiled = compile(&Arc::new(Source::new("test.py", text.as_str())), &Parameters::default());
        let program = compiled.program.unwrap_or_else(|| panic!("{name}: {:#?}\n{text}", compiled.diagnostics));
        Case { name, text, program, lines: &["Ada", "Bo"] }
    }

    /// The line that is typed at the `place`-th question; then the input is at its end.
    pub(crate) fn line(&self, place: usize) -> Option<Arc<str>> {
        self.lines.get(place).map(|line| (*line).into())
    }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The programs in a folder, in order.
pub(crate) fn folder(folder: &str) -> Vec<Case> {
    let entries = std::fs::read_dir(tests().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "py"));
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy();
        // A crowd is a matter of numbers, and smaller here.
        let text = std::fs::read_to_string(file).unwrap().replace("range(5000)", "range(100)");
        Case::new(format!("{folder}/{name}"), text)
    };
    files.iter().map(read).collect()
}

/// Every variant of every scenario, those of the gallery, too.
pub(crate) fn scenarios() -> Vec<Case> {
    let mut catalogue = Catalogue::embedded();
    catalogue.add(&tests().join("gallery")).unwrap();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| {
        scenario.variants.iter().map(|variant| Case::new(format!("{}/{}", scenario.id, variant.id), &*variant.text))
    });
    variants.collect()
}

/// The pairs of threads in which the sharing of something is easily overlooked.
pub(crate) fn pairs() -> Vec<Case> {
    let groups = [
        ("lists", pairs::LISTS),
        ("captured", pairs::CAPTURED),
        ("attributes", pairs::ATTRIBUTES),
        ("methods", pairs::METHODS),
        ("defaults", pairs::DEFAULTS),
        ("frozen", pairs::FROZEN),
        ("globals", pairs::GLOBALS),
        ("loops", pairs::LOOPS),
        ("copies", pairs::COPIES),
        ("hooks", pairs::HOOKS),
        ("handed", pairs::HANDED),
    ];
    let cases = groups.iter().flat_map(|(name, group)| {
        let numbered = group.iter().enumerate();
        numbered.map(move |(number, (setup, a, b))| {
            Case::new(format!("pairs/{name}/{number}"), pairs::two_threads(setup, a, b))
        })
    });
    cases.chain([Case::new("pairs/module", pairs::MODULE)]).collect()
}
