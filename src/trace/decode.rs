//! Lines as records: every field that is needed is there and says something that is known. Whether the record fits to
//! those before it is the [`Reader`](super::Reader)'s business.

use super::Record;
use super::line::acts_on_terminals;
use super::wire::{Initial, Str, Wire};
use crate::event::{
    Access, Action, Choice, End, Event, EventKind, Limit, ObjectInfo, ObjectKind, ObjectState, Outcome, Text,
    ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use crate::said::{self, Said};
use serde::Deserialize;
use std::sync::Arc;

/// Why a line is no record.
pub(super) type Reason = Said;

/// Reads a line.
pub(super) fn record(line: &str) -> Result<Record, Reason> {
    let wire: Wire<'_> = json(line)?;
    if wire.event.is_some() {
        return event(&wire);
    }
    let Some(name) = &wire.record else { return Err(Said::new("broken-nothing")) };
    match &*name.0 {
        "input" => Ok(Record::Input { line: wire.text.as_ref().map(shared) }),
        "cut" => Ok(Record::Cut { to: Step(need(wire.step, "step")?) }),
        "lost" => Ok(Record::Lost { count: need(wire.count, "count")? }),
        "end" => Ok(Record::End { steps: need(wire.steps, "steps")?, events: need(wire.events, "events")? }),
        other => Err(unknown("record", other)),
    }
}

/// Reads a JSON object. (Serde would take a list for one, too.)
pub(super) fn json<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, Reason> {
    if !line.trim_ascii_start().starts_with('{') {
        return Err(Said::new("broken-no-object"));
    }
    serde_json::from_str(line).map_err(|error| json_reason(&error))
}

/// What `serde_json` has to say, without its "line 1": the line is known better.
fn json_reason(error: &serde_json::Error) -> Reason {
    let text = error.to_string();
    let text = text.split(" at line 1 column ").next().unwrap_or(&text);
    let said = said::reader(text).mapped(&harmless);
    if error.column() > 0 {
        Said::new("format-column").with("reason", said).with("column", error.column())
    } else {
        said
    }
}

/// How many characters of the file a reason repeats.
const REPEATED_CHARS: usize = 120;

/// Something of the file, as far as anybody wants to read it, without what could act on a terminal.
pub(super) fn harmless(text: &str) -> String {
    let mut shown: String = text.chars().take(REPEATED_CHARS).flat_map(shown).collect();
    if text.chars().nth(REPEATED_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

fn shown(c: char) -> impl Iterator<Item = char> {
    let escaped = acts_on_terminals(c).then(|| c.escape_default());
    let plain = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

fn need<T>(field: Option<T>, name: &str) -> Result<T, Reason> {
    field.ok_or_else(|| Said::new("broken-missing").with("name", name))
}

fn unknown(field: &str, value: &str) -> Reason {
    Said::new("broken-unknown").with("field", field).with("value", harmless(value))
}

fn shared(text: &Text) -> Arc<str> {
    match text {
        Text::Int(number) => number.to_string().into(),
        Text::Str(text) => (&***text).into(),
    }
}

fn string(field: Option<&Str<'_>>, name: &str) -> Result<Arc<str>, Reason> {
    need(field, name).map(|text| (&*text.0).into())
}

fn word<'a>(field: Option<&'a Str<'_>>, name: &str) -> Result<&'a str, Reason> {
    need(field, name).map(|text| &*text.0)
}

fn number(field: Option<u64>, name: &str) -> Result<u32, Reason> {
    u32::try_from(need(field, name)?).map_err(|_| Said::new("broken-large").with("name", name))
}

fn event(wire: &Wire<'_>) -> Result<Record, Reason> {
    let event = Event {
        seq: Seq(need(wire.seq, "seq")?),
        step: Step(need(wire.step, "step")?),
        at: Nanos(need(wire.at, "at")?),
        thread: ThreadId(need(wire.thread, "thread")?),
        line: need(wire.line, "line")?,
        kind: kind(wire)?,
    };
    let choice = match &wire.choice {
        Some(choice) => Some(
            choice
                .0
                .parse::<Choice>()
                .map_err(|error| Said::new("broken-choice").with("reason", error.reason.mapped(&harmless)))?,
        ),
        None => None,
    };
    Ok(Record::Event { event, choice })
}

fn kind(wire: &Wire<'_>) -> Result<EventKind, Reason> {
    Ok(match word(wire.event.as_ref(), "event")? {
        "thread" => EventKind::Thread(Arc::new(ThreadInfo {
            name: string(wire.name.as_ref(), "name")?,
            daemon: need(wire.daemon, "daemon")?,
            parent: wire.parent.map(ThreadId),
        })),
        "object" => EventKind::Object(Arc::new(object(wire)?)),
        "named" => EventKind::Named { object: on(wire)?, name: string(wire.name.as_ref(), "name")? },
        "renamed" => EventKind::Renamed { name: string(wire.name.as_ref(), "name")? },
        "did" => EventKind::Did { action: action(wire)?, outcome: outcome(wire)? },
        "value" => EventKind::Value { object: on(wire)?, value: need(wire.value.clone(), "value")? },
        "pending" => EventKind::Pending(action(wire)?),
        "state" => EventKind::State(state(wire)?),
        "traceback" => EventKind::Traceback(need(wire.text.as_ref(), "text").map(shared)?),
        "ended" => EventKind::Ended(end(wire)?),
        other => return Err(unknown("event", other)),
    })
}

fn on(wire: &Wire<'_>) -> Result<ObjectId, Reason> {
    need(wire.object, "object").map(ObjectId)
}

fn with(wire: &Wire<'_>) -> Result<ThreadId, Reason> {
    need(wire.other, "other").map(ThreadId)
}

// ---- declarations, states ----

fn object(wire: &Wire<'_>) -> Result<ObjectInfo, Reason> {
    let name = word(wire.kind.as_ref(), "kind")?;
    let kind = ObjectKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| unknown("kind", name))?;
    let initial = wire.initial.as_ref().map(object_state);
    let state = need(initial, "initial")?;
    if !fits(kind, &state) {
        return Err(Said::new("broken-initial").with("kind", name));
    }
    Ok(ObjectInfo {
        id: on(wire)?,
        kind,
        name: string(wire.name.as_ref(), "name")?,
        line: need(wire.created, "created")?,
        state,
    })
}

/// Whether an object of this kind can be in such a state.
const fn fits(kind: ObjectKind, state: &ObjectState) -> bool {
    match kind {
        ObjectKind::Variable | ObjectKind::List | ObjectKind::Dict | ObjectKind::Set | ObjectKind::Deque => {
            matches!(state, ObjectState::Data(_))
        }
        ObjectKind::Instance | ObjectKind::Class => matches!(state, ObjectState::Fields(_)),
        ObjectKind::Lock | ObjectKind::RLock | ObjectKind::RwLock => matches!(state, ObjectState::Lock { .. }),
        ObjectKind::Condition => matches!(state, ObjectState::Condition { .. }),
        ObjectKind::Event => matches!(state, ObjectState::Event { .. }),
        ObjectKind::Semaphore | ObjectKind::BoundedSemaphore => matches!(state, ObjectState::Semaphore { .. }),
        ObjectKind::Barrier => matches!(state, ObjectState::Barrier { .. }),
        ObjectKind::Queue | ObjectKind::LifoQueue | ObjectKind::PriorityQueue | ObjectKind::SimpleQueue => {
            matches!(state, ObjectState::Queue { .. })
        }
    }
}

fn object_state(initial: &Initial) -> ObjectState {
    match initial {
        Initial::Data { value } => ObjectState::Data(value.clone()),
        Initial::Fields { values } => ObjectState::Fields(values.as_slice().into()),
        Initial::Lock { owner, depth } => ObjectState::Lock { owner: owner.map(ThreadId), depth: *depth },
        Initial::Condition { lock } => ObjectState::Condition { lock: ObjectId(*lock) },
        Initial::Event { set } => ObjectState::Event { set: *set },
        Initial::Semaphore { value, bound } => ObjectState::Semaphore { value: *value, bound: *bound },
        Initial::Barrier { parties, broken } => ObjectState::Barrier { parties: *parties, broken: *broken },
        Initial::Queue { items, capacity, unfinished, closed } => ObjectState::Queue {
            items: Arc::new(items.iter().cloned().collect()),
            capacity: *capacity,
            unfinished: *unfinished,
            closed: *closed,
        },
    }
}

fn state(wire: &Wire<'_>) -> Result<ThreadState, Reason> {
    Ok(match word(wire.state.as_ref(), "state")? {
        "new" => ThreadState::New,
        "ready" => ThreadState::Ready,
        "blocked" => ThreadState::Blocked { on: on(wire)? },
        "waiting" => ThreadState::Waiting { on: on(wire)? },
        "joining" => ThreadState::Joining { thread: with(wire)? },
        "sleeping" => ThreadState::Sleeping { until: Nanos(need(wire.until, "until")?) },
        "reading" => ThreadState::Reading,
        "finished" => ThreadState::Finished,
        "failed" => ThreadState::Failed,
        "killed" => ThreadState::Killed,
        other => return Err(unknown("state", other)),
    })
}

fn end(wire: &Wire<'_>) -> Result<End, Reason> {
    Ok(match word(wire.end.as_ref(), "end")? {
        "finished" => End::Finished,
        "deadlock" => End::Deadlock,
        "limit" => {
            let amount = need(wire.amount, "amount")?;
            End::Limit(match word(wire.limit.as_ref(), "limit")? {
                "steps" => Limit::Steps(amount),
                "spin" => Limit::Spin(amount),
                "memory" => Limit::Memory(amount),
                "time" => Limit::Time(amount),
                other => return Err(unknown("limit", other)),
            })
        }
        "unmodelled" => {
            End::Unmodelled { what: string(wire.what.as_ref(), "what")?, line: need(wire.what_line, "what_line")? }
        }
        other => return Err(unknown("end", other)),
    })
}

// ---- operations ----

fn action(wire: &Wire<'_>) -> Result<Action, Reason> {
    Ok(match word(wire.action.as_ref(), "action")? {
        "read" => Action::Read { object: on(wire)?, key: wire.key.clone() },
        "write" => {
            Action::Write { object: on(wire)?, key: wire.key.clone(), value: need(wire.value.clone(), "value")? }
        }
        "delete" => Action::Delete { object: on(wire)?, key: wire.key.clone() },
        "call" => Action::Call { object: on(wire)?, access: access(wire)?, call: need(wire.call.clone(), "call")? },
        "acquire" => {
            Action::Acquire { object: on(wire)?, blocking: need(wire.blocking, "blocking")?, timeout: timeout(wire) }
        }
        "release" => Action::Release { object: on(wire)?, count: number(wire.count, "count")? },
        "query" => Action::Query { object: on(wire)?, question: need(wire.question.clone(), "question")? },
        "wait" => Action::Wait { object: on(wire)?, timeout: timeout(wire) },
        "reacquire" => Action::Reacquire { object: on(wire)? },
        "notify" => {
            Action::Notify { object: on(wire)?, count: wire.count.map(|_| number(wire.count, "count")).transpose()? }
        }
        "event_wait" => Action::EventWait { object: on(wire)?, timeout: timeout(wire) },
        "event_set" => Action::EventSet { object: on(wire)? },
        "event_clear" => Action::EventClear { object: on(wire)? },
        "barrier_wait" => Action::BarrierWait { object: on(wire)?, timeout: timeout(wire) },
        "barrier_abort" => Action::BarrierAbort { object: on(wire)? },
        "barrier_reset" => Action::BarrierReset { object: on(wire)? },
        "put" => Action::Put {
            object: on(wire)?,
            item: need(wire.item.clone(), "item")?,
            blocking: need(wire.blocking, "blocking")?,
            timeout: timeout(wire),
        },
        "get" => Action::Get { object: on(wire)?, blocking: need(wire.blocking, "blocking")?, timeout: timeout(wire) },
        "task_done" => Action::TaskDone { object: on(wire)? },
        "queue_join" => Action::QueueJoin { object: on(wire)? },
        "shutdown" => Action::Shutdown { object: on(wire)?, immediate: need(wire.immediate, "immediate")? },
        "start" => Action::Start { thread: with(wire)? },
        "join" => Action::Join { thread: with(wire)?, timeout: timeout(wire) },
        "is_alive" => Action::IsAlive { thread: with(wire)? },
        "count_threads" => Action::CountThreads,
        "sleep" => Action::Sleep { length: Nanos(need(wire.length, "length")?) },
        "now" => Action::Now,
        "random" => Action::Random { call: need(wire.call.clone(), "call")? },
        "print" => Action::Print { text: need(wire.text.clone(), "text")? },
        "input" => Action::Input { prompt: need(wire.prompt.clone(), "prompt")? },
        other => return Err(unknown("action", other)),
    })
}

fn access(wire: &Wire<'_>) -> Result<Access, Reason> {
    match word(wire.access.as_ref(), "access")? {
        "read" => Ok(Access::Read),
        "write" => Ok(Access::Write),
        other => Err(unknown("access", other)),
    }
}

fn timeout(wire: &Wire<'_>) -> Option<Nanos> {
    wire.timeout.map(Nanos)
}

fn outcome(wire: &Wire<'_>) -> Result<Outcome, Reason> {
    Ok(match word(wire.outcome.as_ref(), "outcome")? {
        "done" => Outcome::Done,
        "value" => Outcome::Value(need(wire.result.clone(), "result")?),
        "refused" => Outcome::Refused,
        "timed_out" => Outcome::TimedOut,
        "raised" => Outcome::Raised(need(wire.exception.clone(), "exception")?),
        "enqueued" => Outcome::Enqueued,
        "woke" => Outcome::Woke(need(wire.woke.as_ref(), "woke")?.iter().copied().map(ThreadId).collect()),
        other => return Err(unknown("outcome", other)),
    })
}
