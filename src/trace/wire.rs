//! What can stand on a line, before anybody asks whether it makes sense.

use crate::event::Text;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A string of a file; borrowed from the line when nothing in it was escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

/// The fields of every record but the first one. All are optional here: which ones are needed depends on what the others
/// say. Fields that are not known are passed over.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wire<'a> {
    // ---- what it is ----
    #[serde(borrow)]
    pub(super) record: Option<Str<'a>>,
    #[serde(borrow)]
    pub(super) event: Option<Str<'a>>,
    // ---- every event ----
    pub(super) seq: Option<u32>,
    pub(super) step: Option<u32>,
    pub(super) at: Option<u64>,
    pub(super) thread: Option<u32>,
    pub(super) line: Option<u32>,
    #[serde(borrow)]
    pub(super) choice: Option<Str<'a>>,
    // ---- operations ----
    #[serde(borrow)]
    pub(super) action: Option<Str<'a>>,
    pub(super) object: Option<u32>,
    pub(super) other: Option<u32>,
    pub(super) key: Option<Text>,
    pub(super) value: Option<Text>,
    #[serde(borrow)]
    pub(super) access: Option<Str<'a>>,
    pub(super) call: Option<Text>,
    pub(super) blocking: Option<bool>,
    pub(super) timeout: Option<u64>,
    pub(super) count: Option<u64>,
    pub(super) question: Option<Text>,
    pub(super) item: Option<Text>,
    pub(super) immediate: Option<bool>,
    pub(super) length: Option<u64>,
    pub(super) text: Option<Text>,
    pub(super) prompt: Option<Text>,
    // ---- what came of them ----
    #[serde(borrow)]
    pub(super) outcome: Option<Str<'a>>,
    pub(super) result: Option<Text>,
    pub(super) exception: Option<Text>,
    pub(super) woke: Option<Vec<u32>>,
    // ---- declarations ----
    #[serde(borrow)]
    pub(super) name: Option<Str<'a>>,
    pub(super) daemon: Option<bool>,
    pub(super) parent: Option<u32>,
    #[serde(borrow)]
    pub(super) kind: Option<Str<'a>>,
    pub(super) created: Option<u32>,
    pub(super) initial: Option<Initial>,
    // ---- states and ends ----
    #[serde(borrow)]
    pub(super) state: Option<Str<'a>>,
    pub(super) until: Option<u64>,
    #[serde(borrow)]
    pub(super) end: Option<Str<'a>>,
    #[serde(borrow)]
    pub(super) limit: Option<Str<'a>>,
    pub(super) amount: Option<u64>,
    #[serde(borrow)]
    pub(super) what: Option<Str<'a>>,
    pub(super) what_line: Option<u32>,
    // ---- the end of the file ----
    pub(super) steps: Option<u64>,
    pub(super) events: Option<u64>,
}

/// The state of an object when it is declared.
#[derive(Debug, serde::Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum Initial {
    Data {
        value: Option<Text>,
    },
    Fields {
        #[serde(default)]
        values: Vec<(Text, Text)>,
    },
    Lock {
        owner: Option<u32>,
        depth: u32,
    },
    Condition {
        lock: u32,
    },
    Event {
        set: bool,
    },
    Semaphore {
        value: i64,
        bound: Option<i64>,
    },
    Barrier {
        parties: u32,
        broken: bool,
    },
    Queue {
        items: Vec<Text>,
        capacity: Option<u32>,
        unfinished: u32,
        closed: bool,
    },
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Str<'a>, D::Error> {
        deserializer.deserialize_str(StrVisitor).map(Str)
    }
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// A rendered value in a file: an integer, or a string.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an integer of 64 bits")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        i64::try_from(number).map(Text::Int).map_err(|_| E::custom("the integer is too large"))
    }
}
