//! "Did you mean …?"

/// The known name that `given` was most likely meant to be; `None` when nothing comes close. Upper and lower case are
/// the same.
#[must_use]
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let length = given.chars().count();
    let allowed = (length / 3).max(1).min(length.saturating_sub(1));
    known
        .into_iter()
        .map(|name| (distance(&given, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Typing mistakes between the two, where half a name (`phil`) counts as one mistake.
fn distance(given: &str, name: &str) -> usize {
    if given.len() >= 3 && name.starts_with(given) {
        return 1;
    }
    strsim::damerau_levenshtein(given, name)
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
        assert_eq!(found("n"), Some("N"));
        assert_eq!(found("semaphore"), None);
        assert_eq!(found(""), None);
    }
}
