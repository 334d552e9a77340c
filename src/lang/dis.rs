//! The instructions in the layout of CPython's `dis`: line, jump-target mark, offset, name, argument, meaning.

use super::code::{Code, Const, ConstId, Program, Sym};
use super::instr::{BinaryOp, CompareOp, Conversion, Instr};
use std::collections::HashSet;
use std::fmt::Write as _;

/// All codes of the user's module, each after the code that contains it; with `hidden` those of library modules too.
#[must_use]
pub fn dis(program: &Program, hidden: bool) -> String {
    let mut text = String::new();
    for (n, module) in program.modules.iter().enumerate() {
        if module.hidden && !hidden {
            continue;
        }
        let _ = writeln!(text, "{}Disassembly of {}:", if n > 0 { "\n" } else { "" }, module.source.name);
        let mut waiting = vec![module.body];
        while let Some(id) = waiting.pop() {
            let code = program.code(id);
            if id != module.body {
                let _ = writeln!(text, "\nDisassembly of {}:", program.name(code.qualname));
            }
            one(program, code, &mut text);
            let inner = code.instrs.iter().rev().filter_map(|instr| match instr {
                Instr::MakeFunction { code, .. } => match &program.consts[code.id().index()] {
                    Const::Code(id) => Some(*id),
                    _ => None,
                },
                _ => None,
            });
            waiting.extend(inner);
        }
    }
    text
}

/// The instructions of one code and its exception table.
fn one(program: &Program, code: &Code, text: &mut String) {
    let targets: HashSet<u32> =
        code.instrs.iter().filter_map(|instr| instr.target()).chain(code.handlers.iter().map(|h| h.target)).collect();
    let width = code.lines.iter().max().map_or(1, |line| line.to_string().len()).max(3);
    let mut last_line = 0;
    for (pc, (instr, line)) in (0u32..).zip(code.instrs.iter().zip(&code.lines)) {
        let shown = if *line == last_line { String::new() } else { line.to_string() };
        if *line != last_line && pc > 0 {
            text.push('\n');
        }
        last_line = *line;
        let mark = if targets.contains(&pc) { ">>" } else { "" };
        let (name, argument, meaning) = describe(program, code, *instr);
        let mut row = format!("{shown:>width$} {mark:>6} {pc:>6} {name:<24}");
        if let Some(argument) = argument {
            let _ = write!(row, " {argument:>6}");
        }
        if let Some(meaning) = meaning {
            let _ = write!(row, " ({meaning})");
        }
        let _ = writeln!(text, "{}", row.trim_end());
    }
    if !code.handlers.is_empty() {
        text.push_str("ExceptionTable:\n");
        for handler in &code.handlers {
            let (start, end) = (handler.start, handler.end - 1);
            let _ = writeln!(text, "  {start} to {end} -> {} [{}]", handler.target, handler.depth);
        }
    }
}

