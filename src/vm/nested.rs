//! Calls of Python code from within natives.

use super::native::{Cx, Raise};
use super::value::Value;

/// See [`Cx::call`].
pub(super) fn call(_cx: &mut Cx<'_>, _function: Value, _args: &[Value]) -> Result<Value, Raise> {
    Err(Raise::Unmodelled("a built-in function that calls the program".into()))
}
