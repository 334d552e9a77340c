//! `format()`, `%` and `str.format`, on values.

use super::field::{self, Head, Step};
use super::operator::raise;
use super::percent::{self, Count, Directive, Flags, Piece, Shape};
use super::spec::{self, Operand};
use super::text::quote;
use super::view::{View, int, number, view};
use super::{keys, number as numbers, repr, subscript};
use crate::vm::native::{Args, Cx, Raise};
use crate::vm::{Value, types};
use std::sync::Arc;

/// `format(value, spec)`.
pub fn format(cx: &mut Cx<'_>, value: Value, spec: &str) -> Result<Arc<str>, Raise> {
    if let Some(method) = cx.special(value, "__format__") {
        let spec = cx.str(spec);
        let answer = cx.call(method, &[value, spec])?;
        return match cx.text(answer) {
            Some(text) => Ok(text),
            None => {
                let text = format!("__format__ must return a str, not {}", cx.type_name(answer));
                Err(cx.type_error(text))
            }
        };
    }
    if spec.is_empty() {
        return repr::str(cx, value);
    }
    let text = cx.text(value);
    let operand = match (value, &text) {
        (Value::Int(n), _) => Operand::Int(n),
        (Value::Bool(b), _) => Operand::Bool(b),
        (Value::Float(x), _) => Operand::Float(x),
        (_, Some(text)) => Operand::Str(text),
        _ => {
            let text = format!("unsupported format string passed to {}.__format__", cx.type_name(value));
            return Err(cx.type_error(text));
        }
    };
    match spec::format(operand, spec) {
        Ok(text) => Ok(text.into()),
        Err(fault) => Err(raise(cx, &fault)),
    }
}

// ---- % ----

/// The right-hand side of `%`.
struct Operands {
    values: Vec<Value>,
    next: usize,
    /// The whole, when it is a mapping.
    mapping: Option<Value>,
}

impl Operands {
    fn take(&mut self, cx: &mut Cx<'_>) -> Result<Value, Raise> {
        let value = self.values.get(self.next).copied();
        self.next += 1;
        value.ok_or_else(|| cx.type_error("not enough arguments for format string"))
    }
}

/// `format % right`.
pub fn percent(cx: &mut Cx<'_>, format: &str, right: Value) -> Result<String, Raise> {
    let pieces = percent::parse(format).map_err(|fault| raise(cx, &fault))?;
    let mut operands = match view(&cx.vm.heap, right) {
        View::Tuple(items) => Operands { values: items.to_vec(), next: 0, mapping: None },
        // Whatever has elements counts as a mapping, even a list.
        View::Dict(_) | View::List(_) | View::Bytes(_) | View::Range(_) | View::Deque(_) => {
            Operands { values: vec![right], next: 0, mapping: Some(right) }
        }
        _ => {
            let mapping = cx.special(right, "__getitem__").map(|_| right);
            Operands { values: vec![right], next: 0, mapping }
        }
    };
    let mut out = String::new();
    let mut by_key = false;
    for piece in &pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Directive(directive) if directive.kind == '%' => out.push('%'),
            Piece::Directive(directive) => {
                by_key |= directive.key.is_some();
                let text = directive_text(cx, directive, &mut operands)?;
                cx.reserve((out.len() + text.len()) as u64)?;
                out.push_str(&text);
            }
        }
    }
    if operands.next < operands.values.len() && operands.mapping.is_none() && !by_key {
        return Err(cx.type_error("not all arguments converted during string formatting"));
    }
    Ok(out)
}

