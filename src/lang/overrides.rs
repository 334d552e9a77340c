//! `-p name=value`: another value for a constant of the module.

use super::code::Symbols;
use super::compile::Parameters;
use super::parse;
use super::tree::{ExprKind, Literal, Stmt, StmtKind, Tree};
use crate::said::{Filling, Said};
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
        if let Some(new) = converted(old, value) {
            expr.kind = ExprKind::Literal(new);
        } else {
            let message = Said::new("diag-parameter-type").with("name", name.as_str());
            let message = message.with("type", Said::new(kind(old))).with("value", value.as_str());
            diagnostics.push(Diagnostic::new(expr.span, Problem::Parameter, message));
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
    let message = Said::new(if elsewhere.is_some() { "diag-parameter-computed" } else { "diag-parameter-unknown" });
    let help = match names {
        [] => Said::new("diag-parameter-none"),
        _ => Said::new("diag-parameter-known").with("known", Filling::list(names)),
    };
    Diagnostic::new(elsewhere.unwrap_or_default(), Problem::Parameter, message.with("name", name)).help(help)
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

/// The key of what the type is called.
const fn kind(literal: &Literal) -> &'static str {
    match literal {
        Literal::None | Literal::Ellipsis => "diag-type-constant",
        Literal::Bool(_) => "diag-type-bool",
        Literal::Int(_) => "diag-type-int",
        Literal::Float(_) => "diag-type-float",
        Literal::Str(_) => "diag-type-str",
        Literal::Bytes(_) => "diag-type-bytes",
    }
}
