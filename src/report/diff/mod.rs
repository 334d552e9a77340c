//! Where two recorded runs part.
//!
//! ```text
//! first   ●──●──●──●──●──●─┬─●──●        ● an operation: thread, line, what was done, what came of it
//! second  ●──●──●──●──●──●─┘ ○──○        the same up to here, then something else
//! ```
//!
//! Two runs are compared by their operations, one after the other; not by time, and not by steps, of which a coarse
//! atomicity makes fewer. So a run of the simulator and one on real threads can be compared:
//!
//! | | is compared | is not |
//! |---|---|---|
//! | threads | by the numbers they have in the simulator (see [`Transcript`](crate::kernel::live::Transcript)) | by the numbers on a live tape |
//! | objects | by kind, name and the line that made them: one of the first run is always the same one of the second | by number |
//! | values | as they are shown, without addresses | what the clock said |
//! | lengths of time | that there is a time-out | how long it is |
//! | the lock of the interpreter | | its operations are no steps |
//!
//! | file | what |
//! |---|---|
//! | `start` | the programs, and how the runs were started |
//! | `walk`, `twins` | one operation after the other |
//! | `ends`, `output` | what the runs came to, and what they printed |
//! | `rows`, `lines` | two programs under one schedule: their runs row by row, their texts line by line |
//! | `text`, `json` | the same for people and for programs |

mod ends;
mod json;
mod lines;
mod output;
mod rows;
mod start;
mod text;
mod twins;
mod walk;

pub use ends::{Came, Ends, Variable};
pub use json::json;
pub use lines::{Likeness, LinePair, line_pairs};
pub use rows::{Paired, Relation, Row};
pub use start::{Program, Setting, What};
pub use text::text;

use crate::event::Event;
use crate::ids::{Step, ThreadId};
use crate::model::{Model, Recording};
use crate::words::{Scene, Threads, Words};
use walk::{Numbers, Walk};

/// One of two values for each of the two runs.
pub type Both<T> = [T; 2];

/// What two runs have in common, and what they have not.
#[derive(Clone, Debug)]
pub struct Diff {
    /// Where the programs differ first.
    pub program: Option<Program>,
    /// What was said otherwise when the runs were started.
    pub settings: Vec<Setting>,
    /// So many operations are the same.
    pub operations: u64,
    /// The last step of each run up to which everything is the same.
    pub until: Both<Step>,
    /// What each run does then; `None` when it does nothing any more. Both are `None` when the runs are the same.
    pub next: Both<Option<Next>>,
    /// Threads of live tapes that have another number in the simulator: the one on the tape, the one there.
    pub renumbered: Both<Vec<(ThreadId, ThreadId)>>,
    pub ends: Ends,
}

/// What a run does after the part that is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub step: Step,
    /// As it is called on the tape.
    pub thread: ThreadId,
    pub line: u32,
    /// What the whole step does, and why it matters.
    pub told: String,
    /// The same with the numbers of step and line before it.
    pub line_told: String,
}

impl Diff {
    /// Compares two runs. The time it takes grows with their length and no faster; the positions on them are moved.
    #[must_use]
    pub fn of(first: &mut Recording, second: &mut Recording, words: &Words) -> Diff {
        let both = [&*first, &*second];
        let numbers = both.map(Numbers::of);
        let parting = part(both, &numbers);
        let ends = Ends::of(both, &numbers, words);
        let (program, settings) = (Program::of(both), Setting::of(both));
        let until = [until(first, parting.next[0].as_ref()), until(second, parting.next[1].as_ref())];
        let [one, other] = parting.next;
        let next =
            [one.map(|event| Next::of(first, &event, words)), other.map(|event| Next::of(second, &event, words))];
        let renumbered = numbers.map(Numbers::changed);
        Diff { program, settings, operations: parting.operations, until, next, renumbered, ends }
    }

    /// True when both runs do the same and come to the same, however they were started.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.next.iter().all(Option::is_none) && self.ends.are_same()
    }
}

/// Where the runs part.
struct Parting {
    operations: u64,
    /// The first operation that the other run does not have.
    next: Both<Option<Event>>,
}

/// Walks along both runs as long as they do the same.
fn part(both: Both<&Recording>, numbers: &Both<Numbers>) -> Parting {
    let [one, other] = both;
    let mut walks = [Walk::new(one, &numbers[0]), Walk::new(other, &numbers[1])];
    let mut twins = twins::Twins::default();
    let mut operations = 0;
    loop {
        let next = walks.each_mut().map(Walk::next);
        match &next {
            [Some(one), Some(other)] if twins.are_same(one, &walks[0], other, &walks[1]) => operations += 1,
            _ => return Parting { operations, next },
        }
    }
}

/// The last step before this operation's; the last of all when there is none.
fn until(recording: &Recording, next: Option<&Event>) -> Step {
    next.map_or(recording.history.last_step(), |event| Step(event.step.0.saturating_sub(1)))
}

impl Next {
    fn of(recording: &mut Recording, event: &Event, words: &Words) -> Next {
        let threads = if recording.header.is_live() { Threads::Real } else { Threads::Simulated };
        let history = &mut recording.history;
        let step = event.step;
        let before = match step.0.checked_sub(1) {
            Some(before) => {
                history.seek(Step(before));
                history.model().clone()
            }
            None => Model::default(),
        };
        history.seek(step);
        let events: Vec<Event> = history.events_of(step).collect();
        let findings = history.findings_of(step);
        let scene = Scene { events: &events, before: &before, after: history.model(), findings, threads };
        let (told, line_told) = (words.narrate(&scene), words.plain(&scene));
        Next { step, thread: event.thread, line: event.line, told, line_told }
    }
}
