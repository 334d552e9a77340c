//! Indexes and slices: which places they mean.

use super::view::int;
use crate::vm::Value;
use crate::vm::native::{Cx, Raise};

/// The places a slice means in a sequence: `count` of them, from `start` on, `step` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub start: i64,
    /// Where the slice ends; with step 1 never before `start`.
    pub stop: i64,
    pub step: i64,
    pub count: usize,
}

impl Places {
    /// The places, in order.
    #[must_use]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = usize> {
        let place = move |n: usize| self.start + i64::try_from(n).unwrap_or(0) * self.step;
        (0..self.count).filter_map(move |n| usize::try_from(place(n)).ok())
    }
}

/// The place of an index in a sequence of this length; negative ones count from the end.
#[must_use]
pub fn place(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let place = if index < 0 { index + length } else { index };
    (0..length).contains(&place).then(|| usize::try_from(place).ok()).flatten()
}

/// What a slice means for a sequence of this length (`PySlice_AdjustIndices`).
pub fn places(cx: &mut Cx<'_>, slice: &[Value; 3], length: usize) -> Result<Places, Raise> {
    let [start, stop, step] = [part(cx, slice[0])?, part(cx, slice[1])?, part(cx, slice[2])?];
    let step = step.unwrap_or(1).max(-i64::MAX);
    if step == 0 {
        return Err(cx.value_error("slice step cannot be zero"));
    }
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let clamp = |index: i64| {
        let from_start = if index < 0 { index.saturating_add(length) } else { index };
        from_start.clamp(lowest, highest)
    };
    let (first, last) = if step < 0 { (length - 1, -1) } else { (0, length) };
    let start = start.map_or(first, clamp);
    let stop = stop.map_or(last, clamp);
    let distance = if step < 0 { start - stop } else { stop - start };
    let count = if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 };
    let stop = if step == 1 { stop.max(start) } else { stop };
    Ok(Places { start, stop, step, count: usize::try_from(count).unwrap_or(0) })
}

fn part(cx: &mut Cx<'_>, value: Value) -> Result<Option<i64>, Raise> {
    match (value, int(value)) {
        (_, Some(n)) => Ok(Some(n)),
        (Value::None | Value::Null, None) => Ok(None),
        _ => Err(cx.type_error("slice indices must be integers or None or have an __index__ method")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_indexes_count_from_the_end() {
        assert_eq!(place(-1, 3), Some(2));
        assert_eq!(place(-4, 3), None);
        assert_eq!(place(3, 3), None);
        assert_eq!(place(i64::MIN, 3), None);
    }
}
