//! The settings file: what somebody always wants, without typing it each time. The command line goes before it.
//!
//! ```toml
//! lang = "zh"                  # en, zh
//! theme = "high-contrast"      # `lockstep paths` says where your own belong
//! glyphs = "safe"              # unicode, safe, ascii
//! mouse = false
//! predict = false              # the gallery does not ask before it opens a program
//! paths = ["~/course"]         # folders of scenarios
//! ```

use super::exit::{Exit, Failure};
use crate::said::{self, Said};
use crate::tui::keymap::{KeyError, Keymap};
use crate::tui::theme::{ThemeFlaw, ThemeName, Themes};
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy, home_dir};
use serde::Deserialize;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use toml::Spanned;

/// So many files are looked at where themes are, and so much of each.
const THEMES_MAX: usize = 256;
const BYTES_MAX: u64 = 1 << 16;

/// What is wrong with files of a person's own: each with its place. Who needs the file has to stop; nobody else.
#[derive(Debug)]
pub(super) struct Mistake {
    exit: Exit,
    pub lines: Vec<Said>,
}

impl Mistake {
    fn usage(lines: Vec<Said>) -> Mistake {
        Mistake { exit: Exit::Usage, lines }
    }

    /// What was wrong before, and this besides.
    pub(super) fn after(self, before: Option<Mistake>) -> Mistake {
        match before {
            Some(Mistake { exit, lines }) => Mistake { exit, lines: [lines, self.lines].concat() },
            None => self,
        }
    }
}

impl From<Mistake> for Failure {
    fn from(Mistake { exit, lines }: Mistake) -> Failure {
        Failure { exit, message: lines.into() }
    }
}

/// A name in the settings file, and the line in which it stands. Names are checked when they are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub name: String,
    line: usize,
}

impl Set {
    /// The name means nothing.
    pub(super) fn wrong(&self, told: Said) -> Mistake {
        Mistake::usage(vec![in_line(&file().unwrap_or_default(), self.line, told)])
    }
}

/// What can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    pub lang: Option<Set>,
    pub theme: Option<Set>,
    pub glyphs: Option<Set>,
    pub mouse: Option<bool>,
    pub predict: Option<bool>,
    pub paths: Vec<PathBuf>,
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    lang: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
    glyphs: Option<Spanned<String>>,
    mouse: Option<bool>,
    predict: Option<bool>,
    paths: Vec<PathBuf>,
}

/// Where the settings file belongs; `None` when there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("settings.toml"))
}

/// Where a person's own themes belong; `None` when there is no home directory.
pub(super) fn theme_dir() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("themes"))
}

/// The themes there are: those that come with the program, and each `NAME.toml` among a person's own that is one.
#[derive(Debug, Default)]
pub(super) struct OwnThemes {
    pub themes: Themes,
    /// What is wrong with the others, by their names.
    flaws: Vec<(String, Said)>,
}

impl OwnThemes {
    pub(super) fn read() -> OwnThemes {
        let mut own = OwnThemes::default();
        let Some(folder) = theme_dir() else { return own };
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return own,
            Err(error) => {
                own.flaws.push((String::new(), Said::of_file(&folder, &error)));
                return own;
            }
        };
        let mut files = Vec::new();
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())).take(THEMES_MAX) {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            if let (Some(stem), true) = (stem, path.extension().is_some_and(|extension| extension == "toml")) {
                match text_of(&path) {
                    Ok(text) => files.push((stem.to_owned(), text)),
                    Err(mistake) => own.flaws.extend(mistake.lines.into_iter().map(|line| (stem.to_owned(), line))),
                }
            }
        }
        files.sort();
        own.themes = Themes::with_own(&files);
        let told = |flaw: &ThemeFlaw| {
            (flaw.name.clone(), in_line(&folder.join(format!("{}.toml", flaw.name)), flaw.line, flaw.error.said()))
        };
        own.flaws.extend(own.themes.flaws().iter().map(told));
        own
    }

    /// The theme of this name. What is wrong with one that is none may stand in others, which it inherits: all of it is told.
    pub(super) fn find(&self, name: &str) -> Result<ThemeName, Wanted> {
        if self.flaws.iter().any(|(of, _)| of == name) {
            return Err(Wanted::Broken(Mistake::usage(self.flaws())));
        }
        self.themes.find(name).map_err(|error| Wanted::Unknown(error.said()))
    }

    /// What is wrong with those that are no themes.
    pub(super) fn flaws(&self) -> Vec<Said> {
        self.flaws.iter().map(|(_, told)| told.clone()).collect()
    }
}

