//! What `assets/pylib/sys.py` needs of the machine.

use super::{Function, add, value};
use crate::vm::lib::{arguments, iterate, truth};
use crate::vm::native::{Args, Cx, NativeResult, Registry};
use crate::vm::{Value, types};

const TABLE: &[Function] = &[
    ("exit", exit),
    ("program_name", program_name),
    ("recursion_limit", recursion_limit),
    ("getswitchinterval", get_switch_interval),
    ("setswitchinterval", set_switch_interval),
    ("getsizeof", getsizeof),
    ("getrefcount", getrefcount),
];

pub(super) fn register(registry: &mut Registry) {
    let module = registry.module("_sys");
    add(registry, module, TABLE);
    registry.member(module, "maxsize", Value::Int(i64::MAX));
}

fn exit(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let code = arguments::all(cx, args, "exit", 0, 1)?.to_vec();
    Err(cx.raise_with(types::SYSTEM_EXIT, code))
}

fn program_name(cx: &mut Cx<'_>, _args: Args<'_>) -> NativeResult {
    let name = cx.program.main().source.name.to_string();
    value(cx.str(name))
}

fn recursion_limit(cx: &mut Cx<'_>, _args: Args<'_>) -> NativeResult {
    value(Value::Int(i64::from(cx.vm.limits.recursion)))
}

fn get_switch_interval(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "sys.getswitchinterval", 0, 0)?;
    value(Value::Float(cx.vm.switch_interval_secs()))
}

/// How long a thread may go on while others want to; what it means is the kernel's business.
fn set_switch_interval(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let interval = arguments::all(cx, args, "sys.setswitchinterval", 1, 1)?[0];
    let seconds = arguments::float(cx, interval)?;
    if seconds <= 0.0 {
        return Err(cx.value_error("switch interval must be strictly positive"));
    }
    cx.vm.switch_interval_secs = seconds;
    value(Value::None)
}

/// About what CPython says for an object of this kind.
fn getsizeof(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    let operand = args.get(0).unwrap_or(Value::None);
    let items = if iterate::runs_python(&cx.vm.heap, operand) { 0 } else { truth::length(cx, operand).unwrap_or(0) };
    let size = match cx.vm.type_id(operand) {
        types::INT | types::BOOL => 28,
        types::FLOAT => 24,
        types::STR => 49 + items,
        types::BYTES => 33 + items,
        types::TUPLE => 40 + 8 * items,
        types::LIST => 56 + 8 * items,
        types::DICT => 64 + 104 * items,
        types::SET | types::FROZENSET => 216,
        _ => 48,
    };
    value(Value::Int(size))
}

/// There are no reference counts here; two is what CPython says of a fresh object.
fn getrefcount(cx: &mut Cx<'_>, args: Args<'_>) -> NativeResult {
    arguments::all(cx, args, "sys.getrefcount", 1, 1)?;
    value(Value::Int(2))
}
