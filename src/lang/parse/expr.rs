//! Expressions.

use super::super::instr::{BinaryOp, CompareOp, Conversion};
use super::super::tree::{
    Arguments, BoolOp, Clause, Comparison, Comprehension, ComprehensionKind, Expr, ExprKind, FPiece, Ident, Lambda,
    Literal, Parameters, UnaryOp,
};
use super::{Block, Lowering, span};
use crate::said::Said;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

impl Lowering<'_> {
    pub(super) fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e ast::Expr>) -> Vec<Expr> {
        exprs.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn boxed(&mut self, expr: &ast::Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    pub(super) fn optional(&mut self, expr: Option<&ast::Expr>) -> Option<Expr> {
        expr.map(|expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Expr {
        Expr { span: span(expr.range()), kind: self.expr_kind(expr) }
    }

    fn expr_kind(&mut self, expr: &ast::Expr) -> ExprKind {
        use ast::Expr as E;
        match expr {
            E::BoolOp(e) => {
                let op = match e.op {
                    ast::BoolOp::And => BoolOp::And,
                    ast::BoolOp::Or => BoolOp::Or,
                };
                ExprKind::Bool(op, self.exprs(&e.values))
            }
            E::Named(e) => self.walrus(e),
            E::BinOp(e) => {
                let sides = (self.expr(&e.left), self.expr(&e.right));
                ExprKind::Binary(binary_op(e.op), Box::new(sides))
            }
            E::UnaryOp(e) => self.unary(e),
            E::Lambda(e) => self.lambda(e),
            E::If(e) => ExprKind::If(Box::new([self.expr(&e.test), self.expr(&e.body), self.expr(&e.orelse)])),
            E::Dict(e) => {
                let items = e.items.iter().map(|item| (self.optional(item.key.as_ref()), self.expr(&item.value)));
                ExprKind::Dict(items.collect())
            }
            E::Set(e) => ExprKind::Set(self.exprs(&e.elts)),
            E::ListComp(e) => self.comprehension(ComprehensionKind::List, &e.elt, None, &e.generators),
            E::SetComp(e) => self.comprehension(ComprehensionKind::Set, &e.elt, None, &e.generators),
            E::DictComp(e) => {
                if let Some(key) = &e.key {
                    self.comprehension(ComprehensionKind::Dict, key, Some(&e.value), &e.generators)
                } else {
                    self.syntax(e.range, Said::new("diag-dict-unpacking"));
                    ExprKind::Refused
                }
            }
            E::Generator(e) => self.comprehension(ComprehensionKind::Generator, &e.elt, None, &e.generators),
            E::Await(e) => {
                self.coroutine(e.range, "await", Said::new("diag-coroutines-await"));
                ExprKind::Refused
            }
            E::Yield(e) => {
                self.yields(e.range);
                ExprKind::Yield(e.value.as_deref().map(|value| self.boxed(value)))
            }
            E::YieldFrom(e) => {
                self.yields(e.range);
                ExprKind::YieldFrom(self.boxed(&e.value))
            }
            E::Compare(e) => {
                let left = self.boxed(&e.left);
                let rest = e.ops.iter().zip(&e.comparators);
                ExprKind::Compare(left, rest.map(|(op, right)| (comparison(*op), self.expr(right))).collect())
            }
            E::Call(e) => {
                let function = self.boxed(&e.func);
                ExprKind::Call(function, Box::new(self.arguments(&e.arguments)))
            }
            E::FString(e) => self.f_string(e),
            E::TString(e) => {
                self.unsupported(e.range, Said::new("diag-template-string"), Said::new("diag-template-string-help"));
                ExprKind::Refused
            }
            E::StringLiteral(e) => ExprKind::Literal(Literal::Str(e.value.to_str().into())),
            E::BytesLiteral(e) => {
                let bytes: Vec<u8> = e.value.iter().flat_map(|part| part.as_slice().iter().copied()).collect();
                ExprKind::Literal(Literal::Bytes(bytes.into()))
            }
            E::NumberLiteral(e) => self.number(e),
            E::BooleanLiteral(e) => ExprKind::Literal(Literal::Bool(e.value)),
            E::NoneLiteral(_) => ExprKind::Literal(Literal::None),
            E::EllipsisLiteral(_) => ExprKind::Literal(Literal::Ellipsis),
            E::Attribute(e) => {
                let object = self.boxed(&e.value);
                ExprKind::Attribute(object, self.ident(&e.attr))
            }
            E::Subscript(e) => {
                let object = self.boxed(&e.value);
                ExprKind::Subscript(object, self.boxed(&e.slice))
            }
            E::Starred(e) => ExprKind::Starred(self.boxed(&e.value)),
            // The parser makes a name of nothing where an expression is missing.
            E::Name(e) if e.id.is_empty() => ExprKind::Refused,
            E::Name(e) => ExprKind::Name(self.name(&e.id)),
            E::List(e) => ExprKind::List(self.exprs(&e.elts)),
            E::Tuple(e) => ExprKind::Tuple(self.exprs(&e.elts)),
            E::Slice(e) => ExprKind::Slice(Box::new([
                self.optional(e.lower.as_deref()),
                self.optional(e.upper.as_deref()),
                self.optional(e.step.as_deref()),
            ])),
            E::IpyEscapeCommand(_) => ExprKind::Refused,
        }
    }

    fn walrus(&mut self, e: &ast::ExprNamed) -> ExprKind {
        let value = self.boxed(&e.value);
        match &*e.target {
            ast::Expr::Name(target) => {
                let ident = Ident { name: self.name(&target.id), span: span(target.range) };
                ExprKind::Named(ident, value)
            }
            _ => ExprKind::Refused,
        }
    }

    fn unary(&mut self, e: &ast::ExprUnaryOp) -> ExprKind {
        if let (ast::UnaryOp::USub, ast::Expr::NumberLiteral(number)) = (e.op, &*e.operand)
            && let ast::Number::Int(int) = &number.value
            && int.as_u64() == Some(1 << 63)
        {
            return ExprKind::Literal(Literal::Int(i64::MIN));
        }
        let op = match e.op {
            ast::UnaryOp::Invert => UnaryOp::Invert,
            ast::UnaryOp::Not => UnaryOp::Not,
            ast::UnaryOp::UAdd => UnaryOp::Positive,
            ast::UnaryOp::USub => UnaryOp::Negative,
        };
        let operand = self.boxed(&e.operand);
        match (op, &operand.kind) {
            (UnaryOp::Negative, ExprKind::Literal(Literal::Int(value))) => match value.checked_neg() {
                Some(value) => ExprKind::Literal(Literal::Int(value)),
                None => ExprKind::Unary(op, operand),
            },
            (UnaryOp::Negative, ExprKind::Literal(Literal::Float(value))) => ExprKind::Literal(Literal::Float(-value)),
            _ => ExprKind::Unary(op, operand),
        }
    }

    fn number(&mut self, e: &ast::ExprNumberLiteral) -> ExprKind {
        match &e.value {
            ast::Number::Int(int) => {
                if let Some(value) = int.as_u64().and_then(|value| i64::try_from(value).ok()) {
                    return ExprKind::Literal(Literal::Int(value));
                }
                self.unsupported(e.range, Said::new("diag-big-number"), Said::new("diag-big-number-help"));
                ExprKind::Refused
            }
            ast::Number::Float(value) => ExprKind::Literal(Literal::Float(*value)),
            ast::Number::Complex { .. } => {
                self.unsupported(e.range, Said::new("diag-complex"), Said::new("diag-complex-help"));
                ExprKind::Refused
            }
        }
    }

    fn yields(&mut self, range: ruff_text_size::TextRange) {
        match self.blocks.last_mut() {
            Some(Block::Function { generator, .. }) => *generator = true,
            Some(Block::Comprehension) => self.syntax(range, Said::new("diag-yield-comprehension")),
            Some(Block::Class { .. } | Block::Module { .. }) | None => {
                self.syntax(range, Said::new("diag-yield-outside"));
            }
        }
    }

    fn lambda(&mut self, e: &ast::ExprLambda) -> ExprKind {
        let params = e.parameters.as_deref().map(|params| self.parameters(params)).unwrap_or_default();
        let scope = self.new_scope();
        self.blocks.push(Block::Function { generator: false, loops: 0 });
        let body = self.expr(&e.body);
        let generator = matches!(self.blocks.pop(), Some(Block::Function { generator: true, .. }));
        ExprKind::Lambda(Box::new(Lambda { scope, params, body, generator }))
    }

    pub(super) fn parameters(&mut self, params: &ast::Parameters) -> Parameters {
        let mut lowered = Parameters { positional_only: params.posonlyargs.len(), ..Parameters::default() };
        for param in params.posonlyargs.iter().chain(&params.args) {
            lowered.positional.push(self.ident(&param.parameter.name));
            if let Some(default) = param.default.as_deref() {
                lowered.defaults.push(self.expr(default));
            }
        }
        for param in &params.kwonlyargs {
            let ident = self.ident(&param.parameter.name);
            lowered.keyword_only.push((ident, self.optional(param.default.as_deref())));
        }
        lowered.varargs = params.vararg.as_deref().map(|param| self.ident(&param.name));
        lowered.varkwargs = params.kwarg.as_deref().map(|param| self.ident(&param.name));
        let names: Vec<Ident> = lowered.names().collect();
        for (n, ident) in names.iter().enumerate() {
            if names[..n].iter().any(|earlier| earlier.name == ident.name) {
                let message = Said::new("diag-parameter-twice").with("name", self.symbols.text(ident.name));
                self.syntax(params.range, message);
            }
        }
        lowered
    }

    pub(super) fn arguments(&mut self, arguments: &ast::Arguments) -> Arguments {
        let positional = self.exprs(&arguments.args);
        let mut keywords: Vec<(Option<Ident>, Expr)> = Vec::with_capacity(arguments.keywords.len());
        for keyword in &arguments.keywords {
            // Keywords are not mangled by CPython's parser, but by its compiler; the effect is the same.
            let ident = keyword.arg.as_ref().map(|name| self.ident(name));
            if let Some(ident) = ident
                && keywords.iter().any(|(earlier, _)| earlier.is_some_and(|earlier| earlier.name == ident.name))
            {
                let message = Said::new("diag-keyword-twice").with("name", self.symbols.text(ident.name));
                self.syntax(keyword.range, message);
            }
            keywords.push((ident, self.expr(&keyword.value)));
        }
        Arguments { positional, keywords }
    }

    fn comprehension(
        &mut self,
        kind: ComprehensionKind,
        element: &ast::Expr,
        value: Option<&ast::Expr>,
        generators: &[ast::Comprehension],
    ) -> ExprKind {
        let scope = self.new_scope();
        // The first iterable is evaluated in the block around the comprehension.
        let mut first = generators.first().map(|generator| self.expr(&generator.iter));
        self.blocks.push(Block::Comprehension);
        let mut clauses = Vec::with_capacity(generators.len());
        for generator in generators {
            if generator.is_async {
                let help = Said::new("diag-coroutines-ordinary").with("keyword", "for");
                self.coroutine(generator.range, "async for", help);
            }
            let iter = first.take().unwrap_or_else(|| self.expr(&generator.iter));
            clauses.push(Clause { target: self.expr(&generator.target), iter, ifs: self.exprs(&generator.ifs) });
        }
        let element = self.expr(element);
        let value = self.optional(value);
        self.blocks.pop();
        if clauses.is_empty() {
            return ExprKind::Refused;
        }
        ExprKind::Comprehension(Box::new(Comprehension { scope, kind, element, value, clauses }))
    }

    fn f_string(&mut self, e: &ast::ExprFString) -> ExprKind {
        let mut pieces = Vec::new();
        for part in &e.value {
            match part {
                ast::FStringPart::Literal(literal) => push_text(&mut pieces, &literal.value),
                ast::FStringPart::FString(f_string) => self.f_pieces(&f_string.elements, &mut pieces),
            }
        }
        ExprKind::FString(pieces)
    }

    fn f_pieces(&mut self, elements: &ast::InterpolatedStringElements, pieces: &mut Vec<FPiece>) {
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => push_text(pieces, &literal.value),
                ast::InterpolatedStringElement::Interpolation(piece) => self.f_value(piece, pieces),
            }
        }
    }

    fn f_value(&mut self, piece: &ast::InterpolatedElement, pieces: &mut Vec<FPiece>) {
        let mut conversion = match piece.conversion {
            ast::ConversionFlag::None => Conversion::None,
            ast::ConversionFlag::Str => Conversion::Str,
            ast::ConversionFlag::Ascii => Conversion::Ascii,
            ast::ConversionFlag::Repr => Conversion::Repr,
        };
        if let Some(debug) = &piece.debug_text {
            push_text(pieces, debug.as_str());
            if conversion == Conversion::None && piece.format_spec.is_none() {
                conversion = Conversion::Repr;
            }
        }
        let value = self.expr(&piece.expression);
        let spec = piece.format_spec.as_deref().map(|spec| {
            let mut inner = Vec::new();
            self.f_pieces(&spec.elements, &mut inner);
            inner
        });
        pieces.push(FPiece::Value { value, conversion, spec });
    }
}

/// Adds text to the pieces, joined with text that stands before it.
fn push_text(pieces: &mut Vec<FPiece>, text: &str) {
    if let Some(FPiece::Text(before)) = pieces.last_mut() {
        *before = format!("{before}{text}").into();
    } else if !text.is_empty() {
        pieces.push(FPiece::Text(text.into()));
    }
}

pub(super) fn binary_op(op: ast::Operator) -> BinaryOp {
    match op {
        ast::Operator::Add => BinaryOp::Add,
        ast::Operator::Sub => BinaryOp::Subtract,
        ast::Operator::Mult => BinaryOp::Multiply,
        ast::Operator::MatMult => BinaryOp::MatrixMultiply,
        ast::Operator::Div => BinaryOp::TrueDivide,
        ast::Operator::Mod => BinaryOp::Remainder,
        ast::Operator::Pow => BinaryOp::Power,
        ast::Operator::LShift => BinaryOp::LeftShift,
        ast::Operator::RShift => BinaryOp::RightShift,
        ast::Operator::BitOr => BinaryOp::Or,
        ast::Operator::BitXor => BinaryOp::Xor,
        ast::Operator::BitAnd => BinaryOp::And,
        ast::Operator::FloorDiv => BinaryOp::FloorDivide,
    }
}

fn comparison(op: ast::CmpOp) -> Comparison {
    match op {
        ast::CmpOp::Eq => Comparison::Compare(CompareOp::Equal),
        ast::CmpOp::NotEq => Comparison::Compare(CompareOp::NotEqual),
        ast::CmpOp::Lt => Comparison::Compare(CompareOp::Less),
        ast::CmpOp::LtE => Comparison::Compare(CompareOp::LessEqual),
        ast::CmpOp::Gt => Comparison::Compare(CompareOp::Greater),
        ast::CmpOp::GtE => Comparison::Compare(CompareOp::GreaterEqual),
        ast::CmpOp::Is => Comparison::Is(false),
        ast::CmpOp::IsNot => Comparison::Is(true),
        ast::CmpOp::In => Comparison::In(false),
        ast::CmpOp::NotIn => Comparison::In(true),
    }
}
