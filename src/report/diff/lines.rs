//! The lines of two programs side by side.

use super::Both;
use similar::{Algorithm, DiffOp, capture_diff_slices};

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
    let [one, other] = [one, other].map(|text| text.lines().map(str::trim_end).collect::<Vec<_>>());
    // A line that moves into a `with` is still the same one, and stands beside itself.
    let [bare, other_bare] = [&one, &other].map(|lines| lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>());
    let mut pairs = Vec::new();
    for op in operations(&bare, &other_bare) {
        let (olds, news) = (op.old_range(), op.new_range());
        let equal = matches!(op, DiffOp::Equal { .. });
        for place in 0..olds.len().max(news.len()) {
            let line = |range: &std::ops::Range<usize>| {
                let line = range.start + place;
                range.contains(&line).then(|| u32::try_from(line + 1).unwrap_or(u32::MAX))
            };
            let likeness = match equal {
                true if one.get(olds.start + place) == other.get(news.start + place) => Likeness::Same,
                true => Likeness::Indented,
                false => Likeness::Other,
            };
            pairs.push(LinePair { lines: [line(&olds), line(&news)], likeness });
        }
    }
    pairs
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
