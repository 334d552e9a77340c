//! The states of threads on the page: a sign, a word and a colour each, the same signs as on the stage.

use super::strings::{Both, Voices};
use crate::event::ThreadState;
use crate::ids::{Nanos, ObjectId, ThreadId};
use serde::Serialize;

/// Sign, class of the style sheet, word, whether the thread is alive in it.
#[derive(Debug, Serialize)]
pub(super) struct StateRow(&'static str, &'static str, Both, bool);

/// A state of each kind, in the order of their numbers, with its sign and its class.
const STATES: [(ThreadState, &str, &str); 10] = [
    (ThreadState::New, "○", "new"),
    (ThreadState::Ready, "▸", "ready"),
    (ThreadState::Blocked { on: ObjectId(0) }, "✗", "blocked"),
    (ThreadState::Waiting { on: ObjectId(0) }, "◌", "waiting"),
    (ThreadState::Joining { thread: ThreadId(0) }, "⇥", "joining"),
    (ThreadState::Sleeping { until: Nanos(0) }, "☾", "sleeping"),
    (ThreadState::Reading, "✎", "reading"),
    (ThreadState::Finished, "✓", "finished"),
    (ThreadState::Failed, "!", "failed"),
    (ThreadState::Killed, "†", "killed"),
];

/// The number of the state's row.
pub(super) const fn number(state: ThreadState) -> u8 {
    match state {
        ThreadState::New => 0,
        ThreadState::Ready => 1,
        ThreadState::Blocked { .. } => 2,
        ThreadState::Waiting { .. } => 3,
        ThreadState::Joining { .. } => 4,
        ThreadState::Sleeping { .. } => 5,
        ThreadState::Reading => 6,
        ThreadState::Finished => 7,
        ThreadState::Failed => 8,
        ThreadState::Killed => 9,
    }
}

/// All rows.
pub(super) fn table(voices: &Voices) -> Vec<StateRow> {
    let row = |(state, sign, class): &(ThreadState, &'static str, &'static str)| {
        StateRow(sign, class, voices.both(|words| words.state(*state)), state.is_alive())
    };
    STATES.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_number() {
        for (index, (state, ..)) in STATES.iter().enumerate() {
            assert_eq!(usize::from(number(*state)), index, "{state:?}");
        }
    }
}
