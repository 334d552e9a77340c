//! What must hold for every text: no panic, sound instructions, bounded depth, refusals with a reason.

use super::{compiled, problems, program, verifier};
use lockstep::event::{End, NoSink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Const, Instr, tokens};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::{Problem, Source};
use lockstep::words::{Lang, Words};
use proptest::prelude::*;

/// Pieces that mutated programs are made of.
const PIECES: &[&str] = &[
    "x",
    "y",
    "f",
    "self",
    "1",
    "2.5",
    "'s'",
    "f'{x!r:>{y}}'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "=",
    "==",
    "+",
    "-",
    "*",
    "**",
    "not ",
    "and ",
    "or ",
    "in ",
    "is ",
    "if ",
    "else:",
    "elif ",
    "for ",
    "while ",
    "def f(x):",
    "class A:",
    "return ",
    "yield ",
    "yield from ",
    "lambda x: ",
    "try:",
    "except:",
    "except E as e:",
    "finally:",
    "with ",
    "as ",
    "global x",
    "nonlocal x",
    "break",
    "continue",
    "pass",
    "del ",
    "raise ",
    "assert ",
    "import ",
    "from ",
    "match ",
    "case ",
    "_",
    ":=",
    "+=",
    "await ",
    "async ",
    "@",
    "\n",
    "\n ",
    "\n  ",
    "\n    ",
    "\n        ",
    "\t",
    "（",
    "）",
    "：",
    "，",
    "“",
    "”",
    "\"",
    "'",
    "\"\"\"",
    "#",
    "\\",
    ";",
    "你",
    "\0",
    "\u{feff}",
    "$",
    "super()",
    "print(x)",
    "[x for x in y]",
    "(x for x in y if x)",
    "*x, y = z",
    "x = 1",
];

fn check(text: &str) {
    let (source, compiled) = compiled("any.py", text, &[("x", "1")]);
    assert_eq!(
        Words::new(Lang::En).diagnostics(&source, &compiled.diagnostics, false).is_empty(),
        compiled.diagnostics.is_empty()
    );
    if let Some(program) = &compiled.program {
        verifier::verify(program);
    } else {
        assert!(!compiled.diagnostics.is_empty());
    }
    let mut end = 0;
    for token in tokens(&source) {
        assert!(token.span.start >= end && token.span.end > token.span.start);
        assert!(source.text.get(token.span.start as usize..token.span.end as usize).is_some());
        end = token.span.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_compiles_or_is_refused(text in ".{0,80}") {
        check(&text);
    }

    #[test]
    fn any_heap_of_pieces_compiles_or_is_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_mutation_of_a_program_compiles_or_is_refused(
        which in 0..PROGRAMS.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, prop::sample::select(PIECES)), 0..4),
    ) {
        let mut text: Vec<char> = PROGRAMS[which].chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        check(&text.into_iter().collect::<String>());
    }

    #[test]
    fn any_well_formed_block_is_sound(block in block(4)) {
        let text = format!("def f(a, b):\n{}", indent(&block));
        let (source, compiled) = compiled("any.py", &text, &[]);
        let program = compiled.program.unwrap_or_else(|| panic!("{}", Words::new(Lang::En).diagnostics(&source, &compiled.diagnostics, false)));
        verifier::verify(&program);
    }
}

const PROGRAMS: &[&str] = &[
    include_str!("dis/classes.py"),
    include_str!("dis/closures.py"),
    include_str!("dis/exceptions.py"),
    include_str!("dis/expressions.py"),
    include_str!("dis/loops.py"),
    include_str!("dis/matching.py"),
];

fn indent(block: &str) -> String {
    block.lines().map(|line| format!("    {line}\n")).collect()
}

