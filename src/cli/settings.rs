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

use super::exit::Failure;
use crate::said::Said;
use crate::tui::keymap::{KeyError, Keymap};
use crate::tui::theme::{ThemeError, Themes};
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy, home_dir};
use serde::Deserialize;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// So many files are looked at where themes are, and so much of each.
const THEMES_MAX: usize = 256;
const BYTES_MAX: u64 = 1 << 16;

/// What can be set. Names are checked when they are used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    pub lang: Option<String>,
    pub theme: Option<String>,
    pub glyphs: Option<String>,
    pub mouse: Option<bool>,
    pub predict: Option<bool>,
    pub paths: Vec<PathBuf>,
}

/// Where the settings file belongs; `None` when there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("settings.toml"))
}

/// Where a person's own themes belong; `None` when there is no home directory.
pub(super) fn theme_dir() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("themes"))
}

/// The themes there are: those that come with the program, and each `NAME.toml` among a person's own.
pub(super) fn themes() -> Result<Themes, Failure> {
    let Some(folder) = theme_dir() else { return Ok(Themes::default()) };
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Themes::default()),
        Err(error) => return Err(unreadable(&folder, &error)),
    };
    let mut files = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())).take(THEMES_MAX) {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(stem), true) = (stem, path.extension().is_some_and(|extension| extension == "toml")) {
            files.push((stem.to_owned(), text_of(&path)?));
        }
    }
    files.sort();
    Themes::with_own(&files).map_err(|errors| {
        let line = |(name, error): &(String, ThemeError)| {
            let path = folder.join(format!("{name}.toml")).display().to_string();
            Said::new("file-failed").with("path", path).with("reason", error.said())
        };
        Failure::usage(errors.iter().map(line).collect::<Vec<_>>())
    })
}

/// Where a person's own keys belong; `None` when there is no home directory.
pub(super) fn key_file() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("keys.toml"))
}

/// The keys as a person has them.
pub(super) fn keymap() -> Result<Keymap, Failure> {
    let Some(path) = key_file().filter(|path| path.exists()) else { return Ok(Keymap::default()) };
    Keymap::parse(&text_of(&path)?).map_err(|errors| {
        let line = |error: &KeyError| in_line(&path, error.line as usize, error.kind.said());
        Failure::usage(errors.iter().map(line).collect::<Vec<_>>())
    })
}

/// What is wrong with a line of a file.
fn in_line(path: &Path, line: usize, told: Said) -> Said {
    let said = Said::new("flaw-line").with("file", path.display().to_string());
    said.with("line", line).with("told", told)
}

/// A file that cannot be read.
fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::files(Said::new("file-failed").with("path", path.display().to_string()).with("reason", error))
}

/// A small file.
fn text_of(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(BYTES_MAX + 1).read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    if text.len() as u64 > BYTES_MAX {
        Err(Failure::files(Said::new("file-no-keys").with("path", path.display().to_string())))
    } else {
        Ok(text)
    }
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
    pub(super) fn read() -> Result<Settings, Failure> {
        let Some(path) = file() else { return Ok(Settings::default()) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Settings::parse(&path, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Settings, Failure> {
        let mut settings: Settings = toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
            let told = Said::new("wrong-format").with("text", error.message());
            Failure::usage(in_line(path, before.matches('\n').count() + 1, told))
        })?;
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
            .map_err(|failure| failure.message.text(&crate::words::Words::new(crate::words::Lang::En)))
    }

    #[test]
    fn settings_are_read_strictly() {
        let settings = parse("lang = \"zh\"\nmouse = false\npaths = [\"/a\", \"~/b\"]\n").unwrap();
        assert_eq!(settings.lang.as_deref(), Some("zh"));
        assert_eq!(settings.mouse, Some(false));
        assert!(settings.paths[1].is_absolute());
        assert_eq!(parse("").unwrap(), Settings::default());
        let error = parse("langg = \"zh\"").unwrap_err();
        assert!(error.contains("unknown field `langg`"), "{error}");
    }
}
