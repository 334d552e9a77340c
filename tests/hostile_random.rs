//! Random programs: whatever they do, a run ends, says so without a panic, and is the same run when it is made again.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

use lockstep::event::Event;
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use proptest::prelude::*;
use std::sync::Arc;

const MAX_STEPS: u64 = 300;

/// An expression over the variables that every program has.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["a", "b", "n", "items", "table", "text", "None", "True", "1.5", "work", "Thing()"])
            .prop_map(str::to_owned),
        (-3..70i64).prop_map(|n| n.to_string()),
        "[a-z]{0,3}".prop_map(|text| format!("'{text}'")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let operator =
            prop::sample::select(vec!["+", "-", "*", "//", "%", "**", "<<", "==", "<", "in", "is", "and", "or", "|"]);
        let function = prop::sample::select(vec![
            "len",
            "str",
            "repr",
            "list",
            "tuple",
            "set",
            "dict",
            "sum",
            "max",
            "sorted",
            "range",
            "hash",
            "iter",
            "enumerate",
            "zip",
            "int",
            "reversed",
            "next",
            "bool",
            "isinstance",
            "getattr",
            "work",
            "make",
        ]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            (function, prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(function, args)| format!("{function}({})", args.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a}[{b}]")),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| format!("{{{key}: {value}}}")),
            (inner.clone(), inner.clone()).prop_map(|(value, spec)| format!("format({value}, '>5') % {spec}")),
            inner.prop_map(|item| format!("[x for x in {item} if x]")),
        ]
    })
}

/// A statement, each line with its indentation.
fn statement() -> impl Strategy<Value = Vec<String>> {
    let target = prop::sample::select(vec!["a", "b", "n", "items", "table[a]", "items[0]", "(a, b)", "thing.x"]);
    let call = prop::sample::select(vec![
        "items.append",
        "items.extend",
        "items.insert",
        "items.remove",
        "table.update",
        "text.join",
        "text.split",
        "text.replace",
        "print",
        "q.put",
        "threading.Thread",
        "time.sleep",
        "del_",
        "thing.go",
    ]);
    let leaf = prop_oneof![
        (target.clone(), expression()).prop_map(|(target, value)| vec![format!("{target} = {value}")]),
        (target, expression())
            .prop_map(|(target, value)| vec![format!("{} += {value}", target.replace("(a, b)", "a"))]),
        (call, prop::collection::vec(expression(), 0..3))
            .prop_map(|(call, args)| vec![format!("{call}({})", args.join(", "))]),
        prop::sample::select(vec![
            "lock.acquire(timeout=0.01)",
            "lock.release()",
            "q.get(timeout=0.01)",
            "start()",
            "raise ValueError(a)",
            "raise",
            "del items[0]",
            "pass",
            "done.wait(0.01)",
            "done.set()",
            "a = make(a)",
            "a, *b = items",
        ])
        .prop_map(|line| vec![line.to_owned()]),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let block = prop::collection::vec(inner, 1..4).prop_map(|statements| {
            statements.into_iter().flatten().map(|line| format!("    {line}")).collect::<Vec<_>>()
        });
        let head = prop_oneof![
            expression().prop_map(|test| format!("if {test}:")),
            expression().prop_map(|test| format!("while {test}:")),
            expression().prop_map(|items| format!("for b in {items}:")),
            Just("with lock:".to_owned()),
        ];
        prop_oneof![
            (head, block.clone()).prop_map(|(head, body)| [vec![head], body].concat()),
            (block.clone(), block.clone()).prop_map(|(body, handler)| [
                vec!["try:".to_owned()],
                body,
                vec!["except Exception as e:".to_owned()],
                handler
            ]
            .concat()),
            (block.clone(), block).prop_map(|(body, last)| [
                vec!["try:".to_owned()],
                body,
                vec!["finally:".to_owned()],
                last
            ]
            .concat()),
        ]
    })
}

fn block(indent: &str, statements: &[Vec<String>]) -> String {
    let lines: Vec<String> = statements.iter().flatten().map(|line| format!("{indent}{line}")).collect();
    lines.join("\n") + "\n"
}

/// A whole program: threads that run `work`, a class, a generator, and code at the end.
fn program() -> impl Strategy<Value = String> {
    let body = || prop::collection::vec(statement(), 1..5);
    (body(), body(), body(), body()).prop_map(|(work, method, make, main)| {
        format!(
            "\
import threading, queue, time
a, b, n, items, table, text = 1, 2, 3, [1, 2, 3], {{1: 2}}, 'abc'
lock, q, done = threading.Lock(), queue.Queue(2), threading.Event()
def work(*args):
    global a, b, n, items
{}def del_(*args):
    args[0][args[1]]
def make(x):
    global a, b
{}    yield x
class Thing:
    x = 0
    def go(self, *args):
        global a, b, n
{}    def __eq__(self, other):
        return self.go() == other
    def __hash__(self):
        return hash(self.x)
thing = Thing()
def start():
    threading.Thread(target=work).start()
start()
start()
{}",
            block("    ", &work),
            block("    ", &make),
            block("        ", &method),
            block("", &main),
        )
    })
}

/// Everything that happened in one run; `None` when the program is refused.
fn tape(text: &str, seed: u64) -> Option<Vec<Event>> {
    let program = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default()).program?;
    let options = Options { seed, memory_limit: 4 << 20, spin_limit: 300_000, ..Options::default() };
    let mut events = Vec::new();
    let mut world = World::new(program, options, &mut events);
    let how = Drive { max_steps: Some(MAX_STEPS), ..Drive::default() };
    drive(&mut world, build(SchedulerKind::Random, seed).as_mut(), how, &mut events).unwrap();
    assert!(world.steps() <= MAX_STEPS);
    Some(events)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_program_ends_the_same_way_every_time(text in program(), seed in 0..4u64) {
        prop_assert_eq!(tape(&text, seed), tape(&text, seed));
    }
}
