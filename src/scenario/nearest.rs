//! "Did you mean …?"

use crate::lang::library;

/// The known name that `given` was most likely meant to be; `None` when nothing comes close. The beginning of a name
/// (`phil`) is as good as a typing mistake.
#[must_use]
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.is_empty() {
        return None;
    }
    let known: Vec<&str> = known.into_iter().collect();
    let begun = |name: &&str| given.len() >= 3 && name.starts_with(&given.to_lowercase());
    known.iter().copied().find(begun).or_else(|| library::nearest(given, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_is_recognised_and_a_stranger_is_not() {
        let known = ["philosophers", "deadlock", "counter", "N"];
        let found = |given| nearest(given, known);
        assert_eq!(found("philosopher"), Some("philosophers"));
        assert_eq!(found("phil"), Some("philosophers"));
        assert_eq!(found("Deadlokc"), Some("deadlock"));
        assert_eq!(found("semaphore"), None);
        assert_eq!(found(""), None);
    }
}
