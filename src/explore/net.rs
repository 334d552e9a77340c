//! A directed graph of states, as the analyses see it, and its components.
//!
//! Two states are in the same strongly connected component when each can be reached from the other. Components are found
//! with R. Tarjan's algorithm ("Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2), 1972),
//! with a stack of its own: a space may be millions of steps deep.

use super::graph::Graph;
use super::outcome::{Ending, Outcome};
use crate::event::Choice;

/// How it is with a state that has no next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The program came to its end, and nobody failed.
    Good,
    /// It came to its end, and an exception ended somebody.
    Failed,
    /// Nobody can go on, or the run was cut off.
    Halted,
}

/// A graph whose node 0 is the beginning.
pub(super) trait Net {
    /// How many nodes there are.
    fn len(&self) -> usize;

    /// Where the steps of a node lead.
    fn targets(&self, node: u32) -> &[u32];

    /// What is chosen for each of them.
    fn choices(&self, node: u32) -> impl Iterator<Item = Choice>;

    /// What a node is when it has no next step.
    fn fate(&self, node: u32) -> Option<Fate>;
}

impl Net for Graph {
    fn len(&self) -> usize {
        Graph::len(self)
    }

    fn targets(&self, node: u32) -> &[u32] {
        Graph::targets(self, node)
    }

    fn choices(&self, node: u32) -> impl Iterator<Item = Choice> {
        self.edges(node).map(|edge| edge.choice)
    }

    fn fate(&self, node: u32) -> Option<Fate> {
        self.outcome(node).map(Fate::of)
    }
}

impl Fate {
    fn of(outcome: &Outcome) -> Fate {
        match outcome.ending {
            Ending::Finished if outcome.failed.is_empty() => Fate::Good,
            Ending::Finished => Fate::Failed,
            Ending::Deadlock | Ending::CutOff(_) => Fate::Halted,
        }
    }
}

/// The strongly connected components of a graph. They are numbered from the ends to the beginning: a step stays in its
/// component or leads to one with a smaller number.
#[derive(Clone, Debug, Default)]
pub(super) struct Components {
    /// The component of each node.
    of: Vec<u32>,
    /// The nodes of all components, one component after the other, and where each begins among them.
    nodes: Vec<u32>,
    first: Vec<u32>,
    /// Whether a step stays in it: there is a way round.
    cyclic: Vec<bool>,
}

impl Components {
    pub(super) fn len(&self) -> usize {
        self.cyclic.len()
    }

    /// The component of a node.
    pub(super) fn of(&self, node: u32) -> u32 {
        self.of[node as usize]
    }

    /// All components, from the ends to the beginning.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = u32> + use<> {
        0..number(self.len())
    }

    /// Its nodes.
    pub(super) fn nodes(&self, component: u32) -> &[u32] {
        let place = component as usize;
        &self.nodes[self.first[place] as usize..self.first[place + 1] as usize]
    }

    /// Whether one can go round in it for ever.
    pub(super) fn is_cyclic(&self, component: u32) -> bool {
        self.cyclic[component as usize]
    }

    /// Whether no step leads out of it.
    pub(super) fn is_bottom<N: Net>(&self, component: u32, net: &N) -> bool {
        let stays = |node: &u32| net.targets(*node).iter().all(|target| self.of(*target) == component);
        self.nodes(component).iter().all(stays)
    }

    /// For each component, whether a node that is wanted can be reached from it.
    pub(super) fn reaching<N: Net>(&self, net: &N, wanted: impl Fn(u32) -> bool) -> Vec<bool> {
        let mut reaching = vec![false; self.len()];
        for component in self.all() {
            let leads = |node: u32| {
                let mut targets = net.targets(node).iter();
                wanted(node) || targets.any(|target| reaching[self.of(*target) as usize])
            };
            reaching[component as usize] = self.nodes(component).iter().any(|node| leads(*node));
        }
        reaching
    }
}

/// A node that the walk is in the middle of.
struct Visit {
    node: u32,
    /// The next of its steps to be gone along.
    next: usize,
}

/// Tarjan's walk.
struct Walk<'a, N> {
    net: &'a N,
    /// When each node was met, from 1; 0 when it was not yet.
    met: Vec<u32>,
    /// The earliest node that is known to be reachable within its component.
    low: Vec<u32>,
    /// Nodes whose component is not complete.
    open: Vec<u32>,
    is_open: Vec<bool>,
    visits: Vec<Visit>,
    clock: u32,
    found: Components,
}

/// The components of the nodes that can be reached from the beginning, which are all.
pub(super) fn components<N: Net>(net: &N) -> Components {
    let len = net.len();
    let found = Components { of: vec![0; len], first: vec![0], ..Components::default() };
    let (met, low, is_open) = (vec![0; len], vec![0; len], vec![false; len]);
    let mut walk = Walk { net, met, low, open: Vec::new(), is_open, visits: Vec::new(), clock: 0, found };
    for node in 0..number(len) {
        if walk.met[node as usize] == 0 {
            walk.from(node);
        }
    }
    walk.found
}

