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

/// So many worlds are kept; the oldest go first, as the search needs them.
const KEPT: usize = 4000;
/// When a world is made again, every so many steps one is kept.
const SPACING: usize = 8;

/// The tree of first arrivals.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    root: World,
    prefix: Schedule,
    arrivals: Vec<(Node, Choice)>,
    kept: HashMap<Node, Box<World>, FxBuildHasher>,
    order: VecDeque<Node>,
}

impl Paths {
    /// With the state in which the search begins as node 0, which the prefix leads to.
    pub(super) fn new(root: World, prefix: Schedule) -> Paths {
        let arrivals = vec![(0, Choice::go(crate::ids::ThreadId::MAIN))];
        Paths { root, prefix, arrivals, kept: HashMap::default(), order: VecDeque::new() }
    }

    pub(super) fn add(&mut self, parent: Node, choice: Choice) -> Node {
        self.arrivals.push((parent, choice));
        u32::try_from(self.arrivals.len() - 1).unwrap_or(u32::MAX)
    }

    pub(super) fn len(&self) -> Node {
        u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn bytes(&self) -> u64 {
        (self.arrivals.capacity() * size_of::<(Node, Choice)>()) as u64
    }

    /// A world that will be asked for again.
    pub(super) fn keep(&mut self, node: Node, world: World) {
        if self.order.len() >= KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.kept.remove(&oldest);
        }
        if self.kept.insert(node, Box::new(world)).is_none() {
            self.order.push_back(node);
        }
    }

    /// The choices that lead to a state from the beginning of the program.
    pub(super) fn schedule(&self, node: Node) -> Schedule {
        let mut schedule = self.prefix.clone();
        self.choices(node, |_| false).1.into_iter().for_each(|(_, choice)| schedule.push(choice));
        schedule
    }

    /// The way back to a node that will do, or to the root: that node, and the steps from there.
    fn choices(&self, node: Node, will_do: impl Fn(Node) -> bool) -> (Node, Vec<(Node, Choice)>) {
        let mut at = node;
        let mut choices = Vec::new();
        while at != 0 && !will_do(at) {
            let (parent, choice) = self.arrivals[at as usize];
            choices.push((at, choice));
            at = parent;
        }
        choices.reverse();
        (at, choices)
    }

    /// The world of a state, made again.
    pub(super) fn remade(&self, node: Node) -> World {
        let mut world = self.root.clone();
        self.choices(node, |_| false).1.into_iter().for_each(|(_, choice)| make(&mut world, choice));
        world
    }

    /// The world of a state: kept, or made again.
    pub(super) fn world(&mut self, node: Node) -> World {
        let (from, choices) = self.choices(node, |node| self.kept.contains_key(&node));
        let mut world = self.kept.get(&from).map_or_else(|| self.root.clone(), |world| (**world).clone());
        for (made, (at, choice)) in choices.into_iter().enumerate() {
            make(&mut world, choice);
            if made % SPACING == SPACING - 1 {
                self.keep(at, world.clone());
            }
        }
        world
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
    inputs.iter().for_each(|line| world.give_input(Some(Arc::clone(line)), sink));
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
