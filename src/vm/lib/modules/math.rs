//! `math`: functions of floats. Those of ints are in [`super::math_int`].

use super::{Function, add, value};
use crate::vm::lib::arguments;
use crate::vm::lib::fault::Fault;
use crate::vm::lib::number::{self, Number};
use crate::vm::lib::operator::raise;
use crate::vm::lib::{iterate, siphash, view};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Value, types};
use std::cmp::Ordering;
use std::f64::consts;

const TABLE: &[Function] = &[
    ("sqrt", |cx, args| unary(cx, args, "sqrt", f64::sqrt)),
    ("cbrt", |cx, args| unary(cx, args, "cbrt", f64::cbrt)),
    ("exp", |cx, args| unary(cx, args, "exp", f64::exp)),
    ("exp2", |cx, args| unary(cx, args, "exp2", f64::exp2)),
    ("expm1", |cx, args| unary(cx, args, "expm1", f64::exp_m1)),
    ("sin", |cx, args| unary(cx, args, "sin", f64::sin)),
    ("cos", |cx, args| unary(cx, args, "cos", f64::cos)),
    ("tan", |cx, args| unary(cx, args, "tan", f64::tan)),
    ("asin", |cx, args| unary(cx, args, "asin", f64::asin)),
    ("acos", |cx, args| unary(cx, args, "acos", f64::acos)),
    ("atan", |cx, args| unary(cx, args, "atan", f64::atan)),
    ("sinh", |cx, args| unary(cx, args, "sinh", f64::sinh)),
    ("cosh", |cx, args| unary(cx, args, "cosh", f64::cosh)),
    ("tanh", |cx, args| unary(cx, args, "tanh", f64::tanh)),
    ("asinh", |cx, args| unary(cx, args, "asinh", f64::asinh)),
    ("acosh", |cx, args| unary(cx, args, "acosh", f64::acosh)),
    ("atanh", |cx, args| unary(cx, args, "atanh", |x| if x.abs() < 1.0 { x.atanh() } else { f64::NAN })),
    ("fabs", |cx, args| unary(cx, args, "fabs", f64::abs)),
    ("degrees", |cx, args| unary(cx, args, "degrees", |x| x * (180.0 / consts::PI))),
    ("radians", |cx, args| unary(cx, args, "radians", |x| x * (consts::PI / 180.0))),
    ("log", log),
    ("log2", |cx, args| logarithm(cx, args, "log2", f64::log2)),
    ("log10", |cx, args| logarithm(cx, args, "log10", f64::log10)),
    ("log1p", log1p),
    ("pow", pow),
    ("atan2", |cx, args| binary(cx, args, "atan2", f64::atan2)),
    ("copysign", |cx, args| binary(cx, args, "copysign", f64::copysign)),
    ("fmod", fmod),
    ("remainder", remainder),
    ("nextafter", |cx, args| binary(cx, args, "nextafter", next_after)),
    ("hypot", hypot),
    ("dist", dist),
    ("floor", |cx, args| rounded(cx, args, "floor", "__floor__", f64::floor)),
    ("ceil", |cx, args| rounded(cx, args, "ceil", "__ceil__", f64::ceil)),
    ("trunc", |cx, args| rounded(cx, args, "trunc", "__trunc__", f64::trunc)),
    ("isnan", |cx, args| test(cx, args, "isnan", f64::is_nan)),
    ("isinf", |cx, args| test(cx, args, "isinf", f64::is_infinite)),
    ("isfinite", |cx, args| test(cx, args, "isfinite", f64::is_finite)),
    ("isclose", isclose),
    ("modf", modf),
    ("frexp", frexp),
    ("ldexp", ldexp),
    ("ulp", |cx, args| unary(cx, args, "ulp", ulp)),
    ("fsum", fsum),
];

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("math");
    add(registry, module, TABLE);
    super::math_int::register(registry, module);
    for (name, constant) in
        [("pi", consts::PI), ("e", consts::E), ("tau", consts::TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)]
    {
        registry.member(module, name, Value::Float(constant));
    }
}

fn domain_error(cx: &mut Cx<'_>) -> Raise {
    cx.value_error("math domain error")
}

fn range_error(cx: &mut Cx<'_>) -> Raise {
    cx.raise(types::OVERFLOW_ERROR, "math range error")
}

