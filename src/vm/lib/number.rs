//! Arithmetic of ints and floats, with Python's rounding and Python's errors. Ints have 64 bits: whatever needs more is
//! an `OverflowError` that says so.

use super::fault::{Fault, FaultKind};
use crate::lang::BinaryOp;
use std::cmp::Ordering;

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    /// As a float: what `float(n)` gives.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "it is what float(n) does")]
    pub const fn as_float(self) -> f64 {
        match self {
            Number::Int(n) => n as f64,
            Number::Float(x) => x,
        }
    }
}

/// `a op b`; `None` when numbers of these kinds do not have the operator.
#[must_use]
pub fn binary(op: BinaryOp, a: Number, b: Number) -> Option<Result<Number, Fault>> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => int(op, a, b),
        _ => float(op, a.as_float(), b.as_float()),
    }
}

fn int(op: BinaryOp, a: i64, b: i64) -> Option<Result<Number, Fault>> {
    let checked = |result: Option<i64>| result.map(Number::Int).ok_or_else(Fault::too_large);
    Some(match op {
        BinaryOp::Add => checked(a.checked_add(b)),
        BinaryOp::Subtract => checked(a.checked_sub(b)),
        BinaryOp::Multiply => checked(a.checked_mul(b)),
        BinaryOp::TrueDivide => true_divide(a, b).map(Number::Float),
        BinaryOp::FloorDivide => match b {
            0 => Err(Fault::zero_division("integer division or modulo by zero")),
            _ => checked(floor_divide(a, b)),
        },
        BinaryOp::Remainder => match b {
            0 => Err(Fault::zero_division("integer modulo by zero")),
            _ => Ok(Number::Int(remainder(a, b))),
        },
        BinaryOp::Power => int_power(a, b),
        BinaryOp::LeftShift => shift_left(a, b).map(Number::Int),
        BinaryOp::RightShift => shift_right(a, b).map(Number::Int),
        BinaryOp::And => Ok(Number::Int(a & b)),
        BinaryOp::Or => Ok(Number::Int(a | b)),
        BinaryOp::Xor => Ok(Number::Int(a ^ b)),
        BinaryOp::MatrixMultiply => return None,
    })
}

fn float(op: BinaryOp, a: f64, b: f64) -> Option<Result<Number, Fault>> {
    let zero = |text: &str| Err(Fault::zero_division(text));
    let result = match op {
        BinaryOp::Add => Ok(a + b),
        BinaryOp::Subtract => Ok(a - b),
        BinaryOp::Multiply => Ok(a * b),
        BinaryOp::TrueDivide if b == 0.0 => zero("float division by zero"),
        BinaryOp::TrueDivide => Ok(a / b),
        BinaryOp::FloorDivide if b == 0.0 => zero("float floor division by zero"),
        BinaryOp::FloorDivide => Ok(float_divmod(a, b).0),
        BinaryOp::Remainder if b == 0.0 => zero("float modulo"),
        BinaryOp::Remainder => Ok(float_divmod(a, b).1),
        BinaryOp::Power => float_power(a, b),
        _ => return None,
    };
    Some(result.map(Number::Float))
}

/// `a // b` for `b` other than 0; `None` when it does not fit.
#[must_use]
pub const fn floor_divide(a: i64, b: i64) -> Option<i64> {
    let Some(quotient) = a.checked_div(b) else { return None };
    let inexact = quotient.wrapping_mul(b) != a;
    Some(if inexact && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

/// `a % b` for `b` other than 0: has the sign of `b`.
#[must_use]
pub const fn remainder(a: i64, b: i64) -> i64 {
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
}

/// `divmod(a, b)` of floats, `b` not 0 (`float_divmod` in `Objects/floatobject.c`).
#[must_use]
pub fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0.0_f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let mut floor = quotient.floor();
    if quotient == 0.0 {
        floor = 0.0_f64.copysign(a / b);
    } else if quotient - floor > 0.5 {
        floor += 1.0;
    }
    (floor, rest)
}

/// `a / b`, rounded once.
#[expect(clippy::cast_precision_loss, reason = "either both are exact, or the sum is rounded here")]
fn true_divide(a: i64, b: i64) -> Result<f64, Fault> {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    if b == 0 {
        return Err(Fault::zero_division("division by zero"));
    }
    let (x, y) = (a.unsigned_abs(), b.unsigned_abs());
    if x <= EXACT && y <= EXACT || a == 0 {
        return Ok(a as f64 / b as f64);
    }
    // At least 65 bits of the quotient, with what is cut off remembered in the last one.
    let shift = u128::from(x).leading_zeros();
    let scaled = u128::from(x) << shift;
    let quotient = (scaled / u128::from(y)) | u128::from(scaled % u128::from(y) != 0);
    let magnitude = quotient as f64 / 2.0_f64.powi(shift.cast_signed());
    Ok(if (a < 0) == (b < 0) { magnitude } else { -magnitude })
}

fn int_power(base: i64, exponent: i64) -> Result<Number, Fault> {
    if exponent < 0 {
        return float_power(Number::Int(base).as_float(), Number::Int(exponent).as_float()).map(Number::Float);
    }
    let power = match base {
        0 | 1 => {
            if exponent == 0 {
                1
            } else {
                base
            }
        }
        -1 => {
            if exponent % 2 == 0 {
                1
            } else {
                -1
            }
        }
        _ => {
            u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)).ok_or_else(Fault::too_large)?
        }
    };
    Ok(Number::Int(power))
}

