//! Operations in the vocabulary of events.

use super::Output;
use super::deed::{Came, Deed};
use crate::event::{Access, Action, EventKind, Outcome, Text};
use crate::ids::{Nanos, ObjectId};
use crate::lang::Program;
use crate::vm::{Draw, Op, Patience, Place, Question, Ref, Reply, Value, Vm, types};

/// How many characters of a value are shown.
pub(crate) const VALUE_CHARS: usize = 60;
/// How many characters of printed text an event keeps: what is read from the events is the output, as far as anybody
/// would read it.
const PRINT_CHARS: usize = 64 * 1024;
/// How many of them are shown of what is about to be printed, or has no room in the output.
const GLIMPSE_CHARS: usize = 200;
/// How many characters of a call are shown, and not many more.
const CALL_CHARS: usize = 200;

/// Who knows which lock a condition uses.
pub(crate) trait Locks {
    /// The lock that this object stands for: a condition's, else the object itself.
    fn lock_of(&self, id: ObjectId) -> ObjectId;
}

/// What is needed to say what an operation is, and what came of it.
pub(crate) struct Renderer<'a, L> {
    pub(crate) program: &'a Program,
    pub(crate) vm: &'a Vm,
    pub(crate) locks: &'a L,
    pub(crate) output: &'a Output,
}

impl<L: Locks> Renderer<'_, L> {
    /// What the operation does. `returns`: it is a wait that takes its lock again.
    pub(crate) fn action(&self, op: &Op, returns: bool) -> Action {
        match op {
            Op::Load(place) => {
                let (object, key) = self.place(place);
                Action::Read { object, key }
            }
            Op::Store(place, value) => {
                let (object, key) = self.place(place);
                Action::Write { object, key, value: self.value(*value) }
            }
            Op::Delete(place) => {
                let (object, key) = self.place(place);
                Action::Delete { object, key }
            }
            Op::Method { target, name, args, writes } => Action::Call {
                object: self.vm.object_of(*target).unwrap_or(UNKNOWN),
                access: if *writes { Access::Write } else { Access::Read },
                call: self.call(self.vm.name(self.program, *name), args),
            },
            Op::Wait { condition, .. } if returns => Action::Reacquire { object: *condition },
            Op::Random(draw) => Action::Random { call: draw_text(draw) },
            Op::Print { text, .. } => Action::Print { text: self.written(text) },
            Op::Input { prompt } => Action::Input { prompt: self.written(prompt) },
            Op::Put { queue, item, patience } => Action::Put {
                object: *queue,
                item: self.value(*item),
                blocking: *patience != Patience::None,
                timeout: timeout(*patience),
            },
            _ => self.primitive_action(op),
        }
    }

    /// What the thread is about to do: as [`Renderer::action`], with less of the text it will print.
    pub(crate) fn pending(&self, op: &Op, returns: bool) -> Action {
        match op {
            Op::Print { text, .. } => Action::Print { text: clip(text, GLIMPSE_CHARS) },
            Op::Input { prompt } => Action::Input { prompt: clip(prompt, GLIMPSE_CHARS) },
            _ => self.action(op, returns),
        }
    }

    /// What an event keeps of a text that was just written. All events together keep little more than the output.
    fn written(&self, text: &str) -> Text {
        clip(text, if self.output.dropped(text) { GLIMPSE_CHARS } else { PRINT_CHARS })
    }

    /// The same of a traceback, of which the last line says most.
    pub(crate) fn traceback(&self, text: &str) -> EventKind {
        let kept = if self.output.dropped(text) {
            clip(text.trim_end().lines().last().unwrap_or(""), GLIMPSE_CHARS)
        } else {
            clip(text, PRINT_CHARS)
        };
        EventKind::Traceback(kept.to_string().into())
    }

    /// A memory operation and what will come of it: what is read is what stands there now.
    pub(crate) fn foretell(&self, op: &Op) -> (Action, Outcome) {
        let read = match op {
            Op::Load(place) => self.vm.stored_at(place),
            _ => None,
        };
        let outcome = read.map_or(Outcome::Done, |value| Outcome::Value(self.value(value)));
        (self.action(op, false), outcome)
    }

    /// What a container holds now.
    pub(crate) fn contents(&self, target: Ref) -> EventKind {
        EventKind::Value { object: self.vm.object_of(target).unwrap_or(UNKNOWN), value: self.value(Value::Ref(target)) }
    }

    /// What came of an operation of the kernel. The machine has not moved the item of a queue yet.
    pub(crate) fn performed(&self, action: &Action, deed: &Deed) -> Outcome {
        let item = match *action {
            Action::Get { object, .. } if deed.came == Came::Done => self.vm.queue_first(object),
            _ => None,
        };
        item.map_or_else(|| self.outcome(deed), |item| Outcome::Value(self.value(item)))
    }

    /// What came of an operation, as its answer says.
    pub(crate) fn outcome(&self, deed: &Deed) -> Outcome {
        match (&deed.came, &deed.reply) {
            (Came::TimedOut, _) => Outcome::TimedOut,
            (_, Some(Reply::Raise(exception, message))) => {
                let name = types::name(*exception);
                let text = if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") };
                Outcome::Raised(text.into())
            }
            (Came::Refused, _) => Outcome::Refused,
            (Came::Enqueued, _) => Outcome::Enqueued,
            (Came::Woke(threads), _) => Outcome::Woke(threads.as_slice().into()),
            (Came::Reply, Some(Reply::Value(value))) if *value != Value::None => Outcome::Value(self.value(*value)),
            (Came::Reply, Some(Reply::Text(text))) => Outcome::Value((**text).into()),
            (Came::Reply, Some(Reply::Float(number))) => Outcome::Value(self.value(Value::Float(*number))),
            (Came::Reply | Came::Done, _) => Outcome::Done,
        }
    }

    fn primitive_action(&self, op: &Op) -> Action {
        match *op {
            Op::Acquire { lock, patience } => Action::Acquire {
                object: self.locks.lock_of(lock),
                blocking: patience != Patience::None,
                timeout: timeout(patience),
            },
            Op::Release { lock, count } => Action::Release { object: self.locks.lock_of(lock), count },
            Op::Wait { condition, patience } => Action::Wait { object: condition, timeout: timeout(patience) },
            Op::Notify { condition, count } => Action::Notify { object: condition, count },
            Op::EventWait { event, patience } => Action::EventWait { object: event, timeout: timeout(patience) },
            Op::EventSet(object) => Action::EventSet { object },
            Op::EventClear(object) => Action::EventClear { object },
            Op::BarrierWait { barrier, patience } => {
                Action::BarrierWait { object: barrier, timeout: timeout(patience) }
            }
            // The second half of the wait of whoever ran the action.
            Op::BarrierRelease { barrier, failed: false } => Action::BarrierWait { object: barrier, timeout: None },
            Op::BarrierRelease { barrier: object, failed: true } | Op::BarrierAbort(object) => {
                Action::BarrierAbort { object }
            }
            Op::BarrierReset(object) => Action::BarrierReset { object },
            Op::Get { queue, patience } => {
                Action::Get { object: queue, blocking: patience != Patience::None, timeout: timeout(patience) }
            }
            Op::TaskDone(object) => Action::TaskDone { object },
            Op::QueueJoin(object) => Action::QueueJoin { object },
            Op::Shutdown { queue, immediate } => Action::Shutdown { object: queue, immediate },
            Op::Query { object, question } => Action::Query { object, question: question_text(question).into() },
            Op::Start(thread) => Action::Start { thread },
            Op::Join { thread, patience } => Action::Join { thread, timeout: timeout(patience) },
            Op::IsAlive(thread) => Action::IsAlive { thread },
            Op::Sleep(length) => Action::Sleep { length },
            Op::Enumerate | Op::ActiveCount => Action::CountThreads,
            // What is left here is the clock; everything else was dealt with by `action`.
            _ => Action::Now,
        }
    }

    /// The object a place belongs to, and which part of it.
    fn place(&self, place: &Place) -> (ObjectId, Option<Text>) {
        match self.vm.place(self.program, place) {
            Some((object, key)) => (object, key.map(Text::from)),
            None => (UNKNOWN, None),
        }
    }

    /// A value as its `repr`.
    pub(crate) fn value(&self, value: Value) -> Text {
        match value {
            Value::Int(number) => Text::Int(number),
            _ => self.vm.repr(self.program, value, VALUE_CHARS).into(),
        }
    }

    fn call(&self, name: &str, args: &[Value]) -> Text {
        let mut text = format!("{name}(");
        for (place, arg) in args.iter().enumerate() {
            if place > 0 {
                text.push_str(", ");
            }
            if text.len() > CALL_CHARS {
                text.push('…');
                break;
            }
            text.push_str(&self.vm.repr(self.program, *arg, VALUE_CHARS / 2));
        }
        text.push(')');
        text.into()
    }
}

