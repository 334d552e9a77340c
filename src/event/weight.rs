//! About how much memory an event takes: what bounds the reading of a tape from elsewhere.

use super::{Action, EventKind, ObjectState, Outcome, Text};

/// What an allocation takes besides what is in it.
const ALLOCATION: usize = 16;

impl EventKind {
    /// About how many bytes its texts and lists take, which are not in the event itself.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        match self {
            EventKind::Thread(info) => size_of_val(&**info) + string(&info.name) + ALLOCATION,
            EventKind::Object(info) => size_of_val(&**info) + string(&info.name) + state(&info.state) + ALLOCATION,
            EventKind::Named { name, .. } | EventKind::Renamed { name } | EventKind::Traceback(name) => string(name),
            EventKind::Did { action, outcome } => self::action(action) + self::outcome(outcome),
            EventKind::Value { value, .. } => text(value),
            EventKind::Pending(action) => self::action(action),
            EventKind::State(_) | EventKind::Ended(_) => 0,
        }
    }
}

fn action(action: &Action) -> usize {
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

fn outcome(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Value(value) | Outcome::Raised(value) => text(value),
        Outcome::Woke(threads) => size_of_val(&**threads) + ALLOCATION,
        Outcome::Done | Outcome::Refused | Outcome::TimedOut | Outcome::Enqueued => 0,
    }
}

fn state(state: &ObjectState) -> usize {
    match state {
        ObjectState::Data(Some(value)) => text(value),
        ObjectState::Queue { items, .. } => items.iter().map(|item| size_of::<Text>() + text(item)).sum(),
        ObjectState::Fields(fields) => {
            fields.iter().map(|(key, value)| 2 * size_of::<Text>() + text(key) + text(value)).sum()
        }
        _ => 0,
    }
}

fn text(text: &Text) -> usize {
    match text {
        Text::Int(_) => 0,
        // Two allocations, and two counters.
        Text::Str(text) => text.len() + 2 * size_of::<usize>() + size_of::<Box<str>>() + 2 * ALLOCATION,
    }
}

fn string(text: &str) -> usize {
    text.len() + 2 * size_of::<usize>() + ALLOCATION
}
