//! A folder becomes a [`Scenario`], or a list of what is wrong with it.

use super::contradiction::contradiction;
use super::locate::{Way, line_of, without_comments};
use super::manifest::{Expected, Id, Level, Manifest, ParameterEntry, VariantEntry};
use super::note::Note;
use super::picture::Picture;
use super::question::Question;
use super::story::Story;
use super::text::{Localized, Tongue};
use crate::said::{self, Said};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that is wrong with a scenario folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub file: String,
    /// From 1.
    pub line: u32,
    pub message: Said,
}

impl Flaw {
    pub(super) fn new(file: &str, line: u32, message: Said) -> Flaw {
        Flaw { file: file.to_owned(), line, message }
    }
}

impl Flaw {
    /// Place and reason.
    #[must_use]
    pub fn said(&self) -> Said {
        let said = Said::new("flaw-line").with("file", self.file.as_str());
        said.with("line", self.line).with("told", self.message.clone())
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// Where a scenario comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Part of the program.
    Embedded,
    /// A folder that was named on the command line.
    Folder(PathBuf),
}

/// A scenario whose every name leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    pub id: Arc<str>,
    pub title: Localized,
    pub summary: Localized,
    /// What it is about; scenarios with the same topic belong together.
    pub topic: Localized,
    pub level: Level,
    /// The languages of its texts; where there is one, it stands for the others.
    pub languages: Vec<Tongue>,
    pub parameters: Vec<Parameter>,
    /// At least one; the first is the one to begin with.
    pub variants: Vec<Variant>,
    pub story: Localized<Story>,
    pub origin: Origin,
}

impl Scenario {
    /// The variant with this id.
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| &*variant.id == id)
    }
}

/// A module-level constant that may be set from outside, within limits in which the scenario makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: Arc<str>,
    pub about: Localized,
    pub min: i64,
    pub max: i64,
}

/// A parameter in one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub parameter: Parameter,
    /// The value in the program's text.
    pub default: i64,
}

/// One of a scenario's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    pub id: Arc<str>,
    /// The program's file name.
    pub file: Arc<str>,
    /// The program.
    pub text: Arc<str>,
    pub title: Localized,
    pub summary: Localized,
    pub expected: Expected,
    /// The scenario's parameters that this program has.
    pub settings: Vec<Setting>,
    /// What is drawn next to the program.
    pub picture: Picture,
    /// The variant to compare it with; `None` when nobody has chosen one.
    pub compare: Option<Arc<str>>,
    /// What is said while it runs.
    pub notes: Vec<Note>,
    /// What is asked before it runs.
    pub questions: Vec<Question>,
    /// Where all this is stated.
    pub lines: Lines,
}

/// The lines of a manifest where things are said of a variant, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub variant: u32,
    pub expect: u32,
    /// Of the picture, or of the variant when its picture is stated elsewhere.
    pub stage: u32,
    /// Of the parameters of the scenario that the variant has.
    pub settings: Vec<u32>,
    pub notes: Vec<u32>,
    pub questions: Vec<u32>,
}

/// The files of a folder, by name.
pub(super) struct Folder {
    /// How messages call the folder: the way there as somebody wrote it.
    pub name: String,
    /// Its own name.
    pub called: String,
    pub files: BTreeMap<String, Arc<str>>,
    pub origin: Origin,
}

/// Loads a folder.
pub(super) fn load(folder: &Folder) -> Result<Scenario, Vec<Flaw>> {
    let mut loader = Loader {
        folder,
        json: folder.files.get(MANIFEST).map_or_else(String::new, |text| without_comments(text)),
        spoken: Tongue::ALL.to_vec(),
        flaws: Vec::new(),
    };
    let scenario = loader.scenario();
    match scenario {
        Some(scenario) if loader.flaws.is_empty() => Ok(scenario),
        _ => Err(loader.flaws),
    }
}

/// Questions are asked before a run: so many are patiently answered.
const QUESTIONS_MAX: usize = 3;

const MANIFEST: &str = "scenario.json";

struct Loader<'a> {
    folder: &'a Folder,
    /// The manifest, its comments blanked out.
    json: String,
    /// The languages of its texts.
    spoken: Vec<Tongue>,
    flaws: Vec<Flaw>,
}

