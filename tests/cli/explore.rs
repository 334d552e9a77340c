//! `lockstep explore`: the verdict, the bugs, the outcomes, as text and as JSON; runs on real threads beside it.

use super::{Came, Program, json, lockstep, with_input};
use lockstep::event::Schedule;
use serde_json::{Value, json};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// `lockstep explore` of this text.
fn explore(text: &str, args: &[&str]) -> Came {
    Program::new(text).with("explore", args)
}

/// The words of a command line that `lockstep` has printed, without its name. They hold no quotes of their own.
fn command(line: &str) -> Vec<String> {
    let words = line.split(' ').map(|word| word.trim_matches('\'').to_owned());
    words.skip(1).take_while(|word| word != "<").collect()
}

/// The commands that follow `again: `.
fn again(came: &Came) -> Vec<Vec<String>> {
    came.out.lines().filter_map(|line| line.trim_start().strip_prefix("again: ")).map(command).collect()
}

/// Two threads that take two locks in opposite order.
const OPPOSITE: &str = "\
from threading import Lock, Thread
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
for pair in [(a, b), (b, a)]:
    Thread(target=work, args=pair).start()
";

const RACE: &str = "\
from threading import Thread
N = 2
n = 0
def work():
    global n
    n += 1
threads = [Thread(target=work) for _ in range(N)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

#[test]
fn a_bug_is_told_with_the_shortest_way_there() {
    let came = lockstep(&["explore", "deadlock/opposite"]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    let lines: Vec<&str> = came.out.lines().collect();
    assert_eq!(lines[0], "BUG           deadlock, shortest witness 6 steps, 2 switches: v1/M2.A2.B2");
    assert!(lines[1].contains("the whole space; time abstracted: sleepers may wake, timeouts fire at any moment"));
    assert!(came.out.contains("\ndeadlock      Deadlock of 2 threads: A first wants lock_b (line 11), "), "{came:?}");
    assert!(came.out.contains("again: lockstep run deadlock/opposite --schedule v1/M2.A2.B2\n"), "{came:?}");
    assert!(came.out.contains("on the stage: lockstep deadlock/opposite --schedule v1/M2.A2.B2\n"), "{came:?}");
    assert!(lines.iter().any(|line| line.starts_with("finished ") && line.ends_with(" v1/M2.A6.B6")), "{came:?}");
}

#[test]
fn the_table_has_the_word_of_the_bug_and_names_whom_it_befalls() {
    let ends = |target: &str, lang: &str| {
        let came = lockstep(&["explore", target, "--lang", lang]);
        let rows = came.out.lines().filter(|line| line.contains(" v1/") && line.split("  ").count() > 3);
        let ends: Vec<String> = rows.map(|row| row.split("  ").next().unwrap_or_default().to_owned()).collect();
        ends.into_iter().filter(|end| end != "BUG" && end != "发现错误" && !end.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(ends("deadlock/opposite", "en"), ["finished", "deadlock A B"]);
    assert_eq!(ends("rendezvous/wait-first", "en"), ["stuck A B", "stuck A B"]);
    assert_eq!(ends("bounded-buffer/swapped", "en"), ["finished", "stuck B"], "A waits for B");
    assert_eq!(ends("bounded-buffer/early", "en"), ["finished", "crash B", "stuck A, crash B"]);
    assert_eq!(ends("condition/if", "en"), ["finished", "crash A", "crash A", "crash B", "crash B"]);
    assert_eq!(ends("bounded-buffer/early", "zh"), ["正常结束", "崩溃 B", "卡住 A，崩溃 B"]);
}

#[test]
fn a_proof_says_how_much_was_looked_at() {
    let came = lockstep(&["explore", "counter/locked", "--no-reduce"]);
    assert_eq!((came.code, came.err.as_str()), (0, ""), "{came:?}");
    let first = came.out.lines().next().unwrap();
    assert_eq!(first, "PROVED        no deadlock, no crash, no failed assertion: 92 states, the whole space");
    assert!(came.out.lines().nth(1).unwrap().ends_with("; every order of every step"), "{came:?}");
    assert!(came.out.contains("\n1 outcome\n"), "{came:?}");
    let chinese = lockstep(&["explore", "counter/locked", "--no-reduce", "--lang", "zh"]);
    assert!(chinese.out.starts_with("已证明        没有死锁，没有崩溃，没有失败的断言：92 个状态"), "{chinese:?}");
    assert!(chinese.out.contains("\n1 种结果\n"), "{chinese:?}");
}

#[test]
fn the_json_is_the_contract() {
    let came = lockstep(&["explore", "deadlock/opposite", "--json", "--workers", "1"]);
    assert_eq!((came.code, came.err.as_str()), (1, ""), "{came:?}");
    let found = json(&came);
    let contract =
        ["lockstep", "target", "verdict", "states", "edges", "reduced", "timed", "seconds", "open", "bugs", "outcomes"];
    assert_eq!(keys(&found)[..11], contract);
    assert_eq!(
        (&found["lockstep"], &found["target"], &found["verdict"], &found["open"], &found["timed"]),
        (&json!(1), &json!("deadlock/opposite"), &json!("bug"), &json!(0), &json!(false))
    );
    assert!(found["states"].as_u64().unwrap() >= 7 && found["seconds"].is_f64());
    let bug = &found["bugs"][0];
    assert_eq!(keys(bug)[..6], ["kind", "message", "schedule", "steps", "switches", "no_return_step"]);
    assert_eq!(
        (&bug["kind"], &bug["schedule"], &bug["steps"], &bug["switches"]),
        (&json!("deadlock"), &json!("v1/M2.A2.B2"), &json!(6), &json!(2))
    );
    let outcome = &found["outcomes"][0];
    assert_eq!(keys(outcome)[..6], ["end", "globals", "output", "schedule", "count", "probability"]);
    assert_eq!(outcome["end"], "finished");
    assert_eq!(
        (&outcome["output"], &outcome["count"], &outcome["probability"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(found["outcomes"][1]["end"], "deadlock");
    let added = ["never_ends", "busy_waiting", "stop", "cautions", "interleavings", "workers", "findings", "live"];
    assert_eq!(keys(&found)[11..], added);
    assert_eq!((&found["stop"], &found["cautions"], &found["live"]), (&Value::Null, &json!([]), &Value::Null));
}

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let without_seconds = |args: &[&str]| {
        let came = lockstep(&[&["explore", "counter/race", "--json"], args].concat());
        let mut found = json(&came);
        found["seconds"] = Value::Null;
        serde_json::to_string(&found).unwrap()
    };
    assert_eq!(without_seconds(&["--workers", "2"]), without_seconds(&["--workers", "2"]));
    let text = || lockstep(&["explore", "counter/race", "--workers", "2"]).out;
    assert_eq!(text(), text());
    // How many search makes no difference either.
    assert_eq!(text(), lockstep(&["explore", "counter/race", "--workers", "1"]).out);
}

#[test]
fn what_it_says_to_type_comes_to_the_same_bug() {
    let programs = [
        Program::new(OPPOSITE),
        // A time-out that fires before its virtual time.
        Program::new(
            "from threading import Lock, Thread\nl = Lock()\nl.acquire()\n\
             def work():\n    assert l.acquire(timeout=5)\nThread(target=work).start()\nx = 1\nl.release()\n",
        ),
        // A sleeper that wakes late.
        Program::new(
            "from threading import Thread\nimport time\nx = 0\ndef work():\n    global x\n    x = 1\n\
             Thread(target=work).start()\ntime.sleep(1)\nassert x == 1\n",
        ),
        Program::new("import random\nassert random.randrange(7) != 5\n"),
        Program::new(
            "from threading import Thread\ndef work():\n    assert input('? ') == 'b'\nThread(target=work).start()\n",
        ),
    ];
    for program in &programs {
        let came = program.with("explore", &["--input", "it is", "--seed", "7"]);
        assert_eq!(came.code, 1, "{came:?}");
        let found = json(&program.with("explore", &["--input", "it is", "--seed", "7", "--json"]));
        let commands: Vec<Vec<String>> = again(&came);
        let mut words: Vec<&str> = commands[0].iter().map(String::as_str).collect();
        // One of the arguments has a blank in it.
        let at = words.iter().position(|word| *word == "it").unwrap();
        words.splice(at..at + 2, ["it is"]);
        let made = json(&lockstep(&[&words[..], &["--json"]].concat()));
        // The way to a crash ends with it, and the others go on.
        let [whole, way] = [&made["schedule"], &found["bugs"][0]["schedule"]];
        let [whole, way] = [whole, way].map(|text| text.as_str().unwrap().parse::<Schedule>().unwrap());
        assert_eq!(whole.prefix(way.len()), way, "{came:?}");
        assert_eq!(made["findings"][0]["message"], found["bugs"][0]["message"], "{came:?}");
    }
}

#[test]
fn lines_of_input_answer_the_program() {
    let text = "from threading import Thread\ngot = []\n\ndef ask(who):\n    got.append(who + input())\n\n\
                for who in 'ab':\n    Thread(target=ask, args=(who,)).start()\n";
    let found = json(&explore(text, &["--input", "1", "--input", "2", "--json"]));
    assert_eq!(found["verdict"], "proved", "{found}");
    let mut got: Vec<&str> =
        found["outcomes"].as_array().unwrap().iter().map(|o| o["globals"]["got"].as_str().unwrap()).collect();
    got.sort_unstable();
    assert_eq!(got, ["['a1', 'b2']", "['a2', 'b1']", "['b1', 'a2']", "['b2', 'a1']"]);
    // One line is too few, and standard input is not asked for more.
    let program = Program::new(text);
    let came = with_input(&["explore", program.path(), "--input", "1"], "never read\n");
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("EOFError: EOF when reading a line"), "{came:?}");
    assert!(came.out.contains("`--input TEXT` gives it one"), "{came:?}");
    assert!(came.out.contains(" < /dev/null\n"), "{came:?}");
}

#[test]
fn nothing_that_was_not_finished_is_a_proof() {
    let endless = "from threading import Thread\nn = 0\ndef work():\n    global n\n    while True:\n        n += 1\n\
                   for _ in range(2): Thread(target=work).start()\n";
    let came = explore(endless, &["--max-states", "1000", "--workers", "1"]);
    assert_eq!((came.code, came.err.as_str()), (4, ""), "{came:?}");
    let first = came.out.lines().next().unwrap();
    assert!(first.starts_with("NOT FINISHED  1,0"), "{came:?}");
    assert!(first.ends_with(" still open, nothing found so far. This is not a proof."), "{came:?}");
    assert!(came.out.contains("Stopped: as many states were looked at as `--max-states` allows."), "{came:?}");
    let found = json(&explore(endless, &["--max-states", "1000", "--json"]));
    assert_eq!((&found["verdict"], &found["stop"]), (&json!("not_finished"), &json!("states")));
    assert!(found["open"].as_u64().unwrap() > 0, "{found}");
    let came = explore(endless, &["--max-memory", "1"]);
    assert_eq!(came.code, 4, "{came:?}");
    assert!(came.out.contains("as much memory as `--max-memory` allows"), "{came:?}");
    // Names of more than is tried, in the very line of the verdict.
    let came = explore("import random\nx = random.randrange(1000)\n", &[]);
    assert_eq!(came.code, 4, "{came:?}");
    let first = came.out.lines().next().unwrap();
    assert!(
        first
            .ends_with(" This is not a proof. Sampled: of a random draw over more than 16 values one value was tried.")
    );
    let found = json(&explore("import random\nx = random.randrange(1000)\n", &["--json"]));
    assert_eq!((&found["verdict"], &found["cautions"][0]["kind"]), (&json!("not_finished"), &json!("sampled")));
}

/// Programs that nobody sees the end of: some ten threads that draw and count.
const HUGE: &str = "\
from threading import Thread
n = 0
def work():
    global n
    for _ in range(1000):
        n += 1
        n -= 2
for _ in range(9): Thread(target=work).start()
";

#[test]
fn time_that_is_over_ends_it() {
    let begin = Instant::now();
    let came = explore(HUGE, &["--timeout", "1"]);
    assert_eq!((came.code, came.err.as_str()), (4, ""), "{came:?}");
    assert!(came.out.starts_with("NOT FINISHED  "), "{came:?}");
    assert!(came.out.contains("Stopped: the time of `--timeout` is over."), "{came:?}");
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
}

/// Waits until a process has a handler for the signal of Ctrl-C.
#[cfg(target_os = "linux")]
fn until_it_listens(process: u32) {
    let listens = || {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & 1 << 1 != 0
    };
    while !listens() {
        std::thread::yield_now();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_says_what_is_known() {
    let program = Program::new(HUGE);
    let home = tempfile::tempdir().unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["explore", program.path()])
        .env_clear()
        .env("HOME", home.path())
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until_it_listens(child.id());
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let out = String::from_utf8(stdout).unwrap();
    assert_eq!(status.code(), Some(130), "{out}");
    assert!(out.starts_with("NOT FINISHED  ") && out.contains("Stopped: interrupted."), "{out}");
    assert!(stderr.is_empty());
}

#[test]
fn a_program_that_cannot_be_explored_is_refused() {
    let came = explore("async def f():\n    pass\n", &[]);
    assert_eq!((came.code, came.out.as_str()), (3, ""), "{came:?}");
    assert!(came.err.contains("program.py:1:11"), "{came:?}");
    let checked = json(&explore("async def f():\n    pass\n", &["--json"]));
    assert_eq!(checked["ok"], false);
    assert_eq!(lockstep(&["explore", "no/such"]).code, 2);
    assert_eq!(lockstep(&["explore", "nothing.py"]).code, 5);
    assert_eq!(lockstep(&["explore"]).code, 2);
    assert_eq!(lockstep(&["explore", "counter/race", "-p", "N=0"]).code, 2);
}

#[test]
fn options_that_make_no_sense_are_refused_with_a_remedy() {
    let table: [(&[&str], &str); 10] = [
        (&["--sched", "random"], "every order of steps is tried"),
        (&["--schedule", "v1/M2"], "it begins where the program begins"),
        (&["--max-steps", "5"], "--max-states, --max-memory and --timeout"),
        (&["--live"], "--live-runs N"),
        (&["--repeat", "3"], "--live-runs N"),
        (&["--plain"], "--plain"),
        (&["--record", "x"], "--record FILE"),
        (&["--speed", "2"], "--live-runs"),
        (&["--max-states", "0"], "0 is not in 1.."),
        (&["--outcome", "colour"], "[possible values: output]"),
    ];
    for (args, reason) in table {
        let came = lockstep(&[&["explore", "counter/race"], args].concat());
        assert_eq!((came.code, came.out.as_str()), (2, ""), "{came:?}");
        assert!(came.err.contains(reason), "{reason:?} in {came:?}");
    }
    let came = lockstep(&["explore", "counter/race v1/M2.A1 @3"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("`lockstep explore counter/race`"), "{came:?}");
}

#[test]
fn what_goes_wrong_in_every_order_is_a_bug_like_any_other() {
    let came = explore("assert 1 == 2, '\\x1b[2J'\n", &[]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.starts_with("BUG           assertion, shortest witness 0 steps, 0 switches: v1/\n"), "{came:?}");
    assert!(!came.out.contains('\x1b'), "{came:?}");
    let within = "from threading import Lock, Thread\nlock = Lock()\ndef work():\n    with lock:\n        raise ValueError('x')\n\
                  threads = [Thread(target=work) for _ in range(2)]\nfor t in threads: t.start()\nfor t in threads: t.join()\n";
    let found = json(&explore(within, &["--json"]));
    assert_eq!((&found["verdict"], &found["bugs"][0]["kind"]), (&json!("bug"), &json!("crash")));
    let ends: Vec<&Value> = found["outcomes"].as_array().unwrap().iter().map(|outcome| &outcome["end"]).collect();
    assert_eq!(ends, ["crash"], "the lock is free again: {found}");
}

#[test]
fn a_long_table_is_cut_and_every_kind_of_end_stays_in_it() {
    let text = "import random\nx = random.randrange(16)\ny = random.randrange(4)\nassert (x, y) != (3, 3)\n";
    let came = explore(text, &[]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(
        came.out.contains("\n64 outcomes\n") && came.out.contains("\n… and 44 more (`--json` has all)\n"),
        "{came:?}"
    );
    assert_eq!(came.out.lines().filter(|line| line.starts_with("finished ")).count(), 19, "{came:?}");
    assert_eq!(came.out.lines().filter(|line| line.starts_with("crash ")).count(), 1, "{came:?}");
    assert_eq!(json(&explore(text, &["--json"]))["outcomes"].as_array().unwrap().len(), 64);
}

#[test]
fn a_constant_can_be_given_another_value() {
    let program = Program::new(RACE);
    let values = |args: &[&str]| {
        let found = json(&program.with("explore", &[&["--json"], args].concat()));
        let outcomes = found["outcomes"].as_array().unwrap().clone();
        outcomes.iter().map(|outcome| outcome["globals"]["n"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(&[]), ["1", "2"]);
    assert_eq!(values(&["-p", "N=3"]), ["1", "2", "3"]);
    // Read, computed and stored in one step.
    assert_eq!(values(&["--atomic", "line"]), ["2"]);
    let came = program.with("explore", &["-p", "N=3"]);
    assert!(came.out.contains("\nIn every outcome: N = 3\n"), "{came:?}");
}

#[test]
fn a_finding_that_is_denied_makes_it_fail() {
    let kinds = lockstep(&["explore", "counter/locked", "--deny", "races"]);
    assert_eq!(kinds.code, 2, "{kinds:?}");
    for kind in ["deadlock", "data_race", "lost_update", "lock_order", "busy_waiting", "misuse", "and all"] {
        assert!(kinds.err.contains(kind), "{kinds:?}");
    }
    let race = Program::new(RACE);
    for command in ["explore", "run"] {
        assert_eq!(race.with(command, &[]).code, 0);
        assert_eq!(race.with(command, &["--deny", "lock_order"]).code, 0);
        let came = race.with(command, &["--deny", "lock_order,race"]);
        assert_eq!(came.code, 1, "{came:?}");
        assert!(format!("{}{}", came.out, came.err).contains("Data race: "), "{came:?}");
    }
    let found = json(&race.with("explore", &["--json"]));
    assert!(found["findings"].as_array().unwrap().iter().any(|finding| finding["kind"] == "data_race"), "{found}");
    assert_eq!(lockstep(&["explore", "counter/locked", "--deny", "race,lost-update", "--deny", "all"]).code, 0);
    assert_eq!(lockstep(&["run", "counter/locked", "--deny", "all"]).code, 0);
    assert_eq!(lockstep(&["run", "counter/locked", "--deny", "nonsense"]).code, 2);
}

#[test]
fn both_worlds_stand_on_one_line() {
    let args = ["explore", "deadlock/opposite", "--live-runs", "5"];
    let came = lockstep(&args);
    assert_eq!(came.code, 1, "{came:?}");
    let told = came.out.lines().find(|line| line.contains("real threads: ")).unwrap();
    assert!(told.starts_with("both worlds   real threads: "), "{came:?}");
    assert!(told.ends_with(" of 5 runs deadlocked; all interleavings: deadlock in 2 switches"), "{came:?}");
    let chinese = lockstep(&[&args[..], &["--lang", "zh"]].concat());
    assert!(chinese.out.contains("次死锁；全部交错：2 次切换即可死锁\n"), "{chinese:?}");
    let live = &json(&lockstep(&[&args[..], &["--json"]].concat()))["live"];
    assert_eq!(keys(live), ["runs", "ends", "outcomes", "other_runs", "unexplored"]);
    assert_eq!((&live["runs"], &live["unexplored"]), (&json!(5), &json!(0)));
    let ends = live["ends"].as_object().unwrap();
    assert_eq!(ends.values().map(|runs| runs.as_u64().unwrap()).sum::<u64>(), 5);
    let outcomes = live["outcomes"].as_array().unwrap();
    assert!(!outcomes.is_empty() && outcomes.iter().all(|outcome| outcome["explored"] == true), "{live}");
}

/// The way to an outcome goes on to the end of the run, and may be longer than that to the bug; a livelock has no outcome.
#[test]
fn both_worlds_are_compared_by_the_shortest_way_to_a_bug() {
    let wanted = [
        ("condition/if", "crash in 4 switches"),
        ("bounded-buffer/early", "crash in 2 switches"),
        ("peterson/flags", "livelock in 2 switches"),
    ];
    for (target, found) in wanted {
        let came = lockstep(&["explore", target, "--live-runs", "1"]);
        assert!(came.out.contains(&format!("; all interleavings: {found}\n")), "{came:?}");
    }
}

#[test]
fn a_livelock_is_not_said_to_be_left_under_a_fair_scheduler() {
    let livelock = lockstep(&["explore", "peterson/flags"]).out;
    assert!(
        livelock.contains("no order of steps ever ends the program") && !livelock.contains("Busy waiting:"),
        "{livelock}"
    );
    assert!(lockstep(&["explore", "peterson/peterson"]).out.contains("Busy waiting:"));
}
