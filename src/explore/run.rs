//! The search itself.

use super::exploration::Stop;
use super::graph::Drawn;
use super::known::Known;
use super::memo::{Way, Ways, change, key, places};
use super::outcome::Outcome;
use super::parts::Vector;
use super::paths::{Node, Paths, begin, make};
use super::search::{Budget, Cost, Goal, MAX_DRAW, Order, Search, Space};
use super::seen::Seen;
use crate::event::{Alternative, Candidate, Choice, End, NoSink, Schedule, ThreadState};
use crate::ids::ThreadId;
use crate::kernel::sim::{Drawing, Status, World};
use crate::vm::canon::Precision;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// So many forced steps before the first thread is started are looked for.
const MAX_PREFIX: u64 = 10_000;

/// The states of one cost that wait for being expanded.
#[derive(Debug, Default)]
struct Layer {
    vectors: Vec<u32>,
    heads: Vec<Head>,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    node: Node,
    length: u32,
    digest: u128,
    /// Who made the last step.
    last: Option<ThreadId>,
    entangled: bool,
}

/// A state that is being expanded.
struct Here {
    head: Head,
    vector: Vector,
    cost: Cost,
    /// Its world, once it was needed.
    world: Option<World>,
    /// A step is possible that something can be hoped from.
    goes_on: bool,
}

/// A state that a step leads to.
struct There<'a> {
    choice: Choice,
    digest: u128,
    entangled: bool,
    world: Option<World>,
    vector: Arrival<'a>,
}

enum Arrival<'a> {
    Whole(Vector),
    Changed(&'a Way),
}

/// More precision is needed.
type Vague = Precision;

pub(super) struct Run<'a> {
    search: &'a Search,
    known: &'a mut Known,
    /// The nodes of the states, and the graph, when it is kept.
    nodes: HashMap<u128, Node, FxBuildHasher>,
    drawn: Drawn,
    choices: Vec<Choice>,
    enough: bool,
    /// Nodes from here on are in the next layer.
    later: Node,
    seen: Seen,
    paths: Paths,
    primitives: usize,
    layers: BTreeMap<Cost, Layer>,
    space: Space,
    candidates: Vec<Candidate>,
}

