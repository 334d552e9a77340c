use super::super::history::History;
use super::super::testing::World;
use super::*;
use crate::event::{Event, EventKind};
use proptest::prelude::*;

/// What a thread was doing at the end of every step, and the steps it made: by going through all events.
fn naive(events: &[Event], thread: ThreadId, end: u32) -> (Vec<Option<Activity>>, Vec<bool>) {
    let mut states = vec![None; end as usize];
    let mut ran = vec![false; end as usize];
    for event in events.iter().filter(|event| event.thread == thread) {
        let step = event.step.0 as usize;
        match event.kind {
            EventKind::State(state) => states[step..].fill(Some(Activity::of(state))),
            EventKind::Did { .. } => ran[step] = true,
            _ => {}
        }
    }
    (states, ran)
}

fn naive_column(states: &[Option<Activity>], ran: &[bool]) -> Column {
    let ran = u32::try_from(ran.iter().filter(|ran| **ran).count()).unwrap();
    let mut times = std::collections::BTreeMap::<Activity, u32>::new();
    for state in states.iter().flatten() {
        *times.entry(*state).or_default() += 1;
    }
    if ran > 0 {
        let ready = times.remove(&Activity::Ready).unwrap_or(0);
        times.insert(Activity::Running, ready.max(ran));
    }
    let longest = times.into_iter().max_by_key(|(kind, time)| (*time, *kind == Activity::Running, *kind));
    Column { activity: longest.map(|(kind, _)| kind), ran }
}

/// Who holds an object at the end of every step.
fn naive_holds(history: &mut History, object: ObjectId, end: u32) -> Vec<Vec<ThreadId>> {
    (0..end)
        .map(|step| {
            history.seek(Step(step));
            let holders =
                history.model().threads.iter().filter(|thread| thread.holds.iter().any(|(id, _)| *id == object));
            holders.map(|thread| thread.id).collect()
        })
        .collect()
}

fn recorded(steps: u32, seed: u64) -> (History, World) {
    let mut world = World::new(4, seed);
    world.run(steps);
    let mut history = History::new();
    history.push(&world.events, &world.choices);
    (history, world)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_cell_is_what_counting_gives(seed: u64, from in 0u32..600, length in 1u32..700, columns in 1usize..120) {
        let (history, world) = recorded(600, seed);
        let end = history.timeline().len();
        for thread in (0..5).map(ThreadId) {
            let (states, ran) = naive(&world.events, thread, end);
            let steps = Step(from)..Step(from + length);
            let row = history.timeline().row(thread, steps.clone(), columns);
            prop_assert_eq!(row.len(), columns);
            for (cell, column) in history.timeline().cells(steps, columns).into_iter().zip(row) {
                let cell = cell.start as usize..cell.end as usize;
                prop_assert_eq!(column, naive_column(&states[cell.clone()], &ran[cell.clone()]), "{:?}", cell);
            }
        }
    }

    #[test]
    fn who_held_what_is_what_going_there_shows(seed: u64, from in 0u32..300, length in 1u32..300, columns in 1usize..60) {
        let (mut history, _) = recorded(300, seed);
        let end = history.timeline().len();
        for object in (0..3).map(ObjectId) {
            let holders = naive_holds(&mut history, object, end);
            let steps = Step(from)..Step(from + length);
            let cells = history.timeline().cells(steps.clone(), columns);
            for thread in (0..5).map(ThreadId) {
                let row = history.timeline().held_row(thread, object, steps.clone(), columns);
                for (cell, held) in cells.iter().zip(row) {
                    let held_there = holders[cell.start as usize..cell.end as usize].iter().any(|all| all.contains(&thread));
                    prop_assert_eq!(held, held_there, "{:?} {:?} {:?}", thread, object, cell);
                }
            }
            let row = history.timeline().holder_row(object, steps, columns);
            for (cell, holder) in cells.iter().zip(row) {
                let last = holders[cell.start as usize..cell.end as usize].iter().rev().find(|all| !all.is_empty());
                prop_assert_eq!(holder.is_some(), last.is_some());
                prop_assert!(holder.is_none_or(|holder| last.is_some_and(|all| all.contains(&holder))));
            }
        }
    }
}

#[test]
fn neighbours_show_the_same_step_when_there_is_more_room_than_steps() {
    let (history, _) = recorded(10, 3);
    let narrow = history.timeline().row(ThreadId(1), Step(0)..Step(5), 5);
    let wide = history.timeline().row(ThreadId(1), Step(0)..Step(5), 10);
    assert_eq!(narrow, wide.iter().step_by(2).copied().collect::<Vec<_>>());
    assert_eq!(narrow, wide.iter().skip(1).step_by(2).copied().collect::<Vec<_>>());
}

#[test]
fn outside_of_what_is_recorded_there_is_nothing() {
    let (history, _) = recorded(10, 3);
    let end = history.timeline().len();
    assert_eq!(history.timeline().row(ThreadId(1), Step(end)..Step(end + 9), 3), vec![Column::default(); 3]);
    assert_eq!(history.timeline().row(ThreadId(77), Step(0)..Step(9), 3), vec![Column::default(); 3]);
    assert_eq!(history.timeline().column(ThreadId(0), Step(0)..Step(0)).ran, 0);
}
