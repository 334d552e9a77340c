use super::super::testing::{World, garbage};
use super::*;
use crate::event::Text;
use proptest::prelude::*;

/// The picture as text: two pictures are the same when nothing that can be seen differs.
fn shown(model: &Model) -> String {
    format!("{model:?}")
}

fn folded(events: &[Event], to: Step) -> Model {
    let mut model = Model::default();
    for event in events.iter().take_while(|event| event.step <= to) {
        model.apply(event);
    }
    model
}

fn recorded(steps: u32, threads: u32, seed: u64) -> (History, World) {
    let mut world = World::new(threads, seed);
    world.run(steps);
    let mut history = History::new();
    history.push(&world.events, &world.choices);
    (history, world)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_position_is_the_fold_of_its_prefix(seed: u64, threads in 1u32..6, seeks in prop::collection::vec(0u32..900, 1..12)) {
        let (mut history, world) = recorded(800, threads, seed);
        for step in seeks {
            history.seek(Step(step));
            prop_assert_eq!(shown(history.model()), shown(&folded(&world.events, Step(step))));
            prop_assert_eq!(history.at(), Step(step).min(history.last_step()));
        }
    }

    #[test]
    fn the_tape_gives_back_what_was_recorded(seed: u64, threads in 1u32..6, from in 0usize..2000, count in 0usize..300) {
        let (history, world) = recorded(500, threads, seed);
        let to = (from + count).min(world.events.len());
        let from = from.min(to);
        prop_assert_eq!(history.events(from..to).collect::<Vec<_>>(), world.events[from..to].to_vec());
        let step = world.events[from.min(world.events.len() - 1)].step;
        let of_step: Vec<Event> = world.events.iter().filter(|event| event.step == step).cloned().collect();
        prop_assert_eq!(history.events_of(step).collect::<Vec<_>>(), of_step);
    }

    #[test]
    fn what_was_cut_off_and_grown_again_is_as_if_recorded_at_once(seed: u64, other: u64, cut in 0u32..700, at in 0u32..700) {
        let (mut history, mut world) = recorded(700, 4, seed);
        history.seek(Step(at));
        history.truncate(Step(cut));
        prop_assert_eq!(history.at(), Step(at.min(cut)));
        world.go_back(Step(cut));
        let kept = world.events.len();
        world.reseed(other);
        world.run(300);
        history.push(&world.events[kept..], &world.choices[cut as usize..]);
        history.seek(history.last_step());
        let mut fresh = History::new();
        fresh.push(&world.events, &world.choices);
        prop_assert_eq!(history.events(0..usize::MAX).collect::<Vec<_>>(), world.events.clone());
        prop_assert_eq!(shown(history.head()), shown(fresh.head()));
        prop_assert_eq!(&history.marks, &fresh.marks);
        prop_assert_eq!(&history.notable, &fresh.notable);
        prop_assert_eq!(history.all_findings(), fresh.all_findings());
        prop_assert_eq!(history.schedule(history.last_step()), fresh.schedule(fresh.last_step()));
        prop_assert_eq!(format!("{:?}", history.output().lines(0..9999)), format!("{:?}", fresh.output().lines(0..9999)));
        let steps = Step(0)..Step(1001);
        for thread in (0..5).map(ThreadId) {
            prop_assert_eq!(
                history.timeline().row(thread, steps.clone(), 1001),
                fresh.timeline().row(thread, steps.clone(), 1001)
            );
            for object in (0..4).map(ObjectId) {
                prop_assert_eq!(
                    history.timeline().held_row(thread, object, steps.clone(), 77),
                    fresh.timeline().held_row(thread, object, steps.clone(), 77)
                );
            }
        }
    }

    #[test]
    fn nothing_that_stands_on_a_tape_makes_it_panic(events in prop::collection::vec(garbage(), 0..200), seek: u32) {
        let mut model = Model::default();
        for event in &events {
            model.apply(event);
        }
        model.variables().count();
        let mut history = History::new();
        history.push(&events, &[]);
        prop_assert_eq!(history.events(0..usize::MAX).count(), events.len());
        history.seek(Step(seek % 64));
        prop_assert!(history.output().tail(10).len() <= 10);
        prop_assert_eq!(history.timeline().row(ThreadId(0), Step(0)..Step(seek), 80).len(), 80);
        history.truncate(Step(seek % 8));
        history.push(&events, &[]);
    }

    #[test]
    fn a_tape_in_the_wrong_order_still_folds(seed: u64, swaps in prop::collection::vec((0usize..2000, 0usize..2000), 0..200)) {
        let mut world = World::new(4, seed);
        world.run(400);
        let count = world.events.len();
        for (a, b) in swaps {
            world.events.swap(a % count, b % count);
        }
        let mut history = History::new();
        history.push(&world.events, &[]);
        history.seek(Step(100));
    }
}

