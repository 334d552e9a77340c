//! The library modules that are written in Python: their texts, part of this binary.
//!
//! A program that imports one gets it compiled into itself as a hidden module. `builtins` is always included.

/// Module name and text. A new file under `assets/pylib` gets its line here.
const SOURCES: &[(&str, &str)] = &[
    ("builtins", include_str!("../../assets/pylib/builtins.py")),
    ("collections", include_str!("../../assets/pylib/collections.py")),
    ("functools", include_str!("../../assets/pylib/functools.py")),
    ("itertools", include_str!("../../assets/pylib/itertools.py")),
    ("string", include_str!("../../assets/pylib/string.py")),
    ("sys", include_str!("../../assets/pylib/sys.py")),
    ("typing", include_str!("../../assets/pylib/typing.py")),
    ("threading", include_str!("../../assets/pylib/threading.py")),
    ("queue", include_str!("../../assets/pylib/queue.py")),
    // The spelling of Python 2.
    ("Queue", include_str!("../../assets/pylib/queue.py")),
];

/// The module every program contains.
pub(super) const BUILTINS: &str = "builtins";

/// The names of all of them.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(name, _)| *name)
}

/// The text of a library module, if it is written in Python.
pub(super) fn text(module: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(name, _)| *name == module).map(|(_, text)| *text)
}
