//! How many interleavings there are, how many of them come to each outcome, and how probable each outcome is.
//!
//! Interleavings are paths through the graph of states, counted from the beginning by adding, for each state, up the
//! paths of those before it. Their probability is that under the uniform random scheduler, as [`Chance`] defines it: the
//! graph is a Markov chain. Where it has cycles, there are infinitely many paths, and each of its components is solved as
//! a chain of its own ([`absorption`](super::absorption)).

use super::absorption::visits;
use super::exploration::Chance;
use super::graph::Graph;
use super::net::{Components, Net, components};
use super::outcome::Outcome;
use crate::event::{Alternative, Choice};
use crate::ids::ThreadId;
use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{FromPrimitive, Num, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// Probabilities are exact in graphs with at most so many steps.
const EXACT_EDGES: usize = 200_000;
/// The largest component that is solved, exactly and in floating-point numbers.
const EXACT_STATES: usize = 48;
const ROUNDED_STATES: usize = 500;

/// What there is to know about how often each outcome happens.
#[derive(Clone, Debug)]
pub(super) struct Chances {
    outcomes: BTreeMap<Outcome, Chance>,
    interleavings: Option<BigUint>,
}

impl Chances {
    /// Of a whole space.
    pub(super) fn of(graph: &Graph) -> Chances {
        let components = components(graph);
        let counts = counts(graph, &components);
        let small = graph.edge_count() <= EXACT_EDGES;
        let exact = if small { probabilities::<_, BigRational>(graph, &components, EXACT_STATES) } else { None };
        let rounded = probabilities::<_, f64>(graph, &components, ROUNDED_STATES);
        let mut sums: BTreeMap<&Outcome, Sum> = BTreeMap::new();
        for (node, outcome) in graph.ends() {
            let place = node as usize;
            let sum = sums.entry(outcome).or_default();
            sum.count = sum.count.take().zip(counts[place].as_ref()).map(|(sum, more)| sum + more);
            sum.exact = sum.exact.take().zip(exact.as_ref()).map(|(sum, all)| sum + &all[place]);
            sum.rounded = sum.rounded.zip(rounded.as_ref()).map(|(sum, all)| sum + all[place]);
        }
        let endless = components.all().any(|component| components.is_cyclic(component));
        let counted = graph.ends().filter_map(|(node, _)| counts[node as usize].as_ref());
        let interleavings = (!endless).then(|| counted.sum());
        let outcomes = sums.into_iter().filter_map(|(outcome, sum)| Some((outcome.clone(), sum.chance()?))).collect();
        Chances { outcomes, interleavings }
    }

    /// The number of interleavings in decimal digits; `None` when there are infinitely many.
    pub(super) fn interleavings(&self) -> Option<String> {
        self.interleavings.as_ref().map(BigUint::to_string)
    }

    /// Of one outcome; `None` when a component was too large.
    pub(super) fn of_outcome(&self, outcome: &Outcome) -> Option<Chance> {
        self.outcomes.get(outcome).cloned()
    }
}

/// What is known so far of an outcome; `None` is not known, or infinitely many.
struct Sum {
    count: Option<BigUint>,
    exact: Option<BigRational>,
    rounded: Option<f64>,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum { count: Some(BigUint::zero()), exact: Some(BigRational::zero()), rounded: Some(0.0) }
    }
}

impl Sum {
    fn chance(self) -> Option<Chance> {
        let probability = self.exact.as_ref().and_then(BigRational::to_f64).or(self.rounded)?;
        let count = self.count.map(|count| count.to_string());
        Some(Chance { count, exact: self.exact.map(|exact| exact.to_string()), probability })
    }
}

/// For each state without a next step, how many paths lead there; `None` when that are infinitely many. (For other states
/// it is not kept.)
fn counts<N: Net>(net: &N, components: &Components) -> Vec<Option<BigUint>> {
    let mut counts = vec![Some(BigUint::zero()); net.len()];
    counts[0] = Some(BigUint::from(1u8));
    for component in components.all().rev() {
        let endless = components.is_cyclic(component);
        for node in components.nodes(component) {
            if net.targets(*node).is_empty() {
                continue;
            }
            let count = counts[*node as usize].take().filter(|_| !endless);
            for target in net.targets(*node) {
                let sum = &mut counts[*target as usize];
                match (sum.as_mut(), &count) {
                    (Some(sum), Some(count)) => *sum += count,
                    _ => *sum = None,
                }
            }
        }
    }
    counts
}

/// For each state without a next step, how probable it is; `None` when a component has too many states.
fn probabilities<N: Net, P: Num + Clone + FromPrimitive>(
    net: &N,
    components: &Components,
    states_max: usize,
) -> Option<Vec<P>> {
    let mut masses: Vec<P> = vec![P::zero(); net.len()];
    masses[0] = P::one();
    for component in components.all().rev() {
        let nodes = components.nodes(component);
        if components.is_cyclic(component) {
            if components.is_bottom(component, net) {
                // Whatever comes here never comes to an end.
                continue;
            }
            if nodes.len() > states_max {
                return None;
            }
            stay(net, components, component, &mut masses)?;
        }
        for node in nodes.iter().filter(|node| !net.targets(**node).is_empty()) {
            let mass = std::mem::replace(&mut masses[*node as usize], P::zero());
            for (target, one_in) in net.targets(*node).iter().zip(one_in(net.choices(*node))) {
                if components.of(*target) != component {
                    let sum = &mut masses[*target as usize];
                    *sum = sum.clone() + mass.clone() / P::from_u64(one_in)?;
                }
            }
        }
    }
    Some(masses)
}

