//! The plainest search for shortest ways there is: real worlds, no steps remembered, nothing left out.

use crate::common::{fingerprint, settle, ways};
use lockstep::event::{Candidate, Event, EventKind, Sink, ThreadState};
use lockstep::explore::{BugKind, Outcome};
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::{Fingerprint, Status, World};
use std::collections::{BTreeMap, HashSet};

/// Switches, then steps.
pub(crate) type Cost = (u32, u64);

/// What the plain search finds.
#[derive(Default)]
pub(crate) struct Plain {
    /// Every outcome with the cost of its shortest witness.
    pub(crate) outcomes: BTreeMap<Outcome, Cost>,
    /// Of what threads can die, with the cost of the shortest way to the step by which one does.
    pub(crate) deaths: BTreeMap<BugKind, Cost>,
}

/// Hears of what threads die.
#[derive(Default)]
pub(crate) struct Knell {
    last_line: String,
    pub(crate) kinds: Vec<BugKind>,
}

impl Sink for Knell {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        match event.kind {
            EventKind::Traceback(text) => text.trim_end().lines().last().unwrap().clone_into(&mut self.last_line),
            EventKind::State(ThreadState::Failed) => {
                let asserts = self.last_line.starts_with("AssertionError");
                self.kinds.push(if asserts { BugKind::Assertion } else { BugKind::Crash });
            }
            _ => {}
        }
    }
}

/// Searches; `None` when it takes more than so many arrivals.
pub(crate) fn shortest(first: &World, arrivals_max: usize) -> Option<Plain> {
    let mut first = first.clone();
    settle(&mut first);
    let mut open: BTreeMap<Cost, Vec<World>> = BTreeMap::from([((0, 0), vec![first])]);
    let mut seen: HashSet<(Fingerprint, Option<ThreadId>)> = HashSet::new();
    let mut plain = Plain::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    while let Some((cost, worlds)) = open.pop_first() {
        for world in worlds {
            if !seen.insert((fingerprint(&world), world.last())) {
                continue;
            }
            if seen.len() > arrivals_max {
                return None;
            }
            if let Status::Ended(_) = world.status() {
                plain.outcomes.entry(Outcome::of(&world)).or_insert(cost);
            }
            world.candidates(&mut candidates);
            for choice in &candidates {
                for alternative in ways(&world, choice) {
                    let mut next = world.clone();
                    let mut knell = Knell::default();
                    next.apply(Candidate { alternative, ..*choice }, &mut knell).unwrap();
                    settle(&mut next);
                    let cost = (next.switches(), next.steps());
                    for kind in knell.kinds {
                        let known = plain.deaths.entry(kind).or_insert(cost);
                        *known = cost.min(*known);
                    }
                    open.entry(cost).or_default().push(next);
                }
            }
        }
    }
    Some(plain)
}
