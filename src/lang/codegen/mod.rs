//! Tree to instructions, one code object per unit.
//!
//! [`Builder`] holds what the whole program shares (constants, codes, globals, names); [`Gen`] makes one code object.
//! The instruction sequences follow CPython 3.12's compiler; where it inlines a `finally` body into every way out of a
//! `try`, so do we.

mod assemble;
mod call;
mod comprehension;
mod expr;
mod flow;
mod function;
mod import;
mod pattern;
mod stmt;

use super::code::{
    Code, CodeId, CodeKind, Const, ConstId, Global, GlobalId, Module, ModuleId, Params, Program, Sym, Symbols,
};
use super::instr::{ConstId16, Instr, Sym16};
use super::scope::{Place, Scopes};
use super::tree::{Expr, Ident, Literal, ScopeId, Stmt, Tree};
use crate::said::Said;
use crate::source::{Diagnostic, Problem, Source, Span};
use assemble::{Assembler, Label};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// No program may grow beyond this: nested `finally` bodies are copied, and copies of copies grow exponentially.
const MAX_INSTRS: usize = 2_000_000;

/// A constant as a key: floats by their bits, so that `0.0` and `-0.0` stay apart.
#[derive(PartialEq, Eq, Hash)]
enum ConstKey {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(u64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Vec<ConstId>),
}

/// The program under construction.
pub(super) struct Builder {
    pub(super) program: Program,
    constants: FxHashMap<ConstKey, ConstId>,
    /// The globals of the module that is being compiled.
    globals: FxHashMap<Sym, GlobalId>,
    instrs: usize,
    /// The program is too large for the instruction format.
    pub(super) overflow: bool,
}

impl Builder {
    pub(super) fn new() -> Builder {
        let program = Program {
            modules: Vec::new(),
            codes: Vec::new(),
            consts: Vec::new(),
            globals: Vec::new(),
            symbols: Symbols::default(),
            init_only: Vec::new(),
        };
        Builder { program, constants: FxHashMap::default(), globals: FxHashMap::default(), instrs: 0, overflow: false }
    }

    /// Compiles a module. Modules are numbered in the order of these calls; the first is the user's.
    pub(super) fn module(&mut self, name: &str, source: &Arc<Source>, hidden: bool, tree: &Tree, scopes: &Scopes) {
        let module = ModuleId(u16::try_from(self.program.modules.len()).unwrap_or(u16::MAX));
        let name = self.program.symbols.intern(name);
        let first_global = u32::try_from(self.program.globals.len()).unwrap_or(u32::MAX);
        self.globals.clear();
        self.program.modules.push(Module {
            name,
            source: Arc::clone(source),
            body: CodeId(0),
            globals: first_global..first_global,
            hidden,
        });
        self.declare_globals(module, scopes, source);
        let unit = Unit {
            scope: ScopeId::MODULE,
            kind: CodeKind::Module,
            name: self.program.symbols.intern("<module>"),
            qualname: String::new(),
            params: Params::default(),
            generator: false,
            doc: tree.doc.as_ref(),
            first_line: 1,
        };
        let context = Context { module, source, scopes };
        let body = Gen::new(self, &context, unit).module(tree);
        let last_global = u32::try_from(self.program.globals.len()).unwrap_or(u32::MAX);
        let entry = &mut self.program.modules[usize::from(module.0)];
        entry.body = body;
        entry.globals = first_global..last_global;
    }

    /// Gives the names that the module binds their globals, in the order of their first bindings.
    fn declare_globals(&mut self, module: ModuleId, scopes: &Scopes, source: &Source) {
        let is_global = |scope, name| scopes.place(scope, name) == Place::Global;
        for binding in scopes.bindings.iter().filter(|binding| is_global(binding.scope, binding.name)) {
            let id = self.global(module, binding.name);
            let global = &mut self.program.globals[id.index()];
            if global.line == 0 {
                global.line = source.line(binding.span.start);
            }
        }
    }

    fn global(&mut self, module: ModuleId, name: Sym) -> GlobalId {
        let globals = &mut self.program.globals;
        *self.globals.entry(name).or_insert_with(|| {
            globals.push(Global { module, name, shared: false, frozen: false, line: 0 });
            GlobalId(u32::try_from(globals.len() - 1).unwrap_or(u32::MAX))
        })
    }

    fn constant(&mut self, key: ConstKey, value: impl FnOnce() -> Const) -> ConstId {
        let consts = &mut self.program.consts;
        *self.constants.entry(key).or_insert_with(|| {
            consts.push(value());
            ConstId(u32::try_from(consts.len() - 1).unwrap_or(u32::MAX))
        })
    }

