//! Threads that are as good as each other need not be told apart.
//!
//! When two threads run the same code and nothing asks which of them is which, states in which they have changed places
//! have the same future (C. Ip and D. Dill, "Better verification through symmetry", FMSD 9, 1996; E. Emerson and
//! P. Sistla, "Symmetry and model checking", FMSD 9, 1996). The digest of a state is the sum of its parts' digests. So it
//! is enough that the digest of the part of a thread that was started says nothing of the thread's number: states that
//! differ by who stands where then have the same one, only the first of them is expanded, and `n` such threads make for
//! up to `n!` times fewer states. What is expanded is always a state that really was reached, by a schedule that really
//! leads there.
//!
//! # When it is sound
//! Let `π` exchange two threads, neither of them the main thread, that stand where the other stood, their numbers, names
//! and objects staying where they were ([`World::exchange`]). Merging `s` and `π(s)` is sound when every step from `s`
//! has its counterpart from `π(s)`, with the same change of everything else, and leads to `s'` and `π(s')`. Then whatever
//! one can come to the other can, in as many steps and with as many switches, and the outcome is the same, as long as it
//! does not say who failed.
//!
//! A step depends on its [footprint](crate::kernel::sim::Footprint) alone. Merging is given up, and the search begins
//! again without it, as soon as there is
//!
//! - a step of such a thread whose footprint is more than what is shared: a lock, a condition, another thread knows it
//!   by its number;
//! - a step of any thread that depends on such a thread after its start: `join`, `is_alive`;
//! - a step that depends on everything, or a thread that an exception ended;
//! - a step that is not the same when another thread makes it. That is not guessed: whenever a step of such a thread is
//!   really made, each of the others is put in its place in turn, in a world of its own, and makes it, too. (A thread that
//!   asks for its own name is found out here, or one whose start gave it something of its own.)
//!
//! Whether `π(s)` is what it should be is checked by its description. Threads that were not started yet are told apart:
//! who starts them names them.

use super::make::Vague;
use super::parts::{PartId, Taken, ThreadFacts};
use super::paths::make;
use super::run::Run;
use super::search::{Goal, Search};
use crate::event::Choice;
use crate::ids::ThreadId;
use crate::kernel::sim::{Status, World};
use crate::kernel::{Atomicity, Options};

/// Whether threads may be merged as far as the rules and the question go.
pub(super) fn is_possible(search: &Search) -> bool {
    let Options { fair, spurious, abstract_time, atomicity, .. } = search.options;
    let rules = !fair && !spurious && abstract_time && atomicity == Atomicity::Op;
    let states = match &search.goal {
        Goal::States(_) => true,
        Goal::Target(target) => !target.states.is_empty(),
        Goal::Everything | Goal::Outcomes(_) | Goal::GoodEnd => false,
    };
    search.merges && rules && !search.keeps_graph && !states
}

/// Whether merging stays sound with a thread in this place of the program. `merged`: it is one of those that are not told
/// apart.
pub(super) fn allows(facts: &ThreadFacts, merged: bool) -> bool {
    let Some(footprint) = &facts.footprint else { return false };
    if merged {
        !facts.failed && footprint.primitives.is_empty() && footprint.threads.is_empty()
    } else {
        footprint.threads.is_empty() || facts.starts.is_some()
    }
}

impl Run<'_> {
    /// Checks what merging rests on with a step that was made: where it began, and where it led.
    pub(super) fn check_merging(
        &mut self,
        choice: Choice,
        before: (&World, &Taken),
        after: (&World, &Taken),
    ) -> Result<(), Vague> {
        if self.known.parts.merges && !self.is_same_for_all(choice, before, after) {
            self.known.parts.refused = true;
        }
        if self.known.parts.merges && self.known.parts.refused { Err(Vague::Apart) } else { Ok(()) }
    }

    fn is_same_for_all(&mut self, choice: Choice, before: (&World, &Taken), after: (&World, &Taken)) -> bool {
        let first = self.known.parts.first_thread();
        let threads = before.1.vector.len() - first;
        if before.1.entangled || after.1.entangled || after.1.vector.len() != before.1.vector.len() {
            return false;
        }
        let own = first + choice.thread.index();
        if choice.thread == ThreadId::MAIN {
            // Whom it starts must be new: a thread that runs already must not be looked at.
            let starts = self.known.parts.thread(before.1.vector[own]).and_then(|facts| facts.starts);
            return starts.is_none_or(|thread| before.0.is_new(thread));
        }
        let others = (1..threads).filter(|other| *other != choice.thread.index());
        others.map(|other| ThreadId(u32::try_from(other).unwrap_or(u32::MAX))).all(|other| {
            let mut exchanged = before.0.clone();
            if !exchanged.exchange(choice.thread, other) {
                return false;
            }
            let from = self.known.parts.take(&exchanged, self.known.precision);
            let choice = Choice { thread: other, ..choice };
            if exchanged.fits(choice).is_err() {
                return false;
            }
            make(&mut exchanged, choice);
            let to = self.known.parts.take(&exchanged, self.known.precision);
            let places = (own, first + other.index());
            let over = |world: &World| matches!(world.status(), Status::Ended(_));
            self.are_exchanged(before.1, &from, places)
                && self.are_exchanged(after.1, &to, places)
                && over(after.0) == over(&exchanged)
                && after.0.observed() == exchanged.observed()
        })
    }

    /// Whether two states differ by nothing but who stands in which of two places.
    fn are_exchanged(&self, one: &Taken, other: &Taken, (here, there): (usize, usize)) -> bool {
        let (one, other) = (&one.vector[..], &other.vector[..]);
        let same = |one: PartId, other: PartId| self.known.parts.is_same(one, other);
        one.len() == other.len()
            && (0..one.len()).all(|place| place == here || place == there || one[place] == other[place])
            && same(one[here], other[there])
            && same(one[there], other[here])
    }
}