impl<N: Net> Walk<'_, N> {
    fn from(&mut self, root: u32) {
        self.enter(root);
        while let Some(visit) = self.visits.last_mut() {
            let node = visit.node;
            let target = self.net.targets(node).get(visit.next).copied();
            visit.next += 1;
            match target {
                None => self.leave(node),
                Some(target) if self.met[target as usize] == 0 => self.enter(target),
                Some(target) if self.is_open[target as usize] => self.lower(node, self.met[target as usize]),
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.clock += 1;
        self.met[node as usize] = self.clock;
        self.low[node as usize] = self.clock;
        self.open.push(node);
        self.is_open[node as usize] = true;
        self.visits.push(Visit { node, next: 0 });
    }

    fn lower(&mut self, node: u32, to: u32) {
        let low = &mut self.low[node as usize];
        *low = to.min(*low);
    }

    fn leave(&mut self, node: u32) {
        self.visits.pop();
        if let Some(parent) = self.visits.last() {
            self.lower(parent.node, self.low[node as usize]);
        }
        if self.low[node as usize] == self.met[node as usize] {
            self.close(node);
        }
    }

    /// The open nodes from this one on are a component.
    fn close(&mut self, first: u32) {
        let component = number(self.found.cyclic.len());
        let begin = self.found.nodes.len();
        while let Some(node) = self.open.pop() {
            self.is_open[node as usize] = false;
            self.found.of[node as usize] = component;
            self.found.nodes.push(node);
            if node == first {
                break;
            }
        }
        let cyclic = self.found.nodes.len() - begin > 1 || self.net.targets(first).contains(&first);
        self.found.cyclic.push(cyclic);
        self.found.first.push(number(self.found.nodes.len()));
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ids::ThreadId;

    /// A graph that is written down: for each node its steps, by thread; nodes without any have a fate.
    pub(in super::super) struct Written {
        targets: Vec<Vec<u32>>,
        choices: Vec<Vec<Choice>>,
        fates: Vec<Option<Fate>>,
    }

    impl Written {
        /// With the choices given.
        pub(in super::super) fn new(steps: &[&[(Choice, u32)]], fates: &[(u32, Fate)]) -> Written {
            let fate = |node: usize| fates.iter().find(|(other, _)| *other as usize == node).map(|(_, fate)| *fate);
            Written {
                targets: steps.iter().map(|steps| steps.iter().map(|step| step.1).collect()).collect(),
                choices: steps.iter().map(|steps| steps.iter().map(|step| step.0).collect()).collect(),
                fates: (0..steps.len()).map(fate).collect(),
            }
        }

        /// With steps of threads.
        pub(in super::super) fn of_threads(steps: &[&[(u32, u32)]], fates: &[(u32, Fate)]) -> Written {
            let go = |(thread, target): &(u32, u32)| (Choice::go(ThreadId(*thread)), *target);
            let steps: Vec<Vec<_>> = steps.iter().map(|steps| steps.iter().map(go).collect()).collect();
            let steps: Vec<&[_]> = steps.iter().map(Vec::as_slice).collect();
            Written::new(&steps, fates)
        }
    }

    impl Net for Written {
        fn len(&self) -> usize {
            self.targets.len()
        }

        fn targets(&self, node: u32) -> &[u32] {
            &self.targets[node as usize]
        }

        fn choices(&self, node: u32) -> impl Iterator<Item = Choice> {
            self.choices[node as usize].iter().copied()
        }

        fn fate(&self, node: u32) -> Option<Fate> {
            self.fates[node as usize]
        }
    }

    /// 0 -> 1 <-> 2, 1 -> 3 -> 3, 0 -> 4.
    fn example() -> Written {
        Written::of_threads(&[&[(1, 1), (2, 4)], &[(1, 2), (2, 3)], &[(1, 1)], &[(1, 3)], &[]], &[(4, Fate::Good)])
    }

    #[test]
    fn components_are_those_listed_and_in_order_from_the_ends() {
        let net = example();
        let found = components(&net);
        let mut listed: Vec<(Vec<u32>, bool)> = Vec::new();
        for component in found.all() {
            let mut nodes = found.nodes(component).to_vec();
            nodes.sort_unstable();
            listed.push((nodes, found.is_cyclic(component)));
            for node in found.nodes(component) {
                assert!(net.targets(*node).iter().all(|target| found.of(*target) <= component));
            }
        }
        listed.sort();
        assert_eq!(listed, [(vec![0], false), (vec![1, 2], true), (vec![3], true), (vec![4], false)]);
    }

    #[test]
    fn who_reaches_what() {
        let net = example();
        let found = components(&net);
        let good = found.reaching(&net, |node| net.fate(node) == Some(Fate::Good));
        let from: Vec<bool> = (0..5).map(|node| good[found.of(node) as usize]).collect();
        assert_eq!(from, [true, false, false, false, true]);
        let bottoms: Vec<bool> = (0..5).map(|node| found.is_bottom(found.of(node), &net)).collect();
        assert_eq!(bottoms, [false, false, false, true, true]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let steps: Vec<[(u32, u32); 1]> = (1..200_000).map(|next| [(1, next)]).collect();
        let mut steps: Vec<&[(u32, u32)]> = steps.iter().map(<[_; 1]>::as_slice).collect();
        steps.push(&[]);
        let net = Written::of_threads(&steps, &[(199_999, Fate::Good)]);
        assert_eq!(components(&net).len(), 200_000);
    }
}
