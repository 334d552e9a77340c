//! What happened in a step, as a note can name it.

use crate::detect::Finding;
use crate::event::{Access, Action, Effect, Event, EventKind, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::Model;
use crate::scenario::{NoteEvent, When, fits};
use smallvec::{SmallVec, smallvec};

/// One thing that happened, or was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    what: What,
    /// Who did it, and whom it is about.
    threads: SmallVec<[ThreadId; 2]>,
    objects: SmallVec<[ObjectId; 1]>,
    lines: SmallVec<[u32; 1]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// An operation was performed.
    Deed(SmallVec<[NoteEvent; 2]>),
    /// Something came of it.
    Event(NoteEvent),
    /// A detector found this.
    Finding(&'static str),
}

impl Fact {
    /// What the event says.
    pub(super) fn of(event: &Event, facts: &mut Vec<Fact>) {
        let fact = |what, object: Option<ObjectId>| Fact {
            what,
            threads: smallvec![event.thread],
            objects: object.into_iter().collect(),
            lines: smallvec![event.line],
        };
        match &event.kind {
            EventKind::Did { action, outcome } => {
                let mut deed = fact(What::Deed(deeds(action, outcome)), action.object());
                if let Action::Start { thread } = action {
                    deed.threads.push(*thread);
                }
                facts.push(deed);
                if let Outcome::Woke(threads) = outcome
                    && !threads.is_empty()
                {
                    let mut woken = fact(What::Event(NoteEvent::Woken), action.object());
                    woken.threads.extend_from_slice(threads);
                    facts.push(woken);
                }
            }
            EventKind::State(state) => {
                if let Some((event, object)) = news(*state) {
                    facts.push(fact(What::Event(event), object));
                }
            }
            EventKind::Ended(_) => facts.push(fact(What::Event(NoteEvent::Ended), None)),
            _ => {}
        }
    }

    /// What the finding says.
    pub(super) fn found(finding: &Finding) -> Fact {
        Fact {
            what: What::Finding(finding.kind.name()),
            threads: finding.threads.iter().copied().collect(),
            objects: finding.objects.iter().copied().collect(),
            lines: finding.lines.iter().copied().collect(),
        }
    }

    /// True when this alone is all that is asked for, findings apart.
    fn is_all_of(&self, when: &When, model: &Model) -> bool {
        let event = match (&self.what, when.event) {
            (What::Deed(events), Some(event)) => events.contains(&event),
            (What::Event(event), Some(wanted)) => *event == wanted,
            (What::Finding(_) | What::Deed(_), None) => true,
            (What::Finding(_), Some(_)) | (What::Event(_), None) => false,
        };
        event
            && when.line.is_none_or(|line| self.lines.contains(&line))
            && when.object.as_ref().is_none_or(|name| self.objects.iter().any(|object| is_called(*object, name, model)))
            && when.thread.as_ref().is_none_or(|name| {
                self.threads.iter().any(|thread| model.thread(*thread).is_some_and(|view| fits(name, &view.name)))
            })
    }
}

/// True when everything that is named was true of the step with these facts; `model` is the picture after it.
pub(super) fn holds(when: &When, facts: &[Fact], model: &Model) -> bool {
    let is_found = |fact: &Fact| matches!(fact.what, What::Finding(name) if Some(name) == when.finding);
    if when.finding.is_some() && !facts.iter().any(is_found) {
        return false;
    }
    // What is named besides was done in the step, or the finding itself speaks of it.
    let counts = |fact: &Fact| !matches!(fact.what, What::Finding(_)) || is_found(fact);
    facts.iter().any(|fact| counts(fact) && fact.is_all_of(when, model))
}

/// A condition and its lock are the same thing to whoever waits for it.
fn is_called(object: ObjectId, name: &str, model: &Model) -> bool {
    let called = |id| model.object(id).is_some_and(|object| fits(name, &object.name));
    called(object) || called(model.lock_of(object))
}

/// What an operation was. In vain is what was refused, what ran out of time, and a queue that had nothing or no room.
fn deeds(action: &Action, outcome: &Outcome) -> SmallVec<[NoteEvent; 2]> {
    let in_vain = matches!(outcome, Outcome::Refused | Outcome::TimedOut);
    if let Effect::Takes(_) | Effect::Resumes(_) = Effect::of(action, outcome) {
        return if in_vain {
            smallvec![NoteEvent::Refused, NoteEvent::Acquired]
        } else {
            smallvec![NoteEvent::Acquired]
        };
    }
    match (action, outcome) {
        (Action::Put { .. } | Action::Get { .. }, Outcome::Raised(_)) => smallvec![NoteEvent::Refused],
        (_, Outcome::Raised(_)) => SmallVec::new(),
        _ if in_vain => smallvec![NoteEvent::Refused],
        (Action::Wait { .. }, _) => smallvec![NoteEvent::Released, NoteEvent::Waits],
        (Action::Release { .. }, _) => smallvec![NoteEvent::Released],
        (Action::Notify { .. } | Action::EventSet { .. }, _) => smallvec![NoteEvent::Notified],
        (Action::Read { .. } | Action::Call { access: Access::Read, .. }, _) => smallvec![NoteEvent::Read],
        (Action::Write { .. } | Action::Delete { .. } | Action::Call { access: Access::Write, .. }, _) => {
            smallvec![NoteEvent::Wrote]
        }
        (Action::Start { .. }, _) => smallvec![NoteEvent::Started],
        (Action::Print { .. }, _) => smallvec![NoteEvent::Printed],
        (Action::Sleep { .. }, _) => smallvec![NoteEvent::Slept],
        _ => SmallVec::new(),
    }
}

/// What a new state tells.
const fn news(state: ThreadState) -> Option<(NoteEvent, Option<ObjectId>)> {
    match state {
        ThreadState::Blocked { on } => Some((NoteEvent::Blocked, Some(on))),
        ThreadState::Waiting { on } => Some((NoteEvent::Waits, Some(on))),
        ThreadState::Finished => Some((NoteEvent::Finished, None)),
        ThreadState::Failed => Some((NoteEvent::Failed, None)),
        ThreadState::New
        | ThreadState::Ready
        | ThreadState::Joining { .. }
        | ThreadState::Sleeping { .. }
        | ThreadState::Reading
        | ThreadState::Killed => None,
    }
}