impl<'a> Run<'a> {
    pub(super) fn new(search: &'a Search, known: &'a mut Known) -> Run<'a> {
        known.precision.output |= search.output;
        let precision = known.precision;
        let world = begin(Arc::clone(&search.program), search.options.clone(), &search.inputs, &mut NoSink);
        let (mut world, mut prefix) = forced(&world).unwrap_or((world, Schedule::new()));
        world.rebase();
        for choice in search.prefix.iter().skip(usize::try_from(prefix.len()).unwrap_or(usize::MAX)) {
            make(&mut world, choice);
            prefix.push(choice);
        }
        let taken = known.parts.take(&world, precision);
        let mut run = Run {
            search,
            known,
            nodes: HashMap::default(),
            drawn: Drawn::default(),
            choices: Vec::new(),
            enough: false,
            later: 1,
            seen: Seen::default(),
            paths: Paths::new(world.clone(), prefix.clone()),
            primitives: taken.primitives,
            layers: BTreeMap::new(),
            space: Space { precision, states: prefix.len(), edges: prefix.len(), ..Space::default() },
            candidates: Vec::new(),
        };
        let digest = run.known.parts.digest_of(&taken.vector);
        let last = world.last();
        let steps = u32::try_from(prefix.len()).unwrap_or(u32::MAX);
        let cost = Cost { switches: if search.order == Order::Steps { 0 } else { world.switches() }, steps };
        if search.order == Order::Steps {
            run.seen.insert(digest);
        }
        run.met(0, digest, cost);
        run.push(cost, Head { node: 0, length: 0, digest, last, entangled: taken.entangled }, &taken.vector);
        run
    }

    /// Searches; `Err` when states have to be told apart more precisely.
    pub(super) fn finish(mut self) -> Result<Space, Precision> {
        self.search()?;
        self.space.open = self.layers.values().map(|layer| layer.heads.len() as u64).sum();
        self.space.parts = self.known.parts.len() as u64;
        self.space.remembered = self.known.memo.len() as u64;
        self.space.bytes = self.bytes();
        self.space.may_cycle |= self.search.order == Order::Switches;
        if self.search.keeps_graph {
            self.space.graph = Some(self.drawn.finish(self.choices, self.paths));
        }
        Ok(self.space)
    }

    /// A state that was not seen before.
    fn met(&mut self, node: Node, digest: u128, cost: Cost) {
        if self.search.order == Order::Steps {
            self.nodes.insert(digest, node);
            self.drawn.add_node(digest);
        }
        if let Goal::States(wanted) = &self.search.goal
            && !self.enough
            && wanted.contains(&digest)
        {
            self.arrived(node, cost);
        }
    }

    fn draw(&mut self, target: Node, choice: Choice) {
        if self.search.keeps_graph {
            let number = self.choices.iter().position(|other| *other == choice);
            let number = number.unwrap_or_else(|| {
                self.choices.push(choice);
                self.choices.len() - 1
            });
            self.drawn.add_edge(target, u32::try_from(number).unwrap_or(u32::MAX));
        }
    }

    fn arrived(&mut self, node: Node, cost: Cost) {
        self.enough = true;
        self.space.reached = true;
        self.space.arrival = Some((cost, self.paths.schedule(node)));
    }

    fn bytes(&self) -> u64 {
        let waiting: usize =
            self.layers.values().map(|layer| layer.vectors.capacity() * 4 + layer.heads.capacity() * 48).sum();
        self.seen.bytes() + self.paths.bytes() + self.drawn.bytes() + waiting as u64
    }

    fn push(&mut self, cost: Cost, head: Head, vector: &[u32]) {
        let layer = self.layers.entry(cost).or_default();
        layer.vectors.extend_from_slice(vector);
        layer.heads.push(Head { length: u32::try_from(vector.len()).unwrap_or(u32::MAX), ..head });
    }

    fn search(&mut self) -> Result<(), Vague> {
        while let Some((cost, layer)) = self.layers.pop_first() {
            let later = self.paths.len();
            let mut start = 0;
            for (place, head) in layer.heads.iter().enumerate() {
                let end = start + head.length as usize;
                let vector = &layer.vectors[start..end];
                if self.enough || self.is_spent() {
                    let rest = Layer { vectors: layer.vectors[start..].to_vec(), heads: layer.heads[place..].to_vec() };
                    self.layers.insert(cost, rest);
                    return Ok(());
                }
                start = end;
                if self.search.order == Order::Switches && !self.seen.insert(arrival(head.digest, head.last)) {
                    continue;
                }
                self.space.states += 1;
                let here = Here { head: *head, vector: vector.into(), cost, world: None, goes_on: false };
                self.later = later;
                self.expand(here)?;
                self.drawn.close();
            }
        }
        Ok(())
    }

    fn is_spent(&mut self) -> bool {
        let Budget { max_states, max_bytes } = self.search.budget;
        if self.space.states >= max_states {
            self.space.stop = Some(Stop::States);
        }
        if self.space.states.is_multiple_of(4096) {
            let bytes = self.bytes();
            let open: usize = self.layers.values().map(|layer| layer.heads.len()).sum();
            self.search.progress.tell(self.space.states, open as u64, bytes);
            if bytes * 3 / 2 >= max_bytes {
                // The table doubles when it grows: it must not come as a surprise.
                self.space.stop = Some(Stop::Memory);
            }
            if self.search.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                self.space.stop = Some(Stop::Time);
            }
            if self.search.progress.is_cancelled() {
                self.space.stop = Some(Stop::Cancelled);
            }
        }
        self.space.stop.is_some()
    }

    fn expand(&mut self, mut here: Here) -> Result<(), Vague> {
        // Lent to this state, so that what is remembered can be read while states are added.
        let mut memo = std::mem::take(&mut self.known.memo);
        let first = 1 + self.primitives;
        for place in first..here.vector.len() {
            let own = here.vector[place];
            let Some(facts) = self.known.parts.thread(own).filter(|facts| !facts.idle) else { continue };
            let thread = ThreadId(u32::try_from(place - first).unwrap_or(u32::MAX));
            let alone = self.is_alone(&here);
            let places = alone.then(|| places(facts, &here.vector, self.primitives, &self.known.parts)).flatten();
            let key = places.as_ref().map(|places| key(own, places, &here.vector, &self.known.parts));
            let known = key.and_then(|key| memo.get(key));
            match known {
                Some(ways) if !self.search.verified => self.look_up(&mut here, thread, ways)?,
                _ => {
                    let ways = self.make(&mut here, thread, places.as_deref())?;
                    if let (Some(known), Some(ways)) = (known, &ways) {
                        assert_eq!(known, ways, "{thread} in {}", self.paths.schedule(here.head.node));
                    }
                    if let (None, Some(key), Some(ways)) = (known, key, ways) {
                        memo.insert(key, ways);
                    }
                }
            }
        }
        self.known.memo = memo;
        if !here.goes_on {
            self.end(&mut here);
        }
        Ok(())
    }

    /// Whether steps from this state can be told by their footprints.
    fn is_alone(&self, here: &Here) -> bool {
        let options = &self.search.options;
        let threads = here.vector.len() - 1 - self.primitives;
        let room = threads < options.max_threads.min(options.max_started) as usize;
        // A spurious wake-up is no step where it is the only one: that depends on all threads.
        !here.head.entangled && !self.known.precision.clock && !options.spurious && room
    }

    /// Goes the ways that are remembered.
    fn look_up(&mut self, here: &mut Here, thread: ThreadId, ways: &Ways) -> Result<(), Vague> {
        for way in ways {
            if way.finishes && !self.somebody_else(here, thread) {
                // The program ends with this step.
                self.make(here, thread, None)?;
                return Ok(());
            }
            here.goes_on = true;
            let choice = Choice { thread, alternative: way.alternative };
            let digest = here.head.digest.wrapping_add(way.grows);
            self.arrive(here, There { choice, digest, entangled: false, world: None, vector: Arrival::Changed(way) });
        }
        Ok(())
    }

    /// Whether the program goes on without this thread.
    fn somebody_else(&self, here: &Here, thread: ThreadId) -> bool {
        let threads = here.vector[1 + self.primitives..].iter().enumerate();
        let others = threads.filter(|(number, _)| *number != thread.index());
        others.filter_map(|(_, part)| self.known.parts.thread(*part)).any(|facts| facts.essential)
    }

    /// Makes the steps of a thread; what can be remembered of them.
    fn make(&mut self, here: &mut Here, thread: ThreadId, places: Option<&[u32]>) -> Result<Option<Ways>, Vague> {
        let world = here.world.take().unwrap_or_else(|| self.paths.world(here.head.node));
        let before = self.known.parts.take(&world, self.known.precision);
        debug_assert_eq!(before.vector, here.vector, "{}", self.paths.schedule(here.head.node));
        let own = thread.0 + 1 + u32::try_from(self.primitives).unwrap_or(u32::MAX);
        let mut ways = Some(Ways::new());
        for choice in self.choices(&world, thread) {
            let mut next = world.clone();
            make(&mut next, choice);
            self.observe(&next)?;
            self.space.made += 1;
            let after = self.known.parts.take(&next, self.known.precision);
            let over = matches!(next.status(), Status::Ended(end) if end != End::Deadlock);
            let way =
                places.filter(|_| !over).and_then(|places| change(&before, &after, own, places, &self.known.parts));
            match (way, &mut ways) {
                (Some(way), Some(ways)) => ways.push(Way { alternative: choice.alternative, ..way }),
                _ => ways = None,
            }
            here.goes_on = true;
            let digest = self.known.parts.digest_of(&after.vector);
            let vector = Arrival::Whole(after.vector);
            self.arrive(here, There { choice, digest, entangled: after.entangled, world: Some(next), vector });
        }
        here.world = Some(world);
        Ok(ways)
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

    /// A state without a next step.
    fn end(&mut self, here: &mut Here) {
        let world = here.world.take().unwrap_or_else(|| self.paths.world(here.head.node));
        let mut outcome = Outcome::of(&world);
        outcome.output = self.search.output.then(|| world.output().to_string());
        if !self.space.outcomes.contains_key(&outcome) {
            let schedule = self.paths.schedule(here.head.node);
            self.space.outcomes.insert(outcome.clone(), (here.cost, schedule));
        }
        match &self.search.goal {
            Goal::GoodEnd if !self.enough && outcome.is_good() => self.arrived(here.head.node, here.cost),
            Goal::Outcomes(wanted) if wanted.iter().all(|one| self.space.outcomes.contains_key(one)) => {
                self.enough = true;
                self.space.reached = true;
            }
            _ => {}
        }
        if self.search.keeps_graph {
            self.drawn.add_end(here.head.node, &outcome);
        }
    }

    /// Whether the program looked at something that is left out.
    fn observe(&self, world: &World) -> Result<(), Vague> {
        let Precision { addresses, clock, output } = self.known.precision;
        let seen = world.observed();
        let needed = Precision { addresses: addresses | seen.addresses, clock: clock | seen.clock, output };
        if needed == self.known.precision { Ok(()) } else { Err(needed) }
    }

    fn arrive(&mut self, here: &Here, there: There<'_>) {
        let There { choice, digest, entangled, world, vector } = there;
        self.space.edges += 1;
        let mut cost = Cost { steps: here.cost.steps + 1, ..here.cost };
        let new = match self.search.order {
            Order::Steps => self.seen.insert(digest),
            Order::Switches => {
                cost.switches += u32::from(here.head.last.is_some_and(|last| last != choice.thread));
                !self.seen.contains(arrival(digest, Some(choice.thread)))
            }
        };
        if !new {
            if self.search.order == Order::Steps {
                let target = self.nodes.get(&digest).copied().unwrap_or(0);
                self.space.may_cycle |= target < self.later;
                self.draw(target, choice);
            }
            return;
        }
        let node = self.paths.add(here.head.node, choice);
        self.met(node, digest, cost);
        self.draw(node, choice);
        if let Some(world) = world {
            self.paths.keep(node, world);
        }
        let vector = match vector {
            Arrival::Whole(vector) => vector,
            Arrival::Changed(way) => changed(&here.vector, way),
        };
        self.push(cost, Head { node, length: 0, digest, last: Some(choice.thread), entangled }, &vector);
    }
}