fn argument(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<f64, Raise> {
    let operand = arguments::all(cx, args, &format!("math.{name}"), 1, 1)?[0];
    arguments::float(cx, operand)
}

/// The result of a function; nan and inf that the arguments do not explain are errors.
fn checked(cx: &mut Cx<'_>, args: &[f64], result: f64) -> NativeResult {
    if result.is_nan() && !args.iter().any(|x| x.is_nan()) {
        return Err(domain_error(cx));
    }
    if result.is_infinite() && args.iter().all(|x| x.is_finite()) {
        return Err(range_error(cx));
    }
    value(Value::Float(result))
}

fn unary(cx: &mut Cx<'_>, args: Args<'_>, name: &str, function: fn(f64) -> f64) -> NativeResult {
    let x = argument(cx, args, name)?;
    checked(cx, &[x], function(x))
}

fn pair(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<(f64, f64), Raise> {
    let given = arguments::all(cx, args, &format!("math.{name}"), 2, 2)?;
    Ok((arguments::float(cx, given[0])?, arguments::float(cx, given[1])?))
}

fn binary(cx: &mut Cx<'_>, args: Args<'_>, name: &str, function: fn(f64, f64) -> f64) -> NativeResult {
    let (x, y) = pair(cx, args, name)?;
    value(Value::Float(function(x, y)))
}

fn test(cx: &mut Cx<'_>, args: Args<'_>, name: &str, holds: fn(f64) -> bool) -> NativeResult {
    let x = argument(cx, args, name)?;
    value(Value::Bool(holds(x)))
}

fn logarithm(cx: &mut Cx<'_>, args: Args<'_>, name: &str, function: fn(f64) -> f64) -> NativeResult {
    let x = argument(cx, args, name)?;
    if x <= 0.0 {
        return Err(domain_error(cx));
    }
    value(Value::Float(function(x)))
}

fn log(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "math.log", 1, 2)?;
    let x = arguments::float(cx, given[0])?;
    let base = match given.get(1) {
        Some(base) => Some(arguments::float(cx, *base)?),
        None => None,
    };
    if x <= 0.0 || base.is_some_and(|base| base <= 0.0) {
        return Err(domain_error(cx));
    }
    match base.map(f64::ln) {
        None => value(Value::Float(x.ln())),
        Some(0.0) => Err(raise(cx, &Fault::zero_division("float division by zero"))),
        Some(base) => value(Value::Float(x.ln() / base)),
    }
}

fn log1p(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let x = argument(cx, args, "log1p")?;
    if x <= -1.0 {
        return Err(domain_error(cx));
    }
    value(Value::Float(x.ln_1p()))
}

fn pow(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (x, y) = pair(cx, args, "pow")?;
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(domain_error(cx));
    }
    checked(cx, &[x, y], x.powf(y))
}

fn fmod(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (x, y) = pair(cx, args, "fmod")?;
    checked(cx, &[x, y], x % y)
}

/// The IEEE remainder: to the nearest multiple, ties to even.
fn remainder(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (x, y) = pair(cx, args, "remainder")?;
    if y.is_infinite() && x.is_finite() {
        return value(Value::Float(x));
    }
    let (size, modulus) = (x.abs(), y.abs());
    let rest = size % modulus;
    let complement = modulus - rest;
    let nearest = if rest < complement {
        rest
    } else if rest > complement {
        -complement
    } else {
        rest - 2.0 * ((0.5 * (size - rest)) % modulus)
    };
    checked(cx, &[x, y], nearest * 1.0_f64.copysign(x))
}

fn next_after(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x < y {
        x.next_up()
    } else if x > y {
        x.next_down()
    } else {
        y
    }
}

fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if x.is_infinite() || x.is_nan() {
        return x;
    }
    let up = x.next_up();
    if up.is_infinite() { x - x.next_down() } else { up - x }
}

fn hypot(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut parts = Vec::with_capacity(args.positional.len());
    for part in args.positional {
        parts.push(arguments::float(cx, *part)?);
    }
    let length = norm(&parts);
    checked(cx, &parts, length)
}

/// The Euclidean length.
fn norm(parts: &[f64]) -> f64 {
    match *parts {
        [] => 0.0,
        [x] => x.abs(),
        [x, y] => x.hypot(y),
        _ => {
            let largest = parts.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
            if largest == 0.0 || largest.is_infinite() {
                return largest;
            }
            parts.iter().map(|x| (x / largest).powi(2)).sum::<f64>().sqrt() * largest
        }
    }
}

