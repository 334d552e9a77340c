//! Bugs at which nothing ends: who has stopped for ever while others go on, and the states in which that is so.

use super::blame::{Blame, Place, blame};
use super::bug::Witness;
use super::cycles::{Cycles, Trap};
use super::graph::Graph;
use super::passes::Passes;
use super::witness::{Stage, Story};
use crate::ids::ThreadId;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The schedules of a whole space that go on for ever.
#[derive(Clone, Copy)]
pub(super) struct Traps<'a> {
    pub(super) stage: &'a Stage,
    pub(super) graph: &'a Graph,
    pub(super) cycles: &'a Cycles,
}

/// A bug in states from which only some traps can be reached.
pub(super) struct Trapped<'a> {
    place: Place,
    /// As it is in the first of the traps.
    pub(super) blame: Blame,
    /// Each with the threads that have stopped in it.
    traps: Vec<(&'a Trap, Vec<ThreadId>)>,
}

/// Where a bug stands.
pub(super) struct Proof {
    /// The states.
    pub(super) states: Vec<u32>,
    /// The shortest way to one of them.
    pub(super) witness: Witness,
    /// The bug as it is at the end of that; `None` when it is not found there.
    pub(super) blame: Option<Blame>,
}

impl<'a> Traps<'a> {
    /// What goes wrong in traps, and the traps in which nothing does.
    pub(super) fn blamed(&self) -> (Vec<Trapped<'a>>, Vec<&'a Trap>) {
        let mut found: Vec<Trapped<'a>> = Vec::new();
        let mut healthy: Vec<&'a Trap> = Vec::new();
        for trap in &self.cycles.traps {
            let story = self.stage.story(&self.graph.schedule(trap.node));
            let blames = blame(&story, &stopped_by(&story, trap));
            if blames.is_empty() {
                healthy.push(trap);
            }
            for one in blames {
                add(&mut found, one, trap);
            }
        }
        (found, healthy)
    }

    /// The states in which a bug stands, with the shortest way there.
    pub(super) fn prove(&self, one: &Trapped<'_>, passes: &mut Passes<'_>) -> Proof {
        let mut by_threads: BTreeMap<Vec<ThreadId>, Vec<&Trap>> = BTreeMap::new();
        for (trap, threads) in &one.traps {
            by_threads.entry(threads.clone()).or_default().push(trap);
        }
        let states = by_threads.iter().flat_map(|(threads, traps)| self.cycles.stopped(self.graph, traps, threads));
        let states: Vec<u32> = states.collect();
        let witness = self.way_to(&states, passes);
        let blame = self.blame_after(&witness, one, by_threads.keys());
        if blame.is_some() {
            return Proof { states, witness, blame };
        }
        // Who never makes a step may not have been started yet.
        let states: Vec<u32> = one.traps.iter().flat_map(|(trap, _)| self.cycles.states(trap).to_vec()).collect();
        let witness = self.way_to(&states, passes);
        let blame = self.blame_after(&witness, one, by_threads.keys());
        Proof { states, witness, blame }
    }

    /// The same bug, as it is at the end of a witness.
    fn blame_after<'b>(
        &self,
        witness: &Witness,
        one: &Trapped<'_>,
        mut threads: impl Iterator<Item = &'b Vec<ThreadId>>,
    ) -> Option<Blame> {
        let story = self.stage.story(&witness.schedule);
        threads.find_map(|threads| {
            let stopped = threads.iter().copied().collect();
            blame(&story, &stopped).into_iter().find(|blame| blame.place() == one.place)
        })
    }

    /// The shortest way to one of the states, or at least some way.
    pub(super) fn way_to(&self, states: &[u32], passes: &mut Passes<'_>) -> Witness {
        let wanted: HashSet<u128> = states.iter().map(|node| self.graph.digest(*node)).collect();
        match passes.way_to_states(wanted).arrival {
            Some(way) => Witness::shortest(&way),
            None => Witness::some(self.graph.schedule(states.iter().copied().min().unwrap_or(0))),
        }
    }
}

/// The threads that have stopped in a trap.
fn stopped_by(story: &Story, trap: &Trap) -> BTreeSet<ThreadId> {
    story.alive().filter(|thread| !trap.moving.contains(*thread)).collect()
}

/// Adds what is to blame in a trap to what is known.
fn add<'a>(found: &mut Vec<Trapped<'a>>, one: Blame, trap: &'a Trap) {
    let threads = one.finding.threads.clone();
    let place = one.place();
    match found.iter_mut().find(|known| known.place == place) {
        Some(known) => known.traps.push((trap, threads)),
        None => found.push(Trapped { place, blame: one, traps: vec![(trap, threads)] }),
    }
}
