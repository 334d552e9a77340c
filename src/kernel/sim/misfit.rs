//! Why a choice cannot be made.

use crate::event::{Alternative, Choice, ThreadState};
use crate::ids::{ObjectId, ThreadId};
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

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thread = self.choice.thread.letter();
        match &self.reason {
            Reason::NoSuchThread => write!(f, "there is no thread {thread}"),
            Reason::NotStarted => write!(f, "{thread} cannot run: it has not been started"),
            Reason::Over(state) => write!(f, "{thread} cannot run: it {}", over(*state)),
            Reason::HeldUp { state, on, owner } => {
                write!(f, "{thread} cannot run: it ")?;
                held_up(*state, on.as_deref().unwrap_or("something"), f)?;
                owner.map_or(Ok(()), |owner| write!(f, ", held by {owner}"))
            }
            Reason::NoTimeout => write!(f, "{thread} cannot time out: it does not wait for a limited time"),
            Reason::NotWaiting => write!(f, "{thread} cannot wake spuriously: it is not waiting on a condition"),
            Reason::NoSuchWaiter { ways } => {
                let Alternative::Wake(asked) = self.choice.alternative else { return Ok(()) };
                write!(f, "{thread} cannot wake number {asked}: there are {ways} to choose from, counted from 0")
            }
            Reason::NoNotify => write!(f, "{thread} cannot choose whom to wake: it is not about to notify"),
            Reason::DrawTooLarge { below } => {
                let Alternative::Draw(asked) = self.choice.alternative else { return Ok(()) };
                write!(f, "{thread} cannot draw {asked}: the draw is below {below}")
            }
            Reason::NoDraw => write!(f, "{thread} cannot choose a draw: it is not about to draw one number"),
            Reason::Ended => write!(f, "{thread} cannot run: the run is over"),
            Reason::Unfinished => write!(f, "{thread} cannot run: the step before is not finished"),
        }
    }
}

impl std::error::Error for Misfit {}

const fn over(state: ThreadState) -> &'static str {
    match state {
        ThreadState::Failed => "has failed",
        ThreadState::Killed => "was killed",
        _ => "has finished",
    }
}

fn held_up(state: ThreadState, on: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match state {
        ThreadState::Blocked { .. } => write!(f, "is blocked on {on}"),
        ThreadState::Waiting { .. } => write!(f, "waits on {on}"),
        ThreadState::Joining { thread } => write!(f, "waits for the end of {thread}"),
        ThreadState::Sleeping { .. } => write!(f, "sleeps"),
        ThreadState::Reading => write!(f, "waits for input"),
        _ => write!(f, "is not ready"),
    }
}

/// What a thread waits for, for the reason.
pub(crate) const fn object_of(state: ThreadState) -> Option<ObjectId> {
    match state {
        ThreadState::Blocked { on } | ThreadState::Waiting { on } => Some(on),
        _ => None,
    }
}
