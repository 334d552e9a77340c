//! Where everything stands: which lanes there are, which steps stand in which columns. Lengths are in hundredths.

use super::super::measure;
use super::places::{self, Lane};
use crate::event::ObjectState;
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{Activity, Column, History};
use crate::words::{Words, safe};
use std::collections::BTreeSet;

/// Around everything.
pub(super) const PAD: i64 = 28_00;
/// The room for all steps is at least this wide, and at most.
const WIDTH_MIN: i64 = 64_000;
const WIDTH_MAX: i64 = 96_000;
/// A step is not wider than this where that is wide enough.
const STEP_MAX: i64 = 40_00;
/// Runs with more steps than this are seen from afar: so many columns, each of several steps.
const COLUMNS_MAX: u32 = 480;
/// What is left of time where a run ends and threads do not: room enough to say what they wait for.
const TAIL: i64 = 15_000;
/// More lanes than these make no picture.
const THREADS_MAX: usize = 100;
const LOCKS_MAX: usize = 60;

/// How large lanes and letters are: the more, the smaller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Height of a thread's lane, and from one to the next.
    pub lane: i64,
    pub lane_step: i64,
    /// The same for a lock.
    pub lock: i64,
    pub lock_step: i64,
    pub font: i64,
}

/// By the number of lanes up to which they hold.
const SIZES: [(usize, Sizes); 4] = [
    (10, Sizes { lane: 22_00, lane_step: 34_00, lock: 14_00, lock_step: 22_00, font: 13_00 }),
    (20, Sizes { lane: 18_00, lane_step: 25_00, lock: 12_00, lock_step: 17_00, font: 12_00 }),
    (40, Sizes { lane: 13_00, lane_step: 18_00, lock: 9_00, lock_step: 13_00, font: 10_00 }),
    (usize::MAX, Sizes { lane: 10_00, lane_step: 14_00, lock: 8_00, lock_step: 11_00, font: 9_00 }),
];

/// See the module.
pub(super) struct Plan {
    /// How many steps there are, step 0 included.
    pub steps: u32,
    pub columns: usize,
    /// Where the steps begin, and how much room they have.
    pub left: i64,
    pub width: i64,
    /// The room behind the last step, for the state in which threads remain; 0 when all of them are over.
    pub tail: i64,
    /// The top of the first lane.
    pub top: i64,
    pub sizes: Sizes,
    pub threads: Vec<ThreadId>,
    pub locks: Vec<ObjectId>,
    /// Their lanes.
    pub lanes: Vec<Lane>,
    /// Lanes for which there is no room.
    pub threads_hidden: usize,
    pub locks_hidden: usize,
}

impl Plan {
    /// The plan for this run. The lanes begin at `top`.
    pub(super) fn new(history: &History, words: &Words, top: i64) -> Plan {
        let steps = history.timeline().len().max(1);
        let found = history.all_findings().iter();
        let matters: BTreeSet<ThreadId> = found.clone().flat_map(|finding| finding.threads.iter().copied()).collect();
        let (threads, threads_hidden) = chosen(all_threads(history), THREADS_MAX, &matters);
        let matters: BTreeSet<ObjectId> = found.flat_map(|finding| finding.objects.iter().copied()).collect();
        let (locks, locks_hidden) = chosen(all_locks(history), LOCKS_MAX, &matters);
        let width = (i64::from(steps) * STEP_MAX).clamp(WIDTH_MIN, WIDTH_MAX);
        let columns = steps.min(COLUMNS_MAX) as usize;
        let all = Step(0)..Step(steps);
        let lanes = locks.iter().flat_map(|lock| places::lanes(history, *lock, &all, columns));
        let mut lanes: Vec<Lane> = lanes.collect();
        if lanes.len() > LOCKS_MAX {
            lanes = locks.iter().map(|lock| places::one(history, *lock, &all, columns)).collect();
        }
        let rows = threads.len() + lanes.len() / 2;
        let sizes = SIZES.iter().find(|(most, _)| rows <= *most).map_or(SIZES[3].1, |(_, sizes)| *sizes);
        let remain = history.head().threads.iter().any(|thread| thread.state.is_alive());
        let tail = if remain { TAIL } else { 0 };
        if tail > 0 {
            // Nothing changes any more.
            for lane in &mut lanes {
                lane.holders.extend(lane.holders.last().copied());
            }
        }
        let mut plan = Plan {
            steps,
            columns,
            left: 0,
            width,
            tail,
            top,
            sizes,
            threads,
            locks,
            lanes,
            threads_hidden,
            locks_hidden,
        };
        plan.left = PAD + plan.gutter(history, words);
        plan
    }

