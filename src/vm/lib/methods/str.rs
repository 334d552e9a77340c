//! Methods of `str`, apart from those that search and the `is…` family.

use super::{Method, add, receiver, value};
use crate::vm::lib::arguments::{self, bind, rest};
use crate::vm::lib::text::literal::is_space;
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{bytes, format, iterate, keys, truth};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::{Value, types};
use std::sync::Arc;

const TABLE: &[Method] = &[
    ("split", Pure, split),
    ("rsplit", Pure, rsplit),
    ("splitlines", Pure, splitlines),
    ("join", Pure, join),
    ("strip", Pure, strip),
    ("lstrip", Pure, lstrip),
    ("rstrip", Pure, rstrip),
    ("replace", Pure, replace),
    ("upper", Pure, upper),
    ("lower", Pure, lower),
    ("casefold", Pure, lower),
    ("title", Pure, title),
    ("capitalize", Pure, capitalize),
    ("swapcase", Pure, swapcase),
    ("center", Pure, center),
    ("ljust", Pure, ljust),
    ("rjust", Pure, rjust),
    ("zfill", Pure, zfill),
    ("expandtabs", Pure, expandtabs),
    ("encode", Pure, encode),
    ("format", Pure, format_method),
    ("format_map", Pure, format_map),
    ("translate", Pure, translate),
];

pub(super) fn register(registry: &mut Registry) {
    add(registry, types::STR, TABLE);
}

/// The receiver's text.
pub(super) fn text_of(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Arc<str>, Raise> {
    let receiver = receiver(cx, args);
    match cx.text(receiver) {
        Some(text) => {
            // Nearly every method looks at all of it, or makes something of that size.
            cx.reserve(text.len() as u64)?;
            Ok(text)
        }
        None => {
            let kind = cx.type_name(receiver);
            let text = format!("descriptor '{name}' for 'str' objects doesn't apply to a '{kind}' object");
            Err(cx.type_error(text))
        }
    }
}

/// A string argument.
pub(super) fn text_argument(cx: &mut Cx<'_>, name: &str, number: usize, value: Value) -> Result<Arc<str>, Raise> {
    match cx.text(value) {
        Some(text) => Ok(text),
        None => {
            let kind = cx.type_name(value);
            let which = if number == 0 { "argument".to_owned() } else { format!("argument {number}") };
            Err(cx.type_error(format!("{name}() {which} must be str, not {kind}")))
        }
    }
}

pub(super) fn answer(cx: &mut Cx<'_>, text: impl Into<Arc<str>>) -> NativeResult {
    value(cx.str(text))
}

pub(super) fn strings<'t>(cx: &mut Cx<'_>, parts: impl IntoIterator<Item = &'t str>) -> Vec<Value> {
    parts.into_iter().map(|part| cx.str(part)).collect()
}

// ---- taking apart and putting together ----

/// `sep` and `maxsplit` of `split` and `rsplit`.
fn split_options(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<(Option<Arc<str>>, usize), Raise> {
    let bound = bind(cx, args, 1, name, &["sep", "maxsplit"], 0)?;
    let separator = match bound[0] {
        None | Some(Value::None) => None,
        Some(separator) => match cx.text(separator) {
            Some(text) if text.is_empty() => return Err(cx.value_error("empty separator")),
            Some(text) => Some(text),
            None => {
                let text = format!("must be str or None, not {}", cx.type_name(separator));
                return Err(cx.type_error(text));
            }
        },
    };
    let most = match bound[1] {
        None => -1,
        Some(most) => arguments::int(cx, most)?,
    };
    Ok((separator, usize::try_from(most).unwrap_or(usize::MAX)))
}

fn split(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "split")?;
    let (separator, most) = split_options(cx, args, "split")?;
    let most_parts = match &separator {
        Some(separator) => text.matches(&**separator).count(),
        None => count_words(&text),
    };
    reserve_parts(cx, most_parts.min(most), &text)?;
    let parts = match &separator {
        Some(separator) => strings(cx, text.splitn(most.saturating_add(1), &**separator)),
        None => strings(cx, split_words(&text, most)),
    };
    value(cx.list(parts))
}

/// Makes sure that a text may be taken apart into so many strings.
fn reserve_parts(cx: &mut Cx<'_>, parts: usize, text: &str) -> Result<(), Raise> {
    // A string of its own takes a place in the heap, a place in the list and a header.
    cx.reserve((parts as u64).saturating_mul(STRING_BYTES).saturating_add(text.len() as u64))
}

fn count_words(text: &str) -> usize {
    text.split(is_space).filter(|word| !word.is_empty()).count()
}

/// What a string takes besides its text.
const STRING_BYTES: u64 = 112;

/// The words between white space, at most `most` splits; the rest keeps its inner white space.
fn split_words(text: &str, most: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        if words.len() == most {
            words.push(rest);
            break;
        }
        let end = rest.find(is_space).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space);
    }
    words
}

