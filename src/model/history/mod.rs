//! A run as it was recorded, and a position on it.
//!
//! ```text
//! tape         every event, packed                      grows, or is cut off at a branch
//! head         the picture at the end of the tape       what the next event is folded into
//! checkpoints  pictures kept along the tape             bounded in number and bytes
//! cursor       the picture at the position looked at    none of its own while it is at the end
//! indexes      marks, output, timeline, findings, notes made while the tape grows; a reading is a binary search
//! ```
//!
//! A position is a step: at step `k` everything of the steps 0 to `k` has happened. Going there takes the nearest
//! picture before it, and the events from there on.

mod checkpoints;
mod output;
mod reel;
mod tape;

pub use output::{LINE_BYTES_MAX, Output, OutputLine, written};
pub use reel::Reel;
pub use tape::Events;

use super::Model;
use super::fold::Watch;
use super::notes::Told;
use super::timeline::Timeline;
use crate::detect::{Deed, Finding, Link, Marks};
use crate::event::{Choice, Event, EventKind, Schedule};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::scenario::Note;
use checkpoints::{Checkpoints, Picture};
use std::ops::Range;
use std::sync::Arc;
use tape::{Tape, to_u32};

/// Folding more events than this takes long enough to be spared the next time. (Tests have short tapes.)
const FAR: usize = if cfg!(test) { 100 } else { 2048 };

/// Findings are remembered up to about so many bytes. Of those beyond, the marks are kept.
const FINDINGS_BYTES_MAX: usize = 64 << 20;

/// See the module.
#[derive(Clone, Debug)]
pub struct History {
    tape: Tape,
    /// The choice that made step `i + 1`.
    choices: Vec<Choice>,
    head: Picture,
    checkpoints: Checkpoints,
    /// The position looked at, and the picture there. `None` while it is the end of the tape.
    cursor: Option<(Step, Model)>,
    /// A picture shortly before the last position that was far from every other one, with the number of events it
    /// contains: going on backwards from there begins here.
    near: Option<(usize, Model)>,
    /// For each step, why somebody might want to stop there.
    marks: Vec<Marks>,
    /// The events that are not mere consequences: neither what a thread stands before nor the state it is in.
    notable: Vec<u32>,
    output: output::Log,
    timeline: Timeline,
    findings: Vec<Finding>,
    findings_bytes: usize,
    notes: Told,
}

impl Default for History {
    fn default() -> History {
        History::new()
    }
}

impl History {
    /// An empty tape.
    #[must_use]
    pub fn new() -> History {
        History {
            tape: Tape::default(),
            choices: Vec::new(),
            head: Picture::default(),
            checkpoints: Checkpoints::new(),
            cursor: None,
            near: None,
            marks: Vec::new(),
            notable: Vec::new(),
            output: output::Log::default(),
            timeline: Timeline::default(),
            findings: Vec::new(),
            findings_bytes: 0,
            notes: Told::default(),
        }
    }

    /// An empty tape of a run that these notes are about.
    #[must_use]
    pub fn with_notes(notes: Arc<[Note]>) -> History {
        History { notes: Told::new(notes), ..History::new() }
    }

    // ---- the tape grows and is cut off ----

    /// Adds whole steps: their events, and the choices that made them (step 0 has none). A position at the end of the
    /// tape stays at its end.
    pub fn push(&mut self, events: &[Event], choices: &[Choice]) {
        for event in events {
            let event = self.tape.fitted(event);
            if event.step > self.last_step() {
                self.checkpoints.offer(self.tape.last_step(), self.tape.len(), &self.head);
            }
            self.tape.push(&event);
            self.index(&event);
        }
        self.notes.conclude(&self.head.model);
        self.choices.extend_from_slice(choices);
        // The choice of a step that has begun may be here before its first event.
        self.choices.truncate(self.last_step().0 as usize + 1);
    }

    /// Takes the event at the end of the tape into the head and the indexes.
    fn index(&mut self, event: &Event) {
        let found = self.findings.len();
        self.head.detectors.fold(event, &mut self.findings);
        self.notes.take(event, &self.findings[found..], &self.head.model);
        let mut marks = self.head.interest.fold(event);
        if self.findings.len() > found {
            marks |= Marks::FINDING;
            self.remember(found);
        }
        if self.marks.len() <= event.step.0 as usize {
            self.marks.push(Marks::NONE);
        }
        if let Some(last) = self.marks.last_mut() {
            *last |= marks;
        }
        if is_notable(&event.kind) {
            self.notable.push(event.seq.0);
        }
        self.output.push(event.seq.0 as usize, &event.kind);
        self.timeline.reach(event.step);
        match event.kind {
            EventKind::State(state) => self.timeline.state(event.thread, event.step, state),
            EventKind::Did { .. } if event.step > Step(0) => self.timeline.ran(event.thread, event.step),
            _ => {}
        }
        let mut recorder = Recorder { timeline: &mut self.timeline, step: event.step };
        self.head.model.apply_watched(event, &mut recorder);
    }

