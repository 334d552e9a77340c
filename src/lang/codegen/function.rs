//! Functions, lambdas and classes.

use super::{Gen, Unit};
use crate::lang::code::{CodeId, CodeKind, Params, Sym};
use crate::lang::instr::{Instr, MakeFlags};
use crate::lang::tree::{Class, Expr, Function, Lambda, Parameters, ScopeId};
use crate::source::Span;

impl<'a> Gen<'a> {
    pub(super) fn function(&mut self, function: &'a Function, span: Span) {
        self.exprs(&function.decorators);
        self.at(function.name.span, |this| {
            let mut flags = this.defaults(&function.params);
            let mut unit = this.unit_of(function.scope, CodeKind::Function, function.name.name, span);
            unit.params = params(&function.params);
            unit.generator = function.generator;
            unit.doc = function.doc.as_ref();
            let mut inner = this.inner(unit);
            inner.asm.span = function.name.span;
            inner.prologue();
            inner.body(&function.body);
            inner.return_none();
            let code = inner.finish();
            this.make_function(code, function.scope, &mut flags);
        });
        self.decorate(&function.decorators);
        self.at(function.name.span, |this| this.store_name(function.name.name));
    }

    pub(super) fn lambda(&mut self, lambda: &'a Lambda) {
        let mut flags = self.defaults(&lambda.params);
        let name = self.builder.program.symbols.intern("<lambda>");
        let mut unit = self.unit_of(lambda.scope, CodeKind::Lambda, name, lambda.body.span);
        unit.params = params(&lambda.params);
        unit.generator = lambda.generator;
        let mut inner = self.inner(unit);
        inner.asm.span = lambda.body.span;
        inner.prologue();
        inner.expr(&lambda.body);
        inner.emit(Instr::ReturnValue);
        let code = inner.finish();
        self.make_function(code, lambda.scope, &mut flags);
    }

    pub(super) fn class(&mut self, class: &'a Class, span: Span) {
        self.exprs(&class.decorators);
        self.at(class.name.span, |this| {
            this.emit(Instr::LoadBuildClass);
            let unit = this.unit_of(class.scope, CodeKind::Class, class.name.name, span);
            let code = this.inner(unit).class_body(class);
            this.make_function(code, class.scope, &mut MakeFlags::default());
            let name = this.builder.program.symbols.shared(class.name.name);
            this.load_text(&name);
            this.class_arguments(class);
        });
        self.decorate(&class.decorators);
        self.at(class.name.span, |this| this.store_name(class.name.name));
    }

    /// The bases and keywords, and the call that builds the class: body and name are on the stack.
    fn class_arguments(&mut self, class: &'a Class) {
        let count = self.plain_arguments(&class.arguments);
        self.emit(Instr::Call(count.saturating_add(2)));
    }

    fn class_body(mut self, class: &'a Class) -> CodeId {
        self.asm.span = class.name.span;
        self.prologue();
        let [name, module, qualname, doc] =
            ["__name__", "__module__", "__qualname__", "__doc__"].map(|text| self.builder.program.symbols.intern(text));
        let global = self.global(name);
        self.emit(Instr::LoadGlobal(global));
        self.emit(Instr::StoreName(module));
        let qualified = self.unit.qualname.clone();
        self.load_text(&qualified);
        self.emit(Instr::StoreName(qualname));
        if let Some(text) = &class.doc {
            self.load_text(text);
            self.emit(Instr::StoreName(doc));
        }
        self.unit.doc = class.doc.as_ref();
        self.body(&class.body);
        let scopes = self.context.scopes;
        let variable = crate::lang::scope::Variable { scope: class.scope, name: scopes.class_cell };
        if let Some(slot) = scopes.unit(class.scope).deref(variable) {
            self.emit(Instr::LoadClosure(slot));
            self.emit(Instr::ReturnValue);
        } else {
            self.return_none();
        }
        self.finish()
    }

    fn decorate(&mut self, decorators: &'a [Expr]) {
        for decorator in decorators.iter().rev() {
            self.at(decorator.span, |this| this.emit(Instr::Call(1)));
        }
    }

    /// A generator of code for an inner unit.
    pub(super) fn inner<'b>(&'b mut self, unit: Unit<'b>) -> Gen<'b>
    where
        'a: 'b,
    {
        Gen::new(self.builder, self.context, unit)
    }

    pub(super) fn unit_of(&self, scope: ScopeId, kind: CodeKind, name: Sym, span: Span) -> Unit<'a> {
        let text = self.builder.program.symbols.text(name);
        let qualname = match self.unit.kind {
            CodeKind::Module => text.to_owned(),
            CodeKind::Class => format!("{}.{text}", self.unit.qualname),
            _ => format!("{}.<locals>.{text}", self.unit.qualname),
        };
        let first_line = self.context.source.line(span.start);
        Unit { scope, kind, name, qualname, params: Params::default(), generator: false, doc: None, first_line }
    }

    /// Pushes the default values.
    fn defaults(&mut self, params: &'a Parameters) -> MakeFlags {
        let mut flags = MakeFlags::default();
        if !params.defaults.is_empty() {
            self.exprs(&params.defaults);
            self.emit(Instr::BuildTuple(Self::count(params.defaults.len())));
            flags.defaults = true;
        }
        let with_default = params.keyword_only.iter().filter_map(|(ident, default)| Some((ident, default.as_ref()?)));
        let mut count = 0;
        for (ident, default) in with_default {
            let name = self.builder.program.symbols.shared(ident.name);
            self.load_text(&name);
            self.expr(default);
            count += 1;
        }
        if count > 0 {
            self.emit(Instr::BuildMap(count));
            flags.keyword_defaults = true;
        }
        flags
    }

    /// Pushes the closure, if there is one, and makes the function.
    pub(super) fn make_function(&mut self, code: CodeId, scope: ScopeId, flags: &mut MakeFlags) {
        let scopes = self.context.scopes;
        let frees = &scopes.unit(scope).frees;
        let here = scopes.unit(self.unit.scope);
        for variable in frees {
            let slot = here.deref(*variable).unwrap_or_default();
            self.emit(Instr::LoadClosure(slot));
        }
        if !frees.is_empty() {
            self.emit(Instr::BuildTuple(Self::count(frees.len())));
            flags.closure = true;
        }
        let code = self.builder.code(code);
        self.emit(Instr::MakeFunction { code, flags: *flags });
    }
}

fn params(params: &Parameters) -> Params {
    let count = |number| u16::try_from(number).unwrap_or(u16::MAX);
    Params {
        positional: count(params.positional.len()),
        positional_only: count(params.positional_only),
        keyword_only: count(params.keyword_only.len()),
        varargs: params.varargs.is_some(),
        varkwargs: params.varkwargs.is_some(),
    }
}
