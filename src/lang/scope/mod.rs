//! Which name means which variable.
//!
//! Two passes, as in CPython's symbol table: [`collect`](mod@collect) walks the tree and notes for every block what it binds, uses and
//! declares; [`resolve`](mod@resolve) then decides for every name of every block whether it is local, a cell (local and used by an
//! inner function), free (a cell of an outer function), global, or a name of a class body.
//!
//! A *unit* is a block that becomes a code object. Comprehensions are blocks, but part of the unit they stand in
//! (PEP 709); generator expressions are units.

mod collect;
mod resolve;

pub(super) use collect::collect;

use super::code::Sym;
use super::tree::ScopeId;
use crate::source::Span;
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    /// A `def` or a lambda.
    Function,
    Class,
    /// Part of the unit around it.
    Comprehension,
    GeneratorExpression,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Declared {
    #[default]
    Nothing,
    Global,
    Nonlocal,
}

/// What a block does with a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mention {
    pub(super) bound: bool,
    pub(super) declared: Declared,
    /// Where it is declared.
    pub(super) declared_at: Span,
}

/// A block.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    /// The unit this block is part of: itself unless it is a comprehension.
    pub(super) unit: ScopeId,
    pub(super) mentions: FxHashMap<Sym, Mention>,
    /// The names in the order in which they are first mentioned.
    pub(super) order: Vec<Sym>,
    pub(super) params: Vec<Sym>,
    /// When the function or class of this unit is made, on the clock of [`Binding::moment`].
    pub(super) created: u32,
}

/// A variable: a name and the block that binds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Variable {
    pub(super) scope: ScopeId,
    pub(super) name: Sym,
}

/// A place where a name is bound (or deleted).
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) scope: ScopeId,
    pub(super) name: Sym,
    pub(super) span: Span,
    /// A clock that ticks along the text: earlier in the text is smaller.
    pub(super) moment: u32,
    pub(super) deletes: bool,
}

/// A place where a name is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) scope: ScopeId,
    pub(super) name: Sym,
    pub(super) span: Span,
    /// Inside a `try` body that has handlers.
    pub(super) guarded: bool,
}

/// The layout of a unit's variables.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// Parameters, locals, then the variables of inlined comprehensions.
    pub(super) locals: Vec<Sym>,
    pub(super) slots: FxHashMap<Variable, u16>,
    pub(super) cells: Vec<Variable>,
    pub(super) frees: Vec<Variable>,
    /// The deref slots of both.
    derefs: FxHashMap<Variable, u16>,
    /// For each of `cells`, then `frees`.
    pub(super) constant: Vec<bool>,
}

impl Unit {
    /// The deref slot of a cell or free variable.
    pub(super) fn deref(&self, variable: Variable) -> Option<u16> {
        self.derefs.get(&variable).copied()
    }
}

/// Where a name is found at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Local(u16),
    /// A cell or free variable of the unit.
    Deref(u16),
    Global,
    /// In the namespace of the class body, else where `beyond` says.
    ClassName {
        beyond: Option<u16>,
    },
}

/// Every name of a module, resolved.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "the scopes of the scopes are scopes")]
pub(super) struct Scopes {
    pub(super) scopes: Vec<Scope>,
    pub(super) bindings: Vec<Binding>,
    pub(super) uses: Vec<Use>,
    /// Loops as intervals of the clock, each in its unit.
    pub(super) loops: Vec<(ScopeId, u32, u32)>,
    pub(super) units: FxHashMap<ScopeId, Unit>,
    /// The symbol of `__class__`.
    pub(super) class_cell: Sym,
}

impl Scopes {
    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.index()]
    }

    pub(super) fn unit(&self, id: ScopeId) -> &Unit {
        &self.units[&id]
    }

    /// Where `name`, mentioned in `scope`, is found.
    pub(super) fn place(&self, scope: ScopeId, name: Sym) -> Place {
        let unit = self.unit(self.scope(scope).unit);
        let here = self.scope(scope);
        let mention = here.mentions.get(&name).copied().unwrap_or_default();
        let definer = self.definer(scope, name);
        if here.kind == ScopeKind::Class && mention.bound && mention.declared == Declared::Nothing {
            let beyond = self.enclosing(scope, name).and_then(|scope| unit.deref(Variable { scope, name }));
            return Place::ClassName { beyond };
        }
        let Some(variable) = definer.map(|scope| Variable { scope, name }) else { return Place::Global };
        if let Some(slot) = unit.deref(variable) {
            return Place::Deref(slot);
        }
        unit.slots.get(&variable).map_or(Place::Global, |slot| Place::Local(*slot))
    }

    /// The block whose variable `name` means in `scope`; `None` is a global (or the namespace of a class).
    pub(super) fn definer(&self, scope: ScopeId, name: Sym) -> Option<ScopeId> {
        let here = self.scope(scope);
        let mention = here.mentions.get(&name).copied().unwrap_or_default();
        match mention.declared {
            Declared::Global => None,
            Declared::Nothing if mention.bound => match here.kind {
                ScopeKind::Module | ScopeKind::Class => None,
                _ => Some(scope),
            },
            Declared::Nothing | Declared::Nonlocal => self.enclosing(scope, name),
        }
    }

    /// The nearest block around `scope` that has `name` as a variable inner functions see.
    pub(super) fn enclosing(&self, scope: ScopeId, name: Sym) -> Option<ScopeId> {
        let mut next = self.scope(scope).parent;
        while let Some(id) = next {
            let outer = self.scope(id);
            next = outer.parent;
            if outer.kind == ScopeKind::Class {
                if name == self.class_cell {
                    return Some(id);
                }
                continue;
            }
            let Some(mention) = outer.mentions.get(&name) else { continue };
            match mention.declared {
                Declared::Global => return None,
                Declared::Nothing if mention.bound => return (outer.kind != ScopeKind::Module).then_some(id),
                Declared::Nothing | Declared::Nonlocal => {}
            }
        }
        None
    }
}
