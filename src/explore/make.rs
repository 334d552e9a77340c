//! Steps that are really made, in worlds: those that are not remembered yet, and those that cannot be.

use super::expand::{Expander, Lookup, Offer, Offered};
use super::insert::number;
use super::layer::{Segment, Sheet, Who};
use super::memo::{Way, Ways, change};
use super::parts::{PartId, Taken, Vector};
use super::paths::make;
use super::run::Run;
use super::search::MAX_DRAW;
use crate::event::{Alternative, Choice, End};
use crate::ids::ThreadId;
use crate::kernel::sim::{Drawing, Status, World};
use crate::vm::canon::Precision;
use smallvec::SmallVec;

/// The worlds of so many steps of a block are kept at most.
pub(super) const MAX_WORLDS: usize = 1 << 12;

/// A step that was just made, and where it led.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) choice: u32,
    pub(super) vector: Vector,
    pub(super) digest: u128,
    pub(super) entangled: bool,
}

/// The search has to begin again.
#[derive(Clone, Copy, Debug)]
pub(super) enum Vague {
    /// More precision is needed.
    Precision(Precision),
    /// Threads have to be told apart.
    Apart,
}

/// A state of which steps are really made.
struct Here<'a> {
    segment: &'a Segment,
    item: u32,
    /// Its world, once it was needed, and its description.
    world: Option<(World, Option<Taken>)>,
}

impl Here<'_> {
    fn vector(&self) -> &[PartId] {
        self.segment.vector(self.item as usize)
    }

    fn head(&self) -> &super::layer::Head {
        &self.segment.heads[self.item as usize]
    }
}

