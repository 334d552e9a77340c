//! Attributes by names that are values: `getattr`, `hasattr`, `setattr`, `delattr`, `vars`.

use super::native::{Answer, Args, Cx, Effect::Pure, NativeResult, Raise, Registry};
use super::object::Obj;
use super::op::{Op, Place};
use super::types;
use super::value::{Ref, Value};
use crate::lang::Sym;
use std::sync::Arc;

pub(super) fn register(registry: &mut Registry) {
    registry.builtin("getattr", Pure, getattr);
    registry.builtin("hasattr", Pure, hasattr);
    registry.builtin("setattr", Pure, setattr);
    registry.builtin("delattr", Pure, delattr);
    registry.builtin("vars", Pure, vars);
    registry.static_method(types::OBJECT, "__setattr__", setattr);
    registry.static_method(types::OBJECT, "__delattr__", delattr);
    registry.static_method(types::OBJECT, "__getattribute__", getattr);
}

/// The object and the name among the arguments.
fn target(cx: &mut Cx<'_>, args: Args<'_>, name: &str, low: usize, high: usize) -> Result<(Value, Sym), Raise> {
    let count = args.positional.len();
    if !(low..=high).contains(&count) {
        let wanted = if count < low { format!("at least {low}") } else { format!("at most {high}") };
        let text = format!("{name} expected {wanted} arguments, got {count}");
        return Err(cx.type_error(text));
    }
    let Some(text) = cx.text(args.positional[1]) else {
        let text = format!("attribute name must be string, not '{}'", cx.type_name(args.positional[1]));
        return Err(cx.type_error(text));
    };
    let sym = cx.intern(&text);
    Ok((args.positional[0], sym))
}

/// The place that is about to be touched, when others can see it and it has not been granted yet.
fn visible(cx: &mut Cx<'_>, object: Value, name: Sym, writes: bool) -> Result<Option<Place>, Raise> {
    if cx.reply.take().is_some() || cx.hidden {
        return Ok(None);
    }
    if writes { Ok(cx.place_of_write(object, name)) } else { cx.place_of_read(object, name) }
}

fn getattr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name) = target(cx, args, "getattr", 2, 3)?;
    if let Some(place) = visible(cx, object, name, false)? {
        return Ok(Answer::Ask(Op::Load(place)));
    }
    match (cx.get_attr(object, name)?, args.get(2)) {
        (Some(value), _) | (None, Some(value)) => Ok(Answer::Value(value)),
        (None, None) => Err(cx.no_attribute(object, name)),
    }
}

fn hasattr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name) = target(cx, args, "hasattr", 2, 2)?;
    if let Some(place) = visible(cx, object, name, false)? {
        return Ok(Answer::Ask(Op::Load(place)));
    }
    let found = match cx.get_attr(object, name) {
        Ok(found) => found.is_some(),
        Err(Raise::Exception(at)) if is_attribute_error(cx, at) => false,
        Err(raise) => return Err(raise),
    };
    Ok(Answer::Value(Value::Bool(found)))
}

fn is_attribute_error(cx: &Cx<'_>, at: Ref) -> bool {
    cx.vm.is_instance(Value::Ref(at), Value::Type(types::ATTRIBUTE_ERROR))
}

fn setattr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name) = target(cx, args, "setattr", 3, 3)?;
    let value = args.positional[2];
    if let Some(place) = visible(cx, object, name, true)? {
        return Ok(Answer::Ask(Op::Store(place, value)));
    }
    if let Some(setter) = setter(cx, object, name) {
        return Ok(Answer::Call { function: setter, args: [object, value].into_iter().collect() });
    }
    cx.set_attr(object, name, value)?;
    Ok(Answer::Value(Value::None))
}

/// A property's setter for this name.
fn setter(cx: &Cx<'_>, object: Value, name: Sym) -> Option<Value> {
    match cx.vm.special(object, name)? {
        Value::Ref(at) => match cx.vm.heap.get(at) {
            Obj::Property(parts) => Some(parts[1]).filter(|setter| !matches!(setter, Value::None | Value::Null)),
            _ => None,
        },
        _ => None,
    }
}

fn delattr(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let (object, name) = target(cx, args, "delattr", 2, 2)?;
    if let Some(place) = visible(cx, object, name, true)? {
        return Ok(Answer::Ask(Op::Delete(place)));
    }
    let removed = match object {
        Value::Ref(at) => match cx.vm.heap.get_mut(at) {
            Obj::Instance(instance) => Arc::make_mut(instance).attrs.remove(name),
            Obj::Class(class) => Arc::make_mut(class).attrs.remove(name),
            _ => None,
        },
        _ => None,
    };
    match removed {
        Some(_) => Ok(Answer::Value(Value::None)),
        None => Err(cx.no_attribute(object, name)),
    }
}

fn vars(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let object = args.get(0).unwrap_or(Value::None);
    let name = cx.intern("__dict__");
    match cx.get_attr(object, name)? {
        Some(dict) => Ok(Answer::Value(dict)),
        None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
    }
}
