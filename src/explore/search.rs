//! A search, as it is asked for, and what it found.
//!
//! States are expanded in order of their cost. In [`Order::Steps`] that is the number of steps. In [`Order::Switches`] it
//! is the number of switches to another thread, then that of steps: the first arrival at an outcome is its shortest
//! witness.

use super::aim::Target;
use super::blame::Place;
use super::exploration::Stop;
use super::graph::Graph;
use super::known::Known;
use super::outcome::{Ending, Outcome};
use super::progress::Progress;
use super::run::Run;
use crate::event::Schedule;
use crate::kernel::Options;
use crate::lang::Program;
use crate::vm::canon::Precision;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Instant;

/// A random draw over more values than this is sampled: it gives one of them only.
pub const MAX_DRAW: u64 = 16;

/// In which order states are expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Steps,
    Switches,
}

/// How much a search may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    pub max_states: u64,
    pub max_bytes: u64,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { max_states: u64::MAX, max_bytes: 2 << 30 }
    }
}

/// When a search has seen enough.
#[derive(Clone, Debug, Default)]
pub enum Goal {
    /// When it has seen everything.
    #[default]
    Everything,
    /// When it has been at each of these outcomes.
    Outcomes(Arc<BTreeSet<Outcome>>),
    /// When it comes to an end at which nothing went wrong.
    GoodEnd,
    /// When it comes to a state with one of these digests, which a [`Graph`] of the same program has.
    States(Arc<HashSet<u128>>),
    /// When it comes to what somebody wants to bring about.
    Target(Arc<Target>),
}

/// What it takes to come to a state: switches (only counted in [`Order::Switches`]), then steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    pub switches: u32,
    pub steps: u32,
}

/// What a search found.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug, Default)]
pub struct Space {
    /// Different states, and steps from one to the other.
    pub states: u64,
    pub edges: u64,
    /// States that were reached and not expanded; 0 when the whole space was seen.
    pub open: u64,
    /// Why the search ended before that; `None` also when it had seen enough for its goal.
    pub stop: Option<Stop>,
    /// Every outcome with a first arrival. Costs and schedules count from the beginning of the program.
    pub outcomes: BTreeMap<Outcome, (Cost, Schedule)>,
    /// In [`Order::Switches`], on the way to outcomes and states: what threads died of, each with the shortest way there.
    pub(super) deaths: BTreeMap<Place, (Cost, Schedule)>,
    /// What the goal was is reached; for [`Goal::GoodEnd`], [`Goal::States`] and
    /// [`Goal::Target`] the way there.
    pub reached: bool,
    pub arrival: Option<(Cost, Schedule)>,
    /// Some schedule may go round in a circle. False only when every step leads to a state that is seen first, or
    /// again, later than the one where it is made; always true in [`Order::Switches`].
    pub may_cycle: bool,
    /// On request: the states and steps themselves.
    pub graph: Option<Graph>,
    /// Steps that commute were not tried in every order.
    pub reduced: bool,
    /// States that differ only in which of several equal threads stands where were merged.
    pub merged: bool,
    /// A draw was sampled: there may be more.
    pub sampled: bool,
    /// What told states apart besides what always does.
    pub precision: Precision,
    /// Steps that were really made; the others were looked up.
    pub made: u64,
    /// How many different parts states, and steps, have.
    pub parts: u64,
    pub remembered: u64,
    pub bytes: u64,
}

impl Space {
    /// Every state was seen, and nothing was cut off or sampled.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let cut_off = |outcome: &Outcome| matches!(outcome.ending, Ending::CutOff(_));
        self.open == 0 && !self.sampled && !self.outcomes.keys().any(cut_off)
    }
}

/// An exhaustive search through the states of a program.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug)]
pub struct Search {
    pub(super) program: Arc<Program>,
    pub(super) options: Options,
    pub(super) inputs: Vec<Arc<str>>,
    pub(super) order: Order,
    pub(super) budget: Budget,
    pub(super) goal: Goal,
    pub(super) prefix: Schedule,
    pub(super) deadline: Option<Instant>,
    pub(super) progress: Progress,
    pub(super) workers: usize,
    pub(super) output: bool,
    pub(super) keeps_graph: bool,
    pub(super) verified: bool,
    pub(super) reduces: bool,
    pub(super) merges: bool,
}

