//! The settings file: what somebody always wants, without typing it each time. The command line goes before it.
//!
//! ```toml
//! lang = "zh"                  # en, zh
//! theme = "high-contrast"      # ansi, light, high-contrast, mono
//! glyphs = "safe"              # unicode, safe, ascii
//! mouse = false
//! paths = ["~/course"]         # folders of scenarios
//! ```

use super::exit::Failure;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy, home_dir};
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What can be set. Names are checked when they are used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    pub lang: Option<String>,
    pub theme: Option<String>,
    pub glyphs: Option<String>,
    pub mouse: Option<bool>,
    pub paths: Vec<PathBuf>,
}

/// Where the settings file belongs; `None` when there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(strategy()?.config_dir().join("settings.toml"))
}

/// Where the program keeps what it notes for itself; `None` when there is no home directory.
pub(super) fn state_dir() -> Option<PathBuf> {
    let strategy = strategy()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))
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
            Err(error) => Err(Failure::files(format!("{}: {error}", path.display()))),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Settings, Failure> {
        let mut settings: Settings = toml::from_str(text)
            .map_err(|error| Failure::usage(format!("{}: {}", path.display(), error.to_string().trim_end())))?;
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
        Settings::parse(Path::new("settings.toml"), text).map_err(|failure| failure.message)
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