/// Why there is no such theme.
#[derive(Debug)]
pub(super) enum Wanted {
    Unknown(Said),
    Broken(Mistake),
}

/// Where a person's own keys belong; `None` when there is no home directory.
pub(super) fn key_file() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("keys.toml"))
}

/// The keys as a person has them.
pub(super) fn keymap() -> Result<Keymap, Mistake> {
    let Some(path) = key_file().filter(|path| path.exists()) else { return Ok(Keymap::default()) };
    Keymap::parse(&text_of(&path)?).map_err(|errors| {
        let line = |error: &KeyError| in_line(&path, error.line as usize, error.kind.said());
        Mistake::usage(errors.iter().map(line).collect())
    })
}

/// What is wrong with a line of a file.
fn in_line(path: &Path, line: usize, told: Said) -> Said {
    let said = Said::new("flaw-line").with("file", path.display().to_string());
    said.with("line", line).with("told", told)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Mistake {
    Mistake { exit: Exit::Files, lines: vec![Said::of_file(path, error)] }
}

/// A small file.
fn text_of(path: &Path) -> Result<String, Mistake> {
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(BYTES_MAX + 1).read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    if text.len() as u64 > BYTES_MAX {
        let told = Said::new("file-no-keys").with("path", path.display().to_string());
        return Err(Mistake { exit: Exit::Files, lines: vec![told] });
    }
    Ok(text)
}

/// Where the program keeps what it notes for itself; `None` when there is no home directory.
pub(super) fn state_dir() -> Option<PathBuf> {
    let strategy = strategy()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))
}

/// Where the program keeps what belongs to the person; `None` when there is no home directory.
pub(super) fn data_dir() -> Option<PathBuf> {
    Some(strategy()?.data_dir())
}

fn strategy() -> Option<impl AppStrategy> {
    let args =
        AppStrategyArgs { top_level_domain: String::new(), author: String::new(), app_name: "lockstep".to_owned() };
    choose_app_strategy(args).ok()
}

impl Settings {
    /// Reads the settings file. None is as good as an empty one.
    pub(super) fn read() -> Result<Settings, Mistake> {
        match file().filter(|path| path.exists()) {
            Some(path) => Settings::parse(&path, &text_of(&path)?),
            None => Ok(Settings::default()),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Settings, Mistake> {
        let line_of = |start: usize| text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        let written: Written = toml::from_str(text).map_err(|error| {
            let told = Said::new("wrong-format").with("text", said::reader(error.message()));
            Mistake::usage(vec![in_line(path, line_of(error.span().unwrap_or_default().start), told)])
        })?;
        let set = |name: Option<Spanned<String>>| {
            name.map(|name| Set { line: line_of(name.span().start), name: name.into_inner() })
        };
        let mut settings = Settings {
            lang: set(written.lang),
            theme: set(written.theme),
            glyphs: set(written.glyphs),
            mouse: written.mouse,
            predict: written.predict,
            paths: written.paths,
        };
        for path in &mut settings.paths {
            if let (Ok(rest), Ok(home)) = (path.strip_prefix("~"), home_dir()) {
                *path = home.join(rest);
            }
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(Path::new("settings.toml"), text)
            .map_err(|mistake| mistake.lines.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn settings_are_read_strictly() {
        let settings = parse("lang = \"zh\"\nmouse = false\npaths = [\"/a\", \"~/b\"]\n").unwrap();
        assert_eq!(settings.lang, Some(Set { name: "zh".to_owned(), line: 1 }));
        assert_eq!(settings.mouse, Some(false));
        assert!(settings.paths[1].is_absolute());
        assert_eq!(parse("").unwrap(), Settings::default());
        let error = parse("langg = \"zh\"").unwrap_err();
        assert!(error.contains("unknown field `langg`"), "{error}");
    }
}
