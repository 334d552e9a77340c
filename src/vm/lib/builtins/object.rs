//! Built-in functions on any value.

use crate::vm::lib::arguments;
use crate::vm::lib::text::quote;
use crate::vm::lib::view::{View, view};
use crate::vm::lib::{entry, format, keys};
use crate::vm::native::Effect::{Pure, Reads};
use crate::vm::native::{Answer, Args, Cx, Effect, NativeFn, NativeResult, Raise, Registry};
use crate::vm::object::Obj;
use crate::vm::{Value, types};

const TABLE: &[(&str, Effect, NativeFn)] = &[
    ("repr", Reads, repr),
    ("ascii", Reads, ascii),
    ("format", Pure, format_value),
    ("hash", Pure, hash),
    ("id", Pure, id),
    ("callable", Pure, callable),
    ("isinstance", Pure, isinstance),
    ("issubclass", Pure, issubclass),
];

pub(super) fn register(registry: &mut Registry) {
    for (name, effect, call) in TABLE {
        registry.builtin(name, *effect, *call);
    }
    registry.constructor(types::TYPE, Pure, type_of);
}

fn value(result: Value) -> NativeResult {
    Ok(Answer::Value(result))
}

fn repr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "repr", 1, 1)?[0];
    if let Some(function) = cx.special(operand, "__repr__") {
        return Ok(Answer::Call { function, args: [operand][..].into() });
    }
    let text = entry::repr(cx, operand)?;
    value(cx.str(text))
}

fn ascii(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "ascii", 1, 1)?[0];
    let text = quote::escape_non_ascii(&entry::repr(cx, operand)?);
    value(cx.str(text))
}

fn format_value(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "format", 1, 2)?;
    let spec = match given.get(1) {
        None => "".into(),
        Some(spec) => match cx.text(*spec) {
            Some(spec) => spec,
            None => {
                let text = format!("format() argument 2 must be str, not {}", cx.type_name(*spec));
                return Err(cx.type_error(text));
            }
        },
    };
    let text = format::format(cx, given[0], &spec)?;
    value(cx.str(text))
}

fn hash(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "hash", 1, 1)?[0];
    value(Value::Int(keys::hash(cx, operand)?))
}

fn id(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "id", 1, 1)?[0];
    value(Value::Int(keys::seen_address(cx, operand)))
}

fn callable(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = arguments::all(cx, args, "callable", 1, 1)?[0];
    value(Value::Bool(is_callable(cx, operand)))
}

/// True for what can be called.
pub(super) fn is_callable(cx: &Cx<'_>, operand: Value) -> bool {
    match operand {
        Value::Native(_) | Value::Type(_) | Value::NotYet(_) => true,
        Value::Ref(at) => match cx.vm.heap.get(at) {
            Obj::Function(_) | Obj::Bound(_) | Obj::Class(_) => true,
            Obj::Instance(_) | Obj::Exception(_) => cx.special(operand, "__call__").is_some(),
            _ => false,
        },
        _ => false,
    }
}

/// The class of a value, as a value.
#[must_use]
pub(in crate::vm::lib) fn class_of(cx: &Cx<'_>, operand: Value) -> Value {
    if let Value::Ref(at) = operand
        && let Some(class) = cx.vm.class_of(at)
    {
        return Value::Ref(class);
    }
    Value::Type(cx.vm.type_id(operand))
}

fn type_of(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    match args.positional {
        [operand] => value(class_of(cx, *operand)),
        [_, _, _] => Err(Raise::Unmodelled("making a class with type()".into())),
        _ => Err(cx.type_error("type() takes 1 or 3 arguments")),
    }
}

fn is_class(cx: &Cx<'_>, operand: Value) -> bool {
    match operand {
        Value::Type(_) => true,
        Value::Ref(at) => matches!(cx.vm.heap.get(at), Obj::Class(_)),
        _ => false,
    }
}

/// `issubclass(derived, base)` of two classes.
pub(in crate::vm::lib) fn derives(cx: &Cx<'_>, derived: Value, base: Value) -> bool {
    match derived {
        _ if derived == base || base == Value::Type(types::OBJECT) => true,
        Value::Type(derived) => matches!(base, Value::Type(base) if types::is_subtype(derived, base)),
        Value::Ref(at) => match cx.vm.heap.get(at) {
            Obj::Class(class) => class.mro.iter().any(|ancestor| match (ancestor, base) {
                (Value::Type(ancestor), Value::Type(base)) => types::is_subtype(*ancestor, base),
                _ => *ancestor == base,
            }),
            _ => false,
        },
        _ => false,
    }
}

/// Tests a class against another one or a tuple of them; `name` is the function's, for its errors.
fn matches_any(cx: &mut Cx<'_>, class: Value, against: Value, name: &str) -> Result<bool, Raise> {
    if let View::Tuple(several) = view(&cx.vm.heap, against) {
        for one in several.iter() {
            if cx.deeper(1, "", |cx| matches_any(cx, class, *one, name))? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if !is_class(cx, against) {
        let text = match name {
            "isinstance" => "isinstance() arg 2 must be a type, a tuple of types, or a union",
            _ => "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        };
        return Err(cx.type_error(text));
    }
    Ok(derives(cx, class, against))
}

fn isinstance(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "isinstance", 2, 2)?;
    let class = class_of(cx, given[0]);
    value(Value::Bool(matches_any(cx, class, given[1], "isinstance")?))
}

fn issubclass(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "issubclass", 2, 2)?;
    if !is_class(cx, given[0]) {
        return Err(cx.type_error("issubclass() arg 1 must be a class"));
    }
    value(Value::Bool(matches_any(cx, given[0], given[1], "issubclass")?))
}
