//! Helpers written in Python, in `assets/pylib/builtins.py`: natives hand over to them what calls the program.

use crate::vm::Value;
use crate::vm::native::{Answer, Cx, NativeResult, Raise};

/// Answers with a call of the helper with this name.
pub fn hand_over(cx: &mut Cx<'_>, helper: &str, args: &[Value]) -> NativeResult {
    match find(cx, helper) {
        Some(function) => Ok(Answer::Call { function, args: args.into() }),
        None => Err(Raise::Unmodelled(format!("the helper {helper} is missing").into())),
    }
}

/// The helper with this name.
#[must_use]
pub fn find(cx: &Cx<'_>, helper: &str) -> Option<Value> {
    let module = cx.program.modules.iter().find(|module| cx.program.name(module.name) == "builtins")?;
    let name = cx.program.symbols.get(helper)?;
    let global = module.globals.clone().find(|global| cx.program.globals[*global as usize].name == name)?;
    cx.vm.globals.get(global as usize).copied().filter(|value| *value != Value::Null)
}
