//! Verdicts, bugs, points of no return and chances of programs that are small enough to be checked by hand.

use crate::common::{abstracted, program, settle, ways, world};
use lockstep::event::{Alternative, Candidate, NoSink};
use lockstep::explore::{
    Budget, Bug, BugKind, Caution, Exploration, Explorer, Graph, Outcome, Progress, Search, Settings, Space, Stop,
    Verdict,
};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{World, replay};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

pub(crate) const HEAD: &str = "from threading import *\nfrom queue import Queue\nimport random, time\n";

pub(crate) fn explore(body: &str) -> Exploration {
    explore_with(body, abstracted(), Settings::default())
}

pub(crate) fn explore_with(body: &str, options: Options, settings: Settings) -> Exploration {
    let text = format!("{HEAD}{body}");
    let found = Explorer::new(program(&text), options, settings).run(&Progress::default());
    for bug in &found.bugs {
        let mut world = World::new(program(&text), Options::default(), &mut NoSink);
        let schedule = bug.witness.schedule.to_string().parse().unwrap();
        replay(&mut world, &schedule).unwrap_or_else(|misfit| panic!("{schedule}: {misfit}\n{text}"));
        assert_eq!((world.switches(), world.steps()), (bug.witness.switches, u64::from(bug.witness.steps)));
    }
    assert!(!found.cautions.iter().any(|caution| matches!(caution, Caution::Unvalidated(_))), "{found:#?}");
    found
}

pub(crate) fn counted(body: &str) -> Exploration {
    explore_with(body, abstracted(), Settings { count: true, ..Settings::default() })
}

/// The one bug of a program: its kind, its witness, the lines, and the point of no return.
pub(crate) fn the_bug(found: &Exploration) -> (BugKind, String, Vec<u32>, Option<u32>) {
    let [Bug { kind, witness, finding, no_return_step }] = &found.bugs[..] else { panic!("{found:#?}") };
    assert!(witness.shortest);
    let lines = finding.as_ref().map(|finding| finding.lines.clone()).unwrap_or_default();
    (*kind, witness.schedule.to_string(), lines, *no_return_step)
}

pub(crate) fn kinds(found: &Exploration) -> Vec<BugKind> {
    found.bugs.iter().map(|bug| bug.kind).collect()
}

#[track_caller]
pub(crate) fn assert_proved(found: &Exploration, busy_waiting: bool, never_ends: bool) {
    assert_eq!(found.verdict, Verdict::Proved, "{found:#?}");
    assert_eq!((found.busy_waiting, found.never_ends), (busy_waiting, never_ends), "busy waiting, never ends");
    assert_eq!((found.open, found.stop), (0, None));
}

// ---- ends ----

#[test]
fn opposite_locks_are_lost_once_both_have_one() {
    let found = explore(
        "\
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
Thread(target=work, args=(a, b)).start()
Thread(target=work, args=(b, a)).start()
",
    );
    assert_eq!(the_bug(&found), (BugKind::Deadlock, "v1/M2.A1.B1".to_owned(), vec![7, 7], Some(4)));
    let ends: Vec<&str> = found.outcomes.iter().map(|row| row.outcome.end()).collect();
    assert_eq!(ends, ["finished", "deadlock"]);
}