fn rsplit(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "rsplit")?;
    let (separator, most) = split_options(cx, args, "rsplit")?;
    let most_parts = match &separator {
        Some(separator) => text.matches(&**separator).count(),
        None => count_words(&text),
    };
    reserve_parts(cx, most_parts.min(most), &text)?;
    let mut parts: Vec<&str> = match &separator {
        Some(separator) => text.rsplitn(most.saturating_add(1), &**separator).collect(),
        None => rsplit_words(&text, most),
    };
    parts.reverse();
    let parts = strings(cx, parts);
    value(cx.list(parts))
}

fn rsplit_words(text: &str, most: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        if words.len() == most {
            words.push(rest);
            break;
        }
        let start = rest.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        words.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(is_space);
    }
    words
}

fn splitlines(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "splitlines")?;
    let bound = bind(cx, args, 1, "splitlines", &["keepends"], 0)?;
    let keep = match bound[0] {
        Some(keep) => truth::of(cx, keep)?,
        None => false,
    };
    reserve_parts(cx, text.matches(is_line_end).count(), &text)?;
    let mut lines = Vec::new();
    let mut rest = &*text;
    while !rest.is_empty() {
        let (end, width) = line_end(rest);
        lines.push(&rest[..if keep { end + width } else { end }]);
        rest = &rest[end + width..];
    }
    let lines = strings(cx, lines);
    value(cx.list(lines))
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Where the first line ends, and how many bytes its end takes.
fn line_end(text: &str) -> (usize, usize) {
    let Some(end) = text.find(is_line_end) else { return (text.len(), 0) };
    let width = if text[end..].starts_with("\r\n") { 2 } else { text[end..].chars().next().map_or(0, char::len_utf8) };
    (end, width)
}

fn join(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let separator = text_of(cx, args, "join")?;
    let iterable = rest(cx, args, "str.join", 1, 1)?[0];
    if iterate::runs_python(&cx.vm.heap, iterable) {
        return Ok(Answer::Materialise(1));
    }
    let Ok(items) = iterate::collect(cx, iterable) else {
        return Err(cx.type_error("can only join an iterable"));
    };
    let between = separator.len().saturating_mul(items.len().saturating_sub(1));
    let length = items.iter().filter_map(|item| cx.vm.heap.str(*item)).fold(between, |sum, part| sum + part.len());
    cx.reserve(length as u64)?;
    let mut out = String::with_capacity(length);
    for (number, item) in items.into_iter().enumerate() {
        let Some(part) = cx.vm.heap.str(item) else {
            let text = format!("sequence item {number}: expected str instance, {} found", cx.type_name(item));
            return Err(cx.type_error(text));
        };
        if number > 0 {
            out.push_str(&separator);
        }
        out.push_str(part);
    }
    answer(cx, out)
}

/// The characters that `strip` takes away.
fn strip_set(cx: &mut Cx<'_>, args: Args<'_>, name: &str) -> Result<Option<Arc<str>>, Raise> {
    match rest(cx, args, &format!("str.{name}"), 0, 1)?.first() {
        None | Some(Value::None) => Ok(None),
        Some(value) => match cx.text(*value) {
            Some(text) => Ok(Some(text)),
            None => Err(cx.type_error(format!("{name} arg must be None or str"))),
        },
    }
}

fn stripped(cx: &mut Cx<'_>, args: Args<'_>, name: &str, left: bool, right: bool) -> NativeResult {
    let text = text_of(cx, args, name)?;
    let set = strip_set(cx, args, name)?;
    let goes = |c: char| match &set {
        Some(set) => set.contains(c),
        None => is_space(c),
    };
    let mut kept = &*text;
    if left {
        kept = kept.trim_start_matches(goes);
    }
    if right {
        kept = kept.trim_end_matches(goes);
    }
    answer(cx, kept)
}

fn strip(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    stripped(cx, args, "strip", true, true)
}

fn lstrip(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    stripped(cx, args, "lstrip", true, false)
}

fn rstrip(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    stripped(cx, args, "rstrip", false, true)
}

fn replace(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "replace")?;
    let given = rest(cx, args, "str.replace", 2, 3)?;
    let old = text_argument(cx, "replace", 1, given[0])?;
    let new = text_argument(cx, "replace", 2, given[1])?;
    let most = match given.get(2) {
        Some(most) => usize::try_from(arguments::int(cx, *most)?).ok(),
        None => None,
    };
    let found = text.matches(&*old).take(most.unwrap_or(usize::MAX)).count();
    cx.reserve((text.len() as u64).saturating_add((found as u64).saturating_mul(new.len() as u64)))?;
    let result = match most {
        None => text.replace(&*old, &new),
        Some(most) => text.replacen(&*old, &new, most),
    };
    answer(cx, result)
}

// ---- case ----

fn upper(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "upper")?;
    rest(cx, args, "str.upper", 0, 0)?;
    answer(cx, text.to_uppercase())
}

fn lower(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "lower")?;
    rest(cx, args, "str.lower", 0, 0)?;
    answer(cx, text.to_lowercase())
}

fn title(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "title")?;
    rest(cx, args, "str.title", 0, 0)?;
    let mut out = String::with_capacity(text.len());
    let mut in_word = false;
    for c in text.chars() {
        if in_word {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        in_word = c.is_lowercase() || c.is_uppercase();
    }
    answer(cx, out)
}

