//! No screen speaks two languages at once: every screen, pane, menu and message in Chinese is searched for English, and
//! in English for Chinese.

use crate::challenge::{Class, way};
use crate::languages::{Allowed, chinese};
use crate::{Desk, loaded};
use lockstep::event::{Choice, Decision, Event, Sink};
use lockstep::explore::Progress;
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::{self, SchedulerKind};
use lockstep::session::Batch;
use lockstep::tui::screens::explore::Told;
use lockstep::tui::{App, Effect, Msg};
use lockstep::words::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;

/// There is hardly room for anything here: words are cut where they may.
const SMALL: (u16, u16) = (40, 10);

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 32), (200, 60)];

/// Keys that lead from the stage to what it can show, and back: each is pressed on a stage of its own.
const STAGE: &[&str] = &[
    "",
    "<Left>",
    "g",
    "g<Right><Right><Right>",
    "zz",
    "s",
    "a",
    "b",
    "b<Enter>",
    "b<Down><Enter>",
    "v",
    "w",
    "r",
    "R",
    "f",
    "/",
    "/xyzzy<Enter>",
    "y",
    "S",
    "o",
    "E",
    "?",
    "?<Down><Down>",
    ":",
    ":<Down>",
    "0",
    "1",
    "2",
    "9",
    "<Enter>",
    "t",
    "[",
    "]",
    ">",
    "<",
    "+",
    "-",
    " ",
    "e",
    "<S-Right>",
    "<S-Left>",
    "P",
    "H",
    "c",
    "d",
    "p",
    "i",
    "z",
    "<Tab>z",
    "<Tab><Tab>z",
    "<Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab><Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>z",
    "<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>z",
];

/// The same in the gallery.
const GALLERY: &[&str] = &[
    "",
    "<Down>",
    "<Down><Down><Enter>",
    "<Tab>",
    "<Tab><Down>",
    "G",
    "?",
    ":",
    "o",
    "/",
    "/xyzzy",
    "x",
    "p",
    "c",
    "d",
    "t",
    "z",
];

/// The same where all interleavings are.
const EXPLORE: &[&str] = &["", "<Down>", "G", "<Tab>", "<Tab><Down>", "p", "w", "?", ":", "y", "o", "z", "<Enter>"];

/// What is wrong on any screen, once each.
#[derive(Default)]
struct Found(BTreeSet<String>);

impl Found {
    /// Looks at the screen, which is in the language.
    fn look(&mut self, desk: &Desk, allowed: &Allowed, place: &str) {
        let shown = desk.screen();
        let wrong = match desk.app.words.lang() {
            Lang::Zh => allowed.english(&shown),
            Lang::En => chinese(&shown),
        };
        self.0.extend(wrong.into_iter().map(|what| format!("{place}: {what}")));
    }

    #[track_caller]
    fn nothing(self) {
        let found: Vec<String> = self.0.into_iter().collect();
        assert!(found.is_empty(), "{}\n{} lines", found.join("\n"), found.len());
    }
}

/// The variants of all scenarios.
fn targets() -> Vec<Target> {
    let catalogue = Catalogue::embedded();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| {
        (0..scenario.variants.len()).map(|index| Target::Variant { scenario: Arc::clone(scenario), index })
    });
    variants.collect()
}

/// Keeps a run.
#[derive(Default)]
struct Kept(Batch);

impl Sink for Kept {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.0.events.push(event);
    }

    fn decided(&mut self, decision: &Decision) {
        if let Decision::Choice(choice) = decision {
            let choice: Choice = *choice;
            self.0.choices.push(choice);
        }
    }
}

/// A run of a program, cut off when it is long.
fn ran(target: &Target, seed: u64) -> Batch {
    let program = compile(&target.source(), &Parameters::default()).program.unwrap();
    let mut kept = Kept::default();
    let mut world = World::new(program, Options { seed, ..Options::default() }, &mut kept);
    let mut scheduler = sched::build(SchedulerKind::Random, seed);
    let how = Drive { max_steps: Some(300), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, &mut kept).unwrap();
    kept.0
}

fn speak(desk: &mut Desk, lang: Lang) {
    if desk.app.words.lang() != lang {
        desk.press("L");
    }
}

/// A stage in this language with a run that is over.
fn stage(target: &str, lang: Lang, size: (u16, u16), batch: Batch) -> Desk {
    let mut desk = Desk { app: App::new(size), effects: Vec::new() };
    speak(&mut desk, lang);
    desk.send(Msg::Opened(Box::new(crate::loaded(target))));
    desk.steps(batch);
    desk
}

fn allowed(target: &Target) -> Allowed {
    Allowed::names().program(&target.source().text).also(&target.name())
}

