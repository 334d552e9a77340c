//! Records as lines.

use super::line::{self, Line};
use super::{Header, Language, Record, VERSION};
use crate::event::{
    Access, Action, Alternative, Choice, End, Event, EventKind, Limit, ObjectInfo, ObjectState, Outcome, Text,
    ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, ThreadId};

/// Writes a record as a line.
pub(super) fn record(record: &Record, out: &mut Vec<u8>) {
    match record {
        Record::Event { event: it, choice } => event(it, *choice, out),
        Record::Input { line } => other("input", out, |out| match line {
            Some(line) => out.string("text", line),
            None => out.null("text"),
        }),
        Record::Cut { to } => other("cut", out, |out| out.number("step", to.0.into())),
        Record::Lost { count } => other("lost", out, |out| out.number("count", *count)),
        Record::End { steps, events } => other("end", out, |out| {
            out.number("steps", *steps);
            out.number("events", *events);
        }),
    }
}

fn other(name: &str, out: &mut Vec<u8>, fields: impl FnOnce(&mut Line<'_>)) {
    let mut line = Line::new(out);
    line.word("record", name);
    fields(&mut line);
    line.finish();
}

// ---- the first line ----

/// Writes the first line.
pub(super) fn header(header: &Header, out: &mut Vec<u8>) {
    let mut line = Line::new(out);
    line.number("lockstep_trace", VERSION.into());
    line.word("made_by", concat!("lockstep ", env!("CARGO_PKG_VERSION")));
    line.word("world", if header.is_live() { "live" } else { "sim" });
    line.word(
        "language",
        match header.language {
            Language::Python => "python",
            Language::Rust => "rust",
        },
    );
    line.string("target", &header.target);
    line.list("sources", [(&header.source_name, &header.source)], |out, (name, text)| {
        line::object(out, |source| {
            source.string("name", name);
            source.string("text", text);
        });
    });
    line.list("parameters", &header.parameters, |out, (name, value)| {
        line::object(out, |parameter| {
            parameter.string("name", name);
            parameter.string("value", value);
        });
    });
    line.number("seed", header.seed);
    line.word("scheduler", &header.scheduler.to_string());
    if let Some(schedule) = &header.schedule {
        line.word("schedule", &schedule.to_string());
    }
    line.list("inputs", &header.inputs, |out, input| line::string(out, input));
    line.object("options", |options| self::options(header, options));
    if let Some(live) = &header.live {
        line.object("live", |out| {
            out.number("pace", u64::try_from(live.pace.as_nanos()).unwrap_or(u64::MAX));
            out.float("speed", live.speed);
            out.truth("show_gil", live.show_gil);
        });
    }
    if let Some(picture) = &header.picture {
        line.string("picture", picture);
    }
    line.finish();
}

fn options(header: &Header, out: &mut Line<'_>) {
    let options = &header.options;
    out.word("atomicity", &options.atomicity.to_string());
    out.truth("fair", options.fair);
    out.truth("spurious", options.spurious);
    out.word("notify", &options.notify.to_string());
    out.truth("abstract_time", options.abstract_time);
    out.number("spin_limit", options.spin_limit);
    out.number("memory_limit", options.memory_limit);
    out.number("max_threads", options.max_threads.into());
    out.number("max_started", options.max_started.into());
    out.number("output_limit", options.output_limit);
}

// ---- events ----

/// Writes an event as a line.
pub(super) fn event(event: &Event, choice: Option<Choice>, out: &mut Vec<u8>) {
    let mut line = Line::new(out);
    line.number("seq", event.seq.0.into());
    line.number("step", event.step.0.into());
    line.number("at", event.at.0);
    line.number("thread", event.thread.0.into());
    line.number("line", event.line.into());
    if let Some(choice) = choice {
        match choice.alternative {
            Alternative::Go => line.word("choice", &choice.thread.letter()),
            _ => line.word("choice", &choice.to_string()),
        }
    }
    kind(&event.kind, &mut line);
    line.finish();
}

fn kind(kind: &EventKind, out: &mut Line<'_>) {
    match kind {
        EventKind::Thread(info) => thread(info, out),
        EventKind::Object(info) => object(info, out),
        EventKind::Named { object, name } => {
            out.word("event", "named");
            out.number("object", object.0.into());
            out.string("name", name);
        }
        EventKind::Renamed { name } => {
            out.word("event", "renamed");
            out.string("name", name);
        }
        EventKind::Did { action, outcome } => {
            out.word("event", "did");
            self::action(action, out);
            self::outcome(outcome, out);
        }
        EventKind::Value { object, value } => {
            out.word("event", "value");
            out.number("object", object.0.into());
            out.text("value", value);
        }
        EventKind::Pending(action) => {
            out.word("event", "pending");
            self::action(action, out);
        }
        EventKind::State(state) => {
            out.word("event", "state");
            self::state(*state, out);
        }
        EventKind::Traceback(text) => {
            out.word("event", "traceback");
            out.string("text", text);
        }
        EventKind::Ended(end) => {
            out.word("event", "ended");
            self::end(end, out);
        }
    }
}

fn thread(info: &ThreadInfo, out: &mut Line<'_>) {
    out.word("event", "thread");
    out.string("name", &info.name);
    out.truth("daemon", info.daemon);
    out.optional("parent", info.parent.map(|parent| parent.0.into()));
}

fn object(info: &ObjectInfo, out: &mut Line<'_>) {
    out.word("event", "object");
    out.number("object", info.id.0.into());
    out.word("kind", info.kind.name());
    out.string("name", &info.name);
    out.number("created", info.line.into());
    out.object("initial", |out| object_state(&info.state, out));
}

fn object_state(state: &ObjectState, out: &mut Line<'_>) {
    match state {
        ObjectState::Data(value) => {
            out.word("state", "data");
            optional_text("value", value.as_ref(), out);
        }
        ObjectState::Fields(values) => {
            out.word("state", "fields");
            if !values.is_empty() {
                out.list("values", values.iter(), |out, (key, value)| {
                    out.push(b'[');
                    line::text(out, key);
                    out.push(b',');
                    line::text(out, value);
                    out.push(b']');
                });
            }
        }
        ObjectState::Lock { owner, depth } => {
            out.word("state", "lock");
            out.optional("owner", owner.map(|owner| owner.0.into()));
            out.number("depth", (*depth).into());
        }
        ObjectState::Condition { lock } => {
            out.word("state", "condition");
            out.number("lock", lock.0.into());
        }
        ObjectState::Event { set } => {
            out.word("state", "event");
            out.truth("set", *set);
        }
        ObjectState::Semaphore { value, bound } => {
            out.word("state", "semaphore");
            out.text("value", &Text::Int(*value));
            optional_text("bound", bound.map(Text::Int).as_ref(), out);
        }
        ObjectState::Barrier { parties, broken } => {
            out.word("state", "barrier");
            out.number("parties", (*parties).into());
            out.truth("broken", *broken);
        }
        ObjectState::Queue { items, capacity, unfinished, closed } => {
            out.word("state", "queue");
            out.list("items", items.iter(), line::text);
            out.optional("capacity", capacity.map(u64::from));
            out.number("unfinished", (*unfinished).into());
            out.truth("closed", *closed);
        }
    }
}

fn state(state: ThreadState, out: &mut Line<'_>) {
    let (name, on) = match state {
        ThreadState::New => ("new", None),
        ThreadState::Ready => ("ready", None),
        ThreadState::Blocked { on } => ("blocked", Some(("object", on.0.into()))),
        ThreadState::Waiting { on } => ("waiting", Some(("object", on.0.into()))),
        ThreadState::Joining { thread } => ("joining", Some(("other", thread.0.into()))),
        ThreadState::Sleeping { until } => ("sleeping", Some(("until", until.0))),
        ThreadState::Reading => ("reading", None),
        ThreadState::Finished => ("finished", None),
        ThreadState::Failed => ("failed", None),
        ThreadState::Killed => ("killed", None),
    };
    out.word("state", name);
    if let Some((key, number)) = on {
        out.number(key, number);
    }
}

fn end(end: &End, out: &mut Line<'_>) {
    match end {
        End::Finished => out.word("end", "finished"),
        End::Deadlock => out.word("end", "deadlock"),
        End::Limit(limit) => {
            let (name, amount) = match *limit {
                Limit::Steps(steps) => ("steps", steps),
                Limit::Spin(instructions) => ("spin", instructions),
                Limit::Memory(bytes) => ("memory", bytes),
                Limit::Time(secs) => ("time", secs),
            };
            out.word("end", "limit");
            out.word("limit", name);
            out.number("amount", amount);
        }
        End::Unmodelled { what, line } => {
            out.word("end", "unmodelled");
            out.string("what", what);
            out.number("what_line", (*line).into());
        }
    }
}

// ---- operations ----

fn action(action: &Action, out: &mut Line<'_>) {
    match action {
        Action::Read { object, key } => on("read", *object, out, |out| self::key(key.as_ref(), out)),
        Action::Write { object, key, value } => on("write", *object, out, |out| {
            self::key(key.as_ref(), out);
            out.text("value", value);
        }),
        Action::Delete { object, key } => on("delete", *object, out, |out| self::key(key.as_ref(), out)),
        Action::Call { object, access, call } => on("call", *object, out, |out| {
            out.word(
                "access",
                match access {
                    Access::Read => "read",
                    Access::Write => "write",
                },
            );
            out.text("call", call);
        }),
        Action::Acquire { object, blocking, timeout } => on("acquire", *object, out, |out| {
            out.truth("blocking", *blocking);
            self::timeout(*timeout, out);
        }),
        Action::Release { object, count } => on("release", *object, out, |out| out.number("count", (*count).into())),
        Action::Query { object, question } => on("query", *object, out, |out| out.text("question", question)),
        Action::Wait { object, timeout } => on("wait", *object, out, |out| self::timeout(*timeout, out)),
        Action::Reacquire { object } => on("reacquire", *object, out, |_| {}),
        Action::Notify { object, count } => {
            on("notify", *object, out, |out| out.optional("count", count.map(u64::from)));
        }
        Action::EventWait { object, timeout } => on("event_wait", *object, out, |out| self::timeout(*timeout, out)),
        Action::EventSet { object } => on("event_set", *object, out, |_| {}),
        Action::EventClear { object } => on("event_clear", *object, out, |_| {}),
        Action::BarrierWait { object, timeout } => on("barrier_wait", *object, out, |out| self::timeout(*timeout, out)),
        Action::BarrierAbort { object } => on("barrier_abort", *object, out, |_| {}),
        Action::BarrierReset { object } => on("barrier_reset", *object, out, |_| {}),
        Action::Put { object, item, blocking, timeout } => on("put", *object, out, |out| {
            out.text("item", item);
            out.truth("blocking", *blocking);
            self::timeout(*timeout, out);
        }),
        Action::Get { object, blocking, timeout } => on("get", *object, out, |out| {
            out.truth("blocking", *blocking);
            self::timeout(*timeout, out);
        }),
        Action::TaskDone { object } => on("task_done", *object, out, |_| {}),
        Action::QueueJoin { object } => on("queue_join", *object, out, |_| {}),
        Action::Shutdown { object, immediate } => {
            on("shutdown", *object, out, |out| out.truth("immediate", *immediate));
        }
        Action::Start { thread } => with("start", *thread, out),
        Action::Join { thread, timeout } => {
            with("join", *thread, out);
            self::timeout(*timeout, out);
        }
        Action::IsAlive { thread } => with("is_alive", *thread, out),
        Action::CountThreads => out.word("action", "count_threads"),
        Action::Sleep { length } => {
            out.word("action", "sleep");
            out.number("length", length.0);
        }
        Action::Now => out.word("action", "now"),
        Action::Random { call } => {
            out.word("action", "random");
            out.text("call", call);
        }
        Action::Print { text } => {
            out.word("action", "print");
            out.text("text", text);
        }
        Action::Input { prompt } => {
            out.word("action", "input");
            out.text("prompt", prompt);
        }
    }
}

fn on(name: &str, object: ObjectId, out: &mut Line<'_>, rest: impl FnOnce(&mut Line<'_>)) {
    out.word("action", name);
    out.number("object", object.0.into());
    rest(out);
}

