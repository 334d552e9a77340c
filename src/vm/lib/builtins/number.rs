//! Built-in functions on numbers and characters.

use crate::lang::BinaryOp;
use crate::vm::lib::arguments::{self, bind};
use crate::vm::lib::fault::Fault;
use crate::vm::lib::number::{self, Number};
use crate::vm::lib::operator::{self, number_value, raise};
use crate::vm::lib::view::{View, int, number, view};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Answer, Args, Cx, NativeFn, NativeResult, Raise, Registry};
use crate::vm::{Value, types};

const TABLE: &[(&str, NativeFn)] = &[
    ("abs", abs),
    ("round", round),
    ("pow", pow),
    ("divmod", divmod),
    ("hex", hex),
    ("oct", oct),
    ("bin", bin),
    ("ord", ord),
    ("chr", chr),
];

pub(super) fn register(registry: &mut Registry) {
    for (name, call) in TABLE {
        registry.builtin(name, Pure, *call);
    }
}

fn value(result: Value) -> NativeResult {
    Ok(Answer::Value(result))
}

fn abs(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "abs", 1, 1)?[0];
    match number(operand) {
        Some(Number::Int(n)) => match n.checked_abs() {
            Some(n) => value(Value::Int(n)),
            None => Err(raise(cx, &Fault::too_large())),
        },
        Some(Number::Float(x)) => value(Value::Float(x.abs())),
        None => match cx.special(operand, "__abs__") {
            Some(function) => Ok(Answer::Call { function, args: [operand][..].into() }),
            None => {
                let text = format!("bad operand type for abs(): '{}'", cx.type_name(operand));
                Err(cx.type_error(text))
            }
        },
    }
}

fn round(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "round", &["number", "ndigits"], 1)?;
    let operand = bound[0].unwrap_or(Value::None);
    let digits = match bound[1] {
        None | Some(Value::None) => None,
        Some(digits) => Some(arguments::int(cx, digits)?),
    };
    match (number(operand), digits) {
        (Some(Number::Int(n)), None) => value(Value::Int(n)),
        (Some(Number::Int(n)), Some(digits)) => match number::round_int(n, digits) {
            Some(n) => value(Value::Int(n)),
            None => Err(raise(cx, &Fault::too_large())),
        },
        (Some(Number::Float(x)), None) => match number::truncate(x.round_ties_even()) {
            Ok(n) => value(Value::Int(n)),
            Err(fault) => Err(raise(cx, &fault)),
        },
        (Some(Number::Float(x)), Some(digits)) => value(Value::Float(number::round_float(x, digits))),
        (None, _) => match cx.special(operand, "__round__") {
            Some(function) => {
                let args = [Some(operand), bound[1]].into_iter().flatten().collect();
                Ok(Answer::Call { function, args })
            }
            None => {
                let text = format!("type {} doesn't define __round__ method", cx.type_name(operand));
                Err(cx.type_error(text))
            }
        },
    }
}

fn pow(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "pow", &["base", "exp", "mod"], 2)?;
    let (base, exponent) = (bound[0].unwrap_or(Value::None), bound[1].unwrap_or(Value::None));
    if let Some(modulus) = bound[2].filter(|modulus| *modulus != Value::None) {
        let (Some(base), Some(exponent), Some(modulus)) = (int(base), int(exponent), int(modulus)) else {
            return Err(cx.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
        };
        return match number::power_modulo(base, exponent, modulus) {
            Ok(n) => value(Value::Int(n)),
            Err(fault) => Err(raise(cx, &fault)),
        };
    }
    for (receiver, other, name) in [(base, exponent, "__pow__"), (exponent, base, "__rpow__")] {
        if let Some(function) = cx.special(receiver, name) {
            return Ok(Answer::Call { function, args: [receiver, other][..].into() });
        }
    }
    let power = operator::binary(cx, BinaryOp::Power, base, exponent)?;
    if power == Value::NotImplemented {
        return Err(unsupported(cx, "** or pow()", base, exponent));
    }
    value(power)
}

/// `unsupported operand type(s) for …`
fn unsupported(cx: &mut Cx<'_>, operator: &str, left: Value, right: Value) -> Raise {
    let (left, right) = (cx.type_name(left), cx.type_name(right));
    let text = format!("unsupported operand type(s) for {operator}: '{left}' and '{right}'");
    cx.type_error(text)
}

fn divmod(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let [left, right] = *arguments::all(cx, args, "divmod", 2, 2)? else { return value(Value::None) };
    if let Some(function) = cx.special(left, "__divmod__") {
        return Ok(Answer::Call { function, args: [left, right][..].into() });
    }
    let (Some(a), Some(b)) = (number(left), number(right)) else {
        return Err(unsupported(cx, "divmod()", left, right));
    };
    let pair = match (a, b) {
        (Number::Int(_), Number::Int(0)) => Err(Fault::zero_division("integer division or modulo by zero")),
        (Number::Int(a), Number::Int(b)) => match number::floor_divide(a, b) {
            Some(quotient) => Ok((Number::Int(quotient), Number::Int(number::remainder(a, b)))),
            None => Err(Fault::too_large()),
        },
        (a, b) if b.as_float() == 0.0 => {
            let _ = a;
            Err(Fault::zero_division("float divmod()"))
        }
        (a, b) => {
            let (quotient, rest) = number::float_divmod(a.as_float(), b.as_float());
            Ok((Number::Float(quotient), Number::Float(rest)))
        }
    };
    match pair {
        Ok((quotient, rest)) => value(cx.tuple([number_value(quotient), number_value(rest)])),
        Err(fault) => Err(raise(cx, &fault)),
    }
}

fn hex(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    in_base(cx, args, "hex", "0x", |n| format!("{n:x}"))
}

fn oct(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    in_base(cx, args, "oct", "0o", |n| format!("{n:o}"))
}

fn bin(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    in_base(cx, args, "bin", "0b", |n| format!("{n:b}"))
}

fn in_base(cx: &mut Cx<'_>, args: Args<'_>, name: &str, prefix: &str, digits: fn(u64) -> String) -> NativeResult {
    let operand = arguments::all(cx, args, name, 1, 1)?[0];
    let n = arguments::int(cx, operand)?;
    let sign = if n < 0 { "-" } else { "" };
    let text = format!("{sign}{prefix}{}", digits(n.unsigned_abs()));
    value(cx.str(text))
}

fn ord(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "ord", 1, 1)?[0];
    let length = match view(&cx.vm.heap, operand) {
        View::Str(text) => {
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                return value(Value::Int(i64::from(u32::from(c))));
            }
            text.chars().count()
        }
        View::Bytes(bytes) => match bytes[..] {
            [byte] => return value(Value::Int(i64::from(byte))),
            _ => bytes.len(),
        },
        _ => {
            let text = format!("ord() expected string of length 1, but {} found", cx.type_name(operand));
            return Err(cx.type_error(text));
        }
    };
    Err(cx.type_error(format!("ord() expected a character, but string of length {length} found")))
}

fn chr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "chr", 1, 1)?[0];
    let n = arguments::int(cx, operand)?;
    match u32::try_from(n).ok().filter(|n| *n < 0x11_0000) {
        None => Err(cx.raise(types::VALUE_ERROR, "chr() arg not in range(0x110000)")),
        Some(code) => match char::from_u32(code) {
            Some(c) => value(cx.str(c.to_string())),
            None => Err(Raise::Unmodelled("a surrogate as a character".into())),
        },
    }
}
