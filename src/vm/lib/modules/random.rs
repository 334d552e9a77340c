//! `random`: every draw is an operation that the world answers; here its answer becomes what was asked for.

use super::{Function, add, value};
use crate::vm::lib::arguments::{self, bind};
use crate::vm::lib::number::Number;
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{iterate, siphash, subscript, truth};
use crate::vm::native::Effect::{Reads, Writes};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Registry};
use crate::vm::{Draw, Op, Reply, Value, types};

const TABLE: &[Function] = &[
    ("random", random),
    ("uniform", uniform),
    ("randint", randint),
    ("randrange", randrange),
    ("getrandbits", getrandbits),
    ("seed", seed),
];

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("random");
    add(registry, module, TABLE);
    registry.function(module, "choice", Reads, choice);
    registry.function(module, "sample", Reads, sample);
    registry.function(module, "shuffle", Writes, shuffle);
}

fn ask(draw: Draw) -> NativeResult {
    Ok(Answer::Ask(Op::Random(draw)))
}

/// A drawn number.
fn drawn(cx: &mut Cx<'_>) -> Option<i64> {
    match cx.reply.take() {
        Some(Reply::Value(Value::Int(n))) => Some(n),
        _ => None,
    }
}

/// A drawn fraction.
fn fraction(cx: &mut Cx<'_>) -> Option<f64> {
    match cx.reply.take() {
        Some(Reply::Float(x) | Reply::Value(Value::Float(x))) => Some(x),
        _ => None,
    }
}

fn random(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "Random.random", 0, 0)?;
    match fraction(cx) {
        Some(x) => value(Value::Float(x)),
        None => ask(Draw::Unit),
    }
}

fn uniform(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "uniform", &["a", "b"], 2)?;
    let (a, b) = (bound[0].unwrap_or(Value::None), bound[1].unwrap_or(Value::None));
    let (a, b) = (arguments::float(cx, a)?, arguments::float(cx, b)?);
    match fraction(cx) {
        Some(x) => value(Value::Float(a + (b - a) * x)),
        None => ask(Draw::Unit),
    }
}

/// A number in `start..start + width`.
fn in_range(cx: &mut Cx<'_>, start: i64, width: u64) -> NativeResult {
    match drawn(cx) {
        Some(n) => value(Value::Int(start.wrapping_add(n))),
        None => ask(Draw::Below(width)),
    }
}

fn randint(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "randint", &["a", "b"], 2)?;
    let (a, b) = (bound[0].unwrap_or(Value::None), bound[1].unwrap_or(Value::None));
    let (a, b) = (arguments::int(cx, a)?, arguments::int(cx, b)?);
    if b < a {
        let after = i128::from(b) + 1;
        return Err(cx.value_error(format!("empty range in randrange({a}, {after})")));
    }
    in_range(cx, a, b.abs_diff(a).saturating_add(1))
}

fn randrange(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "randrange", &["start", "stop", "step"], 1)?;
    let first = arguments::int(cx, bound[0].unwrap_or(Value::None))?;
    let Some(stop) = bound[1].filter(|stop| *stop != Value::None) else {
        return match u64::try_from(first) {
            Ok(width) if width > 0 => in_range(cx, 0, width),
            _ => Err(cx.value_error("empty range for randrange()")),
        };
    };
    let stop = arguments::int(cx, stop)?;
    let step = match bound[2] {
        Some(step) => arguments::int(cx, step)?,
        None => 1,
    };
    if step == 0 {
        return Err(cx.value_error("zero step for randrange()"));
    }
    let width = i128::from(stop) - i128::from(first);
    let step_wide = i128::from(step);
    let count = if step > 0 { (width + step_wide - 1) / step_wide } else { (width + step_wide + 1) / step_wide };
    let Some(count) = u64::try_from(count).ok().filter(|count| *count > 0) else {
        let text = match step {
            1 => format!("empty range for randrange() ({first}, {stop}, {width})"),
            _ => format!("empty range in randrange({first}, {stop}, {step})"),
        };
        return Err(cx.value_error(text));
    };
    match drawn(cx) {
        Some(n) => value(Value::Int(first.wrapping_add(n.wrapping_mul(step)))),
        None => ask(Draw::Below(count)),
    }
}

