//! `math`: functions of ints.

use super::{Function, add, value};
use crate::lang::BinaryOp;
use crate::vm::lib::arguments;
use crate::vm::lib::fault::Fault;
use crate::vm::lib::operator::{self, raise};
use crate::vm::lib::{iterate, view};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{LibraryId, Value};

const TABLE: &[Function] = &[
    ("factorial", factorial),
    ("gcd", gcd),
    ("lcm", lcm),
    ("isqrt", isqrt),
    ("comb", comb),
    ("perm", perm),
    ("prod", prod),
];

pub(super) fn register(registry: &mut Registry, module: LibraryId) {
    add(registry, module, TABLE);
}

fn checked(cx: &mut Cx<'_>, result: Option<i64>) -> NativeResult {
    match result {
        Some(n) => value(Value::Int(n)),
        None => Err(raise(cx, &Fault::too_large())),
    }
}

fn factorial(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "math.factorial", 1, 1)?[0];
    let n = arguments::int(cx, operand)?;
    if n < 0 {
        return Err(cx.value_error("factorial() not defined for negative values"));
    }
    let result = (1..=n.min(30)).try_fold(1_i64, i64::checked_mul);
    checked(cx, result)
}

/// Euclid's algorithm.
fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut divisor = 0;
    for operand in args.positional {
        divisor = common_divisor(divisor, arguments::int(cx, *operand)?.unsigned_abs());
    }
    checked(cx, i64::try_from(divisor).ok())
}

fn lcm(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut multiple: Option<u64> = Some(1);
    for operand in args.positional {
        let n = arguments::int(cx, *operand)?.unsigned_abs();
        multiple = match (multiple, n) {
            (_, 0) | (Some(0), _) => Some(0),
            (Some(multiple), n) => (multiple / common_divisor(multiple, n)).checked_mul(n),
            (None, _) => None,
        };
    }
    checked(cx, multiple.and_then(|multiple| i64::try_from(multiple).ok()))
}

fn isqrt(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "math.isqrt", 1, 1)?[0];
    let n = arguments::int(cx, operand)?;
    match n.checked_isqrt() {
        Some(root) => value(Value::Int(root)),
        None => Err(cx.value_error("isqrt() argument must be nonnegative")),
    }
}

/// `n` and `k` of `comb` and `perm`.
fn counts(cx: &mut Cx<'_>, args: Args<'_>, name: &str, low: usize) -> Result<(i64, i64), Raise> {
    let given = arguments::all(cx, args, name, low, 2)?;
    let n = arguments::int(cx, given[0])?;
    let k = match given.get(1) {
        None | Some(Value::None) => n,
        Some(k) => arguments::int(cx, *k)?,
    };
    if n < 0 {
        return Err(cx.value_error("n must be a non-negative integer"));
    }
    if k < 0 {
        return Err(cx.value_error("k must be a non-negative integer"));
    }
    Ok((n, k))
}

fn comb(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (n, k) = counts(cx, args, "comb", 2)?;
    if k > n {
        return value(Value::Int(0));
    }
    let mut result: i128 = 1;
    for step in 0..k.min(n - k) {
        result = match result.checked_mul(i128::from(n - step)) {
            Some(product) => product / i128::from(step + 1),
            None => return checked(cx, None),
        };
        if result > i128::from(i64::MAX) {
            return checked(cx, None);
        }
    }
    checked(cx, i64::try_from(result).ok())
}

fn perm(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (n, k) = counts(cx, args, "perm", 1)?;
    if k > n {
        return value(Value::Int(0));
    }
    let result = (0..k.min(70)).try_fold(1_i64, |product, step| product.checked_mul(n - step));
    checked(cx, result)
}

fn prod(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = arguments::bind(cx, args, 0, "prod", &["", "start"], 1)?;
    let iterable = bound[0].unwrap_or(Value::None);
    let Some(items) = iterate::gather(cx, iterable)? else { return Ok(Answer::Materialise(0)) };
    let mut product = bound[1].unwrap_or(Value::Int(1));
    for item in items {
        if view::number(item).is_none() {
            let (left, right) = (cx.type_name(product), cx.type_name(item));
            return Err(cx.type_error(format!("unsupported operand type(s) for *: '{left}' and '{right}'")));
        }
        product = operator::binary(cx, BinaryOp::Multiply, product, item)?;
    }
    value(product)
}
