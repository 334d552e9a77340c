//! The events as a table: one row each, for a spreadsheet or a data frame.
//!
//! The form is RFC 4180: fields apart by commas, rows by CR LF, a field in quotes when it needs them. The names in the
//! columns `event`, `action`, `outcome` and `state` are those of the trace format and the same in every language; the
//! sentences are in the language of the words. A byte order mark stands in front when that is Chinese: without it the
//! usual spreadsheet takes the text for another encoding.
//!
//! A spreadsheet takes a field for a formula that begins with `=`, `+`, `-` or `@`, and may run it. Such a field gets an
//! apostrophe in front, which spreadsheets understand as "this is text". Numbers stay numbers.

use super::{Steps, names};
use crate::event::{Action, End, Event, EventKind, Limit, ObjectState, Outcome, Text, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{Model, Recording};
use crate::words::{Lang, Words, safe};
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns, in order.
const COLUMNS: [&str; 19] = [
    "seq",
    "step",
    "at_ns",
    "thread",
    "thread_name",
    "line",
    "code",
    "event",
    "action",
    "object",
    "object_kind",
    "key",
    "value",
    "outcome",
    "result",
    "other_threads",
    "state",
    "until_ns",
    "sentence",
];

/// One row: what an event says, each part where it belongs.
#[derive(Default)]
struct Row<'a> {
    action: &'static str,
    object: Option<ObjectId>,
    key: Cow<'a, str>,
    value: Cow<'a, str>,
    outcome: &'static str,
    result: Cow<'a, str>,
    others: Vec<ThreadId>,
    state: &'static str,
    until: Option<u64>,
}

