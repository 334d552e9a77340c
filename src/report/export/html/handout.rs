//! Which steps are told on paper: all of a short run, of a long one those around what matters.

use crate::detect::Marks;
use crate::ids::Step;
use crate::model::Recording;

/// A handout has at most this many sentences.
const STEPS_MAX: usize = 150;

/// How many steps before a finding are told, whatever they are.
const BEFORE_FINDING: u32 = 6;

/// What matters, the most important first.
const IMPORTANT: [Marks; 4] = [Marks::FINDING, Marks::BLOCK, Marks::END, Marks::SWITCH];

/// The numbers of the steps to tell, ascending.
pub(super) fn steps(recording: &Recording) -> Vec<u32> {
    let history = &recording.history;
    let last = history.last_step().0;
    if (last as usize) < STEPS_MAX {
        return (0..=last).collect();
    }
    let mut chosen = std::collections::BTreeSet::from([0, last]);
    for finding in history.all_findings() {
        let step = finding.step.0;
        take(&mut chosen, (step.saturating_sub(BEFORE_FINDING)..=step.min(last)).rev());
    }
    for mark in IMPORTANT {
        take(&mut chosen, (0..=last).filter(|step| history.marks(Step(*step)).intersects(mark)));
    }
    chosen.into_iter().collect()
}

/// Takes steps while there is room.
fn take(chosen: &mut std::collections::BTreeSet<u32>, steps: impl Iterator<Item = u32>) {
    for step in steps {
        if chosen.len() >= STEPS_MAX {
            return;
        }
        chosen.insert(step);
    }
}
