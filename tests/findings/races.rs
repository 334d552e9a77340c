//! Data races, lost updates, inconsistent guards.

use crate::common::{Found, along, program, seeded, with_seed};
use lockstep::detect::FindingKind;
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{Catalogue, Target, Verdict};
use lockstep::words::Lang;

const KINDS: [&str; 3] = ["data_race", "lost_update", "inconsistent_guard"];

/// Two threads that run `a` and `b`, after what is in `head`; `tail` follows when both have ended.
fn two(head: &str, a: &str, b: &str, tail: &str) -> String {
    let body = |text: &str| text.lines().flat_map(|line| ["    ", line, "\n"]).collect::<String>();
    format!(
        "from threading import *\nfrom time import sleep\nimport queue\n{head}\ndef a():\n    global n\n{}def b():\n    \
         global n\n{}x, y = Thread(target=a), Thread(target=b)\nx.start(); y.start()\nx.join(); y.join()\n{tail}\n",
        body(a),
        body(b)
    )
}

/// What is found with any of many seeds, each kind once.
fn kinds(text: &str) -> Vec<&'static str> {
    let program = program(text);
    let found: Vec<Found> = (1..=40).map(|seed| seeded(&program, seed)).collect();
    let has = |kind: &&str| found.iter().any(|found| !found.said(&[kind]).is_empty());
    KINDS.into_iter().filter(has).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_counter_without_a_lock_loses_what_the_other_did() {
    let text = two("n = 0", "n += 1", "n += 1", "print(n)");
    let found = along(&text, "v1/M3.A1.B2.A1");
    assert_eq!(
        found.said(&KINDS),
        [
            "Data race: A Thread-1 (a) reads n on line 7, B Thread-2 (b) stores into it on line 10, and nothing says who \
             comes first.",
            "Lost update: A Thread-1 (a) read n on line 7 and stored into it on line 7, but B Thread-2 (b) stored 1 in \
             between (line 10): what B did is lost.",
        ]
    );
    assert_eq!(
        found.said_in(Lang::Zh, &["lost_update"]),
        [
            "更新丢失：A Thread-1 (a) 在第 7 行读了 n，在第 7 行写入它，可是 B Thread-2 (b) 在这之间写入了 1（第 10 行）：B 的修改丢了。"
        ]
    );
    let lost = found.witness.findings.last().unwrap();
    let proof: Vec<_> = lost.proof.iter().map(|deed| (deed.thread.letter(), deed.line)).collect();
    assert_eq!(proof, [("A".to_owned(), 7), ("B".to_owned(), 10), ("A".to_owned(), 7)]);
    assert_eq!((lost.seq, lost.step), (lost.proof[2].seq, lost.proof[2].step));
    assert!(matches!(&lost.kind, FindingKind::LostUpdate { lost, .. } if lost.to_string() == "1"));
}

#[test]
fn nothing_is_found_in_the_same_counter_with_a_lock() {
    assert_eq!(kinds(&two("n = 0", "n += 1", "n += 1", "")), ["data_race", "lost_update"]);
    let locked = "with lock:\n    n += 1";
    assert_eq!(kinds(&two("n = 0\nlock = Lock()", locked, locked, "print(n)")), NOTHING);
}

