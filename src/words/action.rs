//! Operations in words: what a thread is about to do.

use super::{Arg, Words};
use crate::event::{Action, Text};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::model::Model;

impl Words {
    /// What the operation does, as a phrase that goes on from "about to": "store 1 into n", "acquire lock",
    /// "join A".
    #[must_use]
    pub fn action(&self, action: &Action, model: &Model) -> String {
        let on = |object: ObjectId| ("object", Arg::from(self.object_name(object, model)));
        let one = |key: &str, object: ObjectId| self.with(key, &[on(object)]);
        match action {
            Action::Read { object, key } => {
                self.with("action-read", &[("place", self.place(*object, key.as_ref(), model).into())])
            }
            Action::Write { object, key, value } => self.with(
                "action-write",
                &[("place", self.place(*object, key.as_ref(), model).into()), ("value", value.to_string().into())],
            ),
            Action::Delete { object, key } => {
                self.with("action-delete", &[("place", self.place(*object, key.as_ref(), model).into())])
            }
            Action::Call { object, call, .. } => self.call(&self.object_name(*object, model), &call.to_string()),
            Action::Acquire { object, blocking: false, .. } => one("action-acquire-try", *object),
            Action::Acquire { object, timeout, .. } => {
                self.timed(["action-acquire", "action-acquire-timed"], on(*object), *timeout)
            }
            Action::Release { object, count: 1 } => one("action-release", *object),
            Action::Release { object, count } => {
                self.with("action-release-many", &[on(*object), ("n", (*count).into())])
            }
            Action::Query { object, question } => {
                self.with("action-query", &[on(*object), ("question", question.to_string().into())])
            }
            Action::Wait { object, timeout } => self.timed(["action-wait", "action-wait-timed"], on(*object), *timeout),
            Action::Reacquire { object } => match self.own_lock(*object, model) {
                Some(lock) => self.with("action-reacquire-own", &[("lock", lock.into())]),
                None => one("action-reacquire", *object),
            },
            Action::Notify { object, count: None } => one("action-notify-all", *object),
            Action::Notify { object, count: Some(1) } => one("action-notify", *object),
            Action::Notify { object, count: Some(count) } => {
                self.with("action-notify-many", &[on(*object), ("n", (*count).into())])
            }
            Action::EventWait { object, timeout } => {
                self.timed(["action-event-wait", "action-event-wait-timed"], on(*object), *timeout)
            }
            Action::EventSet { object } => one("action-event-set", *object),
            Action::EventClear { object } => one("action-event-clear", *object),
            Action::BarrierWait { object, timeout } => {
                self.timed(["action-barrier-wait", "action-barrier-wait-timed"], on(*object), *timeout)
            }
            Action::BarrierAbort { object } => one("action-barrier-abort", *object),
            Action::BarrierReset { object } => one("action-barrier-reset", *object),
            Action::Put { object, item, blocking: false, .. } => {
                self.with("action-put-try", &[on(*object), ("item", item.to_string().into())])
            }
            Action::Put { object, item, .. } => {
                self.with("action-put", &[on(*object), ("item", item.to_string().into())])
            }
            Action::Get { object, blocking: false, .. } => one("action-get-try", *object),
            Action::Get { object, timeout, .. } => {
                self.timed(["action-get", "action-get-timed"], on(*object), *timeout)
            }
            Action::TaskDone { object } => one("action-task-done", *object),
            Action::QueueJoin { object } => one("action-queue-join", *object),
            Action::Shutdown { object, immediate: false } => one("action-shutdown", *object),
            Action::Shutdown { object, immediate: true } => one("action-shutdown-now", *object),
            Action::Start { thread } => self.with("action-start", &[("thread", thread.letter().into())]),
            Action::Join { thread, timeout } => {
                self.timed(["action-join", "action-join-timed"], ("thread", thread.letter().into()), *timeout)
            }
            Action::IsAlive { thread } => self.with("action-is-alive", &[("thread", thread.letter().into())]),
            Action::CountThreads => self.t("action-count-threads"),
            Action::Sleep { length } => self.with("action-sleep", &[("time", self.duration(*length).into())]),
            Action::Now => self.t("action-now"),
            Action::Random { call } => self.with("action-random", &[("call", call.to_string().into())]),
            Action::Print { text } => self.with("action-print", &[("text", quoted(text).into())]),
            Action::Input { .. } => self.t("action-input"),
        }
    }

    /// A length of time: "0.5 s" as programs have it, "20 us" where that is too coarse.
    #[must_use]
    pub fn duration(&self, length: Nanos) -> String {
        let (key, number) = match length.0 {
            0 => ("time-seconds", "0".to_owned()),
            ns if ns < 1_000 => ("time-nanoseconds", ns.to_string()),
            ns if ns < 1_000_000 => ("time-microseconds", thousandths(ns)),
            ns => ("time-seconds", thousandths(ns / 1_000_000)),
        };
        self.with(key, &[("n", number.into())])
    }

    /// The letters of threads as a list in words: "A, B and C".
    #[must_use]
    pub fn letters(&self, threads: &[ThreadId]) -> String {
        self.list(&threads.iter().map(|thread| thread.letter()).collect::<Vec<_>>())
    }

    /// Sentences one after the other.
    #[must_use]
    pub fn sentences(&self, sentences: &[String]) -> String {
        sentences.join(&self.t("list-sentence"))
    }

    /// A list in words: "a, b and c".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [head @ .., last] => {
                let head = head.join(&self.t("list-comma"));
                self.with("list-and", &[("head", head.into()), ("last", last.as_str().into())])
            }
        }
    }

    fn timed(&self, [plain, timed]: [&str; 2], what: (&str, Arg<'_>), timeout: Option<Nanos>) -> String {
        match timeout {
            None => self.with(plain, &[what]),
            Some(length) => self.with(timed, &[what, ("time", self.duration(length).into())]),
        }
    }
}

/// A number of thousandths as a decimal without trailing zeros: 1500 is "1.5".
fn thousandths(number: u64) -> String {
    let text = format!("{}.{:03}", number / 1000, number % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What is printed, in quotes, on one line, without the end of line that `print` adds.
pub(super) fn quoted(text: &Text) -> String {
    const SHOWN: usize = 40;
    let text = text.to_string();
    let text = text.strip_suffix('\n').unwrap_or(&text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("'{}..'", &text[..end]),
        None => format!("'{text}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn lengths_of_time_have_a_fitting_unit() {
        let words = Words::new(Lang::En);
        let shown =
            [0, 10_000, 1_500_000, 500_000_000, 2_000_000_000, 12_345_678_901, 7].map(|n| words.duration(Nanos(n)));
        assert_eq!(shown, ["0 s", "10 us", "0.001 s", "0.5 s", "2 s", "12.345 s", "7 ns"]);
    }

    #[test]
    fn lists_read_like_sentences() {
        let list = |lang, n: u32| Words::new(lang).letters(&(1..=n).map(ThreadId).collect::<Vec<_>>());
        assert_eq!([0, 1, 2, 3].map(|n| list(Lang::En, n)), ["", "A", "A and B", "A, B and C"]);
        assert_eq!([1, 2, 3].map(|n| list(Lang::Zh, n)), ["A", "A 和 B", "A、B 和 C"]);
    }

    #[test]
    fn printed_text_is_quoted_and_cut() {
        assert_eq!(quoted(&"hello\n".into()), "'hello'");
        assert_eq!(quoted(&"x".repeat(50).into()), format!("'{}..'", "x".repeat(40)));
        assert_eq!(quoted(&"好".repeat(41).into()), format!("'{}..'", "好".repeat(40)));
    }
}