fn directive_text(cx: &mut Cx<'_>, directive: &Directive<'_>, operands: &mut Operands) -> Result<String, Raise> {
    let (shape, value) = match directive.key {
        Some(key) => {
            let Some(mapping) = operands.mapping else { return Err(cx.type_error("format requires a mapping")) };
            let key = cx.str(key);
            let value = subscript::get(cx, mapping, key)?;
            (shape(cx, directive, operands)?, value)
        }
        None => (shape(cx, directive, operands)?, operands.take(cx)?),
    };
    match directive.kind {
        's' => Ok(percent::text(&shape, &repr::str(cx, value)?)),
        'r' => Ok(percent::text(&shape, &repr::repr(cx, value)?)),
        'a' => Ok(percent::text(&shape, &quote::escape_non_ascii(&repr::repr(cx, value)?))),
        'c' => character(cx, &shape, value),
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => integer(cx, &shape, directive.kind, value),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => match number(value) {
            Some(number) => Ok(percent::real(&shape, directive.kind, number.as_float())),
            None => {
                let text = format!("must be real number, not {}", cx.type_name(value));
                Err(cx.type_error(text))
            }
        },
        _ => Err(raise(cx, &percent::unsupported(directive))),
    }
}

fn shape(cx: &mut Cx<'_>, directive: &Directive<'_>, operands: &mut Operands) -> Result<Shape, Raise> {
    let mut flags = directive.flags;
    let width = match directive.width {
        Count::Absent => 0,
        Count::Given(n) => n,
        Count::Argument => {
            let width = star(cx, operands)?;
            if width < 0 {
                flags = Flags { left: true, ..flags };
            }
            usize::try_from(width.unsigned_abs()).unwrap_or(0)
        }
    };
    let precision = match directive.precision {
        Count::Absent => None,
        Count::Given(n) => Some(n),
        Count::Argument => Some(usize::try_from(star(cx, operands)?).unwrap_or(0)),
    };
    Ok(Shape { flags, width, precision })
}

fn star(cx: &mut Cx<'_>, operands: &mut Operands) -> Result<i64, Raise> {
    let value = operands.take(cx)?;
    match int(value) {
        Some(n) => Ok(n.clamp(-(1 << 24), 1 << 24)),
        None => Err(cx.type_error("* wants int")),
    }
}

fn character(cx: &mut Cx<'_>, shape: &Shape, value: Value) -> Result<String, Raise> {
    let shape = &Shape { precision: None, ..*shape };
    if let Some(n) = int(value) {
        let c = u32::try_from(n).ok().and_then(char::from_u32);
        let c = c.ok_or_else(|| cx.raise(types::OVERFLOW_ERROR, "%c arg not in range(0x110000)"))?;
        return Ok(percent::text(shape, &c.to_string()));
    }
    match cx.text(value) {
        Some(text) if text.chars().count() == 1 => Ok(percent::text(shape, &text)),
        _ => Err(cx.type_error("%c requires int or char")),
    }
}

fn integer(cx: &mut Cx<'_>, shape: &Shape, kind: char, value: Value) -> Result<String, Raise> {
    let n = match value {
        Value::Float(x) if matches!(kind, 'd' | 'i' | 'u') => match numbers::truncate(x) {
            Ok(n) => n,
            Err(_) if x.is_finite() => return Ok(percent::whole(shape, x)),
            Err(fault) => return Err(raise(cx, &fault)),
        },
        _ => match int(value) {
            Some(n) => n,
            None => {
                let wanted = if matches!(kind, 'd' | 'i' | 'u') { "a real number" } else { "an integer" };
                let text = format!("%{kind} format: {wanted} is required, not {}", cx.type_name(value));
                return Err(cx.type_error(text));
            }
        },
    };
    Ok(percent::integer(shape, kind, n))
}

// ---- str.format ----

/// Where fields get their values from.
struct Fields<'a> {
    positional: &'a [Value],
    keywords: &'a [(crate::lang::Sym, Value)],
    /// For `format_map`.
    mapping: Option<Value>,
    /// The number of the next `{}`; `None` once fields were numbered by hand.
    automatic: Option<usize>,
    manual: bool,
}

/// `template.format(*args, **kwargs)`.
pub fn str_format(cx: &mut Cx<'_>, template: &str, args: Args<'_>) -> Result<String, Raise> {
    let mut fields = Fields {
        positional: args.positional,
        keywords: args.keywords,
        mapping: None,
        automatic: Some(0),
        manual: false,
    };
    expand(cx, template, &mut fields, 2)
}

