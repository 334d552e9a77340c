//! The states and steps of a space, as a graph.

use super::insert::{Drawn, number};
use super::outcome::Outcome;
use super::paths::{Node, Paths};
use crate::event::{Choice, Schedule};
use crate::kernel::sim::World;

/// A step of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub target: u32,
    pub choice: Choice,
}

/// The states of a space, numbered in order of their distance from the beginning, and the steps between them. Node 0 is
/// where the search began: after its prefix, or after the steps before the first start of a thread, which nobody could
/// choose.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Where the steps of each state begin among all, and where the last one's end.
    first: Vec<u32>,
    targets: Vec<u32>,
    /// Numbers of choices.
    moves: Vec<u32>,
    choices: Vec<Choice>,
    digests: Vec<u128>,
    /// The states without a next step, in order, each with the number of its outcome.
    ends: Vec<(u32, u32)>,
    outcomes: Vec<Outcome>,
    paths: Paths,
}

impl Graph {
    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// There is always one, where the search began.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// How many steps there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.targets.len()
    }

    /// The steps that can be made in a state, in order of threads; none at an end, nor in a state that a search which
    /// was stopped did not look at.
    #[must_use]
    pub fn edges(&self, node: u32) -> impl ExactSizeIterator<Item = Edge> {
        let range = self.first[node as usize] as usize..self.first[node as usize + 1] as usize;
        let moves = self.moves[range.clone()].iter();
        self.targets[range]
            .iter()
            .zip(moves)
            .map(|(target, number)| Edge { target: *target, choice: self.choices[*number as usize] })
    }

    /// The states that the steps of a state lead to: the targets of [`Graph::edges`].
    #[must_use]
    pub fn targets(&self, node: u32) -> &[u32] {
        &self.targets[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// What a state is when it has no next step.
    #[must_use]
    pub fn outcome(&self, node: u32) -> Option<&Outcome> {
        let place = self.ends.binary_search_by_key(&node, |(node, _)| *node).ok()?;
        Some(&self.outcomes[self.ends[place].1 as usize])
    }

    /// The states without a next step, in order, each with its outcome.
    pub fn ends(&self) -> impl Iterator<Item = (u32, &Outcome)> {
        self.ends.iter().map(|(node, outcome)| (*node, &self.outcomes[*outcome as usize]))
    }

    /// The digest of a state, for [`Goal::States`](super::Goal::States).
    #[must_use]
    pub fn digest(&self, node: u32) -> u128 {
        self.digests[node as usize]
    }

    /// The choices that lead to a state from the beginning of the program; as few as possible from where the search
    /// began.
    #[must_use]
    pub fn schedule(&self, node: u32) -> Schedule {
        self.paths.schedule(node, &self.choices)
    }

    /// The world of a state. Steps are made for it.
    #[must_use]
    pub fn world(&self, node: u32) -> World {
        self.paths.remade(node, &self.choices)
    }
}

/// A graph in the making.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Where the steps of each state end among all, of those that were expanded.
    ends_of_edges: Vec<u32>,
    targets: Vec<u32>,
    moves: Vec<u32>,
    digests: Vec<u128>,
    ends: Vec<(u32, u32)>,
    outcomes: Vec<Outcome>,
    /// Steps that do not come in order.
    loose: Vec<Drawn>,
}

impl Sketch {
    /// The next state that was met.
    pub(super) fn add_node(&mut self, digest: u128) {
        self.digests.push(digest);
    }

    /// The steps of the next states, in order, up to this one.
    pub(super) fn add_edges(&mut self, drawn: &[Drawn], last: Node) {
        let mut node = number(self.ends_of_edges.len());
        for edge in drawn {
            while node < edge.source {
                self.ends_of_edges.push(number(self.targets.len()));
                node += 1;
            }
            self.targets.push(edge.target);
            self.moves.push(edge.choice);
        }
        while node <= last {
            self.ends_of_edges.push(number(self.targets.len()));
            node += 1;
        }
    }

    /// Steps of states in any order: with reduction, a state may come back for more of them. They are put in order when
    /// all are known.
    pub(super) fn add_loose(&mut self, drawn: Vec<Drawn>) {
        self.loose.extend(drawn);
    }

    /// A state has no next step.
    pub(super) fn add_end(&mut self, node: u32, outcome: &Outcome) {
        let known = self.outcomes.iter().position(|other| other == outcome);
        let outcome = known.unwrap_or_else(|| {
            self.outcomes.push(outcome.clone());
            self.outcomes.len() - 1
        });
        self.ends.push((node, number(outcome)));
    }

    pub(super) fn bytes(&self) -> u64 {
        let words = self.ends_of_edges.len() + self.targets.len() + self.moves.len();
        (words * 4 + self.digests.len() * 16 + self.ends.len() * 8 + self.loose.len() * size_of::<Drawn>()) as u64
    }

    /// The graph of what was seen; states that were not expanded have no steps.
    pub(super) fn finish(mut self, choices: Vec<Choice>, paths: Paths) -> Graph {
        let mut loose = std::mem::take(&mut self.loose);
        if let Some(last) = loose.iter().map(|edge| edge.source).max() {
            loose.sort_unstable_by_key(|edge| (edge.source, choices.get(edge.choice as usize)));
            self.add_edges(&loose, last);
        }
        let Sketch { ends_of_edges, targets, moves, digests, mut ends, outcomes, .. } = self;
        let mut first = vec![0];
        first.extend(ends_of_edges);
        first.resize(digests.len() + 1, number(targets.len()));
        ends.sort_unstable();
        Graph { first, targets, moves, choices, digests, ends, outcomes, paths }
    }
}
