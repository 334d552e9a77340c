//! Why a choice cannot be made.

use crate::event::{Alternative, Choice, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::said::Said;
use std::fmt;
use std::sync::Arc;

/// A choice that does not fit a world, and the reason. It prints as a clause: "B cannot run: it is blocked on `fork[1]`,
/// held by A".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    pub choice: Choice,
    pub reason: Reason,
}

/// Why a thread cannot make that step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No thread has this letter yet.
    NoSuchThread,
    NotStarted,
    /// It is in this state, over.
    Over(ThreadState),
    /// It waits: `on` is the object's name, `owner` who holds it.
    HeldUp {
        state: ThreadState,
        on: Option<Arc<str>>,
        owner: Option<ThreadId>,
    },
    /// `!timeout`, but it does not wait, or without a limit of time.
    NoTimeout,
    /// `!spurious`, but it is not waiting on a condition.
    NotWaiting,
    /// `!wake=N`, but only so many waiters (or sets of them) can be chosen from.
    NoSuchWaiter {
        ways: u32,
    },
    /// `!wake`, but it is not about to notify.
    NoNotify,
    /// `!draw=N`, but the draw is below this number.
    DrawTooLarge {
        below: u64,
    },
    /// `!draw`, but it is not about to draw one number.
    NoDraw,
    /// The run is over.
    Ended,
    /// The step before is not finished: the program waits for input, or its fuel was used up.
    Unfinished,
}

impl Misfit {
    /// The choice and the reason, as a clause.
    #[must_use]
    pub fn said(&self) -> Said {
        let said = |key| Said::new(key).with("thread", self.choice.thread.letter());
        let asked = match self.choice.alternative {
            Alternative::Wake(asked) | Alternative::Draw(asked) => asked,
            _ => 0,
        };
        match &self.reason {
            Reason::NoSuchThread => said("misfit-no-thread"),
            Reason::NotStarted => said("misfit-not-started"),
            Reason::Over(ThreadState::Failed) => said("misfit-failed"),
            Reason::Over(ThreadState::Killed) => said("misfit-killed"),
            Reason::Over(_) => said("misfit-finished"),
            Reason::HeldUp { state, on, owner } => {
                let held_up = held_up(*state, on.as_deref()).with("thread", self.choice.thread.letter());
                match owner {
                    Some(owner) => Said::new("misfit-held").with("told", held_up).with("owner", owner.letter()),
                    None => held_up,
                }
            }
            Reason::NoTimeout => said("misfit-no-timeout"),
            Reason::NotWaiting => said("misfit-not-waiting"),
            Reason::NoSuchWaiter { ways } => said("misfit-no-waiter").with("asked", asked).with("ways", *ways),
            Reason::NoNotify => said("misfit-no-notify"),
            Reason::DrawTooLarge { below } => said("misfit-draw-large").with("asked", asked).with("below", *below),
            Reason::NoDraw => said("misfit-no-draw"),
            Reason::Ended => said("misfit-ended"),
            Reason::Unfinished => said("misfit-unfinished"),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for Misfit {}

fn held_up(state: ThreadState, on: Option<&str>) -> Said {
    let on = |key| match on {
        Some(name) => Said::new(key).with("object", name),
        None => Said::new(key).with("object", Said::new("misfit-something")),
    };
    match state {
        ThreadState::Blocked { .. } => on("misfit-blocked"),
        ThreadState::Waiting { .. } => on("misfit-waits"),
        ThreadState::Joining { thread } => Said::new("misfit-joins").with("other", thread.letter()),
        ThreadState::Sleeping { .. } => Said::new("misfit-sleeps"),
        ThreadState::Reading => Said::new("misfit-reads"),
        _ => Said::new("misfit-not-ready"),
    }
}

/// What a thread waits for, for the reason.
pub(crate) const fn object_of(state: ThreadState) -> Option<ObjectId> {
    match state {
        ThreadState::Blocked { on } | ThreadState::Waiting { on } => Some(on),
        _ => None,
    }
}