/// A well-formed block of statements that would be at home in a loop in a function.
fn block(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec![
        "a = b\n",
        "return a\n",
        "return\n",
        "raise a\n",
        "pass\n",
        "a = [i for i in b if i]\n",
        "print(*a, **b)\n",
        "return 1 < a < b\n",
        "x = yield a\n",
        "del a\n",
        "a, *b = b\n",
        "assert a, b\n",
        "a = lambda: b\n",
        "while True:\n    if a: break\n    continue\n",
        "a[b] += 1\n",
        "a = b and (a or not b)\n",
    ]);
    let leaf = leaf.prop_map(str::to_owned).boxed();
    if depth == 0 {
        return leaf;
    }
    let inner = || block(depth - 1);
    prop_oneof![
        leaf,
        (inner(), inner()).prop_map(|(a, b)| format!("{a}{b}")),
        (inner(), inner()).prop_map(|(a, b)| format!("if a:\n{}else:\n{}", indent(&a), indent(&b))),
        (inner(), inner()).prop_map(|(a, b)| format!(
            "for i in a:\n{}    if b: break\n    if a: continue\nelse:\n{}", indent(&a), indent(&b)
        )),
        (inner(), inner()).prop_map(|(a, b)| format!("try:\n{}finally:\n{}", indent(&a), indent(&b))),
        (inner(), inner(), inner()).prop_map(|(a, b, c)| format!(
            "try:\n{}except ValueError as e:\n{}else:\n{}", indent(&a), indent(&b), indent(&c)
        )),
        (inner(), inner()).prop_map(|(a, b)| format!(
            "for j in a:\n    try:\n{}    except:\n        break\n    finally:\n        while b:\n{}            continue\n",
            indent(&indent(&a)), indent(&indent(&indent(&b)))
        )),
        inner().prop_map(|a| format!("with a as x, b:\n{}", indent(&a))),
        inner().prop_map(|a| format!("while a:\n{}    try:\n        continue\n    finally:\n        b()\n", indent(&a))),
        (inner(), inner()).prop_map(|(a, b)| format!(
            "match a:\n    case [1, (x, *y)] | (x, y) if b:\n{}    case None:\n{}", indent(&indent(&a)), indent(&indent(&b))
        )),
    ]
    .boxed()
}

// ---- bad input ----

#[test]
fn an_empty_file_is_a_program_that_does_nothing() {
    let (_, compiled) = compiled("empty.py", "", &[]);
    assert!(compiled.program.is_some());
    assert_eq!(compiled.diagnostics.len(), 1);
    assert_eq!(compiled.diagnostics[0].problem, Problem::Empty);
    assert!(problems("# only a comment\n").is_empty());
}

#[test]
fn deep_nesting_is_refused_and_nothing_overflows() {
    let n = 10_000;
    for text in [
        format!("x = {}1{}\n", "(".repeat(n), ")".repeat(n)),
        "(".repeat(n),
        format!("x = {}{}\n", "[".repeat(n), "]".repeat(n)),
        format!("x = {}1\n", "-".repeat(n)),
        format!("x = {}1\n", "not ".repeat(n)),
        format!("x = a{}\n", ".b".repeat(n)),
        format!("x = {}1\n", "1 + ".repeat(n)),
        format!("x = {}1\n", "1 ** ".repeat(n)),
        format!("x = {}1\n", "lambda: ".repeat(n)),
        format!("x = f'{}{}'\n", "{x:".repeat(n), "}".repeat(n)),
        (0..200).map(|n| format!("{}if x:\n", " ".repeat(n))).collect(),
    ] {
        let found = problems(&text);
        assert!(found.iter().any(|problem| problem.contains("nested too deeply")), "{found:?} for {}", &text[..20]);
    }
}