    pub(super) fn literal(&mut self, literal: &Literal) -> ConstId {
        match literal {
            Literal::None => self.constant(ConstKey::None, || Const::None),
            Literal::Ellipsis => self.constant(ConstKey::Ellipsis, || Const::Ellipsis),
            Literal::Bool(value) => self.constant(ConstKey::Bool(*value), || Const::Bool(*value)),
            Literal::Int(value) => self.constant(ConstKey::Int(*value), || Const::Int(*value)),
            Literal::Float(value) => self.constant(ConstKey::Float(value.to_bits()), || Const::Float(*value)),
            Literal::Str(text) => self.constant(ConstKey::Str(Arc::clone(text)), || Const::Str(Arc::clone(text))),
            Literal::Bytes(bytes) => {
                self.constant(ConstKey::Bytes(Arc::clone(bytes)), || Const::Bytes(Arc::clone(bytes)))
            }
        }
    }

    fn tuple(&mut self, items: Vec<ConstId>) -> ConstId {
        self.constant(ConstKey::Tuple(items.clone()), || Const::Tuple(items))
    }

    /// A code object as a constant.
    fn code(&mut self, code: CodeId) -> ConstId16 {
        self.program.consts.push(Const::Code(code));
        let id = self.program.consts.len() - 1;
        self.overflow |= id > usize::from(u16::MAX);
        ConstId16(u16::try_from(id).unwrap_or(u16::MAX))
    }

    /// What is to be said when the program did not fit.
    pub(super) fn too_large() -> Diagnostic {
        let message = Said::new("diag-too-large");
        Diagnostic::new(Span::default(), Problem::File, message).help(Said::new("diag-too-large-help"))
    }
}

/// What all units of a module share.
struct Context<'a> {
    module: ModuleId,
    source: &'a Source,
    scopes: &'a Scopes,
}

/// What is known of a unit before its code is made.
struct Unit<'a> {
    scope: ScopeId,
    kind: CodeKind,
    name: Sym,
    /// Empty for the module.
    qualname: String,
    params: Params,
    generator: bool,
    doc: Option<&'a Arc<str>>,
    first_line: u32,
}

/// A construct around the instruction that is being made; leaving it takes instructions.
#[derive(Clone, Copy)]
enum Block<'a> {
    /// A loop; a `for` keeps its iterator on the stack.
    Loop { start: Label, exit: Label, iterator: bool },
    /// The protected body of a `try` with handlers.
    Try,
    /// The protected part of a `try` with `finally`: on the way out the `finally` body runs.
    Finally(&'a [Stmt]),
    /// A `finally` body that runs because of an exception: the previous exception and the exception are on the stack.
    FinallyHandler,
    /// A `finally` body on the way out of a `return`: its value is on the stack.
    Value,
    /// A `with` body: the exit method is on the stack.
    With(Span),
    /// An `except` body: the previous exception is on the stack.
    Handler(Option<Ident>),
}

/// One code object under construction.
struct Gen<'a> {
    builder: &'a mut Builder,
    context: &'a Context<'a>,
    unit: Unit<'a>,
    /// The block whose names count: the unit, or a comprehension in it.
    scope: ScopeId,
    asm: Assembler,
    blocks: Vec<Block<'a>>,
}

