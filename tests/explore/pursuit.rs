//! Shortest ways from where somebody stands, compared with the plainest search there is: on programs of textbook kind
//! along their witnesses, and on random programs after random steps.

use crate::common::{abstracted, program, settle, ways};
use crate::reference::{Cost, Knell, Plain, shortest};
use crate::shortest::random_program;
use crate::textbook::textbooks;
use lockstep::event::{Candidate, NoSink, Schedule};
use lockstep::explore::{
    Aim, Answer, BugKind, Close, Ending, Exploration, Explorer, Outcome, Progress, Pursuit, Settings, Stop, Witness,
};
use lockstep::kernel::sim::World;
use lockstep::lang::Program;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const WELL: Aim = Aim::End { close: Close::Well, values: BTreeMap::new() };

fn pursuit(program: &Arc<Program>, aim: Aim) -> Pursuit {
    Pursuit::new(Arc::clone(program), abstracted(), Settings::default(), aim)
}

fn ask(pursuit: &mut Pursuit, prefix: &Schedule) -> Answer {
    pursuit.ask(prefix, &Progress::default())
}

fn explore(program: &Arc<Program>) -> Exploration {
    Explorer::new(Arc::clone(program), abstracted(), Settings::default()).run(&Progress::default())
}

fn after(program: &Arc<Program>, prefix: &Schedule) -> World {
    let mut world = World::new(Arc::clone(program), abstracted(), &mut NoSink);
    settle(&mut world);
    for choice in prefix {
        world.apply(choice, &mut NoSink).unwrap();
        settle(&mut world);
    }
    world
}

/// Switches and steps that are left, when there is a way and it is known to be a shortest one.
fn left(answer: &Answer) -> Option<(u32, u32)> {
    match answer {
        Answer::Reached { .. } => Some((0, 0)),
        Answer::Reachable(way) => {
            assert!(way.shortest);
            assert_eq!(u64::from(way.steps), way.schedule.len());
            Some((way.switches, way.steps))
        }
        Answer::Unreachable { .. } => None,
        Answer::Unknown(stop) => panic!("{stop:?}"),
    }
}

fn aim_of(outcome: &Outcome) -> Option<Aim> {
    Some(Aim::End { close: Close::of(outcome)?, values: outcome.globals.clone() })
}

/// The cheapest of those witnesses.
fn par<'a>(witnesses: impl Iterator<Item = &'a Witness>) -> Option<(u32, u32)> {
    witnesses.map(|witness| (witness.switches, witness.steps)).min()
}

/// Every aim that an exploration knows, with its par and the witness of it.
fn aims(found: &Exploration) -> Vec<(Aim, (u32, u32), Schedule)> {
    let kinds: BTreeSet<BugKind> = found.bugs.iter().map(|bug| bug.kind).collect();
    let of_kind = |kind: BugKind| found.bugs.iter().filter(move |bug| bug.kind == kind).map(|bug| &bug.witness);
    let bugs = kinds.into_iter().map(|kind| (Aim::Bug(kind), par(of_kind(kind)), of_kind(kind).next()));
    let ends: BTreeSet<Aim> = found.outcomes.iter().filter_map(|row| aim_of(&row.outcome)).collect();
    let of_end = |aim: &Aim| {
        let aim = aim.clone();
        found.outcomes.iter().filter(move |row| aim_of(&row.outcome) == Some(aim.clone())).map(|row| &row.witness)
    };
    let ends = ends.into_iter().map(|aim| (aim.clone(), par(of_end(&aim)), of_end(&aim).next()));
    let all = bugs.chain(ends).chain([(
        Aim::Failure,
        par(found.bugs.iter().map(|bug| &bug.witness)),
        found.bugs.first().map(|bug| &bug.witness),
    )]);
    all.filter_map(|(aim, par, witness)| Some((aim, par?, witness?.schedule.clone()))).collect()
}

