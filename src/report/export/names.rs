//! What things are called in tables: the words of the trace format, in no language.

use crate::event::{Action, EventKind, Outcome, ThreadState};

/// What happened.
pub(super) const fn event(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Thread(_) => "thread",
        EventKind::Object(_) => "object",
        EventKind::Named { .. } => "named",
        EventKind::Renamed { .. } => "renamed",
        EventKind::Did { .. } => "did",
        EventKind::Value { .. } => "value",
        EventKind::Pending(_) => "pending",
        EventKind::State(_) => "state",
        EventKind::Traceback(_) => "traceback",
        EventKind::Ended(_) => "ended",
    }
}

/// An operation.
pub(super) const fn action(action: &Action) -> &'static str {
    match action {
        Action::Read { .. } => "read",
        Action::Write { .. } => "write",
        Action::Delete { .. } => "delete",
        Action::Call { .. } => "call",
        Action::Acquire { .. } => "acquire",
        Action::Release { .. } => "release",
        Action::Query { .. } => "query",
        Action::Wait { .. } => "wait",
        Action::Reacquire { .. } => "reacquire",
        Action::Notify { .. } => "notify",
        Action::EventWait { .. } => "event_wait",
        Action::EventSet { .. } => "event_set",
        Action::EventClear { .. } => "event_clear",
        Action::BarrierWait { .. } => "barrier_wait",
        Action::BarrierAbort { .. } => "barrier_abort",
        Action::BarrierReset { .. } => "barrier_reset",
        Action::Put { .. } => "put",
        Action::Get { .. } => "get",
        Action::TaskDone { .. } => "task_done",
        Action::QueueJoin { .. } => "queue_join",
        Action::Shutdown { .. } => "shutdown",
        Action::Start { .. } => "start",
        Action::Join { .. } => "join",
        Action::IsAlive { .. } => "is_alive",
        Action::CountThreads => "count_threads",
        Action::Sleep { .. } => "sleep",
        Action::Now => "now",
        Action::Random { .. } => "random",
        Action::Print { .. } => "print",
        Action::Input { .. } => "input",
    }
}

/// What came of it.
pub(super) const fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Value(_) => "value",
        Outcome::Refused => "refused",
        Outcome::TimedOut => "timed_out",
        Outcome::Raised(_) => "raised",
        Outcome::Enqueued => "enqueued",
        Outcome::Woke(_) => "woke",
    }
}

/// The state of a thread.
pub(super) const fn state(state: ThreadState) -> &'static str {
    match state {
        ThreadState::New => "new",
        ThreadState::Ready => "ready",
        ThreadState::Blocked { .. } => "blocked",
        ThreadState::Waiting { .. } => "waiting",
        ThreadState::Joining { .. } => "joining",
        ThreadState::Sleeping { .. } => "sleeping",
        ThreadState::Reading => "reading",
        ThreadState::Finished => "finished",
        ThreadState::Failed => "failed",
        ThreadState::Killed => "killed",
    }
}