impl Loader<'_> {
    fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.folder.name)
    }

    fn flaw(&mut self, file: &str, line: u32, message: Said) {
        let path = self.path(file);
        self.flaws.push(Flaw::new(&path, line, message));
    }

    /// A flaw of the manifest at the value that `path` leads to.
    fn manifest_flaw(&mut self, path: &[Way<'_>], message: Said) {
        let line = line_of(&self.json, path);
        self.flaw(MANIFEST, line, message);
    }

    fn scenario(&mut self) -> Option<Scenario> {
        if !self.folder.files.contains_key(MANIFEST) {
            self.flaw(MANIFEST, 1, Said::new("flaw-missing"));
            return None;
        }
        let manifest: Manifest = match serde_json::from_str(&self.json) {
            Ok(manifest) => manifest,
            Err(error) => {
                let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
                self.flaw(MANIFEST, line, said::reader(without_place(&error.to_string())));
                return None;
            }
        };
        self.spoken.clone_from(&manifest.languages);
        self.check_manifest(&manifest);
        let variants: Vec<Variant> = manifest
            .variants
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| self.variant(index, entry, &manifest))
            .collect();
        self.check_parameters(&manifest.parameters, &variants);
        let story = self.story(&manifest.variants);
        self.check_files(&manifest.variants);
        Some(Scenario {
            id: manifest.id.0.into(),
            title: manifest.title.only(&self.spoken),
            summary: manifest.summary.only(&self.spoken),
            topic: manifest.topic.only(&self.spoken),
            level: manifest.level,
            languages: manifest.languages,
            parameters: manifest.parameters.iter().map(|entry| self.parameter(entry)).collect(),
            variants,
            story,
            origin: self.folder.origin.clone(),
        })
    }

    fn check_manifest(&mut self, manifest: &Manifest) {
        let folder = self.folder.called.as_str();
        if manifest.id.0 != folder {
            let message = Said::new("flaw-id").with("id", manifest.id.0.as_str()).with("folder", folder);
            self.manifest_flaw(&[Way::Key("id")], message);
        }
        if manifest.variants.is_empty() {
            self.manifest_flaw(&[Way::Key("variants")], Said::new("flaw-no-variant"));
        }
        for (key, text) in [("title", &manifest.title), ("summary", &manifest.summary), ("topic", &manifest.topic)] {
            self.check_text(&[Way::Key(key)], text);
        }
    }

    fn check_text(&mut self, path: &[Way<'_>], text: &Localized) {
        for tongue in Tongue::ALL {
            let (name, spoken) = (tongue.name(), self.spoken.contains(&tongue));
            let path = [path, &[Way::Key(name)]].concat();
            match (spoken, text.in_tongue(tongue).trim().is_empty()) {
                (true, true) => self.manifest_flaw(&path, Said::new("flaw-no-text").with("name", name)),
                (false, false) => self.manifest_flaw(&path, Said::new("flaw-language").with("name", name)),
                (true, false) | (false, true) => {}
            }
        }
    }

    fn variant(&mut self, index: usize, entry: &VariantEntry, manifest: &Manifest) -> Option<Variant> {
        let at = |key| [Way::Key("variants"), Way::Index(index), Way::Key(key)];
        if manifest.variants[..index].iter().any(|other| other.id == entry.id) {
            self.manifest_flaw(&at("id"), Said::new("flaw-variant-twice").with("name", entry.id.0.as_str()));
        }
        if let Some(Id(other)) = &entry.compare
            && (*other == entry.id.0 || !manifest.variants.iter().any(|variant| variant.id.0 == *other))
        {
            self.manifest_flaw(&at("compare"), Said::new("flaw-no-other").with("name", other.as_str()));
        }
        self.check_text(&at("title"), &entry.title);
        self.check_text(&at("summary"), &entry.summary);
        if let Some(message) = contradiction(&entry.expect) {
            self.manifest_flaw(&at("expect"), message);
        }
        let Some(text) = self.folder.files.get(&entry.file).filter(|_| is_program(&entry.file)) else {
            self.manifest_flaw(&at("file"), Said::new("flaw-no-program").with("name", entry.file.as_str()));
            return None;
        };
        let (mut settings, mut lines) = (Vec::new(), Vec::new());
        for (place, parameter) in manifest.parameters.iter().enumerate() {
            if let Some(default) = constant(text, &parameter.name) {
                settings.push(Setting { parameter: self.parameter(parameter), default });
                lines.push(line_of(&self.json, &[Way::Key("parameters"), Way::Index(place)]));
            }
        }
        let picture = self.picture(entry, manifest, text);
        let notes = self.notes(index, entry, text);
        self.check_questions(index, entry);
        Some(Variant {
            id: entry.id.0.as_str().into(),
            file: entry.file.as_str().into(),
            text: Arc::clone(text),
            title: entry.title.only(&self.spoken),
            summary: entry.summary.only(&self.spoken),
            expected: entry.expect.clone(),
            settings,
            picture,
            compare: entry.compare.as_ref().map(|other| other.0.as_str().into()),
            notes,
            questions: entry.questions.iter().map(|question| self.question(question)).collect(),
            lines: self.lines(index, entry, lines),
        })
    }

    fn lines(&self, index: usize, entry: &VariantEntry, settings: Vec<u32>) -> Lines {
        let line = |rest: &[Way<'_>]| line_of(&self.json, &[&[Way::Key("variants"), Way::Index(index)], rest].concat());
        let list = |key, len| (0..len).map(|place| line(&[Way::Key(key), Way::Index(place)])).collect();
        Lines {
            variant: line(&[]),
            expect: line(&[Way::Key("expect")]),
            stage: line(&[Way::Key("stage")]),
            settings,
            notes: list("notes", entry.notes.len()),
            questions: list("questions", entry.questions.len()),
        }
    }

    fn question(&self, question: &Question) -> Question {
        let text = question.text.as_ref().map(|text| text.only(&self.spoken));
        Question { text, ..question.clone() }
    }

    fn parameter(&self, entry: &ParameterEntry) -> Parameter {
        let about = entry.about.only(&self.spoken);
        Parameter { name: entry.name.as_str().into(), about, min: entry.min, max: entry.max }
    }

    /// The variant's own picture, else that of its program, else that of the scenario.
    fn picture(&mut self, entry: &VariantEntry, manifest: &Manifest, program: &str) -> Picture {
        let named = entry.stage.clone().or_else(|| match Picture::of_program(program)? {
            (_, Ok(picture)) => Some(picture),
            (line, Err(error)) => {
                self.flaw(&entry.file, line, error.said());
                None
            }
        });
        let named = named.or_else(|| manifest.stage.clone());
        named.unwrap_or_default()
    }

    fn notes(&mut self, index: usize, entry: &VariantEntry, program: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        for (place, note) in entry.notes.iter().enumerate() {
            let at = [Way::Key("variants"), Way::Index(index), Way::Key("notes"), Way::Index(place)];
            self.check_text(&[&at[..], &[Way::Key("text")]].concat(), &note.text);
            match note.note(program) {
                Ok(note) => notes.push(Note { text: note.text.only(&self.spoken), ..note }),
                Err(message) => self.manifest_flaw(&at, message),
            }
        }
        notes
    }

    fn check_questions(&mut self, index: usize, entry: &VariantEntry) {
        let at = |place| [Way::Key("variants"), Way::Index(index), Way::Key("questions"), Way::Index(place)];
        for (place, question) in entry.questions.iter().enumerate() {
            if let Some(text) = &question.text {
                self.check_text(&[&at(place)[..], &[Way::Key("text")]].concat(), text);
            }
            if entry.questions[..place].contains(question) {
                self.manifest_flaw(&at(place), Said::new("flaw-question-twice"));
            }
        }
        if entry.questions.len() > QUESTIONS_MAX {
            self.manifest_flaw(&at(QUESTIONS_MAX), Said::new("flaw-questions").with("most", QUESTIONS_MAX));
        }
    }

    fn check_parameters(&mut self, parameters: &[ParameterEntry], variants: &[Variant]) {
        for (index, parameter) in parameters.iter().enumerate() {
            let at = |key| [Way::Key("parameters"), Way::Index(index), Way::Key(key)];
            let name = &parameter.name;
            self.check_text(&at("about"), &parameter.about);
            if parameters[..index].iter().any(|other| other.name == *name) {
                self.manifest_flaw(&at("name"), Said::new("flaw-parameter-twice").with("name", name.as_str()));
            }
            if parameter.min > parameter.max {
                self.manifest_flaw(&at("min"), Said::new("flaw-min").with("name", name.as_str()));
            }
            let settings =
                || variants.iter().flat_map(|variant| &variant.settings).filter(|s| *s.parameter.name == **name);
            if settings().next().is_none() {
                let message = Said::new("flaw-unset").with("name", name.as_str());
                self.manifest_flaw(&at("name"), message);
            }
            if let Some(setting) = settings().find(|s| !(s.parameter.min..=s.parameter.max).contains(&s.default)) {
                let message = Said::new("flaw-outside").with("name", name.as_str()).with("value", setting.default);
                self.manifest_flaw(&at("name"), message);
            }
        }
    }

    fn story(&mut self, variants: &[VariantEntry]) -> Localized<Story> {
        let ids: Vec<&str> = variants.iter().map(|variant| variant.id.0.as_str()).collect();
        let mut read = |tongue: Tongue| {
            let file = format!("story.{}.md", tongue.name());
            match (self.folder.files.get(&file), self.spoken.contains(&tongue)) {
                (Some(text), true) => return Story::parse(&self.path(&file), text, &ids, &mut self.flaws),
                (None, true) => self.flaw(&file, 1, Said::new("flaw-missing")),
                (Some(_), false) => self.flaw(&file, 1, Said::new("flaw-language").with("name", tongue.name())),
                (None, false) => {}
            }
            Story::default()
        };
        let story = Localized { en: read(Tongue::En), zh: read(Tongue::Zh) };
        story.only(&self.spoken)
    }

    /// Every program must be some variant's: one that is not was forgotten.
    fn check_files(&mut self, variants: &[VariantEntry]) {
        for file in self.folder.files.keys().filter(|file| is_program(file)) {
            if !variants.iter().any(|variant| variant.file == **file) {
                self.flaw(file, 1, Said::new("flaw-unused"));
            }
        }
    }
}

fn is_program(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|extension| extension == "py")
}