/// What it takes from every place on a schedule, each asked for by itself, and what that has to do with the next one.
fn along(program: &Arc<Program>, aim: &Aim, schedule: &Schedule) -> Vec<Option<(u32, u32)>> {
    let mut one = pursuit(program, aim.clone());
    // From the end to the beginning: nothing that was told helps.
    let mut left: Vec<_> = (0..=schedule.len()).rev().map(|len| left(&ask(&mut one, &schedule.prefix(len)))).collect();
    left.reverse();
    let choices: Vec<_> = schedule.iter().collect();
    for (place, pair) in left.windows(2).enumerate() {
        let switch = u32::from(place > 0 && choices[place].thread != choices[place - 1].thread);
        if let (before, Some((switches, steps))) = (pair[0], pair[1]) {
            let (before_switches, before_steps) = before.expect("a step leads to where one can go on");
            let by_this = (switches + switch, steps + 1);
            assert!((before_switches, before_steps) <= by_this, "{aim:?} {schedule} {place}");
        }
    }
    left
}

#[test]
fn par_is_what_the_witnesses_of_an_exploration_take() {
    for book in textbooks() {
        let found = explore(&book.program);
        for (aim, par, _) in aims(&found) {
            let answer = ask(&mut pursuit(&book.program, aim.clone()), &Schedule::new());
            assert_eq!(left(&answer), Some(par), "{} {aim:?}", book.name);
            let informed = ask(&mut pursuit(&book.program, aim.clone()).cyclic(found.cyclic), &Schedule::new());
            assert_eq!(informed, answer, "{} {aim:?}", book.name);
        }
    }
}

#[test]
fn what_is_left_of_a_shortest_way_is_a_shortest_way() {
    for book in textbooks() {
        let found = explore(&book.program);
        for (aim, par, witness) in aims(&found).into_iter().filter(|_| found.states < 2000).take(2) {
            let left = along(&book.program, &aim, &witness);
            // The first witness of a kind is the shortest.
            let mut spent = (0, 0);
            let mut last = None;
            for (place, choice) in witness.iter().enumerate() {
                assert_eq!(left[place], Some((par.0 - spent.0, par.1 - spent.1)), "{} {aim:?} {place}", book.name);
                spent = (spent.0 + u32::from(last.is_some_and(|last| last != choice.thread)), spent.1 + 1);
                last = Some(choice.thread);
            }
            assert_eq!(left.last(), Some(&Some((0, 0))), "{} {aim:?}", book.name);
        }
    }
}

#[test]
fn behind_the_point_of_no_return_no_good_end_can_be_reached() {
    for book in textbooks() {
        let found = explore(&book.program);
        for bug in found.bugs.iter().filter(|_| found.states < 2000) {
            let Some(turning) = bug.no_return_step else { continue };
            let left = along(&book.program, &WELL, &bug.witness.schedule);
            for (place, left) in left.iter().enumerate() {
                assert_eq!(left.is_none(), place >= turning as usize, "{} {place}", book.name);
            }
        }
    }
}

/// Whoever goes along a way that was told hears what is left of it; whoever has lost stays lost.
#[test]
fn what_was_told_is_kept() {
    let text = "\
from threading import Lock, Thread
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
for pair in [(a, b), (b, a)]:
    Thread(target=work, args=pair).start()
";
    let program = program(text);
    let mut deadlock = pursuit(&program, Aim::Bug(BugKind::Deadlock));
    let Answer::Reachable(way) = ask(&mut deadlock, &Schedule::new()) else { panic!() };
    assert_eq!((way.switches, way.steps, way.schedule.to_string().as_str()), (2, 4, "v1/M2.A1.B1"));
    // Nothing has to be searched for any more: it may be cancelled.
    let over = Progress::default();
    over.cancel();
    for (place, left) in [(1, (2, 3)), (2, (2, 2)), (3, (1, 1))] {
        assert_eq!(self::left(&deadlock.ask(&way.schedule.prefix(place), &over)), Some(left));
    }
    assert_eq!(deadlock.ask(&way.schedule, &over), Answer::Reached { steps: 4, switches: 2 });
    let elsewhere: Schedule = "v1/M2.A2".parse().unwrap();
    assert_eq!(deadlock.ask(&elsewhere, &over), Answer::Unknown(Some(Stop::Cancelled)));
    let lost = ask(&mut deadlock, &elsewhere);
    assert!(matches!(lost, Answer::Unreachable { states } if states > 3), "{lost:?}");
    assert_eq!(deadlock.ask(&"v1/M2.A3".parse().unwrap(), &over), lost);
    assert_eq!(ask(&mut deadlock, &"v1/B1".parse().unwrap()), Answer::Unknown(None), "it does not fit");
}

