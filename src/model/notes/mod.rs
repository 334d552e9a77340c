//! Which notes of a scenario are due when.
//!
//! ```text
//! events of a step ─┐
//! what was found ───┴─► facts ──► `due`: the notes of which everything is true of the step
//!                                   │
//!                                   ▼
//!                                `Told`: step by step, the first time only, or each time
//! ```
//!
//! What a note names must be true of one fact: the thread that blocked is the one that is named, and it blocked on the
//! object that is named. A finding is a second condition: of the step, or of what the finding itself speaks of.
//!
//! [`Told`] grows with the tape and is read by binary search, so any position is near. It holds eight bytes for a note
//! that was told.

mod fact;
#[cfg(test)]
mod tests;

use super::Model;
use crate::detect::Finding;
use crate::event::Event;
use crate::ids::Step;
use crate::scenario::Note;
use fact::{Fact, holds};
use std::sync::Arc;

/// Notes that are told each time are not told any more after so many.
const TOLD_MAX: usize = if cfg!(test) { 40 } else { 1 << 20 };

/// The notes, as places in the list, of which everything is true of the step with these events and findings. `model` is
/// the picture after it.
#[must_use]
pub fn due(notes: &[Note], events: &[Event], findings: &[Finding], model: &Model) -> Vec<usize> {
    let mut facts = Vec::new();
    for event in events {
        Fact::of(event, &mut facts);
    }
    facts.extend(findings.iter().map(Fact::found));
    (0..notes.len()).filter(|place| holds(&notes[*place].when, &facts, model)).collect()
}

/// A note that was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    pub step: Step,
    /// Its place in the list of notes.
    pub note: u32,
}

/// What was told in a run, and when.
#[derive(Clone, Debug, Default)]
pub struct Told {
    notes: Arc<[Note]>,
    log: Vec<Telling>,
    /// For each note, whether it was told.
    once: Vec<bool>,
    /// The step that is being collected, and its facts.
    step: Step,
    facts: Vec<Fact>,
}

impl Told {
    /// Nothing was told yet.
    #[must_use]
    pub fn new(notes: Arc<[Note]>) -> Told {
        let once = vec![false; notes.len()];
        Told { notes, once, ..Told::default() }
    }

    /// All notes there are.
    #[must_use]
    pub fn notes(&self) -> &Arc<[Note]> {
        &self.notes
    }

    /// Takes an event, with what was found with it. When it is the first of a step, `model` must be the picture after the
    /// step before.
    pub fn take(&mut self, event: &Event, findings: &[Finding], model: &Model) {
        if self.notes.is_empty() {
            return;
        }
        if event.step > self.step {
            self.conclude(model);
            self.facts.clear();
            self.step = event.step;
        }
        Fact::of(event, &mut self.facts);
        self.facts.extend(findings.iter().map(Fact::found));
    }

    /// Tells what is due at the step that was collected last; `model` is the picture after it. More of the step may still
    /// come.
    pub fn conclude(&mut self, model: &Model) {
        if self.facts.is_empty() {
            return;
        }
        let fresh = self.log.partition_point(|telling| telling.step < self.step);
        for (place, note) in (0u32..).zip(self.notes.iter()) {
            let told = self.log[fresh..].iter().any(|telling| telling.note == place);
            let again = note.each && self.log.len() < TOLD_MAX;
            let once = &mut self.once[place as usize];
            if !told && (again || !*once) && holds(&note.when, &self.facts, model) {
                *once = true;
                self.log.push(Telling { step: self.step, note: place });
            }
        }
        // In the order of the list, also when the step came in pieces.
        self.log[fresh..].sort_unstable_by_key(|telling| telling.note);
    }

    /// Forgets what was told after this step.
    pub fn truncate(&mut self, to: Step) {
        if to >= self.step {
            return;
        }
        let kept = self.log.partition_point(|telling| telling.step <= to);
        self.log.truncate(kept);
        self.once.fill(false);
        for telling in &self.log {
            self.once[telling.note as usize] = true;
        }
        self.step = to;
        self.facts.clear();
    }

    /// What was told up to this step, in order.
    #[must_use]
    pub fn up_to(&self, step: Step) -> &[Telling] {
        &self.log[..self.log.partition_point(|telling| telling.step <= step)]
    }

    /// What was told at this step.
    #[must_use]
    pub fn at(&self, step: Step) -> &[Telling] {
        let told = self.up_to(step);
        &told[told.partition_point(|telling| telling.step < step)..]
    }

    /// The note that was told.
    #[must_use]
    pub fn note(&self, telling: Telling) -> Option<&Note> {
        self.notes.get(telling.note as usize)
    }
}
