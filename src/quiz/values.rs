//! Which values a variable can have at the end, over all interleavings that finish or crash.

use super::case::Case;
use super::ends::cost;
use super::plausible::{self, order};
use super::{Answer, Basis, Flaw, OPTIONS_MOST, Sheet, Shown, Truth, What};
use crate::explore::{Ending, Exploration, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Right options, when there are many.
const RIGHT_MOST: usize = 6;
/// Options altogether, when few are right, and wrong ones, when many are.
const LEAST: usize = 4;
const WRONG_LEAST: usize = 2;
/// Along so many ways, and so many steps of each, values are looked for that the variable has only in between.
const WAYS: usize = 3;
const STEPS: usize = 400;

pub(super) fn sheet(case: &Case, of: &Arc<str>, found: &Exploration) -> Result<Sheet, Flaw> {
    let basis = Basis::of(found);
    let rows = found.outcomes.iter().filter(|row| row.outcome.ending == Ending::Finished);
    let rows: Vec<&Row> = rows.collect();
    if rows.is_empty() {
        return Err(if basis.is_whole() { Flaw::NoEnd } else { Flaw::Unknown });
    }
    let mut values: BTreeMap<Option<Arc<str>>, Shown> = BTreeMap::new();
    for row in &rows {
        let value = row.outcome.globals.get(&**of).map(|value| Arc::from(value.as_str()));
        let shown = shown(row);
        values.entry(value).and_modify(|known| add(known, &shown)).or_insert(shown);
    }
    if values.keys().all(Option::is_none) {
        return Err(Flaw::NoVariable(Arc::clone(of)));
    }
    let mut right: Vec<(Option<Arc<str>>, Shown)> = values.into_iter().collect();
    right.sort_by(|(one, _), (other, _)| order(one.as_deref(), other.as_deref()));
    let known: Vec<Arc<str>> = right.iter().filter_map(|(value, _)| value.clone()).collect();
    let more = right.len().saturating_sub(RIGHT_MOST);
    let right = spread(right, RIGHT_MOST);
    let wanted = WRONG_LEAST.max(LEAST.saturating_sub(right.len())).min(OPTIONS_MOST - right.len());
    let mut between: Vec<Arc<str>> = Vec::new();
    for row in rows.iter().take(WAYS) {
        between.extend(case.values_along(&row.witness.schedule, of, STEPS).into_iter().rev());
    }
    let wrong = plausible::values(&known, &between, wanted);
    let mut options: Vec<Answer> = right
        .into_iter()
        .map(|(value, shown)| Answer { what: What::Value(value), truth: Truth::Right(Some(Box::new(shown))) })
        .collect();
    options.extend(wrong.into_iter().map(|value| Answer { what: What::Value(Some(value)), truth: basis.otherwise() }));
    sort(&mut options);
    Ok(Sheet { options, several: true, more, basis })
}

/// Numbers in order, then other values by their text, at last that there is none: where an option stands says nothing.
pub(super) fn sort(options: &mut [Answer]) {
    let value = |answer: &Answer| match &answer.what {
        What::Value(value) => value.clone(),
        What::Yes | What::No | What::Thread { .. } => None,
    };
    options.sort_by(|one, other| order(value(one).as_deref(), value(other).as_deref()));
}

fn shown(row: &Row) -> Shown {
    let crashes = !row.outcome.failed.is_empty();
    Shown { finishes: !crashes, crashes, ..Shown::of(row.witness.clone()) }
}

/// The same value in another outcome. What is shown is a good end where there is one, and the shorter way.
fn add(known: &mut Shown, other: &Shown) {
    let (finishes, crashes) = (known.finishes || other.finishes, known.crashes || other.crashes);
    let key = |shown: &Shown| (!shown.finishes, cost(&shown.witness));
    if key(other) < key(known) {
        *known = other.clone();
    }
    (known.finishes, known.crashes) = (finishes, crashes);
}

/// At most so many, the first and the last among them, evenly.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let count = all.len();
    if count <= most {
        return all;
    }
    let picked: Vec<usize> = (0..most).map(|n| n * (count - 1) / (most - 1)).collect();
    all.into_iter().enumerate().filter(|(place, _)| picked.contains(place)).map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_the_ends_and_some_between_are_picked() {
        assert_eq!(spread((0..20).collect(), 6), [0, 3, 7, 11, 15, 19]);
        assert_eq!(spread(vec![1, 2], 6), [1, 2]);
        assert_eq!(spread((0..7).collect(), 6).len(), 6);
    }
}