#[test]
fn what_is_just_not_too_deep_compiles_on_a_small_stack() {
    for expression in [
        format!("{}1{}", "(".repeat(95), ")".repeat(95)),
        format!("{}{}", "[".repeat(95), "]".repeat(95)),
        format!("{}1", "-".repeat(190)),
        format!("{}1", "not ".repeat(190)),
        format!("a{}", ".b".repeat(190)),
        format!("a{}", "()".repeat(95)),
        format!("{}1", "1 + ".repeat(190)),
        format!("{}1", "1 ** ".repeat(190)),
        format!("{}1", "1 if 1 else ".repeat(90)),
        format!("{}1", "lambda: ".repeat(60)),
        format!("{}a{}", "[x for x in ".repeat(45), "]".repeat(45)),
        format!("{}1{}", "f(x, y=".repeat(60), ")".repeat(60)),
    ] {
        let mut text: String = (0..95).map(|n| format!("{}if a:\n", " ".repeat(n))).collect();
        text.push_str(&format!("{}a = {expression}\n", " ".repeat(95)));
        text = format!("a = f = x = y = 1\n{text}");
        verifier::verify(&program(&text));
        let functions: String = (0..95).map(|n| format!("{}def f{n}(a):\n", " ".repeat(n))).collect();
        verifier::verify(&program(&format!("f = x = y = 1\n{functions}{}a = {expression}\n", " ".repeat(95))));
    }
}

#[test]
fn what_is_long_but_not_deep_compiles() {
    let elifs: String = (0..5000).map(|n| format!("elif x == {n}: pass\n")).collect();
    verifier::verify(&program(&format!("x = 1\nif x: pass\n{elifs}")));
    verifier::verify(&program(&format!("x = [{}]\n", "1, ".repeat(20_000))));
    verifier::verify(&program(&"x = 1\n".repeat(20_000)));
    verifier::verify(&program(&format!("x = {}\n", vec!["'a'"; 5000].join(" "))));
    verifier::verify(&program(&format!("x = {}1\n", "(".repeat(90) + &")".repeat(0) + "1" + &")".repeat(90) + " + ")));
}

#[test]
fn copies_of_copies_are_bounded() {
    let mut text = String::new();
    for n in 0..60 {
        text.push_str(&format!("{0}try:\n{0} x = 1\n{0}finally:\n", " ".repeat(n)));
    }
    text.push_str(&format!("{}x = 2\n", " ".repeat(60)));
    assert_eq!(problems(&text), ["1:1 file this program is too large to be simulated"]);
}

#[test]
fn numbers_fit_into_64_bits() {
    let program = program("a = 9223372036854775807\nb = -9223372036854775808\n");
    assert!(program.consts.contains(&Const::Int(i64::MIN)) && program.consts.contains(&Const::Int(i64::MAX)));
    assert_eq!(problems("a = 9223372036854775808\n"), ["1:5 unsupported this number does not fit into 64 bits"]);
    assert_eq!(problems("a = 0xffffffffffffffffffff\n"), ["1:5 unsupported this number does not fit into 64 bits"]);
}

#[test]
fn unknown_names_are_tolerated_where_the_program_expects_them() {
    assert_eq!(problems("print(nope)\n"), ["1:7 unknown_name the name `nope` is bound nowhere"]);
    assert!(problems("try:\n    nope\n    import numpy\nexcept NameError:\n    pass\n").is_empty());
    assert!(problems("def f():\n    global late\n    late = 1\nprint(late)\n").is_empty());
    assert!(problems("class A:\n    x = 1\n    print(x)\n").is_empty());
    assert_eq!(problems("class A:\n    x = 1\n    def f(self): return x\n").len(), 1);
    assert!(problems("from math import *\nprint(sqrt(pi))\n").is_empty());
    assert!(problems("x: int\nprint(__name__, __file__)\n").is_empty());
}

#[test]
fn modules_are_checked_against_the_library() {
    assert!(problems("import concurrent.futures, typing, dataclasses, asyncio, socket\n").is_empty());
    assert!(problems("from typing import List\ndef f(x: List[int]) -> Undefined: pass\ny: Unknown = 1\n").is_empty());
    assert_eq!(problems("import requets\n"), ["1:8 unknown_module there is no module `requets` here"]);
    let later = "from concurrent.futures import ThreadPoolExecutor as T\nwith T(3) as t: pass\n";
    let message = "unsupported `concurrent.futures.ThreadPoolExecutor` is not simulated yet";
    assert_eq!(problems(later), [format!("2:6 {message}")]);
    assert_eq!(problems("import concurrent.futures as c\nc.ThreadPoolExecutor()\n"), [format!("2:3 {message}")]);
    assert_eq!(
        problems("import concurrent.futures\nconcurrent.futures.ThreadPoolExecutor()\n"),
        [format!("2:20 {message}")]
    );
    assert_eq!(
        problems("import threading\nthreading.Lok()\n"),
        ["2:11 unknown_module the module `threading` has no `Lok`"]
    );
    // A name that may be something else is left to the run.
    assert!(problems("import random\nrandom = None\nrandom.gauss(0, 1)\n").is_empty());
    assert!(problems("import random\ndef f(random): random.gauss(0, 1)\n").is_empty());
}