/// Makes of the probabilities of entering a component in each state the expected visits to them.
fn stay<N: Net, P: Num + Clone + FromPrimitive>(
    net: &N,
    components: &Components,
    component: u32,
    masses: &mut [P],
) -> Option<()> {
    let nodes = components.nodes(component);
    let places: BTreeMap<u32, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let mut steps = vec![vec![P::zero(); nodes.len()]; nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        for (target, one_in) in net.targets(*node).iter().zip(one_in(net.choices(*node))) {
            if let Some(target) = places.get(target) {
                let sum = &mut steps[place][*target];
                *sum = sum.clone() + P::one() / P::from_u64(one_in)?;
            }
        }
    }
    let enter = nodes.iter().map(|node| masses[*node as usize].clone()).collect();
    for (node, visits) in nodes.iter().zip(visits(steps, enter)) {
        masses[*node as usize] = visits;
    }
    Some(())
}

/// How improbable each of a state's steps is: one in so many. All draws of a thread are one candidate together.
fn one_in(choices: impl Iterator<Item = Choice>) -> Vec<u64> {
    let choices: Vec<Choice> = choices.collect();
    let mut values: BTreeMap<ThreadId, u64> = BTreeMap::new();
    for choice in choices.iter().filter(|choice| is_draw(choice)) {
        *values.entry(choice.thread).or_default() += 1;
    }
    let others = choices.iter().filter(|choice| !is_draw(choice)).count();
    let candidates = (others + values.len()) as u64;
    let of = |choice: &Choice| if is_draw(choice) { values.get(&choice.thread).copied().unwrap_or(1) } else { 1 };
    choices.iter().map(|choice| candidates * of(choice)).collect()
}

fn is_draw(choice: &Choice) -> bool {
    matches!(choice.alternative, Alternative::Draw(_))
}

#[cfg(test)]
mod tests {
    use super::super::net::Fate;
    use super::super::net::tests::Written;
    use super::*;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn exact(net: &Written) -> Vec<String> {
        let found = probabilities::<_, BigRational>(net, &components(net), EXACT_STATES).unwrap();
        found.iter().map(BigRational::to_string).collect()
    }

    fn paths(net: &Written) -> Vec<Option<u32>> {
        let counted = counts(net, &components(net));
        counted.iter().map(|count| count.as_ref().and_then(ToPrimitive::to_u32)).collect()
    }

    /// Two threads of two steps each, a grid of 3 x 3: "4 over 2" = 6 ways to the corner. Node 3a + b.
    #[test]
    fn a_grid_has_as_many_paths_as_the_binomial_coefficient_says() {
        let steps: Vec<Vec<(u32, u32)>> = (0..9)
            .map(|node| {
                let (a, b) = (node / 3, node % 3);
                let one = (a < 2).then_some((1, node + 3));
                one.into_iter().chain((b < 2).then_some((2, node + 1))).collect()
            })
            .collect();
        let steps: Vec<&[(u32, u32)]> = steps.iter().map(Vec::as_slice).collect();
        let net = Written::of_threads(&steps, &[(8, Fate::Good)]);
        assert_eq!(paths(&net)[8], Some(6));
        assert_eq!(exact(&net)[8], "1");
    }

    /// A goes (1 in 2), or B draws one of three (1 in 2 times 1 in 3).
    #[test]
    fn a_draw_is_one_candidate_and_its_values_are_alike() {
        let draw = |n| Choice { thread: B, alternative: Alternative::Draw(n) };
        let net = Written::new(
            &[&[(Choice::go(A), 1), (draw(0), 2), (draw(1), 1), (draw(2), 2)], &[], &[]],
            &[(1, Fate::Good), (2, Fate::Failed)],
        );
        assert_eq!(exact(&net)[1..], ["2/3", "1/3"]);
        assert_eq!(paths(&net)[1..], [Some(2), Some(2)]);
    }

    /// From 0 thread 1 goes round, or thread 2 leaves for 1 or, after going round once more in 2, for 3. Node 4 is a trap.
    #[test]
    fn a_cycle_has_infinitely_many_paths_and_is_left_in_the_end() {
        let steps: &[&[(u32, u32)]] = &[&[(1, 2), (2, 1)], &[], &[(1, 0), (2, 3), (3, 4)], &[], &[(1, 4)]];
        let net = Written::of_threads(steps, &[(1, Fate::Good), (3, Fate::Good)]);
        // From 0: x = 1/2 + 1/2 * 1/3 x, so x = 3/5; y = 1/2 (1/3 + 1/3 y), so y = 1/5.
        let found = exact(&net);
        assert_eq!((found[1].as_str(), found[3].as_str()), ("3/5", "1/5"));
        assert_eq!((paths(&net)[1], paths(&net)[3]), (None, None));
        let rounded = probabilities::<_, f64>(&net, &components(&net), ROUNDED_STATES).unwrap();
        assert!((rounded[1] - 0.6).abs() < 1e-12);
        assert!(probabilities::<_, f64>(&net, &components(&net), 1).is_none());
    }

    /// Only what comes after a cycle is counted to infinity.
    #[test]
    fn an_end_beside_a_cycle_has_its_number_of_paths() {
        let steps: &[&[(u32, u32)]] = &[&[(1, 1), (2, 2)], &[], &[(2, 2), (1, 3)], &[]];
        let net = Written::of_threads(steps, &[(1, Fate::Good), (3, Fate::Good)]);
        assert_eq!((paths(&net)[1], paths(&net)[3]), (Some(1), None));
    }
}
