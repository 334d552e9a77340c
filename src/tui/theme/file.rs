//! A theme as it is written.
//!
//! ```toml
//! inherits = "dark"            # a theme whose styles it has where it names none; may be left out
//! threads = ["cyan, bold"]     # the styles that threads take turns in; may be left out by who inherits
//!
//! [styles]
//! blocked = "red, bold"        # a slot and its style; all of them in a theme that inherits nothing
//! ```

use super::style::{COLOURS, MODIFIERS, parse_style};
use super::{Slot, Theme};
use crate::said::{self, Filling, Said};
use ratatui::style::Style;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// Why a theme is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeError {
    Unknown {
        name: String,
        known: String,
    },
    /// What the reader of the format says.
    Format(Said),
    /// It is not written as a style.
    Style(String),
    /// It is, but there is no such colour.
    Colour(String),
    /// It is, but a style cannot be that.
    Modifier(String),
    Missing(&'static str),
    NoThreads,
    NoParent {
        name: String,
        known: String,
    },
    /// What is wrong stands in the one it inherits.
    BrokenParent(String),
    Circle(String),
}

impl ThemeError {
    /// The reason.
    #[must_use]
    pub fn said(&self) -> Said {
        let named = |key, name: &str, known: &str| Said::new(key).with("name", name).with("known", known);
        match self {
            ThemeError::Unknown { name, known } => named("wrong-theme", name, known),
            ThemeError::Format(said) => Said::new("wrong-format").with("text", said.clone()),
            ThemeError::Style(style) => Said::new("wrong-style").with("style", style.as_str()),
            ThemeError::Colour(name) => {
                Said::new("wrong-colour").with("name", name.as_str()).with("known", Filling::list(&COLOURS))
            }
            ThemeError::Modifier(name) => {
                let known = Filling::list(&MODIFIERS.map(|(name, _)| name));
                Said::new("wrong-modifier").with("name", name.as_str()).with("known", known)
            }
            ThemeError::Missing(slot) => Said::new("wrong-style-missing").with("slot", *slot),
            ThemeError::NoThreads => Said::new("wrong-no-threads"),
            ThemeError::NoParent { name, known } => named("wrong-parent", name, known),
            ThemeError::BrokenParent(name) => Said::new("wrong-parent-broken").with("name", name.as_str()),
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

/// A line, from 1, and what is wrong with it.
pub(super) type Wrong = (usize, ThemeError);

/// A theme's file.
pub(super) struct File<'a> {
    text: &'a str,
    written: Written,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    inherits: Option<Spanned<String>>,
    threads: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    styles: BTreeMap<Slot, Spanned<String>>,
}

impl File<'_> {
    pub(super) fn parse(text: &str) -> Result<File<'_>, Wrong> {
        let written = toml::from_str(text).map_err(|error| {
            (line_of(text, error.span().unwrap_or_default()), ThemeError::Format(said::reader(error.message())))
        })?;
        Ok(File { text, written })
    }

    /// The theme that it inherits, and in which line that stands.
    pub(super) fn inherits(&self) -> Option<(&str, usize)> {
        let parent = self.written.inherits.as_ref()?;
        Some((parent.get_ref(), line_of(self.text, parent.span())))
    }

    /// The theme: what is named here, else what `parent` has.
    pub(super) fn theme(&self, parent: Option<&Theme>) -> Result<Theme, Vec<Wrong>> {
        let mut theme = parent.cloned().unwrap_or_default();
        let mut wrong = Vec::new();
        let mut read = |style: &Spanned<String>| {
            parse_style(style.get_ref()).unwrap_or_else(|error| {
                wrong.push((line_of(self.text, style.span()), error));
                Style::new()
            })
        };
        let mut missing = None;
        for slot in Slot::ALL {
            match self.written.styles.get(&slot) {
                Some(style) => theme.styles[slot as usize] = read(style),
                None if parent.is_none() => missing = missing.or(Some(slot)),
                None => {}
            }
        }
        let threads = self.written.threads.as_ref();
        if let Some(threads) = threads {
            theme.threads = threads.get_ref().iter().map(&mut read).collect();
        } else if parent.is_none() {
            theme.threads.clear();
        }
        wrong.extend(missing.map(|slot| (1, ThemeError::Missing(slot.name()))));
        if theme.threads.is_empty() {
            wrong.push((threads.map_or(1, |threads| line_of(self.text, threads.span())), ThemeError::NoThreads));
        }
        wrong.sort_by_key(|(line, _)| *line);
        if wrong.is_empty() { Ok(theme) } else { Err(wrong) }
    }
}

/// From 1.
fn line_of(text: &str, span: Range<usize>) -> usize {
    text.get(..span.start).unwrap_or_default().matches('\n').count() + 1
}
