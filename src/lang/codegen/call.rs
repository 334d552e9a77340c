//! Calls.

use super::Gen;
use crate::lang::code::{CodeKind, Sym};
use crate::lang::instr::Instr;
use crate::lang::scope::Place;
use crate::lang::tree::{Arguments, Expr, ExprKind, Ident, Literal};

impl<'a> Gen<'a> {
    pub(super) fn call(&mut self, function: &'a Expr, arguments: &'a Arguments) {
        if has_stars(arguments) {
            self.expr(function);
            self.call_with_stars(arguments);
            return;
        }
        if self.super_call(function, arguments) {
            return;
        }
        if let ExprKind::Attribute(object, attr) = &function.kind {
            let load = if self.super_operands(object) {
                Instr::LoadSuperMethod(attr.name)
            } else {
                self.expr(object);
                Instr::LoadMethod(attr.name)
            };
            self.at(function.span, |this| this.emit(load));
            let count = self.plain_arguments(arguments);
            self.emit(Instr::CallMethod(count));
        } else {
            self.expr(function);
            let count = self.plain_arguments(arguments);
            self.emit(Instr::Call(count));
        }
    }

    /// Pushes the arguments, and names the keywords for the call that follows.
    pub(super) fn plain_arguments(&mut self, arguments: &'a Arguments) -> u16 {
        self.exprs(&arguments.positional);
        let mut names = Vec::with_capacity(arguments.keywords.len());
        for (ident, value) in &arguments.keywords {
            self.expr(value);
            names.extend(ident.map(|ident| self.name_constant(ident)));
        }
        if !names.is_empty() {
            let names = self.builder.tuple(names);
            self.emit(Instr::KwNames(names));
        }
        self.small(arguments.positional.len() + arguments.keywords.len())
    }

    fn name_constant(&mut self, ident: Ident) -> crate::lang::code::ConstId {
        let text = self.builder.program.symbols.shared(ident.name);
        self.builder.literal(&Literal::Str(text))
    }

    /// The callable is on the stack.
    pub(super) fn call_with_stars(&mut self, arguments: &'a Arguments) {
        self.sequence(&arguments.positional, Instr::BuildList, Instr::ListAppend(1), Instr::ListExtend(1));
        self.emit(Instr::ListToTuple);
        let keywords = &arguments.keywords;
        if keywords.is_empty() {
            self.emit(Instr::CallFunctionEx(false));
            return;
        }
        let plain = keywords.iter().take_while(|(name, _)| name.is_some()).count();
        self.keyword_pairs(&keywords[..plain]);
        for (n, (name, value)) in keywords.iter().enumerate().skip(plain) {
            if name.is_some() {
                self.keyword_pairs(&keywords[n..=n]);
            } else {
                self.expr(value);
            }
            self.emit(Instr::DictMerge(1));
        }
        self.emit(Instr::CallFunctionEx(true));
    }

    /// A dict of these keywords.
    fn keyword_pairs(&mut self, keywords: &'a [(Option<Ident>, Expr)]) {
        for (name, value) in keywords {
            if let Some(ident) = name {
                let name = self.name_constant(*ident);
                self.emit(Instr::LoadConst(name));
                self.expr(value);
            }
        }
        self.emit(Instr::BuildMap(Self::count(keywords.len())));
    }

    // ---- super ----

    /// When `object` is `super()` inside a method: pushes the class and the instance.
    pub(super) fn super_operands(&mut self, object: &'a Expr) -> bool {
        let ExprKind::Call(function, arguments) = &object.kind else { return false };
        self.is_zero_super(function, arguments) && self.push_class_and_self(object)
    }

    /// `super()` by itself: the two arguments it leaves out are put in.
    fn super_call(&mut self, function: &'a Expr, arguments: &'a Arguments) -> bool {
        if !self.is_zero_super(function, arguments) {
            return false;
        }
        self.expr(function);
        if self.push_class_and_self(function) {
            self.emit(Instr::Call(2));
        } else {
            self.emit(Instr::Call(0));
        }
        true
    }

    fn is_zero_super(&self, function: &Expr, arguments: &Arguments) -> bool {
        let ExprKind::Name(name) = function.kind else { return false };
        self.builder.program.symbols.text(name) == "super"
            && arguments.positional.is_empty()
            && arguments.keywords.is_empty()
            && self.context.scopes.place(self.scope, name) == Place::Global
    }

    /// False (and nothing pushed) outside methods.
    fn push_class_and_self(&mut self, at: &Expr) -> bool {
        let scopes = self.context.scopes;
        let first = scopes.scope(self.unit.scope).params.first().copied();
        let class = scopes.place(self.scope, scopes.class_cell);
        match (self.unit.kind, class, first, self.unit.params.positional) {
            (CodeKind::Function | CodeKind::Lambda, Place::Deref(slot), Some(first), 1..) => {
                self.at(at.span, |this| {
                    this.emit(Instr::LoadDeref(slot));
                    this.load_own(first);
                });
                true
            }
            _ => false,
        }
    }

    /// Loads a variable of the unit itself, even inside a comprehension.
    fn load_own(&mut self, name: Sym) {
        let scope = std::mem::replace(&mut self.scope, self.unit.scope);
        self.load_name(name);
        self.scope = scope;
    }
}

fn has_stars(arguments: &Arguments) -> bool {
    arguments.positional.iter().any(|argument| matches!(argument.kind, ExprKind::Starred(_)))
        || arguments.keywords.iter().any(|(name, _)| name.is_none())
}
