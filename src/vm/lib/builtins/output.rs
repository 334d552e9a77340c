//! `print`, `input`, and what reaches outside.

use crate::vm::lib::{arguments, entry, python};
use crate::vm::native::Effect::Pure;
use crate::vm::native::{Answer, Args, Cx, NativeResult, Raise, Registry};
use crate::vm::object::Obj;
use crate::vm::{Op, Value, types};
use std::sync::Arc;

pub(super) fn register(registry: &mut Registry) {
    registry.builtin("print", Pure, print);
    registry.builtin("_print_text", Pure, print_text);
    registry.builtin("input", Pure, input);
    registry.builtin("open", Pure, open);
    registry.builtin("exit", Pure, exit);
    registry.builtin("quit", Pure, exit);
}

/// Where a text goes.
enum Target {
    Output,
    Error,
    /// Something with a `write` method.
    Object(Value),
}

fn target(cx: &mut Cx<'_>, file: Value) -> Result<Target, Raise> {
    match file {
        Value::None => Ok(Target::Output),
        Value::Ref(at) => match cx.vm.heap.get(at) {
            Obj::Stream(2) => Ok(Target::Error),
            Obj::Stream(_) => Ok(Target::Output),
            _ => Ok(Target::Object(file)),
        },
        _ => {
            let text = format!("'{}' object has no attribute 'write'", cx.type_name(file));
            Err(cx.raise(types::ATTRIBUTE_ERROR, text))
        }
    }
}

/// `sep` or `end`.
fn separator(cx: &mut Cx<'_>, name: &str, value: Value, default: &str) -> Result<Arc<str>, Raise> {
    if value == Value::None {
        return Ok(default.into());
    }
    match cx.text(value) {
        Some(text) => Ok(text),
        None => {
            let text = format!("{name} must be None or a string, not {}", cx.type_name(value));
            Err(cx.type_error(text))
        }
    }
}

fn print(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (mut sep, mut end, mut file) = (Value::None, Value::None, Value::None);
    for (name, value) in args.keywords {
        match cx.name(*name) {
            "sep" => sep = *value,
            "end" => end = *value,
            "file" => file = *value,
            "flush" => {}
            other => {
                let text = format!("'{other}' is an invalid keyword argument for print()");
                return Err(cx.type_error(text));
            }
        }
    }
    let sep = separator(cx, "sep", sep, " ")?;
    let end = separator(cx, "end", end, "\n")?;
    if args.positional.iter().any(|value| has_own_text(cx, *value)) {
        // The methods of the program run as such, and can be stepped through.
        let values = cx.tuple(args.positional);
        let (sep, end) = (cx.str(sep), cx.str(end));
        return python::hand_over(cx, "_print", &[values, sep, end, file]);
    }
    let mut text = String::new();
    for (number, value) in args.positional.iter().enumerate() {
        if number > 0 {
            text.push_str(&sep);
        }
        let part = entry::str(cx, *value)?;
        cx.reserve((text.len() + sep.len() + part.len()) as u64)?;
        text.push_str(&part);
    }
    text.push_str(&end);
    write(cx, file, text)
}

fn has_own_text(cx: &Cx<'_>, value: Value) -> bool {
    matches!(value, Value::Ref(at) if matches!(cx.vm.heap.get(at), Obj::Instance(_) | Obj::Exception(_)))
        && (cx.special(value, "__str__").is_some() || cx.special(value, "__repr__").is_some())
}

/// `_print_text(text, error)`
fn print_text(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let given = arguments::all(cx, args, "_print_text", 2, 2)?;
    let text = entry::str(cx, given[0])?;
    Ok(Answer::Op(Op::Print { text, error: given[1] == Value::Bool(true) }))
}

fn write(cx: &mut Cx<'_>, file: Value, text: String) -> NativeResult {
    match target(cx, file)? {
        Target::Output => Ok(Answer::Op(Op::Print { text: text.into(), error: false })),
        Target::Error => Ok(Answer::Op(Op::Print { text: text.into(), error: true })),
        Target::Object(file) => {
            let text = cx.str(text);
            python::hand_over(cx, "_write", &[file, text])
        }
    }
}

fn input(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let prompt = match arguments::all(cx, args, "input", 0, 1)?.first() {
        Some(prompt) => entry::str(cx, *prompt)?,
        None => "".into(),
    };
    Ok(Answer::Op(Op::Input { prompt }))
}

fn open(_cx: &mut Cx<'_>, _args: Args<'_>) -> NativeResult {
    Err(Raise::Unmodelled("open(): a program here reaches no files".into()))
}

fn exit(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let code = args.positional.to_vec();
    Err(cx.raise_with(types::SYSTEM_EXIT, code))
}
