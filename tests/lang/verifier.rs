//! Goes over every path of every code object and checks what the virtual machine relies on.

use lockstep::lang::{Code, CodeKind, Const, Instr, Program};

/// Panics when the operand stack of some instruction underflows, differs between paths, or grows beyond the stated
/// size; when a jump, slot or index leads nowhere; when a table has the wrong length.
pub(crate) fn verify(program: &Program) {
    for code in &program.codes {
        let name = program.name(code.qualname);
        assert_eq!(code.spans.len(), code.instrs.len(), "{name}");
        assert_eq!(code.lines.len(), code.instrs.len(), "{name}");
        assert_eq!(code.constant_derefs.len(), code.cells.len() + code.frees.len(), "{name}");
        verify_depths(program, code, name);
        for (pc, instr) in code.instrs.iter().enumerate() {
            verify_operands(program, code, *instr, &format!("{name} at {pc}: {instr:?}"));
        }
    }
}

fn verify_depths(program: &Program, code: &Code, name: &str) {
    let mut depths: Vec<Option<u32>> = vec![None; code.instrs.len()];
    let mut largest = 0;
    let mut waiting = vec![(0, 0)];
    let mut arrive = |pc: u32, depth: u32, waiting: &mut Vec<(u32, u32)>| {
        largest = largest.max(depth);
        assert!((pc as usize) < code.instrs.len(), "{name}: runs off its end");
        if let Some(known) = depths[pc as usize] {
            assert_eq!(known, depth, "{name} at {pc}\n{}", lockstep::lang::dis(program, true));
            return;
        }
        depths[pc as usize] = Some(depth);
        waiting.push((pc, depth));
    };
    arrive(0, 0, &mut waiting);
    waiting.remove(0);
    while let Some((pc, depth)) = waiting.pop() {
        let instr = code.instrs[pc as usize];
        let after = |(takes, leaves): (u32, u32)| {
            assert!(depth >= takes, "{name} at {pc}: {instr:?} takes {takes} of {depth}");
            depth - takes + leaves
        };
        if let Some(target) = instr.target() {
            arrive(target, after(instr.jump_effect()), &mut waiting);
        }
        if instr == Instr::ReturnValue {
            // A `with` or `for` that is left must have cleaned up.
            assert_eq!(depth, 1, "{name} at {pc}: returns with {depth} operands");
        }
        if !instr.leaves() {
            arrive(pc + 1, after(instr.effect()), &mut waiting);
        }
        if let Some(handler) = code.handlers.iter().find(|handler| (handler.start..handler.end).contains(&pc)) {
            assert!(depth >= handler.depth, "{name} at {pc}: the handler wants {} of {depth}", handler.depth);
            arrive(handler.target, handler.depth + 1, &mut waiting);
        }
    }
    assert_eq!(largest, code.stack_size, "{name}: the stack grows to {largest}");
    assert!(depths.iter().all(Option::is_some), "{name}: there is code that nothing reaches");
}

fn verify_operands(program: &Program, code: &Code, instr: Instr, place: &str) {
    let derefs = code.cells.len() + code.frees.len();
    let is_tuple = |id: lockstep::lang::ConstId| matches!(program.consts[id.index()], Const::Tuple(_));
    let ok = match instr {
        Instr::LoadConst(id) => id.index() < program.consts.len(),
        Instr::KwNames(id) => is_tuple(id),
        Instr::LoadFast(slot) | Instr::StoreFast(slot) | Instr::DeleteFast(slot) | Instr::LoadFastAndClear(slot) => {
            usize::from(slot) < code.locals.len()
        }
        Instr::MakeCell(slot) => usize::from(slot) < code.cells.len(),
        Instr::MakeCellFromLocal { cell, local } => {
            usize::from(cell) < code.cells.len() && usize::from(local) < code.locals.len()
        }
        Instr::CopyFreeVars(n) => usize::from(n) == code.frees.len(),
        Instr::LoadClosure(slot)
        | Instr::LoadDeref(slot)
        | Instr::StoreDeref(slot)
        | Instr::DeleteDeref(slot)
        | Instr::LoadClassDeref { deref: slot, .. } => usize::from(slot) < derefs,
        Instr::LoadGlobal(id) | Instr::StoreGlobal(id) | Instr::DeleteGlobal(id) => {
            program.modules[usize::from(code.module.0)].globals.contains(&id.0)
        }
        Instr::LoadName { global, .. } => {
            code.kind == CodeKind::Class
                && program.modules[usize::from(code.module.0)].globals.contains(&u32::from(global))
        }
        Instr::StoreName(_) | Instr::DeleteName(_) => code.kind == CodeKind::Class,
        Instr::MakeFunction { code: id, flags } => match &program.consts[id.id().index()] {
            Const::Code(inner) => flags.closure != program.code(*inner).frees.is_empty(),
            _ => false,
        },
        Instr::YieldValue | Instr::ReturnGenerator => code.generator,
        _ => true,
    };
    assert!(ok, "{place}");
}