fn float_power(base: f64, exponent: f64) -> Result<f64, Fault> {
    if base == 0.0 && exponent < 0.0 {
        return Err(Fault::zero_division("0.0 cannot be raised to a negative power"));
    }
    if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent.fract() != 0.0 {
        return Err(Fault::new(FaultKind::Unmodelled, "a complex number"));
    }
    let power = base.powf(exponent);
    if power.is_infinite() && base.is_finite() && exponent.is_finite() {
        return Err(Fault::overflow("(34, 'Numerical result out of range')"));
    }
    Ok(power)
}

fn shift_left(a: i64, count: i64) -> Result<i64, Fault> {
    if count < 0 {
        return Err(Fault::value("negative shift count"));
    }
    let shifted = u32::try_from(count).ok().filter(|count| *count < 64).map(|count| i128::from(a) << count);
    match shifted {
        _ if a == 0 => Ok(0),
        Some(wide) => i64::try_from(wide).map_err(|_| Fault::too_large()),
        None => Err(Fault::too_large()),
    }
}

fn shift_right(a: i64, count: i64) -> Result<i64, Fault> {
    if count < 0 {
        return Err(Fault::value("negative shift count"));
    }
    Ok(a >> count.min(63))
}

/// `pow(base, exponent, modulus)`.
pub fn power_modulo(base: i64, exponent: i64, modulus: i64) -> Result<i64, Fault> {
    if modulus == 0 {
        return Err(Fault::value("pow() 3rd argument cannot be 0"));
    }
    let size = i128::from(modulus.unsigned_abs());
    let mut factor = i128::from(base).rem_euclid(size);
    if exponent < 0 {
        factor = inverse(factor, size).ok_or_else(|| Fault::value("base is not invertible for the given modulus"))?;
    }
    let mut left = exponent.unsigned_abs();
    let mut power = 1 % size;
    while left > 0 {
        if left & 1 == 1 {
            power = power * factor % size;
        }
        factor = factor * factor % size;
        left >>= 1;
    }
    if modulus < 0 && power != 0 {
        power -= size;
    }
    i64::try_from(power).map_err(|_| Fault::too_large())
}

/// The inverse of `a` modulo `m` (extended Euclid).
fn inverse(a: i128, m: i128) -> Option<i128> {
    let (mut old, mut rest) = (a, m);
    let (mut old_factor, mut factor) = (1, 0);
    while rest != 0 {
        let quotient = old / rest;
        (old, rest) = (rest, old - quotient * rest);
        (old_factor, factor) = (factor, old_factor - quotient * factor);
    }
    (old == 1).then(|| old_factor.rem_euclid(m))
}

/// A float cut off to an int: `int(x)`.
pub fn truncate(x: f64) -> Result<i64, Fault> {
    if x.is_nan() {
        return Err(Fault::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(Fault::overflow("cannot convert float infinity to integer"));
    }
    exact(x.trunc()).ok_or_else(Fault::too_large)
}

/// A float without fraction as an int, if it fits.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
pub fn exact(x: f64) -> Option<i64> {
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x) && x.fract() == 0.0;
    fits.then_some(x as i64)
}

/// `round(x, digits)`: the nearest decimal, ties by the exact value of `x`.
#[must_use]
pub fn round_float(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || digits > 323 {
        return x;
    }
    if digits < -308 {
        return 0.0_f64.copysign(x);
    }
    if let Ok(places) = usize::try_from(digits) {
        return format!("{x:.places$}").parse().unwrap_or(x);
    }
    let power = 10.0_f64.powi(i32::try_from(-digits).unwrap_or(0));
    (x / power).round_ties_even() * power
}

/// `round(n, digits)` of an int: ties to even.
#[must_use]
pub fn round_int(n: i64, digits: i64) -> Option<i64> {
    if digits >= 0 {
        return Some(n);
    }
    let Some(power) = u32::try_from(-digits).ok().and_then(|digits| 10_i128.checked_pow(digits)) else {
        return Some(0);
    };
    let n = i128::from(n);
    let floor = n.div_euclid(power);
    let up = match (n.rem_euclid(power) * 2).cmp(&power) {
        Ordering::Less => 0,
        Ordering::Equal => floor & 1,
        Ordering::Greater => 1,
    };
    i64::try_from((floor + up) * power).ok()
}

