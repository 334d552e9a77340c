//! `time`, over the clock of the world. Runs begin on 2024-01-01 00:00:00 UTC, and UTC is the only time zone.

use super::{Function, add, value};
use crate::ids::Nanos;
use crate::vm::lib::calendar::{EPOCH, Moment};
use crate::vm::lib::view::{View, int, view};
use crate::vm::lib::{arguments, python};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Op, Reply, Value};

const TABLE: &[Function] = &[
    ("sleep", sleep),
    ("time", time),
    ("time_ns", time_ns),
    ("monotonic", monotonic),
    ("monotonic_ns", monotonic_ns),
    ("perf_counter", monotonic),
    ("perf_counter_ns", monotonic_ns),
    ("process_time", monotonic),
    ("thread_time", monotonic),
    ("ctime", ctime),
    ("localtime", localtime),
    ("gmtime", localtime),
    ("strftime", strftime),
    ("asctime", asctime),
    ("mktime", mktime),
];

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("time");
    add(registry, module, TABLE);
    registry.member(module, "timezone", Value::Int(0));
    registry.member(module, "daylight", Value::Int(0));
}

fn sleep(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let length = arguments::all(cx, args, "time.sleep", 1, 1)?[0];
    let Some(seconds) = crate::vm::lib::view::number(length) else {
        let kind = cx.type_name(length);
        return Err(cx.type_error(format!("'{kind}' object cannot be interpreted as an integer")));
    };
    let seconds = seconds.as_float();
    if seconds.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(cx.value_error("sleep length must be non-negative"));
    }
    Ok(Answer::Op(Op::Sleep(Nanos::from_secs_f64(seconds))))
}

/// The clock in nanoseconds since the start of the run: asks for it first.
fn clock(cx: &mut Cx<'_>) -> Option<i64> {
    match cx.reply.take() {
        Some(Reply::Value(Value::Int(now))) => Some(now),
        _ => None,
    }
}

const SECOND: i64 = 1_000_000_000;

#[expect(clippy::cast_precision_loss, reason = "it is what CPython does with its nanoseconds")]
fn seconds(nanos: i64) -> f64 {
    nanos as f64 * 1e-9
}

fn time(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "time.time", 0, 0)?;
    match clock(cx) {
        Some(now) => value(Value::Float(seconds(EPOCH * SECOND + now))),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

fn time_ns(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "time.time_ns", 0, 0)?;
    match clock(cx) {
        Some(now) => value(Value::Int(EPOCH * SECOND + now)),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

fn monotonic(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "time.monotonic", 0, 0)?;
    match clock(cx) {
        Some(now) => value(Value::Float(seconds(now))),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

fn monotonic_ns(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "time.monotonic_ns", 0, 0)?;
    match clock(cx) {
        Some(now) => value(Value::Int(now)),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

/// A moment that was given in seconds, or the present one; `None` when the clock must be asked first.
fn moment(cx: &mut Cx<'_>, given: Option<Value>) -> Result<Option<Moment>, Raise> {
    match given.filter(|given| *given != Value::None) {
        Some(given) => {
            let whole = arguments::float(cx, given)?.floor();
            match crate::vm::lib::number::exact(whole).filter(|whole| whole.abs() < 1 << 56) {
                Some(whole) => Ok(Some(Moment::from_seconds(whole))),
                None => Err(cx.raise(crate::vm::types::OVERFLOW_ERROR, "timestamp out of range for platform time_t")),
            }
        }
        None => Ok(clock(cx).map(|now| Moment::from_seconds(EPOCH + now.div_euclid(SECOND)))),
    }
}

fn ctime(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "time.ctime", 0, 1)?.first().copied();
    match moment(cx, given)? {
        Some(moment) => value(cx.str(moment.text())),
        None => Ok(Answer::Ask(Op::Now)),
    }
}

fn localtime(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "time.localtime", 0, 1)?.first().copied();
    let Some(moment) = moment(cx, given)? else { return Ok(Answer::Ask(Op::Now)) };
    let fields = [
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.weekday,
        moment.yearday,
        0,
    ];
    let fields = cx.tuple(fields.map(Value::Int));
    python::hand_over(cx, "_struct_time", &[fields])
}

/// The moment in a `struct_time` or tuple.
fn moment_of(cx: &mut Cx<'_>, given: Value) -> Result<Moment, Raise> {
    let fields: Vec<i64> = match view(&cx.vm.heap, given) {
        View::Tuple(items) => items.iter().filter_map(|item| int(*item)).collect(),
        _ => return Err(cx.type_error("Tuple or struct_time argument required")),
    };
    let [year, month, day, hour, minute, second, weekday, yearday, _] = fields[..] else {
        return Err(cx.type_error("time tuple must have exactly 9 integers"));
    };
    Ok(Moment { year, month, day, hour, minute, second, weekday, yearday })
}

fn strftime(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "time.strftime", 1, 2)?;
    let Some(format) = cx.text(given[0]) else {
        let kind = cx.type_name(given[0]);
        return Err(cx.type_error(format!("strftime() argument 1 must be str, not {kind}")));
    };
    let moment = match given.get(1) {
        Some(given) => moment_of(cx, *given)?,
        None => match moment(cx, None)? {
            Some(moment) => moment,
            None => return Ok(Answer::Ask(Op::Now)),
        },
    };
    let text = moment.format(&format);
    value(cx.str(text))
}

fn asctime(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "time.asctime", 0, 1)?;
    let moment = match given.first() {
        Some(given) => moment_of(cx, *given)?,
        None => match moment(cx, None)? {
            Some(moment) => moment,
            None => return Ok(Answer::Ask(Op::Now)),
        },
    };
    value(cx.str(moment.text()))
}

#[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
fn mktime(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "time.mktime", 1, 1)?[0];
    let moment = moment_of(cx, given)?;
    value(Value::Float(moment.seconds() as f64))
}