/// A state in which somebody made the last step, as one number.
fn arrival(digest: u128, last: Option<ThreadId>) -> u128 {
    const LAST: u128 = 0x8ebc_6af0_9c88_c6e3_5899_65cc_7537_4cc3;
    digest.wrapping_add(LAST.wrapping_mul(last.map_or(0, |thread| u128::from(thread.0) + 1)))
}

fn changed(vector: &Vector, way: &Way) -> Vector {
    let mut vector = vector.clone();
    for (place, part) in &way.changes {
        match vector.get_mut(*place as usize) {
            Some(old) => *old = *part,
            None => vector.push(*part),
        }
    }
    vector
}

/// The state right after the first thread was started, when nothing can be chosen on the way there, and the way. No
/// later state is one of those before it.
fn forced(first: &World) -> Option<(World, Schedule)> {
    let mut world = first.clone();
    let mut schedule = Schedule::new();
    let mut candidates = Vec::new();
    while schedule.len() < MAX_PREFIX {
        let started = world.threads().skip(1).any(|thread| thread.state != ThreadState::New);
        if started {
            return Some((world, schedule));
        }
        world.candidates(&mut candidates);
        let [choice] = candidates[..] else { return None };
        if world.drawing(choice.thread).is_some() {
            return None;
        }
        make(&mut world, choice);
        schedule.push(choice);
    }
    None
}
