//! About how many bytes of memory a history takes.
//!
//! What is counted grows with the tape, so that whoever reads a tape from elsewhere can stop in time.

use super::History;
use crate::detect::{Finding, Link};
use crate::event::{Action, EventKind, ObjectState, Outcome, Text};
use crate::model::Model;

/// What an allocation takes besides what is in it.
const ALLOCATION: usize = 16;

/// Findings are remembered up to so many bytes; of those beyond only the marks are kept.
pub(super) const FINDINGS_BYTES_MAX: usize = 64 << 20;

impl History {
    /// About how many bytes it takes. (Finding out takes no longer than there are threads.)
    #[must_use]
    pub fn weight(&self) -> usize {
        // The end of the tape, the position looked at, and one near it.
        let pictures = self.checkpoints.weight() + 3 * self.checkpoints.heaviest();
        let rows = 12 * self.choices.len() + self.marks.len() + 4 * self.notable.len();
        self.tape.weight() + self.output.weight() + self.timeline.weight() + self.findings_bytes + rows + pictures
    }
}

/// What the texts and lists of a fact take beside the fact itself.
pub(super) fn of(kind: &EventKind) -> usize {
    match kind {
        EventKind::Thread(info) => size_of_val(&**info) + string(&info.name) + ALLOCATION,
        EventKind::Object(info) => {
            let items =
                if let ObjectState::Queue { items, .. } = &info.state { items.iter().map(item).sum() } else { 0 };
            size_of_val(&**info) + string(&info.name) + items + ALLOCATION
        }
        EventKind::Named { name, .. } | EventKind::Renamed { name } | EventKind::Traceback(name) => string(name),
        EventKind::Did { action, outcome } => of_action(action) + of_outcome(outcome),
        EventKind::Value { value, .. } => text(value),
        EventKind::Pending(action) => of_action(action),
        EventKind::State(_) | EventKind::Ended(_) => 0,
    }
}

fn of_action(action: &Action) -> usize {
    match action {
        Action::Read { key, .. } | Action::Delete { key, .. } => key.as_ref().map_or(0, text),
        Action::Write { key, value, .. } => key.as_ref().map_or(0, text) + text(value),
        Action::Call { call, .. } | Action::Random { call } => text(call),
        Action::Query { question, .. } => text(question),
        Action::Put { item, .. } => text(item),
        Action::Print { text: written } | Action::Input { prompt: written } => text(written),
        _ => 0,
    }
}

/// What came of an operation.
pub(super) fn of_outcome(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Value(value) | Outcome::Raised(value) => text(value),
        Outcome::Woke(threads) => size_of_val(&**threads) + ALLOCATION,
        Outcome::Done | Outcome::Refused | Outcome::TimedOut | Outcome::Enqueued => 0,
    }
}

fn text(text: &Text) -> usize {
    match text {
        Text::Int(_) => 0,
        // Two allocations, and two counters.
        Text::Str(text) => text.len() + 2 * size_of::<usize>() + size_of::<Box<str>>() + 2 * ALLOCATION,
    }
}

fn item(item: &Text) -> usize {
    size_of::<Text>() + text(item)
}

fn string(text: &str) -> usize {
    text.len() + 2 * size_of::<usize>() + ALLOCATION
}

/// What a finding takes.
pub(super) fn of_finding(finding: &Finding) -> usize {
    let links = finding.evidence.len() * size_of::<Link>();
    size_of::<Finding>() + links + 4 * (finding.threads.len() + finding.objects.len() + finding.lines.len())
}

/// What a picture takes, with what the detectors know.
pub(super) fn of_picture(model: &Model) -> usize {
    model.weight() + 150 * model.threads.len() + 24 * model.objects.len()
}
