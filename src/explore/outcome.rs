//! What a program can come to.

use crate::event::{End, ThreadState};
use crate::ids::ThreadId;
use crate::kernel::sim::{Status, World};
use std::collections::BTreeMap;

/// How a run ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    Finished,
    Deadlock,
    /// A limit was reached, or something is not modelled.
    CutOff(End),
}

/// A distinct end: how, which threads an exception ended, and what the module's variables are then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome {
    pub ending: Ending,
    pub failed: Vec<ThreadId>,
    /// Each as its `repr`, without addresses.
    pub globals: BTreeMap<String, String>,
    /// Everything that was printed; only where that is to be told apart.
    pub output: Option<String>,
}

impl Outcome {
    /// Of a world in which nobody can make a step any more.
    #[must_use]
    pub fn of(world: &World) -> Outcome {
        let ending = match world.status() {
            Status::Ended(End::Finished) => Ending::Finished,
            Status::Ended(End::Deadlock) | Status::Running | Status::Busy | Status::AwaitingInput { .. } => {
                Ending::Deadlock
            }
            Status::Ended(other) => Ending::CutOff(other),
        };
        let failed = world.threads().filter(|thread| thread.state == ThreadState::Failed).map(|thread| thread.id);
        let globals = world.globals().into_iter().map(|(name, value)| (name.to_string(), without_addresses(&value)));
        Outcome { ending, failed: failed.collect(), globals: globals.collect(), output: None }
    }

    /// How it ended, as it is written in JSON.
    #[must_use]
    pub fn end(&self) -> &'static str {
        match self.ending {
            Ending::Finished if self.failed.is_empty() => "finished",
            Ending::Finished => "crash",
            Ending::Deadlock => "deadlock",
            Ending::CutOff(_) => "limit",
        }
    }

    /// Nothing went wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.ending == Ending::Finished && self.failed.is_empty()
    }
}

/// A `repr` without the addresses in it: which they are is an accident.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_and_everything_else_stays() {
        assert_eq!(
            without_addresses("[<A object at 0x7f10>, <B object at 0x00>, 'at 0']"),
            "[<A object>, <B object>, 'at 0']"
        );
        assert_eq!(without_addresses("1"), "1");
    }
}
