//! The page: its data against the recording, and that nothing a program is called or prints gets out of its place.

use super::common::{program, scenario};
use lockstep::event::{ObjectState, ThreadState};
use lockstep::ids::{Step, ThreadId};
use lockstep::model::{Model, ObjectView, Recording, ThreadView};
use lockstep::report::export::html;
use lockstep::scenario::Catalogue;
use lockstep::words::{Lang, Scene, Threads, Words, safe};
use serde_json::Value;

pub(crate) fn page(recording: &Recording, lang: Lang) -> String {
    let mut out = Vec::new();
    html::write(recording, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What the script of the page reads.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once(r#"<script type="application/json" id="run">"#).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// A program that tries to get out of everything it is put into.
const HOSTILE: &str = include_str!("hostile_page.py");

/// Its run, in a trace whose first line tries as well.
pub(crate) fn hostile() -> Recording {
    let mut run = program(HOSTILE, 1);
    run.header.target = "</title></h1><script>alert(6)</script>\u{202e}\u{1b}[2J{{ 7 * 7 }}".into();
    run.header.source_name = run.header.target.clone();
    run
}

#[test]
fn the_page_of_a_small_run() {
    let page = page(&scenario("deadlock/opposite", 1), Lang::En);
    let mut data = data(&page);
    // The labels are compared with the catalogues elsewhere.
    data.as_object_mut().unwrap().remove("labels");
    let mut lines = Vec::new();
    for (key, value) in data.as_object().unwrap() {
        match value {
            Value::Array(items) if items.len() > 4 => {
                lines.push(format!("{key}:"));
                lines.extend(items.iter().enumerate().map(|(index, item)| format!("  {index}: {item}")));
            }
            value => lines.push(format!("{key}: {value}")),
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_same_run_gives_the_same_page() {
    let of = || page(&scenario("philosophers/naive", 3), Lang::Zh);
    assert_eq!(of(), of());
}

#[test]
fn nothing_in_the_page_refers_to_anything_outside() {
    let page = page(&scenario("counter/race", 1), Lang::En);
    let shell = page.split_once("<script").unwrap().0;
    for reference in [" style=", " src=", " onclick=", "<link", "http:", "https:", "//"] {
        assert!(!shell.contains(reference), "{reference}");
    }
    assert!(
        shell.contains("default-src &#x27;none&#x27;; script-src &#x27;sha256-"),
        "the policy refuses everything that is not named"
    );
}

#[test]
fn nothing_of_a_hostile_program_gets_out_of_its_place() {
    let page = page(&hostile(), Lang::En);
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(page.matches("<!--").count(), 0);
    assert_eq!(page.matches("<img").count(), 0);
    let turns = ['\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}'];
    let is_harmful = |c: char| (c.is_control() && c != '\n') || turns.contains(&c);
    let found: Vec<char> = page.chars().filter(|c| is_harmful(*c)).collect();
    assert!(found.is_empty(), "{found:?}");
    let printed = data(&page).to_string();
    assert!(printed.contains("</script><script>alert(1)</script>"), "it is there, as text");
    assert!(printed.contains("␛[2J") && printed.contains("<202E>"), "what controls is shown");
}

// ---- the rows of the tables, as the stage has them ----

/// Letter, name, sign and word, line, what next, for whom it waits, what it holds.
pub(crate) fn threads_of(model: &Model) -> Vec<Vec<String>> {
    let words = Words::new(Lang::En);
    let row = |thread: &ThreadView| {
        let sign = lockstep::tui::glyph::GlyphSet::Unicode.glyphs().state(thread.state);
        let waits = match thread.state {
            ThreadState::Blocked { on } => model.object(model.lock_of(on)).and_then(ObjectView::owner),
            ThreadState::Joining { thread } => Some(thread),
            _ => None,
        };
        let holds: Vec<String> = thread.holds.iter().map(|(id, _)| words.name(&model.object_name(*id))).collect();
        let about = thread.pending.as_ref().map(|action| words.action(action, model));
        vec![
            format!("{}{}", thread.id.letter(), safe(&thread.name)),
            format!("{sign} {}", words.state(thread.state)),
            if !thread.state.is_alive() || thread.line == 0 { String::new() } else { thread.line.to_string() },
            thread.exception.as_deref().map_or_else(|| about.unwrap_or_default(), |it| safe(it).into_owned()),
            waits.map_or_else(String::new, ThreadId::letter),
            holds.join(", "),
        ]
    };
    model.threads.iter().map(row).collect()
}

/// Name, kind, state, who waits.
pub(crate) fn objects_of(model: &Model) -> Vec<Vec<String>> {
    let words = Words::new(Lang::En);
    let listed = model.objects().filter(|object| object.kind.is_primitive());
    let row = |object: &ObjectView| {
        vec![
            words.name(&object.name),
            words.kind(object.kind),
            words.object_state(object, model),
            object.waiters.iter().map(|thread| thread.letter()).collect::<String>(),
        ]
    };
    listed.map(row).collect()
}

/// Name and value, in any order.
pub(crate) fn variables_of(model: &Model) -> Vec<Vec<String>> {
    let words = Words::new(Lang::En);
    let value = |variable: &lockstep::model::Variable| match &variable.value {
        Some(value) => safe(&value.to_string()).into_owned(),
        None => words.t("object-unbound"),
    };
    let mut rows: Vec<_> =
        model.variables().map(|variable| vec![words.name(&variable.name), value(&variable)]).collect();
    rows.sort();
    rows
}

/// The letter of a thread by its number; nothing for nobody.
fn letter(thread: &Value) -> String {
    let number = thread.as_u64().map(|number| u32::try_from(number).unwrap());
    number.map_or_else(String::new, |number| ThreadId(number).letter())
}

fn letters(threads: &Value) -> String {
    threads.as_array().unwrap().iter().map(letter).collect()
}

fn place(number: &Value) -> usize {
    usize::try_from(number.as_u64().unwrap()).unwrap()
}

/// What stands in the tables when the steps of the page are put one upon the other.
struct Tables {
    data: Value,
    rows: [Vec<Value>; 3],
    switches: u64,
    time: i64,
}

impl Tables {
    fn of(page: &str) -> Tables {
        Tables { data: data(page), rows: Default::default(), switches: 0, time: 0 }
    }

    fn text(&self, number: &Value) -> String {
        match &self.data["strings"][place(number)] {
            Value::Array(both) => both[0].as_str().unwrap().to_owned(),
            text => text.as_str().unwrap().to_owned(),
        }
    }

    /// Takes the next step; gives its sentences.
    fn step(&mut self, number: usize) -> String {
        let step = self.data["steps"][number].clone();
        self.switches += step[1].as_u64().unwrap() & 1;
        self.time += step[2].as_i64().unwrap();
        for (table, changed) in self.rows.iter_mut().zip(&step.as_array().unwrap()[4..7]) {
            for row in changed.as_array().unwrap() {
                let place = place(&row[0]);
                table.resize(table.len().max(place + 1), Value::Null);
                table[place] = row.clone();
            }
        }
        step[3].as_array().unwrap().iter().map(|text| self.text(text)).collect::<Vec<_>>().join(" ")
    }

    fn threads(&self) -> Vec<Vec<String>> {
        let row = |row: &Value| {
            let [sign, word, alive] = [0, 2, 3].map(|part| &self.data["states"][place(&row[2])][part]);
            let line = row[3].as_u64().filter(|line| *line > 0 && alive.as_bool().unwrap());
            vec![
                format!("{}{}", letter(&row[0]), self.text(&row[1])),
                format!("{} {}", sign.as_str().unwrap(), word[0].as_str().unwrap()),
                line.map_or_else(String::new, |line| line.to_string()),
                self.text(&row[4]),
                letter(&row[5]),
                self.text(&row[6]),
            ]
        };
        self.rows[0].iter().map(row).collect()
    }

    fn objects(&self) -> Vec<Vec<String>> {
        let row = |row: &Value| vec![self.text(&row[1]), self.text(&row[2]), self.text(&row[3]), letters(&row[5])];
        self.rows[1].iter().map(row).collect()
    }

    fn variables(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<_> = self.rows[2].iter().map(|row| vec![self.text(&row[1]), self.text(&row[2])]).collect();
        rows.sort();
        rows
    }
}

/// The page tells, step by step, what the model shows.
fn assert_tells(run: &Recording, name: &str) {
    let mut tables = Tables::of(&page(run, Lang::En));
    let mut model = Model::default();
    for number in 0..=run.history.last_step().0 {
        let before = model.clone();
        let events: Vec<_> = run.history.events_of(Step(number)).collect();
        for event in &events {
            model.apply(event);
        }
        let told = tables.step(number as usize);
        let findings: Vec<_> = run.history.all_findings().iter().filter(|it| it.step.0 == number).cloned().collect();
        let scene =
            Scene { events: &events, before: &before, after: &model, findings: &findings, threads: Threads::Simulated };
        assert_eq!(told, Words::new(Lang::En).narrate(&scene), "{name}, step {number}");
        assert_eq!(tables.threads(), threads_of(&model), "{name}, step {number}");
        assert_eq!(tables.objects(), objects_of(&model), "{name}, step {number}");
        assert_eq!(tables.variables(), variables_of(&model), "{name}, step {number}");
        assert_eq!(tables.switches, u64::from(model.switches), "{name}, step {number}");
        assert_eq!(tables.time, i64::try_from(model.now.0).unwrap(), "{name}, step {number}");
    }
    let holders: Vec<i64> = tables.rows[1].iter().map(|row| row[4].as_i64().unwrap()).collect();
    for (object, holder) in model.objects().filter(|object| object.kind.is_primitive()).zip(holders) {
        if let ObjectState::Lock { owner, .. } = object.state {
            assert_eq!(holder, owner.map_or(-1, |owner| i64::from(owner.0)), "{name}");
        }
    }
}

#[test]
fn all_who_have_a_place_of_a_semaphore_are_told() {
    let run = super::common::semaphore();
    let data = data(&page(&run, Lang::En));
    let rows = data["steps"].as_array().unwrap().iter().flat_map(|step| step[5].as_array().unwrap());
    let most = rows.filter_map(|row| row.get(6)).map(|holders| holders.as_array().unwrap().len()).max();
    assert_eq!(most, Some(5), "five places, and more cars than that");
}

#[test]
fn every_step_of_the_page_is_the_one_of_the_model() {
    let catalogue = Catalogue::embedded();
    for found in catalogue.scenarios() {
        for variant in &found.variants {
            let name = format!("{}/{}", found.id, variant.id);
            assert_tells(&scenario(&name, 5), &name);
        }
    }
    for text in PROGRAMS.into_iter().chain([HOSTILE]) {
        assert_tells(&program(text, 1), text);
    }
}

/// What the catalogue has little of: queues, barriers, events, semaphores, attributes, names that come late.
const PROGRAMS: [&str; 3] = [
    include_str!("../python/threads.py"),
    include_str!("../narration/buffer.py"),
    "
import threading, queue
class Account:
    def __init__(self, name):
        self.name, self.balance, self.lock = name, 0, threading.RLock()
    def add(self, n):
        with self.lock:
            self.balance += n
accounts = [Account('a'), Account('b')]
items, places, door, go = queue.LifoQueue(2), threading.BoundedSemaphore(2), threading.Barrier(2), threading.Event()
locks = {}
def work(me):
    go.wait()
    with places:
        locks[me] = threading.Lock()
        late = locks[me]
        with late:
            accounts[me].add(me)
        items.put(me)
    door.wait()
    accounts[1 - me].balance = me
    print(items.get(), end=' ')
threads = [threading.Thread(target=work, args=(k,), daemon=k == 0) for k in range(2)]
for t in threads: t.start()
go.set()
for t in threads: t.join()
del locks[0]
renamed = items
",
];
