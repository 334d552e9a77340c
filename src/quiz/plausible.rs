//! Values that a variable does not have, but might: the wrong options. They are found in a fixed order, so that the same
//! question is asked the same way every time.
//!
//! 1. whole numbers that are left out between those it can have;
//! 2. what it holds on the way, the latest first;
//! 3. the neighbours of the numbers it can have; the other of `True` and `False`; a list without its last element, turned
//!    round, with an element twice.

use crate::event::repr::{Entries, entries};
use std::cmp::Ordering;
use std::sync::Arc;

/// Numbers that are left out: so many of them are enough.
const GAPS: usize = 2;

/// At most so many values that are not among `known`. `between`: those it holds on the way.
pub(super) fn values(known: &[Arc<str>], between: &[Arc<str>], wanted: usize) -> Vec<Arc<str>> {
    let numbers: Vec<i128> = known.iter().filter_map(|value| value.parse().ok()).collect();
    let range = numbers.iter().min().zip(numbers.iter().max());
    let mut found: Vec<Arc<str>> = Vec::new();
    let mut add = |value: Arc<str>| {
        if found.len() < wanted && !known.contains(&value) && !found.contains(&value) {
            found.push(value);
        }
    };
    if let Some((least, most)) = range {
        let gaps = (*least..*most).take(64).filter(|number| !numbers.contains(number));
        for number in gaps.take(GAPS) {
            add(number.to_string().into());
        }
    }
    for value in between {
        add(Arc::clone(value));
    }
    if let Some((least, most)) = range {
        let near = [most.checked_add(1), least.checked_sub(1), most.checked_add(2), least.checked_sub(2)];
        for number in near.into_iter().flatten() {
            add(number.to_string().into());
        }
    }
    for value in known {
        let others: Vec<String> = match &**value {
            "True" => vec!["False".to_owned()],
            "False" => vec!["True".to_owned()],
            value => lists(value),
        };
        for other in others {
            add(other.into());
        }
    }
    found
}

/// Other lists of nearly the same elements; none of a list of which not all is known.
fn lists(text: &str) -> Vec<String> {
    let whole = entries(text).filter(|entries| text.starts_with('[') && !entries.cut);
    let Some(Entries { items, .. }) = whole else { return Vec::new() };
    let list = |items: &[String]| format!("[{}]", items.join(", "));
    match items.as_slice() {
        [] => Vec::new(),
        [only] => vec!["[]".to_owned(), list(&[only.clone(), only.clone()])],
        all => {
            let turned: Vec<String> = all.iter().rev().cloned().collect();
            let twice: Vec<String> = all.iter().chain(all.last()).cloned().collect();
            vec![list(&all[..all.len() - 1]), list(&turned), list(&twice)]
        }
    }
}

/// Whole numbers in their order, then other values by their text, then none.
pub(super) fn order(one: Option<&str>, other: Option<&str>) -> Ordering {
    let key = |value: Option<&str>| match value {
        Some(text) => text.parse::<i128>().map_or((1, 0), |number| (0, number)),
        None => (2, 0),
    };
    key(one).cmp(&key(other)).then_with(|| one.cmp(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(known: &[&str], between: &[&str], wanted: usize) -> Vec<String> {
        let arcs = |texts: &[&str]| texts.iter().map(|text| Arc::from(*text)).collect::<Vec<Arc<str>>>();
        values(&arcs(known), &arcs(between), wanted).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn numbers_have_neighbours_and_gaps() {
        assert_eq!(made(&["0"], &["0", "1", "2"], 3), ["1", "2", "-1"]);
        assert_eq!(made(&["2", "4", "7"], &[], 3), ["3", "5", "8"]);
        assert_eq!(made(&["1", "2"], &[], 2), ["3", "0"]);
        let most = i128::MAX.to_string();
        assert_eq!(made(&[&most], &[], 1), [(i128::MAX - 1).to_string()]);
    }

    #[test]
    fn other_values_have_likenesses() {
        assert_eq!(made(&["True"], &[], 3), ["False"]);
        assert_eq!(made(&["['a', 'b, c']"], &["[]"], 3), ["[]", "['a']", "['b, c', 'a']"]);
        assert_eq!(made(&["[(1, 2)]"], &[], 3), ["[]", "[(1, 2), (1, 2)]"]);
        assert_eq!(made(&["'x'"], &["None"], 3), ["None"]);
        assert_eq!(made(&["[1, 2, \u{2026}]"], &["[]"], 3), ["[]"]);
    }

    #[test]
    fn numbers_stand_in_their_order() {
        let mut values = [None, Some("'a'"), Some("10"), Some("9"), Some("-1")];
        values.sort_by(|one, other| order(*one, *other));
        assert_eq!(values, [Some("-1"), Some("9"), Some("10"), Some("'a'"), None]);
    }
}