    /// The room for names left of the lanes.
    fn gutter(&self, history: &History, words: &Words) -> i64 {
        let head = history.head();
        let threads = self.threads.iter().filter_map(|id| head.thread(*id));
        let threads = threads.map(|thread| measure::width(&safe(&thread.name), self.sizes.font) + self.badge() + 8_00);
        let locks = self
            .locks
            .iter()
            .map(|id| measure::width_of_code(&words.name(&head.object_name(*id)), self.sizes.font - 1_00));
        let others = [measure::width(&words.t("svg-switches"), 11_00)];
        let widest = threads.chain(locks).chain(others).max().unwrap_or(0).clamp(60_00, 19_000);
        // In whole units, so that edges are sharp.
        (widest + 14_99) / 100 * 100
    }

    /// The width of the field with a thread's letter: that of the longest one.
    pub(super) fn badge(&self) -> i64 {
        let longest = self.threads.iter().map(|thread| thread.letter().len()).max().unwrap_or(1);
        self.sizes.font + 6_00 + i64::try_from(longest - 1).unwrap_or(0) * self.sizes.font * 3 / 4
    }

    /// Whether each step has a column of its own.
    pub(super) fn is_near(&self) -> bool {
        self.columns == self.steps as usize
    }

    /// How wide a step is; 0 when many share a column.
    pub(super) fn step_width(&self) -> i64 {
        if self.is_near() { self.width / i64::from(self.steps) } else { 0 }
    }

    /// Where this column begins. The tail is one more column.
    pub(super) fn column(&self, index: usize) -> i64 {
        if index > self.columns {
            return self.edge();
        }
        self.left + self.width * i64::try_from(index).unwrap_or(0) / i64::try_from(self.columns).unwrap_or(1)
    }

    /// Where this step begins. The tail is one more step.
    pub(super) fn step(&self, step: Step) -> i64 {
        if step.0 > self.steps {
            return self.edge();
        }
        self.left + self.width * i64::from(step.0.min(self.steps)) / i64::from(self.steps)
    }

    /// Where the last step ends.
    pub(super) fn right(&self) -> i64 {
        self.left + self.width
    }

    /// Where everything ends.
    pub(super) fn edge(&self) -> i64 {
        self.right() + self.tail
    }

    /// The step after the last one, and after the tail.
    pub(super) fn after(&self) -> Step {
        Step(if self.tail > 0 { self.steps.saturating_add(1) } else { self.steps })
    }

    /// The top of a thread's lane, if it has one.
    pub(super) fn thread(&self, thread: ThreadId) -> Option<i64> {
        let place = self.threads.binary_search(&thread).ok()?;
        Some(self.top + i64::try_from(place).ok()? * self.sizes.lane_step)
    }

    /// Below the lanes of threads.
    pub(super) fn threads_end(&self) -> i64 {
        self.top + i64::try_from(self.threads.len()).unwrap_or(0) * self.sizes.lane_step
    }

    /// The top of this one of the `lanes`.
    pub(super) fn lock(&self, place: usize) -> i64 {
        self.threads_end() + 8_00 + i64::try_from(place).unwrap_or(0) * self.sizes.lock_step
    }

    /// Below all lanes.
    pub(super) fn end(&self) -> i64 {
        if self.lanes.is_empty() { self.threads_end() } else { self.lock(self.lanes.len()) }
    }

    /// All steps.
    pub(super) fn all(&self) -> std::ops::Range<Step> {
        Step(0)..Step(self.steps)
    }

    /// What the thread did, column by column, and in which state it remains.
    pub(super) fn row(&self, history: &History, thread: ThreadId) -> Vec<Column> {
        let mut row = history.timeline().row(thread, self.all(), self.columns);
        if self.tail > 0 {
            let state = history.head().thread(thread).map(|view| Activity::of(view.state));
            row.push(Column { activity: state, ran: 0 });
        }
        row
    }
}

fn all_threads(history: &History) -> Vec<ThreadId> {
    history.head().threads.iter().map(|thread| thread.id).collect()
}

/// Locks and semaphores that somebody has used.
fn all_locks(history: &History) -> Vec<ObjectId> {
    let is_held = |state: &ObjectState| matches!(state, ObjectState::Lock { .. } | ObjectState::Semaphore { .. });
    let used = history.head().objects().filter(|object| is_held(&object.state) && object.last.is_some());
    used.map(|object| object.id).collect()
}

/// At most `most` of them, in order: those that matter, then the first ones. And how many are left out.
fn chosen<T: Copy + Ord>(all: Vec<T>, most: usize, matters: &BTreeSet<T>) -> (Vec<T>, usize) {
    let hidden = all.len().saturating_sub(most);
    if hidden == 0 {
        return (all, 0);
    }
    let (first, rest): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| matters.contains(one));
    let mut shown: Vec<T> = first.into_iter().chain(rest).take(most).collect();
    shown.sort_unstable();
    (shown, hidden)
}
