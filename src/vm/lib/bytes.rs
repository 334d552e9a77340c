//! Bytes: making them, and the encodings.

use super::arguments::{self, bind};
use super::iterate;
use super::view::{View, int, view};
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise};
use crate::vm::object::Obj;
use crate::vm::{Value, types};

/// The encodings there are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
}

impl Encoding {
    const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
        }
    }
}

fn encoding(cx: &mut Cx<'_>, value: Option<Value>) -> Result<Encoding, Raise> {
    let Some(value) = value else { return Ok(Encoding::Utf8) };
    let Some(name) = cx.text(value) else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("encoding must be str, not {kind}")));
    };
    match name.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "ascii" | "us-ascii" => Ok(Encoding::Ascii),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" => Ok(Encoding::Latin1),
        "gbk" | "gb2312" | "gb18030" | "big5" | "utf-16" | "utf-32" | "cp936" => {
            Err(Raise::Unmodelled(format!("the encoding {name}").into()))
        }
        _ => Err(cx.raise(types::LOOKUP_ERROR, format!("unknown encoding: {name}"))),
    }
}

/// What happens to what cannot be encoded or decoded.
fn policy(cx: &mut Cx<'_>, value: Option<Value>) -> Result<String, Raise> {
    match value {
        None => Ok("strict".to_owned()),
        Some(value) => match cx.text(value) {
            Some(name) => Ok(name.to_string()),
            None => {
                let kind = cx.type_name(value);
                Err(cx.type_error(format!("errors must be str, not {kind}")))
            }
        },
    }
}

/// `text.encode(encoding, errors)`.
pub fn encode(cx: &mut Cx<'_>, text: &str, name: Option<Value>, errors: Option<Value>) -> Result<Vec<u8>, Raise> {
    let encoding = encoding(cx, name)?;
    let policy = policy(cx, errors)?;
    let limit = match encoding {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Ascii => 0x80,
        Encoding::Latin1 => 0x100,
    };
    let mut out = Vec::with_capacity(text.len());
    let fits = |c: char| u32::from(c) < limit;
    for (place, c) in text.chars().enumerate() {
        match u8::try_from(u32::from(c)).ok().filter(|byte| u32::from(*byte) < limit) {
            Some(byte) => out.push(byte),
            None if policy == "ignore" => {}
            None if policy == "replace" => out.push(b'?'),
            None => {
                let code = u32::from(c);
                let shown = match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                };
                let wrong = text.chars().skip(place).take_while(|c| !fits(*c)).count();
                let what = match wrong {
                    1 => format!("character '{shown}' in position {place}"),
                    _ => format!("characters in position {place}-{}", place + wrong - 1),
                };
                let codec = encoding.name();
                let text = format!("'{codec}' codec can't encode {what}: ordinal not in range({limit})");
                return Err(cx.raise(types::UNICODE_ENCODE_ERROR, text));
            }
        }
    }
    Ok(out)
}

/// `data.decode(encoding, errors)`.
pub fn decode(
    cx: &mut Cx<'_>,
    _receiver: Value,
    data: &[u8],
    name: Option<Value>,
    errors: Option<Value>,
) -> Result<String, Raise> {
    let encoding = encoding(cx, name)?;
    let policy = policy(cx, errors)?;
    match encoding {
        Encoding::Latin1 => Ok(data.iter().copied().map(char::from).collect()),
        Encoding::Ascii => decode_ascii(cx, data, &policy),
        Encoding::Utf8 => decode_utf8(cx, data, &policy),
    }
}

fn decode_ascii(cx: &mut Cx<'_>, data: &[u8], policy: &str) -> Result<String, Raise> {
    let mut out = String::with_capacity(data.len());
    for (place, byte) in data.iter().enumerate() {
        match byte {
            0..=0x7f => out.push(char::from(*byte)),
            _ if policy == "ignore" => {}
            _ if policy == "replace" => out.push('\u{fffd}'),
            _ => {
                let text = format!(
                    "'ascii' codec can't decode byte {byte:#04x} in position {place}: ordinal not in range(128)"
                );
                return Err(cx.raise(types::UNICODE_DECODE_ERROR, text));
            }
        }
    }
    Ok(out)
}

fn decode_utf8(cx: &mut Cx<'_>, data: &[u8], policy: &str) -> Result<String, Raise> {
    match policy {
        "ignore" => return Ok(data.utf8_chunks().map(|chunk| chunk.valid()).collect()),
        "replace" => return Ok(String::from_utf8_lossy(data).into_owned()),
        _ => {}
    }
    match std::str::from_utf8(data) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let place = error.valid_up_to();
            let byte = data.get(place).copied().unwrap_or(0);
            let reason = match error.error_len() {
                None => "unexpected end of data",
                Some(_) if matches!(byte, 0xc2..=0xf4) => "invalid continuation byte",
                Some(_) => "invalid start byte",
            };
            let span = match error.error_len() {
                None if data.len() - place > 1 => format!("bytes in position {place}-{}", data.len() - 1),
                Some(length) if length > 1 => format!("bytes in position {place}-{}", place + length - 1),
                _ => format!("byte {byte:#04x} in position {place}"),
            };
            let text = format!("'utf-8' codec can't decode {span}: {reason}");
            Err(cx.raise(types::UNICODE_DECODE_ERROR, text))
        }
    }
}

/// `bytes(…)`.
pub fn construct(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let bound = bind(cx, args, 0, "bytes", &["source", "encoding", "errors"], 0)?;
    let data = match bound[0] {
        None => Vec::new(),
        Some(source) => match view(&cx.vm.heap, source) {
            View::Str(text) => {
                if bound[1].is_none() {
                    return Err(cx.type_error("string argument without an encoding"));
                }
                encode(cx, &text, bound[1], bound[2])?
            }
            View::Bytes(_) => return Ok(Answer::Value(source)),
            _ if int(source).is_some() => {
                let count = arguments::int(cx, source)?;
                let count = usize::try_from(count).map_err(|_| cx.value_error("negative count"))?;
                cx.reserve(count as u64)?;
                vec![0; count]
            }
            _ => match iterate::gather(cx, source)? {
                None => return Ok(Answer::Materialise(0)),
                Some(items) => from_items(cx, &items)?,
            },
        },
    };
    Ok(Answer::Value(cx.alloc(Obj::Bytes(data.into()))))
}

fn from_items(cx: &mut Cx<'_>, items: &[Value]) -> Result<Vec<u8>, Raise> {
    let mut data = Vec::with_capacity(items.len());
    for item in items {
        let n = arguments::int(cx, *item)?;
        let byte = u8::try_from(n).map_err(|_| cx.value_error("bytes must be in range(0, 256)"))?;
        data.push(byte);
    }
    Ok(data)
}