#[test]
fn parameters_override_constants() {
    let text = "N = 987654\nNAME = 'a'\nR = 1.5\nB = True\nxs = []\n";
    let values = [("N", "-7"), ("NAME", "you"), ("R", "2"), ("B", "False")];
    let (_, result) = compiled("p.py", text, &values);
    let program = result.program.expect("compiles");
    for value in [Const::Int(-7), Const::Str("you".into()), Const::Float(2.0), Const::Bool(false)] {
        assert!(program.consts.contains(&value), "{value:?}");
    }
    assert!(!program.consts.contains(&Const::Int(987_654)));
    for (name, value, message) in [
        ("M", "1", "this program has no constant `M`"),
        ("xs", "1", "`xs` cannot be set from outside: its value is not a plain constant"),
        ("N", "many", "the parameter `N` is an int here, and `many` is not"),
        ("N", "((((1", "the parameter `N` is an int here, and `((((1` is not"),
        ("B", "1", "the parameter `B` is True or False here, and `1` is not"),
    ] {
        let (_, compiled) = compiled("p.py", text, &[(name, value)]);
        assert!(compiled.program.is_none());
        assert_eq!(compiled.diagnostics[0].problem, Problem::Parameter);
        assert_eq!(compiled.diagnostics[0].message.to_string(), message);
    }
}

#[test]
fn a_thousand_problems_are_cut_off() {
    let text: String = (0..1000).map(|n| format!("name{n}\n")).collect();
    let found = problems(&text);
    assert_eq!(found.len(), 101);
    assert_eq!(found[100], "101:1 file there are 900 more problems from here on");
}

#[test]
fn the_largest_file_is_compiled_in_bounded_time() {
    let line = "def f(a, b=1):\n    return [a + b for _ in range(3)]\n";
    let text = line.repeat((1 << 20) / line.len());
    let source = Source::from_bytes("big.py", text.as_bytes()).expect("is small enough");
    let (_, compiled) = compiled("big.py", &source.text, &[]);
    assert!(compiled.program.is_some() || !compiled.diagnostics.is_empty());
}

#[test]
fn library_functions_are_found_by_name() {
    let program = program("x = 1\n");
    let builtins = program.module("builtins").expect("always there");
    assert!(program.modules[usize::from(builtins.0)].hidden);
    assert_eq!(program.library_function("builtins", "no such function"), None);
}

#[test]
fn every_loop_ends_with_a_backward_jump() {
    let program = program("x = 3\nwhile x:\n    x -= 1\ny = [i for i in range(3) if i]\n");
    let module = program.code(program.main().body);
    let back = module.instrs.iter().filter(|instr| matches!(instr, Instr::JumpBackward(_))).count();
    assert_eq!(back, 2);
    for (pc, instr) in module.instrs.iter().enumerate() {
        if let Some(target) = instr.target() {
            assert_eq!((target as usize) <= pc, matches!(instr, Instr::JumpBackward(_)), "{pc}: {instr:?}");
        }
    }
}

#[test]
fn every_module_of_the_table_can_be_imported() {
    for module in lockstep::lang::library::MODULES {
        let name = module.name;
        let program = program(&format!("import {name}\nfrom {name} import *\n"));
        let mut world = World::new(program, Options::default(), &mut NoSink);
        let mut scheduler = build(SchedulerKind::Random, 1);
        let end = drive(&mut world, scheduler.as_mut(), Drive::default(), &mut NoSink);
        assert_eq!(end, Ok(End::Finished), "{name}");
        assert_eq!(world.output().to_string(), "", "{name}");
    }
}
