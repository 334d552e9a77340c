//! The second pass: the layout of every unit's variables.

use super::{Declared, ScopeKind, Scopes, Unit, Variable};
use crate::lang::code::Symbols;
use crate::lang::tree::ScopeId;
use crate::source::{Diagnostic, Problem};
use rustc_hash::FxHashSet;

/// Fills in [`Scopes::units`].
pub(super) fn resolve(scopes: &mut Scopes, symbols: &Symbols, diagnostics: &mut Vec<Diagnostic>) {
    check_nonlocals(scopes, symbols, diagnostics);
    let count = u32::try_from(scopes.scopes.len()).unwrap_or(u32::MAX);
    for id in (0..count).map(ScopeId) {
        if scopes.scope(id).unit == id {
            scopes.units.insert(id, Unit::default());
        }
    }
    let captured = captures(scopes, count);
    for id in (0..count).map(ScopeId) {
        lay_out(scopes, id, &captured);
    }
    mark_constants(scopes);
}

fn check_nonlocals(scopes: &Scopes, symbols: &Symbols, diagnostics: &mut Vec<Diagnostic>) {
    for (index, scope) in (0..).zip(&scopes.scopes) {
        for name in &scope.order {
            if scope.mentions[name].declared != Declared::Nonlocal || scopes.enclosing(ScopeId(index), *name).is_some()
            {
                continue;
            }
            let name_text = symbols.text(*name);
            diagnostics.push(Diagnostic {
                span: scope.mentions[name].declared_at,
                problem: Problem::Syntax,
                message: format!("no binding for nonlocal '{name_text}' found"),
                help: Some(format!("for a variable of the module write `global {name_text}`")),
            });
        }
    }
}

/// Every variable that is used in another unit than its own; adds it to the free variables of the units on the way.
fn captures(scopes: &mut Scopes, count: u32) -> FxHashSet<Variable> {
    let mut captured = FxHashSet::default();
    for id in (0..count).map(ScopeId) {
        let names = scopes.scope(id).order.clone();
        for name in names {
            // A class body's own name may also exist outside: `LOAD_CLASSDEREF` looks there second.
            let is_class = scopes.scope(id).kind == ScopeKind::Class;
            let declared = scopes.scope(id).mentions[&name].declared;
            let definer = if is_class && declared == Declared::Nothing {
                scopes.enclosing(id, name)
            } else {
                scopes.definer(id, name)
            };
            let Some(definer) = definer else { continue };
            capture(scopes, id, Variable { scope: definer, name }, &mut captured);
        }
    }
    captured
}

fn capture(scopes: &mut Scopes, from: ScopeId, variable: Variable, captured: &mut FxHashSet<Variable>) {
    let home = scopes.scope(variable.scope).unit;
    let mut unit = scopes.scope(from).unit;
    while unit != home {
        captured.insert(variable);
        let layout = scopes.units.entry(unit).or_default();
        if !layout.frees.contains(&variable) {
            layout.frees.push(variable);
        }
        let Some(parent) = scopes.scope(unit).parent else { return };
        unit = scopes.scope(parent).unit;
    }
}

/// Gives the variables that `id` binds their slots in its unit.
fn lay_out(scopes: &mut Scopes, id: ScopeId, captured: &FxHashSet<Variable>) {
    let scope = &scopes.scopes[id.index()];
    let mut layout = scopes.units.remove(&scope.unit).unwrap_or_default();
    let is_function = matches!(scope.kind, ScopeKind::Function | ScopeKind::GeneratorExpression);
    if is_function || scope.kind == ScopeKind::Comprehension {
        let own = |name: &super::Sym| {
            let mention = scope.mentions[name];
            mention.bound && mention.declared == Declared::Nothing
        };
        for name in scope.order.iter().filter(|name| own(name)) {
            let variable = Variable { scope: id, name: *name };
            let is_cell = captured.contains(&variable);
            if is_cell {
                layout.cells.push(variable);
            }
            // A captured parameter still needs the local it arrives in.
            if !is_cell || scope.params.contains(name) {
                add_local(&mut layout, variable, scope.unit);
            }
        }
    }
    let class_variable = Variable { scope: id, name: scopes.class_cell };
    if scope.kind == ScopeKind::Class && captured.contains(&class_variable) {
        layout.cells.push(class_variable);
    }
    scopes.units.insert(scope.unit, layout);
}

/// A comprehension's variable shares the slot of the unit's own local of that name (it is saved and restored around).
fn add_local(layout: &mut Unit, variable: Variable, unit: ScopeId) {
    let same = |other: &&Variable| other.name == variable.name;
    let existing = layout.slots.keys().find(same).and_then(|other| layout.slots.get(other)).copied();
    let slot = if let Some(slot) = existing.filter(|_| variable.scope != unit) {
        slot
    } else {
        layout.locals.push(variable.name);
        u16::try_from(layout.locals.len() - 1).unwrap_or(u16::MAX)
    };
    layout.slots.insert(variable, slot);
}

/// See [`super::super::code::Code::constant_derefs`].
fn mark_constants(scopes: &mut Scopes) {
    let mut constants = FxHashSet::default();
    for layout in scopes.units.values() {
        constants.extend(layout.cells.iter().copied().filter(|variable| is_constant(scopes, *variable)));
    }
    for layout in scopes.units.values_mut() {
        layout.constant = layout.cells.iter().chain(&layout.frees).map(|v| constants.contains(v)).collect();
    }
}

/// True when every binding happens before any function that captures the variable is made.
fn is_constant(scopes: &Scopes, variable: Variable) -> bool {
    if variable.name == scopes.class_cell {
        return true;
    }
    let home = scopes.scope(variable.scope).unit;
    let makers = scopes.units.iter().filter_map(|(unit, layout)| {
        let parent = scopes.scope(*unit).parent?;
        let captures = layout.frees.contains(&variable) && scopes.scope(parent).unit == home;
        captures.then(|| scopes.scope(*unit).created)
    });
    let makers: Vec<u32> = makers.collect();
    let same = |name, scope| name == variable.name && scopes.definer(scope, name) == Some(variable.scope);
    scopes.bindings.iter().filter(|binding| same(binding.name, binding.scope)).all(|binding| {
        let at_home = scopes.scope(binding.scope).unit == home;
        let in_one_loop = |maker: u32| {
            scopes.loops.iter().any(|(unit, start, end)| {
                let inside = *start..=*end;
                *unit == home && inside.contains(&maker) && inside.contains(&binding.moment)
            })
        };
        at_home && !binding.deletes && makers.iter().all(|maker| binding.moment < *maker && !in_one_loop(*maker))
    })
}