/// The number a program gives to a name at the beginning of a line: `N = 3`.
fn constant(program: &str, name: &str) -> Option<i64> {
    program.lines().filter_map(number).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The constants of a program that are whole numbers: what stands at the beginning of a line in capital letters.
#[must_use]
pub fn constants(program: &str) -> Vec<(String, i64)> {
    let mut found: Vec<(String, i64)> = Vec::new();
    for (name, value) in program.lines().filter_map(number) {
        if !name.chars().any(char::is_lowercase) && !found.iter().any(|(known, _)| known == name) {
            found.push((name.to_owned(), value));
        }
    }
    found
}

/// Reads `NAME = NUMBER`, with or without a comment.
fn number(line: &str) -> Option<(&str, i64)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let fits = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let fits = fits && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let value = value.split('#').next()?.trim().replace('_', "").parse().ok()?;
    fits.then_some((name, value))
}

/// A message of `serde_json` without its " at line 3 column 5".
fn without_place(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{
  "id": "demo",
  "title": {"en": "Demo", "zh": "演示"},
  "summary": {"en": "A demo.", "zh": "一个演示。"},
  "topic": {"en": "Demos", "zh": "演示"},
  "level": "first",
  "parameters": [
    {"name": "N", "about": {"en": "how many", "zh": "多少"}, "min": 1, "max": 5}
  ],
  "variants": [
    {
      "id": "one", "file": "one.py",
      "title": {"en": "One", "zh": "一"},
      "summary": {"en": "First.", "zh": "第一。"},
      "expect": {"verdict": "proved", "ends": "finished"}
    }
  ]
}
"#;

    fn folder(manifest: &str) -> Folder {
        let story = "# Demo\n\nHello.\n\n## one\n\nText.\n\n### after\n\nWhy.\n";
        let files = [
            ("scenario.json", manifest),
            ("one.py", "N = 3  # threads\n"),
            ("story.en.md", story),
            ("story.zh.md", story),
        ];
        let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
        let name = "scenarios/demo".to_owned();
        Folder { name, called: "demo".to_owned(), files, origin: Origin::Embedded }
    }

    fn flaws(folder: &Folder) -> Vec<String> {
        load(folder).map_or_else(|flaws| flaws.iter().map(ToString::to_string).collect(), |_| Vec::new())
    }

    #[test]
    fn a_good_folder_loads() {
        let scenario = load(&folder(GOOD)).unwrap();
        assert_eq!(&*scenario.id, "demo");
        let variant = scenario.variant("one").unwrap();
        assert_eq!(variant.settings[0].default, 3);
        assert_eq!(scenario.story.zh.section("one").map(|section| &*section.brief), Some("Text."));
    }

    #[test]
    fn each_flaw_is_named_with_its_line() {
        let cases = [
            ("\"level\"", "\"levle\"", "scenarios/demo/scenario.json:6: unknown field `levle`"),
            ("\"first\"", "\"zeroth\"", "scenarios/demo/scenario.json:6: unknown variant `zeroth`"),
            (
                ", \"zh\": \"演示\"},\n  \"summary\"",
                "},\n  \"summary\"",
                "scenarios/demo/scenario.json:3: the text in `zh` is missing or empty",
            ),
            ("A demo.", " ", "scenarios/demo/scenario.json:4: the text in `en` is missing or empty"),
            ("\"demo\"", "\"other\"", "scenarios/demo/scenario.json:2: the id is `other`"),
            (
                "\"one.py\"",
                "\"one.py\", \"compare\": \"one\"",
                "scenarios/demo/scenario.json:12: there is no other variant",
            ),
            ("\"one.py\"", "\"two.py\"", "scenarios/demo/scenario.json:12: there is no program `two.py`"),
            ("\"N\"", "\"K\"", "scenarios/demo/scenario.json:8: no program sets `K`"),
            ("\"max\": 5", "\"max\": 2", "scenarios/demo/scenario.json:8: a program sets `N` to 3"),
            ("\"finished\"", "\"deadlock\"", "scenarios/demo/scenario.json:15: seed 1 ends in `deadlock`"),
            ("\"id\": \"one\"", "\"id\": \"two\"", "scenarios/demo/story.en.md:5: there is no variant `one`"),
            ("{\n", "", "scenarios/demo/scenario.json:1: "),
        ];
        for (from, to, wanted) in cases {
            let found = flaws(&folder(&GOOD.replacen(from, to, 1)));
            assert!(found.iter().any(|flaw| flaw.starts_with(wanted)), "{from} -> {to}: {found:?}");
        }
    }

    #[test]
    fn comments_take_no_part_and_leave_lines_where_they_are() {
        let with = GOOD.replace("  \"level\"", "  // how much, 多少\n  // two\n \"level\"");
        assert_eq!(flaws(&folder(&with)), Vec::<String>::new());
        let wrong = with.replace("\"first\"", "\"zeroth\"");
        assert!(flaws(&folder(&wrong))[0].starts_with("scenarios/demo/scenario.json:8: unknown variant"));
        let slashes = GOOD.replace("A demo.", "See https://example.org//x.");
        assert_eq!(&*load(&folder(&slashes)).unwrap().summary.en, "See https://example.org//x.");
        assert!(!flaws(&folder(&GOOD.replace("  \"level\"", "  / \"level\""))).is_empty());
    }

    #[test]
    fn missing_and_forgotten_files_are_flaws() {
        let mut folder = folder(GOOD);
        folder.files.remove("story.zh.md");
        folder.files.insert("left.py".to_owned(), "".into());
        let wanted = [
            "scenarios/demo/story.zh.md:1: the file is missing",
            "scenarios/demo/left.py:1: no variant uses this program",
        ];
        assert_eq!(flaws(&folder), wanted);
        folder.files.remove("scenario.json");
        assert_eq!(flaws(&folder), ["scenarios/demo/scenario.json:1: the file is missing"]);
    }

    #[test]
    fn a_scenario_may_be_in_one_language() {
        let one = GOOD.replace("\"level\"", "\"languages\": [\"zh\"],\n  \"level\"");
        let mut folder = folder(&one);
        let found = flaws(&folder);
        let wanted =
            ["scenario.json:3: `languages` does not have `en`", "story.en.md:1: `languages` does not have `en`"];
        for wanted in wanted {
            assert!(found.contains(&format!("scenarios/demo/{wanted}")), "{found:?}");
        }
        let only = without_english(&one);
        folder.files.insert("scenario.json".to_owned(), only.into());
        folder.files.remove("story.en.md");
        let scenario = load(&folder).unwrap();
        assert_eq!((&*scenario.title.en, &*scenario.title.zh), ("演示", "演示"));
        assert_eq!(scenario.story.en, scenario.story.zh);
        assert_eq!(scenario.languages, [Tongue::Zh]);
        assert!(flaws(&self::folder(&GOOD.replace("\"level\"", "\"languages\": [],\n  \"level\""))).len() == 1);
    }

    /// Without the English texts.
    fn without_english(manifest: &str) -> String {
        let mut left = String::new();
        let mut rest = manifest;
        while let Some((before, after)) = rest.split_once("\"en\": ") {
            left.push_str(before);
            rest = after.split_once("\", ").map_or("", |(_, rest)| rest);
        }
        left + rest
    }

    #[test]
    fn constants_stand_at_the_beginning_of_a_line() {
        assert_eq!(constant("import x\nN = 1_000 # n\n", "N"), Some(1000));
        assert_eq!(constant("def f():\n    N = 1\n", "N"), None);
        assert_eq!(constant("NN = 1\nN == 2\n", "N"), None);
        let found = constants("N = 3\nlimit = 4\nMAX_CARS = 1_0  # many\nN = 5\n    X = 1\nY = []\n");
        assert_eq!(found, [("N".to_owned(), 3), ("MAX_CARS".to_owned(), 10)]);
    }
}
