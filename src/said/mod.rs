//! What is to be told, as data: a message of the catalogue and what fills its variables.
//!
//! Whoever knows that something is wrong says so with a [`Said`]; the sentence in somebody's language is made of it by
//! `words` ([`Words::said`](crate::words::Words::said)). Printed, it is the sentence in English.

mod format;

pub use format::reader;

use std::io::{self, ErrorKind};
use std::path::Path;

/// A message of the catalogue with its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The key of the message.
    pub key: &'static str,
    pub fillings: Vec<(&'static str, Filling)>,
}

/// What stands in place of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// The same in every language: a name, a value, code.
    Text(String),
    /// A phrase in the language of the sentence.
    Said(Box<Said>),
    /// What the system said.
    System(ErrorKind, String),
    /// One after the other, separated as the language separates them.
    List(Vec<String>),
}

impl Said {
    /// The message of this key.
    #[must_use]
    pub const fn new(key: &'static str) -> Said {
        Said { key, fillings: Vec::new() }
    }

    /// What the system said of a file or a directory.
    #[must_use]
    pub fn of_file(path: &Path, error: &io::Error) -> Said {
        Said::new("file-failed").with("path", path.display().to_string()).with("reason", error)
    }

    /// The same with a variable filled.
    #[must_use]
    pub fn with(mut self, variable: &'static str, filling: impl Into<Filling>) -> Said {
        self.fillings.push((variable, filling.into()));
        self
    }

    /// The same with something done to each text in it that is the same in every language.
    #[must_use]
    pub fn mapped(mut self, change: &dyn Fn(&str) -> String) -> Said {
        for (_, filling) in &mut self.fillings {
            match filling {
                Filling::Text(text) => *text = change(text),
                Filling::Said(said) => **said = said.clone().mapped(change),
                Filling::List(items) => items.iter_mut().for_each(|item| *item = change(item)),
                Filling::System(..) => {}
            }
        }
        self
    }

    /// The same with texts of at most so many characters in it: what they repeat may be of any length.
    #[must_use]
    pub fn shortened(mut self, most: usize) -> Said {
        for (_, filling) in &mut self.fillings {
            if let Filling::Text(text) = filling
                && let Some((end, _)) = text.char_indices().nth(most)
            {
                text.truncate(end);
            }
        }
        self
    }
}

impl std::error::Error for Said {}

impl Filling {
    /// Names, one after the other.
    #[must_use]
    pub fn list<T: AsRef<str>>(items: &[T]) -> Filling {
        Filling::List(items.iter().map(|item| item.as_ref().to_owned()).collect())
    }
}

impl From<&str> for Filling {
    fn from(text: &str) -> Filling {
        Filling::Text(text.to_owned())
    }
}

impl From<String> for Filling {
    fn from(text: String) -> Filling {
        Filling::Text(text)
    }
}

impl From<&io::Error> for Filling {
    /// An error of our own that came through the system says itself what it is.
    fn from(error: &io::Error) -> Filling {
        if let Some(said) = error.get_ref().and_then(|inner| inner.downcast_ref::<Said>()) {
            return said.clone().into();
        }
        Filling::System(error.kind(), error.to_string())
    }
}

impl From<Said> for Filling {
    fn from(said: Said) -> Filling {
        Filling::Said(Box::new(said))
    }
}

/// Numbers stand as they are, without separators.
macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl From<$number> for Filling {
            fn from(number: $number) -> Filling {
                Filling::Text(number.to_string())
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, usize, i64);
