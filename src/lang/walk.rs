//! Going through the tree.

use super::tree::{Arguments, Comprehension, Expr, ExprKind, FPiece, Pattern, PatternKind, Stmt, StmtKind};

impl StmtKind {
    /// The statement lists directly inside this statement, in the order of the text.
    pub(super) fn bodies<'t>(&'t self, visit: &mut dyn FnMut(&'t [Stmt])) {
        match self {
            StmtKind::If { branches, orelse } => {
                for (_, body) in branches {
                    visit(body);
                }
                visit(orelse);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                visit(body);
                visit(orelse);
            }
            StmtKind::Try { body, handlers, orelse, finalbody } => {
                visit(body);
                for handler in handlers {
                    visit(&handler.body);
                }
                visit(orelse);
                visit(finalbody);
            }
            StmtKind::With { body, .. } => visit(body),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|case| visit(&case.body)),
            StmtKind::Function(function) => visit(&function.body),
            StmtKind::Class(class) => visit(&class.body),
            _ => {}
        }
    }

    /// The expressions directly in this statement (targets, decorators, defaults, bases, patterns too), in the order of
    /// the text; those of the statements inside it are not among them.
    pub(super) fn exprs<'t>(&'t self, visit: &mut dyn FnMut(&'t Expr)) {
        match self {
            StmtKind::Expr(value) => visit(value),
            StmtKind::Assign { targets, value } => {
                visit(value);
                targets.iter().for_each(visit);
            }
            StmtKind::AugAssign { target, value, .. } => {
                visit(target);
                visit(value);
            }
            StmtKind::Annotated { target, value } => {
                value.iter().for_each(&mut *visit);
                visit(target);
            }
            StmtKind::Delete(targets) => targets.iter().for_each(visit),
            StmtKind::Return(value) => value.iter().for_each(visit),
            StmtKind::If { branches, .. } => branches.iter().for_each(|(test, _)| visit(test)),
            StmtKind::While { test, .. } => visit(test),
            StmtKind::For { target, iter, .. } => {
                visit(iter);
                visit(target);
            }
            StmtKind::Try { handlers, .. } => handlers.iter().filter_map(|h| h.class.as_ref()).for_each(visit),
            StmtKind::With { items, .. } => {
                for (manager, target) in items {
                    visit(manager);
                    target.iter().for_each(&mut *visit);
                }
            }
            StmtKind::Match { subject, cases } => {
                visit(subject);
                for case in cases {
                    case.pattern.values(visit);
                    case.guard.iter().for_each(&mut *visit);
                }
            }
            StmtKind::Raise { exception, cause } => exception.iter().chain(cause).for_each(visit),
            StmtKind::Assert { test, message } => {
                visit(test);
                message.iter().for_each(visit);
            }
            StmtKind::Function(function) => {
                function.decorators.iter().for_each(&mut *visit);
                function.params.default_values().for_each(visit);
            }
            StmtKind::Class(class) => {
                class.decorators.iter().for_each(&mut *visit);
                class.arguments.values(visit);
            }
            StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::ImportFrom { .. } => {}
        }
    }
}

impl Pattern {
    fn values<'t>(&'t self, visit: &mut dyn FnMut(&'t Expr)) {
        match &self.kind {
            PatternKind::Value(value) => visit(value),
            PatternKind::Sequence(items) | PatternKind::Or(items) => items.iter().for_each(|item| item.values(visit)),
            PatternKind::As(inner, _) => inner.values(visit),
            PatternKind::Wildcard | PatternKind::Capture(_) | PatternKind::Singleton(_) | PatternKind::Star(_) => {}
        }
    }
}

impl Arguments {
    pub(super) fn values<'t>(&'t self, visit: &mut dyn FnMut(&'t Expr)) {
        self.positional.iter().chain(self.keywords.iter().map(|(_, value)| value)).for_each(visit);
    }
}

impl Expr {
    /// The expressions directly inside this one, in the order of evaluation (nearly: a dict comprehension's value comes
    /// after its clauses).
    pub(super) fn children<'t>(&'t self, visit: &mut dyn FnMut(&'t Expr)) {
        match &self.kind {
            ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Refused => {}
            ExprKind::Attribute(inner, _)
            | ExprKind::Unary(_, inner)
            | ExprKind::YieldFrom(inner)
            | ExprKind::Starred(inner)
            | ExprKind::Named(_, inner) => visit(inner),
            ExprKind::Subscript(object, index) => {
                visit(object);
                visit(index);
            }
            ExprKind::Slice(parts) => parts.iter().flatten().for_each(visit),
            ExprKind::Call(function, arguments) => {
                visit(function);
                arguments.values(visit);
            }
            ExprKind::Binary(_, sides) => {
                visit(&sides.0);
                visit(&sides.1);
            }
            ExprKind::Bool(_, items) | ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => {
                items.iter().for_each(visit);
            }
            ExprKind::Compare(left, rest) => {
                visit(left);
                for (_, right) in rest {
                    visit(right);
                }
            }
            ExprKind::If(parts) => parts.iter().for_each(visit),
            ExprKind::Lambda(lambda) => {
                lambda.params.default_values().for_each(&mut *visit);
                visit(&lambda.body);
            }
            ExprKind::Dict(items) => {
                for (key, value) in items {
                    key.iter().for_each(&mut *visit);
                    visit(value);
                }
            }
            ExprKind::Comprehension(comprehension) => comprehension.parts(visit),
            ExprKind::Yield(value) => value.iter().for_each(|value| visit(value)),
            ExprKind::FString(pieces) => values(pieces, visit),
        }
    }
}

impl Comprehension {
    fn parts<'t>(&'t self, visit: &mut dyn FnMut(&'t Expr)) {
        for clause in &self.clauses {
            visit(&clause.iter);
            visit(&clause.target);
            clause.ifs.iter().for_each(&mut *visit);
        }
        visit(&self.element);
        self.value.iter().for_each(visit);
    }
}

fn values<'t>(pieces: &'t [FPiece], visit: &mut dyn FnMut(&'t Expr)) {
    for piece in pieces {
        if let FPiece::Value { value, spec, .. } = piece {
            visit(value);
            values(spec.as_deref().unwrap_or_default(), visit);
        }
    }
}
