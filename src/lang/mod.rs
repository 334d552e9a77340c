//! Python text to [`Program`].
//!
//! ```text
//! text ── parse ──> tree ── scope ──> variables ── codegen ──> instructions
//! ```

mod check;
mod code;
mod codegen;
mod compile;
mod dis;
mod effect;
mod instr;
pub mod library;
mod overrides;
mod parse;
mod pylib;
mod scope;
mod sharing;
mod tree;
mod walk;

pub use code::{
    Code, CodeId, CodeKind, Const, ConstId, Global, GlobalId, Handler, Module, ModuleId, Params, Program, Sym, Symbols,
};
pub use compile::{Compiled, Parameters, compile, tokens};
pub use dis::dis;
pub use instr::{BinaryOp, CompareOp, ConstId16, Conversion, Instr, MakeFlags, Sym16};
