//! Every interleaving of a tiny program, told by what it leads to.

use lockstep::event::NoSink;
use lockstep::kernel::sim::{Status, World};
use lockstep::kernel::{Atomicity, Options};
use lockstep::lang::{Instr, Parameters, Program, compile};
use lockstep::report::without_addresses;
use lockstep::source::Source;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Steps that going through one program may take.
const BUDGET: u32 = 400_000;

/// Names that no program here stores twice; leaving them alone keeps the programs tiny.
const UNTOUCHED: &[&str] = &["a", "b", "ta", "tb", "r", "Lock", "Thread", "Timer", "local"];

pub(crate) fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{text}\n{:#?}", compiled.diagnostics))
}

/// The program with everything visible that could ever be: what the analysis says is not used.
pub(crate) fn all_visible(text: &str) -> Arc<Program> {
    let mut program = Arc::into_inner(program(text)).expect("nobody else has the program");
    let stored: BTreeSet<_> = program
        .codes
        .iter()
        .filter(|code| !program.modules[code.module.index()].hidden)
        .flat_map(|code| &code.instrs)
        .filter_map(|instr| match instr {
            Instr::StoreAttr(name) | Instr::DeleteAttr(name) => Some(*name),
            _ => None,
        })
        .collect();
    program.init_only.retain(|name| !stored.contains(name));
    for global in program.main().globals.clone() {
        let global = &mut program.globals[global as usize];
        let name = program.symbols.text(global.name);
        global.shared = global.line > 0 && !UNTOUCHED.contains(&name);
        global.frozen = false;
    }
    for code in &mut program.codes {
        code.constant_derefs.fill(false);
    }
    Arc::new(program)
}

/// What every interleaving leads to: the end, the module's variables, the output.
pub(crate) fn outcomes(program: &Arc<Program>, atomicity: Atomicity) -> BTreeSet<String> {
    let mut outcomes = BTreeSet::new();
    visit(program, atomicity, |world| {
        let globals: Vec<String> = world.globals().iter().map(|(name, value)| format!("{name}={value}")).collect();
        outcomes.insert(without_addresses(&format!("{:?} {} {}", world.status(), globals.join(" "), world.output())));
    });
    outcomes
}

/// Shows every world that has ended.
fn visit(program: &Arc<Program>, atomicity: Atomicity, mut ended: impl FnMut(&World)) {
    let options = Options { atomicity, ..Options::default() };
    let mut open = vec![World::new(Arc::clone(program), options, &mut NoSink)];
    let mut budget = BUDGET;
    let mut candidates = Vec::new();
    while let Some(world) = open.pop() {
        if let Status::Ended(_) = world.status() {
            ended(&world);
            continue;
        }
        candidates.clear();
        world.candidates(&mut candidates);
        for choice in &candidates {
            budget = budget.checked_sub(1).expect("the program is tiny");
            let mut next = world.clone();
            next.apply(*choice, &mut NoSink).expect("a candidate fits");
            open.push(next);
        }
    }
}

/// The outputs alone, each on one line.
pub(crate) fn outputs(text: &str, atomicity: Atomicity) -> Vec<String> {
    let mut outputs = BTreeSet::new();
    visit(&program(text), atomicity, |world| {
        outputs.insert(world.output().to_string().trim_end().replace('\n', " "));
    });
    outputs.into_iter().collect()
}
