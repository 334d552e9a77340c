//! The `is…` methods of `str`.

use super::str::text_of;
use super::{Method, add, value};
use crate::vm::lib::arguments::rest;
use crate::vm::lib::text::{literal, quote};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Args, Cx, NativeResult, Registry};
use crate::vm::{Value, types};

const TABLE: &[Method] = &[
    ("isdigit", Pure, isdigit),
    ("isdecimal", Pure, isdecimal),
    ("isnumeric", Pure, isnumeric),
    ("isalpha", Pure, isalpha),
    ("isalnum", Pure, isalnum),
    ("isspace", Pure, isspace),
    ("isupper", Pure, isupper),
    ("islower", Pure, islower),
    ("istitle", Pure, istitle),
    ("isidentifier", Pure, isidentifier),
    ("isprintable", Pure, isprintable),
    ("isascii", Pure, isascii),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::STR, TABLE);
}

fn test(cx: &mut Cx<'_>, args: Args<'_>, name: &str, holds: fn(&str) -> bool) -> NativeResult {
    let text = text_of(cx, args, name)?;
    rest(cx, args, &format!("str.{name}"), 0, 0)?;
    value(Value::Bool(holds(&text)))
}

/// True when there are characters and all of them are such.
fn all(text: &str, is: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(is)
}

/// The first character of each script's ten digits, as far as anybody types them.
const DIGIT_BLOCKS: &[char] = &['0', '٠', '۰', '०', '০', '๐', '０'];

fn is_decimal(c: char) -> bool {
    DIGIT_BLOCKS.iter().any(|zero| (u32::from(*zero)..u32::from(*zero) + 10).contains(&u32::from(c)))
}

fn is_digit(c: char) -> bool {
    is_decimal(c) || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨')
}

fn is_numeric(c: char) -> bool {
    c.is_numeric() || "零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两".contains(c)
}

fn isdigit(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isdigit", |text| all(text, is_digit))
}

fn isdecimal(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isdecimal", |text| all(text, is_decimal))
}

fn isnumeric(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isnumeric", |text| all(text, is_numeric))
}

fn isalpha(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isalpha", |text| all(text, char::is_alphabetic))
}

fn isalnum(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isalnum", |text| all(text, |c| c.is_alphabetic() || is_numeric(c)))
}

fn isspace(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isspace", |text| all(text, literal::is_space))
}

fn isupper(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isupper", |text| text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase))
}

fn islower(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "islower", |text| text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase))
}

fn istitle(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "istitle", |text| {
        let (mut in_word, mut cased) = (false, false);
        for c in text.chars() {
            if c.is_uppercase() && in_word || c.is_lowercase() && !in_word {
                return false;
            }
            in_word = c.is_uppercase() || c.is_lowercase();
            cased |= in_word;
        }
        cased
    })
}

fn isidentifier(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isidentifier", |text| {
        text.chars().enumerate().all(|(at, c)| c == '_' || c.is_alphabetic() || at > 0 && c.is_alphanumeric())
            && !text.is_empty()
    })
}

fn isprintable(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isprintable", |text| text.chars().all(quote::is_printable))
}

fn isascii(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    test(cx, args, "isascii", str::is_ascii)
}
