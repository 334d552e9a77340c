//! Natives that are part of the language's machinery: what `object`, `BaseException`, `property`, `super` and
//! generators have.

#![allow(clippy::unnecessary_wraps, reason = "natives share one signature")]

use super::native::{Answer, Args, Cx, Effect, NativeResult, Raise, Registry};
use super::object::{GeneratorState, Instance, Obj, Super};
use super::types;
use super::value::{Ref, Value};
use std::sync::Arc;

/// Puts them into the tables.
pub(super) fn register(registry: &mut Registry) {
    registry.method(types::OBJECT, "__init__", Effect::Pure, |_, _| Ok(Answer::Value(Value::None)));
    registry.static_method(types::OBJECT, "__new__", object_new);
    registry.static_method(types::BASE_EXCEPTION, "__new__", exception_new);
    registry.method(types::BASE_EXCEPTION, "__init__", Effect::Pure, exception_init);
    registry.method(types::BASE_EXCEPTION, "with_traceback", Effect::Pure, |_, args| receiver(args));
    registry.constructor(types::OBJECT, Effect::Pure, plain_object);
    registry.constructor(types::PROPERTY, Effect::Pure, property);
    registry.method(types::PROPERTY, "getter", Effect::Pure, |cx, args| with_accessor(cx, args, 0));
    registry.method(types::PROPERTY, "setter", Effect::Pure, |cx, args| with_accessor(cx, args, 1));
    registry.method(types::PROPERTY, "deleter", Effect::Pure, |cx, args| with_accessor(cx, args, 2));
    registry.constructor(types::STATICMETHOD, Effect::Pure, |cx, args| wrap(cx, args, Obj::StaticMethod));
    registry.constructor(types::CLASSMETHOD, Effect::Pure, |cx, args| wrap(cx, args, Obj::ClassMethod));
    registry.constructor(types::SUPER, Effect::Pure, super_object);
    registry.method(types::GENERATOR, "send", Effect::Pure, |_, args| resume(args, args.get(1)));
    registry.method(types::GENERATOR, "__next__", Effect::Pure, |_, args| resume(args, None));
    registry.method(types::GENERATOR, "close", Effect::Pure, generator_close);
    registry.method(types::GENERATOR, "__iter__", Effect::Pure, |_, args| receiver(args));
}

fn receiver(args: Args<'_>) -> NativeResult {
    Ok(Answer::Value(args.get(0).unwrap_or(Value::None)))
}

/// `object.__new__(cls)`
fn object_new(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let class = args.get(0).unwrap_or(Value::None);
    let Value::Ref(at) = class else { return Err(cx.type_error("object.__new__(X): X is not a type object (type)")) };
    if !matches!(cx.vm.heap.get(at), Obj::Class(_)) {
        return Err(cx.type_error("object.__new__(X): X is not a type object (type)"));
    }
    let instance = Instance { class: at, attrs: super::object::Attrs::default(), inner: Value::Null };
    Ok(Answer::Value(cx.alloc(Obj::Instance(Arc::new(instance)))))
}

fn exception_new(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let class = args.get(0).unwrap_or(Value::None);
    let rest = args.positional.get(1..).unwrap_or_default().to_vec();
    let exception = super::object::Exception::new(class, rest);
    Ok(Answer::Value(cx.alloc(Obj::Exception(Arc::new(exception)))))
}

/// `BaseException.__init__(self, *args)`
fn exception_init(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    if let Some(Value::Ref(at)) = args.get(0)
        && let Obj::Exception(exception) = cx.vm.heap.get_mut(at)
    {
        Arc::make_mut(exception).args = args.positional[1..].to_vec();
    }
    Ok(Answer::Value(Value::None))
}

/// `object()`: something that is nothing but itself.
fn plain_object(cx: &mut Cx<'_>, _: Args<'_>) -> NativeResult {
    let record = super::object::Record { type_id: types::OBJECT, fields: vec![], thread: None };
    Ok(Answer::Value(cx.alloc(Obj::Record(Arc::new(record)))))
}

fn property(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut parts = [0, 1, 2].map(|n| args.get(n).unwrap_or(Value::None));
    for (name, value) in args.keywords {
        match cx.name(*name) {
            "fget" => parts[0] = *value,
            "fset" => parts[1] = *value,
            "fdel" => parts[2] = *value,
            _ => {}
        }
    }
    Ok(Answer::Value(cx.alloc(Obj::Property(Arc::new(parts)))))
}

/// The property with one accessor replaced.
fn with_accessor(cx: &mut Cx<'_>, args: Args<'_>, place: usize) -> NativeResult {
    let (Some(Value::Ref(at)), Some(function)) = (args.get(0), args.get(1)) else {
        return Err(cx.type_error("a property's accessor must be a function"));
    };
    let Obj::Property(parts) = cx.vm.heap.get(at) else {
        return Err(cx.type_error("a property's accessor must be a function"));
    };
    let mut parts = **parts;
    parts[place] = function;
    Ok(Answer::Value(cx.alloc(Obj::Property(Arc::new(parts)))))
}

fn wrap(cx: &mut Cx<'_>, args: Args<'_>, make: fn(Value) -> Obj) -> NativeResult {
    match args.get(0) {
        Some(function) => Ok(Answer::Value(cx.alloc(make(function)))),
        None => Err(cx.type_error("a function is expected")),
    }
}

/// `super(class, receiver)`; the form without arguments is compiled to that.
fn super_object(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    match (args.get(0), args.get(1)) {
        (Some(class), Some(receiver)) => {
            if !cx.vm.is_instance(receiver, class) && !cx.vm.is_subclass(receiver, class) {
                return Err(cx.type_error("super(type, obj): obj must be an instance or subtype of type"));
            }
            Ok(Answer::Value(cx.alloc(Obj::Super(Arc::new(Super { class, receiver })))))
        }
        _ => Err(cx.raise(types::RUNTIME_ERROR, "super(): no arguments")),
    }
}

/// `generator.send(value)`
fn resume(args: Args<'_>, sent: Option<Value>) -> NativeResult {
    match args.get(0) {
        Some(Value::Ref(generator)) => Ok(Answer::Resume { generator, sent: sent.unwrap_or(Value::None) }),
        other => Ok(Answer::Value(other.unwrap_or(Value::None))),
    }
}

/// `generator.close()`: `finally` blocks inside it do not run.
fn generator_close(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let Some(Value::Ref(at)) = args.get(0) else { return Ok(Answer::Value(Value::None)) };
    close(cx, at)?;
    Ok(Answer::Value(Value::None))
}

fn close(cx: &mut Cx<'_>, at: Ref) -> Result<(), Raise> {
    let running = match cx.vm.heap.get_mut(at) {
        Obj::Generator(generator) => {
            let generator = Arc::make_mut(generator);
            let running = generator.state == GeneratorState::Running;
            if !running {
                generator.state = GeneratorState::Closed;
                generator.frame = None;
                generator.stack = Vec::new();
            }
            running
        }
        _ => false,
    };
    if running { Err(cx.value_error("generator already executing")) } else { Ok(()) }
}
