//! One thread's line of the timeline.

use crate::event::ThreadState;
use std::ops::Range;

/// What a thread was doing, as the timeline distinguishes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Activity {
    New,
    /// It could run, and others did.
    Ready,
    /// It made steps.
    Running,
    Blocked,
    Waiting,
    Joining,
    Sleeping,
    Reading,
    Finished,
    Failed,
    Killed,
}

/// The number of activities.
const KINDS: usize = 11;

impl Activity {
    const ALL: [Activity; KINDS] = [
        Activity::New,
        Activity::Ready,
        Activity::Running,
        Activity::Blocked,
        Activity::Waiting,
        Activity::Joining,
        Activity::Sleeping,
        Activity::Reading,
        Activity::Finished,
        Activity::Failed,
        Activity::Killed,
    ];

    /// The activity of a thread in this state that does not run.
    #[must_use]
    pub const fn of(state: ThreadState) -> Activity {
        match state {
            ThreadState::New => Activity::New,
            ThreadState::Ready => Activity::Ready,
            ThreadState::Blocked { .. } => Activity::Blocked,
            ThreadState::Waiting { .. } => Activity::Waiting,
            ThreadState::Joining { .. } => Activity::Joining,
            ThreadState::Sleeping { .. } => Activity::Sleeping,
            ThreadState::Reading => Activity::Reading,
            ThreadState::Finished => Activity::Finished,
            ThreadState::Failed => Activity::Failed,
            ThreadState::Killed => Activity::Killed,
        }
    }
}

/// A cell of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What the thread did most of the time. `None`: it did not exist yet, or nothing is recorded.
    ///
    /// A thread that could run and did so at least once in the cell counts as running for all that time: threads that
    /// take turns are all running, seen from afar. When two activities lasted equally long, running comes first, then
    /// the later one in [`Activity`].
    pub activity: Option<Activity>,
    /// How many steps it made.
    pub ran: u32,
}

/// A change of state: the step at whose end it holds, and the activity, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change(u32);

impl Change {
    const STEP_MAX: u32 = u32::MAX >> 4;

    fn new(step: u32, activity: Activity) -> Change {
        Change(step.min(Change::STEP_MAX) << 4 | u32::from(activity as u8))
    }

    const fn step(self) -> u32 {
        self.0 >> 4
    }

    const fn kind(self) -> usize {
        (self.0 & 15) as usize
    }
}

/// How many steps a thread spent in each state.
type Sums = [u32; KINDS];

/// For every so many changes, the step of the first and the sums before it are kept.
const BLOCK: usize = 64;

/// The changes of state of one thread, and the steps it made.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// At most one for each step, by step.
    changes: Vec<Change>,
    /// Number `i`: the step of change number `i * BLOCK`, and the sums before it.
    firsts: Vec<u32>,
    sums: Vec<Sums>,
    /// The steps the thread made, ascending.
    runs: Vec<u32>,
}

impl Track {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.runs.is_empty()
    }

    pub(super) fn state(&mut self, step: u32, activity: Activity) {
        let change = Change::new(step, activity);
        if let Some(last) = self.changes.last_mut()
            && last.step() >= change.step()
        {
            *last = Change::new(last.step(), activity);
            return;
        }
        if self.changes.len().is_multiple_of(BLOCK) {
            let sums = self.sums_before(change.step());
            self.firsts.push(change.step());
            self.sums.push(sums);
        }
        self.changes.push(change);
    }

    pub(super) fn ran(&mut self, step: u32) {
        if self.runs.last().is_none_or(|last| *last < step) {
            self.runs.push(step);
        }
    }

    pub(super) fn truncate(&mut self, step: u32) {
        let changes = self.changes.partition_point(|change| change.step() <= step);
        self.changes.truncate(changes);
        self.firsts.truncate(changes.div_ceil(BLOCK));
        self.sums.truncate(changes.div_ceil(BLOCK));
        let runs = self.runs.partition_point(|run| *run <= step);
        self.runs.truncate(runs);
    }

    /// How many of the steps before `step` the thread was in each state.
    fn sums_before(&self, step: u32) -> Sums {
        let Some(block) = count_below(&self.firsts, step).checked_sub(1) else { return Sums::default() };
        let mut sums = self.sums[block];
        let rest = &self.changes[block * BLOCK..];
        let mut since = rest[0];
        for change in rest.iter().take(BLOCK).skip(1).take_while(|change| change.step() < step) {
            sums[since.kind()] += change.step() - since.step();
            since = *change;
        }
        sums[since.kind()] += step - since.step();
        sums
    }

    fn border(&self, step: u32) -> Border {
        let runs = u32::try_from(count_below(&self.runs, step)).unwrap_or(u32::MAX);
        Border { step, runs, sums: self.sums_before(step) }
    }

    /// The cells; each begins where the one before ends, or repeats it.
    pub(super) fn row(&self, cells: &[Range<u32>]) -> Vec<Column> {
        let mut row = Vec::with_capacity(cells.len());
        let mut last: Option<Border> = None;
        for cell in cells {
            if cell.is_empty() {
                row.push(Column::default());
                continue;
            }
            let before = last.filter(|border| border.step == cell.start).unwrap_or_else(|| self.border(cell.start));
            let after = self.border(cell.end);
            row.push(column(&before, &after));
            last = Some(after);
        }
        row
    }
}

/// What had happened before a step.
#[derive(Clone, Copy)]
struct Border {
    step: u32,
    /// How many steps the thread had made.
    runs: u32,
    sums: Sums,
}

/// The cell between two borders.
fn column(before: &Border, after: &Border) -> Column {
    let ran = after.runs - before.runs;
    let mut times: Sums = std::array::from_fn(|kind| after.sums[kind] - before.sums[kind]);
    if ran > 0 {
        let ready = std::mem::take(&mut times[Activity::Ready as usize]);
        times[Activity::Running as usize] = ready.max(ran);
    }
    let longest = Activity::ALL.into_iter().max_by_key(|kind| (times[*kind as usize], *kind == Activity::Running));
    Column { activity: longest.filter(|kind| times[*kind as usize] > 0), ran }
}

/// How many of the ascending numbers are below `limit`. Steps are spread about evenly, so that looking where the answer
/// would be if they were, and around there, finds it after a few looks instead of the logarithm.
fn count_below(numbers: &[u32], limit: u32) -> usize {
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return 0 };
    if limit <= *first {
        return 0;
    }
    if limit > *last {
        return numbers.len();
    }
    let share = u64::from(limit - first) * numbers.len() as u64 / (u64::from(last - first) + 1);
    let guess = usize::try_from(share).unwrap_or(0).min(numbers.len() - 1);
    let (mut low, mut high, mut reach) = (guess, guess, 8);
    while low > 0 && numbers[low] >= limit {
        low = low.saturating_sub(reach);
        reach *= 2;
    }
    while high < numbers.len() && numbers[high] < limit {
        high = (high + reach).min(numbers.len());
        reach *= 2;
    }
    low + numbers[low..high.max(low)].partition_point(|number| *number < limit)
}

#[cfg(test)]
mod tests {
    use super::count_below;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counting_is_what_a_plain_search_gives(mut numbers in prop::collection::vec(0u32..3000, 0..400), limit in 0u32..3100) {
            numbers.sort_unstable();
            prop_assert_eq!(count_below(&numbers, limit), numbers.partition_point(|number| *number < limit));
        }
    }
}
