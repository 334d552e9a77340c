//! Which steps are told on paper: all of a short run, of a long one those around what matters.

use crate::detect::Marks;
use crate::ids::Step;
use crate::model::Recording;
use std::collections::BTreeSet;

/// A handout has at most this many sentences.
const STEPS_MAX: usize = 120;

/// How many steps are told from the beginning on, up to a finding, and up to the end.
const FROM_START: u32 = 50;
const TO_FINDING: u32 = 10;
const TO_END: u32 = 30;

/// The numbers of the steps to tell, ascending.
pub(super) fn steps(recording: &Recording) -> Vec<u32> {
    let history = &recording.history;
    let last = history.last_step().0;
    if (last as usize) < STEPS_MAX {
        return (0..=last).collect();
    }
    let mut chosen = BTreeSet::new();
    take(&mut chosen, (0..FROM_START).chain(last - TO_END..=last));
    for finding in history.all_findings() {
        take(&mut chosen, (finding.step.0.saturating_sub(TO_FINDING)..=finding.step.0).rev());
    }
    // Of the rest, some of the steps at which something went another way, from all parts of the run.
    let turns: Vec<u32> = (0..=last).filter(|step| history.marks(Step(*step)).intersects(Marks::BLOCK)).collect();
    let room = STEPS_MAX - chosen.len().min(STEPS_MAX);
    take(&mut chosen, turns.iter().copied().step_by(turns.len() / room.max(1) + 1));
    chosen.into_iter().collect()
}

/// Takes steps while there is room.
fn take(chosen: &mut BTreeSet<u32>, steps: impl Iterator<Item = u32>) {
    for step in steps {
        if chosen.len() >= STEPS_MAX {
            return;
        }
        chosen.insert(step);
    }
}