/// What Python says of the exceptions of a run.
fn exceptions(batch: &Batch) -> String {
    let told = batch.events.iter().map(|event| format!("{:?}", event.kind));
    let messages = told.filter_map(|told| told.split_once("Error: ").map(|(_, message)| message.to_owned()));
    messages.map(|message| message.split(['"', '\\']).next().unwrap_or("").to_owned() + " ").collect()
}

/// Every variant in both languages, as it ends and at some places before.
#[test]
fn runs_of_all_scenarios() {
    let mut found = Found::default();
    for target in targets() {
        let name = target.name();
        for (seed, size) in [(1, (120, 32)), (2, (80, 24))] {
            let batch = ran(&target, seed);
            let allowed = allowed(&target).also(&exceptions(&batch));
            for lang in Lang::ALL {
                let mut desk = stage(&name, lang, size, batch.clone());
                for keys in ["", "<S-Left>", "<S-Left>", "<Left><Left><Left>", "g", "<Right>", "<S-Right>", "<S-Right>"]
                {
                    desk.press(keys);
                    found.look(&desk, &allowed, &format!("{name} {seed} {lang} {keys}"));
                }
            }
        }
    }
    found.nothing();
}

#[test]
fn everything_the_stage_can_show() {
    let mut found = Found::default();
    for name in ["philosophers/naive", "bounded-buffer"] {
        let target = Target::resolve(name, &Catalogue::embedded()).unwrap();
        let batch = ran(&target, 1);
        let variants =
            targets().iter().fold(allowed(&target).also("xyzzy"), |known, target| known.also(&target.name()));
        for keys in STAGE {
            for lang in Lang::ALL {
                for size in [SMALL].into_iter().chain(SIZES).filter(|size| lang == Lang::Zh || *size == SIZES[1]) {
                    let mut desk = stage(name, lang, size, batch.clone());
                    desk.press(keys);
                    let mut allowed = variants.clone();
                    if *keys == "]" {
                        // Where a comment begins is out of sight.
                        allowed = allowed.also(&target.source().text);
                    }
                    found.look(&desk, &allowed, &format!("{name} {lang} {keys}"));
                }
            }
        }
    }
    found.nothing();
}

#[test]
fn everything_the_gallery_can_show() {
    let mut found = Found::default();
    let all = targets().iter().fold(Allowed::names().also("xyzzy Barrier"), |known, target| {
        known.also(&target.name()).program(&target.source().text)
    });
    for keys in GALLERY {
        for lang in Lang::ALL {
            for size in SIZES {
                let mut desk = Desk { app: App::new(size), effects: Vec::new() };
                speak(&mut desk, lang);
                desk.press(keys);
                found.look(&desk, &all, &format!("gallery {lang} {keys}"));
            }
        }
    }
    for (index, target) in targets().iter().enumerate() {
        let mut desk = Desk { app: App::new((120, 60)), effects: Vec::new() };
        speak(&mut desk, Lang::Zh);
        desk.press(&"<Down>".repeat(index));
        found.look(&desk, &all, &format!("gallery: {index} {}", target.name()));
    }
    found.nothing();
}

/// Does what the app asks of the explorer.
fn explored(desk: &mut Desk) {
    for effect in std::mem::take(&mut desk.effects) {
        if let Effect::Survey(explorer, counted) = effect {
            let result = explorer.run(&Progress::default());
            desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, result, counted)))));
        }
    }
}

#[test]
fn all_interleavings() {
    let mut found = Found::default();
    for name in ["philosophers/naive", "counter/race", "counter/locked", "peterson", "bounded-buffer"] {
        let target = Target::resolve(name, &Catalogue::embedded()).unwrap();
        for lang in Lang::ALL {
            for size in SIZES {
                let mut desk = stage(name, lang, size, Batch::default());
                desk.press("x");
                found.look(&desk, &allowed(&target), &format!("{name} {lang} searching"));
                explored(&mut desk);
                for keys in EXPLORE {
                    desk.press(keys);
                    explored(&mut desk);
                    found.look(&desk, &allowed(&target), &format!("{name} {lang} x {keys}"));
                    desk.press("<Esc>");
                    if desk.app.screen != lockstep::tui::Screen::Explore {
                        desk.press("x");
                        explored(&mut desk);
                    }
                }
            }
        }
    }
    found.nothing();
}

/// The same where two variants stand side by side.
const COMPARE: &[&str] = &[
    "", "g", "<Enter>", "<Enter>", "<Enter>", "<Enter>", "G", "<Left>", "<Tab>", "v", "?", ":", "y", "o", "x", " ", "]",
];

