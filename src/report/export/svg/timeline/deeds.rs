//! What was done at each step, in a sentence: browsers show it where the pointer stands.

use super::plan::Plan;
use crate::event::Event;
use crate::ids::Step;
use crate::model::{Model, Recording};
use crate::words::{Scene, Threads, Words};

/// Steps narrower than this are not pointed at.
const WIDE: i64 = 10_00;

/// Whether steps stand apart, each with its sentence.
pub(super) fn are_told(plan: &Plan) -> bool {
    plan.step_width() >= WIDE
}

/// A sentence for each step, or none at all.
pub(super) fn deeds(recording: &Recording, plan: &Plan, words: &Words) -> Vec<String> {
    let history = &recording.history;
    let mut deeds = Vec::new();
    if !are_told(plan) {
        return deeds;
    }
    let threads = if recording.header.is_live() { Threads::Real } else { Threads::Simulated };
    let mut before = Model::default();
    for step in (0..plan.steps).map(Step) {
        let events: Vec<Event> = history.events_of(step).collect();
        let mut after = before.clone();
        for event in &events {
            after.apply(event);
        }
        let scene =
            Scene { events: &events, before: &before, after: &after, findings: history.findings_of(step), threads };
        deeds.push(words.plain(&scene));
        before = after;
    }
    deeds
}
