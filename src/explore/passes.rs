//! The searches of an exploration. Each may look at as many states as the budget says, all of them share the memory of
//! steps that were made, the deadline, and whoever may cancel them.

use super::blame::Place;
use super::explorer::Settings;
use super::known::Known;
use super::outcome::Outcome;
use super::progress::{Phase, Progress};
use super::search::{Budget, Cost, Goal, Order, Search, Space};
use super::witness::Stage;
use crate::event::{End, NoSink, Schedule, ThreadState};
use crate::kernel::sim::{Drive, World, drive};
use crate::sched::Random;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Instant;

/// So many runs are tried, and so many steps of each, before all of them are looked at for a good end.
const TRIES: u64 = 12;
const TRIED_STEPS: u64 = 20_000;

/// See the module.
pub(super) struct Passes<'a> {
    search: Search,
    workers: usize,
    reduce: bool,
    budget: Budget,
    deadline: Option<Instant>,
    /// What is known where threads are merged, and where they are not.
    merged: Known,
    apart: Known,
    /// What threads die of, each with the shortest way there, as far as the searches for shortest ways came past it.
    deaths: BTreeMap<Place, (Cost, Schedule)>,
    progress: &'a Progress,
}

impl<'a> Passes<'a> {
    pub(super) fn new(stage: &Stage, settings: &Settings, progress: &'a Progress) -> Passes<'a> {
        let search = Search::new(Arc::clone(&stage.program), stage.options.clone())
            .inputs(stage.inputs.clone())
            .budget(settings.budget)
            .deadline(settings.deadline)
            .output(settings.output)
            .progress(progress);
        let Settings { workers, reduce, budget, deadline, .. } = *settings;
        Passes {
            search,
            workers,
            reduce,
            budget,
            deadline,
            merged: Known::default(),
            apart: Known::default(),
            deaths: BTreeMap::new(),
            progress,
        }
    }

    /// What these searches have found out about steps: with threads merged, and without.
    pub(super) fn into_known(self) -> (Known, Known) {
        (self.merged, self.apart)
    }

    /// Whether there may be schedules that go round for ever; `None` when the budget does not suffice to know.
    pub(super) fn reaches_cycles(&mut self) -> Option<bool> {
        let space = self.proof();
        (space.stop.is_none()).then_some(space.may_cycle)
    }

    /// Time is over, or somebody wants an end.
    pub(super) fn is_over(&self) -> bool {
        self.progress.is_cancelled() || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Every state, or as many as it takes: the outcomes, and whether there may be a cycle.
    pub(super) fn proof(&mut self) -> Space {
        self.progress.enter(Phase::Searching);
        self.reduced().workers(self.workers).run_with(&mut self.merged)
    }

    /// The same with the graph of it.
    pub(super) fn reduced_graph(&mut self) -> Space {
        self.progress.enter(Phase::Judging);
        self.reduced().workers(self.workers).keep_graph().run_with(&mut self.apart)
    }

    /// Every state and every step.
    pub(super) fn graph(&mut self) -> Space {
        self.progress.enter(Phase::Judging);
        self.search.clone().workers(self.workers).keep_graph().run_with(&mut self.apart)
    }

    /// Steps that no end depends on are left out, and threads that nothing tells apart are merged.
    fn reduced(&self) -> Search {
        self.search.clone().reduce(self.reduce).merge_threads(self.reduce)
    }

    /// The shortest ways to outcomes, as far as they are found among so many states.
    pub(super) fn ways_to_outcomes(&mut self, wanted: BTreeSet<Outcome>, max_states: u64) -> Space {
        let search = self.shortest(Goal::Outcomes(Arc::new(wanted))).budget(self.at_most(max_states));
        let mut space = search.merge_threads(self.reduce).run_with(&mut self.merged);
        self.deaths.append(&mut space.deaths);
        space
    }

    /// The shortest way to one of the states.
    pub(super) fn way_to_states(&mut self, wanted: HashSet<u128>) -> Space {
        let mut space = self.shortest(Goal::States(Arc::new(wanted))).run_with(&mut self.apart);
        self.deaths.append(&mut space.deaths);
        space
    }

    /// The shortest way to a death, when it was met on the way to something else.
    pub(super) fn way_to_death(&self, place: &Place) -> Option<&(Cost, Schedule)> {
        self.deaths.get(place)
    }

    fn shortest(&self, goal: Goal) -> Search {
        self.progress.enter(Phase::Shortening);
        self.search.clone().workers(self.workers).order(Order::Switches).until(goal)
    }

    fn at_most(&self, max_states: u64) -> Budget {
        Budget { max_states: self.budget.max_states.min(max_states), ..self.budget }
    }

    /// Whether a good end can be reached after these choices; `None` when so many states, or the budget, do not suffice to
    /// know.
    pub(super) fn is_saved(&mut self, stage: &Stage, prefix: &Schedule, max_states: u64) -> Option<bool> {
        let world = stage.world(prefix);
        if world.threads().any(|thread| thread.state == ThreadState::Failed) {
            return Some(false);
        }
        if ends_well_by_chance(&world) {
            return Some(true);
        }
        if self.is_over() {
            return None;
        }
        let search = self.reduced().workers(self.workers).budget(self.at_most(max_states));
        let space = search.from(prefix.clone()).until(Goal::GoodEnd).run_with(&mut self.merged);
        if space.reached { Some(true) } else { space.is_complete().then_some(false) }
    }
}

/// Whether one of some runs, each of which is one of the interleavings, comes to a good end.
fn ends_well_by_chance(world: &World) -> bool {
    (0..TRIES).any(|seed| {
        let mut world = world.clone();
        let max_steps = Some(world.steps() + TRIED_STEPS);
        let how = Drive { max_steps, ..Drive::default() };
        let end = drive(&mut world, &mut Random::new(seed), how, &mut NoSink);
        matches!(end, Ok(End::Finished)) && Outcome::of(&world).is_good()
    })
}
