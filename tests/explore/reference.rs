//! The plainest search for shortest ways there is: real worlds, no steps remembered, nothing left out.

use crate::common::{fingerprint, settle, ways};
use lockstep::event::{Candidate, NoSink};
use lockstep::explore::Outcome;
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::{Fingerprint, Status, World};
use std::collections::{BTreeMap, HashSet};

/// Switches, then steps.
pub(crate) type Cost = (u32, u64);

/// Every outcome with the cost of its shortest witness; `None` when it takes more than so many arrivals.
pub(crate) fn shortest(first: &World, arrivals_max: usize) -> Option<BTreeMap<Outcome, Cost>> {
    let mut first = first.clone();
    settle(&mut first);
    let mut open: BTreeMap<Cost, Vec<World>> = BTreeMap::from([((0, 0), vec![first])]);
    let mut seen: HashSet<(Fingerprint, Option<ThreadId>)> = HashSet::new();
    let mut outcomes = BTreeMap::new();
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
                outcomes.entry(Outcome::of(&world)).or_insert(cost);
            }
            world.candidates(&mut candidates);
            for choice in &candidates {
                for alternative in ways(&world, choice) {
                    let mut next = world.clone();
                    next.apply(Candidate { alternative, ..*choice }, &mut NoSink).unwrap();
                    settle(&mut next);
                    open.entry((next.switches(), next.steps())).or_default().push(next);
                }
            }
        }
    }
    Some(outcomes)
}