fn with(name: &str, thread: ThreadId, out: &mut Line<'_>) {
    out.word("action", name);
    out.number("other", thread.0.into());
}

fn key(key: Option<&Text>, out: &mut Line<'_>) {
    if let Some(key) = key {
        out.text("key", key);
    }
}

fn timeout(timeout: Option<Nanos>, out: &mut Line<'_>) {
    if let Some(timeout) = timeout {
        out.number("timeout", timeout.0);
    }
}

fn optional_text(key: &str, text: Option<&Text>, out: &mut Line<'_>) {
    match text {
        Some(text) => out.text(key, text),
        None => out.null(key),
    }
}

fn outcome(outcome: &Outcome, out: &mut Line<'_>) {
    match outcome {
        Outcome::Done => out.word("outcome", "done"),
        Outcome::Value(value) => {
            out.word("outcome", "value");
            out.text("result", value);
        }
        Outcome::Refused => out.word("outcome", "refused"),
        Outcome::TimedOut => out.word("outcome", "timed_out"),
        Outcome::Raised(exception) => {
            out.word("outcome", "raised");
            out.text("exception", exception);
        }
        Outcome::Enqueued => out.word("outcome", "enqueued"),
        Outcome::Woke(threads) => {
            out.word("outcome", "woke");
            out.list("woke", threads.iter(), |out, thread| line::digits(out, thread.0.into()));
        }
    }
}
