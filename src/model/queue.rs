//! Where an item of a queue stands, told from the events alone.

use crate::event::{ObjectKind, Text};
use std::cmp::Ordering;
use std::collections::VecDeque;

/// Puts an item where it will come out in its turn.
pub(super) fn put(kind: ObjectKind, items: &mut VecDeque<Text>, item: Text) {
    match kind {
        ObjectKind::LifoQueue => items.push_front(item),
        ObjectKind::PriorityQueue => {
            let place = items.partition_point(|other| compare(&item, other) != Ordering::Less);
            items.insert(place, item);
        }
        _ => items.push_back(item),
    }
}

/// Takes out the item that came out: the first that looks like it (values that look alike need not be equal, and an
/// order by a method of the program is not known here).
pub(super) fn get(items: &mut VecDeque<Text>, item: Option<&Text>) {
    let place = item.and_then(|item| items.iter().position(|other| other == item)).unwrap_or(0);
    items.remove(place);
}

/// The order of two values by what their `repr`s say: numbers by value, tuples and lists part by part, everything
/// else as text.
fn compare(a: &Text, b: &Text) -> Ordering {
    match (a, b) {
        (Text::Int(a), Text::Int(b)) => a.cmp(b),
        _ => compare_reprs(&a.to_string(), &b.to_string()),
    }
}

fn compare_reprs(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches(['(', '[']), b.trim_start_matches(['(', '[']));
    let (first_a, rest_a) = first_part(a);
    let (first_b, rest_b) = first_part(b);
    let here = match (first_a.parse::<f64>(), first_b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        _ => first_a.cmp(first_b),
    };
    match here {
        Ordering::Equal if !rest_a.is_empty() && !rest_b.is_empty() => compare_reprs(rest_a, rest_b),
        decided => decided,
    }
}

/// The part before the first comma, and what follows it.
fn first_part(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once(", ").unwrap_or((text, ""));
    (first.trim_end_matches([')', ']', ',']), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(kind: ObjectKind, items: &[&str]) -> Vec<String> {
        let mut queue = VecDeque::new();
        for item in items {
            put(kind, &mut queue, item.parse::<i64>().map_or_else(|_| Text::from(*item), Text::Int));
        }
        queue.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_kind_has_its_order() {
        assert_eq!(after(ObjectKind::Queue, &["1", "2", "3"]), ["1", "2", "3"]);
        assert_eq!(after(ObjectKind::LifoQueue, &["1", "2", "3"]), ["3", "2", "1"]);
        assert_eq!(after(ObjectKind::PriorityQueue, &["10", "9", "2.5"]), ["2.5", "9", "10"]);
        let tuples = ["(10, 'a')", "(2, 'b')", "(2, 'a')", "(-1, 'z')"];
        assert_eq!(after(ObjectKind::PriorityQueue, &tuples), ["(-1, 'z')", "(2, 'a')", "(2, 'b')", "(10, 'a')"]);
    }

    #[test]
    fn what_came_out_is_gone() {
        let mut items: VecDeque<Text> = [1, 2, 3].map(Text::Int).into();
        get(&mut items, Some(&Text::Int(2)));
        get(&mut items, None);
        assert_eq!(items, [Text::Int(3)]);
        items.clear();
        get(&mut items, None);
    }
}