impl Run<'_> {
    pub(super) fn expander(&self) -> Expander<'_> {
        Expander {
            parts: &self.known.parts,
            memo: &self.known.memo,
            remembers: self.remembers() && !self.search.verified,
        }
    }

    /// Whether steps can be told by their footprints.
    pub(super) fn remembers(&self) -> bool {
        let options = &self.search.options;
        let threads = self.known.parts.width().saturating_sub(self.known.parts.first_thread());
        let room = threads < options.max_threads.min(options.max_started) as usize;
        // A spurious wake-up is no step where it is the only one: that depends on all threads.
        !self.known.precision.clock && !options.spurious && room
    }

    /// Expands a state some of whose steps have to be made.
    pub(super) fn expand(&mut self, segment: &Segment, number: u32, item: u32, sheet: &mut Sheet) -> Result<(), Vague> {
        let mut here = Here { segment, item, world: None };
        let head = *here.head();
        let mut offers = Vec::new();
        for thread in 0..self.threads(&here) {
            if head.who.includes(thread) {
                offers.extend(self.offer(&mut here, thread)?);
            }
        }
        if offers.iter().any(|offer| !offer.ways.is_empty()) {
            self.expander().emit(number, item, &head, &offers, &self.made, sheet);
        } else if head.first && !self.goes_on(&mut here)? {
            sheet.ends.push(item);
        }
        Ok(())
    }

    fn threads(&self, here: &Here<'_>) -> u32 {
        number(here.vector().len() - self.known.parts.first_thread())
    }

    /// Whether worlds are of no use once their states were expanded.
    fn forgets(&self) -> bool {
        !self.remembers()
    }

    /// What a thread can do here: looked up, or made.
    fn offer(&mut self, here: &mut Here<'_>, thread: u32) -> Result<Option<Offer>, Vague> {
        let alone = !here.head().entangled && self.remembers();
        let known = match self.expander().look(here.vector(), thread) {
            Lookup::Idle => return Ok(None),
            Lookup::Ways(ways) if alone => Some(ways),
            Lookup::Ways(_) | Lookup::Unknown => None,
        };
        if let Some(ways) = known.filter(|_| !self.search.verified) {
            return Ok(Some(Offer { ways: Offered::Remembered(ways) }));
        }
        let own = here.vector()[self.known.parts.first_thread() + thread as usize];
        let glance = self.known.parts.look(own);
        let alone = alone && glance.has_footprint;
        let (ways, changes) = self.make(here, ThreadId(thread), alone)?;
        if let Some(changes) = changes {
            self.remember(here, thread, own, known, &changes);
        }
        Ok(Some(Offer { ways }))
    }

    /// Keeps the ways of a step, or compares them with those that are kept.
    fn remember(&mut self, here: &Here<'_>, thread: u32, own: PartId, known: Option<Ways>, made: &[Way]) {
        if let Some(known) = known {
            let known: Vec<Way> = self.known.memo.ways(known).collect();
            assert_eq!(known, made, "T{thread} in {}", self.schedule(here.head().node));
            return;
        }
        let key = self.known.memo.new_key(&self.known.parts, own, here.vector());
        if self.known.memo.get(key).is_none() {
            self.known.memo.insert(key, made);
        }
    }

    /// Makes the steps of a thread: which these are, and what they changed when that can be remembered.
    fn make(
        &mut self,
        here: &mut Here<'_>,
        thread: ThreadId,
        alone: bool,
    ) -> Result<(Offered, Option<Vec<Way>>), Vague> {
        let (world, mut before) = self.world(here);
        if (alone || self.learns || self.known.parts.merges) && before.is_none() {
            before = Some(self.known.parts.take(&world, self.known.precision));
        }
        let mut changes = alone.then(Vec::new);
        let start = number(self.made.len());
        for choice in self.choices(&world, thread) {
            let mut next = world.clone();
            if self.learns {
                next.watch();
            }
            make(&mut next, choice);
            self.observe(&next)?;
            self.space.made += 1;
            let after = self.known.parts.take(&next, self.known.precision);
            if let Some(before) = &before {
                if self.learns {
                    self.known.learn(thread, (&world, before), (&next, &after));
                }
                self.check_merging(choice, (&world, before), (&next, &after))?;
            }
            let over = matches!(next.status(), Status::Ended(end) if end != End::Deadlock);
            let way = match &before {
                Some(before) if alone && !over => change(before, &after, choice, &self.known.parts),
                _ => None,
            };
            match (way, &mut changes) {
                (Some(way), Some(changes)) => changes.push(way),
                _ => changes = None,
            }
            let digest = self.known.parts.digest_of(&after.vector);
            let choice = self.known.memo.choice_number(choice);
            self.made.push(Made { choice, vector: after.vector, digest, entangled: after.entangled });
            self.made_worlds.push(Some(next).filter(|_| self.made.len() < MAX_WORLDS));
        }
        here.world = Some((world, before));
        Ok((Offered::Made(start, number(self.made.len())), changes))
    }

    fn world(&mut self, here: &mut Here<'_>) -> (World, Option<Taken>) {
        here.world.take().unwrap_or_else(|| {
            let last = here.head().who == Who::Everyone && self.forgets();
            (self.paths.world(here.head().node, self.known.memo.choices(), last), None)
        })
    }

    /// Every way in which the step of this thread can go.
    fn choices(&mut self, world: &World, thread: ThreadId) -> SmallVec<[Choice; 2]> {
        world.candidates(&mut self.candidates);
        let of_thread = self.candidates.iter().filter(|candidate| candidate.thread == thread).copied();
        match world.drawing(thread) {
            None => of_thread.collect(),
            Some(Drawing::Below(below)) if below <= MAX_DRAW => {
                let values = 0..u32::try_from(below).unwrap_or(0);
                of_thread
                    .flat_map(|one| values.clone().map(move |n| Choice { alternative: Alternative::Draw(n), ..one }))
                    .collect()
            }
            Some(_) => {
                self.space.sampled = true;
                of_thread.collect()
            }
        }
    }

    /// Whether anybody has a step that can be made.
    fn goes_on(&mut self, here: &mut Here<'_>) -> Result<bool, Vague> {
        let who = here.head().who;
        for thread in (0..self.threads(here)).filter(|thread| !who.includes(*thread)) {
            if self.offer(here, thread)?.is_some_and(|offer| !offer.ways.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the program looked at something that is left out.
    fn observe(&self, world: &World) -> Result<(), Vague> {
        let Precision { addresses, clock, output } = self.known.precision;
        let seen = world.observed();
        let needed = Precision { addresses: addresses | seen.addresses, clock: clock | seen.clock, output };
        if needed == self.known.precision { Ok(()) } else { Err(Vague::Precision(needed)) }
    }
}
