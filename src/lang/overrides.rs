//! `-p name=value`: another value for a constant of the module.

use super::code::Symbols;
use super::compile::Parameters;
use super::parse;
use super::tree::{ExprKind, Literal, Stmt, StmtKind, Tree};
use crate::source::{Diagnostic, Problem, Span};

/// Puts the parameters into the tree.
pub(super) fn apply(parameters: &Parameters, tree: &mut Tree, symbols: &Symbols, diagnostics: &mut Vec<Diagnostic>) {
    for (name, value) in &parameters.0 {
        let names: Vec<&str> = tree.body.iter().filter_map(|stmt| constant(stmt, symbols)).collect();
        let Some(position) = tree.body.iter().position(|stmt| constant(stmt, symbols) == Some(name)) else {
            diagnostics.push(unknown(name, &names, bound_at(tree, symbols, name)));
            continue;
        };
        let StmtKind::Assign { value: expr, .. } = &mut tree.body[position].kind else { continue };
        let ExprKind::Literal(old) = &expr.kind else { continue };
        match converted(old, value) {
            Some(new) => expr.kind = ExprKind::Literal(new),
            None => diagnostics.push(Diagnostic {
                span: expr.span,
                problem: Problem::Parameter,
                message: format!("the parameter `{name}` is {} here, and `{value}` is not", kind(old)),
                help: None,
            }),
        }
    }
}

/// The name of a statement like `N = 5`.
fn constant<'s>(stmt: &Stmt, symbols: &'s Symbols) -> Option<&'s str> {
    let StmtKind::Assign { targets, value } = &stmt.kind else { return None };
    match (targets.as_slice(), &value.kind) {
        ([target], ExprKind::Literal(_)) => match target.kind {
            ExprKind::Name(name) => Some(symbols.text(name)),
            _ => None,
        },
        _ => None,
    }
}

/// Where the module assigns something else to this name.
fn bound_at(tree: &Tree, symbols: &Symbols, name: &str) -> Option<Span> {
    tree.body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Assign { targets, .. } => targets.iter().find_map(|target| match target.kind {
            ExprKind::Name(sym) if symbols.text(sym) == name => Some(target.span),
            _ => None,
        }),
        _ => None,
    })
}

fn unknown(name: &str, names: &[&str], elsewhere: Option<Span>) -> Diagnostic {
    let message = match elsewhere {
        Some(_) => format!("`{name}` cannot be set from outside: its value is not a plain constant"),
        None => format!("this program has no constant `{name}`"),
    };
    let help = match names {
        [] => "it has no constants that can be set".to_owned(),
        _ => format!("it has: {}", names.join(", ")),
    };
    Diagnostic { span: elsewhere.unwrap_or_default(), problem: Problem::Parameter, message, help: Some(help) }
}

/// The text as a constant of the same type as the old one.
#[expect(clippy::cast_precision_loss, reason = "as Python's float(int)")]
fn converted(old: &Literal, text: &str) -> Option<Literal> {
    let new = parse::literal(text);
    match (old, new) {
        (Literal::Str(_), Some(Literal::Str(new))) => Some(Literal::Str(new)),
        (Literal::Str(_), _) => Some(Literal::Str(text.into())),
        (Literal::Float(_), Some(Literal::Int(new))) => Some(Literal::Float(new as f64)),
        (Literal::None | Literal::Ellipsis, new) => new,
        (old, Some(new)) if std::mem::discriminant(old) == std::mem::discriminant(&new) => Some(new),
        _ => None,
    }
}

const fn kind(literal: &Literal) -> &'static str {
    match literal {
        Literal::None | Literal::Ellipsis => "a constant",
        Literal::Bool(_) => "True or False",
        Literal::Int(_) => "an int",
        Literal::Float(_) => "a float",
        Literal::Str(_) => "a string",
        Literal::Bytes(_) => "bytes",
    }
}
