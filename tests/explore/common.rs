//! Worlds of small programs, and the plainest searches there are.

use lockstep::event::{Alternative, Candidate, NoSink, Schedule};
use lockstep::explore::Outcome;
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Fingerprint, Status, World, replay};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::source::Source;
use lockstep::vm::canon::{Precision, Scratch};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Steps that a plain search may make.
const BUDGET: u64 = 400_000;

pub(crate) fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{text}\n{:#?}", compiled.diagnostics))
}

/// The rules of an exploration.
pub(crate) fn abstracted() -> Options {
    Options { abstract_time: true, ..Options::default() }
}

pub(crate) fn world(text: &str) -> World {
    World::new(program(text), abstracted(), &mut NoSink)
}

/// The world after a schedule.
pub(crate) fn after(text: &str, schedule: &str) -> World {
    let mut world = world(text);
    let schedule: Schedule = schedule.parse().unwrap();
    replay(&mut world, &schedule).unwrap();
    settle(&mut world);
    world
}

pub(crate) fn fingerprint(world: &World) -> Fingerprint {
    world.fingerprint(Precision::default(), &mut Scratch::default())
}

/// Lets a world go on as long as it wants nothing.
pub(crate) fn settle(world: &mut World) {
    loop {
        match world.status() {
            Status::Busy => world.resume(&mut NoSink),
            Status::AwaitingInput { .. } => world.give_input(None, &mut NoSink),
            Status::Running | Status::Ended(_) => return,
        }
    }
}

/// What a search found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) outcomes: BTreeSet<Outcome>,
    pub(crate) states: u64,
    pub(crate) steps: u64,
}

/// Every interleaving, without any merging; `None` when there are too many.
pub(crate) fn every_interleaving(first: &World) -> Option<Found> {
    search(first, |_| true)
}

/// Every state once, at this precision.
pub(crate) fn every_state(first: &World, precision: Precision) -> Option<Found> {
    let mut seen: HashSet<Fingerprint> = HashSet::new();
    let mut scratch = Scratch::default();
    search(first, |world| seen.insert(world.fingerprint(precision, &mut scratch)))
}

fn search(first: &World, mut is_new: impl FnMut(&World) -> bool) -> Option<Found> {
    let mut found = Found::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut first = first.clone();
    settle(&mut first);
    let mut open = vec![first];
    is_new(&open[0]);
    while let Some(world) = open.pop() {
        found.states += 1;
        world.candidates(&mut candidates);
        if let Status::Ended(_) = world.status() {
            found.outcomes.insert(Outcome::of(&world));
        }
        for choice in &candidates {
            for alternative in ways(&world, choice) {
                found.steps += 1;
                if found.steps > BUDGET {
                    return None;
                }
                let mut next = world.clone();
                next.apply(Candidate { alternative, ..*choice }, &mut NoSink).unwrap();
                settle(&mut next);
                if is_new(&next) {
                    open.push(next);
                }
            }
        }
    }
    Some(found)
}

/// The values that a draw can give, or the step itself.
pub(crate) fn ways(world: &World, choice: &Candidate) -> Vec<Alternative> {
    let draws = (0..16).map(Alternative::Draw);
    let draws: Vec<Alternative> =
        draws.filter(|draw| world.fits(Candidate { alternative: *draw, ..*choice }).is_ok()).collect();
    if draws.is_empty() { vec![choice.alternative] } else { draws }
}