fn getrandbits(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let count = arguments::all(cx, args, "Random.getrandbits", 1, 1)?[0];
    let count = arguments::int(cx, count)?;
    if count < 0 {
        return Err(cx.value_error("number of bits must be non-negative"));
    }
    let Some(count) = u8::try_from(count).ok().filter(|count| *count < 64) else {
        return Err(cx.raise(types::OVERFLOW_ERROR, "int too large: integers have 64 bits here"));
    };
    match drawn(cx) {
        Some(n) => value(Value::Int(n)),
        None => ask(Draw::Bits(count)),
    }
}

fn seed(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "seed", &["a", "version"], 0)?;
    let seed = match bound[0].map(|seed| view(&cx.vm.heap, seed)) {
        None | Some(View::None) => None,
        Some(View::Number(Number::Int(n))) => Some(n),
        Some(View::Number(Number::Float(x))) => Some(siphash::float(x)),
        // CPython takes a SHA-512 of the text: the draws differ from it, but are the same in every run.
        Some(View::Str(text)) => Some(siphash::text(&text)),
        Some(View::Bytes(data)) => Some(siphash::bytes(&data)),
        Some(_) => {
            let text = "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.";
            return Err(cx.type_error(text));
        }
    };
    Ok(Answer::Op(Op::Random(Draw::Seed(seed))))
}

fn choice(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "choice", &["seq"], 1)?;
    let sequence = bound[0].unwrap_or(Value::None);
    let length = truth::length(cx, sequence)?;
    let Some(length) = u64::try_from(length).ok().filter(|length| *length > 0) else {
        return Err(cx.raise(types::INDEX_ERROR, "Cannot choose from an empty sequence"));
    };
    match drawn(cx) {
        Some(place) => value(subscript::get(cx, sequence, Value::Int(place))?),
        None => ask(Draw::Below(length)),
    }
}

/// The places that were drawn.
fn places(cx: &mut Cx<'_>) -> Option<Vec<usize>> {
    match cx.reply.take() {
        Some(Reply::Indices(places)) => Some(places.iter().map(|place| *place as usize).collect()),
        _ => None,
    }
}

fn shuffle(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "shuffle", &["x"], 1)?;
    let sequence = bound[0].unwrap_or(Value::None);
    let View::List(list) = view(&cx.vm.heap, sequence) else {
        let kind = cx.type_name(sequence);
        return Err(cx.type_error(format!("'{kind}' object does not support item assignment")));
    };
    let items = cx.vm.heap.list(list).cloned().unwrap_or_default();
    match places(cx) {
        None => ask(Draw::Shuffle(u32::try_from(items.len()).unwrap_or(u32::MAX))),
        Some(places) => {
            let shuffled = places.iter().filter_map(|place| items.get(*place).copied()).collect();
            if let Some(list) = cx.vm.heap.list_mut(list) {
                *list = shuffled;
            }
            value(Value::None)
        }
    }
}

fn sample(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "sample", &["population", "k"], 2)?;
    let (population, k) = (bound[0].unwrap_or(Value::None), bound[1].unwrap_or(Value::None));
    let is_sequence = !matches!(
        view(&cx.vm.heap, population),
        View::Set(_) | View::Dict(_) | View::DictView(..) | View::None | View::Number(_) | View::Other
    );
    if !is_sequence {
        let text = "Population must be a sequence.  For dicts or sets, use sorted(d).";
        return Err(cx.type_error(text));
    }
    let items = iterate::collect(cx, population)?;
    let k = arguments::int(cx, k)?;
    let (Ok(n), Ok(k)) = (u32::try_from(items.len()), u32::try_from(k)) else {
        return Err(cx.value_error("Sample larger than population or is negative"));
    };
    if k > n {
        return Err(cx.value_error("Sample larger than population or is negative"));
    }
    match places(cx) {
        None => ask(Draw::Sample { n, k }),
        Some(places) => {
            let sampled = places.iter().filter_map(|place| items.get(*place).copied()).collect();
            value(cx.list(sampled))
        }
    }
}
