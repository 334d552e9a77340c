//! Methods of `bytes`, the everyday ones.

use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::{bind, rest};
use crate::vm::lib::bytes;
use crate::vm::lib::view::{View, view};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Args, Cx, NativeResult, Raise, Registry};
use crate::vm::object::Obj;
use crate::vm::{Value, types};
use std::fmt::Write as _;
use std::sync::Arc;

const TABLE: &[Method] = &[
    ("decode", Pure, decode),
    ("hex", Pure, hex),
    ("startswith", Pure, startswith),
    ("endswith", Pure, endswith),
    ("find", Pure, find),
    ("count", Pure, count),
    ("strip", Pure, strip),
    ("upper", Pure, upper),
    ("lower", Pure, lower),
    ("join", Pure, join),
    ("split", Pure, split),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::BYTES, TABLE);
}

fn data_of(cx: &mut Cx<'_>, operand: Value) -> Result<Arc<[u8]>, Raise> {
    match view(&cx.vm.heap, operand) {
        View::Bytes(data) => Ok(data),
        _ => {
            let kind = cx.type_name(operand);
            Err(cx.type_error(format!("a bytes-like object is required, not '{kind}'")))
        }
    }
}

fn this(cx: &mut Cx<'_>, args: Args<'_>) -> Result<Arc<[u8]>, Raise> {
    let receiver = receiver(cx, args);
    data_of(cx, receiver)
}

fn answer(cx: &mut Cx<'_>, data: Vec<u8>) -> NativeResult {
    value(cx.alloc(Obj::Bytes(data.into())))
}

fn decode(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let bound = bind(cx, args, 1, "decode", &["encoding", "errors"], 0)?;
    let receiver = receiver(cx, args);
    let text = bytes::decode(cx, receiver, &data, bound[0], bound[1])?;
    value(cx.str(text))
}

fn hex(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    rest(cx, args, "bytes.hex", 0, 0)?;
    let mut text = String::with_capacity(data.len() * 2);
    for byte in data.iter() {
        let _ = write!(text, "{byte:02x}");
    }
    value(cx.str(text))
}

fn startswith(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let part = rest(cx, args, "bytes.startswith", 1, 1)?[0];
    let part = data_of(cx, part)?;
    value(Value::Bool(data.starts_with(&part)))
}

fn endswith(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let part = rest(cx, args, "bytes.endswith", 1, 1)?[0];
    let part = data_of(cx, part)?;
    value(Value::Bool(data.ends_with(&part)))
}

/// The first place of `part` from `from` on.
fn place(data: &[u8], part: &[u8], from: usize) -> Option<usize> {
    if part.is_empty() {
        return (from <= data.len()).then_some(from);
    }
    data.get(from..)?.windows(part.len()).position(|window| window == part).map(|place| from + place)
}

fn find(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let part = rest(cx, args, "bytes.find", 1, 1)?[0];
    let part = data_of(cx, part)?;
    let found = place(&data, &part, 0).and_then(|place| i64::try_from(place).ok());
    value(Value::Int(found.unwrap_or(-1)))
}

fn count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let part = rest(cx, args, "bytes.count", 1, 1)?[0];
    let part = data_of(cx, part)?;
    let (mut count, mut from) = (0, 0);
    while let Some(found) = place(&data, &part, from) {
        count += 1;
        from = found + part.len().max(1);
    }
    value(Value::Int(count))
}

fn strip(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    rest(cx, args, "bytes.strip", 0, 0)?;
    answer(cx, data.trim_ascii().to_vec())
}

fn upper(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    rest(cx, args, "bytes.upper", 0, 0)?;
    answer(cx, data.to_ascii_uppercase())
}

fn lower(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    rest(cx, args, "bytes.lower", 0, 0)?;
    answer(cx, data.to_ascii_lowercase())
}

fn join(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let separator = this(cx, args)?;
    let iterable = rest(cx, args, "bytes.join", 1, 1)?[0];
    let Some(items) = crate::vm::lib::iterate::gather(cx, iterable)? else {
        return Ok(crate::vm::native::Answer::Materialise(1));
    };
    let mut out = Vec::new();
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.extend_from_slice(&separator);
        }
        let part = data_of(cx, item)?;
        out.extend_from_slice(&part);
    }
    answer(cx, out)
}

fn split(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let data = this(cx, args)?;
    let given = rest(cx, args, "bytes.split", 0, 1)?;
    let parts: Vec<Vec<u8>> = match given.first() {
        None => data.split(u8::is_ascii_whitespace).filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect(),
        Some(separator) => {
            let separator = data_of(cx, *separator)?;
            if separator.is_empty() {
                return Err(cx.value_error("empty separator"));
            }
            let mut parts = Vec::new();
            let mut from = 0;
            while let Some(found) = place(&data, &separator, from) {
                parts.push(data[from..found].to_vec());
                from = found + separator.len();
            }
            parts.push(data[from..].to_vec());
            parts
        }
    };
    let parts = parts.into_iter().map(|part| cx.alloc(Obj::Bytes(part.into()))).collect();
    value(cx.list(parts))
}
