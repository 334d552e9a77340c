//! The built-in functions and the constructors of the built-in types.
//!
//! | file | what |
//! |---|---|
//! | [`construct`] | `int(…)`, `list(…)`, `dict(…)`, `range(…)`, … |
//! | [`number`] | `abs`, `round`, `pow`, `divmod`, `hex`, `ord`, … |
//! | [`iteration`] | `len`, `sum`, `sorted`, `zip`, `next`, … |
//! | [`object`] | `repr`, `isinstance`, `id`, … |
//! | [`output`] | `print`, `input`, `open` |

mod construct;
mod iteration;
mod number;
mod object;
mod output;

pub(super) use construct::{extend as extend_from, update as update_dict, update_from_keywords};
pub(super) use iteration::sort_options;

use crate::vm::native::Registry;
use crate::vm::{Value, types};

pub(super) fn register(registry: &mut Registry) {
    construct::register(registry);
    iteration::register(registry);
    number::register(registry);
    object::register(registry);
    output::register(registry);
    registry.builtin_value("NotImplemented", Value::NotImplemented);
    registry.builtin_value("Ellipsis", Value::Ellipsis);
    registry.builtin_value("__debug__", Value::Bool(true));
    registry.builtin_value("IOError", Value::Type(types::OS_ERROR));
    registry.builtin_value("EnvironmentError", Value::Type(types::OS_ERROR));
}
