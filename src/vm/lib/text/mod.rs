//! Python's ways to write values as text, for plain numbers and strings.

pub mod field;
pub mod float;
pub mod percent;
pub mod quote;
pub mod spec;

/// A mistake of the program that a pure function found: which exception, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub text: String,
}

/// Which exception a [`Fault`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Type,
    Value,
    Overflow,
}

impl Fault {
    pub fn value(text: impl Into<String>) -> Fault {
        Fault { kind: FaultKind::Value, text: text.into() }
    }

    pub fn type_(text: impl Into<String>) -> Fault {
        Fault { kind: FaultKind::Type, text: text.into() }
    }

    pub fn overflow(text: impl Into<String>) -> Fault {
        Fault { kind: FaultKind::Overflow, text: text.into() }
    }
}
