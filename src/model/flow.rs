//! Which way things go through a queue, list or deque, and what only tells others something.

use crate::event::{Action, Outcome, Text};

/// Into it or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    In,
    Out,
}

/// Which way the operation moves something, if it does.
#[must_use]
pub fn of(action: &Action) -> Option<Flow> {
    match action {
        Action::Put { .. } => Some(Flow::In),
        Action::Get { .. } => Some(Flow::Out),
        Action::Call { call: Text::Str(call), .. } => match call.split('(').next()? {
            "append" | "appendleft" | "insert" | "extend" | "extendleft" | "add" => Some(Flow::In),
            "pop" | "popleft" | "popitem" | "remove" | "discard" => Some(Flow::Out),
            _ => None,
        },
        _ => None,
    }
}

/// True for what a thread tells others, or asks in vain, at a place where it does not go through itself: it notifies, sets
/// or clears an event, hears that the event is not set.
pub(super) fn is_word(action: &Action, outcome: &Outcome) -> bool {
    match action {
        Action::Notify { .. } | Action::EventSet { .. } | Action::EventClear { .. } => true,
        Action::Query { .. } => matches!(outcome, Outcome::Value(Text::Str(answer)) if &***answer == "False"),
        _ => false,
    }
}

/// A call that takes something out shows which end things leave from.
pub(super) fn turn(takes_last: &mut bool, call: &Text) {
    let Text::Str(call) = call else { return };
    match &***call {
        "pop()" | "pop(-1)" => *takes_last = true,
        "pop(0)" | "popleft()" => *takes_last = false,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Access;
    use crate::ids::ObjectId;

    #[test]
    fn calls_move_things_in_and_out() {
        let call = |text: &str| Action::Call { object: ObjectId(0), access: Access::Write, call: text.into() };
        assert_eq!(of(&call("append('tea')")), Some(Flow::In));
        assert_eq!(of(&call("pop(0)")), Some(Flow::Out));
        assert_eq!(of(&call("len()")), None);
    }

    #[test]
    fn the_end_things_leave_from_is_seen_when_one_leaves() {
        let mut last = false;
        turn(&mut last, &"pop()".into());
        assert!(last);
        turn(&mut last, &"append(3)".into());
        assert!(last);
        turn(&mut last, &"pop(0)".into());
        assert!(!last);
    }
}
