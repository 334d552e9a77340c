//! The second pass: the layout of every unit's variables.

use super::{Declared, ScopeKind, Scopes, Unit, Variable};
use crate::lang::code::Symbols;
use crate::lang::tree::ScopeId;
use crate::said::Said;
use crate::source::{Diagnostic, Problem};
use rustc_hash::{FxHashMap, FxHashSet};

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
    scopes.units.values_mut().for_each(number_derefs);
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
            let said = |key| Said::new(key).with("name", name_text);
            let at = scope.mentions[name].declared_at;
            let unbound = Diagnostic::new(at, Problem::Syntax, said("diag-nonlocal-unbound"));
            diagnostics.push(unbound.help(said("diag-nonlocal-unbound-help")));
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
        // The slot is not known before the cells are; until then it only says that the variable is there.
        if layout.derefs.insert(variable, 0).is_none() {
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
    let own = Variable { scope: unit, name: variable.name };
    let slot = layout.slots.get(&own).copied().unwrap_or_else(|| {
        layout.locals.push(variable.name);
        u16::try_from(layout.locals.len() - 1).unwrap_or(u16::MAX)
    });
    layout.slots.insert(variable, slot);
    // Comprehensions share their slots among each other too.
    layout.slots.entry(own).or_insert(slot);
}

/// Numbers the cells and free variables.
fn number_derefs(layout: &mut Unit) {
    let variables = layout.cells.iter().chain(&layout.frees);
    layout.derefs = variables.enumerate().map(|(n, v)| (*v, u16::try_from(n).unwrap_or(u16::MAX))).collect();
}

/// See [`super::super::code::Code::constant_derefs`].
fn mark_constants(scopes: &mut Scopes) {
    let mut loops: FxHashMap<ScopeId, Vec<(u32, u32)>> = FxHashMap::default();
    for (unit, start, end) in &scopes.loops {
        loops.entry(*unit).or_default().push((*start, *end));
    }
    let mut lives: FxHashMap<Variable, Life> = FxHashMap::default();
    for layout in scopes.units.values() {
        lives.extend(layout.cells.iter().map(|variable| (*variable, Life::default())));
    }
    for (unit, layout) in &scopes.units {
        let Some(parent) = scopes.scope(*unit).parent else { continue };
        let parent = scopes.scope(parent).unit;
        for variable in &layout.frees {
            // A function inside such a function is made later still.
            if scopes.scope(variable.scope).unit == parent
                && let Some(life) = lives.get_mut(variable)
            {
                life.makers.push(scopes.scope(*unit).created);
            }
        }
    }
    for binding in &scopes.bindings {
        let Some(scope) = scopes.definer(binding.scope, binding.name) else { continue };
        if let Some(life) = lives.get_mut(&Variable { scope, name: binding.name }) {
            let at_home = scopes.scope(binding.scope).unit == scopes.scope(scope).unit;
            life.rebound |= !at_home || binding.deletes;
            life.bound.push(binding.moment);
        }
    }
    let is_constant = |variable: &Variable, life: &Life| {
        let loops = loops.get(&scopes.scope(variable.scope).unit).map_or(&[][..], Vec::as_slice);
        variable.name == scopes.class_cell || life.is_constant(loops)
    };
    let constants: FxHashSet<Variable> =
        lives.iter().filter(|(variable, life)| is_constant(variable, life)).map(|(variable, _)| *variable).collect();
    for layout in scopes.units.values_mut() {
        layout.constant = layout.cells.iter().chain(&layout.frees).map(|v| constants.contains(v)).collect();
    }
}

/// What happens to a captured variable, on the clock of [`super::Binding::moment`].
#[derive(Default)]
struct Life {
    /// It is deleted, or bound by an inner function.
    rebound: bool,
    bound: Vec<u32>,
    /// When functions that capture it are made.
    makers: Vec<u32>,
}

impl Life {
    /// True when every binding happens before any function that captures the variable is made.
    fn is_constant(&self, loops: &[(u32, u32)]) -> bool {
        let (Some(last_bound), Some(first_maker)) = (self.bound.iter().max(), self.makers.iter().min()) else {
            return !self.rebound;
        };
        // In a loop around both, the next turn binds it again after the function was made.
        let first_bound = self.bound.iter().min().unwrap_or(last_bound);
        let last_maker = self.makers.iter().max().unwrap_or(first_maker);
        let in_one_loop = loops.iter().any(|(start, end)| {
            let inside = |moment: &&u32| (*start..=*end).contains(*moment);
            let touches = *first_bound <= *end && *start <= *last_maker;
            touches && self.bound.iter().any(|m| inside(&m)) && self.makers.iter().any(|m| inside(&m))
        });
        !self.rebound && last_bound < first_maker && !in_one_loop
    }
}
