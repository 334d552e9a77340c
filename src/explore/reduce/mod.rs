//! Partial-order reduction: steps that commute need not be tried in every order.
//!
//! In a state it is enough to make the steps of some of the threads, the *chosen* ones, when nothing that the others may
//! do meanwhile concerns these steps: then the others can do it afterwards just as well. What is kept is every state in
//! which no step is possible: all outcomes, deadlocks and crashes. What is lost is the order in which they came about,
//! and livelocks.
//!
//! Such sets are P. Godefroid's *persistent* sets ("Partial-Order Methods for the Verification of Concurrent Systems",
//! LNCS 1032, 1996, chapter 4; A. Valmari's stubborn sets, "Stubborn sets for reduced state space generation", Advances
//! in Petri Nets 1990, are the same idea). To find one, it must be known what threads can do later. Godefroid takes that
//! from the program's text; C. Flanagan and he ("Dynamic partial-order reduction for model checking software", POPL
//! 2005) from each run, after the fact, which needs a search without a table of states. Here it is *learned*: the steps
//! that were made form a graph of the places where threads stand, and when a decision turns out to have been made on too
//! little, the search is done again. Steps are remembered, so that this costs little.
//!
//! | file | what |
//! |---|---|
//! | `learned` | places, what steps from there touch, where they lead |
//! | `manners` | which touches commute |
//! | `futures` | what a thread may touch from a place on |
//! | `persistent` | the choice |
//!
//! # The rules
//! A step *touches* things in a [`Manner`](crate::kernel::sim::Manner). Each thread stands at a *place*, which follows
//! from its part of the state alone. `touches(p)` is everything that steps from the place `p` were seen to touch,
//! whichever way they went, and everything that their operation says; `next(p)` the places where the threads that they
//! moved stood afterwards, a created thread's first place included.
//!
//! The *future* of a thread `u`, while a thread `t` stands still, is the union of `touches` over the places that can be
//! reached from `u`'s along `next`, not through a *gate* that `t` keeps closed: a place where `u` waits, without a
//! time-out, for a lock that `t` holds, or for the end of `t`. That is what makes most critical sections a matter of
//! one thread, as R. Lipton's movers do ("Reduction: a method of proving properties of parallel programs", CACM 1975).
//! (Anybody may release a `Lock`: when the future of anybody contains a release of it, the lock keeps nothing closed.)
//! A thread that was not started has no future unless somebody's future contains its start.
//!
//! A set `T` of threads is *closed* when for each `t` in it and each `u` outside, with `F` the future of `u`:
//!
//! 1. `t` can make a step: no touch in `touches(t)` and `F` conflict, in the sense of `manners::conflict`;
//! 2. `t` has to wait: nothing in `F` may end its waiting, in the sense of `manners::enables`.
//!
//! A closed set with a thread that can make a step is chosen, and every step of every such thread is made, each way it
//! can go. The smallest one that is found is taken; the set of all threads is always closed. When none of the chosen
//! steps leads on, to a state that is met in the next layer of the search or later, all other steps are made, too.
//!
//! # Why nothing is lost
//! Let `R` be the reduced space that the last search went through, during which nothing more was learned that a decision
//! was built on. A run `w = w1 … wn` from a state `s` of `R` is *known* when each of its steps touches only what
//! `touches` has, and leads where `next` has it. Claim: every run from `s` is known, and if `w` ends in a terminal
//! state, that state is in `R`.
//!
//! *What a step does depends on what it reads.* A step is a computation that reads and writes one thing after another,
//! and which one it touches next follows from its thread's part and from what it has read so far. So when `wi` touches
//! something unknown for the first time, then it still does after other steps have been made before it that write
//! nothing of what is known to be read at its place. This is why reads and writes can be learned alike.
//!
//! *Commuting.* Let `T` be the set chosen in `s`, and let `w1 … wn` be known except perhaps for what `wn` does (a shortest
//! run that is not known is like that). Let `wi` be the first step of a thread of `T`.
//!
//! - If there is one, then none of the steps before it concerns it, be it the last one or not: their threads stand
//!   outside `T` and go through known places, and by 1 and 2, with `t` the thread of `wi` standing still, everything they
//!   touch is in their futures. They pass no gate that `t` keeps closed, because whoever passes it first would need a
//!   lock that `t` holds and nobody released, or the end of `t`. So `wi` is possible in `s` already (by 2 it was not made
//!   possible by them; a step that others made possible is not among those of 1), touches the same there, and it
//!   commutes with each of them. If `i = n`, then `wn` is a step of `R` from `s`, and whatever it touches was learned
//!   there. Otherwise `wi` leads in `R` to a state from which `w` without `wi` is possible, ends in the same state as
//!   before, and is shorter.
//! - If there is none, take any step `t` from `s` that leads on. It commutes with `w1 … wn-1`, and `wn` after it still touches
//!   what is unknown. So `w` is a run from the state that `t` leads to, which is further from the beginning. (If
//!   `w` ends in a terminal state, there is such a step: nobody outside `T` touches what the possible step of `T` needs,
//!   and so it is still possible in the end, which is a contradiction.)
//! - If no chosen step leads on, all steps are made, and `w1` is among them.
//!
//! Each case shortens the run, or comes further from the beginning without making it longer; there are finitely many
//! states, so the induction ends: the unknown step is met in `R` and is known, a contradiction; and a terminal state at
//! the end of `w` is met in `R`. The states are those of canonical descriptions: steps commute up to the names of newer
//! objects, which descriptions do not tell apart.
//!
//! In the layers of a search in order of steps, "further from the beginning" is the number of the layer. A circle has a
//! step that does not lead to a later layer; so no circle of chosen steps is gone round for ever while others wait
//! (D. Bošnački and G. Holzmann, "Improving Spin's partial-order reduction for breadth-first search", SPIN 2005).
//!
//! # Where it does not apply
//! With `--fair`, `--spurious`, real (virtual) time, steps of more than one operation; when the program looks at
//! addresses or at the clock; when there are daemon threads, which the end of others ends; when something that is not
//! shared can be reached from two threads; when a collection gave slots another meaning; where equal threads are merged. Some of that shows only while
//! the search goes on, which then begins again without reduction.

