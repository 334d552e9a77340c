//! Two programs under one schedule: what each choice comes to on either side, and where they part.

#![allow(clippy::unwrap_used)]

use lockstep::event::{End, Event, EventKind, NoSink, Schedule, ThreadState};
use lockstep::explore::Progress;
use lockstep::ids::Step;
use lockstep::kernel::sim::{Drive, Status, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::{History, Model};
use lockstep::report::diff::{Paired, Relation};
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::{Replay, build};
use lockstep::session::{AFTERWARDS, Duel, Options, Origin, Pair, Start, pair};
use lockstep::source::Source;
use lockstep::words::{Lang, Words};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

fn program(text: &Arc<Source>) -> Arc<Program> {
    compile(text, &Parameters::default()).program.unwrap()
}

fn start(target: &str) -> Start {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    Start::new(program(&target.source()))
}

fn start_of(text: &str) -> Start {
    Start::new(program(&Arc::new(Source::new("test.py", text))))
}

fn duel(one: &str, other: &str) -> Duel {
    Duel { starts: [start(one), start(other)], search: [true; 2] }
}

fn run(duel: &Duel) -> Pair {
    duel.run(&Progress::default())
}

/// What a side did in a step, without what it means.
fn told(history: &History, step: Step, words: &Words) -> String {
    let dids = history.events_of(step).filter_map(|event| match &event.kind {
        EventKind::Did { action, outcome } => Some(words.did(event.thread, action, outcome, history.head())),
        _ => None,
    });
    words.sentences(&dids.collect::<Vec<_>>())
}

/// Each row on a line: a star where there is something new, then both sides.
fn table(paired: &Paired) -> String {
    let words = Words::new(Lang::En);
    let rows = paired.rows.iter().map(|row| {
        let [left, right] = [0, 1].map(|side| match (row.made[side], row.relation) {
            (true, _) => told(&paired.histories[side], row.at[side], &words),
            (false, Relation::Over(_)) => "(over)".to_owned(),
            (false, _) => "(held up)".to_owned(),
        });
        let sign = if row.relation == Relation::Same { "=" } else { "/" };
        format!("{} {left:<24} {sign} {right}\n", if row.notable { "*" } else { " " })
    });
    rows.collect()
}

fn compared(one: &str, other: &str) -> (Paired, String) {
    let paired = Paired::of(run(&duel(one, other)));
    let table = table(&paired);
    (paired, table)
}

#[test]
fn a_lock_holds_up_whoever_would_have_read_the_old_value() {
    let (paired, table) = compared("counter/race", "counter/locked");
    insta::assert_snapshot!("counter", table);
    assert_eq!((paired.origin, paired.first_difference(), paired.cut), (Origin::Losing(0), Some(4), false));
}

#[test]
fn whoever_takes_the_smaller_fork_first_is_held_up_where_the_circle_would_close() {
    let (paired, table) = compared("philosophers/naive", "philosophers/ordered");
    insta::assert_snapshot!("philosophers", table);
    assert_eq!(paired.first_difference(), Some(5));
}

#[test]
fn one_order_for_all_holds_up_the_second_one() {
    let (paired, table) = compared("deadlock/opposite", "deadlock/ordered");
    insta::assert_snapshot!("deadlock", table);
    let first = paired.rows[paired.first_difference().unwrap()];
    assert_eq!((first.relation, first.made), (Relation::Passed(1), [true, false]));
}

#[test]
fn a_fixed_program_is_led_by_the_schedule_on_which_the_other_one_loses() {
    let paired = Paired::of(run(&duel("deadlock/ordered", "deadlock/opposite")));
    assert_eq!(paired.origin, Origin::Losing(1));
    let other_way = Paired::of(run(&duel("deadlock/opposite", "deadlock/ordered"))).swapped();
    // Who is named first matters only when the schedule is used up.
    let scheduled = paired.scheduled.min(other_way.scheduled);
    assert_eq!(paired.rows[..scheduled], other_way.rows[..scheduled]);
    assert_eq!(other_way.origin, Origin::Losing(1));
}

/// All variants, by scenario.
static VARIANTS: LazyLock<Vec<Vec<Start>>> = LazyLock::new(|| {
    let catalogue = Catalogue::embedded();
    let scenarios = catalogue.scenarios().iter().map(|scenario| {
        let targets =
            (0..scenario.variants.len()).map(|index| Target::Variant { scenario: Arc::clone(scenario), index });
        targets.map(|target| Start::new(program(&target.source()))).collect()
    });
    scenarios.collect()
});

/// What happens when these choices are made in a world of their own.
fn remade(start: &Start, choices: &Schedule) -> Vec<Event> {
    let mut events = Vec::new();
    let options = Options { seed: start.seed, ..start.options.clone() };
    let mut world = World::new(Arc::clone(&start.program), options, &mut events);
    for choice in choices {
        settle(&mut world, &mut events);
        world.apply(choice, &mut events).unwrap();
    }
    settle(&mut world, &mut events);
    events
}

fn settle(world: &mut World, events: &mut Vec<Event>) {
    while !world.is_running() {
        match world.status() {
            Status::AwaitingInput { .. } => world.give_input(None, events),
            Status::Busy => world.resume(events),
            Status::Running | Status::Ended(_) => break,
        }
    }
}

/// Both tapes are those of runs, every row stands where its steps end, and every position folds.
fn check(duel: &Duel, pair: Pair) {
    for (side, run) in pair.runs.iter().enumerate() {
        let choices: Schedule = run.choices.iter().copied().collect();
        assert_eq!(remade(&duel.starts[side], &choices), run.events);
        let made = pair.rows.iter().filter(|row| row.made[side]).count();
        assert_eq!(made, run.choices.len());
    }
    let rows = pair.rows.clone();
    let mut at = [Step(0); 2];
    for row in &rows {
        assert!(row.made.contains(&true));
        for side in [0, 1] {
            at[side].0 += u32::from(row.made[side]);
        }
        assert_eq!(row.at, at);
    }
    let events = pair.runs.clone().map(|run| run.events);
    let mut paired = Paired::of(pair);
    for (side, events) in events.iter().enumerate() {
        for step in [Step(0), Step(at[side].0 / 2), at[side]] {
            let mut model = Model::default();
            events.iter().take_while(|event| event.step <= step).for_each(|event| model.apply(event));
            paired.histories[side].seek(step);
            assert_eq!(format!("{:?}", paired.histories[side].model()), format!("{model:?}"));
        }
    }
    let swapped = paired.clone().swapped();
    assert_eq!(swapped.first_difference(), paired.first_difference());
    assert_eq!(swapped.swapped().rows, paired.rows);
}

/// A run that goes wrong, if one of a few does.
fn losing(start: &Start) -> Schedule {
    let mut schedule = Schedule::new();
    for seed in 1..=20 {
        schedule = Schedule::new();
        let mut world = World::new(Arc::clone(&start.program), Options { seed, ..start.options.clone() }, &mut NoSink);
        let how = Drive { max_steps: Some(1000), record: Some(&mut schedule), ..Drive::default() };
        let end = drive(&mut world, &mut *build(start.scheduler, seed), how, &mut NoSink).unwrap();
        if end == End::Deadlock || world.threads().any(|thread| thread.state == ThreadState::Failed) {
            break;
        }
    }
    schedule
}

#[test]
fn every_two_variants_of_a_scenario_can_be_compared() {
    for scenario in &*VARIANTS {
        for (place, left) in scenario.iter().enumerate() {
            let left = Start { schedule: Some(losing(left)), ..left.clone() };
            let alone = Duel { starts: [left.clone(), left.clone()], search: [false; 2] };
            let made = run(&alone);
            assert_eq!(Paired::of(made.clone()).first_difference(), None, "it is the same program");
            check(&alone, made);
            for right in scenario.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, right)| right) {
                let duel = Duel { starts: [left.clone(), right.clone()], search: [false; 2] };
                check(&duel, run(&duel));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_left_run_is_the_run_alone(scenario: prop::sample::Index, left: prop::sample::Index, right: prop::sample::Index, seed: u64, steps in 0_u64..60) {
        let scenario = scenario.get(&VARIANTS[..]);
        let (left, right) = (Start { seed, ..left.get(scenario).clone() }, Start { seed, ..right.get(scenario).clone() });
        // Somebody has run it for so many steps …
        let mut schedule = Schedule::new();
        let mut world = World::new(Arc::clone(&left.program), Options { seed, ..left.options.clone() }, &mut NoSink);
        let how = Drive { max_steps: Some(steps), record: Some(&mut schedule), ..Drive::default() };
        drive(&mut world, &mut *build(left.scheduler, seed), how, &mut NoSink).unwrap();
        // … and the rest is made by the rule.
        let mut alone: Vec<Event> = Vec::new();
        let mut world = World::new(Arc::clone(&left.program), Options { seed, ..left.options.clone() }, &mut alone);
        let mut scheduler = Replay::new(&schedule, build(if schedule.is_empty() { left.scheduler } else { AFTERWARDS }, seed));
        let how = Drive { max_steps: Some(8000), ..Drive::default() };
        drive(&mut world, &mut scheduler, how, &mut alone).unwrap();
        let duel = Duel { starts: [Start { schedule: Some(schedule), ..left }, right], search: [false; 2] };
        let pair = run(&duel);
        let events = &pair.runs[0].events;
        prop_assert_eq!(&alone[..events.len()], &events[..]);
        prop_assert!(pair.cut || events.len() == alone.len());
    }
}

#[test]
fn a_thread_that_is_nowhere_else_is_passed_over() {
    let text = |threads: u32| {
        format!(
            "from threading import Thread\nn = 0\ndef f():\n    global n\n    n += 1\nfor _ in range({threads}):\n    Thread(target=f).start()\n"
        )
    };
    let starts = [start_of(&text(2)), start_of(&text(1))];
    let duel = Duel { starts, search: [false; 2] };
    let made = run(&duel);
    assert!(made.rows.iter().any(|row| row.choice.thread.letter() == "B" && row.made == [true, false]));
    check(&duel, made);
}

#[test]
fn a_run_without_an_end_is_given_up() {
    let endless = "n = 0\nfrom threading import Thread\ndef f():\n    global n\n    while True:\n        n += 1\nThread(target=f).start()\n";
    let duel = Duel { starts: [start_of(endless), start_of("print(1)\n")], search: [false; 2] };
    let made = run(&duel);
    assert!(made.cut && made.rows.len() == 5000, "{}", made.rows.len());
    check(&duel, made);
}

#[test]
fn a_program_that_asks_for_lines_gets_those_that_were_typed_and_then_the_end() {
    let text = "a = input()\nb = input()\n";
    let with_line = |line: &str| Start { inputs: vec![line.into()], ..start_of(text) };
    let duel = Duel { starts: [with_line("x"), with_line("y")], search: [false; 2] };
    let paired = Paired::of(run(&duel));
    assert_eq!(paired.first_difference(), Some(0));
    assert!(paired.histories.iter().all(|history| history.head().threads[0].exception.is_some()));
}

#[test]
fn it_is_made_beside_and_a_panic_is_a_result() {
    let pairing = pair(duel("deadlock/opposite", "deadlock/ordered"), |pair| pair.rows.len());
    assert_eq!(pairing.made().recv_timeout(Duration::from_mins(1)), Ok(Ok(16)));
    let broken = pair::<()>(duel("deadlock/opposite", "deadlock/ordered"), |pair| panic!("{} rows", pair.rows.len()));
    assert_eq!(broken.made().recv_timeout(Duration::from_mins(1)), Ok(Err("16 rows".to_owned())));
}