type Description = (&'static str, Option<u32>, Option<String>);

fn describe(program: &Program, code: &Code, instr: Instr) -> Description {
    let named = |opname, sym: Sym| (opname, Some(sym.0), Some(program.name(sym).to_owned()));
    let local = |opname, slot: u16| {
        let name = code.locals.get(usize::from(slot)).map(|sym| program.name(*sym).to_owned());
        (opname, Some(u32::from(slot)), name)
    };
    let deref = |opname, slot: u16| {
        let name = code.cells.iter().chain(&code.frees).nth(usize::from(slot));
        (opname, Some(u32::from(slot)), name.map(|sym| program.name(*sym).to_owned()))
    };
    let global = |opname, id: super::GlobalId| {
        (opname, Some(id.0), Some(program.name(program.globals[id.index()].name).to_owned()))
    };
    let constant = |opname, id: ConstId| (opname, Some(id.0), Some(repr(program, id)));
    let number = |opname, n: u32| (opname, Some(n), None);
    let jump = |opname, target: u32| (opname, Some(target), Some(format!("to {target}")));
    let plain = |opname| (opname, None, None);
    match instr {
        Instr::Resume => plain("RESUME"),
        Instr::Nop => plain("NOP"),
        Instr::PopTop => plain("POP_TOP"),
        Instr::Copy(n) => number("COPY", u32::from(n)),
        Instr::Swap(n) => number("SWAP", u32::from(n)),
        Instr::LoadConst(id) => constant("LOAD_CONST", id),
        Instr::LoadFast(slot) => local("LOAD_FAST", slot),
        Instr::StoreFast(slot) => local("STORE_FAST", slot),
        Instr::DeleteFast(slot) => local("DELETE_FAST", slot),
        Instr::LoadFastAndClear(slot) => local("LOAD_FAST_AND_CLEAR", slot),
        Instr::LoadGlobal(id) => global("LOAD_GLOBAL", id),
        Instr::StoreGlobal(id) => global("STORE_GLOBAL", id),
        Instr::DeleteGlobal(id) => global("DELETE_GLOBAL", id),
        Instr::MakeCell(slot) | Instr::MakeCellFromLocal { cell: slot, .. } => deref("MAKE_CELL", slot),
        Instr::CopyFreeVars(n) => number("COPY_FREE_VARS", u32::from(n)),
        Instr::LoadClosure(slot) => deref("LOAD_CLOSURE", slot),
        Instr::LoadDeref(slot) => deref("LOAD_DEREF", slot),
        Instr::StoreDeref(slot) => deref("STORE_DEREF", slot),
        Instr::DeleteDeref(slot) => deref("DELETE_DEREF", slot),
        Instr::LoadName { name, .. } => named("LOAD_NAME", name.sym()),
        Instr::LoadClassDeref { deref: slot, .. } => deref("LOAD_FROM_DICT_OR_DEREF", slot),
        Instr::StoreName(name) => named("STORE_NAME", name),
        Instr::DeleteName(name) => named("DELETE_NAME", name),
        Instr::LoadAttr(name) => named("LOAD_ATTR", name),
        Instr::LoadMethod(name) => named("LOAD_METHOD", name),
        Instr::StoreAttr(name) => named("STORE_ATTR", name),
        Instr::DeleteAttr(name) => named("DELETE_ATTR", name),
        Instr::LoadSuperAttr(name) => named("LOAD_SUPER_ATTR", name),
        Instr::LoadSuperMethod(name) => named("LOAD_SUPER_METHOD", name),
        Instr::BinarySubscr => plain("BINARY_SUBSCR"),
        Instr::StoreSubscr => plain("STORE_SUBSCR"),
        Instr::DeleteSubscr => plain("DELETE_SUBSCR"),
        Instr::BuildSlice(n) => number("BUILD_SLICE", u32::from(n)),
        Instr::BinaryOp(op) => ("BINARY_OP", Some(binary(op).0), Some(binary(op).1.to_owned())),
        Instr::InplaceOp(op) => ("BINARY_OP", Some(binary(op).0 + 13), Some(format!("{}=", binary(op).1))),
        Instr::UnaryNegative => plain("UNARY_NEGATIVE"),
        Instr::UnaryPositive => ("CALL_INTRINSIC_1", Some(5), Some("INTRINSIC_UNARY_POSITIVE".to_owned())),
        Instr::UnaryInvert => plain("UNARY_INVERT"),
        Instr::UnaryNot => plain("UNARY_NOT"),
        Instr::CompareOp(op) => ("COMPARE_OP", Some(compare(op).0), Some(compare(op).1.to_owned())),
        Instr::IsOp(not) => number("IS_OP", u32::from(not)),
        Instr::ContainsOp(not) => number("CONTAINS_OP", u32::from(not)),
        Instr::BuildTuple(n) => number("BUILD_TUPLE", n),
        Instr::BuildList(n) => number("BUILD_LIST", n),
        Instr::BuildSet(n) => number("BUILD_SET", n),
        Instr::BuildMap(n) => number("BUILD_MAP", n),
        Instr::BuildString(n) => number("BUILD_STRING", n),
        Instr::ListAppend(n) => number("LIST_APPEND", u32::from(n)),
        Instr::SetAdd(n) => number("SET_ADD", u32::from(n)),
        Instr::MapAdd(n) => number("MAP_ADD", u32::from(n)),
        Instr::ListExtend(n) => number("LIST_EXTEND", u32::from(n)),
        Instr::SetUpdate(n) => number("SET_UPDATE", u32::from(n)),
        Instr::DictUpdate(n) => number("DICT_UPDATE", u32::from(n)),
        Instr::DictMerge(n) => number("DICT_MERGE", u32::from(n)),
        Instr::ListToTuple => ("CALL_INTRINSIC_1", Some(6), Some("INTRINSIC_LIST_TO_TUPLE".to_owned())),
        Instr::UnpackSequence(n) => number("UNPACK_SEQUENCE", n),
        Instr::UnpackEx { before, after } => number("UNPACK_EX", u32::from(before) + 256 * u32::from(after)),
        Instr::FormatValue { conversion, spec } => format_value(conversion, spec),
        Instr::MatchSequence => plain("MATCH_SEQUENCE"),
        Instr::GetLen => plain("GET_LEN"),
        Instr::JumpForward(target) => jump("JUMP_FORWARD", target),
        Instr::JumpBackward(target) => jump("JUMP_BACKWARD", target),
        Instr::PopJumpIfFalse(target) => jump("POP_JUMP_IF_FALSE", target),
        Instr::PopJumpIfTrue(target) => jump("POP_JUMP_IF_TRUE", target),
        Instr::PopJumpIfNone(target) => jump("POP_JUMP_IF_NONE", target),
        Instr::PopJumpIfNotNone(target) => jump("POP_JUMP_IF_NOT_NONE", target),
        Instr::JumpIfFalseOrPop(target) => jump("JUMP_IF_FALSE_OR_POP", target),
        Instr::JumpIfTrueOrPop(target) => jump("JUMP_IF_TRUE_OR_POP", target),
        Instr::GetIter => plain("GET_ITER"),
        Instr::ForIter(target) => jump("FOR_ITER", target),
        Instr::Call(n) => number("CALL", u32::from(n)),
        Instr::CallMethod(n) => number("CALL_METHOD", u32::from(n)),
        Instr::KwNames(id) => constant("KW_NAMES", id),
        Instr::CallFunctionEx(keywords) => number("CALL_FUNCTION_EX", u32::from(keywords)),
        Instr::MakeFunction { code, flags } => {
            let flags =
                [(flags.defaults, "defaults"), (flags.keyword_defaults, "kwdefaults"), (flags.closure, "closure")];
            let mut meaning = repr(program, code.id());
            for (_, flag) in flags.iter().filter(|(set, _)| *set) {
                let _ = write!(meaning, ", {flag}");
            }
            ("MAKE_FUNCTION", Some(code.id().0), Some(meaning))
        }
        Instr::ReturnValue => plain("RETURN_VALUE"),
        Instr::LoadBuildClass => plain("LOAD_BUILD_CLASS"),
        Instr::ReturnGenerator => plain("RETURN_GENERATOR"),
        Instr::YieldValue => plain("YIELD_VALUE"),
        Instr::GetYieldFromIter => plain("GET_YIELD_FROM_ITER"),
        Instr::Send(target) => jump("SEND", target),
        Instr::PushExcInfo => plain("PUSH_EXC_INFO"),
        Instr::PopExcept => plain("POP_EXCEPT"),
        Instr::CheckExcMatch => plain("CHECK_EXC_MATCH"),
        Instr::RaiseVarargs(n) => number("RAISE_VARARGS", u32::from(n)),
        Instr::Reraise => plain("RERAISE"),
        Instr::LoadAssertionError => plain("LOAD_ASSERTION_ERROR"),
        Instr::BeforeWith => plain("BEFORE_WITH"),
        Instr::WithExceptStart => plain("WITH_EXCEPT_START"),
        Instr::ImportName(name) | Instr::ImportDotted(name) => named("IMPORT_NAME", name),
        Instr::ImportFrom(name) => named("IMPORT_FROM", name),
    }
}

/// CPython's number of a binary operator, and its sign.
const fn binary(op: BinaryOp) -> (u32, &'static str) {
    match op {
        BinaryOp::Add => (0, "+"),
        BinaryOp::And => (1, "&"),
        BinaryOp::FloorDivide => (2, "//"),
        BinaryOp::LeftShift => (3, "<<"),
        BinaryOp::MatrixMultiply => (4, "@"),
        BinaryOp::Multiply => (5, "*"),
        BinaryOp::Remainder => (6, "%"),
        BinaryOp::Or => (7, "|"),
        BinaryOp::Power => (8, "**"),
        BinaryOp::RightShift => (9, ">>"),
        BinaryOp::Subtract => (10, "-"),
        BinaryOp::TrueDivide => (11, "/"),
        BinaryOp::Xor => (12, "^"),
    }
}

/// CPython's number of a comparison, and its sign.
const fn compare(op: CompareOp) -> (u32, &'static str) {
    match op {
        CompareOp::Less => (0, "<"),
        CompareOp::LessEqual => (1, "<="),
        CompareOp::Equal => (2, "=="),
        CompareOp::NotEqual => (3, "!="),
        CompareOp::Greater => (4, ">"),
        CompareOp::GreaterEqual => (5, ">="),
    }
}

/// CPython's flags of `FORMAT_VALUE`, and what they mean.
fn format_value(conversion: Conversion, spec: bool) -> Description {
    let (flags, word) = match conversion {
        Conversion::None => (0, None),
        Conversion::Str => (1, Some("str")),
        Conversion::Repr => (2, Some("repr")),
        Conversion::Ascii => (3, Some("ascii")),
    };
    let parts: Vec<&str> = word.into_iter().chain(spec.then_some("with format")).collect();
    let meaning = (!parts.is_empty()).then(|| parts.join(", "));
    ("FORMAT_VALUE", Some(flags + if spec { 4 } else { 0 }), meaning)
}

/// A constant as Python writes it.
fn repr(program: &Program, id: ConstId) -> String {
    match &program.consts[id.index()] {
        Const::None => "None".to_owned(),
        Const::Ellipsis => "Ellipsis".to_owned(),
        Const::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
        Const::Int(value) => value.to_string(),
        Const::Float(value) => format!("{value:?}"),
        Const::Str(text) => quoted(text),
        Const::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
        Const::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| repr(program, *item)).collect();
            format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
        }
        Const::Code(id) => {
            let code = program.code(*id);
            format!("<code object {}, line {}>", program.name(code.name), code.first_line)
        }
    }
}

/// A string in quotes, control characters escaped.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
