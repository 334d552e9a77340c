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
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why a theme is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme '{name}'; there are {known}")]
    Unknown { name: String, known: String },
    #[error("{0}")]
    Format(String),
    #[error("the style '{0}' is not written as 'colour on colour, bold'")]
    Style(String),
    #[error("the style of '{0}' is missing, and no theme is inherited")]
    Missing(&'static str),
    #[error("there must be at least one style for threads")]
    NoThreads,
    #[error("it inherits '{name}', which does not exist; there are {known}")]
    NoParent { name: String, known: String },
    #[error("it inherits itself: {0}")]
    Circle(String),
}

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
        toml::from_str(text).map_err(|error| ThemeError::Format(error.to_string().trim_end().to_owned()))
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
