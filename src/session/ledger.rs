//! What is kept of a recorded run: its decisions, and enough of its events to tell whether another run is the same.
//!
//! Of each step a fingerprint is kept, made with keys that nobody outside of this process knows: who forges a trace
//! cannot make two different steps look the same.

use crate::event::{Choice, End, Event, EventKind, Limit};
use crate::ids::Step;
use crate::trace::{Portion, lines_read};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The choice that made step `i + 1`.
    choices: Vec<Choice>,
    /// Of each step.
    prints: Vec<u64>,
    /// The number of events of the last step; `None` when the tape was cut off after it, so that it is whole.
    open: Option<usize>,
    /// Lines that answered `input()`.
    lines: Vec<Option<Arc<str>>>,
    keys: RandomState,
}

/// How the events of a step that was made compare with those recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// The tape ends within the step, after so many of its events.
    Begun(usize),
    Unlike,
}

impl Ledger {
    /// Takes what happened next.
    pub(super) fn take(&mut self, portion: &Portion) {
        if let Some((to, lines)) = portion.cut {
            self.choices.truncate(to.0 as usize);
            self.prints.truncate(to.0 as usize + 1);
            self.lines.truncate(lines);
            self.open = None;
        }
        self.choices.extend_from_slice(&portion.choices);
        self.lines.extend_from_slice(&portion.inputs);
        for event in portion.events.iter().filter(|event| !is_from_outside(event)) {
            self.add(event);
        }
    }

    fn add(&mut self, event: &Event) {
        if self.prints.len() <= event.step.0 as usize {
            self.prints.push(0);
            self.open = Some(0);
        }
        let keys = &self.keys;
        if let Some(last) = self.prints.last_mut() {
            *last = print(keys, *last, event);
        }
        self.open = self.open.map(|events| events + 1);
    }

    /// The last step; `None` while there is nothing.
    pub(super) fn last_step(&self) -> Option<Step> {
        let last = self.prints.len().checked_sub(1)?;
        Some(Step(u32::try_from(last).unwrap_or(u32::MAX)))
    }

    /// The choice that made the step after this one.
    pub(super) fn choice_after(&self, step: Step) -> Option<Choice> {
        self.choices.get(step.0 as usize).copied()
    }

    /// The lines that answered `input()`, when the run was started with these.
    pub(super) fn lines(&self, given: &[Arc<str>]) -> Vec<Option<Arc<str>>> {
        lines_read(given, &self.lines)
    }

    /// Compares the events with which this step was made just now.
    pub(super) fn compare(&self, step: Step, events: &[Event]) -> Likeness {
        let Some(recorded) = self.prints.get(step.0 as usize) else { return Likeness::Unlike };
        let all = |events: &[Event]| events.iter().fold(0, |so_far, event| print(&self.keys, so_far, event));
        if all(events) == *recorded {
            return Likeness::Same;
        }
        match self.open {
            Some(begun)
                if self.last_step() == Some(step) && begun < events.len() && all(&events[..begun]) == *recorded =>
            {
                Likeness::Begun(begun)
            }
            _ => Likeness::Unlike,
        }
    }
}

/// The fingerprint of everything so far and this event. Its number is left out: it says nothing that its place does not.
fn print(keys: &RandomState, so_far: u64, event: &Event) -> u64 {
    keys.hash_one((so_far, event.at, event.thread, event.line, &event.kind))
}

/// True when the program has nothing to do with it: somebody had enough of the run.
const fn is_from_outside(event: &Event) -> bool {
    matches!(event.kind, EventKind::Ended(End::Limit(Limit::Steps(_) | Limit::Time(_))))
}