#[test]
fn two_variants_side_by_side() {
    let mut found = Found::default();
    let all = targets();
    let known = all.iter().fold(Allowed::names(), |known, target| known.also(&target.name()));
    let known = all.iter().fold(known, |known, target| known.also(&target.source().text));
    for scenario in Catalogue::embedded().scenarios() {
        let target = Target::Variant { scenario: Arc::clone(scenario), index: 0 };
        let (name, batch) = (target.name(), ran(&target, 1));
        let known = known.clone().also(&exceptions(&batch)).also("Semaphore released too many times");
        for (lang, size) in [(Lang::Zh, (80, 24)), (Lang::Zh, (60, 16)), (Lang::En, (120, 32))] {
            let mut desk = stage(&name, lang, size, batch.clone());
            desk.press("d");
            found.look(&desk, &known, &format!("{name} {lang} being loaded"));
            crate::compare::serve(&mut desk);
            for keys in COMPARE {
                desk.press(keys);
                crate::compare::serve(&mut desk);
                found.look(&desk, &known, &format!("{name} {lang} d {keys}"));
                if !desk.app.overlays.is_empty() {
                    desk.press("<Esc>");
                }
            }
        }
    }
    found.nothing();
}

/// What a student goes through, from the stage: questions with either answer, notes before, during and after the run, the
/// same for a whole room, and a challenge.
const STUDENT: &[&str] = &[
    "p",
    "p1<Enter>",
    "p2<Enter>",
    "p<Enter><Enter>",
    "p1<Enter>n",
    "p1<Enter>n1<Enter>",
    "p2<Enter>n2<Enter>",
    "p1<Enter>n2<Enter>n",
    "p?",
    "p1<Enter><Enter>",
    "p2<Enter>p",
    "i",
    "iz",
    "<Right><Right><Right><Right><Right>iz",
    "Gi",
    "Giz",
    "Giz<Down><Down><Down><Down><Down><Down><Down><Down>",
    "P",
    "Pi",
    "<Right><Right><Right><Right><Right>P",
    "<Right><Right><Right><Right><Right>Pi",
    "GP",
    "GPi",
    "P?",
    "c",
    "c<Enter>",
    "c<Enter>?",
    "c<Enter><Right>",
    "c<Enter>H",
    "c<Enter><Right>H",
    "c<Down><Enter>H",
    "c<Enter><Esc>",
    "c<Enter>c",
    "c<Enter>HP",
    "c<Enter><Right>iz",
    "d",
    "dG",
    "dx",
    "ds",
    "q",
    "Gq",
    "q?",
];

/// The same names stand in the menus and in what is told of other variants.
fn allowed_beside(target: &Target) -> Allowed {
    targets().iter().fold(allowed(target), |known, other| known.also(&other.name()).program(&other.source().text))
}

fn class(name: &str, lang: Lang, size: (u16, u16)) -> Class {
    let mut class = Class::new(size, loaded(name));
    if class.desk.app.words.lang() != lang {
        class.press("L");
    }
    class
}

#[test]
fn what_a_student_goes_through() {
    let mut found = Found::default();
    for name in ["counter/race", "deadlock/opposite", "deadlock/ordered"] {
        let target = Target::resolve(name, &Catalogue::embedded()).unwrap();
        for keys in STUDENT {
            // What lies on a program hides where its comments begin.
            let known = allowed_beside(&target);
            let known = if keys.ends_with('?') { known.also(&target.source().text) } else { known };
            for (lang, size) in [(Lang::En, (120, 32)), (Lang::Zh, (80, 24))] {
                let mut class = class(name, lang, size);
                class.press(keys);
                found.look(&class.desk, &known, &format!("{name} {lang} {keys}"));
            }
        }
    }
    found.nothing();
}

/// Won, with what the gallery says of it, and lost, or proved to be impossible, with every step until then.
#[test]
fn how_a_challenge_ends() {
    let mut found = Found::default();
    for name in ["counter/race", "deadlock/opposite", "deadlock/ordered"] {
        let known = allowed_beside(&Target::resolve(name, &Catalogue::embedded()).unwrap());
        for lang in Lang::ALL {
            for size in [(80, 24), (120, 32)] {
                let mut class = class(name, lang, size);
                class.press("p1<Enter>sc<Enter>");
                way(&mut class);
                for keys in ["", "i", "P", "P<Esc>", "q", "?"] {
                    class.press(keys);
                    found.look(&class.desk, &known, &format!("{name} {lang} won {keys}"));
                }
                let mut class = self::class(name, lang, size);
                class.press("c<Enter>");
                for step in 0..60 {
                    class.press(["1", "1", "2", "0", "3"][step % 5]);
                    found.look(&class.desk, &known, &format!("{name} {lang} step {step}"));
                }
                class.press("H");
                found.look(&class.desk, &known, &format!("{name} {lang} H at the end"));
            }
        }
    }
    found.nothing();
}
