//! The part of the narration that is about everybody but the thread that made the step: who can go on now, who has to
//! wait, what others have come to meanwhile.

use super::narrate::{Did, Narration, Scene, Threads};
use super::state::owner;
use crate::event::{Action, Effect, EventKind, Outcome, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::model::{Model, ThreadView};

/// Of more threads than these it is not told what each of them has come to in somebody else's step.
const OTHERS_MAX: usize = 2;

impl Narration<'_> {
    /// What the step changed for the other threads.
    pub(super) fn others(&mut self, dids: &[Did<'_>]) {
        let actor = self.actor();
        let told = woken(dids);
        let changed = self.scene.events.iter().filter_map(|event| match event.kind {
            EventKind::State(state) if Some(event.thread) != actor && !told.contains(&event.thread) => {
                Some((event.thread, state))
            }
            _ => None,
        });
        let changed: Vec<(ThreadId, ThreadState)> = changed.collect();
        self.freed(&changed, dids);
        if self.scene.threads == Threads::Simulated {
            // Others are held up by what this step took; real threads come to wait by themselves.
            self.given_up();
            self.group(&changed, "why-must-wait", |from, to| {
                matches!(to, ThreadState::Blocked { .. }) && !is_new(from)
            });
            self.blocked_at_once(&changed);
        }
        self.group(&changed, "why-killed", |_, to| to == ThreadState::Killed);
    }

    /// Threads whose time ran out in the very step in which their wait would have begun: the clock jumps as soon as
    /// everybody waits.
    fn given_up(&mut self) {
        let over = |model: &Model, thread: &ThreadView| match thread.pending.as_ref() {
            Some(Action::Acquire { object, timeout: Some(Nanos(1..)), .. }) if thread.state == ThreadState::Ready => {
                owner(model, *object).is_some_and(|owner| owner != thread.id)
            }
            _ => false,
        };
        let before = self.scene.before;
        let was_ready = |thread: &ThreadView| {
            before.thread(thread.id).is_some_and(|seen| seen.state == ThreadState::Ready && !over(before, seen))
        };
        let after = self.scene.after;
        let threads = after.threads.iter().filter(|thread| over(after, thread) && was_ready(thread));
        let threads: Vec<&ThreadView> = threads.collect();
        if !threads.is_empty() {
            // What each of them wanted was never to be seen: it had no step between wanting it and giving up.
            for thread in threads.iter().take(OTHERS_MAX) {
                self.wanted(thread);
            }
            let threads: Vec<ThreadId> = threads.iter().map(|thread| thread.id).collect();
            self.say(
                "why-time-jumps",
                &[("threads", self.words.letters(&threads).into()), ("n", threads.len().into())],
            );
        }
    }

    /// The lock that a thread gives up waiting for, and who has it.
    fn wanted(&mut self, thread: &ThreadView) {
        let Some(object) = thread.pending.as_ref().and_then(Action::object) else { return };
        let Some(owner) = owner(self.scene.after, object) else { return };
        let args = [
            ("thread", thread.id.letter().into()),
            ("object", self.words.object_name(object, self.scene.after).into()),
            ("owner", owner.letter().into()),
            ("line", self.held_since(owner, object).into()),
        ];
        self.say("why-wanted", &args);
    }

    /// Threads that can go on now, by what they were waiting for.
    fn freed(&mut self, changed: &[(ThreadId, ThreadState)], dids: &[Did<'_>]) {
        let scene = self.scene;
        for (key, why) in [
            ("why-contend", Release::Given),
            ("why-awake", Release::Awake),
            ("why-time-up", Release::TimeUp),
            ("why-freed", Release::Freed),
        ] {
            self.group(changed, key, |from, to| to == ThreadState::Ready && release(&scene, from, dids) == Some(why));
        }
    }

    /// Threads that were started just now and cannot do the first thing they want.
    fn blocked_at_once(&mut self, changed: &[(ThreadId, ThreadState)]) {
        for (thread, state) in changed {
            if let ThreadState::Blocked { on } = *state
                && is_new(self.scene.before.thread(*thread))
                && let Some(view) = self.scene.after.thread(*thread)
            {
                self.blocked(view, on);
            }
        }
    }

    /// What other real threads have come to wait for while the step lasted.
    pub(super) fn meanwhile(&mut self, actor: ThreadId, dids: &[Did<'_>]) {
        if self.scene.threads == Threads::Simulated {
            return;
        }
        // What becomes of those that were woken was said when they were.
        let mut told = woken(dids);
        let most = told.len() + OTHERS_MAX;
        for event in self.scene.events {
            let waits = self.scene.after.thread(event.thread).is_some_and(|thread| thread.state.is_held_up())
                && matches!(event.kind, EventKind::State(_));
            let acted = event.thread == actor || dids.iter().any(|(thread, ..)| *thread == event.thread);
            let said = told.contains(&event.thread) || self.is_told_of(event.thread);
            if waits && !acted && !said && told.len() < most {
                told.push(event.thread);
                self.next(event.thread, &[]);
            }
        }
    }

    /// Says `key` of the threads whose change of state fits, if there are any.
    fn group(
        &mut self,
        changed: &[(ThreadId, ThreadState)],
        key: &str,
        fits: impl Fn(Option<&ThreadView>, ThreadState) -> bool,
    ) {
        let threads: Vec<ThreadId> = changed
            .iter()
            .filter(|(thread, to)| fits(self.scene.before.thread(*thread), *to))
            .map(|(thread, _)| *thread)
            .collect();
        if !threads.is_empty() {
            self.say(key, &[("threads", self.words.letters(&threads).into()), ("n", threads.len().into())]);
        }
    }
}

/// The threads that the step woke: the sentence about the operation names them.
fn woken(dids: &[Did<'_>]) -> Vec<ThreadId> {
    let woken =
        dids.iter().filter_map(|(_, _, outcome)| if let Outcome::Woke(woken) = outcome { Some(woken) } else { None });
    woken.flat_map(|woken| woken.iter().copied()).collect()
}

/// Why a thread can go on that could not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Release {
    /// The lock or place it wants was given back.
    Given,
    /// It has slept long enough.
    Awake,
    /// It has waited as long as it wanted to.
    TimeUp,
    /// What it waited for has happened.
    Freed,
}

/// Why a thread that looked like this before the step can go on after it; `None` when it could before.
fn release(scene: &Scene<'_>, before: Option<&ThreadView>, dids: &[Did<'_>]) -> Option<Release> {
    let before = before?;
    match before.state {
        ThreadState::Sleeping { .. } => Some(Release::Awake),
        // What another step has freed may be told in this one.
        ThreadState::Blocked { on } | ThreadState::Waiting { on }
            if scene.threads == Threads::Real && !concerns(scene, dids, on) =>
        {
            Some(Release::Freed)
        }
        ThreadState::Blocked { .. } if dids.iter().any(|(_, action, outcome)| gives_back(action, outcome)) => {
            Some(Release::Given)
        }
        ThreadState::Blocked { on } | ThreadState::Waiting { on } => {
            let touched = dids.iter().any(|(_, action, _)| action.object() == Some(on));
            let timed = before.pending.as_ref().is_some_and(|action| action.timeout().is_some());
            Some(if timed && !touched { Release::TimeUp } else { Release::Freed })
        }
        ThreadState::Joining { .. } | ThreadState::Reading => Some(Release::Freed),
        _ => None,
    }
}

/// True when the operation gave a lock or a place back.
const fn gives_back(action: &Action, outcome: &Outcome) -> bool {
    matches!(Effect::of(action, outcome), Effect::Gives(..) | Effect::Parks(_))
}

/// True for a thread that had not been started before this step.
fn is_new(before: Option<&ThreadView>) -> bool {
    before.is_none_or(|thread| thread.state == ThreadState::New)
}

/// True when one of the operations was on this object, or on a condition that uses it.
fn concerns(scene: &Scene<'_>, dids: &[Did<'_>], object: ObjectId) -> bool {
    let lock = |object| scene.after.lock_of(object);
    dids.iter().any(|(_, action, _)| action.object().map(lock) == Some(lock(object)))
}
