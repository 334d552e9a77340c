//! Every variant of every scenario is told completely: a brief and an explanation, notes that are heard, questions that
//! have an answer, and a picture of what there is.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]

use lockstep::event::{Event, Schedule};
use lockstep::explore::{Budget, Exploration, Explorer, Progress, Settings};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::History;
use lockstep::quiz::{self, Case};
use lockstep::scenario::{Asked, Catalogue, Note, SEEDS, Scenario, Target, Variant, fits};
use lockstep::sched::{Fifo, Replay, Scheduler, SchedulerKind, build};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// Few, because tests are slow without optimisation. One variant has more; what is asked of it is found before that.
const MAX_STATES: u64 = 30_000;

fn variants(catalogue: &Catalogue) -> impl Iterator<Item = (&Arc<Scenario>, &Variant)> {
    catalogue.scenarios().iter().flat_map(|scenario| scenario.variants.iter().map(move |variant| (scenario, variant)))
}

fn program(target: &str, catalogue: &Catalogue) -> Arc<Program> {
    let compiled = compile(&Target::resolve(target, catalogue).unwrap().source(), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{target}: {:?}", compiled.diagnostics))
}

fn explore(program: &Arc<Program>) -> Exploration {
    let options = Options { abstract_time: true, ..Options::default() };
    let budget = Budget { max_states: MAX_STATES, ..Budget::default() };
    let settings = Settings { budget, ..Settings::default() };
    Explorer::new(Arc::clone(program), options, settings).run(&Progress::default())
}

/// The tape of a run.
fn run(program: &Arc<Program>, notes: &Arc<[Note]>, seed: u64, scheduler: &mut dyn Scheduler) -> History {
    let mut events: Vec<Event> = Vec::new();
    let mut world = World::new(Arc::clone(program), Options { seed, ..Options::default() }, &mut events);
    let how = Drive { max_steps: Some(2_000), ..Drive::default() };
    drive(&mut world, scheduler, how, &mut events).unwrap();
    let mut history = History::with_notes(Arc::clone(notes));
    history.push(&events, &[]);
    history
}

fn told(history: &History) -> impl Iterator<Item = usize> + '_ {
    history.notes().up_to(history.last_step()).iter().map(|telling| telling.note as usize)
}

/// The notes that are told in the runs with the usual seeds, and on the ways that an exploration has found.
fn heard(program: &Arc<Program>, notes: &Arc<[Note]>, found: &Exploration) -> BTreeSet<usize> {
    let mut heard = BTreeSet::new();
    for seed in SEEDS {
        heard.extend(told(&run(program, notes, seed, build(SchedulerKind::Random, seed).as_mut())));
    }
    let ways = found.bugs.iter().map(|bug| &bug.witness).chain(found.outcomes.iter().map(|row| &row.witness));
    for way in ways {
        heard.extend(told(&along(program, notes, &way.schedule)));
    }
    heard
}

fn along(program: &Arc<Program>, notes: &Arc<[Note]>, schedule: &Schedule) -> History {
    run(program, notes, 1, &mut Replay::new(schedule, Box::new(Fifo::new())))
}

#[test]
fn every_variant_is_told_before_the_run_during_it_and_after_it() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue) {
        let target = format!("{}/{}", scenario.id, variant.id);
        for story in [&scenario.story.en, &scenario.story.zh] {
            let section = story.section(&variant.id).unwrap_or_else(|| panic!("{target}: no section"));
            assert!(!section.brief.is_empty() && !section.after.is_empty(), "{target}");
        }
        assert!((2..=5).contains(&variant.notes.len()), "{target}: {} notes", variant.notes.len());
        assert!((1..=3).contains(&variant.questions.len()), "{target}: {} questions", variant.questions.len());
    }
}

#[test]
fn every_note_can_be_heard_and_every_question_has_an_answer() {
    let catalogue = Catalogue::embedded();
    let mut wrong = String::new();
    for (scenario, variant) in variants(&catalogue) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let program = program(&target, &catalogue);
        let found = explore(&program);
        let notes: Arc<[Note]> = variant.notes.clone().into();
        let heard = heard(&program, &notes, &found);
        for (_, note) in notes.iter().enumerate().filter(|(place, _)| !heard.contains(place)) {
            writeln!(wrong, "{target}: nobody ever hears {:?} {}", note.when, note.text.en).unwrap();
        }
        let options = Options { abstract_time: true, ..Options::default() };
        let case = Case { program, options, inputs: Vec::new() };
        for question in &variant.questions {
            if let Err(flaw) = quiz::check(&case, &question.asked, &found) {
                writeln!(wrong, "{target}: {:?}: {flaw}", question.asked).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The moment at which a question is asked has something to ask about: the program is neither over nor at its beginning.
#[test]
fn questions_are_asked_in_the_middle_of_a_run() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let program = program(&target, &catalogue);
        let notes: Arc<[Note]> = Arc::default();
        for question in &variant.questions {
            let (Asked::Next { after } | Asked::Now { after, .. }) = &question.asked else { continue };
            let steps = along(&program, &notes, after).last_step().0;
            assert!(!after.is_empty() && after.len() < u64::from(steps), "{target}: {after}");
        }
    }
}

#[test]
fn pictures_name_what_there_is() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let history = run(&program(&target, &catalogue), &Arc::default(), 1, &mut Fifo::new());
        let model = history.model();
        for (role, patterns) in variant.picture.roles() {
            let known = variant.picture.widget.roles().iter().find(|known| known.name == role).unwrap();
            for pattern in patterns {
                let there = if known.threads {
                    model.threads.iter().any(|thread| fits(pattern, &thread.name))
                } else {
                    model.objects().any(|object| fits(pattern, &object.name))
                };
                assert!(there, "{target}: `{}`: nothing is called {pattern}", variant.picture);
            }
        }
    }
}

/// Notes and questions are shown in panes that may be narrow: short enough to be read at a glance.
#[test]
fn notes_and_questions_are_short() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue) {
        let notes = variant.notes.iter().map(|note| &note.text);
        for text in notes.chain(variant.questions.iter().filter_map(|question| question.text.as_ref())) {
            let (en, zh) = (text.en.chars().count(), text.zh.chars().count());
            assert!(en <= 150 && zh <= 75, "{}/{}: {en} and {zh}: {}", scenario.id, variant.id, text.en);
        }
    }
}
