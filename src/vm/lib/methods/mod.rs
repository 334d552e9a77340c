//! The methods of the built-in types, one file per type.

mod bytes;
mod deque;
mod dict;
mod list;
mod number;
mod set;
mod str;
mod str_search;
mod str_test;
mod tuple;

use crate::vm::native::{Answer, Args, Cx, Effect, NativeFn, NativeResult, Registry};
use crate::vm::{TypeId, Value};

pub(super) fn register(registry: &mut Registry) {
    bytes::register(registry);
    deque::register(registry);
    dict::register(registry);
    list::register(registry);
    number::register(registry);
    set::register(registry);
    str::register(registry);
    str_search::register(registry);
    str_test::register(registry);
    tuple::register(registry);
}

/// A method: its name, what it does to its receiver, itself.
type Method = (&'static str, Effect, NativeFn);

fn add(registry: &mut Registry, owner: TypeId, table: &[Method]) {
    for (name, effect, call) in table {
        registry.method(owner, name, *effect, *call);
    }
}

fn value(result: Value) -> NativeResult {
    Ok(Answer::Value(result))
}

/// The receiver; of an instance of a class derived from a built-in container, the container.
fn receiver(cx: &Cx<'_>, args: Args<'_>) -> Value {
    super::view::unwrap(&cx.vm.heap, args.get(0).unwrap_or(Value::None))
}