    /// Keeps the findings from this one on, if there is room for them.
    fn remember(&mut self, first: usize) {
        let bytes: usize = self.findings[first..].iter().map(weight_of).sum();
        if self.findings_bytes + bytes > FINDINGS_BYTES_MAX {
            self.findings.truncate(first);
        } else {
            self.findings_bytes += bytes;
        }
    }

    /// Forgets everything after this step. A position after it becomes the end.
    pub fn truncate(&mut self, to: Step) {
        if to >= self.last_step() {
            return;
        }
        self.tape.truncate(to);
        self.choices.truncate(to.0 as usize);
        self.marks.truncate(to.0 as usize + 1);
        let events = self.tape.len();
        let notable = self.notable.partition_point(|index| (*index as usize) < events);
        self.notable.truncate(notable);
        let found = self.findings.partition_point(|finding| finding.step <= to);
        self.findings.truncate(found);
        self.findings_bytes = self.findings.iter().map(weight_of).sum();
        self.output.truncate(events);
        self.notes.truncate(to);
        self.checkpoints.truncate(to);
        self.near = self.near.take().filter(|(contained, _)| *contained <= events);
        self.rebuild_head();
        self.timeline.truncate(to, &self.head.model);
        if self.cursor.as_ref().is_some_and(|(at, _)| *at >= to) {
            self.cursor = None;
        }
    }

    fn rebuild_head(&mut self) {
        let checkpoint = self.checkpoints.last();
        let mut head = checkpoint.picture.clone();
        let mut known = Vec::new();
        for event in self.tape.iter(checkpoint.events..self.tape.len()) {
            head.detectors.fold(&event, &mut known);
            head.interest.fold(&event);
            head.model.apply(&event);
        }
        self.head = head;
    }

    // ---- the position ----

