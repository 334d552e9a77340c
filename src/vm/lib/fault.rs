//! Mistakes of the program that pure functions find.

/// Which exception is to be raised, and its text.
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
    ZeroDivision,
    Memory,
    /// Not an exception: CPython can do it and this machine cannot.
    Unmodelled,
}

impl Fault {
    pub fn new(kind: FaultKind, text: impl Into<String>) -> Fault {
        Fault { kind, text: text.into() }
    }

    pub fn value(text: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Value, text)
    }

    pub fn type_(text: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Type, text)
    }

    pub fn overflow(text: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Overflow, text)
    }

    pub fn zero_division(text: impl Into<String>) -> Fault {
        Fault::new(FaultKind::ZeroDivision, text)
    }

    /// The result has more bits than an int has here.
    #[must_use]
    pub fn too_large() -> Fault {
        Fault::overflow("int too large: integers have 64 bits here")
    }
}
