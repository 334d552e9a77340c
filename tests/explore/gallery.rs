//! The challenges of the gallery: from the beginning, a search finds what an exploration finds, without being told.

use crate::common::abstracted;
use lockstep::event::Schedule;
use lockstep::explore::{Aim, Answer, BugKind, Exploration, Explorer, Progress, Pursuit, Settings, Way};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::scenario::{Catalogue, Target};
use std::collections::BTreeSet;
use std::sync::Arc;

/// With the parameters that they come with, these take seconds to explore without optimisation; they are smaller here.
const SMALLER: &[&str] = &["parking/semaphore", "parking/bounded", "parking/unbounded-bug", "parking/try"];

fn program(catalogue: &Catalogue, target: &str) -> Arc<Program> {
    let few = || vec![("PLACES".to_owned(), "2".to_owned()), ("CARS".to_owned(), "3".to_owned())];
    let parameters = if SMALLER.contains(&target) { few() } else { Vec::new() };
    let compiled = compile(&Target::resolve(target, catalogue).unwrap().source(), &Parameters(parameters));
    compiled.program.unwrap_or_else(|| panic!("{target}: {:?}", compiled.diagnostics))
}

/// Each kind of bug that was found, with the least that it takes and the way.
fn bugs(found: &Exploration) -> Vec<(BugKind, (u32, u32), Schedule)> {
    let kinds: BTreeSet<BugKind> = found.bugs.iter().map(|bug| bug.kind).collect();
    let least = |kind: BugKind| {
        let of_kind = found.bugs.iter().filter(move |bug| bug.kind == kind).map(|bug| &bug.witness);
        let least = of_kind.min_by_key(|witness| (witness.switches, witness.steps)).unwrap();
        assert!(least.shortest, "{kind:?}");
        (kind, (least.switches, least.steps), least.schedule.clone())
    };
    kinds.into_iter().map(least).collect()
}

fn way(answer: Answer) -> Way {
    match answer {
        Answer::Reachable(way) => way,
        other => panic!("{other:?}"),
    }
}

#[test]
fn par_is_found_from_the_beginning_and_is_what_is_left_of_a_known_way() {
    let catalogue = Catalogue::embedded();
    let all = catalogue
        .scenarios()
        .iter()
        .flat_map(|scenario| scenario.variants.iter().map(|variant| format!("{}/{}", scenario.id, variant.id)));
    let mut found_bugs = 0;
    for target in all {
        let program = program(&catalogue, &target);
        let found = Explorer::new(Arc::clone(&program), abstracted(), Settings::default()).run(&Progress::default());
        for (kind, par, schedule) in bugs(&found) {
            let pursuit = Pursuit::new(Arc::clone(&program), abstracted(), Settings::default(), Aim::Bug(kind));
            let mut pursuit = pursuit.cyclic(found.cyclic);
            let searched = way(pursuit.ask(&Schedule::new(), &Progress::default()));
            assert_eq!(((searched.switches, searched.steps), searched.shortest), (par, true), "{target} {kind:?}");
            // Whoever knows the way need not search.
            let over = Progress::default();
            over.cancel();
            let mut informed = pursuit.clone().knowing(schedule.clone(), true);
            let told = way(informed.ask(&Schedule::new(), &over));
            assert_eq!((&told.schedule, (told.switches, told.steps)), (&schedule, par), "{target} {kind:?}");
            let reached = Answer::Reached { steps: par.1, switches: par.0 };
            assert_eq!(informed.ask(&schedule, &over), reached, "{target} {kind:?}");
            found_bugs += 1;
        }
    }
    assert!(found_bugs >= 20, "{found_bugs}");
}

/// A way that may not be the shortest is gone where nothing better is found, and nowhere else.
#[test]
fn a_longer_way_is_told_where_no_search_ends() {
    let catalogue = Catalogue::embedded();
    let program = program(&catalogue, "philosophers/naive");
    let deadlock = || {
        let aim = Aim::Bug(BugKind::Deadlock);
        Pursuit::new(Arc::clone(&program), abstracted(), Settings::default(), aim).cyclic(false)
    };
    let long: Schedule = "v1/M2.A1.M1.B1.A1.C1".parse().unwrap();
    let over = Progress::default();
    over.cancel();
    let mut pursuit = deadlock().knowing(long.clone(), false);
    let told = way(pursuit.ask(&Schedule::new(), &over));
    assert_eq!((told.schedule, told.shortest), (long.clone(), false));
    let mut pursuit = deadlock().knowing(long, false);
    let searched = way(pursuit.ask(&Schedule::new(), &Progress::default()));
    assert_eq!((searched.switches, searched.shortest), (3, true));
}
