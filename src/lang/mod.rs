//! Python text to [`Program`].

mod code;
mod instr;

pub use code::{
    Code, CodeId, CodeKind, Const, ConstId, Global, GlobalId, Handler, Module, ModuleId, Params, Program, Sym, Symbols,
};
pub use instr::{BinaryOp, CompareOp, ConstId16, Conversion, Instr, MakeFlags, Sym16};