impl<'a> Gen<'a> {
    fn new(builder: &'a mut Builder, context: &'a Context<'a>, unit: Unit<'a>) -> Gen<'a> {
        let scope = unit.scope;
        Gen { builder, context, unit, scope, asm: Assembler::new(), blocks: Vec::new() }
    }

    fn module(mut self, tree: &'a Tree) -> CodeId {
        self.prologue();
        self.body(&tree.body);
        self.return_none();
        self.finish()
    }

    /// The instructions every unit begins with.
    fn prologue(&mut self) {
        let own = self.unit.scope;
        let layout = self.context.scopes.unit(own);
        let params = &self.context.scopes.scope(self.unit.scope).params;
        let frees = layout.frees.len();
        if frees > 0 {
            let frees = self.small(frees);
            self.emit(Instr::CopyFreeVars(frees));
        }
        for (n, cell) in layout.cells.iter().enumerate().filter(|(_, cell)| cell.scope == own) {
            let cell_slot = self.small(n);
            let param = params.iter().position(|name| *name == cell.name);
            let make = match param {
                Some(local) => Instr::MakeCellFromLocal { cell: cell_slot, local: self.small(local) },
                None => Instr::MakeCell(cell_slot),
            };
            self.emit(make);
        }
        if self.unit.generator {
            self.emit(Instr::ReturnGenerator);
            self.emit(Instr::PopTop);
        }
        self.emit(Instr::Resume);
    }

    fn finish(mut self) -> CodeId {
        let (handlers, stack_size) = self.asm.finish();
        let symbols = &mut self.builder.program.symbols;
        let qualname = match self.unit.kind {
            CodeKind::Module => self.unit.name,
            _ => symbols.intern(&self.unit.qualname),
        };
        let doc = self.unit.doc.map(|text| self.builder.literal(&Literal::Str(Arc::clone(text))));
        let layout = self.context.scopes.unit(self.unit.scope);
        let lines = self.asm.spans.iter().map(|span| self.context.source.line(span.start)).collect();
        let code = Code {
            name: self.unit.name,
            qualname,
            module: self.context.module,
            kind: self.unit.kind,
            generator: self.unit.generator,
            params: self.unit.params,
            locals: layout.locals.clone(),
            cells: layout.cells.iter().map(|variable| variable.name).collect(),
            constant_derefs: layout.constant.clone(),
            frees: layout.frees.iter().map(|variable| variable.name).collect(),
            stack_size,
            instrs: self.asm.instrs,
            spans: self.asm.spans,
            lines,
            handlers,
            doc,
            first_line: self.unit.first_line,
        };
        self.builder.program.codes.push(code);
        CodeId(u32::try_from(self.builder.program.codes.len() - 1).unwrap_or(u32::MAX))
    }

    // ---- small things ----

    fn emit(&mut self, instr: Instr) {
        self.builder.instrs += 1;
        self.asm.emit(instr);
    }

    /// Runs `inside` with the instructions attributed to `span`.
    fn at(&mut self, span: Span, inside: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.asm.span, span);
        inside(self);
        self.asm.span = outer;
    }

    /// A number that has to fit into an instruction.
    fn small(&mut self, number: usize) -> u16 {
        u16::try_from(number).unwrap_or_else(|_| {
            self.builder.overflow = true;
            u16::MAX
        })
    }

    fn count(number: usize) -> u32 {
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    fn load_literal(&mut self, literal: &Literal) {
        let id = self.builder.literal(literal);
        self.emit(Instr::LoadConst(id));
    }

    fn load_text(&mut self, text: &str) {
        self.load_literal(&Literal::Str(text.into()));
    }

    fn load_none(&mut self) {
        self.load_literal(&Literal::None);
    }

    /// The end of a body; it belongs to the last line that was reached.
    fn return_none(&mut self) {
        self.asm.span = self.asm.spans.last().copied().unwrap_or(self.asm.span);
        self.load_none();
        self.emit(Instr::ReturnValue);
    }

    // ---- names ----

    fn sym16(&mut self, name: Sym) -> Sym16 {
        self.builder.overflow |= name.index() > usize::from(u16::MAX);
        Sym16(u16::try_from(name.0).unwrap_or(u16::MAX))
    }

    fn global(&mut self, name: Sym) -> GlobalId {
        self.builder.global(self.context.module, name)
    }

    fn load_name(&mut self, name: Sym) {
        let instr = match self.context.scopes.place(self.scope, name) {
            Place::Local(slot) => Instr::LoadFast(slot),
            Place::Deref(slot) => Instr::LoadDeref(slot),
            Place::Global => Instr::LoadGlobal(self.global(name)),
            Place::ClassName { beyond: Some(deref) } => Instr::LoadClassDeref { name: self.sym16(name), deref },
            Place::ClassName { beyond: None } => {
                let global = self.global(name);
                let name = self.sym16(name);
                Instr::LoadName { name, global: self.small(global.index()) }
            }
        };
        self.emit(instr);
    }

    fn store_name(&mut self, name: Sym) {
        let instr = match self.context.scopes.place(self.scope, name) {
            Place::Local(slot) => Instr::StoreFast(slot),
            Place::Deref(slot) => Instr::StoreDeref(slot),
            Place::Global => Instr::StoreGlobal(self.global(name)),
            Place::ClassName { .. } => Instr::StoreName(name),
        };
        self.emit(instr);
    }

    fn delete_name(&mut self, name: Sym) {
        let instr = match self.context.scopes.place(self.scope, name) {
            Place::Local(slot) => Instr::DeleteFast(slot),
            Place::Deref(slot) => Instr::DeleteDeref(slot),
            Place::Global => Instr::DeleteGlobal(self.global(name)),
            Place::ClassName { .. } => Instr::DeleteName(name),
        };
        self.emit(instr);
    }

    fn optional(&mut self, expr: Option<&'a Expr>) {
        match expr {
            Some(expr) => self.expr(expr),
            None => self.load_none(),
        }
    }
}
