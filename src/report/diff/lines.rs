//! The lines of two programs side by side.

use super::Both;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Of programs with more lines than these, what is alike at both ends is left out and the rest taken as it stands: looking
/// for the fewest changes takes time that grows with their number (Myers, "An O(ND) difference algorithm and its
/// variations", Algorithmica 1986, section 4).
const LINES_MAX: usize = 4000;

/// A row of both programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePair {
    /// The line that stands there in each program, from 1; `None` where it has none.
    pub lines: Both<Option<u32>>,
    pub likeness: Likeness,
}

/// How much alike the lines of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    Same,
    /// But for the blanks before it, which say in Python what the line belongs to.
    Indented,
    /// One of them is missing in the other program, or both are other lines.
    Other,
}

/// All lines of both programs, in order, those beside each other that are the same or stand for each other.
#[must_use]
pub fn line_pairs(one: &str, other: &str) -> Vec<LinePair> {
    let both = [one, other].map(|text| text.lines().map(str::trim_end).collect::<Vec<_>>());
    let [one, other] = &both;
    let mut pairs = Vec::new();
    for op in operations(one, other) {
        let ranges = [op.old_range(), op.new_range()];
        match op {
            DiffOp::Replace { old_len, new_len, .. } if old_len != new_len => replaced(&mut pairs, &both, &ranges),
            _ => beside(&mut pairs, &both, &ranges),
        }
    }
    pairs
}

/// Other lines, and not as many of them. One that has moved into a `with` is still the same, and stands beside itself.
fn replaced(pairs: &mut Vec<LinePair>, both: &Both<Vec<&str>>, ranges: &Both<Range<usize>>) {
    let [bare, other] = [0, 1].map(|side| {
        let lines = both[side].get(ranges[side].clone()).unwrap_or_default();
        lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>()
    });
    let within = |side: usize, part: Range<usize>| ranges[side].start + part.start..ranges[side].start + part.end;
    for op in operations(&bare, &other) {
        beside(pairs, both, &[within(0, op.old_range()), within(1, op.new_range())]);
    }
}

/// These lines of both beside each other, the first beside the first.
fn beside(pairs: &mut Vec<LinePair>, both: &Both<Vec<&str>>, ranges: &Both<Range<usize>>) {
    for place in 0..ranges[0].len().max(ranges[1].len()) {
        let indices = ranges.each_ref().map(|range| Some(range.start + place).filter(|line| range.contains(line)));
        let [one, other] = [0, 1].map(|side| indices[side].and_then(|line| both[side].get(line)).copied());
        let likeness = match (one, other) {
            (Some(one), Some(other)) if one == other => Likeness::Same,
            (Some(one), Some(other)) if one.trim_start() == other.trim_start() => Likeness::Indented,
            _ => Likeness::Other,
        };
        let number = |line: usize| u32::try_from(line + 1).unwrap_or(u32::MAX);
        pairs.push(LinePair { lines: indices.map(|line| line.map(number)), likeness });
    }
}

fn operations(one: &[&str], other: &[&str]) -> Vec<DiffOp> {
    if one.len().max(other.len()) <= LINES_MAX {
        return capture_diff_slices(Algorithm::Patience, one, other);
    }
    let front = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let back = one[front..].iter().rev().zip(other[front..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_len, new_len) = (one.len() - front - back, other.len() - front - back);
    vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: front },
        DiffOp::Replace { old_index: front, old_len, new_index: front, new_len },
        DiffOp::Equal { old_index: front + old_len, new_index: front + new_len, len: back },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(one: &str, other: &str) -> Vec<String> {
        let number = |line: Option<u32>| line.map_or_else(|| "-".to_owned(), |line| line.to_string());
        let pairs = line_pairs(one, other);
        let row = |pair: &LinePair| {
            let [a, b] = pair.lines.map(number);
            let sign = match pair.likeness {
                Likeness::Same => "=",
                Likeness::Indented => "~",
                Likeness::Other => "/",
            };
            format!("{a} {sign} {b}")
        };
        pairs.iter().map(row).collect()
    }

    #[test]
    fn lines_that_stand_for_each_other_are_beside_each_other() {
        let rows = shown("a\nx\nb\nc\n", "a\ny\nz\nb\nc\nd\n");
        assert_eq!(rows, ["1 = 1", "2 / 2", "- / 3", "3 = 4", "4 = 5", "- / 6"]);
        assert_eq!(shown("a\r\n", "a  \n"), ["1 = 1"]);
        assert_eq!(
            shown("def f():\n    n = 1\n", "def f():\n    with lock:\n        n = 1\n"),
            ["1 = 1", "- / 2", "2 ~ 3"]
        );
        assert_eq!(shown("", ""), [""; 0]);
    }

    #[test]
    fn long_programs_are_compared_from_both_ends() {
        let text = |middle: &str| format!("{}{middle}\n{}", "a\n".repeat(3000), "b\n".repeat(3000));
        let pairs = line_pairs(&text("x"), &text("y\nz"));
        assert_eq!(pairs.len(), 6002);
        let different: Vec<_> =
            pairs.iter().filter(|pair| pair.likeness != Likeness::Same).map(|pair| pair.lines).collect();
        assert_eq!(different, [[Some(3001), Some(3001)], [None, Some(3002)]]);
    }
}