/// `template.format_map(mapping)`.
pub fn format_map(cx: &mut Cx<'_>, template: &str, mapping: Value) -> Result<String, Raise> {
    let mut fields =
        Fields { positional: &[], keywords: &[], mapping: Some(mapping), automatic: Some(0), manual: false };
    expand(cx, template, &mut fields, 2)
}

fn expand(cx: &mut Cx<'_>, template: &str, fields: &mut Fields<'_>, depth: u32) -> Result<String, Raise> {
    if depth == 0 {
        return Err(cx.value_error("Max string recursion exceeded"));
    }
    let mut out = String::new();
    for piece in field::parse(template).map_err(|fault| raise(cx, &fault))? {
        let field = match piece {
            field::Piece::Text(text) => {
                out.push_str(text);
                continue;
            }
            field::Piece::Field(field) => field,
        };
        let value = field_value(cx, field.name, fields)?;
        let spec = if field.spec.contains(['{', '}']) {
            expand(cx, field.spec, fields, depth - 1)?
        } else {
            field.spec.to_owned()
        };
        let converted = match field.conversion {
            None => value,
            Some(conversion) => {
                let text = match conversion {
                    's' => repr::str(cx, value)?,
                    'r' => repr::repr(cx, value)?,
                    _ => quote::escape_non_ascii(&repr::repr(cx, value)?).into(),
                };
                cx.str(text)
            }
        };
        let text = format(cx, converted, &spec)?;
        cx.reserve((out.len() + text.len()) as u64)?;
        out.push_str(&text);
    }
    Ok(out)
}

fn field_value(cx: &mut Cx<'_>, name: &str, fields: &mut Fields<'_>) -> Result<Value, Raise> {
    let (head, steps) = field::path(name).map_err(|fault| raise(cx, &fault))?;
    let mut value = head_value(cx, head, fields)?;
    for step in steps {
        value = match step {
            Step::Attribute(name) => attribute(cx, value, name)?,
            Step::Index(index) => subscript::get(cx, value, Value::Int(index))?,
            Step::Key(key) => {
                let key = cx.str(key);
                subscript::get(cx, value, key)?
            }
        };
    }
    Ok(value)
}

fn head_value(cx: &mut Cx<'_>, head: Head<'_>, fields: &mut Fields<'_>) -> Result<Value, Raise> {
    let number = match head {
        Head::Keyword(name) => return keyword_value(cx, name, fields),
        Head::Next => {
            if fields.manual {
                let text = "cannot switch from manual field specification to automatic field numbering";
                return Err(cx.value_error(text));
            }
            let number = fields.automatic.unwrap_or(0);
            fields.automatic = Some(number + 1);
            number
        }
        Head::Number(number) => {
            if fields.automatic.is_some_and(|next| next > 0) {
                let text = "cannot switch from automatic field numbering to manual field specification";
                return Err(cx.value_error(text));
            }
            fields.manual = true;
            number
        }
    };
    if fields.mapping.is_some() {
        return Err(cx.value_error("Format string contains positional fields"));
    }
    fields.positional.get(number).copied().ok_or_else(|| {
        let text = format!("Replacement index {number} out of range for positional args tuple");
        cx.raise(types::INDEX_ERROR, text)
    })
}

fn keyword_value(cx: &mut Cx<'_>, name: &str, fields: &Fields<'_>) -> Result<Value, Raise> {
    if let Some(mapping) = fields.mapping {
        let key = cx.str(name);
        return subscript::get(cx, mapping, key);
    }
    let found = fields.keywords.iter().find(|(key, _)| cx.name(*key) == name).map(|(_, value)| *value);
    match found {
        Some(value) => Ok(value),
        None => {
            let key = cx.str(name);
            Err(keys::missing(cx, key))
        }
    }
}

/// `value.name` inside a field.
fn attribute(cx: &mut Cx<'_>, value: Value, name: &str) -> Result<Value, Raise> {
    match super::entry::attribute(cx, value, name)? {
        Some(found) => Ok(found),
        None => {
            let text = format!("'{}' object has no attribute '{name}'", cx.type_name(value));
            Err(cx.raise(types::ATTRIBUTE_ERROR, text))
        }
    }
}
