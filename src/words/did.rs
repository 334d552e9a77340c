//! What a thread did, as a sentence. Everything in it comes from the event; the model only lends names.

use super::action::quoted;
use super::call::Call;
use super::{Arg, Words};
use crate::event::{Action, Outcome, Text};
use crate::ids::{ObjectId, ThreadId};
use crate::model::Model;

impl Words {
    /// The performed operation and what came of it, as a sentence with the thread's letter as its subject.
    #[must_use]
    pub fn did(&self, thread: ThreadId, action: &Action, outcome: &Outcome, model: &Model) -> String {
        let telling = Telling { words: self, thread, action, model };
        match outcome {
            Outcome::Done => telling.done(),
            Outcome::Value(value) => telling.value(value),
            Outcome::Refused => telling.refused(),
            Outcome::TimedOut => telling.timed_out(),
            Outcome::Raised(exception) => telling.say(
                "did-raised",
                &[("action", self.action(&plainly(action), model).into()), ("exception", exception.to_string().into())],
            ),
            Outcome::Enqueued => telling.enqueued(),
            Outcome::Woke(woken) => telling.woke(woken),
        }
    }
}

/// The operation without its conditions: whoever hears that it failed need not hear what would have happened otherwise.
fn plainly(action: &Action) -> Action {
    let mut action = action.clone();
    match &mut action {
        Action::Put { blocking, timeout, .. }
        | Action::Get { blocking, timeout, .. }
        | Action::Acquire { blocking, timeout, .. } => {
            *blocking = true;
            *timeout = None;
        }
        _ => {}
    }
    action
}

/// One operation on its way into a sentence.
struct Telling<'a> {
    words: &'a Words,
    thread: ThreadId,
    action: &'a Action,
    model: &'a Model,
}

