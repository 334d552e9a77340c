//! Tracks over time.
//!
//! What the reader of the format does with them is done here likewise: by time, with a stack of slices for each track.

use super::common::{self, HOSTILE};
use lockstep::event::{Effect, EventKind};
use lockstep::kernel::live::LiveOptions;
use lockstep::model::Recording;
use lockstep::report::export::perfetto;
use lockstep::words::{Lang, Words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

fn text(run: &Recording, lang: Lang) -> String {
    let mut out = Vec::new();
    perfetto::write(run, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn events(run: &Recording) -> Vec<Value> {
    let document: Value = serde_json::from_str(&text(run, Lang::En)).unwrap();
    document["traceEvents"].as_array().unwrap().clone()
}

/// A moment as the reader takes it: microseconds, cut off to nanoseconds.
fn nanos(value: &Value) -> u64 {
    let micros = value.as_f64().unwrap();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let nanos = (micros * 1000.0) as u64;
    assert_eq!(nanos % 125, 0, "{value} is not what is read");
    nanos
}

fn track(event: &Value) -> (u64, u64) {
    (event["pid"].as_u64().unwrap(), event["tid"].as_u64().unwrap())
}

#[derive(Clone, Debug)]
struct Slice {
    name: String,
    from: u64,
    to: u64,
    depth: usize,
}

/// The slices of each track, and the arrows as names of the slices they begin and end in. Whatever the reader would drop
/// or count as an error fails the test.
#[derive(Default)]
struct Read {
    names: BTreeMap<u64, String>,
    slices: BTreeMap<u64, Vec<Slice>>,
    arrows: Vec<(String, String, String)>,
    findings: Vec<String>,
    counts: Vec<(String, u64, String, i64)>,
}

impl Read {
    fn of(run: &Recording) -> Read {
        let mut read = Read::default();
        let mut processes: BTreeMap<u64, u64> = BTreeMap::new();
        let mut stacks: BTreeMap<u64, Vec<Slice>> = BTreeMap::new();
        let mut begun: BTreeMap<u64, (String, String, u64)> = BTreeMap::new();
        let mut now = 0;
        for event in events(run) {
            let (pid, tid) = track(&event);
            let name = event["name"].as_str().unwrap().to_owned();
            assert_eq!(*processes.entry(tid).or_insert(pid), pid, "the thread {tid} is in two processes");
            let phase = event["ph"].as_str().unwrap();
            if phase == "M" {
                if name == "thread_name" {
                    read.names.insert(tid, event["args"]["name"].as_str().unwrap().to_owned());
                }
                continue;
            }
            let at = nanos(&event["ts"]);
            assert!(now <= at, "not in order: {event}");
            now = at;
            let stack = stacks.entry(tid).or_default();
            let top = |stack: &Vec<Slice>| {
                let top = stack.last().unwrap_or_else(|| panic!("an arrow in nothing: {event}"));
                assert!(top.from <= at && at <= top.to, "{event} in {top:?}");
                top.name.clone()
            };
            match phase {
                "X" => {
                    let to = at + nanos(&event["dur"]);
                    while stack.last().is_some_and(|slice| slice.to <= at) {
                        stack.pop();
                    }
                    let within = stack.last().is_none_or(|slice| to <= slice.to);
                    assert!(within, "{event} overlaps {:?}", stack.last());
                    let slice = Slice { name, from: at, to, depth: stack.len() };
                    stack.push(slice.clone());
                    read.slices.entry(tid).or_default().push(slice);
                }
                "s" => {
                    let before = begun.insert(event["id"].as_u64().unwrap(), (name, top(stack), at));
                    assert!(before.is_none(), "two arrows with one number: {event}");
                }
                "f" => {
                    assert_eq!(event["bp"], "e");
                    let (cause, from, _) = begun.remove(&event["id"].as_u64().unwrap()).unwrap();
                    assert_eq!(cause, name);
                    read.arrows.push((cause, from, top(stack)));
                }
                "i" => read.findings.push(name),
                "C" => {
                    let (unit, number) = event["args"].as_object().unwrap().iter().next().unwrap();
                    read.counts.push((name, at, unit.clone(), number.as_i64().unwrap()));
                }
                other => panic!("the phase {other}"),
            }
        }
        assert!(begun.is_empty(), "arrows without an end: {begun:?}");
        assert!(read.slices.keys().all(|tid| read.names.contains_key(tid)));
        read
    }

    /// The slices of the track with this name: "from-to name", in milliseconds, deeper ones further in.
    fn track(&self, name: &str) -> Vec<String> {
        let (tid, _) = self.names.iter().find(|(_, other)| *other == name).unwrap();
        let shown = |slice: &Slice| {
            let indent = "  ".repeat(slice.depth);
            format!("{indent}{}-{} {}", slice.from / 1_000_000, slice.to / 1_000_000, slice.name)
        };
        self.slices[tid].iter().map(shown).collect()
    }

    fn arrows(&self, cause: &str) -> Vec<(&str, &str)> {
        let these = self.arrows.iter().filter(|(other, ..)| other == cause);
        these.map(|(_, from, to)| (&**from, &**to)).collect()
    }
}

/// Fails when the reader would drop anything.
pub(super) fn check(run: &Recording) {
    Read::of(run);
}

/// The run as a snapshot that can be read: the tracks one below the other.
fn picture(run: &Recording) -> String {
    let read = Read::of(run);
    let mut picture = String::new();
    for (tid, name) in &read.names {
        writeln!(picture, "{name}").unwrap();
        if read.slices.contains_key(tid) {
            picture.extend(read.track(name).iter().map(|slice| format!("  {slice}\n")));
        }
    }
    for (cause, from, to) in &read.arrows {
        writeln!(picture, "{cause}: {from} -> {to}").unwrap();
    }
    for (name, at, unit, number) in &read.counts {
        writeln!(picture, "{} {name}: {number} {unit}", at / 1_000_000).unwrap();
    }
    for finding in &read.findings {
        writeln!(picture, "! {finding}").unwrap();
    }
    picture
}

#[test]
fn a_deadlock_over_time() {
    insta::assert_snapshot!(picture(&common::deadlock()));
}

#[test]
fn a_deadlock_over_time_as_it_is_written() {
    insta::assert_snapshot!(text(&common::deadlock(), Lang::Zh));
}

#[test]
fn a_race_over_time() {
    insta::assert_snapshot!(picture(&common::race()));
}

#[test]
fn a_condition_over_time() {
    insta::assert_snapshot!(picture(&common::condition()));
}

#[test]
fn a_semaphore_over_time() {
    insta::assert_snapshot!(picture(&common::semaphore()));
}

#[test]
fn all_slices_nest_and_all_arrows_have_two_ends() {
    for run in common::all() {
        let read = Read::of(&run);
        // Every operation has its slice, and every thread its track.
        let dids = run.history.events(0..run.history.event_count());
        let dids = dids.filter(|event| matches!(event.kind, EventKind::Did { .. })).count();
        let threads = run.history.head().threads.len() as u64;
        let deep = read.slices.range(..=threads).flat_map(|(_, slices)| slices).filter(|slice| slice.depth > 0);
        assert_eq!(deep.count(), dids, "{}", run.header.target);
        assert_eq!(read.findings.len(), run.history.all_findings().len());
    }
}

#[test]
fn a_lock_that_another_thread_gave_back_was_handed_over() {
    for target in ["condition/correct", "counter/locked", "philosophers/ordered", "deadlock/rlock", "deadlock/transfer"]
    {
        let run = common::scenario(target, 3);
        let model = run.history.head();
        let (mut last, mut wanted) = (BTreeMap::new(), 0);
        for event in run.history.events(0..run.history.event_count()) {
            let EventKind::Did { action, outcome } = &event.kind else { continue };
            match Effect::of(action, outcome) {
                Effect::Gives(object, _) | Effect::Parks(object) => {
                    last.insert(model.lock_of(object), event.thread);
                }
                Effect::Takes(object) | Effect::Resumes(object) => {
                    wanted += usize::from(last.get(&model.lock_of(object)).is_some_and(|giver| *giver != event.thread));
                }
                Effect::Nothing => {}
            }
        }
        assert_eq!(Read::of(&run).arrows("handed over").len(), wanted, "{target}");
    }
}

#[test]
fn what_lasts_at_the_end_is_marked() {
    let run = common::deadlock();
    let unfinished: BTreeSet<String> = events(&run)
        .iter()
        .filter(|event| event["args"]["unfinished"] == true)
        .map(|event| event["name"].as_str().unwrap().to_owned())
        .collect();
    let names = ["A first (unfinished)", "B second (unfinished)"].into_iter();
    let names = names.chain(["blocked on lock_a (unfinished)", "blocked on lock_b (unfinished)"]);
    assert_eq!(unfinished, names.map(str::to_owned).collect());
    let fine = common::scenario("counter/locked", 1);
    assert!(events(&fine).iter().all(|event| event["args"]["unfinished"].is_null()));
}

#[test]
fn a_reentrant_lock_is_drawn_as_deep_as_it_is_held() {
    let run = common::program(
        "import threading\nr = threading.RLock()\nwith r:\n    with r:\n        x = r.locked\n    r.acquire()\n    r.release()\n",
        1,
    );
    let read = Read::of(&run);
    let depths: Vec<_> = read.track("r (rlock)").iter().map(|slice| slice.matches("  ").count()).collect();
    assert_eq!(depths, [0, 1, 1]);
}

#[test]
fn a_queue_wakes_its_getters_and_shows_its_length() {
    let text = "import queue, threading\nq = queue.Queue()\ndef get():\n    print(q.get())\n\
                t = threading.Thread(target=get)\nt.start()\nq.put('a')\nq.put('b')\nt.join()\n";
    let waited = (1..50).map(|seed| common::program(text, seed)).find_map(|run| {
        let read = Read::of(&run);
        (!read.arrows("wake-up").is_empty()).then_some(read)
    });
    let read = waited.unwrap();
    assert_eq!(read.arrows("wake-up").len(), 1);
    assert_eq!(read.arrows("wake-up")[0].0, "put 'a' into q");
    assert_eq!(read.arrows("start").len(), 1);
    let counts: Vec<_> = read.counts.iter().map(|(_, _, unit, number)| (&**unit, *number)).collect();
    assert!(counts.starts_with(&[("items", 0), ("items", 1)]), "{counts:?}");
    assert_eq!(counts.last(), Some(&("items", 1)));
}

/// What is taken from it is used up: nobody has it.
#[test]
fn a_semaphore_as_a_signal_is_held_by_nobody() {
    let text = "import threading\ns = threading.Semaphore(0)\nt = threading.Thread(target=s.release)\nt.start()\n\
                s.acquire()\nt.join()\n";
    for seed in 1..20 {
        let read = Read::of(&common::program(text, seed));
        assert!(!read.names.values().any(|name| name.contains("row 1")), "{:?}", read.names);
    }
}

/// Two have a permit each, and a third thread gives one back: whose that was nobody knows, and so both slices end there.
#[test]
fn what_another_gave_back_was_nobodys_in_particular() {
    let text = "import threading\ns = threading.Semaphore(2)\nhere = [threading.Event(), threading.Event()]\n\
                go = threading.Event()\ndef take(i):\n    s.acquire()\n    here[i].set()\n    go.wait()\n\
                both = [threading.Thread(target=take, args=(i,)) for i in range(2)]\n\
                for t in both: t.start()\nfor one in here: one.wait()\ns.release()\ngo.set()\n\
                for t in both: t.join()\n";
    for seed in 1..10 {
        let read = Read::of(&common::program(text, seed));
        let of_main = read.track("M MainThread");
        let released = of_main.iter().find(|slice| slice.ends_with("release s")).unwrap();
        let end = released.trim_start().split_once(' ').and_then(|(span, _)| span.split_once('-')).unwrap().1;
        let held: Vec<_> = ["s (semaphore), row 1", "s (semaphore), row 2"].map(|name| read.track(name)).concat();
        assert_eq!(held.len(), 2, "{held:?}");
        assert!(held.iter().all(|slice| slice.contains(&format!("-{end} "))), "{held:?} {released}");
    }
}

#[test]
fn a_thread_that_is_over_has_no_permit() {
    let text = "import threading\ns = threading.Semaphore(2)\nt = threading.Thread(target=s.acquire)\nt.start()\nt.join()\n\
                print('on')\nprint('and on')\n";
    let run = common::program(text, 1);
    let marks = events(&run).iter().filter(|event| event["args"]["unfinished"] == true).count();
    assert_eq!(marks, 0, "{}", picture(&run));
}

#[test]
fn the_operations_of_a_large_step_follow_each_other() {
    let run =
        common::with_options("counter/locked", 1, |options| options.atomicity = lockstep::kernel::Atomicity::Line);
    let read = Read::of(&run);
    assert!(read.slices.values().flatten().any(|slice| slice.depth > 0 && slice.to - slice.from < 1_000_000));
}

#[test]
fn real_threads_have_real_time() {
    let ways = [(0, false), (0, true), (1, false)];
    for (target, (pace, show_gil)) in ["condition/correct", "deadlock/opposite", "parking/semaphore", "counter/locked"]
        .into_iter()
        .zip(ways.iter().cycle())
    {
        let options = LiveOptions {
            pace: Duration::from_millis(*pace),
            show_gil: *show_gil,
            speed: 100.0,
            ..LiveOptions::default()
        };
        let run = common::live(target, options);
        let read = Read::of(&run);
        assert!(read.names.values().any(|name| name == "M MainThread"));
        assert!(read.slices.values().flatten().any(|slice| slice.name.starts_with("running")));
    }
}

#[test]
fn a_hostile_program_makes_a_harmless_document() {
    let run = common::program(HOSTILE, 1);
    let read = Read::of(&run);
    assert!(read.names.values().any(|name| name.contains("alert(1)")));
    let shown = text(&run, Lang::En);
    assert!(shown.chars().all(|c| !c.is_control() || c == '\n'));
    assert!(!shown.contains(['\u{202e}', '\u{2066}']));
}
