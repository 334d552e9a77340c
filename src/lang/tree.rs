//! The syntax tree of our own: what the rest of the compiler sees of a Python text.
//!
//! [`super::parse`] makes it; names are interned and mangled (`__x` in a class), constructs outside the subset have
//! become [`ExprKind::Refused`] or nothing, each with a diagnostic.

use super::code::Sym;
use super::instr::{BinaryOp, CompareOp, Conversion};
use crate::source::Span;
use std::sync::Arc;

/// A block with names of its own, numbered in the order the parser meets them; 0 is the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ScopeId(pub(super) u32);

impl ScopeId {
    pub(super) const MODULE: ScopeId = ScopeId(0);

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A module.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) body: Vec<Stmt>,
    pub(super) doc: Option<Arc<str>>,
    /// How many scopes were numbered.
    pub(super) scopes: u32,
}

/// A name and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ident {
    pub(super) name: Sym,
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) struct Stmt {
    pub(super) span: Span,
    pub(super) kind: StmtKind,
}

#[derive(Debug)]
pub(super) enum StmtKind {
    Expr(Expr),
    Assign {
        targets: Vec<Expr>,
        value: Expr,
    },
    AugAssign {
        target: Expr,
        op: BinaryOp,
        value: Expr,
    },
    /// `x: int` binds nothing but makes `x` a name of its block; with a value it is an assignment.
    Annotated {
        target: Expr,
        value: Option<Expr>,
    },
    Delete(Vec<Expr>),
    Pass,
    Break,
    Continue,
    Return(Option<Expr>),
    Global(Vec<Ident>),
    Nonlocal(Vec<Ident>),
    If {
        /// `if` and every `elif`.
        branches: Vec<(Expr, Vec<Stmt>)>,
        orelse: Vec<Stmt>,
    },
    While {
        test: Expr,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    For {
        target: Expr,
        iter: Expr,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    Try {
        body: Vec<Stmt>,
        handlers: Vec<Except>,
        orelse: Vec<Stmt>,
        finalbody: Vec<Stmt>,
    },
    With {
        items: Vec<(Expr, Option<Expr>)>,
        body: Vec<Stmt>,
    },
    Match {
        subject: Expr,
        cases: Vec<Case>,
    },
    Raise {
        exception: Option<Expr>,
        cause: Option<Expr>,
    },
    Assert {
        test: Expr,
        message: Option<Expr>,
    },
    Import(Vec<Import>),
    ImportFrom {
        module: Ident,
        names: Vec<ImportName>,
    },
    Function(Box<Function>),
    Class(Box<Class>),
}

#[derive(Debug)]
pub(super) struct Except {
    pub(super) span: Span,
    pub(super) class: Option<Expr>,
    pub(super) name: Option<Ident>,
    pub(super) body: Vec<Stmt>,
}

/// `import module` or `import module as alias`.
#[derive(Debug)]
pub(super) struct Import {
    /// The dotted name.
    pub(super) module: Ident,
    /// What is bound: the alias, or the first part of the dotted name.
    pub(super) binds: Ident,
    pub(super) alias: bool,
}

/// One name of a `from … import`.
#[derive(Debug)]
pub(super) struct ImportName {
    pub(super) name: Ident,
    pub(super) binds: Ident,
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) scope: ScopeId,
    pub(super) name: Ident,
    pub(super) decorators: Vec<Expr>,
    pub(super) params: Parameters,
    pub(super) body: Vec<Stmt>,
    pub(super) doc: Option<Arc<str>>,
    /// Contains `yield`.
    pub(super) generator: bool,
}

#[derive(Debug)]
pub(super) struct Class {
    pub(super) scope: ScopeId,
    pub(super) name: Ident,
    pub(super) decorators: Vec<Expr>,
    pub(super) arguments: Arguments,
    pub(super) body: Vec<Stmt>,
    pub(super) doc: Option<Arc<str>>,
}

/// The parameters of a function, each list in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// Positional ones, the first `positional_only` by position only.
    pub(super) positional: Vec<Ident>,
    pub(super) positional_only: usize,
    /// Defaults of the last positional ones.
    pub(super) defaults: Vec<Expr>,
    pub(super) keyword_only: Vec<(Ident, Option<Expr>)>,
    pub(super) varargs: Option<Ident>,
    pub(super) varkwargs: Option<Ident>,
}

