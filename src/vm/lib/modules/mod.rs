//! The library modules that are written in Rust, one file per module. What calls the program, or keeps values of the
//! heap, is written in Python and lies under `assets/pylib`.

mod collections;
mod math;
mod math_int;
mod os;
mod random;
mod sys;
mod time;

use crate::vm::native::{Answer, NativeFn, NativeResult, Registry};
use crate::vm::{LibraryId, Value};

pub(super) fn register(registry: &mut Registry) {
    collections::register(registry);
    math::register(registry);
    os::register(registry);
    random::register(registry);
    sys::register(registry);
    time::register(registry);
}

type Function = (&'static str, NativeFn);

/// Adds functions that touch no containers.
fn add(registry: &mut Registry, module: LibraryId, table: &[Function]) {
    for (name, call) in table {
        registry.function(module, name, crate::vm::native::Effect::Pure, *call);
    }
}

fn value(result: Value) -> NativeResult {
    Ok(Answer::Value(result))
}
