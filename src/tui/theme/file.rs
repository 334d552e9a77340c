//! A theme as it is written.
//!
//! ```toml
//! inherits = "dark"            # a theme whose styles it has where it names none; may be left out
//! threads = ["cyan, bold"]     # the styles that threads take turns in; may be left out by who inherits
//!
//! [styles]
//! blocked = "red, bold"        # a slot and its style; all of them in a theme that inherits nothing
//! ```

use super::style::parse_style;
use super::{Slot, Theme};
use crate::said::Said;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// Why a theme is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeError {
    Unknown {
        name: String,
        known: String,
    },
    /// What the reader of the format says.
    Format {
        line: usize,
        text: String,
    },
    Style(String),
    Missing(&'static str),
    NoThreads,
    NoParent {
        name: String,
        known: String,
    },
    Circle(String),
}

impl ThemeError {
    /// The reason.
    #[must_use]
    pub fn said(&self) -> Said {
        let named = |key, name: &str, known: &str| Said::new(key).with("name", name).with("known", known);
        match self {
            ThemeError::Unknown { name, known } => named("wrong-theme", name, known),
            ThemeError::Format { line, text } => Said::new("wrong-line")
                .with("line", *line)
                .with("told", Said::new("wrong-format").with("text", text.as_str())),
            ThemeError::Style(style) => Said::new("wrong-style").with("style", style.as_str()),
            ThemeError::Missing(slot) => Said::new("wrong-style-missing").with("slot", *slot),
            ThemeError::NoThreads => Said::new("wrong-no-threads"),
            ThemeError::NoParent { name, known } => named("wrong-parent", name, known),
            ThemeError::Circle(round) => Said::new("wrong-circle").with("round", round.as_str()),
        }
    }
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ThemeError {}

/// A theme's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub inherits: Option<String>,
    threads: Option<Vec<String>>,
    #[serde(default)]
    styles: BTreeMap<Slot, String>,
}

impl File {
    pub(super) fn parse(text: &str) -> Result<File, ThemeError> {
        toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
            ThemeError::Format { line: before.matches('\n').count() + 1, text: error.message().to_owned() }
        })
    }

    /// The theme: what is named here, else what `parent` has.
    pub(super) fn theme(&self, parent: Option<&Theme>) -> Result<Theme, ThemeError> {
        let mut theme = parent.cloned().unwrap_or_default();
        for slot in Slot::ALL {
            match (self.styles.get(&slot), parent) {
                (Some(style), _) => theme.styles[slot as usize] = parse_style(style)?,
                (None, Some(_)) => {}
                (None, None) => return Err(ThemeError::Missing(slot.name())),
            }
        }
        if let Some(threads) = &self.threads {
            theme.threads = threads.iter().map(|style| parse_style(style)).collect::<Result<_, _>>()?;
        } else if parent.is_none() {
            theme.threads.clear();
        }
        if theme.threads.is_empty() { Err(ThemeError::NoThreads) } else { Ok(theme) }
    }
}
