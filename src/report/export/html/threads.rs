//! The rows of the table of threads, and which of them a step changed.

use super::strings::{Both, NOTHING, Strings, TextId};
use crate::event::{Action, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{Model, ObjectView, ThreadView};
use crate::words::{Words, safe};
use serde::Serialize;
use std::sync::Arc;

/// Threads beyond this number have no row.
pub(super) const THREADS_MAX: usize = 1000;

/// Stands for nobody in numbers of threads.
pub(super) const NOBODY: i64 = -1;

/// Number, name, state (a row of the table of states), line, what it is about to do, for whom it waits, what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ThreadRow(pub u32, pub TextId, pub u8, pub u32, pub TextId, pub i64, pub TextId);

/// What a row was made of.
struct Known {
    name: Arc<str>,
    state: ThreadState,
    line: u32,
    pending: Option<Action>,
    keeper: Option<ThreadId>,
    holds: Vec<(ObjectId, u32)>,
    exception: Option<Arc<str>>,
}

impl Known {
    fn of(thread: &ThreadView, keeper: Option<ThreadId>) -> Known {
        Known {
            name: Arc::clone(&thread.name),
            state: thread.state,
            line: thread.line,
            pending: thread.pending.clone(),
            keeper,
            holds: thread.holds.clone(),
            exception: thread.exception.clone(),
        }
    }

    fn is(&self, thread: &ThreadView, keeper: Option<ThreadId>) -> bool {
        self.state == thread.state
            && self.line == thread.line
            && self.keeper == keeper
            && self.pending == thread.pending
            && self.holds == thread.holds
            && self.name == thread.name
            && self.exception == thread.exception
    }
}

/// The rows as they were last told.
#[derive(Default)]
pub(super) struct Threads {
    known: Vec<Known>,
}

impl Threads {
    /// The rows that are different now. `renamed` says that objects have other names than before.
    pub(super) fn changed(&mut self, model: &Model, renamed: bool, strings: &mut Strings) -> Vec<ThreadRow> {
        let mut rows = Vec::new();
        for (index, thread) in model.threads.iter().take(THREADS_MAX).enumerate() {
            let keeper = keeper(model, thread);
            match self.known.get_mut(index) {
                Some(known) if known.is(thread, keeper) && !renamed => continue,
                Some(known) => *known = Known::of(thread, keeper),
                None => self.known.push(Known::of(thread, keeper)),
            }
            rows.push(row(model, thread, strings));
        }
        rows
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}

/// The row of one thread.
fn row(model: &Model, thread: &ThreadView, strings: &mut Strings) -> ThreadRow {
    let name = strings.put(Both::same(safe(&thread.name)));
    let about = match &thread.exception {
        // A thread that was ended by an exception will do nothing any more; why it ended takes the place.
        Some(exception) => strings.put(Both::same(safe(exception))),
        None => strings.say(|words| about(words, model, thread)),
    };
    let holds = if thread.holds.is_empty() { NOTHING } else { strings.say(|words| holds(words, model, thread)) };
    let keeper = keeper(model, thread).map_or(NOBODY, |keeper| i64::from(keeper.0));
    ThreadRow(thread.id.0, name, super::states::number(thread.state), thread.line, about, keeper, holds)
}

/// What it will do when it runs next.
fn about(words: &Words, model: &Model, thread: &ThreadView) -> String {
    match (gil_first(model, thread), &thread.pending) {
        (Some(take), _) => words.action(&take, model),
        (None, Some(pending)) => words.action(pending, model),
        (None, None) => String::new(),
    }
}

/// Before what a thread is about to do it may have to wait for the lock of the interpreter.
fn gil_first(model: &Model, thread: &ThreadView) -> Option<Action> {
    let ThreadState::Blocked { on } = thread.state else { return None };
    let take = Action::Acquire { object: on, blocking: true, timeout: None };
    model.object(on)?.is_gil().then_some(take)
}

/// Who has to do something before the thread can go on: whoever holds the lock, whoever is joined.
fn keeper(model: &Model, thread: &ThreadView) -> Option<ThreadId> {
    match thread.state {
        ThreadState::Blocked { on } => model.object(model.lock_of(on)).and_then(ObjectView::owner),
        ThreadState::Joining { thread } => Some(thread),
        _ => None,
    }
}

/// The names of what it holds.
fn holds(words: &Words, model: &Model, thread: &ThreadView) -> String {
    let names: Vec<_> = thread.holds.iter().map(|(object, _)| words.name(&model.object_name(*object))).collect();
    names.join(&words.t("list-comma"))
}