/// How an int and a float compare, exactly; `None` for nan.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "small ints are exact; large ones are compared as ints")]
pub fn compare_int_float(n: i64, x: f64) -> Option<Ordering> {
    if n.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS {
        return (n as f64).partial_cmp(&x);
    }
    if x.is_nan() {
        return None;
    }
    match exact(x.trunc()) {
        // A fraction cannot matter: ints this large are farther apart than that.
        Some(whole) => Some(n.cmp(&whole)),
        None => Some(if x > 0.0 { Ordering::Less } else { Ordering::Greater }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(op: BinaryOp, a: Number, b: Number, expected: Result<Number, &str>) {
        let result = binary(op, a, b).expect("numbers have this operator");
        assert_eq!(result.as_ref().map_err(|fault| fault.text.as_str()), expected.as_ref().map_err(|text| *text));
    }

    #[test]
    fn ints() {
        use BinaryOp::{FloorDivide, LeftShift, Multiply, Power, Remainder, RightShift, TrueDivide};
        use Number::{Float, Int};
        check(FloorDivide, Int(-7), Int(2), Ok(Int(-4)));
        check(FloorDivide, Int(7), Int(-2), Ok(Int(-4)));
        check(FloorDivide, Int(i64::MIN), Int(-1), Err("int too large: integers have 64 bits here"));
        check(Remainder, Int(-7), Int(3), Ok(Int(2)));
        check(Remainder, Int(7), Int(-3), Ok(Int(-2)));
        check(Remainder, Int(i64::MIN), Int(-1), Ok(Int(0)));
        check(Remainder, Int(1), Int(0), Err("integer modulo by zero"));
        check(TrueDivide, Int(1), Int(3), Ok(Float(1.0 / 3.0)));
        check(TrueDivide, Int(i64::MAX), Int(3), Ok(Float(3.074_457_345_618_258_4e18)));
        check(TrueDivide, Int(9_007_199_254_740_993), Int(-1), Ok(Float(-9_007_199_254_740_992.0)));
        check(TrueDivide, Int(1), Int(0), Err("division by zero"));
        check(Power, Int(2), Int(62), Ok(Int(1 << 62)));
        check(Power, Int(2), Int(-1), Ok(Float(0.5)));
        check(Power, Int(-1), Int(i64::MAX), Ok(Int(-1)));
        check(Power, Int(0), Int(-1), Err("0.0 cannot be raised to a negative power"));
        check(Multiply, Int(i64::MAX), Int(2), Err("int too large: integers have 64 bits here"));
        check(LeftShift, Int(1), Int(62), Ok(Int(1 << 62)));
        check(LeftShift, Int(1), Int(63), Err("int too large: integers have 64 bits here"));
        check(RightShift, Int(-5), Int(100), Ok(Int(-1)));
        check(RightShift, Int(5), Int(-1), Err("negative shift count"));
    }

    #[test]
    fn floats() {
        use BinaryOp::{FloorDivide, Power, Remainder, TrueDivide};
        use Number::{Float, Int};
        check(FloorDivide, Float(-7.5), Int(2), Ok(Float(-4.0)));
        check(Remainder, Float(-7.5), Int(2), Ok(Float(0.5)));
        check(Remainder, Float(5.5), Float(-2.0), Ok(Float(-0.5)));
        check(Remainder, Float(1.0), Float(0.0), Err("float modulo"));
        check(TrueDivide, Int(1), Float(0.0), Err("float division by zero"));
        check(Power, Float(2.0), Float(0.5), Ok(Float(2.0_f64.sqrt())));
        check(Power, Float(10.0), Int(400), Err("(34, 'Numerical result out of range')"));
        assert!(binary(BinaryOp::And, Float(1.0), Int(1)).is_none());
    }

    #[test]
    fn rounding() {
        assert_eq!(round_float(2.675, 2).to_string(), "2.67");
        assert_eq!(round_float(0.125, 2).to_string(), "0.12");
        assert_eq!(round_float(1234.5, -2).to_string(), "1200");
        assert_eq!([round_int(25, -1), round_int(35, -1), round_int(-25, -1)], [Some(20), Some(40), Some(-20)]);
        assert_eq!(truncate(-2.9), Ok(-2));
        assert_eq!(truncate(1e19).unwrap_err().text, "int too large: integers have 64 bits here");
        assert_eq!(truncate(f64::NAN).unwrap_err().text, "cannot convert float NaN to integer");
    }

    #[test]
    fn powers_modulo() {
        assert_eq!(power_modulo(3, 200, 13), Ok(9));
        assert_eq!(power_modulo(3, -1, 11), Ok(4));
        assert_eq!(power_modulo(2, 3, -5), Ok(-2));
        assert_eq!(power_modulo(2, -1, 4).unwrap_err().text, "base is not invertible for the given modulus");
    }

    #[test]
    fn ints_and_floats_compare_exactly() {
        assert_eq!(compare_int_float(9_007_199_254_740_993, 9_007_199_254_740_992.0), Some(Ordering::Greater));
        assert_eq!(compare_int_float(i64::MAX, 9.3e18), Some(Ordering::Less));
        assert_eq!(compare_int_float(1, 1.5), Some(Ordering::Less));
        assert_eq!(compare_int_float(1, f64::NAN), None);
    }
}
