//! Methods of `int` and `float`.

use super::{Method, add, value};
use crate::vm::lib::arguments::{self, bind, rest};
use crate::vm::lib::number;
use crate::vm::lib::view::int;
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Args, Cx, NativeResult, Registry};
use crate::vm::object::Obj;
use crate::vm::{Value, types};

const INT: &[Method] = &[
    ("bit_length", Pure, bit_length),
    ("bit_count", Pure, bit_count),
    ("to_bytes", Pure, to_bytes),
    ("conjugate", Pure, itself),
    ("is_integer", Pure, is_integer),
];
const FLOAT: &[Method] =
    &[("is_integer", Pure, is_integer), ("conjugate", Pure, itself), ("as_integer_ratio", Pure, as_integer_ratio)];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::INT, INT);
    add(registry, types::FLOAT, FLOAT);
}

fn this(args: Args<'_>) -> i64 {
    args.get(0).and_then(int).unwrap_or(0)
}

fn bit_length(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    rest(cx, args, "int.bit_length", 0, 0)?;
    value(Value::Int(i64::from(64 - this(args).unsigned_abs().leading_zeros())))
}

fn bit_count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    rest(cx, args, "int.bit_count", 0, 0)?;
    value(Value::Int(i64::from(this(args).unsigned_abs().count_ones())))
}

fn itself(_cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    value(args.get(0).unwrap_or(Value::None))
}

fn is_integer(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    rest(cx, args, "float.is_integer", 0, 0)?;
    value(Value::Bool(!matches!(args.get(0), Some(Value::Float(x)) if x.fract() != 0.0 || !x.is_finite())))
}

fn as_integer_ratio(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    rest(cx, args, "float.as_integer_ratio", 0, 0)?;
    let Some(Value::Float(mut x)) = args.get(0) else { return value(Value::None) };
    let mut denominator: i64 = 1;
    while x.fract() != 0.0 && denominator < 1 << 61 {
        x *= 2.0;
        denominator *= 2;
    }
    match number::exact(x) {
        Some(numerator) => value(cx.tuple([Value::Int(numerator), Value::Int(denominator)])),
        None => Err(crate::vm::lib::operator::raise(cx, &crate::vm::lib::fault::Fault::too_large())),
    }
}

fn to_bytes(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 1, "to_bytes", &["length", "byteorder"], 0)?;
    let length = match bound[0] {
        Some(length) => usize::try_from(arguments::int(cx, length)?)
            .map_err(|_| cx.value_error("length argument must be non-negative"))?,
        None => 1,
    };
    let n = this(args);
    if n < 0 {
        return Err(cx.raise(types::OVERFLOW_ERROR, "can't convert negative int to unsigned"));
    }
    let mut data = n.to_le_bytes().to_vec();
    if data.iter().skip(length).any(|byte| *byte != 0) {
        return Err(cx.raise(types::OVERFLOW_ERROR, "int too big to convert"));
    }
    cx.reserve(length as u64)?;
    data.resize(length, 0);
    if bound[1].and_then(|order| cx.text(order)).as_deref() != Some("little") {
        data.reverse();
    }
    value(cx.alloc(Obj::Bytes(data.into())))
}