/// What orders two threads, and the same without it: (what stands before, A's part, B's part, what B's part is without
/// the order). Both store into `n`.
const ORDERED: [(&str, &str, &str, &str); 13] = [
    ("e = Event()", "sleep(1)\nn = 1\ne.set()", "e.wait()\nn = 2", "e.wait(0.1)\nn = 2"),
    ("e = Event()", "n = 1\ne.set()", "while not e.is_set():\n    sleep(1)\nn = 2", "e.is_set()\nn = 2"),
    ("s = Semaphore(0)", "n = 1\ns.release()", "s.acquire()\nn = 2", "s.acquire(blocking=False)\nn = 2"),
    ("q = queue.Queue()", "n = 1\nq.put(0)", "q.get()\nn = 2", "q.qsize()\nn = 2"),
    ("q = queue.Queue(1)\nq.put(0)", "q.put(1)\nn = 1", "n = 2\nq.get()", "q.get()\nn = 2"),
    ("q = queue.Queue()\nq.put(0)", "n = 1\nq.task_done()", "q.join()\nn = 2", "q.put(2)\nn = 2"),
    ("q = queue.SimpleQueue()", "n = 1\nq.put(0)", "q.get()\nn = 2", "n = 2\nq.get()"),
    ("p = Barrier(2)", "n = 1\np.wait()", "p.wait()\nn = 2", "n = 2\np.wait()"),
    ("", "sleep(1)\nn = 1", "x.join()\nn = 2", "x.join(0.1)\nn = 2"),
    ("", "n = 1", "while x.is_alive():\n    sleep(1)\nn = 2", "x.is_alive()\nn = 2"),
    (
        "c = Condition()\ntold = []",
        "n = 1\nwith c:\n    told.append(1)\n    c.notify()",
        "with c:\n    while not told:\n        c.wait()\nn = 2",
        "n = 2\nwith c:\n    c.notify()",
    ),
    ("k = Lock()\nk.acquire()", "n = 1\nk.release()", "k.acquire()\nn = 2", "k.acquire(blocking=False)\nn = 2"),
    // A thread that is not over yet has passed on all it did so far.
    ("e = Event()", "n = 1\ne.set()\nsleep(1)", "e.wait()\nn = 2\nx.join()", "sleep(10)\nn = 2"),
];

#[test]
fn what_passes_something_on_orders_what_stands_around_it() {
    for (head, a, ordered, unordered) in ORDERED {
        let head = format!("n = 0\n{head}");
        assert_eq!(kinds(&two(&head, a, ordered, "print(n)")), NOTHING, "{a}\n--\n{ordered}");
        assert_eq!(kinds(&two(&head, a, unordered, "print(n)")), ["data_race"], "{a}\n--\n{unordered}");
    }
}

#[test]
fn what_is_done_before_the_start_and_after_the_join_is_ordered() {
    let text = two("n = 5\nitems = [1, 2]", "n = n + items[0]", "pass", "n = n + 1\nitems[0] = n");
    assert_eq!(kinds(&text), NOTHING);
    let early = text.replace("x.join(); y.join()\nn =", "y.join()\nn =");
    assert_eq!(kinds(&early), ["data_race", "lost_update"]);
}

#[test]
fn who_leaves_a_barrier_knows_nothing_of_the_next_round() {
    let phases = "n = 0\np = Barrier(2)\nitems = [0, 0]";
    let right =
        |mine: u32| format!("for i in range(3):\n    items[{mine}] = i\n    p.wait()\n    sum(items)\n    p.wait()");
    assert_eq!(kinds(&two(phases, &right(0), &right(1), "")), NOTHING);
    let each =
        |mine: u32| format!("for i in range(3):\n    items[{mine}] = i\n    p.wait()\n    items[0] + items[1]\n");
    assert_eq!(kinds(&two(phases, &each(0), &each(1), "")), ["data_race"]);
}

#[test]
fn attributes_and_elements_are_locations_of_their_own() {
    let class =
        "class Account:\n    def __init__(self):\n        self.money = 0\n        self.name = ''\none = Account()";
    assert_eq!(kinds(&two(class, "one.money = 1", "one.name = 'b'", "")), NOTHING);
    assert_eq!(kinds(&two(class, "one.money += 1", "one.money += 1", "")), ["data_race", "lost_update"]);
    assert_eq!(kinds(&two("items = [0, 0]", "items[0] += 1", "items[1] += 1", "")), NOTHING);
    assert_eq!(kinds(&two("items = [0, 0]", "items[0] += 1", "items[0] += 2", "")), ["data_race", "lost_update"]);
    assert_eq!(kinds(&two("ages = {}", "ages['x'] = 1", "ages['y'] = 2", "")), NOTHING);
    assert_eq!(kinds(&two("ages = {}", "ages['x'] = 1", "ages['x'] = 2", "")), ["data_race"]);
}

