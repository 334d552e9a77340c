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

/// For every so many changes, the sums before them are kept.
const BLOCK: usize = 32;

/// The changes of state of one thread, and the steps it made.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// At most one for each step, by step.
    changes: Vec<Change>,
    /// Number `i`: the sums before change number `i * BLOCK`.
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
            self.sums.push(self.sums_before(change.step()));
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
        self.sums.truncate(changes.div_ceil(BLOCK));
        let runs = self.runs.partition_point(|run| *run <= step);
        self.runs.truncate(runs);
    }

    /// How many of the steps before `step` the thread was in each state.
    fn sums_before(&self, step: u32) -> Sums {
        let count = self.changes.partition_point(|change| change.step() < step);
        let Some(last) = count.checked_sub(1) else { return Sums::default() };
        let block = last / BLOCK;
        let mut sums = self.sums.get(block).copied().unwrap_or_default();
        for pair in self.changes[block * BLOCK..count].windows(2) {
            sums[pair[0].kind()] += pair[1].step() - pair[0].step();
        }
        sums[self.changes[last].kind()] += step - self.changes[last].step();
        sums
    }

    /// The cells; each begins where the one before ends, or repeats it.
    pub(super) fn row(&self, cells: &[Range<u32>]) -> Vec<Column> {
        let mut row = Vec::with_capacity(cells.len());
        let mut border: Option<(u32, Sums)> = None;
        for cell in cells {
            if cell.is_empty() {
                row.push(Column::default());
                continue;
            }
            let before = match border {
                Some((at, sums)) if at == cell.start => sums,
                _ => self.sums_before(cell.start),
            };
            let after = self.sums_before(cell.end);
            row.push(self.column(cell, &before, &after));
            border = Some((cell.end, after));
        }
        row
    }

    fn column(&self, cell: &Range<u32>, before: &Sums, after: &Sums) -> Column {
        let ran = self.runs.partition_point(|run| *run < cell.end) - self.runs.partition_point(|run| *run < cell.start);
        let ran = u32::try_from(ran).unwrap_or(u32::MAX);
        let mut times: Sums = std::array::from_fn(|kind| after[kind] - before[kind]);
        if ran > 0 {
            let ready = std::mem::take(&mut times[Activity::Ready as usize]);
            times[Activity::Running as usize] = ready.max(ran);
        }
        let longest = Activity::ALL.into_iter().max_by_key(|kind| (times[*kind as usize], *kind == Activity::Running));
        Column { activity: longest.filter(|kind| times[*kind as usize] > 0), ran }
    }
}
