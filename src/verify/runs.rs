//! Runs of a variant: with the stated seeds, and along each witness of its exploration.

use super::ShortfallKind;
use crate::event::{Choice, Decision, Event, Schedule, Sink, ThreadState};
use crate::explore::{Exploration, Explorer, Settings};
use crate::kernel::Options;
use crate::kernel::sim::{Drive, World, drive};
use crate::model::{History, Model};
use crate::quiz::Case;
use crate::scenario::{Expected, Note, Picture, RunEnd, SEEDS, Variant, When, fits};
use crate::sched::{self, SchedulerKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A run of the simulator goes no further: the scenarios' take a few hundred.
const STEPS_MAX: u64 = 20_000;
/// So many witnesses are run; an exploration may have thousands of outcomes.
const WITNESSES_MAX: usize = 200;

/// What was seen in the runs.
pub(super) struct Runs {
    ends: Vec<(u64, RunEnd)>,
    count: usize,
    /// The notes, and then [`wider`] ones.
    notes: Arc<[Note]>,
    told: Vec<bool>,
    wider: Vec<Wider>,
    threads: BTreeSet<Arc<str>>,
    objects: BTreeSet<Arc<str>>,
}

/// Keeps what is told.
#[derive(Default)]
struct Heard {
    events: Vec<Event>,
    choices: Vec<Choice>,
}

impl Sink for Heard {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    fn decided(&mut self, decision: &Decision) {
        if let Decision::Choice(choice) = decision {
            self.choices.push(*choice);
        }
    }
}

impl Runs {
    /// Makes them.
    pub(super) fn of(variant: &Variant, case: &Case, found: &Exploration) -> Runs {
        let wider: Vec<Wider> = (1..).zip(&variant.notes).flat_map(|(number, note)| wider(number, note)).collect();
        let notes: Arc<[Note]> = variant.notes.iter().chain(wider.iter().map(|wider| &wider.note)).cloned().collect();
        let mut runs = Runs {
            ends: Vec::new(),
            count: 0,
            told: vec![false; notes.len()],
            notes,
            wider,
            threads: BTreeSet::new(),
            objects: BTreeSet::new(),
        };
        for seed in SEEDS {
            let mut heard = Heard::default();
            let end = with_seed(case, seed, &mut heard);
            runs.ends.push((seed, end));
            runs.look(&heard);
        }
        let explorer = Explorer::new(Arc::clone(&case.program), case.options.clone(), Settings::default());
        let witnesses = found.bugs.iter().map(|bug| &bug.witness).chain(found.outcomes.iter().map(|row| &row.witness));
        for witness in witnesses.take(WITNESSES_MAX) {
            let mut heard = Heard::default();
            along(&explorer, &witness.schedule, &mut heard);
            runs.look(&heard);
        }
        runs
    }

    fn look(&mut self, heard: &Heard) {
        self.count += 1;
        let mut history = History::with_notes(Arc::clone(&self.notes));
        history.push(&heard.events, &heard.choices);
        for telling in history.notes().up_to(history.last_step()) {
            self.told[telling.note as usize] = true;
        }
        self.names(history.head());
    }

    fn names(&mut self, model: &Model) {
        self.threads.extend(model.threads.iter().map(|thread| Arc::clone(&thread.name)));
        self.objects.extend(model.objects().map(|object| Arc::clone(&object.name)));
    }

    /// How many there were.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// The runs with seeds that end otherwise than stated.
    pub(super) fn ends(&self, expected: &Expected) -> Vec<ShortfallKind> {
        let Some(ends) = &expected.ends else { return Vec::new() };
        let otherwise = |(seed, found): &(u64, RunEnd)| {
            let stated = ends.with_seed(*seed).filter(|stated| stated != found)?;
            Some(ShortfallKind::End { seed: *seed, stated, found: *found })
        };
        self.ends.iter().filter_map(otherwise).collect()
    }

    /// The notes that were told in none of them, from 1, and without which condition they would have been.
    pub(super) fn silent_notes(&self) -> impl Iterator<Item = (usize, Option<&'static str>)> {
        let (told, told_wider) = self.told.split_at(self.told.len() - self.wider.len());
        let without = move |number| {
            let mut known =
                self.wider.iter().zip(told_wider).filter(move |(wider, told)| wider.number == number && **told);
            known.next().map(|(wider, _)| wider.without)
        };
        (1..).zip(told).filter(|(_, told)| !**told).map(move |(number, _)| (number, without(number)))
    }

    /// Names that the picture gives a role, and that nothing has.
    pub(super) fn unplayed_roles(&self, variant: &Variant) -> Vec<(&'static str, Arc<str>)> {
        let picture: &Picture = &variant.picture;
        let is_of_threads = |name: &str| picture.widget.roles().iter().any(|role| role.name == name && role.threads);
        let mut unplayed = Vec::new();
        for (role, patterns) in picture.roles() {
            let names = if is_of_threads(role) { &self.threads } else { &self.objects };
            let unknown = patterns.iter().filter(|pattern| !names.iter().any(|name| fits(pattern, name)));
            unplayed.extend(unknown.map(|pattern| (role, Arc::clone(pattern))));
        }
        unplayed
    }
}

/// A note with one condition less.
struct Wider {
    /// Of the note, from 1.
    number: usize,
    without: &'static str,
    note: Note,
}

/// Takes one condition away.
type Drop = fn(&mut When);

/// Every note that this one becomes when one of several conditions is dropped.
fn wider(number: usize, note: &Note) -> Vec<Wider> {
    const DROPS: [(&str, Drop); 5] = [
        ("line", |when| when.line = None),
        ("object", |when| when.object = None),
        ("thread", |when| when.thread = None),
        ("event", |when| when.event = None),
        ("finding", |when| when.finding = None),
    ];
    let without = |(name, drop): (&'static str, Drop)| {
        let mut note = note.clone();
        drop(&mut note.when);
        Wider { number, without: name, note }
    };
    let is_wider = |wider: &Wider| wider.note.when != note.when && wider.note.when != When::default();
    DROPS.into_iter().map(without).filter(is_wider).collect()
}

/// The run that `lockstep run --seed` makes.
pub(super) fn with_seed<S: Sink>(case: &Case, seed: u64, heard: &mut S) -> RunEnd {
    let mut world = World::new(Arc::clone(&case.program), Options { seed, ..Options::default() }, heard);
    let mut scheduler = sched::build(SchedulerKind::default(), seed);
    let how = Drive { max_steps: Some(STEPS_MAX), ..Drive::default() };
    match drive(&mut world, scheduler.as_mut(), how, heard) {
        Ok(end) => RunEnd::of_run(&end, world.threads().any(|thread| thread.state == ThreadState::Failed)),
        // No random choice fails to fit.
        Err(_) => RunEnd::Limit,
    }
}

fn along(explorer: &Explorer, schedule: &Schedule, heard: &mut Heard) {
    explorer.replay(schedule, heard);
}