impl Parameters {
    /// All parameters in the order of the first locals (see [`super::code::Params`]).
    pub(super) fn names(&self) -> impl Iterator<Item = Ident> + '_ {
        let keyword_only = self.keyword_only.iter().map(|(ident, _)| *ident);
        self.positional.iter().copied().chain(keyword_only).chain(self.varargs).chain(self.varkwargs)
    }

    /// Every default value, in the order of evaluation.
    pub(super) fn default_values(&self) -> impl Iterator<Item = &Expr> {
        self.defaults.iter().chain(self.keyword_only.iter().filter_map(|(_, default)| default.as_ref()))
    }
}

/// The arguments of a call, or the bases and keywords of a class.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    /// Positional ones; a starred one is [`ExprKind::Starred`].
    pub(super) positional: Vec<Expr>,
    /// `name=value`; without a name it is `**value`.
    pub(super) keywords: Vec<(Option<Ident>, Expr)>,
}

#[derive(Debug)]
pub(super) struct Expr {
    pub(super) span: Span,
    pub(super) kind: ExprKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnaryOp {
    Negative,
    Positive,
    Invert,
    Not,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BoolOp {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Compare(CompareOp),
    /// `is`, or `is not` when true.
    Is(bool),
    /// `in`, or `not in` when true.
    In(bool),
}

#[derive(Debug)]
pub(super) enum ExprKind {
    Literal(Literal),
    Name(Sym),
    Attribute(Box<Expr>, Ident),
    Subscript(Box<Expr>, Box<Expr>),
    Slice(Box<[Option<Expr>; 3]>),
    Call(Box<Expr>, Box<Arguments>),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<(Expr, Expr)>),
    Bool(BoolOp, Vec<Expr>),
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
    /// `body if test else orelse`, in the order test, body, orelse.
    If(Box<[Expr; 3]>),
    Lambda(Box<Lambda>),
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    Set(Vec<Expr>),
    /// Without a key: `**value`.
    Dict(Vec<(Option<Expr>, Expr)>),
    Comprehension(Box<Comprehension>),
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    /// `target := value`
    Named(Ident, Box<Expr>),
    Starred(Box<Expr>),
    FString(Vec<FPiece>),
    /// Outside the subset, or not Python; a diagnostic says so.
    Refused,
}

/// A piece of an f-string.
#[derive(Debug)]
pub(super) enum FPiece {
    Text(Arc<str>),
    Value { value: Expr, conversion: Conversion, spec: Option<Vec<FPiece>> },
}

#[derive(Debug)]
pub(super) struct Lambda {
    pub(super) scope: ScopeId,
    pub(super) params: Parameters,
    pub(super) body: Expr,
    pub(super) generator: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ComprehensionKind {
    List,
    Set,
    Dict,
    Generator,
}

#[derive(Debug)]
pub(super) struct Comprehension {
    pub(super) scope: ScopeId,
    pub(super) kind: ComprehensionKind,
    /// The element, or the key of a dict comprehension.
    pub(super) element: Expr,
    /// The value of a dict comprehension.
    pub(super) value: Option<Expr>,
    /// Never empty.
    pub(super) clauses: Vec<Clause>,
}

/// `for target in iter if … if …`
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) target: Expr,
    pub(super) iter: Expr,
    pub(super) ifs: Vec<Expr>,
}

/// A `case` of a `match`.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) pattern: Pattern,
    pub(super) guard: Option<Expr>,
    pub(super) body: Vec<Stmt>,
}

#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) span: Span,
    pub(super) kind: PatternKind,
}

#[derive(Debug)]
pub(super) enum PatternKind {
    /// `_`
    Wildcard,
    Capture(Ident),
    /// Equal to this literal or dotted name.
    Value(Expr),
    /// Identical with `None`, `True`, `False`.
    Singleton(Literal),
    /// Items; at most one of them is a star, whose name is `None` for `*_`.
    Sequence(Vec<Pattern>),
    Star(Option<Ident>),
    Or(Vec<Pattern>),
    As(Box<Pattern>, Ident),
}
