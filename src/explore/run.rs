//! The search itself: layer by layer, each in blocks.
//!
//! All states of one cost are a layer. A layer is worked off in blocks, a block in phases:
//!
//! | phase | what | who |
//! |---|---|---|
//! | expand | looks the steps of each state up, and writes down which digests they lead to | workers, a segment each |
//! | make | makes the steps that were not remembered, and remembers them | one thread |
//! | insert | each table takes the digests that belong to it, in their order, and keeps the new ones | workers, a table each |
//! | write | writes the new states down for their layer | workers, a segment each |
//!
//! What a phase does with a state does not depend on who does it, nor does the order in which the results are put
//! together. So the result is the same for any number of workers.
//!
//! **By steps**, a state counts once, and the layers are those of a breadth-first search.
//!
//! **By switches**, what it costs to go on from a state depends on who made the last step: that thread goes on for
//! nothing, every other one for a switch. One arrival for each last thread would be too many. It is enough to make each
//! *step* of each state once, at the least cost at which it can be made (E. Dijkstra, "A note on two problems in
//! connexion with graphs", 1959, on the steps instead of the states). When a state is arrived at by thread `t` at cost
//! (k, n), for k switches and n steps, the step of `t` can be made at that cost, and those of all others at (k + 1, n).
//! So the arrival puts the state into layer (k, n) for the step of `t`, unless that was made before, and the first
//! arrival puts it into layer (k + 1, n) for the steps of everybody else, where those that were made meanwhile are left
//! out. Layers are taken in the order of their costs. A step that is made in layer (k, n) arrives at (k, n + 1): its
//! switch was paid before. So arrivals come in the order of their costs, the first arrival at a state, and the first at
//! a state by a thread, is the cheapest, and a later one by another thread offers nothing new but that thread's step.

use super::deaths::Deaths;
use super::exploration::Stop;
use super::graph::Sketch;
use super::insert::{Bin, Block, New, Notes, Piece, number};
use super::known::Known;
use super::layer::{Head, SEGMENT, Segment, Sheet, Who};
use super::make::{MAX_WORLDS, Made, Vague};
use super::outcome::Outcome;
use super::paths::{self, Node, Paths, make};
use super::reduce::{self, Growth, Reducer};
use super::search::{Cost, Goal, Order, Search, Space};
use super::seen::{SHARDS, Tag};
use super::workers::share;
use crate::event::{Candidate, NoSink, Schedule, ThreadState};
use crate::kernel::sim::World;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

/// So many forced steps before the first thread is started are looked for.
const MAX_PREFIX: u64 = 10_000;
/// So many states are in a block, about; when their steps cannot be remembered, fewer.
const BLOCK: usize = 1 << 16;
const SMALL_BLOCK: usize = 1 << 11;
/// Between two looks at the clock so many steps are made.
const PATIENCE: usize = 64;
/// So many new states of a block are put in the order in which they are reached, so that of several shortest ways to
/// something that is found early the first in order of threads is shown. (The tables' order would do, too.)
const SORTED: usize = 1 << 12;
/// With fewer states in a block it does not pay to wake workers.
const WORTHWHILE: usize = 1 << 13;

type Layer = Vec<Segment>;

pub(super) struct Run<'a> {
    pub(super) search: &'a Search,
    pub(super) known: &'a mut Known,
    pub(super) paths: Paths,
    pub(super) space: Space,
    /// The steps that were made for this block, and the worlds after them.
    pub(super) made: Vec<Made>,
    pub(super) made_worlds: Vec<Option<World>>,
    pub(super) candidates: Vec<Candidate>,
    bins: Vec<Bin>,
    layers: BTreeMap<Cost, Layer>,
    /// The sheets of the last block, to be used again.
    sheets: Vec<Sheet>,
    sketch: Sketch,
    /// Of the last block, the states from which a step led to a later layer.
    pub(super) advanced: HashSet<(usize, usize)>,
    /// The search has seen enough.
    pub(super) enough: bool,
    pub(super) deaths: Deaths,
    /// What is learned of steps can be of use.
    pub(super) learns: bool,
    /// Steps are left out.
    pub(super) reduces: bool,
    pub(super) reducer: Reducer,
    growth: Growth,
}