/// Compares what is left for each outcome that the plainest search finds; how many there were, when it did not take too
/// much.
fn compare(text: &str, walk: &[usize]) -> Option<usize> {
    let program = program(text);
    let mut world = after(&program, &Schedule::new());
    let mut prefix = Schedule::new();
    let mut knell = Knell::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    for step in walk {
        world.candidates(&mut candidates);
        let choices = candidates
            .iter()
            .flat_map(|one| ways(&world, one).into_iter().map(|alternative| Candidate { alternative, ..*one }));
        let choices: Vec<Candidate> = choices.collect();
        let Some(choice) = choices.get(step % choices.len().max(1)).copied() else { break };
        world.apply(choice, &mut knell).unwrap();
        settle(&mut world);
        prefix.push(choice);
    }
    let all = shortest(&after(&program, &Schedule::new()), 6000)?.outcomes;
    let Plain { outcomes: reached, deaths } = shortest(&world, 6000)?;
    let spent = (world.switches(), world.steps());
    // The search begins at no cost, wherever it begins.
    let ahead = |(switches, steps): Cost| if steps == 0 { (0, 0) } else { (switches - spent.0, steps - spent.1) };
    let least = |wanted: &dyn Fn(&Outcome) -> bool| {
        let costs = reached.iter().filter(|(outcome, _)| wanted(outcome)).map(|(_, cost)| *cost);
        costs.min().map(ahead)
    };
    // Whoever has died is dead.
    let death = |kind: &BugKind| {
        let dead = knell.kinds.contains(kind).then_some((0, 0));
        dead.or_else(|| deaths.get(kind).copied().map(ahead))
    };
    let kinds = [BugKind::Assertion, BugKind::Crash];
    let left = |aim: Aim| {
        let left = left(&ask(&mut pursuit(&program, aim), &prefix));
        left.map(|(switches, steps)| (switches, u64::from(steps)))
    };
    for kind in kinds {
        assert_eq!(left(Aim::Bug(kind)), death(&kind), "{kind:?} after {prefix}\n{text}");
    }
    let halted = |outcome: &Outcome| outcome.ending == Ending::Deadlock;
    // Where schedules go round for ever there may be livelocks: those the plain search does not know.
    if !explore(&program).cyclic {
        let failure = kinds.iter().filter_map(death).chain(least(&halted)).min();
        assert_eq!(left(Aim::Failure), failure, "failure after {prefix}\n{text}");
    }
    assert_eq!(left(WELL), least(&Outcome::is_good), "a good end after {prefix}\n{text}");
    for outcome in all.keys() {
        let Some(aim) = aim_of(outcome) else { continue };
        let wanted = |other: &Outcome| aim_of(other).as_ref() == Some(&aim);
        assert_eq!(left(aim.clone()), least(&wanted), "{aim:?} after {prefix}\n{text}");
    }
    Some(all.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn after_random_steps_of_random_programs_the_plain_search_agrees(
        text in random_program(),
        walk in prop::collection::vec(0..64_usize, 0..12),
    ) {
        compare(&text, &walk);
    }
}
