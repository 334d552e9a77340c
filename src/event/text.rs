//! Rendered values: small, cheap to clone, cheap to compare.

use std::fmt;
use std::sync::Arc;

/// A value as its Python `repr` shows it, cut off at a readable length by whoever rendered it. Integers, by far the
/// most frequent, need no allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    Int(i64),
    // A thin pointer, so that a `Text` is 16 bytes and an event stays small.
    Str(Arc<Box<str>>),
}

impl Text {
    /// A text of these characters.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Text {
        Text::Str(Arc::new(text.into()))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Int(number) => fmt::Display::fmt(number, f),
            Text::Str(text) => f.pad(text),
        }
    }
}

impl From<i64> for Text {
    fn from(number: i64) -> Text {
        Text::Int(number)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::new(text)
    }
}