fn capitalize(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "capitalize")?;
    rest(cx, args, "str.capitalize", 0, 0)?;
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    answer(cx, first + &chars.as_str().to_lowercase())
}

fn swapcase(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "swapcase")?;
    rest(cx, args, "str.swapcase", 0, 0)?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
    }
    answer(cx, out)
}

// ---- padding ----

/// How many characters are missing to the width, and what fills them.
fn padding(cx: &mut Cx<'_>, args: Args<'_>, text: &str, name: &str) -> Result<(usize, usize, char), Raise> {
    let given = rest(cx, args, &format!("str.{name}"), 1, 2)?;
    let width = usize::try_from(arguments::int(cx, given[0])?).unwrap_or(0);
    cx.reserve((width as u64).saturating_mul(4))?;
    let fill = match given.get(1) {
        None => ' ',
        Some(fill) => match cx.text(*fill).as_deref().map(|fill| (fill.chars().next(), fill.chars().count())) {
            Some((Some(fill), 1)) => fill,
            Some(_) => return Err(cx.type_error("The fill character must be exactly one character long")),
            None => {
                let text = format!("The fill character must be a unicode character, not {}", cx.type_name(*fill));
                return Err(cx.type_error(text));
            }
        },
    };
    Ok((width.saturating_sub(text.chars().count()), width, fill))
}

fn filled(left: usize, text: &str, right: usize, fill: char) -> String {
    let mut out = String::new();
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

fn center(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "center")?;
    let (missing, width, fill) = padding(cx, args, &text, "center")?;
    let left = missing / 2 + (missing & width & 1);
    answer(cx, filled(left, &text, missing - left, fill))
}

fn ljust(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "ljust")?;
    let (missing, _, fill) = padding(cx, args, &text, "ljust")?;
    answer(cx, filled(0, &text, missing, fill))
}

fn rjust(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "rjust")?;
    let (missing, _, fill) = padding(cx, args, &text, "rjust")?;
    answer(cx, filled(missing, &text, 0, fill))
}

fn zfill(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "zfill")?;
    let given = rest(cx, args, "str.zfill", 1, 1)?;
    let width = usize::try_from(arguments::int(cx, given[0])?).unwrap_or(0);
    cx.reserve(width as u64)?;
    let missing = width.saturating_sub(text.chars().count());
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let sign = &text[..text.len() - digits.len()];
    answer(cx, format!("{sign}{}{digits}", "0".repeat(missing)))
}

fn expandtabs(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "expandtabs")?;
    let bound = bind(cx, args, 1, "expandtabs", &["tabsize"], 0)?;
    let size = match bound[0] {
        None => 8,
        Some(size) => usize::try_from(arguments::int(cx, size)?).unwrap_or(0).min(1 << 16),
    };
    let tabs = text.matches('\t').count() as u64;
    cx.reserve(tabs.saturating_mul(size as u64).saturating_add(text.len() as u64))?;
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    answer(cx, out)
}

// ---- the rest ----

fn encode(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "encode")?;
    let bound = bind(cx, args, 1, "encode", &["encoding", "errors"], 0)?;
    let data = bytes::encode(cx, &text, bound[0], bound[1])?;
    value(cx.alloc(crate::vm::object::Obj::Bytes(data.into())))
}

fn format_method(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let template = text_of(cx, args, "format")?;
    let fields = Args { positional: args.positional.get(1..).unwrap_or_default(), keywords: args.keywords };
    let text = format::str_format(cx, &template, fields)?;
    answer(cx, text)
}

fn format_map(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let template = text_of(cx, args, "format_map")?;
    let mapping = rest(cx, args, "str.format_map", 1, 1)?[0];
    let text = format::format_map(cx, &template, mapping)?;
    answer(cx, text)
}

fn translate(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let text = text_of(cx, args, "translate")?;
    let table = rest(cx, args, "str.translate", 1, 1)?[0];
    let View::Dict(table) = view(&cx.vm.heap, table) else {
        let kind = cx.type_name(table);
        return Err(cx.type_error(format!("'{kind}' object is not subscriptable")));
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match keys::look_up(cx, table, Value::Int(i64::from(u32::from(c))))? {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Int(code)) => out.extend(u32::try_from(code).ok().and_then(char::from_u32)),
            Some(other) => match cx.text(other) {
                Some(text) => out.push_str(&text),
                None => return Err(cx.type_error("character mapping must return integer, None or str")),
            },
        }
    }
    answer(cx, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_from_either_side() {
        assert_eq!(split_words("  a b  c ", usize::MAX), ["a", "b", "c"]);
        assert_eq!(split_words("  a b  c ", 1), ["a", "b  c "]);
        assert_eq!(rsplit_words("  a b  c ", 1), ["c", "  a b"]);
        assert_eq!(rsplit_words("甲　乙", usize::MAX), ["乙", "甲"]);
    }

    #[test]
    fn lines_end_in_many_ways() {
        assert_eq!(line_end("a\r\nb"), (1, 2));
        assert_eq!(line_end("a\u{2028}b"), (1, 3));
        assert_eq!(line_end("ab"), (2, 0));
    }
}