impl Search {
    #[must_use]
    pub fn new(program: Arc<Program>, options: Options) -> Search {
        Search {
            program,
            options,
            inputs: Vec::new(),
            order: Order::Steps,
            budget: Budget::default(),
            goal: Goal::Everything,
            prefix: Schedule::new(),
            deadline: None,
            progress: Progress::default(),
            workers: 1,
            output: false,
            keeps_graph: false,
            verified: false,
            reduces: false,
            merges: false,
        }
    }

    /// The lines that answer `input()`; then comes the end of the input.
    #[must_use]
    pub fn inputs(self, inputs: Vec<Arc<str>>) -> Search {
        Search { inputs, ..self }
    }

    #[must_use]
    pub fn order(self, order: Order) -> Search {
        Search { order, ..self }
    }

    #[must_use]
    pub fn budget(self, budget: Budget) -> Search {
        Search { budget, ..self }
    }

    /// Stops as soon as this is reached.
    #[must_use]
    pub fn until(self, goal: Goal) -> Search {
        Search { goal, ..self }
    }

    /// Begins in the state after these choices, which must fit. Those before the first thread is started can be left
    /// out as long as there is nothing to choose.
    #[must_use]
    pub fn from(self, prefix: Schedule) -> Search {
        Search { prefix, ..self }
    }

    /// Stops at this moment.
    #[must_use]
    pub fn deadline(self, deadline: Option<Instant>) -> Search {
        Search { deadline, ..self }
    }

    /// Tells how far it is, and stops when that is asked for.
    #[must_use]
    pub fn progress(self, progress: &Progress) -> Search {
        Search { progress: progress.clone(), ..self }
    }

    /// How many OS threads search. What is found does not depend on it.
    #[must_use]
    pub fn workers(self, workers: usize) -> Search {
        Search { workers: workers.max(1), ..self }
    }

    /// Outcomes, and so states, differ in what was printed, too.
    #[must_use]
    pub fn output(self, output: bool) -> Search {
        Search { output, ..self }
    }

    /// Keeps the states and steps: [`Space::graph`]. Only in [`Order::Steps`].
    #[must_use]
    pub fn keep_graph(self) -> Search {
        Search { keeps_graph: true, ..self }
    }

    /// Leaves out steps that no terminal state depends on, where that is possible: [`Space::reduced`] says so. Only in
    /// [`Order::Steps`]. A graph then has the steps that were made.
    #[must_use]
    pub fn reduce(self, reduces: bool) -> Search {
        Search { reduces, ..self }
    }

    /// States in which threads that are as good as each other have changed places count once, where that is sound:
    /// [`Space::merged`] says so. Not where the graph is kept, nor with [`Goal::States`].
    #[must_use]
    pub fn merge_threads(self, merges: bool) -> Search {
        Search { merges, ..self }
    }

    /// Makes every step, and compares it with the one that is remembered.
    ///
    /// # Panics
    /// [`Search::run`] then does, when they differ.
    #[must_use]
    pub fn verified(self) -> Search {
        Search { verified: true, ..self }
    }

    /// Searches. Looking at the result again costs nothing: equal searches find the same, unless the clock or a person
    /// stops them.
    #[must_use]
    pub fn run(&self) -> Space {
        self.run_with(&mut Known::default())
    }

    /// Searches with what other searches of the same program under the same rules found out about its steps, and adds
    /// to it.
    #[must_use]
    pub fn run_with(&self, known: &mut Known) -> Space {
        loop {
            known.prepare(self);
            let growth = known.learned.growth();
            match Run::new(self, known).finish() {
                // Something was learned that this search should have known.
                Ok(space)
                    if space.reduced && !space.reached && space.stop.is_none() && known.learned.growth() != growth => {}
                Ok(space) => return space,
                Err(more) => known.begin_again(more),
            }
        }
    }
}
