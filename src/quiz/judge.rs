//! What the answer of a person is worth.

use super::{Sheet, Truth};

/// What a tick, or its absence, is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Ticked, and right.
    Hit,
    /// Not ticked, but right.
    Missed,
    /// Ticked, but wrong.
    Wrong,
    /// Not ticked, and wrong.
    Passed,
    /// Nobody knows.
    Open,
}

/// The answer as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    Right,
    Wrong,
    /// What is known does not speak against it, but not everything is known.
    Open,
}

/// What a person's answer is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub whole: Whole,
    /// One for each option.
    pub marks: Vec<Mark>,
}

/// Judges the ticks: `ticked` has one place for each option, and what is missing there is not ticked.
#[must_use]
pub fn judge(sheet: &Sheet, ticked: &[bool]) -> Judged {
    let marks: Vec<Mark> = sheet
        .options
        .iter()
        .enumerate()
        .map(|(place, option)| match (&option.truth, ticked.get(place).copied().unwrap_or(false)) {
            (Truth::Right(_), true) => Mark::Hit,
            (Truth::Right(_), false) => Mark::Missed,
            (Truth::Wrong(_), true) => Mark::Wrong,
            (Truth::Wrong(_), false) => Mark::Passed,
            (Truth::Open, _) => Mark::Open,
        })
        .collect();
    let whole = if marks.iter().any(|mark| matches!(mark, Mark::Missed | Mark::Wrong)) {
        Whole::Wrong
    } else if marks.contains(&Mark::Open) {
        Whole::Open
    } else {
        Whole::Right
    };
    Judged { whole, marks }
}
