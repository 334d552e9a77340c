//! What the simulated Python knows besides the program itself: built-in names, modules and their members.
//!
//! The compiler checks programs against this table, the virtual machine implements what it calls available, and gives
//! [`crate::vm::Value::NotYet`] for the rest.

mod builtins;
mod modules;

use crate::said::Said;
use builtins::{BUILTINS, EXCEPTIONS, REFUSED};
use modules::Instead;
pub use modules::MODULES;

/// A module of the library.
#[derive(Debug)]
pub struct LibraryModule {
    pub name: &'static str,
    /// Members that work, separated by spaces.
    now: &'static str,
    /// Members that exist in CPython and can be imported, but not called yet.
    later: &'static str,
    /// Every other member counts as `later`, because the list is not complete.
    open: bool,
    /// Why its members do not work, when it is not just that nobody has written them yet: the key of the reason.
    pub reason: Option<&'static str>,
}

/// Whether a member of a module works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    Now,
    Later,
    /// CPython does not know it either.
    Unknown,
}

impl LibraryModule {
    /// Whether this member works.
    #[must_use]
    pub fn member(&self, name: &str) -> Availability {
        if self.now().any(|known| known == name) || matches!(name, "__name__" | "__doc__" | "__file__") {
            Availability::Now
        } else if self.open || self.later().any(|known| known == name) || is_submodule(self.name, name) {
            Availability::Later
        } else {
            Availability::Unknown
        }
    }

    /// The members that work.
    pub fn now(&self) -> impl Iterator<Item = &'static str> {
        self.now.split_ascii_whitespace()
    }

    /// The members that can be imported, but not used yet.
    pub fn later(&self) -> impl Iterator<Item = &'static str> {
        self.later.split_ascii_whitespace()
    }

    /// What `from module import *` binds.
    pub fn public(&self) -> impl Iterator<Item = &'static str> {
        self.now().chain(self.later()).filter(|name| !name.starts_with('_'))
    }
}

fn is_submodule(module: &str, member: &str) -> bool {
    MODULES.iter().any(|other| other.name.strip_prefix(module).and_then(|rest| rest.strip_prefix('.')) == Some(member))
}

/// The module with this dotted name.
#[must_use]
pub fn module(name: &str) -> Option<&'static LibraryModule> {
    MODULES.iter().find(|module| module.name == name)
}

/// True when `name` is a built-in function, type, constant or exception that works.
#[must_use]
pub fn is_builtin(name: &str) -> bool {
    builtins().any(|known| known == name)
}

/// The built-in names that work.
pub fn builtins() -> impl Iterator<Item = &'static str> {
    BUILTINS.split_ascii_whitespace().chain(EXCEPTIONS.split_ascii_whitespace())
}

/// Why a built-in name of CPython is refused, and what to use instead: keys of the catalogue.
#[must_use]
pub fn refused(name: &str) -> Option<(&'static str, &'static str)> {
    REFUSED.iter().find(|(refused, ..)| *refused == name).map(|(_, reason, help)| (*reason, *help))
}

/// What to use instead of a module that does not exist here.
#[must_use]
pub fn instead_of(module: &str) -> Option<Said> {
    let code = |code: &str| Said::new("diag-instead-code").with("code", code);
    let advice = modules::INSTEAD.iter().find(|(name, _)| *name == module).map(|(_, advice)| match advice {
        Instead::Code(text) => code(text),
        Instead::Words(key) => Said::new(key),
    });
    advice.or_else(|| nearest(module, MODULES.iter().map(|module| module.name)).map(code))
}

/// Nobody mistypes a longer name.
const LONGEST: usize = 100;

/// The candidate most like `name`, if one is alike enough to be what was meant.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    // Comparing two names takes the product of their lengths.
    if length > LONGEST {
        return None;
    }
    // Of names with one or two letters every other is near.
    let limit = (length / 3).min(3);
    let close = candidates.into_iter().filter(|candidate| *candidate != name).filter_map(|candidate| {
        let difference = candidate.chars().count().abs_diff(length);
        (difference <= limit).then(|| (distance(name, candidate), candidate))
    });
    close.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// The edit distance (insertions, deletions, replacements, swaps of neighbours; a change of case is free).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_listed_twice() {
        for module in MODULES {
            let mut names: Vec<_> = module.now().chain(module.later()).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}", module.name);
        }
        let mut names: Vec<_> = builtins().chain(REFUSED.iter().map(|(name, ..)| *name)).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn the_nearest_name_is_what_was_meant() {
        assert_eq!(nearest("pirnt", builtins()), Some("print"));
        assert_eq!(nearest("Pritn", builtins()), Some("print"));
        assert_eq!(nearest("lenn", builtins()), Some("len"));
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest(&long, [&long[1..]]), None);
        assert_eq!(nearest("zzzz", builtins()), None);
        assert_eq!(instead_of("threding").map(|said| said.to_string()).as_deref(), Some("`threading`"));
        assert_eq!(instead_of("heapq").map(|said| said.to_string()).as_deref(), Some("`queue.PriorityQueue`"));
    }

    #[test]
    fn members_are_known() {
        let threading = module("threading").expect("exists");
        assert_eq!(threading.member("Lock"), Availability::Now);
        assert_eq!(threading.member("settrace"), Availability::Later);
        assert_eq!(threading.member("Lok"), Availability::Unknown);
        assert_eq!(module("os").expect("exists").member("listdir"), Availability::Later);
    }
}