/// The container that a memory operation changes.
pub(crate) fn changes(op: &Op) -> Option<Ref> {
    match op {
        Op::Method { target, writes: true, .. }
        | Op::Store(Place::Item(target, _), _)
        | Op::Delete(Place::Item(target, _)) => Some(*target),
        _ => None,
    }
}

/// What an object is called that was never declared: nothing is.
const UNKNOWN: ObjectId = ObjectId(u32::MAX);

const fn timeout(patience: Patience) -> Option<Nanos> {
    match patience {
        Patience::For(length) => Some(length),
        Patience::None | Patience::Forever => None,
    }
}

/// The beginning of a text, with `…` for the rest.
fn clip(text: &str, chars: usize) -> Text {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn draw_text(draw: &Draw) -> Text {
    match draw {
        Draw::Below(n) => format!("randrange({n})").into(),
        Draw::Unit => "random()".into(),
        Draw::Bits(count) => format!("getrandbits({count})").into(),
        Draw::Shuffle(n) => format!("shuffle({n} items)").into(),
        Draw::Sample { n, k } => format!("sample({k} of {n} items)").into(),
        Draw::Seed(Some(seed)) => format!("seed({seed})").into(),
        Draw::Seed(None) => "seed()".into(),
    }
}

const fn question_text(question: Question) -> &'static str {
    match question {
        Question::Locked => "locked()",
        Question::IsSet => "is_set()",
        Question::Qsize => "qsize()",
        Question::Empty => "empty()",
        Question::Full => "full()",
        Question::Parties => "parties",
        Question::Waiting => "n_waiting",
        Question::Broken => "broken",
        Question::SemaphoreValue => "_value",
        Question::Unfinished => "unfinished_tasks",
    }
}
