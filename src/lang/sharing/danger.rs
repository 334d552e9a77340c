//! The names through which a thread can be started.

use super::{Reflection, reflection};
use crate::lang::code::{Sym, Symbols};
use crate::lang::tree::{Expr, ExprKind, Stmt, StmtKind, Tree};
use rustc_hash::{FxHashMap, FxHashSet};

/// Methods that start threads.
const STARTERS: &[&str] = &["start", "start_new_thread", "__dict__", "__getattribute__", "vars"];

/// Modules whose functions and classes may start threads or processes by themselves.
const STARTER_MODULES: &[&str] =
    &["concurrent", "multiprocessing", "asyncio", "gevent", "greenlet", "sched", "_thread", "logging"];

/// The dangerous names.
#[derive(Debug)]
pub(super) struct Danger {
    names: FxHashSet<Sym>,
}

impl Danger {
    /// True when evaluating `expr` may start a thread. Functions that are only made count by what they mention.
    pub(super) fn in_expr(&self, expr: &Expr, symbols: &Symbols) -> bool {
        let mut found = false;
        mentions(expr, symbols, &mut |mention| {
            found |= match mention {
                Mention::Name(name) => self.names.contains(&name),
                Mention::Computed => true,
            };
        });
        found
    }
}

/// Something an expression mentions.
enum Mention {
    Name(Sym),
    /// An attribute under a computed name: any.
    Computed,
}

/// Names and attributes anywhere in an expression.
fn mentions(expr: &Expr, symbols: &Symbols, found: &mut dyn FnMut(Mention)) {
    match &expr.kind {
        ExprKind::Name(name) => {
            found(Mention::Name(*name));
            if symbols.text(*name) == "getattr" {
                found(Mention::Computed);
            }
        }
        ExprKind::Attribute(_, attr) => found(Mention::Name(attr.name)),
        _ => {}
    }
    let Some(Reflection::Named(attr)) = reflection(expr, symbols, &["getattr"]) else {
        expr.children(&mut |child| mentions(child, symbols, found));
        return;
    };
    if let Some(name) = symbols.get(attr) {
        found(Mention::Name(name));
    }
    // The function's own name is harmless here.
    if let ExprKind::Call(_, arguments) = &expr.kind {
        arguments.values(&mut |argument| mentions(argument, symbols, found));
    }
}

/// A function, or a special method: what it mentions makes these names dangerous.
struct Carrier {
    names: Vec<Sym>,
}

struct Finder<'a> {
    symbols: &'a Symbols,
    carriers: Vec<Carrier>,
    /// For a name, the carriers that mention it.
    mentioned_by: FxHashMap<Sym, Vec<usize>>,
    /// The carriers around the place that is being looked at.
    open: Vec<usize>,
    seeds: Vec<Sym>,
}

/// Every dangerous name of the module.
pub(super) fn find(tree: &Tree, symbols: &mut Symbols) -> Danger {
    let seeds = STARTERS.iter().map(|name| symbols.intern(name)).collect();
    let mut finder =
        Finder { symbols, carriers: Vec::new(), mentioned_by: FxHashMap::default(), open: Vec::new(), seeds };
    finder.body(&tree.body, None);
    let mut names = FxHashSet::default();
    let mut waiting = finder.seeds;
    while let Some(name) = waiting.pop() {
        if !names.insert(name) {
            continue;
        }
        for carrier in finder.mentioned_by.remove(&name).unwrap_or_default() {
            waiting.append(&mut finder.carriers[carrier].names);
        }
    }
    Danger { names }
}

impl Finder<'_> {
    fn body(&mut self, body: &[Stmt], class: Option<Sym>) {
        for stmt in body {
            self.imports(stmt);
            stmt.kind.exprs(&mut |expr| self.expr(expr));
            match &stmt.kind {
                StmtKind::Function(function) => {
                    let name = function.name.name;
                    let text = self.symbols.text(name);
                    let mut names = vec![name];
                    if text.starts_with("__") && text.ends_with("__") {
                        // It runs without being named; having an instance takes naming the class.
                        names.extend(class);
                    }
                    self.carriers.push(Carrier { names });
                    self.open.push(self.carriers.len() - 1);
                    self.body(&function.body, None);
                    self.open.pop();
                }
                StmtKind::Class(inner) => self.body(&inner.body, Some(inner.name.name)),
                _ => stmt.kind.bodies(&mut |body| self.body(body, class)),
            }
        }
    }

    fn imports(&mut self, stmt: &Stmt) {
        let starts = |module: Sym| {
            let first = self.symbols.text(module).split('.').next().unwrap_or("");
            STARTER_MODULES.contains(&first)
        };
        let bound: Vec<Sym> = match &stmt.kind {
            StmtKind::Import(imports) => {
                imports.iter().filter(|import| starts(import.module.name)).map(|import| import.binds.name).collect()
            }
            StmtKind::ImportFrom { module, names } if starts(module.name) => {
                names.iter().map(|name| name.binds.name).collect()
            }
            _ => return,
        };
        self.seeds.extend(bound);
    }

    fn expr(&mut self, expr: &Expr) {
        let mut found = Vec::new();
        let mut computed = false;
        mentions(expr, self.symbols, &mut |mention| match mention {
            Mention::Name(name) => found.push(name),
            Mention::Computed => computed = true,
        });
        for carrier in &self.open {
            for name in &found {
                self.mentioned_by.entry(*name).or_default().push(*carrier);
            }
            if computed {
                let names = std::mem::take(&mut self.carriers[*carrier].names);
                self.seeds.extend(names);
            }
        }
    }
}
