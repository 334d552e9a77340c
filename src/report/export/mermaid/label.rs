//! What is written at an arrow: what was done, without naming the thing it points at.

use crate::event::{Action, Outcome, Text};
use crate::words::{Arg, Words};

/// What the operation is called, and what came of it when that is more than success. `None` for operations that are told
/// in a note.
pub(super) fn label(words: &Words, action: &Action, outcome: &Outcome) -> Option<String> {
    let what = verb(words, action, outcome)?;
    Some(match outcome {
        Outcome::Refused => words.with("seq-refused", &[("what", what.into())]),
        Outcome::TimedOut => words.with("seq-timed-out", &[("what", what.into())]),
        Outcome::Raised(exception) => {
            words.with("seq-raised", &[("what", what.into()), ("exception", exception.to_string().into())])
        }
        Outcome::Done | Outcome::Value(_) | Outcome::Enqueued | Outcome::Woke(_) => what,
    })
}

fn verb(words: &Words, action: &Action, outcome: &Outcome) -> Option<String> {
    let value = if let Outcome::Value(value) = outcome { Some(value) } else { None };
    Some(match action {
        Action::Read { key, .. } => with_value(words, &place(words, "seq-read", key.as_ref()), value),
        Action::Write { key, value, .. } => {
            let stored = ("value", Arg::from(value.to_string()));
            match key {
                None => words.with("seq-write", &[stored]),
                Some(key) => words.with("seq-write-key", &[stored, ("key", key.to_string().into())]),
            }
        }
        Action::Delete { key, .. } => place(words, "seq-delete", key.as_ref()),
        Action::Call { call, .. } => with_value(words, &call.to_string(), value),
        Action::Query { question, .. } => with_value(words, &question.to_string(), value),
        Action::Acquire { .. } => words.t("seq-acquire"),
        Action::Release { count: 1, .. } => words.t("seq-release"),
        Action::Release { count, .. } => words.with("seq-release-many", &[("n", (*count).into())]),
        Action::Wait { .. } | Action::EventWait { .. } => words.t("seq-wait"),
        Action::Reacquire { .. } => words.t("seq-reacquire"),
        Action::Notify { count: None, .. } => words.t("seq-notify-all"),
        Action::Notify { .. } => words.t("seq-notify"),
        Action::EventSet { .. } => words.t("seq-set"),
        Action::EventClear { .. } => words.t("seq-clear"),
        Action::BarrierWait { .. } => words.t("seq-arrive"),
        Action::BarrierAbort { .. } => words.t("seq-break"),
        Action::BarrierReset { .. } => words.t("seq-reset"),
        Action::Put { item, .. } => words.with("seq-put", &[("item", item.to_string().into())]),
        Action::Get { .. } => with_value(words, &words.t("seq-get"), value),
        Action::TaskDone { .. } => words.t("seq-done"),
        Action::QueueJoin { .. } => words.t("seq-all-done"),
        Action::Shutdown { .. } => words.t("seq-shutdown"),
        Action::Start { .. } => words.t("seq-start"),
        Action::Join { .. } => words.t("seq-join"),
        Action::IsAlive { .. }
        | Action::CountThreads
        | Action::Sleep { .. }
        | Action::Now
        | Action::Random { .. }
        | Action::Print { .. }
        | Action::Input { .. } => return None,
    })
}

/// The verb, and the attribute or element, if it is about one.
fn place(words: &Words, verb: &str, key: Option<&Text>) -> String {
    let verb = words.t(verb);
    key.map_or_else(|| verb.clone(), |key| format!("{verb} {key}"))
}

fn with_value(words: &Words, what: &str, value: Option<&Text>) -> String {
    match value {
        Some(value) => words.with("seq-value", &[("what", what.into()), ("value", value.to_string().into())]),
        None => what.to_owned(),
    }
}