/// Writes the events of these steps.
pub fn write(recording: &Recording, steps: Steps, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    if words.lang() == Lang::Zh {
        out.write_all("\u{feff}".as_bytes())?;
    }
    write!(out, "{}\r\n", COLUMNS.join(","))?;
    let mut model = Model::default();
    let mut line = String::new();
    for event in recording.history.events(0..recording.history.event_count()) {
        if event.step > steps.to {
            break;
        }
        model.apply(&event);
        if event.step >= steps.from {
            line.clear();
            push_row(&event, &model, recording, words, &mut line);
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(())
}

fn push_row(event: &Event, model: &Model, recording: &Recording, words: &Words, line: &mut String) {
    let row = Row::of(event);
    let object = row.object.and_then(|id| model.object(id));
    let thread_name = model.thread(event.thread).map_or("", |thread| &thread.name);
    let code = recording.source.line_text(event.line).trim();
    let number = |number: u64| Cow::from(number.to_string());
    let fields: [Cow<'_, str>; COLUMNS.len()] = [
        number(event.seq.0.into()),
        number(event.step.0.into()),
        number(event.at.0),
        event.thread.letter().into(),
        thread_name.into(),
        if event.line == 0 { "".into() } else { number(event.line.into()) },
        code.into(),
        names::event(&event.kind).into(),
        row.action.into(),
        row.object.map_or_else(|| "".into(), |id| words.object_name(id, model).into()),
        object.map_or("", |object| object.kind.name()).into(),
        row.key,
        row.value,
        row.outcome.into(),
        row.result,
        row.others.iter().map(|thread| thread.letter()).collect::<Vec<_>>().join(" ").into(),
        row.state.into(),
        row.until.map_or_else(|| "".into(), number),
        words.event(event, model).into(),
    ];
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        push_field(line, field);
    }
    line.push_str("\r\n");
}

/// Adds a field: on one line, no formula, in quotes when it needs them.
fn push_field(line: &mut String, field: &str) {
    let field = safe(field);
    let formula = is_formula(&field);
    let quoted = field.contains([',', '"']) || field.starts_with(' ') || field.ends_with(' ');
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    for (place, piece) in field.split('"').enumerate() {
        if place > 0 {
            line.push_str("\"\"");
        }
        line.push_str(piece);
    }
    if quoted {
        line.push('"');
    }
}

/// True for what a spreadsheet might compute. The wide forms of the signs count for some of them as well.
fn is_formula(field: &str) -> bool {
    let text = field.trim_start();
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number(text)
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

impl<'a> Row<'a> {
    fn of(event: &'a Event) -> Row<'a> {
        match &event.kind {
            EventKind::Thread(info) => {
                Row { value: (&*info.name).into(), others: info.parent.into_iter().collect(), ..Row::default() }
            }
            EventKind::Object(info) => Row { object: Some(info.id), value: initial(&info.state), ..Row::default() },
            EventKind::Named { object, name } => {
                Row { object: Some(*object), value: (&**name).into(), ..Row::default() }
            }
            EventKind::Renamed { name } => Row { value: (&**name).into(), ..Row::default() },
            EventKind::Did { action, outcome } => Row::of_action(action).with(outcome),
            EventKind::Value { object, value } => Row { object: Some(*object), value: text(value), ..Row::default() },
            EventKind::Pending(action) => Row::of_action(action),
            EventKind::State(state) => Row::of_state(*state),
            EventKind::Traceback(traceback) => Row { value: traceback.trim_end().into(), ..Row::default() },
            EventKind::Ended(end) => Row { state: end_name(end), value: end_detail(end), ..Row::default() },
        }
    }

    fn of_action(action: &'a Action) -> Row<'a> {
        let row = Row { action: names::action(action), object: action.object(), ..Row::default() };
        match action {
            Action::Read { key, .. } | Action::Delete { key, .. } => {
                Row { key: key.as_ref().map_or("".into(), text), ..row }
            }
            Action::Write { key, value, .. } => {
                Row { key: key.as_ref().map_or("".into(), text), value: text(value), ..row }
            }
            Action::Call { call: value, .. }
            | Action::Query { question: value, .. }
            | Action::Put { item: value, .. }
            | Action::Random { call: value }
            | Action::Print { text: value }
            | Action::Input { prompt: value } => Row { value: text(value), ..row },
            Action::Release { count, .. } if *count != 1 => Row { value: count.to_string().into(), ..row },
            Action::Notify { count, .. } => {
                Row { value: count.map_or_else(|| "all".into(), |count| count.to_string().into()), ..row }
            }
            Action::Start { thread } | Action::Join { thread, .. } | Action::IsAlive { thread } => {
                Row { others: vec![*thread], ..row }
            }
            Action::Sleep { length } => Row { value: length.0.to_string().into(), ..row },
            _ => row,
        }
    }

    fn with(self, outcome: &'a Outcome) -> Row<'a> {
        let row = Row { outcome: names::outcome(outcome), ..self };
        match outcome {
            Outcome::Value(value) | Outcome::Raised(value) => Row { result: text(value), ..row },
            Outcome::Woke(threads) => Row { others: threads.to_vec(), ..row },
            Outcome::Done | Outcome::Refused | Outcome::TimedOut | Outcome::Enqueued => row,
        }
    }

    fn of_state(state: ThreadState) -> Row<'a> {
        let row = Row { state: names::state(state), ..Row::default() };
        match state {
            ThreadState::Blocked { on } | ThreadState::Waiting { on } => Row { object: Some(on), ..row },
            ThreadState::Joining { thread } => Row { others: vec![thread], ..row },
            ThreadState::Sleeping { until } => Row { until: Some(until.0), ..row },
            _ => row,
        }
    }
}

fn text(text: &Text) -> Cow<'_, str> {
    match text {
        Text::Int(number) => number.to_string().into(),
        Text::Str(text) => (&***text).into(),
    }
}

/// What an object holds when it is declared, when it is a value.
fn initial(state: &ObjectState) -> Cow<'_, str> {
    match state {
        ObjectState::Data(Some(value)) => text(value),
        ObjectState::Semaphore { value, .. } => value.to_string().into(),
        _ => "".into(),
    }
}

/// How the run ended.
const fn end_name(end: &End) -> &'static str {
    match end {
        End::Finished => "finished",
        End::Deadlock => "deadlock",
        End::Limit(_) => "limit",
        End::Unmodelled { .. } => "unmodelled",
    }
}

fn end_detail(end: &End) -> Cow<'_, str> {
    match end {
        End::Finished | End::Deadlock => "".into(),
        End::Limit(Limit::Steps(amount) | Limit::Spin(amount) | Limit::Memory(amount) | Limit::Time(amount)) => {
            amount.to_string().into()
        }
        End::Unmodelled { what, .. } => (&**what).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        let field = |text: &str| {
            let mut line = String::new();
            push_field(&mut line, text);
            line
        };
        assert_eq!(field("n"), "n");
        assert_eq!(field("a, b"), "\"a, b\"");
        assert_eq!(field("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(field("two\r\nlines\t"), "two␍␊lines␉");
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
        assert_eq!(field("  =1"), "\"'  =1\"");
        assert_eq!(field("＝1"), "'＝1");
        assert_eq!(field("\t=1"), "␉=1");
        assert_eq!(field("-cmd|calc"), "'-cmd|calc");
        // Numbers are harmless, and wanted as numbers.
        assert_eq!(field("-5"), "-5");
        assert_eq!(field("-1.5e3"), "-1.5e3");
        assert_eq!(field("-inf"), "'-inf");
        assert_eq!(field("锁"), "锁");
    }
}