#[test]
fn single_calls_on_containers_are_no_races() {
    assert_eq!(kinds(&two("items = []", "items.append(1)", "items.append(2)\nlen(items)", "print(items)")), NOTHING);
    assert_eq!(kinds(&two("items = [1]", "items.append(1)", "print(items[0])", "")), NOTHING);
}

#[test]
fn a_flag_that_somebody_looks_at_in_a_loop_is_a_race_and_said_to_be_a_loop() {
    let text = two("n = False", "while not n:\n    pass", "n = True", "");
    let found = along(&text, "v1/M3.A3.B1");
    assert_eq!(
        found.said(&KINDS),
        [
            "Data race: A Thread-1 (a) reads n on line 7, B Thread-2 (b) stores into it on line 11, and nothing says who \
          comes first. Looking at a variable again and again is no synchronisation."
        ]
    );
}

#[test]
fn a_pair_of_lines_is_reported_once_however_often_it_happens() {
    let loops = "for _ in range(50):\n    n += 1";
    for seed in 1..10 {
        let found = with_seed(&two("n = 0", loops, loops, ""), seed);
        assert_eq!(found.said(&["data_race"]).len(), 1);
        assert!(found.said(&["lost_update"]).len() <= 2, "each of the two lines may lose to the other");
    }
    let same = two("n = 0", loops, "a()", "");
    for seed in 1..10 {
        assert!(with_seed(&same, seed).said(&["lost_update"]).len() <= 1);
    }
}

#[test]
fn a_lock_that_is_released_in_between_does_not_help() {
    let split = "with lock:\n    t = n\nwith lock:\n    n = t + 1";
    let text = two("n = 0\nlock = Lock()", split, split, "");
    assert_eq!(kinds(&text), ["lost_update"]);
    let together = "with lock:\n    t = n\n    n = t + 1";
    assert_eq!(kinds(&two("n = 0\nlock = Lock()", together, together, "")), NOTHING);
    let again = "with lock:\n    t = n\nwith lock:\n    n = n + 1";
    assert_eq!(kinds(&two("n = 0\nlock = Lock()", again, again, "")), NOTHING, "it has looked again");
}

#[test]
fn a_store_that_is_not_made_of_what_was_read_loses_nothing() {
    let guarded = |a: &str, b: &str| {
        let indented = |text: &str| text.replace('\n', "\n    ");
        kinds(&two("n = 0\nlock = Lock()", &indented(a), &indented(b), ""))
    };
    // It was told to go on in between.
    let head = "n = 0\nlock = Lock()\ns = Semaphore(0)";
    let asks = "with lock:\n    t = n\ns.acquire()\nwith lock:\n    n = 7";
    let tells = "with lock:\n    n = 1\ns.release()";
    assert_eq!(kinds(&two(head, asks, tells, "")), NOTHING);
    // Each says that all is over.
    let says = "with lock:\n    t = n\nwith lock:\n    n = True";
    assert_eq!(kinds(&two("n = False\nlock = Lock()", says, says, "")), NOTHING);
    // A loop that comes round to its first statement.
    let turns = "for _ in range(3):\n    with lock:\n        n = 1\n    with lock:\n        t = n";
    let other = turns.replace("n = 1", "n = 2");
    assert_eq!(kinds(&two("n = 0\nlock = Lock()", turns, &other, "")), NOTHING);
    assert_eq!(guarded("with lock:\n    n = 1", "with lock:\n    n = 2"), NOTHING);
}

#[test]
fn an_access_without_the_lock_is_named_with_one_that_holds_it() {
    let keeps = "with lock:\n    n += 1";
    let text = two("n = 0\nlock = Lock()", keeps, &format!("{keeps}\nn = 0"), "");
    assert_eq!(
        along(&text, "v1/M3.B3").said(&KINDS),
        [
            "Data race: B Thread-2 (b) stores into n on line 14, A Thread-1 (a) reads it on line 9, and nothing says who \
             comes first.",
            "Inconsistent guard: B Thread-2 (b) changes n on line 14 without lock, which A Thread-1 (a) holds for it on \
             line 9.",
        ]
    );
}