mod futures;
mod learned;
mod manners;
mod persistent;

pub(super) use learned::{Learned, Step, said};

use super::choose::Mask;
use super::parts::{ABSENT, PartId, Parts};
use crate::kernel::{Atomicity, Options};
use crate::vm::canon::Precision;
use futures::Futures;
use persistent::{Choice, Seats};

/// Whether the theory has words for programs under these rules.
pub(super) fn applies(options: &Options, precision: Precision) -> bool {
    !options.fair
        && !options.spurious
        && options.abstract_time
        && options.atomicity == Atomicity::Op
        && !precision.addresses
        && !precision.clock
}

/// What the choice of threads needs again and again.
#[derive(Debug, Default)]
pub(super) struct Reducer {
    seats: Seats,
    futures: Futures,
    /// States in which several threads could make a step, and those in which fewer were enough.
    asked: u64,
    narrowed: u64,
}

/// So many states are tried before it is said that leaving steps out is not worth it.
const TRIAL: u64 = 5000;
/// It is, when it is one state in so many.
const WORTH: u64 = 4;

impl Reducer {
    /// The threads whose steps are enough in a state, of those that can make one.
    pub(super) fn choose(
        &mut self,
        learned: &Learned,
        parts: &Parts,
        vector: &[PartId],
        enabled: Mask,
    ) -> Option<Mask> {
        if enabled.count_ones() < 2 {
            return None;
        }
        let (shared, threads) = vector.split_at(parts.first_thread());
        self.futures.renew(learned.growth());
        self.seats.clear();
        for (lock, owner) in shared[1..].iter().filter_map(|part| learned.holder(*part)) {
            self.seats.hold(lock, owner.index());
        }
        for (number, part) in threads.iter().enumerate() {
            let place = learned.seat(*part);
            if place.is_none() && *part != ABSENT {
                return None;
            }
            self.seats.sit(place, enabled & 1 << number != 0);
        }
        let mut choice = Choice { learned, futures: &mut self.futures, seats: &self.seats };
        let chosen = choice.persistent();
        self.asked += 1;
        self.narrowed += u64::from(chosen != enabled);
        Some(chosen)
    }

    /// Steps were left out in so few states that asking costs more than it saves.
    pub(super) fn is_useless(&self) -> bool {
        self.asked >= TRIAL && self.narrowed * WORTH < self.asked
    }
}

/// Whether a search still knows what it is to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Growth {
    first: u64,
    last: u64,
    /// So many states had been seen when something was learned.
    states: u64,
}

/// A search on too little goes on for a while, to learn more.
const LESSON: u64 = 2000;

impl Growth {
    pub(super) fn new(learned: &Learned) -> Growth {
        Growth { first: learned.growth(), last: learned.growth(), states: 0 }
    }

    /// Something was learned too late, and nothing new since then.
    pub(super) fn is_outdated(&mut self, learned: &Learned, states: u64) -> bool {
        if learned.growth() != self.last {
            self.last = learned.growth();
            self.states = states;
        }
        self.last != self.first && states > 2 * self.states + LESSON
    }
}
