//! Schedules that go on for ever: what becomes of them.
//!
//! A run that never ends comes, under a scheduler that is fair, to a strongly connected component of the graph that no
//! step leads out of, and then makes every step of it again and again; here such a component is called a *trap*. Threads
//! that make no step in it have stopped for ever. All other cycles are left by a fair scheduler. (S. Hart, M. Sharir and
//! A. Pnueli, "Termination of probabilistic concurrent programs", ACM TOPLAS 5(3), 1983, section 3: a program ends almost
//! surely under every fair schedule unless such a component exists.)

use super::net::{Components, Fate, Net, components};
use crate::ids::ThreadId;
use smallvec::SmallVec;
use std::collections::HashMap;

/// A component that is never left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trap {
    pub(super) component: u32,
    /// The first of its states.
    pub(super) node: u32,
    /// Who makes steps in it.
    pub(super) moving: Threads,
}

/// A set of threads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Threads(SmallVec<[u64; 2]>);

/// What a graph says about schedules without an end.
#[derive(Debug)]
pub(super) struct Cycles {
    components: Components,
    pub(super) traps: Vec<Trap>,
    /// For each component: a good end can be reached, some end, a state in which nobody can go on.
    good: Vec<bool>,
    ends: Vec<bool>,
    halts: Vec<bool>,
    /// For each component the number of the set of threads that may still make a step.
    moving: Vec<usize>,
    sets: Sets,
}