fn dist(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "math.dist", 2, 2)?;
    let (p, q) = (iterate::collect(cx, given[0])?, iterate::collect(cx, given[1])?);
    if p.len() != q.len() {
        return Err(cx.value_error("both points must have the same number of dimensions"));
    }
    let mut parts = Vec::with_capacity(p.len());
    for (a, b) in p.into_iter().zip(q) {
        parts.push(arguments::float(cx, a)? - arguments::float(cx, b)?);
    }
    value(Value::Float(norm(&parts)))
}

fn rounded(cx: &mut Cx<'_>, args: Args<'_>, name: &str, method: &str, function: fn(f64) -> f64) -> NativeResult {
    let operand = arguments::all(cx, args, &format!("math.{name}"), 1, 1)?[0];
    match view::number(operand) {
        Some(Number::Int(n)) => value(Value::Int(n)),
        Some(Number::Float(x)) => match number::truncate(function(x)) {
            Ok(n) => value(Value::Int(n)),
            Err(fault) => Err(raise(cx, &fault)),
        },
        None => match cx.special(operand, method) {
            Some(function) => Ok(Answer::Call { function, args: [operand][..].into() }),
            None => {
                let kind = cx.type_name(operand);
                let text = match name {
                    "trunc" => format!("type {kind} doesn't define __trunc__ method"),
                    _ => format!("must be real number, not {kind}"),
                };
                Err(cx.type_error(text))
            }
        },
    }
}

fn isclose(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = arguments::bind(cx, args, 0, "isclose", &["a", "b", "rel_tol", "abs_tol"], 2)?;
    let mut parts = [0.0, 0.0, 1e-9, 0.0];
    for (part, given) in parts.iter_mut().zip(bound) {
        if let Some(given) = given {
            *part = arguments::float(cx, given)?;
        }
    }
    let [a, b, relative, absolute] = parts;
    if relative < 0.0 || absolute < 0.0 {
        return Err(cx.value_error("tolerances must be non-negative"));
    }
    let difference = (a - b).abs();
    let finite = a.is_finite() && b.is_finite();
    let close = difference <= relative * b.abs() || difference <= relative * a.abs() || difference <= absolute;
    value(Value::Bool(a.partial_cmp(&b) == Some(Ordering::Equal) || finite && close))
}

fn modf(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let x = argument(cx, args, "modf")?;
    let fraction = if x.is_infinite() { 0.0_f64.copysign(x) } else { (x - x.trunc()).copysign(x) };
    value(cx.tuple([Value::Float(fraction), Value::Float(x.trunc())]))
}

fn frexp(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let x = argument(cx, args, "frexp")?;
    if !x.is_finite() || x == 0.0 {
        return value(cx.tuple([Value::Float(x), Value::Int(0)]));
    }
    let (fraction, exponent) = siphash::frexp(x.abs());
    value(cx.tuple([Value::Float(fraction.copysign(x)), Value::Int(i64::from(exponent))]))
}

fn ldexp(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "math.ldexp", 2, 2)?;
    let x = arguments::float(cx, given[0])?;
    let Some(exponent) = view::int(given[1]) else {
        return Err(cx.type_error("Expected an int as second argument to ldexp."));
    };
    let mut left = i32::try_from(exponent.clamp(-2200, 2200)).unwrap_or(0);
    let mut result = x;
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        result *= 2.0_f64.powi(step);
        left -= step;
    }
    checked(cx, &[x], result)
}

/// The exactly rounded sum (Shewchuk, "Adaptive precision floating-point arithmetic", as `math.fsum` does it).
fn fsum(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let iterable = arguments::all(cx, args, "math.fsum", 1, 1)?[0];
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(0)) };
    let mut partials: Vec<f64> = Vec::new();
    for item in items {
        let mut x = arguments::float(cx, item)?;
        let mut kept = 0;
        for place in 0..partials.len() {
            let mut y = partials[place];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    value(Value::Float(sum_of_partials(&partials)))
}

/// Rounds non-overlapping partial sums, smallest first, half to even.
fn sum_of_partials(partials: &[f64]) -> f64 {
    let mut rest = partials.iter().rev().copied();
    let Some(mut high) = rest.next() else { return 0.0 };
    let mut low = 0.0;
    for y in rest.by_ref() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    if let Some(next) = rest.next()
        && (low < 0.0 && next < 0.0 || low > 0.0 && next > 0.0)
    {
        let doubled = low * 2.0;
        let corrected = high + doubled;
        #[expect(clippy::float_cmp, reason = "it asks whether the rounding was exact")]
        if doubled == corrected - high {
            high = corrected;
        }
    }
    high
}
