//! States of threads and objects in words.

use super::Words;
use crate::event::{End, Limit, ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{Model, ObjectView};

impl Words {
    /// The name of a thread's state, one word for a column: "ready", "blocked".
    #[must_use]
    pub fn state(&self, state: ThreadState) -> String {
        self.t(match state {
            ThreadState::New => "state-new",
            ThreadState::Ready => "state-ready",
            ThreadState::Blocked { .. } => "state-blocked",
            ThreadState::Waiting { .. } => "state-waiting",
            ThreadState::Joining { .. } => "state-joining",
            ThreadState::Sleeping { .. } => "state-sleeping",
            ThreadState::Reading => "state-reading",
            ThreadState::Finished => "state-finished",
            ThreadState::Failed => "state-failed",
            ThreadState::Killed => "state-killed",
        })
    }

    /// What holds a thread up, as a clause after its letter: "is blocked: B holds lock". What it is free to do, or
    /// that it is over, when nothing does.
    #[must_use]
    pub fn state_clause(&self, state: ThreadState, model: &Model) -> String {
        let named = |key: &str, on: ObjectId| self.with(key, &[("object", self.object_name(on, model).into())]);
        match state {
            ThreadState::New => self.t("clause-new"),
            ThreadState::Ready => self.t("clause-ready"),
            ThreadState::Blocked { on } => match owner(model, on) {
                Some(owner) => self.with(
                    "clause-blocked",
                    &[("object", self.object_name(on, model).into()), ("owner", owner.letter().into())],
                ),
                None => named("clause-blocked-nobody", on),
            },
            ThreadState::Waiting { on } => named("clause-waiting", on),
            ThreadState::Joining { thread } => self.with("clause-joining", &[("thread", thread.letter().into())]),
            ThreadState::Sleeping { until } => self.with("clause-sleeping", &[("time", self.duration(until).into())]),
            ThreadState::Reading => self.t("clause-reading"),
            ThreadState::Finished => self.t("clause-finished"),
            ThreadState::Failed => self.t("clause-failed"),
            ThreadState::Killed => self.t("clause-killed"),
        }
    }

    /// What kind of thing an object is: "lock", "condition".
    #[must_use]
    pub fn kind(&self, kind: ObjectKind) -> String {
        self.t(match kind {
            ObjectKind::Variable => "kind-variable",
            ObjectKind::Instance => "kind-instance",
            ObjectKind::Class => "kind-class",
            ObjectKind::List => "kind-list",
            ObjectKind::Dict => "kind-dict",
            ObjectKind::Set => "kind-set",
            ObjectKind::Deque => "kind-deque",
            ObjectKind::Lock => "kind-lock",
            ObjectKind::RLock => "kind-rlock",
            ObjectKind::RwLock => "kind-rwlock",
            ObjectKind::Condition => "kind-condition",
            ObjectKind::Event => "kind-event",
            ObjectKind::Semaphore => "kind-semaphore",
            ObjectKind::BoundedSemaphore => "kind-bounded-semaphore",
            ObjectKind::Barrier => "kind-barrier",
            ObjectKind::Queue => "kind-queue",
            ObjectKind::LifoQueue => "kind-lifo-queue",
            ObjectKind::PriorityQueue => "kind-priority-queue",
            ObjectKind::SimpleQueue => "kind-simple-queue",
        })
    }

    /// The state of an object, short enough for a column: "held by A", "free", "2 of 5 left", "set".
    #[must_use]
    pub fn object_state(&self, object: &ObjectView, model: &Model) -> String {
        match &object.state {
            ObjectState::Data(None) => self.t("object-unbound"),
            ObjectState::Data(Some(value)) => super::safe(&value.to_string()).into_owned(),
            ObjectState::Fields(_) => fields(object),
            ObjectState::Lock { owner: None, .. } => self.t("object-free"),
            ObjectState::Lock { owner: Some(owner), depth: 0 | 1 } => {
                self.with("object-held", &[("thread", owner.letter().into())])
            }
            ObjectState::Lock { owner: Some(owner), depth } => {
                self.with("object-held-deep", &[("thread", owner.letter().into()), ("n", (*depth).into())])
            }
            ObjectState::Condition { lock } => match owner_of_lock(model, *lock) {
                Some(owner) => self.with("object-condition-held", &[("thread", owner.letter().into())]),
                None => self.t("object-condition-free"),
            },
            ObjectState::Event { set: true } => self.t("object-set"),
            ObjectState::Event { set: false } => self.t("object-clear"),
            ObjectState::Semaphore { value, bound: None } => {
                self.with("object-places", &[("n", value.to_string().into())])
            }
            ObjectState::Semaphore { value, bound: Some(bound) } => {
                self.with("object-places-of", &[("n", value.to_string().into()), ("bound", bound.to_string().into())])
            }
            ObjectState::Barrier { broken: true, .. } => self.t("object-broken"),
            ObjectState::Barrier { parties, broken: false } => {
                self.with("object-parties", &[("n", object.waiters.len().into()), ("parties", (*parties).into())])
            }
            ObjectState::Queue { closed: true, items, .. } => {
                self.with("object-queue-closed", &[("n", items.len().into())])
            }
            ObjectState::Queue { items, capacity: None, .. } => self.with("object-items", &[("n", items.len().into())]),
            ObjectState::Queue { items, capacity: Some(capacity), .. } => {
                self.with("object-items-of", &[("n", items.len().into()), ("capacity", (*capacity).into())])
            }
        }
    }

    /// How a run ended, as a sentence.
    #[must_use]
    pub fn end(&self, end: &End) -> String {
        match end {
            End::Finished => self.t("end-finished"),
            End::Deadlock => self.t("end-deadlock"),
            End::Limit(limit) => self.limit(*limit),
            End::Unmodelled { what, line } => {
                self.with("end-unmodelled", &[("what", what.as_ref().into()), ("line", (*line).into())])
            }
        }
    }

    fn limit(&self, limit: Limit) -> String {
        let (key, number) = match limit {
            Limit::Steps(n) => ("end-limit-steps", n),
            Limit::Spin(n) => ("end-limit-spin", n),
            Limit::Memory(n) => ("end-limit-memory", n / (1024 * 1024)),
            Limit::Time(n) => ("end-limit-time", n),
        };
        self.with(key, &[("n", grouped(number).into())])
    }
}

/// The attributes seen so far: `.balance=70 .name='alex'`.
fn fields(object: &ObjectView) -> String {
    let shown =
        object.fields.iter().filter_map(|(key, field)| field.value.as_ref().map(|value| format!("{key}={value}")));
    super::safe(&shown.collect::<Vec<_>>().join(" ")).into_owned()
}

/// A number with its thousands apart: 1,000,000.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Who holds the lock, or the lock of the condition.
pub(super) fn owner(model: &Model, object: ObjectId) -> Option<ThreadId> {
    match &model.object(object)?.state {
        ObjectState::Condition { lock } => owner_of_lock(model, *lock),
        _ => owner_of_lock(model, object),
    }
}

fn owner_of_lock(model: &Model, lock: ObjectId) -> Option<ThreadId> {
    match &model.object(lock)?.state {
        ObjectState::Lock { owner, .. } => *owner,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 200_000_000].map(grouped), ["0", "999", "1,000", "200,000,000"]);
    }
}
