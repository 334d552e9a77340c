//! Who waited for what, from when to when, and who was in the way.

use super::plan::Plan;
use crate::event::{EventKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{History, Model};

/// A wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    pub thread: ThreadId,
    pub reason: Reason,
    /// Who held the lock when the wait began, or is to end.
    pub holder: Option<ThreadId>,
    /// The first step during which it lasted, and the first one during which it did not.
    pub from: Step,
    pub to: Step,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Object(ObjectId),
    /// The end of this thread.
    End(ThreadId),
}

/// More than these would only be a tangle.
const MOST: usize = 400;

/// The waits, where steps are wide enough to be looked at one by one.
pub(super) fn waits(history: &History, plan: &Plan) -> Vec<Wait> {
    let mut waits = Vec::new();
    if plan.step_width() < 3_00 {
        return waits;
    }
    let mut model = Model::default();
    let mut open: Vec<Option<Wait>> = Vec::new();
    let mut actor = (Step(u32::MAX), None);
    for event in history.events(0..usize::MAX) {
        model.apply(&event);
        if actor.0 != event.step {
            actor = (event.step, history.actor(event.step));
        }
        let place = event.thread.index();
        if let EventKind::Did { .. } = event.kind {
            close(&mut open, place, event.step, &mut waits);
        }
        let EventKind::State(state) = event.kind else { continue };
        // What holds at the end of a step in which the thread acted begins with the next step.
        let acted = actor.1 == Some(event.thread);
        let from = if acted { Step(event.step.0 + 1) } else { event.step };
        close(&mut open, place, from, &mut waits);
        if open.len() <= place && place < model.threads.len() {
            open.resize(place + 1, None);
        }
        if let Some(slot) = open.get_mut(place) {
            *slot = reason(state, &model).map(|(reason, holder)| Wait {
                thread: event.thread,
                reason,
                holder,
                from,
                to: from,
            });
        }
    }
    for place in 0..open.len() {
        close(&mut open, place, plan.after(), &mut waits);
    }
    waits.sort_by_key(|wait| (wait.from, wait.thread));
    waits.truncate(MOST);
    waits
}

/// The wait is over before this step.
fn close(open: &mut [Option<Wait>], place: usize, to: Step, waits: &mut Vec<Wait>) {
    let Some(wait) = open.get_mut(place).and_then(Option::take) else { return };
    if wait.from < to {
        waits.push(Wait { to, ..wait });
    }
}

fn reason(state: ThreadState, model: &Model) -> Option<(Reason, Option<ThreadId>)> {
    match state {
        ThreadState::Blocked { on } => {
            let owner = match model.object(model.lock_of(on)).map(|object| &object.state) {
                Some(ObjectState::Lock { owner, .. }) => *owner,
                _ => None,
            };
            Some((Reason::Object(on), owner))
        }
        ThreadState::Waiting { on } => Some((Reason::Object(on), None)),
        ThreadState::Joining { thread } => Some((Reason::End(thread), None)),
        _ => None,
    }
}