impl<'a> Run<'a> {
    pub(super) fn new(search: &'a Search, known: &'a mut Known) -> Run<'a> {
        known.prepare(search);
        let precision = known.precision;
        let (world, prefix) = beginning(search);
        let taken = known.parts.take(&world, precision);
        let digest = known.parts.digest_of(&taken.vector);
        let last = world.last();
        let steps = u32::try_from(prefix.len()).unwrap_or(u32::MAX);
        let by_switches = search.order == Order::Switches;
        let cost = Cost { switches: if by_switches { world.switches() } else { 0 }, steps };
        // Where threads are merged, what one of them does is not learned from it, but from whoever stands in its place.
        let told_apart = !known.parts.merges;
        let learns = told_apart && reduce::applies(&search.options, precision) && !known.learned.is_refused();
        let reduces = learns && search.reduces && !by_switches;
        known.learned.meet(&taken, &known.parts);
        let growth = Growth::new(&known.learned);
        let mut run = Run {
            search,
            known,
            paths: Paths::new(world, prefix.clone()),
            space: Space { precision, states: prefix.len(), edges: prefix.len(), ..Space::default() },
            made: Vec::new(),
            made_worlds: Vec::new(),
            candidates: Vec::new(),
            bins: (0..SHARDS).map(|_| Bin::default()).collect(),
            layers: BTreeMap::new(),
            sheets: Vec::new(),
            sketch: Sketch::default(),
            advanced: HashSet::new(),
            enough: false,
            deaths: Deaths::new(search),
            learns,
            reduces,
            reducer: Reducer::default(),
            growth,
        };
        let who = last.filter(|_| by_switches).map_or(Who::Everyone, |last| Who::Only(last.0));
        let head = Head { digest, node: 0, who, first: true, entangled: taken.entangled };
        run.begin(head, &taken.vector, cost);
        run.begin_with_deaths(&prefix, &taken.vector, cost);
        run
    }

    /// The first state.
    fn begin(&mut self, head: Head, vector: &[u32], cost: Cost) {
        let tag = Tag::of(head.digest);
        let bin = &mut self.bins[tag.shard()];
        bin.begin(tag, head.who, self.search.order == Order::Switches);
        if self.search.keeps_graph {
            bin.nodes.push(0);
            self.sketch.add_node(head.digest);
        }
        self.push(cost, head, vector);
        if let Who::Only(_) = head.who {
            let head = Head { who: Who::Except(0), first: false, ..head };
            self.push(Cost { switches: cost.switches + 1, ..cost }, head, vector);
        }
        if let Goal::States(wanted) = &self.search.goal
            && wanted.contains(&head.digest)
        {
            self.arrive(0, cost);
        }
    }

    fn push(&mut self, cost: Cost, head: Head, vector: &[u32]) {
        let mut segment = Segment::new(vector.len());
        segment.push(head, vector);
        self.layers.entry(cost).or_default().push(segment);
    }

    /// Searches; `Err` when states have to be told apart more precisely.
    pub(super) fn finish(mut self) -> Result<Space, Vague> {
        self.search()?;
        self.space.open = self.open();
        self.space.stop = self.space.stop.filter(|_| self.space.open > 0);
        self.space.merged = self.known.parts.merges;
        self.space.parts = self.known.parts.len() as u64;
        self.space.remembered = self.known.memo.len() as u64;
        self.space.bytes = self.bytes();
        self.space.may_cycle |= self.search.order == Order::Switches;
        self.space.reduced = self.reduces;
        if self.search.keeps_graph {
            self.paths.forget_worlds();
            self.space.graph = Some(self.sketch.finish(self.known.memo.choices().to_vec(), self.paths));
        }
        Ok(self.space)
    }

    fn search(&mut self) -> Result<(), Vague> {
        while let Some((cost, mut layer)) = self.layers.pop_first() {
            self.bins.iter_mut().for_each(Bin::settle);
            while !layer.is_empty() {
                let outdated = self.reduces
                    && (self.known.learned.is_refused()
                        || self.growth.is_outdated(&self.known.learned, self.space.states));
                if self.enough || outdated || self.is_spent() {
                    self.layers.insert(cost, layer);
                    return Ok(());
                }
                self.block(cost, &mut layer)?;
                if self.space.stop.is_some() {
                    self.layers.entry(cost).or_default().append(&mut layer);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Works off a part of a layer.
    fn block(&mut self, cost: Cost, layer: &mut Layer) -> Result<(), Vague> {
        let mut segments = self.next_block(layer);
        self.claim(&mut segments);
        self.choose_all(&mut segments);
        let mut sheets = std::mem::take(&mut self.sheets);
        sheets.resize_with(sheets.len().max(segments.len()), Sheet::default);
        self.expand_all(&segments, &mut sheets);
        let left = self.make_all(&segments, &mut sheets)?;
        let used = &sheets[..segments.len()];
        if self.search.budget.max_bytes < self.bytes_after(used) {
            self.space.stop = Some(Stop::Memory);
            layer.splice(0..0, segments);
            return Ok(());
        }
        self.end_all(cost, &segments, used);
        self.meet(cost, &segments);
        self.notice_deaths(cost, &segments, used);
        self.insert_all(&segments, used);
        self.write_all(cost, &segments, used);
        self.space.states +=
            segments.iter().flat_map(|segment| &segment.heads).filter(|head| head.first).count() as u64;
        layer.extend(self.stuck(&segments));
        for segment in left {
            self.space.states -= segment.heads.iter().filter(|head| head.first).count() as u64;
            layer.push(segment);
        }
        sheets.iter_mut().for_each(Sheet::clear);
        self.sheets = sheets;
        self.made.clear();
        self.made_worlds.clear();
        Ok(())
    }

    /// The states that are next, no more than may be looked at.
    fn next_block(&self, layer: &mut Layer) -> Vec<Segment> {
        // A graph takes its states in order: none can be left for another block.
        let size = if self.remembers() && !self.search.keeps_graph { BLOCK } else { SMALL_BLOCK };
        let may =
            usize::try_from(self.search.budget.max_states.saturating_sub(self.space.states)).unwrap_or(usize::MAX);
        let size = size.min(may);
        let (mut count, mut taken) = (0, 0);
        while let Some(segment) = layer.get_mut(taken) {
            if count == size {
                break;
            }
            let room = size - count;
            count += segment.heads.len().min(room);
            taken += 1;
            if segment.heads.len() > room {
                let rest = segment.split_off(room);
                layer.insert(taken, rest);
            }
        }
        layer.drain(..taken).collect()
    }

    /// In states where everybody else's steps are to be made, some may have been made meanwhile.
    fn claim(&mut self, segments: &mut [Segment]) {
        if self.search.order == Order::Steps {
            return;
        }
        for head in segments.iter_mut().flat_map(|segment| &mut segment.heads) {
            if let Who::Except(_) = head.who {
                self.bins[Tag::of(head.digest).shard()].claim(head);
            }
        }
    }

    /// How many workers so much work is worth.
    fn workers(&self, states: usize) -> usize {
        if states < WORTHWHILE { 1 } else { self.search.workers }
    }

    fn expand_all(&self, segments: &[Segment], sheets: &mut [Sheet]) {
        let expander = self.expander();
        let mut jobs: Vec<_> = (0u32..).zip(segments).zip(sheets).collect();
        share(self.workers(count(segments)), &mut jobs, |((number, segment), sheet)| {
            expander.expand_all(*number, segment, sheet);
        });
    }

    /// Makes the steps that are not known; gives back the states for which there was no room.
    fn make_all(&mut self, segments: &[Segment], sheets: &mut [Sheet]) -> Result<Vec<Segment>, Vague> {
        let mut left = Vec::new();
        // Where steps are remembered there are few to make, and which ones depends on what was known before: the order
        // of the states must not.
        let max_made = if self.search.keeps_graph || self.remembers() { usize::MAX } else { MAX_WORLDS };
        for ((number, segment), sheet) in (0u32..).zip(segments).zip(sheets) {
            let aside = std::mem::take(&mut sheet.aside);
            if aside.is_empty() {
                continue;
            }
            let mut rest = Segment::new(segment.width);
            for (turn, item) in aside.into_iter().enumerate() {
                if self.made.len() >= max_made || turn % PATIENCE == PATIENCE - 1 && self.is_interrupted() {
                    rest.push(segment.heads[item as usize], segment.vector(item as usize));
                } else {
                    self.expand(segment, number, item, sheet)?;
                }
            }
            sheet.sort();
            if !rest.heads.is_empty() {
                left.push(rest);
            }
        }
        Ok(left)
    }

    fn insert_all(&mut self, segments: &[Segment], sheets: &[Sheet]) {
        self.space.edges += sheets.iter().map(|sheet| sheet.edges).sum::<u64>();
        let block = Block { parts: &self.known.parts, memo: &self.known.memo, segments, sheets, made: &self.made };
        let by_switches = self.search.order == Order::Switches;
        let notes = Notes { draws: self.search.keeps_graph, advances: self.search.reduces };
        let mut jobs: Vec<_> = self.bins.iter_mut().enumerate().collect();
        let workers = if count(segments) < WORTHWHILE { 1 } else { self.search.workers };
        share(workers, &mut jobs, |(table, bin)| {
            if by_switches {
                bin.take_steps(*table, block);
            } else {
                bin.take_states(*table, block, notes);
            }
        });
        self.space.may_cycle |= self.bins.iter().any(|bin| bin.goes_back);
        if self.search.reduces {
            self.advanced = self.bins.iter().flat_map(|bin| bin.advanced.iter().copied()).collect();
        }
    }

    fn write_all(&mut self, cost: Cost, segments: &[Segment], sheets: &[Sheet]) {
        let mut new: Vec<New> = self.bins.iter().flat_map(|bin| bin.new.iter().copied()).collect();
        let starts = (0..new.len()).step_by(SEGMENT);
        let mut pieces: Vec<Piece> = starts.map(|start| Piece::new(start, new.len().min(start + SEGMENT))).collect();
        let block = Block { parts: &self.known.parts, memo: &self.known.memo, segments, sheets, made: &self.made };
        if new.len() <= SORTED {
            new.sort_by_key(|new| (new.record.parent(), block.memo.choice(block.choice(new.record))));
        }
        let (node, width) = (self.paths.next(), self.known.parts.width());
        let by_switches = self.search.order == Order::Switches;
        share(self.workers(new.len()), &mut pieces, |piece| piece.write(&new, node, width, by_switches, block));
        let next = Cost { steps: cost.steps + 1, ..cost };
        for piece in pieces {
            self.paths.extend(&piece.arrivals);
            self.layers.entry(next).or_default().push(piece.segment);
            if by_switches && !piece.rest.heads.is_empty() {
                let later = Cost { switches: next.switches + 1, ..next };
                self.layers.entry(later).or_default().push(piece.rest);
            }
        }
        self.keep_worlds(node, &new);
        self.look_for_goal(node, &new, next);
        if self.search.keeps_graph {
            self.draw(node, &new, segments);
        }
    }

    /// Keeps the worlds of new states.
    fn keep_worlds(&mut self, node: Node, new: &[New]) {
        if self.made.is_empty() {
            return;
        }
        let max_bytes = self.search.budget.max_bytes / 4;
        let remembers = self.remembers();
        for (node, new) in (node..).zip(new) {
            let made = new.record.made().and_then(|made| self.made_worlds[made as usize].take());
            match made {
                Some(world) if remembers => self.paths.keep(node, world),
                Some(world) => self.paths.keep_waiting(node, world, max_bytes),
                None => {}
            }
        }
    }

    fn look_for_goal(&mut self, node: Node, new: &[New], cost: Cost) {
        let Goal::States(wanted) = &self.search.goal else { return };
        let found = new.iter().position(|new| new.first && wanted.contains(&new.record.tag.digest()));
        if let Some(place) = found.filter(|_| !self.enough) {
            self.arrive(node + number(place), cost);
        }
    }

    /// Adds the block to the graph.
    fn draw(&mut self, node: Node, new: &[New], segments: &[Segment]) {
        for (node, new) in (node..).zip(new) {
            self.sketch.add_node(new.record.tag.digest());
            self.bins[new.record.tag.shard()].nodes.push(node);
        }
        let mut drawn: Vec<_> = self.bins.iter().flat_map(Bin::edges).collect();
        if self.reduces {
            self.sketch.add_loose(drawn);
            return;
        }
        let memo = &self.known.memo;
        drawn.sort_unstable_by_key(|edge| (edge.source, memo.choice(edge.choice)));
        let expanded = segments.iter().flat_map(|segment| &segment.heads).map(|head| head.node).max();
        self.sketch.add_edges(&drawn, expanded.unwrap_or(0));
    }

    // ---- ends and goals ----

    fn end_all(&mut self, cost: Cost, segments: &[Segment], sheets: &[Sheet]) {
        for (segment, sheet) in segments.iter().zip(sheets) {
            for item in &sheet.ends {
                self.end(segment.heads[*item as usize].node, cost);
            }
        }
    }

    /// A state without a next step.
    fn end(&mut self, node: Node, cost: Cost) {
        let world = self.paths.world(node, self.known.memo.choices(), true);
        let mut outcome = Outcome::of(&world);
        outcome.output = self.search.output.then(|| world.output().to_string());
        if !self.space.outcomes.contains_key(&outcome) {
            let schedule = self.schedule(node);
            self.space.outcomes.insert(outcome.clone(), (cost, schedule));
            if let Goal::Outcomes(wanted) = &self.search.goal
                && wanted.iter().all(|one| self.space.outcomes.contains_key(one))
            {
                self.enough = true;
                self.space.reached = true;
            }
        }
        let wanted = match &self.search.goal {
            Goal::GoodEnd => outcome.is_good(),
            Goal::Target(target) => target.is_end(&world, || self.schedule(node)),
            Goal::Everything | Goal::Outcomes(_) | Goal::States(_) => false,
        };
        if wanted && !self.enough {
            self.arrive(node, cost);
        }
        if self.search.keeps_graph {
            self.sketch.add_end(node, &outcome);
        }
    }

    /// States are told to be wanted when it is their turn: ends of runs at the same cost, or a lower one, come first.
    fn meet(&mut self, cost: Cost, segments: &[Segment]) {
        let Goal::Target(target) = &self.search.goal else { return };
        if self.enough || target.states.is_empty() {
            return;
        }
        let mut heads = segments.iter().flat_map(|segment| &segment.heads);
        if let Some(head) = heads.find(|head| head.first && target.states.contains(&head.digest)) {
            self.arrive(head.node, cost);
        }
    }

    fn arrive(&mut self, node: Node, cost: Cost) {
        self.arrive_along(cost, self.schedule(node));
    }

    pub(super) fn arrive_along(&mut self, cost: Cost, schedule: Schedule) {
        self.enough = true;
        self.space.reached = true;
        self.space.arrival = Some((cost, schedule));
    }

    /// The choices that lead to a node.
    pub(super) fn schedule(&self, node: Node) -> Schedule {
        self.paths.schedule(node, self.known.memo.choices())
    }

    // ---- budget ----

    /// Whether the search has to stop; also tells how far it is.
    fn is_spent(&mut self) -> bool {
        if self.space.states >= self.search.budget.max_states {
            self.space.stop = Some(Stop::States);
        }
        self.search.progress.tell(self.space.states, self.open(), self.bytes());
        self.is_interrupted()
    }

    /// Whether time is up, or somebody wants it to stop.
    fn is_interrupted(&mut self) -> bool {
        if self.search.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.space.stop = Some(Stop::Time);
        }
        if self.search.progress.is_cancelled() {
            self.space.stop = Some(Stop::Cancelled);
        }
        self.space.stop.is_some()
    }

    /// States that were reached and not, or not with all their steps, expanded.
    fn open(&self) -> u64 {
        let segments = self.layers.values().flatten();
        let heads = segments.flat_map(|segment| &segment.heads);
        heads.filter(|head| !matches!(head.who, Who::Only(_))).count() as u64
    }

    fn bytes(&self) -> u64 {
        let waiting: u64 = self.layers.values().flatten().map(Segment::bytes).sum();
        let tables: u64 = self.bins.iter().map(Bin::bytes).sum();
        let known = self.known.parts.bytes() + self.known.memo.bytes();
        waiting + tables + known + self.paths.bytes() + self.sketch.bytes()
    }

    /// How many bytes it will be when the block is done, at most.
    fn bytes_after(&self, sheets: &[Sheet]) -> u64 {
        let coming = |table: usize| sheets.iter().map(|sheet| sheet.records[table].len()).sum();
        let growth: u64 = self.bins.iter().enumerate().map(|(table, bin)| bin.growth(coming(table))).sum();
        let worlds = self.made_worlds.len() as u64 * self.paths.world_bytes();
        self.bytes() + growth + worlds + sheets.iter().map(Sheet::bytes).sum::<u64>()
    }
}

fn count(segments: &[Segment]) -> usize {
    segments.iter().map(|segment| segment.heads.len()).sum()
}

/// The world in which a search begins, and the way there.
fn beginning(search: &Search) -> (World, Schedule) {
    let world = paths::begin(Arc::clone(&search.program), search.options.clone(), &search.inputs, &mut NoSink);
    let (mut world, mut prefix) = forced(&world).unwrap_or_else(|| {
        let mut world = world;
        world.rebase();
        (world, Schedule::new())
    });
    for choice in search.prefix.iter().skip(usize::try_from(prefix.len()).unwrap_or(usize::MAX)) {
        make(&mut world, choice);
        prefix.push(choice);
    }
    (world, prefix)
}

/// The state right after the first thread was started, when nothing can be chosen on the way there, and the way. No
/// later state is one of those before it. The base is the state before that: what the first thread has of its own is
/// not part of it, no more than what the others have is.
fn forced(first: &World) -> Option<(World, Schedule)> {
    let mut world = first.clone();
    let mut schedule = Schedule::new();
    let mut candidates = Vec::new();
    while schedule.len() < MAX_PREFIX {
        world.candidates(&mut candidates);
        let [choice] = candidates[..] else { return None };
        if world.drawing(choice.thread).is_some() {
            return None;
        }
        let mut next = world.clone();
        make(&mut next, choice);
        schedule.push(choice);
        if next.threads().skip(1).any(|thread| thread.state != ThreadState::New) {
            world.rebase();
            make(&mut world, choice);
            return Some((world, schedule));
        }
        world = next;
    }
    None
}