#[test]
fn the_guard_is_known_also_when_only_luck_kept_them_apart() {
    let keeps = "with lock:\n    n += 1";
    let text = two("n = 0\nlock = Lock()", &format!("{keeps}\nsleep(1)"), &format!("{keeps}\nprint(n)"), "");
    let found = along(&text, "v1/M3.A4.B5");
    assert_eq!(
        found.said(&KINDS),
        [
            "Inconsistent guard: B Thread-2 (b) reads n on line 15 without lock, which A Thread-1 (a) holds for it on line 9."
        ]
    );
    let proof: Vec<_> = found.witness.findings[0].proof.iter().map(|deed| (deed.thread.letter(), deed.line)).collect();
    assert_eq!(proof, [("A".to_owned(), 9), ("B".to_owned(), 15)]);
    let twin = two("n = 0\nlock = Lock()", keeps, "with lock:\n    n += 1\n    print(n)", "print(n)");
    assert_eq!(kinds(&twin), NOTHING);
}

#[test]
fn a_container_is_guarded_as_a_whole() {
    let head = "items = []\nlock = Lock()";
    let keeps = "with lock:\n    items.append(1)";
    let breaks = two(head, keeps, &format!("{keeps}\nitems.pop()"), "");
    assert_eq!(kinds(&breaks), ["inconsistent_guard"]);
    let wrong = two(&format!("{head}\nother = Lock()"), keeps, &format!("{keeps}\nwith other:\n    items.pop()"), "");
    assert_eq!(kinds(&wrong), ["inconsistent_guard"]);
    assert_eq!(kinds(&two(head, keeps, keeps, "items.clear()")), NOTHING);
}

#[test]
fn who_alone_stores_may_read_without_the_lock() {
    let writer = "with lock:\n    n = 1\nt = n";
    assert_eq!(kinds(&two("n = 0\nlock = Lock()", writer, "with lock:\n    t = n", "")), NOTHING);
    // Two locks for who stores, either of them for who reads.
    let head = "n = 0\nlock = Lock()\nother = Lock()";
    let stores = "with lock:\n    with other:\n        n += 1";
    assert_eq!(
        kinds(&two(
            head,
            &format!("{stores}\nwith other:\n    t = n"),
            &format!("{stores}\nwith lock:\n    t = n"),
            ""
        )),
        NOTHING
    );
}

/// The first reader takes the lock of the writers for all, the last one gives it back.
const READERS: &str = "
from threading import *
readers = 0
page = 0
door = Lock()
paper = Lock()
def read():
    global readers
    for _ in range(2):
        with door:
            readers += 1
            if readers == 1:
                paper.acquire()
        t = page
        with door:
            readers -= 1
            if readers == 0:
                paper.release()
def write():
    global page
    for _ in range(2):
        with paper:
            page += 1
threads = [Thread(target=work) for work in (read, read, write, write)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(page)
";

#[test]
fn readers_who_come_in_with_the_first_one_need_no_lock() {
    assert_eq!(kinds(READERS), NOTHING);
    let forgets = READERS
        .replace("            if readers == 1:\n                paper.acquire()\n", "")
        .replace("            if readers == 0:\n                paper.release()\n", "");
    assert_eq!(kinds(&forgets), ["data_race", "inconsistent_guard"]);
}

#[test]
fn nothing_is_found_in_what_can_never_go_wrong() {
    let catalogue = Catalogue::embedded();
    let all = catalogue.scenarios().iter();
    let variants = all.flat_map(|scenario| scenario.variants.iter().map(move |variant| (scenario, variant)));
    let mut wrong = Vec::new();
    for (scenario, variant) in variants.filter(|(_, variant)| variant.expected.verdict == Verdict::Proved) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let compiled = compile(&Target::resolve(&target, &catalogue).unwrap().source(), &Parameters::default());
        let program = compiled.program.unwrap();
        // Two threads that agree by plain variables race for them, and that is how it works.
        let kinds = if &*scenario.id == "peterson" { &KINDS[1..] } else { &KINDS[..] };
        let said = (1..=50).flat_map(|seed| seeded(&program, seed).said(kinds));
        wrong.extend(said.map(|said| format!("{target}: {said}")));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