impl Telling<'_> {
    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut all = vec![("thread", Arg::from(self.thread.letter()))];
        all.extend(args.iter().cloned());
        self.words.with(key, &all)
    }

    fn say_object(&self, key: &str, object: ObjectId) -> String {
        self.say(key, &[("object", self.words.object_name(object, self.model).into())])
    }

    /// The second key is for a condition whose lock has a name of its own.
    fn say_condition(&self, [key, own]: [&str; 2], object: ObjectId) -> String {
        let Some(lock) = self.words.own_lock(object, self.model) else { return self.say_object(key, object) };
        let object = self.words.object_name(object, self.model);
        self.say(own, &[("object", object.into()), ("lock", lock.into())])
    }

    fn say_place(&self, key: &str, object: ObjectId, field: Option<&Text>, value: &str) -> String {
        self.say(
            key,
            &[("place", self.words.place(object, field, self.model).into()), ("value", value.to_owned().into())],
        )
    }

    fn say_action(&self, key: &str) -> String {
        self.say(key, &[("action", self.words.action(self.action, self.model).into())])
    }

    fn say_thread(&self, key: &str, other: ThreadId) -> String {
        self.say(key, &[("other", other.letter().into())])
    }

    /// It succeeded, and there is no more to it.
    fn done(&self) -> String {
        match self.action {
            Action::Write { object, key, value } => {
                self.say_place("did-write", *object, key.as_ref(), &value.to_string())
            }
            Action::Delete { object, key } => {
                self.say("did-delete", &[("place", self.words.place(*object, key.as_ref(), self.model).into())])
            }
            Action::Call { object, call, .. } => self.call(*object, call),
            Action::Acquire { object, .. } => self.say_object("did-acquire", *object),
            Action::Release { object, .. } => self.say_object("did-release", *object),
            Action::Wait { object, .. } => self.say_condition(["did-wait", "did-wait-own"], *object),
            Action::Reacquire { object } => self.say_condition(["did-reacquire", "did-reacquire-own"], *object),
            Action::Notify { object, .. } => self.say_object("did-notify-nobody", *object),
            Action::EventWait { object, .. } => self.say_object("did-event-wait", *object),
            Action::EventSet { object } => self.say_object("did-event-set-nobody", *object),
            Action::EventClear { object } => self.say_object("did-event-clear", *object),
            Action::BarrierWait { object, .. } => self.say_object("did-barrier-pass", *object),
            Action::BarrierAbort { object } => self.say_object("did-barrier-abort", *object),
            Action::BarrierReset { object } => self.say_object("did-barrier-reset", *object),
            Action::Put { object, item, .. } => self.say(
                "did-put",
                &[("object", self.words.object_name(*object, self.model).into()), ("item", item.to_string().into())],
            ),
            Action::TaskDone { object } => self.say_object("did-task-done", *object),
            Action::QueueJoin { object } => self.say_object("did-queue-join", *object),
            Action::Shutdown { object, .. } => self.say_object("did-shutdown", *object),
            Action::Start { thread } => self.start(*thread),
            Action::Join { thread, .. } => self.say_thread("did-join", *thread),
            Action::Sleep { length } => self.say("did-wake-up", &[("time", self.words.duration(*length).into())]),
            Action::Print { text } => self.say("did-print", &[("text", quoted(text).into())]),
            Action::Read { .. }
            | Action::Query { .. }
            | Action::Get { .. }
            | Action::IsAlive { .. }
            | Action::CountThreads
            | Action::Now
            | Action::Random { .. }
            | Action::Input { .. } => self.say_action("did-action"),
        }
    }

    /// It succeeded and gave a value.
    fn value(&self, value: &Text) -> String {
        let shown = value.to_string();
        match self.action {
            Action::Read { object, key } => self.say_place("did-read", *object, key.as_ref(), &shown),
            Action::Call { object, call, .. } => {
                let name = self.words.object_name(*object, self.model);
                match Call::new(&name, &call.to_string()) {
                    Call::Plain(call) => self.say("did-call-value", &[("call", call.into()), ("value", shown.into())]),
                    _ => self.call(*object, call),
                }
            }
            Action::Query { object, question } => self.say(
                "did-query",
                &[
                    ("object", self.words.object_name(*object, self.model).into()),
                    ("question", question.to_string().into()),
                    ("value", shown.into()),
                ],
            ),
            Action::Get { object, .. } => self.say(
                "did-get",
                &[("object", self.words.object_name(*object, self.model).into()), ("value", shown.into())],
            ),
            Action::IsAlive { thread } => {
                self.say("did-is-alive", &[("other", thread.letter().into()), ("value", shown.into())])
            }
            Action::CountThreads => self.say("did-count-threads", &[("value", shown.into())]),
            Action::Now => self.say("did-now", &[("value", shown.into())]),
            Action::Random { call } => {
                self.say("did-random", &[("call", call.to_string().into()), ("value", shown.into())])
            }
            Action::Input { .. } => self.say("did-input", &[("value", quoted(value).into())]),
            // The value says no more than that it succeeded (`acquire` is True, `barrier.wait` a place in the row).
            _ => self.done(),
        }
    }

    /// It did not succeed, and did not wait.
    fn refused(&self) -> String {
        match self.action {
            Action::Acquire { object, .. } => self.say_object("did-acquire-refused", *object),
            _ => self.say_action("did-refused"),
        }
    }

    /// Its time ran out.
    fn timed_out(&self) -> String {
        match self.action {
            Action::Acquire { object, .. } => self.say_object("did-acquire-timed-out", *object),
            Action::Wait { object, .. } => self.say_object("did-wait-timed-out", *object),
            Action::Reacquire { object } => {
                self.say_condition(["did-reacquire-timed-out", "did-reacquire-timed-out-own"], *object)
            }
            Action::EventWait { object, .. } => self.say_object("did-event-wait-timed-out", *object),
            Action::BarrierWait { object, .. } => self.say_object("did-barrier-timed-out", *object),
            Action::Join { thread, .. } => self.say_thread("did-join-timed-out", *thread),
            _ => self.say_action("did-timed-out"),
        }
    }

    /// It began to wait.
    fn enqueued(&self) -> String {
        match self.action {
            Action::Wait { object, .. } => self.say_condition(["did-wait", "did-wait-own"], *object),
            Action::BarrierWait { object, .. } => self.say_object("did-barrier-wait", *object),
            Action::EventWait { object, .. } => self.say_object("did-event-wait-begin", *object),
            Action::Sleep { length } => self.say("did-sleep", &[("time", self.words.duration(*length).into())]),
            Action::Input { .. } => self.say("did-ask", &[]),
            _ => self.say_action("did-enqueued"),
        }
    }

    /// It was performed and woke these threads.
    fn woke(&self, woken: &[ThreadId]) -> String {
        if woken.is_empty() {
            return self.done();
        }
        let (key, object) = match self.action {
            Action::Notify { object, .. } => ("did-notify", *object),
            Action::EventSet { object } => ("did-event-set", *object),
            Action::BarrierWait { object, .. } => ("did-barrier-last", *object),
            Action::BarrierAbort { object } => ("did-barrier-abort-woke", *object),
            _ => return self.done(),
        };
        let others = self.words.letters(woken);
        let args = [
            ("object", self.words.object_name(object, self.model).into()),
            ("others", others.into()),
            ("n", woken.len().into()),
        ];
        self.say(key, &args)
    }

    /// A call on a container.
    fn call(&self, object: ObjectId, call: &Text) -> String {
        let name = self.words.object_name(object, self.model);
        match Call::new(&name, &call.to_string()) {
            Call::Plain(call) => self.say("did-call", &[("call", call.into())]),
            Call::IsEmpty => self.say("did-call-bool", &[("object", name.into())]),
            Call::Begin => self.say("did-call-iter", &[("object", name.into())]),
            Call::Next => self.say("did-call-next", &[("object", name.into())]),
            Call::Contains(item) => self.say("did-call-in", &[("object", name.into()), ("item", item.into())]),
        }
    }

    fn start(&self, other: ThreadId) -> String {
        let name = self.model.thread(other).map_or_else(|| other.letter(), |thread| thread.name.to_string());
        self.say("did-start", &[("other", other.letter().into()), ("name", name.into())])
    }
}