impl Threads {
    pub(super) fn insert(&mut self, thread: ThreadId) {
        let (word, bit) = (thread.index() / 64, thread.index() % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    pub(super) fn contains(&self, thread: ThreadId) -> bool {
        self.0.get(thread.index() / 64).is_some_and(|word| word & (1 << (thread.index() % 64)) != 0)
    }

    fn join(&self, other: &Threads) -> Threads {
        let (mut longer, shorter) =
            if self.0.len() < other.0.len() { (other.clone(), self) } else { (self.clone(), other) };
        longer.0.iter_mut().zip(&shorter.0).for_each(|(word, more)| *word |= more);
        longer
    }
}

impl FromIterator<ThreadId> for Threads {
    fn from_iter<I: IntoIterator<Item = ThreadId>>(all: I) -> Threads {
        let mut threads = Threads::default();
        all.into_iter().for_each(|thread| threads.insert(thread));
        threads
    }
}

/// Sets of threads, each once. There are few, however many states have one.
#[derive(Debug, Default)]
struct Sets {
    all: Vec<Threads>,
    numbers: HashMap<Threads, usize>,
    joined: HashMap<(usize, usize), usize>,
}

impl Sets {
    fn number(&mut self, set: Threads) -> usize {
        *self.numbers.entry(set).or_insert_with_key(|set| {
            self.all.push(set.clone());
            self.all.len() - 1
        })
    }

    fn join(&mut self, one: usize, other: usize) -> usize {
        if one == other {
            return one;
        }
        if let Some(known) = self.joined.get(&(one, other)) {
            return *known;
        }
        let both = self.number(self.all[one].join(&self.all[other]));
        self.joined.insert((one, other), both);
        both
    }
}

impl Cycles {
    /// Of a whole space.
    pub(super) fn of<N: Net>(net: &N) -> Cycles {
        let components = components(net);
        let good = components.reaching(net, |node| net.fate(node) == Some(Fate::Good));
        let ends = components.reaching(net, |node| matches!(net.fate(node), Some(Fate::Good | Fate::Failed)));
        let halts = components.reaching(net, |node| net.fate(node) == Some(Fate::Halted));
        let mut sets = Sets::default();
        let moving = moving(net, &components, &mut sets);
        let trap = |component: u32| Trap {
            component,
            node: components.nodes(component).iter().copied().min().unwrap_or(0),
            moving: sets.all[moving[component as usize]].clone(),
        };
        let never_left = |component: &u32| components.is_cyclic(*component) && components.is_bottom(*component, net);
        let mut traps: Vec<Trap> = components.all().filter(never_left).map(trap).collect();
        traps.sort_by_key(|trap| trap.node);
        Cycles { components, traps, good, ends, halts, moving, sets }
    }

    /// Some schedule goes round for ever.
    pub(super) fn any(&self) -> bool {
        self.components.all().any(|component| self.components.is_cyclic(component))
    }

    /// A fair scheduler leaves a cycle that others do not leave: the program can still end.
    pub(super) fn busy_waiting(&self) -> bool {
        self.components.all().any(|one| self.components.is_cyclic(one) && self.ends[one as usize])
    }

    /// No schedule ends the program, and not because nobody can go on.
    pub(super) fn never_ends(&self) -> bool {
        !self.traps.is_empty() && !self.ends[self.components.of(0) as usize]
    }

    /// Some schedule ends the program well.
    pub(super) fn can_end_well(&self) -> bool {
        self.is_saved(0)
    }

    /// A good end can be reached from a state.
    pub(super) fn is_saved(&self, node: u32) -> bool {
        self.good[self.components.of(node) as usize]
    }

    /// The states of a trap.
    pub(super) fn states(&self, trap: &Trap) -> &[u32] {
        self.components.nodes(trap.component)
    }

    /// The states from which nothing but these traps can be reached.
    pub(super) fn lost<N: Net>(&self, net: &N, traps: &[&Trap]) -> Vec<u32> {
        let others = self.traps.iter().filter(|trap| !traps.contains(trap));
        let others: Vec<u32> = others.map(|trap| trap.component).collect();
        let elsewhere = self.components.reaching(net, |node| others.contains(&self.components.of(node)));
        let lost = |component: &u32| {
            let place = *component as usize;
            !elsewhere[place] && !self.ends[place] && !self.halts[place]
        };
        self.components.all().filter(lost).flat_map(|component| self.components.nodes(component).to_vec()).collect()
    }

    /// The states from which one of these traps can be reached and in which those threads, which it stops, have stopped
    /// for ever already.
    pub(super) fn stopped<N: Net>(&self, net: &N, traps: &[&Trap], stopped: &[ThreadId]) -> Vec<u32> {
        let wanted: Vec<u32> = traps.iter().map(|trap| trap.component).collect();
        let leads = self.components.reaching(net, |node| wanted.contains(&self.components.of(node)));
        let is_stopped = |component: &u32| {
            let moving = &self.sets.all[self.moving[*component as usize]];
            leads[*component as usize] && stopped.iter().all(|thread| !moving.contains(*thread))
        };
        self.components
            .all()
            .filter(is_stopped)
            .flat_map(|component| self.components.nodes(component).to_vec())
            .collect()
    }
}

/// For each component, who may still make a step.
fn moving<N: Net>(net: &N, components: &Components, sets: &mut Sets) -> Vec<usize> {
    let mut moving: Vec<usize> = Vec::with_capacity(components.len());
    for component in components.all() {
        let mut all = sets.number(Threads::default());
        let mut own = Threads::default();
        for node in components.nodes(component) {
            net.choices(*node).for_each(|choice| own.insert(choice.thread));
            for target in net.targets(*node) {
                let target = components.of(*target);
                if target != component {
                    all = sets.join(all, moving[target as usize]);
                }
            }
        }
        let own = sets.number(own);
        moving.push(sets.join(all, own));
    }
    moving
}

#[cfg(test)]
mod tests {
    use super::super::net::tests::Written;
    use super::*;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    /// Thread 1 spins until thread 2 sets a flag; then both end.
    #[test]
    fn a_cycle_that_can_be_left_is_busy_waiting() {
        let net = Written::of_threads(&[&[(1, 0), (2, 1)], &[(1, 2)], &[]], &[(2, Fate::Good)]);
        let cycles = Cycles::of(&net);
        assert!(cycles.any() && cycles.busy_waiting() && !cycles.never_ends() && cycles.traps.is_empty());
    }

    /// In 0 thread 2 may set the flag before thread 1 clears it (to 2): thread 1 then spins for ever.
    #[test]
    fn a_cycle_that_cannot_be_left_is_a_trap() {
        let net = Written::of_threads(&[&[(1, 1), (2, 2)], &[(2, 3)], &[(1, 4)], &[], &[(1, 4)]], &[(3, Fate::Good)]);
        let cycles = Cycles::of(&net);
        assert!(!cycles.busy_waiting() && !cycles.never_ends() && cycles.can_end_well());
        assert_eq!(cycles.traps.len(), 1);
        assert_eq!((cycles.traps[0].node, &cycles.traps[0].moving), (4, &[A].into_iter().collect()));
        let mut lost = cycles.lost(&net, &[&cycles.traps[0]]);
        lost.sort_unstable();
        assert_eq!(lost, [2, 4]);
        assert!(cycles.is_saved(1) && !cycles.is_saved(2));
        let mut stopped = cycles.stopped(&net, &[&cycles.traps[0]], &[B]);
        stopped.sort_unstable();
        assert_eq!(stopped, [2, 4]);
    }

    #[test]
    fn a_service_never_ends_and_is_no_busy_waiting() {
        let net = Written::of_threads(&[&[(1, 1), (2, 0)], &[(1, 0), (2, 1)]], &[]);
        let cycles = Cycles::of(&net);
        assert!(cycles.never_ends() && !cycles.busy_waiting() && !cycles.can_end_well());
        assert_eq!(cycles.traps[0].moving, [A, B].into_iter().collect());
    }

    /// Everybody stops: no run goes on for ever, although none ends.
    #[test]
    fn a_halt_is_no_trap() {
        let net = Written::of_threads(&[&[(1, 0), (2, 1)], &[]], &[(1, Fate::Halted)]);
        let cycles = Cycles::of(&net);
        assert!(cycles.any() && !cycles.never_ends() && !cycles.busy_waiting() && cycles.traps.is_empty());
    }

    #[test]
    fn sets_hold_many_threads() {
        let many: Threads = [ThreadId(0), ThreadId(63), ThreadId(64), ThreadId(700)].into_iter().collect();
        assert!(many.contains(ThreadId(700)) && many.contains(ThreadId(64)) && !many.contains(ThreadId(65)));
        assert!(!many.contains(ThreadId(5000)));
        assert_eq!(many.join(&Threads::default()), Threads::default().join(&many));
    }
}