    /// The picture at the position looked at.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.cursor.as_ref().map_or(&self.head.model, |(_, model)| model)
    }

    /// The picture at the end of the tape.
    #[must_use]
    pub fn head(&self) -> &Model {
        &self.head.model
    }

    /// The position looked at.
    #[must_use]
    pub fn at(&self) -> Step {
        self.cursor.as_ref().map_or(self.last_step(), |(at, _)| *at)
    }

    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.cursor.is_none()
    }

    /// The last step of the tape; 0 also while there is nothing.
    #[must_use]
    pub fn last_step(&self) -> Step {
        self.tape.last_step()
    }

    /// Looks at the end of this step (of the last one, when there are not so many).
    pub fn seek(&mut self, step: Step) {
        if step >= self.last_step() {
            self.cursor = None;
            return;
        }
        let end = self.tape.end_of(step);
        let checkpoint = self.checkpoints.before(step);
        let (mut events, mut model) = match (self.cursor.take(), &self.near) {
            (Some((at, model)), _) if at <= step && self.tape.end_of(at) >= checkpoint.events => {
                (self.tape.end_of(at), model)
            }
            (_, Some((events, model))) if *events <= end && *events > checkpoint.events => (*events, model.clone()),
            _ => (checkpoint.events, checkpoint.picture.model.clone()),
        };
        if end - events > FAR {
            let border = self.tape.start_of(self.tape.step_of(end - (end - events) / 16)).max(events);
            self.fold(&mut model, events..border);
            self.near = Some((border, model.clone()));
            events = border;
        }
        self.fold(&mut model, events..end);
        self.cursor = Some((step, model));
    }

    fn fold(&self, model: &mut Model, events: Range<usize>) {
        for event in self.tape.iter(events) {
            model.apply(&event);
        }
    }

    /// One step back. False at the beginning.
    pub fn back(&mut self) -> bool {
        let at = self.at();
        if at > Step(0) {
            self.seek(Step(at.0 - 1));
        }
        at > Step(0)
    }

    /// One step forward on the tape. False at its end.
    pub fn forward(&mut self) -> bool {
        if self.is_at_end() {
            return false;
        }
        self.seek(Step(self.at().0 + 1));
        true
    }

    // ---- choices ----

    /// The choice that made the step after this one, if it was made.
    #[must_use]
    pub fn choice_after(&self, step: Step) -> Option<Choice> {
        self.choices.get(step.0 as usize).copied()
    }

    /// What reproduces the run up to this step.
    #[must_use]
    pub fn schedule(&self, to: Step) -> Schedule {
        self.choices.iter().take(to.0 as usize).copied().collect()
    }

    // ---- events ----

    /// The number of events up to the position.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.tape.end_of(self.at())
    }

    /// The events with these indices.
    #[must_use]
    pub fn events(&self, range: Range<usize>) -> Events<'_> {
        self.tape.iter(range)
    }

    /// The events of this step.
    #[must_use]
    pub fn events_of(&self, step: Step) -> Events<'_> {
        self.tape.iter(self.tape.start_of(step)..self.tape.end_of(step))
    }

    /// The number of notable events up to the position: all but pending operations and states.
    #[must_use]
    pub fn notable_count(&self) -> usize {
        let events = self.event_count();
        self.notable.partition_point(|index| (*index as usize) < events)
    }

    /// The number of notable events on the whole tape.
    #[must_use]
    pub fn notable_total(&self) -> usize {
        self.notable.len()
    }

    /// These of the notable events.
    pub fn notable(&self, range: Range<usize>) -> impl Iterator<Item = Event> + '_ {
        let end = range.end.min(self.notable.len());
        self.notable[range.start.min(end)..end].iter().filter_map(|index| self.tape.get(*index as usize))
    }

    /// The next notable event from number `from` (excluded) on that `wanted` says yes to, as a number for
    /// [`History::notable`]. `wanted` is asked once for events that differ in position, step and time only.
    pub fn find_next(&self, from: usize, wanted: impl FnMut(&Event) -> bool) -> Option<usize> {
        self.find(from.saturating_add(1)..self.notable.len(), wanted)
    }

    /// The first notable event that `wanted` says yes to.
    pub fn find_first(&self, wanted: impl FnMut(&Event) -> bool) -> Option<usize> {
        self.find(0..self.notable.len(), wanted)
    }

    /// The last notable event before number `from` that `wanted` says yes to.
    pub fn find_previous(&self, from: usize, wanted: impl FnMut(&Event) -> bool) -> Option<usize> {
        self.find((0..from.min(self.notable.len())).rev(), wanted)
    }

    fn find(&self, numbers: impl IntoIterator<Item = usize>, mut wanted: impl FnMut(&Event) -> bool) -> Option<usize> {
        let mut unwanted = rustc_hash::FxHashSet::default();
        numbers.into_iter().find(|number| {
            let Some(index) = self.notable.get(*number).map(|index| *index as usize) else { return false };
            let Some(fact) = self.tape.fact_number(index) else { return false };
            if unwanted.contains(&fact) {
                return false;
            }
            let yes = self.tape.get(index).is_some_and(|event| wanted(&event));
            if !yes {
                unwanted.insert(fact);
            }
            yes
        })
    }

    // ---- marks ----

    /// Why somebody might want to stop at this step.
    #[must_use]
    pub fn marks(&self, step: Step) -> Marks {
        self.marks.get(step.0 as usize).copied().unwrap_or(Marks::NONE)
    }

    /// The first step after the position with one of these marks.
    #[must_use]
    pub fn next_mark(&self, wanted: Marks) -> Option<Step> {
        let next = self.at().0 as usize + 1;
        let place = self.marks.iter().skip(next).position(|marks| marks.intersects(wanted))?;
        Some(Step(to_u32(next + place)))
    }

    /// The last step before the position with one of these marks.
    #[must_use]
    pub fn previous_mark(&self, wanted: Marks) -> Option<Step> {
        let place = self.marks.iter().take(self.at().0 as usize).rposition(|marks| marks.intersects(wanted))?;
        Some(Step(to_u32(place)))
    }

    // ---- readings ----

    /// What the program has written up to the position.
    #[must_use]
    pub fn output(&self) -> Output<'_> {
        self.output.view(&self.tape, self.event_count())
    }

    /// The findings up to the position.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        let at = self.at();
        &self.findings[..self.findings.partition_point(|finding| finding.step <= at)]
    }

    /// What was found at this step, wherever the position is.
    #[must_use]
    pub fn findings_of(&self, step: Step) -> &[Finding] {
        let from = self.findings.partition_point(|finding| finding.step < step);
        let to = self.findings.partition_point(|finding| finding.step <= step);
        &self.findings[from..to]
    }

    /// The findings of the whole tape.
    #[must_use]
    pub fn all_findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The notes that are told over the whole tape; see [`Told::up_to`].
    #[must_use]
    pub fn notes(&self) -> &Told {
        &self.notes
    }

    /// What everybody did when, over the whole tape.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The thread that made this step; `None` for step 0.
    #[must_use]
    pub fn actor(&self, step: Step) -> Option<ThreadId> {
        let is_did = |event: &Event| matches!(event.kind, EventKind::Did { .. });
        self.events_of(step).find(is_did).map(|event| event.thread)
    }
}

/// About how many bytes a finding takes.
fn weight_of(finding: &Finding) -> usize {
    let proof = finding.evidence.len() * size_of::<Link>() + finding.proof.len() * size_of::<Deed>();
    size_of::<Finding>() + proof + 4 * (finding.threads.len() + finding.objects.len() + finding.lines.len())
}

/// True for events that say something new: what was done, declared, written, how it ended.
const fn is_notable(kind: &EventKind) -> bool {
    match kind {
        EventKind::Thread(_)
        | EventKind::Object(_)
        | EventKind::Renamed { .. }
        | EventKind::Did { .. }
        | EventKind::Traceback(_)
        | EventKind::Ended(_) => true,
        EventKind::State(state) => state.is_over(),
        EventKind::Named { .. } | EventKind::Value { .. } | EventKind::Pending(_) => false,
    }
}

/// Writes what changes hands into the timeline.
struct Recorder<'a> {
    timeline: &'a mut Timeline,
    step: Step,
}

impl Watch for Recorder<'_> {
    fn took(&mut self, thread: ThreadId, object: ObjectId) {
        self.timeline.took(thread, object, self.step);
    }

    fn gave(&mut self, thread: ThreadId, object: ObjectId) {
        self.timeline.gave(thread, object, self.step);
    }
}

#[cfg(test)]
mod tests;
