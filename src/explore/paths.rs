//! How states were reached, and the worlds that are still at hand.

use crate::event::{Choice, NoSink, Schedule, Sink};
use crate::kernel::Options;
use crate::kernel::sim::{Status, World};
use crate::lang::Program;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use std::collections::VecDeque;
use std::sync::Arc;

/// The number of a state that was reached.
pub(super) type Node = u32;

/// So many worlds on the way to states are kept; the oldest go first, as the search needs them.
const RECENT: usize = 4096;
/// When a world is made again, every so many steps one is kept.
const SPACING: usize = 8;

/// The tree of first arrivals.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    root: World,
    prefix: Schedule,
    /// From which node, by the choice with which number.
    arrivals: Vec<(Node, u32)>,
    /// Worlds of states that wait for being expanded.
    waiting: HashMap<Node, Box<World>, FxBuildHasher>,
    recent: HashMap<Node, Box<World>, FxBuildHasher>,
    order: VecDeque<Node>,
    /// What a world takes, about.
    world_bytes: u64,
}

impl Paths {
    /// With the state in which the search begins as node 0, which the prefix leads to.
    pub(super) fn new(root: World, prefix: Schedule) -> Paths {
        let world_bytes = root.clone_bytes();
        Paths {
            root,
            prefix,
            arrivals: vec![(0, 0)],
            waiting: HashMap::default(),
            recent: HashMap::default(),
            order: VecDeque::new(),
            world_bytes,
        }
    }

    /// The number that the next node gets.
    pub(super) fn next(&self) -> Node {
        u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn extend(&mut self, arrivals: &[(Node, u32)]) {
        self.arrivals.extend_from_slice(arrivals);
    }

    /// What a world takes, about.
    pub(super) fn world_bytes(&self) -> u64 {
        self.world_bytes
    }

    pub(super) fn bytes(&self) -> u64 {
        let worlds = (self.waiting.len() + self.recent.len()) as u64 * self.world_bytes;
        (self.arrivals.len() * size_of::<(Node, u32)>()) as u64 + worlds
    }

    /// Keeps the world of a state that will be expanded, if so much memory may go to such worlds.
    pub(super) fn keep_waiting(&mut self, node: Node, world: World, max_bytes: u64) {
        if self.waiting.len().is_multiple_of(256) {
            self.world_bytes = self.world_bytes.max(world.clone_bytes());
        }
        if self.waiting.len() as u64 * self.world_bytes < max_bytes {
            self.waiting.insert(node, Box::new(world));
        }
    }

    /// A world from which others may be made.
    pub(super) fn keep(&mut self, node: Node, world: World) {
        if self.order.len() >= RECENT
            && let Some(oldest) = self.order.pop_front()
        {
            self.recent.remove(&oldest);
        }
        if self.recent.insert(node, Box::new(world)).is_none() {
            self.order.push_back(node);
        }
    }

    /// The choices that lead to a state from the beginning of the program.
    pub(super) fn schedule(&self, node: Node, choices: &[Choice]) -> Schedule {
        let mut schedule = self.prefix.clone();
        let way = self.way(node, |_| false).1;
        for (_, choice) in way {
            schedule.push(choices[choice as usize]);
        }
        schedule
    }

    /// The way back to a node that will do, or to the root: that node, and the steps from there.
    fn way(&self, node: Node, will_do: impl Fn(Node) -> bool) -> (Node, Vec<(Node, u32)>) {
        let mut at = node;
        let mut way = Vec::new();
        while at != 0 && !will_do(at) {
            let (parent, choice) = self.arrivals[at as usize];
            way.push((at, choice));
            at = parent;
        }
        way.reverse();
        (at, way)
    }

    /// The world of a state, made again.
    pub(super) fn remade(&self, node: Node, choices: &[Choice]) -> World {
        let mut world = self.root.clone();
        self.way(node, |_| false).1.into_iter().for_each(|(_, choice)| make(&mut world, choices[choice as usize]));
        world
    }

    /// The world of a state: kept, or made again. It is not kept any more when this is the last time.
    pub(super) fn world(&mut self, node: Node, choices: &[Choice], last: bool) -> World {
        let kept = if last { self.waiting.remove(&node) } else { self.waiting.get(&node).cloned() };
        if let Some(world) = kept {
            return *world;
        }
        let is_kept = |node| self.recent.contains_key(&node) || self.waiting.contains_key(&node);
        let (from, way) = self.way(node, is_kept);
        let kept = self.waiting.get(&from).or_else(|| self.recent.get(&from));
        let mut world = kept.map_or_else(|| self.root.clone(), |world| (**world).clone());
        // Somebody will soon ask for a state next to this one.
        let beside = way.len().saturating_sub(2);
        for (made, (at, choice)) in way.into_iter().enumerate() {
            make(&mut world, choices[choice as usize]);
            if made % SPACING == SPACING - 1 || made == beside {
                self.keep(at, world.clone());
            }
        }
        world
    }

    /// Nobody asks for worlds of waiting states any more.
    pub(super) fn forget_worlds(&mut self) {
        self.waiting = HashMap::default();
        self.recent = HashMap::default();
        self.order = VecDeque::new();
    }
}

/// Makes a step that fits, and what follows from it without a choice: input is at its end.
pub(super) fn make(world: &mut World, choice: Choice) {
    let made = world.apply(choice, &mut NoSink);
    debug_assert!(made.is_ok(), "{made:?}");
    settle(world);
}

/// The world of a program before its first step. The lines are all that its input has.
pub(super) fn begin<S: Sink>(program: Arc<Program>, options: Options, inputs: &[Arc<str>], sink: &mut S) -> World {
    let mut world = World::new(program, options, sink);
    for line in inputs {
        world.give_input(Some(Arc::clone(line)), sink);
    }
    settle_telling(&mut world, sink);
    world
}

/// Lets a world go on as long as there is nothing to choose.
pub(super) fn settle(world: &mut World) {
    settle_telling(world, &mut NoSink);
}

/// The same, and tells a sink what happens.
pub(super) fn settle_telling<S: Sink>(world: &mut World, sink: &mut S) {
    loop {
        match world.status() {
            Status::Busy => world.resume(sink),
            Status::AwaitingInput { .. } => world.give_input(None, sink),
            Status::Running | Status::Ended(_) => return,
        }
    }
}
