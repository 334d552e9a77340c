//! `os` and `os.path`: what says nothing of the host.

use super::{Function, add, value};
use crate::vm::lib::arguments;
use crate::vm::native::{Args, Cx, NativeResult, Registry};
use crate::vm::{Value, types};

const TABLE: &[Function] = &[("getpid", getpid), ("getppid", getppid), ("cpu_count", cpu_count), ("_exit", exit)];
const PATH: &[Function] = &[("join", join), ("basename", basename)];

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("os");
    add(registry, module, TABLE);
    let path = registry.module("os.path");
    add(registry, path, PATH);
    registry.member(module, "path", Value::Library(path));
}

/// The number of the simulated process.
const PID: i64 = 4200;

fn getpid(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "posix.getpid", 0, 0)?;
    value(Value::Int(PID))
}

fn getppid(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "posix.getppid", 0, 0)?;
    value(Value::Int(1))
}

fn cpu_count(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "posix.cpu_count", 0, 0)?;
    value(Value::Int(4))
}

fn exit(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let code = arguments::all(cx, args, "posix._exit", 1, 1)?.to_vec();
    Err(cx.raise_with(types::SYSTEM_EXIT, code))
}

fn join(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let mut path = String::new();
    for part in args.positional {
        let Some(part) = cx.text(*part) else {
            let kind = cx.type_name(*part);
            return Err(cx.type_error(format!("expected str, bytes or os.PathLike object, not {kind}")));
        };
        if part.starts_with('/') {
            path.clear();
        } else if !path.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(&part);
    }
    value(cx.str(path))
}

fn basename(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let path = arguments::all(cx, args, "basename", 1, 1)?[0];
    match cx.text(path) {
        Some(path) => {
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            value(cx.str(name))
        }
        None => {
            let kind = cx.type_name(path);
            Err(cx.type_error(format!("expected str, bytes or os.PathLike object, not {kind}")))
        }
    }
}
