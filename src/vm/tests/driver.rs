//! A tiny kernel for the machine's own tests: the main thread alone, every operation granted.

use crate::ids::ThreadId;
use crate::lang::{self, Parameters, Program};
use crate::source::Source;
use crate::vm::{Advance, Op, Reply, Value, Vm, VmLimits};
use std::sync::Arc;

/// The program in this text.
pub(super) fn program(text: &str) -> Arc<Program> {
    let source = Arc::new(Source::new("test.py", text));
    let compiled = lang::compile(&source, &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics))
}

/// What a run came to: the output with a traceback at its end, and how many visible memory operations there were.
pub(super) struct Ran {
    pub(super) output: String,
    pub(super) visible: usize,
    pub(super) vm: Vm,
    pub(super) end: Advance,
}

/// Runs the main thread to its end.
pub(super) fn run(text: &str) -> Ran {
    let program = program(text);
    let mut vm = Vm::new(&program, VmLimits::default());
    let (mut output, mut visible) = (String::new(), 0);
    let mut advance = vm.advance(&program, ThreadId::MAIN, 1 << 30);
    loop {
        let reply = match &advance {
            Advance::Op(Op::Print { text, .. }) => {
                output.push_str(text);
                Reply::Value(Value::None)
            }
            Advance::Op(Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. }) => {
                visible += 1;
                Reply::Perform
            }
            Advance::Op(Op::Start(thread)) => {
                vm.begin(*thread);
                Reply::Value(Value::None)
            }
            Advance::Op(Op::Now) => Reply::Value(Value::Int(0)),
            Advance::Op(_) => Reply::Value(Value::None),
            Advance::Failed { traceback, .. } => {
                output.push_str(traceback);
                return Ran { output, visible, vm, end: advance };
            }
            _ => return Ran { output, visible, vm, end: advance },
        };
        advance = vm.commit(&program, ThreadId::MAIN, reply, 1 << 30);
    }
}

/// The output of a program.
pub(super) fn output(text: &str) -> String {
    let ran = run(text);
    assert!(matches!(ran.end, Advance::Finished | Advance::Failed { .. }), "{:?}", ran.end);
    ran.output
}