#[test]
fn checkpoints_stay_bounded_and_near() {
    let (mut history, world) = recorded(40_000, 3, 7);
    assert!(history.checkpoints.count() <= 256);
    assert!(history.checkpoints.count() > 60);
    history.seek(Step(31_234));
    assert_eq!(shown(history.model()), shown(&folded(&world.events, Step(31_234))));
}

#[test]
fn going_back_step_by_step_shows_every_picture() {
    let (mut history, world) = recorded(8_000, 20, 9);
    history.seek(Step(6_000));
    for step in (5_700..6_000).rev() {
        assert!(history.back());
        if step % 50 == 0 {
            assert_eq!(shown(history.model()), shown(&folded(&world.events, Step(step))));
        }
    }
    assert!(history.near.is_some());
    history.truncate(Step(100));
    assert!(history.near.is_none());
}

#[test]
fn stepping_moves_one_step_at_a_time_and_stops_at_both_ends() {
    let (mut history, _) = recorded(20, 2, 1);
    assert!(history.is_at_end() && !history.forward());
    let last = history.last_step();
    assert!(history.back());
    assert_eq!(history.at(), Step(last.0 - 1));
    assert_eq!(history.model().step, history.at());
    assert!(history.forward() && history.is_at_end());
    history.seek(Step(0));
    assert!(!history.back());
    assert_eq!(history.at(), Step(0));
}

#[test]
fn marks_are_found_in_both_directions() {
    let (mut history, _) = recorded(300, 3, 5);
    let blocks: Vec<u32> = (0..=300).filter(|step| history.marks(Step(*step)).intersects(Marks::BLOCK)).collect();
    assert!(blocks.len() > 3, "{blocks:?}");
    history.seek(Step(0));
    let mut forward = Vec::new();
    while let Some(step) = history.next_mark(Marks::BLOCK) {
        forward.push(step.0);
        history.seek(step);
    }
    assert_eq!(forward, blocks.iter().copied().filter(|step| *step > 0).collect::<Vec<_>>());
    assert_eq!(history.previous_mark(Marks::BLOCK), Some(Step(blocks[blocks.len() - 2])));
}

#[test]
fn a_search_finds_the_next_and_the_one_before() {
    let (history, _) = recorded(300, 3, 5);
    let prints =
        |event: &Event| matches!(&event.kind, EventKind::Did { action: crate::event::Action::Print { .. }, .. });
    let all: Vec<usize> = history
        .notable(0..history.notable_total())
        .enumerate()
        .filter(|(_, event)| prints(event))
        .map(|(i, _)| i)
        .collect();
    assert!(all.len() > 2);
    assert_eq!(history.find_first(prints), Some(all[0]));
    assert_eq!(history.find_next(all[0], prints), Some(all[1]));
    assert_eq!(history.find_previous(all[1], prints), Some(all[0]));
    assert_eq!(history.find_previous(all[0], prints), None);
}

/// A tape on which one thread prints these texts.
fn printed(texts: &[&str]) -> History {
    let mut world = World::new(0, 0);
    for text in texts {
        world.print(ThreadId::MAIN, Text::from(*text));
    }
    let mut history = History::new();
    history.push(&world.events, &world.choices);
    history
}

#[test]
fn output_is_read_by_line_at_any_position() {
    let mut history = printed(&["one\n", "two ", "", "and a half\nthree\n\n", "five"]);
    let lines = |history: &History| -> Vec<String> {
        history.output().lines(0..99).into_iter().map(|line| line.text).collect()
    };
    assert_eq!(lines(&history), ["one", "two and a half", "three", "", "five"]);
    assert_eq!(history.output().tail(2).iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["", "five"]);
    history.seek(Step(2));
    assert_eq!(lines(&history), ["one", "two "]);
    assert_eq!(history.output().len(), 8);
    assert_eq!(history.model().output_bytes, 8);
    history.seek(Step(0));
    assert!(history.output().is_empty() && history.output().tail(5).is_empty());
}

#[test]
fn an_endless_line_is_cut_off() {
    let long = "汉".repeat(3000);
    let history = printed(&[&long, &long, "\nnext"]);
    let lines = history.output().lines(0..9);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].text.len() <= LINE_BYTES_MAX && lines[0].text.len() > LINE_BYTES_MAX - 3);
    assert_eq!(lines[1].text, "next");
}