#[test]
fn an_assertion_of_the_main_thread_is_one() {
    let found = explore(
        "\
n = 0
def work():
    global n
    n += 1
threads = [Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert n == 2
",
    );
    let (kind, schedule, lines, no_return) = the_bug(&found);
    assert_eq!((kind, lines), (BugKind::Assertion, vec![11]));
    assert_eq!(schedule, "v1/M3.A1.B2.A1.M3", "A reads, B adds one, A writes what it read and one");
    assert_eq!(no_return, Some(5), "both have read the same");
}

#[test]
fn an_exception_releases_the_lock_of_its_with() {
    let found = explore(
        "\
lock = Lock()
def fail():
    with lock:
        raise ValueError('no')
def work():
    with lock:
        pass
Thread(target=fail).start()
Thread(target=work).start()
",
    );
    let (kind, _, lines, no_return) = the_bug(&found);
    assert_eq!((kind, lines, no_return), (BugKind::Crash, vec![7], Some(0)));
}

#[test]
fn an_exception_keeps_a_lock_that_nobody_releases() {
    let found = explore(
        "\
lock = Lock()
def fail():
    lock.acquire()
    raise ValueError('no')
def work():
    with lock:
        pass
Thread(target=fail).start()
Thread(target=work).start()
",
    );
    let all: BTreeSet<BugKind> = kinds(&found).into_iter().collect();
    assert_eq!(all, BTreeSet::from([BugKind::Stuck, BugKind::Crash]), "{found:#?}");
    let places: BTreeSet<Vec<u32>> = found.bugs.iter().map(|bug| bug.finding.as_ref().unwrap().lines.clone()).collect();
    assert_eq!(places, BTreeSet::from([vec![7], vec![9]]));
}

#[test]
fn input_that_nobody_gives_is_at_its_end() {
    let found = explore("def ask():\n    input()\nThread(target=ask).start()\n");
    let (kind, _, lines, no_return) = the_bug(&found);
    assert_eq!((kind, lines, no_return), (BugKind::Crash, vec![5], Some(0)));
    let answered = Settings { inputs: vec!["yes".into()], ..Settings::default() };
    let text = "n = 0\ndef ask():\n    global n\n    n = input()\nThread(target=ask).start()\n";
    assert_proved(&explore_with(text, abstracted(), answered), false, false);
}

#[test]
fn daemons_that_wait_when_the_program_ends_are_no_bug() {
    let found = explore(
        "\
event = Event()
a, b = Lock(), Lock()
def idle():
    event.wait()
def work(first, second):
    with first:
        with second:
            pass
Thread(target=idle, daemon=True).start()
Thread(target=work, args=(a, b), daemon=True).start()
Thread(target=work, args=(b, a), daemon=True).start()
",
    );
    assert_proved(&found, false, false);
}

/// Which of several identical threads it is does not make another bug.
#[test]
fn the_same_bug_of_identical_threads_is_told_once() {
    let found = explore(
        "\
n = 0
def work():
    global n
    n += 1
    assert n != 2
for _ in range(3): Thread(target=work).start()
",
    );
    assert_eq!(kinds(&found), [BugKind::Assertion]);
    let failed: BTreeSet<_> = found.outcomes.iter().map(|row| row.outcome.failed.clone()).collect();
    assert!(failed.len() > 2, "{failed:?}");
}

#[test]
fn different_exceptions_on_one_line_are_different_bugs() {
    let found = explore(
        "\
n = []
def work():
    n.append(1)
    raise [ValueError, KeyError][len(n) - 1]
for _ in range(2): Thread(target=work).start()
",
    );
    assert_eq!(kinds(&found), [BugKind::Crash, BugKind::Crash], "{found:#?}");
}

// ---- draws and budgets ----

#[test]
fn few_values_are_all_tried_and_many_make_a_proof_impossible() {
    let text = |values: u32| {
        format!("n = 0\ndef draw():\n    global n\n    n = random.randrange({values})\nThread(target=draw).start()\n")
    };
    let few = explore(&text(16));
    assert_proved(&few, false, false);
    assert_eq!(few.outcomes.len(), 16);
    let many = explore(&text(17));
    assert_eq!((many.verdict, &many.cautions[..]), (Verdict::NotFinished, &[Caution::Sampled][..]));
    assert_eq!(many.outcomes.len(), 1);
}

#[test]
fn a_bug_is_one_although_a_draw_was_sampled() {
    let found = explore("def draw():\n    random.random()\n    assert False\nThread(target=draw).start()\n");
    assert_eq!((found.verdict, &found.cautions[..]), (Verdict::Bug, &[Caution::Sampled][..]));
    assert_eq!(found.bugs[0].no_return_step, None, "who knows what other draws do");
}

const ENDLESS: &str =
    "n = 0\ndef work():\n    global n\n    while True:\n        n += 1\nThread(target=work).start()\n";

#[test]
fn what_was_not_finished_is_said_and_why() {
    let few = Settings { budget: Budget { max_states: 500, ..Budget::default() }, ..Settings::default() };
    let found = explore_with(ENDLESS, abstracted(), few);
    assert_eq!((found.verdict, found.stop), (Verdict::NotFinished, Some(Stop::States)));
    assert!(found.open > 0 && !found.never_ends);
    let late = Settings { deadline: Some(Instant::now()), ..Settings::default() };
    assert_eq!(explore_with(ENDLESS, abstracted(), late).stop, Some(Stop::Time));
    let progress = Progress::default();
    progress.cancel();
    let found = Explorer::new(program(&format!("{HEAD}{ENDLESS}")), abstracted(), Settings::default()).run(&progress);
    assert_eq!((found.verdict, found.stop), (Verdict::NotFinished, Some(Stop::Cancelled)));
}

#[test]
fn a_bug_that_was_found_before_the_budget_ran_out_is_one() {
    let text = "\
n = 0
def fail():
    assert n < 1
def work():
    global n
    for _ in range(40):
        n += 1
Thread(target=fail).start()
for _ in range(3): Thread(target=work).start()
";
    let few = || Settings { budget: Budget { max_states: 2000, ..Budget::default() }, ..Settings::default() };
    let found = explore_with(text, abstracted(), few());
    assert_eq!((found.verdict, found.stop), (Verdict::Bug, Some(Stop::States)));
    assert_eq!(kinds(&found), [BugKind::Assertion]);
    assert!(!found.outcomes.last().unwrap().witness.shortest && found.outcomes.len() > 1);
    assert!(found.bugs[0].witness.shortest, "the thread dies long before the others are done");
    // The same where nothing ever ends.
    let found = explore_with(&text.replace("for _ in range(40)", "while True"), abstracted(), few());
    assert_eq!((found.verdict, found.stop, found.outcomes.len()), (Verdict::Bug, Some(Stop::States), 0));
    assert_eq!(kinds(&found), [BugKind::Assertion]);
}

#[test]
fn a_circle_is_found_beside_a_counter_that_counts_for_ever() {
    let found = explore_with(
        "\
a, b = Lock(), Lock()
n = 0
def count():
    global n
    while True:
        n += 1
def work(first, second):
    with first:
        with second:
            pass
Thread(target=count).start()
Thread(target=work, args=(a, b)).start()
Thread(target=work, args=(b, a)).start()
",
        abstracted(),
        Settings { budget: Budget { max_states: 2000, ..Budget::default() }, ..Settings::default() },
    );
    assert_eq!((found.verdict, kinds(&found)), (Verdict::Bug, vec![BugKind::Deadlock]));
    assert!(!found.bugs[0].witness.shortest);
}

// ---- chances ----

fn chances(found: &Exploration, variable: &str) -> BTreeMap<String, (String, String)> {
    let rows = found.outcomes.iter();
    rows.map(|row| {
        let chance = row.chance.as_ref().unwrap();
        let value = format!("{} {}", row.outcome.end(), row.outcome.globals.get(variable).map_or("", String::as_str));
        (value, (chance.count.clone().unwrap_or_else(|| "infinitely many".to_owned()), chance.exact.clone().unwrap()))
    })
    .collect()
}

fn table(rows: &[(&str, &str, &str)]) -> BTreeMap<String, (String, String)> {
    rows.iter().map(|(value, count, exact)| ((*value).to_owned(), ((*count).to_owned(), (*exact).to_owned()))).collect()
}

/// After the start of A, main makes one more step (it starts B), A and B two each (read, write):
///
/// | interleaving | n | probability |
/// |---|---|---|
/// | A A M B B | 2 | 1/2 1/2 |
/// | A M A B B | 2 | 1/2 1/2 1/2 |
/// | A M B A B, A M B B A | 1 | 1/2 1/2 1/2 1/2 each |
/// | M A A B B | 2 | 1/2 1/2 1/2 |
/// | M A B A B, M A B B A | 1 | 1/2 1/2 1/2 1/2 each |
/// | M B A A B, M B A B A | 1 | 1/2 1/2 1/2 1/2 each |
/// | M B B A A | 2 | 1/2 1/2 1/2 |
#[test]
fn the_interleavings_of_a_race_are_those_listed() {
    let found = counted(
        "\
n = 0
def work():
    global n
    n += 1
Thread(target=work).start()
Thread(target=work).start()
",
    );
    assert_eq!(found.interleavings.as_deref(), Some("10"));
    assert_eq!(chances(&found, "n"), table(&[("finished 1", "6", "3/8"), ("finished 2", "4", "5/8")]));
    assert!((found.outcomes[0].chance.as_ref().unwrap().probability - 0.375).abs() < 1e-12);
}

/// A draws, then B does: nine ways, all alike.
#[test]
fn two_draws_are_like_two_dice() {
    let found = counted(
        "\
n = 0
def draw():
    global n
    n += random.randrange(3)
thread = Thread(target=draw)
thread.start()
thread.join()
n += random.randrange(3)
",
    );
    let dice = [
        ("finished 0", "1", "1/9"),
        ("finished 1", "2", "2/9"),
        ("finished 2", "3", "1/3"),
        ("finished 3", "2", "2/9"),
        ("finished 4", "1", "1/9"),
    ];
    assert_eq!(chances(&found, "n"), table(&dice));
    assert_eq!(found.interleavings.as_deref(), Some("9"));
}

/// The main thread looks once at a flag, before or after A sets it (1/2 each).
#[test]
fn a_loop_has_infinitely_many_interleavings_and_ends_surely() {
    let found = counted(
        "\
flag = False
late = False
def give():
    global flag
    flag = True
Thread(target=give).start()
while not flag:
    late = True
",
    );
    assert!(found.busy_waiting);
    assert_eq!(found.interleavings, None);
    // First look: A was first with 1/2. Else late is set, and A is done sooner or later.
    let expected = table(&[("finished False", "1", "1/2"), ("finished True", "infinitely many", "1/2")]);
    assert_eq!(chances(&found, "late"), expected);
}

/// Every interleaving, one after the other, with its probability.
fn plain_chances(world: &World, probability: f64, sums: &mut BTreeMap<Outcome, (u64, f64)>) {
    let mut candidates: Vec<Candidate> = Vec::new();
    world.candidates(&mut candidates);
    if candidates.is_empty() {
        let sum = sums.entry(Outcome::of(world)).or_default();
        *sum = (sum.0 + 1, sum.1 + probability);
    }
    for choice in &candidates {
        let all: Vec<Alternative> = ways(world, choice);
        #[allow(clippy::cast_precision_loss)]
        let each = probability / (candidates.len() * all.len()) as f64;
        for alternative in all {
            let mut next = world.clone();
            next.apply(Candidate { alternative, ..*choice }, &mut NoSink).unwrap();
            settle(&mut next);
            plain_chances(&next, each, sums);
        }
    }
}

#[test]
fn chances_are_those_of_all_interleavings() {
    for body in [
        "n = 0\ndef f():\n    global n\n    n += 1\n    n += 1\n",
        "l = Lock()\nn = 0\ndef f():\n    global n\n    if l.acquire(timeout=1):\n        n += 1\n        l.release()\n",
        "c = Condition()\nn = 0\ndef f():\n    global n\n    with c:\n        n += 1\n        if n < 2:\n            c.wait()\n        c.notify()\n",
        "n = 0\ndef f():\n    global n\n    n += random.randrange(3)\n    assert n < 4\n",
    ] {
        let text = format!("{HEAD}{body}Thread(target=f).start()\nThread(target=f).start()\n");
        let found = counted(text.strip_prefix(HEAD).unwrap());
        let mut sums = BTreeMap::new();
        let mut first = world(&text);
        settle(&mut first);
        plain_chances(&first, 1.0, &mut sums);
        let all: u64 = sums.values().map(|sum| sum.0).sum();
        assert_eq!(found.interleavings, Some(all.to_string()), "{text}");
        assert_eq!(found.outcomes.len(), sums.len());
        for row in &found.outcomes {
            let (count, probability) = sums[&row.outcome];
            let chance = row.chance.as_ref().unwrap();
            assert_eq!(chance.count, Some(count.to_string()), "{text}");
            assert!((chance.probability - probability).abs() < 1e-9, "{text}");
        }
    }
}

// ---- the order of threads ----

/// What a thread does.
const BODIES: [&str; 7] = [
    "n += 1",
    "with a:\n        with b:\n            n += 1",
    "with b:\n        with a:\n            n = 7",
    "assert n < 7",
    "event.wait()\n    n = 0",
    "event.set()",
    "while n == 0 and not event.is_set():\n        pass",
];

/// A program with these threads.
fn threads(bodies: &[usize]) -> String {
    let functions = BODIES.iter().enumerate();
    let functions: Vec<String> =
        functions.map(|(number, body)| format!("def f{number}():\n    global n\n    {body}\n")).collect();
    let all: Vec<String> = bodies.iter().map(|body| format!("Thread(target=f{body})")).collect();
    let (functions, all) = (functions.concat(), all.join(", "));
    format!("a, b, event = Lock(), Lock(), Event()\nn = 0\n{functions}for thread in [{all}]: thread.start()\n")
}

/// What must not depend on the order of threads.
type Said = (Verdict, bool, bool, BTreeSet<BugKind>, BTreeSet<(&'static str, BTreeMap<String, String>)>);

fn said(found: &Exploration) -> Said {
    let ends = found.outcomes.iter().map(|row| (row.outcome.end(), row.outcome.globals.clone()));
    (found.verdict, found.never_ends, found.busy_waiting, kinds(found).into_iter().collect(), ends.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_threads_changes_nothing_that_is_said(
        (bodies, other) in proptest::collection::vec(0..BODIES.len(), 2..4)
            .prop_flat_map(|bodies| (Just(bodies.clone()), Just(bodies).prop_shuffle()))
    ) {
        let one = explore(&threads(&bodies));
        prop_assert_eq!(said(&one), said(&explore(&threads(&other))));
    }
}

#[test]
fn the_order_of_functions_changes_nothing_either() {
    let functions = [
        "def one():\n    with a:\n        with b:\n            pass\n",
        "def two():\n    with b:\n        with a:\n            pass\n",
    ];
    let starts = "Thread(target=one).start()\nThread(target=two).start()\n";
    let text = |first: usize| format!("a, b = Lock(), Lock()\n{}{}{starts}", functions[first], functions[1 - first]);
    assert_eq!(said(&explore(&text(0))), said(&explore(&text(1))));
}

// ---- reduction ----

/// Whether there is a way round: a walk in which a node is met again before everything behind it is done.
fn has_cycle(graph: &Graph) -> bool {
    let len = u32::try_from(graph.len()).unwrap();
    let mut done = vec![false; graph.len()];
    let mut inside = vec![false; graph.len()];
    for root in 0..len {
        let mut walk = vec![(root, 0)];
        while let Some((node, next)) = walk.pop() {
            let place = node as usize;
            if next == 0 && (done[place] || std::mem::replace(&mut inside[place], true)) {
                continue;
            }
            match graph.targets(node).get(next) {
                Some(target) if inside[*target as usize] => return true,
                Some(target) => walk.extend([(node, next + 1), (*target, 0)]),
                None => (done[place], inside[place]) = (true, false),
            }
        }
    }
    false
}

/// The proof that nothing goes round for ever rests on this.
#[test]
fn reduction_leaves_a_way_round_wherever_there_is_one() {
    let (mut cyclic, mut acyclic) = (0, 0);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explore/textbook");
    for file in std::fs::read_dir(folder).unwrap() {
        let program = program(&std::fs::read_to_string(file.unwrap().path()).unwrap());
        let budget = Budget { max_states: 6000, ..Budget::default() };
        let search = Search::new(program, abstracted()).budget(budget).keep_graph();
        let whole = search.run();
        if whole.stop.is_some() {
            continue;
        }
        let reduced = search.reduce(true).run();
        let ends = |space: &Space| space.outcomes.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(ends(&whole), ends(&reduced));
        let found = has_cycle(whole.graph.as_ref().unwrap());
        assert_eq!(found, has_cycle(reduced.graph.as_ref().unwrap()));
        *(if found { &mut cyclic } else { &mut acyclic }) += 1;
    }
    assert!(cyclic > 10 && acyclic > 30, "{cyclic} {acyclic}");
}
